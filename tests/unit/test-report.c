// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does report.c say what was measured, and null or nothing where something is not known?
 *
 * Links: userspace/report.c userspace/json.c userspace/stats.c
 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/report.h"
#include "tool-check.h"

/* What is written, in a buffer that the next call uses again. */
static const char *written(void (*write)(FILE *, const struct report *), const struct report *report)
{
	static char text[4096];
	FILE *out = fmemopen(text, sizeof(text), "w");

	CHECK(out != NULL);
	if (!out)
		return "";
	write(out, report);
	CHECK(fclose(out) == 0);
	return text;
}

/*
 * By hand: 16 codes, eight each of 1000 and 1032: mean 1016, deviation sqrt(16 * 256 / 15) =
 * 16.5247, span 32. At 2048 mV / 2^23 = 0.244140625 uV: 4.03436 uV, 7.8125 uV and 0.000248046875 V.
 * 24 - log2(16.5247) = 19.9534 bits, 24 - 5 = 19 bits. SBAS501 table 3: 3.89 uV at 20 SPS.
 */
static void begin(struct stats *stats, struct report *report)
{
	CHECK(stats_begin(stats));
	for (int i = 0; i < 16; i++)
		stats_add(stats, 1000 + i % 2 * 32, false);
	*report = (struct report){
		.channel = "voltage0-voltage1", .label = "bridge", .quantity = QUANTITY_VOLTAGE,
		.stats = stats, .code_bits = 24, .unit_per_code = 2.048 / 8388608, .rate_sps = 20,
		.measured_sps = 20.0026, .seconds = 0.75, .gain = 1, .internal_reference = true,
	};
}

static void writes_for_people(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	CHECK_TEXT("voltage0-voltage1 (bridge): 16 samples in 0.75 s, 20.003 a second\n"
		   "  mean            0.000248046875 V\n"
		   "  deviation       4.03436 uV (16.5247 codes)\n"
		   "  peak to peak    7.8125 uV (32 codes)\n"
		   "  effective       19.95 bits: log2 of the full range over the deviation\n"
		   "  noise-free      19.00 bits: log2 of the full range over peak to peak\n"
		   "  data sheet      3.89 uV rms at 20 SPS and gain 1 with the inputs shorted: as promised\n"
		   "  codes           2 different, 0 saturated, 0 samples missed\n",
		   written(report_text, &report));
	stats_end(&stats);
}

static void writes_for_programs(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	CHECK_TEXT("{\"channel\":\"voltage0-voltage1\",\"label\":\"bridge\",\"n\":16,\"saturated\":0,"
		   "\"missed\":0,\"unique\":2,\"seconds\":0.75,\"rate\":20.0026,"
		   "\"mean_V\":0.000248046875,\"deviation_V\":4.03435765e-06,"
		   "\"peak_to_peak_V\":7.8125e-06,\"effective_bits\":19.9534453,\"noise_free_bits\":19,"
		   "\"datasheet_V\":3.89e-06,\"verdict\":\"as promised\"}\n",
		   written(report_json, &report));
	stats_end(&stats);
}

static bool says(const struct report *report, const char *words)
{
	return strstr(written(report_text, report), words) != NULL;
}

static void judges_by_the_data_sheet(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	report.rate_sps = 5;
	CHECK(says(&report, "at 5 SPS and gain 1 with the inputs shorted: as promised\n"));
	report.rate_sps = 1000;
	CHECK(says(&report, "38.04 uV rms at 1000 SPS and gain 1 with the inputs shorted: quieter\n"));
	report.rate_sps = 20;
	report.gain = 4;
	CHECK(says(&report, "1.26 uV rms at 20 SPS and gain 4 with the inputs shorted: noisier, 3.2 times\n"));
	stats_end(&stats);
}

static void judges_nothing_that_the_data_sheet_does_not_cover(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	report.internal_reference = false;
	CHECK(!says(&report, "data sheet"));
	CHECK(strstr(written(report_json, &report), "\"datasheet_V\":null,\"verdict\":null}"));
	report.internal_reference = true;
	report.rate_sps = 0;
	CHECK(!says(&report, "data sheet"));
	report.rate_sps = 20;
	report.gain = 0;
	CHECK(!says(&report, "data sheet"));
	report.gain = 1;
	report.quantity = QUANTITY_RESISTANCE;
	CHECK(!says(&report, "data sheet"));
	stats_end(&stats);
}

static void reports_codes_without_a_scale(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	report.unit_per_code = 0;
	CHECK(says(&report, "  mean            1016 codes\n"));
	CHECK(says(&report, "  deviation       16.5247 codes\n"));
	CHECK(strstr(written(report_json, &report), "\"mean_codes\":1016,\"deviation_codes\":16.5247"));
	stats_end(&stats);
}

static void reports_a_channel_that_always_clipped(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	stats_end(&stats);
	CHECK(stats_begin(&stats));
	stats_add(&stats, 8388607, true);
	report.label = "";
	report.measured_sps = 0;
	report.missed = 3;
	CHECK_TEXT("voltage0-voltage1: 1 samples in 0.75 s\n"
		   "  codes           0 different, 1 saturated, 3 samples missed\n",
		   written(report_text, &report));
	CHECK_TEXT("{\"channel\":\"voltage0-voltage1\",\"label\":\"\",\"n\":0,\"saturated\":1,\"missed\":3,"
		   "\"unique\":0,\"seconds\":0.75,\"rate\":null,\"mean_V\":null,\"deviation_V\":null,"
		   "\"peak_to_peak_V\":null,\"effective_bits\":null,\"noise_free_bits\":null,"
		   "\"datasheet_V\":3.89e-06,\"verdict\":null}\n",
		   written(report_json, &report));
	stats_end(&stats);
}

static void escapes_labels(void)
{
	struct stats stats;
	struct report report;

	begin(&stats, &report);
	report.label = "a\"b\\c\n";
	CHECK(strstr(written(report_json, &report), "\"label\":\"a\\\"b\\\\c\\u000a\""));
	stats_end(&stats);
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(writes_for_people),
		CHECK_TEST(writes_for_programs),
		CHECK_TEST(judges_by_the_data_sheet),
		CHECK_TEST(judges_nothing_that_the_data_sheet_does_not_cover),
		CHECK_TEST(reports_codes_without_a_scale),
		CHECK_TEST(reports_a_channel_that_always_clipped),
		CHECK_TEST(escapes_labels),
	};

	return check_main(tests, sizeof(tests) / sizeof(tests[0]));
}
