// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * choices.c - can any list of rates or scales that a driver or a remote board gives harm the choice, or
 * have it take what is not in the list?
 *
 * Links: userspace/choices.c
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/choices.h"

#define TEXT_MAX 4096
#define BLANKS " \t\n\v\f\r"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

/* What would be written to the driver is one whole word of its own. */
static void require_word_of(const char *list, const char *found)
{
	const size_t length = strlen(found);
	const char *at = list;

	require(length > 0 && length < CHOICE_MAX && !strpbrk(found, BLANKS));
	while ((at = strstr(at, found))) {
		if ((at == list || strchr(BLANKS, at[-1])) && strchr(BLANKS, at[length]))
			return;
		at++;
	}
	abort();
}

static void choose_rate(const char *list, double wanted)
{
	char found[CHOICE_MAX];
	const bool is_there = choices_rate(list, wanted, found);

	require(memchr(found, '\0', sizeof(found)));
	if (found[0])
		require_word_of(list, found);
	if (is_there)
		require(fabs(strtod(found, NULL) - wanted) <= wanted * 1e-5);
}

static void choose_scale(const char *list, unsigned int gain)
{
	char found[CHOICE_MAX];

	if (!choices_scale(list, gain, found)) {
		require(!found[0]);
		return;
	}
	require_word_of(list, found);
	require(choices_gain(choices_largest(list), strtod(found, NULL)) == gain);
}

static void walk(const char *list)
{
	const double largest = choices_largest(list);
	const char *at = list;
	double number;

	while (choices_next(&at, &number))
		require(at > list && at <= list + strlen(list) && choices_gain(largest, number) <= 128);
}

/* The rate wanted, the gain wanted and the list, one a line; the list may have further ones. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MAX];
	char *gain, *list;

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	gain = strchr(text, '\n');
	list = gain ? strchr(gain + 1, '\n') : NULL;
	if (!list)
		return 0;
	*gain++ = '\0';
	*list++ = '\0';
	walk(list);
	choose_rate(list, strtod(text, NULL));
	choose_scale(list, (unsigned int)strtoul(gain, NULL, 10));
	return 0;
}
