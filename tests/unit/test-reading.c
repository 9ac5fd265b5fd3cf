// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-reading.c - are the model's results read whole: directly, by RDATA, in full duplex, late?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define CM		0x04
#define TURBO		0x10
#define DR_1000		0xc0
#define WREG(first, count)	(0x40 | (first) << 2 | ((count) - 1))

/* Two results that share no bit: one of them torn is neither. 1.365 V and -1.36533... V */
#define RESULT_A	0x555000
#define RESULT_B	0xaaafff

static const struct ads1220_model_counters *counters(const struct bench *bench)
{
	return ads1220_model_counters(bench->chip);
}

/* Results are A, B, A, B...: the pins change sign from one conversion to the next. */
static void alternate(struct bench *bench, const struct bench_span *span,
		      struct ads1220_model_inputs *inputs)
{
	bool odd = counters(bench)->conversions & 1;

	(void)span;
	*inputs = bench->inputs;
	/* -1.365 V less one LSB of 244.14 nV */
	inputs->node_nv[ADS1220_MODEL_AIN0] = odd ? 1365 * BENCH_MV : 0;
	inputs->node_nv[ADS1220_MODEL_AIN1] = odd ? 0 : 1365000244;
}

static uint32_t expected(const struct bench *bench)
{
	return counters(bench)->conversions & 1 ? RESULT_B : RESULT_A;
}

/* Conversion 1 was the start-up's: number 2 is A. */
static struct bench *open_alternating(const struct ads1220_model_params *params, uint8_t r1)
{
	struct bench *bench = bench_open(params);

	bench->world = alternate;
	bench_write(bench, 0x01, r1, 0, 0);
	bench_command(bench, BENCH_START);
	return bench;
}

static uint32_t transfer_24(struct bench *bench, const uint8_t *tx, unsigned int size,
			    unsigned int first)
{
	uint8_t rx[16];

	bench_transfer(bench, tx, rx, size);
	return (uint32_t)rx[first] << 16 | (uint32_t)rx[first + 1] << 8 | rx[first + 2];
}

static void a_direct_read_gives_the_newest_result_msb_first(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
	static const uint8_t tx[3];
	int i;

	for (i = 0; i < 6; i++) {
		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		CHECK_EQUAL_AT(i & 1 ? RESULT_B : RESULT_A, transfer_24(bench, tx, 3, 0),
			       "result %d", i);
	}
	bench_close(bench);
}

/* Not in the data sheet; reading: another frame shows the same result again. */
static void a_result_can_be_read_again(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	static const uint8_t tx[3];
	int i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	for (i = 0; i < 3; i++)
		CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, 3, 0));
	CHECK_EQUAL(2, counters(bench)->reads);
	bench_close(bench);
}

static void a_read_cut_short_begins_anew_in_the_next_frame(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	static const uint8_t tx[3];
	int bits, i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	for (bits = 1; bits < 24; bits++) {
		bench_select(bench);
		for (i = 0; i < bits; i++)
			bench_bit(bench, 0);
		bench_deselect(bench);
		CHECK_EQUAL_AT(1, counters(bench)->reads, "%d bits", bits);
	}
	CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, 3, 0));
	bench_close(bench);
}

static void rdata_gives_the_newest_result_at_any_time(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	static const uint8_t tx[4] = { BENCH_RDATA };

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_wait(bench, 100 * BENCH_MS);
	CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, 4, 1));
	CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, 4, 1));
	bench_command(bench, BENCH_START);
	bench_wait(bench, 100 * BENCH_US);
	CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, 4, 1));
	bench_close(bench);
}

static void read_before_any_result_is_zero(void)
{
	struct bench *bench = bench_open_dark(&ads1220_model_typical);

	bench_wait(bench, BENCH_MS);
	ads1220_model_power_up(bench->chip, bench->now_ns);
	bench_wait(bench, BENCH_MS);
	CHECK_EQUAL(0, bench_read(bench));
	CHECK_EQUAL(0, bench_rdata(bench));
	CHECK_EQUAL(0, counters(bench)->reads);
	bench_close(bench);
}

/* Section 8.5.5, figure 66: the old result comes out while the next channel's registers go in. */
static void five_bytes_read_a_result_and_program_the_next_conversion(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM | TURBO);
	static const uint8_t tx[5] = { WREG(0, 4), 0x11, DR_1000 | CM | TURBO, 0, 0 };
	int64_t fell_ns;
	uint8_t rx[5];

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	fell_ns = bench_transfer(bench, tx, rx, sizeof(tx));
	CHECK_EQUAL(RESULT_A, rx[0] << 16 | rx[1] << 8 | rx[2]);
	CHECK_EQUAL(0xffff, rx[3] << 8 | rx[4]);
	CHECK_EQUAL(0x11, ads1220_model_register(bench->chip, 0));
	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK_EQUAL(fell_ns + bench_ticks_ns(114 + 2072), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* "The WREG command can be sent on any of the 8-bit boundaries." */
static void wreg_on_any_byte_boundary_leaves_the_data_alone(void)
{
	unsigned int before, count, i;

	for (before = 0; before < 3; before++) {
		for (count = 1; count <= 4; count++) {
			struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
			uint8_t tx[8] = { 0 };
			static const uint8_t values[] = { 0x5a, 0xc3, 0x16, 0x20 };

			bench_wait_drdy(bench, 0, 10 * BENCH_MS);
			tx[before] = (uint8_t)WREG(0, count);
			memcpy(tx + before + 1, values, count);
			CHECK_EQUAL_AT(RESULT_A, transfer_24(bench, tx, sizeof(tx), 0),
				       "%u from byte %u", count, before);
			for (i = 0; i < count; i++)
				CHECK_EQUAL_AT(values[i], ads1220_model_register(bench->chip, i),
					       "%u from byte %u", count, before);
			bench_close(bench);
		}
	}
}

static void start_sync_on_any_byte_boundary_leaves_the_data_alone(void)
{
	unsigned int before;

	for (before = 0; before < 3; before++) {
		struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
		uint8_t tx[3] = { 0 };

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		tx[before] = BENCH_START;
		CHECK_EQUAL_AT(RESULT_A, transfer_24(bench, tx, 3, 0), "byte %u", before);
		CHECK_AT(bench_wait_drdy(bench, 0, 10 * BENCH_MS), "byte %u", before);
		tx[before] = BENCH_POWERDOWN;
		CHECK_EQUAL_AT(RESULT_B, transfer_24(bench, tx, 3, 0), "byte %u", before);
		bench_close(bench);
	}
}

/* Section 8.5.5: RREG and RDATA abort the read, unless sent with its last byte. */
static void rreg_in_the_middle_of_a_read_aborts_it(void)
{
	unsigned int before;

	for (before = 0; before < 2; before++) {
		struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
		uint8_t tx[6] = { 0 }, rx[6];

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		tx[before] = 0x24;
		bench_transfer(bench, tx, rx, sizeof(tx));
		CHECK_EQUAL_AT(DR_1000, rx[before + 1], "byte %u", before);
		CHECK_EQUAL_AT(0xff, rx[before + 2], "byte %u", before);
		CHECK_EQUAL_AT(1, counters(bench)->reads, "byte %u", before);
		bench_close(bench);
	}
}

static void rreg_with_the_last_byte_reads_data_and_registers(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
	static const uint8_t tx[7] = { 0, 0, BENCH_RREG_ALL };
	uint8_t rx[7];

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_transfer(bench, tx, rx, sizeof(tx));
	CHECK_EQUAL(RESULT_A, rx[0] << 16 | rx[1] << 8 | rx[2]);
	CHECK_EQUAL(0x01c40000, (uint32_t)rx[3] << 24 | rx[4] << 16 | rx[5] << 8 | rx[6]);
	CHECK_EQUAL(2, counters(bench)->reads);
	bench_close(bench);
}

static void rdata_in_the_middle_of_a_read_begins_the_result_anew(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	static const uint8_t tx[5] = { 0, BENCH_RDATA };

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, sizeof(tx), 2));
	bench_close(bench);
}

static void rdata_with_the_last_byte_reads_the_result_twice(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	static const uint8_t tx[6] = { 0, 0, BENCH_RDATA };
	uint8_t rx[6];

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_transfer(bench, tx, rx, sizeof(tx));
	CHECK_EQUAL(RESULT_A, rx[0] << 16 | rx[1] << 8 | rx[2]);
	CHECK_EQUAL(RESULT_A, rx[3] << 16 | rx[4] << 8 | rx[5]);
	bench_close(bench);
}

/* Section 8.5.1.1: CS high resets the interface, whatever answer was under way. */
static void an_answer_cut_short_by_chip_select_is_forgotten(void)
{
	static const uint8_t commands[] = { BENCH_RREG_ALL, BENCH_RDATA };
	unsigned int command, bits, i;

	for (command = 0; command < 2; command++) {
		for (bits = 1; bits < 32; bits++) {
			struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
			static const uint8_t tx[3];

			bench_wait_drdy(bench, 0, 10 * BENCH_MS);
			bench_select(bench);
			bench_byte(bench, commands[command]);
			for (i = 0; i < bits; i++)
				bench_bit(bench, 1);
			bench_deselect(bench);
			CHECK_EQUAL_AT(RESULT_A, transfer_24(bench, tx, 3, 0), "%02xh, %u bits",
				       commands[command], bits);
			CHECK_EQUAL_AT(UINT32_C(0x01c00000), bench_registers(bench),
				       "%02xh, %u bits", commands[command], bits);
			bench_close(bench);
		}
	}
}

/* Section 8.5.1.4 asks for DIN low; FFh means nothing, so it spoils nothing but is counted. */
static void din_high_while_reading_is_counted_and_spoils_nothing(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	static const uint8_t tx[3] = { 0xff, 0xff, 0xff };

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	CHECK_EQUAL(RESULT_A, transfer_24(bench, tx, 3, 0));
	CHECK_EQUAL(3, counters(bench)->bad_commands);
	bench_close(bench);
}

/* One read for each phase of a read against the next result: stop before bit n, cross, go on. */
static void read_across_the_next_result(struct bench *bench, int bits, uint32_t *before,
					uint32_t *read)
{
	uint64_t conversions;
	int i;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	*before = expected(bench);
	conversions = counters(bench)->conversions;
	bench_select(bench);
	*read = 0;
	for (i = 0; i < 24; i++) {
		while (i == bits && counters(bench)->conversions == conversions)
			bench_wait(bench, 50 * BENCH_US);
		*read = *read << 1 | (uint32_t)bench_bit(bench, 0);
	}
	bench_deselect(bench);
}

/* Reading: a direct read that the next result overtakes goes on with the old one. */
static void a_direct_read_is_not_torn_by_the_next_result(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
	static const uint8_t tx[3];
	uint32_t before, read;
	int bits;

	for (bits = 1; bits < 24; bits++) {
		read_across_the_next_result(bench, bits, &before, &read);
		CHECK_EQUAL_AT(before, read, "after bit %d", bits);
		/* the newer one is there for the next frame */
		CHECK_EQUAL_AT(expected(bench), transfer_24(bench, tx, 3, 0), "after bit %d", bits);
	}
	CHECK_EQUAL(0, counters(bench)->unread);
	bench_close(bench);
}

static void a_direct_read_is_torn_by_the_next_result_if_set_so(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	uint32_t before, read;
	int bits;

	params.straddling_read_corrupts = true;
	bench = open_alternating(&params, DR_1000 | CM);
	for (bits = 1; bits < 24; bits++) {
		uint32_t new_bits = (1u << (24 - bits)) - 1;

		read_across_the_next_result(bench, bits, &before, &read);
		CHECK_EQUAL_AT((before & ~new_bits) | (expected(bench) & new_bits), read,
			       "after bit %d", bits);
		bench_wait_drdy(bench, 1, 10 * BENCH_MS);
	}
	/* a torn result is nobody's */
	CHECK_EQUAL(1, counters(bench)->reads);
	bench_close(bench);
}

/* Section 8.5.3.4: the next result at every bit of an RDATA; DRDY then says which was read. */
static void rdata_is_never_torn_and_drdy_tells_which_result_it_was(void)
{
	unsigned int bits, i;

	for (bits = 1; bits < 32; bits++) {
		struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
		uint32_t old, read = 0;
		uint64_t conversions;

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		bench_read(bench);
		old = expected(bench);
		conversions = counters(bench)->conversions;
		bench_select(bench);
		for (i = 0; i < 32; i++) {
			while (i == bits && counters(bench)->conversions == conversions)
				bench_wait(bench, 50 * BENCH_US);
			read = read << 1 | (uint32_t)bench_bit(bench,
							       BENCH_RDATA << 24 >> (31 - i) & 1);
		}
		bench_deselect(bench);
		/* the command byte is whole after 8 bits: what comes later is not in the answer */
		CHECK_EQUAL_AT(bits < 8 ? expected(bench) : old, read & 0xffffff, "bit %u", bits);
		CHECK_EQUAL_AT(bits < 8, ads1220_model_drdy(bench->chip), "bit %u", bits);
		CHECK_EQUAL_AT(expected(bench), (uint32_t)bench_rdata(bench) & 0xffffff, "bit %u",
			       bits);
		bench_close(bench);
	}
}

/* Reading: a command among the bytes makes the boundary between two bytes a place to begin anew. */
static void with_a_command_in_it_a_read_holds_within_its_bytes_only(void)
{
	unsigned int bits, i;

	for (bits = 8; bits < 24; bits += 4) {
		struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
		uint32_t old, read = 0;

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		old = expected(bench);
		bench_select(bench);
		for (i = 0; i < 24; i++) {
			while (i == bits && expected(bench) == old)
				bench_wait(bench, 50 * BENCH_US);
			read = read << 1 | (uint32_t)bench_bit(bench, BENCH_POWERDOWN << 16 >> (23 - i) & 1);
		}
		bench_deselect(bench);
		if (bits % 8)
			CHECK_EQUAL_AT(old, read, "after bit %u", bits);
		else
			CHECK_EQUAL_AT(expected(bench) >> bits, read & ((1u << (24 - bits)) - 1),
				       "after bit %u", bits);
		bench_close(bench);
	}
}

/* CS tied low: START/SYNC has clocked 8 bits of an old result; the new one is read from its top. */
static void with_chip_select_tied_low_every_result_is_read_from_its_first_bit(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
	uint32_t read;
	int i, j;

	bench_wait_drdy(bench, 0, 10 * BENCH_MS);
	bench_select(bench);
	for (i = 0; i < 4; i++) {
		bench_byte(bench, BENCH_START);
		bench_wait(bench, BENCH_US);
		CHECK_AT(bench_wait_drdy(bench, 0, 10 * BENCH_MS), "result %d", i);
		for (read = 0, j = 0; j < 3; j++)
			read = read << 8 | bench_byte(bench, 0);
		CHECK_EQUAL_AT(expected(bench), read, "result %d", i);
	}
	bench_deselect(bench);
	bench_close(bench);
}

static void with_chip_select_tied_low_a_write_does_not_shift_the_next_result(void)
{
	unsigned int count, i;

	for (count = 1; count <= 4; count++) {
		struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000);
		uint8_t tx[5] = { (uint8_t)WREG(0, count), 0x01, DR_1000, 0, 0 };
		uint32_t read = 0;

		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		bench_select(bench);
		for (i = 0; i <= count; i++)
			bench_byte(bench, tx[i]);
		bench_wait(bench, BENCH_US);
		CHECK_AT(bench_wait_drdy(bench, 0, 10 * BENCH_MS), "%u registers", count);
		for (i = 0; i < 3; i++)
			read = read << 8 | bench_byte(bench, 0);
		CHECK_EQUAL_AT(expected(bench), read, "%u registers", count);
		bench_deselect(bench);
		bench_close(bench);
	}
}

/* A master that clocks a few bits and forgets them costs one result, not the stream. */
static void stray_clocks_with_chip_select_tied_low_cost_one_result_at_most(void)
{
	struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
	unsigned int bits, i, wrong;

	for (bits = 8; bits <= 16; bits += 8) {
		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		bench_select(bench);
		for (i = 0; i < bits; i++)
			bench_bit(bench, 0);
		for (wrong = 0, i = 0; i < 10; i++) {
			uint32_t read = 0;
			int j;

			bench_wait_drdy(bench, 0, 10 * BENCH_MS);
			for (j = 0; j < 3; j++)
				read = read << 8 | bench_byte(bench, 0);
			wrong += read != expected(bench);
		}
		CHECK_AT(wrong <= 1, "%u bits: %u wrong", bits, wrong);
		bench_deselect(bench);
	}
	bench_close(bench);
}

static void slow_clocks_read_as_well_as_fast_ones(void)
{
	static const int64_t half_ns[] = { 75, 500, 5000, 20000 };
	unsigned int i;

	for (i = 0; i < sizeof(half_ns) / sizeof(half_ns[0]); i++) {
		struct bench *bench = open_alternating(&ads1220_model_typical, DR_1000 | CM);
		static const uint8_t tx[3];
		uint32_t before;

		bench->half_ns = half_ns[i];
		bench_wait_drdy(bench, 0, 10 * BENCH_MS);
		before = expected(bench);
		CHECK_EQUAL_AT(before, transfer_24(bench, tx, 3, 0), "half clock %" PRId64 " ns",
			       half_ns[i]);
		bench_close(bench);
	}
}

static const struct check_test tests[] = {
	CHECK_TEST(a_direct_read_gives_the_newest_result_msb_first),
	CHECK_TEST(a_result_can_be_read_again),
	CHECK_TEST(a_read_cut_short_begins_anew_in_the_next_frame),
	CHECK_TEST(rdata_gives_the_newest_result_at_any_time),
	CHECK_TEST(read_before_any_result_is_zero),
	CHECK_TEST(five_bytes_read_a_result_and_program_the_next_conversion),
	CHECK_TEST(wreg_on_any_byte_boundary_leaves_the_data_alone),
	CHECK_TEST(start_sync_on_any_byte_boundary_leaves_the_data_alone),
	CHECK_TEST(rreg_in_the_middle_of_a_read_aborts_it),
	CHECK_TEST(rreg_with_the_last_byte_reads_data_and_registers),
	CHECK_TEST(rdata_in_the_middle_of_a_read_begins_the_result_anew),
	CHECK_TEST(rdata_with_the_last_byte_reads_the_result_twice),
	CHECK_TEST(an_answer_cut_short_by_chip_select_is_forgotten),
	CHECK_TEST(din_high_while_reading_is_counted_and_spoils_nothing),
	CHECK_TEST(a_direct_read_is_not_torn_by_the_next_result),
	CHECK_TEST(a_direct_read_is_torn_by_the_next_result_if_set_so),
	CHECK_TEST(rdata_is_never_torn_and_drdy_tells_which_result_it_was),
	CHECK_TEST(with_a_command_in_it_a_read_holds_within_its_bytes_only),
	CHECK_TEST(with_chip_select_tied_low_every_result_is_read_from_its_first_bit),
	CHECK_TEST(with_chip_select_tied_low_a_write_does_not_shift_the_next_result),
	CHECK_TEST(stray_clocks_with_chip_select_tied_low_cost_one_result_at_most),
	CHECK_TEST(slow_clocks_read_as_well_as_fast_ones),
};

CHECK_MAIN(tests)
