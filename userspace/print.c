// SPDX-License-Identifier: GPL-2.0-or-later
/* How is a reading written down? */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "print.h"

/* 19 digits, sign, point */
#define NUMBER_MAX 24

/* One of these is 10^decimals of the stable unit, so that no digit is lost. */
struct display_unit {
	const char *name;
	unsigned int decimals;
	uint64_t size;
};

static const struct display_unit volt = { "V", 9, 1000000000 };

static const struct display_unit display_units[] = {
	[QUANTITY_VOLTAGE]	= { "mV", 6, 1000000 },
	[QUANTITY_RESISTANCE]	= { "ohm", 6, 1000000 },
	[QUANTITY_TEMPERATURE]	= { "degC", 3, 1000 },
};

static const char over_range[] = "over-range";

static void print_tsv_line(const struct reading *reading, enum timestamp timestamp)
{
	const struct sample *sample = &reading->sample;
	const char *id = reading->channel->id;
	const char *unit = sample_unit(reading->channel->quantity);

	if (timestamp == TIMESTAMP_NS)
		printf("%" PRId64 "\t", reading->time_ns);
	switch (sample->state) {
	case SAMPLE_VALUE:
		printf("%s\t%" PRId64 "\t%s\t%" PRId64 "\n", id, sample->value, unit, sample->raw);
		return;
	case SAMPLE_OVER_RANGE:
		printf("%s\t%s\t%s\t%" PRId64 "\n", id, over_range, unit, sample->raw);
		return;
	case SAMPLE_RAW:
		printf("%s\t%" PRId64 "\traw\t%" PRId64 "\n", id, sample->raw, sample->raw);
	}
}

static void print_tsv(const struct reading *readings, size_t count, struct layout *layout)
{
	for (size_t i = 0; i < count; i++)
		print_tsv_line(&readings[i], layout->timestamp);
}

static uint64_t magnitude(int64_t value)
{
	return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

static const struct display_unit *display_unit_of(const struct reading *reading)
{
	const enum quantity quantity = reading->channel->quantity;

	if (quantity == QUANTITY_VOLTAGE && magnitude(reading->sample.value) >= volt.size)
		return &volt;
	return &display_units[quantity];
}

static void format_value(const struct reading *reading, char number[NUMBER_MAX])
{
	const struct display_unit *unit = display_unit_of(reading);
	const int64_t value = reading->sample.value;
	const uint64_t size = magnitude(value);

	snprintf(number, NUMBER_MAX, "%s%" PRIu64 ".%0*" PRIu64, value < 0 ? "-" : "",
		 size / unit->size, (int)unit->decimals, size % unit->size);
}

static const char *format_reading(const struct reading *reading, char number[NUMBER_MAX])
{
	switch (reading->sample.state) {
	case SAMPLE_VALUE:
		format_value(reading, number);
		return display_unit_of(reading)->name;
	case SAMPLE_RAW:
		snprintf(number, NUMBER_MAX, "%" PRId64, reading->sample.raw);
		return "raw";
	case SAMPLE_OVER_RANGE:
		break;
	}
	memcpy(number, over_range, sizeof(over_range));
	return NULL;
}

static void widen(int *width, size_t length)
{
	if (*width < (int)length)
		*width = (int)length;
}

static void measure(const struct reading *reading, struct layout *layout)
{
	char number[NUMBER_MAX];
	size_t point;

	format_reading(reading, number);
	point = strcspn(number, ".");
	widen(&layout->id, strlen(reading->channel->id));
	widen(&layout->label, strlen(reading->channel->label));
	widen(&layout->whole, point);
	widen(&layout->fraction, strlen(number) - point);
}

static void print_text_line(const struct reading *reading, const struct layout *layout)
{
	char number[NUMBER_MAX];
	const char *unit = format_reading(reading, number);
	const int point = (int)strcspn(number, ".");

	if (layout->timestamp == TIMESTAMP_NS)
		printf("%" PRId64 "  ", reading->time_ns);
	printf("%-*s  ", layout->id, reading->channel->id);
	if (layout->label)
		printf("%-*s  ", layout->label, reading->channel->label);
	printf("%*.*s", layout->whole, point, number);
	if (unit)
		printf("%-*s %s", layout->fraction, number + point, unit);
	putchar('\n');
}

/* The numbers stand with their points below each other. */
static void print_text(const struct reading *readings, size_t count, struct layout *layout)
{
	for (size_t i = 0; i < count; i++)
		measure(&readings[i], layout);
	for (size_t i = 0; i < count; i++)
		print_text_line(&readings[i], layout);
}

const struct writer writers[] = {
	[FORMAT_TEXT]	= { false, print_text },
	[FORMAT_TSV]	= { true, print_tsv },
};
