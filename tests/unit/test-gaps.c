// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does gaps.c count the samples that are missing, and none that only came late?
 *
 * Links: userspace/gaps.c
 */
#include <stdint.h>
#include <stdlib.h>

#include "../../userspace/gaps.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 2000 a second, and what the program waits for a sample at most */
#define PERIOD_NS	500000
#define STEP_NS		INT64_C(3000000000)
#define START_NS	INT64_C(1700000000000000000)

static bool is_lost(int n, const int *lost, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (lost[i] == n)
			return true;
	}
	return false;
}

/* Samples without those lost, at a period of their own, each up to late_ns late. */
static void feed(struct gaps *gaps, int samples, int64_t period_ns, int late_ns, const int *lost,
		 size_t lost_count)
{
	srand(3);
	for (int n = 0; n < samples; n++) {
		const int64_t late = late_ns ? rand() % late_ns : 0;

		if (!is_lost(n, lost, lost_count))
			gaps_note(gaps, START_NS + n * period_ns + late);
	}
}

static void finds_nothing_missing_where_nothing_is(void)
{
	struct gaps gaps;

	gaps_start(&gaps, PERIOD_NS, STEP_NS);
	feed(&gaps, 100000, PERIOD_NS, 0, NULL, 0);
	CHECK_EQUAL(0, gaps.missed);
	CHECK_EQUAL(100000, gaps.samples);
}

static void counts_what_is_missing_where_it_is(void)
{
	static const int lost[] = { 5, 100, 101, 102, 50000 };
	struct gaps gaps;

	gaps_start(&gaps, PERIOD_NS, STEP_NS);
	feed(&gaps, 100000, PERIOD_NS, 0, lost, COUNT(lost));
	CHECK_EQUAL(5, gaps.missed);
	CHECK_EQUAL(3, gaps.gaps);
	CHECK_EQUAL(99995, gaps.samples);
}

static void tells_how_many_are_missing_before_a_sample(void)
{
	struct gaps gaps;

	gaps_start(&gaps, PERIOD_NS, STEP_NS);
	CHECK_EQUAL(0, gaps_note(&gaps, START_NS));
	CHECK_EQUAL(0, gaps_note(&gaps, START_NS + PERIOD_NS));
	CHECK_EQUAL(3, gaps_note(&gaps, START_NS + 5 * PERIOD_NS));
	CHECK_EQUAL(0, gaps_note(&gaps, START_NS + 6 * PERIOD_NS));
	CHECK_EQUAL(1, gaps_note(&gaps, START_NS + 8 * PERIOD_NS));
}

/* Interrupts served up to half a period late, so that intervals are between 1/2 and 3/2 of it. */
static void takes_no_late_sample_for_a_missing_one(void)
{
	struct gaps gaps;

	gaps_start(&gaps, PERIOD_NS, STEP_NS);
	feed(&gaps, 100000, PERIOD_NS, PERIOD_NS / 2, NULL, 0);
	CHECK_EQUAL(0, gaps.missed);
}

static void counts_missing_ones_among_late_ones(void)
{
	static const int lost[] = { 1000, 2000, 2001, 3000, 4000, 5000 };
	struct gaps gaps;

	gaps_start(&gaps, PERIOD_NS, STEP_NS);
	feed(&gaps, 10000, PERIOD_NS, PERIOD_NS / 4, lost, COUNT(lost));
	CHECK_EQUAL(6, gaps.missed);
	CHECK_EQUAL(5, gaps.gaps);
}

/* The oscillator is 2 % off at most (SBAS501 section 6.5), in either direction. */
static void follows_a_chip_whose_clock_is_off(void)
{
	static const int lost[] = { 30000 };
	static const int64_t periods_ns[] = { 490000, 495000, 505000, 510000 };

	for (size_t i = 0; i < COUNT(periods_ns); i++) {
		struct gaps gaps;

		gaps_start(&gaps, PERIOD_NS, STEP_NS);
		feed(&gaps, 100000, periods_ns[i], PERIOD_NS / 8, lost, COUNT(lost));
		CHECK_EQUAL_AT(1, gaps.missed, "%d ns", (int)periods_ns[i]);
	}
}

static void learns_a_period_that_nobody_told(void)
{
	static const int lost[] = { 2, 700 };
	struct gaps gaps;

	gaps_start(&gaps, 0, STEP_NS);
	feed(&gaps, 1000, 7 * PERIOD_NS, PERIOD_NS / 4, lost, COUNT(lost));
	CHECK_EQUAL_AT(1, gaps.missed, "the one while it learnt cannot be known");
}

static void takes_no_step_of_the_clock_for_a_gap(void)
{
	static const int64_t steps_ns[] = { 4000000000, 3600000000000, -3600000000000, -1000000 };

	for (size_t i = 0; i < COUNT(steps_ns); i++) {
		struct gaps gaps;
		int64_t at_ns = START_NS;

		gaps_start(&gaps, PERIOD_NS, STEP_NS);
		for (int n = 0; n < 100; n++, at_ns += PERIOD_NS) {
			if (n == 50)
				at_ns += steps_ns[i];
			gaps_note(&gaps, at_ns);
		}
		CHECK_EQUAL_AT(0, gaps.missed, "step %d", (int)i);
	}
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(finds_nothing_missing_where_nothing_is),
		CHECK_TEST(counts_what_is_missing_where_it_is),
		CHECK_TEST(tells_how_many_are_missing_before_a_sample),
		CHECK_TEST(takes_no_late_sample_for_a_missing_one),
		CHECK_TEST(counts_missing_ones_among_late_ones),
		CHECK_TEST(follows_a_chip_whose_clock_is_off),
		CHECK_TEST(learns_a_period_that_nobody_told),
		CHECK_TEST(takes_no_step_of_the_clock_for_a_gap),
	};

	return check_main(tests, COUNT(tests));
}
