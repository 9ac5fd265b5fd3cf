/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How is a chart kept up to date on a terminal? */
#ifndef ADS1220_PLOT_H
#define ADS1220_PLOT_H

#include "chart.h"
#include "record.h"

struct plot {
	struct chart_series *series;
	size_t count;
	unsigned int values_per_column;
	bool drawn;
	int64_t drawn_ns;
};

/* Only a terminal can be drawn on: elsewhere the values are written as lines. */
bool plot_is_possible(int fd);

/* Moves on by about ten columns a second. False without memory. */
bool plot_begin(struct plot *plot, const struct table *table, double rate_sps);
void plot_end(struct plot *plot);

/* Draws into text, at most ten times a second unless it is the last time. */
void plot_draw(struct plot *plot, struct text *text, int fd, int64_t now_ns, bool last);

#endif
