// SPDX-License-Identifier: GPL-2.0-or-later
/* How is a record written down for people and the simplest programs? The rest is in export.c. */
#include <string.h>

#include "export.h"
#include "print.h"

/* A value is shown in this unit with so many decimals, from so many of the stable unit on. */
struct display_unit {
	const char *name;
	unsigned int decimals;
};

#define NV_PER_V 1000000000

static const struct display_unit volt = { "V", 9 };
static const struct display_unit millivolt = { "mV", 6 };

static const char over_range[] = "over-range";

/* What the last decimal of a unit is called. */
static void put_stable_unit(struct text *text, const struct column *column)
{
	static const struct {
		const char *unit;
		const char *stable;
	} names[] = {
		{ "V", "nV" }, { "mV", "nV" }, { "ohm", "uohm" }, { "degC", "mdegC" },
		{ "raw", "raw" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(column->unit, names[i].unit) == 0) {
			text_string(text, names[i].stable);
			return;
		}
	}
	text_char(text, 'n');
	text_string(text, column->unit);
}

static const char *state_word(enum value_state state)
{
	return state == VALUE_SATURATED ? over_range : value_state_name(state);
}

static void print_tsv_line(struct text *text, struct table *table, size_t index,
			   const struct reading *reading)
{
	const struct column *column = &table->columns[index];

	if (export_time(text, table, reading->time_ns))
		text_char(text, '\t');
	text_string(text, column->channel->id);
	text_char(text, '\t');
	if (reading->state == VALUE_OK)
		text_integer(text, reading->value);
	else
		text_string(text, state_word(reading->state));
	text_char(text, '\t');
	put_stable_unit(text, column);
	text_char(text, '\t');
	text_integer(text, reading->sample.raw);
	text_char(text, '\n');
}

static void print_tsv(struct text *text, struct table *table, const struct record *record,
		      size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		if (!record->readings[i].failed)
			print_tsv_line(text, table, i, &record->readings[i]);
	}
}

/* Without a sensor, volts are in mV as long as they are few. */
static struct display_unit display_unit_of(const struct column *column, int64_t value)
{
	if (column->meaning.sensor.kind != SENSOR_NONE || strcmp(column->unit, "V"))
		return (struct display_unit){ column->unit, column->decimals };
	return value >= NV_PER_V || value <= -NV_PER_V ? volt : millivolt;
}

/* Returns the unit's name, or NULL where a word stands for the value. */
static const char *format_value(struct text *text, const struct column *column,
				const struct reading *reading)
{
	const struct display_unit unit = display_unit_of(column, reading->value);

	if (reading->state != VALUE_OK) {
		text_string(text, state_word(reading->state));
		return NULL;
	}
	text_significant(text, reading->value, unit.decimals, column->digits);
	return unit.name;
}

static void widen(size_t *width, size_t length)
{
	if (*width < length)
		*width = length;
}

/* How long is the part before the point? A word or a whole number has no other. */
static size_t whole_part(const struct text *text, size_t start)
{
	const char *number = text->bytes + start;
	const char *point = memchr(number, '.', text->length - start);

	return point ? (size_t)(point - number) : text->length - start;
}

static void measure(struct text *text, struct layout *layout, const struct column *column,
		    const struct reading *reading)
{
	const size_t start = text->length;

	widen(&layout->id, strlen(column->channel->id));
	widen(&layout->label, strlen(column->label));
	format_value(text, column, reading);
	if (text->lost)
		return;
	widen(&layout->whole, whole_part(text, start));
	widen(&layout->fraction, text->length - start - whole_part(text, start));
	text->length = start;
}

/* Moves what begins at start to the right, so that its points stand below each other. */
static void align_point(struct text *text, size_t start, size_t width)
{
	const size_t length = text->length - start, whole = whole_part(text, start);
	const size_t blanks = whole < width ? width - whole : 0;

	text_pad(text, text->length, blanks);
	if (text->lost)
		return;
	memmove(text->bytes + start + blanks, text->bytes + start, length);
	memset(text->bytes + start, ' ', blanks);
}

static void print_name(struct text *text, const char *name, size_t width)
{
	const size_t start = text->length;

	text_string(text, name);
	text_pad(text, start, width + 2);
}

static void print_text_line(struct text *text, struct table *table, size_t index,
			    const struct reading *reading)
{
	const struct column *column = &table->columns[index];
	const struct layout *layout = &table->layout;
	const char *unit;
	size_t start;

	if (export_time(text, table, reading->time_ns))
		text_string(text, "  ");
	print_name(text, column->channel->id, layout->id);
	if (layout->label)
		print_name(text, column->label, layout->label);
	start = text->length;
	unit = format_value(text, column, reading);
	if (text->lost)
		return;
	align_point(text, start, layout->whole);
	if (unit) {
		text_pad(text, start, layout->whole + layout->fraction + 1);
		text_string(text, unit);
	}
	text_char(text, '\n');
}

static void print_text(struct text *text, struct table *table, const struct record *record,
		       size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		if (!record->readings[i].failed)
			measure(text, &table->layout, &table->columns[i], &record->readings[i]);
	}
	for (size_t i = first; i < first + count && !text->lost; i++) {
		if (!record->readings[i].failed)
			print_text_line(text, table, i, &record->readings[i]);
	}
}

/* Nothing but numbers: what plots them takes nan for a point that is not there. */
static void print_plain(struct text *text, struct table *table, const struct record *record,
			size_t first, size_t count)
{
	if (export_time(text, table, record->readings[first].time_ns))
		text_char(text, ' ');
	for (size_t i = first; i < first + count; i++) {
		if (i > first)
			text_char(text, ' ');
		if (!export_number(text, &table->columns[i], &record->readings[i]))
			text_string(text, "nan");
	}
	text_char(text, '\n');
}

const struct writer writers[] = {
	[FORMAT_TEXT]	= { TIMESTAMP_NONE, PART_OF_ROUND, false, NULL, print_text },
	[FORMAT_PLAIN]	= { TIMESTAMP_NONE, WHOLE_ROUND, true, NULL, print_plain },
	[FORMAT_TSV]	= { TIMESTAMP_NONE, EACH_READING, false, NULL, print_tsv },
	[FORMAT_CSV]	= { TIMESTAMP_ISO, WHOLE_ROUND, true, export_csv_head, export_csv },
	[FORMAT_JSONL]	= { TIMESTAMP_ISO, EACH_READING, true, NULL, export_jsonl },
	[FORMAT_INFLUX]	= { TIMESTAMP_NS, EACH_READING, true, NULL, export_influx },
	[FORMAT_PROM]	= { TIMESTAMP_NONE, WHOLE_ROUND, true, NULL, export_prom },
	[FORMAT_RAW]	= { TIMESTAMP_NS, WHOLE_ROUND, false, NULL, export_raw },
};
