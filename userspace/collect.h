/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What becomes of records that are reduced, reported or calibrated by, not written as they come? */
#ifndef ADS1220_COLLECT_H
#define ADS1220_COLLECT_H

#include "plot.h"
#include "reduce.h"
#include "run.h"
#include "stats.h"
#include "svg.h"

/* For one column. */
struct collector {
	struct median median;
	struct average average;
	struct reduced block;
	struct stats stats;
	struct svg_series picture;
	uint64_t count;
	int64_t first_ns;
	int64_t last_ns;
};

/* Whether the options ask for any of it. */
bool collects(const struct config *config);

/* Whether what comes is for a calibration, and so must not be corrected by one. */
bool calibrates(const struct config *config);

/* Returns false without memory. */
bool collect_begin(struct run *run);
void collect_end(struct run *run);

/* Takes readings that are shown; returns whether they are to be written, as what they came to. */
bool collect(struct run *run, size_t first, size_t count);

/* At the end of the run: the rest of an average, the report, the calibration. */
void collect_finish(struct run *run);

#endif
