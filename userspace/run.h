/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does a run have in hand, whichever way it fetches its samples? */
#ifndef ADS1220_RUN_H
#define ADS1220_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "explain.h"
#include "gaps.h"
#include "options.h"
#include "output.h"
#include "record.h"

struct run {
	const struct config *config;
	const struct adc *adc;
	struct table table;
	struct record record;
	struct output output;
	struct gaps gaps;
	/* NULL where each record is written as it comes */
	struct collector *collectors;
	/* NULL where there is no terminal to draw on, or nothing to be drawn */
	struct plot *plot;
	/* opened at once, so that a run is not in vain */
	FILE *picture;
	/* by interrupts, not read one by one */
	bool captured;
	/* for --check; false where this machine does not tell */
	bool counts_interrupts;
	uint64_t interrupts_before;
	/* the nominal one, 0 where the driver does not tell */
	double rate_sps;
	/* how many records are still to be fetched, and lines to be written of what they come to */
	uint64_t left;
	uint64_t lines_left;
	/* by the monotonic clock */
	int64_t end_ns;
	/* what was read last, so that the converter is still connected to it */
	const struct adc_channel *connected;
	/* some reading was no number */
	bool invalid;
	/* the first failure's; a signal's where it came too early */
	enum exit_code code;
};

/* The first failure decides how the program ends. */
void run_fail(struct run *run, enum exit_code code);

/* Whether it has all that was asked for, or must stop; reopens the output where that is wanted. */
bool run_goes_on(struct run *run);

/* Notes what is no number and writes the readings. */
void run_write(struct run *run, size_t first, size_t count);

/* Reads channel after channel, a conversion each. */
void poll_run(struct run *run);

/* Captures; returns false where nothing was begun and reading one by one may do. */
bool stream_run(struct run *run);

#endif
