/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is one record of a run, and what holds for all of a run's records? */
#ifndef ADS1220_RECORD_H
#define ADS1220_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "iio.h"
#include "meaning.h"
#include "reduce.h"
#include "sample.h"
#include "text.h"

enum timestamp {
	TIMESTAMP_NONE,
	TIMESTAMP_ISO,
	TIMESTAMP_UNIX,
	TIMESTAMP_NS,
	TIMESTAMP_REL,
};

/* Of a column whose cold junction is no channel. */
#define NO_JUNCTION SIZE_MAX

struct unit_names;

/* A channel as asked for; label is empty where neither the user nor the driver named it. */
struct column {
	const struct adc_channel *channel;
	const char *label;
	char name[SENSOR_NAME_MAX];
	struct sample_scale scale;
	/*
	 * of a V, an ohm or a degC, that the scale was prepared for: to show each code where it is
	 * fine
	 */
	bool fine;
	unsigned int measured_decimals;
	struct meaning meaning;
	/* which column is the thermocouple's cold junction */
	size_t junction;
	/* what the end of the range stands for, and what gain 1 would make of it */
	double full_scale;
	double reference_v;
	/* of the unit, that all the values of this column have */
	unsigned int decimals;
	/* of a value at the most, 0 for all there are */
	unsigned int digits;
	const char *unit;
	const struct unit_names *unit_names;
	/* made by the writer of its first line: what is the same in all of this column's lines */
	struct text constant;
};

/* What the user knows it by. */
static inline const char *column_name(const struct column *column)
{
	return *column->label ? column->label : column->channel->id;
}

/*
 * time_ns counts from the start of 1970 UTC; a failed reading has nothing else but its state. value
 * is what is shown of the sample, only meant for VALUE_OK.
 */
struct reading {
	bool failed;
	int64_t time_ns;
	struct sample sample;
	enum value_state state;
	int64_t value;
	/* the block of readings that it stands for; NULL for one alone */
	const struct reduced *reduced;
};

/* One reading for each fetched column, and how many records are missing before this one. */
struct record {
	struct reading *readings;
	uint64_t missed;
};

/* Columns of the format for people grow with what was printed, and never shrink. */
struct layout {
	size_t id;
	size_t label;
	size_t whole;
	size_t fraction;
};

struct table {
	const char *device_id;
	const char *device_name;
	struct column *columns;
	size_t count;
	/* with those behind them that are fetched as cold junctions alone */
	size_t fetched;
	/* whether the readings are averages */
	bool averages;
	enum timestamp timestamp;
	struct second_text second;
	/* the first record's, from which relative times count */
	bool started;
	int64_t start_ns;
	uint64_t missed;
	struct layout layout;
};

#endif
