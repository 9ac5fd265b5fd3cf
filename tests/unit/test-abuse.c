// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-abuse.c - does the model survive everything a seeded monkey does to its pins?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include <stdlib.h>

#include "bench.h"
#include "check.h"

/* A linear congruential generator's upper bits (Knuth's MMIX constants): the same on every host. */
static uint64_t monkey;

static uint32_t draw(uint32_t below)
{
	monkey = monkey * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((monkey >> 33) % below);
}

static int64_t any_step_ns(void)
{
	static const int64_t steps_ns[] = { 0, 1, 30, 60, 75, 150, 1000, 50000, 700000, 5000000 };

	return steps_ns[draw(sizeof(steps_ns) / sizeof(steps_ns[0]))];
}

static void any_voltages(struct bench *bench)
{
	unsigned int i;

	for (i = 0; i < ADS1220_MODEL_NODES; i++)
		bench->inputs.node_nv[i] = ((int64_t)draw(8000) - 4000) * BENCH_MV;
	bench->inputs.avdd_nv = (int64_t)draw(6000) * BENCH_MV;
	bench->inputs.avss_nv = ((int64_t)draw(3000) - 2500) * BENCH_MV;
	bench->inputs.die_udegc = (int32_t)draw(400000000) - 200000000;
}

static void any_params(struct bench *bench)
{
	struct ads1220_model_params params = ads1220_model_typical;

	params.oscillator_hz = draw(8) ? 4096000 : draw(5000000);
	params.external_hz = draw(4) ? 0 : draw(5000000);
	params.reference_uv = (int32_t)(draw(4000000) - 1000000);
	params.offset_nv = (int32_t)draw(60000) - 30000;
	params.gain_error_ppm = (int32_t)draw(4000) - 2000;
	params.timeout_tmod_normal = draw(20000);
	params.first_without_delay = draw(2);
	params.single_ended_as_written = draw(2);
	params.straddling_read_corrupts = draw(2);
	params.continuous_without_start = draw(2);
	params.reset_converts = draw(2);
	params.noise = draw(2);
	params.seed = draw(3);
	params.running_number = draw(2);
	ads1220_model_set_params(bench->chip, bench->now_ns, &params);
}

static void any_transfer(struct bench *bench)
{
	static const uint8_t likely[] = { 0x02, 0x06, 0x08, 0x10, 0x23, 0x43, 0x40, 0x44, 0x48,
					  0x4c,
					  0x20, 0x2f, 0x4f, 0x00, 0xff };
	unsigned int bits = draw(80), i;
	uint32_t byte = 0;

	bench->half_ns = draw(4) ? 125 : 40 + draw(100);
	if (draw(8))
		bench_select(bench);
	for (i = 0; i < bits; i++) {
		if (i % 8 == 0)
			byte = draw(2) ? likely[draw(sizeof(likely))] : draw(256);
		bench_bit(bench, byte >> (7 - i % 8) & 1);
	}
	if (draw(8))
		bench_deselect(bench);
}

static void any_edge(struct bench *bench)
{
	static void (*const set[])(struct ads1220_model *chip, int64_t now_ns, int level) = {
		ads1220_model_set_cs, ads1220_model_set_din, ads1220_model_set_sclk,
		ads1220_model_set_sclk,
	};

	bench->now_ns += any_step_ns();
	set[draw(4)](bench->chip, bench->now_ns - draw(2), (int)draw(3) - 1);
}

static void any_event(struct bench *bench)
{
	if (draw(4))
		bench_wait(bench, any_step_ns());
	else if (draw(8))
		any_voltages(bench);
	else if (draw(4))
		any_params(bench);
	else if (draw(4))
		ads1220_model_brown_out(bench->chip, bench->now_ns);
}

static void check_sane(const struct bench *bench, uint32_t step)
{
	const struct ads1220_model_counters *counters = ads1220_model_counters(bench->chip);
	int dout = ads1220_model_dout(bench->chip), drdy = ads1220_model_drdy(bench->chip);

	CHECK_AT(drdy == 0 || drdy == 1, "step %" PRIu32, step);
	CHECK_AT(dout == 0 || dout == 1 || dout == ADS1220_MODEL_HIGH_Z, "step %" PRIu32, step);
	CHECK_AT(counters->reads + counters->unread <= counters->conversions, "step %" PRIu32,
		 step);
	CHECK_AT(counters->reads + counters->unread + 2 >= counters->conversions, "step %" PRIu32,
		 step);
	CHECK_AT(!bench->out_of_order, "step %" PRIu32, step);
}

/* The sanitizers it is built with end it at the first undefined step. */
static void nothing_a_monkey_does_breaks_it(void)
{
	uint64_t bytes = 0;
	uint32_t seed, step;

	for (seed = 1; seed <= 40; seed++) {
		struct bench *bench = bench_open_dark(&ads1220_model_typical);

		monkey = seed;
		if (draw(8))
			ads1220_model_power_up(bench->chip, bench->now_ns);
		for (step = 0; step < 3000; step++) {
			static void (*const any[])(struct bench *bench) = {
				any_transfer, any_edge, any_edge, any_event,
			};

			any[draw(4)](bench);
			check_sane(bench, step);
		}
		bytes += ads1220_model_counters(bench->chip)->bytes;
		bench_close(bench);
	}
	CHECK_AT(bytes > 40000, "%" PRIu64 " bytes", bytes);
}

/* After anything, a supply cycle brings back a chip that behaves. */
static void a_power_cycle_mends_everything(void)
{
	uint32_t seed, step;

	for (seed = 100; seed < 140; seed++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		monkey = seed;
		for (step = 0; step < 300; step++)
			draw(2) ? any_transfer(bench) : any_edge(bench);
		bench->half_ns = 125;
		bench_wait(bench, BENCH_US);
		ads1220_model_set_cs(bench->chip, bench->now_ns, 1);
		ads1220_model_set_sclk(bench->chip, bench->now_ns, 0);
		ads1220_model_brown_out(bench->chip, bench->now_ns);
		CHECK_AT(bench_wait_drdy(bench, 0, 100 * BENCH_MS), "seed %" PRIu32, seed);
		bench_wait(bench, BENCH_US);
		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1024 * BENCH_MV;
		CHECK_EQUAL_AT(1 << 22, bench_convert(bench, 0x81, 0xc0, 0, 0), "seed %" PRIu32,
			       seed);
		CHECK_EQUAL_AT(UINT32_C(0x81c00000), bench_registers(bench), "seed %" PRIu32, seed);
		bench_close(bench);
	}
}

/* The same, by the RESET command alone: CS high, 50 us + 32 t_CLK. */
static void a_reset_command_mends_everything(void)
{
	uint32_t seed, step;

	for (seed = 200; seed < 240; seed++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		monkey = seed;
		for (step = 0; step < 300; step++)
			draw(2) ? any_transfer(bench) : any_edge(bench);
		bench->half_ns = 125;
		bench_wait(bench, BENCH_US);
		ads1220_model_set_cs(bench->chip, bench->now_ns, 1);
		ads1220_model_set_sclk(bench->chip, bench->now_ns, 0);
		/* it could still be in the time of a reset of the monkey's */
		bench_wait(bench, BENCH_MS);
		bench_command(bench, BENCH_RESET);
		bench_wait(bench, BENCH_MS);
		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1024 * BENCH_MV;
		CHECK_EQUAL_AT(1 << 22, bench_convert(bench, 0x81, 0xc0, 0, 0), "seed %" PRIu32,
			       seed);
		bench_close(bench);
	}
}

static const struct check_test tests[] = {
	CHECK_TEST(nothing_a_monkey_does_breaks_it),
	CHECK_TEST(a_power_cycle_mends_everything),
	CHECK_TEST(a_reset_command_mends_everything),
};

CHECK_MAIN(tests)
