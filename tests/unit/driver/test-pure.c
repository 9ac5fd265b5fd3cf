// SPDX-License-Identifier: GPL-2.0-or-later
/* test-pure - do scales, values and planned writes of the driver agree with the data sheet? */
#include "kernel.h"

#include "../check.h"

#include "pure.c"

/* 2.048 V / 2^23 / gain in nanovolts is 10^6 of the nano-units of a scale in millivolts: section 8.5.2 */
static const unsigned int internal_nano[ADS1220_GAINS] = {
	244141,		/* 244140.625 */
	122070,		/* 122070.3125 */
	61035,		/* 61035.15625 */
	30518,		/* 30517.578125 */
	15259,		/* 15258.7890625 */
	7629,		/* 7629.39453125 */
	3815,		/* 3814.697265625 */
	1907,		/* 1907.3486328125 */
};

static void scales_of_the_internal_reference_are_the_lsb_rounded_to_a_billionth(void)
{
	int scale[2];

	for (unsigned int gain = 0; gain < ADS1220_GAINS; gain++) {
		ads1220_fill_scale(2048000ULL * 1000000, gain, scale);
		CHECK_EQUAL_AT(0, scale[0], "gain 2^%u", gain);
		CHECK_EQUAL_AT(internal_nano[gain], scale[1], "gain 2^%u", gain);
	}
}

/* A reader picks the gain by writing back what it read: no two may be the same text. */
static void scales_of_every_reference_differ_from_gain_to_gain(void)
{
	static const u64 references_uv[] = { 750000, 2048000, 2499500, 3300000, 5500000 };
	int scale[2], last[2];

	for (size_t i = 0; i < sizeof(references_uv) / sizeof(*references_uv); i++) {
		ads1220_fill_scale(references_uv[i] * 1000000, 0, last);
		for (unsigned int gain = 1; gain < ADS1220_GAINS; gain++) {
			ads1220_fill_scale(references_uv[i] * 1000000, gain, scale);
			CHECK_AT(scale[1] < last[1] && scale[1] > 0, "%llu uV, gain 2^%u",
				 (unsigned long long)references_uv[i], gain);
			memcpy(last, scale, sizeof(last));
		}
	}
}

/* Twice 4294967295 ohms: 8.59e18 nano-ohms of the 18.4e18 that 64 bits hold */
static void the_largest_resistor_does_not_overflow(void)
{
	int scale[2];

	ads1220_fill_scale(4294967295ULL * 1000000000 * 2, 0, scale);
	CHECK_EQUAL(1023, scale[0]);
	CHECK_EQUAL(999999762, scale[1]);	/* 8589934590 / 8388608 = 1023.99999976158 */
}

/* Table 8: ideal output codes of section 8.5.2 */
static void codes_are_two_s_complement_of_24_bits(void)
{
	CHECK_EQUAL(8388607, ads1220_value(0x7fffff, 0, 0));
	CHECK_EQUAL(1, ads1220_value(0x000001, 0, 0));
	CHECK_EQUAL(0, ads1220_value(0x000000, 0, 0));
	CHECK_EQUAL(-1, ads1220_value(0xffffff, 0, 0));
	CHECK_EQUAL(-8388608, ads1220_value(0x800000, 0, 0));
}

/* Table of section 8.3.13: 14 bits, left-justified, 0.03125 degrees Celsius each */
static void temperatures_are_the_upper_14_bits(void)
{
	static const struct { u32 bits; s32 steps; } table[] = {
		{ 0x1000, 4096 },	/* 128 */
		{ 0x0fff, 4095 },	/* 127.96875 */
		{ 0x0c80, 3200 },	/* 100 */
		{ 0x0960, 2400 },	/* 75 */
		{ 0x0640, 1600 },	/* 50 */
		{ 0x0320, 800 },	/* 25 */
		{ 0x0008, 8 },		/* 0.25 */
		{ 0x0001, 1 },		/* 0.03125 */
		{ 0x0000, 0 },
		{ 0x3ff8, -8 },		/* -0.25 */
		{ 0x3ce0, -800 },	/* -25 */
		{ 0x3ec0, -320 },	/* -10 */
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		CHECK_EQUAL_AT(table[i].steps, ads1220_value(table[i].bits << 10, 10, 0),
			       "0x%04x", table[i].bits);
}

static void a_saturated_code_stays_saturated_whatever_the_offset(void)
{
	CHECK_EQUAL(8388607, ads1220_value(0x7fffff, 0, -100));
	CHECK_EQUAL(8388607, ads1220_value(0x7fffff, 0, 100));
	CHECK_EQUAL(-8388608, ads1220_value(0x800000, 0, -100));
	CHECK_EQUAL(-8388608, ads1220_value(0x800000, 0, 100));
}

static void a_corrected_code_never_looks_saturated(void)
{
	CHECK_EQUAL(8388606, ads1220_value(0x7ffffe, 0, 1));
	CHECK_EQUAL(8388606, ads1220_value(0x7ffffe, 0, 8388607));
	CHECK_EQUAL(-8388607, ads1220_value(0x800001, 0, -1));
	CHECK_EQUAL(-8388607, ads1220_value(0x800001, 0, -8388608));
	CHECK_EQUAL(90, ads1220_value(100, 0, -10));
}

/* What a chip makes of a WREG: section 8.5.3.6, 0100 rrnn, nn one less than the bytes */
static void obey(u8 regs[4], const u8 *tx)
{
	unsigned int first = tx[0] >> 2 & 3, count = (tx[0] & 3) + 1;

	CHECK_EQUAL(4, tx[0] >> 4);
	CHECK_AT(first + count <= 4, "0x%02x", tx[0]);
	for (unsigned int i = 0; i < count && first + i < 4; i++)
		regs[first + i] = tx[1 + i];
}

/* The span from the first register that differs to the last, by the sixteen ways to differ */
static void a_write_turns_the_registers_into_the_next_channel_s_with_the_fewest_bytes(void)
{
	static const u8 span[16] = { 1, 1, 1, 2, 1, 3, 2, 3, 1, 4, 3, 4, 2, 4, 3, 4 };
	static const u8 from[4] = { 0x81, 0xd4, 0x00, 0x70 };

	for (unsigned int differ = 0; differ < 16; differ++) {
		u8 to[4], regs[4], tx[5] = { 0 };
		unsigned int length;

		for (unsigned int i = 0; i < 4; i++)
			to[i] = from[i] ^ (differ >> i & 1 ? 0x22 : 0);
		length = ads1220_plan_write(from, to, tx);
		memcpy(regs, from, sizeof(regs));
		obey(regs, tx);
		CHECK_AT(!memcmp(regs, to, 4), "difference %u", differ);
		CHECK_EQUAL_AT(span[differ] > 2 ? span[differ] + 1 : 3, length, "difference %u", differ);
	}
}

/* 3 bytes of result are clocked out whatever goes in: what is no command must be zero. */
static void a_short_write_is_padded_with_nothing(void)
{
	static const u8 from[4] = { 0x81, 0xd4, 0x00, 0x00 }, to[4] = { 0x91, 0xd4, 0x00, 0x00 };
	u8 tx[5] = { 0 };

	CHECK_EQUAL(3, ads1220_plan_write(from, to, tx));
	CHECK_EQUAL(0x40, tx[0]);
	CHECK_EQUAL(0x91, tx[1]);
	CHECK_EQUAL(0x00, tx[2]);
}

static const u8 plain[4] = { 0x81, 0xd4, 0x00, 0x00 };
static const u8 other[4] = { 0x91, 0xd4, 0x00, 0x00 };
static const u8 external[4] = { 0x81, 0xd4, 0x40, 0x00 };
static const u8 excited[4] = { 0x66, 0x04, 0x55, 0x70 };	/* TI's 3-wire RTD, section 9.2.2 */
static const u8 elsewhere[4] = { 0x66, 0x04, 0x55, 0x30 };
static const u8 stronger[4] = { 0x66, 0x04, 0x57, 0x70 };
static const u8 bridge[4] = { 0x3e, 0x04, 0x98, 0x00 };		/* TI's bridge, section 9.2.3 */
static const u8 temperature[4] = { 0x00, 0xd6, 0x40, 0x00 };
static const u8 supply[4] = { 0xd1, 0xd4, 0x40, 0x00 };

static void a_plain_channel_needs_no_time_to_settle(void)
{
	CHECK_EQUAL(0, ads1220_settling(plain, other, 0));
	CHECK_EQUAL(0, ads1220_settling(excited, plain, 0) > 25);
	CHECK_EQUAL(0, ads1220_settling(plain, external, 0));
}

static void a_channel_s_own_time_counts_when_the_chip_comes_from_another(void)
{
	CHECK_EQUAL(5000, ads1220_settling(plain, other, 5000));
	CHECK_EQUAL(0, ads1220_settling(other, other, 5000));
	CHECK_EQUAL(5000, ads1220_settling(plain, excited, 5000));
}

/* Section 6.5: up to 200 us after IDAC[2:0] is written */
static void excitation_that_changes_needs_200_us(void)
{
	CHECK_EQUAL(200, ads1220_settling(plain, excited, 0));
	CHECK_EQUAL(200, ads1220_settling(elsewhere, excited, 0));
	CHECK_EQUAL(200, ads1220_settling(stronger, excited, 0));
	CHECK_EQUAL(0, ads1220_settling(excited, excited, 0));
	CHECK_EQUAL(200, ads1220_settling(plain, excited, 100));
}

/* Section 6.5: the internal reference takes 25 us once chosen; sensor and monitors choose it. */
static void the_internal_reference_needs_25_us_after_another(void)
{
	CHECK_EQUAL(25, ads1220_settling(external, plain, 0));
	CHECK_EQUAL(25, ads1220_settling(external, temperature, 0));
	CHECK_EQUAL(25, ads1220_settling(external, supply, 0));
	CHECK_EQUAL(0, ads1220_settling(temperature, plain, 0));
	CHECK_EQUAL(0, ads1220_settling(supply, temperature, 0));
}

/* Section 8.3.9: it closes at START/SYNC, so there must be one before the conversion's own. */
static void the_low_side_switch_is_never_closed_for_nothing(void)
{
	CHECK(ads1220_settling(plain, bridge, 0) > 0);
	CHECK_EQUAL(0, ads1220_settling(bridge, bridge, 0));
	CHECK_EQUAL(1000, ads1220_settling(plain, bridge, 1000));
}

/* Table 11: 50/60 Hz rejection at 20 SPS in normal and at 5 SPS in duty-cycle mode, nowhere else */
static void the_filter_works_at_20_and_5_sps_only(void)
{
	for (unsigned int i = 0; i < ADS1220_RATES; i++)
		CHECK_EQUAL_AT(ads1220_rates[i].micro_hz == 20000000 || ads1220_rates[i].micro_hz == 5000000,
			       ads1220_rate_has_filter(&ads1220_rates[i]), "%u uHz",
			       ads1220_rates[i].micro_hz);
}

/* Table 11: 4.096 MHz over the clocks of a conversion comes within 1.8 % of the nominal rate (44 SPS: 43.24). */
static void every_rate_has_the_clocks_of_its_conversion(void)
{
	for (unsigned int i = 0; i < ADS1220_RATES; i++) {
		const struct ads1220_rate *rate = &ads1220_rates[i];
		u32 clocks = ads1220_clocks[rate->mode][rate->dr].continuous;
		double nominal_hz = rate->micro_hz / 1e6;

		CHECK_NEAR_AT(nominal_hz, 4096000.0 / clocks, nominal_hz * 0.018, "%g SPS", nominal_hz);
		CHECK_AT(i == 0 || rate->micro_hz > rate[-1].micro_hz, "%g SPS", nominal_hz);
	}
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(scales_of_the_internal_reference_are_the_lsb_rounded_to_a_billionth),
		CHECK_TEST(scales_of_every_reference_differ_from_gain_to_gain),
		CHECK_TEST(the_largest_resistor_does_not_overflow),
		CHECK_TEST(codes_are_two_s_complement_of_24_bits),
		CHECK_TEST(temperatures_are_the_upper_14_bits),
		CHECK_TEST(a_saturated_code_stays_saturated_whatever_the_offset),
		CHECK_TEST(a_corrected_code_never_looks_saturated),
		CHECK_TEST(a_write_turns_the_registers_into_the_next_channel_s_with_the_fewest_bytes),
		CHECK_TEST(a_short_write_is_padded_with_nothing),
		CHECK_TEST(a_plain_channel_needs_no_time_to_settle),
		CHECK_TEST(a_channel_s_own_time_counts_when_the_chip_comes_from_another),
		CHECK_TEST(excitation_that_changes_needs_200_us),
		CHECK_TEST(the_internal_reference_needs_25_us_after_another),
		CHECK_TEST(the_low_side_switch_is_never_closed_for_nothing),
		CHECK_TEST(the_filter_works_at_20_and_5_sps_only),
		CHECK_TEST(every_rate_has_the_clocks_of_its_conversion),
	};

	return check_main(tests, sizeof(tests) / sizeof(*tests));
}
