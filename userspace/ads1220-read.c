// SPDX-License-Identifier: GPL-2.0-or-later
/* What do the ADS1220's inputs read, now or from now on? */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "columns.h"
#include "explain.h"
#include "list.h"
#include "options.h"
#include "prepare.h"
#include "run.h"
#include "settings.h"
#include "stop.h"

/* The first one that cannot be captured, or NULL. */
static const struct adc_channel *uncapturable(const struct run *run)
{
	for (size_t i = 0; i < run->table.fetched; i++) {
		if (!adc_can_capture(run->adc, run->table.columns[i].channel))
			return run->table.columns[i].channel;
	}
	return NULL;
}

/* In a capture of several inputs each comes right after the other, and only the driver can wait. */
static bool switches_unsettled(const struct run *run)
{
	return run->config->settle_ns && count_conversions(&run->table) > 1;
}

/* One reading is no capture; nor is what somebody else or the clock asks for now and then. */
static bool wants_capture(const struct run *run)
{
	const struct config *config = run->config;

	if (config->mode != MODE_AUTO)
		return config->mode == MODE_BUFFER;
	if (config->execd || config->every_ns || uncapturable(run) || switches_unsettled(run))
		return false;
	return config->count != 1 || collects(config);
}

static enum exit_code change_settings(struct settings *settings, const struct run *run)
{
	const struct config *config = run->config;
	enum exit_code code = EXIT_OK;

	if (config->rate)
		code = set_rate(settings, run->adc, config->rate);
	if (code == EXIT_OK && config->gain)
		code = set_gain(settings, run->adc, run->table.columns, run->table.count,
				config->gain);
	if (code == EXIT_OK && config->keep)
		settings_keep(settings);
	return code;
}

/*
 * Where a scale is no number, its channel alone fails, when it is read. What is converted is fine.
 */
static enum exit_code learn_columns(struct run *run)
{
	const struct config *config = run->config;
	const bool fine = run->output.writer->fine;

	for (size_t i = 0; i < run->table.fetched; i++) {
		struct column *column = &run->table.columns[i];
		const char *attribute;

		column->digits = config->digits;
		column->fine = fine || !meaning_is_exact(&column->meaning);
		if (adc_read_scale(column->channel, column->fine, &column->measured_decimals,
				   &column->scale, &attribute))
			column->measured_decimals = sample_decimals(column->channel->quantity);
	}
	return prepare_columns(run->adc, &run->table,
			       &(struct preparation){ .fine = fine,
						      .corrected = !calibrates(config),
						      .reference_v = config->vref,
						      .calibrations = config->cal });
}

static enum exit_code prepare_capture(struct settings *settings, const struct run *run)
{
	const struct adc_channel *lacking = uncapturable(run);

	if (switches_unsettled(run)) {
		complain("--settle cannot wait within a capture of several channels");
		hint("the tree can: settling-time-us of each channel; or leave --mode buffer away");
		return EXIT_MISUSE;
	}
	if (!lacking)
		return set_clock(settings, run->adc);
	complain("channel '%s' cannot be captured", lacking->id);
	hint("with --mode poll, each value is read on its own");
	return EXIT_MISUSE;
}

static enum exit_code begin_collecting(struct run *run)
{
	run->rate_sps = current_rate(run->adc);
	run->table.averages = run->config->average_count || run->config->average_ns;
	if (run->config->svg)
		run->picture = fopen(run->config->svg, "we");
	if (run->config->svg && !run->picture)
		return explain_writing(run->config->svg, errno);
	if (!collects(run->config) || collect_begin(run))
		return EXIT_OK;
	return explain_memory();
}

static void fetch(struct run *run)
{
	struct settings settings = { 0 };
	run->code = change_settings(&settings, run);
	if (run->code == EXIT_OK)
		run->code = learn_columns(run);
	if (run->code == EXIT_OK)
		run->code = begin_collecting(run);
	if (run->code == EXIT_OK) {
		run->captured = wants_capture(run);
		if (run->captured)
			run->code = prepare_capture(&settings, run);
		if (run->code == EXIT_OK && run->captured)
			run->captured = stream_run(run);
		if (run->code == EXIT_OK && !run->captured)
			poll_run(run);
		if (run->collectors)
			collect_finish(run);
	}
	collect_end(run);
	settings_restore(&settings, run->adc);
}

static bool prepare(struct run *run)
{
	const struct config *config = run->config;

	run->table.count = config->name_count ? config->name_count : run->adc->channel_count;
	/* each may need a cold junction */
	run->table.columns = calloc(2 * run->table.count, sizeof(*run->table.columns));
	run->record.readings = calloc(2 * run->table.count, sizeof(*run->record.readings));
	if (!run->table.columns || !run->record.readings)
		run->code = explain_memory();
	else
		run->code = choose_columns(run->adc, config->names, config->name_count,
					   run->table.columns);
	if (run->code == EXIT_OK)
		run->code = find_junctions(run->adc, &run->table);
	return run->code == EXIT_OK;
}

/* How many must be fetched for the lines that were asked for. */
static uint64_t records_wanted(const struct config *config)
{
	const uint64_t factors[] = { config->median, config->average_count };
	uint64_t wanted = config->count;

	if (!wanted || config->average_ns)
		return UINT64_MAX;
	for (size_t i = 0; i < sizeof(factors) / sizeof(factors[0]); i++) {
		if (factors[i] && __builtin_mul_overflow(wanted, factors[i], &wanted))
			return UINT64_MAX;
	}
	return wanted;
}

static void read_device(struct run *run)
{
	const struct config *config = run->config;

	run->table.device_id = run->adc->id;
	run->table.timestamp = config->timestamp;
	run->table.second.local = config->localtime;
	run->left = records_wanted(config);
	run->lines_left = config->count ? config->count : UINT64_MAX;
	run->end_ns = config->time_ns ? monotonic_ns() + config->time_ns : INT64_MAX;
	if (prepare(run))
		fetch(run);
	for (size_t i = 0; run->table.columns && i < run->table.count; i++)
		text_free(&run->table.columns[i].constant);
	free(run->table.columns);
	free(run->record.readings);
}

static enum exit_code open_and_read(const struct config *config, struct run *run)
{
	struct adc adc;
	enum adc_status status;

	if (!output_open(&run->output))
		return EXIT_OK;
	status = adc_open(&adc, config->uri, config->device);
	run->adc = &adc;
	if (status != ADC_OPEN)
		run->code = explain_open(status, errno, &adc, config->uri, config->device);
	else if (!stop_listen(config->output && run->output.to_file))
		run->code = explain_memory();
	else if (config->list)
		list_device(&run->output, run->adc, config->format);
	else
		read_device(run);
	adc_close(&adc);
	if (run->code == EXIT_OK && config->strict && run->invalid)
		run->code = EXIT_INVALID;
	return run->code;
}

/* What was printed counts only once it has left: a full disk shows when the file is closed. */
static enum exit_code close_stdout(enum exit_code code)
{
	const bool failed = ferror(stdout);
	int error = errno;

	if (fclose(stdout) != 0)
		error = errno;
	else if (!failed)
		return code;
	return explain_writing(NULL, error);
}

static enum exit_code run_with(const struct config *config)
{
	struct run run = {
		.config = config,
		.output = { .path = config->output, .writer = &writers[config->format],
			    .has_head = !config->no_header,
			    .replaces = config->output && config->format == FORMAT_PROM },
	};
	enum exit_code code = open_and_read(config, &run);

	output_close(&run.output);
	return run.output.error ? explain_writing(config->output, run.output.error) : code;
}

/* A lost reader shows as an error of writing, so that all is put back before the signal ends it. */
int main(int argc, char **argv)
{
	struct config config;
	enum exit_code code;

	signal(SIGPIPE, SIG_IGN);
	if (parse_options(argc, argv, &config, &code))
		code = run_with(&config);
	else
		code = close_stdout(code);
	if (code == EXIT_SIGNAL + SIGPIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return (int)code;
}
