// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does diagnosis.c say what is wrong, and nothing where all is well?
 *
 * Links: userspace/diagnosis.c
 */
#include <stddef.h>
#include <string.h>

#include "../../userspace/diagnosis.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Ten seconds at 20 SPS: 204768 t_CLK of 1 / 4.096 MHz each (SBAS501 table 11) are 20.003 SPS. */
static const struct device_view healthy = {
	.scans = 200, .conversions = 1, .nominal_sps = 20, .measured_sps = 20.003,
	.has_interrupts = true, .interrupts = 201,
};

/* 3.89 uV rms are 16 codes at gain 1 (table 3). */
static const struct channel_view quiet = {
	.code_bits = 24, .count = 200, .unique = 60, .mean = 5120000, .gain = 1,
};

/* The only finding has that word; "" for none. */
static void device_has(const char *word, const struct device_view *device)
{
	struct finding found[FINDINGS_MAX] = { { "", "" } };
	const size_t count = diagnose_device(device, found);

	CHECK_EQUAL_AT(*word ? 1 : 0, count, "%s %s", word, found[0].word);
	CHECK_TEXT(word, found[0].word);
	CHECK_AT(!count || strlen(found[0].cause) > 20, "%s", word);
}

static void channel_has(const char *word, const struct channel_view *channel)
{
	struct finding found[FINDINGS_MAX] = { { "", "" } };
	const size_t count = diagnose_channel(channel, found);

	CHECK_EQUAL_AT(*word ? 1 : 0, count, "%s %s", word, found[0].word);
	CHECK_TEXT(word, found[0].word);
	CHECK_AT(!count || strlen(found[0].cause) > 20, "%s", word);
}

static void finds_nothing_where_all_is_well(void)
{
	device_has("", &healthy);
	channel_has("", &quiet);
}

static void tells_silence_with_and_without_interrupts(void)
{
	struct device_view device = { .conversions = 1, .nominal_sps = 20, .has_interrupts = true };

	device_has("silent", &device);
	device.interrupts = 200;
	device_has("unread", &device);
	device.has_interrupts = false;
	device_has("unheard", &device);
}

/* Section 7.5: +-2 %; a clock of 4 MHz in place of 4.096 MHz is 2.3 % slow, one of 2.048 MHz half as fast. */
static void lets_the_oscillator_be_off_and_no_more(void)
{
	static const struct {
		double share;
		const char *word;
	} table[] = {
		{ 0.98, "" }, { 1.02, "" }, { 0.9881, "" }, { 0.9881 * 0.98, "" }, { 0.977, "" }, { 0.5, "slow" },
		{ 0.95, "slow" }, { 1.05, "fast" }, { 2, "fast" },
	};
	struct device_view device = healthy;

	for (size_t i = 0; i < COUNT(table); i++) {
		device.measured_sps = table[i].share * 20;
		device_has(table[i].word, &device);
	}
}

/* At 2000 SPS a scan takes 2072 + 114 t_CLK for each: 1873.7 a second, less 5 % on a slow kernel, less 2 %. */
static void lets_a_scan_restart_each_conversion(void)
{
	struct device_view device = healthy;

	device.conversions = 4;
	device.nominal_sps = 2000;
	device.interrupts = 804;
	device.measured_sps = 1873.7 * 0.95 * 0.98;
	device_has("", &device);
	device.measured_sps = 1000;
	device_has("slow", &device);
	/* at 5 SPS of duty-cycle mode, a scan runs at 20 */
	device.nominal_sps = 5;
	device.measured_sps = 19;
	device_has("", &device);
}

static void judges_no_rate_that_the_reader_sets(void)
{
	struct device_view device = healthy;

	device.nominal_sps = 0;
	device.measured_sps = 3;
	device_has("", &device);
	device.nominal_sps = 20;
	device.measured_sps = 0;
	device_has("", &device);
}

/* A gap makes the rate low as well: that is the same thing, told once. */
static void tells_missed_samples_from_a_slow_clock(void)
{
	struct device_view device = healthy;

	device.missed = 60;
	device.measured_sps = 14;
	device.interrupts = 200;
	device_has("missed", &device);
}

static void counts_interrupts_for_each_sample(void)
{
	static const struct {
		uint64_t interrupts;
		const char *word;
	} table[] = {
		{ 200, "" }, { 199, "" }, { 203, "" }, { 290, "" }, { 400, "interrupt-storm" },
		{ 600, "interrupt-storm" }, { 100, "interrupts-lost" }, { 0, "interrupts-lost" },
	};
	struct device_view device = healthy;

	for (size_t i = 0; i < COUNT(table); i++) {
		device.interrupts = table[i].interrupts;
		device_has(table[i].word, &device);
	}
	device.has_interrupts = false;
	device_has("", &device);
}

static void finds_two_things_at_once(void)
{
	struct finding found[FINDINGS_MAX];
	struct device_view device = healthy;

	device.missed = 1;
	device.interrupts = 700;
	CHECK_EQUAL(2, diagnose_device(&device, found));
	CHECK_TEXT("missed", found[0].word);
	CHECK_TEXT("interrupt-storm", found[1].word);
}

static void tells_an_open_sensor_from_an_input_beyond_the_range(void)
{
	struct channel_view channel = quiet;
	struct finding found[FINDINGS_MAX];

	channel.clipped = 200;
	channel.unique = 0;
	channel_has("saturated", &channel);
	diagnose_channel(&channel, found);
	CHECK(strstr(found[0].cause, "smallest gain"));
	channel.gain = 32;
	diagnose_channel(&channel, found);
	CHECK(strstr(found[0].cause, "smaller -g"));
	channel.has_burn_out = true;
	channel_has("open", &channel);
	channel.clipped = 7;
	channel.unique = 100;
	channel_has("peaks", &channel);
}

static void finds_a_data_line_that_is_stuck(void)
{
	struct channel_view channel = quiet;
	struct finding found[FINDINGS_MAX];

	channel.unique = 1;
	channel_has("stuck", &channel);
	channel.mean = 0;
	diagnose_channel(&channel, found);
	CHECK(strstr(found[0].cause, "at ground"));
	channel.mean = -1;
	diagnose_channel(&channel, found);
	CHECK(strstr(found[0].cause, "at the supply"));
}

/* The temperature has 14 bits, the ADS1120 16; and of a few codes some may be equal. */
static void takes_no_coarse_code_for_a_stuck_one(void)
{
	struct channel_view channel = quiet;

	channel.unique = 1;
	channel.code_bits = 14;
	channel_has("", &channel);
	channel.code_bits = 16;
	channel_has("", &channel);
	channel.code_bits = 24;
	channel.count = 19;
	channel_has("", &channel);
	channel.count = 20;
	channel_has("stuck", &channel);
}

static void says_that_a_channel_gave_nothing(void)
{
	const struct channel_view channel = { .code_bits = 24, .gain = 1 };

	channel_has("no-samples", &channel);
}

static const struct check_test tests[] = {
	CHECK_TEST(finds_nothing_where_all_is_well),
	CHECK_TEST(tells_silence_with_and_without_interrupts),
	CHECK_TEST(lets_the_oscillator_be_off_and_no_more),
	CHECK_TEST(lets_a_scan_restart_each_conversion),
	CHECK_TEST(judges_no_rate_that_the_reader_sets),
	CHECK_TEST(tells_missed_samples_from_a_slow_clock),
	CHECK_TEST(counts_interrupts_for_each_sample),
	CHECK_TEST(finds_two_things_at_once),
	CHECK_TEST(tells_an_open_sensor_from_an_input_beyond_the_range),
	CHECK_TEST(finds_a_data_line_that_is_stuck),
	CHECK_TEST(takes_no_coarse_code_for_a_stuck_one),
	CHECK_TEST(says_that_a_channel_gave_nothing),
};

CHECK_MAIN(tests)
