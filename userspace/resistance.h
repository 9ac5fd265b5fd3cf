/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which temperature does a resistance thermometer's resistance stand for? Platinum and NTC. */
#ifndef ADS1220_RESISTANCE_H
#define ADS1220_RESISTANCE_H

#include <stdbool.h>

/* Platinum after IEC 60751, by its resistance at 0 degC. False outside -200 to 850 degC. */
bool platinum_resistance(double r0_ohm, double temperature_degc, double *resistance_ohm);
bool platinum_temperature(double r0_ohm, double resistance_ohm, double *temperature_degc);

/* 1/T = a + b ln R + c (ln R)^3, T in kelvin, R in ohm */
struct steinhart_hart {
	double a;
	double b;
	double c;
};

/* The two-point form, 1/T = 1/T25 + ln(R / R25) / beta, is one with c = 0. */
struct steinhart_hart ntc_of_beta(double beta_k, double r25_ohm);

/* False where no NTC works: then it is broken, shorted, or described by other constants. */
bool ntc_temperature(const struct steinhart_hart *ntc, double resistance_ohm,
		     double *temperature_degc);

#endif
