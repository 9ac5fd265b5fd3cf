// SPDX-License-Identifier: GPL-2.0-or-later
/* How is a label's value corrected? */
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration.h"
#include "number.h"

#define NUMBER_MAX 64

/* Digits that bring any double back, and those that nearly always do. */
#define DIGITS_EXACT 17
#define DIGITS_SHORT 15

/* A piece of the text, which ends where it says and not with a NUL. */
struct span {
	const char *at;
	size_t length;
};

enum line_kind {
	LINE_REMARK,
	LINE_SECTION,
	LINE_ENTRY,
	LINE_BAD,
};

/* name is the section's label or the entry's key */
struct line {
	enum line_kind kind;
	struct span name;
	struct span value;
};

enum key {
	KEY_UNIT,
	KEY_ZERO,
	KEY_GAIN,
	KEYS,
};

static const char *const key_names[KEYS] = { "unit", "zero", "gain" };

struct section {
	bool wanted;
	unsigned int line;
	struct span label;
	bool given[KEYS];
	struct calibration calibration;
};

struct reader {
	const char *label;
	unsigned int line;
	struct section section;
	bool found;
	struct calibration *calibration;
	struct calibration_error *error;
};

__attribute__((format(printf, 2, 3))) static bool refuse(struct reader *reader, const char *format,
							 ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reader->error->what, sizeof(reader->error->what), format, arguments);
	va_end(arguments);
	reader->error->line = reader->line;
	return false;
}

static bool is_blank(char character)
{
	return character == ' ' || character == '\t' || character == '\r';
}

static struct span trim(struct span span)
{
	while (span.length && is_blank(span.at[0])) {
		span.at++;
		span.length--;
	}
	while (span.length && is_blank(span.at[span.length - 1]))
		span.length--;
	return span;
}

static bool is_text(struct span span, const char *text)
{
	return strlen(text) == span.length && memcmp(span.at, text, span.length) == 0;
}

/* For a message: not more of it than the message has room for. */
static int shown(struct span span)
{
	return span.length < 60 ? (int)span.length : 60;
}

/* One line without its end; moves *text behind that. */
static struct span next_line(const char **text)
{
	const struct span line = { *text, strcspn(*text, "\n") };

	*text += line.length;
	if (**text)
		++*text;
	return line;
}

static struct line classify(struct span text)
{
	const struct span inner = trim(text);
	const char *equals;

	if (!inner.length || inner.at[0] == '#')
		return (struct line){ .kind = LINE_REMARK };
	if (inner.at[0] == '[') {
		if (inner.length < 3 ||
		    memchr(inner.at, ']', inner.length) != inner.at + inner.length - 1)
			return (struct line){ .kind = LINE_BAD, .name = inner };
		return (struct line){ .kind = LINE_SECTION,
				      .name = { inner.at + 1, inner.length - 2 } };
	}
	equals = memchr(inner.at, '=', inner.length);
	if (!equals)
		return (struct line){ .kind = LINE_BAD, .name = inner };
	return (struct line){
		.kind = LINE_ENTRY,
		.name = trim((struct span){ inner.at, (size_t)(equals - inner.at) }),
		.value = trim((struct span){ equals + 1,
					     inner.length - (size_t)(equals - inner.at) - 1 }),
	};
}

static bool take_unit(struct reader *reader, struct span value)
{
	char *unit = reader->section.calibration.unit;

	if (!value.length || value.length >= SENSOR_UNIT_MAX)
		return refuse(reader, "'%.*s' is no unit", shown(value), value.at);
	memcpy(unit, value.at, value.length);
	unit[value.length] = '\0';
	return true;
}

static bool take_number(struct reader *reader, struct span value, double *number)
{
	char text[NUMBER_MAX];

	if (value.length < sizeof(text)) {
		memcpy(text, value.at, value.length);
		text[value.length] = '\0';
		if (number_parse(text, number))
			return true;
	}
	return refuse(reader, "'%.*s' is no number", shown(value), value.at);
}

static bool take_value(struct reader *reader, enum key key, struct span value)
{
	struct calibration *calibration = &reader->section.calibration;

	if (key == KEY_UNIT)
		return take_unit(reader, value);
	if (key == KEY_ZERO)
		return take_number(reader, value, &calibration->zero);
	if (!take_number(reader, value, &calibration->gain))
		return false;
	return calibration->gain != 0 || refuse(reader, "a gain of 0 leaves no value");
}

static bool take_entry(struct reader *reader, const struct line *line)
{
	struct section *section = &reader->section;

	if (!section->line)
		return refuse(reader, "'%.*s' stands before the first [label]", shown(line->name),
			      line->name.at);
	for (enum key key = 0; key < KEYS; key++) {
		if (!is_text(line->name, key_names[key]))
			continue;
		if (section->given[key])
			return refuse(reader, "there is a second %s for one label", key_names[key]);
		section->given[key] = true;
		return take_value(reader, key, line->value);
	}
	return refuse(reader, "'%.*s' is none of unit, zero and gain", shown(line->name),
		      line->name.at);
}

/* Without a unit, a correction in kilograms would one day be applied to volts. */
static bool end_section(struct reader *reader)
{
	const struct section *section = &reader->section;

	if (!section->line)
		return true;
	if (!section->given[KEY_UNIT]) {
		reader->line = section->line;
		return refuse(reader, "[%.*s] has no unit", shown(section->label),
			      section->label.at);
	}
	if (section->wanted)
		*reader->calibration = section->calibration;
	return true;
}

static bool begin_section(struct reader *reader, struct span label)
{
	const bool wanted = is_text(label, reader->label);

	if (wanted && reader->found)
		return refuse(reader, "[%.*s] is there a second time", shown(label), label.at);
	reader->found = reader->found || wanted;
	reader->section = (struct section){ .wanted = wanted, .line = reader->line, .label = label,
					    .calibration.gain = 1 };
	return true;
}

static bool take_line(struct reader *reader, struct span text)
{
	const struct line line = classify(text);

	reader->line++;
	switch (line.kind) {
	case LINE_REMARK:
		return true;
	case LINE_SECTION:
		return end_section(reader) && begin_section(reader, line.name);
	case LINE_ENTRY:
		return take_entry(reader, &line);
	case LINE_BAD:
		break;
	}
	return refuse(reader, "'%.*s' is neither [label] nor key = value", shown(line.name),
		      line.name.at);
}

enum calibration_status calibration_find(const char *text, const char *label,
					 struct calibration *calibration,
					 struct calibration_error *error)
{
	struct reader reader = { .label = label, .calibration = calibration, .error = error };

	*calibration = (struct calibration){ .gain = 1 };
	while (*text) {
		if (!take_line(&reader, next_line(&text)))
			return CALIBRATION_BAD;
	}
	if (!end_section(&reader))
		return CALIBRATION_BAD;
	return reader.found ? CALIBRATION_FOUND : CALIBRATION_NONE;
}

bool calibration_label_fits(const char *label)
{
	return *label && !strpbrk(label, "]\n");
}

struct builder {
	char *text;
	size_t used;
	bool fits;
};

static void append(struct builder *builder, const char *text, size_t length)
{
	if (length >= CALIBRATION_TEXT_MAX - builder->used) {
		builder->fits = false;
		return;
	}
	memcpy(builder->text + builder->used, text, length);
	builder->used += length;
	builder->text[builder->used] = '\0';
}

static void append_line(struct builder *builder, struct span line)
{
	append(builder, line.at, line.length);
	append(builder, "\n", 1);
}

static void append_entry(struct builder *builder, enum key key, const char *value)
{
	append(builder, key_names[key], strlen(key_names[key]));
	append(builder, " = ", 3);
	append_line(builder, (struct span){ value, strlen(value) });
}

static void append_number(struct builder *builder, enum key key, double number)
{
	char text[NUMBER_MAX];

	snprintf(text, sizeof(text), "%.*g", DIGITS_SHORT, number);
	if (strtod(text, NULL) != number)
		snprintf(text, sizeof(text), "%.*g", DIGITS_EXACT, number);
	append_entry(builder, key, text);
}

static void append_entries(struct builder *builder, const struct calibration *calibration)
{
	append_entry(builder, KEY_UNIT, calibration->unit);
	append_number(builder, KEY_ZERO, calibration->zero);
	append_number(builder, KEY_GAIN, calibration->gain);
}

static void append_section(struct builder *builder, const char *label,
			   const struct calibration *calibration)
{
	if (builder->used)
		append(builder, "\n", 1);
	append(builder, "[", 1);
	append(builder, label, strlen(label));
	append(builder, "]\n", 2);
	append_entries(builder, calibration);
}

bool calibration_change(const char *text, const char *label, const struct calibration *calibration,
			char changed[CALIBRATION_TEXT_MAX])
{
	struct builder builder = { .text = changed, .fits = calibration_label_fits(label) };
	bool inside = false, found = false;

	changed[0] = '\0';
	while (*text) {
		const struct span whole = next_line(&text);
		const struct line line = classify(whole);

		if (line.kind == LINE_SECTION)
			inside = is_text(line.name, label);
		if (inside && line.kind == LINE_ENTRY)
			continue;
		append_line(&builder, whole);
		if (inside && line.kind == LINE_SECTION) {
			append_entries(&builder, calibration);
			found = true;
		}
	}
	if (!found)
		append_section(&builder, label, calibration);
	return builder.fits;
}

double calibration_apply(const struct calibration *calibration, double value)
{
	return (value - calibration->zero) * calibration->gain;
}

void calibration_tare(struct calibration *calibration, double value)
{
	calibration->zero = value;
}

bool calibration_gain(struct calibration *calibration, double value, double known)
{
	const double gain = known / (value - calibration->zero);

	if (!isfinite(gain) || gain == 0)
		return false;
	calibration->gain = gain;
	return true;
}
