// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-power.c - does the model wake, sleep and start over as POWERDOWN, RESET and the supply say?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define CM		0x04
#define DUTY_CYCLE	0x08
#define DR_1000		0xc0
#define WREG(first, count)	(0x40 | (first) << 2 | ((count) - 1))

static const struct ads1220_model_counters *counters(const struct bench *bench)
{
	return ads1220_model_counters(bench->chip);
}

/* Section 8.6: all registers are 00h after power-up and after RESET. */
static void registers_are_zero_after_power_up_and_reset(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	CHECK_EQUAL(0, bench_registers(bench));
	bench_write(bench, 0xff, 0xff, 0xff, 0xff);
	bench_command(bench, BENCH_RESET);
	bench_wait(bench, BENCH_MS);
	CHECK_EQUAL(0, bench_registers(bench));
	bench_write(bench, 0xff, 0xff, 0xff, 0xff);
	ads1220_model_brown_out(bench->chip, bench->now_ns);
	bench_wait(bench, 100 * BENCH_MS);
	CHECK_EQUAL(0, bench_registers(bench));
	bench_close(bench);
}

/* Section 8.5.3.3: POWERDOWN lets the conversion under way finish; DRDY falls. */
static void powerdown_finishes_the_conversion_first(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t from_ns;

	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	from_ns = bench_command(bench, BENCH_START);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 100 * BENCH_MS);
	CHECK_EQUAL(from_ns + bench_ticks_ns(210 + 4144), bench_drdy_at(bench, 0));
	CHECK_EQUAL(2, counters(bench)->conversions);
	CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	CHECK_EQUAL(ADS1220_MODEL_NEVER, ads1220_model_advance(bench->chip, bench->now_ns));
	bench_close(bench);
}

/* Section 8.4.3.2: between the conversions of duty-cycle mode there is none to finish. */
static void powerdown_in_the_rest_of_a_duty_cycle_acts_at_once(void)
{
	/* the window is the last 4144 of 16656 t_CLK: 3.054 ms of rest, then 1.012 ms */
	static const struct {
		int64_t after_ns;
		unsigned int more;
	} cases[] = { { 100000, 0 }, { 3000000, 0 }, { 3100000, 1 }, { 4000000, 1 } };
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);
		uint64_t before;

		bench_write(bench, 0, DR_1000 | DUTY_CYCLE | CM, 0, 0);
		bench_command(bench, BENCH_START);
		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		before = counters(bench)->conversions;
		bench_wait(bench, cases[i].after_ns);
		bench_command(bench, BENCH_POWERDOWN);
		bench_wait(bench, 100 * BENCH_MS);
		CHECK_EQUAL_AT(before + cases[i].more, counters(bench)->conversions,
			       "%" PRId64 " ns", cases[i].after_ns);
		bench_close(bench);
	}
}

/* The first conversion of duty-cycle mode begins at once: POWERDOWN right after START waits. */
static void powerdown_finishes_the_first_conversion_of_duty_cycle_mode(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	unsigned int at_once;

	for (at_once = 0; at_once < 2; at_once++) {
		struct bench *bench;

		params.first_without_delay = at_once;
		bench = bench_open(&params);
		bench_write(bench, 0, DR_1000 | DUTY_CYCLE | CM, 0, 0);
		bench_command(bench, BENCH_START);
		bench_command(bench, BENCH_POWERDOWN);
		bench_wait(bench, 100 * BENCH_MS);
		CHECK_EQUAL(2, counters(bench)->conversions);
		bench_close(bench);
	}
}

static void registers_and_the_last_result_survive_power_down(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_convert(bench, 0x81, DR_1000, 0x10, 0x20);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 1000 * BENCH_MS);
	CHECK_EQUAL(UINT32_C(0x81c01020), bench_registers(bench));
	CHECK_EQUAL(0x555000, bench_rdata(bench));
	CHECK_EQUAL(2, counters(bench)->conversions);
	bench_close(bench);
}

static void start_sync_wakes_into_the_mode_that_was_set(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint64_t before;

	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_command(bench, BENCH_START);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 10 * BENCH_MS);
	before = counters(bench)->conversions;
	bench_command(bench, BENCH_START);
	bench_wait(bench, 20 * BENCH_MS);
	CHECK_EQUAL(before + 19, counters(bench)->conversions);
	bench_close(bench);
}

/* Section 8.4.3.4: a write wakes as well, but for one conversion "regardless of CM". */
static void a_write_wakes_for_one_conversion_whatever_cm_says(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	unsigned int lenient;

	for (lenient = 0; lenient < 2; lenient++) {
		struct bench *bench;
		uint64_t before;

		params.continuous_without_start = lenient;
		bench = bench_open(&params);
		bench_write(bench, 0, DR_1000 | CM, 0, 0);
		bench_command(bench, BENCH_START);
		bench_command(bench, BENCH_POWERDOWN);
		bench_wait(bench, 10 * BENCH_MS);
		before = counters(bench)->conversions;
		bench_write(bench, 0, DR_1000 | CM, 0, 0);
		bench_wait(bench, 100 * BENCH_MS);
		CHECK_EQUAL(before + 1, counters(bench)->conversions);
		bench_command(bench, BENCH_START);
		bench_wait(bench, 20 * BENCH_MS);
		CHECK_EQUAL(before + 1 + 19, counters(bench)->conversions);
		bench_close(bench);
	}
}

static void start_sync_before_the_end_calls_the_power_down_off(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_command(bench, BENCH_START);
	bench_command(bench, BENCH_POWERDOWN);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 20 * BENCH_MS);
	CHECK_EQUAL(2 + 19, counters(bench)->conversions + 1);
	bench_close(bench);
}

static void rreg_and_rdata_do_not_wake(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_command(bench, BENCH_POWERDOWN);
	bench_registers(bench);
	bench_rdata(bench);
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 1000 * BENCH_MS);
	CHECK_EQUAL(1, counters(bench)->conversions);
	bench_close(bench);
}

/* Section 8.5.3.1: 50 us + 32 t_CLK (7.8125 us) until the next command. */
static void a_command_within_the_reset_time_is_ignored_and_told(void)
{
	static const struct {
		int64_t after_ns;
		bool heard;
	} cases[] = {
		{ 1000, false }, { 50000, false }, { 57813 - 4000, false }, { 57812 - 125, false },
		{ 57813, true }, { 100000, true },
	};
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);
		int64_t reset_ns = bench_command(bench, BENCH_RESET);
		uint8_t tx[] = { WREG(0, 1), 0x5a };

		/* bench_select takes 400 ns to the first rise, which falls 125 ns later */
		bench->now_ns = reset_ns + cases[i].after_ns - 400;
		bench_transfer(bench, tx, NULL, sizeof(tx));
		CHECK_EQUAL_AT(cases[i].heard ? 0x5a : 0, ads1220_model_register(bench->chip, 0),
			       "%" PRId64 " ns", cases[i].after_ns);
		CHECK_EQUAL_AT(!cases[i].heard, strstr(bench->warnings, "reset") != NULL,
			       "%" PRId64 " ns", cases[i].after_ns);
		bench_close(bench);
	}
}

static void a_command_within_the_power_up_time_is_ignored(void)
{
	struct bench *bench = bench_open_dark(&ads1220_model_typical);

	bench_wait(bench, BENCH_MS);
	ads1220_model_power_up(bench->chip, bench->now_ns);
	bench_write(bench, 0x5a, 0, 0, 0);
	CHECK_EQUAL(0, ads1220_model_register(bench->chip, 0));
	bench_wait(bench, 50 * BENCH_US);
	bench_write(bench, 0x5a, 0, 0, 0);
	CHECK_EQUAL(0x5a, ads1220_model_register(bench->chip, 0));
	bench_close(bench);
}

static void an_unpowered_chip_says_nothing(void)
{
	struct bench *bench = bench_open_dark(&ads1220_model_typical);

	bench_write(bench, 0x5a, 0, 0, 0);
	bench_select(bench);
	CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, ads1220_model_dout(bench->chip));
	bench_deselect(bench);
	CHECK_EQUAL(0, ads1220_model_register(bench->chip, 0));
	CHECK_EQUAL(0, counters(bench)->bytes);
	CHECK_EQUAL(ADS1220_MODEL_NEVER, ads1220_model_advance(bench->chip, bench->now_ns));
	bench_close(bench);
}

/* Section 8.4.1 has a conversion follow power-up only; reading: none follows the command. */
static void a_reset_stops_everything(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_write(bench, 0x81, DR_1000 | CM, 0, 0);
	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_command(bench, BENCH_RESET);
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	bench_wait(bench, 1000 * BENCH_MS);
	CHECK_EQUAL(2, counters(bench)->conversions);
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	CHECK_EQUAL(0, bench_rdata(bench));
	bench_close(bench);
}

/* Neither a current that was starting, nor a pulse, nor a result, nor a time-out. */
static void nothing_is_due_after_a_reset(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0, DR_1000 | CM, 0x05, 0x20);
	bench_command(bench, BENCH_START);
	bench_command(bench, BENCH_RESET);
	CHECK_EQUAL(ADS1220_MODEL_NEVER, ads1220_model_advance(bench->chip, bench->now_ns));
	bench_close(bench);
}

static void set_up(struct bench *bench)
{
	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_command(bench, BENCH_START);
}

static void sleep_by_command(struct bench *bench)
{
	bench_command(bench, BENCH_POWERDOWN);
	bench_wait(bench, 10 * BENCH_MS);
}

static void sleep_and_wake_by_write(struct bench *bench)
{
	sleep_by_command(bench);
	bench_write(bench, 0, DR_1000 | CM, 0, 0);
}

static void sleep_is_due(struct bench *bench)
{
	bench_command(bench, BENCH_START);
	bench_command(bench, BENCH_POWERDOWN);
}

static void reset_by_command(struct bench *bench)
{
	bench_command(bench, BENCH_RESET);
	bench_wait(bench, 100 * BENCH_MS);
}

static void reset_by_supply(struct bench *bench)
{
	ads1220_model_brown_out(bench->chip, bench->now_ns);
	bench_wait(bench, 100 * BENCH_MS);
}

/*
 * Whatever was going on: after a reset CM alone starts one conversion, or continuous ones where
 * that is set, as on a chip that never slept.
 */
static void a_reset_forgets_sleep_and_continuous_mode(void)
{
	static void (*const before[])(struct bench *bench) = {
		set_up, sleep_by_command, sleep_and_wake_by_write, sleep_is_due,
	};
	static void (*const reset[])(struct bench *bench) = { reset_by_command, reset_by_supply };
	static const uint8_t tx[] = { WREG(1, 1), DR_1000 | CM };
	struct ads1220_model_params params = ads1220_model_typical;
	unsigned int i;

	for (i = 0; i < 16; i++) {
		struct bench *bench;
		uint64_t conversions;

		params.continuous_without_start = i & 1;
		bench = bench_open(&params);
		set_up(bench);
		before[i / 4](bench);
		reset[i / 2 % 2](bench);
		conversions = counters(bench)->conversions;
		bench_transfer(bench, tx, NULL, sizeof(tx));
		bench_wait(bench, 20 * BENCH_MS);
		CHECK_EQUAL_AT(conversions + (i & 1 ? 19 : 1), counters(bench)->conversions,
			       "case %u", i);
		bench_close(bench);
	}
}

static void start_sync_ends_the_restriction_to_one_conversion(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	uint64_t before;

	params.continuous_without_start = true;
	bench = bench_open(&params);
	sleep_and_wake_by_write(bench);
	bench_write(bench, 0, DR_1000, 0, 0);
	bench_command(bench, BENCH_START);
	before = counters(bench)->conversions;
	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_wait(bench, 20 * BENCH_MS);
	CHECK_EQUAL(before + 19, counters(bench)->conversions);
	bench_close(bench);
}

static void drdy_goes_high_when_the_supply_dips(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t dip_ns;

	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 100 * BENCH_MS);
	/* later, without having looked at the chip in between */
	dip_ns = bench->now_ns + 10 * BENCH_MS;
	ads1220_model_brown_out(bench->chip, dip_ns);
	CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
	CHECK_EQUAL(dip_ns, bench_drdy_at(bench, 1));
	bench->now_ns = dip_ns;
	CHECK(bench_wait_drdy(bench, 0, 100 * BENCH_MS));
	CHECK_EQUAL(dip_ns + 50000 + bench_ticks_ns(204850), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* CS tied low: what was under way as the supply dipped is not continued after it. */
static void a_dip_with_chip_select_low_begins_a_new_command(void)
{
	unsigned int bits, i;

	for (bits = 0; bits < 40; bits++) {
		static const uint8_t tx[] = { 0x43, 0x12, 0x34, 0x56, 0x78 };
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_select(bench);
		for (i = 0; i < bits; i++)
			bench_bit(bench, tx[i / 8] >> (7 - i % 8) & 1);
		/* 10 ns after the last fall: its bit is not even held yet */
		ads1220_model_brown_out(bench->chip, bench->now_ns - bench->half_ns + 10);
		bench_wait(bench, 100 * BENCH_MS);
		CHECK_EQUAL_AT(0, counters(bench)->timeouts, "%u bits", bits);
		bench_byte(bench, WREG(2, 1));
		bench_byte(bench, 0x70);
		bench_deselect(bench);
		CHECK_EQUAL_AT(0x70, ads1220_model_register(bench->chip, 2), "%u bits", bits);
		bench_close(bench);
	}
}

static void a_reset_with_chip_select_low_begins_a_new_command(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_convert(bench, 0x81, DR_1000, 0, 0);
	bench_select(bench);
	bench_byte(bench, BENCH_RESET);
	bench_wait(bench, 100 * BENCH_MS);
	CHECK_EQUAL(0, counters(bench)->timeouts);
	CHECK_EQUAL(0, bench_byte(bench, 0));
	bench_byte(bench, WREG(2, 1));
	bench_byte(bench, 0x70);
	bench_deselect(bench);
	CHECK_EQUAL(0x70, ads1220_model_register(bench->chip, 2));
	bench_close(bench);
}

/* The lines may stand anywhere as the supply comes; SCLK high is no edge, its fall is one. */
static void a_supply_that_comes_with_sclk_high_is_no_edge(void)
{
	struct bench *bench = bench_open_dark(&ads1220_model_typical);
	int i;

	ads1220_model_set_cs(bench->chip, 0, 0);
	ads1220_model_set_sclk(bench->chip, 0, 1);
	ads1220_model_power_up(bench->chip, 1000);
	bench_wait(bench, BENCH_MS);
	ads1220_model_set_sclk(bench->chip, bench->now_ns, 0);
	bench->now_ns += 125;
	for (i = 0; i < 7; i++)
		bench_bit(bench, 0);
	bench_wait(bench, BENCH_US);
	CHECK_EQUAL(1, counters(bench)->bytes);
	bench_close(bench);
}

static void time_may_begin_anywhere(void)
{
	static const int64_t zero_ns[] = { INT64_MIN / 8, -5000 * BENCH_MS, 0, INT64_MAX / 8 };
	unsigned int i;

	for (i = 0; i < sizeof(zero_ns) / sizeof(zero_ns[0]); i++) {
		struct bench *bench = bench_open_dark(&ads1220_model_typical);

		CHECK_EQUAL(1, ads1220_model_drdy(bench->chip));
		bench->now_ns = zero_ns[i];
		ads1220_model_power_up(bench->chip, bench->now_ns);
		CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, ads1220_model_dout(bench->chip));
		CHECK_AT(bench_wait_drdy(bench, 0, 100 * BENCH_MS), "%" PRId64 " ns", zero_ns[i]);
		CHECK_EQUAL_AT(50000 + bench_ticks_ns(204850), bench_drdy_at(bench, 0) - zero_ns[i],
			       "%" PRId64 " ns", zero_ns[i]);
		bench_write(bench, 0x5a, 0xc3, 0x96, 0x04);
		CHECK_EQUAL_AT(UINT32_C(0x5ac39604), bench_registers(bench), "%" PRId64 " ns",
			       zero_ns[i]);
		CHECK_EQUAL_AT(0, counters(bench)->too_fast, "%" PRId64 " ns", zero_ns[i]);
		bench_close(bench);
	}
}

static void chip_select_may_be_tied_low_from_the_beginning_of_time(void)
{
	struct bench *bench = bench_open_dark(&ads1220_model_typical);

	bench->now_ns = -5000 * BENCH_MS;
	ads1220_model_set_cs(bench->chip, bench->now_ns, 0);
	ads1220_model_power_up(bench->chip, bench->now_ns);
	bench_wait(bench, BENCH_MS);
	bench_byte(bench, WREG(2, 1));
	bench_byte(bench, 0x70);
	bench_wait(bench, BENCH_US);
	CHECK_EQUAL(0x70, ads1220_model_register(bench->chip, 2));
	CHECK_EQUAL(0, counters(bench)->too_fast);
	bench_close(bench);
}

static void clocking_into_every_reset_is_told_anew(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	unsigned int i;

	for (i = 1; i <= 3; i++) {
		bench_command(bench, BENCH_RESET);
		bench_command(bench, BENCH_START);
		CHECK_EQUAL(i, bench->warning_count);
		bench_wait(bench, BENCH_MS);
	}
	bench_close(bench);
}

static void a_reset_is_followed_by_a_conversion_if_set_so(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	int64_t from_ns;

	params.reset_converts = true;
	bench = bench_open(&params);
	from_ns = bench_command(bench, BENCH_RESET);
	CHECK(bench_wait_drdy(bench, 0, 100 * BENCH_MS));
	CHECK_EQUAL(from_ns + 57813 + bench_ticks_ns(204850), bench_drdy_at(bench, 0));
	bench_close(bench);
}

static const struct check_test tests[] = {
	CHECK_TEST(registers_are_zero_after_power_up_and_reset),
	CHECK_TEST(powerdown_finishes_the_conversion_first),
	CHECK_TEST(powerdown_in_the_rest_of_a_duty_cycle_acts_at_once),
	CHECK_TEST(powerdown_finishes_the_first_conversion_of_duty_cycle_mode),
	CHECK_TEST(registers_and_the_last_result_survive_power_down),
	CHECK_TEST(start_sync_wakes_into_the_mode_that_was_set),
	CHECK_TEST(a_write_wakes_for_one_conversion_whatever_cm_says),
	CHECK_TEST(start_sync_before_the_end_calls_the_power_down_off),
	CHECK_TEST(rreg_and_rdata_do_not_wake),
	CHECK_TEST(a_command_within_the_reset_time_is_ignored_and_told),
	CHECK_TEST(a_command_within_the_power_up_time_is_ignored),
	CHECK_TEST(an_unpowered_chip_says_nothing),
	CHECK_TEST(a_reset_stops_everything),
	CHECK_TEST(nothing_is_due_after_a_reset),
	CHECK_TEST(a_reset_forgets_sleep_and_continuous_mode),
	CHECK_TEST(start_sync_ends_the_restriction_to_one_conversion),
	CHECK_TEST(drdy_goes_high_when_the_supply_dips),
	CHECK_TEST(a_dip_with_chip_select_low_begins_a_new_command),
	CHECK_TEST(a_reset_with_chip_select_low_begins_a_new_command),
	CHECK_TEST(a_supply_that_comes_with_sclk_high_is_no_edge),
	CHECK_TEST(time_may_begin_anywhere),
	CHECK_TEST(chip_select_may_be_tied_low_from_the_beginning_of_time),
	CHECK_TEST(clocking_into_every_reset_is_told_anew),
	CHECK_TEST(a_reset_is_followed_by_a_conversion_if_set_so),
};

CHECK_MAIN(tests)
