// SPDX-License-Identifier: GPL-2.0-or-later
/* What does --check say? */
#include <inttypes.h>
#include <math.h>

#include "checkup.h"
#include "collect.h"
#include "columns.h"
#include "diagnosis.h"
#include "json.h"
#include "machine.h"

#define NS_PER_S 1e9

void checkup_begin(struct run *run)
{
	run->counts_interrupts = run->config->check && run->adc->is_local &&
				 machine_interrupts(run->adc->id, &run->interrupts_before);
}

static double seconds_of(const struct collector *collector)
{
	return (double)(collector->last_ns - collector->first_ns) / NS_PER_S;
}

/*
 * The channel that was seen most often stands for the scans: when read one by one, some may fail.
 */
static const struct collector *longest(const struct run *run)
{
	const struct collector *found = run->collectors;

	for (size_t i = 1; i < run->table.count; i++) {
		if (run->collectors[i].count > found->count)
			found = &run->collectors[i];
	}
	return found;
}

/*
 * A channel that has time to settle takes longer than its conversion, and the tree says how long.
 */
static bool settles(const struct run *run)
{
	for (size_t i = 0; run->adc->is_local && i < run->table.fetched; i++) {
		if (machine_tree_has(run->adc->id, run->table.columns[i].channel->id,
				     "settling-time-us"))
			return true;
	}
	return false;
}

static void view_device(struct device_view *view, const struct run *run)
{
	const struct collector *collector = longest(run);
	const double seconds = seconds_of(collector);
	uint64_t now;

	*view = (struct device_view){ .scans = collector->count,
				      .conversions = count_conversions(&run->table),
				      .missed = run->gaps.missed };
	if (seconds > 0)
		view->measured_sps =
			(double)(collector->count - 1) * (double)view->conversions / seconds;
	if (run->captured && !settles(run))
		view->nominal_sps = run->rate_sps;
	if (run->counts_interrupts && machine_interrupts(run->adc->id, &now)) {
		view->has_interrupts = true;
		view->interrupts = now - run->interrupts_before;
	}
}

static void view_channel(struct channel_view *view, const struct run *run, size_t index)
{
	const struct column *column = &run->table.columns[index];
	const struct collector *collector = &run->collectors[index];
	const double gain = column->reference_v / column->full_scale;

	*view = (struct channel_view){
		.code_bits = column_code_bits(column),
		.count = collector->count,
		.clipped = collector->stats.clipped,
		.unique = collector->stats.unique,
		.mean = collector->stats.mean,
		.has_burn_out = run->adc->is_local &&
				machine_tree_has(run->adc->id, column->channel->id,
						 "burn-out-current-nanoamp"),
		.gain = isnan(gain) ? 0 : (unsigned int)lround(gain),
	};
}

static void text_findings(FILE *out, const struct finding *found, size_t count)
{
	if (!count)
		fputs("  nothing found\n", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "  %s: %s\n", found[i].word, found[i].cause);
}

static void text_device(FILE *out, const struct run *run, const struct device_view *view)
{
	fprintf(out, "%s: %" PRIu64 " samples of each channel in %.2f s", run->adc->name,
		view->scans, seconds_of(longest(run)));
	if (view->measured_sps > 0)
		fprintf(out, ", %.3f conversions a second", view->measured_sps);
	if (view->nominal_sps > 0)
		fprintf(out, " of %g", view->nominal_sps);
	fprintf(out, ", %" PRIu64 " missed", view->missed);
	if (view->has_interrupts)
		fprintf(out, ", %" PRIu64 " interrupts", view->interrupts);
	fputc('\n', out);
}

static void text_channel(FILE *out, const struct column *column, const struct channel_view *view)
{
	fputs(column->channel->id, out);
	if (*column->label)
		fprintf(out, " (%s)", column->label);
	fprintf(out, ": %" PRIu64 " codes, %" PRIu64 " different, %" PRIu64 " saturated%s\n",
		view->count, view->unique, view->clipped,
		view->has_burn_out ? ", with a burn-out current" : "");
}

static void json_findings(FILE *out, const struct finding *found, size_t count)
{
	fputs(",\"findings\":[", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s\"%s\"", i ? "," : "", found[i].word);
	fputs("]}\n", out);
}

static void json_device(FILE *out, const struct run *run, const struct device_view *view)
{
	fputc('{', out);
	json_string(out, "device", run->adc->id);
	json_count(out, "n", view->scans);
	json_number(out, "seconds", "", seconds_of(longest(run)));
	json_number(out, "rate", "", view->measured_sps > 0 ? view->measured_sps : NAN);
	json_number(out, "nominal_rate", "", view->nominal_sps > 0 ? view->nominal_sps : NAN);
	json_count(out, "missed", view->missed);
	json_number(out, "interrupts", "", view->has_interrupts ? (double)view->interrupts : NAN);
}

static void json_channel(FILE *out, const struct column *column, const struct channel_view *view)
{
	fputc('{', out);
	json_string(out, "channel", column->channel->id);
	fputc(',', out);
	json_string(out, "label", column->label);
	json_count(out, "n", view->count);
	json_count(out, "unique", view->unique);
	json_count(out, "saturated", view->clipped);
	fprintf(out, ",\"burn_out\":%s", view->has_burn_out ? "true" : "false");
}

static size_t report_device(FILE *out, const struct run *run, bool json)
{
	struct finding found[FINDINGS_MAX];
	struct device_view view;
	size_t count;

	view_device(&view, run);
	count = diagnose_device(&view, found);
	(json ? json_device : text_device)(out, run, &view);
	(json ? json_findings : text_findings)(out, found, count);
	return count;
}

static size_t report_channel(FILE *out, const struct run *run, size_t index, bool json)
{
	const struct column *column = &run->table.columns[index];
	struct finding found[FINDINGS_MAX];
	struct channel_view view;
	size_t count;

	view_channel(&view, run, index);
	count = diagnose_channel(&view, found);
	(json ? json_channel : text_channel)(out, column, &view);
	(json ? json_findings : text_findings)(out, found, count);
	return count;
}

bool checkup_report(FILE *out, const struct run *run)
{
	const bool json = run->config->format == FORMAT_JSONL;
	size_t count = report_device(out, run, json);

	/* where nothing came at all, the reason is the device's */
	for (size_t i = 0; longest(run)->count && i < run->table.count; i++)
		count += report_channel(out, run, i, json);
	return count > 0;
}
