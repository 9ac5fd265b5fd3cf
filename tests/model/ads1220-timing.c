// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-timing.c - how many clocks does an ADS1220 take, and how long is that?
 */
#include "ads1220-chip.h"

/*
 * SBAS501 table 11: conversion times in t_CLK. Duty-cycle mode converts as normal mode does and
 * counts DRDY fall to DRDY fall; its single shots take normal mode's time.
 * DR = 7 is reserved; reading: as DR = 6.
 */
struct rate {
	uint32_t normal, normal_single;
	uint32_t duty_cycle;
	uint32_t turbo, turbo_single;
};

static const struct rate rates[8] = {
	{ 204768, 204850, 823120, 102384, 102434 },
	{  91120,  91218, 364560,  45560,  45618 },
	{  46128,  46226, 184592,  23064,  23122 },
	{  23664,  23762,  94736,  11832,  11890 },
	{  12464,  12562,  49936,   6232,   6290 },
	{   6896,   6994,  27664,   3448,   3506 },
	{   4144,   4242,  16656,   2072,   2130 },
	{   4144,   4242,  16656,   2072,   2130 },
};

/* SBAS501 section 8.4.2.2: START/SYNC to the start of the first continuous conversion. */
#define START_TICKS_NORMAL	210
#define START_TICKS_TURBO	114

/* SBAS501 section 8.3.3: f_MOD = f_CLK / 16, in turbo mode f_CLK / 8. */
#define MODULATOR_TICKS_NORMAL	16
#define MODULATOR_TICKS_TURBO	8

/* Rounded up: nothing happens before its clock. A whole second of ticks is exact, so is the sum. */
int64_t ads1220_ticks_to_ns(int64_t ticks, uint32_t hz)
{
	int64_t rest = ticks % hz;

	return ticks / hz * ADS1220_NS_PER_S + (rest * ADS1220_NS_PER_S + hz - 1) / hz;
}

int64_t ads1220_ns_to_ticks(int64_t ns, uint32_t hz)
{
	return ns / ADS1220_NS_PER_S * hz + ns % ADS1220_NS_PER_S * hz / ADS1220_NS_PER_S;
}

static bool turbo(const uint8_t *registers)
{
	return ADS1220_MODE(registers) == ADS1220_MODE_TURBO;
}

uint32_t ads1220_filter_ticks(const uint8_t *registers)
{
	const struct rate *rate = &rates[ADS1220_DR(registers)];

	return turbo(registers) ? rate->turbo : rate->normal;
}

uint32_t ads1220_period_ticks(const uint8_t *registers)
{
	if (ADS1220_MODE(registers) == ADS1220_MODE_DUTY_CYCLE)
		return rates[ADS1220_DR(registers)].duty_cycle;
	return ads1220_filter_ticks(registers);
}

uint32_t ads1220_single_ticks(const uint8_t *registers)
{
	const struct rate *rate = &rates[ADS1220_DR(registers)];

	return turbo(registers) ? rate->turbo_single : rate->normal_single;
}

uint32_t ads1220_start_ticks(const uint8_t *registers)
{
	return turbo(registers) ? START_TICKS_TURBO : START_TICKS_NORMAL;
}

uint32_t ads1220_modulator_ticks(const uint8_t *registers)
{
	return turbo(registers) ? MODULATOR_TICKS_TURBO : MODULATOR_TICKS_NORMAL;
}
