// SPDX-License-Identifier: GPL-2.0-or-later
/* What does the command line ask for? */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

#define DEFAULT_URI "local:"
#define DEFAULT_DEVICE "ads1220"

static const char *const formats[] = { [FORMAT_TEXT] = "text", [FORMAT_TSV] = "tsv", NULL };

static const char *const timestamps[] = {
	[TIMESTAMP_NONE] = "none", [TIMESTAMP_NS] = "ns", NULL,
};

static void print_help(void)
{
	puts("Usage: " PROGRAM " [OPTION]... [CHANNEL]...\n"
	     "Reads the channels of an ADS1220 and prints the values with their units.\n"
	     "\n"
	     "A CHANNEL is an IIO id (voltage0-voltage1, temp), a label, or a pin or two\n"
	     "(ain0, ain0-ain1). Without one, all the channels are read.\n"
	     "\n"
	     "  -d, --device NAME     IIO device by name or id (default: " DEFAULT_DEVICE ")\n"
	     "  -f, --format FORMAT   text: with units, for people (default)\n"
	     "                        tsv: id, whole number, unit and code with tabs between;\n"
	     "                        this form never changes\n"
	     "  -h, --help            print this help\n"
	     "  -n, --count N         read all of it N times (default: 1)\n"
	     "  -T, --timestamp KIND  ns: each reading's time first, in ns since 1970 UTC\n"
	     "                        none: no time (default)\n"
	     "  -u, --uri URI         libiio context, e.g. ip:BOARD (default: " DEFAULT_URI ")\n"
	     "  -V, --version         print the version\n"
	     "\n"
	     "Exit status: 0 all read, 1 reading or writing failed, 2 misuse, 3 no device or\n"
	     "channel, 4 no permission, 5 device busy, 6 time-out, 128+N ended by signal N.");
}

static void print_version(void)
{
	char library[ADC_VERSION_MAX];

	printf(PROGRAM " " VERSION " (libiio %s)\n", adc_library_version(library));
}

static bool misuse(void)
{
	hint("'" PROGRAM " --help' lists the options");
	return false;
}

/* Puts the word's place among the names into *index. */
static bool choose(const char *what, const char *word, const char *const names[],
		   unsigned int *index)
{
	for (*index = 0; names[*index]; ++*index) {
		if (strcmp(names[*index], word) == 0)
			return true;
	}
	complain("unknown %s '%s'", what, word);
	fputs("hint: known are", stderr);
	for (size_t i = 0; names[i]; i++)
		fprintf(stderr, " %s", names[i]);
	fputc('\n', stderr);
	return false;
}

static bool parse_count(const char *text, uint64_t *count)
{
	char *end;

	errno = 0;
	*count = strtoull(text, &end, 10);
	if (isdigit((unsigned char)*text) && *end == '\0' && !errno && *count)
		return true;
	complain("'%s' is no number of readings", text);
	hint("-n takes a whole number, 1 or more");
	return false;
}

static const struct option long_options[] = {
	{ "count", required_argument, NULL, 'n' },
	{ "device", required_argument, NULL, 'd' },
	{ "format", required_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ "timestamp", required_argument, NULL, 'T' },
	{ "uri", required_argument, NULL, 'u' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

/* One of the options that say what to read, and how. */
static bool take_option(int option, const char *argument, struct config *config)
{
	switch (option) {
	case 'd':
		config->device = argument;
		return true;
	case 'f':
		return choose("format", argument, formats, &config->format);
	case 'n':
		return parse_count(argument, &config->count);
	case 'T':
		return choose("kind of time", argument, timestamps, &config->timestamp);
	case 'u':
		config->uri = argument;
		return true;
	default:
		return misuse();
	}
}

bool parse_options(int argc, char **argv, struct config *config, enum exit_code *code)
{
	int option;

	*config = (struct config){ .uri = DEFAULT_URI, .device = DEFAULT_DEVICE, .count = 1 };
	*code = EXIT_OK;
	while ((option = getopt_long(argc, argv, "d:f:hn:T:u:V", long_options, NULL)) != -1) {
		if (option == 'h') {
			print_help();
			return false;
		}
		if (option == 'V') {
			print_version();
			return false;
		}
		if (!take_option(option, optarg, config)) {
			*code = EXIT_MISUSE;
			return false;
		}
	}
	config->names = argv + optind;
	config->name_count = (size_t)(argc - optind);
	return true;
}
