/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is left of many values of one channel: their average, their median, every so many? */
#ifndef ADS1220_REDUCE_H
#define ADS1220_REDUCE_H

#include <stdbool.h>
#include <stdint.h>

#include "convert.h"

struct value {
	int64_t time_ns;
	double number;
	enum value_state state;
};

/*
 * What a block of values comes to, at the time of its last one. A number is only there for
 * VALUE_OK; count is how many made it.
 */
struct reduced {
	struct value value;
	uint64_t count;
	double min;
	double max;
	double deviation;
};

/*
 * Blocks of so many values, or of so much time where count is 0. A block of time ends with the
 * first value beyond it, which begins the next. One value without a number leaves the block
 * without: the mean of what did not clip is not the mean.
 */
struct average {
	uint64_t count;
	int64_t duration_ns;
	int64_t begin_ns;
	uint64_t taken;
	double sum_of_squares;
	struct reduced so_far;
};

/* True where a block was completed. */
bool average_add(struct average *average, const struct value *value, struct reduced *block);

/* The block that the end of the run cut short; false where there is none. */
bool average_finish(struct average *average, struct reduced *block);

/* Blocks of count values; one without a number is passed over while most have one. */
struct median {
	uint64_t count;
	uint64_t taken;
	uint64_t valid;
	enum value_state last_bad;
	double *numbers;
};

/* False without memory. */
bool median_begin(struct median *median, uint64_t count);
void median_end(struct median *median);
bool median_add(struct median *median, const struct value *value, struct reduced *block);

/*
 * One value for each period, counted from the first value, or from where the clock was set back;
 * periods without any are left out.
 */
struct every {
	int64_t period_ns;
	int64_t next_ns;
	bool begun;
};

bool every_is_due(struct every *every, int64_t time_ns);

#endif
