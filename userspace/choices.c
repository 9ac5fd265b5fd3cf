// SPDX-License-Identifier: GPL-2.0-or-later
/* Which of the numbers that a driver offers is meant? */
#include <stdlib.h>
#include <string.h>

#include "choices.h"

/* all that strtod() passes over by itself */
#define BLANKS " \t\n\v\f\r"

/* what the user types for a rate is one of the list if it differs by less than this share */
#define RATE_TOLERANCE 1e-5

/* LSB = Vref / (gain * 2^23), gains are 1 to 128 (SBAS501 section 8.6) */
#define GAIN_MAX 128

bool choices_next(const char **list, double *number)
{
	char *end;

	*list += strspn(*list, BLANKS);
	*number = strtod(*list, &end);
	if (end == *list || !strchr(BLANKS, *end))
		return false;
	*list = end;
	return true;
}

/* The same, and the number's own text; what is no finite number above 0 is passed over. */
static bool next_choice(const char **list, double *number, char text[CHOICE_MAX])
{
	for (;;) {
		const char *const before = *list;
		const char *start;
		size_t length;

		if (!choices_next(list, number))
			return false;
		start = before + strspn(before, BLANKS);
		length = (size_t)(*list - start);
		if (!(*number > 0) || *number - *number != 0 || length >= CHOICE_MAX)
			continue;
		memcpy(text, start, length);
		text[length] = '\0';
		return true;
	}
}

static double distance(double a, double b)
{
	return a > b ? a - b : b - a;
}

bool choices_rate(const char *list, double wanted, char found[CHOICE_MAX])
{
	char text[CHOICE_MAX];
	double rate, best = 0;

	found[0] = '\0';
	while (next_choice(&list, &rate, text)) {
		if (best > 0 && distance(rate, wanted) >= distance(best, wanted))
			continue;
		best = rate;
		memcpy(found, text, CHOICE_MAX);
	}
	return best > 0 && distance(best, wanted) <= wanted * RATE_TOLERANCE;
}

double choices_largest(const char *list)
{
	char text[CHOICE_MAX];
	double number, most = 0;

	while (next_choice(&list, &number, text)) {
		if (number > most)
			most = number;
	}
	return most;
}

unsigned int choices_gain(double largest, double scale)
{
	const double gain = scale > 0 ? largest / scale + 0.5 : 0;

	return gain < GAIN_MAX + 1 ? (unsigned int)gain : 0;
}

bool choices_scale(const char *list, unsigned int gain, char found[CHOICE_MAX])
{
	const double largest = choices_largest(list);
	double scale;

	while (next_choice(&list, &scale, found)) {
		if (choices_gain(largest, scale) == gain)
			return true;
	}
	found[0] = '\0';
	return false;
}
