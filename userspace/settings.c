// SPDX-License-Identifier: GPL-2.0-or-later
/* What does a run set in the driver, and how is all as before afterwards? */
#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "settings.h"

static const char rate_name[] = "sampling_frequency";
static const char rates_name[] = "sampling_frequency_available";

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

	if (adc_get(adc, rate_owner(adc), rate_name, text) || !choices_next(&at, &rate))
		return 0;
	return rate > 0 ? rate : 0;
}

static void hint_numbers(const char *list, const char *nearest)
{
	double number;

	fputs("hint: it takes", stderr);
	while (choices_next(&list, &number))
		fprintf(stderr, " %.9g", number);
	if (*nearest)
		fprintf(stderr, "; the nearest is %.9g", strtod(nearest, NULL));
	fputc('\n', stderr);
}

enum exit_code set_rate(struct settings *settings, const struct adc *adc, const char *rate)
{
	const struct adc_channel *owner = rate_owner(adc);
	char list[ADC_TEXT_MAX], found[CHOICE_MAX];
	const double wanted = strtod(rate, NULL);
	const int ret = adc_get(adc, owner, rates_name, list);

	if (ret)
		return explain_setting(adc, owner, rates_name, -ret);
	if (*list == '[')
		return change(settings, adc, owner, rate_name, rate);
	if (!choices_rate(list, wanted, found)) {
		complain("'%s' has no rate of %s samples a second", adc->name, rate);
		hint_numbers(list, found);
		return EXIT_MISUSE;
	}
	return change(settings, adc, owner, rate_name, found);
}

static void hint_gains(const char *list)
{
	const double largest = choices_largest(list);
	double scale;

	fputs("hint: it takes", stderr);
	while (choices_next(&list, &scale))
		fprintf(stderr, " %u", choices_gain(largest, scale));
	fputc('\n', stderr);
}

static enum exit_code set_gain_of(struct settings *settings, const struct adc *adc,
				  const struct adc_channel *channel, const char *list,
				  unsigned int gain)
{
	char found[CHOICE_MAX];

	if (choices_scale(list, gain, found))
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
	while (count < NUMBERS_MAX && choices_next(&at, &rates[count]))
		count++;
	return count;
}

size_t possible_gains(const struct adc *adc, const struct adc_channel *channel,
		      double gains[NUMBERS_MAX], double *current)
{
	char list[ADC_TEXT_MAX], scale[ADC_TEXT_MAX];
	const char *at = list, *start = scale;
	double number, largest;
	size_t count = 0;

	if (adc_get(adc, channel, "scale_available", list) ||
	    adc_get(adc, channel, "scale", scale) || !choices_next(&start, &number))
		return 0;
	largest = choices_largest(list);
	*current = choices_gain(largest, number);
	while (count < NUMBERS_MAX && choices_next(&at, &number))
		gains[count++] = choices_gain(largest, number);
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

/* A device that has gone took its settings with it, and that it has gone is said already. */
void settings_restore(struct settings *settings, const struct adc *adc)
{
	for (size_t i = settings->count; i--;) {
		const struct setting *setting = &settings->list[i];
		const int ret = adc_set(adc, setting->channel, setting->name, setting->before);

		if (ret && ret != -ENOENT && ret != -ENODEV)
			explain_setting(adc, setting->channel, setting->name, -ret);
	}
	settings_keep(settings);
}
