/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does each column need to know before its channel is read? */
#ifndef ADS1220_PREPARE_H
#define ADS1220_PREPARE_H

#include "explain.h"
#include "record.h"

/*
 * Finds the cold junctions, by the columns' names or as channels; those that were not asked for
 * become columns of their own behind the others. There is room for one to each.
 */
enum exit_code find_junctions(const struct adc *adc, struct table *table);

/*
 * fine values show each code, the others are those of the stable unit; corrected ones are
 * calibrated. reference_v is 0 where the driver's own holds; calibrations names a file in place of
 * the usual ones.
 */
struct preparation {
	bool fine;
	bool corrected;
	double reference_v;
	const char *calibrations;
};

/* What a value is in, and how exactly: once the scales are known. */
enum exit_code prepare_columns(const struct adc *adc, struct table *table,
			       const struct preparation *how);

#endif
