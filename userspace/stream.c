// SPDX-License-Identifier: GPL-2.0-or-later
/* How are samples captured without losing one, and shown as soon as they are there? */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "run.h"
#include "settings.h"
#include "stop.h"

#define NS_PER_S	INT64_C(1000000000)
#define NS_PER_MS	INT64_C(1000000)

/* Up to this rate every scan is shown at once; above it, ten times a second. */
#define SLOW_HZ		50
#define BLOCKS_HZ	10
#define BLOCK_MAX	256

/* what the kernel keeps while the program does not run */
#define KEPT_S		4
#define BLOCKS_MIN	4

/* Without --timeout: longer than the driver's own attempts to start the chip anew. */
#define PATIENCE_NS	(3 * NS_PER_S)
#define PATIENCE_SCANS	10

struct stream {
	struct adc_capture capture;
	int64_t *codes;
	size_t block;
	/* of a scan, by the rate; 0 where that is unknown */
	int64_t period_ns;
	int64_t patience_ns;
	int64_t heard_ns;
	/* the first scan's time */
	int64_t began_ns;
};

/* Values need each channel's scale, once: nobody can change it while the capture goes on. */
static bool learn_scales(struct run *run)
{
	for (size_t i = 0; i < run->table.fetched; i++) {
		struct column *column = &run->table.columns[i];
		const char *attribute;
		const int ret = adc_read_scale(column->channel, column->fine,
					       &column->measured_decimals,
					       &column->scale, &attribute);

		if (ret) {
			run_fail(run, explain_reading(run->adc, column->channel, attribute, -ret));
			return false;
		}
	}
	return true;
}

static size_t block_of(double scans_hz, uint64_t wanted)
{
	size_t block = 1;

	if (scans_hz > SLOW_HZ)
		block = (size_t)(scans_hz / BLOCKS_HZ);
	if (block > BLOCK_MAX)
		block = BLOCK_MAX;
	return wanted < block ? (size_t)wanted : block;
}

static void plan(struct stream *stream, const struct run *run)
{
	const double scans_hz = current_rate(run->adc) / (double)count_conversions(&run->table);

	stream->block = block_of(scans_hz, run->left);
	stream->period_ns = scans_hz > 0 ? (int64_t)(NS_PER_S / scans_hz) : 0;
	stream->patience_ns = run->config->timeout_ns;
	if (!stream->patience_ns)
		stream->patience_ns = PATIENCE_NS + PATIENCE_SCANS * stream->period_ns;
}

static unsigned int blocks_of(const struct stream *stream)
{
	const int64_t block_ns = stream->period_ns * (int64_t)stream->block;
	const int64_t blocks = block_ns ? KEPT_S * NS_PER_S / block_ns : 0;

	return blocks < BLOCKS_MIN ? BLOCKS_MIN : (unsigned int)blocks;
}

static int start(struct stream *stream, const struct run *run)
{
	const struct adc_channel **channels = calloc(run->table.fetched, sizeof(*channels));
	int ret;

	stream->codes = calloc(run->table.fetched, sizeof(*stream->codes));
	if (!channels || !stream->codes) {
		free(channels);
		return -ENOMEM;
	}
	for (size_t i = 0; i < run->table.fetched; i++)
		channels[i] = run->table.columns[i].channel;
	/* to start a second capture would end the first */
	ret = adc_is_captured(run->adc) ? -EBUSY
					: adc_capture_start(&stream->capture, run->adc, channels,
							    run->table.fetched, stream->block,
							    blocks_of(stream),
							    (unsigned int)(stream->patience_ns /
									   NS_PER_MS));
	free(channels);
	return ret;
}

/* Returns whether reading one by one may do where the capture could not be started. */
static bool explain_start(struct run *run, int error)
{
	const bool may_poll = run->config->mode == MODE_AUTO;

	if (may_poll && (error == EINVAL || error == ENOSYS || error == ENOENT))
		return false;
	if (may_poll && (error == EACCES || error == EPERM)) {
		explain_capture(run->adc, error);
		complain("reading one by one instead");
		return false;
	}
	run_fail(run, explain_capture(run->adc, error));
	return true;
}

static void convert(struct run *run, const int64_t *codes, int64_t time_ns)
{
	for (size_t i = 0; i < run->table.fetched; i++) {
		const struct column *column = &run->table.columns[i];
		struct reading *reading = &run->record.readings[i];

		reading->time_ns = time_ns;
		reading->failed = sample_apply(&column->scale, &column->channel->codes, codes[i],
					       &reading->sample) != NULL;
	}
}

static void note_gap(struct run *run)
{
	run->table.missed = run->gaps.missed;
	if (run->gaps.gaps == 1 && run->record.missed && !run->config->quiet)
		complain("samples are missing; how many comes at the end");
}

/* What was converted before the filter in front of the input had settled is passed over. */
static bool is_settled(struct stream *stream, const struct run *run, int64_t time_ns)
{
	if (!run->config->settle_ns)
		return true;
	if (!stream->began_ns)
		stream->began_ns = time_ns;
	return time_ns - stream->began_ns >= run->config->settle_ns;
}

static void write_scans(struct stream *stream, struct run *run)
{
	int64_t time_ns = stream->capture.has_time ? 0 : realtime_ns();

	stream->heard_ns = monotonic_ns();
	while (run->left && !run->output.error &&
	       adc_capture_next(&stream->capture, &time_ns, stream->codes)) {
		if (!is_settled(stream, run, time_ns))
			continue;
		run->record.missed = 0;
		if (stream->capture.has_time)
			run->record.missed = gaps_note(&run->gaps, time_ns);
		note_gap(run);
		convert(run, stream->codes, time_ns);
		run_write(run, 0, run->table.count);
		run->left--;
	}
	output_flush(&run->output);
}

/* The kernel wakes whom waits for a whole block: what is less than that is fetched by time. */
static int64_t time_to_wait(const struct stream *stream, const struct run *run)
{
	const int64_t now = monotonic_ns();
	int64_t wait_ns = stream->heard_ns + stream->patience_ns - now;

	if (run->end_ns - now < wait_ns)
		wait_ns = run->end_ns - now;
	if (run->left < stream->block && (int64_t)run->left * stream->period_ns < wait_ns)
		wait_ns = (int64_t)run->left * stream->period_ns;
	return wait_ns < NS_PER_MS ? NS_PER_MS : wait_ns;
}

/* Returns false where the capture has failed. */
static bool take_block(struct stream *stream, struct run *run)
{
	int ret = adc_capture_read(&stream->capture);

	if (ret == -EAGAIN && monotonic_ns() - stream->heard_ns < stream->patience_ns)
		return true;
	if (ret == 0) {
		write_scans(stream, run);
		return true;
	}
	run_fail(run, explain_capture(run->adc, ret == -EAGAIN ? ETIMEDOUT : -ret));
	return false;
}

static void capture(struct stream *stream, struct run *run)
{
	const bool paces_itself =
		count_conversions(&run->table) == 1 && adc_has_own_trigger(run->adc);
	bool works = true;

	stream->heard_ns = monotonic_ns();
	gaps_start(&run->gaps,
		   paces_itself ? stream->period_ns : 0, stream->patience_ns);
	while (works && run_goes_on(run)) {
		if (stream->capture.fd >= 0 &&
		    stop_wait(stream->capture.fd, time_to_wait(stream, run)) == -EINTR)
			continue;
		works = take_block(stream, run);
	}
	/* what has come since, less than a block */
	if (works && run->left && stream->capture.fd >= 0 &&
	    adc_capture_read(&stream->capture) == 0)
		write_scans(stream, run);
}

static void report(const struct run *run)
{
	if (run->gaps.missed && !run->config->quiet)
		complain("%" PRIu64 " of %" PRIu64 " samples were missed, in %" PRIu64 " gaps",
			 run->gaps.missed, run->gaps.missed + run->gaps.samples, run->gaps.gaps);
}

bool stream_run(struct run *run)
{
	struct stream stream = { 0 };
	bool handled = true;
	int ret;

	if (!learn_scales(run))
		return true;
	plan(&stream, run);
	ret = start(&stream, run);
	if (ret) {
		handled = explain_start(run, -ret);
	} else {
		if (run->config->verbose)
			complain("capturing blocks of %zu scans", stream.block);
		capture(&stream, run);
		adc_capture_stop(&stream.capture);
		report(run);
	}
	free(stream.codes);
	return handled;
}
