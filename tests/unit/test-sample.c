// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does sample.c turn the IIO ABI's text into the right integers, and refuse what is none?
 *
 * Links: userspace/sample.c
 */
#include <stddef.h>
#include <string.h>

#include "../../userspace/sample.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct scale_case {
	const char *scale;
	const char *available;
	int64_t raw;
	int64_t expected;
};

static const char *convert(enum quantity quantity, const char *raw, const char *offset,
			   const char *scale, const char *available, struct sample *sample)
{
	const struct sample_text text = { raw, offset, scale, available };

	return sample_convert(quantity, &ads1220_codes, &text, sample);
}

static void check_voltages(const struct scale_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct sample sample;
		char raw[32];

		snprintf(raw, sizeof(raw), "%" PRId64, cases[i].raw);
		CHECK_AT(!convert(QUANTITY_VOLTAGE, raw, NULL, cases[i].scale, cases[i].available,
				  &sample), "%s * %s", raw, cases[i].scale);
		CHECK_EQUAL_AT(SAMPLE_VALUE, sample.state, "%s * %s", raw, cases[i].scale);
		CHECK_EQUAL_AT(cases[i].expected, sample.value, "%s * %s", raw, cases[i].scale);
		CHECK_EQUAL_AT(cases[i].raw, sample.raw, "%s", raw);
	}
}

/* SBAS501 section 8.3.13: 14 bits of 0.03125 degC; the table's codes as the driver gives them */
static void reads_the_data_sheets_temperatures(void)
{
	static const struct {
		const char *raw;
		int64_t mdegc;
	} table[] = {
		{ "4096", 128000 },	/* 1000h */
		{ "4095", 127969 },	/* 0FFFh, 127.96875 */
		{ "3200", 100000 },	/* 0C80h */
		{ "2400", 75000 },	/* 0960h */
		{ "1600", 50000 },	/* 0640h */
		{ "800", 25000 },	/* 0320h */
		{ "8", 250 },		/* 0008h */
		{ "1", 31 },		/* 0001h, 0.03125 */
		{ "0", 0 },
		{ "-8", -250 },		/* 3FF8h */
		{ "-800", -25000 },	/* 3CE0h */
		{ "-1280", -40000 },	/* 3B00h */
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct sample sample;

		CHECK_AT(!convert(QUANTITY_TEMPERATURE, table[i].raw, NULL, "31.250000000", NULL,
				  &sample), "%s", table[i].raw);
		CHECK_EQUAL_AT(table[i].mdegc, sample.value, "%s", table[i].raw);
	}
}

/*
 * LSB = 2048 mV / 2^23 / gain (section 8.5.2), printed with nine decimals: 0.000244140|625, ...,
 * 0.000001907|3486328125. A quarter of the range, 2^21 codes, is 512 mV / gain to the last digit.
 */
static void restores_all_gains_of_the_internal_reference(void)
{
	static const struct scale_case cases[] = {
		{ "0.000244140", NULL, 2097152, 512000000 },
		{ "0.000122070", NULL, 2097152, 256000000 },
		{ "0.000061035", NULL, 2097152, 128000000 },
		{ "0.000030517", NULL, 2097152, 64000000 },
		{ "0.000015258", NULL, 2097152, 32000000 },
		{ "0.000007629", NULL, 2097152, 16000000 },
		{ "0.000003814", NULL, 2097152, 8000000 },
		{ "0.000001907", NULL, 2097152, 4000000 },
		{ "0.000001907", NULL, -2097152, -4000000 },
		{ "0.000001907\n", NULL, 2097152, 4000000 },
	};

	check_voltages(cases, COUNT(cases));
}

/* The same LSB rounded to nine decimals, and cut after twelve as newer kernels do. */
static void restores_scales_that_were_rounded_or_cut_later(void)
{
	static const struct scale_case cases[] = {
		{ "0.000244141", NULL, 2097152, 512000000 },
		{ "0.000061035", NULL, 2097152, 128000000 },
		{ "0.000030518", NULL, 2097152, 64000000 },
		{ "0.000003815", NULL, 2097152, 8000000 },
		{ "0.000244140625", NULL, 2097152, 512000000 },
		{ "0.000001907348", NULL, 2097152, 4000000 },
	};

	check_voltages(cases, COUNT(cases));
}

/* (AVDD - AVSS) / 4 and (REFP - REFN) / 4 are given with four times gain 1: 2048 mV / 2^21. */
static void restores_the_monitors_scale(void)
{
	static const struct scale_case cases[] = {
		{ "0.000976562", NULL, 2097152, 2048000000 },
		{ "0.000976562", NULL, 844800 * 4, 3300000000 },
	};

	check_voltages(cases, COUNT(cases));
}

/*
 * References of 2500, 3300, 4096 and 5000 mV. By hand for the first: 2500 / 2^23 =
 * 0.000298023|2238769..., / 128 = 0.000002328|306..., and 2^21 codes are 625 mV / gain.
 */
static void restores_other_references_from_their_list(void)
{
	static const char of_2500[] = "0.000298023 0.000149011 0.000074505 0.000037252 "
				      "0.000018626 0.000009313 0.000004656 0.000002328";
	static const char of_3300[] = "0.000393390 0.000196695 0.000098347\n";
	static const char of_5000[] = "0.000004656 0.000009313 0.000018626 0.000037252 "
				      "0.000074505 0.000149011 0.000298023 0.000596046";
	static const struct scale_case cases[] = {
		{ "0.000298023", of_2500, 2097152, 625000000 },
		{ "0.000149011", "0.000298023 0.000149011", 2097152, 312500000 },
		{ "0.000018626", of_2500, 2097152, 39062500 },
		{ "0.000002328", of_2500, 2097152, 4882813 },	/* 4882812.5 */
		{ "0.000393390", of_3300, 2097152, 825000000 },
		{ "0.000098347", of_3300, 2097152, 206250000 },
		{ "0.000004656", of_5000, 2097152, 9765625 },
		{ "0.000596046", of_5000, 2097152, 1250000000 },
	};

	check_voltages(cases, COUNT(cases));
}

/* As the kernel prints it: Vref / (gain * 2^23), cut after nine decimals. */
static void print_scale(char text[16], int64_t reference_mv, int64_t gain)
{
	snprintf(text, 16, "0.%09" PRId64, reference_mv * 1000000000 / (gain << 23));
}

static void print_list(char list[128], int64_t reference_mv, int64_t gains)
{
	char text[16];

	list[0] = '\0';
	for (int64_t gain = 1; gain <= gains; gain *= 2) {
		print_scale(text, reference_mv, gain);
		strcat(list, text);
		strcat(list, gain < gains ? " " : "\n");
	}
}

/* 0.75 V to 5.5 V (section 6.3); 2^23 - 2 codes are Vref/gain - 2 LSB, to the nearest nV. */
static void restores_every_whole_reference_at_every_gain(void)
{
	for (int64_t reference_mv = 750; reference_mv <= 5500; reference_mv++) {
		char list[128], scale[16];

		print_list(list, reference_mv, 128);
		for (int64_t gain = 1; gain <= 128; gain *= 2) {
			const int64_t span = gain << 23;
			struct sample sample = { 0 };

			print_scale(scale, reference_mv, gain);
			CHECK(!convert(QUANTITY_VOLTAGE, "8388606", NULL, scale, list, &sample));
			CHECK_EQUAL_AT((8388606 * reference_mv * 1000000 + span / 2) / span,
				       sample.value, "%" PRId64 " mV, gain %" PRId64,
				       reference_mv, gain);
		}
	}
}

/*
 * 2499.65 mV / 2^23 = 0.000297981500..., which no whole number of mV is printed as: then the
 * digits of gain 1 are worth more than those of gain 128 (0.000002327), 297981 / 128 * 2^21 =
 * 4882120704 / 1000 = 4882120.704 nV, where exact would be 4882128.9 and the digits alone 4880072.
 */
static void uses_the_smallest_gains_digits_for_an_uneven_reference(void)
{
	static const struct scale_case cases[] = {
		{ "0.000002327", "0.000297981 0.000148990 0.000074495 0.000037247 "
				 "0.000018623 0.000009311 0.000004655 0.000002327", 2097152, 4882121 },
	};

	check_voltages(cases, COUNT(cases));
}

/* Printed digits * 2^21: nothing in them says which reference was meant. */
static void keeps_the_digits_where_nothing_is_certain(void)
{
	static const struct scale_case cases[] = {
		{ "0.000002328", NULL, 2097152, 4882170 },		/* 4882169.856, no list */
		{ "0.000002328", "0.000002328", 2097152, 4882170 },	/* a list of one */
		{ "0.000002328", "[0.000002328 0.000000001 1.0]", 2097152, 4882170 },
		{ "0.000002328", "0.000298023 0.000149011 x", 2097152, 4882170 },
		{ "0.000002328", "1 2 4 8 16 32 64 128", 2097152, 4882170 }, /* bare gains */
		{ "0.000100000", "0.000298023 0.000149011", 2097152, 209715200 }, /* not in it */
		{ "0.062500", NULL, 2097152, 131072000000 },		/* six decimals are exact */
		{ "0.000244", NULL, 2097152, 511705088 },
		{ "3", NULL, 2097152, 6291456000000 },
		{ "-0.000244140", NULL, 2097152, -511998689 },		/* -511998689.28 */
		{ "0.000000000", NULL, 2097152, 0 },
		{ "1099.511627776", NULL, 1, 1099511628 },
		/* 25 mV / 2^23 is printed so too, but at gain 128 it might be 3201 mV */
		{ "0.000002981", NULL, 2097152, 6251610 },		/* 6251610.112 */
		{ "0.000002981", "0.000002981", 2097152, 6251610 },
		{ "0.000002981", "0.002981 0.001490", 2097152, 6251610 },
		{ "0.000300", "0.000300 0.000150", 2097152, 629145600 },
		{ "0.000100000", "0.000100001 0.000100000", 2097152, 209715200 },
	};

	check_voltages(cases, COUNT(cases));
}

/* Section 8.5.2: the output clips at 7FFFFFh and 800000h, so these stand for anything beyond. */
static void takes_the_outermost_codes_for_no_value(void)
{
	static const struct {
		const char *raw;
		enum sample_state state;
	} table[] = {
		{ "8388607", SAMPLE_OVER_RANGE },	/* 7FFFFFh */
		{ "8388606", SAMPLE_VALUE },
		{ "-8388607", SAMPLE_VALUE },
		{ "-8388608", SAMPLE_OVER_RANGE },	/* 800000h */
		{ "8388608", SAMPLE_OVER_RANGE },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct sample sample;

		CHECK_AT(!convert(QUANTITY_VOLTAGE, table[i].raw, NULL, "0.000244140", NULL,
				  &sample), "%s", table[i].raw);
		CHECK_EQUAL_AT(table[i].state, sample.state, "%s", table[i].raw);
	}
}

static void clips_even_without_a_scale(void)
{
	struct sample sample;

	CHECK(!convert(QUANTITY_RESISTANCE, "8388607", NULL, NULL, NULL, &sample));
	CHECK_EQUAL(SAMPLE_OVER_RANGE, sample.state);
}

static void gives_the_code_alone_without_a_scale(void)
{
	struct sample sample;

	CHECK(!convert(QUANTITY_VOLTAGE, "-5", NULL, NULL, NULL, &sample));
	CHECK_EQUAL(SAMPLE_RAW, sample.state);
	CHECK_EQUAL(-5, sample.raw);
	CHECK(!convert(QUANTITY_OTHER, "77", NULL, "2", NULL, &sample));
	CHECK_EQUAL(SAMPLE_RAW, sample.state);
}

/* A Pt100 at 0 degC with 3300 ohm at gain 8: 100 / (3300 / 8 / 2^23) = 2033601.9 codes. */
static void reads_resistances_in_microohm(void)
{
	static const char list[] = "0.000393390 0.000196695 0.000098347 0.000049173";
	struct sample sample;

	CHECK(!convert(QUANTITY_RESISTANCE, "2033602", NULL, "0.000049173", list, &sample));
	CHECK_EQUAL(100000003, sample.value);	/* 2033602 * 412.5 / 2^23 = 100.00000298 */
}

static void rounds_halves_away_from_zero(void)
{
	static const struct scale_case cases[] = {
		{ "0.0000005", NULL, 1, 1 },	/* 0.5 nV */
		{ "0.0000005", NULL, -1, -1 },
		{ "0.0000005", NULL, 3, 2 },
		{ "0.0000004", NULL, 1, 0 },
		{ "0.0000004", NULL, -1, 0 },
	};

	check_voltages(cases, COUNT(cases));
}

/* value = (raw + offset) * scale (Documentation/ABI/testing/sysfs-bus-iio) */
static void adds_the_offset_before_the_scale(void)
{
	struct sample sample;

	CHECK(!convert(QUANTITY_VOLTAGE, "100", "-40", "2", NULL, &sample));
	CHECK_EQUAL(120000000, sample.value);
	CHECK_EQUAL(100, sample.raw);
	CHECK(!convert(QUANTITY_TEMPERATURE, "600", "-273.5", "10", NULL, &sample));
	CHECK_EQUAL(3265, sample.value);
	CHECK(!convert(QUANTITY_VOLTAGE, "100", "0.000000", "2", NULL, &sample));
	CHECK_EQUAL(200000000, sample.value);
}

static void refuses_raw_that_is_no_whole_number(void)
{
	static const char *const texts[] = {
		"", " ", "-", "x", "1x", "1 2", "0x10", "1e3", "+1", "--1", "1.", ".5", "1.5", "1,5",
		"nan", "inf", "9223372036854775808", "-99999999999999999999",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct sample sample;
		const char *blamed = convert(QUANTITY_VOLTAGE, texts[i], NULL, "1", NULL, &sample);

		CHECK_AT(blamed && !strcmp(blamed, "raw"), "'%s'", texts[i]);
	}
}

static void refuses_scale_and_offset_that_are_no_numbers(void)
{
	static const char *const texts[] = {
		"", "-", ".", "1.", ".5", "1..5", "1.2.3", "1e-9", "0.5 dB", "nan",
		"0.0000000000000000001", "99999999999999999999",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct sample sample;
		const char *blamed = convert(QUANTITY_VOLTAGE, "1", NULL, texts[i], NULL, &sample);

		CHECK_AT(blamed && !strcmp(blamed, "scale"), "'%s'", texts[i]);
		blamed = convert(QUANTITY_VOLTAGE, "1", texts[i], "1", NULL, &sample);
		CHECK_AT(blamed && !strcmp(blamed, "offset"), "'%s'", texts[i]);
	}
}

/* 2^23 codes * 2^40 mV * 10^6 nV/mV is 9.2e24, beyond the 9.2e18 of 63 bits. */
static void refuses_values_beyond_63_bits(void)
{
	struct sample sample;

	CHECK(convert(QUANTITY_VOLTAGE, "8388606", NULL, "1099511627776", NULL, &sample));
	CHECK(convert(QUANTITY_VOLTAGE, "8388606", NULL, "1099511627.776000001", NULL, &sample));
	CHECK(convert(QUANTITY_VOLTAGE, "8388606", "0.000000000000000001", "1", NULL, &sample));
	CHECK(convert(QUANTITY_TEMPERATURE, "-9223372036854775807", "-9223372036854775807", "1", NULL,
		      &sample));
}

static void names_the_unit_of_each_quantity(void)
{
	CHECK_TEXT("nV", sample_unit(QUANTITY_VOLTAGE));
	CHECK_TEXT("uohm", sample_unit(QUANTITY_RESISTANCE));
	CHECK_TEXT("mdegC", sample_unit(QUANTITY_TEMPERATURE));
	CHECK_TEXT("raw", sample_unit(QUANTITY_OTHER));
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(reads_the_data_sheets_temperatures),
		CHECK_TEST(restores_all_gains_of_the_internal_reference),
		CHECK_TEST(restores_scales_that_were_rounded_or_cut_later),
		CHECK_TEST(restores_the_monitors_scale),
		CHECK_TEST(restores_other_references_from_their_list),
		CHECK_TEST(restores_every_whole_reference_at_every_gain),
		CHECK_TEST(uses_the_smallest_gains_digits_for_an_uneven_reference),
		CHECK_TEST(keeps_the_digits_where_nothing_is_certain),
		CHECK_TEST(takes_the_outermost_codes_for_no_value),
		CHECK_TEST(clips_even_without_a_scale),
		CHECK_TEST(gives_the_code_alone_without_a_scale),
		CHECK_TEST(reads_resistances_in_microohm),
		CHECK_TEST(rounds_halves_away_from_zero),
		CHECK_TEST(adds_the_offset_before_the_scale),
		CHECK_TEST(refuses_raw_that_is_no_whole_number),
		CHECK_TEST(refuses_scale_and_offset_that_are_no_numbers),
		CHECK_TEST(refuses_values_beyond_63_bits),
		CHECK_TEST(names_the_unit_of_each_quantity),
	};

	return check_main(tests, COUNT(tests));
}
