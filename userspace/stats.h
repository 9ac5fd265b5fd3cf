/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How noisy are a channel's codes, and is that what the data sheet promises? */
#ifndef ADS1220_STATS_H
#define ADS1220_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One bit for each of the 2^24 codes; only the pages of those that came are ever touched. */
struct code_set;

/* mean is that of the codes; sum_of_squares is about it */
struct stats {
	uint64_t count;
	uint64_t clipped;
	uint64_t unique;
	int64_t min;
	int64_t max;
	double mean;
	double sum_of_squares;
	struct code_set *seen;
};

/* deviation is that of the sample, with count - 1, and like the span in codes */
struct noise {
	double deviation;
	double span;
	double effective_bits;
	double noise_free_bits;
};

/* False without memory. */
bool stats_begin(struct stats *stats);
void stats_end(struct stats *stats);

/* A clipped code is counted as that alone. */
void stats_add(struct stats *stats, int64_t code, bool clipped);

/*
 * SBAS501 equations 1 to 3: log2 of the full range, +-Vref/gain, over the rms value and over the
 * peak-to-peak one. No code is finer than one LSB, so neither exceeds the bits of a code. False
 * for fewer than two codes: then *noise is left as it was.
 */
bool stats_noise(const struct stats *stats, unsigned int code_bits, struct noise *noise);

/*
 * The rms noise of the data sheet at a nominal rate, with the internal reference, shorted inputs
 * and the PGA bypassed up to gain 4, in uV. False where it has no row for the rate or no column
 * for the gain.
 */
bool noise_promised(double rate_sps, unsigned int gain, double *rms_uv);

enum verdict {
	VERDICT_QUIETER,
	VERDICT_AS_PROMISED,
	VERDICT_NOISIER,
};

enum verdict noise_verdict(double measured_rms_uv, double promised_rms_uv);

#endif
