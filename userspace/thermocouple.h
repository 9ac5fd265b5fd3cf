/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which temperature does a thermocouple's voltage stand for? ITS-90, types B E J K N R S T. */
#ifndef ADS1220_THERMOCOUPLE_H
#define ADS1220_THERMOCOUPLE_H

#include <stdbool.h>

struct thermocouple;

extern const char thermocouple_types[];

/* NULL where there is no such type; the letters are upper case. */
const struct thermocouple *thermocouple_of_type(char type);

/* The voltage against a junction at 0 degC. False outside the type's range. */
bool thermocouple_voltage(const struct thermocouple *thermocouple, double temperature_degc,
			  double *voltage_mv);

/* The way back. Type B begins at 250 degC: below 42 degC a voltage has two temperatures. */
bool thermocouple_temperature(const struct thermocouple *thermocouple, double voltage_mv,
			      double *temperature_degc);

/* With the cold junction's own voltage added: voltages add up, temperatures do not. */
bool thermocouple_compensated(const struct thermocouple *thermocouple, double voltage_mv,
			      double junction_degc, double *temperature_degc);

#endif
