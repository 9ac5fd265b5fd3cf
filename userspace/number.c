// SPDX-License-Identifier: GPL-2.0-or-later
/* Which number does a text that a person wrote begin with? */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

#define NUMBER_MAX 64

static size_t digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

static size_t sign_at(const char *text)
{
	return *text == '+' || *text == '-';
}

/* The length of "e-3", 0 where an e belongs to what follows the number. */
static size_t exponent_at(const char *text)
{
	size_t sign, digits;

	if (*text != 'e' && *text != 'E')
		return 0;
	sign = sign_at(text + 1);
	digits = digits_at(text + 1 + sign);
	return digits ? 1 + sign + digits : 0;
}

static size_t length_of(const char *text)
{
	size_t length = sign_at(text), digits = digits_at(text + length), decimals = 0;

	if (!digits)
		return 0;
	length += digits;
	if (text[length] == '.')
		decimals = digits_at(text + length + 1);
	if (decimals)
		length += 1 + decimals;
	return length + exponent_at(text + length);
}

/* The program never leaves the C locale, so that strtod's point is a point. */
bool number_scan(const char **text, double *number)
{
	const size_t length = length_of(*text);
	char copy[NUMBER_MAX];

	if (!length || length >= sizeof(copy))
		return false;
	memcpy(copy, *text, length);
	copy[length] = '\0';
	*number = strtod(copy, NULL);
	*text += length;
	return isfinite(*number);
}

bool number_parse(const char *text, double *number)
{
	return number_scan(&text, number) && *text == '\0';
}
