/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is connected to a channel? The command line's CHANNEL[=NAME][:SENSOR], read.
 *
 *	:V :mV :raw
 *	:tc=K[,cj=CHANNEL|25.0]			thermocouple; cj=temp is the default
 *	:rtd=pt100[,rref=OHM][,wires=2|3|4][,lead=OHM]
 *	:ntc=beta,3950,10k  :ntc=sh,A,B,C
 *	:bridge=2mV/V,5kg[,zero=MV_PER_V]
 *	:loop=100ohm,0..10bar			4 to 20 mA
 *	:lin=a,b,unit				a * x + b
 */
#ifndef ADS1220_SENSOR_H
#define ADS1220_SENSOR_H

#include <stdbool.h>

#include "resistance.h"
#include "thermocouple.h"

#define SENSOR_NAME_MAX 64
#define SENSOR_UNIT_MAX 16

enum sensor_kind {
	SENSOR_NONE,
	SENSOR_VOLT,
	SENSOR_MILLIVOLT,
	SENSOR_RAW,
	SENSOR_THERMOCOUPLE,
	SENSOR_PLATINUM,
	SENSOR_NTC,
	SENSOR_BRIDGE,
	SENSOR_LOOP,
	SENSOR_LINEAR,
};

/* The cold junction is the channel of that name, or at a known temperature where that is empty. */
struct thermocouple_sensor {
	const struct thermocouple *type;
	char junction[SENSOR_NAME_MAX];
	double junction_degc;
};

/* rref is 0 where the channel itself gives ohms; lead is that of both wires together. */
struct platinum_sensor {
	double r0_ohm;
	double rref_ohm;
	double lead_ohm;
	int wires;
};

struct bridge_sensor {
	double sensitivity_mv_per_v;
	double capacity;
	double zero_mv_per_v;
};

struct loop_sensor {
	double shunt_ohm;
	double at_4_ma;
	double at_20_ma;
};

struct linear_sensor {
	double factor;
	double addend;
};

/* unit is that of the result, empty for SENSOR_NONE */
struct sensor {
	enum sensor_kind kind;
	char unit[SENSOR_UNIT_MAX];
	union {
		struct thermocouple_sensor thermocouple;
		struct platinum_sensor platinum;
		struct steinhart_hart ntc;
		struct bridge_sensor bridge;
		struct loop_sensor loop;
		struct linear_sensor linear;
	};
};

/* name is empty where none was given */
struct channel_choice {
	char channel[SENSOR_NAME_MAX];
	char name[SENSOR_NAME_MAX];
	struct sensor sensor;
};

/* What is wrong, with the bad value quoted, and what would be right. */
struct sensor_error {
	char what[192];
	char allowed[128];
};

bool sensor_parse(const char *text, struct channel_choice *choice, struct sensor_error *error);

#endif
