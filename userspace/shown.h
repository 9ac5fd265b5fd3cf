/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does a column show of what its channel measured? Pure. */
#ifndef ADS1220_SHOWN_H
#define ADS1220_SHOWN_H

#include "record.h"

/* Fills in state and value of the readings; those of cold junctions first. */
void show_readings(const struct table *table, struct record *record, size_t first, size_t count);

/* The value as a number of the column's unit, nan where there is none. */
double shown_number(const struct column *column, const struct reading *reading);

#endif
