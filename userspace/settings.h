/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does a run set in the driver, and how is all as before afterwards? */
#ifndef ADS1220_SETTINGS_H
#define ADS1220_SETTINGS_H

#include <stddef.h>

#include "explain.h"
#include "iio.h"
#include "record.h"

struct setting {
	const struct adc_channel *channel;
	const char *name;
	char *before;
};

/* In the order in which they were made. */
struct settings {
	struct setting *list;
	size_t count;
};

/*
 * Each returns EXIT_OK, or has said what is wrong; what was set until then is still to be restored.
 */
enum exit_code set_rate(struct settings *settings, const struct adc *adc, const char *rate);

enum exit_code set_gain(struct settings *settings, const struct adc *adc,
			const struct column *columns, size_t count, unsigned int gain);

/* Times of samples then count from the start of 1970 UTC. */
enum exit_code set_clock(struct settings *settings, const struct adc *adc);

/* Forgets what was before, so that restoring changes nothing. */
void settings_keep(struct settings *settings);

/* The last one set goes first. */
void settings_restore(struct settings *settings, const struct adc *adc);

/* The rate in samples a second, 0 where the driver does not tell. */
double current_rate(const struct adc *adc);

#define NUMBERS_MAX 64

/* The rates that can be set, up to NUMBERS_MAX of them; returns how many. */
size_t possible_rates(const struct adc *adc, double rates[NUMBERS_MAX]);

/* The gains of a channel, 0 of them where it has but one scale; *current is the one it has. */
size_t possible_gains(const struct adc *adc, const struct adc_channel *channel,
		      double gains[NUMBERS_MAX], double *current);

#endif
