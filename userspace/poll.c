// SPDX-License-Identifier: GPL-2.0-or-later
/* How is channel after channel read, each by a conversion of its own? */
#define _GNU_SOURCE
#include <errno.h>
#include <unistd.h>

#include "run.h"
#include "stop.h"

/*
 * A first reading connects the input; the filter in front of it then has its time before the
 * second. A signal does not cut that short: the reading would be wrong.
 */
static int read_settled(struct run *run, const struct column *column, struct sample *sample,
			const char **attribute)
{
	const bool must_settle = run->config->settle_ns && run->connected != column->channel;
	int ret = adc_read(column->channel, column->measured_decimals, sample, attribute);
	int64_t due_ns, rest_ns;

	run->connected = column->channel;
	if (ret || !must_settle)
		return ret;
	due_ns = monotonic_ns() + run->config->settle_ns;
	while ((rest_ns = due_ns - monotonic_ns()) > 0)
		stop_wait(-1, rest_ns);
	return adc_read(column->channel, column->measured_decimals, sample, attribute);
}

/* A channel that fails costs its own reading alone. */
static bool take_reading(struct run *run, size_t index)
{
	const struct column *column = &run->table.columns[index];
	struct reading *reading = &run->record.readings[index];
	const char *attribute;
	const int ret = read_settled(run, column, &reading->sample, &attribute);

	reading->time_ns = realtime_ns();
	reading->failed = ret != 0;
	if (ret)
		run_fail(run, explain_reading(run->adc, column->channel, attribute, -ret));
	return ret == 0;
}

/* A cold junction must be there before what needs it. */
static enum grouping grouping_of(const struct run *run)
{
	for (size_t i = 0; i < run->table.count; i++) {
		if (run->table.columns[i].junction != NO_JUNCTION)
			return WHOLE_ROUND;
	}
	return run->output.writer->grouping;
}

/* Returns whether it makes sense to go on: something could be read, and nobody said to stop. */
static bool take_round(struct run *run)
{
	const enum grouping grouping = grouping_of(run);
	const size_t all = run->table.fetched;
	size_t taken = 0, i;

	for (i = 0; i < all && !stop_signal() && !run->output.error; i++) {
		taken += take_reading(run, i);
		if (grouping != EACH_READING)
			continue;
		run_write(run, i, 1);
		output_flush(&run->output);
	}
	if (taken && (i == all || grouping == PART_OF_ROUND) &&
	    grouping != EACH_READING) {
		run_write(run, 0, i < run->table.count ? i : run->table.count);
		output_flush(&run->output);
	}
	if (i == all)
		run->left--;
	return taken > 0;
}

/* Waits for the round's turn; a signal ends the wait. */
static bool wait_until(int64_t due_ns)
{
	int64_t rest_ns;

	while ((rest_ns = due_ns - monotonic_ns()) > 0 && !stop_signal())
		stop_wait(-1, rest_ns);
	return !stop_signal();
}

/* Waits for a whole line; returns false at the end of them, or at a signal. */
static bool wait_for_line(void)
{
	char c = '\0';

	while (!stop_signal()) {
		const int ready = stop_wait(STDIN_FILENO, -1);
		const ssize_t length = ready > 0 ? read(STDIN_FILENO, &c, 1) : -1;

		if (length == 0 || (ready < 0 && ready != -EINTR))
			return false;
		if (length == 1 && c == '\n')
			return true;
	}
	return false;
}

void poll_run(struct run *run)
{
	const struct config *config = run->config;
	int64_t due_ns = monotonic_ns();

	if (config->verbose)
		complain("reading one by one");
	while (run_goes_on(run)) {
		if (config->execd && !wait_for_line())
			return;
		if (!take_round(run))
			return;
		due_ns += config->every_ns;
		if (config->every_ns && run->left && due_ns < run->end_ns)
			wait_until(due_ns);
		else if (config->every_ns)
			return;
	}
}
