/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How does a finished run look as a picture? An SVG file, text that any browser shows.
 *
 * Of runs of any length no more is kept than the lowest and highest value of each of some thousand
 * pieces, which grow together as the run does.
 */
#ifndef ADS1220_SVG_H
#define ADS1220_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Two to a pixel column of the plot; even, so that pairs can be merged. */
#define SVG_PIECES_MAX 1728

/* count is 0 where no value was valid */
struct svg_piece {
	int64_t time_ns;
	uint64_t count;
	double low;
	double high;
};

struct svg_series {
	const char *name;
	const char *unit;
	struct svg_piece *pieces;
	size_t piece_count;
	uint64_t values_per_piece;
	uint64_t values_in_last;
	int64_t last_ns;
};

/* False without memory. */
bool svg_begin(struct svg_series *series, const char *name, const char *unit);
void svg_end(struct svg_series *series);

/* value is nan for none; times are in ns since the start of 1970 UTC, and rise. */
void svg_add(struct svg_series *series, int64_t time_ns, double value);

void svg_write(FILE *out, const struct svg_series *series, size_t count);

#endif
