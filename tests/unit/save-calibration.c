// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * save-calibration.c - what happens when one label is saved, or with LABEL alone, looked up?
 *
 *	save-calibration FILE|'' LABEL [UNIT ZERO GAIN]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/calibration-file.h"

static int fail(const struct calibration_fault *fault)
{
	fprintf(stderr, "%s\nhint: %s\n", fault->what, fault->hint);
	return 1;
}

static int look_up(const char *path, const char *label)
{
	struct calibration found;
	struct calibration_fault fault;

	switch (calibration_load(path, false, label, &found, &fault)) {
	case CALIBRATION_FOUND:
		printf("%s %g %g\n", found.unit, found.zero, found.gain);
		return 0;
	case CALIBRATION_NONE:
		puts("none");
		return 0;
	case CALIBRATION_BAD:
		break;
	}
	return fail(&fault);
}

int main(int argc, char **argv)
{
	struct calibration calibration = { .unit = "" };
	struct calibration_fault fault;
	const char *path;

	if (argc != 3 && argc != 6)
		return 2;
	path = *argv[1] ? argv[1] : NULL;
	if (argc == 3)
		return look_up(path, argv[2]);
	snprintf(calibration.unit, sizeof(calibration.unit), "%s", argv[3]);
	calibration.zero = strtod(argv[4], NULL);
	calibration.gain = strtod(argv[5], NULL);
	if (!calibration_save(path, argv[2], &calibration, &fault))
		return fail(&fault);
	puts("saved");
	return 0;
}
