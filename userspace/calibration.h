/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How is a label's value corrected? The calibration file, as text.
 *
 *	# a remark
 *	[kitchen scale]
 *	unit = kg
 *	zero = 0.01234
 *	gain = 1.0002
 *
 * A value in that unit becomes (value - zero) * gain. zero is 0 and gain is 1 where they are not
 * given. Pure: text in, text out.
 */
#ifndef ADS1220_CALIBRATION_H
#define ADS1220_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "sensor.h"

/* No file is larger, whatever was written into it. */
#define CALIBRATION_TEXT_MAX 65536

struct calibration {
	char unit[SENSOR_UNIT_MAX];
	double zero;
	double gain;
};

/* line counts from 1 */
struct calibration_error {
	unsigned int line;
	char what[192];
};

enum calibration_status {
	CALIBRATION_FOUND,
	CALIBRATION_NONE,
	CALIBRATION_BAD,
};

/* The whole text is read, so that a fault anywhere in it is found at once. */
enum calibration_status calibration_find(const char *text, const char *label,
					 struct calibration *calibration,
					 struct calibration_error *error);

/* Whether a label can stand in the file: it is not empty, and has neither ']' nor a line's end. */
bool calibration_label_fits(const char *label);

/*
 * Writes into changed the text with this label's section added or replaced; remarks and the other
 * sections stay as they are. False where that would be longer than CALIBRATION_TEXT_MAX - 1, or
 * where the label does not fit. The text was read without a fault before.
 */
bool calibration_change(const char *text, const char *label, const struct calibration *calibration,
			char changed[CALIBRATION_TEXT_MAX]);

double calibration_apply(const struct calibration *calibration, double value);

/* What reads as value now is zero from now on; the gain stays. */
void calibration_tare(struct calibration *calibration, double value);

/* What reads as value now is known: false where that is at the zero, which no gain can move. */
bool calibration_gain(struct calibration *calibration, double value, double known);

#endif
