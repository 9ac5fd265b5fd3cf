/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many samples are missing between those that came, by their times? Pure. */
#ifndef ADS1220_GAPS_H
#define ADS1220_GAPS_H

#include <stdint.h>

struct gaps {
	int64_t period_ns;
	int64_t step_ns;
	int64_t last_ns;
	int64_t due_ns;
	unsigned int to_learn;
	uint64_t samples;
	uint64_t missed;
	uint64_t gaps;
};

/*
 * Without a period_ns, it is learnt from the first samples. A time more than step_ns off means that
 * the clock was set.
 */
void gaps_start(struct gaps *gaps, int64_t period_ns, int64_t step_ns);

/* Takes the next sample's time; returns how many are missing before it. */
uint64_t gaps_note(struct gaps *gaps, int64_t time_ns);

#endif
