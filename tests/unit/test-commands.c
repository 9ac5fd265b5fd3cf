// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test-commands.c - does the model do what each command and each register bit says?
 *
 * Links: tests/model/ tests/unit/bench.c
 */
#include "bench.h"
#include "check.h"

#define CM		0x04
#define DR_1000		0xc0
#define TURBO		0x10
#define DRDYM		0x02
#define WREG(first, count)	(0x40 | (first) << 2 | ((count) - 1))
#define RREG(first, count)	(0x20 | (first) << 2 | ((count) - 1))

static const struct ads1220_model_counters *counters(const struct bench *bench)
{
	return ads1220_model_counters(bench->chip);
}

/* Section 8.5.3: 0000 011x, 0000 100x, 0000 001x, 0001 xxxx, 0010 rrnn, 0100 rrnn */
static bool is_command(uint8_t byte)
{
	return (byte >= 0x02 && byte <= 0x03) || (byte >= 0x06 && byte <= 0x09) ||
	       (byte & 0xf0) == 0x10 || (byte & 0xf0) == 0x20 || (byte & 0xf0) == 0x40;
}

static void every_byte_is_a_command_or_means_nothing(void)
{
	unsigned int byte;

	for (byte = 0; byte < 256; byte++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_command(bench, (uint8_t)byte);
		CHECK_EQUAL_AT(is_command((uint8_t)byte), counters(bench)->commands, "%02xh", byte);
		CHECK_EQUAL_AT(byte && !is_command((uint8_t)byte), counters(bench)->bad_commands,
			       "%02xh", byte);
		bench_close(bench);
	}
}

static void bytes_that_mean_nothing_do_nothing(void)
{
	unsigned int byte;
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0x5a, 0xc0, 0x96, 0x04);
	bench_wait(bench, 100 * BENCH_MS);
	bench_read(bench);
	bench_forget(bench);
	for (byte = 0; byte < 256; byte++) {
		if (is_command((uint8_t)byte))
			continue;
		bench_command(bench, (uint8_t)byte);
		CHECK_EQUAL_AT(ADS1220_MODEL_NEVER,
			       ads1220_model_advance(bench->chip, bench->now_ns), "%02xh", byte);
	}
	CHECK_EQUAL(UINT32_C(0x5ac09604), bench_registers(bench));
	CHECK_EQUAL(0, bench->edge_count[ADS1220_MODEL_DRDY]);
	bench_close(bench);
}

/* "x" is any bit: both RESETs reset, both START/SYNCs start, both POWERDOWNs go to sleep. */
static void the_don_t_care_bits_are_don_t_care(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t x;

	for (x = 0; x < 2; x++) {
		bench_write(bench, 0x5a, 0, 0, 0);
		bench_wait(bench, 100 * BENCH_MS);
		bench_read(bench);
		bench_command(bench, BENCH_START | x);
		CHECK_AT(bench_wait_drdy(bench, 0, 100 * BENCH_MS), "START/SYNC %u", x);
		bench_command(bench, BENCH_RESET | x);
		CHECK_EQUAL_AT(0, ads1220_model_register(bench->chip, 0), "RESET %u", x);
		bench_wait(bench, BENCH_MS);
		bench_write(bench, 0, DR_1000 | CM, 0, 0);
		bench_command(bench, BENCH_START);
		bench_command(bench, BENCH_POWERDOWN | x);
		bench_wait(bench, 10 * BENCH_MS);
		CHECK_EQUAL_AT(ADS1220_MODEL_NEVER,
			       ads1220_model_advance(bench->chip,
						     bench->now_ns), "POWERDOWN %u", x);
	}
	bench_close(bench);
}

static void every_rdata_byte_reads_the_result(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t x;

	bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1365 * BENCH_MV;
	bench_convert(bench, 0x81, 0, 0, 0);
	for (x = 0; x < 16; x++) {
		uint8_t tx[4] = { (uint8_t)(BENCH_RDATA | x) }, rx[4];

		bench_transfer(bench, tx, rx, sizeof(tx));
		CHECK_EQUAL_AT(0x555000, rx[1] << 16 | rx[2] << 8 | rx[3], "%02xh", tx[0]);
	}
	bench_close(bench);
}

static void every_value_of_every_register_reads_back(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	unsigned int address, value, other;

	for (address = 0; address < 4; address++) {
		for (value = 0; value < 256; value++) {
			uint8_t tx[] = { (uint8_t)WREG(address, 1), (uint8_t)value };
			uint8_t ask[] = { (uint8_t)RREG(address, 1), 0 }, rx[2];

			bench_transfer(bench, tx, NULL, 2);
			bench_transfer(bench, ask, rx, 2);
			CHECK_EQUAL_AT(value, rx[1], "register %u", address);
			CHECK_EQUAL_AT(value, ads1220_model_register(bench->chip, address),
				       "register %u", address);
		}
		for (other = address + 1; other < 4; other++)
			CHECK_EQUAL_AT(0, ads1220_model_register(bench->chip, other),
				       "register %u after %u", other, address);
	}
	bench_close(bench);
}

/* Section 8.5.3: rr is the first register, nn the number less one. */
static void every_range_of_registers_can_be_written_and_read(void)
{
	unsigned int first, count, i;

	for (first = 0; first < 4; first++) {
		for (count = 1; first + count <= 4; count++) {
			struct bench *bench = bench_open(&ads1220_model_typical);
			uint8_t tx[5] = { (uint8_t)WREG(first, count), 0x12, 0x34, 0x56, 0x78 };
			uint8_t ask[5] = { (uint8_t)RREG(first, count) }, rx[5];

			bench_transfer(bench, tx, NULL, count + 1);
			bench_transfer(bench, ask, rx, count + 1);
			for (i = 0; i < count; i++)
				CHECK_EQUAL_AT(tx[1 + i], rx[1 + i], "%u from %u", count, first);
			for (i = 0; i < 4; i++)
				CHECK_EQUAL_AT(i < first || i >= first + count ? 0 :
					       tx[1 + i - first],
					       ads1220_model_register(bench->chip, i),
					       "%u from %u", count, first);
			bench_close(bench);
		}
	}
}

/* Not in the data sheet; reading: addresses above 3 swallow what is written and read as 0. */
static void nothing_is_beyond_register_3(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t tx[5] = { WREG(3, 4), 0x12, 0x34, 0x56, 0x78 };
	uint8_t ask[5] = { RREG(3, 4) }, rx[5];

	bench_transfer(bench, ask, rx, sizeof(ask));
	CHECK(strstr(bench->warnings, "above 3"));
	bench_forget(bench);
	bench_transfer(bench, tx, NULL, sizeof(tx));
	CHECK_EQUAL(0x12, bench_registers(bench));
	CHECK(strstr(bench->warnings, "above 3"));
	bench_transfer(bench, ask, rx, sizeof(ask));
	CHECK_EQUAL(0x12, rx[1]);
	CHECK_EQUAL(0, rx[2] | rx[3] | rx[4]);
	CHECK_EQUAL(0, counters(bench)->bad_commands);
	bench_close(bench);
}

/* Section 8.5.3.6: each register is there with the last falling edge of its byte. */
static void a_write_cut_short_keeps_the_registers_that_were_whole(void)
{
	unsigned int bits, i;

	for (bits = 8; bits <= 40; bits++) {
		static const uint8_t tx[] = { BENCH_WREG_ALL, 0x12, 0x34, 0x56, 0x78 };
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_select(bench);
		for (i = 0; i < bits; i++)
			bench_bit(bench, tx[i / 8] >> (7 - i % 8) & 1);
		bench_deselect(bench);
		for (i = 0; i < 4; i++)
			CHECK_EQUAL_AT(bits >= 16 + 8 * i ? tx[1 + i] : 0,
				       ads1220_model_register(bench->chip, i),
				       "register %u, %u bits", i, bits);
		bench_close(bench);
	}
}

/* Section 8.4.2.1: a write to any register starts a single shot and restarts one under way. */
static void a_write_to_any_register_starts_a_single_shot(void)
{
	unsigned int address;

	for (address = 0; address < 4; address++) {
		struct bench *bench = bench_open(&ads1220_model_typical);
		uint8_t tx[] = { (uint8_t)WREG(address, 1), 0 };

		bench_transfer(bench, tx, NULL, sizeof(tx));
		CHECK_AT(bench_wait_drdy(bench, 0, 100 * BENCH_MS), "register %u", address);
		CHECK_AT(!bench_wait_drdy(bench, 1, 100 * BENCH_MS), "register %u", address);
		bench_close(bench);
	}
}

static void a_write_restarts_the_conversion_under_way(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t tx[] = { WREG(3, 1), 0 };
	int64_t from_ns;

	bench_command(bench, BENCH_START);
	bench_wait(bench, 49 * BENCH_MS);
	from_ns = bench_transfer(bench, tx, NULL, sizeof(tx));
	bench_wait_drdy(bench, 0, 100 * BENCH_MS);
	CHECK_EQUAL(from_ns + bench_ticks_ns(204850), bench_drdy_at(bench, 0));
	CHECK_EQUAL(2, counters(bench)->conversions);
	bench_close(bench);
}

static void start_sync_restarts_the_conversion_under_way(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t from_ns;

	bench_command(bench, BENCH_START);
	bench_wait(bench, 49 * BENCH_MS);
	from_ns = bench_command(bench, BENCH_START);
	bench_wait_drdy(bench, 0, 100 * BENCH_MS);
	CHECK_EQUAL(from_ns + bench_ticks_ns(204850), bench_drdy_at(bench, 0));
	bench_close(bench);
}

/* Section 8.4.2.2: "the CM bit must be set to 1 followed by a START/SYNC command" */
static void continuous_mode_begins_with_start_sync_and_not_with_the_bit(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);

	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_wait(bench, 20 * BENCH_MS);
	CHECK_EQUAL(2, counters(bench)->conversions);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 20 * BENCH_MS);
	/* 20 ms less the start of 51.3 us, over 1.01171875 ms: 19 */
	CHECK_EQUAL(2 + 19, counters(bench)->conversions);
	bench_close(bench);
}

static void continuous_mode_begins_with_the_bit_if_set_so(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;

	params.continuous_without_start = true;
	bench = bench_open(&params);
	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_wait(bench, 20 * BENCH_MS);
	CHECK_EQUAL(1 + 19, counters(bench)->conversions);
	bench_close(bench);
}

/* Once started, a write restarts the conversion with the same delay and goes on. */
static void a_write_in_continuous_mode_restarts_and_goes_on(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t tx[] = { WREG(0, 1), 0x10 };
	int64_t from_ns;
	int i;

	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 5 * BENCH_MS + 600 * BENCH_US);
	bench_read(bench);
	from_ns = bench_transfer(bench, tx, NULL, sizeof(tx));
	for (i = 0; i < 3; i++) {
		CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
		CHECK_EQUAL(from_ns + bench_ticks_ns(210 + 4144 * (1 + i)), bench_drdy_at(bench,
											  0));
		bench_read(bench);
	}
	bench_close(bench);
}

static void start_sync_in_continuous_mode_restarts_the_filter(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t from_ns;

	bench_write(bench, 0, DR_1000 | CM | TURBO, 0, 0);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 5 * BENCH_MS);
	from_ns = bench_command(bench, BENCH_START);
	CHECK(bench_wait_drdy(bench, 0, 10 * BENCH_MS));
	CHECK_EQUAL(from_ns + bench_ticks_ns(114 + 2072), bench_drdy_at(bench, 0));
	bench_close(bench);
}

static void clearing_cm_ends_continuous_mode_after_one_conversion(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	int64_t from_ns;
	uint64_t before;

	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_command(bench, BENCH_START);
	bench_wait(bench, 5 * BENCH_MS);
	before = counters(bench)->conversions;
	from_ns = bench_transfer(bench, (const uint8_t[]){ WREG(1, 1), DR_1000 }, NULL, 2);
	CHECK_EQUAL(from_ns + bench_ticks_ns(4242),
		    ads1220_model_advance(bench->chip, bench->now_ns));
	bench_wait(bench, 50 * BENCH_MS);
	CHECK_EQUAL(before + 1, counters(bench)->conversions);
	CHECK_EQUAL(0, ads1220_model_drdy(bench->chip));
	/* and setting it again does not start it again */
	bench_write(bench, 0, DR_1000 | CM, 0, 0);
	bench_wait(bench, 50 * BENCH_MS);
	CHECK_EQUAL(before + 2, counters(bench)->conversions);
	bench_close(bench);
}

/* Section 8.5.1.6: 13955 t_MOD = 13955 / 256 kHz = 54.51171875 ms; turbo 27910 / 512 kHz: same. */
static void an_incomplete_command_is_given_up_after_the_spi_time_out(void)
{
	static const struct {
		const char *what;
		uint8_t bytes[4];
		unsigned int bits;
	} cases[] = {
		{ "one bit", { 0x00 }, 1 },
		{ "seven bits", { 0x40 }, 7 },
		{ "WREG without data", { 0x40 }, 8 },
		{ "WREG of four with two", { 0x43, 0, 0 }, 24 },
		{ "WREG with 7 bits of data", { 0x40, 0 }, 15 },
		{ "RREG unread", { 0x23 }, 8 },
		{ "RREG of four with two read", { 0x23, 0, 0 }, 24 },
		{ "RDATA with two bytes read", { 0x10, 0, 0 }, 24 },
	};
	unsigned int i, bit, turbo;

	for (i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);
		int64_t first_rise_ns;

		turbo = i & 1;
		bench_convert(bench, 0, turbo ? TURBO : 0, 0, 0);
		bench_wait(bench, 100 * BENCH_MS);
		bench_select(bench);
		first_rise_ns = bench->now_ns;
		for (bit = 0; bit < cases[i / 2].bits; bit++)
			bench_bit(bench, cases[i / 2].bytes[bit / 8] >> (7 - bit % 8) & 1);
		ads1220_model_advance(bench->chip, first_rise_ns + 54511718);
		CHECK_EQUAL_AT(0, counters(bench)->timeouts, "%s", cases[i / 2].what);
		bench->now_ns = first_rise_ns + 54511719;
		ads1220_model_advance(bench->chip, bench->now_ns);
		CHECK_EQUAL_AT(1, counters(bench)->timeouts, "%s", cases[i / 2].what);
		/* "the next SCLK pulse starts a new communication cycle" */
		bench_byte(bench, WREG(2, 1));
		bench_byte(bench, 0x70);
		bench_wait(bench, BENCH_US);
		CHECK_EQUAL_AT(0x70, ads1220_model_register(bench->chip, 2), "%s",
			       cases[i / 2].what);
		bench_close(bench);
	}
}

/* With one parameter each for the figures of the sibling's sheet of 2026. */
static void the_time_out_is_a_parameter(void)
{
	struct ads1220_model_params params = ads1220_model_typical;
	struct bench *bench;
	int64_t first_rise_ns;

	params.timeout_tmod_normal = 14000;
	bench = bench_open(&params);
	bench_select(bench);
	first_rise_ns = bench->now_ns;
	bench_byte(bench, 0x40);
	ads1220_model_advance(bench->chip, first_rise_ns + 54687499);
	CHECK_EQUAL(0, counters(bench)->timeouts);
	ads1220_model_advance(bench->chip, first_rise_ns + 54687500);
	CHECK_EQUAL(1, counters(bench)->timeouts);
	bench_close(bench);
}

static void a_complete_command_never_times_out(void)
{
	static const uint8_t commands[][5] = {
		{ BENCH_POWERDOWN }, { BENCH_RESET }, { BENCH_START }, { 0x00 }, { 0xff },
		{ BENCH_RDATA, 0, 0, 0 }, { RREG(0, 2), 0, 0 }, { WREG(0, 4), 0x5a, 0, 0, 0 },
	};
	static const unsigned int sizes[] = { 1, 1, 1, 1, 1, 4, 3, 5 };
	unsigned int i, j;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_select(bench);
		for (j = 0; j < sizes[i]; j++)
			bench_byte(bench, commands[i][j]);
		bench_wait(bench, 1000 * BENCH_MS);
		CHECK_EQUAL_AT(0, counters(bench)->timeouts, "%02xh", commands[i][0]);
		bench_close(bench);
	}
}

static void chip_select_high_stops_the_time_out(void)
{
	struct bench *bench = bench_open(&ads1220_model_typical);
	uint8_t tx = 0x43;

	bench_transfer(bench, &tx, NULL, 1);
	bench_wait(bench, 1000 * BENCH_MS);
	CHECK_EQUAL(0, counters(bench)->timeouts);
	bench_close(bench);
}

/* Section 8.5.5: nothing on DIN is decoded while an answer is clocked out. */
static void nothing_is_decoded_while_an_answer_is_clocked_out(void)
{
	static const struct {
		uint8_t command;
		unsigned int answer;
	} cases[] = { { RREG(0, 4), 4 }, { RREG(2, 1), 1 }, { BENCH_RDATA, 3 } };
	unsigned int i, j;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_write(bench, 0x5a, 0, 0, 0);
		bench_select(bench);
		bench_byte(bench, cases[i].command);
		for (j = 0; j < cases[i].answer; j++)
			bench_byte(bench, BENCH_RESET);
		CHECK_EQUAL_AT(0x5a, ads1220_model_register(bench->chip, 0), "%02xh",
			       cases[i].command);
		/* the byte after the answer is a command again */
		bench_byte(bench, BENCH_RESET);
		bench_wait(bench, BENCH_US);
		CHECK_EQUAL_AT(0, ads1220_model_register(bench->chip, 0), "%02xh",
			       cases[i].command);
		bench_close(bench);
	}
}

/* Section 9: pseudo code, thermocouple, 3-wire RTD and bridge. */
static void ti_s_own_configurations_raise_no_warning(void)
{
	static const uint8_t configurations[][4] = {
		{ 0x08, 0x04, 0x10, 0x00 },
		{ 0x0a, 0x04, 0x10, 0x00 },
		{ 0x66, 0x04, 0x55, 0x70 },
		{ 0x3e, 0x04, 0x98, 0x00 },
	};
	unsigned int i;

	for (i = 0; i < sizeof(configurations) / sizeof(configurations[0]); i++) {
		const uint8_t *r = configurations[i];
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench->inputs.node_nv[ADS1220_MODEL_AIN0] = 1650 * BENCH_MV;
		bench->inputs.node_nv[ADS1220_MODEL_AIN1] = 1649 * BENCH_MV;
		bench->inputs.node_nv[ADS1220_MODEL_AIN2] = 1650 * BENCH_MV;
		bench->inputs.node_nv[ADS1220_MODEL_REFP0] = 1650 * BENCH_MV;
		bench_command(bench, BENCH_RESET);
		bench_wait(bench, 60 * BENCH_US);
		bench_write(bench, r[0], r[1], r[2], r[3]);
		CHECK_EQUAL_AT((uint32_t)r[0] << 24 | (uint32_t)r[1] << 16 | r[2] << 8 | r[3],
			       bench_registers(bench), "configuration %u", i);
		bench_command(bench, BENCH_START);
		CHECK_AT(bench_wait_drdy(bench, 0, 100 * BENCH_MS), "configuration %u", i);
		bench_read(bench);
		CHECK_AT(bench_wait_drdy(bench, 0, 100 * BENCH_MS), "configuration %u", i);
		CHECK_EQUAL_AT(0, bench->warning_count, "configuration %u", i);
		bench_close(bench);
	}
}

/* Section 8.6: what must not be set; each is told once per setting and not at every conversion. */
static void forbidden_settings_are_told_once(void)
{
	static const struct {
		uint8_t r[4];
		const char *text;
	} cases[] = {
		{ { 0xf0, 0x00, 0x00, 0x00 }, "MUX 15" },
		{ { 0xe0, 0xe0, 0x00, 0x00 }, "DR 7" },
		{ { 0xe0, 0x18, 0x00, 0x00 }, "MODE 3" },
		{ { 0xe0, 0x00, 0x00, 0xe0 }, "IDAC route 7" },
		{ { 0xe0, 0x00, 0x00, 0x1c }, "IDAC route 7" },
		{ { 0xe0, 0x00, 0x00, 0x01 }, "bit 0 of register 3" },
		{ { 0xe0, 0x20, 0x10, 0x00 }, "rejection" },
		{ { 0xe0, 0x10, 0x20, 0x00 }, "rejection" },
		{ { 0x80, 0x00, 0x00, 0x00 }, "PGA_BYPASS" },
		{ { 0xb7, 0x00, 0x00, 0x00 }, "gain is above 4" },
		{ { 0xe0, 0x00, 0x40, 0x00 }, "reference" },
	};
	unsigned int i, j;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const uint8_t *r = cases[i].r;
		struct bench *bench = bench_open(&ads1220_model_typical);

		bench_convert(bench, r[0], r[1], r[2], r[3]);
		CHECK_AT(strstr(bench->warnings, cases[i].text), "'%s'", cases[i].text);
		bench_forget(bench);
		for (j = 0; j < 3; j++) {
			bench_command(bench, BENCH_START);
			bench_wait(bench, 100 * BENCH_MS);
		}
		CHECK_EQUAL_AT(0, bench->warning_count, "'%s' again", cases[i].text);
		bench_convert(bench, r[0], r[1], r[2], r[3]);
		CHECK_AT(strstr(bench->warnings, cases[i].text), "'%s' set again", cases[i].text);
		bench_close(bench);
	}
}

/* 50/60 Hz rejection is for 20 SPS (normal) and 5 SPS (duty-cycle): there it is no misuse. */
static void rejection_at_the_slowest_rates_is_allowed(void)
{
	static const uint8_t r1[] = { 0x00, 0x08 };
	unsigned int i, filter;

	for (i = 0; i < sizeof(r1); i++) {
		for (filter = 0; filter < 4; filter++) {
			struct bench *bench = bench_open(&ads1220_model_typical);

			bench_convert(bench, 0xe0, r1[i], (uint8_t)(filter << 4), 0);
			CHECK_EQUAL_AT(0, bench->warning_count, "%02xh, filter %u", r1[i], filter);
			bench_close(bench);
		}
	}
}

static const struct check_test tests[] = {
	CHECK_TEST(every_byte_is_a_command_or_means_nothing),
	CHECK_TEST(bytes_that_mean_nothing_do_nothing),
	CHECK_TEST(the_don_t_care_bits_are_don_t_care),
	CHECK_TEST(every_rdata_byte_reads_the_result),
	CHECK_TEST(every_value_of_every_register_reads_back),
	CHECK_TEST(every_range_of_registers_can_be_written_and_read),
	CHECK_TEST(nothing_is_beyond_register_3),
	CHECK_TEST(a_write_cut_short_keeps_the_registers_that_were_whole),
	CHECK_TEST(a_write_to_any_register_starts_a_single_shot),
	CHECK_TEST(a_write_restarts_the_conversion_under_way),
	CHECK_TEST(start_sync_restarts_the_conversion_under_way),
	CHECK_TEST(continuous_mode_begins_with_start_sync_and_not_with_the_bit),
	CHECK_TEST(continuous_mode_begins_with_the_bit_if_set_so),
	CHECK_TEST(a_write_in_continuous_mode_restarts_and_goes_on),
	CHECK_TEST(start_sync_in_continuous_mode_restarts_the_filter),
	CHECK_TEST(clearing_cm_ends_continuous_mode_after_one_conversion),
	CHECK_TEST(an_incomplete_command_is_given_up_after_the_spi_time_out),
	CHECK_TEST(the_time_out_is_a_parameter),
	CHECK_TEST(a_complete_command_never_times_out),
	CHECK_TEST(chip_select_high_stops_the_time_out),
	CHECK_TEST(nothing_is_decoded_while_an_answer_is_clocked_out),
	CHECK_TEST(ti_s_own_configurations_raise_no_warning),
	CHECK_TEST(forbidden_settings_are_told_once),
	CHECK_TEST(rejection_at_the_slowest_rates_is_allowed),
};

CHECK_MAIN(tests)
