// SPDX-License-Identifier: GPL-2.0-or-later
/* What does --stats say of a channel's noise? */
#include <inttypes.h>
#include <math.h>

#include "json.h"
#include "report.h"

#define UV_PER_V 1e6

struct unit {
	const char *name;
	const char *small_name;
	double small_per_unit;
	const char *key;
};

static const struct unit units[] = {
	[QUANTITY_VOLTAGE] = { "V", "uV", 1e6, "V" },
	[QUANTITY_RESISTANCE] = { "ohm", "mohm", 1e3, "ohm" },
	[QUANTITY_TEMPERATURE] = { "degC", "mdegC", 1e3, "C" },
	[QUANTITY_OTHER] = { "codes", "codes", 1, "codes" },
};

static const char *const verdicts[] = {
	[VERDICT_QUIETER] = "quieter",
	[VERDICT_AS_PROMISED] = "as promised",
	[VERDICT_NOISIER] = "noisier",
};

/* Without a scale, codes are the unit. */
static const struct unit *unit_of(const struct report *report)
{
	return &units[report->unit_per_code > 0 ? report->quantity : QUANTITY_OTHER];
}

static double per_code(const struct report *report)
{
	return report->unit_per_code > 0 ? report->unit_per_code : 1;
}

/* The data sheet's rms noise; false where it says nothing of such a measurement. */
static bool promised(const struct report *report, double *rms_uv)
{
	return report->quantity == QUANTITY_VOLTAGE && report->internal_reference &&
	       report->unit_per_code > 0 &&
	       noise_promised(report->rate_sps, report->gain, rms_uv);
}

static void text_head(FILE *out, const struct report *report)
{
	fputs(report->channel, out);
	if (*report->label)
		fprintf(out, " (%s)", report->label);
	fprintf(out, ": %" PRIu64 " samples in %.2f s",
		report->stats->count + report->stats->clipped, report->seconds);
	if (report->measured_sps > 0)
		fprintf(out, ", %.3f a second", report->measured_sps);
	fputc('\n', out);
}

static void text_in_both(FILE *out, const char *what, const struct report *report, double codes)
{
	const struct unit *unit = unit_of(report);

	fprintf(out, "  %-16s%.6g %s", what, codes * per_code(report) * unit->small_per_unit,
		unit->small_name);
	if (unit != &units[QUANTITY_OTHER])
		fprintf(out, " (%.6g codes)", codes);
	fputc('\n', out);
}

static void text_promise(FILE *out, const struct report *report, const struct noise *noise)
{
	const double rms_uv = noise->deviation * report->unit_per_code * UV_PER_V;
	double promised_uv;

	if (!promised(report, &promised_uv))
		return;
	fprintf(out, "  data sheet      %.2f uV rms at %g SPS and gain %u with the inputs shorted",
		promised_uv, report->rate_sps, report->gain);
	fprintf(out, ": %s", verdicts[noise_verdict(rms_uv, promised_uv)]);
	if (noise_verdict(rms_uv, promised_uv) == VERDICT_NOISIER)
		fprintf(out, ", %.1f times", rms_uv / promised_uv);
	fputc('\n', out);
}

static void text_noise(FILE *out, const struct report *report, const struct noise *noise)
{
	text_in_both(out, "deviation", report, noise->deviation);
	text_in_both(out, "peak to peak", report, noise->span);
	fprintf(out, "  effective       %.2f bits: log2 of the full range over the deviation\n",
		noise->effective_bits);
	fprintf(out, "  noise-free      %.2f bits: log2 of the full range over peak to peak\n",
		noise->noise_free_bits);
	text_promise(out, report, noise);
}

void report_text(FILE *out, const struct report *report)
{
	const struct stats *stats = report->stats;
	struct noise noise;

	text_head(out, report);
	if (stats->count)
		fprintf(out, "  %-16s%.9g %s\n", "mean", stats->mean * per_code(report),
			unit_of(report)->name);
	if (stats_noise(stats, report->code_bits, &noise))
		text_noise(out, report, &noise);
	fprintf(out, "  codes           %" PRIu64 " different, %" PRIu64 " saturated, %" PRIu64
		" samples missed\n", stats->unique, stats->clipped, report->missed);
}

static void json_noise(FILE *out, const struct report *report)
{
	const char *key = unit_of(report)->key;
	struct noise noise = { NAN, NAN, NAN, NAN };
	double promised_uv = NAN;
	bool is_promised;

	stats_noise(report->stats, report->code_bits, &noise);
	json_number(out, "deviation", key, noise.deviation * per_code(report));
	json_number(out, "peak_to_peak", key, noise.span * per_code(report));
	json_number(out, "effective_bits", "", noise.effective_bits);
	json_number(out, "noise_free_bits", "", noise.noise_free_bits);
	is_promised = promised(report, &promised_uv) && isfinite(noise.deviation);
	json_number(out, "datasheet", "V", promised_uv / UV_PER_V);
	fputs(",\"verdict\":", out);
	if (is_promised)
		fprintf(out, "\"%s\"",
			verdicts[noise_verdict(noise.deviation * report->unit_per_code * UV_PER_V,
					       promised_uv)]);
	else
		fputs("null", out);
}

void report_json(FILE *out, const struct report *report)
{
	const struct stats *stats = report->stats;

	fputc('{', out);
	json_string(out, "channel", report->channel);
	fputc(',', out);
	json_string(out, "label", report->label);
	json_count(out, "n", stats->count);
	json_count(out, "saturated", stats->clipped);
	json_count(out, "missed", report->missed);
	json_count(out, "unique", stats->unique);
	json_number(out, "seconds", "", report->seconds);
	json_number(out, "rate", "", report->measured_sps > 0 ? report->measured_sps : NAN);
	json_number(out, "mean", unit_of(report)->key,
		    stats->count ? stats->mean * per_code(report) : NAN);
	json_noise(out, report);
	fputs("}\n", out);
}
