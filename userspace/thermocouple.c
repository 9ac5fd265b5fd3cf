// SPDX-License-Identifier: GPL-2.0-or-later
/* Which temperature does a thermocouple's voltage stand for? */
#include <math.h>
#include <stddef.h>

#include "thermocouple.h"

#define PIECES_MAX	3
#define TERMS_MAX	15
#define NEWTON_STEPS	60

/* A thousandth of the 1e-6 degC within which the way back meets the way there. */
#define NEWTON_STEP_DEGC 1e-9

/*
 * E = sum of c[i] * t^i, and for type K above 0 degC + height * exp(rate * (t - centre)^2); mV,
 * degC
 */
struct piece {
	double from_degc;
	double to_degc;
	unsigned int terms;
	double c[TERMS_MAX];
	struct {
		double height;
		double rate;
		double centre;
	} bump;
};

struct thermocouple {
	char type;
	double invertible_from_degc;
	struct piece pieces[PIECES_MAX];
};

struct point {
	double voltage_mv;
	double slope_mv_per_degc;
};

const char thermocouple_types[] = "BEJKNRST";

/*
 * The reference functions of NIST Monograph 175 (ITS-90 Thermocouple Database, NIST Standard
 * Reference Database 60), as published there: temperature in degC to voltage in mV. The inverse
 * functions published beside them err by up to 0.05 degC, so none is used.
 */
static const struct thermocouple thermocouples[] = {
	{ .type = 'B', .invertible_from_degc = 250, .pieces = {
		{ .from_degc = 0, .to_degc = 630.615, .terms = 7, .c = {
			0, -0.00024650818346, 5.9040421171e-6,
			-1.3257931636e-9, 1.5668291901e-12, -1.694452924e-15,
			6.2990347094e-19,
		} },
		{ .from_degc = 630.615, .to_degc = 1820, .terms = 9, .c = {
			-3.8938168621, 0.02857174747, -8.4885104785e-5,
			1.5785280164e-7, -1.6835344864e-10, 1.1109794013e-13,
			-4.4515431033e-17, 9.8975640821e-21, -9.3791330289e-25,
		} },
	} },
	{ .type = 'E', .invertible_from_degc = -270, .pieces = {
		{ .from_degc = -270, .to_degc = 0, .terms = 14, .c = {
			0, 0.058665508708, 4.5410977124e-5,
			-7.7998048686e-7, -2.5800160843e-8, -5.9452583057e-10,
			-9.3214058667e-12, -1.0287605534e-13, -8.0370123621e-16,
			-4.3979497391e-18, -1.6414776355e-20, -3.9673619516e-23,
			-5.5827328721e-26, -3.4657842013e-29,
		} },
		{ .from_degc = 0, .to_degc = 1000, .terms = 11, .c = {
			0, 0.05866550871, 4.5032275582e-5,
			2.8908407212e-8, -3.3056896652e-10, 6.502440327e-13,
			-1.9197495504e-16, -1.2536600497e-18, 2.1489217569e-21,
			-1.4388041782e-24, 3.5960899481e-28,
		} },
	} },
	{ .type = 'J', .invertible_from_degc = -210, .pieces = {
		{ .from_degc = -210, .to_degc = 760, .terms = 9, .c = {
			0, 0.050381187815, 3.047583693e-5,
			-8.568106572e-8, 1.3228195295e-10, -1.7052958337e-13,
			2.0948090697e-16, -1.2538395336e-19, 1.5631725697e-23,
		} },
		{ .from_degc = 760, .to_degc = 1200, .terms = 6, .c = {
			296.45625681, -1.4976127786, 0.0031787103924,
			-3.1847686701e-6, 1.5720819004e-9, -3.0691369056e-13,
		} },
	} },
	{ .type = 'K', .invertible_from_degc = -270, .pieces = {
		{ .from_degc = -270, .to_degc = 0, .terms = 11, .c = {
			0, 0.039450128025, 2.3622373598e-5,
			-3.2858906784e-7, -4.9904828777e-9, -6.7509059173e-11,
			-5.7410327428e-13, -3.1088872894e-15, -1.0451609365e-17,
			-1.9889266878e-20, -1.6322697486e-23,
		} },
		{ .from_degc = 0, .to_degc = 1372, .terms = 10, .c = {
			-0.017600413686, 0.038921204975, 1.8558770032e-5,
			-9.9457592874e-8, 3.1840945719e-10, -5.6072844889e-13,
			5.6075059059e-16, -3.2020720003e-19, 9.7151147152e-23,
			-1.2104721275e-26,
		}, .bump = { 0.1185976, -0.0001183432, 126.9686 } },
	} },
	{ .type = 'N', .invertible_from_degc = -270, .pieces = {
		{ .from_degc = -270, .to_degc = 0, .terms = 9, .c = {
			0, 0.026159105962, 1.0957484228e-5,
			-9.3841111554e-8, -4.6412039759e-11, -2.6303357716e-12,
			-2.2653438003e-14, -7.6089300791e-17, -9.3419667835e-20,
		} },
		{ .from_degc = 0, .to_degc = 1300, .terms = 11, .c = {
			0, 0.025929394601, 1.571014188e-5,
			4.3825627237e-8, -2.5261169794e-10, 6.4311819339e-13,
			-1.0063471519e-15, 9.9745338992e-19, -6.0863245607e-22,
			2.0849229339e-25, -3.0682196151e-29,
		} },
	} },
	{ .type = 'R', .invertible_from_degc = -50, .pieces = {
		{ .from_degc = -50, .to_degc = 1064.18, .terms = 10, .c = {
			0, 0.00528961729765, 1.39166589782e-5,
			-2.38855693017e-8, 3.56916001063e-11, -4.62347666298e-14,
			5.00777441034e-17, -3.73105886191e-20, 1.57716482367e-23,
			-2.81038625251e-27,
		} },
		{ .from_degc = 1064.18, .to_degc = 1664.5, .terms = 6, .c = {
			2.95157925316, -0.00252061251332, 1.59564501865e-5,
			-7.64085947576e-9, 2.05305291024e-12, -2.93359668173e-16,
		} },
		{ .from_degc = 1664.5, .to_degc = 1768.1, .terms = 5, .c = {
			152.232118209, -0.268819888545, 0.000171280280471,
			-3.45895706453e-8, -9.34633971046e-15,
		} },
	} },
	{ .type = 'S', .invertible_from_degc = -50, .pieces = {
		{ .from_degc = -50, .to_degc = 1064.18, .terms = 9, .c = {
			0, 0.00540313308631, 1.2593428974e-5,
			-2.32477968689e-8, 3.22028823036e-11, -3.31465196389e-14,
			2.55744251786e-17, -1.25068871393e-20, 2.71443176145e-24,
		} },
		{ .from_degc = 1064.18, .to_degc = 1664.5, .terms = 5, .c = {
			1.32900444085, 0.00334509311344, 6.54805192818e-6,
			-1.64856259209e-9, 1.29989605174e-14,
		} },
		{ .from_degc = 1664.5, .to_degc = 1768.1, .terms = 5, .c = {
			146.628232636, -0.258430516752, 0.000163693574641,
			-3.30439046987e-8, -9.43223690612e-15,
		} },
	} },
	{ .type = 'T', .invertible_from_degc = -270, .pieces = {
		{ .from_degc = -270, .to_degc = 0, .terms = 15, .c = {
			0, 0.038748106364, 4.4194434347e-5,
			1.1844323105e-7, 2.0032973554e-8, 9.0138019559e-10,
			2.2651156593e-11, 3.6071154205e-13, 3.8493939883e-15,
			2.8213521925e-17, 1.4251594779e-19, 4.8768662286e-22,
			1.079553927e-24, 1.3945027062e-27, 7.9795153927e-31,
		} },
		{ .from_degc = 0, .to_degc = 400, .terms = 9, .c = {
			0, 0.038748106364, 3.329222788e-5,
			2.0618243404e-7, -2.1882256846e-9, 1.0996880928e-11,
			-3.0815758772e-14, 4.547913529e-17, -2.7512901673e-20,
		} },
	} },
};

const struct thermocouple *thermocouple_of_type(char type)
{
	for (size_t i = 0; i < sizeof(thermocouples) / sizeof(thermocouples[0]); i++) {
		if (thermocouples[i].type == type)
			return &thermocouples[i];
	}
	return NULL;
}

static struct point evaluate(const struct piece *piece, double temperature_degc)
{
	struct point point = { 0 };

	for (unsigned int i = piece->terms; i-- > 0;) {
		point.slope_mv_per_degc =
			point.slope_mv_per_degc * temperature_degc + point.voltage_mv;
		point.voltage_mv = point.voltage_mv * temperature_degc + piece->c[i];
	}
	if (piece->bump.height != 0) {
		const double away_degc = temperature_degc - piece->bump.centre;
		const double bump_mv =
			piece->bump.height * exp(piece->bump.rate * away_degc * away_degc);

		point.voltage_mv += bump_mv;
		point.slope_mv_per_degc += 2 * piece->bump.rate * away_degc * bump_mv;
	}
	return point;
}

static bool is_piece(const struct thermocouple *thermocouple, unsigned int index)
{
	return index < PIECES_MAX && thermocouple->pieces[index].terms;
}

bool thermocouple_voltage(const struct thermocouple *thermocouple, double temperature_degc,
			  double *voltage_mv)
{
	for (unsigned int i = 0; is_piece(thermocouple, i); i++) {
		const struct piece *piece = &thermocouple->pieces[i];

		if (temperature_degc >= piece->from_degc && temperature_degc <= piece->to_degc) {
			*voltage_mv = evaluate(piece, temperature_degc).voltage_mv;
			return true;
		}
	}
	return false;
}

/*
 * Newton from the straight line between the ends, kept between them: where a step would leave what
 * is left of the range, half of that is taken instead.
 */
static double solve(const struct piece *piece, double low_degc, double low_mv, double high_mv,
		    double voltage_mv)
{
	double high_degc = piece->to_degc;
	double at_degc = low_degc + (high_degc - low_degc) * (voltage_mv - low_mv) /
					    (high_mv - low_mv);

	for (int step = 0; step < NEWTON_STEPS; step++) {
		const struct point point = evaluate(piece, at_degc);
		double next_degc;

		if (point.voltage_mv < voltage_mv)
			low_degc = at_degc;
		else
			high_degc = at_degc;
		next_degc = at_degc - (point.voltage_mv - voltage_mv) / point.slope_mv_per_degc;
		if (!(next_degc >= low_degc && next_degc <= high_degc))
			next_degc = (low_degc + high_degc) / 2;
		if (fabs(next_degc - at_degc) < NEWTON_STEP_DEGC)
			return next_degc;
		at_degc = next_degc;
	}
	return at_degc;
}

/* The pieces meet within the last digit of the published terms, less than a nanovolt. */
bool thermocouple_temperature(const struct thermocouple *thermocouple, double voltage_mv,
			      double *temperature_degc)
{
	double low_degc = thermocouple->invertible_from_degc;

	for (unsigned int i = 0; is_piece(thermocouple, i); i++) {
		const struct piece *piece = &thermocouple->pieces[i];
		const double low_mv = evaluate(piece, low_degc).voltage_mv;
		const double high_mv = evaluate(piece, piece->to_degc).voltage_mv;

		if (i == 0 && !(voltage_mv >= low_mv))
			return false;
		if (voltage_mv <= high_mv) {
			*temperature_degc = solve(piece, low_degc, low_mv, high_mv, voltage_mv);
			return true;
		}
		low_degc = piece->to_degc;
	}
	return false;
}

bool thermocouple_compensated(const struct thermocouple *thermocouple, double voltage_mv,
			      double junction_degc, double *temperature_degc)
{
	double junction_mv;

	return thermocouple_voltage(thermocouple, junction_degc, &junction_mv) &&
	       thermocouple_temperature(thermocouple, voltage_mv + junction_mv, temperature_degc);
}
