// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does it cost to write a record? cost FORMAT|printf-csv|printf-jsonl COUNT writes COUNT records
 * of one channel to nowhere, with the tool's writers or as one does with printf and strftime; callgrind
 * counts the instructions.
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../userspace/export.h"
#include "../../userspace/print.h"
#include "../../userspace/shown.h"

#define NS_PER_S	INT64_C(1000000000)
#define START_NS	INT64_C(1700000000123456789)

/* 2000 samples a second, codes of eight digits and less */
#define PERIOD_NS	500000
#define CODE(n)		(-8000000 + (n) * INT64_C(7919))

static void write_by_tool(const struct writer *writer, long count)
{
	const struct adc_channel channel = { .id = "voltage0-voltage1", .label = "bridge",
					     .quantity = QUANTITY_VOLTAGE, .codes = ads1220_codes };
	const struct sample_text scale = { .scale = "0.000001907" };
	struct column column = { .channel = &channel, .label = channel.label,
				 .junction = NO_JUNCTION, .unit = "V" };
	struct table table = { .device_id = "iio:device0", .columns = &column, .count = 1, .fetched = 1,
			       .timestamp = TIMESTAMP_ISO };
	struct reading reading = { 0 };
	struct record record = { .readings = &reading };
	struct text text = { 0 };

	column.decimals = sample_fine_decimals(QUANTITY_VOLTAGE, &scale);
	sample_prepare(QUANTITY_VOLTAGE, &scale, column.decimals, &column.scale);
	column.unit_names = export_names(column.unit);
	for (long n = 0; n < count; n++) {
		reading.time_ns = START_NS + n * PERIOD_NS;
		sample_apply(&column.scale, &channel.codes, CODE(n), &reading.sample);
		show_readings(&table, &record, 0, 1);
		writer->record(&text, &table, &record, 0, 1);
		text.length = 0;
	}
	text_free(&text);
}

static void write_by_printf(const char *format, long count)
{
	char line[256], date[32];

	for (long n = 0; n < count; n++) {
		const int64_t time_ns = START_NS + n * PERIOD_NS;
		const time_t seconds = (time_t)(time_ns / NS_PER_S);
		const double volts = (double)CODE(n) * 2.048 / 128 / 8388608;
		struct tm time;

		gmtime_r(&seconds, &time);
		strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &time);
		if (strcmp(format, "printf-csv") == 0)
			snprintf(line, sizeof(line), "%s.%06dZ,%.9g,ok\n", date,
				 (int)(time_ns % NS_PER_S / 1000), volts);
		else
			snprintf(line, sizeof(line), "{\"time\":\"%s.%06dZ\",\"device\":\"%s\","
				 "\"channel\":\"%s\",\"label\":\"%s\",\"raw\":%" PRId64
				 ",\"V\":%.9g,\"state\":\"%s\"}\n", date,
				 (int)(time_ns % NS_PER_S / 1000), "iio:device0", "voltage0-voltage1",
				 "bridge", CODE(n), volts, "ok");
	}
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	if (strcmp(argv[1], "csv") == 0)
		write_by_tool(&writers[FORMAT_CSV], atol(argv[2]));
	else if (strcmp(argv[1], "jsonl") == 0)
		write_by_tool(&writers[FORMAT_JSONL], atol(argv[2]));
	else
		write_by_printf(argv[1], atol(argv[2]));
	return 0;
}
