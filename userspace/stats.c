// SPDX-License-Identifier: GPL-2.0-or-later
/* How noisy are a channel's codes, and is that what the data sheet promises? */
#include <math.h>
#include <stdlib.h>

#include "stats.h"

#define CODE_BITS	24
#define CODES		(1u << CODE_BITS)
#define GAINS		8

/* The tables are one device's, over 0.75 s each: what differs less says nothing. */
#define VERDICT_BAND	0.30

/* A nominal rate is printed with up to six decimals; the closest two, 44 and 45, differ by 2 %. */
#define RATE_TOLERANCE	0.001

struct code_set {
	uint8_t bits[CODES / 8];
};

/*
 * SBAS501 tables 3 and 7 (PGA bypassed) for the gains 1 to 4, tables 1 and 5 (PGA on) from 8:
 * input-referred uV rms, gain 1 to 128.
 */
static const struct noise_row {
	double rate_sps;
	double rms_uv[GAINS];
} rows[] = {
	{ 20, { 3.89, 1.85, 1.26, 0.80, 0.35, 0.23, 0.10, 0.09 } },
	{ 45, { 6.97, 2.94, 1.41, 0.88, 0.50, 0.29, 0.19, 0.12 } },
	{ 175, { 12.99, 6.24, 3.04, 1.82, 1.01, 0.57, 0.34, 0.26 } },
	{ 330, { 18.18, 8.12, 4.71, 2.68, 1.45, 0.79, 0.50, 0.34 } },
	{ 600, { 25.29, 12.77, 6.27, 3.66, 2.10, 1.14, 0.70, 0.55 } },
	{ 1000, { 38.04, 18.40, 9.48, 5.37, 2.95, 1.65, 1.03, 0.70 } },
	/* turbo, which has less noise at 90 SPS than normal mode */
	{ 40, { 4.22, 2.30, 0.93, 0.71, 0.35, 0.19, 0.16, 0.09 } },
	{ 90, { 6.57, 3.53, 1.59, 1.13, 0.50, 0.32, 0.23, 0.15 } },
	{ 180, { 8.41, 4.30, 2.31, 1.24, 0.72, 0.42, 0.28, 0.24 } },
	{ 350, { 12.68, 6.02, 3.22, 1.88, 1.05, 0.64, 0.43, 0.28 } },
	{ 660, { 17.81, 9.06, 4.24, 2.97, 1.54, 0.82, 0.58, 0.41 } },
	{ 1200, { 25.43, 12.70, 6.28, 3.72, 2.09, 1.23, 0.80, 0.57 } },
	{ 2000, { 36.11, 17.30, 8.77, 5.49, 2.89, 1.77, 1.13, 0.82 } },
	/* duty-cycle mode has the noise of normal mode at four times the rate (section 7.1) */
	{ 5, { 3.89, 1.85, 1.26, 0.80, 0.35, 0.23, 0.10, 0.09 } },
	{ 11.25, { 6.97, 2.94, 1.41, 0.88, 0.50, 0.29, 0.19, 0.12 } },
	{ 22.5, { 8.50, 4.49, 2.07, 1.51, 0.65, 0.42, 0.27, 0.18 } },
	{ 44, { 12.99, 6.24, 3.04, 1.82, 1.01, 0.57, 0.34, 0.26 } },
	{ 82.5, { 18.18, 8.12, 4.71, 2.68, 1.45, 0.79, 0.50, 0.34 } },
	{ 150, { 25.29, 12.77, 6.27, 3.66, 2.10, 1.14, 0.70, 0.55 } },
	{ 250, { 38.04, 18.40, 9.48, 5.37, 2.95, 1.65, 1.03, 0.70 } },
};

bool stats_begin(struct stats *stats)
{
	*stats = (struct stats){ .seen = calloc(1, sizeof(struct code_set)) };
	return stats->seen;
}

void stats_end(struct stats *stats)
{
	free(stats->seen);
	stats->seen = NULL;
}

/* Any width of code folds into the 24 bits of this chip's. */
static bool is_new(struct code_set *seen, int64_t code)
{
	const uint32_t index = (uint32_t)code & (CODES - 1);
	const uint8_t bit = (uint8_t)(1u << (index % 8));
	const bool new = !(seen->bits[index / 8] & bit);

	seen->bits[index / 8] |= bit;
	return new;
}

/* Welford's sums: no difference of large numbers, however long the run. */
void stats_add(struct stats *stats, int64_t code, bool clipped)
{
	double away;

	if (clipped) {
		stats->clipped++;
		return;
	}
	stats->count++;
	stats->unique += is_new(stats->seen, code);
	if (stats->count == 1 || code < stats->min)
		stats->min = code;
	if (stats->count == 1 || code > stats->max)
		stats->max = code;
	away = (double)code - stats->mean;
	stats->mean += away / (double)stats->count;
	stats->sum_of_squares += away * ((double)code - stats->mean);
}

static double bits_above(unsigned int code_bits, double codes)
{
	return code_bits - log2(codes > 1 ? codes : 1);
}

bool stats_noise(const struct stats *stats, unsigned int code_bits, struct noise *noise)
{
	if (stats->count < 2)
		return false;
	noise->deviation = sqrt(stats->sum_of_squares / (double)(stats->count - 1));
	noise->span = (double)(stats->max - stats->min);
	noise->effective_bits = bits_above(code_bits, noise->deviation);
	noise->noise_free_bits = bits_above(code_bits, noise->span);
	return true;
}

static bool column_of(unsigned int gain, unsigned int *column)
{
	for (*column = 0; *column < GAINS; ++*column) {
		if (gain == 1u << *column)
			return true;
	}
	return false;
}

bool noise_promised(double rate_sps, unsigned int gain, double *rms_uv)
{
	unsigned int column;

	if (!column_of(gain, &column))
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (fabs(rate_sps - rows[i].rate_sps) <= rows[i].rate_sps * RATE_TOLERANCE) {
			*rms_uv = rows[i].rms_uv[column];
			return true;
		}
	}
	return false;
}

enum verdict noise_verdict(double measured_rms_uv, double promised_rms_uv)
{
	if (measured_rms_uv > promised_rms_uv * (1 + VERDICT_BAND))
		return VERDICT_NOISIER;
	if (measured_rms_uv < promised_rms_uv * (1 - VERDICT_BAND))
		return VERDICT_QUIETER;
	return VERDICT_AS_PROMISED;
}
