// SPDX-License-Identifier: GPL-2.0-or-later
/* What do the ADS1220's inputs read now? One line for every channel, with its unit. */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iio.h"
#include "print.h"

#define PROGRAM "ads1220-read"
#define LOCAL_URI "local:"
#define DEFAULT_DEVICE "ads1220"

enum exit_code {
	EXIT_OK,
	EXIT_READING,
	EXIT_MISUSE,
	EXIT_NO_DEVICE,
};

struct config {
	const char *uri;
	const char *device;
	const char **wanted;
	size_t wanted_count;
	bool tab;
};

/* The message goes on with the URI or the device's name, in quotes. */
struct fault {
	enum exit_code code;
	bool about_uri;
	const char *message;
	const char *hint;
};

struct read_hint {
	int error;
	const char *hint;
};

static const char driver_hint[] = "'lsmod | grep ads1220' and 'dmesg | grep ads1220' tell whether"
				  " overlay and module are at work";

static const struct fault faults[] = {
	[ADC_BAD_URI]		= { EXIT_MISUSE, true, "libiio knows no kind of context like",
				    "local:, ip:HOST, usb: and xml:FILE are such kinds" },
	[ADC_NO_CONTEXT]	= { EXIT_NO_DEVICE, true, "cannot open", driver_hint },
	[ADC_NO_DEVICE]		= { EXIT_NO_DEVICE, false, "no IIO device is called", driver_hint },
	[ADC_SEVERAL_DEVICES]	= { EXIT_MISUSE, false, "several IIO devices are called",
				    "'grep . /sys/bus/iio/devices/*/name' lists them; choose one with"
				    " -d iio:deviceN" },
	[ADC_NO_CHANNEL]	= { EXIT_NO_DEVICE, false, "there is no input to read on", driver_hint },
	[ADC_NO_MEMORY]		= { EXIT_READING, false, "not enough memory to read",
				    "'free' shows what there is" },
};

static const char remote_hint[] = "is iiod running there? 'iio_info -u URI' shows what it offers";

static const struct read_hint read_hints[] = {
	{ EBUSY, "a program streams from the device; 'fuser -v /dev/iio:device*' names it" },
	{ EINVAL, "the driver's text is no number of the IIO ABI; 'iio_info' shows it" },
	{ ETIMEDOUT, "'grep ads1220 /proc/interrupts' must count up; if not, check DRDY's wire" },
};

static const char other_read_hint[] = "'dmesg | grep ads1220' may say more";

__attribute__((format(printf, 1, 2))) static void complain(const char *format, ...)
{
	va_list arguments;

	fputs(PROGRAM ": ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

static void hint(const char *text)
{
	fprintf(stderr, "hint: %s\n", text);
}

static void print_help(void)
{
	puts("Usage: " PROGRAM " [OPTION]...\n"
	     "Reads every channel of an ADS1220 once and prints the values with their units.\n"
	     "\n"
	     "  -c, --channel NAME  only this channel, by IIO id or label; may be repeated\n"
	     "  -d, --device NAME   IIO device by name or id (default: " DEFAULT_DEVICE ")\n"
	     "  -h, --help          print this help\n"
	     "  -t, --tab           print id, whole number, unit and code with tabs between;\n"
	     "                      this form never changes\n"
	     "  -u, --uri URI       libiio context, e.g. ip:BOARD (default: " LOCAL_URI ")\n"
	     "  -V, --version       print the version\n"
	     "\n"
	     "Exit status: 0 all read, 1 a reading failed, 2 misuse, 3 no device or channel.");
}

static void print_version(void)
{
	char library[ADC_VERSION_MAX];

	printf(PROGRAM " " VERSION " (libiio %s)\n", adc_library_version(library));
}

static void misuse(enum exit_code *code)
{
	hint("'" PROGRAM " --help' lists the options");
	*code = EXIT_MISUSE;
}

static const struct option long_options[] = {
	{ "channel", required_argument, NULL, 'c' },
	{ "device", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ "tab", no_argument, NULL, 't' },
	{ "uri", required_argument, NULL, 'u' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

/* Returns true where there is something to read; otherwise *code is how to exit. */
static bool parse_config(int argc, char **argv, struct config *config, enum exit_code *code)
{
	int option;

	while ((option = getopt_long(argc, argv, "c:d:htu:V", long_options, NULL)) != -1) {
		switch (option) {
		case 'c':
			config->wanted[config->wanted_count++] = optarg;
			break;
		case 'd':
			config->device = optarg;
			break;
		case 'h':
			print_help();
			return false;
		case 't':
			config->tab = true;
			break;
		case 'u':
			config->uri = optarg;
			break;
		case 'V':
			print_version();
			return false;
		default:
			misuse(code);
			return false;
		}
	}
	if (optind == argc)
		return true;
	complain("unexpected argument '%s'", argv[optind]);
	misuse(code);
	return false;
}

static enum exit_code explain_open(enum adc_status status, int error, const struct config *config)
{
	const struct fault *fault = &faults[status];
	const bool remote = strncmp(config->uri, LOCAL_URI, strlen(LOCAL_URI)) != 0;
	const bool has_cause = status == ADC_NO_CONTEXT;

	complain("%s '%s'%s%s", fault->message, fault->about_uri ? config->uri : config->device,
		 has_cause ? ": " : "", has_cause ? strerror(error) : "");
	hint(remote && fault->code == EXIT_NO_DEVICE ? remote_hint : fault->hint);
	return fault->code;
}

static void explain_failure(const struct adc_channel *channel, const char *attribute, int error)
{
	const char *text = other_read_hint;

	for (size_t i = 0; i < sizeof(read_hints) / sizeof(read_hints[0]); i++) {
		if (read_hints[i].error == error)
			text = read_hints[i].hint;
	}
	complain("cannot read '%s' of channel '%s': %s", attribute, channel->id, strerror(error));
	hint(text);
}

/* An id goes before a label: the ids are the kernel's, the labels anybody's. */
static const struct adc_channel *find_channel(const struct adc *adc, const char *name)
{
	for (size_t i = 0; i < adc->channel_count; i++) {
		if (strcmp(adc->channels[i].id, name) == 0)
			return &adc->channels[i];
	}
	for (size_t i = 0; *name && i < adc->channel_count; i++) {
		if (strcmp(adc->channels[i].label, name) == 0)
			return &adc->channels[i];
	}
	return NULL;
}

static bool choose_channels(const struct adc *adc, const struct config *config,
			    struct reading *readings)
{
	for (size_t i = 0; i < config->wanted_count; i++) {
		readings[i].channel = find_channel(adc, config->wanted[i]);
		if (!readings[i].channel) {
			complain("device '%s' has no channel '%s'", config->device, config->wanted[i]);
			hint("without -c, all the channels it has are read");
			return false;
		}
	}
	for (size_t i = 0; !config->wanted_count && i < adc->channel_count; i++)
		readings[i].channel = &adc->channels[i];
	return true;
}

/* Keeps what could be read, in order: a channel that fails costs its own line alone. */
static enum exit_code read_all(struct reading *readings, size_t *count)
{
	enum exit_code code = EXIT_OK;
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		const char *attribute;
		int ret;

		readings[kept].channel = readings[i].channel;
		ret = adc_read(readings[kept].channel, &readings[kept].sample, &attribute);
		if (ret == 0) {
			kept++;
			continue;
		}
		explain_failure(readings[kept].channel, attribute, -ret);
		code = EXIT_READING;
	}
	*count = kept;
	return code;
}

static enum exit_code read_and_print(const struct adc *adc, const struct config *config)
{
	size_t count = config->wanted_count ? config->wanted_count : adc->channel_count;
	struct reading *readings = calloc(count, sizeof(*readings));
	enum exit_code code = EXIT_NO_DEVICE;

	if (!readings)
		return explain_open(ADC_NO_MEMORY, ENOMEM, config);
	if (choose_channels(adc, config, readings)) {
		code = read_all(readings, &count);
		if (config->tab)
			print_tab(readings, count);
		else
			print_text(readings, count);
	}
	free(readings);
	return code;
}

static enum exit_code run(const struct config *config)
{
	struct adc adc;
	enum exit_code code;
	const enum adc_status status = adc_open(&adc, config->uri, config->device);

	if (status != ADC_OPEN)
		return explain_open(status, errno, config);
	code = read_and_print(&adc, config);
	adc_close(&adc);
	return code;
}

/* What was printed counts only once it has left: a full disk shows when the file is closed. */
static enum exit_code close_stdout(enum exit_code code)
{
	const bool failed = ferror(stdout);

	if (fclose(stdout) == 0 && !failed)
		return code;
	complain("cannot write to standard output: %s", strerror(errno));
	hint("'df' shows whether the disk is full");
	return EXIT_READING;
}

int main(int argc, char **argv)
{
	struct config config = { .uri = LOCAL_URI, .device = DEFAULT_DEVICE };
	enum exit_code code = EXIT_OK;

	config.wanted = calloc((size_t)argc, sizeof(*config.wanted));
	if (!config.wanted)
		return (int)explain_open(ADC_NO_MEMORY, ENOMEM, &config);
	if (parse_config(argc, argv, &config, &code))
		code = run(&config);
	free(config.wanted);
	return (int)close_stdout(code);
}
