/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which channels, gains and rates does the device have? */
#ifndef ADS1220_LIST_H
#define ADS1220_LIST_H

#include "iio.h"
#include "output.h"
#include "print.h"

/*
 * A line for each channel and one for the rate; jsonl as objects, tsv with tabs, else for people.
 */
void list_device(struct output *output, const struct adc *adc, enum format format);

#endif
