/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What does a channel's text in sysfs measure, as an exact integer?
 *
 * Pure: no libiio, no floating point, no locale. The IIO ABI gives (raw + offset) * scale in
 * millivolt, ohm or thousandths of a degree; what comes out is nV, uohm or mdegC.
 */
#ifndef ADS1220_SAMPLE_H
#define ADS1220_SAMPLE_H

#include <stdint.h>

enum quantity {
	QUANTITY_VOLTAGE,
	QUANTITY_RESISTANCE,
	QUANTITY_TEMPERATURE,
	QUANTITY_OTHER,
};

enum sample_state {
	SAMPLE_VALUE,
	SAMPLE_OVER_RANGE,
	SAMPLE_RAW,
};

/* The attributes as read, NULL where the driver has none; raw is always there. */
struct sample_text {
	const char *raw;
	const char *offset;
	const char *scale;
	const char *scale_available;
};

/* The codes at which the converter clips. */
struct code_range {
	int64_t min;
	int64_t max;
};

/* value is only meant in the state SAMPLE_VALUE */
struct sample {
	enum sample_state state;
	int64_t raw;
	int64_t value;
};

extern const struct code_range ads1220_codes;

/* The unit of a stable integer value, "raw" for what has none. */
const char *sample_unit(enum quantity quantity);

/* Returns NULL, or the name of the attribute that is no number or too large a one. */
const char *sample_convert(enum quantity quantity, const struct code_range *codes,
			   const struct sample_text *text, struct sample *sample);

#endif
