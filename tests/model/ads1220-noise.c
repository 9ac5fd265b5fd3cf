// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-noise.c - how much noise does an ADS1220 add to a result?
 */
#include "ads1220-chip.h"

#define GAINS		8
#define GAINS_BYPASSED	3
#define RATES		7

/* Input referred, in units of 10 nV rms; rows DR = 0 to 6, columns gain 1 to 128. */

/* SBAS501 table 1: normal mode, PGA enabled */
static const uint16_t normal_10nv[RATES][GAINS] = {
	{  371,  154, 115,  80,  35,  23,  10,  9 },
	{  736,  293, 171,  88,  50,  29,  19, 12 },
	{ 1055,  450, 243, 151,  65,  42,  27, 18 },
	{ 1190,  645, 326, 182, 101,  57,  34, 26 },
	{ 1919,  938, 425, 268, 145,  79,  50, 34 },
	{ 2478, 1335, 668, 366, 210, 114,  70, 55 },
	{ 3753, 1887, 953, 537, 295, 165, 103, 70 },
};

/* SBAS501 table 3: normal mode, PGA bypassed */
static const uint16_t normal_bypassed_10nv[RATES][GAINS_BYPASSED] = {
	{  389,  185, 126 },
	{  697,  294, 141 },
	{  850,  449, 207 },
	{ 1299,  624, 304 },
	{ 1818,  812, 471 },
	{ 2529, 1277, 627 },
	{ 3804, 1840, 948 },
};

/* SBAS501 table 5: turbo mode, PGA enabled */
static const uint16_t turbo_10nv[RATES][GAINS] = {
	{  456,  240, 122,  71,  35,  19,  16,  9 },
	{  574,  297, 147, 113,  50,  32,  23, 15 },
	{  849,  466, 230, 124,  72,  42,  28, 24 },
	{ 1342,  586, 339, 188, 105,  64,  43, 28 },
	{ 1709,  934, 481, 297, 154,  82,  58, 41 },
	{ 2571, 1231, 681, 372, 209, 123,  80, 57 },
	{ 3623, 1824, 924, 549, 289, 177, 113, 82 },
};

/* SBAS501 table 7: turbo mode, PGA bypassed */
static const uint16_t turbo_bypassed_10nv[RATES][GAINS_BYPASSED] = {
	{  422,  230,  93 },
	{  657,  353, 159 },
	{  841,  430, 231 },
	{ 1268,  602, 322 },
	{ 1781,  906, 424 },
	{ 2543, 1270, 628 },
	{ 3611, 1730, 877 },
};

/*
 * SBAS501 section 7.1: duty-cycle mode has the noise of normal mode at four times its rate, which
 * is the same DR code.
 */
uint32_t ads1220_noise_nv(const uint8_t *registers, unsigned int gain_log2, bool bypassed)
{
	unsigned int dr = ADS1220_DR(registers) < RATES ? ADS1220_DR(registers) : RATES - 1;
	bool turbo = ADS1220_MODE(registers) == ADS1220_MODE_TURBO;

	if (bypassed && gain_log2 < GAINS_BYPASSED)
		return 10 * (turbo ? turbo_bypassed_10nv : normal_bypassed_10nv)[dr][gain_log2];
	return 10 * (turbo ? turbo_10nv : normal_10nv)[dr][gain_log2];
}

/* A Weyl sequence through two rounds of multiply and xorshift: 2^64 draws before a repeat. */
static uint64_t next_random(uint64_t *random)
{
	uint64_t x = *random += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

/*
 * The sum of 12 numbers uniform over 2^32 values has the variance 12 * (2^64 - 1) / 12, so its
 * standard deviation is 2^32 to ten digits. It is a bell that ends at 6 sigma, with an excess
 * kurtosis of -0.1. |sum| <= 6 * 2^32 and rms < 2^16 nV: the product stays below 2^51.
 */
int64_t ads1220_noise_draw(uint64_t *random, uint32_t rms_nv)
{
	int64_t scaled, sum = -6 * INT64_C(0xffffffff);
	int i;

	for (i = 0; i < 6; i++) {
		uint64_t two = next_random(random);

		sum += (int64_t)(two & 0xffffffff) + (int64_t)(two >> 32);
	}
	scaled = sum * rms_nv;
	return (scaled + (scaled < 0 ? -1 : 1) * (INT64_C(1) << 31)) / (INT64_C(1) << 32);
}
