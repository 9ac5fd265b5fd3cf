/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How do other programs want a record? */
#ifndef ADS1220_EXPORT_H
#define ADS1220_EXPORT_H

#include "record.h"

/* What the formats call a value in that unit; one that they know no name for goes by itself. */
const struct unit_names *export_names(const char *unit);

/* In the table's kind of time; returns whether it has one. */
bool export_time(struct text *text, struct table *table, int64_t time_ns);

/* The value in the column's unit; returns whether there is one. */
bool export_number(struct text *text, const struct column *column, const struct reading *reading);

/* In quotes, with the escapes of RFC 8259 section 7. */
void export_json_string(struct text *text, const char *string);

void export_csv_head(struct text *text, const struct table *table);

void export_csv(struct text *text, struct table *table, const struct record *record, size_t first,
		size_t count);

void export_jsonl(struct text *text, struct table *table, const struct record *record,
		  size_t first, size_t count);

void export_influx(struct text *text, struct table *table, const struct record *record,
		   size_t first, size_t count);

void export_prom(struct text *text, struct table *table, const struct record *record, size_t first,
		 size_t count);

void export_raw(struct text *text, struct table *table, const struct record *record, size_t first,
		size_t count);

#endif
