// SPDX-License-Identifier: GPL-2.0-or-later
/* How does a finished run look as a picture? */
#define _GNU_SOURCE
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "svg.h"

#define NS_PER_S INT64_C(1000000000)

/* Everything in pixels. */
#define WIDTH		1000
#define LEFT		116
#define RIGHT		20
#define PANEL		240
#define HEAD		34
#define FOOT		26
#define CAPTION		24

#define Y_TICKS		6
#define X_TICKS		9
#define MARGIN		0.05
#define FLAT_PART	1e-6
#define FLAT_LEAST	1e-9

struct axis {
	double low;
	double high;
	double step;
	int decimals;
};

bool svg_begin(struct svg_series *series, const char *name, const char *unit)
{
	*series = (struct svg_series){ .name = name, .unit = unit, .values_per_piece = 1 };
	series->pieces = malloc(SVG_PIECES_MAX * sizeof(*series->pieces));
	return series->pieces;
}

void svg_end(struct svg_series *series)
{
	free(series->pieces);
	series->pieces = NULL;
}

static void merge(struct svg_piece *into, const struct svg_piece *piece)
{
	if (piece->count && (!into->count || piece->low < into->low))
		into->low = piece->low;
	if (piece->count && (!into->count || piece->high > into->high))
		into->high = piece->high;
	into->count += piece->count;
}

/* Each two neighbours become one. */
static void halve(struct svg_series *series)
{
	for (size_t i = 0; i < SVG_PIECES_MAX / 2; i++) {
		series->pieces[i] = series->pieces[2 * i];
		merge(&series->pieces[i], &series->pieces[2 * i + 1]);
	}
	series->piece_count = SVG_PIECES_MAX / 2;
	series->values_per_piece *= 2;
	series->values_in_last = series->values_per_piece;
}

void svg_add(struct svg_series *series, int64_t time_ns, double value)
{
	const struct svg_piece piece = { .time_ns = time_ns, .count = isfinite(value) ? 1 : 0,
					 .low = value, .high = value };

	if (series->piece_count == SVG_PIECES_MAX &&
	    series->values_in_last == series->values_per_piece)
		halve(series);
	series->last_ns = time_ns;
	if (series->piece_count && series->values_in_last < series->values_per_piece) {
		merge(&series->pieces[series->piece_count - 1], &piece);
		series->values_in_last++;
		return;
	}
	series->pieces[series->piece_count++] = piece;
	series->values_in_last = 1;
}

/* The least of 1, 2 and 5 times a power of ten that gives no more ticks than that. */
static double nice_step(double span, int ticks)
{
	static const double steps[] = { 1, 2, 5, 10 };
	const double power = pow(10, floor(log10(span / ticks)));

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (span / (steps[i] * power) <= ticks)
			return steps[i] * power;
	}
	return 20 * power;
}

static struct axis axis_over(double low, double high, int ticks)
{
	struct axis axis = { .low = low, .high = high, .step = nice_step(high - low, ticks) };

	axis.decimals = (int)fmin(fmax(-floor(log10(axis.step) + 1e-9), 0), 15);
	return axis;
}

static struct axis value_axis(const struct svg_series *series)
{
	struct svg_piece all = { .count = 0 };
	double beyond;

	for (size_t i = 0; i < series->piece_count; i++)
		merge(&all, &series->pieces[i]);
	if (!all.count)
		return axis_over(0, 1, Y_TICKS);
	beyond = (all.high - all.low) * MARGIN;
	if (beyond <= 0)
		beyond = fmax(fabs(all.high) * FLAT_PART, FLAT_LEAST);
	return axis_over(all.low - beyond, all.high + beyond, Y_TICKS);
}

/* The time that all the panels share, in seconds from the first value. */
static struct axis time_axis(const struct svg_series *series, size_t count, int64_t *start_ns)
{
	int64_t first_ns = INT64_MAX, last_ns = INT64_MIN;

	for (size_t i = 0; i < count; i++) {
		if (!series[i].piece_count)
			continue;
		if (series[i].pieces[0].time_ns < first_ns)
			first_ns = series[i].pieces[0].time_ns;
		if (series[i].last_ns > last_ns)
			last_ns = series[i].last_ns;
	}
	*start_ns = first_ns == INT64_MAX ? 0 : first_ns;
	if (last_ns <= first_ns)
		return axis_over(0, 1, X_TICKS);
	return axis_over(0, (double)(last_ns - first_ns) / NS_PER_S, X_TICKS);
}

static double x_of(const struct axis *time, double seconds)
{
	return LEFT + (seconds - time->low) / (time->high - time->low) * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct axis *value, double number)
{
	return HEAD + (value->high - number) / (value->high - value->low) * (PANEL - HEAD - FOOT);
}

/* Control characters are none of XML's, not even escaped. */
static void put_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		default:
			fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
		}
	}
}

/* Numbers of ticks, so that a sum of steps does not drift. */
static void put_value_ticks(FILE *out, const struct axis *axis)
{
	const int64_t last = (int64_t)floor(axis->high / axis->step + 1e-9);

	for (int64_t i = (int64_t)ceil(axis->low / axis->step - 1e-9); i <= last; i++) {
		const double number = (double)i * axis->step, y = y_of(axis, number);

		fprintf(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y, WIDTH - RIGHT);
		fprintf(out, "<text class=\"y\" x=\"%d\" y=\"%.1f\">%.*f</text>\n", LEFT - 8, y + 4,
			axis->decimals, number);
	}
}

static void put_time_ticks(FILE *out, const struct axis *axis)
{
	const int64_t last = (int64_t)floor(axis->high / axis->step + 1e-9);

	for (int64_t i = 0; i <= last; i++) {
		const double number = (double)i * axis->step, x = x_of(axis, number);

		fprintf(out, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, HEAD, PANEL - FOOT);
		fprintf(out, "<text class=\"x\" x=\"%.1f\" y=\"%d\">%.*f</text>\n", x, PANEL - 8,
			axis->decimals, number);
	}
}

/* From the highest values forward and along the lowest back: one piece of the run without a gap. */
static void put_envelope(FILE *out, const struct svg_piece *pieces, size_t count, int64_t start_ns,
			 const struct axis *time, const struct axis *value)
{
	fputs("<path class=\"line\" d=\"", out);
	for (size_t i = 0; i < 2 * count; i++) {
		const struct svg_piece *piece = &pieces[i < count ? i : 2 * count - 1 - i];

		fprintf(out, "%c%.1f %.1f", i ? 'L' : 'M',
			x_of(time, (double)(piece->time_ns - start_ns) / NS_PER_S),
			y_of(value, i < count ? piece->high : piece->low));
	}
	fputs("Z\"/>\n", out);
}

static void put_line(FILE *out, const struct svg_series *series, int64_t start_ns,
		     const struct axis *time, const struct axis *value)
{
	size_t first = 0;

	for (size_t i = 0; i <= series->piece_count; i++) {
		if (i < series->piece_count && series->pieces[i].count)
			continue;
		if (i > first)
			put_envelope(out, &series->pieces[first], i - first, start_ns, time, value);
		first = i + 1;
	}
}

static void put_panel(FILE *out, const struct svg_series *series, size_t index, int64_t start_ns,
		      const struct axis *time)
{
	const struct axis value = value_axis(series);

	fprintf(out, "<g transform=\"translate(0 %zu)\">\n", index * PANEL);
	fprintf(out, "<text class=\"name\" x=\"%d\" y=\"%d\">", LEFT, HEAD - 12);
	put_escaped(out, series->name);
	fputs(", ", out);
	put_escaped(out, series->unit);
	fputs("</text>\n", out);
	put_value_ticks(out, &value);
	put_time_ticks(out, time);
	put_line(out, series, start_ns, time, &value);
	fputs("</g>\n", out);
}

static void put_caption(FILE *out, size_t count, int64_t start_ns)
{
	const time_t start_s = (time_t)(start_ns / NS_PER_S);
	struct tm utc;
	char date[32] = "";

	if (gmtime_r(&start_s, &utc))
		strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", &utc);
	fprintf(out, "<text class=\"x\" x=\"%d\" y=\"%zu\">seconds since %s</text>\n",
		(LEFT + WIDTH - RIGHT) / 2, count * PANEL + CAPTION - 8, date);
}

void svg_write(FILE *out, const struct svg_series *series, size_t count)
{
	int64_t start_ns;
	const struct axis time = time_axis(series, count, &start_ns);
	const size_t height = count * PANEL + CAPTION;

	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" "
		"viewBox=\"0 0 %d %zu\">\n", WIDTH, height, WIDTH, height);
	fputs("<style>text{font:12px sans-serif}.y{text-anchor:end}.x{text-anchor:middle}"
	      ".name{font-weight:bold}.grid{stroke:#ccc;fill:none}"
	      ".line{stroke:#06c;fill:#06c;stroke-linejoin:round}</style>\n"
	      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n", out);
	for (size_t i = 0; i < count; i++)
		put_panel(out, &series[i], i, start_ns, &time);
	put_caption(out, count, start_ns);
	fputs("</svg>\n", out);
}
