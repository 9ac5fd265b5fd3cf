// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-analog.c - which number does an ADS1220 make of the voltages on its pins?
 *
 * Voltages are nanovolts in 64 bits, at most 10 V (ads1220-convert.c limits them), so differences
 * of 20 V: at gain 128 that is 2.6e12, times a gain error of 1e6 ppm 2.6e18. What is multiplied by
 * 2^23 was clipped to twice the reference before, 40 V: 3.4e17.
 */
#include "ads1220-chip.h"

#define FULL_SCALE		(INT64_C(1) << 23)
#define UV			INT64_C(1000)
#define MV			INT64_C(1000000)

#define PGA_HEADROOM_NV		(200 * MV)	/* SBAS501 section 8.3.2.1 */
#define BYPASS_RANGE_NV		(100 * MV)	/* SBAS501 section 6.3 */
#define REFERENCE_LEAST_NV	(750 * MV)	/* SBAS501 section 6.3 */
#define REFERENCE_RANGE_NV	(100 * MV)	/* SBAS501 section 6.3 */
#define BURN_OUT_NA		10000		/* SBAS501 section 8.3.10 */
#define TEMPERATURE_LSB_UDEGC	31250		/* SBAS501 section 8.3.13: 0.03125 degC */
#define TEMPERATURE_MOST	8191		/* 14 bits, left-justified in 24 */
#define GAIN_LOG2_BYPASSED_MOST	2		/* SBAS501 section 8.3.2.2: gain 1, 2, 4 */

#define INTERNAL_MOST_UV	10000000	/* keeps the products in 64 bits */
#define GAIN_ERROR_MOST_PPM	1000000

#define AVSS			(-1)

/* SBAS501 section 8.6, register 0, MUX */
static const struct {
	int positive, negative;
} inputs_of[ADS1220_MUX_REFERENCE] = {
	{ ADS1220_MODEL_AIN0, ADS1220_MODEL_AIN1 },
	{ ADS1220_MODEL_AIN0, ADS1220_MODEL_AIN2 },
	{ ADS1220_MODEL_AIN0, ADS1220_MODEL_AIN3 },
	{ ADS1220_MODEL_AIN1, ADS1220_MODEL_AIN2 },
	{ ADS1220_MODEL_AIN1, ADS1220_MODEL_AIN3 },
	{ ADS1220_MODEL_AIN2, ADS1220_MODEL_AIN3 },
	{ ADS1220_MODEL_AIN1, ADS1220_MODEL_AIN0 },
	{ ADS1220_MODEL_AIN3, ADS1220_MODEL_AIN2 },
	{ ADS1220_MODEL_AIN0, AVSS },
	{ ADS1220_MODEL_AIN1, AVSS },
	{ ADS1220_MODEL_AIN2, AVSS },
	{ ADS1220_MODEL_AIN3, AVSS },
};

/* SBAS501 section 8.6, register 2, IDAC: microamperes */
static const int32_t idac_ua[8] = { 0, 10, 50, 100, 250, 500, 1000, 1500 };

/* SBAS501 section 8.6, register 3, I1MUX and I2MUX; 0 is off, 7 reserved (reading: off) */
static const int idac_pin[8] = {
	-1, ADS1220_MODEL_AIN0, ADS1220_MODEL_AIN1, ADS1220_MODEL_AIN2, ADS1220_MODEL_AIN3,
	ADS1220_MODEL_REFP0, ADS1220_MODEL_REFN0, -1,
};

struct path {
	unsigned int gain_log2;
	bool bypassed;
	int64_t positive_nv, negative_nv;
	int64_t reference_nv;
};

static bool to_avss(const uint8_t *registers)
{
	unsigned int mux = ADS1220_MUX(registers);

	return mux >= ADS1220_MUX_TO_AVSS_FIRST && mux <= ADS1220_MUX_TO_AVSS_LAST;
}

static bool rejection_acts(const uint8_t *registers)
{
	return ADS1220_DR(registers) == 0 && ADS1220_MODE(registers) != ADS1220_MODE_TURBO;
}

uint32_t ads1220_setting_faults(const uint8_t *registers)
{
	bool route_7 = ADS1220_I1MUX(registers) == ADS1220_IMUX_RESERVED ||
		       ADS1220_I2MUX(registers) == ADS1220_IMUX_RESERVED;
	bool avss = to_avss(registers) && !ADS1220_TS(registers);
	const struct {
		bool wrong;
		enum ads1220_misuse misuse;
	} rules[] = {
		{ !ADS1220_TS(registers) && ADS1220_MUX(registers) == ADS1220_MUX_RESERVED,
		  ADS1220_MISUSE_MUX_RESERVED },
		{ ADS1220_DR(registers) == 7, ADS1220_MISUSE_DR_RESERVED },
		{ ADS1220_MODE(registers) == ADS1220_MODE_RESERVED, ADS1220_MISUSE_MODE_RESERVED },
		{ route_7, ADS1220_MISUSE_IMUX_RESERVED },
		{ ADS1220_RESERVED_BIT(registers), ADS1220_MISUSE_RESERVED_BIT },
		{ ADS1220_REJECTION(registers) && !rejection_acts(registers),
		  ADS1220_MISUSE_REJECTION },
		{ avss && !ADS1220_PGA_BYPASS(registers), ADS1220_MISUSE_NOT_BYPASSED },
		{ avss && ADS1220_GAIN_LOG2(registers) > GAIN_LOG2_BYPASSED_MOST,
		  ADS1220_MISUSE_GAIN_TO_AVSS },
	};
	uint32_t faults = 0;
	unsigned int i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		faults |= rules[i].wrong ? ADS1220_FAULT(rules[i].misuse) : 0;
	return faults;
}

static void add_current(struct ads1220_model_drive *drive, int pin, int32_t current_na)
{
	if (pin >= 0)
		drive->current_na[pin] += current_na;
}

/* The currents of a chip that is not in power-down; idac is the code that acts by now. */
void ads1220_analog_drive(const uint8_t *registers, unsigned int idac,
			  struct ads1220_model_drive *drive)
{
	unsigned int mux = ADS1220_MUX(registers);

	add_current(drive, idac_pin[ADS1220_I1MUX(registers)], idac_ua[idac] * 1000);
	add_current(drive, idac_pin[ADS1220_I2MUX(registers)], idac_ua[idac] * 1000);
	/* SBAS501 section 8.3.10: into AINP, out of AINN; reading: only what MUX routes to pins. */
	if (!ADS1220_BCS(registers) || ADS1220_TS(registers) || mux >= ADS1220_MUX_REFERENCE)
		return;
	add_current(drive, inputs_of[mux].positive, BURN_OUT_NA);
	add_current(drive, inputs_of[mux].negative, -BURN_OUT_NA);
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* To the nearest, halves away from zero. */
static int64_t divide(int64_t dividend, int64_t divisor)
{
	return (dividend + (dividend < 0 ? -divisor : divisor) / 2) / divisor;
}

static uint32_t temperature_code(int32_t udegc)
{
	int64_t code = divide(udegc, TEMPERATURE_LSB_UDEGC);

	code = clamp(code, -TEMPERATURE_MOST - 1, TEMPERATURE_MOST);
	return (uint32_t)(code * 1024) & 0xffffff;
}

/*
 * SBAS501 section 8.3.2.2; AINN = AVSS: the data sheet asks for PGA_BYPASS, the sheets of the
 * ADS1120-Q1 and ADS122C04 say that the chip bypasses by itself and takes no gain above 4.
 */
static void choose_gain(struct path *path, const uint8_t *registers, bool as_written)
{
	path->gain_log2 = ADS1220_GAIN_LOG2(registers);
	path->bypassed = ADS1220_PGA_BYPASS(registers) &&
			 path->gain_log2 <= GAIN_LOG2_BYPASSED_MOST;
	if (!to_avss(registers) || as_written)
		return;
	path->bypassed = true;
	if (path->gain_log2 > GAIN_LOG2_BYPASSED_MOST)
		path->gain_log2 = GAIN_LOG2_BYPASSED_MOST;
}

static int64_t node(const struct ads1220_model_inputs *inputs, int pin)
{
	return pin == AVSS ? inputs->avss_nv : inputs->node_nv[pin];
}

static void choose_reference(struct path *path, const uint8_t *registers, int64_t internal_nv,
			     const struct ads1220_model_inputs *inputs, uint32_t *faults)
{
	const int64_t *nodes = inputs->node_nv;
	const struct {
		int64_t positive, negative;
	} choices[] = {
		[ADS1220_VREF_INTERNAL] = { internal_nv, 0 },
		[ADS1220_VREF_REF0] = { nodes[ADS1220_MODEL_REFP0], nodes[ADS1220_MODEL_REFN0] },
		[ADS1220_VREF_REF1] = { nodes[ADS1220_MODEL_AIN0], nodes[ADS1220_MODEL_AIN3] },
		[ADS1220_VREF_SUPPLY] = { inputs->avdd_nv, inputs->avss_nv },
	};
	unsigned int vref = ADS1220_VREF(registers);

	path->reference_nv = choices[vref].positive - choices[vref].negative;
	if (vref == ADS1220_VREF_INTERNAL)
		return;
	if (path->reference_nv < REFERENCE_LEAST_NV ||
	    choices[vref].positive > inputs->avdd_nv + REFERENCE_RANGE_NV ||
	    choices[vref].negative < inputs->avss_nv - REFERENCE_RANGE_NV)
		*faults |= ADS1220_FAULT(ADS1220_MISUSE_REFERENCE);
}

/*
 * SBAS501 section 8.3.11: the monitors bypass the PGA, take gain 1 and the internal reference.
 * Reading: with VREF = 00 or 11 the reference monitor looks at REFP0 and REFN0.
 */
static void choose_monitor(struct path *path, const uint8_t *registers,
			   const struct ads1220_model_inputs *inputs)
{
	const int64_t *nodes = inputs->node_nv;

	path->bypassed = true;
	path->gain_log2 = 0;
	if (ADS1220_MUX(registers) == ADS1220_MUX_SUPPLY)
		path->positive_nv = inputs->avdd_nv - inputs->avss_nv;
	else if (ADS1220_VREF(registers) == ADS1220_VREF_REF1)
		path->positive_nv = nodes[ADS1220_MODEL_AIN0] - nodes[ADS1220_MODEL_AIN3];
	else
		path->positive_nv = nodes[ADS1220_MODEL_REFP0] - nodes[ADS1220_MODEL_REFN0];
	path->positive_nv = divide(path->positive_nv, 4);
}

/*
 * SBAS501 section 8.3.2.1 with the whole gain (revision B; D splits it between PGA and
 * capacitors): either PGA output stands at VCM +- gain * VIN / 2 and goes to 0.2 V of the supplies.
 * Below (AVDD - AVSS) / 4 the sheet promises nothing; reading: a warning, and the number as above.
 */
static int64_t pga_output(const struct path *path, const struct ads1220_model_inputs *inputs,
			  uint32_t *faults)
{
	int64_t gain = INT64_C(1) << path->gain_log2;
	int64_t output_nv = (path->positive_nv - path->negative_nv) * gain;
	int64_t common_nv = (path->positive_nv + path->negative_nv) / 2;
	int64_t least_nv = inputs->avss_nv + PGA_HEADROOM_NV;
	int64_t most_nv = inputs->avdd_nv - PGA_HEADROOM_NV;
	int64_t high_nv = common_nv + output_nv / 2, low_nv = common_nv - output_nv / 2;

	if (common_nv < inputs->avss_nv + (inputs->avdd_nv - inputs->avss_nv) / 4)
		*faults |= ADS1220_FAULT(ADS1220_MISUSE_COMMON_MODE);
	if (high_nv == clamp(high_nv, least_nv, most_nv) &&
	    low_nv == clamp(low_nv, least_nv, most_nv))
		return output_nv;
	*faults |= ADS1220_FAULT(ADS1220_MISUSE_PGA_OUTPUT);
	return clamp(high_nv, least_nv, most_nv) - clamp(low_nv, least_nv, most_nv);
}

static int64_t bypass_output(const struct path *path, const struct ads1220_model_inputs *inputs,
			     uint32_t *faults)
{
	int64_t least_nv = inputs->avss_nv - BYPASS_RANGE_NV;
	int64_t most_nv = inputs->avdd_nv + BYPASS_RANGE_NV;
	int64_t positive_nv = clamp(path->positive_nv, least_nv, most_nv);
	int64_t negative_nv = clamp(path->negative_nv, least_nv, most_nv);

	if (positive_nv != path->positive_nv || negative_nv != path->negative_nv)
		*faults |= ADS1220_FAULT(ADS1220_MISUSE_INPUT_RANGE);
	return (positive_nv - negative_nv) * (INT64_C(1) << path->gain_log2);
}

/* SBAS501 section 8.5.2: code = VIN * gain * 2^23 / Vref, clipped at 7fffffh and 800000h. */
static uint32_t quantize(int64_t output_nv, int64_t reference_nv)
{
	int64_t code;

	/* Reading: no voltage is within a reference that is not there. */
	if (reference_nv <= 0)
		return output_nv > 0 ? 0x7fffff : output_nv < 0 ? 0x800000 : 0;
	code = divide(clamp(output_nv, -2 * reference_nv, 2 * reference_nv) * FULL_SCALE,
		      reference_nv);
	return (uint32_t)clamp(code, -FULL_SCALE, FULL_SCALE - 1) & 0xffffff;
}

static int64_t path_output(struct path *path, const uint8_t *registers, int64_t internal_nv,
			   const struct ads1220_model_inputs *inputs, uint32_t *faults)
{
	unsigned int mux = ADS1220_MUX(registers);

	if (mux == ADS1220_MUX_REFERENCE || mux == ADS1220_MUX_SUPPLY) {
		choose_monitor(path, registers, inputs);
		path->reference_nv = internal_nv;
		return path->positive_nv;
	}
	choose_reference(path, registers, internal_nv, inputs, faults);
	if (mux < ADS1220_MUX_REFERENCE) {
		path->positive_nv = node(inputs, inputs_of[mux].positive);
		path->negative_nv = node(inputs, inputs_of[mux].negative);
	} else {
		path->positive_nv = (inputs->avdd_nv + inputs->avss_nv) / 2;
		path->negative_nv = path->positive_nv;
	}
	return path->bypassed ? bypass_output(path, inputs, faults) :
				pga_output(path, inputs, faults);
}

/* The 24 bits for what stood on the pins in the mean; faults gets what the data sheet forbids. */
uint32_t ads1220_analog_code(const uint8_t *registers, const struct ads1220_model_params *params,
			     const struct ads1220_model_inputs *inputs, uint64_t *random,
			     uint32_t *faults)
{
	struct path path;
	int64_t internal_nv = clamp(params->reference_uv, 0, INTERNAL_MOST_UV) * UV;
	int64_t error_ppm = clamp(params->gain_error_ppm, -GAIN_ERROR_MOST_PPM,
				  GAIN_ERROR_MOST_PPM);
	int64_t error_nv, output_nv;

	if (ADS1220_TS(registers))
		return temperature_code(inputs->die_udegc);
	choose_gain(&path, registers, params->single_ended_as_written);
	output_nv = path_output(&path, registers, internal_nv, inputs, faults);
	error_nv = params->offset_nv;
	if (params->noise)
		error_nv += ads1220_noise_draw(random, ads1220_noise_nv(registers, path.gain_log2,
									path.bypassed));
	output_nv += error_nv * (INT64_C(1) << path.gain_log2);
	output_nv += divide(output_nv * error_ppm, 1000000);
	return quantize(output_nv, path.reference_nv);
}
