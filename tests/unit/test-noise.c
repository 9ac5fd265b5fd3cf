// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-noise.c - is the model's noise that of the data sheet's tables, and a bell?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define TURBO		0x10
#define DUTY_CYCLE	0x08
#define CM		0x04
#define ROWS		7
#define SAMPLES		1000

/* Input referred noise in units of 0.01 uV rms, gain 1 to 128; SBAS501B tables 1, 3, 5 and 7. */
static const struct noise_table {
	const char *name;
	uint8_t mode;
	unsigned int bypass, gains;
	uint16_t rms[ROWS][8];
} tables[] = {
	{ "table 1", 0, 0, 8, {
		{ 371, 154, 115, 80, 35, 23, 10, 9 },
		{ 736, 293, 171, 88, 50, 29, 19, 12 },
		{ 1055, 450, 243, 151, 65, 42, 27, 18 },
		{ 1190, 645, 326, 182, 101, 57, 34, 26 },
		{ 1919, 938, 425, 268, 145, 79, 50, 34 },
		{ 2478, 1335, 668, 366, 210, 114, 70, 55 },
		{ 3753, 1887, 953, 537, 295, 165, 103, 70 },
	} },
	{ "table 3", 0, 1, 3, {
		{ 389, 185, 126 }, { 697, 294, 141 }, { 850, 449, 207 }, { 1299, 624, 304 },
		{ 1818, 812, 471 }, { 2529, 1277, 627 }, { 3804, 1840, 948 },
	} },
	{ "table 5", TURBO, 0, 8, {
		{ 456, 240, 122, 71, 35, 19, 16, 9 },
		{ 574, 297, 147, 113, 50, 32, 23, 15 },
		{ 849, 466, 230, 124, 72, 42, 28, 24 },
		{ 1342, 586, 339, 188, 105, 64, 43, 28 },
		{ 1709, 934, 481, 297, 154, 82, 58, 41 },
		{ 2571, 1231, 681, 372, 209, 123, 80, 57 },
		{ 3623, 1824, 924, 549, 289, 177, 113, 82 },
	} },
	{ "table 7", TURBO, 1, 3, {
		{ 422, 230, 93 }, { 657, 353, 159 }, { 841, 430, 231 }, { 1268, 602, 322 },
		{ 1781, 906, 424 }, { 2543, 1270, 628 }, { 3611, 1730, 877 },
	} },
};

static struct bench *open_noisy(uint64_t seed)
{
	struct ads1220_model_params params = ads1220_model_typical;

	params.noise = true;
	params.seed = seed;
	return bench_open(&params);
}

/* Sum, sum of squares and extremes of the codes of so many conversions with shorted inputs. */
struct statistics {
	int64_t sum, squares;
	int32_t least, most;
};

static struct statistics gather(struct bench *bench, uint8_t r0, uint8_t r1, unsigned int count)
{
	struct statistics found = { 0, 0, INT32_MAX, INT32_MIN };
	unsigned int i;

	bench_write(bench, r0, r1, 0, 0);
	for (i = 0; i < count; i++) {
		int32_t code;

		bench_command(bench, BENCH_START);
		bench_wait_drdy(bench, 0, 1000 * BENCH_MS);
		code = bench_rdata(bench);
		found.sum += code;
		found.squares += (int64_t)code * code;
		found.least = code < found.least ? code : found.least;
		found.most = code > found.most ? code : found.most;
	}
	return found;
}

/* Square of the rms in codes, times 10^6, that the table's figure gives at 4.096 codes per uV. */
static int64_t expected_square(uint16_t rms_10nv, unsigned int gain_log2)
{
	int64_t milli_codes = (int64_t)rms_10nv * 4096 * (1 << gain_log2) / 100;

	return milli_codes * milli_codes;
}

/*
 * With N = 1000 samples a measured variance has a standard deviation of sqrt(2 / N) = 4.5 %; 154
 * table entries are held to 4 of these, 17.9 %, plus the quantization's 1/12.
 */
static void every_entry_of_the_noise_tables_is_measured(void)
{
	struct bench *bench = open_noisy(1220);
	unsigned int t, dr, gain, entries = 0;

	for (t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
		for (dr = 0; dr < ROWS; dr++) {
			for (gain = 0; gain < tables[t].gains; gain++, entries++) {
				struct statistics found =
					gather(bench,
					       (uint8_t)(0xe0 | gain << 1 | tables[t].bypass),
					       (uint8_t)(dr << 5 | tables[t].mode), SAMPLES);
				int64_t square = found.squares * 1000000 / SAMPLES;
				int64_t expected = expected_square(tables[t].rms[dr][gain], gain);
				int64_t bound = expected * 179 / 1000 + 1000000 / 12;

				CHECK_AT(square >= expected - bound && square <= expected + bound,
					 "%s, DR %u, gain %u: %" PRId64 " for %" PRId64,
					 tables[t].name,
					 dr, 1u << gain, square, expected);
			}
		}
	}
	CHECK_EQUAL(7 * (8 + 3 + 8 + 3), entries);
	bench_close(bench);
}

/* Section 7.1: duty-cycle mode's noise is normal mode's at four times the rate: the same DR. */
static void duty_cycle_mode_is_as_noisy_as_normal_mode(void)
{
	struct bench *bench = open_noisy(7);
	unsigned int dr;

	for (dr = 0; dr < ROWS; dr++) {
		struct statistics found = gather(bench, 0xe0, (uint8_t)(dr << 5 | DUTY_CYCLE),
						 SAMPLES);
		int64_t square = found.squares * 1000000 / SAMPLES;
		int64_t expected = expected_square(tables[0].rms[dr][0], 0);

		CHECK_AT(square >= expected * 821 / 1000 && square <= expected * 1179 / 1000,
			 "DR %u: %" PRId64 " for %" PRId64, dr, square, expected);
	}
	bench_close(bench);
}

/*
 * Gain 1, turbo 2000: 36.23 uV are 148.4 codes. Of N = 20000, the mean's deviation is
 * 148.4 / sqrt(N) = 1.05 codes; 4 of them. A normal distribution has 68.27 % within 1 rms, 95.45 %
 * within 2, 99.73 % within 3; sqrt(p (1 - p) N) gives the bounds.
 */
static void the_noise_is_a_bell_around_zero(void)
{
	static const struct {
		int32_t codes;
		int permille_most, permille_least;
	} parts[] = { { 148, 696, 669 }, { 297, 960, 948 }, { 445, 999, 995 } };
	struct bench *bench = open_noisy(42);
	unsigned int within[3] = { 0 }, i, part;
	int64_t sum = 0, cubes = 0;

	bench_write(bench, 0xe0, 0xc0 | TURBO, 0, 0);
	for (i = 0; i < 20000; i++) {
		int32_t code;

		bench_command(bench, BENCH_START);
		bench_wait_drdy(bench, 0, BENCH_MS);
		code = bench_read(bench);
		sum += code;
		cubes += (int64_t)code * code * code;
		for (part = 0; part < 3; part++)
			within[part] += code <= parts[part].codes && code >= -parts[part].codes;
	}
	CHECK_AT(sum / 20000 <= 4 && sum / 20000 >= -4, "mean %" PRId64, sum / 20000);
	/* skewness: deviation sqrt(6 / N) = 0.017; 148.4^3 is 3268000 */
	CHECK_AT(cubes / 20000 < 3268000 / 14 && cubes / 20000 > -3268000 / 14, "skew %" PRId64,
		 cubes / 20000);
	for (part = 0; part < 3; part++)
		CHECK_AT(within[part] / 20 <= (unsigned int)parts[part].permille_most &&
			 within[part] / 20 >= (unsigned int)parts[part].permille_least,
			 "%u permille within %" PRId32 " codes", within[part] / 20,
			 parts[part].codes);
	bench_close(bench);
}

/* One result says nothing about the next: their correlation's deviation is 1 / sqrt(N) = 1 %. */
static void one_result_s_noise_says_nothing_about_the_next(void)
{
	struct bench *bench = open_noisy(3);
	int64_t products = 0, squares = 0;
	int32_t code, last = 0;
	unsigned int i;

	bench_write(bench, 0xe0, 0xc0 | TURBO, 0, 0);
	for (i = 0; i < 10000; i++) {
		bench_command(bench, BENCH_START);
		bench_wait_drdy(bench, 0, BENCH_MS);
		code = bench_read(bench);
		products += (int64_t)code * last;
		squares += (int64_t)code * code;
		last = code;
	}
	CHECK_AT(products * 25 < squares && products * 25 > -squares, "%" PRId64 " of %" PRId64,
		 products, squares);
	bench_close(bench);
}

static void the_same_seed_gives_the_same_noise_and_another_does_not(void)
{
	struct bench *one = open_noisy(5), *same = open_noisy(5), *other = open_noisy(6);
	unsigned int i, equal = 0;

	for (i = 0; i < 200; i++) {
		int32_t code = bench_convert(one, 0xe0, 0xd0, 0, 0);

		CHECK_EQUAL(code, bench_convert(same, 0xe0, 0xd0, 0, 0));
		equal += code == bench_convert(other, 0xe0, 0xd0, 0, 0);
	}
	/* at 148 codes rms two codes are equal once in 526 */
	CHECK_AT(equal < 10, "%u of 200 equal", equal);
	bench_close(one);
	bench_close(same);
	bench_close(other);
}

/* The monitors bypass the PGA and take gain 1: table 3, 8.50 uV at 90 SPS. */
static void the_monitors_are_as_noisy_as_a_bypassed_gain_of_1(void)
{
	static const uint8_t r0[] = { 0xc0, 0xde };
	unsigned int i;

	for (i = 0; i < sizeof(r0); i++) {
		struct bench *bench = open_noisy(13);
		int64_t expected = expected_square(850, 0), square;

		/* AVDD and the reference are at 0 V here: the mean is 0 */
		bench->inputs.avdd_nv = 0;
		square = gather(bench, r0[i], 0x40, SAMPLES).squares * 1000000 / SAMPLES;
		CHECK_AT(square >= expected * 821 / 1000 && square <= expected * 1179 / 1000,
			 "%02xh: %" PRId64 " for %" PRId64, r0[i], square, expected);
		bench_close(bench);
	}
}

/* AINN = AVSS: gain 128 is taken for 4 and the PGA bypassed: table 3, 2.07 uV at 90 SPS. */
static void inputs_against_avss_are_as_noisy_as_a_bypassed_gain_of_4(void)
{
	struct bench *bench = open_noisy(17);
	int64_t expected = expected_square(207, 2), square;

	square = gather(bench, 0x8e, 0x40, SAMPLES).squares * 1000000 / SAMPLES;
	CHECK_AT(square >= expected * 821 / 1000 && square <= expected * 1179 / 1000,
		 "%" PRId64 " for %" PRId64, square, expected);
	bench_close(bench);
}

/* DR 7 is reserved; reading: as DR 6. */
static void the_reserved_rate_is_as_noisy_as_the_one_before(void)
{
	static const uint8_t r1[] = { 0xe0, 0xe0 | TURBO };
	static const uint16_t rms[] = { 3753, 3623 };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		struct bench *bench = open_noisy(19);
		int64_t expected = expected_square(rms[i], 0), square;

		square = gather(bench, 0xe0, r1[i], SAMPLES).squares * 1000000 / SAMPLES;
		CHECK_AT(square >= expected * 821 / 1000 && square <= expected * 1179 / 1000,
			 "mode %u: %" PRId64 " for %" PRId64, i, square, expected);
		bench_close(bench);
	}
}

/* Other parameters can change without the noise beginning anew; a new seed begins it anew. */
static void noise_goes_on_when_other_parameters_change(void)
{
	struct bench *one = open_noisy(5), *changed = open_noisy(5), *reseeded = open_noisy(6);
	struct ads1220_model_params params = *ads1220_model_params(one->chip);
	unsigned int i;

	for (i = 0; i < 20; i++) {
		int32_t code = bench_convert(one, 0xe0, 0xd0, 0, 0);

		params.timeout_tmod_normal++;
		ads1220_model_set_params(changed->chip, changed->now_ns, &params);
		CHECK_EQUAL(code, bench_convert(changed, 0xe0, 0xd0, 0, 0));
		bench_convert(reseeded, 0xe0, 0xd0, 0, 0);
	}
	bench_close(one);
	one = open_noisy(5);
	ads1220_model_set_params(one->chip, one->now_ns, ads1220_model_params(reseeded->chip));
	ads1220_model_set_params(one->chip, one->now_ns, &params);
	ads1220_model_set_params(reseeded->chip, reseeded->now_ns, &params);
	CHECK_EQUAL(bench_convert(one, 0xe0, 0xd0, 0, 0), bench_convert(reseeded, 0xe0, 0xd0, 0, 0));
	bench_close(one);
	bench_close(changed);
	bench_close(reseeded);
}

static void there_is_no_noise_unless_it_is_asked_for(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	struct statistics found = gather(bench, 0xee, 0xc0, 100);

	CHECK_EQUAL(0, found.least);
	CHECK_EQUAL(0, found.most);
	bench_close(bench);
}

static void noise_can_be_switched_on_a_running_chip(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	struct ads1220_model_params params = ads1220_model_typical;
	struct statistics found;

	params.noise = true;
	ads1220_model_set_params(bench->chip, bench->now_ns, &params);
	found = gather(bench, 0xe0, 0xc0, 100);
	CHECK(found.most > found.least + 100);
	params.noise = false;
	ads1220_model_set_params(bench->chip, bench->now_ns, &params);
	found = gather(bench, 0xe0, 0xc0, 100);
	CHECK_EQUAL(found.least, found.most);
	bench_close(bench);
}

/* The sensor's 14 bits are wider than its noise; reading: it has none. */
static void the_temperature_has_no_noise(void)
{
	struct bench *bench = open_noisy(9);
	struct statistics found = gather(bench, 0, 0xc2, 100);

	CHECK_EQUAL(0x320 << 10, found.least);
	CHECK_EQUAL(0x320 << 10, found.most);
	bench_close(bench);
}

static void noise_at_full_scale_clips_and_does_not_wrap(void)
{
	struct bench *bench = open_noisy(11);
	struct statistics found;

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 2048 * BENCH_MV;
	found = gather(bench, 0x81, 0xd0, 500);
	CHECK_EQUAL(0x7fffff, found.most);
	CHECK(found.least > 0x7fffff - 1000);
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 0;
	bench->inputs.node_nv[ADS1220_MODEL_AIN1] = 2048 * BENCH_MV;
	found = gather(bench, 0x01, 0xd0, 500);
	CHECK_EQUAL(-0x800000, found.least);
	CHECK(found.most < -0x800000 + 1000);
	bench_close(bench);
}

static const struct check_test tests[] = {
	CHECK_TEST(every_entry_of_the_noise_tables_is_measured),
	CHECK_TEST(duty_cycle_mode_is_as_noisy_as_normal_mode),
	CHECK_TEST(the_noise_is_a_bell_around_zero),
	CHECK_TEST(one_result_s_noise_says_nothing_about_the_next),
	CHECK_TEST(the_same_seed_gives_the_same_noise_and_another_does_not),
	CHECK_TEST(the_monitors_are_as_noisy_as_a_bypassed_gain_of_1),
	CHECK_TEST(inputs_against_avss_are_as_noisy_as_a_bypassed_gain_of_4),
	CHECK_TEST(the_reserved_rate_is_as_noisy_as_the_one_before),
	CHECK_TEST(noise_goes_on_when_other_parameters_change),
	CHECK_TEST(there_is_no_noise_unless_it_is_asked_for),
	CHECK_TEST(noise_can_be_switched_on_a_running_chip),
	CHECK_TEST(the_temperature_has_no_noise),
	CHECK_TEST(noise_at_full_scale_clips_and_does_not_wrap),
};

CHECK_MAIN(tests)
