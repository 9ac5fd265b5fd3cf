/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is asked of the oracle: the variables that U-Boot has after "env import -t" of a text. */
#ifndef ADS1220_IMPORT_H
#define ADS1220_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMPORT_MAX_BYTES	65536
#define IMPORT_MAX_VARIABLES	1024

struct text {
	const uint8_t *bytes;
	size_t length;
};

struct import {
	struct {
		struct text name;
		struct text value;
	} variable[IMPORT_MAX_VARIABLES];
	size_t count;
	bool aborted; /* at an entry without a name */
	bool open_ended; /* the last value takes in what is appended: its end escapes, or is escaped */
	uint8_t store[2 * IMPORT_MAX_BYTES];
};

/* false if the text is more than the oracle has room for */
bool import_text(struct import *result, const uint8_t *bytes, size_t length);

/* the value of a variable; of length 0 if there is none */
struct text import_value(const struct import *result, const char *name);

#endif
