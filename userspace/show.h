/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is shown of a column's readings? */
#ifndef ADS1220_SHOW_H
#define ADS1220_SHOW_H

#include "record.h"

/* Names the unit and sets the decimals, once the column's scale and meaning are known. */
void show_prepare(struct column *column, bool fine);

/* Makes a value of the reading; a cold junction must have been read before. */
void show_reading(const struct table *table, struct record *record, size_t index);

#endif
