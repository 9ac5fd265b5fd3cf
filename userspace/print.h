/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How is a reading written down? */
#ifndef ADS1220_PRINT_H
#define ADS1220_PRINT_H

#include <stddef.h>

#include "iio.h"
#include "sample.h"

struct reading {
	const struct adc_channel *channel;
	struct sample sample;
};

/* For programs: id, integer value, unit, code, with tabs between. This form never changes. */
void print_tab(const struct reading *readings, size_t count);

/* For people: columns of id, label, value and unit. May change. */
void print_text(const struct reading *readings, size_t count);

#endif
