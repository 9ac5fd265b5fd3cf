// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calibration.c - can any file harm the parser of calibrations, or make a change lose a label?
 *
 * Links: userspace/calibration.c userspace/number.c
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/calibration.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static bool are_same(const struct calibration *left, const struct calibration *right)
{
	return strcmp(left->unit, right->unit) == 0 && left->zero == right->zero &&
	       left->gain == right->gain;
}

/* What was put in is found again, and the label that was not meant is as it was. */
static void change_one(const char *text, const char *label, const char *other)
{
	static char changed[CALIBRATION_TEXT_MAX];
	const struct calibration wanted = { .unit = "kg", .zero = 0.1, .gain = -2 };
	struct calibration before, after;
	struct calibration_error error;
	const enum calibration_status status = calibration_find(text, other, &before, &error);

	if (status == CALIBRATION_BAD || strcmp(label, other) == 0 ||
	    calibration_find(text, label, &after, &error) == CALIBRATION_BAD ||
	    !calibration_change(text, label, &wanted, changed))
		return;
	require(calibration_find(changed, label, &after, &error) == CALIBRATION_FOUND);
	require(are_same(&after, &wanted));
	require(calibration_find(changed, other, &after, &error) == status);
	require(are_same(&after, &before));
}

/* The text's first line is the label, the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[CALIBRATION_TEXT_MAX];
	struct calibration_error error = { .what = "" };
	struct calibration found;
	enum calibration_status status;
	char *file;

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	file = strchr(text, '\n');
	if (!file)
		return 0;
	*file++ = '\0';
	status = calibration_find(file, text, &found, &error);
	require((status == CALIBRATION_BAD) == (error.what[0] && error.line > 0));
	require(memchr(error.what, '\0', sizeof(error.what)));
	if (status == CALIBRATION_BAD)
		return 0;
	require(found.gain != 0 && memchr(found.unit, '\0', sizeof(found.unit)));
	change_one(file, text, "other");
	change_one(file, "other", text);
	return 0;
}
