// SPDX-License-Identifier: GPL-2.0-or-later
/* What does the command line ask for? */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "number.h"
#include "options.h"

#define DEFAULT_URI "local:"

/* How much is looked at where that is not said. */
#define LOOK_NS		(10 * INT64_C(1000000000))
#define CALIBRATION_COUNT 10

#define GAIN_MAX 128

/* a double has no more */
#define DIGITS_MAX 15

static const char *const formats[] = {
	[FORMAT_TEXT] = "text", [FORMAT_PLAIN] = "plain", [FORMAT_TSV] = "tsv",
	[FORMAT_CSV] = "csv", [FORMAT_JSONL] = "jsonl", [FORMAT_INFLUX] = "influx",
	[FORMAT_PROM] = "prom", [FORMAT_RAW] = "raw", NULL,
};

static const char *const timestamps[] = {
	[TIMESTAMP_NONE] = "none", [TIMESTAMP_ISO] = "iso", [TIMESTAMP_UNIX] = "unix",
	[TIMESTAMP_NS] = "ns", [TIMESTAMP_REL] = "rel", NULL,
};

static const char *const modes[] = {
	[MODE_AUTO] = "auto", [MODE_BUFFER] = "buffer", [MODE_POLL] = "poll", NULL,
};

struct time_unit {
	const char *name;
	int64_t ns;
};

static const struct time_unit time_units[] = {
	{ "us", INT64_C(1000) },
	{ "ms", INT64_C(1000000) },
	{ "s", INT64_C(1000000000) },
	{ "m", 60 * INT64_C(1000000000) },
	{ "h", 3600 * INT64_C(1000000000) },
	{ "d", 86400 * INT64_C(1000000000) },
};

/* long options that have no short one */
enum long_only {
	OPTION_CAL = 256,
	OPTION_CALIBRATE,
	OPTION_CHECK,
	OPTION_DIGITS,
	OPTION_EVERY,
	OPTION_EXECD,
	OPTION_KEEP,
	OPTION_LOCALTIME,
	OPTION_MEDIAN,
	OPTION_MODE,
	OPTION_NO_HEADER,
	OPTION_PLOT,
	OPTION_SETTLE,
	OPTION_STATS,
	OPTION_STRICT,
	OPTION_SVG,
	OPTION_TARE,
	OPTION_TIMEOUT,
	OPTION_VREF,
};

static void print_help(void)
{
	puts("Usage: " PROGRAM " [OPTION]... [CHANNEL[=NAME][:SENSOR]]...\n"
	     "Reads the channels of an ADS1220 and prints the values with their units.\n"
	     "\n"
	     "A CHANNEL is an IIO id (voltage0-voltage1, temp), a label, or a pin or two\n"
	     "(ain0, ain0-ain1); NAME stands for its label then. Without one, all the\n"
	     "channels are read.\n"
	     "A SENSOR says what is connected: V mV raw tc= rtd= ntc= bridge= loop= lin=, see\n"
	     "the manual; for example ain0-ain1=oven:tc=K or oven:rtd=pt100.\n"
	     "\n"
	     "  -a, --average N|TIME  the mean of N values, or of those of 10s, 5m ...\n"
	     "      --cal FILE        corrections by label (default: see the manual)\n"
	     "      --calibrate VALUE save that the channel shows VALUE now\n"
	     "      --check           look for what is wrong for 10 s, and say what it may be\n"
	     "  -c, --continuous      go on until told to stop\n"
	     "  -d, --device NAME     IIO device by name, label, id or file (default: the\n"
	     "                        one called ads1220 or ads1120)\n"
	     "      --digits N        of a value at the most, 1 to 15 (default: all it has)\n"
	     "      --every TIME      a reading every 10s, 5m ...\n"
	     "      --execd           a reading for each line of standard input\n"
	     "  -f, --format FORMAT   text: with units, for people (default)\n"
	     "                        tsv: id, whole number, unit and code with tabs between;\n"
	     "                        this form never changes\n"
	     "                        plain, csv, jsonl, influx, prom, raw: see the manual\n"
	     "  -g, --gain N          1 to 128, as far as the channel has it\n"
	     "  -h, --help            print this help\n"
	     "      --keep            leave rate and gain as they were set\n"
	     "  -l, --list            print channels, units, scales, gains and rates\n"
	     "      --localtime       local time in place of UTC\n"
	     "      --median N        the middle one of N values\n"
	     "      --mode MODE       buffer: capture; poll: read one by one; auto (default)\n"
	     "  -n, --count N         read all of it N times (default: 1)\n"
	     "      --no-header       no line of names in csv\n"
	     "  -o, --output FILE     append to FILE; prom replaces it\n"
	     "      --plot            draw the values on the terminal\n"
	     "  -q, --quiet           say nothing of missed samples\n"
	     "  -r, --rate SPS        samples a second, one of those --list shows\n"
	     "      --settle TIME     for a filter before the input, after it was connected\n"
	     "      --stats           noise, bits and what the data sheet promises\n"
	     "      --strict          exit 7 if any value was no number\n"
	     "      --svg FILE        draw the run as a picture when it has ended\n"
	     "      --tare            save that the channels show zero now\n"
	     "  -t, --time TIME       go on for 500ms, 10s, 5m, 1h ...\n"
	     "  -T, --timestamp KIND  iso, unix, ns (since 1970 UTC), rel (since the start),\n"
	     "                        none\n"
	     "      --timeout TIME    how long to wait for a sample\n"
	     "  -u, --uri URI         libiio context, e.g. ip:BOARD (default: " DEFAULT_URI ")\n"
	     "  -v, --verbose         say how the samples are fetched\n"
	     "      --vref VOLTS      what bridges and rref= relate to\n"
	     "  -V, --version         print the version\n"
	     "\n"
	     "Exit status: 0 all read, 1 reading or writing failed, 2 misuse, 3 no device or\n"
	     "channel, 4 no permission, 5 device busy, 6 time-out, 7 no number (--strict),\n"
	     "128+N ended by signal N.");
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

/* From 1 to most, all of the text. */
static bool parse_whole(const char *text, uint64_t most, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(text, &end, 10);
	return isdigit((unsigned char)*text) && *end == '\0' && !errno && *number &&
	       *number <= most;
}

static bool parse_count(const char *text, uint64_t *count)
{
	if (parse_whole(text, UINT64_MAX, count))
		return true;
	complain("'%s' is no number of readings", text);
	hint("-n takes a whole number, 1 or more");
	return false;
}

static bool parse_gain(const char *text, unsigned int *gain)
{
	uint64_t number;

	if (parse_whole(text, GAIN_MAX, &number)) {
		*gain = (unsigned int)number;
		return true;
	}
	complain("'%s' is no gain", text);
	hint("-g takes 1, 2, 4, 8, 16, 32, 64 or 128");
	return false;
}

static bool parse_digits(const char *text, unsigned int *digits)
{
	uint64_t number;

	if (parse_whole(text, DIGITS_MAX, &number)) {
		*digits = (unsigned int)number;
		return true;
	}
	complain("'%s' is no number of digits", text);
	hint("--digits takes 1 to 15");
	return false;
}

/* It stays text: what is not among a list of rates may be within a range. */
static bool parse_rate(const char *text, const char **rate)
{
	const char *at = text;
	double number;

	*rate = text;
	if (choices_next(&at, &number) && !*at && number > 0 && isfinite(number))
		return true;
	complain("'%s' is no rate", text);
	hint("-r takes samples a second, such as 20 or 11.25");
	return false;
}

static bool parse_vref(const char *text, double *vref)
{
	if (number_parse(text, vref) && *vref > 0)
		return true;
	complain("'%s' is no voltage", text);
	hint("--vref takes volts, such as 3.3");
	return false;
}

/* Moves past the digits; a product beyond 63 bits is no time. */
static bool scan_time(const char **text, int64_t unit_ns, int64_t *ns)
{
	int64_t place_ns = unit_ns;
	int64_t whole = 0;

	for (; isdigit((unsigned char)**text); ++*text) {
		if (__builtin_mul_overflow(whole, 10, &whole) ||
		    __builtin_add_overflow(whole, **text - '0', &whole))
			return false;
	}
	if (__builtin_mul_overflow(whole, unit_ns, ns))
		return false;
	if (**text != '.')
		return true;
	for (++*text; isdigit((unsigned char)**text); ++*text) {
		place_ns /= 10;
		if (__builtin_add_overflow(*ns, place_ns * (**text - '0'), ns))
			return false;
	}
	return true;
}

static bool parse_time(const char *text, int64_t *ns)
{
	const char *unit = text + strspn(text, "0123456789.");

	for (size_t i = 0; i < sizeof(time_units) / sizeof(time_units[0]); i++) {
		const char *at = text;

		if (strcmp(unit, time_units[i].name) == 0 && isdigit((unsigned char)*text) &&
		    scan_time(&at, time_units[i].ns, ns) && at == unit && *ns > 0)
			return true;
	}
	complain("'%s' is no length of time", text);
	hint("it takes a number and a unit: 250us, 500ms, 10s, 1.5h, 5m, 7d");
	return false;
}

/* A whole number without a unit counts values. */
static bool parse_average(const char *text, struct config *config)
{
	config->average_count = 0;
	config->average_ns = 0;
	if (text[strspn(text, "0123456789")] == '\0')
		return parse_count(text, &config->average_count);
	return parse_time(text, &config->average_ns);
}

static bool parse_calibrate(const char *text, struct config *config)
{
	config->calibrates = number_parse(text, &config->calibrate);
	if (config->calibrates)
		return true;
	complain("'%s' is no number", text);
	hint("--calibrate takes what the channel should show now, in its unit");
	return false;
}

static const struct option long_options[] = {
	{ "average", required_argument, NULL, 'a' },
	{ "cal", required_argument, NULL, OPTION_CAL },
	{ "calibrate", required_argument, NULL, OPTION_CALIBRATE },
	{ "check", no_argument, NULL, OPTION_CHECK },
	{ "continuous", no_argument, NULL, 'c' },
	{ "count", required_argument, NULL, 'n' },
	{ "device", required_argument, NULL, 'd' },
	{ "digits", required_argument, NULL, OPTION_DIGITS },
	{ "every", required_argument, NULL, OPTION_EVERY },
	{ "execd", no_argument, NULL, OPTION_EXECD },
	{ "format", required_argument, NULL, 'f' },
	{ "gain", required_argument, NULL, 'g' },
	{ "help", no_argument, NULL, 'h' },
	{ "keep", no_argument, NULL, OPTION_KEEP },
	{ "list", no_argument, NULL, 'l' },
	{ "localtime", no_argument, NULL, OPTION_LOCALTIME },
	{ "median", required_argument, NULL, OPTION_MEDIAN },
	{ "mode", required_argument, NULL, OPTION_MODE },
	{ "no-header", no_argument, NULL, OPTION_NO_HEADER },
	{ "output", required_argument, NULL, 'o' },
	{ "plot", no_argument, NULL, OPTION_PLOT },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rate", required_argument, NULL, 'r' },
	{ "settle", required_argument, NULL, OPTION_SETTLE },
	{ "stats", no_argument, NULL, OPTION_STATS },
	{ "strict", no_argument, NULL, OPTION_STRICT },
	{ "svg", required_argument, NULL, OPTION_SVG },
	{ "tare", no_argument, NULL, OPTION_TARE },
	{ "time", required_argument, NULL, 't' },
	{ "timeout", required_argument, NULL, OPTION_TIMEOUT },
	{ "timestamp", required_argument, NULL, 'T' },
	{ "uri", required_argument, NULL, 'u' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "vref", required_argument, NULL, OPTION_VREF },
	{ 0 },
};

static const char short_options[] = "a:cd:f:g:hln:o:qr:t:T:u:vV";

/* An option without argument switches something on. */
static bool take_switch(int option, struct config *config)
{
	const struct {
		int option;
		bool *on;
	} switches[] = {
		{ 'c', &config->continuous },
		{ 'l', &config->list },
		{ 'q', &config->quiet },
		{ 'v', &config->verbose },
		{ OPTION_CHECK, &config->check },
		{ OPTION_EXECD, &config->execd },
		{ OPTION_KEEP, &config->keep },
		{ OPTION_LOCALTIME, &config->localtime },
		{ OPTION_NO_HEADER, &config->no_header },
		{ OPTION_PLOT, &config->plot },
		{ OPTION_STATS, &config->stats },
		{ OPTION_STRICT, &config->strict },
		{ OPTION_TARE, &config->tare },
	};

	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		if (switches[i].option == option) {
			*switches[i].on = true;
			return true;
		}
	}
	return misuse();
}

static bool take_option(int option, const char *argument, struct config *config)
{
	switch (option) {
	case 'a':
		return parse_average(argument, config);
	case 'd':
		config->device = argument;
		return true;
	case 'f':
		config->has_format = true;
		return choose("format", argument, formats, &config->format);
	case 'g':
		return parse_gain(argument, &config->gain);
	case 'n':
		return parse_count(argument, &config->count);
	case 'o':
		config->output = argument;
		return true;
	case 'r':
		return parse_rate(argument, &config->rate);
	case 't':
		return parse_time(argument, &config->time_ns);
	case 'T':
		config->has_timestamp = true;
		return choose("kind of time", argument, timestamps, &config->timestamp);
	case 'u':
		config->uri = argument;
		return true;
	case OPTION_CAL:
		config->cal = argument;
		return true;
	case OPTION_CALIBRATE:
		return parse_calibrate(argument, config);
	case OPTION_DIGITS:
		return parse_digits(argument, &config->digits);
	case OPTION_EVERY:
		return parse_time(argument, &config->every_ns);
	case OPTION_MEDIAN:
		return parse_count(argument, &config->median);
	case OPTION_MODE:
		return choose("mode", argument, modes, &config->mode);
	case OPTION_SETTLE:
		return parse_time(argument, &config->settle_ns);
	case OPTION_SVG:
		config->svg = argument;
		return true;
	case OPTION_TIMEOUT:
		return parse_time(argument, &config->timeout_ns);
	case OPTION_VREF:
		return parse_vref(argument, &config->vref);
	default:
		return take_switch(option, config);
	}
}

/* Averages have no code, and a report has a form of its own. */
static bool reductions_agree(const struct config *config)
{
	const bool reduces = config->average_count || config->average_ns || config->median;
	const bool coded = config->format == FORMAT_TSV || config->format == FORMAT_RAW;
	const bool looks = config->stats || config->check;

	if (reduces + config->stats + config->check + config->tare + config->calibrates > 1) {
		complain("only one of --average and --median, --check, --stats, --tare and"
			 " --calibrate goes at a time");
		return misuse();
	}
	if ((config->plot || config->svg) && (looks || config->tare || config->calibrates)) {
		complain("--plot and --svg draw values, and --check, --stats, --tare and"
			 " --calibrate write none");
		return misuse();
	}
	if (config->digits && coded) {
		complain("tsv and raw write whole numbers: --digits does not go with them");
		return misuse();
	}
	if (reduces && coded) {
		complain("tsv and raw have codes: --average and --median do not go with them");
		return misuse();
	}
	if (looks && config->format != FORMAT_TEXT && config->format != FORMAT_JSONL) {
		complain("%s writes text or jsonl", config->check ? "--check" : "--stats");
		return misuse();
	}
	if ((config->tare && !config->name_count) ||
	    (config->calibrates && config->name_count != 1)) {
		complain("%s", config->tare ? "--tare takes the channels to be set to zero" :
					      "--calibrate takes one channel");
		return misuse();
	}
	return true;
}

/* What cannot be had together. */
static bool agree(struct config *config)
{
	const bool many = config->continuous || config->time_ns || config->count > 1;

	if (!reductions_agree(config))
		return false;
	if (config->format == FORMAT_PROM && !config->output && (many || config->execd)) {
		complain("prom on standard output can be one reading alone");
		hint("with -o FILE, each reading replaces the file");
		return false;
	}
	if (config->execd && (many || config->every_ns || config->mode == MODE_BUFFER)) {
		complain("--execd reads once for each line: -c, -n, -t, --every and --mode buffer"
			 " do not go with it");
		return misuse();
	}
	if (config->every_ns && config->mode == MODE_BUFFER) {
		complain("--every reads one by one: --mode buffer does not go with it");
		return misuse();
	}
	return true;
}

/* Without any of them, once is enough. */
static void complete(struct config *config)
{
	if (config->every_ns && !config->count && !config->time_ns)
		config->continuous = true;
	if (config->plot && !config->count && !config->time_ns)
		config->continuous = true;
	if ((config->stats || config->check) && !config->count && !config->time_ns &&
	    !config->continuous)
		config->time_ns = LOOK_NS;
	if ((config->tare || config->calibrates) && !config->count && !config->time_ns)
		config->count = CALIBRATION_COUNT;
	if (!config->count && !config->continuous && !config->time_ns && !config->execd)
		config->count = 1;
	if (config->execd && !config->has_format)
		config->format = FORMAT_INFLUX;
	if (!config->has_timestamp)
		config->timestamp = writers[config->format].timestamp;
}

bool parse_options(int argc, char **argv, struct config *config, enum exit_code *code)
{
	int option;

	*config = (struct config){ .uri = DEFAULT_URI };
	*code = EXIT_OK;
	while ((option = getopt_long(argc, argv, short_options, long_options, NULL)) != -1) {
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
	complete(config);
	*code = agree(config) ? EXIT_OK : EXIT_MISUSE;
	return *code == EXIT_OK;
}
