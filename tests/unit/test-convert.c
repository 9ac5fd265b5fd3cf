// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does convert.c give what a sensor says, and a state where it says nothing?
 *
 * Links: userspace/convert.c userspace/sensor.c userspace/number.c userspace/sample.c
 * Links: userspace/thermocouple.c userspace/resistance.c
 */
#include <math.h>
#include <stddef.h>

#include "../../userspace/convert.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct sensor sensor_of(const char *text)
{
	struct sensor_error error = { .what = "" };
	struct channel_choice choice;

	CHECK_AT(sensor_parse(text, &choice, &error), "%.60s: %s", text, error.what);
	return choice.sensor;
}

/* What the sensor says of a measurement, where that must be a value. */
static double value_of(const char *text, enum quantity quantity, double measured, double reference_v)
{
	const struct measurement measurement = { .quantity = quantity, .value = measured,
						 .reference_v = reference_v, .junction_degc = 25 };
	const struct sensor sensor = sensor_of(text);
	double result = NAN;

	CHECK_EQUAL_AT(VALUE_OK, sensor_value(&sensor, &measurement, &result), "%s of %g", text, measured);
	return result;
}

static void check_state(enum value_state state, const char *text, struct measurement measurement)
{
	const struct sensor sensor = sensor_of(text);
	double result = 77;

	CHECK_EQUAL_AT(state, sensor_value(&sensor, &measurement, &result), "%s of %g", text,
		       measurement.value);
	CHECK_NEAR_AT(77, result, 0, "%s of %g", text, measurement.value);
}

static void gives_what_was_measured_where_no_sensor_is_named(void)
{
	CHECK_NEAR(1.25, value_of("x", QUANTITY_VOLTAGE, 1.25, 2.048), 0);
	CHECK_NEAR(100.5, value_of("x", QUANTITY_RESISTANCE, 100.5, 0), 0);
	CHECK_NEAR(-40, value_of("x", QUANTITY_TEMPERATURE, -40, 0), 0);
	CHECK_NEAR(1.25, value_of("x:V", QUANTITY_VOLTAGE, 1.25, 2.048), 0);
	CHECK_NEAR(1250, value_of("x:mV", QUANTITY_VOLTAGE, 1.25, 2.048), 0);
	CHECK_NEAR(-8388607, value_of("x:raw", QUANTITY_VOLTAGE, -8388607, 0), 0);
}

/* ITS-90 tables: type K 1.000 mV at 25 degC, 5.084 at 124, 5.124 at 125; 4.096 at 100. */
static void reads_thermocouples_with_their_junction(void)
{
	CHECK_NEAR(124.3, value_of("x:tc=K", QUANTITY_VOLTAGE, 4.096e-3, 2.048), 0.03);
	CHECK_NEAR(124.3, value_of("x:tc=K,cj=ain2", QUANTITY_VOLTAGE, 4.096e-3, 2.048), 0.03);
	CHECK_NEAR(100, value_of("x:tc=K,cj=0", QUANTITY_VOLTAGE, 4.096e-3, 2.048), 0.02);
	CHECK_NEAR(40, value_of("x:tc=K,cj=40", QUANTITY_VOLTAGE, 0, 2.048), 1e-6);
}

/*
 * IEC 60751: 138.51 ohm at 100 degC. With 3300 ohm beside it the reference drops 3300/138.51 times
 * as much, in three wires twice that; 2 ohm of leads are measured with two.
 */
static void reads_platinum_in_two_three_and_four_wires(void)
{
	CHECK_NEAR(100, value_of("x:rtd=pt100", QUANTITY_RESISTANCE, 138.51, 0), 0.014);
	CHECK_NEAR(100, value_of("x:rtd=pt100,wires=3", QUANTITY_RESISTANCE, 138.51, 0), 0.014);
	CHECK_NEAR(100, value_of("x:rtd=pt100,lead=2", QUANTITY_RESISTANCE, 140.51, 0), 0.014);
	CHECK_NEAR(100, value_of("x:rtd=pt100,rref=3.3k,wires=4", QUANTITY_VOLTAGE, 0.13851, 3.3), 0.014);
	CHECK_NEAR(100, value_of("x:rtd=pt100,rref=3.3k", QUANTITY_VOLTAGE, 0.13851, 3.3), 0.014);
	CHECK_NEAR(100, value_of("x:rtd=pt100,rref=3.3k,wires=3", QUANTITY_VOLTAGE, 0.13851, 6.6), 0.014);
	CHECK_NEAR(100, value_of("x:rtd=pt100,rref=3.3k,lead=2", QUANTITY_VOLTAGE, 0.14051, 3.3), 0.014);
	CHECK_NEAR(0, value_of("x:rtd=pt1000", QUANTITY_RESISTANCE, 1000, 0), 1e-6);
}

static void reads_ntcs(void)
{
	CHECK_NEAR(25, value_of("x:ntc=beta,3950,10k", QUANTITY_RESISTANCE, 10000, 0), 1e-6);
	CHECK_NEAR(49.342, value_of("x:ntc=beta,3950,10k", QUANTITY_RESISTANCE, 3678.794, 0), 1e-3);
}

/* 2 mV/V at 3.3 V are 6.6 mV at the full 5 kg; 0.1 mV/V of zero are 0.25 kg. */
static void weighs_by_the_bridges_excitation(void)
{
	CHECK_NEAR(5, value_of("x:bridge=2mV/V,5kg", QUANTITY_VOLTAGE, 6.6e-3, 3.3), 1e-12);
	CHECK_NEAR(-2.5, value_of("x:bridge=2mV/V,5kg", QUANTITY_VOLTAGE, -3.3e-3, 3.3), 1e-12);
	CHECK_NEAR(4.75, value_of("x:bridge=2mV/V,5kg,zero=0.1", QUANTITY_VOLTAGE, 6.6e-3, 3.3), 1e-12);
	CHECK_NEAR(2, value_of("x:bridge=1mV/V,1mV/V", QUANTITY_VOLTAGE, 10e-3, 5), 1e-12);
}

/* 100 ohm: 0.4 V is 4 mA, 1.2 V is 12 mA, 2 V is 20 mA. */
static void maps_four_to_twenty_milliamperes(void)
{
	CHECK_NEAR(0, value_of("x:loop=100ohm,0..10bar", QUANTITY_VOLTAGE, 0.4, 0), 1e-12);
	CHECK_NEAR(5, value_of("x:loop=100ohm,0..10bar", QUANTITY_VOLTAGE, 1.2, 0), 1e-12);
	CHECK_NEAR(10, value_of("x:loop=100ohm,0..10bar", QUANTITY_VOLTAGE, 2, 0), 1e-12);
	CHECK_NEAR(-50, value_of("x:loop=250,-50..150degC", QUANTITY_VOLTAGE, 1, 0), 1e-12);
	CHECK_NEAR(75, value_of("x:loop=100,100..0%", QUANTITY_VOLTAGE, 0.8, 0), 1e-12);
}

/* NE 43: 3.8 to 20.5 mA are measured, 3.6 mA and less or 21 mA and more are a failure. */
static void tells_namurs_bands_apart(void)
{
	static const struct {
		double current_ma;
		enum value_state state;
	} table[] = {
		{ -1, VALUE_ERROR }, { 0, VALUE_ERROR }, { 3.59, VALUE_ERROR },
		{ 3.61, VALUE_OUT_OF_RANGE }, { 3.79, VALUE_OUT_OF_RANGE }, { 3.81, VALUE_OK },
		{ 4, VALUE_OK }, { 20, VALUE_OK }, { 20.49, VALUE_OK },
		{ 20.51, VALUE_OUT_OF_RANGE }, { 20.99, VALUE_OUT_OF_RANGE }, { 21.01, VALUE_ERROR },
		{ 100, VALUE_ERROR },
	};
	const struct sensor sensor = sensor_of("x:loop=100ohm,0..10bar");

	for (size_t i = 0; i < COUNT(table); i++) {
		const struct measurement measurement = { .value = table[i].current_ma * 0.1 };
		double result;

		CHECK_EQUAL_AT(table[i].state, sensor_value(&sensor, &measurement, &result), "%g mA",
			       table[i].current_ma);
	}
}

static void draws_lines(void)
{
	CHECK_NEAR(3.5, value_of("x:lin=2,1,mm", QUANTITY_VOLTAGE, 1.25, 0), 1e-12);
	CHECK_NEAR(68, value_of("x:lin=1.8,32,degF", QUANTITY_TEMPERATURE, 20, 0), 1e-12);
	CHECK_NEAR(-1, value_of("x:lin=-0.01,0,x", QUANTITY_RESISTANCE, 100, 0), 1e-12);
}

static void gives_no_value_beyond_a_sensors_range(void)
{
	const struct measurement hot = { .value = 0.060, .junction_degc = 25 };
	const struct measurement cold = { .value = -0.010, .junction_degc = 25 };
	const struct measurement junction = { .value = 0, .junction_degc = 2000 };
	const struct measurement unknown = { .value = 0, .junction_degc = NAN };
	const struct measurement nothing = { .value = 0 };

	check_state(VALUE_OUT_OF_RANGE, "x:tc=K", hot);
	check_state(VALUE_OUT_OF_RANGE, "x:tc=K", cold);
	check_state(VALUE_OUT_OF_RANGE, "x:tc=B,cj=20", nothing);
	check_state(VALUE_OUT_OF_RANGE, "x:tc=K", junction);
	check_state(VALUE_ERROR, "x:tc=K", unknown);
	check_state(VALUE_OUT_OF_RANGE, "x:rtd=pt100", nothing);
	check_state(VALUE_OUT_OF_RANGE, "x:rtd=pt1000", (struct measurement){ .value = 138.5 });
	check_state(VALUE_OUT_OF_RANGE, "x:ntc=beta,3950,10k", nothing);
}

/* Without the reference's voltage there is nothing to divide by. */
static void gives_no_value_without_the_reference(void)
{
	check_state(VALUE_ERROR, "x:bridge=2mV/V,5kg", (struct measurement){ .value = 1e-3 });
	check_state(VALUE_OUT_OF_RANGE, "x:rtd=pt100,rref=3300", (struct measurement){ .value = 0.1 });
}

/*
 * 2.048 V / 32 = 64 mV is more than any type K gives (54.886 mV at 1372 degC), so nothing is
 * there; 2.048 V / 128 = 16 mV it does give at 390 degC: the gain is too high. Pt100 ends at
 * 390.48 ohm.
 */
static void tells_an_open_sensor_from_too_high_a_gain(void)
{
	const struct measurement at_32 = { .clipped = true, .value = 0.064, .junction_degc = 25 };
	const struct measurement below_32 = { .clipped = true, .value = -0.064, .junction_degc = 25 };
	const struct measurement at_128 = { .clipped = true, .value = 0.016, .junction_degc = 25 };

	check_state(VALUE_OPEN, "x:tc=K", at_32);
	check_state(VALUE_OPEN, "x:tc=K", below_32);
	check_state(VALUE_SATURATED, "x:tc=K", at_128);
	check_state(VALUE_OPEN, "x:rtd=pt100", (struct measurement){ .clipped = true, .value = 412.5 });
	check_state(VALUE_SATURATED, "x:rtd=pt100",
		    (struct measurement){ .clipped = true, .value = 206.25 });
	check_state(VALUE_OPEN, "x:ntc=beta,3950,10k",
		    (struct measurement){ .clipped = true, .value = 1e9 });
	check_state(VALUE_SATURATED, "x:ntc=beta,3950,10k",
		    (struct measurement){ .clipped = true, .value = 3300 });
}

static void takes_no_clipped_code_for_a_value(void)
{
	static const char *const sensors[] = {
		"x", "x:V", "x:mV", "x:raw", "x:bridge=2mV/V,5kg", "x:loop=100,0..10bar", "x:lin=1,0,V",
		"x:tc=K,cj=0", "x:rtd=pt100,rref=10",
	};

	for (size_t i = 0; i < COUNT(sensors); i++)
		check_state(VALUE_SATURATED, sensors[i],
			    (struct measurement){ .clipped = true, .value = 0.016, .reference_v = 0.001 });
}

static bool fits(const char *text, enum quantity quantity)
{
	const struct sensor sensor = sensor_of(text);
	struct sensor_error error = { .what = "" };
	const bool found = sensor_fits(&sensor, quantity, &error);

	CHECK_AT(found == !error.what[0], "%s: '%s'", text, error.what);
	CHECK_AT(found == !error.allowed[0], "%s: '%s'", text, error.allowed);
	return found;
}

static void says_which_channels_a_sensor_fits(void)
{
	static const struct {
		const char *text;
		bool volt, ohm, degc, other;
	} table[] = {
		{ "x", true, true, true, true },
		{ "x:raw", true, true, true, true },
		{ "x:V", true, false, false, false },
		{ "x:mV", true, false, false, false },
		{ "x:tc=K", true, false, false, false },
		{ "x:rtd=pt100", false, true, false, false },
		{ "x:rtd=pt100,rref=3300", true, false, false, false },
		{ "x:ntc=beta,3950,10k", false, true, false, false },
		{ "x:bridge=2mV/V,5kg", true, false, false, false },
		{ "x:loop=100,0..10bar", true, false, false, false },
		{ "x:lin=1,0,x", true, true, true, false },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		CHECK_AT(table[i].volt == fits(table[i].text, QUANTITY_VOLTAGE), "%s", table[i].text);
		CHECK_AT(table[i].ohm == fits(table[i].text, QUANTITY_RESISTANCE), "%s", table[i].text);
		CHECK_AT(table[i].degc == fits(table[i].text, QUANTITY_TEMPERATURE), "%s", table[i].text);
		CHECK_AT(table[i].other == fits(table[i].text, QUANTITY_OTHER), "%s", table[i].text);
	}
}

static void writes_the_states_as_promised(void)
{
	CHECK_TEXT("ok", value_state_name(VALUE_OK));
	CHECK_TEXT("saturated", value_state_name(VALUE_SATURATED));
	CHECK_TEXT("open", value_state_name(VALUE_OPEN));
	CHECK_TEXT("out-of-range", value_state_name(VALUE_OUT_OF_RANGE));
	CHECK_TEXT("error", value_state_name(VALUE_ERROR));
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(gives_what_was_measured_where_no_sensor_is_named),
		CHECK_TEST(reads_thermocouples_with_their_junction),
		CHECK_TEST(reads_platinum_in_two_three_and_four_wires),
		CHECK_TEST(reads_ntcs),
		CHECK_TEST(weighs_by_the_bridges_excitation),
		CHECK_TEST(maps_four_to_twenty_milliamperes),
		CHECK_TEST(tells_namurs_bands_apart),
		CHECK_TEST(draws_lines),
		CHECK_TEST(gives_no_value_beyond_a_sensors_range),
		CHECK_TEST(gives_no_value_without_the_reference),
		CHECK_TEST(tells_an_open_sensor_from_too_high_a_gain),
		CHECK_TEST(takes_no_clipped_code_for_a_value),
		CHECK_TEST(says_which_channels_a_sensor_fits),
		CHECK_TEST(writes_the_states_as_promised),
	};

	return check_main(tests, COUNT(tests));
}
