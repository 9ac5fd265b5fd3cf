/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does the command line ask for? */
#ifndef ADS1220_OPTIONS_H
#define ADS1220_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explain.h"
#include "print.h"

/* How samples are fetched: auto captures where that can be done and more than one is wanted. */
enum mode {
	MODE_AUTO,
	MODE_BUFFER,
	MODE_POLL,
};

/* Without names, all the channels are wanted. What is 0 or NULL was not asked for. */
struct config {
	const char *uri;
	const char *device;
	enum format format;
	bool has_format;
	enum timestamp timestamp;
	bool has_timestamp;
	enum mode mode;
	uint64_t count;
	int64_t time_ns;
	int64_t timeout_ns;
	int64_t every_ns;
	const char *rate;
	unsigned int gain;
	double vref;
	uint64_t average_count;
	int64_t average_ns;
	uint64_t median;
	unsigned int digits;
	int64_t settle_ns;
	bool plot;
	bool check;
	bool stats;
	const char *svg;
	bool tare;
	bool calibrates;
	double calibrate;
	const char *cal;
	const char *output;
	bool continuous;
	bool execd;
	bool keep;
	bool list;
	bool localtime;
	bool no_header;
	bool quiet;
	bool strict;
	bool verbose;
	char **names;
	size_t name_count;
};

/* Returns true where there is something to do; otherwise *code is how to exit. */
bool parse_options(int argc, char **argv, struct config *config, enum exit_code *code);

#endif
