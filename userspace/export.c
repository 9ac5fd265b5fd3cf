// SPDX-License-Identifier: GPL-2.0-or-later
/* How do other programs want a record? */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "export.h"

#define NS_PER_US 1000

/* how a value's name ends in CSV, what it is in JSON and InfluxDB, and in Prometheus */
struct unit_names {
	const char *unit;
	const char *ending;
	const char *key;
	const char *metric;
	const char *help;
};

/* The last stands for any other unit: ending and key are the unit itself then. */
static const struct unit_names unit_names[] = {
	{ "V", "V", "V", "ads1220_volts", "Voltage at an input." },
	{ "ohm", "ohm", "ohm", "ads1220_ohms", "Resistance at an input." },
	{ "degC", "C", "temperature_C", "ads1220_celsius", "Temperature of the chip or a sensor." },
	{ "raw", "raw", NULL, "ads1220_code", "Code without a scale." },
	{ NULL, NULL, NULL, "ads1220_value", "What a sensor says, in its own unit." },
};

const struct unit_names *export_names(const char *unit)
{
	const struct unit_names *names = unit_names;

	while (names->unit && strcmp(names->unit, unit))
		names++;
	return names;
}

static const char *ending_of(const struct column *column)
{
	const struct unit_names *names = column->unit_names;

	return names->unit ? names->ending : column->unit;
}

static const char *key_of_quantity(enum quantity quantity)
{
	static const struct sensor none = { .kind = SENSOR_NONE };

	return export_names(meaning_unit(&none, quantity))->key;
}

/* NULL for codes, which have a key of their own anyway. */
static const char *key_of(const struct column *column)
{
	const struct unit_names *names = column->unit_names;

	return names->unit ? names->key : column->unit;
}

static void put_relative_time(struct text *text, struct table *table, int64_t time_ns)
{
	if (!table->started) {
		table->started = true;
		table->start_ns = time_ns;
	}
	text_decimal(text, (time_ns - table->start_ns) / NS_PER_US, 6);
}

bool export_time(struct text *text, struct table *table, int64_t time_ns)
{
	switch (table->timestamp) {
	case TIMESTAMP_NONE:
		return false;
	case TIMESTAMP_ISO:
		text_iso_time(text, &table->second, time_ns);
		return true;
	case TIMESTAMP_UNIX:
		text_decimal(text, time_ns / NS_PER_US, 6);
		return true;
	case TIMESTAMP_NS:
		text_integer(text, time_ns);
		return true;
	case TIMESTAMP_REL:
		put_relative_time(text, table, time_ns);
	}
	return true;
}

static bool is_fine(const struct reading *reading)
{
	return !reading->failed && reading->state == VALUE_OK;
}

/* To cut digits costs a little: only who asks for it pays. */
static void put_value(struct text *text, const struct column *column, int64_t value)
{
	if (column->digits)
		text_significant(text, value, column->decimals, column->digits);
	else
		text_decimal(text, value, column->decimals);
}

bool export_number(struct text *text, const struct column *column, const struct reading *reading)
{
	if (is_fine(reading))
		put_value(text, column, reading->value);
	return is_fine(reading);
}

/* A number of the column's unit. */
static void put_number(struct text *text, const struct column *column, double number)
{
	put_value(text, column, llround(number * pow(10, column->decimals)));
}

static const char csv_special[] = ",\"\r\n";

/* RFC 4180: quotes around what would be taken for the end of a field, and doubled within. */
static void put_csv_name(struct text *text, const char *name, const char *of, const char *ending)
{
	const bool quoted = strpbrk(name, csv_special) != NULL;

	if (quoted)
		text_char(text, '"');
	for (; *name; name++) {
		if (*name == '"')
			text_char(text, '"');
		text_char(text, *name);
	}
	text_string(text, of);
	text_string(text, ending);
	if (quoted)
		text_char(text, '"');
}

static void put_csv_heads(struct text *text, const struct column *column, bool averages)
{
	static const char *const parts[] = { "_", "_min_", "_max_", "_stddev_" };
	const size_t count = averages ? sizeof(parts) / sizeof(parts[0]) : 1;

	for (size_t i = 0; i < count; i++) {
		put_csv_name(text, column_name(column), parts[i], ending_of(column));
		text_char(text, ',');
	}
	if (averages) {
		put_csv_name(text, column_name(column), "_", "n");
		text_char(text, ',');
	}
}

void export_csv_head(struct text *text, const struct table *table)
{
	if (table->timestamp != TIMESTAMP_NONE)
		text_string(text, "time,");
	for (size_t i = 0; i < table->count; i++) {
		put_csv_heads(text, &table->columns[i], table->averages);
	}
	text_string(text, "state\n");
}

/* What is wrong with the record, each thing after a blank; ok where nothing is. */
static void put_csv_state(struct text *text, const struct table *table, const struct record *record)
{
	const char *gap = "";

	for (size_t i = 0; i < table->count; i++) {
		if (is_fine(&record->readings[i]))
			continue;
		text_string(text, gap);
		text_string(text, table->columns[i].channel->id);
		text_char(text, ':');
		text_string(text, value_state_name(record->readings[i].state));
		gap = " ";
	}
	if (record->missed) {
		text_string(text, gap);
		text_string(text, "missed:");
		text_integer(text, (int64_t)record->missed);
		gap = " ";
	}
	if (!*gap)
		text_string(text, "ok");
}

/* Lowest, highest, deviation and count of an average, empty where it has no number. */
static void put_csv_block(struct text *text, const struct column *column,
			  const struct reading *reading)
{
	const struct reduced *block = reading->reduced;
	const double numbers[] = { block->min, block->max, block->deviation };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (is_fine(reading))
			put_number(text, column, numbers[i]);
		text_char(text, ',');
	}
	text_integer(text, (int64_t)block->count);
	text_char(text, ',');
}

void export_csv(struct text *text, struct table *table, const struct record *record, size_t first,
		size_t count)
{
	if (export_time(text, table, record->readings[first].time_ns))
		text_char(text, ',');
	for (size_t i = first; i < first + count; i++) {
		export_number(text, &table->columns[i], &record->readings[i]);
		text_char(text, ',');
		if (table->averages)
			put_csv_block(text, &table->columns[i], &record->readings[i]);
	}
	put_csv_state(text, table, record);
	text_char(text, '\n');
}

/* RFC 8259 section 7; bytes from 80h on are UTF-8's, which need no escape. */
void export_json_string(struct text *text, const char *string)
{
	static const char hex[] = "0123456789abcdef";

	text_char(text, '"');
	for (; *string; string++) {
		const unsigned char c = (unsigned char)*string;

		if (c == '"' || c == '\\')
			text_char(text, '\\');
		if (c < ' ') {
			text_string(text, "\\u00");
			text_char(text, hex[c >> 4]);
			text_char(text, hex[c & 15]);
		} else {
			text_char(text, (char)c);
		}
	}
	text_char(text, '"');
}

static void put_json_time(struct text *text, struct table *table, int64_t time_ns)
{
	const bool quoted = table->timestamp == TIMESTAMP_ISO;

	if (table->timestamp == TIMESTAMP_NONE)
		return;
	text_string(text, quoted ? "\"time\":\"" : "\"time\":");
	export_time(text, table, time_ns);
	text_string(text, quoted ? "\"," : ",");
}

/* What is the same in all of a column's lines, between the time and the code. */
static const struct text *json_constant(struct column *column, const struct table *table)
{
	struct text *text = &column->constant;

	if (text->length)
		return text;
	text_string(text, "\"device\":");
	export_json_string(text, table->device_id);
	text_string(text, ",\"channel\":");
	export_json_string(text, column->channel->id);
	text_string(text, ",\"label\":");
	export_json_string(text, column->label);
	text_string(text, ",\"raw\":");
	return text;
}

static void put_json_key(struct text *text, const char *key)
{
	text_string(text, ",\"");
	text_string(text, key);
	text_string(text, "\":");
}

/* What a sensor's value was made of. */
static void put_json_measured(struct text *text, const struct column *column,
			      const struct reading *reading)
{
	const char *key = key_of_quantity(column->channel->quantity);

	if (column->meaning.sensor.kind <= SENSOR_RAW || reading->reduced || !key ||
	    strcmp(key, key_of(column)) == 0)
		return;
	put_json_key(text, key);
	if (reading->failed || reading->sample.state != SAMPLE_VALUE)
		text_string(text, "null");
	else
		text_decimal(text, reading->sample.value, column->measured_decimals);
}

static void put_json_junction(struct text *text, const struct table *table,
			      const struct column *column, const struct record *record)
{
	if (column->junction == NO_JUNCTION || record->readings[column - table->columns].reduced)
		return;
	put_json_key(text, "cj_C");
	if (!export_number(text, &table->columns[column->junction],
			   &record->readings[column->junction]))
		text_string(text, "null");
}

static void put_json_block(struct text *text, const struct column *column,
			   const struct reading *reading)
{
	static const char *const keys[] = { "min", "max", "stddev" };
	const struct reduced *block = reading->reduced;
	const double numbers[] = { block->min, block->max, block->deviation };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		put_json_key(text, keys[i]);
		if (is_fine(reading))
			put_number(text, column, numbers[i]);
		else
			text_string(text, "null");
	}
	put_json_key(text, "n");
	text_integer(text, (int64_t)block->count);
}

static void put_json_value(struct text *text, const struct table *table,
			   const struct column *column, const struct record *record)
{
	const struct reading *reading = &record->readings[column - table->columns];
	const char *key = key_of(column);

	if (reading->failed || reading->reduced)
		text_string(text, "null");
	else
		text_integer(text, reading->sample.raw);
	if (!key)
		return;
	put_json_measured(text, column, reading);
	put_json_key(text, key);
	if (!export_number(text, column, reading))
		text_string(text, "null");
	put_json_junction(text, table, column, record);
	if (table->averages)
		put_json_block(text, column, reading);
}

static void put_json_line(struct text *text, struct table *table, size_t index,
			  const struct record *record)
{
	struct column *column = &table->columns[index];
	const struct reading *reading = &record->readings[index];
	const struct text *constant = json_constant(column, table);

	text_char(text, '{');
	put_json_time(text, table, reading->time_ns);
	text_bytes(text, constant->bytes, constant->length);
	put_json_value(text, table, column, record);
	text_string(text, ",\"state\":\"");
	text_string(text, value_state_name(reading->state));
	text_char(text, '"');
	if (record->missed) {
		text_string(text, ",\"missed\":");
		text_integer(text, (int64_t)record->missed);
	}
	text_string(text, "}\n");
}

void export_jsonl(struct text *text, struct table *table, const struct record *record,
		  size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++)
		put_json_line(text, table, i, record);
}

/* A tag's value ends at a comma, a blank or an equals sign, and cannot be empty. */
static void put_influx_tag(struct text *text, const char *name, const char *value)
{
	if (!*value)
		return;
	text_char(text, ',');
	text_string(text, name);
	text_char(text, '=');
	for (; *value; value++) {
		if (strchr(", =", *value))
			text_char(text, '\\');
		text_char(text, *value == '\n' ? ' ' : *value);
	}
}

static const struct text *influx_constant(struct column *column, const struct table *table)
{
	struct text *text = &column->constant;

	if (text->length)
		return text;
	text_string(text, "ads1220");
	put_influx_tag(text, "device", table->device_id);
	put_influx_tag(text, "channel", column->channel->id);
	put_influx_tag(text, "label", column->label);
	text_char(text, ' ');
	return text;
}

static void put_influx_line(struct text *text, const struct table *table, struct column *column,
			    const struct reading *reading)
{
	const struct text *constant = influx_constant(column, table);
	const char *key = key_of(column);

	text_bytes(text, constant->bytes, constant->length);
	if (key && is_fine(reading)) {
		text_string(text, key);
		text_char(text, '=');
		export_number(text, column, reading);
		text_char(text, ',');
	}
	if (!reading->reduced) {
		text_string(text, "raw=");
		text_integer(text, reading->sample.raw);
		text_string(text, "i,");
	}
	text_string(text, "state=\"");
	text_string(text, value_state_name(reading->state));
	text_string(text, "\" ");
	text_integer(text, reading->time_ns);
	text_char(text, '\n');
}

void export_influx(struct text *text, struct table *table, const struct record *record,
		   size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		if (!record->readings[i].failed)
			put_influx_line(text, table, &table->columns[i], &record->readings[i]);
	}
}

/* Prometheus' text format: backslash, quote and end of line are escaped in a label's value. */
static void put_prom_label(struct text *text, const char *name, const char *value)
{
	text_string(text, name);
	text_string(text, "=\"");
	for (; *value; value++) {
		if (*value == '"' || *value == '\\' || *value == '\n')
			text_char(text, '\\');
		text_char(text, *value == '\n' ? 'n' : *value);
	}
	text_char(text, '"');
}

static void put_prom_name(struct text *text, const char *metric, const struct table *table,
			  const struct column *column, const char *unit)
{
	text_string(text, metric);
	text_char(text, '{');
	put_prom_label(text, "device", table->device_id);
	put_prom_label(text, ",channel", column->channel->id);
	put_prom_label(text, ",label", column->label);
	if (unit)
		put_prom_label(text, ",unit", unit);
	text_string(text, "} ");
}

static void put_prom_head(struct text *text, const char *metric, const char *help, const char *type)
{
	text_string(text, "# HELP ");
	text_string(text, metric);
	text_char(text, ' ');
	text_string(text, help);
	text_string(text, "\n# TYPE ");
	text_string(text, metric);
	text_char(text, ' ');
	text_string(text, type);
	text_char(text, '\n');
}

static void put_prom_values(struct text *text, const struct table *table,
			    const struct record *record, const struct unit_names *names)
{
	bool headed = false;

	for (size_t i = 0; i < table->count; i++) {
		const struct column *column = &table->columns[i];

		if (column->unit_names != names || !is_fine(&record->readings[i]))
			continue;
		if (!headed)
			put_prom_head(text, names->metric, names->help, "gauge");
		headed = true;
		put_prom_name(text, names->metric, table, column,
			      names->unit ? NULL : column->unit);
		export_number(text, column, &record->readings[i]);
		text_char(text, '\n');
	}
}

static void put_prom_flags(struct text *text, const struct table *table,
			   const struct record *record)
{
	static const char saturated[] = "ads1220_saturated";

	put_prom_head(text, saturated, "Whether the converter clipped.", "gauge");
	for (size_t i = 0; i < table->count; i++) {
		const struct reading *reading = &record->readings[i];

		if (reading->failed)
			continue;
		put_prom_name(text, saturated, table, &table->columns[i], NULL);
		text_string(text, reading->sample.state == SAMPLE_OVER_RANGE ? "1\n" : "0\n");
	}
}

void export_prom(struct text *text, struct table *table, const struct record *record, size_t first,
		 size_t count)
{
	static const char missed[] = "ads1220_missed_samples_total";

	(void)first;
	(void)count;
	for (size_t i = 0; i < sizeof(unit_names) / sizeof(unit_names[0]); i++)
		put_prom_values(text, table, record, &unit_names[i]);
	put_prom_flags(text, table, record);
	put_prom_head(text, missed, "Samples that were not seen since the start.", "counter");
	text_string(text, missed);
	text_char(text, '{');
	put_prom_label(text, "device", table->device_id);
	text_string(text, "} ");
	text_integer(text, (int64_t)table->missed);
	text_char(text, '\n');
}

static void put_little_endian(struct text *text, uint64_t number, size_t bytes)
{
	for (; bytes; bytes--, number >>= 8)
		text_char(text, (char)(number & 0xff));
}

/* A failed reading is a code that the chip cannot give. */
void export_raw(struct text *text, struct table *table, const struct record *record, size_t first,
		size_t count)
{
	(void)table;
	put_little_endian(text, (uint64_t)record->readings[first].time_ns, 8);
	for (size_t i = first; i < first + count; i++) {
		const struct reading *reading = &record->readings[i];

		put_little_endian(text,
				  (uint64_t)(reading->failed ? INT32_MIN : reading->sample.raw), 4);
	}
}
