// SPDX-License-Identifier: GPL-2.0-or-later
/* What do the ADS1220's inputs read now? One line for every channel, with its unit. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "explain.h"
#include "iio.h"
#include "options.h"
#include "print.h"

#define NS_PER_S 1000000000

struct run {
	const struct config *config;
	const struct adc_channel **channels;
	size_t channel_count;
	struct reading *readings;
	struct layout layout;
	bool to_file;
	int write_error;
	enum exit_code code;
};

static volatile sig_atomic_t stop_signal;

static void note_signal(int number)
{
	stop_signal = number;
}

/*
 * The reading under way goes on to its end, a second signal ends the program at once. What the
 * caller wants ignored, as a shell does for what it runs in the background, stays so.
 */
static void stop_on(int number)
{
	const struct sigaction noted = { .sa_handler = note_signal,
					 .sa_flags = SA_RESTART | (int)SA_RESETHAND };
	struct sigaction before;

	if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(number, &noted, NULL);
}

/* The data sheet calls ain0 what IIO calls voltage0. */
static bool is_pin_name(const char *name, const char *id)
{
	static const char pin[] = "ain", voltage[] = "voltage";

	for (;; name++, id++) {
		size_t digits;

		if (strncmp(name, pin, strlen(pin)) || strncmp(id, voltage, strlen(voltage)))
			return false;
		name += strlen(pin);
		id += strlen(voltage);
		digits = strspn(name, "0123456789");
		if (strncmp(name, id, digits))
			return false;
		name += digits;
		id += digits;
		if (!*name && !*id)
			return true;
		if (*name != '-' || *id != '-')
			return false;
	}
}

static bool is_id(const struct adc_channel *channel, const char *name)
{
	return strcmp(channel->id, name) == 0;
}

static bool is_label(const struct adc_channel *channel, const char *name)
{
	return *name && strcmp(channel->label, name) == 0;
}

static bool is_pin(const struct adc_channel *channel, const char *name)
{
	return is_pin_name(name, channel->id);
}

/* The ids go first, for they are the kernel's; a label is somebody's choice for this board. */
static const struct adc_channel *find_channel(const struct adc *adc, const char *name)
{
	static bool (*const matches[])(const struct adc_channel *, const char *) = {
		is_id, is_label, is_pin,
	};

	for (size_t way = 0; way < sizeof(matches) / sizeof(matches[0]); way++) {
		for (size_t i = 0; i < adc->channel_count; i++) {
			if (matches[way](&adc->channels[i], name))
				return &adc->channels[i];
		}
	}
	return NULL;
}

static void explain_missing(const struct adc *adc, const char *device, const char *name)
{
	complain("device '%s' has no channel '%s'", device, name);
	fputs("hint: it has", stderr);
	for (size_t i = 0; i < adc->channel_count; i++)
		fprintf(stderr, " %s", adc->channels[i].id);
	fputc('\n', stderr);
}

static bool choose_channels(const struct adc *adc, struct run *run)
{
	const struct config *config = run->config;

	for (size_t i = 0; i < config->name_count; i++) {
		run->channels[i] = find_channel(adc, config->names[i]);
		if (!run->channels[i]) {
			explain_missing(adc, config->device, config->names[i]);
			return false;
		}
	}
	for (size_t i = 0; !config->name_count && i < adc->channel_count; i++)
		run->channels[i] = &adc->channels[i];
	return true;
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* A channel that fails costs its own line alone; the first one that does decides the status. */
static bool take_reading(struct run *run, const struct adc_channel *channel,
			 struct reading *reading)
{
	const char *attribute;
	const int ret = adc_read(channel, &reading->sample, &attribute);
	enum exit_code code;

	reading->time_ns = now_ns();
	reading->channel = channel;
	if (ret == 0)
		return true;
	code = explain_reading(channel, attribute, -ret);
	if (run->code == EXIT_OK)
		run->code = code;
	return false;
}

static void write_readings(struct run *run, size_t count)
{
	writers[run->config->format].print(run->readings, count, &run->layout);
	if (!run->to_file)
		fflush(stdout);
	if (ferror(stdout))
		run->write_error = errno;
}

/* Returns whether it makes sense to go on: something could be read, and nobody said to stop. */
static bool take_round(struct run *run)
{
	const bool line_by_line = writers[run->config->format].line_by_line;
	size_t taken = 0, waiting = 0, i;

	for (i = 0; i < run->channel_count && !stop_signal && !run->write_error; i++) {
		if (!take_reading(run, run->channels[i], &run->readings[waiting]))
			continue;
		taken++;
		waiting++;
		if (line_by_line) {
			write_readings(run, waiting);
			waiting = 0;
		}
	}
	if (waiting)
		write_readings(run, waiting);
	if (i < run->channel_count && stop_signal)
		run->code = EXIT_SIGNAL + (enum exit_code)stop_signal;
	return i == run->channel_count && taken && !run->write_error;
}

static bool prepare(const struct adc *adc, struct run *run)
{
	const struct config *config = run->config;

	run->channel_count = config->name_count ? config->name_count : adc->channel_count;
	run->channels = calloc(run->channel_count, sizeof(*run->channels));
	run->readings = calloc(run->channel_count, sizeof(*run->readings));
	if (!run->channels || !run->readings) {
		run->code = explain_open(ADC_NO_MEMORY, ENOMEM, config->uri, config->device);
		return false;
	}
	if (!choose_channels(adc, run)) {
		run->code = EXIT_NO_DEVICE;
		return false;
	}
	return true;
}

static void take_rounds(const struct adc *adc, struct run *run)
{
	uint64_t left = prepare(adc, run) ? run->config->count : 0;

	while (left && take_round(run))
		left--;
	free(run->channels);
	free(run->readings);
}

/* Without an open standard output, the next file opened would take its place. */
static enum exit_code read_device(const struct config *config, int *write_error)
{
	struct run run = { .config = config, .layout = { .timestamp = config->timestamp } };
	struct stat output;
	struct adc adc;
	enum adc_status status;

	if (fstat(STDOUT_FILENO, &output) != 0) {
		*write_error = errno;
		return EXIT_FAILED;
	}
	run.to_file = S_ISREG(output.st_mode);
	status = adc_open(&adc, config->uri, config->device);
	if (status != ADC_OPEN)
		return explain_open(status, errno, config->uri, config->device);
	stop_on(SIGINT);
	stop_on(SIGTERM);
	take_rounds(&adc, &run);
	adc_close(&adc);
	*write_error = run.write_error;
	return run.code;
}

/* What was printed counts only once it has left: a full disk shows when the file is closed. */
static enum exit_code close_stdout(enum exit_code code, int write_error)
{
	if (!write_error && ferror(stdout))
		write_error = errno;
	if (fclose(stdout) != 0 && !write_error)
		write_error = errno;
	return write_error ? explain_writing(write_error) : code;
}

/* A lost reader shows as an error of writing, so that all is put back before the signal ends it. */
int main(int argc, char **argv)
{
	struct config config;
	enum exit_code code;
	int write_error = 0;

	signal(SIGPIPE, SIG_IGN);
	if (parse_options(argc, argv, &config, &code))
		code = read_device(&config, &write_error);
	code = close_stdout(code, write_error);
	if (code == EXIT_SIGNAL + SIGPIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return (int)code;
}
