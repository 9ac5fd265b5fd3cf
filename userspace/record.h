/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is one record of a run, and what holds for all of a run's records? */
#ifndef ADS1220_RECORD_H
#define ADS1220_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "iio.h"
#include "meaning.h"
#include "sample.h"
#include "text.h"

enum timestamp {
	TIMESTAMP_NONE,
	TIMESTAMP_ISO,
	TIMESTAMP_UNIX,
	TIMESTAMP_NS,
	TIMESTAMP_REL,
};

/* What a unit is called: in CSV's heads, as a key in JSON and InfluxDB, and in Prometheus. */
struct unit_names {
	const char *unit;
	const char *key;
	const char *metric;
	const char *help;
	/* whether the metric does not tell the unit */
	bool is_labelled;
};

/* where a thermocouple has none, and every other sensor */
#define NO_JUNCTION SIZE_MAX

/*
 * A channel as asked for; label is empty where neither the user nor the driver named it. decimals
 * are those of the sample, in V, ohm or degC; shown_decimals those of what the sensor makes of it.
 */
struct column {
	const struct adc_channel *channel;
	struct channel_choice choice;
	const char *label;
	unsigned int decimals;
	struct sample_scale scale;
	struct meaning meaning;
	double reference_v;
	size_t junction;
	bool converts;
	struct unit_names names;
	unsigned int shown_decimals;
	/* made by the writer of its first line: what is the same in all of this column's lines */
	struct text constant;
};

/*
 * time_ns counts from the start of 1970 UTC; a failed reading has nothing else. value is only there
 * for VALUE_OK.
 */
struct reading {
	bool failed;
	int64_t time_ns;
	struct sample sample;
	enum value_state state;
	int64_t value;
	double junction_degc;
};

/* One reading for each column, and how many records are missing before this one. */
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
	/* the first of them are written, all are read: behind are cold junctions */
	size_t count;
	size_t all;
	enum timestamp timestamp;
	struct second_text second;
	/* the first record's, from which relative times count */
	bool started;
	int64_t start_ns;
	uint64_t missed;
	struct layout layout;
};

#endif
