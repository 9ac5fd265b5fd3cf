// SPDX-License-Identifier: GPL-2.0-or-later
/* What does a run set in the driver, and how is all as before afterwards? */
#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings.h"

#define BLANKS " \t\n"

/* what the user types for a rate is one of the list if it differs by less than this share */
#define RATE_TOLERANCE 1e-5

/* LSB = Vref / (gain * 2^23), gains are 1 to 128 (SBAS501 section 8.6.1.1) */
#define GAIN_MAX 128

static const char rate_name[] = "sampling_frequency";
static const char rates_name[] = "sampling_frequency_available";

/* Parses one number of a list and moves past it. */
static bool next_number(const char **list, double *number)
{
	char *end;

	*list += strspn(*list, BLANKS);
	*number = strtod(*list, &end);
	if (end == *list || !strchr(BLANKS, *end))
		return false;
	*list = end;
	return true;
}

static bool remember(struct settings *settings, const struct adc_channel *channel,
		     const char *name, const char *before)
{
	const size_t size = (settings->count + 1) * sizeof(*settings->list);
	struct setting *list = realloc(settings->list, size);
	char *copy = strdup(before);

	if (list)
		settings->list = list;
	if (!list || !copy) {
		free(copy);
		return false;
	}
	copy[strcspn(copy, "\n")] = '\0';
	list[settings->count++] = (struct setting){ channel, name, copy };
	return true;
}

/* What is so already is not written: that takes no permission, and no reader is disturbed. */
static enum exit_code change(struct settings *settings, const struct adc *adc,
			     const struct adc_channel *channel, const char *name, const char *text)
{
	char before[ADC_TEXT_MAX];
	int ret = adc_get(adc, channel, name, before);

	if (ret)
		return explain_setting(adc, channel, name, -ret);
	before[strcspn(before, "\n")] = '\0';
	if (strcmp(before, text) == 0)
		return EXIT_OK;
	if (!remember(settings, channel, name, before))
		return explain_setting(adc, channel, name, ENOMEM);
	ret = adc_set(adc, channel, name, text);
	if (!ret)
		return EXIT_OK;
	free(settings->list[--settings->count].before);
	return explain_setting(adc, channel, name, -ret);
}

/* Where the rate is each channel's own, the first one's stands for all. */
static const struct adc_channel *rate_owner(const struct adc *adc)
{
	char text[ADC_TEXT_MAX];

	if (adc_get(adc, NULL, rate_name, text) != -ENOENT)
		return NULL;
	for (size_t i = 0; i < adc->channel_count; i++) {
		if (adc_get(adc, &adc->channels[i], rate_name, text) != -ENOENT)
			return &adc->channels[i];
	}
	return NULL;
}

double current_rate(const struct adc *adc)
{
	char text[ADC_TEXT_MAX];
	const char *at = text;
	double rate;

	if (adc_get(adc, rate_owner(adc), rate_name, text) || !next_number(&at, &rate))
		return 0;
	return rate > 0 ? rate : 0;
}

static double distance(double a, double b)
{
	return a > b ? a - b : b - a;
}

/* The driver's own text of the rate asked for, or of the nearest there is. */
static bool find_rate(const char *list, double wanted, char found[64])
{
	double rate, best = -1;

	for (const char *at = list; next_number(&at, &rate);) {
		const char *start = list + strspn(list, BLANKS);

		if (best < 0 || distance(rate, wanted) < distance(best, wanted)) {
			best = rate;
			snprintf(found, 64, "%.*s", (int)(at - start), start);
		}
		list = at;
	}
	return best > 0 && distance(best, wanted) <= wanted * RATE_TOLERANCE;
}

static void hint_numbers(const char *list, const char *nearest)
{
	double number;

	fputs("hint: it takes", stderr);
	while (next_number(&list, &number))
		fprintf(stderr, " %.9g", number);
	fprintf(stderr, "; the nearest is %.9g\n", strtod(nearest, NULL));
}

enum exit_code set_rate(struct settings *settings, const struct adc *adc, const char *rate)
{
	const struct adc_channel *owner = rate_owner(adc);
	char list[ADC_TEXT_MAX], found[64] = "";
	const char *at = rate;
	double wanted;
	int ret;

	if (!next_number(&at, &wanted) || *at || !(wanted > 0)) {
		complain("'%s' is no rate", rate);
		hint("-r takes samples a second, such as 20 or 11.25");
		return EXIT_MISUSE;
	}
	ret = adc_get(adc, owner, rates_name, list);
	if (ret)
		return explain_setting(adc, owner, rates_name, -ret);
	if (*list == '[')
		return change(settings, adc, owner, rate_name, rate);
	if (!find_rate(list, wanted, found)) {
		complain("'%s' has no rate of %s samples a second", adc->name, rate);
		hint_numbers(list, found);
		return EXIT_MISUSE;
	}
	return change(settings, adc, owner, rate_name, found);
}

static double largest(const char *list)
{
	double number, most = 0;

	while (next_number(&list, &number)) {
		if (number > most)
			most = number;
	}
	return most;
}

static unsigned int gain_of(double scale, double top)
{
	const double gain = scale > 0 ? top / scale + 0.5 : 0;

	return gain < GAIN_MAX + 1 ? (unsigned int)gain : 0;
}

/* The scale whose gain it is; the largest one belongs to gain 1. */
static bool find_scale(const char *list, unsigned int gain, char found[64])
{
	const double top = largest(list);
	const char *at = list;
	double scale;

	while (next_number(&at, &scale)) {
		const char *start = list + strspn(list, BLANKS);

		if (gain_of(scale, top) == gain) {
			snprintf(found, 64, "%.*s", (int)(at - start), start);
			return true;
		}
		list = at;
	}
	return false;
}

static void hint_gains(const char *list)
{
	const double top = largest(list);
	double scale;

	fputs("hint: it takes", stderr);
	while (next_number(&list, &scale))
		fprintf(stderr, " %u", gain_of(scale, top));
	fputc('\n', stderr);
}

static enum exit_code set_gain_of(struct settings *settings, const struct adc *adc,
				  const struct adc_channel *channel, const char *list,
				  unsigned int gain)
{
	char found[64];

	if (find_scale(list, gain, found))
		return change(settings, adc, channel, "scale", found);
	complain("channel '%s' has no gain of %u", channel->id, gain);
	hint_gains(list);
	return EXIT_MISUSE;
}

/* Temperature and monitors have one scale alone, and are left as they are. */
enum exit_code set_gain(struct settings *settings, const struct adc *adc,
			const struct column *columns, size_t count, unsigned int gain)
{
	char list[ADC_TEXT_MAX];
	enum exit_code code;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (adc_get(adc, columns[i].channel, "scale_available", list))
			continue;
		any = true;
		code = set_gain_of(settings, adc, columns[i].channel, list, gain);
		if (code != EXIT_OK)
			return code;
	}
	if (any)
		return EXIT_OK;
	complain("no channel asked for has a gain that can be set");
	hint("'" PROGRAM " --list' shows the gains of each channel");
	return EXIT_MISUSE;
}

size_t possible_rates(const struct adc *adc, double rates[NUMBERS_MAX])
{
	char list[ADC_TEXT_MAX];
	const char *at = list;
	size_t count = 0;

	if (adc_get(adc, rate_owner(adc), rates_name, list))
		return 0;
	while (count < NUMBERS_MAX && next_number(&at, &rates[count]))
		count++;
	return count;
}

size_t possible_gains(const struct adc *adc, const struct adc_channel *channel,
		      double gains[NUMBERS_MAX], double *current)
{
	char list[ADC_TEXT_MAX], scale[ADC_TEXT_MAX];
	const char *at = list, *start = scale;
	double number;
	size_t count = 0;

	if (adc_get(adc, channel, "scale_available", list) ||
	    adc_get(adc, channel, "scale", scale) || !next_number(&start, &number))
		return 0;
	*current = gain_of(number, largest(list));
	while (count < NUMBERS_MAX && next_number(&at, &number))
		gains[count++] = gain_of(number, largest(list));
	return count;
}

enum exit_code set_clock(struct settings *settings, const struct adc *adc)
{
	static const char name[] = "current_timestamp_clock";
	char text[ADC_TEXT_MAX];

	if (adc_get(adc, NULL, name, text) == -ENOENT)
		return EXIT_OK;
	return change(settings, adc, NULL, name, "realtime");
}

void settings_keep(struct settings *settings)
{
	while (settings->count)
		free(settings->list[--settings->count].before);
	free(settings->list);
	settings->list = NULL;
}

void settings_restore(struct settings *settings, const struct adc *adc)
{
	for (size_t i = settings->count; i--;) {
		const struct setting *setting = &settings->list[i];
		const int ret = adc_set(adc, setting->channel, setting->name, setting->before);

		if (ret)
			explain_setting(adc, setting->channel, setting->name, -ret);
	}
	settings_keep(settings);
}
