/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How do other programs want a record? */
#ifndef ADS1220_EXPORT_H
#define ADS1220_EXPORT_H

#include "record.h"

/* In the table's kind of time; returns whether it has one. */
bool export_time(struct text *text, struct table *table, int64_t time_ns);

/* The value in V, ohm or degC, or the code of what has no scale; returns whether there is one. */
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
