// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does thermocouple.c agree with the published ITS-90 tables, and find its way back?
 *
 * Links: userspace/thermocouple.c
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../../userspace/thermocouple.h"
#include "tool-check.h"
#include "its90-points.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* half of the last digit that the tables print */
#define TABLE_MV	(0.0005 + 1e-9)
#define ROUND_TRIP_DEGC	1e-6
#define ROUND_TRIP_STEPS 20000

/* Monograph 175: where the functions begin and end, and B's published inverse begins. */
static const struct range {
	char type;
	double from_degc;
	double invertible_from_degc;
	double to_degc;
} ranges[] = {
	{ 'B', 0, 250, 1820 },		{ 'E', -270, -270, 1000 },
	{ 'J', -210, -210, 1200 },	{ 'K', -270, -270, 1372 },
	{ 'N', -270, -270, 1300 },	{ 'R', -50, -50, 1768.1 },
	{ 'S', -50, -50, 1768.1 },	{ 'T', -270, -270, 400 },
};

/* Where one function takes over from another, also there. */
static const struct {
	char type;
	double at_degc;
} joints[] = {
	{ 'B', 630.615 }, { 'E', 0 }, { 'J', 760 }, { 'K', 0 }, { 'N', 0 }, { 'R', 1064.18 },
	{ 'R', 1664.5 }, { 'S', 1064.18 }, { 'S', 1664.5 }, { 'T', 0 },
};

/* The voltage at a temperature inside the range, or no number. */
static double voltage_mv(char type, double temperature_degc)
{
	double found_mv = NAN;

	CHECK_AT(thermocouple_voltage(thermocouple_of_type(type), temperature_degc, &found_mv),
		 "type %c, %.12g degC", type, temperature_degc);
	return found_mv;
}

static double there_and_back(char type, double temperature_degc)
{
	double found_degc = NAN;

	CHECK_AT(thermocouple_temperature(thermocouple_of_type(type),
					  voltage_mv(type, temperature_degc), &found_degc),
		 "type %c, %.12g degC", type, temperature_degc);
	return found_degc;
}

static void meets_every_tenth_degree_of_the_published_tables(void)
{
	CHECK_EQUAL(8, COUNT(its90_tables));
	for (size_t i = 0; i < COUNT(its90_tables); i++) {
		const struct its90_table *table = &its90_tables[i];

		for (unsigned int row = 0; row < table->count; row++) {
			const int at_degc = table->first_degc + 10 * (int)row;

			CHECK_NEAR_AT(table->uv[row] / 1000.0, voltage_mv(table->type, at_degc),
				      TABLE_MV, "type %c, %d degC", table->type, at_degc);
		}
		CHECK_NEAR_AT(table->last_uv / 1000.0, voltage_mv(table->type, table->last_degc),
			      TABLE_MV, "type %c, %d degC", table->type, table->last_degc);
	}
}

static void finds_its_way_back_within_a_millionth_of_a_degree(void)
{
	for (size_t i = 0; i < COUNT(ranges); i++) {
		const struct range *range = &ranges[i];
		const double span_degc = range->to_degc - range->invertible_from_degc;

		for (int step = 0; step <= ROUND_TRIP_STEPS; step++) {
			const double at_degc = range->invertible_from_degc +
					       span_degc * step / ROUND_TRIP_STEPS;

			CHECK_NEAR_AT(at_degc, there_and_back(range->type, at_degc),
				      ROUND_TRIP_DEGC, "type %c", range->type);
		}
	}
}

static void crosses_the_joints_of_its_functions_without_a_step(void)
{
	for (size_t i = 0; i < COUNT(joints); i++) {
		const char type = joints[i].type;
		const double at_degc = joints[i].at_degc;

		CHECK_NEAR_AT(voltage_mv(type, at_degc), voltage_mv(type, at_degc + 1e-9), 1e-6,
			      "type %c, %.12g degC", type, at_degc);
		for (int step = -10; step <= 10; step++)
			CHECK_NEAR_AT(at_degc + step * 1e-7,
				      there_and_back(type, at_degc + step * 1e-7), ROUND_TRIP_DEGC,
				      "type %c", type);
	}
}

/* A colder end gives less voltage, everywhere: else a voltage would have two temperatures. */
static void rises_with_the_temperature_over_the_invertible_range(void)
{
	for (size_t i = 0; i < COUNT(ranges); i++) {
		double before_mv = -INFINITY;

		for (double at_degc = ranges[i].invertible_from_degc; at_degc < ranges[i].to_degc;
		     at_degc += 0.05) {
			const double found_mv = voltage_mv(ranges[i].type, at_degc);

			CHECK_AT(found_mv > before_mv, "type %c, %.12g degC", ranges[i].type, at_degc);
			before_mv = found_mv;
		}
	}
}

static void refuses_temperatures_outside_the_tables(void)
{
	for (size_t i = 0; i < COUNT(ranges); i++) {
		const struct thermocouple *type = thermocouple_of_type(ranges[i].type);
		double found_mv;

		CHECK(thermocouple_voltage(type, ranges[i].from_degc, &found_mv));
		CHECK(!thermocouple_voltage(type, ranges[i].from_degc - 1e-6, &found_mv));
		CHECK(thermocouple_voltage(type, ranges[i].to_degc, &found_mv));
		CHECK(!thermocouple_voltage(type, ranges[i].to_degc + 1e-6, &found_mv));
		CHECK(!thermocouple_voltage(type, NAN, &found_mv));
		CHECK(!thermocouple_voltage(type, INFINITY, &found_mv));
	}
}

static void refuses_voltages_outside_the_tables(void)
{
	for (size_t i = 0; i < COUNT(ranges); i++) {
		const struct thermocouple *type = thermocouple_of_type(ranges[i].type);
		const double lowest_mv = voltage_mv(ranges[i].type, ranges[i].invertible_from_degc);
		const double highest_mv = voltage_mv(ranges[i].type, ranges[i].to_degc);
		double found_degc;

		CHECK(!thermocouple_temperature(type, lowest_mv - 1e-6, &found_degc));
		CHECK(!thermocouple_temperature(type, highest_mv + 1e-6, &found_degc));
		CHECK(!thermocouple_temperature(type, NAN, &found_degc));
		CHECK(!thermocouple_temperature(type, -INFINITY, &found_degc));
		CHECK(!thermocouple_temperature(type, INFINITY, &found_degc));
	}
}

/*
 * From the tables: type K gives 1.000 mV at 25 degC, so 4.096 mV measured there stand for
 * 5.096 mV, between 5.084 at 124 and 5.124 at 125 degC. Without the junction it would be 100.
 * Type T gives 0.992 mV at 25 degC: 4.279 mV at 100 degC less that is 3.287.
 */
static void adds_the_cold_junctions_voltage(void)
{
	double found_degc = NAN;

	CHECK(thermocouple_compensated(thermocouple_of_type('K'), 4.096, 25, &found_degc));
	CHECK_NEAR(124.3, found_degc, 0.03);
	CHECK(thermocouple_compensated(thermocouple_of_type('K'), 4.096, 0, &found_degc));
	CHECK_NEAR(100, found_degc, 0.02);
	CHECK(thermocouple_compensated(thermocouple_of_type('K'), 0, 25, &found_degc));
	CHECK_NEAR(25, found_degc, ROUND_TRIP_DEGC);
	CHECK(thermocouple_compensated(thermocouple_of_type('T'), 3.287, 25, &found_degc));
	CHECK_NEAR(100, found_degc, 0.03);
}

static void refuses_a_cold_junction_outside_the_tables(void)
{
	double found_degc;

	CHECK(!thermocouple_compensated(thermocouple_of_type('K'), 1, -270.1, &found_degc));
	CHECK(!thermocouple_compensated(thermocouple_of_type('B'), 5, -0.1, &found_degc));
	CHECK(!thermocouple_compensated(thermocouple_of_type('K'), 1, NAN, &found_degc));
	CHECK(!thermocouple_compensated(thermocouple_of_type('K'), 54, 100, &found_degc));
}

static void knows_eight_types_and_no_other(void)
{
	CHECK_TEXT("BEJKNRST", thermocouple_types);
	for (int letter = -128; letter < 128; letter++) {
		const char type = (char)letter;
		const bool known = type && strchr("BEJKNRST", type);

		CHECK_AT(known == (thermocouple_of_type(type) != NULL), "code %d", letter);
	}
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(meets_every_tenth_degree_of_the_published_tables),
		CHECK_TEST(finds_its_way_back_within_a_millionth_of_a_degree),
		CHECK_TEST(crosses_the_joints_of_its_functions_without_a_step),
		CHECK_TEST(rises_with_the_temperature_over_the_invertible_range),
		CHECK_TEST(refuses_temperatures_outside_the_tables),
		CHECK_TEST(refuses_voltages_outside_the_tables),
		CHECK_TEST(adds_the_cold_junctions_voltage),
		CHECK_TEST(refuses_a_cold_junction_outside_the_tables),
		CHECK_TEST(knows_eight_types_and_no_other),
	};

	return check_main(tests, COUNT(tests));
}
