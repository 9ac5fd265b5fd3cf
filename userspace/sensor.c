// SPDX-License-Identifier: GPL-2.0-or-later
/* What is connected to a channel? */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "number.h"
#include "sensor.h"

#define SPECIFICATION_MAX 256
#define FIELDS_MAX 8

/* The bad value in a message: no longer than this, so that the message keeps its end. */
#define QUOTED "'%.60s'"

#define UNIT_CHARACTERS								\
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%/^_*.-"

/* tc=K,cj=temp is the fields "K" and "cj=temp"; one that was understood is NULL from then on. */
struct fields {
	char text[SPECIFICATION_MAX];
	char *field[FIELDS_MAX];
	size_t count;
	const char *form;
	struct sensor_error *error;
};

struct range {
	double above;
	double up_to;
	const char *words;
};

static const struct range positive = { 0, 1e12, "more than 0" };

/*
 * SENSOR as it is written, from its first character on, and what reads the fields behind the '='.
 */
struct kind {
	const char *key;
	const char *form;
	bool (*take)(struct fields *fields, struct sensor *sensor);
};

__attribute__((format(printf, 3, 4))) static bool refuse(struct sensor_error *error,
							 const char *allowed, const char *format,
							 ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->what, sizeof(error->what), format, arguments);
	va_end(arguments);
	snprintf(error->allowed, sizeof(error->allowed), "%s", allowed);
	return false;
}

/* The field of that number, or NULL. */
static const char *next_field(struct fields *fields, size_t index)
{
	const char *field = index < fields->count ? fields->field[index] : NULL;

	if (field)
		fields->field[index] = NULL;
	return field;
}

static bool take_field(struct fields *fields, size_t index, const char *what, const char **field)
{
	*field = next_field(fields, index);
	if (*field)
		return true;
	return refuse(fields->error, fields->form, "%s is missing", what);
}

/* The value of key=value, or NULL where it was not given. A second one of that key is left over. */
static const char *option(struct fields *fields, const char *key)
{
	const size_t length = strlen(key);

	for (size_t i = 1; i < fields->count; i++) {
		const char *field = fields->field[i];

		if (field && strncmp(field, key, length) == 0 && field[length] == '=') {
			fields->field[i] = NULL;
			return field + length + 1;
		}
	}
	return NULL;
}

static bool nothing_left(const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (fields->field[i])
			return refuse(fields->error, fields->form, QUOTED " does not belong here",
				      fields->field[i]);
	}
	return true;
}

static bool in_range(double number, const struct range *range)
{
	return number > range->above && number <= range->up_to;
}

static bool parse_number(struct fields *fields, const char *what, const char *text, double *number)
{
	return number_parse(text, number) ||
	       refuse(fields->error, fields->form, "%s " QUOTED " is no number", what, text);
}

/* 470, 470ohm, 10k, 10kohm, 1M, 1Mohm */
static bool parse_ohm(struct fields *fields, const char *what, const char *text, double *ohm)
{
	const char *unit = text;
	const bool is_number = number_scan(&unit, ohm);

	if (is_number && (*unit == 'k' || *unit == 'M'))
		*ohm *= *unit++ == 'k' ? 1e3 : 1e6;
	if (is_number && (*unit == '\0' || strcmp(unit, "ohm") == 0) && in_range(*ohm, &positive))
		return true;
	return refuse(fields->error, "a resistance is more than 0, such as 470, 470ohm or 10k",
		      "%s " QUOTED " is no resistance", what, text);
}

/*
 * Units go into headings, keys and tags of every format: letters first, and nothing to be quoted.
 */
static bool copy_unit(struct fields *fields, const char *unit, char copy[SENSOR_UNIT_MAX])
{
	const size_t length = strlen(unit);
	const bool starts_well = length && !strchr("0123456789.^*-_", *unit);

	if (starts_well && length < SENSOR_UNIT_MAX && strspn(unit, UNIT_CHARACTERS) == length) {
		memcpy(copy, unit, length + 1);
		return true;
	}
	return refuse(fields->error, "a unit is up to 15 letters, digits and any of % / ^ _ * . -",
		      QUOTED " is no unit", unit);
}

static bool take_volt(struct fields *fields, struct sensor *sensor)
{
	*sensor = (struct sensor){ .kind = SENSOR_VOLT };
	return copy_unit(fields, "V", sensor->unit);
}

static bool take_millivolt(struct fields *fields, struct sensor *sensor)
{
	*sensor = (struct sensor){ .kind = SENSOR_MILLIVOLT };
	return copy_unit(fields, "mV", sensor->unit);
}

static bool take_raw(struct fields *fields, struct sensor *sensor)
{
	*sensor = (struct sensor){ .kind = SENSOR_RAW };
	return copy_unit(fields, "raw", sensor->unit);
}

static bool take_junction(struct fields *fields, const char *text,
			  struct thermocouple_sensor *sensor)
{
	double voltage_mv;

	if (number_parse(text, &sensor->junction_degc)) {
		sensor->junction[0] = '\0';
		return thermocouple_voltage(sensor->type, sensor->junction_degc, &voltage_mv) ||
		       refuse(fields->error, "it is in degC, inside the thermocouple's own range",
			      "no cold junction is at " QUOTED, text);
	}
	if (*text && strlen(text) < sizeof(sensor->junction)) {
		memcpy(sensor->junction, text, strlen(text) + 1);
		return true;
	}
	return refuse(fields->error, "cj= takes a channel's name or a temperature in degC",
		      QUOTED " is no cold junction", text);
}

static bool take_thermocouple(struct fields *fields, struct sensor *sensor)
{
	const char *type, *junction;

	*sensor = (struct sensor){ .kind = SENSOR_THERMOCOUPLE };
	if (!take_field(fields, 0, "the thermocouple's type", &type))
		return false;
	if (strlen(type) == 1)
		sensor->thermocouple.type = thermocouple_of_type(*type);
	if (!sensor->thermocouple.type)
		return refuse(fields->error, "known are B E J K N R S T",
			      "unknown thermocouple type " QUOTED, type);
	junction = option(fields, "cj");
	return take_junction(fields, junction ? junction : "temp", &sensor->thermocouple) &&
	       copy_unit(fields, "degC", sensor->unit);
}

static bool take_lead(struct fields *fields, struct platinum_sensor *sensor)
{
	const char *lead = option(fields, "lead");

	if (!lead)
		return true;
	if (sensor->wires != 2)
		return refuse(fields->error, "lead= goes with wires=2: more wires cancel it",
			      "lead=" QUOTED " with %d wires", lead, sensor->wires);
	return parse_ohm(fields, "lead=", lead, &sensor->lead_ohm);
}

static bool take_platinum(struct fields *fields, struct sensor *sensor)
{
	const char *type, *rref, *wires;

	*sensor = (struct sensor){ .kind = SENSOR_PLATINUM, .platinum.wires = 2 };
	if (!take_field(fields, 0, "the thermometer's type", &type))
		return false;
	if ((strncmp(type, "pt", 2) && strncmp(type, "Pt", 2)) ||
	    !number_parse(type + 2, &sensor->platinum.r0_ohm) ||
	    !in_range(sensor->platinum.r0_ohm, &positive))
		return refuse(fields->error, "pt100, pt500, pt1000 or another resistance at 0 degC",
			      "unknown thermometer " QUOTED, type);
	rref = option(fields, "rref");
	if (rref && !parse_ohm(fields, "rref=", rref, &sensor->platinum.rref_ohm))
		return false;
	wires = option(fields, "wires");
	if (wires && (strlen(wires) != 1 || !strchr("234", *wires)))
		return refuse(fields->error, "wires=2, wires=3 or wires=4",
			      "no thermometer has " QUOTED " wires", wires);
	if (wires)
		sensor->platinum.wires = *wires - '0';
	return take_lead(fields, &sensor->platinum) && copy_unit(fields, "degC", sensor->unit);
}

static bool take_beta(struct fields *fields, struct sensor *sensor)
{
	const char *beta, *r25;
	double beta_k, r25_ohm;

	if (!take_field(fields, 1, "beta in kelvin", &beta) ||
	    !take_field(fields, 2, "the resistance at 25 degC", &r25) ||
	    !parse_number(fields, "beta", beta, &beta_k) ||
	    !parse_ohm(fields, "the resistance at 25 degC", r25, &r25_ohm))
		return false;
	if (!in_range(beta_k, &positive))
		return refuse(fields->error, positive.words, "beta is " QUOTED, beta);
	sensor->ntc = ntc_of_beta(beta_k, r25_ohm);
	return true;
}

static bool take_steinhart_hart(struct fields *fields, struct sensor *sensor)
{
	static const char *const names[] = { "constant A", "constant B", "constant C" };
	double *const constants[] = { &sensor->ntc.a, &sensor->ntc.b, &sensor->ntc.c };
	const char *field;

	for (size_t i = 0; i < 3; i++) {
		if (!take_field(fields, i + 1, names[i], &field) ||
		    !parse_number(fields, names[i], field, constants[i]))
			return false;
	}
	return true;
}

static bool take_ntc(struct fields *fields, struct sensor *sensor)
{
	const char *form;
	bool taken;

	*sensor = (struct sensor){ .kind = SENSOR_NTC };
	if (!take_field(fields, 0, "'beta' or 'sh'", &form))
		return false;
	if (strcmp(form, "beta") == 0)
		taken = take_beta(fields, sensor);
	else if (strcmp(form, "sh") == 0)
		taken = take_steinhart_hart(fields, sensor);
	else
		return refuse(fields->error, fields->form, "unknown NTC equation " QUOTED, form);
	return taken && copy_unit(fields, "degC", sensor->unit);
}

/* 2mV/V */
static bool parse_mv_per_v(struct fields *fields, const char *what, const char *text,
			   double *number)
{
	const char *unit = text;

	if (number_scan(&unit, number) && strcmp(unit, "mV/V") == 0)
		return true;
	return refuse(fields->error, fields->form, "%s " QUOTED " is not in mV/V", what, text);
}

static bool take_bridge(struct fields *fields, struct sensor *sensor)
{
	struct bridge_sensor *bridge = &sensor->bridge;
	const char *sensitivity, *capacity, *unit, *zero;

	*sensor = (struct sensor){ .kind = SENSOR_BRIDGE };
	if (!take_field(fields, 0, "the bridge's sensitivity", &sensitivity) ||
	    !take_field(fields, 1, "the bridge's capacity", &capacity) ||
	    !parse_mv_per_v(fields, "sensitivity", sensitivity, &bridge->sensitivity_mv_per_v))
		return false;
	if (!in_range(bridge->sensitivity_mv_per_v, &positive))
		return refuse(fields->error, positive.words, "sensitivity is " QUOTED, sensitivity);
	unit = capacity;
	if (!number_scan(&unit, &bridge->capacity) || !in_range(bridge->capacity, &positive))
		return refuse(fields->error, fields->form,
			      "capacity " QUOTED " is no number and unit", capacity);
	zero = option(fields, "zero");
	if (zero && !number_parse(zero, &bridge->zero_mv_per_v) &&
	    !parse_mv_per_v(fields, "zero=", zero, &bridge->zero_mv_per_v))
		return false;
	return copy_unit(fields, unit, sensor->unit);
}

static bool take_loop(struct fields *fields, struct sensor *sensor)
{
	struct loop_sensor *loop = &sensor->loop;
	const char *shunt, *range, *at;

	*sensor = (struct sensor){ .kind = SENSOR_LOOP };
	if (!take_field(fields, 0, "the loop's resistor", &shunt) ||
	    !take_field(fields, 1, "the loop's range", &range) ||
	    !parse_ohm(fields, "the loop's resistor", shunt, &loop->shunt_ohm))
		return false;
	at = range;
	if (!number_scan(&at, &loop->at_4_ma) || strncmp(at, "..", 2))
		return refuse(fields->error, fields->form, QUOTED " is no range", range);
	at += 2;
	if (!number_scan(&at, &loop->at_20_ma) || loop->at_4_ma == loop->at_20_ma)
		return refuse(fields->error, fields->form, QUOTED " is no range", range);
	return copy_unit(fields, at, sensor->unit);
}

static bool parse_factor(struct fields *fields, const char *text, double *factor)
{
	if (!parse_number(fields, "the factor a", text, factor))
		return false;
	return *factor != 0 ||
	       refuse(fields->error, fields->form, "with a = " QUOTED " every value would be b",
		      text);
}

static bool take_linear(struct fields *fields, struct sensor *sensor)
{
	const char *factor, *addend, *unit;

	*sensor = (struct sensor){ .kind = SENSOR_LINEAR };
	return take_field(fields, 0, "the factor a", &factor) &&
	       take_field(fields, 1, "the addend b", &addend) &&
	       take_field(fields, 2, "the unit", &unit) &&
	       parse_factor(fields, factor, &sensor->linear.factor) &&
	       parse_number(fields, "the addend b", addend, &sensor->linear.addend) &&
	       copy_unit(fields, unit, sensor->unit);
}

static const struct kind kinds[] = {
	{ "V", "V", take_volt },
	{ "mV", "mV", take_millivolt },
	{ "raw", "raw", take_raw },
	{ "tc=", "tc=K[,cj=CHANNEL|temp|25.0]", take_thermocouple },
	{ "rtd=", "rtd=pt100[,rref=OHM][,wires=2|3|4][,lead=OHM]", take_platinum },
	{ "ntc=", "ntc=beta,3950,10k or ntc=sh,A,B,C", take_ntc },
	{ "bridge=", "bridge=2mV/V,5kg[,zero=MV_PER_V]", take_bridge },
	{ "loop=", "loop=100ohm,0..10bar", take_loop },
	{ "lin=", "lin=a,b,unit", take_linear },
};

/* The kind whose key the specification begins with; a key without '=' is all of it. */
static const struct kind *kind_of(const char *specification, const char **values)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const size_t length = strlen(kinds[i].key);

		if (strncmp(specification, kinds[i].key, length))
			continue;
		*values = specification + length;
		if (kinds[i].key[length - 1] == '=' || **values == '\0')
			return &kinds[i];
	}
	return NULL;
}

static bool split(const char *values, struct fields *fields)
{
	char *at = *values ? fields->text : NULL;

	if (strlen(values) >= sizeof(fields->text))
		return refuse(fields->error, fields->form, QUOTED "... is too long", values);
	memcpy(fields->text, values, strlen(values) + 1);
	while (at) {
		if (fields->count == FIELDS_MAX)
			return refuse(fields->error, fields->form, QUOTED " does not belong here",
				      at);
		fields->field[fields->count++] = at;
		at = strchr(at, ',');
		if (at)
			*at++ = '\0';
	}
	return true;
}

static bool parse_specification(const char *text, struct sensor *sensor, struct sensor_error *error)
{
	struct fields fields = { .error = error };
	const char *values;
	const struct kind *kind = kind_of(text, &values);

	if (!kind)
		return refuse(error, "known are V mV raw tc= rtd= ntc= bridge= loop= lin=",
			      "unknown sensor " QUOTED, text);
	fields.form = kind->form;
	return split(values, &fields) && kind->take(&fields, sensor) && nothing_left(&fields);
}

static bool copy_name(const char *what, const char *from, size_t length,
		      char copy[SENSOR_NAME_MAX], struct sensor_error *error)
{
	if (length >= SENSOR_NAME_MAX)
		return refuse(error, "up to 63 bytes", "%s '%.40s...' is too long", what, from);
	memcpy(copy, from, length);
	copy[length] = '\0';
	return true;
}

bool sensor_parse(const char *text, struct channel_choice *choice, struct sensor_error *error)
{
	const size_t channel = strcspn(text, "=:");
	const char *at = text + channel;

	*choice = (struct channel_choice){ .sensor.kind = SENSOR_NONE };
	if (!copy_name("the channel", text, channel, choice->channel, error))
		return false;
	if (*at == '=') {
		const size_t name = strcspn(++at, ":");

		if (!name)
			return refuse(error, "CHANNEL=NAME", "no name follows '=' in " QUOTED,
				      text);
		if (!copy_name("the name", at, name, choice->name, error))
			return false;
		at += name;
	}
	return *at == '\0' || parse_specification(at + 1, &choice->sensor, error);
}
