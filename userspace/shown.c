// SPDX-License-Identifier: GPL-2.0-or-later
/* What does a column show of what its channel measured? */
#include <math.h>

#include "shown.h"

double shown_number(const struct column *column, const struct reading *reading)
{
	return reading->failed || reading->state != VALUE_OK ?
		       NAN : (double)reading->value / pow(10, column->decimals);
}

static void show_exact(const struct column *column, struct reading *reading)
{
	const struct sample *sample = &reading->sample;
	const bool is_raw = column->meaning.sensor.kind == SENSOR_RAW;

	reading->state = sample->state == SAMPLE_OVER_RANGE ? VALUE_SATURATED : VALUE_OK;
	reading->value = is_raw || sample->state == SAMPLE_RAW ? sample->raw : sample->value;
}

/*
 * What was measured, to more digits than the sample has: from the code, as long as the scale is the
 * one that was learnt. When channels are read one by one, somebody may change it.
 */
static double measured_value(const struct column *column, const struct sample *sample)
{
	const struct sample_scale *scale = &column->scale;
	const double size = pow(10, column->measured_decimals);
	const double parts = (double)sample->raw * (double)scale->parts_per_code +
			     (double)scale->offset_parts;
	const double by_code = parts * (double)scale->num / (double)scale->den;

	return (fabs(by_code - (double)sample->value) < 1 ? by_code : (double)sample->value) / size;
}

static void show_converted(const struct table *table, const struct record *record,
			   const struct column *column, struct reading *reading)
{
	const struct sample *sample = &reading->sample;
	struct measurement measurement = {
		.quantity = column->channel->quantity,
		.clipped = sample->state == SAMPLE_OVER_RANGE,
		.reference_v = column->reference_v,
		.junction_degc = NAN,
	};

	measurement.value = measured_value(column, sample);
	if (measurement.clipped)
		measurement.value = sample->raw < 0 ? -column->full_scale : column->full_scale;
	if (column->junction != NO_JUNCTION)
		measurement.junction_degc = shown_number(&table->columns[column->junction],
							 &record->readings[column->junction]);
	reading->state = meaning_of(&column->meaning, &measurement, &reading->value);
}

static void show(const struct table *table, struct record *record, size_t index)
{
	const struct column *column = &table->columns[index];
	struct reading *reading = &record->readings[index];

	if (reading->failed)
		reading->state = VALUE_ERROR;
	else if (meaning_is_exact(&column->meaning))
		show_exact(column, reading);
	else
		show_converted(table, record, column, reading);
}

/* Records with cold junctions come whole, so that these are there already. */
void show_readings(const struct table *table, struct record *record, size_t first, size_t count)
{
	for (size_t i = table->count; i < table->fetched; i++)
		show(table, record, i);
	for (size_t i = first; i < first + count; i++) {
		if (table->columns[i].junction == NO_JUNCTION)
			show(table, record, i);
	}
	for (size_t i = first; i < first + count; i++) {
		if (table->columns[i].junction != NO_JUNCTION)
			show(table, record, i);
	}
}
