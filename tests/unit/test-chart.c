// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does chart.c draw what came, in the room there is, and nothing that did not come?
 *
 * Links: userspace/chart.c
 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/chart.h"
#include "tool-check.h"

static char drawn[65536];

static void draw(const struct chart_series *series, size_t count, unsigned int columns,
		 unsigned int rows, unsigned int per_column, bool utf8)
{
	const struct chart_view view = { columns, rows, per_column, utf8, "\n" };
	FILE *out = fmemopen(drawn, sizeof(drawn), "w");

	CHECK(out != NULL);
	if (!out)
		return;
	drawn[0] = '\0';
	chart_draw(out, series, count, &view);
	CHECK(fclose(out) == 0);
}

static struct chart_series series_of(const double *values, size_t count)
{
	struct chart_series series;

	CHECK(chart_begin(&series, "oven", "degC"));
	for (size_t i = 0; i < count; i++)
		chart_add(&series, values[i]);
	return series;
}

/*
 * 0 to 9 in steps: the scale is -0.45 to 9.45, four rows are eight halves of
 * 1.2375 each, so the values are in the halves 0 1 1 2 3 4 5 6 6 7; each reaches to the one before it.
 */
static void draws_a_rising_line(void)
{
	static const double values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	struct chart_series series = series_of(values, 10);

	draw(&series, 1, 40, 5, 1, false);
	CHECK_TEXT("oven  9.00 degC  min 0.00  mean 4.50\n"
		   " 9.45        ..|                        \n"
		   "           .|'                          \n"
		   "         .|'                            \n"
		   "-0.45 .|''                              \n", drawn);
	chart_end(&series);
}

static void draws_utf8_half_blocks(void)
{
	static const double values[] = { 0, 0, 1, 1 };
	struct chart_series series = series_of(values, 4);

	draw(&series, 1, 16, 3, 1, true);
	CHECK_TEXT("oven  1.00 degC\n"
		   " 1.05   █▀      \n"
		   "-0.05 ▄▄█       \n", drawn);
	chart_end(&series);
}

static void marks_missing_values(void)
{
	static const double values[] = { 1, NAN, INFINITY, 1, 2, 2 };
	struct chart_series series = series_of(values, 6);

	draw(&series, 1, 20, 3, 1, false);
	CHECK_TEXT("oven  2.00 degC\n"
		   "2.05     |'         \n"
		   "0.95 .!!.|          \n", drawn);
	chart_end(&series);
}

/* Two microvolts beside 1.65 V: the labels have digits enough to differ. */
static void shows_microvolts_on_volts(void)
{
	static const double values[] = { 1.649999, 1.650001 };
	struct chart_series series = series_of(values, 2);

	draw(&series, 1, 60, 3, 1, false);
	CHECK(strstr(drawn, "oven  1.65000100 degC  min 1.64999900  mean 1.65000000"));
	CHECK(strstr(drawn, "\n1.65000110 "));
	CHECK(strstr(drawn, "\n1.64999890 "));
	chart_end(&series);
}

static void gives_a_single_value_a_scale(void)
{
	static const double zero[] = { 0 }, large[] = { -1e6 };
	struct chart_series series = series_of(zero, 1);

	draw(&series, 1, 60, 4, 1, false);
	CHECK(strstr(drawn, "min 0.00000000000"));
	chart_end(&series);
	series = series_of(large, 1);
	draw(&series, 1, 60, 4, 1, false);
	CHECK(strstr(drawn, "oven  -1000000.00 degC"));
	chart_end(&series);
}

static void says_that_nothing_has_come(void)
{
	static const double nothing[] = { NAN };
	struct chart_series series = series_of(nothing, 0);

	draw(&series, 1, 30, 3, 1, false);
	CHECK(strstr(drawn, "oven  no value\n"));
	chart_end(&series);
	series = series_of(nothing, 1);
	draw(&series, 1, 30, 3, 1, false);
	CHECK(strstr(drawn, "oven  no value\n"));
	CHECK(strchr(drawn, '!'));
	chart_end(&series);
}

/* What is in a column does not change while it moves: the groups are counted from the first value. */
static void keeps_columns_together_while_they_move(void)
{
	struct chart_series series = series_of(NULL, 0);
	char before[sizeof(drawn)];

	for (int i = 0; i < 400; i++)
		chart_add(&series, i * 37 % 101);
	draw(&series, 1, 40, 9, 4, false);
	strcpy(before, drawn);
	for (int i = 400; i < 404; i++)
		chart_add(&series, i * 37 % 101);
	draw(&series, 1, 40, 9, 4, false);
	for (size_t row = 1; row < 9; row++)
		CHECK_AT(!strncmp(before + row * 41 + 8, drawn + row * 41 + 7, 30), "row %zu", row);
	chart_end(&series);
}

/* More values than are kept, in a terminal wider than they reach. */
static void forgets_what_is_too_old(void)
{
	struct chart_series series = series_of(NULL, 0);

	for (int i = 0; i < 3 * CHART_VALUES_MAX; i++)
		chart_add(&series, i < 2 * CHART_VALUES_MAX ? 1000 : i % 10);
	draw(&series, 1, 500, 10, 100, false);
	CHECK(strstr(drawn, "min 0.00  mean"));
	CHECK(!strstr(drawn, "1000"));
	chart_end(&series);
}

static unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* Characters of the longest line. */
static unsigned int columns_of(const char *text)
{
	unsigned int longest = 0, columns = 0;

	for (; *text; text++) {
		columns += ((unsigned char)*text & 0xc0) != 0x80;
		if (*text == '\n')
			columns = 0;
		if (columns > longest)
			longest = columns;
	}
	return longest;
}

static void stays_inside_any_terminal(void)
{
	struct chart_series series[5];

	for (size_t i = 0; i < 5; i++) {
		CHECK(chart_begin(&series[i], i % 2 ? "größer" : "a long name of some channel", "V"));
		for (int value = 0; value < 1000; value++)
			chart_add(&series[i], value % 70 ? sin(value / 10.0) * pow(10, (double)i * 4 - 8) : NAN);
	}
	for (unsigned int columns = 0; columns <= 600; columns += columns < 40 ? 1 : 37) {
		for (unsigned int rows = 0; rows < 60; rows += rows < 20 ? 1 : 7) {
			draw(series, 5, columns, rows, 1 + rows % 3, columns % 2);
			CHECK_AT(lines_of(drawn) <= rows, "%u x %u", columns, rows);
			CHECK_AT(columns_of(drawn) <= columns, "%u x %u", columns, rows);
			CHECK_AT((rows < 3) == (lines_of(drawn) == 0), "%u x %u", columns, rows);
		}
	}
	for (size_t i = 0; i < 5; i++)
		chart_end(&series[i]);
}

static void shows_the_first_channels_where_not_all_have_room(void)
{
	struct chart_series series[3];

	for (size_t i = 0; i < 3; i++)
		CHECK(chart_begin(&series[i], (const char *[]){ "one", "two", "three" }[i], "V"));
	draw(series, 3, 40, 6, 1, false);
	CHECK(strstr(drawn, "one") && strstr(drawn, "two") && !strstr(drawn, "three"));
	draw(series, 3, 40, 9, 1, false);
	CHECK(strstr(drawn, "three"));
	for (size_t i = 0; i < 3; i++)
		chart_end(&series[i]);
}

/* "in  -0.125 V  min -0.125  mean 0.000  max 0.125": what would be cut is left out, and a name alone is cut. */
static void cuts_no_number_short(void)
{
	struct chart_series series;

	CHECK(chart_begin(&series, "in", "V"));
	chart_add(&series, 0.125);
	chart_add(&series, -0.125);
	draw(&series, 1, 200, 5, 1, false);
	CHECK(strstr(drawn, "in  -0.125 V  min -0.125  mean 0.000  max 0.125"));
	for (unsigned int columns = 1; columns < 50; columns++) {
		static const char *const heads[] = {
			"in  -0.125 V  min -0.125  mean 0.000  max 0.125\n", "in  -0.125 V  min -0.125  mean 0.000\n",
			"in  -0.125 V  min -0.125\n", "in  -0.125 V\n", "in\n", "i\n",
		};
		size_t i = 0;

		while (strlen(heads[i]) - 1 > columns)
			i++;
		draw(&series, 1, columns, 5, 1, false);
		CHECK_AT(strncmp(drawn, heads[i], strlen(heads[i])) == 0, "%u columns: %.60s", columns, drawn);
	}
	chart_end(&series);
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(draws_a_rising_line),
		CHECK_TEST(draws_utf8_half_blocks),
		CHECK_TEST(marks_missing_values),
		CHECK_TEST(shows_microvolts_on_volts),
		CHECK_TEST(gives_a_single_value_a_scale),
		CHECK_TEST(says_that_nothing_has_come),
		CHECK_TEST(keeps_columns_together_while_they_move),
		CHECK_TEST(forgets_what_is_too_old),
		CHECK_TEST(stays_inside_any_terminal),
		CHECK_TEST(shows_the_first_channels_where_not_all_have_room),
		CHECK_TEST(cuts_no_number_short),
	};

	return check_main(tests, sizeof(tests) / sizeof(tests[0]));
}
