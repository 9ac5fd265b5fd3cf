/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is shown of a channel's measurement: converted, corrected, with how many decimals?
 *
 * A value is a whole number of 10^-decimals of its unit, as an exact sample's is.
 */
#ifndef ADS1220_MEANING_H
#define ADS1220_MEANING_H

#include "calibration.h"
#include "convert.h"

struct meaning {
	struct sensor sensor;
	bool is_calibrated;
	struct calibration calibration;
	unsigned int decimals;
};

/* The unit that a value is in: the sensor's, or without one the channel's own. */
const char *meaning_unit(const struct sensor *sensor, enum quantity quantity);

/*
 * How many decimals a value has: degrees six, anything else so many that the largest value the
 * sensor can give has nine digits. The integers that never change have 9, those of mV and ohms 6,
 * of degrees 3.
 */
unsigned int meaning_decimals(const struct sensor *sensor, enum quantity quantity, bool fine);

/* Whether the exact sample can be shown as it is, with no arithmetic but a moved point. */
bool meaning_is_exact(const struct meaning *meaning);

/* False, in words, for a calibration that was made in another unit. */
bool meaning_calibrate(struct meaning *meaning, enum quantity quantity,
		       const struct calibration *calibration, struct sensor_error *error);

/* *value is only set for VALUE_OK. */
enum value_state meaning_of(const struct meaning *meaning, const struct measurement *measurement,
			    int64_t *value);

/* The same as a number, before it is cut to decimals. */
enum value_state meaning_number(const struct meaning *meaning,
				const struct measurement *measurement, double *number);

#endif
