// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does meaning.c show a converted and corrected value with digits enough, and never a wrong one?
 *
 * Links: userspace/meaning.c userspace/convert.c userspace/calibration.c userspace/sensor.c
 * Links: userspace/number.c userspace/sample.c userspace/thermocouple.c userspace/resistance.c
 */
#include <math.h>
#include <stddef.h>

#include "../../userspace/meaning.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct meaning meaning_by(const char *text, enum quantity quantity)
{
	struct sensor_error error = { .what = "" };
	struct channel_choice choice;
	struct meaning meaning = { .is_calibrated = false };

	CHECK_AT(sensor_parse(text, &choice, &error), "%.60s: %s", text, error.what);
	meaning.sensor = choice.sensor;
	meaning.decimals = meaning_decimals(&meaning.sensor, quantity, true);
	return meaning;
}

/* Nine digits of the largest value: 5 kg has eight decimals, 10 bar seven, 1e6 Pa two; volts as of mV. */
static void shows_nine_digits(void)
{
	static const struct {
		const char *text;
		enum quantity quantity;
		unsigned int fine, stable;
	} table[] = {
		{ "x:tc=K", QUANTITY_VOLTAGE, 6, 3 },
		{ "x:rtd=pt100", QUANTITY_RESISTANCE, 6, 3 },
		{ "x:ntc=beta,3950,10k", QUANTITY_RESISTANCE, 6, 3 },
		{ "x", QUANTITY_TEMPERATURE, 6, 3 },
		{ "x", QUANTITY_VOLTAGE, 11, 9 },
		{ "x:mV", QUANTITY_VOLTAGE, 8, 6 },
		{ "x", QUANTITY_RESISTANCE, 8, 6 },
		{ "x:raw", QUANTITY_VOLTAGE, 0, 0 },
		{ "x:bridge=2mV/V,5kg", QUANTITY_VOLTAGE, 8, 9 },
		{ "x:bridge=2mV/V,5000g", QUANTITY_VOLTAGE, 5, 9 },
		{ "x:loop=100ohm,0..10bar", QUANTITY_VOLTAGE, 7, 9 },
		{ "x:loop=100ohm,-1e6..0Pa", QUANTITY_VOLTAGE, 2, 9 },
		{ "x:loop=100ohm,0..1e12Pa", QUANTITY_VOLTAGE, 0, 9 },
		{ "x:lin=1e-30,0,x", QUANTITY_VOLTAGE, 15, 9 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const struct meaning meaning = meaning_by(table[i].text, table[i].quantity);

		CHECK_EQUAL_AT(table[i].fine, meaning.decimals, "%s", table[i].text);
		CHECK_EQUAL_AT(table[i].stable,
			       meaning_decimals(&meaning.sensor, table[i].quantity, false), "%s",
			       table[i].text);
	}
}

static const char *unit_of(const char *text, enum quantity quantity)
{
	static struct meaning meaning;

	meaning = meaning_by(text, quantity);
	return meaning_unit(&meaning.sensor, quantity);
}

static void names_the_unit_of_a_value(void)
{
	CHECK_TEXT("V", unit_of("x", QUANTITY_VOLTAGE));
	CHECK_TEXT("ohm", unit_of("x", QUANTITY_RESISTANCE));
	CHECK_TEXT("degC", unit_of("x:tc=K", QUANTITY_VOLTAGE));
	CHECK_TEXT("bar", unit_of("x:loop=100,0..10bar", QUANTITY_VOLTAGE));
}

/* 6.6 mV of 2 mV/V at 3.3 V: 5 kg, 500000000 of 10^-8; -3.3 mV: -2.5 kg. */
static void gives_whole_numbers_of_the_last_decimal(void)
{
	const struct meaning meaning = meaning_by("x:bridge=2mV/V,5kg", QUANTITY_VOLTAGE);
	int64_t value = 0;

	CHECK_EQUAL(VALUE_OK, meaning_of(&meaning, &(struct measurement){ .value = 6.6e-3,
									  .reference_v = 3.3 }, &value));
	CHECK_EQUAL(500000000, value);
	CHECK_EQUAL(VALUE_OK, meaning_of(&meaning, &(struct measurement){ .value = -3.3e-3,
									  .reference_v = 3.3 }, &value));
	CHECK_EQUAL(-250000000, value);
}

/* IEC 60751: 138.5055 ohm by the formula at 100 degC. */
static void converts_before_it_corrects(void)
{
	struct meaning meaning = meaning_by("x:rtd=pt100", QUANTITY_RESISTANCE);
	const struct calibration ice = { .unit = "degC", .zero = 0.5, .gain = 2 };
	struct sensor_error error;
	int64_t value = 0;

	CHECK(meaning_calibrate(&meaning, QUANTITY_RESISTANCE, &ice, &error));
	CHECK_EQUAL(VALUE_OK, meaning_of(&meaning, &(struct measurement){ .value = 138.5055 }, &value));
	CHECK_EQUAL(199000000, value);
}

static void refuses_a_calibration_in_another_unit(void)
{
	static const struct calibration in_kg = { .unit = "kg", .gain = 3 };
	struct meaning meaning = meaning_by("x:mV", QUANTITY_VOLTAGE);
	struct sensor_error error = { .what = "" };
	int64_t value = 0;

	CHECK(!meaning_calibrate(&meaning, QUANTITY_VOLTAGE, &in_kg, &error));
	CHECK_TEXT("the calibration is in 'kg', the value in 'mV'", error.what);
	CHECK(error.allowed[0]);
	CHECK_EQUAL(VALUE_OK, meaning_of(&meaning, &(struct measurement){ .value = 1 }, &value));
	CHECK_EQUAL(100000000000, value);
}

static void gives_no_value_where_there_is_none(void)
{
	const struct meaning tc = meaning_by("x:tc=K", QUANTITY_VOLTAGE);
	struct meaning huge = meaning_by("x:lin=1,0,x", QUANTITY_VOLTAGE);
	int64_t value = 77;

	CHECK_EQUAL(VALUE_ERROR, meaning_of(&tc, &(struct measurement){ .junction_degc = NAN }, &value));
	CHECK_EQUAL(VALUE_OPEN, meaning_of(&tc, &(struct measurement){ .clipped = true, .value = 0.064 },
					   &value));
	CHECK_EQUAL(VALUE_OUT_OF_RANGE, meaning_of(&huge, &(struct measurement){ .value = 1e12 }, &value));
	huge.is_calibrated = true;
	huge.calibration = (struct calibration){ .unit = "x", .gain = 1e300 };
	CHECK_EQUAL(VALUE_OUT_OF_RANGE, meaning_of(&huge, &(struct measurement){ .value = 1e12 }, &value));
	CHECK_EQUAL(77, value);
}

static void leaves_exact_what_needs_no_arithmetic(void)
{
	static const char *const exact[] = { "x", "x:V", "x:mV", "x:raw" };
	static const char *const others[] = { "x:tc=K", "x:lin=1,0,x", "x:bridge=2mV/V,5kg" };
	struct meaning meaning = meaning_by("x", QUANTITY_VOLTAGE);

	for (size_t i = 0; i < COUNT(exact); i++) {
		meaning = meaning_by(exact[i], QUANTITY_VOLTAGE);
		CHECK_AT(meaning_is_exact(&meaning), "%s", exact[i]);
		meaning.is_calibrated = true;
		CHECK_AT(!meaning_is_exact(&meaning), "%s", exact[i]);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		meaning = meaning_by(others[i], QUANTITY_VOLTAGE);
		CHECK_AT(!meaning_is_exact(&meaning), "%s", others[i]);
	}
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(shows_nine_digits),
		CHECK_TEST(names_the_unit_of_a_value),
		CHECK_TEST(gives_whole_numbers_of_the_last_decimal),
		CHECK_TEST(converts_before_it_corrects),
		CHECK_TEST(refuses_a_calibration_in_another_unit),
		CHECK_TEST(gives_no_value_where_there_is_none),
		CHECK_TEST(leaves_exact_what_needs_no_arithmetic),
	};

	return check_main(tests, COUNT(tests));
}
