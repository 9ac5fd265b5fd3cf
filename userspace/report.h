/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does --stats say of a channel's noise? */
#ifndef ADS1220_REPORT_H
#define ADS1220_REPORT_H

#include <stdio.h>

#include "sample.h"
#include "stats.h"

/*
 * unit_per_code is in V, ohm or degC by the quantity, 0 where the driver has no scale. rate_sps is
 * the nominal one and gain the one set, 0 where they are not known; measured_sps comes from the
 * timestamps. internal_reference is what the data sheet's noise holds for.
 */
struct report {
	const char *channel;
	const char *label;
	enum quantity quantity;
	const struct stats *stats;
	unsigned int code_bits;
	double unit_per_code;
	double rate_sps;
	double measured_sps;
	double seconds;
	unsigned int gain;
	bool internal_reference;
	uint64_t missed;
};

/* For people; may change. */
void report_text(FILE *out, const struct report *report);

/* One object on one line, null for what is not known; never changes but by new keys. */
void report_json(FILE *out, const struct report *report);

#endif
