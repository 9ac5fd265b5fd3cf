// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does stats.c compute what the data sheet's equations and tables say?
 *
 * Links: userspace/stats.c
 */
#include <math.h>
#include <stddef.h>

#include "../../userspace/stats.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 2.048 V / 2^23 at gain 1 */
#define LSB_UV (2048000.0 / 8388608)

/*
 * SBAS501 tables 1 and 2: noise in uV rms and p-p, and the bits that TI makes of it by its
 * equations 1 to 3. The bits were computed from more digits than are printed.
 */
static void makes_the_data_sheets_bits_of_the_data_sheets_noise(void)
{
	static const struct {
		unsigned int gain;
		double rms_uv, span_uv, effective_bits, noise_free_bits;
	} table[] = {
		{ 1, 3.71, 13.67, 20.08, 18.19 },
		{ 128, 0.09, 0.41, 18.49, 16.26 },
		{ 1, 37.53, 227.29, 16.74, 14.14 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const double lsb_uv = LSB_UV / table[i].gain;
		const double deviation = table[i].rms_uv / lsb_uv;
		const struct stats stats = {
			.count = 16, .min = 0, .max = llround(table[i].span_uv / lsb_uv),
			.sum_of_squares = 15 * deviation * deviation,
		};
		struct noise noise = { 0 };

		CHECK(stats_noise(&stats, 24, &noise));
		CHECK_NEAR_AT(deviation, noise.deviation, 1e-9, "row %zu", i);
		CHECK_NEAR_AT(table[i].effective_bits, noise.effective_bits, 0.06, "row %zu", i);
		CHECK_NEAR_AT(table[i].noise_free_bits, noise.noise_free_bits, 0.02, "row %zu", i);
	}
}

static struct stats stats_of(const int64_t *codes, size_t count)
{
	struct stats stats;

	CHECK(stats_begin(&stats));
	for (size_t i = 0; i < count; i++)
		stats_add(&stats, codes[i], false);
	return stats;
}

/* By hand: 2 4 4 4 5 5 7 9: mean 5, sum of squares about it 32, five different codes. */
static void counts_and_sums_codes(void)
{
	struct stats stats = stats_of((const int64_t[]){ 2, 4, 4, 4, 5, 5, 7, 9 }, 8);
	struct noise noise = { 0 };

	CHECK_EQUAL(8, stats.count);
	CHECK_EQUAL(5, stats.unique);
	CHECK_EQUAL(2, stats.min);
	CHECK_EQUAL(9, stats.max);
	CHECK_NEAR(5, stats.mean, 1e-12);
	CHECK(stats_noise(&stats, 24, &noise));
	CHECK_NEAR(sqrt(32.0 / 7), noise.deviation, 1e-12);
	CHECK_NEAR(7, noise.span, 0);
	CHECK_NEAR(24 - log(7) / log(2), noise.noise_free_bits, 1e-12);
	stats_end(&stats);
}

static void keeps_its_precision_at_the_ends_of_the_range(void)
{
	struct stats stats;
	struct noise noise = { 0 };

	CHECK(stats_begin(&stats));
	for (int i = 0; i < 1000000; i++)
		stats_add(&stats, 8388600 + i % 2, false);
	CHECK_NEAR(8388600.5, stats.mean, 1e-6);
	CHECK(stats_noise(&stats, 24, &noise));
	CHECK_NEAR(0.5, noise.deviation, 1e-6);
	CHECK_EQUAL(2, stats.unique);
	stats_end(&stats);
}

static void tells_negative_codes_from_positive_ones(void)
{
	struct stats stats = stats_of((const int64_t[]){ -1, 1, -8388608, 8388607, 0, -1 }, 6);

	CHECK_EQUAL(5, stats.unique);
	CHECK_EQUAL(-8388608, stats.min);
	CHECK_EQUAL(8388607, stats.max);
	stats_end(&stats);
}

static void counts_clipped_codes_apart(void)
{
	struct stats stats;

	CHECK(stats_begin(&stats));
	stats_add(&stats, 8388607, true);
	stats_add(&stats, 10, false);
	stats_add(&stats, -8388608, true);
	CHECK_EQUAL(1, stats.count);
	CHECK_EQUAL(2, stats.clipped);
	CHECK_EQUAL(10, stats.min);
	CHECK_EQUAL(10, stats.max);
	CHECK_NEAR(10, stats.mean, 0);
	stats_end(&stats);
}

static void promises_no_more_bits_than_a_code_has(void)
{
	struct stats stats = stats_of((const int64_t[]){ 5, 5, 5 }, 3);
	struct noise noise = { 0 };

	CHECK(stats_noise(&stats, 24, &noise));
	CHECK_NEAR(24, noise.effective_bits, 0);
	CHECK_NEAR(24, noise.noise_free_bits, 0);
	CHECK(stats_noise(&stats, 16, &noise));
	CHECK_NEAR(16, noise.effective_bits, 0);
	stats_end(&stats);
}

static void needs_two_codes_for_noise(void)
{
	struct stats stats = stats_of((const int64_t[]){ 5 }, 1);
	struct noise noise;

	CHECK(!stats_noise(&stats, 24, &noise));
	stats_end(&stats);
	CHECK(!stats_noise(&(struct stats){ .clipped = 9 }, 24, &noise));
}

/* SBAS501: table 1 20 SPS gain 8, 1000 SPS gain 128; 3 45 SPS gain 4; 5 2000 SPS gain 16; 7 90 SPS. */
static void finds_the_data_sheets_noise(void)
{
	static const struct {
		double rate_sps;
		unsigned int gain;
		double rms_uv;
	} table[] = {
		{ 20, 8, 0.80 }, { 1000, 128, 0.70 }, { 45, 4, 1.41 }, { 2000, 16, 2.89 },
		{ 90, 1, 6.57 }, { 90, 128, 0.15 }, { 330, 2, 8.12 }, { 40, 64, 0.16 },
		/* duty-cycle mode: normal mode at 20, 90 and 1000 SPS */
		{ 5, 1, 3.89 }, { 22.5, 4, 2.07 }, { 22.5, 32, 0.42 }, { 250, 8, 5.37 },
		{ 82.500001, 64, 0.50 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		double rms_uv = NAN;

		CHECK_AT(noise_promised(table[i].rate_sps, table[i].gain, &rms_uv), "row %zu", i);
		CHECK_NEAR_AT(table[i].rms_uv, rms_uv, 0, "row %zu", i);
	}
}

/* The driver's whole ladder has a row, and within each the noise falls with the gain. */
static void knows_every_rate_and_gain(void)
{
	static const double rates_sps[] = { 5, 11.25, 20, 22.5, 40, 44, 45, 82.5, 90, 150, 175, 180,
					    250, 330, 350, 600, 660, 1000, 1200, 2000 };

	for (size_t i = 0; i < COUNT(rates_sps); i++) {
		double before_uv = INFINITY;

		for (unsigned int gain = 1; gain <= 128; gain *= 2) {
			double rms_uv = NAN;

			CHECK(noise_promised(rates_sps[i], gain, &rms_uv));
			CHECK_AT(rms_uv < before_uv, "%g SPS, gain %u", rates_sps[i], gain);
			before_uv = rms_uv;
		}
	}
}

static void promises_nothing_beside_the_tables(void)
{
	double rms_uv;

	CHECK(!noise_promised(21, 1, &rms_uv));
	CHECK(!noise_promised(44.5, 1, &rms_uv));
	CHECK(!noise_promised(0, 1, &rms_uv));
	CHECK(!noise_promised(NAN, 1, &rms_uv));
	CHECK(!noise_promised(20, 0, &rms_uv));
	CHECK(!noise_promised(20, 3, &rms_uv));
	CHECK(!noise_promised(20, 256, &rms_uv));
}

static void judges_within_thirty_percent(void)
{
	CHECK_EQUAL(VERDICT_AS_PROMISED, noise_verdict(3.71, 3.89));
	CHECK_EQUAL(VERDICT_AS_PROMISED, noise_verdict(1.29, 1));
	CHECK_EQUAL(VERDICT_NOISIER, noise_verdict(1.31, 1));
	CHECK_EQUAL(VERDICT_AS_PROMISED, noise_verdict(0.71, 1));
	CHECK_EQUAL(VERDICT_QUIETER, noise_verdict(0.69, 1));
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(makes_the_data_sheets_bits_of_the_data_sheets_noise),
		CHECK_TEST(counts_and_sums_codes),
		CHECK_TEST(keeps_its_precision_at_the_ends_of_the_range),
		CHECK_TEST(tells_negative_codes_from_positive_ones),
		CHECK_TEST(counts_clipped_codes_apart),
		CHECK_TEST(promises_no_more_bits_than_a_code_has),
		CHECK_TEST(needs_two_codes_for_noise),
		CHECK_TEST(finds_the_data_sheets_noise),
		CHECK_TEST(knows_every_rate_and_gain),
		CHECK_TEST(promises_nothing_beside_the_tables),
		CHECK_TEST(judges_within_thirty_percent),
	};

	return check_main(tests, COUNT(tests));
}
