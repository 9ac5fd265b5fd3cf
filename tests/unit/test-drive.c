// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-drive.c - what does the model do to the world: currents, switch, and when?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define CM		0x04
#define BCS		0x01
#define TS		0x02
#define TURBO		0x10
#define DR_1000		0xc0
#define PSW		0x08
#define WREG(first, count)	(0x40 | (first) << 2 | ((count) - 1))

/* Section 8.6, register 2: uA by IDAC code */
static const int32_t idac_ua[8] = { 0, 10, 50, 100, 250, 500, 1000, 1500 };

/* Section 8.6, register 3: pin by I1MUX or I2MUX code; -1 is none */
static const int route[8] = {
	-1, ADS1220_MODEL_AIN0, ADS1220_MODEL_AIN1, ADS1220_MODEL_AIN2, ADS1220_MODEL_AIN3,
	ADS1220_MODEL_REFP0, ADS1220_MODEL_REFN0, -1,
};

/* What the chip drove in the last piece of the last conversion. */
static const struct ads1220_model_drive *last_drive(const struct bench *bench)
{
	return &bench->spans[(bench->span_count - 1) % BENCH_RECORDS].drive;
}

static void check_currents(const struct bench *bench, const int32_t *expected, const char *what)
{
	unsigned int pin;

	for (pin = 0; pin < ADS1220_MODEL_NODES; pin++)
		CHECK_EQUAL_AT(expected[pin], last_drive(bench)->current_na[pin], "%s, pin %u",
			       what,
			       pin);
}

/* Every magnitude on every pair of routes; the same pin twice carries both. */
static void every_current_goes_where_it_is_routed(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	unsigned int idac, first, second;

	for (idac = 0; idac < 8; idac++) {
		for (first = 0; first < 8; first++) {
			for (second = 0; second < 8; second++) {
				int32_t expected[ADS1220_MODEL_NODES] = { 0 };
				char what[64];

				if (route[first] >= 0)
					expected[route[first]] += idac_ua[idac] * 1000;
				if (route[second] >= 0)
					expected[route[second]] += idac_ua[idac] * 1000;
				bench_convert(bench, 0xe0, DR_1000, (uint8_t)idac,
					      (uint8_t)(first << 5 | second << 2));
				snprintf(what, sizeof(what), "IDAC %u, I1MUX %u, I2MUX %u", idac,
					 first,
					 second);
				check_currents(bench, expected, what);
			}
		}
	}
	bench_close(bench);
}

/*
 * Section 8.3.8: up to 200 us after IDAC[2:0] is written. The environment sees the conversion in
 * two pieces, and the result is their mean by time.
 */
static void currents_start_200_us_after_their_magnitude_is_written(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t wrote_ns;

	bench_write(bench, 0x81, DR_1000, 0, 0x20);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_forget(bench);
	/* the register's last falling edge, here the last of the frame */
	wrote_ns = bench_transfer(bench, (const uint8_t[]){ WREG(2, 1), 0x05 }, NULL, 2);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(2, bench->span_count);
	CHECK_EQUAL(0, bench->spans[0].drive.current_na[ADS1220_MODEL_AIN0]);
	CHECK_EQUAL(wrote_ns + 200000, bench->spans[0].to_ns);
	CHECK_EQUAL(wrote_ns + 200000, bench->spans[1].from_ns);
	CHECK_EQUAL(500000, bench->spans[1].drive.current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

/* 1 kohm from AIN0 to 0.2 V: 0.2 V, then 0.7 V. The mean is 0.2 V and 0.5 V by their time. */
static void over_1_kohm(struct bench *bench, const struct bench_span *span,
			struct ads1220_model_inputs *inputs)
{
	*inputs = bench->inputs;
	inputs->node_nv[ADS1220_MODEL_AIN0] = 200 * BENCH_MV +
		(int64_t)span->drive.current_na[ADS1220_MODEL_AIN0] * 1000;
}

static void a_current_that_starts_amid_a_conversion_counts_by_its_time(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t off_ns, on_ns;
	int32_t code;

	bench->world = over_1_kohm;
	bench_convert(bench, 0x81, DR_1000, 0, 0x20);
	bench_forget(bench);
	bench_transfer(bench, (const uint8_t[]){ WREG(2, 1), 0x05 }, NULL, 2);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	code = bench_read(bench);
	off_ns = bench->spans[0].to_ns - bench->spans[0].from_ns;
	on_ns = bench->spans[1].to_ns - bench->spans[1].from_ns;
	CHECK(off_ns > 100000 && on_ns > 700000);
	/* 0.2 V is 819,200 codes, 0.5 V 2,048,000; the nV of the mean is rounded: one code either way */
	code -= (int32_t)(819200 + 2048000 * on_ns / (off_ns + on_ns));
	CHECK_AT(code <= 1 && code >= -1, "%" PRId32 " codes off", code);
	/* the next one has it all */
	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(819200 + 2048000, bench_read(bench));
	bench_close(bench);
}

/* 1 kHz on CLK, far too slow: 204768 clocks are 204.8 s, and nothing overflows. */
static void a_conversion_of_minutes_still_has_the_right_mean(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;

	params.external_hz = 1000;
	bench = bench_open(&params);
	bench_wait(bench, 400 * 1000 * BENCH_MS);
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_write(bench, 0x81, 0, 0, 0);
	CHECK(bench_wait_drdy(bench, 0, 400 * 1000 * BENCH_MS));
	CHECK_EQUAL(0x555000, bench_read(bench));
	bench_close(bench);
}

/* Reading: writing the magnitude that already stands does not start it again. */
static void the_same_magnitude_again_does_not_interrupt_the_current(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_forget(bench);
	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	CHECK_EQUAL(1, bench->span_count);
	CHECK_EQUAL(500000, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

static void a_new_route_takes_the_current_along_at_once(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_forget(bench);
	bench_transfer(bench, (const uint8_t[]){ WREG(3, 1), 0x40 }, NULL, 2);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(1, bench->span_count);
	CHECK_EQUAL(0, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	CHECK_EQUAL(500000, last_drive(bench)->current_na[ADS1220_MODEL_AIN1]);
	bench_close(bench);
}

static void current_0_is_off_at_once(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_forget(bench);
	bench_convert(bench, 0xe0, DR_1000, 0x00, 0x20);
	CHECK_EQUAL(1, bench->span_count);
	CHECK_EQUAL(0, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

/* A magnitude taken back within its 200 us never comes. */
static void a_current_switched_off_while_it_starts_does_not_come(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_wait(bench, 100 * BENCH_US);
	bench_write(bench, 0xe0, DR_1000, 0x00, 0x20);
	bench_wait(bench, BENCH_MS);
	bench_forget(bench);
	bench_convert(bench, 0xe0, DR_1000, 0x00, 0x20);
	CHECK_EQUAL(0, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

/* Section 8.3.8: "the IDACs stay on between single shots"; section 8.5.3.3: POWERDOWN ends them. */
static void currents_stay_on_between_single_shots_and_go_with_power_down(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_wait(bench, 100 * BENCH_MS);
	bench_forget(bench);
	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(1, bench->span_count);
	CHECK_EQUAL(500000, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 100 * BENCH_MS);
	bench_forget(bench);
	/* awake again it starts as after a write: off for the first 200 us */
	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(2, bench->span_count);
	CHECK_EQUAL(0, bench->spans[0].drive.current_na[ADS1220_MODEL_AIN0]);
	CHECK_EQUAL(500000, bench->spans[1].drive.current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

/* The conversion that POWERDOWN lets finish is not robbed of its current. */
static void power_down_keeps_the_current_until_the_conversion_is_over(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_forget(bench);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 500 * BENCH_US);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(1, bench->span_count);
	CHECK_EQUAL(500000, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

static void a_reset_ends_every_current_and_opens_the_switch(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0xe0, DR_1000 | BCS, 0x05 | PSW, 0x20);
	bench_command(bench, BENCH_START);
	bench_wait(bench, BENCH_MS);
	bench_command(bench, BENCH_RESET);
	bench_wait(bench, BENCH_MS);
	bench_forget(bench);
	bench_convert(bench, 0xe0, DR_1000, 0, 0x20);
	check_currents(bench, (int32_t[ADS1220_MODEL_NODES]){ 0 }, "after RESET");
	CHECK_EQUAL(false, last_drive(bench)->switch_closed);
	bench_close(bench);
}

static void a_write_wakes_the_currents_as_well(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 10 * BENCH_MS);
	bench_convert(bench, 0xe0, DR_1000, 0x05, 0x20);
	CHECK_EQUAL(500000, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	bench_close(bench);
}

static void the_start_up_conversion_drives_nothing(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0x01, DR_1000 | BCS, 0x05 | PSW, 0x20);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 10 * BENCH_MS);
	ads1220_model_brown_out(bench->chip, bench->now_ns);
	bench_forget(bench);
	bench_wait(bench, 100 * BENCH_MS);
	CHECK_EQUAL(1, bench->span_count);
	check_currents(bench, (int32_t[ADS1220_MODEL_NODES]){ 0 }, "start-up");
	CHECK_EQUAL(false, last_drive(bench)->switch_closed);
	bench_close(bench);
}

/* Section 8.3.10: 10 uA into AINP and out of AINN */
static void burn_out_currents_follow_the_mux(void)
{
	static const int inputs[12][2] = {
		{ 0, 1 }, { 0, 2 }, { 0, 3 }, { 1, 2 }, { 1, 3 }, { 2, 3 }, { 1, 0 }, { 3, 2 },
		{ 0, -1 }, { 1, -1 }, { 2, -1 }, { 3, -1 },
	};
	struct bench *bench = bench_open(&ads1220_model_typical);
	unsigned int mux;

	for (mux = 0; mux < 16; mux++) {
		int32_t expected[ADS1220_MODEL_NODES] = { 0 };
		char what[16];

		if (mux < 12) {
			expected[inputs[mux][0]] = 10000;
			if (inputs[mux][1] >= 0)
				expected[inputs[mux][1]] = -10000;
		}
		bench_convert(bench, (uint8_t)(mux << 4 | 1), DR_1000 | BCS, 0, 0);
		snprintf(what, sizeof(what), "MUX %u", mux);
		check_currents(bench, expected, what);
		bench_convert(bench, (uint8_t)(mux << 4 | 1), DR_1000, 0, 0);
		check_currents(bench, (int32_t[ADS1220_MODEL_NODES]){ 0 }, what);
	}
	bench_close(bench);
}

static void burn_out_and_excitation_add_up(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0x01, DR_1000 | BCS, 0x05, 0x24);
	CHECK_EQUAL(1010000, last_drive(bench)->current_na[ADS1220_MODEL_AIN0]);
	CHECK_EQUAL(-10000, last_drive(bench)->current_na[ADS1220_MODEL_AIN1]);
	bench_close(bench);
}

static void the_temperature_sensor_lets_no_burn_out_current_flow(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0x01, DR_1000 | BCS | TS, 0, 0);
	check_currents(bench, (int32_t[ADS1220_MODEL_NODES]){ 0 }, "TS");
	bench_close(bench);
}

/* An open input with 10 uA goes to the supply, a 100 ohm one to 1 mV: "full scale" and "near 0". */
static void burn_out_tells_an_open_sensor_from_a_shorted_one(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 3300 * BENCH_MV;
	CHECK_EQUAL(0x7fffff, bench_convert(bench, 0x01, DR_1000 | BCS, 0, 0));
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1 * BENCH_MV;
	CHECK_EQUAL(4096, bench_convert(bench, 0x01, DR_1000 | BCS, 0, 0));
	bench_close(bench);
}

/* Section 8.3.9 */
static void the_switch_closes_at_start_sync_and_not_with_the_bit(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_convert(bench, 0xe0, DR_1000, PSW, 0);
	CHECK_EQUAL(false, last_drive(bench)->switch_closed);
	CHECK(strstr(bench->warnings, "PSW"));
	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(true, last_drive(bench)->switch_closed);
	bench_close(bench);
}

static void the_switch_stays_closed_between_single_shots(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int i;

	bench_write(bench, 0xe0, DR_1000, PSW, 0);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 100 * BENCH_MS);
	/* a conversion started by a write finds it closed */
	for (i = 0; i < 3; i++) {
		bench_convert(bench, 0xe0, DR_1000, PSW, 0);
		CHECK_EQUAL(true, last_drive(bench)->switch_closed);
	}
	bench_close(bench);
}

static void clearing_the_bit_opens_the_switch_at_once(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0xe0, DR_1000, PSW, 0);
	bench_command(bench, BENCH_START);
	bench_wait(bench, BENCH_MS);
	bench_convert(bench, 0xe0, DR_1000, 0, 0);
	CHECK_EQUAL(false, last_drive(bench)->switch_closed);
	bench_convert(bench, 0xe0, DR_1000, PSW, 0);
	CHECK_EQUAL(false, last_drive(bench)->switch_closed);
	bench_close(bench);
}

static void power_down_opens_the_switch_until_the_next_start_sync(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0xe0, DR_1000, PSW, 0);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 10 * BENCH_MS);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 10 * BENCH_MS);
	/* woken by a write it stays open */
	bench_convert(bench, 0xe0, DR_1000, PSW, 0);
	CHECK_EQUAL(false, last_drive(bench)->switch_closed);
	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(true, last_drive(bench)->switch_closed);
	bench_close(bench);
}

/* The pieces asked of the world join without gap or overlap and never lie in the future. */
static void spans_of_continuous_conversions_join(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	unsigned int i;

	bench_write(bench, 0xe0, DR_1000 | CM | TURBO, 0x05, 0x20);
	bench_command(bench, BENCH_START);
	bench_forget(bench);
	for (i = 0; i < 1000; i++) {
		bench_wait(bench, 33 * BENCH_US);
		CHECK_AT(!bench->span_count ||
			 bench->spans[bench->span_count - 1].to_ns <= bench->now_ns, "step %u", i);
	}
	CHECK(bench->span_count > 60);
	for (i = 1; i < bench->span_count; i++)
		CHECK_EQUAL_AT(bench->spans[i - 1].to_ns, bench->spans[i].from_ns, "span %u", i);
	bench_close(bench);
}

static void spans_of_a_conversion_given_up_are_not_in_the_next_one(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t restart_ns;

	bench->world = over_1_kohm;
	bench_write(bench, 0x81, DR_1000, 0x05, 0x20);
	bench_wait(bench, 700 * BENCH_US);
	/* the current has come on by now, in a piece of its own */
	CHECK(bench->span_count >= 1);
	bench_forget(bench);
	restart_ns = bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(819200 + 2048000, bench_read(bench));
	CHECK_EQUAL(1, bench->span_count);
	CHECK(bench->spans[0].from_ns >= restart_ns);
	bench_close(bench);
}

static const struct check_test tests[] = {
	CHECK_TEST(every_current_goes_where_it_is_routed),
	CHECK_TEST(currents_start_200_us_after_their_magnitude_is_written),
	CHECK_TEST(a_current_that_starts_amid_a_conversion_counts_by_its_time),
	CHECK_TEST(a_conversion_of_minutes_still_has_the_right_mean),
	CHECK_TEST(the_same_magnitude_again_does_not_interrupt_the_current),
	CHECK_TEST(a_new_route_takes_the_current_along_at_once),
	CHECK_TEST(current_0_is_off_at_once),
	CHECK_TEST(a_current_switched_off_while_it_starts_does_not_come),
	CHECK_TEST(currents_stay_on_between_single_shots_and_go_with_power_down),
	CHECK_TEST(power_down_keeps_the_current_until_the_conversion_is_over),
	CHECK_TEST(a_reset_ends_every_current_and_opens_the_switch),
	CHECK_TEST(a_write_wakes_the_currents_as_well),
	CHECK_TEST(the_start_up_conversion_drives_nothing),
	CHECK_TEST(burn_out_currents_follow_the_mux),
	CHECK_TEST(burn_out_and_excitation_add_up),
	CHECK_TEST(the_temperature_sensor_lets_no_burn_out_current_flow),
	CHECK_TEST(burn_out_tells_an_open_sensor_from_a_shorted_one),
	CHECK_TEST(the_switch_closes_at_start_sync_and_not_with_the_bit),
	CHECK_TEST(the_switch_stays_closed_between_single_shots),
	CHECK_TEST(clearing_the_bit_opens_the_switch_at_once),
	CHECK_TEST(power_down_opens_the_switch_until_the_next_start_sync),
	CHECK_TEST(spans_of_continuous_conversions_join),
	CHECK_TEST(spans_of_a_conversion_given_up_are_not_in_the_next_one),
};

CHECK_MAIN(tests)
