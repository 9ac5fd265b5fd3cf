// SPDX-License-Identifier: GPL-2.0-or-later
/* How is a chart kept up to date on a terminal? */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "plot.h"

#define COLUMNS_HZ	10
#define DRAW_NS		INT64_C(100000000)

/* What a serial line that knows no size is taken for. */
#define COLUMNS_DEFAULT	80
#define ROWS_DEFAULT	24

/* ECMA-48: to the first cell, and clear from here to the end of the line or of the screen. */
#define HOME		"\033[H"
#define CLEAR_LINE	"\033[K"
#define CLEAR_BELOW	"\033[J"

bool plot_is_possible(int fd)
{
	return isatty(fd);
}

bool plot_begin(struct plot *plot, const struct table *table, double rate_sps)
{
	*plot = (struct plot){ .values_per_column = 1 };
	if (rate_sps / (double)table->fetched > COLUMNS_HZ)
		plot->values_per_column =
			(unsigned int)(rate_sps / (double)table->fetched / COLUMNS_HZ);
	plot->series = calloc(table->count, sizeof(*plot->series));
	for (; plot->series && plot->count < table->count; plot->count++) {
		const struct column *column = &table->columns[plot->count];

		if (!chart_begin(&plot->series[plot->count], column_name(column), column->unit))
			return false;
	}
	return plot->series;
}

void plot_end(struct plot *plot)
{
	while (plot->count)
		chart_end(&plot->series[--plot->count]);
	free(plot->series);
	plot->series = NULL;
}

/* By the variables that decide which characters programs write. */
static bool is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcasestr(value, "UTF-8") || strcasestr(value, "UTF8");
	}
	return false;
}

/* Asked for each time, so that a window may change its size. */
static void measure(int fd, struct chart_view *view)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) || !size.ws_col || !size.ws_row)
		size = (struct winsize){ .ws_col = COLUMNS_DEFAULT, .ws_row = ROWS_DEFAULT };
	view->columns = size.ws_col;
	/* the last row is left for the cursor: a line's end there would scroll */
	view->rows = size.ws_row - 1u;
}

static void draw(const struct plot *plot, struct text *text, const struct chart_view *view)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&bytes, &length);

	if (out)
		chart_draw(out, plot->series, plot->count, view);
	if (out && fclose(out) == 0)
		text_bytes(text, bytes, length);
	else
		text->lost = true;
	free(bytes);
}

void plot_draw(struct plot *plot, struct text *text, int fd, int64_t now_ns, bool last)
{
	struct chart_view view = { .values_per_column = plot->values_per_column,
				   .utf8 = is_utf8(), .line_end = CLEAR_LINE "\n" };

	if (!last && plot->drawn && now_ns - plot->drawn_ns < DRAW_NS)
		return;
	plot->drawn = true;
	plot->drawn_ns = now_ns;
	measure(fd, &view);
	text_string(text, HOME);
	draw(plot, text, &view);
	text_string(text, CLEAR_BELOW);
}
