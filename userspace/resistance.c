// SPDX-License-Identifier: GPL-2.0-or-later
/* Which temperature does a resistance thermometer's resistance stand for? */
#include <math.h>

#include "resistance.h"

/* IEC 60751: R = R0 (1 + A t + B t^2 + C (t - 100) t^3), the last term below 0 degC alone */
#define PLATINUM_A		3.9083e-3
#define PLATINUM_B		-5.775e-7
#define PLATINUM_C		-4.183e-12
#define PLATINUM_FROM_DEGC	-200
#define PLATINUM_TO_DEGC	850

#define NEWTON_STEPS		20
#define NEWTON_STEP_DEGC	1e-9

#define KELVIN_AT_0_DEGC	273.15
#define KELVIN_AT_25_DEGC	298.15

/* Wider than NTCs are made for. */
#define NTC_FROM_DEGC		-100
#define NTC_TO_DEGC		400

static double platinum_ratio(double t)
{
	const double below_zero = t < 0 ? PLATINUM_C * (t - 100) * t * t * t : 0;

	return 1 + PLATINUM_A * t + PLATINUM_B * t * t + below_zero;
}

static double platinum_slope(double t)
{
	const double below_zero = t < 0 ? PLATINUM_C * (4 * t - 300) * t * t : 0;

	return PLATINUM_A + 2 * PLATINUM_B * t + below_zero;
}

bool platinum_resistance(double r0_ohm, double temperature_degc, double *resistance_ohm)
{
	if (!(temperature_degc >= PLATINUM_FROM_DEGC && temperature_degc <= PLATINUM_TO_DEGC))
		return false;
	*resistance_ohm = r0_ohm * platinum_ratio(temperature_degc);
	return true;
}

/* Exact from 0 degC on; below, within 2.5 degC of the root, and Newton's start. */
static double platinum_quadratic(double ratio)
{
	return (-PLATINUM_A + sqrt(PLATINUM_A * PLATINUM_A - 4 * PLATINUM_B * (1 - ratio))) /
	       (2 * PLATINUM_B);
}

bool platinum_temperature(double r0_ohm, double resistance_ohm, double *temperature_degc)
{
	const double ratio = resistance_ohm / r0_ohm;
	double t, step_degc;

	if (!(ratio >= platinum_ratio(PLATINUM_FROM_DEGC) &&
	      ratio <= platinum_ratio(PLATINUM_TO_DEGC)))
		return false;
	t = platinum_quadratic(ratio);
	for (int step = 0; ratio < 1 && step < NEWTON_STEPS; step++) {
		step_degc = (platinum_ratio(t) - ratio) / platinum_slope(t);
		t -= step_degc;
		if (fabs(step_degc) < NEWTON_STEP_DEGC)
			break;
	}
	*temperature_degc = t;
	return true;
}

struct steinhart_hart ntc_of_beta(double beta_k, double r25_ohm)
{
	return (struct steinhart_hart){ .a = 1 / KELVIN_AT_25_DEGC - log(r25_ohm) / beta_k,
					.b = 1 / beta_k };
}

bool ntc_temperature(const struct steinhart_hart *ntc, double resistance_ohm,
		     double *temperature_degc)
{
	const double log_ohm = log(resistance_ohm);
	const double t = 1 / (ntc->a + ntc->b * log_ohm + ntc->c * log_ohm * log_ohm * log_ohm) -
			 KELVIN_AT_0_DEGC;

	if (!(resistance_ohm > 0 && t >= NTC_FROM_DEGC && t <= NTC_TO_DEGC))
		return false;
	*temperature_degc = t;
	return true;
}
