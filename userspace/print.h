/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How is a record written down? */
#ifndef ADS1220_PRINT_H
#define ADS1220_PRINT_H

#include "record.h"

enum format {
	FORMAT_TEXT,
	FORMAT_PLAIN,
	FORMAT_TSV,
	FORMAT_CSV,
	FORMAT_JSONL,
	FORMAT_INFLUX,
	FORMAT_PROM,
	FORMAT_RAW,
};

/* What can be written before a round through all the channels has come to its end. */
enum grouping {
	/* a reading has a line of its own, which goes at once */
	EACH_READING,
	/* those that were taken, at the end or when told to stop */
	PART_OF_ROUND,
	/* a line is for all of them */
	WHOLE_ROUND,
};

struct writer {
	/* what -T is without -T */
	enum timestamp timestamp;
	enum grouping grouping;
	/* whether values have more decimals than the stable unit, where a code needs them */
	bool fine;
	/* what a file begins with, NULL for nothing */
	void (*head)(struct text *text, const struct table *table);
	/* writes count of the record's readings, from the first on */
	void (*record)(struct text *text, struct table *table, const struct record *record,
		       size_t first, size_t count);
};

/* FORMAT_TEXT is for people and may change, FORMAT_TSV is for programs and never does. */
extern const struct writer writers[];

#endif
