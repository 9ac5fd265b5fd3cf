// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does resistance.c agree with IEC 60751's table and with a measured thermistor?
 *
 * Links: userspace/resistance.c
 */
#include <math.h>
#include <stddef.h>

#include "../../userspace/resistance.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define ROUND_TRIP_DEGC 1e-6

/* IEC 60751, table for 100 ohm, printed with two decimals: every 50 degC, and the tens about zero. */
static const struct {
	int temperature_degc;
	double resistance_ohm;
} platinum[] = {
	{ -200, 18.52 }, { -190, 22.83 }, { -150, 39.72 }, { -100, 60.26 }, { -50, 80.31 },
	{ -20, 92.16 }, { -10, 96.09 }, { 0, 100.00 }, { 10, 103.90 }, { 20, 107.79 },
	{ 30, 111.67 }, { 50, 119.40 }, { 100, 138.51 }, { 150, 157.33 }, { 200, 175.86 },
	{ 250, 194.10 }, { 300, 212.05 }, { 350, 229.72 }, { 400, 247.09 }, { 450, 264.18 },
	{ 500, 280.98 }, { 550, 297.49 }, { 600, 313.71 }, { 850, 390.48 },
};

static void meets_the_published_table_of_platinum(void)
{
	for (size_t i = 0; i < COUNT(platinum); i++) {
		double found_ohm = NAN;

		CHECK(platinum_resistance(100, platinum[i].temperature_degc, &found_ohm));
		CHECK_NEAR_AT(platinum[i].resistance_ohm, found_ohm, 0.005 + 1e-9, "%d degC",
			      platinum[i].temperature_degc);
	}
}

/* The table's last digit, half of 0.01 ohm, is 0.018 degC where platinum is least sensitive. */
static void finds_the_tables_temperatures(void)
{
	for (size_t i = 0; i < COUNT(platinum); i++) {
		double found_degc = NAN;

		if (platinum[i].temperature_degc == -200 || platinum[i].temperature_degc == 850)
			continue;
		CHECK(platinum_temperature(100, platinum[i].resistance_ohm, &found_degc));
		CHECK_NEAR_AT(platinum[i].temperature_degc, found_degc, 0.018, "%.2f ohm",
			      platinum[i].resistance_ohm);
	}
}

static void scales_with_the_resistance_at_zero(void)
{
	double found_degc = NAN;

	CHECK(platinum_temperature(1000, 1385.1, &found_degc));
	CHECK_NEAR(100, found_degc, 0.014);
	CHECK(platinum_temperature(500, 401.55, &found_degc));
	CHECK_NEAR(-50, found_degc, 0.014);
	CHECK(platinum_temperature(50, 50, &found_degc));
	CHECK_NEAR(0, found_degc, ROUND_TRIP_DEGC);
}

static void finds_its_way_back_within_a_millionth_of_a_degree(void)
{
	for (int step = 0; step <= 105000; step++) {
		const double at_degc = -200 + step / 100.0;
		double found_ohm = NAN, found_degc = NAN;

		CHECK(platinum_resistance(100, at_degc, &found_ohm));
		CHECK_AT(platinum_temperature(100, found_ohm, &found_degc), "%.2f degC", at_degc);
		CHECK_NEAR_AT(at_degc, found_degc, ROUND_TRIP_DEGC, "%.2f degC", at_degc);
	}
}

static void refuses_platinum_outside_its_range(void)
{
	static const double resistances_ohm[] = { 18.51, 0, -100, 390.49, 1e9, NAN, INFINITY, -INFINITY };
	static const double temperatures_degc[] = { -200.001, 850.001, NAN, INFINITY };
	double found;

	for (size_t i = 0; i < COUNT(resistances_ohm); i++)
		CHECK_AT(!platinum_temperature(100, resistances_ohm[i], &found), "%g ohm",
			 resistances_ohm[i]);
	for (size_t i = 0; i < COUNT(temperatures_degc); i++)
		CHECK_AT(!platinum_resistance(100, temperatures_degc[i], &found), "%g degC",
			 temperatures_degc[i]);
}

/*
 * By hand: where R is R25 / e, 1/T = 1/298.15 + -1/3950 = 0.0033540164 - 0.0002531646 =
 * 0.0031008518, T = 322.49203 K. R25 / e = 10000 / 2.718281828 = 3678.7944 ohm; R25 * e =
 * 27182.818 ohm: 0.0036071810, 277.22479 K.
 */
static void reads_an_ntc_by_its_beta(void)
{
	const struct steinhart_hart ntc = ntc_of_beta(3950, 10000);
	double found_degc = NAN;

	CHECK(ntc_temperature(&ntc, 10000, &found_degc));
	CHECK_NEAR(25, found_degc, 1e-9);
	CHECK(ntc_temperature(&ntc, 3678.7944, &found_degc));
	CHECK_NEAR(49.34203, found_degc, 2e-5);
	CHECK(ntc_temperature(&ntc, 27182.818, &found_degc));
	CHECK_NEAR(4.07479, found_degc, 2e-5);
}

/*
 * A Dale 1T1002-5, table A.1 of the ILX Lightwave LDC-3900 manual; there, too, the three-term form
 * is within 0.003 degC of it. (The manual's 5331 ohm at 40 degC lies on no smooth curve and is
 * left out.) The constants belong to the rows of 0, 25 and 50 degC: three equations of
 * 1/T = a + b ln R + c (ln R)^3, solved by differences.
 */
static struct steinhart_hart through(const double r_ohm[3], const double t_degc[3])
{
	double l[3], y[3];
	struct steinhart_hart fit;
	double g2, g3;

	for (int i = 0; i < 3; i++) {
		l[i] = log(r_ohm[i]);
		y[i] = 1 / (t_degc[i] + 273.15);
	}
	g2 = (y[1] - y[0]) / (l[1] - l[0]);
	g3 = (y[2] - y[0]) / (l[2] - l[0]);
	fit.c = (g3 - g2) / (l[2] - l[1]) / (l[0] + l[1] + l[2]);
	fit.b = g2 - fit.c * (l[0] * l[0] + l[0] * l[1] + l[1] * l[1]);
	fit.a = y[0] - (fit.b + l[0] * l[0] * fit.c) * l[0];
	return fit;
}

static void reads_a_measured_thermistor_by_steinhart_and_hart(void)
{
	static const struct {
		double t_degc;
		double r_ohm;
	} dale[] = { { 0, 32128 }, { 10, 19549 }, { 20, 12262 }, { 25, 9814 }, { 30, 7908 }, { 50, 3542 } };
	const struct steinhart_hart ntc = through((const double[]){ 32128, 9814, 3542 },
						  (const double[]){ 0, 25, 50 });

	for (size_t i = 0; i < COUNT(dale); i++) {
		double found_degc = NAN;

		CHECK(ntc_temperature(&ntc, dale[i].r_ohm, &found_degc));
		CHECK_NEAR_AT(dale[i].t_degc, found_degc, 0.003, "%.0f ohm", dale[i].r_ohm);
	}
}

static void refuses_what_no_ntc_reads(void)
{
	static const double resistances_ohm[] = { 0, -1, 1e-300, 1e12, NAN, INFINITY, -INFINITY };
	const struct steinhart_hart beta = ntc_of_beta(3950, 10000);
	const struct steinhart_hart dale = { 1.10416e-3, 2.38918e-4, 6.93163e-8 };
	double found_degc;

	for (size_t i = 0; i < COUNT(resistances_ohm); i++) {
		CHECK_AT(!ntc_temperature(&beta, resistances_ohm[i], &found_degc), "%g ohm",
			 resistances_ohm[i]);
		CHECK_AT(!ntc_temperature(&dale, resistances_ohm[i], &found_degc), "%g ohm",
			 resistances_ohm[i]);
	}
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(meets_the_published_table_of_platinum),
		CHECK_TEST(finds_the_tables_temperatures),
		CHECK_TEST(scales_with_the_resistance_at_zero),
		CHECK_TEST(finds_its_way_back_within_a_millionth_of_a_degree),
		CHECK_TEST(refuses_platinum_outside_its_range),
		CHECK_TEST(reads_an_ntc_by_its_beta),
		CHECK_TEST(reads_a_measured_thermistor_by_steinhart_and_hart),
		CHECK_TEST(refuses_what_no_ntc_reads),
	};

	return check_main(tests, COUNT(tests));
}
