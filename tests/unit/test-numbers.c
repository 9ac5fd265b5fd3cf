// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-numbers.c - are the results that a capture lost counted, each of them once?
 *
 * Links: tests/board/capture/numbers.c
 */
#include "../board/capture/numbers.h"
#include "check.h"

#define AIN0		8

static uint32_t voltage(unsigned int mux, uint32_t number)
{
	return mux << 20 | number % NUMBERS;
}

/* Data sheet section 8.3.13: the upper 14 bits of the 24 */
static uint32_t temperature(uint32_t number)
{
	return voltage(TEMPERATURE, number) >> 10;
}

/* Results @from to @to, each @every-th lost (0: none); each @fourth-th that arrives is a temperature */
static struct counts follow(uint32_t from, uint32_t to, uint32_t every, unsigned int fourth,
			    unsigned long *left_out)
{
	struct counts counts = { 0 };
	uint32_t last = NUMBERS;
	unsigned int arrived = 0;

	*left_out = 0;
	for (uint32_t number = from; number < to; number++) {
		if (every && number > from && number + 1 < to && number % every == 0) {
			(*left_out)++;
			continue;
		}
		if (++arrived % fourth == 0 && number + 1 < to)
			numbers_follow_temperature(&counts, &last, temperature(number));
		else
			numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, number));
	}
	return counts;
}

static void results_in_order_are_none_lost(void)
{
	unsigned long left_out;
	struct counts counts = follow(1000, 9000, 0, 4, &left_out);

	CHECK_EQUAL_AT(0, counts.lost + counts.repeated + counts.mislabelled, "a scan with the temperature");
}

static void numbers_go_on_after_the_last(void)
{
	unsigned long left_out;
	struct counts counts = follow(NUMBERS - 50, NUMBERS + 50, 7, 4, &left_out);

	CHECK_EQUAL_AT(left_out, counts.lost, "around the last number");
	CHECK_EQUAL_AT(0, counts.repeated + counts.mislabelled, "around the last number");
}

/* The temperature's bits change each 1024 results: what is lost there must not count twice. */
static void each_lost_result_counts_once_wherever_the_temperature_is(void)
{
	for (uint32_t every = 2; every < 40; every++) {
		for (uint32_t from = 900; from < 1024; from++) {
			unsigned long left_out;
			struct counts counts = follow(from, from + 400, every, 4, &left_out);

			CHECK_EQUAL_AT(left_out, counts.lost, "from %u, each %u. lost", from, every);
			CHECK_EQUAL_AT(0, counts.repeated + counts.mislabelled, "from %u", from);
		}
	}
}

static void a_long_gap_before_a_temperature_counts_once(void)
{
	struct counts counts = { 0 };
	uint32_t last = NUMBERS;

	numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, 100));
	numbers_follow_temperature(&counts, &last, temperature(5000));
	numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, 5001));
	CHECK_EQUAL_AT(4899, counts.lost, "101 to 4999");
}

static void an_old_result_is_repeated(void)
{
	struct counts counts = { 0 };
	uint32_t last = NUMBERS;

	numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, 5000));
	numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, 5000));
	CHECK_EQUAL_AT(1, counts.repeated, "the same");
	numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, 4999));
	CHECK_EQUAL_AT(2, counts.repeated, "the one before");
	CHECK_EQUAL_AT(0, counts.lost, "old results");
}

static void another_channels_result_is_mislabelled(void)
{
	struct counts counts = { 0 };
	uint32_t last = NUMBERS;

	for (unsigned int mux = 0; mux < 16; mux++)
		if (mux != AIN0)
			numbers_follow_voltage(&counts, &last, AIN0, voltage(mux, 7));
	CHECK_EQUAL_AT(15, counts.mislabelled, "every other input's for AIN0's");
	for (unsigned int mux = 0; mux < TEMPERATURE; mux++)
		numbers_follow_temperature(&counts, &last, voltage(mux, 7) >> 10);
	CHECK_EQUAL_AT(30, counts.mislabelled, "a voltage for the temperature");
	numbers_follow_voltage(&counts, &last, AIN0, voltage(AIN0, 5000));
	numbers_follow_temperature(&counts, &last, temperature(3000));
	CHECK_EQUAL_AT(31, counts.mislabelled, "a temperature of before");
	numbers_follow_temperature(&counts, &last, 0x3fff);
	CHECK_EQUAL_AT(32, counts.mislabelled, "a line that stays high");
	CHECK_EQUAL_AT(0, counts.lost + counts.repeated, "mislabelled ones");
}

static const struct check_test tests[] = {
	CHECK_TEST(results_in_order_are_none_lost),
	CHECK_TEST(numbers_go_on_after_the_last),
	CHECK_TEST(each_lost_result_counts_once_wherever_the_temperature_is),
	CHECK_TEST(a_long_gap_before_a_temperature_counts_once),
	CHECK_TEST(an_old_result_is_repeated),
	CHECK_TEST(another_channels_result_is_mislabelled),
};

CHECK_MAIN(tests)
