/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220-latency.c - keeps the waits of DRDY for its frames, and says what most of them were
 */
#include "ads1220-latency.h"

#include <stdlib.h>
#include <string.h>

void ads1220_latency_start(struct ads1220_latency *latency)
{
	memset(latency, 0, sizeof(*latency));
}

void ads1220_latency_fall(struct ads1220_latency *latency, int64_t at_ns)
{
	latency->waits = true;
	latency->fell_ns = at_ns;
}

void ads1220_latency_select(struct ads1220_latency *latency, int level)
{
	latency->selected = !level;
}

static void keep(struct ads1220_latency *latency, int64_t took_ns)
{
	struct ads1220_latency_answer *answer =
		&latency->kept[latency->number % ADS1220_LATENCY_KEPT];

	answer->fell_ns = latency->fell_ns;
	answer->took_ns = took_ns;
	latency->number++;
	latency->sum_ns += took_ns;
	if (took_ns > latency->max_ns)
		latency->max_ns = took_ns;
}

void ads1220_latency_clock(struct ads1220_latency *latency, int64_t at_ns)
{
	if (latency->selected && latency->waits) {
		keep(latency, at_ns - latency->fell_ns);
		latency->waits = false;
	}
	latency->selected = false;
}

unsigned int ads1220_latency_count(const struct ads1220_latency *latency)
{
	return latency->number < ADS1220_LATENCY_KEPT ? latency->number : ADS1220_LATENCY_KEPT;
}

const struct ads1220_latency_answer *ads1220_latency_answer(const struct ads1220_latency *latency,
							    unsigned int index)
{
	uint64_t oldest = latency->number - ads1220_latency_count(latency);

	return &latency->kept[(oldest + index) % ADS1220_LATENCY_KEPT];
}

static int compare_ns(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

struct ads1220_latency_quantiles ads1220_latency_quantiles(const struct ads1220_latency *latency)
{
	struct ads1220_latency_quantiles quantiles = { 0, 0 };
	int64_t took_ns[ADS1220_LATENCY_KEPT];
	unsigned int count = ads1220_latency_count(latency);

	if (!count)
		return quantiles;
	for (unsigned int i = 0; i < count; i++)
		took_ns[i] = latency->kept[i].took_ns;
	qsort(took_ns, count, sizeof(*took_ns), compare_ns);
	quantiles.median_ns = took_ns[(count * 50 + 99) / 100 - 1];
	quantiles.p99_ns = took_ns[(count * 99 + 99) / 100 - 1];
	return quantiles;
}
