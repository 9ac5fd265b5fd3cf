/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is wrong with a converter, by what was seen of it for a while?
 *
 * Pure. Each finding has a word that never changes, and the likely cause for people.
 */
#ifndef ADS1220_DIAGNOSIS_H
#define ADS1220_DIAGNOSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FINDINGS_MAX 4

/*
 * Of the whole device. Scans are of so many conversions each; rates are of conversions, 0 where
 * they are not known: when values are read one by one, the reader sets the pace. Interrupts are of
 * the time in which the scans came.
 */
struct device_view {
	uint64_t scans;
	size_t conversions;
	double nominal_sps;
	double measured_sps;
	uint64_t missed;
	bool has_interrupts;
	uint64_t interrupts;
};

/* Of one channel: how many codes came, and how many of them at an end of the range. */
struct channel_view {
	unsigned int code_bits;
	uint64_t count;
	uint64_t clipped;
	uint64_t unique;
	double mean;
	/* of which nothing but an open sensor draws the input to the end */
	bool has_burn_out;
	/* 0 where it is not known */
	unsigned int gain;
};

struct finding {
	const char *word;
	const char *cause;
};

/* Each fills found and returns how many there are; 0 where all is well. */
size_t diagnose_device(const struct device_view *device, struct finding found[FINDINGS_MAX]);
size_t diagnose_channel(const struct channel_view *channel, struct finding found[FINDINGS_MAX]);

#endif
