// SPDX-License-Identifier: GPL-2.0-or-later
/* What becomes of records that are reduced, reported or calibrated by? */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration-file.h"
#include "checkup.h"
#include "collect.h"
#include "columns.h"
#include "report.h"
#include "shown.h"
#include "stop.h"

#define INTERNAL_REFERENCE_V	2.048
#define NS_PER_S		1e9

bool calibrates(const struct config *config)
{
	return config->tare || config->calibrates;
}

static bool averages(const struct config *config)
{
	return config->average_count || config->average_ns;
}

static bool reduces(const struct config *config)
{
	return averages(config) || config->median || calibrates(config);
}

/* The codes themselves are looked at, and no value is written. */
static bool counts_codes(const struct config *config)
{
	return config->stats || config->check;
}

bool collects(const struct config *config)
{
	return reduces(config) || counts_codes(config) || config->plot || config->svg;
}

static bool begin(struct collector *collector, const struct column *column,
		  const struct config *config)
{
	collector->average.count = config->average_count;
	collector->average.duration_ns = config->average_ns;
	if (calibrates(config))
		collector->average.count = UINT64_MAX;
	if (config->svg && !svg_begin(&collector->picture, column_name(column), column->unit))
		return false;
	if (config->median && !median_begin(&collector->median, config->median))
		return false;
	return !counts_codes(config) || stats_begin(&collector->stats);
}

bool collect_begin(struct run *run)
{
	run->collectors = calloc(run->table.count, sizeof(*run->collectors));
	if (!run->collectors)
		return false;
	for (size_t i = 0; i < run->table.count; i++) {
		if (!begin(&run->collectors[i], &run->table.columns[i], run->config))
			return false;
	}
	checkup_begin(run);
	if (!run->config->plot || !plot_is_possible(run->output.fd))
		return true;
	run->plot = calloc(1, sizeof(*run->plot));
	return run->plot && plot_begin(run->plot, &run->table, run->rate_sps);
}

void collect_end(struct run *run)
{
	for (size_t i = 0; run->collectors && i < run->table.count; i++) {
		median_end(&run->collectors[i].median);
		stats_end(&run->collectors[i].stats);
		svg_end(&run->collectors[i].picture);
	}
	if (run->plot)
		plot_end(run->plot);
	free(run->plot);
	run->plot = NULL;
	free(run->collectors);
	run->collectors = NULL;
}

static void note_code(struct collector *collector, const struct reading *reading)
{
	if (reading->failed)
		return;
	if (!collector->count++)
		collector->first_ns = reading->time_ns;
	collector->last_ns = reading->time_ns;
	stats_add(&collector->stats, reading->sample.raw,
		  reading->sample.state == SAMPLE_OVER_RANGE);
}

/* The reading is from now on the block that it completed. */
static void become_block(const struct column *column, struct reading *reading,
			 const struct reduced *block)
{
	reading->failed = false;
	reading->reduced = block;
	reading->time_ns = block->value.time_ns;
	reading->state = block->value.state;
	if (reading->state == VALUE_OK)
		reading->value = llround(block->value.number * pow(10, column->decimals));
}

/* Medians go first: what they leave is averaged. */
static bool reduce(struct collector *collector, const struct config *config,
		   const struct column *column, struct reading *reading)
{
	struct value value = { .time_ns = reading->time_ns, .state = reading->state,
			       .number = shown_number(column, reading) };
	bool completed = true;

	if (config->median) {
		completed = median_add(&collector->median, &value, &collector->block);
		value = collector->block.value;
	}
	if (completed && (averages(config) || calibrates(config)))
		completed = average_add(&collector->average, &value, &collector->block);
	if (completed)
		become_block(column, reading, &collector->block);
	return completed;
}

/* What is drawn is what would be written. */
static void draw_readings(struct run *run, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		const struct reading *reading = &run->record.readings[i];
		const double number = shown_number(&run->table.columns[i], reading);

		if (run->config->svg)
			svg_add(&run->collectors[i].picture, reading->time_ns, number);
		if (run->plot)
			chart_add(&run->plot->series[i], number);
	}
	if (!run->plot)
		return;
	plot_draw(run->plot, &run->output.text, run->output.fd, monotonic_ns(), false);
	output_flush(&run->output);
	if (first + count == run->table.count)
		run->lines_left--;
}

bool collect(struct run *run, size_t first, size_t count)
{
	bool completed = !reduces(run->config);

	for (size_t i = first; i < first + count; i++) {
		struct reading *reading = &run->record.readings[i];

		reading->reduced = NULL;
		if (counts_codes(run->config))
			note_code(&run->collectors[i], reading);
		else if (reduces(run->config))
			completed |= reduce(&run->collectors[i], run->config,
					    &run->table.columns[i], reading);
	}
	if (completed)
		draw_readings(run, first, count);
	return completed && !counts_codes(run->config) && !run->plot;
}

static void report(FILE *out, const struct run *run, size_t index)
{
	const struct column *column = &run->table.columns[index];
	const struct collector *collector = &run->collectors[index];
	const double seconds = (double)(collector->last_ns - collector->first_ns) / NS_PER_S;
	const double per_code = column->full_scale / ((double)column->channel->codes.max + 1);
	const double gain = column->reference_v / column->full_scale;
	const struct report report = {
		.channel = column->channel->id,
		.label = column->label,
		.quantity = column->channel->quantity,
		.stats = &collector->stats,
		.code_bits = column_code_bits(column),
		.unit_per_code = isnan(per_code) ? 0 : per_code,
		.rate_sps = run->rate_sps,
		.measured_sps = seconds > 0 ? (double)(collector->count - 1) / seconds : 0,
		.seconds = seconds,
		.gain = isnan(gain) ? 0 : (unsigned int)lround(gain),
		.internal_reference = fabs(column->reference_v - INTERNAL_REFERENCE_V) < 1e-5,
		.missed = run->gaps.missed,
	};

	(run->config->format == FORMAT_JSONL ? report_json : report_text)(out, &report);
}

/* What is wrong is a failure, for who calls the program in a script. */
static void report_checkup(FILE *out, struct run *run)
{
	if (checkup_report(out, run))
		run_fail(run, EXIT_FAILED);
}

static void report_all(struct run *run)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&bytes, &length);

	if (out && run->config->check)
		report_checkup(out, run);
	for (size_t i = 0; out && run->config->stats && i < run->table.count; i++)
		report(out, run, i);
	if (out && fclose(out) == 0)
		text_bytes(&run->output.text, bytes, length);
	else
		run->output.text.lost = true;
	free(bytes);
	output_flush(&run->output);
}

static bool find_correction(const struct config *config, const struct column *column,
			    struct calibration *calibration, double number)
{
	if (config->tare)
		calibration_tare(calibration, number);
	if (!config->calibrates || calibration_gain(calibration, number, config->calibrate))
		return true;
	complain("no gain makes %g %s of '%s', which shows its zero now", config->calibrate,
		 column->unit, column->channel->id);
	hint("put the known value on it first; --tare sets the zero");
	return false;
}

static void say_saved(struct run *run, const char *label, const struct calibration *calibration,
		      uint64_t count)
{
	char line[256];

	snprintf(line, sizeof(line), "%s: zero %.9g %s, gain %.9g, by %" PRIu64 " values\n", label,
		 calibration->zero, calibration->unit, calibration->gain, count);
	text_string(&run->output.text, line);
	output_flush(&run->output);
}

/* The calibration that there was is kept in what is not changed, if it is in the same unit. */
static enum exit_code save(struct run *run, size_t index)
{
	const struct column *column = &run->table.columns[index];
	const char *label = column_name(column);
	struct calibration calibration = column->meaning.calibration;
	struct calibration_fault fault;
	struct reduced block;

	if (!average_finish(&run->collectors[index].average, &block) ||
	    block.value.state != VALUE_OK) {
		complain("cannot calibrate '%s': %s", label,
			 block.count ? "a value was no number" : "it shows no value");
		hint("'" PROGRAM " --stats' says more");
		return EXIT_FAILED;
	}
	if (strcmp(calibration.unit, column->unit))
		calibration = (struct calibration){ .gain = 1 };
	snprintf(calibration.unit, sizeof(calibration.unit), "%s", column->unit);
	if (!find_correction(run->config, column, &calibration, block.value.number))
		return EXIT_FAILED;
	if (!calibration_save(run->config->cal, label, &calibration, &fault)) {
		complain("%s", fault.what);
		hint(fault.hint);
		return EXIT_FAILED;
	}
	say_saved(run, label, &calibration, block.count);
	return EXIT_OK;
}

static void calibrate(struct run *run)
{
	for (size_t i = 0; i < run->table.count && run->code == EXIT_OK; i++)
		run_fail(run, save(run, i));
}

/* What is left of a block of time is shown; one of so many values is not there yet. */
static void write_rest(struct run *run)
{
	bool is_rest = false;

	for (size_t i = 0; i < run->table.count; i++) {
		struct collector *collector = &run->collectors[i];

		if (!average_finish(&collector->average, &collector->block))
			continue;
		become_block(&run->table.columns[i], &run->record.readings[i], &collector->block);
		is_rest = true;
	}
	if (is_rest && run->lines_left)
		output_record(&run->output, &run->table, &run->record, 0, run->table.count);
	output_flush(&run->output);
}

static void write_picture(struct run *run)
{
	struct svg_series *series = calloc(run->table.count, sizeof(*series));
	bool failed = !series;

	for (size_t i = 0; series && i < run->table.count; i++)
		series[i] = run->collectors[i].picture;
	if (series)
		svg_write(run->picture, series, run->table.count);
	failed |= ferror(run->picture) != 0;
	failed |= fclose(run->picture) != 0;
	run->picture = NULL;
	if (failed)
		run_fail(run, explain_writing(run->config->svg, errno));
	free(series);
}

void collect_finish(struct run *run)
{
	if (run->plot) {
		plot_draw(run->plot, &run->output.text, run->output.fd, monotonic_ns(), true);
		output_flush(&run->output);
	}
	if (run->picture)
		write_picture(run);
	if (counts_codes(run->config))
		report_all(run);
	else if (calibrates(run->config))
		calibrate(run);
	else if (run->config->average_ns)
		write_rest(run);
}
