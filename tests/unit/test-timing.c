// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-timing.c - does a conversion of the model take the clocks that the data sheet counts?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define DR(code)	((code) << 5)
#define DUTY_CYCLE	0x08
#define TURBO		0x10
#define CM		0x04

/* SBAS501B table 11: DRDY fall to DRDY fall, and START/SYNC to DRDY fall, in t_CLK */
static const struct {
	uint8_t r1;
	uint32_t continuous, single;
} table_11[] = {
	{ DR(0), 204768, 204850 },
	{ DR(1), 91120, 91218 },
	{ DR(2), 46128, 46226 },
	{ DR(3), 23664, 23762 },
	{ DR(4), 12464, 12562 },
	{ DR(5), 6896, 6994 },
	{ DR(6), 4144, 4242 },
	{ DR(0) | DUTY_CYCLE, 823120, 204850 },
	{ DR(1) | DUTY_CYCLE, 364560, 91218 },
	{ DR(2) | DUTY_CYCLE, 184592, 46226 },
	{ DR(3) | DUTY_CYCLE, 94736, 23762 },
	{ DR(4) | DUTY_CYCLE, 49936, 12562 },
	{ DR(5) | DUTY_CYCLE, 27664, 6994 },
	{ DR(6) | DUTY_CYCLE, 16656, 4242 },
	{ DR(0) | TURBO, 102384, 102434 },
	{ DR(1) | TURBO, 45560, 45618 },
	{ DR(2) | TURBO, 23064, 23122 },
	{ DR(3) | TURBO, 11832, 11890 },
	{ DR(4) | TURBO, 6232, 6290 },
	{ DR(5) | TURBO, 3448, 3506 },
	{ DR(6) | TURBO, 2072, 2130 },
};

#define ROWS	(sizeof(table_11) / sizeof(table_11[0]))

/* The clocks of the normal mode row with the same DR: what duty-cycle mode converts in. */
static uint32_t filter_clocks(unsigned int row)
{
	return row >= 7 && row < 14 ? table_11[row - 7].continuous : table_11[row].continuous;
}

static uint32_t start_clocks(uint8_t r1)
{
	return r1 & TURBO ? 114 : 210;		/* section 8.4.2.2 */
}

static struct ads1220_model_params awake(void)
{
	struct ads1220_model_params params = ads1220_model_typical;

	params.wakeup_ns_normal = 0;
	params.wakeup_ns_turbo = 0;
	return params;
}

static int64_t start(struct bench *bench, uint8_t r1)
{
	bench_write(bench, 0, r1, 0, 0);
	return bench_command(bench, BENCH_START);
}

static void single_shots_take_the_clocks_of_table_11(void)
{
	struct ads1220_model_params params = awake();
	unsigned int row;

	for (row = 0; row < ROWS; row++) {
		struct bench *bench = bench_open(&params);
		int64_t from_ns = start(bench, table_11[row].r1);

		CHECK_AT(bench_wait_drdy(bench, 0, 1000 * BENCH_MS), "row %u", row);
		CHECK_EQUAL_AT(bench_ticks_ns(table_11[row].single),
			       bench_drdy_at(bench, 0) - from_ns, "row %u", row);
		bench_close(bench);
	}
}

static void single_shots_are_single(void)
{
	unsigned int row;

	for (row = 0; row < ROWS; row++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		start(bench, table_11[row].r1);
		bench_wait(bench, 1000 * BENCH_MS);
		CHECK_EQUAL_AT(2, ads1220_model_counters(bench->chip)->conversions, "row %u", row);
		CHECK_AT(ads1220_model_advance(bench->chip, bench->now_ns) == ADS1220_MODEL_NEVER,
			 "row %u", row);
		bench_close(bench);
	}
}

/* Ten results, each read at once, so that DRDY falls show one conversion after the other. */
static void continuous_results_come_with_the_clocks_of_table_11(void)
{
	unsigned int row, i;

	for (row = 0; row < ROWS; row++) {
		struct bench *bench = bench_open(&ads1220_model_typical);
		int64_t from_ns = start(bench, table_11[row].r1 | CM);
		int64_t first = start_clocks(table_11[row].r1) + filter_clocks(row);

		for (i = 0; i < 10; i++) {
			int64_t ticks = first + (int64_t)i * table_11[row].continuous;

			CHECK_AT(bench_wait_drdy(bench, 0, 1000 * BENCH_MS), "row %u", row);
			CHECK_EQUAL_AT(from_ns + bench_ticks_ns(ticks), bench_drdy_at(bench, 0),
				       "row %u, result %u", row, i);
			bench_read(bench);
		}
		bench_close(bench);
	}
}

static void first_continuous_result_comes_without_the_delay_if_set_so(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	unsigned int row;

	params.first_without_delay = true;
	for (row = 0; row < ROWS; row++) {
		struct bench *bench = bench_open(&params);
		int64_t from_ns = start(bench, table_11[row].r1 | CM);

		CHECK_AT(bench_wait_drdy(bench, 0, 1000 * BENCH_MS), "row %u", row);
		CHECK_EQUAL_AT(from_ns + bench_ticks_ns(filter_clocks(row)),
			       bench_drdy_at(bench, 0), "row %u", row);
		bench_close(bench);
	}
}

/* Section 8.4.3.2: duty-cycle mode converts once and sleeps for three conversion times. */
static void the_filter_sees_one_quarter_of_a_duty_cycle(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	unsigned int row;

	for (row = 7; row < 14; row++) {
		const struct bench_span *span;

		start(bench, table_11[row].r1 | CM);
		bench_wait_drdy(bench, 0, 1000 * BENCH_MS);
		bench_read(bench);
		bench_forget(bench);
		bench_wait_drdy(bench, 0, 1000 * BENCH_MS);
		span = &bench->spans[0];
		CHECK_EQUAL_AT(1, bench->span_count, "row %u", row);
		CHECK_EQUAL_AT(bench_drdy_at(bench, 0), span->to_ns, "row %u", row);
		/* both ends are rounded up to a nanosecond */
		CHECK_AT(span->to_ns - span->from_ns - bench_ticks_ns(filter_clocks(row)) >= -1 &&
			 span->to_ns - span->from_ns - bench_ticks_ns(filter_clocks(row)) <= 1,
			 "row %u: %" PRId64 " ns", row, span->to_ns - span->from_ns);
	}
	bench_close(bench);
}

/* Table 11's single shots are 98, 58, 82 or 50 clocks longer: the filter's window is the rest. */
static void the_filter_of_a_single_shot_sees_no_more_than_a_continuous_one(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	start(bench, DR(6) | TURBO);
	bench_wait_drdy(bench, 0, BENCH_MS);
	CHECK_EQUAL(1, bench->span_count);
	CHECK_EQUAL(bench_drdy_at(bench, 0), bench->spans[0].to_ns);
	CHECK(bench->spans[0].to_ns - bench->spans[0].from_ns - bench_ticks_ns(2072) <= 1);
	CHECK(bench->spans[0].to_ns - bench->spans[0].from_ns - bench_ticks_ns(2072) >= -1);
	bench_close(bench);
}

/* 10,000,000 results at 2072 t_CLK are 5,058,593,750,000 ns: 2072 * 1e7 * 15625 / 64. */
static void ten_million_conversions_later_the_time_is_still_exact(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t from_ns = start(bench, DR(6) | TURBO | CM);
	uint64_t before = ads1220_model_counters(bench->chip)->conversions;

	CHECK_EQUAL(INT64_C(5058593750000), bench_ticks_ns(INT64_C(20720000000)));
	ads1220_model_advance(bench->chip,
			      from_ns + bench_ticks_ns(114 + 2072 + INT64_C(20720000000)) - 1);
	CHECK_EQUAL(before + 10000000, ads1220_model_counters(bench->chip)->conversions);
	bench->now_ns = from_ns + bench_ticks_ns(114 + 2072 + INT64_C(20720000000));
	ads1220_model_advance(bench->chip, bench->now_ns);
	CHECK_EQUAL(before + 10000001, ads1220_model_counters(bench->chip)->conversions);
	CHECK_EQUAL(bench->now_ns, bench_drdy_at(bench, 0));
	bench_close(bench);
}

static void many_small_steps_and_one_big_one_see_the_same_times(void)
{
	struct bench *small = bench_open(&ads1220_model_typical);
	struct bench *big = bench_open(&ads1220_model_typical);
	unsigned int i;

	start(small, DR(6) | TURBO | CM);
	start(big, DR(6) | TURBO | CM);
	for (i = 0; i < 20000; i++)
		bench_wait(small, 977);
	bench_wait(big, INT64_C(977) * 20000);
	CHECK(small->edge_count[ADS1220_MODEL_DRDY] > 70);
	CHECK_EQUAL(small->edge_count[ADS1220_MODEL_DRDY], big->edge_count[ADS1220_MODEL_DRDY]);
	CHECK(!memcmp(small->edges[ADS1220_MODEL_DRDY], big->edges[ADS1220_MODEL_DRDY],
		      sizeof(small->edges[ADS1220_MODEL_DRDY])));
	bench_close(small);
	bench_close(big);
}

/* Table 11, note: up to 50 us (25 us in turbo mode) more, from the first rising SCLK edge on. */
static void the_oscillator_starts_while_the_command_is_clocked_in(void)
{
	static const struct {
		uint8_t r1;
		int64_t wakeup_ns, single;
	} modes[] = { { DR(6), 50000, 4242 }, { DR(6) | TURBO, 25000, 2130 } };
	static const int64_t half_ns[] = { 75, 125, 1000, 1500, 3000 };
	unsigned int mode, i;

	for (mode = 0; mode < 2; mode++) {
		for (i = 0; i < sizeof(half_ns) / sizeof(half_ns[0]); i++) {
			struct bench *bench = bench_open(&ads1220_model_typical);
			int64_t from_ns, left_ns;

			bench_convert(bench, 0, modes[mode].r1, 0, 0);
			bench->half_ns = half_ns[i];
			from_ns = bench_command(bench, BENCH_START);
			bench_wait_drdy(bench, 0, 10 * BENCH_MS);
			/* first rise to last fall are 15 half clocks */
			left_ns = modes[mode].wakeup_ns - 15 * half_ns[i];
			left_ns = left_ns > 0 ? left_ns : 0;
			CHECK_EQUAL_AT(from_ns + left_ns + bench_ticks_ns(modes[mode].single),
				       bench_drdy_at(bench,
						     0), "mode %u, half clock %" PRId64 " ns",
				       mode, half_ns[i]);
			bench_close(bench);
		}
	}
}

/* "This is not an SCLK limit": at 6.67 MHz the result is late, but right. */
static void a_fast_command_is_not_lost_while_the_oscillator_starts(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1024 * BENCH_MV;
	bench->half_ns = 75;
	CHECK_EQUAL(1 << 22, bench_convert(bench, 0x81, DR(6), 0, 0));
	CHECK_EQUAL(0, ads1220_model_counters(bench->chip)->too_fast);
	bench_close(bench);
}

static void a_running_oscillator_needs_no_start(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t from_ns;

	start(bench, DR(0));
	bench_wait(bench, 10 * BENCH_MS);
	from_ns = start(bench, DR(6));
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(from_ns + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* A conversion ends 24 us before the command is complete: the oscillator had stopped and restarts. */
static void an_oscillator_that_stops_within_the_command_starts_again(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t ended_ns, from_ns;

	start(bench, DR(6));
	ended_ns = ads1220_model_advance(bench->chip, bench->now_ns);
	bench->half_ns = 3000;
	/* 16 half clocks, the last of them after the command; 400 ns around CS */
	bench->now_ns = ended_ns + 24000 - 15 * 3000 - 400;
	from_ns = bench_command(bench, BENCH_START);
	CHECK_EQUAL(ended_ns + 24000, from_ns);
	bench_wait_drdy(bench, 1, BENCH_MS);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(ended_ns + 50000 + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* The second byte of a WREG restarts what the first began, while the oscillator still starts. */
static void a_restart_within_the_start_of_the_oscillator_does_not_skip_it(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t first_rise_ns;

	first_rise_ns = bench->now_ns + 2 * 200;
	bench_write(bench, 0, DR(6), 0, 0);
	CHECK_EQUAL(true, bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK_EQUAL(first_rise_ns + 50000 + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* Section 8.4.1: 50 us of reset, then one conversion with default settings, then low power. */
static void power_up_is_followed_by_one_conversion_with_default_settings(void)
{
	struct bench *bench = bench_open_dark(&ads1220_model_typical);

	bench_wait(bench, BENCH_MS);
	ads1220_model_power_up(bench->chip, bench->now_ns);
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	CHECK(bench_wait_drdy(bench, 0, 100 * BENCH_MS));
	CHECK_EQUAL(BENCH_MS + 50 * BENCH_US + bench_ticks_ns(204850), bench_drdy_at(bench, 0));
	CHECK_EQUAL(ADS1220_MODEL_NEVER, ads1220_model_advance(bench->chip, bench->now_ns));
	CHECK_EQUAL(0, bench_registers(bench));
	bench_close(bench);
}

static void a_result_never_comes_early(void)
{
	struct ads1220_model_params params = awake();
	unsigned int row;

	for (row = 0; row < ROWS; row++) {
		struct bench *bench = bench_open(&params);
		int64_t from_ns = start(bench, table_11[row].r1);
		int64_t ready_ns = from_ns + bench_ticks_ns(table_11[row].single);

		CHECK_EQUAL_AT(ready_ns, ads1220_model_advance(bench->chip, bench->now_ns), "row %u",
			       row);
		ads1220_model_advance(bench->chip, ready_ns - 1);
		CHECK_EQUAL_AT(1, ads1220_model_drdy(bench->chip), "row %u", row);
		ads1220_model_advance(bench->chip, ready_ns);
		CHECK_EQUAL_AT(0, ads1220_model_drdy(bench->chip), "row %u", row);
		bench_close(bench);
	}
}

/* DR = 111 is "reserved" in section 8.6; reading: as 110, with a warning. */
static void the_reserved_rate_is_told_and_converts_like_the_one_before(void)
{
	static const struct {
		uint8_t r1;
		int64_t single;
	} modes[] = { { DR(7), 4242 }, { DR(7) | DUTY_CYCLE, 4242 }, { DR(7) | TURBO, 2130 } };
	struct ads1220_model_params params = awake();
	unsigned int i;

	for (i = 0; i < 3; i++) {
		struct bench *bench = bench_open(&params);
		int64_t from_ns = start(bench, modes[i].r1);

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		CHECK_EQUAL_AT(from_ns + bench_ticks_ns(modes[i].single), bench_drdy_at(bench, 0),
			       "mode %u", i);
		CHECK_AT(strstr(bench->warnings, "DR 7"), "mode %u", i);
		bench_close(bench);
	}
}

/* MODE = 11 is "reserved"; reading: normal mode, with a warning. */
static void the_reserved_mode_is_told_and_converts_like_normal_mode(void)
{
	struct ads1220_model_params params = awake();
	struct bench *bench = bench_open(&params);
	int64_t from_ns = start(bench, DR(6) | 0x18);

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(from_ns + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	CHECK(strstr(bench->warnings, "MODE 3"));
	bench_close(bench);
}

/* Section 6.5: the oscillator is within 2 %. 204850 t_CLK at 4.014080 MHz: 51.0328643175 ms. */
static void a_slow_oscillator_makes_slow_conversions(void)
{
	struct ads1220_model_params params = awake();
	struct bench *bench;
	int64_t from_ns;

	params.oscillator_hz = 4014080;
	bench = bench_open(&params);
	from_ns = start(bench, DR(0));
	bench_wait_drdy(bench, 0, 100 * BENCH_MS);
	CHECK_EQUAL(from_ns + 51032865, bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* 4242 clocks: 100 us of them at 4.096 MHz, the others at 4.014080 MHz; not with a clock on CLK. */
static void an_oscillator_that_changes_scales_what_is_left(void)
{
	struct ads1220_model_params params = awake();
	unsigned int external;

	for (external = 0; external < 2; external++) {
		struct bench *bench;
		int64_t from_ns;

		params.oscillator_hz = 4096000;
		params.external_hz = external ? 4096000 : 0;
		bench = bench_open(&params);
		from_ns = start(bench, DR(6));
		bench->now_ns = from_ns + 100000;
		params.oscillator_hz = 4014080;
		ads1220_model_set_params(bench->chip, bench->now_ns, &params);
		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		/* 409 clocks are over; 3833 at 4.014080 MHz are 954888.79 ns */
		CHECK_EQUAL_AT(from_ns + (external ? bench_ticks_ns(4242) : 100000 + 954889),
			       bench_drdy_at(bench, 0), "external %u", external);
		bench_close(bench);
	}
}

/* Section 8.3.7: rates scale with the clock. At 2.048 MHz a t_CLK is 488.28125 ns. */
static void an_external_clock_scales_every_time(void)
{
	struct ads1220_model_params params = awake();
	unsigned int row;

	params.external_hz = 2048000;
	for (row = 0; row < ROWS; row++) {
		struct bench *bench = bench_open(&params);
		int64_t from_ns = start(bench, table_11[row].r1);

		CHECK_AT(bench_wait_drdy(bench, 0, 2000 * BENCH_MS), "row %u", row);
		CHECK_EQUAL_AT(bench_ticks_ns(2 * (int64_t)table_11[row].single),
			       bench_drdy_at(bench, 0) - from_ns, "row %u", row);
		bench_close(bench);
	}
}

/* Section 8.3.7. The clock is there from the start: 50 us of reset, then 204850 of its clocks. */
static void an_external_clock_takes_over_after_two_rising_edges(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	int64_t start_ns = BENCH_MS + 50000;

	params.external_hz = 512000;
	bench = bench_open_dark(&params);
	bench_wait(bench, BENCH_MS);
	ads1220_model_power_up(bench->chip, bench->now_ns);
	CHECK_EQUAL(BENCH_MS + 3907, ads1220_model_advance(bench->chip, bench->now_ns));
	bench_wait_drdy(bench, 0, 1000 * BENCH_MS);
	CHECK_EQUAL(start_ns + bench_ticks_ns(8 * INT64_C(204850)), bench_drdy_at(bench, 0));
	bench_close(bench);
}

static void set_external(struct bench *bench, uint32_t hz)
{
	struct ads1220_model_params params = *ads1220_model_params(bench->chip);

	params.external_hz = hz;
	ads1220_model_set_params(bench->chip, bench->now_ns, &params);
}

/* 4242 clocks: those of the first 500 us and of two external edges (976.5625 ns) are internal. */
static void a_clock_that_comes_amid_a_conversion_keeps_the_clocks_counted(void)
{
	struct ads1220_model_params params = awake();
	struct bench *bench = bench_open(&params);
	int64_t from_ns = start(bench, DR(6)), switched_ns, counted;

	bench->now_ns = from_ns + 500000;
	set_external(bench, 2048000);
	switched_ns = 500977;
	counted = switched_ns * 64 / 15625;
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(from_ns + switched_ns + bench_ticks_ns(2 * (4242 - counted)),
		    bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* 204850 clocks: 100 s of them at 1 kHz, 104850 at 4.096 MHz. */
static void clocks_counted_over_many_seconds_stay_counted(void)
{
	struct ads1220_model_params params = awake();
	struct bench *bench;
	int64_t from_ns;

	params.external_hz = 1000;
	bench = bench_open(&params);
	bench_wait(bench, 400 * 1000 * BENCH_MS);
	from_ns = start(bench, DR(0));
	bench->now_ns = from_ns + 100 * 1000 * BENCH_MS;
	set_external(bench, 4096000);
	CHECK(bench_wait_drdy(bench, 0, 1000 * BENCH_MS));
	CHECK_EQUAL(from_ns + 100 * 1000 * BENCH_MS + bench_ticks_ns(104850),
		    bench_drdy_at(bench, 0));
	bench_close(bench);
}

static void a_clock_that_goes_before_its_second_edge_is_not_taken(void)
{
	struct ads1220_model_params params = awake();
	struct bench *bench = bench_open(&params);
	int64_t from_ns;

	set_external(bench, 512000);
	bench_wait(bench, 3906);
	set_external(bench, 0);
	bench_wait(bench, BENCH_MS);
	from_ns = start(bench, DR(6));
	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK_EQUAL(from_ns + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* In the rest of a duty cycle: what is left of it and the window take twice as long. */
static void a_clock_that_comes_before_the_window_moves_it(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t window_ns;

	start(bench, DR(6) | DUTY_CYCLE | CM);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_read(bench);
	bench_forget(bench);
	bench_wait(bench, BENCH_MS);
	set_external(bench, 2048000);
	CHECK(bench_wait_drdy(bench, 0, 20 * BENCH_MS));
	window_ns = bench->spans[0].to_ns - bench->spans[0].from_ns;
	CHECK_EQUAL(1, bench->span_count);
	CHECK_AT(window_ns - bench_ticks_ns(2 * 4144) <= 1 &&
		 window_ns - bench_ticks_ns(2 * 4144) >= -1, "%" PRId64 " ns", window_ns);
	bench_close(bench);
}

static void a_chip_does_not_go_back_by_itself_when_the_external_clock_stops(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	set_external(bench, 4096000);
	bench_wait(bench, BENCH_MS);
	start(bench, DR(6) | CM);
	bench_wait(bench, 100 * BENCH_US);
	set_external(bench, 0);
	CHECK_EQUAL(ADS1220_MODEL_NEVER, ads1220_model_advance(bench->chip, bench->now_ns));
	CHECK(!bench_wait_drdy(bench, 0, 1000 * BENCH_MS));
	set_external(bench, 4096000);
	CHECK(bench_wait_drdy(bench, 0, 2 * BENCH_MS));
	bench_close(bench);
}

static void a_reset_brings_the_internal_oscillator_back(void)
{
	struct ads1220_model_params params = awake();
	struct bench *bench = bench_open(&params);
	int64_t from_ns;

	set_external(bench, 2048000);
	bench_wait(bench, BENCH_MS);
	set_external(bench, 0);
	bench_command(bench, BENCH_RESET);
	bench_wait(bench, BENCH_MS);
	from_ns = start(bench, DR(6));
	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK_EQUAL(from_ns + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	bench_close(bench);
}

static void a_power_cycle_brings_the_internal_oscillator_back(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	set_external(bench, 2048000);
	bench_wait(bench, BENCH_MS);
	set_external(bench, 0);
	ads1220_model_brown_out(bench->chip, bench->now_ns);
	CHECK(bench_wait_drdy(bench, 0, 100 * BENCH_MS));
	CHECK_EQUAL(bench->now_ns, bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* With an external clock there is no oscillator to wait for. */
static void an_external_clock_needs_no_wake_up(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	int64_t from_ns;

	params.external_hz = 4096000;
	bench = bench_open(&params);
	bench_convert(bench, 0, DR(6), 0, 0);
	from_ns = bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(from_ns + bench_ticks_ns(4242), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* Section 6.3: 0.5 MHz to 4.5 MHz. */
static void an_external_clock_out_of_range_is_told(void)
{
	static const struct {
		uint32_t hz;
		bool told;
	} clocks[] = {
		{ 499999, true }, { 500000, false }, { 4500000, false }, { 4500001, true },
		{ 1, true },
	};
	unsigned int i;

	for (i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		set_external(bench, clocks[i].hz);
		CHECK_EQUAL_AT(clocks[i].told, bench->warning_count, "%" PRIu32 " Hz",
			       clocks[i].hz);
		bench_close(bench);
	}
}

static const struct check_test tests[] = {
	CHECK_TEST(single_shots_take_the_clocks_of_table_11),
	CHECK_TEST(single_shots_are_single),
	CHECK_TEST(continuous_results_come_with_the_clocks_of_table_11),
	CHECK_TEST(first_continuous_result_comes_without_the_delay_if_set_so),
	CHECK_TEST(the_filter_sees_one_quarter_of_a_duty_cycle),
	CHECK_TEST(the_filter_of_a_single_shot_sees_no_more_than_a_continuous_one),
	CHECK_TEST(ten_million_conversions_later_the_time_is_still_exact),
	CHECK_TEST(many_small_steps_and_one_big_one_see_the_same_times),
	CHECK_TEST(the_oscillator_starts_while_the_command_is_clocked_in),
	CHECK_TEST(a_fast_command_is_not_lost_while_the_oscillator_starts),
	CHECK_TEST(a_running_oscillator_needs_no_start),
	CHECK_TEST(an_oscillator_that_stops_within_the_command_starts_again),
	CHECK_TEST(a_restart_within_the_start_of_the_oscillator_does_not_skip_it),
	CHECK_TEST(power_up_is_followed_by_one_conversion_with_default_settings),
	CHECK_TEST(a_result_never_comes_early),
	CHECK_TEST(the_reserved_rate_is_told_and_converts_like_the_one_before),
	CHECK_TEST(the_reserved_mode_is_told_and_converts_like_normal_mode),
	CHECK_TEST(a_slow_oscillator_makes_slow_conversions),
	CHECK_TEST(an_oscillator_that_changes_scales_what_is_left),
	CHECK_TEST(an_external_clock_scales_every_time),
	CHECK_TEST(an_external_clock_takes_over_after_two_rising_edges),
	CHECK_TEST(a_clock_that_comes_amid_a_conversion_keeps_the_clocks_counted),
	CHECK_TEST(clocks_counted_over_many_seconds_stay_counted),
	CHECK_TEST(a_clock_that_goes_before_its_second_edge_is_not_taken),
	CHECK_TEST(a_clock_that_comes_before_the_window_moves_it),
	CHECK_TEST(a_chip_does_not_go_back_by_itself_when_the_external_clock_stops),
	CHECK_TEST(a_reset_brings_the_internal_oscillator_back),
	CHECK_TEST(a_power_cycle_brings_the_internal_oscillator_back),
	CHECK_TEST(an_external_clock_needs_no_wake_up),
	CHECK_TEST(an_external_clock_out_of_range_is_told),
};

CHECK_MAIN(tests)
