/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tool-check.h - how does a unit test of the tool say what it found? Through cmocka
 *
 * A test is a function named as a sentence of behaviour, which its first failed assertion ends. Where a loop
 * has to say what it is at, or numbers have more digits than the float of cmocka's own assertion, the text is
 * made here and handed to assert_true()'s other half.
 */
#ifndef TOOL_CHECK_H
#define TOOL_CHECK_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define CHECK_TESTS_MAX 64

struct check_test {
	const char *name;
	void (*run)(void);
};

#define CHECK_TEST(name)	{ #name, name }

#define CHECK(condition)		assert_true(condition)
#define CHECK_EQUAL(expected, found)	assert_int_equal(found, expected)
#define CHECK_TEXT(expected, found)	assert_string_equal(found, expected)

/* Says what is wrong, printf style, unless the condition holds. */
#define CHECK_SAYING(condition, ...)						\
	do {									\
		char check_said[512];						\
		snprintf(check_said, sizeof(check_said), __VA_ARGS__);		\
		_assert_true(!!(condition), check_said, __FILE__, __LINE__);	\
	} while (0)

/* With what a loop is at, printf style. */
#define CHECK_AT(condition, ...)						\
	do {									\
		char check_at[256];						\
		snprintf(check_at, sizeof(check_at), __VA_ARGS__);		\
		CHECK_SAYING(condition, "%s, at %s", #condition, check_at);	\
	} while (0)

#define CHECK_EQUAL_AT(expected, found, ...)					\
	do {									\
		const long long check_wanted = (long long)(expected);		\
		const long long check_found = (long long)(found);		\
		char check_at[256];						\
		snprintf(check_at, sizeof(check_at), __VA_ARGS__);		\
		CHECK_SAYING(check_wanted == check_found, "%s: %lld is not %lld, at %s", #found, \
			     check_found, check_wanted, check_at);		\
	} while (0)

/* Also false where what was found is no number. */
#define CHECK_NEAR_AT(expected, found, tolerance, ...)				\
	do {									\
		const double check_wanted = (expected), check_found = (found);	\
		const double check_off = check_found - check_wanted;		\
		char check_at[256];						\
		snprintf(check_at, sizeof(check_at), __VA_ARGS__);		\
		CHECK_SAYING(check_off <= (tolerance) && -check_off <= (tolerance), \
			     "%s: %.12g is not %.12g%s%s", #found, check_found, check_wanted, \
			     check_at[0] ? ", at " : "", check_at);		\
	} while (0)

#define CHECK_NEAR(expected, found, tolerance)	CHECK_NEAR_AT(expected, found, tolerance, "%s", "")

static void check_run(void **state)
{
	const struct check_test *test = *state;

	test->run();
}

static inline int check_main(const struct check_test *tests, size_t count)
{
	struct CMUnitTest group[CHECK_TESTS_MAX] = { 0 };
	int failed;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; i < count; i++)
		group[i] = (struct CMUnitTest){ .name = tests[i].name, .test_func = check_run,
						.initial_state = (void *)&tests[i] };
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = _cmocka_run_group_tests("tests", group, count, NULL, NULL);
	printf("%zu passed, %d failed\n", count - (size_t)failed, failed);
	return failed || !count;
}

#define CHECK_MAIN(tests)							\
	_Static_assert(sizeof(tests) / sizeof((tests)[0]) <= CHECK_TESTS_MAX, "more tests than cmocka is given"); \
	int main(void)								\
	{									\
		return check_main(tests, sizeof(tests) / sizeof((tests)[0]));	\
	}

#endif
