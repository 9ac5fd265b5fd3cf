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

/* A channel's offset and scale: (raw * parts_per_code + offset_parts) * num / den. */
struct sample_scale {
	enum quantity quantity;
	int64_t parts_per_code;
	int64_t offset_parts;
	int64_t num;
	/* 0 where the channel has no scale */
	int64_t den;
};

extern const struct code_range ads1220_codes;

/* The unit of a stable integer value, "raw" for what has none. */
const char *sample_unit(enum quantity quantity);

/* How many decimals of a V, an ohm or a degC the stable unit stands for. */
unsigned int sample_decimals(enum quantity quantity);

/*
 * How many are needed to show each code's value to a hundredth of a code; never fewer than those.
 */
unsigned int sample_fine_decimals(enum quantity quantity, const struct sample_text *text);

/* Returns NULL, or the name of the attribute to blame; raw is not used. */
const char *sample_prepare(enum quantity quantity, const struct sample_text *text,
			   unsigned int decimals, struct sample_scale *scale);

/* value then has the decimals that the scale was prepared for. */
const char *sample_apply(const struct sample_scale *scale, const struct code_range *codes,
			 int64_t raw, struct sample *sample);

/* Returns NULL, or the name of the attribute that is no number or too large a one. */
const char *sample_convert(enum quantity quantity, const struct code_range *codes,
			   const struct sample_text *text, struct sample *sample);

/* The same, with so many decimals of a V, an ohm or a degC instead of the stable unit's. */
const char *sample_convert_to(enum quantity quantity, const struct code_range *codes,
			      const struct sample_text *text, unsigned int decimals,
			      struct sample *sample);

#endif
