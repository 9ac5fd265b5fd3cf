// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does the board's ADS1220 behave through the real controller and the real pins as SBAS501 says?
 *
 * The model alone is held in tests/unit/; here it is its wires, its surroundings and its faults.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "board.h"
#include "check.h"

#define POWER_UP_NS	(60 * BOARD_NS_PER_MS)
#define START		0x08
#define RREG_ALL	0x23
#define WREG_ALL	0x43

/* Register 1, SBAS501 section 8.6: 2000 SPS turbo, continuous */
#define TURBO_2000_CM	0xd4
/* 2072 t_CLK of 1/4.096 MHz: SBAS501 table 11, note to chip.md 2.4 */
#define TURBO_2000_NS	505860

static const char *const no_wakeup[] = { "-global", "ads1220.wakeup-normal=0",
					 "-global", "ads1220.wakeup-turbo=0", NULL };

static void open_board_with(const char *const *arguments)
{
	board_start(arguments);
	board_step(POWER_UP_NS);
	board_spi_open(1);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
}

static void open_board(void)
{
	open_board_with(NULL);
}

static int drdy(void)
{
	return board_pin(PIO, PORT_A, 6);
}

static void send_byte(uint8_t byte)
{
	board_spi_transfer(1, &byte, NULL, 1);
}

static void write_registers(uint8_t r0, uint8_t r1, uint8_t r2, uint8_t r3)
{
	const uint8_t bytes[] = { WREG_ALL, r0, r1, r2, r3 };

	board_spi_transfer(1, bytes, NULL, sizeof(bytes));
}

static uint32_t read_registers(void)
{
	const uint8_t command[5] = { RREG_ALL };
	uint8_t answer[5];

	board_spi_transfer(1, command, answer, sizeof(command));
	return (uint32_t)answer[1] << 24 | answer[2] << 16 | answer[3] << 8 | answer[4];
}

static int32_t read_data(void)
{
	const uint8_t zeroes[3] = { 0 };
	uint8_t data[3];

	board_spi_transfer(1, zeroes, data, 3);
	return (int32_t)((uint32_t)data[0] << 24 | data[1] << 16 | data[2] << 8) >> 8;
}

/* Until DRDY is at @level, in steps of @step_ns; false after 0.3 s. */
static bool wait_drdy(int level, int64_t step_ns)
{
	int64_t until_ns = board_now() + 300 * BOARD_NS_PER_MS;

	while (drdy() != level && board_now() < until_ns)
		board_step(step_ns);
	return drdy() == level;
}

static int32_t convert(void)
{
	send_byte(START);
	if (!wait_drdy(0, 50 * BOARD_NS_PER_US))
		CHECK_WHY("DRDY does not fall");
	return read_data();
}

static bool refused(const char *property, const char *json, const char *word)
{
	const char *error = board_set(CHIP, property, json);

	return error && strstr(error, word);
}

/* SBAS501 section 9.2: thermocouple, RTD, bridge */
static void takes_ti_s_own_configurations(void)
{
	open_board();
	write_registers(0x0a, 0x04, 0x10, 0x00);
	CHECK_EQUAL(0x0a041000, read_registers());
	CHECK_TEXT("\"0a 04 10 00\"", board_get(CHIP, "registers"));
	write_registers(0x66, 0x04, 0x55, 0x70);
	CHECK_EQUAL(0x66045570, read_registers());
	write_registers(0x3e, 0x04, 0x98, 0x00);
	CHECK_EQUAL(0x3e049800, read_registers());
	board_stop();
}

static void converts_by_itself_once_after_power_up(void)
{
	board_start(NULL);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
	/* 204850 t_CLK are 50.01 ms */
	board_step(49 * BOARD_NS_PER_MS);
	CHECK_EQUAL(1, drdy());
	board_step(2 * BOARD_NS_PER_MS);
	CHECK_EQUAL(0, drdy());
	board_step(1000 * BOARD_NS_PER_MS);
	CHECK_EQUAL(1, board_counter(CHIP, "conversions"));
	board_stop();
}

/* SBAS501 table 11: t_CLK from the last falling edge of START/SYNC to DRDY low, single-shot */
static void a_single_conversion_takes_the_clocks_of_table_11(void)
{
	static const struct { uint8_t r1; int64_t clocks; } rates[] = {
		{ 0x00, 204850 }, { 0x20, 91218 }, { 0x40, 46226 }, { 0x60, 23762 },
		{ 0x80, 12562 }, { 0xa0, 6994 }, { 0xc0, 4242 },
		{ 0x10, 102434 }, { 0x30, 45618 }, { 0x50, 23122 }, { 0x70, 11890 },
		{ 0x90, 6290 }, { 0xb0, 3506 }, { 0xd0, 2130 },
	};
	const uint8_t start[1] = { START };

	open_board_with(no_wakeup);
	for (unsigned int i = 0; i < sizeof(rates) / sizeof(*rates); i++) {
		int64_t end_ns;

		write_registers(0, rates[i].r1, 0, 0);
		CHECK(wait_drdy(0, 100 * BOARD_NS_PER_US));
		read_data();
		board_spi_select(1, 0);
		board_step(200);
		end_ns = board_now() + BOARD_SPI_BYTE_NS + rates[i].clocks * 1000000000 / 4096000;
		board_spi_begin(1, start, 1);
		board_step_to(end_ns - 1);
		CHECK_EQUAL_AT(1, drdy(), "register 1 0x%02x", rates[i].r1);
		board_step(300);
		CHECK_EQUAL_AT(0, drdy(), "register 1 0x%02x", rates[i].r1);
		board_spi_select(1, 1);
	}
	board_stop();
}

static void drdy_rises_with_the_first_rising_edge_of_the_clock(void)
{
	const uint8_t zeroes[3] = { 0 };

	open_board();
	CHECK_EQUAL(0, drdy());
	board_spi_select(1, 0);
	board_step(1000);
	CHECK_EQUAL(0, drdy());
	/* at 1 MHz the first edge comes within the first period, half of it after its start */
	board_spi_begin(1, zeroes, 3);
	board_step(499);
	CHECK_EQUAL(0, drdy());
	board_step(1);
	CHECK_EQUAL(1, drdy());
	board_stop();
}

/* SBAS501 section 8.5.1.3: 2 t_MOD, in turbo mode 2 / 512 kHz */
static void unread_data_make_drdy_high_for_two_modulator_clocks(void)
{
	int64_t rise_ns;

	open_board();
	write_registers(0, TURBO_2000_CM, 0, 0);
	send_byte(START);
	CHECK(wait_drdy(0, 1000));
	CHECK(wait_drdy(1, 20));
	rise_ns = board_now();
	CHECK(wait_drdy(0, 20));
	CHECK_AT(llabs(board_now() - rise_ns - 3906) <= 20, "%" PRId64 " ns",
		 board_now() - rise_ns);
	board_stop();
}

static void a_stream_read_in_time_loses_nothing_and_keeps_its_rate(void)
{
	int64_t start_ns, conversions;

	open_board();
	CHECK(!board_set(CHIP, "test", "true"));
	write_registers(0x50, TURBO_2000_CM, 0, 0);
	send_byte(START);
	CHECK(wait_drdy(0, 1000));
	conversions = read_data() & 0xfffff;
	start_ns = board_now();
	for (int i = 1; i <= 200; i++) {
		CHECK(wait_drdy(0, 5000));
		/* MUX code 5 above the running number */
		CHECK_EQUAL_AT(0x500000 + conversions + i, read_data(), "result %d", i);
	}
	CHECK_AT(llabs(board_now() - start_ns - 200 * TURBO_2000_NS) < 6000, "%" PRId64 " ns",
		 board_now() - start_ns);
	/* the first is what power-up had left, read while the registers were written */
	CHECK_EQUAL(202, board_counter(CHIP, "reads"));
	board_stop();
}

/* The power-up result goes out while the registers are written; the last one still waits. */
static void counts_what_nobody_read(void)
{
	int64_t conversions;

	open_board();
	write_registers(0, TURBO_2000_CM, 0, 0);
	send_byte(START);
	board_step(100 * TURBO_2000_NS);
	conversions = board_counter(CHIP, "conversions");
	CHECK_AT(conversions >= 98 && conversions <= 102, "%" PRId64, conversions);
	CHECK_EQUAL(conversions - 2, board_counter(CHIP, "unread"));
	CHECK_EQUAL(1, board_counter(CHIP, "reads"));
	CHECK_EQUAL(2, board_counter(CHIP, "frames"));
	CHECK_EQUAL(6, board_counter(CHIP, "bytes"));
	CHECK_EQUAL(2, board_counter(CHIP, "commands"));
	board_stop();
}

/* SBAS501 section 8.5.5: registers written while a result is read out */
static void one_transfer_reads_a_result_and_sets_the_next_input(void)
{
	const uint8_t bytes[5] = { WREG_ALL, 0x10, 0x04, 0x00, 0x00 };
	uint8_t data[5];

	open_board();
	CHECK(!board_set(CHIP, "test", "true"));
	write_registers(0x00, 0x04, 0x00, 0x00);
	send_byte(START);
	CHECK(wait_drdy(0, 50 * BOARD_NS_PER_US));
	board_spi_transfer(1, bytes, data, 5);
	CHECK_EQUAL(0x0, data[0] >> 4);
	CHECK_TEXT("\"10 04 00 00\"", board_get(CHIP, "registers"));
	CHECK(wait_drdy(0, 50 * BOARD_NS_PER_US));
	CHECK_EQUAL(1, read_data() >> 20);
	board_stop();
}

/* LSB = 2.048 V / 2^23 at gain 1 */
static void what_is_put_on_the_pins_comes_out(void)
{
	static const struct { const char *ain0, *ain1; int32_t code; } tries[] = {
		{ "\"2.2345V\"", "\"1\"", 5056512 },
		{ "\"1\"", "\"2.2345\"", -5056512 },
		{ "\"1500mV\"", "\"1.5V\"", 0 },
		{ "\"1250100uV\"", "\"1.25\"", 410 },
		{ "\"3\"", "\"0.5\"", 0x7fffff },
		{ "\"0.5\"", "\"3\"", -0x800000 },
	};

	open_board();
	for (unsigned int i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		int32_t code;

		CHECK(!board_set(CHIP, "ain0", tries[i].ain0));
		CHECK(!board_set(CHIP, "ain1", tries[i].ain1));
		code = convert();
		CHECK_AT(abs(code - tries[i].code) <= 1, "%s - %s: %d", tries[i].ain0,
			 tries[i].ain1, code);
	}
	board_stop();
}

/* SBAS501 section 8.3.13: 14 bits of 0.03125 degC, left-justified */
static void the_die_has_the_temperature_it_is_given(void)
{
	static const struct { const char *degc; int32_t code; } tries[] = {
		{ "\"25\"", 0x0c8000 }, { "\"-25\"", -0x0c8000 }, { "\"0.03125\"", 0x000400 },
		{ "\"125\"", 0x3e8000 },
	};

	open_board();
	write_registers(0, 0x02, 0, 0);
	for (unsigned int i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		CHECK(!board_set(CHIP, "temperature", tries[i].degc));
		CHECK_EQUAL_AT(tries[i].code, convert(), "%s", tries[i].degc);
	}
	board_stop();
}

/* 100 ohm against 1.62 kohm in one current, gain 8: 2^23 * 8 * 100 / 1620 */
static void a_resistor_is_measured_against_the_reference_resistor(void)
{
	int32_t code;

	open_board();
	CHECK(!board_set(CHIP, "ain1", "\"100ohm\""));
	CHECK(!board_set(CHIP, "ain0", "\"0ohm\""));
	CHECK(!board_set(CHIP, "ref0", "\"1.62kohm\""));
	/* AIN1 - AIN0, gain 8; REF0, 500 uA; IDAC1 to AIN1 */
	write_registers(0x66, 0x00, 0x45, 0x40);
	board_step(60 * BOARD_NS_PER_MS);
	code = convert();
	CHECK_AT(abs(code - 4142519) <= 101, "%d", code);
	CHECK_EQUAL((int32_t)(8388608LL * 800 / 1620), code);
	board_stop();
}

/* SBAS501 section 8.3.11: 10 uA into AINP and out of AINN show an open sensor as full scale. */
static void burn_out_currents_find_an_open_sensor(void)
{
	open_board();
	CHECK(!board_set(CHIP, "ain0", "\"open\""));
	CHECK(!board_set(CHIP, "ain1", "\"open\""));
	write_registers(0x00, 0x01, 0, 0);
	CHECK_EQUAL(0x7fffff, convert());
	CHECK(!board_set(CHIP, "ain0", "\"1.5\""));
	CHECK(!board_set(CHIP, "ain1", "\"1.5\""));
	CHECK_EQUAL(0, convert());
	board_stop();
}

static void an_absent_chip_leaves_miso_and_drdy_to_themselves(void)
{
	open_board();
	CHECK(!board_set(CHIP, "fault", "\"absent-high\""));
	write_registers(0x0a, 0x04, 0x10, 0x00);
	CHECK_EQUAL(0xffffffff, read_registers());
	CHECK_EQUAL(1, drdy());
	CHECK(!board_set(CHIP, "fault", "\"absent-low\""));
	CHECK_EQUAL(0, read_registers());
	CHECK_EQUAL(1, drdy());
	CHECK(!board_set(CHIP, "fault", "\"\""));
	board_step(POWER_UP_NS);
	CHECK_EQUAL(0, drdy());
	write_registers(0x0a, 0x04, 0x10, 0x00);
	CHECK_EQUAL(0x0a041000, read_registers());
	board_stop();
}

static void drdy_can_be_stuck_at_either_level(void)
{
	open_board();
	CHECK(!board_set(CHIP, "fault", "\"drdy-high\""));
	CHECK_EQUAL(1, drdy());
	CHECK(!board_set(CHIP, "fault", "\"drdy-low\""));
	read_data();
	CHECK_EQUAL(0, drdy());
	CHECK(!board_set(CHIP, "fault", "\"\""));
	CHECK_EQUAL(1, drdy());
	board_stop();
}

static void every_nth_fall_of_drdy_can_be_lost(void)
{
	open_board();
	write_registers(0, 0xc0, 0, 0);
	board_step(2 * BOARD_NS_PER_MS);
	read_data();
	CHECK(!board_set(CHIP, "fault", "\"drdy-lost:3\""));
	for (unsigned int i = 0; i < 30; i++) {
		send_byte(START);
		board_step(2 * BOARD_NS_PER_MS);
		CHECK_EQUAL_AT(i % 3 == 2, drdy(), "conversion %u", i);
		read_data();
	}
	board_stop();
}

static void one_fall_of_drdy_can_be_lost(void)
{
	open_board();
	read_data();
	write_registers(0, 0xc0, 0, 0);
	board_step(2 * BOARD_NS_PER_MS);
	read_data();
	CHECK(!board_set(CHIP, "fault", "\"drdy-lost-once\""));
	send_byte(START);
	board_step(2 * BOARD_NS_PER_MS);
	CHECK_EQUAL(1, drdy());
	CHECK_TEXT("\"\"", board_get(CHIP, "fault"));
	send_byte(START);
	board_step(2 * BOARD_NS_PER_MS);
	CHECK_EQUAL(0, drdy());
	board_stop();
}

static void one_bit_in_n_bytes_of_miso_can_be_wrong(void)
{
	static const uint8_t registers[] = { 0x0a, 0x04, 0x10, 0x00 };
	unsigned int wrong = 0;

	open_board();
	write_registers(0x0a, 0x04, 0x10, 0x00);
	CHECK(!board_set(CHIP, "fault", "\"miso-flip:5\""));
	/* of the command's own byte only the level of an idle DOUT comes back: 1 */
	for (unsigned int i = 0; i < 40; i++) {
		const uint8_t command[5] = { RREG_ALL };
		uint8_t answer[5];

		board_spi_transfer(1, command, answer, 5);
		wrong += answer[0] != 0x00 && answer[0] != 0xff;
		for (unsigned int j = 1; j < 5; j++)
			wrong += __builtin_popcount(answer[j] ^ registers[j - 1]);
	}
	CHECK_AT(wrong >= 35 && wrong <= 41, "%u of 40", wrong);
	board_stop();
}

static void the_same_seed_flips_the_same_bits(void)
{
	uint32_t first[20];

	for (unsigned int round = 0; round < 3; round++) {
		unsigned int same = 0;

		open_board();
		CHECK(!board_set(CHIP, "seed", round < 2 ? "7" : "8"));
		CHECK(!board_set(CHIP, "fault", "\"miso-flip:5\""));
		for (unsigned int i = 0; i < 20; i++) {
			uint32_t found = read_registers();

			if (round == 0)
				first[i] = found;
			same += found == first[i];
		}
		CHECK_AT(round == 2 ? same < 20 : same == 20, "round %u", round);
		board_stop();
	}
}

static void the_supply_can_dip_now_or_every_n_ms(void)
{
	open_board();
	write_registers(0x0a, 0x04, 0x10, 0x00);
	CHECK(!board_set(CHIP, "fault", "\"reset\""));
	CHECK_TEXT("\"00 00 00 00\"", board_get(CHIP, "registers"));
	CHECK_TEXT("\"\"", board_get(CHIP, "fault"));
	CHECK(!board_set(CHIP, "fault", "\"reset:20\""));
	for (unsigned int i = 0; i < 3; i++) {
		board_step(10 * BOARD_NS_PER_MS);
		write_registers(0x0a, 0x04, 0x10, 0x00);
		CHECK_EQUAL_AT(0x0a041000, read_registers(), "round %u", i);
		board_step(10 * BOARD_NS_PER_MS);
		CHECK_EQUAL_AT(0, read_registers(), "round %u", i);
		board_step(BOARD_NS_PER_US);
	}
	board_stop();
}

static void a_clock_upside_down_shifts_bits_by_one(void)
{
	int32_t right;

	open_board();
	CHECK(!board_set(CHIP, "ain0", "\"2.2345\""));
	CHECK(!board_set(CHIP, "ain1", "\"1\""));
	right = convert();
	CHECK_EQUAL(5056512, right);
	CHECK(!board_set(CHIP, "fault", "\"spi-mode\""));
	CHECK_EQUAL(right >> 1, read_data() & 0x7fffff);
	write_registers(0x0a, 0x04, 0x10, 0x00);
	CHECK(strcmp("\"0a 04 10 00\"", board_get(CHIP, "registers")));
	board_stop();
}

static void what_cannot_be_set_is_refused_in_words(void)
{
	static const struct { const char *property, *json, *word; } bad[] = {
		{ "ain0", "\"\"", "no number" }, { "ain0", "\"abc\"", "no number" },
		{ "ain0", "\"1.2.3\"", "no number" }, { "ain1", "\"1.5 V\"", "unit" },
		{ "ain1", "\"3furlong\"", "unit" }, { "ain2", "\"11\"", "10 V" },
		{ "ain3", "\"-10.1V\"", "10 V" }, { "ain3", "\"-1ohm\"", "resistance" },
		{ "ain0", "\"99999999999999999999\"", "no number" }, { "ain0", "5", "string" },
		{ "ref0", "\"1e3\"", "unit" }, { "ref1", "\"2..5\"", "no number" },
		{ "avdd", "\"1.8\"", "2.3 to 5.5 V" }, { "avdd", "\"6\"", "2.3 to 5.5 V" },
		{ "avdd", "\"100ohm\"", "no voltage" }, { "temperature", "\"126\"", "-40 to 125" },
		{ "temperature", "\"-41\"", "-40 to 125" },
		{ "temperature", "\"warm\"", "decimal" },
		{ "clock", "-1", "not within" }, { "clock", "\"fast\"", "integer" },
		{ "oscillator", "1", "not within" }, { "seed", "-1", "not within" },
		{ "noise", "\"loud\"", "boolean" },
		{ "input", "\"/nonexistent.csv\"", "cannot open" },
		{ "input-start", "true", "no recording" }, { "bus", "\"spi0\"", "soldered" },
		{ "drdy", "\"PA7\"", "soldered" }, { "fault", "\"drdy\"", "drdy-lost-once" },
		{ "fault", "\"drdy-lost:0\"", "number" },
		{ "fault", "\"drdy-high:3\"", "no number" },
		{ "fault", "\"miso-flip:x\"", "number" }, { "fault", "\"reset:\"", "number" },
		{ "fault", "\"absent-high,absent-low\"", "exclude" }, { "fault", "\",\"", "known" },
		{ "fault", "\"drdy-high,drdy-low\"", "exclude" },
		{ "registers", "\"0\"", "writable" },
	};

	open_board();
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK_AT(refused(bad[i].property, bad[i].json, bad[i].word), "%s=%s",
			 bad[i].property, bad[i].json);
	CHECK_TEXT("\"0nV\"", board_get(CHIP, "ain0"));
	CHECK_TEXT("\"\"", board_get(CHIP, "fault"));
	board_stop();
}

static void what_cannot_be_soldered_is_refused_at_the_start(void)
{
	static const struct { const char *global, *word; } bad[] = {
		{ "ads1220.bus=spi2", "spi0 and spi1" }, { "ads1220.drdy=PB1", "no pin" },
		{ "ads1220.drdy=PA22", "no pin" }, { "ads1220.cs=7", "no pin" },
		{ "ads1220.ain0=hot", "no number" }, { "ads1220.fault=nonesuch", "absent-high" },
	};

	for (unsigned int i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const char *const arguments[] = { "-global", bad[i].global, NULL };

		CHECK_AT(strstr(board_refusal(arguments), bad[i].word), "%s", bad[i].global);
	}
}

static void drdy_comes_out_of_the_pin_it_is_soldered_to(void)
{
	static const char *const wired[] = { "-global", "ads1220.drdy=PG9", NULL };

	open_board_with(wired);
	board_mux(PIO, PORT_G, 9, FUNCTION_IN);
	board_pull(PIO, PORT_A, 6, PULL_UP);
	CHECK_EQUAL(0, board_pin(PIO, PORT_G, 9));
	CHECK_EQUAL(1, drdy());
	read_data();
	CHECK_EQUAL(1, board_pin(PIO, PORT_G, 9));
	board_stop();
}

/* Every setting can be read back and set again as it was read. */
static void settings_read_back_as_they_can_be_set(void)
{
	static const struct { const char *property, *json, *back; } settings[] = {
		{ "ain0", "\"1.25\"", "\"1250000000nV\"" },
		{ "ain1", "\"-100mV\"", "\"-100000000nV\"" },
		{ "ain2", "\"1.5kohm\"", "\"1500000mohm\"" }, { "ain3", "\"open\"", "\"open\"" },
		{ "avdd", "\"5\"", "\"5000000000nV\"" },
		{ "temperature", "\"-0.5\"", "\"-0.500000\"" },
		{ "clock", "4096000", "4096000" }, { "noise", "true", "true" },
		{ "fault", "\"reset:5,drdy-lost\"", "\"drdy-lost:10,reset:5\"" },
		{ "gain-error", "-150", "-150" }, { "offset", "4000", "4000" },
	};

	open_board();
	for (unsigned int i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		char back[64];

		CHECK_AT(!board_set(CHIP, settings[i].property, settings[i].json), "%s",
			 settings[i].property);
		snprintf(back, sizeof(back), "%s", board_get(CHIP, settings[i].property));
		CHECK_TEXT(settings[i].back, back);
		CHECK_AT(!board_set(CHIP, settings[i].property, back), "%s", back);
		CHECK_TEXT(settings[i].back, board_get(CHIP, settings[i].property));
	}
	board_stop();
}

/* A recording in a file of its own, removed by the caller. */
static const char *recording(const char *text)
{
	static char name[] = "/tmp/ads1220-recording-XXXXXX";
	int fd;

	strcpy(strrchr(name, '-'), "-XXXXXX");
	fd = mkstemp(name);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd))
		CHECK_WHY("cannot write %s", name);
	return name;
}

/*
 * 1.0 V and 2.0 V in turns of 1 s on AIN0, AIN1 at 1.5 V: -0.5 V and 0.5 V are -/+2048000 codes.
 * A conversion that a change falls into the middle of shows the mean of both.
 */
static void a_recording_is_played_in_the_boards_time(void)
{
	const char *file = recording("time_s,ain0,ain1,ain2,ain3\n0,1,1.5,0,0\n1,2,1.5,0,0\n"
				     "2.0,1,1.5,0,0\n3,2.0000005,1.5,0,0\n");
	char json[128];

	open_board();
	snprintf(json, sizeof(json), "\"%s\"", file);
	CHECK(!board_set(CHIP, "input", json));
	board_step(500 * BOARD_NS_PER_MS);
	CHECK_EQUAL(-2048000, convert());
	board_step(1000 * BOARD_NS_PER_MS);
	CHECK_EQUAL(2048000, convert());
	board_step(1000 * BOARD_NS_PER_MS);
	CHECK_EQUAL(-2048000, convert());
	board_step(1000 * BOARD_NS_PER_MS);
	CHECK_EQUAL(2048002, convert());
	board_step(100000 * BOARD_NS_PER_MS);
	CHECK_EQUAL(2048002, convert());
	CHECK(!board_set(CHIP, "input-start", "true"));
	CHECK_EQUAL(-2048000, convert());
	CHECK(!board_set(CHIP, "input", "\"\""));
	CHECK_EQUAL(0, convert());
	unlink(file);
	board_stop();
}

static void a_change_within_a_conversion_shows_as_its_mean(void)
{
	const char *file = recording("time_s,ain0,ain1,ain2,ain3\n0,1,1.5,0,0\n0.025,2,1.5,0,0\n");
	char json[128];
	int32_t code;

	open_board_with(no_wakeup);
	snprintf(json, sizeof(json), "\"%s\"", file);
	CHECK(!board_set(CHIP, "input", json));
	/* 50 ms from now, halves of -0.5 V and 0.5 V; 0.1 ms off are 8192 codes */
	code = convert();
	CHECK_AT(abs(code) < 8192, "%d", code);
	unlink(file);
	board_stop();
}

static void a_recording_that_is_none_is_refused_with_its_line(void)
{
	static const struct { const char *text, *word; } bad[] = {
		{ "", "empty" }, { "time_s,ain0,ain1,ain2,ain3\n", "empty" },
		{ "0,1,2,3,4\n", "line 1 is not the header" },
		{ "time_s,ain0,ain1,ain2,ain3\n0,1,2,3\n", "line 2 wants" },
		{ "time_s,ain0,ain1,ain2,ain3\n0,1,2,3,4,5\n", "line 2 wants" },
		{ "time_s,ain0,ain1,ain2,ain3\n0,1,2,3,4\n0,1,2,3,4\n", "line 3 is not later" },
		{ "time_s,ain0,ain1,ain2,ain3\n0,1,2,3,4\n1,1,x,3,4\n", "line 3 wants" },
		{ "time_s,ain0,ain1,ain2,ain3\n0,1,2,3,40\n", "line 2 has a voltage" },
	};

	open_board();
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const char *file = recording(bad[i].text);
		char json[128];

		snprintf(json, sizeof(json), "\"%s\"", file);
		CHECK_AT(refused("input", json, bad[i].word), "%s", bad[i].text);
		unlink(file);
	}
	CHECK_EQUAL(0, convert());
	board_stop();
}

static void says_what_the_data_sheet_forbids(void)
{
	open_board();
	CHECK(!strstr(board_get(CHIP, "warnings"), "AINN is AVSS"));
	/* AIN0 to AVSS with gain 128 and the PGA */
	write_registers(0x8e, 0x00, 0x00, 0x00);
	board_step(60 * BOARD_NS_PER_MS);
	CHECK(strstr(board_get(CHIP, "warnings"), "AINN is AVSS"));
	board_stop();
}

static const struct check_test tests[] = {
	CHECK_TEST(takes_ti_s_own_configurations),
	CHECK_TEST(converts_by_itself_once_after_power_up),
	CHECK_TEST(a_single_conversion_takes_the_clocks_of_table_11),
	CHECK_TEST(drdy_rises_with_the_first_rising_edge_of_the_clock),
	CHECK_TEST(unread_data_make_drdy_high_for_two_modulator_clocks),
	CHECK_TEST(a_stream_read_in_time_loses_nothing_and_keeps_its_rate),
	CHECK_TEST(counts_what_nobody_read),
	CHECK_TEST(one_transfer_reads_a_result_and_sets_the_next_input),
	CHECK_TEST(what_is_put_on_the_pins_comes_out),
	CHECK_TEST(the_die_has_the_temperature_it_is_given),
	CHECK_TEST(a_resistor_is_measured_against_the_reference_resistor),
	CHECK_TEST(burn_out_currents_find_an_open_sensor),
	CHECK_TEST(an_absent_chip_leaves_miso_and_drdy_to_themselves),
	CHECK_TEST(drdy_can_be_stuck_at_either_level),
	CHECK_TEST(every_nth_fall_of_drdy_can_be_lost),
	CHECK_TEST(one_fall_of_drdy_can_be_lost),
	CHECK_TEST(one_bit_in_n_bytes_of_miso_can_be_wrong),
	CHECK_TEST(the_same_seed_flips_the_same_bits),
	CHECK_TEST(the_supply_can_dip_now_or_every_n_ms),
	CHECK_TEST(a_clock_upside_down_shifts_bits_by_one),
	CHECK_TEST(what_cannot_be_set_is_refused_in_words),
	CHECK_TEST(what_cannot_be_soldered_is_refused_at_the_start),
	CHECK_TEST(drdy_comes_out_of_the_pin_it_is_soldered_to),
	CHECK_TEST(settings_read_back_as_they_can_be_set),
	CHECK_TEST(a_recording_is_played_in_the_boards_time),
	CHECK_TEST(a_change_within_a_conversion_shows_as_its_mean),
	CHECK_TEST(a_recording_that_is_none_is_refused_with_its_line),
	CHECK_TEST(says_what_the_data_sheet_forbids),
};

CHECK_MAIN(tests)
