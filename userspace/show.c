// SPDX-License-Identifier: GPL-2.0-or-later
/* What is shown of a column's readings? */
#include <math.h>
#include <string.h>

#include "show.h"

/* Values that are no degrees are billionths of their unit in the format that never changes. */
#define STABLE_DECIMALS 9
#define STABLE_DEGREE_DECIMALS 3

static const struct unit_names quantity_names[] = {
	[QUANTITY_VOLTAGE]	= { "V", "V", "ads1220_volts", "Voltage.", false },
	[QUANTITY_RESISTANCE]	= { "ohm", "ohm", "ads1220_ohms", "Resistance.", false },
	[QUANTITY_TEMPERATURE]	= { "C", "temperature_C", "ads1220_celsius", "Temperature.",
				    false },
	[QUANTITY_OTHER]	= { "raw", NULL, "ads1220_code", "Code without a scale.", false },
};

static const enum quantity quantities[] = { QUANTITY_VOLTAGE, QUANTITY_RESISTANCE };

/* What is in a unit of a quantity is called by it. */
static struct unit_names names_of_unit(const char *unit)
{
	if (strcmp(unit, meaning_unit(&(struct sensor){ 0 }, QUANTITY_TEMPERATURE)) == 0)
		return quantity_names[QUANTITY_TEMPERATURE];
	for (size_t i = 0; i < sizeof(quantities) / sizeof(quantities[0]); i++) {
		if (strcmp(unit, quantity_names[quantities[i]].unit) == 0)
			return quantity_names[quantities[i]];
	}
	return (struct unit_names){ unit, unit, "ads1220_value", "Value of a sensor.", true };
}

void show_prepare(struct column *column, bool fine)
{
	const struct sensor *sensor = &column->meaning.sensor;
	const enum quantity quantity = column->scale.den ? column->channel->quantity : QUANTITY_OTHER;

	column->converts = sensor->kind != SENSOR_NONE || column->meaning.is_calibrated;
	column->names = quantity_names[quantity];
	column->shown_decimals = column->scale.den ? column->decimals : 0;
	if (!column->converts)
		return;
	if (sensor->kind == SENSOR_RAW)
		column->names = quantity_names[QUANTITY_OTHER];
	else
		column->names = names_of_unit(meaning_unit(sensor, quantity));
	column->shown_decimals = meaning_decimals(sensor, quantity, fine);
	if (!fine && sensor->kind != SENSOR_RAW)
		column->shown_decimals = column->names.metric == quantity_names[QUANTITY_TEMPERATURE].metric
						 ? STABLE_DEGREE_DECIMALS : STABLE_DECIMALS;
	column->meaning.decimals = column->shown_decimals;
}

/* Where the converter clipped, this is the end of its range. */
static double measured(const struct column *column, const struct sample *sample)
{
	const struct sample_scale *scale = &column->scale;

	if (!scale->den || column->meaning.sensor.kind == SENSOR_RAW)
		return (double)sample->raw;
	return ((double)sample->raw * (double)scale->parts_per_code + (double)scale->offset_parts) *
	       (double)scale->num / (double)scale->den / pow(10, column->decimals);
}

static double junction_of(const struct table *table, const struct record *record,
			  const struct column *column)
{
	const struct reading *reading;

	if (column->junction == NO_JUNCTION)
		return NAN;
	reading = &record->readings[column->junction];
	if (reading->failed || reading->state != VALUE_OK)
		return NAN;
	return (double)reading->value / pow(10, table->columns[column->junction].shown_decimals);
}

static void show_exact(struct reading *reading)
{
	const struct sample *sample = &reading->sample;

	reading->state = sample->state == SAMPLE_OVER_RANGE ? VALUE_SATURATED : VALUE_OK;
	reading->value = sample->state == SAMPLE_RAW ? sample->raw : sample->value;
}

void show_reading(const struct table *table, struct record *record, size_t index)
{
	const struct column *column = &table->columns[index];
	struct reading *reading = &record->readings[index];
	struct measurement measurement;

	reading->state = VALUE_ERROR;
	if (reading->failed)
		return;
	if (!column->converts) {
		show_exact(reading);
		return;
	}
	reading->junction_degc = junction_of(table, record, column);
	measurement = (struct measurement){
		.quantity = column->channel->quantity,
		.clipped = reading->sample.state == SAMPLE_OVER_RANGE,
		.value = measured(column, &reading->sample),
		.reference_v = column->reference_v,
		.junction_degc = reading->junction_degc,
	};
	reading->state = meaning_of(&column->meaning, &measurement, &reading->value);
}
