// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-counters.c - can lost, repeated and mislabelled samples be counted with the model?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define CM		0x04
#define TS		0x02
#define TURBO		0x10
#define DR_1000		0xc0
#define NUMBER(code)	((code) & 0xfffff)
#define LABEL(code)	(((code) >> 20) & 15)

static const struct ads1220_model_counters *counters(const struct bench *bench)
{
	return ads1220_model_counters(bench->chip);
}

static struct bench *open_counting(uint8_t r0, uint8_t r1)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;

	params.running_number = true;
	bench = bench_open(&params);
	bench_write(bench, r0, r1, 0, 0);
	bench_command(bench, BENCH_START);
	return bench;
}

static void results_carry_the_mux_and_a_running_number(void)
{
	struct bench *bench = open_counting(0, DR_1000);
	unsigned int mux;

	for (mux = 0; mux < 16; mux++) {
		uint32_t code = (uint32_t)bench_convert(bench, (uint8_t)(mux << 4 | 1), DR_1000, 0,
							0);

		CHECK_EQUAL_AT(mux, LABEL(code), "MUX %u", mux);
		CHECK_EQUAL_AT(counters(bench)->conversions, NUMBER(code), "MUX %u", mux);
	}
	bench_close(bench);
}

static void temperatures_are_labelled_15(void)
{
	struct bench *bench = open_counting(0, DR_1000);
	unsigned int mux;

	for (mux = 0; mux < 16; mux++)
		CHECK_EQUAL_AT(15, LABEL(bench_convert(bench, (uint8_t)(mux << 4), DR_1000 | TS, 0,
						       0)),
			       "MUX %u", mux);
	bench_close(bench);
}

/* A result read while the next registers go in is labelled by the registers that made it. */
static void a_label_is_that_of_the_registers_which_made_the_result(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM | TURBO);
	unsigned int i;

	for (i = 1; i < 100; i++) {
		uint8_t r0 = (uint8_t)(i % 12 << 4 | 1);
		uint8_t tx[5] = { 0x43, r0, DR_1000 | CM | TURBO }, rx[5];

		CHECK_AT(bench_wait_drdy(bench, 0, BENCH_MS), "step %u", i);
		bench_transfer(bench, tx, rx, sizeof(tx));
		CHECK_EQUAL_AT((i - 1) % 12, rx[0] >> 4, "step %u", i);
	}
	CHECK_EQUAL(0, counters(bench)->unread);
	bench_close(bench);
}

static void running_numbers_wrap_at_2_to_the_20(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM | TURBO);
	uint64_t target = (UINT64_C(1) << 20) - 2;
	uint32_t last, next;

	while (counters(bench)->conversions < target)
		bench_wait(bench,
			   (int64_t)(target - counters(bench)->conversions) * 400 * BENCH_US);
	CHECK_EQUAL(target, counters(bench)->conversions);
	last = (uint32_t)bench_rdata(bench);
	bench_wait_drdy(bench, 0, BENCH_MS);
	CHECK_EQUAL(NUMBER(last) + 1, NUMBER((uint32_t)bench_read(bench)));
	bench_wait_drdy(bench, 0, BENCH_MS);
	next = (uint32_t)bench_read(bench);
	CHECK_EQUAL(0, NUMBER(next));
	bench_close(bench);
}

static void running_numbers_can_be_switched_off_on_a_running_chip(void)
{
	struct bench *bench = open_counting(0, DR_1000);
	struct ads1220_model_params params = ads1220_model_typical;

	ads1220_model_set_params(bench->chip, bench->now_ns, &params);
	CHECK_EQUAL(0, bench_convert(bench, 0xe0, DR_1000, 0, 0));
	bench_close(bench);
}

/* conversions = reads + unread + the one that waits */
static void every_result_is_read_unread_or_waiting(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM);
	uint64_t known;
	unsigned int i;

	for (i = 0; i < 300; i++) {
		bench_wait(bench, (int64_t)(i * 37 % 23) * 100 * BENCH_US);
		if (i % 3)
			bench_read(bench);
		else if (i % 2)
			bench_rdata(bench);
		known = counters(bench)->reads + counters(bench)->unread;
		CHECK_AT(known <= counters(bench)->conversions, "step %u", i);
		CHECK_AT(known + 1 >= counters(bench)->conversions, "step %u", i);
	}
	CHECK(counters(bench)->unread > 50);
	CHECK(counters(bench)->reads > 50);
	bench_close(bench);
}

static void a_result_read_twice_counts_once(void)
{
	struct bench *bench = open_counting(0, DR_1000);
	uint64_t before;
	unsigned int i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	before = counters(bench)->reads;
	for (i = 0; i < 5; i++) {
		bench_read(bench);
		bench_rdata(bench);
	}
	CHECK_EQUAL(before + 1, counters(bench)->reads);
	bench_close(bench);
}

static void a_result_of_which_23_bits_were_read_is_unread(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM);
	uint64_t reads;
	int i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	reads = counters(bench)->reads;
	bench_select(bench);
	for (i = 0; i < 23; i++)
		bench_bit(bench, 0);
	bench_deselect(bench);
	CHECK_EQUAL(reads, counters(bench)->reads);
	CHECK_EQUAL(0, counters(bench)->unread);
	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(1, counters(bench)->unread);
	bench_close(bench);
}

/* Overtaken in the middle of its read, directly or by RDATA: read if it is read to its end. */
static void a_result_overtaken_while_it_is_read_is_lost_only_if_cut_short(void)
{
	unsigned int by_rdata, cut;

	for (by_rdata = 0; by_rdata < 2; by_rdata++) {
		for (cut = 0; cut < 2; cut++) {
			struct bench *bench = open_counting(0, DR_1000 | CM);
			uint64_t conversions, reads;
			unsigned int bits;

			bench_wait_drdy(bench, 0, 10 * BENCH_MS);
			conversions = counters(bench)->conversions;
			reads = counters(bench)->reads;
			bench_select(bench);
			if (by_rdata)
				bench_byte(bench, BENCH_RDATA);
			for (bits = 0; bits < 12; bits++)
				bench_bit(bench, 0);
			while (counters(bench)->conversions == conversions)
				bench_wait(bench, 50 * BENCH_US);
			CHECK_EQUAL_AT(0, counters(bench)->unread, "RDATA %u", by_rdata);
			for (; bits < 24 && !cut; bits++)
				bench_bit(bench, 0);
			bench_deselect(bench);
			CHECK_EQUAL_AT(cut, counters(bench)->unread, "RDATA %u", by_rdata);
			CHECK_EQUAL_AT(reads + !cut, counters(bench)->reads, "RDATA %u", by_rdata);
			bench_read(bench);
			CHECK_EQUAL_AT(cut, counters(bench)->unread, "RDATA %u", by_rdata);
			CHECK_EQUAL_AT(reads + !cut + 1, counters(bench)->reads, "RDATA %u", by_rdata);
			bench_close(bench);
		}
	}
}

static void a_result_whose_answer_timed_out_is_unread(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM);
	int64_t asked_ns;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	asked_ns = bench->now_ns;
	bench_byte(bench, BENCH_RDATA);
	bench_byte(bench, 0);
	/* 54.512 ms later; the next results came 1.012 ms apart, the last one at 54.4 ms */
	bench->now_ns = asked_ns + 54511700;
	ads1220_model_advance(bench->chip, bench->now_ns);
	CHECK_EQUAL(0, counters(bench)->timeouts);
	CHECK_EQUAL(counters(bench)->conversions - counters(bench)->reads - 2,
		    counters(bench)->unread);
	ads1220_model_advance(bench->chip, bench->now_ns + 100);
	CHECK_EQUAL(1, counters(bench)->timeouts);
	CHECK_EQUAL(counters(bench)->conversions - counters(bench)->reads - 1,
		    counters(bench)->unread);
	bench_close(bench);
}

/* A result that was read already does not become unread by being overtaken in its second read. */
static void a_result_read_once_cannot_be_lost(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM);
	uint64_t conversions;
	int i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_read(bench);
	conversions = counters(bench)->conversions;
	bench_select(bench);
	for (i = 0; i < 12; i++)
		bench_bit(bench, 0);
	while (counters(bench)->conversions == conversions)
		bench_wait(bench, 50 * BENCH_US);
	CHECK_EQUAL(0, counters(bench)->unread);
	bench_deselect(bench);
	CHECK_EQUAL(0, counters(bench)->unread);
	bench_close(bench);
}

static void results_lost_to_a_reset_are_unread(void)
{
	struct bench *bench = open_counting(0, DR_1000);

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(0, counters(bench)->unread);
	bench_command(bench, BENCH_RESET);
	bench_wait(bench, BENCH_MS);
	CHECK_EQUAL(1, counters(bench)->unread);
	bench_close(bench);
}

static void frames_bytes_and_commands_are_counted(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	struct ads1220_model_counters before = *counters(bench);

	bench_select(bench);
	bench_deselect(bench);
	CHECK_EQUAL(before.frames, counters(bench)->frames);
	bench_registers(bench);
	CHECK_EQUAL(before.frames + 1, counters(bench)->frames);
	CHECK_EQUAL(before.bytes + 5, counters(bench)->bytes);
	CHECK_EQUAL(before.commands + 1, counters(bench)->commands);
	bench_command(bench, 0xff);
	CHECK_EQUAL(before.bad_commands + 1, counters(bench)->bad_commands);
	CHECK_EQUAL(before.commands + 1, counters(bench)->commands);
	bench_close(bench);
}

static void falls_of_drdy_are_those_on_the_pin(void)
{
	struct bench *bench = open_counting(0, DR_1000 | CM);
	uint64_t before = counters(bench)->drdy_falls;
	unsigned int i, falls = 0;

	bench_forget(bench);
	bench_wait(bench, 100 * BENCH_MS);
	for (i = 0; i < bench->edge_count[ADS1220_MODEL_DRDY]; i++)
		falls += !bench->edges[ADS1220_MODEL_DRDY][i].level;
	CHECK(falls > 90);
	CHECK_EQUAL(before + falls, counters(bench)->drdy_falls);
	bench_close(bench);
}

static void a_chip_without_observers_works(void)
{
	struct ads1220_model_environment environment = { 0 };
	struct ads1220_model *chip = ads1220_model_new(&ads1220_model_typical, &environment);

	ads1220_model_power_up(chip, 0);
	CHECK_EQUAL(1, ads1220_model_drdy(chip));
	ads1220_model_advance(chip, 100 * BENCH_MS);
	CHECK_EQUAL(0, ads1220_model_drdy(chip));
	CHECK_EQUAL(0, ads1220_model_register(chip, 4));
	ads1220_model_free(chip);
	ads1220_model_free(NULL);
}

static const struct check_test tests[] = {
	CHECK_TEST(results_carry_the_mux_and_a_running_number),
	CHECK_TEST(temperatures_are_labelled_15),
	CHECK_TEST(a_label_is_that_of_the_registers_which_made_the_result),
	CHECK_TEST(running_numbers_wrap_at_2_to_the_20),
	CHECK_TEST(running_numbers_can_be_switched_off_on_a_running_chip),
	CHECK_TEST(every_result_is_read_unread_or_waiting),
	CHECK_TEST(a_result_read_twice_counts_once),
	CHECK_TEST(a_result_of_which_23_bits_were_read_is_unread),
	CHECK_TEST(a_result_overtaken_while_it_is_read_is_lost_only_if_cut_short),
	CHECK_TEST(a_result_whose_answer_timed_out_is_unread),
	CHECK_TEST(a_result_read_once_cannot_be_lost),
	CHECK_TEST(results_lost_to_a_reset_are_unread),
	CHECK_TEST(frames_bytes_and_commands_are_counted),
	CHECK_TEST(falls_of_drdy_are_those_on_the_pin),
	CHECK_TEST(a_chip_without_observers_works),
};

CHECK_MAIN(tests)
