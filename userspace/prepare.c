// SPDX-License-Identifier: GPL-2.0-or-later
/* What does each column need to know before its channel is read? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calibration-file.h"
#include "columns.h"
#include "export.h"
#include "prepare.h"
#include "settings.h"

#define MV_DECIMALS 3

/* A column's own name goes before a channel's. */
static bool find_among(const struct table *table, const char *name, size_t *index)
{
	for (*index = 0; *index < table->fetched; ++*index) {
		if (*name && strcmp(table->columns[*index].label, name) == 0)
			return true;
	}
	return false;
}

static bool find_channel_among(const struct table *table, const struct adc_channel *channel,
			       size_t *index)
{
	for (*index = 0; *index < table->fetched; ++*index) {
		if (table->columns[*index].channel == channel)
			return true;
	}
	return false;
}

static enum exit_code find_junction(const struct adc *adc, struct table *table,
				    struct column *column)
{
	const char *name = column->meaning.sensor.thermocouple.junction;
	const struct adc_channel *channel;

	if (find_among(table, name, &column->junction))
		return EXIT_OK;
	channel = find_channel(adc, name);
	if (!channel) {
		complain("there is no channel '%s' for the cold junction of '%s'", name,
			 column->channel->id);
		hint("name another one, or give its temperature: tc=K,cj=25.0");
		return EXIT_NO_DEVICE;
	}
	if (find_channel_among(table, channel, &column->junction))
		return EXIT_OK;
	table->columns[table->fetched] = (struct column){ .channel = channel,
							  .label = channel->label,
							  .junction = NO_JUNCTION };
	column->junction = table->fetched++;
	return EXIT_OK;
}

static bool needs_junction(const struct column *column)
{
	const struct sensor *sensor = &column->meaning.sensor;

	return sensor->kind == SENSOR_THERMOCOUPLE && sensor->thermocouple.junction[0];
}

enum exit_code find_junctions(const struct adc *adc, struct table *table)
{
	table->fetched = table->count;
	for (size_t i = 0; i < table->count; i++) {
		struct column *column = &table->columns[i];
		enum exit_code code = EXIT_OK;

		column->junction = NO_JUNCTION;
		if (needs_junction(column))
			code = find_junction(adc, table, column);
		if (code != EXIT_OK)
			return code;
	}
	return EXIT_OK;
}

/* What has no scale is in codes, whatever it measures. */
static enum quantity quantity_of(const struct column *column)
{
	return column->scale.den ? column->channel->quantity : QUANTITY_OTHER;
}

static void learn_range(const struct adc *adc, struct column *column, double reference_v)
{
	const struct sample_scale *scale = &column->scale;
	double gains[NUMBERS_MAX], gain;

	column->full_scale = NAN;
	column->reference_v = reference_v > 0 ? reference_v : NAN;
	if (!scale->den)
		return;
	column->full_scale = ((double)column->channel->codes.max + 1) *
			     (double)scale->parts_per_code * (double)scale->num /
			     (double)scale->den / pow(10, column->measured_decimals);
	if (isnan(column->reference_v) && possible_gains(adc, column->channel, gains, &gain))
		column->reference_v = column->full_scale * gain;
}

static enum exit_code check_sensor(const struct column *column)
{
	struct sensor_error error;

	if (sensor_fits(&column->meaning.sensor, quantity_of(column), &error))
		return EXIT_OK;
	complain("the sensor does not fit '%s': %s", column->channel->id, error.what);
	hint(error.allowed);
	return EXIT_MISUSE;
}

/* A cold junction that shows no degrees would be taken for some. */
static enum exit_code check_junction(const struct table *table, const struct column *column)
{
	const struct column *junction;

	if (column->junction == NO_JUNCTION)
		return EXIT_OK;
	junction = &table->columns[column->junction];
	if (junction != column && junction->junction == NO_JUNCTION &&
	    strcmp(junction->unit, "degC") == 0)
		return EXIT_OK;
	complain("'%s' is no cold junction for '%s': it is in %s", junction->channel->id,
		 column->channel->id, junction->unit);
	hint("make it a column with a sensor that shows degC, such as CHANNEL=cold:rtd=pt100 and"
	     " cj=cold");
	return EXIT_MISUSE;
}

/* A channel without a label is calibrated by its id. */
static enum exit_code load_calibration(struct column *column, const struct preparation *how)
{
	const char *label = column_name(column);
	struct calibration calibration;
	struct calibration_fault fault;
	struct sensor_error error;

	switch (calibration_load(how->calibrations, !how->corrected, label, &calibration, &fault)) {
	case CALIBRATION_NONE:
		return EXIT_OK;
	case CALIBRATION_BAD:
		complain("%s", fault.what);
		hint(fault.hint);
		return EXIT_FAILED;
	case CALIBRATION_FOUND:
		break;
	}
	if (!meaning_calibrate(&column->meaning, quantity_of(column), &calibration, &error) &&
	    how->corrected)
		complain("'%s' is shown without its calibration: %s", label, error.what);
	column->meaning.is_calibrated &= how->corrected;
	return EXIT_OK;
}

/* An exact value has the decimals that the sample has, in mV three fewer. */
static unsigned int decimals_of(const struct column *column, bool fine)
{
	const enum sensor_kind kind = column->meaning.sensor.kind;

	if (!meaning_is_exact(&column->meaning))
		return meaning_decimals(&column->meaning.sensor, quantity_of(column), fine);
	if (kind == SENSOR_RAW || quantity_of(column) == QUANTITY_OTHER)
		return 0;
	return column->measured_decimals - (kind == SENSOR_MILLIVOLT ? MV_DECIMALS : 0);
}

enum exit_code prepare_columns(const struct adc *adc, struct table *table,
			       const struct preparation *how)
{
	enum exit_code code = EXIT_OK;

	for (size_t i = 0; i < table->fetched && code == EXIT_OK; i++) {
		struct column *column = &table->columns[i];

		code = check_sensor(column);
		if (code == EXIT_OK)
			code = load_calibration(column, how);
		learn_range(adc, column, how->reference_v);
		column->decimals = column->meaning.decimals = decimals_of(column, how->fine);
		column->unit = meaning_unit(&column->meaning.sensor, quantity_of(column));
		column->unit_names = export_names(column->unit);
	}
	for (size_t i = 0; i < table->count && code == EXIT_OK; i++)
		code = check_junction(table, &table->columns[i]);
	return code;
}
