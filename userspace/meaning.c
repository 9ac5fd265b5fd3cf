// SPDX-License-Identifier: GPL-2.0-or-later
/* What is shown of a channel's measurement? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "meaning.h"

#define DIGITS			9
#define DECIMALS_MAX		15
#define DEGREE_DECIMALS		6
#define DEGREE_DECIMALS_STABLE	3
#define OHM_DECIMALS_STABLE	6
#define MV_DECIMALS_STABLE	6
#define DECIMALS_STABLE		9

/* A double is whole beyond this, and int64_t is not full yet. */
#define VALUE_MAX 9e18

/* No reference is larger: AVDD is at most 5.5 V (SBAS501 section 6.3). */
#define REFERENCE_MAX_V 5.5

/* Where the nine digits of volts and ohms begin: at gain 128 a code is 1.9 nV. */
#define SMALL_V 1e-3
#define SMALL_OHM 1

static const char *const own_units[] = {
	[QUANTITY_VOLTAGE] = "V",
	[QUANTITY_RESISTANCE] = "ohm",
	[QUANTITY_TEMPERATURE] = "degC",
	[QUANTITY_OTHER] = "raw",
};

const char *meaning_unit(const struct sensor *sensor, enum quantity quantity)
{
	return sensor->kind == SENSOR_NONE ? own_units[quantity] : sensor->unit;
}

/* The most that the sensor can show, 0 where that is degrees. */
static double largest_value(const struct sensor *sensor, enum quantity quantity)
{
	switch (sensor->kind) {
	case SENSOR_BRIDGE:
		return sensor->bridge.capacity;
	case SENSOR_LOOP:
		return fmax(fabs(sensor->loop.at_4_ma), fabs(sensor->loop.at_20_ma));
	case SENSOR_LINEAR:
		return fabs(sensor->linear.factor) * REFERENCE_MAX_V + fabs(sensor->linear.addend);
	case SENSOR_MILLIVOLT:
		return SMALL_V * 1000;
	case SENSOR_NONE:
	case SENSOR_VOLT:
		if (quantity == QUANTITY_VOLTAGE)
			return SMALL_V;
		return quantity == QUANTITY_RESISTANCE ? SMALL_OHM : 0;
	default:
		return 0;
	}
}

/* Those of sample.h for volts, ohms and degrees; a thousand-millionth of any other unit. */
static unsigned int stable_decimals(const char *unit)
{
	static const struct {
		const char *unit;
		unsigned int decimals;
	} units[] = {
		{ "mV", MV_DECIMALS_STABLE },
		{ "ohm", OHM_DECIMALS_STABLE },
		{ "degC", DEGREE_DECIMALS_STABLE },
		{ "raw", 0 },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(units[i].unit, unit) == 0)
			return units[i].decimals;
	}
	return DECIMALS_STABLE;
}

unsigned int meaning_decimals(const struct sensor *sensor, enum quantity quantity, bool fine)
{
	const double largest = largest_value(sensor, quantity);
	double decimals;

	if (!fine)
		return stable_decimals(meaning_unit(sensor, quantity));
	if (sensor->kind == SENSOR_RAW || quantity == QUANTITY_OTHER)
		return 0;
	if (largest <= 0)
		return DEGREE_DECIMALS;
	decimals = DIGITS - 1 - floor(log10(largest));
	return (unsigned int)fmin(fmax(decimals, 0), DECIMALS_MAX);
}

bool meaning_is_exact(const struct meaning *meaning)
{
	return !meaning->is_calibrated && meaning->sensor.kind <= SENSOR_RAW;
}

bool meaning_calibrate(struct meaning *meaning, enum quantity quantity,
		       const struct calibration *calibration, struct sensor_error *error)
{
	const char *unit = meaning_unit(&meaning->sensor, quantity);

	meaning->calibration = *calibration;
	meaning->is_calibrated = strcmp(unit, calibration->unit) == 0;
	if (meaning->is_calibrated)
		return true;
	snprintf(error->what, sizeof(error->what), "the calibration is in '%s', the value in '%s'",
		 calibration->unit, unit);
	snprintf(error->allowed, sizeof(error->allowed),
		 "calibrate in this unit, or name the sensor that it was made with");
	return false;
}

enum value_state meaning_number(const struct meaning *meaning,
				const struct measurement *measurement, double *number)
{
	double converted;
	const enum value_state state = sensor_value(&meaning->sensor, measurement, &converted);

	if (state == VALUE_OK)
		*number = meaning->is_calibrated ?
				  calibration_apply(&meaning->calibration, converted) : converted;
	return state;
}

enum value_state meaning_of(const struct meaning *meaning, const struct measurement *measurement,
			    int64_t *value)
{
	double number = 0;
	const enum value_state state = meaning_number(meaning, measurement, &number);
	const double scaled = number * pow(10, meaning->decimals);

	if (state != VALUE_OK)
		return state;
	if (!(fabs(scaled) <= VALUE_MAX))
		return VALUE_OUT_OF_RANGE;
	*value = llround(scaled);
	return VALUE_OK;
}
