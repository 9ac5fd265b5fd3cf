// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does text.c write numbers and times as the C library does, only cheaper?
 *
 * Links: userspace/text.c
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "../../userspace/text.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NS_PER_S INT64_C(1000000000)

static const char *ended(struct text *text)
{
	text_char(text, '\0');
	return text->bytes;
}

static void writes_numbers_with_their_decimals(void)
{
	static const struct {
		int64_t digits;
		unsigned int decimals;
		const char *expected;
	} table[] = {
		{ 0, 0, "0" },
		{ 0, 3, "0.000" },
		{ 7, 0, "7" },
		{ 7, 1, "0.7" },
		{ -7, 3, "-0.007" },
		{ 1024000000, 9, "1.024000000" },
		{ -15999998093, 12, "-0.015999998093" },
		{ 999999999, 0, "999999999" },
		{ 1000000000, 0, "1000000000" },
		{ 1000000001, 9, "1.000000001" },
		{ -1000000000000000001, 0, "-1000000000000000001" },
		{ 5, 15, "0.000000000000005" },
		{ INT64_MAX, 0, "9223372036854775807" },
		{ INT64_MIN, 0, "-9223372036854775808" },
		{ INT64_MIN, 18, "-9.223372036854775808" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text text = { 0 };

		text_decimal(&text, table[i].digits, table[i].decimals);
		CHECK_TEXT(table[i].expected, ended(&text));
		text_free(&text);
	}
}

/* As the C library's %.*g rounds, but that what is before the point stays, and halves go away from 0. */
static void rounds_to_significant_digits(void)
{
	static const struct {
		int64_t digits;
		unsigned int decimals, significant;
		const char *expected;
	} table[] = {
		{ 1024000000, 9, 0, "1.024000000" },
		{ 1024000000, 9, 3, "1.02" },
		{ 1024000000, 9, 1, "1" },
		{ 1024000000, 9, 10, "1.024000000" },
		{ 1024000000, 9, 15, "1.024000000" },
		{ 123456, 2, 3, "1235" },
		{ 123456, 0, 3, "123456" },
		{ -123456, 2, 1, "-1235" },
		{ 244, 9, 2, "0.00000024" },
		{ -245, 9, 2, "-0.00000025" },
		{ 9996, 3, 3, "10.0" },
		{ 9994, 3, 3, "9.99" },
		{ 9999, 3, 1, "10" },
		{ 999999, 3, 2, "1000" },
		{ 99996, 5, 4, "1.000" },
		{ 0, 9, 3, "0.000000000" },
		{ INT64_MAX, 18, 5, "9.2234" },
		{ INT64_MIN, 18, 5, "-9.2234" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text text = { 0 };

		text_significant(&text, table[i].digits, table[i].decimals, table[i].significant);
		CHECK_TEXT(table[i].expected, ended(&text));
		text_free(&text);
	}
}

/* The C library is the oracle, over all lengths. */
static void writes_whole_numbers_as_printf_does(void)
{
	srand(1);
	for (int i = 0; i < 20000; i++) {
		const int64_t number = (int64_t)(((uint64_t)(unsigned int)rand() << 33) ^
						 ((uint64_t)(unsigned int)rand() << 2)) >> (i % 64);
		struct text text = { 0 };
		char expected[32];

		snprintf(expected, sizeof(expected), "%" PRId64, number);
		text_integer(&text, number);
		CHECK_TEXT(expected, ended(&text));
		text_free(&text);
	}
}

static void write_by_library(int64_t time_ns, char *expected, size_t size)
{
	const time_t seconds = (time_t)(time_ns / NS_PER_S);
	char date[32];
	struct tm time;

	gmtime_r(&seconds, &time);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &time);
	snprintf(expected, size, "%s.%06dZ", date, (int)(time_ns % NS_PER_S / 1000));
}

/* From 1970 to 2261, ends of days and years among them, forwards and backwards. */
static void writes_times_as_strftime_does(void)
{
	struct second_text second = { 0 };

	srand(2);
	for (int i = 0; i < 20000; i++) {
		const int64_t day = (int64_t)((unsigned int)rand() % 106000) * 86400;
		const int64_t of_day = i % 3 ? rand() % 86400 : i % 2 * 86399;
		const int64_t time_ns = (day + of_day) * NS_PER_S + rand() % NS_PER_S;
		struct text text = { 0 };
		char expected[64];

		write_by_library(time_ns, expected, sizeof(expected));
		text_iso_time(&text, &second, time_ns);
		CHECK_TEXT(expected, ended(&text));
		text_free(&text);
	}
}

static void writes_the_days_that_calendars_get_wrong(void)
{
	static const struct {
		int64_t seconds;
		const char *expected;
	} table[] = {
		{ 0, "1970-01-01T00:00:00.000000Z" },
		{ 951782400, "2000-02-29T00:00:00.000000Z" },
		{ 951868799, "2000-02-29T23:59:59.000000Z" },
		{ 951868800, "2000-03-01T00:00:00.000000Z" },
		{ 1709164800, "2024-02-29T00:00:00.000000Z" },
		{ 2147483647, "2038-01-19T03:14:07.000000Z" },
		{ 2147483648, "2038-01-19T03:14:08.000000Z" },
		{ 4107542399, "2100-02-28T23:59:59.000000Z" },
		{ 4107542400, "2100-03-01T00:00:00.000000Z" },
		{ -1, "1969-12-31T23:59:59.000000Z" },
	};
	struct second_text second = { 0 };

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text text = { 0 };

		text_iso_time(&text, &second, table[i].seconds * NS_PER_S);
		CHECK_TEXT(table[i].expected, ended(&text));
		text_free(&text);
	}
}

static void cuts_times_to_the_microsecond(void)
{
	static const int64_t times_ns[] = { 999, 1000, 999999999, NS_PER_S, NS_PER_S + 1 };
	static const char *const expected[] = {
		"1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000001Z",
		"1970-01-01T00:00:00.999999Z", "1970-01-01T00:00:01.000000Z",
		"1970-01-01T00:00:01.000000Z",
	};
	struct second_text second = { 0 };

	for (size_t i = 0; i < COUNT(times_ns); i++) {
		struct text text = { 0 };

		text_iso_time(&text, &second, times_ns[i]);
		CHECK_TEXT(expected[i], ended(&text));
		text_free(&text);
	}
}

/* Newfoundland: three and a half hours west in winter, two and a half in summer. */
static void writes_local_times_with_their_distance(void)
{
	struct second_text second = { .local = true };
	struct text winter = { 0 }, summer = { 0 };

	setenv("TZ", "NST3:30NDT2:30,M3.2.0,M11.1.0", 1);
	tzset();
	text_iso_time(&winter, &second, INT64_C(1704067200) * NS_PER_S);
	CHECK_TEXT("2023-12-31T20:30:00.000000-03:30", ended(&winter));
	text_iso_time(&summer, &second, INT64_C(1719792000) * NS_PER_S);
	CHECK_TEXT("2024-06-30T21:30:00.000000-02:30", ended(&summer));
	text_free(&winter);
	text_free(&summer);
}

static void grows_as_far_as_needed(void)
{
	struct text text = { 0 };

	for (int i = 0; i < 100000; i++)
		text_string(&text, "0123456789");
	CHECK_EQUAL(1000000, text.length);
	CHECK(!text.lost);
	CHECK(memcmp(text.bytes + 999990, "0123456789", 10) == 0);
	text_free(&text);
	CHECK(!text.bytes);
}

static void pads_to_a_width_and_never_cuts(void)
{
	struct text text = { 0 };

	text_string(&text, "abc");
	text_pad(&text, 0, 5);
	text_pad(&text, 0, 2);
	text_pad(&text, 5, 2);
	CHECK_TEXT("abc    ", ended(&text));
	text_free(&text);
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(writes_numbers_with_their_decimals),
		CHECK_TEST(rounds_to_significant_digits),
		CHECK_TEST(writes_whole_numbers_as_printf_does),
		CHECK_TEST(writes_times_as_strftime_does),
		CHECK_TEST(writes_the_days_that_calendars_get_wrong),
		CHECK_TEST(cuts_times_to_the_microsecond),
		CHECK_TEST(writes_local_times_with_their_distance),
		CHECK_TEST(grows_as_far_as_needed),
		CHECK_TEST(pads_to_a_width_and_never_cuts),
	};

	return check_main(tests, COUNT(tests));
}
