/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which channels does the user mean, and what is connected to them? */
#ifndef ADS1220_COLUMNS_H
#define ADS1220_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "explain.h"
#include "record.h"

/* By id, label or pins; NULL where there is none of that name. */
const struct adc_channel *find_channel(const struct adc *adc, const char *name);

/*
 * Makes one column for each argument, CHANNEL[=NAME][:SENSOR], or for each channel there is where
 * there is none; behind them one for each thermocouple whose cold junction is a channel. A failure
 * has been explained.
 */
enum exit_code choose_columns(const struct adc *adc, char *const *arguments, size_t argument_count,
			      struct table *table);

void forget_columns(struct table *table);

#endif
