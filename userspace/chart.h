/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How do the newest values of some channels look in a terminal's rows and columns?
 *
 * Pure: text out, no terminal. Each channel has a band and a scale of its own, so that microvolts
 * beside volts, and negative values, are seen.
 */
#ifndef ADS1220_CHART_H
#define ADS1220_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A terminal of 800 columns with ten values in each. */
#define CHART_VALUES_MAX 8192

/* The newest values, nan for what was none; total counts all that ever came. */
struct chart_series {
	const char *name;
	const char *unit;
	double *values;
	uint64_t total;
};

/* line_end is what each line ends with: "\n", and before it what clears the rest of a line. */
struct chart_view {
	unsigned int columns;
	unsigned int rows;
	unsigned int values_per_column;
	bool utf8;
	const char *line_end;
};

/* False without memory. */
bool chart_begin(struct chart_series *series, const char *name, const char *unit);
void chart_end(struct chart_series *series);

void chart_add(struct chart_series *series, double value);

/* At most view->rows lines of at most view->columns columns. */
void chart_draw(FILE *out, const struct chart_series *series, size_t count,
		const struct chart_view *view);

#endif
