// SPDX-License-Identifier: GPL-2.0-or-later
/* Which channels does the user mean? */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "columns.h"

/* The data sheet calls ain0 what IIO calls voltage0. */
static bool is_pin_name(const char *name, const char *id)
{
	static const char pin[] = "ain", voltage[] = "voltage";

	for (;; name++, id++) {
		size_t digits;

		if (strncmp(name, pin, strlen(pin)) || strncmp(id, voltage, strlen(voltage)))
			return false;
		name += strlen(pin);
		id += strlen(voltage);
		digits = strspn(name, "0123456789");
		if (strncmp(name, id, digits))
			return false;
		name += digits;
		id += digits;
		if (!*name && !*id)
			return true;
		if (*name != '-' || *id != '-')
			return false;
	}
}

static bool is_id(const struct adc_channel *channel, const char *name)
{
	return strcmp(channel->id, name) == 0;
}

static bool is_label(const struct adc_channel *channel, const char *name)
{
	return *name && strcmp(channel->label, name) == 0;
}

static bool is_pin(const struct adc_channel *channel, const char *name)
{
	return is_pin_name(name, channel->id);
}

/* The ids go first, for they are the kernel's; a label is somebody's choice for this board. */
const struct adc_channel *find_channel(const struct adc *adc, const char *name)
{
	static bool (*const matches[])(const struct adc_channel *, const char *) = {
		is_id, is_label, is_pin,
	};

	for (size_t way = 0; way < sizeof(matches) / sizeof(matches[0]); way++) {
		for (size_t i = 0; i < adc->channel_count; i++) {
			if (matches[way](&adc->channels[i], name))
				return &adc->channels[i];
		}
	}
	return NULL;
}

unsigned int column_code_bits(const struct column *column)
{
	const struct code_range *codes = &column->channel->codes;

	return (unsigned int)lround(log2((double)codes->max - (double)codes->min + 1));
}

size_t count_conversions(const struct table *table)
{
	size_t count = 0;

	for (size_t i = 0; i < table->fetched; i++) {
		size_t first = 0;

		while (table->columns[first].channel != table->columns[i].channel)
			first++;
		count += first == i;
	}
	return count;
}

static void explain_missing(const struct adc *adc, const char *name)
{
	complain("device '%s' has no channel '%s'", adc->name, name);
	fputs("hint: it has", stderr);
	for (size_t i = 0; i < adc->channel_count; i++)
		fprintf(stderr, " %s", adc->channels[i].id);
	fputc('\n', stderr);
}

/* A channel whose label is the whole argument goes before what the argument may mean. */
static enum exit_code choose_column(const struct adc *adc, const char *argument,
				    struct column *column)
{
	struct channel_choice choice;
	struct sensor_error error;

	column->channel = find_channel(adc, argument);
	if (column->channel) {
		column->label = column->channel->label;
		return EXIT_OK;
	}
	if (!sensor_parse(argument, &choice, &error)) {
		complain("%s", error.what);
		hint(error.allowed);
		return EXIT_MISUSE;
	}
	column->channel = find_channel(adc, choice.channel);
	if (!column->channel) {
		explain_missing(adc, choice.channel);
		return EXIT_NO_DEVICE;
	}
	column->meaning.sensor = choice.sensor;
	memcpy(column->name, choice.name, sizeof(column->name));
	column->label = *column->name ? column->name : column->channel->label;
	return EXIT_OK;
}

enum exit_code choose_columns(const struct adc *adc, char *const *names, size_t name_count,
			      struct column *columns)
{
	enum exit_code code = EXIT_OK;

	for (size_t i = 0; i < name_count && code == EXIT_OK; i++)
		code = choose_column(adc, names[i], &columns[i]);
	for (size_t i = 0; !name_count && i < adc->channel_count; i++) {
		columns[i].channel = &adc->channels[i];
		columns[i].label = adc->channels[i].label;
	}
	return code;
}
