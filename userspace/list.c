// SPDX-License-Identifier: GPL-2.0-or-later
/* Which channels, gains and rates does the device have? */
#include <stdio.h>
#include <string.h>

#include "export.h"
#include "list.h"
#include "settings.h"

/* id, label and unit */
#define WORDS 3

/* What can be chosen: its id and label, and the numbers that what is set takes. */
struct entry {
	const char *what;
	const char *id;
	const char *label;
	const char *unit;
	double current;
	double possible[NUMBERS_MAX];
	size_t count;
};

static const char *const units[] = {
	[QUANTITY_VOLTAGE] = "V", [QUANTITY_RESISTANCE] = "ohm",
	[QUANTITY_TEMPERATURE] = "degC", [QUANTITY_OTHER] = "raw",
};

static void put_number(struct text *text, double number)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%.9g", number);
	text_string(text, digits);
}

static void put_possible(struct text *text, const struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		if (i)
			text_char(text, ',');
		put_number(text, entry->possible[i]);
	}
}

static void put_json(struct text *text, const struct entry *entry)
{
	text_string(text, "{\"id\":");
	export_json_string(text, entry->id);
	text_string(text, ",\"label\":");
	export_json_string(text, entry->label);
	text_string(text, ",\"unit\":");
	export_json_string(text, entry->unit);
	if (entry->count) {
		text_string(text, ",\"");
		text_string(text, entry->what);
		text_string(text, "\":");
		put_number(text, entry->current);
		text_string(text, ",\"possible\":[");
		put_possible(text, entry);
		text_char(text, ']');
	}
	text_string(text, "}\n");
}

static void put_words(struct text *text, const struct entry *entry, const size_t widths[WORDS],
		      bool aligned)
{
	const char *const words[WORDS] = { entry->id, entry->label, entry->unit };

	for (size_t i = 0; i < WORDS; i++) {
		const size_t start = text->length;
		const bool is_last = i == WORDS - 1 && !entry->count;

		text_string(text, words[i]);
		if (!aligned)
			text_char(text, '\t');
		else if (!is_last)
			text_pad(text, start, widths[i] + 2);
	}
}

static void put_line(struct text *text, const struct entry *entry, const size_t widths[WORDS],
		     bool aligned)
{
	put_words(text, entry, widths, aligned);
	if (entry->count) {
		if (aligned && strcmp(entry->what, entry->id) != 0) {
			text_string(text, entry->what);
			text_char(text, ' ');
		}
		put_number(text, entry->current);
		text_string(text, aligned ? " of " : "\t");
		put_possible(text, entry);
	} else if (!aligned) {
		text_char(text, '\t');
	}
	text_char(text, '\n');
}

static void describe_channel(const struct adc *adc, const struct adc_channel *channel,
			     struct entry *entry)
{
	*entry = (struct entry){ .what = "gain", .id = channel->id, .label = channel->label,
				 .unit = units[channel->quantity] };
	entry->count = possible_gains(adc, channel, entry->possible, &entry->current);
}

static void describe_rate(const struct adc *adc, struct entry *entry)
{
	*entry = (struct entry){ .what = "rate", .id = "rate", .label = "", .unit = "Hz",
				 .current = current_rate(adc) };
	entry->count = possible_rates(adc, entry->possible);
}

static void widen(size_t *width, const char *word)
{
	if (*width < strlen(word))
		*width = strlen(word);
}

static void put_entry(struct output *output, const struct entry *entry, enum format format,
		      const size_t widths[WORDS])
{
	if (format == FORMAT_JSONL)
		put_json(&output->text, entry);
	else
		put_line(&output->text, entry, widths, format != FORMAT_TSV);
}

void list_device(struct output *output, const struct adc *adc, enum format format)
{
	size_t widths[WORDS] = { strlen("rate") };
	struct entry entry;

	for (size_t i = 0; i < adc->channel_count; i++) {
		widen(&widths[0], adc->channels[i].id);
		widen(&widths[1], adc->channels[i].label);
		widen(&widths[2], units[adc->channels[i].quantity]);
	}
	for (size_t i = 0; i < adc->channel_count; i++) {
		describe_channel(adc, &adc->channels[i], &entry);
		put_entry(output, &entry, format, widths);
	}
	describe_rate(adc, &entry);
	if (entry.count)
		put_entry(output, &entry, format, widths);
	output_flush(output);
}
