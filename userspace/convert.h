/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does a sensor say, given what its channel measured? */
#ifndef ADS1220_CONVERT_H
#define ADS1220_CONVERT_H

#include <stdbool.h>

#include "sample.h"
#include "sensor.h"

/* What is not VALUE_OK has no number. */
enum value_state {
	VALUE_OK,
	VALUE_SATURATED,	/* the converter clipped */
	VALUE_OPEN,		/* it clipped where no such sensor can bring it */
	VALUE_OUT_OF_RANGE,	/* beyond what the sensor is described for */
	VALUE_ERROR,		/* the sensor or its cold junction says that it has failed */
	VALUE_STATES,
};

/*
 * value is in V, ohm or degC by the channel's quantity, in codes for SENSOR_RAW, and where the
 * converter clipped the end of its range. reference_v is needed by bridges, and by platinum with
 * rref=. junction_degc is no number where the cold junction could not be read.
 */
struct measurement {
	enum quantity quantity;
	bool clipped;
	double value;
	double reference_v;
	double junction_degc;
};

/* The word that every format writes: ok, saturated, open, out-of-range, error. */
const char *value_state_name(enum value_state state);

/* Whether the sensor can be on a channel of that kind; otherwise in words what it needs. */
bool sensor_fits(const struct sensor *sensor, enum quantity quantity, struct sensor_error *error);

/* *result is in the sensor's unit, and only set for VALUE_OK. */
enum value_state sensor_value(const struct sensor *sensor, const struct measurement *measurement,
			      double *result);

#endif
