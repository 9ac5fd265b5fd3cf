// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-drdy.c - do DRDY and DOUT/DRDY of the model say when there is something to read?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define CM		0x04
#define DUTY_CYCLE	0x08
#define TURBO		0x10
#define DR_1000		0xc0
#define DRDYM		0x02

#define RESULT		0x555000	/* 1.365 V / 2.048 V * 2^23, its last bit 0 */

static const struct ads1220_model_counters *counters(const struct bench *bench)
{
	return ads1220_model_counters(bench->chip);
}

static struct bench *open_converting(uint8_t r1, uint8_t r3)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_write(bench, 0x81, r1, 0, r3);
	bench_command(bench, BENCH_START);
	bench_forget(bench);
	return bench;
}

/* Section 8.5.1.3 */
static void drdy_rises_at_the_first_rising_edge_of_sclk(void)
{
	struct bench *bench = open_converting(DR_1000, 0);
	int64_t rise_ns;

	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	bench_select(bench);
	CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	rise_ns = bench->now_ns;
	bench_bit(bench, 0);
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	CHECK_EQUAL(rise_ns, bench_drdy_at(bench, 1));
	bench_deselect(bench);
	bench_close(bench);
}

static void drdy_rises_with_any_command(void)
{
	static const uint8_t commands[] = { 0x00, BENCH_POWERDOWN, BENCH_RESET, BENCH_START,
					    BENCH_RDATA, BENCH_RREG_ALL, BENCH_WREG_ALL, 0xff };
	unsigned int i;

	for (i = 0; i < sizeof(commands); i++) {
		struct bench *bench = open_converting(DR_1000, 0);

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		bench_command(bench, commands[i]);
		CHECK_EQUAL_AT(1, ads1220_model_drdy(bench->chip), "%02xh", commands[i]);
		bench_close(bench);
	}
}

static void drdy_is_driven_whatever_chip_select_does(void)
{
	struct bench *bench = open_converting(DR_1000, 0);

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	bench_deselect(bench);
	CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	bench_close(bench);
}

static void drdy_stays_low_for_ever_after_a_single_shot(void)
{
	struct bench *bench = open_converting(DR_1000, 0);

	bench_wait(bench, 3600 * 1000 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	CHECK_EQUAL(1, bench->edge_count[ADS1220_MODEL_DRDY]);
	bench_close(bench);
}

/* 2 t_MOD: 32 t_CLK = 7812.5 ns in normal and duty-cycle mode, 16 t_CLK = 3906.25 ns in turbo. */
static void drdy_pulses_high_for_two_tmod_when_data_stay_unread(void)
{
	static const struct {
		uint8_t mode;
		int64_t period, pulse;
	} modes[] = { { 0, 4144, 32 }, { DUTY_CYCLE, 16656, 32 }, { TURBO, 2072, 16 } };
	unsigned int i, n;

	for (i = 0; i < 3; i++) {
		struct bench *bench = open_converting((uint8_t)(DR_1000 | CM | modes[i].mode), 0);
		const struct bench_edge *edges = bench->edges[ADS1220_MODEL_DRDY];
		int64_t first = modes[i].mode == TURBO ? 114 + 2072 : 210 + 4144;
		int64_t zero_ns;

		bench_wait(bench, 50 * BENCH_MS);
		CHECK_AT(bench->edge_count[ADS1220_MODEL_DRDY] > 20, "mode %u", i);
		zero_ns = edges[0].at_ns - bench_ticks_ns(first);
		for (n = 0; n + 1 < bench->edge_count[ADS1220_MODEL_DRDY]; n++) {
			int64_t ticks = first + (n + 1) / 2 * modes[i].period -
					(n & 1 ? modes[i].pulse : 0);

			CHECK_EQUAL_AT(n & 1, edges[n].level, "mode %u, edge %u", i, n);
			CHECK_EQUAL_AT(zero_ns + bench_ticks_ns(ticks), edges[n].at_ns,
				       "mode %u, edge %u", i, n);
		}
		bench_close(bench);
	}
}

static void drdy_does_not_pulse_when_data_were_read(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, 0);
	int i;

	for (i = 0; i < 5; i++) {
		CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
		bench_read(bench);
	}
	/* five falls, five rises by SCLK */
	CHECK_EQUAL(10, bench->edge_count[ADS1220_MODEL_DRDY]);
	CHECK_EQUAL(bench->now_ns - 200 - 24 * 250, bench_drdy_at(bench, 1));
	bench_close(bench);
}

/* The pulse is there though RREG has read something else: only an SCLK edge counts, and it did. */
static void reading_registers_raises_drdy_but_leaves_the_result(void)
{
	struct bench *bench = open_converting(DR_1000, 0);

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_registers(bench);
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	CHECK_EQUAL(RESULT, bench_read(bench));
	bench_close(bench);
}

static void a_clock_within_the_pulse_does_not_stop_the_next_fall(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, 0);
	int64_t fall_ns;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	fall_ns = bench->now_ns + bench_ticks_ns(4144);
	bench_wait_drdy(bench, 1, 10 * BENCH_MS);
	bench_select(bench);
	bench_bit(bench, 0);
	bench_deselect(bench);
	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK(bench->now_ns - fall_ns <= 1 && bench->now_ns - fall_ns >= -1);
	bench_close(bench);
}

/* Section 8.5.1.5, DRDYM = 0: DOUT shows data and nothing else. */
static void dout_does_not_show_drdy_unless_drdym_is_set(void)
{
	struct bench *bench = open_converting(DR_1000, 0);

	bench_select(bench);
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

static void dout_falls_with_drdy_when_drdym_is_set(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, DRDYM);

	bench_select(bench);
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	/* unread, it pulses as DRDY does */
	bench_wait_drdy(bench, 1, 10 * BENCH_MS);
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

/* Polling by dropping CS: DOUT says at once whether there is a result. */
static void dout_shows_drdy_as_chip_select_falls_when_drdym_is_set(void)
{
	struct bench *bench = open_converting(DR_1000, DRDYM);

	bench_select(bench);
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_wait(bench, 10 * BENCH_MS);
	CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, ads1220_model_dout(bench->chip));
	bench_select(bench);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	CHECK_EQUAL(RESULT, bench_read(bench));
	bench_close(bench);
}

static void read_24(struct bench *bench)
{
	int i;

	for (i = 0; i < 3; i++)
		bench_byte(bench, 0);
}

/* After 24 clocks DOUT keeps the last bit, here 0: a poller would take it for data ready. */
static void dout_keeps_the_last_bit_after_24_clocks(void)
{
	struct bench *bench = open_converting(DR_1000, DRDYM);

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	read_24(bench);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

static void the_25th_clock_parks_dout_high(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, DRDYM);
	int i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	read_24(bench);
	for (i = 0; i < 8; i++)
		CHECK_EQUAL(1, bench_bit(bench, 0));
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	/* and from there the next result is an edge */
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

/* With a last bit of 1 and no 25th clock, the next result is a falling edge all the same. */
static void dout_falls_with_drdy_after_a_last_bit_of_1(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, DRDYM);

	/* 555001h */
	bench->inputs.node_nv[ADS1220_MODEL_AIN0] += 244;
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	read_24(bench);
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

/* Without DRDYM a result changes nothing on DOUT between two clocks. */
static void dout_keeps_the_last_bit_when_the_next_result_comes_without_drdym(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, 0);

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	read_24(bench);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

static void what_is_clocked_after_the_data_is_ones(void)
{
	static const uint8_t drdym[] = { 0, DRDYM };
	unsigned int i, j;

	for (i = 0; i < 2; i++) {
		struct bench *bench = open_converting(DR_1000, drdym[i]);

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		bench_select(bench);
		read_24(bench);
		for (j = 0; j < 8; j++)
			CHECK_EQUAL_AT(0xff, bench_byte(bench, 0), "DRDYM %u, byte %u", i, j);
		bench_deselect(bench);
		bench_close(bench);
	}
}

static void dout_does_not_show_drdy_in_the_middle_of_an_answer(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, DRDYM);
	uint8_t first, second;

	bench_select(bench);
	bench_byte(bench, BENCH_RREG_ALL);
	first = bench_byte(bench, 0);
	bench_bit(bench, 0);
	/* register 1 is c4h: its first bit stands on DOUT while the result comes */
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK_EQUAL(1, ads1220_model_dout(bench->chip));
	for (second = 0x80 >> 7; second < 0x80;)
		second = (uint8_t)(second << 1 | bench_bit(bench, 0));
	CHECK_EQUAL(0x81, first);
	CHECK_EQUAL(DR_1000 | CM, second);
	bench_deselect(bench);
	bench_close(bench);
}

static void drdym_acts_with_its_last_falling_edge(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, 0);

	bench_select(bench);
	bench_byte(bench, 0x4c);
	bench_byte(bench, DRDYM);
	bench_wait(bench, BENCH_US);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	bench_close(bench);
}

static void pins_move_in_order_of_time(void)
{
	struct bench *bench = open_converting(DR_1000 | CM | TURBO, DRDYM);
	int i;

	for (i = 0; i < 500; i++) {
		bench_wait(bench, 100 * BENCH_US + 7 * i);
		bench_read(bench);
	}
	CHECK(!bench->out_of_order);
	CHECK_EQUAL(counters(bench)->drdy_falls - 1,
		    (bench->edge_count[ADS1220_MODEL_DRDY] + 1) / 2);
	bench_close(bench);
}

/* advance() promises that nothing happens before the time it returns. */
static void nothing_happens_before_the_time_that_was_promised(void)
{
	struct bench *bench = open_converting(DR_1000 | CM, 0);
	int i;

	for (i = 0; i < 200; i++) {
		unsigned int edges = bench->edge_count[ADS1220_MODEL_DRDY];
		uint64_t conversions = counters(bench)->conversions;
		int64_t next_ns = ads1220_model_advance(bench->chip, bench->now_ns);

		CHECK_AT(next_ns > bench->now_ns, "step %d", i);
		ads1220_model_advance(bench->chip, next_ns - 1);
		CHECK_EQUAL_AT(edges, bench->edge_count[ADS1220_MODEL_DRDY], "step %d", i);
		CHECK_EQUAL_AT(conversions, counters(bench)->conversions, "step %d", i);
		bench->now_ns = next_ns;
		ads1220_model_advance(bench->chip, next_ns);
	}
	CHECK(counters(bench)->conversions > 60);
	bench_close(bench);
}

static const struct check_test tests[] = {
	CHECK_TEST(drdy_rises_at_the_first_rising_edge_of_sclk),
	CHECK_TEST(drdy_rises_with_any_command),
	CHECK_TEST(drdy_is_driven_whatever_chip_select_does),
	CHECK_TEST(drdy_stays_low_for_ever_after_a_single_shot),
	CHECK_TEST(drdy_pulses_high_for_two_tmod_when_data_stay_unread),
	CHECK_TEST(drdy_does_not_pulse_when_data_were_read),
	CHECK_TEST(reading_registers_raises_drdy_but_leaves_the_result),
	CHECK_TEST(a_clock_within_the_pulse_does_not_stop_the_next_fall),
	CHECK_TEST(dout_does_not_show_drdy_unless_drdym_is_set),
	CHECK_TEST(dout_falls_with_drdy_when_drdym_is_set),
	CHECK_TEST(dout_shows_drdy_as_chip_select_falls_when_drdym_is_set),
	CHECK_TEST(dout_keeps_the_last_bit_after_24_clocks),
	CHECK_TEST(the_25th_clock_parks_dout_high),
	CHECK_TEST(dout_falls_with_drdy_after_a_last_bit_of_1),
	CHECK_TEST(dout_keeps_the_last_bit_when_the_next_result_comes_without_drdym),
	CHECK_TEST(what_is_clocked_after_the_data_is_ones),
	CHECK_TEST(dout_does_not_show_drdy_in_the_middle_of_an_answer),
	CHECK_TEST(drdym_acts_with_its_last_falling_edge),
	CHECK_TEST(pins_move_in_order_of_time),
	CHECK_TEST(nothing_happens_before_the_time_that_was_promised),
};

CHECK_MAIN(tests)
