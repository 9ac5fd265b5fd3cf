// SPDX-License-Identifier: GPL-2.0-or-later
/* What does a sensor say, given what its channel measured? */
#include <math.h>
#include <stdio.h>

#include "convert.h"

/*
 * NAMUR NE 43: a transmitter signals its failure at 3.6 mA and below or 21 mA and above, where a
 * broken wire ends as well; it measures from 3.8 to 20.5 mA, and means nothing in between.
 */
#define FAILURE_LOW_MA		3.6
#define MEASURED_FROM_MA	3.8
#define MEASURED_TO_MA		20.5
#define FAILURE_HIGH_MA		21.0

static const char *const state_names[VALUE_STATES] = {
	[VALUE_OK] = "ok",
	[VALUE_SATURATED] = "saturated",
	[VALUE_OPEN] = "open",
	[VALUE_OUT_OF_RANGE] = "out-of-range",
	[VALUE_ERROR] = "error",
};

const char *value_state_name(enum value_state state)
{
	return state_names[state];
}

static enum value_state within(bool is_value)
{
	return is_value ? VALUE_OK : VALUE_OUT_OF_RANGE;
}

static enum value_state convert_same(const struct sensor *sensor,
				     const struct measurement *measurement, double *result)
{
	(void)sensor;
	*result = measurement->value;
	return VALUE_OK;
}

static enum value_state convert_millivolt(const struct sensor *sensor,
					  const struct measurement *measurement, double *result)
{
	(void)sensor;
	*result = measurement->value * 1000;
	return VALUE_OK;
}

static enum value_state convert_thermocouple(const struct sensor *sensor,
					     const struct measurement *measurement, double *result)
{
	const struct thermocouple_sensor *thermocouple = &sensor->thermocouple;
	const double junction_degc = thermocouple->junction[0] ? measurement->junction_degc :
								 thermocouple->junction_degc;

	if (isnan(junction_degc))
		return VALUE_ERROR;
	return within(thermocouple_compensated(thermocouple->type, measurement->value * 1000,
					       junction_degc, result));
}

/*
 * Two wires and four: the reference resistor carries the sensor's current, R = U / Uref * rref.
 * Three wires: it carries that of both leads, twice the sensor's. A channel in ohms knows this.
 */
static enum value_state convert_platinum(const struct sensor *sensor,
					 const struct measurement *measurement, double *result)
{
	const struct platinum_sensor *platinum = &sensor->platinum;
	double ohm = measurement->value;

	if (platinum->rref_ohm > 0)
		ohm *= platinum->rref_ohm / measurement->reference_v *
		       (platinum->wires == 3 ? 2 : 1);
	return within(platinum_temperature(platinum->r0_ohm, ohm - platinum->lead_ohm, result));
}

static enum value_state convert_ntc(const struct sensor *sensor,
				    const struct measurement *measurement, double *result)
{
	return within(ntc_temperature(&sensor->ntc, measurement->value, result));
}

/* The reference is the bridge's excitation. */
static enum value_state convert_bridge(const struct sensor *sensor,
				       const struct measurement *measurement, double *result)
{
	const struct bridge_sensor *bridge = &sensor->bridge;
	const double mv_per_v = measurement->value * 1000 / measurement->reference_v;

	*result = (mv_per_v - bridge->zero_mv_per_v) * bridge->capacity /
		  bridge->sensitivity_mv_per_v;
	return VALUE_OK;
}

static enum value_state convert_loop(const struct sensor *sensor,
				     const struct measurement *measurement, double *result)
{
	const struct loop_sensor *loop = &sensor->loop;
	const double current_ma = measurement->value / loop->shunt_ohm * 1000;

	if (current_ma <= FAILURE_LOW_MA || current_ma >= FAILURE_HIGH_MA)
		return VALUE_ERROR;
	if (current_ma < MEASURED_FROM_MA || current_ma > MEASURED_TO_MA)
		return VALUE_OUT_OF_RANGE;
	*result = loop->at_4_ma + (loop->at_20_ma - loop->at_4_ma) * (current_ma - 4) / 16;
	return VALUE_OK;
}

static enum value_state convert_linear(const struct sensor *sensor,
				       const struct measurement *measurement, double *result)
{
	*result = sensor->linear.factor * measurement->value + sensor->linear.addend;
	return VALUE_OK;
}

#define VOLTAGE		(1u << QUANTITY_VOLTAGE)
#define RESISTANCE	(1u << QUANTITY_RESISTANCE)
#define TEMPERATURE	(1u << QUANTITY_TEMPERATURE)
#define OTHER		(1u << QUANTITY_OTHER)

/* A thermometer is not connected where the converter clips at what it could never give. */
static const struct conversion {
	unsigned int quantities;
	const char *needs;
	bool clips_when_open;
	enum value_state (*convert)(const struct sensor *sensor,
				    const struct measurement *measurement, double *result);
} conversions[] = {
	[SENSOR_NONE] = { VOLTAGE | RESISTANCE | TEMPERATURE | OTHER, "", false, convert_same },
	[SENSOR_VOLT] = { VOLTAGE, "V needs a channel in volts", false, convert_same },
	[SENSOR_MILLIVOLT] = { VOLTAGE, "mV needs a channel in volts", false, convert_millivolt },
	[SENSOR_RAW] = { VOLTAGE | RESISTANCE | TEMPERATURE | OTHER, "", false, convert_same },
	[SENSOR_THERMOCOUPLE] = { VOLTAGE, "a thermocouple needs a channel in volts", true,
				  convert_thermocouple },
	[SENSOR_PLATINUM] = { RESISTANCE, "without rref=, rtd= needs a channel in ohms", true,
			      convert_platinum },
	[SENSOR_NTC] = { RESISTANCE, "an NTC needs a channel in ohms", true, convert_ntc },
	[SENSOR_BRIDGE] = { VOLTAGE, "a bridge needs a channel in volts", false, convert_bridge },
	[SENSOR_LOOP] = { VOLTAGE, "a loop needs a channel in volts", false, convert_loop },
	[SENSOR_LINEAR] = { VOLTAGE | RESISTANCE | TEMPERATURE,
			    "lin= needs a channel in volts, ohms or degC", false, convert_linear },
};

bool sensor_fits(const struct sensor *sensor, enum quantity quantity, struct sensor_error *error)
{
	const bool has_rref = sensor->kind == SENSOR_PLATINUM && sensor->platinum.rref_ohm > 0;
	unsigned int quantities = conversions[sensor->kind].quantities;
	const char *needs = conversions[sensor->kind].needs;

	if (has_rref) {
		quantities = VOLTAGE;
		needs = "rref= needs a channel in volts: one in ohms knows its resistor";
	}
	if (quantities & (1u << quantity))
		return true;
	snprintf(error->what, sizeof(error->what), "this channel is in %s", sample_unit(quantity));
	snprintf(error->allowed, sizeof(error->allowed), "%s", needs);
	return false;
}

enum value_state sensor_value(const struct sensor *sensor, const struct measurement *measurement,
			 double *result)
{
	const struct conversion *conversion = &conversions[sensor->kind];
	double number;
	const enum value_state state = conversion->convert(sensor, measurement, &number);

	if (measurement->clipped && conversion->clips_when_open && state == VALUE_OUT_OF_RANGE)
		return VALUE_OPEN;
	if (measurement->clipped)
		return VALUE_SATURATED;
	if (state == VALUE_OK && !isfinite(number))
		return VALUE_ERROR;
	if (state == VALUE_OK)
		*result = number;
	return state;
}
