// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does choices.c take the driver's own word for what is wanted, and nothing that is not in the list?
 *
 * Links: userspace/choices.c
 */
#include <stddef.h>

#include "../../userspace/choices.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* As the kernel prints them: six decimals of a rate, nine of a scale. */
static const char rates[] = "5.000000 11.250000 20.000000 45.000000 90.000000 2000.000000\n";

/* 2.048 V / 2^23 / gain in mV, rounded (SBAS501 section 8.5.2) */
static const char scales[] = "0.000244141 0.000122070 0.000061035 0.000030518 0.000015259 0.000007629"
			     " 0.000003815 0.000001907\n";

static void finds_each_rate_by_any_way_to_write_it(void)
{
	static const struct {
		double wanted;
		const char *found;
	} table[] = {
		{ 5, "5.000000" }, { 11.25, "11.250000" }, { 2000, "2000.000000" }, { 2e3, "2000.000000" },
		{ 20.0001, "20.000000" },
	};
	char found[CHOICE_MAX];

	for (size_t i = 0; i < COUNT(table); i++) {
		CHECK_AT(choices_rate(rates, table[i].wanted, found), "%g", table[i].wanted);
		CHECK_TEXT(table[i].found, found);
	}
}

static void names_the_nearest_rate_where_there_is_none(void)
{
	static const struct {
		double wanted;
		const char *nearest;
	} table[] = {
		{ 21, "20.000000" }, { 1, "5.000000" }, { 1e9, "2000.000000" }, { 44, "45.000000" },
		{ 20.01, "20.000000" },
	};
	char found[CHOICE_MAX];

	for (size_t i = 0; i < COUNT(table); i++) {
		CHECK_AT(!choices_rate(rates, table[i].wanted, found), "%g", table[i].wanted);
		CHECK_TEXT(table[i].nearest, found);
	}
}

static void finds_the_scale_of_each_gain(void)
{
	static const char *const each[] = { "0.000244141", "0.000122070", "0.000061035", "0.000030518",
					    "0.000015259", "0.000007629", "0.000003815", "0.000001907" };
	char found[CHOICE_MAX];

	for (size_t i = 0; i < COUNT(each); i++) {
		CHECK_AT(choices_scale(scales, 1u << i, found), "gain %u", 1u << i);
		CHECK_TEXT(each[i], found);
	}
}

static void knows_the_gain_of_each_scale(void)
{
	CHECK_EQUAL(1, choices_gain(choices_largest(scales), 0.000244141));
	CHECK_EQUAL(128, choices_gain(choices_largest(scales), 0.000001907));
	CHECK_EQUAL(0, choices_gain(choices_largest(scales), 0.0000001));
	CHECK_EQUAL(0, choices_gain(choices_largest(scales), 0));
	CHECK_EQUAL(0, choices_gain(choices_largest(scales), -1));
	CHECK_EQUAL(0, choices_gain(choices_largest(""), 1));
}

static void has_no_scale_for_what_is_no_gain_of_the_list(void)
{
	static const unsigned int gains[] = { 0, 3, 5, 127, 129, 256, 4294967295u };
	char found[CHOICE_MAX];

	for (size_t i = 0; i < COUNT(gains); i++) {
		CHECK_AT(!choices_scale(scales, gains[i], found), "gain %u", gains[i]);
		CHECK_TEXT("", found);
	}
}

static void takes_nothing_from_a_list_without_numbers(void)
{
	static const char *const lists[] = { "", "\n", " \t\n", "none", "[0 1 2000]", "5,11.25,20", "mV 1" };
	char found[CHOICE_MAX];

	for (size_t i = 0; i < COUNT(lists); i++) {
		CHECK_AT(!choices_rate(lists[i], 20, found), "'%s'", lists[i]);
		CHECK_TEXT("", found);
		CHECK_AT(!choices_scale(lists[i], 1, found), "'%s'", lists[i]);
	}
}

static void stops_at_what_is_no_number(void)
{
	char found[CHOICE_MAX];

	CHECK(choices_rate("5 20 x 330", 20, found));
	CHECK(!choices_rate("5 20 x 330", 330, found));
	CHECK_TEXT("20", found);
}

/* Neither can be set, and a text that was cut to fit would be another number. */
static void passes_over_what_cannot_be_set(void)
{
	static const char list[] = "nan inf -20 0 1e999 "
				   "20.000000000000000000000000000000000000000000000000000000000000000000 330\n";
	char found[CHOICE_MAX];

	CHECK(!choices_rate(list, 20, found));
	CHECK_TEXT("330", found);
	CHECK(choices_rate(list, 330, found));
	CHECK(choices_scale(list, 1, found));
	CHECK_TEXT("330", found);
}

static void takes_every_kind_of_blank_between_numbers(void)
{
	char found[CHOICE_MAX];

	CHECK(choices_rate("5\t11.25\r\n\f20\v330", 20, found));
	CHECK_TEXT("20", found);
}

static const struct check_test tests[] = {
	CHECK_TEST(finds_each_rate_by_any_way_to_write_it),
	CHECK_TEST(names_the_nearest_rate_where_there_is_none),
	CHECK_TEST(finds_the_scale_of_each_gain),
	CHECK_TEST(knows_the_gain_of_each_scale),
	CHECK_TEST(has_no_scale_for_what_is_no_gain_of_the_list),
	CHECK_TEST(takes_nothing_from_a_list_without_numbers),
	CHECK_TEST(stops_at_what_is_no_number),
	CHECK_TEST(passes_over_what_cannot_be_set),
	CHECK_TEST(takes_every_kind_of_blank_between_numbers),
};

CHECK_MAIN(tests)
