// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does reduce.c leave of many values what was asked for, and no number where there was none?
 *
 * Links: userspace/reduce.c
 */
#include <math.h>
#include <stddef.h>

#include "../../userspace/reduce.h"
#include "tool-check.h"

#define MS INT64_C(1000000)

static struct value ok_at(int64_t time_ns, double number)
{
	return (struct value){ .time_ns = time_ns, .number = number, .state = VALUE_OK };
}

static struct value bad_at(int64_t time_ns, enum value_state state)
{
	return (struct value){ .time_ns = time_ns, .number = NAN, .state = state };
}

/* By hand: 2 4 4 4 5 5 7 9 have the mean 5 and, with n - 1, the deviation sqrt(32 / 7). */
static void averages_as_many_as_asked(void)
{
	static const double numbers[] = { 2, 4, 4, 4, 5, 5, 7, 9 };
	struct average average = { .count = 8 };
	struct reduced block;

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 8; i++) {
			const struct value value = ok_at(100 * round + i, numbers[i]);

			CHECK_AT((i == 7) == average_add(&average, &value, &block), "%d", i);
		}
		CHECK_NEAR(5, block.value.number, 1e-12);
		CHECK_NEAR(2, block.min, 0);
		CHECK_NEAR(9, block.max, 0);
		CHECK_NEAR(sqrt(32.0 / 7), block.deviation, 1e-12);
		CHECK_EQUAL(8, block.count);
		CHECK_EQUAL(100 * round + 7, block.value.time_ns);
		CHECK_EQUAL(VALUE_OK, block.value.state);
	}
}

/* A microvolt of change on a volt, in values that a sum of squares would lose. */
static void keeps_the_deviation_of_small_changes(void)
{
	struct average average = { .count = 1000 };
	struct reduced block = { .count = 0 };

	for (int i = 0; i < 1000; i++) {
		const struct value value = ok_at(i, 1e6 + (i % 2 ? 1e-6 : -1e-6));

		average_add(&average, &value, &block);
	}
	CHECK_NEAR(1e6, block.value.number, 1e-9);
	CHECK_NEAR(1e-6, block.deviation, 1e-8);
}

static void averages_a_single_value_without_a_deviation(void)
{
	struct average average = { .count = 1 };
	const struct value value = ok_at(5, -3);
	struct reduced block;

	CHECK(average_add(&average, &value, &block));
	CHECK_NEAR(-3, block.value.number, 0);
	CHECK_NEAR(-3, block.min, 0);
	CHECK_NEAR(-3, block.max, 0);
	CHECK_NEAR(0, block.deviation, 0);
}

/* At 0, 400, 800, 1200, ... ms: two or three values to each second. */
static void averages_side_by_side_blocks_of_time(void)
{
	static const unsigned int counts[] = { 3, 2, 3, 2 };
	static const double means[] = { 1, 3.5, 6, 8.5 };
	struct average average = { .duration_ns = 1000 * MS };
	struct reduced block;
	unsigned int blocks = 0;

	for (int i = 0; i <= 10; i++) {
		const struct value value = ok_at(7777 * MS + i * 400 * MS, i);

		if (!average_add(&average, &value, &block))
			continue;
		CHECK_EQUAL_AT(counts[blocks % 4], block.count, "block %u", blocks);
		CHECK_NEAR_AT(means[blocks % 4], block.value.number, 1e-12, "block %u", blocks);
		blocks++;
	}
	CHECK_EQUAL(4, blocks);
	CHECK(average_finish(&average, &block));
	CHECK_EQUAL(1, block.count);
	CHECK_NEAR(10, block.value.number, 0);
	CHECK(!average_finish(&average, &block));
}

static void leaves_out_blocks_of_time_without_values(void)
{
	struct average average = { .duration_ns = 1000 * MS };
	const struct value first = ok_at(0, 1), late = ok_at(5300 * MS, 2), later = ok_at(5900 * MS, 4),
			   next = ok_at(6000 * MS, 9);
	struct reduced block;

	CHECK(!average_add(&average, &first, &block));
	CHECK(average_add(&average, &late, &block));
	CHECK_NEAR(1, block.value.number, 0);
	CHECK(!average_add(&average, &later, &block));
	CHECK(average_add(&average, &next, &block));
	CHECK_NEAR(3, block.value.number, 1e-12);
	CHECK_EQUAL(5900 * MS, block.value.time_ns);
}

static void begins_anew_where_the_clock_is_set_back(void)
{
	struct average average = { .duration_ns = 1000 * MS };
	struct every every = { .period_ns = 1000 * MS };
	const struct value first = ok_at(3600000 * MS, 1), back = ok_at(0, 2), next = ok_at(1000 * MS, 3);
	struct reduced block;

	CHECK(!average_add(&average, &first, &block));
	CHECK(average_add(&average, &back, &block));
	CHECK_NEAR(1, block.value.number, 0);
	CHECK(average_add(&average, &next, &block));
	CHECK_NEAR(2, block.value.number, 0);
	CHECK(every_is_due(&every, 3600000 * MS));
	CHECK(every_is_due(&every, 0));
	CHECK(!every_is_due(&every, 999 * MS));
	CHECK(every_is_due(&every, 1000 * MS));
}

static void gives_no_average_where_one_value_is_missing(void)
{
	struct average average = { .count = 3 };
	const struct value values[] = {
		ok_at(1, 1), bad_at(2, VALUE_SATURATED), bad_at(3, VALUE_OPEN),
		ok_at(4, 1), ok_at(5, 2), ok_at(6, 3),
	};
	struct reduced block;

	for (int i = 0; i < 3; i++)
		CHECK((i == 2) == average_add(&average, &values[i], &block));
	CHECK_EQUAL(VALUE_SATURATED, block.value.state);
	CHECK_EQUAL(1, block.count);
	CHECK_EQUAL(3, block.value.time_ns);
	for (int i = 3; i < 6; i++)
		CHECK((i == 5) == average_add(&average, &values[i], &block));
	CHECK_EQUAL(VALUE_OK, block.value.state);
	CHECK_NEAR(2, block.value.number, 1e-12);
}

static struct reduced median_of(const double *numbers, uint64_t count)
{
	struct reduced block = { .count = 0 };
	struct median median;

	CHECK(median_begin(&median, count));
	for (uint64_t i = 0; i < count; i++) {
		const struct value value = isnan(numbers[i]) ? bad_at((int64_t)i, VALUE_OPEN) :
							       ok_at((int64_t)i, numbers[i]);

		CHECK((i == count - 1) == median_add(&median, &value, &block));
	}
	median_end(&median);
	return block;
}

static void takes_the_middle_of_the_values(void)
{
	CHECK_NEAR(3, median_of((const double[]){ 9, 1, 3 }, 3).value.number, 0);
	CHECK_NEAR(2.5, median_of((const double[]){ 4, 3, 2, 1 }, 4).value.number, 0);
	CHECK_NEAR(-7, median_of((const double[]){ -7 }, 1).value.number, 0);
	CHECK_NEAR(1, median_of((const double[]){ 1, 1e9, 1, 1, -1e9 }, 5).value.number, 0);
	CHECK_NEAR(-1e9, median_of((const double[]){ 1, 1e9, 1, 1, -1e9 }, 5).min, 0);
	CHECK_NEAR(1e9, median_of((const double[]){ 1, 1e9, 1, 1, -1e9 }, 5).max, 0);
}

static void passes_over_missing_values_while_most_are_there(void)
{
	struct reduced block = median_of((const double[]){ 5, NAN, 7 }, 3);

	CHECK_EQUAL(VALUE_OK, block.value.state);
	CHECK_EQUAL(2, block.count);
	CHECK_NEAR(6, block.value.number, 0);
	block = median_of((const double[]){ 5, NAN, 7, NAN }, 4);
	CHECK_EQUAL(VALUE_OPEN, block.value.state);
	block = median_of((const double[]){ NAN, NAN, 7 }, 3);
	CHECK_EQUAL(VALUE_OPEN, block.value.state);
	block = median_of((const double[]){ NAN }, 1);
	CHECK_EQUAL(VALUE_OPEN, block.value.state);
}

static void begins_a_median_anew_after_each_block(void)
{
	struct reduced block;
	struct median median;

	CHECK(median_begin(&median, 2));
	for (int i = 0; i < 6; i++) {
		const struct value value = i < 2 ? bad_at(i, VALUE_ERROR) : ok_at(i, i);

		if (!median_add(&median, &value, &block))
			continue;
		CHECK_EQUAL(i < 2 ? VALUE_ERROR : VALUE_OK, block.value.state);
		if (i >= 2)
			CHECK_NEAR(i - 0.5, block.value.number, 0);
	}
	median_end(&median);
}

static void refuses_a_median_of_more_than_memory_holds(void)
{
	struct median median;

	CHECK(!median_begin(&median, UINT64_MAX));
	median_end(&median);
}

/* 20 SPS for ten seconds, every second: eleven, the first at once. */
static void thins_values_out_by_time(void)
{
	struct every every = { .period_ns = 1000 * MS };
	unsigned int due = 0;

	for (int i = 0; i <= 200; i++)
		due += every_is_due(&every, 123456789 + i * 50 * MS);
	CHECK_EQUAL(11, due);
}

static void catches_up_with_its_own_grid_after_a_gap(void)
{
	struct every every = { .period_ns = 1000 * MS };

	CHECK(every_is_due(&every, 0));
	CHECK(every_is_due(&every, 4700 * MS));
	CHECK(!every_is_due(&every, 4900 * MS));
	CHECK(every_is_due(&every, 5000 * MS));
	CHECK(!every_is_due(&every, 5999 * MS));
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(averages_as_many_as_asked),
		CHECK_TEST(keeps_the_deviation_of_small_changes),
		CHECK_TEST(averages_a_single_value_without_a_deviation),
		CHECK_TEST(averages_side_by_side_blocks_of_time),
		CHECK_TEST(leaves_out_blocks_of_time_without_values),
		CHECK_TEST(begins_anew_where_the_clock_is_set_back),
		CHECK_TEST(gives_no_average_where_one_value_is_missing),
		CHECK_TEST(takes_the_middle_of_the_values),
		CHECK_TEST(passes_over_missing_values_while_most_are_there),
		CHECK_TEST(begins_a_median_anew_after_each_block),
		CHECK_TEST(refuses_a_median_of_more_than_memory_holds),
		CHECK_TEST(thins_values_out_by_time),
		CHECK_TEST(catches_up_with_its_own_grid_after_a_gap),
	};

	return check_main(tests, sizeof(tests) / sizeof(tests[0]));
}
