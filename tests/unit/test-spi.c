// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-spi.c - does the model's serial port work at the data sheet's limits, and fail beyond them?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define PATTERN		UINT32_C(0x5ac39604)	/* register 3 with its reserved bit clear */

/* Edges of one frame at times of the test's own; times are from the fall of CS. */
struct timing {
	int64_t lead_ns, high_ns, low_ns, setup_ns;
	int64_t hold_ns;		/* 0: until the next bit */
	int64_t tail_ns;
};

static const struct timing fastest_allowed = { 50, 60, 90, 50, 25, 25 };	/* section 6.6 */

static uint8_t shift_byte(struct bench *bench, const struct timing *timing, uint8_t byte)
{
	struct ads1220_model *chip = bench->chip;
	uint8_t in = 0;
	int bit, dout;

	for (bit = 7; bit >= 0; bit--) {
		int64_t rise_ns = bench->now_ns, fall_ns = rise_ns + timing->high_ns;
		int out = byte >> bit & 1;

		ads1220_model_set_sclk(chip, rise_ns, 1);
		ads1220_model_set_din(chip, fall_ns - timing->setup_ns, out);
		dout = ads1220_model_dout(chip);
		ads1220_model_set_sclk(chip, fall_ns, 0);
		if (timing->hold_ns)
			ads1220_model_set_din(chip, fall_ns + timing->hold_ns, !out);
		bench->now_ns = fall_ns + timing->low_ns;
		in = (uint8_t)(in << 1 | (dout != 0));
	}
	return in;
}

static void frame(struct bench *bench, const struct timing *timing, const uint8_t *tx, uint8_t *rx,
		  unsigned int size)
{
	unsigned int i;

	bench->now_ns += 1000;
	ads1220_model_set_cs(bench->chip, bench->now_ns, 0);
	bench->now_ns += timing->lead_ns;
	for (i = 0; i < size; i++) {
		uint8_t in = shift_byte(bench, timing, tx[i]);

		if (rx)
			rx[i] = in;
	}
	bench->now_ns += timing->tail_ns - timing->low_ns;
	ads1220_model_set_cs(bench->chip, bench->now_ns, 1);
	bench->now_ns += 1000;
}

static void write_pattern(struct bench *bench, const struct timing *timing)
{
	static const uint8_t tx[] = { BENCH_WREG_ALL, 0x5a, 0xc3, 0x96, 0x04 };

	frame(bench, timing, tx, NULL, sizeof(tx));
}

static uint64_t too_fast(const struct bench *bench)
{
	return ads1220_model_counters(bench->chip)->too_fast;
}

/* 60 ns high and 90 ns low: the shortest period, 150 ns, with the shortest high. */
static void works_at_every_minimum_of_the_timing_requirements(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t tx[5] = { BENCH_RREG_ALL }, rx[5];

	write_pattern(bench, &fastest_allowed);
	CHECK_EQUAL(PATTERN, bench_registers(bench));
	frame(bench, &fastest_allowed, tx, rx, sizeof(tx));
	CHECK_EQUAL(0x5a, rx[1]);
	CHECK_EQUAL(0xc3, rx[2]);
	CHECK_EQUAL(0x96, rx[3]);
	CHECK_EQUAL(0x04, rx[4]);
	CHECK_EQUAL(0, too_fast(bench));
	bench_close(bench);
}

static void works_with_the_shortest_low_as_well(void)
{
	struct timing timing = fastest_allowed;
	struct bench *bench = bench_open(&ads1220_model_typical);

	timing.high_ns = 90;
	timing.low_ns = 60;
	write_pattern(bench, &timing);
	CHECK_EQUAL(PATTERN, bench_registers(bench));
	CHECK_EQUAL(0, too_fast(bench));
	bench_close(bench);
}

static void garbles_and_counts_one_nanosecond_below_each_minimum(void)
{
	static const struct {
		const char *what;
		struct timing timing;
	} cases[] = {
		{ "period of 149 ns", { 50, 60, 89, 50, 25, 25 } },
		{ "high for 59 ns", { 50, 59, 91, 50, 25, 25 } },
		{ "low for 59 ns", { 50, 91, 59, 50, 25, 25 } },
		{ "CS to SCLK in 49 ns", { 49, 60, 90, 50, 25, 25 } },
		{ "DIN set up for 49 ns", { 50, 60, 90, 49, 25, 25 } },
		{ "DIN held for 24 ns", { 50, 60, 90, 50, 24, 25 } },
		{ "SCLK to CS in 24 ns", { 50, 60, 90, 50, 0, 24 } },
	};
	unsigned int i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		write_pattern(bench, &cases[i].timing);
		CHECK_AT(too_fast(bench) > 0, "%s", cases[i].what);
		CHECK_AT(strstr(bench->warnings, "closer"), "%s", cases[i].what);
		CHECK_AT(bench_registers(bench) != PATTERN, "%s", cases[i].what);
		bench_close(bench);
	}
}

/* A clock of 10, 13 or 20 MHz loses edges: what comes back is neither the pattern nor silence. */
static void garbles_what_it_is_asked_far_too_fast(void)
{
	static const int64_t half_ns[] = { 50, 38, 25, 10, 1 };
	unsigned int i;

	for (i = 0; i < sizeof(half_ns) / sizeof(half_ns[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench->half_ns = half_ns[i];
		bench_write(bench, 0x5a, 0xc3, 0x96, 0x04);
		CHECK_AT(too_fast(bench) >= 10, "half clock %" PRId64 " ns", half_ns[i]);
		bench->half_ns = 125;
		CHECK_AT(bench_registers(bench) != PATTERN, "half clock %" PRId64 " ns",
			 half_ns[i]);
		bench_close(bench);
	}
}

static void an_edge_that_came_too_early_costs_one_bit(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint64_t before = ads1220_model_counters(bench->chip)->bytes;
	int bit;

	bench_select(bench);
	/* eight pulses, of which the third is 59 ns: the byte is not whole */
	for (bit = 0; bit < 8; bit++) {
		bench->half_ns = bit == 2 ? 59 : 125;
		bench_bit(bench, 0);
	}
	CHECK_EQUAL(1, too_fast(bench));
	CHECK_EQUAL(before, ads1220_model_counters(bench->chip)->bytes);
	bench->half_ns = 125;
	bench_bit(bench, 0);
	bench_deselect(bench);
	CHECK_EQUAL(before + 1, ads1220_model_counters(bench->chip)->bytes);
	bench_close(bench);
}

/* CS high for less than 50 ns is not seen: the command goes on where it was. */
static void a_chip_select_pulse_too_short_does_not_end_a_command(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_select(bench);
	bench_byte(bench, 0x40);
	ads1220_model_set_cs(bench->chip, bench->now_ns, 1);
	ads1220_model_set_cs(bench->chip, bench->now_ns + 49, 0);
	CHECK(ads1220_model_dout(bench->chip) != ADS1220_MODEL_HIGH_Z);
	CHECK_EQUAL(1, too_fast(bench));
	bench->now_ns += 200;
	bench_byte(bench, 0x5a);
	bench_deselect(bench);
	CHECK_EQUAL(0x5a, ads1220_model_register(bench->chip, 0));
	bench_close(bench);
}

static void a_chip_select_pulse_of_50_ns_ends_a_command(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_select(bench);
	bench_byte(bench, 0x40);
	ads1220_model_set_cs(bench->chip, bench->now_ns, 1);
	ads1220_model_set_cs(bench->chip, bench->now_ns + 50, 0);
	bench->now_ns += 200;
	bench_byte(bench, 0x5a);
	bench_deselect(bench);
	CHECK_EQUAL(0, too_fast(bench));
	CHECK_EQUAL(0, ads1220_model_register(bench->chip, 0));
	CHECK_EQUAL(1, ads1220_model_counters(bench->chip)->bad_commands);
	bench_close(bench);
}

static void chip_select_high_drops_a_command_at_every_bit_of_it(void)
{
	unsigned int bits, i;

	for (bits = 0; bits < 16; bits++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_select(bench);
		for (i = 0; i < bits; i++)
			bench_bit(bench, 0x405a >> (15 - i) & 1);
		bench_deselect(bench);
		CHECK_EQUAL_AT(0, ads1220_model_register(bench->chip, 0), "bit %u", bits);
		/* and the next frame starts afresh */
		bench_write(bench, 0x5a, 0xc3, 0x96, 0x04);
		CHECK_EQUAL_AT(PATTERN, bench_registers(bench), "bit %u", bits);
		bench_close(bench);
	}
}

static void clocks_with_chip_select_high_do_nothing(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	struct ads1220_model_counters before;
	int i;

	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 100 * BENCH_MS);
	before = *ads1220_model_counters(bench->chip);
	bench_wait(bench, BENCH_US);
	for (i = 0; i < 100; i++) {
		CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, bench_bit(bench, i & 1));
		CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	}
	CHECK(!memcmp(&before, ads1220_model_counters(bench->chip), sizeof(before)));
	bench_close(bench);
}

static void dout_floats_exactly_while_chip_select_is_high(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, ads1220_model_dout(bench->chip));
	bench_select(bench);
	CHECK(ads1220_model_dout(bench->chip) != ADS1220_MODEL_HIGH_Z);
	bench_bit(bench, 0);
	CHECK(ads1220_model_dout(bench->chip) != ADS1220_MODEL_HIGH_Z);
	bench_deselect(bench);
	CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, ads1220_model_dout(bench->chip));
	bench_close(bench);
}

static void dout_changes_on_rising_edges_alone(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	const struct bench_edge *edges = bench->edges[ADS1220_MODEL_DOUT];
	int64_t first_rise_ns;
	unsigned int i;

	bench_write(bench, 0x5a, 0xc3, 0x96, 0x04);
	bench_select(bench);
	first_rise_ns = bench->now_ns;
	bench_forget(bench);
	for (i = 0; i < 5; i++)
		bench_byte(bench, i ? 0 : BENCH_RREG_ALL);
	CHECK(bench->edge_count[ADS1220_MODEL_DOUT] >= 14);
	for (i = 0; i < bench->edge_count[ADS1220_MODEL_DOUT]; i++)
		CHECK_EQUAL_AT(0, (edges[i].at_ns - first_rise_ns) % (2 * bench->half_ns),
			       "change %u", i);
	bench_close(bench);
}

/* Mode 0 (CPHA 0): DIN is set before the rise and sampled at the fall by this chip, still there;
 * the master takes DOUT as it raises SCLK, before the chip has shifted: one bit late. */
static void a_mode_0_master_reads_everything_shifted_by_one_bit(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint32_t in = 0;
	int i;

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_convert(bench, 0x81, 0, 0, 0);
	bench_select(bench);
	for (i = 0; i < 24; i++) {
		in = in << 1 | (uint32_t)(ads1220_model_dout(bench->chip) != 0);
		bench_bit(bench, 0);
	}
	bench_deselect(bench);
	/* 1.365 / 2.048 * 2^23 = 5591040 = 555000h; the first bit is the parked DOUT's 1 */
	CHECK_EQUAL(0x555000 >> 1 | 1 << 23, in);
	bench_close(bench);
}

/* Mode 2 or 3 (CPOL 1): SCLK idles high, its first edge is a fall that takes a bit too many. */
static void a_master_with_the_wrong_clock_polarity_is_not_understood(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint64_t bytes = ads1220_model_counters(bench->chip)->bytes;
	static const uint8_t tx[] = { 0x40, 0x5a };
	unsigned int i;
	int bit;

	ads1220_model_set_sclk(bench->chip, bench->now_ns, 1);
	bench_select(bench);
	for (i = 0; i < sizeof(tx); i++) {
		for (bit = 7; bit >= 0; bit--) {
			ads1220_model_set_sclk(bench->chip, bench->now_ns, 0);
			ads1220_model_set_din(bench->chip, bench->now_ns + 50, tx[i] >> bit & 1);
			ads1220_model_set_sclk(bench->chip, bench->now_ns + 125, 1);
			bench->now_ns += 250;
		}
	}
	bench_deselect(bench);
	CHECK_EQUAL(0, ads1220_model_register(bench->chip, 0));
	/* 16 falls, the first of them before any rise */
	CHECK_EQUAL(bytes + 2, ads1220_model_counters(bench->chip)->bytes);
	CHECK_EQUAL(0, too_fast(bench));
	bench_close(bench);
}

/* What a bit does dates from its falling edge, though it is known 25 ns later. */
static void a_command_acts_at_its_last_falling_edge(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int bit;

	bench_select(bench);
	for (bit = 7; bit >= 0; bit--)
		bench_bit(bench, BENCH_POWERDOWN >> bit & 1);
	bench->now_ns -= bench->half_ns;
	ads1220_model_advance(bench->chip, bench->now_ns + 24);
	CHECK_EQUAL(0, ads1220_model_counters(bench->chip)->commands);
	ads1220_model_advance(bench->chip, bench->now_ns + 25);
	CHECK_EQUAL(1, ads1220_model_counters(bench->chip)->commands);
	bench_close(bench);
}

static void time_that_runs_backwards_stands_still(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint64_t bytes = ads1220_model_counters(bench->chip)->bytes;

	bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 100 * BENCH_MS);
	bench_select(bench);
	bench_wait(bench, BENCH_US);
	ads1220_model_set_sclk(bench->chip, 5, 1);
	CHECK_EQUAL(bench->now_ns, bench_drdy_at(bench, 1));
	/* it falls in the same instant, which is too fast */
	ads1220_model_set_sclk(bench->chip, 4, 0);
	CHECK_EQUAL(1, too_fast(bench));
	ads1220_model_set_cs(bench->chip, 3, 1);
	ads1220_model_advance(bench->chip, INT64_MIN);
	CHECK(!bench->out_of_order);
	CHECK_EQUAL(bytes + 1, ads1220_model_counters(bench->chip)->bytes);
	bench_close(bench);
}

static void every_level_but_0_is_high(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int bit;

	bench_select(bench);
	for (bit = 15; bit >= 0; bit--) {
		int level = 0x405a >> bit & 1 ? bit + 2 : 0;

		ads1220_model_set_din(bench->chip, bench->now_ns, level);
		ads1220_model_set_sclk(bench->chip, bench->now_ns, -1);
		ads1220_model_set_sclk(bench->chip, bench->now_ns + 100, 7);
		ads1220_model_set_sclk(bench->chip, bench->now_ns + 125, 0);
		bench->now_ns += 250;
	}
	ads1220_model_set_cs(bench->chip, bench->now_ns, 9);
	CHECK_EQUAL(0x5a, ads1220_model_register(bench->chip, 0));
	CHECK_EQUAL(ADS1220_MODEL_HIGH_Z, ads1220_model_dout(bench->chip));
	CHECK_EQUAL(0, too_fast(bench));
	bench_close(bench);
}

static const struct check_test tests[] = {
	CHECK_TEST(works_at_every_minimum_of_the_timing_requirements),
	CHECK_TEST(works_with_the_shortest_low_as_well),
	CHECK_TEST(garbles_and_counts_one_nanosecond_below_each_minimum),
	CHECK_TEST(garbles_what_it_is_asked_far_too_fast),
	CHECK_TEST(an_edge_that_came_too_early_costs_one_bit),
	CHECK_TEST(a_chip_select_pulse_too_short_does_not_end_a_command),
	CHECK_TEST(a_chip_select_pulse_of_50_ns_ends_a_command),
	CHECK_TEST(chip_select_high_drops_a_command_at_every_bit_of_it),
	CHECK_TEST(clocks_with_chip_select_high_do_nothing),
	CHECK_TEST(dout_floats_exactly_while_chip_select_is_high),
	CHECK_TEST(dout_changes_on_rising_edges_alone),
	CHECK_TEST(a_mode_0_master_reads_everything_shifted_by_one_bit),
	CHECK_TEST(a_master_with_the_wrong_clock_polarity_is_not_understood),
	CHECK_TEST(a_command_acts_at_its_last_falling_edge),
	CHECK_TEST(time_that_runs_backwards_stands_still),
	CHECK_TEST(every_level_but_0_is_high),
};

CHECK_MAIN(tests)
