/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220-latency.h - how long does DRDY wait for the first clock of the frame that answers it?
 *
 * Pure: told of every edge in order of time. A frame that was already clocked when DRDY fell does not
 * answer it; a fall that another one follows before any frame was not answered at all.
 */
#ifndef ADS1220_LATENCY_H
#define ADS1220_LATENCY_H

#include <stdbool.h>
#include <stdint.h>

#define ADS1220_LATENCY_KEPT	4096

struct ads1220_latency_answer {
	int64_t fell_ns;
	int64_t took_ns;
};

struct ads1220_latency {
	bool waits;			/* DRDY fell and was not answered */
	bool selected;			/* and not yet clocked */
	int64_t fell_ns;
	uint64_t number;
	int64_t sum_ns, max_ns;
	struct ads1220_latency_answer kept[ADS1220_LATENCY_KEPT];	/* the last ones, a ring */
};

/* Of the answers kept, 0 if there are none */
struct ads1220_latency_quantiles {
	int64_t median_ns;
	int64_t p99_ns;
};

void ads1220_latency_start(struct ads1220_latency *latency);
void ads1220_latency_fall(struct ads1220_latency *latency, int64_t at_ns);
void ads1220_latency_select(struct ads1220_latency *latency, int level);
void ads1220_latency_clock(struct ads1220_latency *latency, int64_t at_ns);

unsigned int ads1220_latency_count(const struct ads1220_latency *latency);
/* The @index-th of those kept, the oldest first. */
const struct ads1220_latency_answer *ads1220_latency_answer(const struct ads1220_latency *latency,
							    unsigned int index);
/* Half of the answers, and 99 of 100, took no longer. */
struct ads1220_latency_quantiles ads1220_latency_quantiles(const struct ads1220_latency *latency);

#endif
