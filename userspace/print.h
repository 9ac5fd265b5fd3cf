/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How is a reading written down? */
#ifndef ADS1220_PRINT_H
#define ADS1220_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "iio.h"
#include "sample.h"

enum format {
	FORMAT_TEXT,
	FORMAT_TSV,
};

enum timestamp {
	TIMESTAMP_NONE,
	TIMESTAMP_NS,
};

/* time_ns counts from the start of 1970 UTC */
struct reading {
	const struct adc_channel *channel;
	struct sample sample;
	int64_t time_ns;
};

/* Columns grow with what was printed, and never shrink. */
struct layout {
	enum timestamp timestamp;
	int id;
	int label;
	int whole;
	int fraction;
};

struct writer {
	/* whether each line can be written before the next channel is read */
	bool line_by_line;
	void (*print)(const struct reading *readings, size_t count, struct layout *layout);
};

/* FORMAT_TEXT is for people and may change, FORMAT_TSV is for programs and never does. */
extern const struct writer writers[];

#endif
