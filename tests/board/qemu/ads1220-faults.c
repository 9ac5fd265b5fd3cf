// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-faults.c - what are the faults called, and which of them does a list of names ask for?
 */
#include "ads1220-faults.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_NUMBER	UINT64_MAX

struct fault {
	const char *name;
	uint64_t usual;			/* N where none is given, or NO_NUMBER: takes none */
	uint64_t least;
};

static const struct fault known[ADS1220_FAULTS] = {
	[ADS1220_FAULT_ABSENT_HIGH] = { "absent-high", NO_NUMBER, 0 },
	[ADS1220_FAULT_ABSENT_LOW] = { "absent-low", NO_NUMBER, 0 },
	[ADS1220_FAULT_DRDY_HIGH] = { "drdy-high", NO_NUMBER, 0 },
	[ADS1220_FAULT_DRDY_LOW] = { "drdy-low", NO_NUMBER, 0 },
	[ADS1220_FAULT_DRDY_LOST] = { "drdy-lost", 10, 1 },
	[ADS1220_FAULT_DRDY_LOST_ONCE] = { "drdy-lost-once", NO_NUMBER, 0 },
	[ADS1220_FAULT_MISO_FLIP] = { "miso-flip", 100, 1 },
	[ADS1220_FAULT_RESET] = { "reset", 0, 0 },
	[ADS1220_FAULT_SPI_MODE] = { "spi-mode", NO_NUMBER, 0 },
};

static void refuse_unknown(const char *name, char *error, size_t size)
{
	int used = snprintf(error, size, "'%s' is no known fault; there are", name);

	for (int i = 0; i < ADS1220_FAULTS && used < (int)size; i++)
		used += snprintf(error + used, size - used, " %s%s", known[i].name,
				 known[i].usual == NO_NUMBER ? "" : "[:N]");
}

static bool parse_number(const char *text, const struct fault *fault, uint64_t *number)
{
	char *end;

	if (!*text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 9)
		return false;
	*number = strtoull(text, &end, 10);
	return *number >= fault->least;
}

/* @word is one "NAME[:N]" and is cut in two. */
static bool parse_word(char *word, struct ads1220_faults *faults, char *error, size_t size)
{
	char *number = strchr(word, ':');

	if (number)
		*number++ = '\0';
	for (int i = 0; i < ADS1220_FAULTS; i++) {
		if (strcmp(word, known[i].name))
			continue;
		faults->on[i] = true;
		faults->number[i] = known[i].usual;
		if (!number)
			return true;
		if (known[i].usual != NO_NUMBER && parse_number(number, &known[i],
								&faults->number[i]))
			return true;
		snprintf(error, size, "fault '%s' takes %s, not '%s'", word,
			 known[i].usual == NO_NUMBER ? "no number" : "a number up to 999999999",
			 number);
		return false;
	}
	refuse_unknown(word, error, size);
	return false;
}

bool ads1220_faults_parse(const char *text, struct ads1220_faults *faults, char *error,
			  size_t size)
{
	char copy[ADS1220_FAULTS_TEXT], *rest = copy, *word;

	*faults = (struct ads1220_faults){ 0 };
	if (strlen(text) >= sizeof(copy)) {
		snprintf(error, size, "a list of faults of %zu characters is too long",
			 strlen(text));
		return false;
	}
	strcpy(copy, text);
	while (*text && (word = strsep(&rest, ",")))
		if (!parse_word(word, faults, error, size))
			return false;
	if (faults->on[ADS1220_FAULT_ABSENT_HIGH] && faults->on[ADS1220_FAULT_ABSENT_LOW]) {
		snprintf(error, size, "absent-high and absent-low exclude each other");
		return false;
	}
	if (faults->on[ADS1220_FAULT_DRDY_HIGH] && faults->on[ADS1220_FAULT_DRDY_LOW]) {
		snprintf(error, size, "drdy-high and drdy-low exclude each other");
		return false;
	}
	return true;
}

void ads1220_faults_print(const struct ads1220_faults *faults, char text[ADS1220_FAULTS_TEXT])
{
	int used = 0;

	text[0] = '\0';
	for (int i = 0; i < ADS1220_FAULTS; i++) {
		if (!faults->on[i])
			continue;
		used += snprintf(text + used, ADS1220_FAULTS_TEXT - used, "%s%s", used ? "," : "",
				 known[i].name);
		if (known[i].usual != NO_NUMBER)
			used += snprintf(text + used, ADS1220_FAULTS_TEXT - used, ":%" PRIu64,
					 faults->number[i]);
	}
}
