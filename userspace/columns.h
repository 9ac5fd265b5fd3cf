/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which channels does the user mean? */
#ifndef ADS1220_COLUMNS_H
#define ADS1220_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "explain.h"
#include "record.h"

/* By id, label or pins; NULL where there is none of that name. */
const struct adc_channel *find_channel(const struct adc *adc, const char *name);

/*
 * Fills one column for each name, or for each channel there is where no name was given; there is
 * room for all of them. A failure has been explained.
 */
enum exit_code choose_columns(const struct adc *adc, char *const *names, size_t name_count,
			      struct column *columns);

/* A channel that is fetched twice is converted once. */
size_t count_conversions(const struct table *table);

/* How wide the codes are. */
unsigned int column_code_bits(const struct column *column);

#endif
