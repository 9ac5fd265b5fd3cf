/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does the command line ask for? */
#ifndef ADS1220_OPTIONS_H
#define ADS1220_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explain.h"
#include "print.h"

/* Without names, all the channels are wanted. */
struct config {
	const char *uri;
	const char *device;
	enum format format;
	enum timestamp timestamp;
	uint64_t count;
	char **names;
	size_t name_count;
};

/* Returns true where there is something to read; otherwise *code is how to exit. */
bool parse_options(int argc, char **argv, struct config *config, enum exit_code *code);

#endif
