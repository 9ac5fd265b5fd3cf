// SPDX-License-Identifier: GPL-2.0-or-later
/* Which channels does the user mean? */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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

static void explain_missing(const struct adc *adc, const char *name)
{
	complain("device '%s' has no channel '%s'", adc->name, name);
	fputs("hint: it has", stderr);
	for (size_t i = 0; i < adc->channel_count; i++)
		fprintf(stderr, " %s", adc->channels[i].id);
	fputc('\n', stderr);
}

static enum exit_code explain_sensor(const struct sensor_error *error)
{
	complain("%s", error->what);
	hint(error->allowed);
	return EXIT_MISUSE;
}

/* A whole argument that is a channel's name is that, whatever it contains. */
static enum exit_code choose_column(const struct adc *adc, const char *argument,
				    struct column *column)
{
	struct sensor_error error = { 0 };

	column->channel = find_channel(adc, argument);
	if (!column->channel && strpbrk(argument, "=:")) {
		if (!sensor_parse(argument, &column->choice, &error))
			return explain_sensor(&error);
		column->channel = find_channel(adc, column->choice.channel);
	}
	if (!column->channel) {
		explain_missing(adc, *column->choice.channel ? column->choice.channel : argument);
		return EXIT_NO_DEVICE;
	}
	column->label = *column->choice.name ? column->choice.name : column->channel->label;
	column->meaning.sensor = column->choice.sensor;
	if (!sensor_fits(&column->meaning.sensor, column->channel->quantity, &error))
		return explain_sensor(&error);
	return EXIT_OK;
}

/* Whom the user means among the columns goes before the channels: he may have named it. */
static const struct column *find_column(const struct adc *adc, const struct table *table,
					const char *name)
{
	const struct adc_channel *channel = find_channel(adc, name);

	for (size_t i = 0; i < table->count; i++) {
		if (strcmp(table->columns[i].label, name) == 0 || table->columns[i].channel == channel)
			return &table->columns[i];
	}
	return NULL;
}

static bool is_temperature(const struct column *column)
{
	return strcmp(meaning_unit(&column->meaning.sensor, column->channel->quantity),
		      meaning_unit(&(struct sensor){ 0 }, QUANTITY_TEMPERATURE)) == 0;
}

/* A cold junction is read before all the thermocouples that need it: it is a column of its own. */
static enum exit_code choose_junction(const struct adc *adc, struct table *table, size_t index)
{
	const struct sensor *sensor = &table->columns[index].meaning.sensor;
	struct column *junction = &table->columns[table->all];
	const struct column *named;

	if (sensor->kind != SENSOR_THERMOCOUPLE || !*sensor->thermocouple.junction)
		return EXIT_OK;
	named = find_column(adc, table, sensor->thermocouple.junction);
	*junction = (struct column){ .junction = NO_JUNCTION, .label = "" };
	junction->channel = named ? named->channel
				  : find_channel(adc, sensor->thermocouple.junction);
	if (named)
		junction->meaning.sensor = named->meaning.sensor;
	if (!junction->channel) {
		explain_missing(adc, sensor->thermocouple.junction);
		return EXIT_NO_DEVICE;
	}
	if (!is_temperature(junction)) {
		complain("'%s' is no temperature, which a cold junction must be",
			 sensor->thermocouple.junction);
		hint("cj=temp is the chip's own sensor, cj=25.0 a fixed temperature");
		return EXIT_MISUSE;
	}
	table->columns[index].junction = table->all++;
	return EXIT_OK;
}

static bool make_room(struct table *table, size_t count)
{
	table->columns = calloc(2 * count, sizeof(*table->columns));
	table->count = table->columns ? count : 0;
	table->all = table->count;
	for (size_t i = 0; i < table->count; i++)
		table->columns[i].junction = NO_JUNCTION;
	return table->columns != NULL;
}

enum exit_code choose_columns(const struct adc *adc, char *const *arguments, size_t argument_count,
			      struct table *table)
{
	enum exit_code code = EXIT_OK;

	if (!make_room(table, argument_count ? argument_count : adc->channel_count))
		return explain_open(ADC_NO_MEMORY, ENOMEM, "", adc->name);
	for (size_t i = 0; i < argument_count && code == EXIT_OK; i++)
		code = choose_column(adc, arguments[i], &table->columns[i]);
	for (size_t i = 0; i < argument_count && code == EXIT_OK; i++)
		code = choose_junction(adc, table, i);
	for (size_t i = 0; !argument_count && i < adc->channel_count; i++) {
		table->columns[i].channel = &adc->channels[i];
		table->columns[i].label = adc->channels[i].label;
	}
	return code;
}

void forget_columns(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		text_free(&table->columns[i].constant);
	free(table->columns);
}
