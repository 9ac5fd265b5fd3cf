// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-inputs.c - which voltages do sources, resistors and recordings put on the chip's pins?
 *
 * Integers only: nV, nA, mOhm, ns. The network is a star: a resistor on AINn ends in one return
 * node, which the reference resistor, where there is one, joins to AVSS; so an excitation current
 * through both makes the ratio that a resistance measurement wants. AVSS is ground.
 */
#include "ads1220-inputs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BILLION			1000000000LL
#define DECIMALS		9

/* SBAS501 6.5: compliance of the current sources; 8.3.6: the switch; 8.3.11: burn-out currents */
#define IDAC_HEADROOM_NV	900000000LL
#define SWITCH_MOHM		3500
#define BURN_OUT_NA		10000

#define MOST_VOLTS_NV		(10 * BILLION)
#define MOST_OHMS_MOHM		(1000 * BILLION)

#define HEADER			"time_s,ain0,ain1,ain2,ain3"
#define LINE_BYTES		256

struct row {
	int64_t at_ns;
	int64_t nv[ADS1220_INPUTS_AIN];
};

struct ads1220_recording {
	size_t rows;
	struct row row[];
};

struct unit {
	const char *name;
	enum ads1220_source_kind kind;
	int64_t per_unit;		/* nV or mOhm */
};

static const struct unit units[] = {
	{ "", ADS1220_SOURCE_VOLTS, BILLION },
	{ "V", ADS1220_SOURCE_VOLTS, BILLION },
	{ "mV", ADS1220_SOURCE_VOLTS, 1000000 },
	{ "uV", ADS1220_SOURCE_VOLTS, 1000 },
	{ "nV", ADS1220_SOURCE_VOLTS, 1 },
	{ "mohm", ADS1220_SOURCE_OHMS, 1 },
	{ "ohm", ADS1220_SOURCE_OHMS, 1000 },
	{ "kohm", ADS1220_SOURCE_OHMS, 1000000 },
	{ "Mohm", ADS1220_SOURCE_OHMS, 1000000000 },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits after the ninth decimal only round. Returns the first character not taken, or NULL. */
static const char *parse_decimal(const char *text, int64_t *billionths)
{
	bool negative = *text == '-', digits = false;
	int64_t value = 0;
	int decimals = -1;

	for (text += *text == '-' || *text == '+'; is_digit(*text) || *text == '.'; text++) {
		if (*text == '.') {
			if (decimals >= 0)
				return NULL;
			decimals = 0;
			continue;
		}
		digits = true;
		if (decimals == DECIMALS)
			value += *text >= '5';
		else if (decimals < DECIMALS && value < BILLION * BILLION / 10)
			value = value * 10 + *text - '0';
		else if (decimals < DECIMALS)
			return NULL;
		decimals += decimals >= 0;
	}
	if (!digits)
		return NULL;
	for (decimals = decimals < 0 ? 0 : decimals; decimals < DECIMALS; decimals++) {
		if (value > INT64_MAX / 10)
			return NULL;
		value *= 10;
	}
	*billionths = negative ? -value : value;
	return text;
}

const char *ads1220_decimal_parse(const char *text, int64_t *billionths)
{
	const char *rest = parse_decimal(text, billionths);

	return rest && !*rest ? NULL : "is no decimal number";
}

const char *ads1220_source_parse(const char *text, struct ads1220_source *source)
{
	const struct unit *unit;
	int64_t billionths;
	const char *rest;
	__int128 value;

	if (!strcmp(text, "open")) {
		*source = (struct ads1220_source){ ADS1220_SOURCE_OPEN, 0 };
		return NULL;
	}
	rest = parse_decimal(text, &billionths);
	if (!rest)
		return "is no number; say for example 1.25, 100mV, 1.5kohm or open";
	for (unit = units; unit < units + sizeof(units) / sizeof(*units); unit++)
		if (!strcmp(rest, unit->name))
			break;
	if (unit == units + sizeof(units) / sizeof(*units))
		return "has no known unit; there are V, mV, uV, nV, mohm, ohm, kohm and Mohm";
	value = (__int128)billionths * unit->per_unit / BILLION;
	if (unit->kind == ADS1220_SOURCE_VOLTS && (value > MOST_VOLTS_NV || value < -MOST_VOLTS_NV))
		return "is beyond +-10 V, which no chip survives";
	if (unit->kind == ADS1220_SOURCE_OHMS && (value < 0 || value > MOST_OHMS_MOHM))
		return "is no resistance from 0 to 1000 Mohm";
	*source = (struct ads1220_source){ unit->kind, value };
	return NULL;
}

const char *ads1220_volts_parse(const char *text, int64_t *nv)
{
	struct ads1220_source source;
	const char *wrong = ads1220_source_parse(text, &source);

	if (wrong)
		return wrong;
	if (source.kind != ADS1220_SOURCE_VOLTS)
		return "is no voltage";
	*nv = source.value;
	return NULL;
}

/* One line of five numbers, commas between; @line is without its end. */
static const char *parse_row(const char *line, struct row *row)
{
	int64_t value;

	for (int column = 0; column <= ADS1220_INPUTS_AIN; column++) {
		line = parse_decimal(line, &value);
		if (!line || *line != (column < ADS1220_INPUTS_AIN ? ',' : '\0'))
			return "wants five decimal numbers, commas between";
		line++;
		if (column == 0) {
			row->at_ns = value;
			continue;
		}
		if (value > MOST_VOLTS_NV || value < -MOST_VOLTS_NV)
			return "has a voltage beyond +-10 V";
		row->nv[column - 1] = value;
	}
	return NULL;
}

static struct ads1220_recording *append_row(struct ads1220_recording *recording,
					    const struct row *row)
{
	size_t rows = recording->rows;

	/* Doubled at every power of two. */
	if (!(rows & (rows - 1)))
		recording = realloc(recording, sizeof(*recording) +
					       (rows ? 2 * rows : 1) * sizeof(*row));
	if (!recording)
		abort();
	recording->row[recording->rows++] = *row;
	return recording;
}

static const char *take_line(struct ads1220_recording **recording, size_t number, char *line)
{
	size_t rows = (*recording)->rows;
	const char *wrong;
	struct row row;

	if (!strchr(line, '\n') && strlen(line) == LINE_BYTES - 1)
		return "is too long";
	line[strcspn(line, "\r\n")] = '\0';
	if (number == 1)
		return strcmp(line, HEADER) ? "is not the header " HEADER : NULL;
	if (!*line)
		return NULL;
	wrong = parse_row(line, &row);
	if (wrong)
		return wrong;
	if (rows && row.at_ns <= (*recording)->row[rows - 1].at_ns)
		return "is not later than the line before";
	*recording = append_row(*recording, &row);
	return NULL;
}

struct ads1220_recording *ads1220_recording_load(const char *path, char *error, size_t size)
{
	struct ads1220_recording *recording;
	const char *wrong = NULL;
	char line[LINE_BYTES];
	size_t number = 0;
	FILE *file = fopen(path, "r");

	if (!file) {
		snprintf(error, size, "cannot open '%s': %s", path, strerror(errno));
		return NULL;
	}
	recording = calloc(1, sizeof(*recording));
	if (!recording)
		abort();
	while (!wrong && fgets(line, sizeof(line), file))
		wrong = take_line(&recording, ++number, line);
	fclose(file);
	if (!wrong && !recording->rows) {
		wrong = "is missing: the recording is empty";
		number++;
	}
	if (!wrong)
		return recording;
	snprintf(error, size, "'%s': line %zu %s", path, number, wrong);
	free(recording);
	return NULL;
}

void ads1220_recording_free(struct ads1220_recording *recording)
{
	free(recording);
}

static int64_t divide_to_nearest(__int128 dividend, int64_t divisor)
{
	return (dividend + (dividend < 0 ? -divisor / 2 : divisor / 2)) / divisor;
}

/* The row that holds at @at_ns; the first one also holds before itself. */
static size_t row_at(const struct ads1220_recording *recording, int64_t at_ns)
{
	size_t low = 0, high = recording->rows;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (recording->row[middle].at_ns <= at_ns)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static int64_t recording_mean(const struct ads1220_recording *recording, unsigned int ain,
			      int64_t from_ns, int64_t to_ns)
{
	size_t i = row_at(recording, from_ns);
	int64_t at_ns = from_ns;
	__int128 sum = 0;

	if (to_ns <= from_ns)
		return recording->row[i].nv[ain];
	for (; at_ns < to_ns; i++) {
		int64_t until_ns = to_ns;

		if (i + 1 < recording->rows && recording->row[i + 1].at_ns < to_ns)
			until_ns = recording->row[i + 1].at_ns;
		sum += (__int128)recording->row[i].nv[ain] * (until_ns - at_ns);
		at_ns = until_ns;
	}
	return divide_to_nearest(sum, to_ns - from_ns);
}

/* nA * mOhm = 1e-12 V */
static int64_t drop_nv(int64_t current_na, int64_t mohm)
{
	return divide_to_nearest((__int128)current_na * mohm, 1000);
}

static int64_t clamp_to_supply(const struct ads1220_inputs *inputs, int64_t nv, int64_t current_na)
{
	int64_t most_nv = inputs->avdd_nv;

	if (current_na > BURN_OUT_NA)
		most_nv -= IDAC_HEADROOM_NV;
	if (current_na > 0 && nv > most_nv)
		return most_nv;
	return current_na < 0 && nv < 0 ? 0 : nv;
}

/* All that flows out of the pins into resistors comes together in the return node. */
static int64_t return_nv(const struct ads1220_inputs *inputs,
			 const struct ads1220_model_drive *drive)
{
	int64_t current_na = drive->current_na[ADS1220_MODEL_REFP0];

	if (inputs->ref0.kind != ADS1220_SOURCE_OHMS)
		return 0;
	for (unsigned int i = 0; i < ADS1220_INPUTS_AIN; i++)
		if (!inputs->recording && inputs->ain[i].kind == ADS1220_SOURCE_OHMS)
			current_na += drive->current_na[ADS1220_MODEL_AIN0 + i];
	return clamp_to_supply(inputs, drop_nv(current_na, inputs->ref0.value), current_na);
}

/* An open pin goes where a current pushes it, and stays in the middle without one. */
static int64_t open_nv(const struct ads1220_inputs *inputs, int64_t current_na)
{
	if (!current_na)
		return inputs->avdd_nv / 2;
	return clamp_to_supply(inputs, current_na > 0 ? INT64_MAX : INT64_MIN, current_na);
}

static int64_t ain_nv(const struct ads1220_inputs *inputs, unsigned int ain, int64_t return_nv,
		      int64_t current_na)
{
	const struct ads1220_source *source = &inputs->ain[ain];

	switch (source->kind) {
	case ADS1220_SOURCE_OPEN:
		return open_nv(inputs, current_na);
	case ADS1220_SOURCE_OHMS:
		return clamp_to_supply(inputs, return_nv + drop_nv(current_na, source->value),
				       current_na);
	default:
		return source->value;
	}
}

/* The closed switch joins AIN3 to AVSS; a voltage source on AIN3 does not care. */
static int64_t switched_nv(const struct ads1220_source *source, int64_t nv, int64_t current_na)
{
	switch (source->kind) {
	case ADS1220_SOURCE_OPEN:
		return drop_nv(current_na, SWITCH_MOHM);
	case ADS1220_SOURCE_OHMS:
		return divide_to_nearest((__int128)nv * SWITCH_MOHM, source->value + SWITCH_MOHM);
	default:
		return nv;
	}
}

/* What stands on REFP0, or on AIN0 as REFP1, against the other reference pin at @base_nv. */
static int64_t reference_nv(const struct ads1220_source *source, int64_t base_nv,
			    int64_t current_na)
{
	if (source->kind == ADS1220_SOURCE_OHMS)
		return base_nv + drop_nv(current_na, source->value);
	return base_nv + source->value;
}

void ads1220_inputs_mean(const struct ads1220_inputs *inputs, int64_t from_ns, int64_t to_ns,
			 const struct ads1220_model_drive *drive,
			 struct ads1220_model_inputs *means)
{
	const int32_t *current_na = drive->current_na;
	int64_t ret_nv = return_nv(inputs, drive), start_ns = inputs->recording_start_ns;
	int64_t *nv = means->node_nv;

	*means = (struct ads1220_model_inputs){
		.avdd_nv = inputs->avdd_nv,
		.die_udegc = inputs->die_udegc,
	};
	for (unsigned int i = 0; i < ADS1220_INPUTS_AIN; i++) {
		if (inputs->recording)
			nv[i] = recording_mean(inputs->recording, i, from_ns - start_ns,
					       to_ns - start_ns);
		else
			nv[i] = ain_nv(inputs, i, ret_nv, current_na[i]);
	}
	if (drive->switch_closed && !inputs->recording)
		nv[ADS1220_MODEL_AIN3] = switched_nv(&inputs->ain[3], nv[ADS1220_MODEL_AIN3],
						     current_na[ADS1220_MODEL_AIN3]);
	if (inputs->ref1.kind != ADS1220_SOURCE_OPEN)
		nv[ADS1220_MODEL_AIN0] = reference_nv(&inputs->ref1, nv[ADS1220_MODEL_AIN3],
						      current_na[ADS1220_MODEL_AIN0]);
	if (inputs->ref0.kind == ADS1220_SOURCE_OHMS)
		nv[ADS1220_MODEL_REFP0] = ret_nv;
	else
		nv[ADS1220_MODEL_REFP0] = inputs->ref0.value;
}
