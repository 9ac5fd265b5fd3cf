// SPDX-License-Identifier: GPL-2.0-or-later
/* How do the newest values of some channels look in a terminal's rows and columns? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"

/* A head and two rows of plot are the least that a channel can be seen in. */
#define BAND_ROWS_MIN	3
#define PLOT_COLUMNS_MIN 8
#define COLUMNS_MAX	512
#define LABEL_MAX	32
#define HEAD_MAX	256

/* Above and below what was seen, as a part of it. */
#define MARGIN		0.05

/* What a single value's scale spans to either side, as a part of it and at least. */
#define FLAT_PART	1e-6
#define FLAT_LEAST	1e-9

/* Half a row of text is the finest that a terminal shows everywhere. */
#define HALVES		2

enum half {
	HALF_LOWER = 1,
	HALF_UPPER = 2,
};

/* By the halves that are set. */
static const char *const utf8_cells[] = { " ", "▄", "▀", "█" };
static const char *const ascii_cells[] = { " ", ".", "'", "|" };

/* Some values are missing where a gap is seen. */
struct column {
	bool has_values;
	bool has_gap;
	double low;
	double high;
};

struct band {
	struct column columns[COLUMNS_MAX];
	unsigned int width;
	double low;
	double high;
	double mean;
	uint64_t count;
	double bottom;
	double top;
};

bool chart_begin(struct chart_series *series, const char *name, const char *unit)
{
	*series = (struct chart_series){ .name = name, .unit = unit };
	series->values = malloc(CHART_VALUES_MAX * sizeof(*series->values));
	return series->values;
}

void chart_end(struct chart_series *series)
{
	free(series->values);
	series->values = NULL;
}

void chart_add(struct chart_series *series, double value)
{
	series->values[series->total++ % CHART_VALUES_MAX] = isfinite(value) ? value : NAN;
}

static void take(struct band *band, struct column *column, double value)
{
	if (isnan(value)) {
		column->has_gap = true;
		return;
	}
	if (!column->has_values || value < column->low)
		column->low = value;
	if (!column->has_values || value > column->high)
		column->high = value;
	column->has_values = true;
	if (!band->count || value < band->low)
		band->low = value;
	if (!band->count || value > band->high)
		band->high = value;
	band->count++;
	band->mean += (value - band->mean) / (double)band->count;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/*
 * Columns hold whole groups of values counted from the first one ever, so that nothing flickers
 * while they move to the left.
 */
static void gather(struct band *band, const struct chart_series *series, unsigned int per_column)
{
	const uint64_t kept =
		series->total > CHART_VALUES_MAX ? series->total - CHART_VALUES_MAX : 0;
	const uint64_t groups = (series->total + per_column - 1) / per_column;
	const uint64_t first = larger(groups > band->width ? groups - band->width : 0,
				      (kept + per_column - 1) / per_column);

	for (uint64_t i = first * per_column; i < series->total; i++)
		take(band, &band->columns[i / per_column - first],
		     series->values[i % CHART_VALUES_MAX]);
}

static void choose_scale(struct band *band)
{
	double beyond = (band->high - band->low) * MARGIN;

	if (beyond <= 0)
		beyond = fmax(fabs(band->high) * FLAT_PART, FLAT_LEAST);
	band->bottom = band->low - beyond;
	band->top = band->high + beyond;
}

/* So many that a hundredth of the band's span is seen. */
static int decimals_of(const struct band *band)
{
	return (int)fmin(fmax(2 - floor(log10(band->top - band->bottom)), 0), 12);
}

/* Which half row of the plot a value is in, counted from below. */
static unsigned int half_row(const struct band *band, double value, unsigned int halves)
{
	const double part = (value - band->bottom) / (band->top - band->bottom);

	return (unsigned int)fmin(fmax(part * halves, 0), halves - 1);
}

/* A column reaches to the one before it, so that steep flanks stay one line. */
static void join(struct band *band)
{
	struct column before = { .has_values = false };

	for (unsigned int i = 0; i < band->width; i++) {
		struct column *column = &band->columns[i];
		const struct column own = *column;

		if (own.has_values && before.has_values) {
			column->low = fmin(own.low, before.high);
			column->high = fmax(own.high, before.low);
		}
		before = own;
	}
}

static unsigned int cell_of(const struct band *band, const struct column *column, unsigned int row,
			    unsigned int rows)
{
	const unsigned int lower = HALVES * (rows - 1 - row);
	unsigned int low, high;

	if (!column->has_values)
		return 0;
	low = half_row(band, column->low, HALVES * rows);
	high = half_row(band, column->high, HALVES * rows);
	return (low <= lower && lower <= high ? HALF_LOWER : 0) |
	       (low <= lower + 1 && lower + 1 <= high ? HALF_UPPER : 0);
}

static void draw_row(FILE *out, const struct band *band, unsigned int row, unsigned int rows,
		     const struct chart_view *view)
{
	for (unsigned int i = 0; i < band->width; i++) {
		const struct column *column = &band->columns[i];
		const unsigned int cell = cell_of(band, column, row, rows);

		if (column->has_gap && row == rows - 1)
			fputc('!', out);
		else
			fputs((view->utf8 ? utf8_cells : ascii_cells)[cell], out);
	}
}

/* The bytes of it within so many columns: one of UTF-8 that goes on a character takes none. */
static size_t bytes_within(const char *text, unsigned int columns)
{
	size_t count = 0;

	for (; text[count]; count++) {
		const bool begins = ((unsigned char)text[count] & 0xc0) != 0x80;

		if (begins && !columns)
			break;
		columns -= begins;
	}
	return count;
}

/* The parts that fit whole, with two blanks between: a number cut short would be another. */
static void put_parts(FILE *out, const char *text, unsigned int columns)
{
	const size_t fitting = bytes_within(text, columns);
	size_t end = fitting;

	while (end && text[end] && strncmp(text + end, "  ", 2) != 0)
		end--;
	fwrite(text, 1, end ? end : fitting, out);
}

static void draw_head(FILE *out, const struct chart_series *series, const struct band *band,
		      const struct chart_view *view)
{
	const double newest = series->total ?
				      series->values[(series->total - 1) % CHART_VALUES_MAX] : NAN;
	const int decimals = decimals_of(band);
	char text[HEAD_MAX];

	if (!band->count)
		snprintf(text, sizeof(text), "%.60s  no value", series->name);
	else if (isnan(newest))
		snprintf(text, sizeof(text), "%.60s  no value  min %.*f  mean %.*f  max %.*f %s",
			 series->name, decimals, band->low, decimals, band->mean, decimals,
			 band->high, series->unit);
	else
		snprintf(text, sizeof(text), "%.60s  %.*f %s  min %.*f  mean %.*f  max %.*f",
			 series->name, decimals, newest, series->unit, decimals, band->low,
			 decimals, band->mean, decimals, band->high);
	put_parts(out, text, view->columns);
	fputs(view->line_end, out);
}

/* Both ends of the scale, as wide as the wider one. */
static unsigned int label_width(const struct band *band)
{
	const int decimals = decimals_of(band);
	const int top = snprintf(NULL, 0, "%.*f", decimals, band->top);
	const int bottom = snprintf(NULL, 0, "%.*f", decimals, band->bottom);
	const int width = top > bottom ? top : bottom;

	return width < LABEL_MAX ? (unsigned int)width : LABEL_MAX;
}

static void draw_label(FILE *out, const struct band *band, unsigned int row, unsigned int rows,
		       unsigned int width)
{
	char label[LABEL_MAX + 1] = "";

	if (band->count && (row == 0 || row == rows - 1))
		snprintf(label, sizeof(label), "%.*f", decimals_of(band),
			 row ? band->bottom : band->top);
	fprintf(out, "%*s ", (int)width, label);
}

/* Fills the band with what a plot of that width shows. */
static void fill(struct band *band, const struct chart_series *series, unsigned int width,
		 unsigned int per_column)
{
	*band = (struct band){ .width = width };
	gather(band, series, per_column);
	choose_scale(band);
}

/* The labels depend on what is shown, and that on the room beside them. Returns their columns. */
static unsigned int fit(struct band *band, const struct chart_series *series, unsigned int width,
			unsigned int per_column)
{
	unsigned int labels = 0, needed;

	for (;;) {
		fill(band, series, width - labels, per_column);
		needed = label_width(band) + 1;
		if (needed <= labels)
			return labels;
		if (width < needed + PLOT_COLUMNS_MIN)
			break;
		labels = needed;
	}
	fill(band, series, width, per_column);
	return 0;
}

static void draw_band(FILE *out, const struct chart_series *series, unsigned int rows,
		      const struct chart_view *view)
{
	const unsigned int width = view->columns < COLUMNS_MAX ? view->columns : COLUMNS_MAX;
	struct band band;
	const unsigned int labels = fit(&band, series, width, view->values_per_column);

	join(&band);
	draw_head(out, series, &band, view);
	for (unsigned int row = 0; row < rows; row++) {
		if (labels)
			draw_label(out, &band, row, rows, labels - 1);
		draw_row(out, &band, row, rows, view);
		fputs(view->line_end, out);
	}
}

void chart_draw(FILE *out, const struct chart_series *series, size_t count,
		const struct chart_view *view)
{
	const size_t room = view->rows / BAND_ROWS_MIN;
	const size_t shown = count < room ? count : room;

	for (size_t i = 0; i < shown; i++)
		draw_band(out, &series[i], view->rows / (unsigned int)shown - 1, view);
}
