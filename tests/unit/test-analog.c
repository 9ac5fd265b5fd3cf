// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-analog.c - does the model make the data sheet's number of the voltages on its pins?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define R0(mux, gain_log2, bypass)	((uint8_t)((mux) << 4 | (gain_log2) << 1 | (bypass)))
#define VREF(code)	((uint8_t)((code) << 6))
#define TS		0x02
#define DR_1000		0xc0

/* Volts whose differences are all different, within the PGA's range at 3.3 V and gain 1 */
static const int64_t volts_nv[4] = {
	1500 * BENCH_MV, 1400 * BENCH_MV, 1700 * BENCH_MV, 1300 * BENCH_MV,
};

static void set_inputs(struct bench *bench, const int64_t *nv)
{
	int i;

	for (i = 0; i < 4; i++)
		bench->inputs.node_nv[ADS1220_MODEL_AIN0 + i] = nv[i];
}

static struct bench *open_with(const struct ads1220_model_params *params)
{
	struct bench *bench = bench_open(params);

	set_inputs(bench, volts_nv);
	bench->inputs.node_nv[ADS1220_MODEL_REFP0] = 1600 * BENCH_MV;
	bench->inputs.node_nv[ADS1220_MODEL_REFN0] = 100 * BENCH_MV;
	return bench;
}

static int32_t convert(struct bench *bench, uint8_t r0, uint8_t r1, uint8_t r2)
{
	bench_forget(bench);
	return bench_convert(bench, r0, (uint8_t)(r1 | DR_1000), r2, 0);
}

/*
 * Section 8.6, MUX. By hand: 2^23 / 2.048 V = 4,096,000 per V, 409,600 for each 0.1 V between the
 * inputs. Monitors: (1.6 - 0.1) / 4 = 0.375 V, 3.3 / 4 = 0.825 V.
 */
static void every_mux_code_takes_its_inputs(void)
{
	static const struct {
		int tenths;
		uint8_t bypass;
	} mux[12] = {
		{ 1, 0 }, { -2, 0 }, { 2, 0 }, { -3, 0 }, { 1, 0 }, { 4, 0 }, { -1, 0 }, { -4, 0 },
		{ 15, 1 }, { 14, 1 }, { 17, 1 }, { 13, 1 },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	for (i = 0; i < 12; i++) {
		CHECK_EQUAL_AT(mux[i].tenths * 409600, convert(bench, R0(i, 0, mux[i].bypass), 0,
							       0),
			       "MUX %u", i);
		CHECK_EQUAL_AT(0, bench->warning_count, "MUX %u", i);
	}
	CHECK_EQUAL(1536000, convert(bench, R0(12, 0, 0), 0, 0));
	CHECK_EQUAL(3379200, convert(bench, R0(13, 0, 0), 0, 0));
	CHECK_EQUAL(0, convert(bench, R0(14, 0, 0), 0, 0));
	CHECK_EQUAL(0, bench->warning_count);
	/* reserved; reading: shorted, with a warning */
	CHECK_EQUAL(0, convert(bench, R0(15, 0, 0), 0, 0));
	CHECK(strstr(bench->warnings, "MUX 15"));
	bench_close(bench);
}

/* GAIN is 2^n: 10 mV between AIN0 and AIN1 are 40,960 codes at gain 1. */
static void every_gain_multiplies_with_and_without_the_pga(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int gain, bypass;

	bench->inputs.node_nv[ADS1220_MODEL_AIN1] = volts_nv[0] - 10 * BENCH_MV;
	for (bypass = 0; bypass < 2; bypass++) {
		for (gain = 0; gain < 8; gain++) {
			CHECK_EQUAL_AT(40960 << gain, convert(bench, R0(0, gain, bypass), 0, 0),
				       "gain %u, bypass %u", 1u << gain, bypass);
			CHECK_EQUAL_AT(0, bench->warning_count, "gain %u, bypass %u", 1u << gain,
				       bypass);
		}
	}
	bench_close(bench);
}

/* Section 8.3.2.2: PGA_BYPASS counts for gain 1, 2, 4. Near AVSS only a bypassed path is linear. */
static void pga_bypass_is_ignored_from_gain_8_on(void)
{
	static const int64_t low[4] = { 110 * BENCH_MV, 100 * BENCH_MV };
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int gain;

	set_inputs(bench, low);
	for (gain = 0; gain < 8; gain++) {
		int32_t code = convert(bench, R0(0, gain, 1), 0, 0);

		CHECK_EQUAL_AT(gain <= 2, code == 40960 << gain, "gain %u", 1u << gain);
		CHECK_EQUAL_AT(gain > 2, bench->warning_count > 0, "gain %u", 1u << gain);
	}
	bench_close(bench);
}

/*
 * AINN = AVSS: SBAS501B says PGA_BYPASS "must be set"; the sheets of ADS1120-Q1 and ADS122C04 that
 * the chip does it by itself and takes gain 8 and more for 4.
 */
static void inputs_against_avss_bypass_by_themselves_up_to_gain_4(void)
{
	static const int64_t small[4] = {
		10 * BENCH_MV, 20 * BENCH_MV, 30 * BENCH_MV, 40 * BENCH_MV,
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int mux, gain, bypass;

	set_inputs(bench, small);
	for (mux = 8; mux < 12; mux++) {
		for (gain = 0; gain < 8; gain++) {
			for (bypass = 0; bypass < 2; bypass++) {
				int32_t code = convert(bench, R0(mux, gain, bypass), 0, 0);
				unsigned int most = gain < 2 ? gain : 2;

				CHECK_EQUAL_AT((40960 * (int)(mux - 7)) << most, code,
					       "MUX %u, GAIN %u, bypass %u", mux, gain, bypass);
				CHECK_EQUAL_AT(gain > 2 || !bypass, bench->warning_count > 0,
					       "MUX %u, GAIN %u, bypass %u", mux, gain, bypass);
			}
		}
	}
	bench_close(bench);
}

/* A chip that believes what is written: the PGA's lower output cannot go to 0 V but to 0.2 V. */
static void inputs_against_avss_go_through_the_pga_if_set_so(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;

	params.single_ended_as_written = true;
	bench = open_with(&params);
	/* 1.5 V at gain 1: outputs at 1.5 V and 0 V, so 1.5 - 0.2 = 1.3 V */
	CHECK_EQUAL(13 * 409600, convert(bench, R0(8, 0, 0), 0, 0));
	CHECK(strstr(bench->warnings, "clips"));
	CHECK_EQUAL(15 * 409600, convert(bench, R0(8, 0, 1), 0, 0));
	/* 100 mV at gain 8: 50 mV +- 400 mV, so 0.45 - 0.2 = 0.25 V instead of 0.8 V */
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 100 * BENCH_MV;
	CHECK_EQUAL(1024000, convert(bench, R0(8, 3, 1), 0, 0));
	bench_close(bench);
}

/* Section 8.3.11: whatever gain, bypass and reference are set. */
static void the_monitors_take_gain_1_and_the_internal_reference(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int r0, vref;

	for (vref = 0; vref < 4; vref++) {
		for (r0 = 0; r0 < 16; r0++) {
			/* REF1 is AIN0 - AIN3: 0.2 V / 4 = 50 mV */
			CHECK_EQUAL_AT(vref == 2 ? 204800 : 1536000,
				       convert(bench, (uint8_t)(0xc0 | r0), 0, VREF(vref)),
				       "REF/4, low bits %xh, VREF %u", r0, vref);
			CHECK_EQUAL_AT(3379200, convert(bench, (uint8_t)(0xd0 | r0), 0, VREF(vref)),
				       "AVDD/4, low bits %xh, VREF %u", r0, vref);
		}
	}
	bench_close(bench);
}

static void the_supply_monitor_sees_both_supplies(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);

	/* +-2.5 V: 5 V / 4 = 1.25 V */
	bench->inputs.avdd_nv = 2500 * BENCH_MV;
	bench->inputs.avss_nv = -2500 * BENCH_MV;
	CHECK_EQUAL(5120000, convert(bench, R0(13, 0, 0), 0, 0));
	bench_close(bench);
}

/* MUX 14 shows the offset of the path that is set, which is what it is for (section 8.3.12). */
static void shorted_inputs_show_the_offset_at_the_gain_that_is_set(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	unsigned int gain;

	params.offset_nv = 4000;
	bench = open_with(&params);
	for (gain = 0; gain < 8; gain++)
		/* 4 uV * 4.096 codes per uV = 16.384 at gain 1, rounded after the gain */
		CHECK_EQUAL_AT((16384 * (1 << gain) + 500) / 1000, convert(bench, R0(14, gain, 0),
									   0, 0),
			       "gain %u", 1u << gain);
	bench_close(bench);
}

/* Section 8.6, VREF: 0.1 V over 2.048 V, 1.5 V (REFP0 - REFN0), 1.3 V (AIN0 - AIN3), 3.3 V */
static void every_reference_scales_the_result(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN3] = 200 * BENCH_MV;
	/* 2^23 * 0.1 / Vref = 838860.8 / Vref, to the nearest */
	CHECK_EQUAL(409600, convert(bench, R0(0, 0, 1), 0, VREF(0)));
	CHECK_EQUAL(559241, convert(bench, R0(0, 0, 1), 0, VREF(1)));
	CHECK_EQUAL(645278, convert(bench, R0(0, 0, 1), 0, VREF(2)));
	CHECK_EQUAL(254200, convert(bench, R0(0, 0, 1), 0, VREF(3)));
	CHECK_EQUAL(0, bench->warning_count);
	bench_close(bench);
}

/* Section 6.5: 2.045 V to 2.051 V */
static void the_internal_reference_can_be_another_one(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;

	params.reference_uv = 2051000;
	bench = open_with(&params);
	/* 2^23 * 0.1 / 2.051 = 409000.87 */
	CHECK_EQUAL(409001, convert(bench, R0(0, 0, 1), 0, 0));
	bench_close(bench);
}

/* Section 6.3: 0.75 V to AVDD, REFN no lower than AVSS - 0.1 V */
static void references_out_of_range_are_told(void)
{
	static const struct {
		int64_t refp_mv, refn_mv;
		bool told;
	} cases[] = {
		{ 750, 0, false }, { 749, 0, true }, { 3300, 0, false }, { 3400, 0, false },
		{ 3401, 0, true }, { 1000, -100, false }, { 1000, -101, true }, { 0, 0, true },
		{ 0, 1000, true },
	};
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench *bench = open_with(&ads1220_model_typical);

		bench->inputs.node_nv[ADS1220_MODEL_REFP0] = cases[i].refp_mv * BENCH_MV;
		bench->inputs.node_nv[ADS1220_MODEL_REFN0] = cases[i].refn_mv * BENCH_MV;
		convert(bench, R0(0, 0, 1), 0, VREF(1));
		CHECK_EQUAL_AT(cases[i].told, strstr(bench->warnings, "reference") != NULL,
			       "%" PRId64 " mV to %" PRId64 " mV", cases[i].refp_mv,
			       cases[i].refn_mv);
		bench_close(bench);
	}
}

static void a_missing_reference_gives_full_scale_and_not_a_division_by_zero(void)
{
	static const int64_t reference_mv[] = { 0, -1500 };
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	bench->inputs.node_nv[ADS1220_MODEL_REFN0] = 0;
	for (i = 0; i < 2; i++) {
		bench->inputs.node_nv[ADS1220_MODEL_REFP0] = reference_mv[i] * BENCH_MV;
		CHECK_EQUAL(0x7fffff, convert(bench, R0(0, 0, 1), 0, VREF(1)));
		CHECK_EQUAL(-0x800000, convert(bench, R0(6, 0, 1), 0, VREF(1)));
		CHECK_EQUAL(0, convert(bench, R0(14, 0, 1), 0, VREF(1)));
	}
	bench_close(bench);
}

/* Section 8.5.2: 7fffffh at +FS (2^23 - 1) / 2^23 and above, 800000h at -FS and below */
static void codes_clip_at_full_scale(void)
{
	/* the LSB is 244.140625 nV; 2048000000 nV less one is 2047999755.859375 */
	static const struct {
		int64_t nv;
		int32_t code;
	} cases[] = {
		{ 2047999755, 0x7fffff - 0 }, { 2047999600, 0x7ffffe }, { 2047999878, 0x7fffff },
		{ 2048000000, 0x7fffff }, { 2048000500, 0x7fffff }, { 3300000000, 0x7fffff },
		{ -2047999756, -0x7fffff }, { -2048000000, -0x800000 }, { -2048001000, -0x800000 },
		{ -3300000000, -0x800000 }, { 0, 0 }, { 244, 1 }, { -244, -1 }, { 121, 0 },
		{ 123, 1 }, { -121, 0 }, { -123, -1 },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t nv = cases[i].nv;

		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = nv > 0 ? nv : 0;
		bench->inputs.node_nv[ADS1220_MODEL_AIN1] = nv > 0 ? 0 : -nv;
		CHECK_EQUAL_AT(cases[i].code, convert(bench, R0(0, 0, 1), 0, 0), "%" PRId64 " nV",
			       nv);
	}
	bench_close(bench);
}

/* Halves go away from zero: with Vref 2^23 * 100 nV = 0.8388608 V one code is 100 nV. */
static void codes_are_rounded_to_the_nearest(void)
{
	static const struct {
		int64_t nv;
		int32_t code;
	} cases[] = {
		{ 49, 0 }, { 50, 1 }, { 149, 1 }, { 150, 2 }, { 151, 2 },
		{ -49, 0 }, { -50, -1 }, { -149, -1 }, { -150, -2 },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	bench->inputs.node_nv[ADS1220_MODEL_REFP0] = 838860800;
	bench->inputs.node_nv[ADS1220_MODEL_REFN0] = 0;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1000000000 + cases[i].nv;
		bench->inputs.node_nv[ADS1220_MODEL_AIN1] = 1000000000;
		CHECK_EQUAL_AT(cases[i].code, convert(bench, R0(0, 0, 1), 0, VREF(1)),
			       "%" PRId64 " nV", cases[i].nv);
	}
	bench_close(bench);
}

/*
 * Section 8.3.2.1: AVSS + 0.2 V + gain |VIN| / 2 <= VCM <= AVDD - 0.2 V - gain |VIN| / 2. At
 * 3.3 V, gain 128 and 20 mV: 1.28 V either side of VCM: from 1.48 V to 1.82 V.
 */
static void the_pga_clips_where_its_outputs_reach_the_supplies(void)
{
	static const struct {
		int64_t common_mv;
		bool clips;
	} cases[] = {
		{ 1480, false }, { 1479, true }, { 1650, false }, { 1820, false }, { 1821, true },
		{ 3000, true }, { 300, true },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int32_t code;

		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = (cases[i].common_mv + 10) * BENCH_MV;
		bench->inputs.node_nv[ADS1220_MODEL_AIN1] = (cases[i].common_mv - 10) * BENCH_MV;
		code = convert(bench, R0(0, 7, 0), 0, VREF(3));
		/* 2.56 V / 3.3 V * 2^23 = 6507526.2 */
		CHECK_EQUAL_AT(!cases[i].clips, code == 6507526, "VCM %" PRId64 " mV: %" PRId32,
			       cases[i].common_mv, code);
		CHECK_AT(cases[i].clips || code >= 6507526, "VCM %" PRId64 " mV",
			 cases[i].common_mv);
		CHECK_EQUAL_AT(cases[i].clips, strstr(bench->warnings, "PGA output") != NULL,
			       "VCM %" PRId64 " mV", cases[i].common_mv);
	}
	bench_close(bench);
}

/* Section 8.3.2: with the PGA the range is +-(AVDD - AVSS - 0.4 V) / gain as well: 2.9 V here. */
static void the_pga_s_range_is_the_supply_less_400_mv(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 3300 * BENCH_MV;
	bench->inputs.node_nv[ADS1220_MODEL_AIN1] = 0;
	/* 2.9 V / 3.3 V * 2^23 = 7371807.0 */
	CHECK_EQUAL(7371807, convert(bench, R0(0, 0, 0), 0, VREF(3)));
	CHECK_EQUAL(-7371807, convert(bench, R0(6, 0, 0), 0, VREF(3)));
	CHECK_EQUAL(0x7fffff, convert(bench, R0(0, 0, 1), 0, VREF(3)));
	bench_close(bench);
}

/* Section 8.3.2.1: VCM >= AVSS + (AVDD - AVSS) / 4 = 0.825 V; what happens below is not said. */
static void a_common_mode_below_a_quarter_of_the_supply_is_told(void)
{
	static const struct {
		int64_t common_mv;
		bool told;
	} cases[] = { { 824, true }, { 825, false }, { 400, true }, { 2000, false } };
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i, bypass;

	for (bypass = 0; bypass < 2; bypass++) {
		for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
			bench->inputs.node_nv[ADS1220_MODEL_AIN0] = cases[i].common_mv * BENCH_MV;
			bench->inputs.node_nv[ADS1220_MODEL_AIN1] = cases[i].common_mv * BENCH_MV;
			convert(bench, R0(0, 0, bypass), 0, 0);
			CHECK_EQUAL_AT(cases[i].told && !bypass,
				       strstr(bench->warnings, "common-mode") != NULL,
				       "VCM %" PRId64 " mV, bypass %u", cases[i].common_mv, bypass);
		}
	}
	bench_close(bench);
}

/* Section 6.3: bypassed, inputs from AVSS - 0.1 V to AVDD + 0.1 V */
static void bypassed_inputs_clip_a_tenth_of_a_volt_beyond_the_supplies(void)
{
	static const struct {
		int64_t mv;
		int32_t code;
		bool told;
	} cases[] = {
		{ -50, -204800, false }, { -100, -409600, false }, { -101, -409600, true },
		{ -1000, -409600, true },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = cases[i].mv * BENCH_MV;
		CHECK_EQUAL_AT(cases[i].code, convert(bench, R0(8, 0, 1), 0, 0), "%" PRId64 " mV",
			       cases[i].mv);
		CHECK_EQUAL_AT(cases[i].told, strstr(bench->warnings,
						     "beyond the supplies") != NULL,
			       "%" PRId64 " mV", cases[i].mv);
	}
	bench_close(bench);
}

/* AVSS + (AVDD - AVSS) / 4 is -1.25 V at +-2.5 V. */
static void the_least_common_mode_counts_from_avss(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);
	int64_t common_mv;

	bench->inputs.avdd_nv = 2500 * BENCH_MV;
	bench->inputs.avss_nv = -2500 * BENCH_MV;
	for (common_mv = -1251; common_mv <= -1250; common_mv++) {
		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = common_mv * BENCH_MV;
		bench->inputs.node_nv[ADS1220_MODEL_AIN1] = common_mv * BENCH_MV;
		convert(bench, R0(0, 0, 0), 0, 0);
		CHECK_EQUAL_AT(common_mv == -1251, bench->warning_count, "VCM %" PRId64 " mV",
			       common_mv);
	}
	bench_close(bench);
}

static void bipolar_supplies_measure_around_ground(void)
{
	struct bench *bench = open_with(&ads1220_model_typical);

	bench->inputs.avdd_nv = 2500 * BENCH_MV;
	bench->inputs.avss_nv = -2500 * BENCH_MV;
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 5 * BENCH_MV;
	bench->inputs.node_nv[ADS1220_MODEL_AIN1] = -5 * BENCH_MV;
	CHECK_EQUAL(40960 * 128, convert(bench, R0(0, 7, 0), 0, 0));
	CHECK_EQUAL(0, bench->warning_count);
	/* shorted to (AVDD + AVSS) / 2, which is 0 V */
	CHECK_EQUAL(0, convert(bench, R0(14, 7, 0), 0, 0));
	CHECK_EQUAL(0, bench->warning_count);
	/* against AVSS: -1.5 V is 1 V above it */
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = -1500 * BENCH_MV;
	CHECK_EQUAL(4096000, convert(bench, R0(8, 0, 1), 0, 0));
	bench_close(bench);
}

/* Section 6.5: offset 30 uV and gain error 0.1 % at most */
static void offset_and_gain_error_are_what_they_are_set_to(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;

	params.offset_nv = -30000;
	params.gain_error_ppm = 1000;
	bench = open_with(&params);
	/* (0.1 V - 30 uV) * 1.001 = 0.10006997 V = 409886.597 codes */
	CHECK_EQUAL(409887, convert(bench, R0(0, 0, 0), 0, 0));
	params.offset_nv = 0;
	params.gain_error_ppm = -1000;
	ads1220_model_set_params(bench->chip, bench->now_ns, &params);
	/* 409190.4 */
	CHECK_EQUAL(409190, convert(bench, R0(0, 0, 0), 0, 0));
	bench_close(bench);
}

/* Section 8.3.13: 14 bits, left-justified in 24 */
static void the_temperature_sensor_follows_the_data_sheet(void)
{
	static const struct {
		int32_t udegc;
		uint32_t bits14;
	} codes[] = {
		{ 128000000, 0x1000 }, { 127968750, 0x0fff }, { 100000000, 0x0c80 },
		{ 75000000, 0x0960 }, { 50000000, 0x0640 }, { 25000000, 0x0320 },
		{ 250000, 0x0008 }, { 31250, 0x0001 }, { 0, 0x0000 }, { -250000, 0x3ff8 },
		{ -25000000, 0x3ce0 }, { -40000000, 0x3b00 },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		bench->inputs.die_udegc = codes[i].udegc;
		CHECK_EQUAL_AT(bench_sign(codes[i].bits14 << 10), convert(bench, 0, TS, 0),
			       "%" PRId32 " udegC", codes[i].udegc);
	}
	bench_close(bench);
}

static void temperatures_between_two_codes_are_rounded_and_absurd_ones_clipped(void)
{
	static const struct {
		int32_t udegc, code14;
	} cases[] = {
		{ 15624, 0 }, { 15625, 1 }, { -15624, 0 }, { -15625, -1 }, { 46874, 1 },
		{ 300000000, 8191 }, { -300000000, -8192 }, { INT32_MAX, 8191 },
		{ INT32_MIN, -8192 },
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bench->inputs.die_udegc = cases[i].udegc;
		CHECK_EQUAL_AT(cases[i].code14 * 1024, convert(bench, 0, TS, 0),
			       "%" PRId32 " udegC",
			       cases[i].udegc);
	}
	bench_close(bench);
}

/* "With TS = 1 register 0 has no effect", and no reference but the internal one */
static void the_temperature_does_not_care_for_register_0_nor_the_reference(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	unsigned int r0;

	params.offset_nv = 30000;
	params.gain_error_ppm = 1000;
	bench = open_with(&params);
	bench->inputs.node_nv[ADS1220_MODEL_REFP0] = 0;
	for (r0 = 0; r0 < 256; r0++) {
		CHECK_EQUAL_AT(0x320 << 10, convert(bench, (uint8_t)r0, TS, VREF(r0 & 3)), "%02xh",
			       r0);
		CHECK_EQUAL_AT(0, bench->warning_count, "%02xh", r0);
	}
	bench_close(bench);
}

/* Every setting of register 0 with every reference is a number, and at 0 V it is 0. */
static void no_setting_makes_something_of_nothing(void)
{
	static const int64_t mid[4] = {
		1650 * BENCH_MV, 1650 * BENCH_MV, 1650 * BENCH_MV, 1650 * BENCH_MV,
	};
	struct bench *bench = open_with(&ads1220_model_typical);
	unsigned int r0, vref;

	set_inputs(bench, mid);
	for (r0 = 0; r0 < 256; r0++) {
		unsigned int mux = r0 >> 4;

		for (vref = 0; vref < 4; vref++) {
			int32_t code = convert(bench, (uint8_t)r0, 0, VREF(vref));

			if (mux < 8 || mux > 13)
				CHECK_EQUAL_AT(0, code, "%02xh, VREF %u", r0, vref);
			else if (!(mux == 12 && vref == 2))
				CHECK_AT(code > 0, "%02xh, VREF %u", r0, vref);
		}
	}
	bench_close(bench);
}

static void voltages_beyond_reason_clip_and_do_not_overflow(void)
{
	static const int64_t nv[] = { INT64_MAX, INT64_MIN, INT64_MAX / 2, -10000000001 };
	struct ads1220_model_params params = ads1220_model_typical;
	unsigned int i, r0;

	for (i = 0; i < 4; i++) {
		struct bench *bench;

		params.reference_uv = i & 1 ? INT32_MAX : INT32_MIN;
		params.gain_error_ppm = i & 1 ? INT32_MIN : INT32_MAX;
		params.offset_nv = i & 1 ? INT32_MAX : INT32_MIN;
		params.noise = true;
		bench = bench_open(&params);
		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = nv[i];
		bench->inputs.node_nv[ADS1220_MODEL_AIN3] = -(nv[i] + 1);
		bench->inputs.avdd_nv = nv[3 - i];
		bench->inputs.avss_nv = nv[i];
		for (r0 = 0; r0 < 256; r0++) {
			int32_t code = convert(bench, (uint8_t)r0, 0, VREF(r0 & 3));

			CHECK_AT(code >= -0x800000 && code <= 0x7fffff, "%02xh", r0);
		}
		bench_close(bench);
	}
}

static const struct check_test tests[] = {
	CHECK_TEST(every_mux_code_takes_its_inputs),
	CHECK_TEST(every_gain_multiplies_with_and_without_the_pga),
	CHECK_TEST(pga_bypass_is_ignored_from_gain_8_on),
	CHECK_TEST(inputs_against_avss_bypass_by_themselves_up_to_gain_4),
	CHECK_TEST(inputs_against_avss_go_through_the_pga_if_set_so),
	CHECK_TEST(the_monitors_take_gain_1_and_the_internal_reference),
	CHECK_TEST(the_supply_monitor_sees_both_supplies),
	CHECK_TEST(shorted_inputs_show_the_offset_at_the_gain_that_is_set),
	CHECK_TEST(every_reference_scales_the_result),
	CHECK_TEST(the_internal_reference_can_be_another_one),
	CHECK_TEST(references_out_of_range_are_told),
	CHECK_TEST(a_missing_reference_gives_full_scale_and_not_a_division_by_zero),
	CHECK_TEST(codes_clip_at_full_scale),
	CHECK_TEST(codes_are_rounded_to_the_nearest),
	CHECK_TEST(the_pga_clips_where_its_outputs_reach_the_supplies),
	CHECK_TEST(the_pga_s_range_is_the_supply_less_400_mv),
	CHECK_TEST(a_common_mode_below_a_quarter_of_the_supply_is_told),
	CHECK_TEST(bypassed_inputs_clip_a_tenth_of_a_volt_beyond_the_supplies),
	CHECK_TEST(the_least_common_mode_counts_from_avss),
	CHECK_TEST(bipolar_supplies_measure_around_ground),
	CHECK_TEST(offset_and_gain_error_are_what_they_are_set_to),
	CHECK_TEST(the_temperature_sensor_follows_the_data_sheet),
	CHECK_TEST(temperatures_between_two_codes_are_rounded_and_absurd_ones_clipped),
	CHECK_TEST(the_temperature_does_not_care_for_register_0_nor_the_reference),
	CHECK_TEST(no_setting_makes_something_of_nothing),
	CHECK_TEST(voltages_beyond_reason_clip_and_do_not_overflow),
};

CHECK_MAIN(tests)
