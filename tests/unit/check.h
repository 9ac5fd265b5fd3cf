/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - how does a host test say what it found?
 *
 * A test is a function named as a sentence of behaviour. Its first broken CHECK is its reason; the
 * rest of it still runs. The table of a file's tests goes to check_main().
 */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct check_test {
	const char *name;
	void (*run)(void);
};

#define CHECK_TEST(name)	{ #name, name }

static char check_why[512];
static char check_skipped[512];

#define CHECK_WHY(...)								\
	do {									\
		int check_used = 0;						\
		if (check_why[0])						\
			break;							\
		check_used = snprintf(check_why, sizeof(check_why), "line %d: ", __LINE__); \
		snprintf(check_why + check_used, sizeof(check_why) - check_used, __VA_ARGS__); \
	} while (0)

#define CHECK(condition)							\
	do {									\
		if (!(condition))						\
			CHECK_WHY("not so: %s", #condition);			\
	} while (0)

/* With what a loop is at, printf style. */
#define CHECK_AT(condition, ...)						\
	do {									\
		char check_at[256];						\
		snprintf(check_at, sizeof(check_at), __VA_ARGS__);		\
		if (!(condition))						\
			CHECK_WHY("not so: %s, at %s", #condition, check_at);	\
	} while (0)

#define CHECK_EQUAL_AT(expected, found, ...)					\
	do {									\
		int64_t check_expected = (int64_t)(expected);			\
		int64_t check_found = (int64_t)(found);				\
		char check_at[256];						\
		snprintf(check_at, sizeof(check_at), __VA_ARGS__);		\
		if (check_expected != check_found)				\
			CHECK_WHY("%s: expected %" PRId64 ", found %" PRId64 "%s%s", \
				  #found, check_expected, check_found,		\
				  check_at[0] ? ", at " : "", check_at);	\
	} while (0)

#define CHECK_EQUAL(expected, found)	CHECK_EQUAL_AT(expected, found, "%s", "")

/* Also false where what was found is no number. */
#define CHECK_NEAR_AT(expected, found, tolerance, ...)				\
	do {									\
		double check_expected = (expected), check_found = (found);	\
		double check_off = check_found - check_expected;		\
		char check_at[256];						\
		snprintf(check_at, sizeof(check_at), __VA_ARGS__);		\
		if (!(check_off <= (tolerance) && -check_off <= (tolerance)))	\
			CHECK_WHY("%s: expected %.12g, found %.12g%s%s", #found, \
				  check_expected, check_found,			\
				  check_at[0] ? ", at " : "", check_at);	\
	} while (0)

#define CHECK_NEAR(expected, found, tolerance)					\
	CHECK_NEAR_AT(expected, found, tolerance, "%s", "")

#define CHECK_TEXT(expected, found)						\
	do {									\
		if (strcmp(expected, found))					\
			CHECK_WHY("%s: expected '%.150s', found '%.150s'", #found, \
				  expected, found);				\
	} while (0)

/* Why a test cannot run here, and the command that would make it. */
#define CHECK_SKIP(...)		snprintf(check_skipped, sizeof(check_skipped), __VA_ARGS__)

static inline int check_main(const struct check_test *tests, unsigned int count)
{
	unsigned int passed = 0, failed = 0, skipped = 0, i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = 0; i < count; i++) {
		check_why[0] = '\0';
		check_skipped[0] = '\0';
		tests[i].run();
		if (check_why[0]) {
			printf("not ok %s: %s\n", tests[i].name, check_why);
			failed++;
		} else if (check_skipped[0]) {
			printf("skip %s: %s\n", tests[i].name, check_skipped);
			skipped++;
		} else {
			printf("ok %s\n", tests[i].name);
			passed++;
		}
	}
	if (skipped)
		printf("%u passed, %u failed, %u skipped\n", passed, failed, skipped);
	else
		printf("%u passed, %u failed\n", passed, failed);
	return failed || !(passed + skipped);
}

#define CHECK_MAIN(tests)							\
	int main(void)								\
	{									\
		return check_main(tests, sizeof(tests) / sizeof((tests)[0]));	\
	}

#endif
