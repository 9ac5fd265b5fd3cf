// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does svg.c draw every extreme of a run where it belongs, however long the run was?
 *
 * Links: userspace/svg.c
 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/svg.h"
#include "tool-check.h"

/* 2026-11-18T11:06:40Z, as date -u -d @1795000000 says */
#define START_NS INT64_C(1795000000000000000)
#define MS INT64_C(1000000)

static char drawn[1 << 20];

static void draw(const struct svg_series *series, size_t count)
{
	FILE *out = fmemopen(drawn, sizeof(drawn), "w");

	CHECK(out != NULL);
	if (!out)
		return;
	svg_write(out, series, count);
	CHECK(fclose(out) == 0);
}

static unsigned int times(const char *words)
{
	unsigned int count = 0;

	for (const char *at = drawn; (at = strstr(at, words)); at++)
		count++;
	return count;
}

/*
 * 0 and 10 a second apart. The scale is -0.5 to 10.5 over 180 pixels from 34 on: 0 is at
 * 34 + 10.5 / 11 * 180 = 205.8, 10 at 34 + 0.5 / 11 * 180 = 42.2; the time is from 116 to 980.
 */
static void draws_a_line_where_its_values_are(void)
{
	struct svg_series series;

	CHECK(svg_begin(&series, "oven", "degC"));
	svg_add(&series, START_NS, 0);
	svg_add(&series, START_NS + 1000 * MS, 10);
	draw(&series, 1);
	CHECK(strstr(drawn, "d=\"M116.0 205.8L980.0 42.2L980.0 42.2L116.0 205.8Z\"/>"));
	CHECK(strstr(drawn, ">oven, degC</text>"));
	CHECK(strstr(drawn, ">seconds since 2026-11-18T11:06:40Z</text>"));
	CHECK(strstr(drawn, "x=\"108\" y=\"209.8\">0</text>"));
	CHECK(strstr(drawn, "x=\"108\" y=\"46.2\">10</text>"));
	CHECK(strstr(drawn, "x=\"980.0\" y=\"232\">1.0</text>"));
	CHECK_EQUAL(6, times("class=\"y\""));
	CHECK_EQUAL(6 + 1, times("class=\"x\""));
	CHECK(strstr(drawn, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"264\"") == drawn);
	CHECK_TEXT("</svg>\n", drawn + strlen(drawn) - 7);
	svg_end(&series);
}

/* A microvolt of change on 1.65 V: ticks that differ, and no negative zero. */
static void labels_small_changes_on_large_values(void)
{
	struct svg_series series;

	CHECK(svg_begin(&series, "bridge", "V"));
	svg_add(&series, START_NS, 1.6500000);
	svg_add(&series, START_NS + 1000 * MS, 1.6500010);
	draw(&series, 1);
	CHECK(strstr(drawn, ">1.6500002</text>"));
	CHECK(strstr(drawn, ">1.6500010</text>"));
	svg_end(&series);
	CHECK(svg_begin(&series, "bridge", "V"));
	svg_add(&series, START_NS, -1);
	svg_add(&series, START_NS + 1000 * MS, 1);
	draw(&series, 1);
	CHECK(strstr(drawn, ">0.0</text>"));
	CHECK(strstr(drawn, ">-0.5</text>"));
	CHECK(!strstr(drawn, ">-0.0</text>"));
	svg_end(&series);
}

/* A million values, two of them spikes one sample long. */
static void keeps_every_extreme_of_a_long_run(void)
{
	struct svg_series series;
	double low = 0, high = 0;
	uint64_t count = 0;

	CHECK(svg_begin(&series, "x", "V"));
	for (int i = 0; i < 1000003; i++)
		svg_add(&series, START_NS + i * MS, i == 123457 ? 77 : i == 999999 ? -55 : i % 3);
	CHECK(series.piece_count <= SVG_PIECES_MAX && series.piece_count > SVG_PIECES_MAX / 2);
	for (size_t i = 0; i < series.piece_count; i++) {
		count += series.pieces[i].count;
		low = fmin(low, series.pieces[i].low);
		high = fmax(high, series.pieces[i].high);
		if (i)
			CHECK_AT(series.pieces[i].time_ns > series.pieces[i - 1].time_ns, "%zu", i);
	}
	CHECK_EQUAL(1000003, count);
	CHECK_NEAR(77, high, 0);
	CHECK_NEAR(-55, low, 0);
	CHECK_EQUAL(START_NS, series.pieces[0].time_ns);
	CHECK_EQUAL(START_NS + 1000002 * MS, series.last_ns);
	svg_end(&series);
}

static void loses_no_value_at_any_length(void)
{
	for (int length = 1700; length < 7000; length += 53) {
		struct svg_series series;
		uint64_t count = 0;

		CHECK(svg_begin(&series, "x", "V"));
		for (int i = 0; i < length; i++)
			svg_add(&series, START_NS + i * MS, i);
		for (size_t i = 0; i < series.piece_count; i++)
			count += series.pieces[i].count;
		CHECK_EQUAL_AT(length, count, "%d", length);
		CHECK_NEAR_AT(length - 1, series.pieces[series.piece_count - 1].high, 0, "%d", length);
		svg_end(&series);
	}
}

static void leaves_gaps_where_values_are_missing(void)
{
	struct svg_series series;

	CHECK(svg_begin(&series, "x", "V"));
	for (int i = 0; i < 30; i++)
		svg_add(&series, START_NS + i * MS, i / 10 == 1 ? NAN : i);
	draw(&series, 1);
	CHECK_EQUAL(2, times("class=\"line\""));
	CHECK_EQUAL(0, times("nan"));
	svg_end(&series);
}

static void draws_no_line_without_values(void)
{
	struct svg_series series[2];

	CHECK(svg_begin(&series[0], "x", "V"));
	CHECK(svg_begin(&series[1], "y", "V"));
	svg_add(&series[1], START_NS, NAN);
	draw(series, 2);
	CHECK_EQUAL(0, times("class=\"line\""));
	CHECK_EQUAL(0, times("nan"));
	CHECK_EQUAL(0, times("inf"));
	CHECK_EQUAL(2, times("<g transform"));
	svg_end(&series[0]);
	svg_end(&series[1]);
}

static void draws_a_single_value(void)
{
	struct svg_series series;

	CHECK(svg_begin(&series, "x", "V"));
	svg_add(&series, START_NS, 0);
	draw(&series, 1);
	CHECK_EQUAL(1, times("class=\"line\""));
	CHECK_EQUAL(0, times("nan"));
	svg_end(&series);
}

static void escapes_names(void)
{
	struct svg_series series;

	CHECK(svg_begin(&series, "a<b>&\x01", "V"));
	draw(&series, 1);
	CHECK(strstr(drawn, ">a&lt;b&gt;&amp; , V</text>"));
	svg_end(&series);
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(draws_a_line_where_its_values_are),
		CHECK_TEST(labels_small_changes_on_large_values),
		CHECK_TEST(keeps_every_extreme_of_a_long_run),
		CHECK_TEST(loses_no_value_at_any_length),
		CHECK_TEST(leaves_gaps_where_values_are_missing),
		CHECK_TEST(draws_no_line_without_values),
		CHECK_TEST(draws_a_single_value),
		CHECK_TEST(escapes_names),
	};

	return check_main(tests, sizeof(tests) / sizeof(tests[0]));
}
