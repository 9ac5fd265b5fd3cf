// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does calibration.c read and change the calibration file's text, and refuse what is none?
 *
 * Links: userspace/calibration.c userspace/number.c
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../../userspace/calibration.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char two_labels[] =
	"# workshop, 2026\n"
	"[kitchen scale]\n"
	"unit = kg\n"
	"zero = 0.01234\n"
	"gain=1.0002\n"
	"\n"
	"  [tc1]\t\r\n"
	"\t unit =degC \r\n"
	"# the ice bath of March\n"
	"zero = -1.5e-1\n";

static enum calibration_status find(const char *text, const char *label,
				    struct calibration *calibration)
{
	struct calibration_error error = { .what = "" };
	const enum calibration_status status = calibration_find(text, label, calibration, &error);

	CHECK_AT(status != CALIBRATION_BAD, "line %u: %s", error.line, error.what);
	return status;
}

static void check_entry(const char *text, const char *label, const char *unit, double zero, double gain)
{
	struct calibration found;

	CHECK_EQUAL_AT(CALIBRATION_FOUND, find(text, label, &found), "%s", label);
	CHECK_TEXT(unit, found.unit);
	CHECK_NEAR_AT(zero, found.zero, 0, "%s", label);
	CHECK_NEAR_AT(gain, found.gain, 0, "%s", label);
}

static void finds_each_label(void)
{
	check_entry(two_labels, "kitchen scale", "kg", 0.01234, 1.0002);
	check_entry(two_labels, "tc1", "degC", -0.15, 1);
	check_entry("[a]\nunit = V", "a", "V", 0, 1);
	check_entry("[a=b]\nunit = V\ngain = -2", "a=b", "V", 0, -2);
}

static void changes_nothing_for_a_label_that_is_not_there(void)
{
	static const char *const labels[] = { "kitchen", "kitchen scale2", "KITCHEN SCALE", "", "tc" };

	for (size_t i = 0; i < COUNT(labels); i++) {
		struct calibration found;

		CHECK_EQUAL_AT(CALIBRATION_NONE, find(two_labels, labels[i], &found), "%s", labels[i]);
		CHECK_NEAR(7.25, calibration_apply(&found, 7.25), 0);
	}
}

static void refuses_at(const char *text, unsigned int line, const char *what)
{
	struct calibration_error error = { .what = "" };
	struct calibration found;

	CHECK_EQUAL_AT(CALIBRATION_BAD, calibration_find(text, "a", &found, &error), "%s", text);
	CHECK_EQUAL_AT(line, error.line, "%s", text);
	CHECK_AT(strstr(error.what, what), "%s: %s", text, error.what);
}

static void refuses_what_it_does_not_understand(void)
{
	refuses_at("hello\n", 1, "'hello' is neither");
	refuses_at("unit = V\n", 1, "'unit' stands before");
	refuses_at("[a]\nunit = V\n[]\n", 3, "'[]' is neither");
	refuses_at("[a\n", 1, "'[a' is neither");
	refuses_at("[a]b]\n", 1, "'[a]b]' is neither");
	refuses_at("[a] x\n", 1, "'[a] x' is neither");
	refuses_at("[a]\nunit = V\nspan = 3\n", 3, "'span' is none of");
	refuses_at("[a]\n= V\n", 2, "'' is none of");
	refuses_at("[a]\nunit =\n", 2, "'' is no unit");
	refuses_at("[a]\nunit = seventeen-letters\n", 2, "'seventeen-letters' is no unit");
	refuses_at("[a]\nunit = V\nzero = one\n", 3, "'one' is no number");
	refuses_at("[a]\nunit = V\nzero = nan\n", 3, "'nan' is no number");
	refuses_at("[a]\nunit = V\nzero = 1,5\n", 3, "'1,5' is no number");
	refuses_at("[a]\nunit = V\nzero = 1 # kg\n", 3, "is no number");
	refuses_at("[a]\nunit = V\ngain = 1e999\n", 3, "is no number");
	refuses_at("[a]\nunit = V\ngain = 0\n", 3, "gain of 0");
	refuses_at("[a]\nunit = V\ngain = -0.0\n", 3, "gain of 0");
	refuses_at("[a]\nunit = V\nunit = V\n", 3, "second unit");
	refuses_at("[a]\nunit = V\ngain = 1\ngain = 1\n", 4, "second gain");
	refuses_at("[a]\nunit = V\n[b]\nunit = V\n[a]\nunit = V\n", 5, "[a] is there a second time");
}

static void refuses_a_label_without_a_unit(void)
{
	refuses_at("[a]\nzero = 1\n", 1, "[a] has no unit");
	refuses_at("\n[b]\nzero = 1\n[a]\nunit = V\n", 2, "[b] has no unit");
	refuses_at("[a]\nunit = V\n[b]\n", 3, "[b] has no unit");
}

static void finds_a_fault_behind_the_label(void)
{
	refuses_at("[a]\nunit = V\n[b]\nunit = V\nzero = x\n", 5, "'x' is no number");
}

/* (value - zero) * gain: 5.01234 kg on the scale above are 5 * 1.0002. */
static void subtracts_the_zero_before_the_gain(void)
{
	struct calibration found;

	find(two_labels, "kitchen scale", &found);
	CHECK_NEAR(5.001, calibration_apply(&found, 5.01234), 1e-12);
	CHECK_NEAR(0, calibration_apply(&found, 0.01234), 1e-15);
}

/* A scale that reads 0.02 empty and 5.12 with 5 kg on it. */
static void tares_and_takes_a_known_value(void)
{
	struct calibration scale = { .unit = "kg", .gain = 1 };

	calibration_tare(&scale, 0.02);
	CHECK_NEAR(0, calibration_apply(&scale, 0.02), 0);
	CHECK(calibration_gain(&scale, 5.12, 5));
	CHECK_NEAR(5, calibration_apply(&scale, 5.12), 1e-12);
	CHECK_NEAR(2.5, calibration_apply(&scale, 2.57), 1e-12);
	calibration_tare(&scale, 0.07);
	CHECK_NEAR(5, calibration_apply(&scale, 5.17), 1e-12);
}

static void refuses_a_gain_that_nothing_can_have(void)
{
	struct calibration scale = { .unit = "kg", .zero = 0.02, .gain = 3 };

	CHECK(!calibration_gain(&scale, 0.02, 5));
	CHECK(!calibration_gain(&scale, 5, 0));
	CHECK(!calibration_gain(&scale, NAN, 5));
	CHECK(!calibration_gain(&scale, 5, INFINITY));
	CHECK_NEAR(3, scale.gain, 0);
}

static void adds_a_label_behind_the_others(void)
{
	static char changed[CALIBRATION_TEXT_MAX];
	const struct calibration calibration = { .unit = "bar", .zero = 0.1, .gain = 1 };

	CHECK(calibration_change(two_labels, "boiler", &calibration, changed));
	CHECK(!strncmp(changed, two_labels, strlen(two_labels)));
	CHECK_TEXT("\n[boiler]\nunit = bar\nzero = 0.1\ngain = 1\n", changed + strlen(two_labels));
	check_entry(changed, "boiler", "bar", 0.1, 1);
	CHECK(calibration_change("", "a", &calibration, changed));
	CHECK_TEXT("[a]\nunit = bar\nzero = 0.1\ngain = 1\n", changed);
	CHECK(calibration_change("# no line end", "a", &calibration, changed));
	CHECK_TEXT("# no line end\n\n[a]\nunit = bar\nzero = 0.1\ngain = 1\n", changed);
}

static void replaces_a_label_and_keeps_every_remark(void)
{
	static char changed[CALIBRATION_TEXT_MAX];
	const struct calibration calibration = { .unit = "degC", .zero = 0.25, .gain = 1.5 };

	CHECK(calibration_change(two_labels, "tc1", &calibration, changed));
	CHECK_TEXT("# workshop, 2026\n"
		   "[kitchen scale]\n"
		   "unit = kg\n"
		   "zero = 0.01234\n"
		   "gain=1.0002\n"
		   "\n"
		   "  [tc1]\t\r\n"
		   "unit = degC\n"
		   "zero = 0.25\n"
		   "gain = 1.5\n"
		   "# the ice bath of March\n", changed);
	check_entry(changed, "tc1", "degC", 0.25, 1.5);
	check_entry(changed, "kitchen scale", "kg", 0.01234, 1.0002);
}

/* 0.1 + 0.2 needs 17 digits to come back. */
static void loses_no_digit(void)
{
	static const double numbers[] = { 0.1 + 0.2, 1.0 / 3, -1e-300, 1.7976931348623157e308, 0,
					  4.9406564584124654e-324, 123456789.123456789 };
	static char changed[CALIBRATION_TEXT_MAX];

	for (size_t i = 0; i < COUNT(numbers); i++) {
		const struct calibration calibration = { .unit = "V", .zero = numbers[i], .gain = 2 };

		CHECK(calibration_change(two_labels, "x", &calibration, changed));
		check_entry(changed, "x", "V", numbers[i], 2);
	}
}

static void refuses_labels_that_would_break_the_file(void)
{
	static char changed[CALIBRATION_TEXT_MAX];
	const struct calibration calibration = { .unit = "V", .gain = 1 };
	static const char *const labels[] = { "", "a]", "a\nb", "]" };

	for (size_t i = 0; i < COUNT(labels); i++) {
		CHECK_AT(!calibration_label_fits(labels[i]), "%zu", i);
		CHECK_AT(!calibration_change("", labels[i], &calibration, changed), "%zu", i);
	}
}

static void refuses_a_text_that_would_grow_too_long(void)
{
	static char text[CALIBRATION_TEXT_MAX], changed[CALIBRATION_TEXT_MAX];
	const struct calibration calibration = { .unit = "V", .gain = 1 };
	static const char section[] = "\n[x]\nunit = V\nzero = 0\ngain = 1\n";

	memset(text, '#', sizeof(text) - 1);
	text[sizeof(text) - strlen(section) - 2] = '\n';
	text[sizeof(text) - strlen(section) - 1] = '\0';
	CHECK(calibration_change(text, "x", &calibration, changed));
	CHECK_EQUAL(CALIBRATION_TEXT_MAX - 1, strlen(changed));
	text[sizeof(text) - strlen(section) - 1] = '\n';
	text[sizeof(text) - strlen(section)] = '\0';
	CHECK(!calibration_change(text, "x", &calibration, changed));
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(finds_each_label),
		CHECK_TEST(changes_nothing_for_a_label_that_is_not_there),
		CHECK_TEST(refuses_what_it_does_not_understand),
		CHECK_TEST(refuses_a_label_without_a_unit),
		CHECK_TEST(finds_a_fault_behind_the_label),
		CHECK_TEST(subtracts_the_zero_before_the_gain),
		CHECK_TEST(tares_and_takes_a_known_value),
		CHECK_TEST(refuses_a_gain_that_nothing_can_have),
		CHECK_TEST(adds_a_label_behind_the_others),
		CHECK_TEST(replaces_a_label_and_keeps_every_remark),
		CHECK_TEST(loses_no_digit),
		CHECK_TEST(refuses_labels_that_would_break_the_file),
		CHECK_TEST(refuses_a_text_that_would_grow_too_long),
	};

	return check_main(tests, COUNT(tests));
}
