// SPDX-License-Identifier: GPL-2.0-or-later
/* What does a run have in hand, whichever way it fetches its samples? */
#include "collect.h"
#include "run.h"
#include "shown.h"
#include "stop.h"

void run_fail(struct run *run, enum exit_code code)
{
	if (run->code == EXIT_OK)
		run->code = code;
}

/* Who asked for no end in particular gets what he wants by a signal. */
static bool is_cut_short(const struct run *run)
{
	return !run->config->continuous && !run->config->execd && run->left;
}

bool run_goes_on(struct run *run)
{
	if (stop_reopens())
		output_reopen(&run->output);
	if (run->output.error || !run->left || !run->lines_left || monotonic_ns() >= run->end_ns)
		return false;
	if (!stop_signal())
		return true;
	if (is_cut_short(run))
		run_fail(run, EXIT_SIGNAL + (enum exit_code)stop_signal());
	return false;
}

void run_write(struct run *run, size_t first, size_t count)
{
	show_readings(&run->table, &run->record, first, count);
	for (size_t i = first; i < first + count; i++)
		run->invalid |= run->record.readings[i].state != VALUE_OK;
	if (run->collectors && !collect(run, first, count))
		return;
	output_record(&run->output, &run->table, &run->record, first, count);
	if (first + count == run->table.count)
		run->lines_left--;
}
