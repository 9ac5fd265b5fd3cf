// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sensor.c - does any text on the command line harm the parser of sensors, or what it lets through
 * the conversions?
 *
 * Links: userspace/sensor.c userspace/number.c userspace/convert.c userspace/sample.c
 * Links: userspace/thermocouple.c userspace/resistance.c
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../userspace/convert.h"

#define TEXT_MAX 1024

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static bool is_ended(const char *text, size_t room)
{
	return memchr(text, '\0', room) != NULL;
}

/* A value is a number, and a state is one of those that have a name. */
static void convert_each(const struct sensor *sensor)
{
	static const double values[] = { 0, 1e-3, -0.1, 1, 138.5, 1e4, -1e9, INFINITY, NAN };

	for (size_t i = 0; i < 2 * sizeof(values) / sizeof(values[0]); i++) {
		const struct measurement measurement = {
			.clipped = i % 2, .value = values[i / 2], .reference_v = 2.048, .junction_degc = 25,
		};
		double result = NAN;
		const enum value_state state = sensor_value(sensor, &measurement, &result);

		require(strlen(value_state_name(state)) > 0);
		require((state == VALUE_OK) == isfinite(result));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MAX];
	struct channel_choice choice;
	struct sensor_error error = { .what = "" };

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (!sensor_parse(text, &choice, &error)) {
		require(error.what[0] && is_ended(error.what, sizeof(error.what)));
		require(error.allowed[0] && is_ended(error.allowed, sizeof(error.allowed)));
		return 0;
	}
	require(!error.what[0]);
	require(is_ended(choice.channel, sizeof(choice.channel)));
	require(is_ended(choice.name, sizeof(choice.name)));
	require(is_ended(choice.sensor.unit, sizeof(choice.sensor.unit)));
	require((choice.sensor.kind == SENSOR_NONE) == !choice.sensor.unit[0]);
	convert_each(&choice.sensor);
	return 0;
}
