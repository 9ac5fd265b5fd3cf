// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is the emulated SPI controller the one of the H3 data sheet 1.2, sections "SPI" and "CCU"?
 *
 * SPI0 has nothing on its pins, so that tests can drive MISO; the chip is on SPI1.
 */
#include <stdlib.h>

#include "board.h"
#include "check.h"

#define POWER_UP_NS	(60 * BOARD_NS_PER_MS)	/* reset and the first conversion: 50 us + 50 ms */

/* SBAS501 table 13, and TI's own thermocouple configuration, section 9.2 */
#define WREG_ALL	0x43
#define RREG_ALL	0x23
static const uint8_t thermocouple[] = { WREG_ALL, 0x0a, 0x04, 0x10, 0x00 };
#define THERMOCOUPLE	"\"0a 04 10 00\""
#define ZEROES		"\"00 00 00 00\""

static uint32_t reg(unsigned int bus, unsigned int offset)
{
	return board_read(SPI(bus) + offset);
}

static void set(unsigned int bus, unsigned int offset, uint32_t value)
{
	board_write(SPI(bus) + offset, value);
}

static void change(unsigned int bus, unsigned int offset, uint32_t clear, uint32_t add)
{
	set(bus, offset, (reg(bus, offset) & ~clear) | add);
}

/* A board whose bus is ready and whose chip, on SPI1, has done its first conversion. */
static void open_board(unsigned int bus)
{
	board_start(NULL);
	board_step(POWER_UP_NS);
	board_spi_open(bus);
}

static void send(const uint8_t *bytes, size_t count)
{
	board_spi_transfer(1, bytes, NULL, count);
}

/* Whether the chip understands and answers. */
static bool chip_answers(void)
{
	uint8_t command[5] = { RREG_ALL }, answer[5];

	send(thermocouple, sizeof(thermocouple));
	board_spi_transfer(1, command, answer, sizeof(command));
	return !memcmp(answer + 1, thermocouple + 1, 4);
}

static void starts_with_the_data_sheets_register_values(void)
{
	static const struct { unsigned int offset; uint32_t value; } resets[] = {
		{ SPI_GCR, 0x80 }, { SPI_TCR, 0x87 }, { SPI_IER, 0 }, { SPI_ISR, 0x32 },
		{ SPI_FCR, 0x00400001 }, { SPI_FSR, 0 }, { SPI_WCR, 0 }, { SPI_CCR, 2 },
		{ SPI_MBC, 0 }, { SPI_MTC, 0 }, { SPI_BCC, 0 },
	};

	board_start(NULL);
	for (unsigned int bus = 0; bus < 2; bus++) {
		board_write(CCU_BUS_GATE0, CCU_SPI_BIT(bus));
		board_write(CCU_BUS_RESET0, CCU_SPI_BIT(bus));
		for (unsigned int i = 0; i < sizeof(resets) / sizeof(*resets); i++)
			CHECK_EQUAL_AT(resets[i].value, reg(bus, resets[i].offset),
				       "SPI%u register 0x%02x", bus, resets[i].offset);
	}
	board_stop();
}

static void reads_as_0_and_ignores_writes_while_its_bus_gate_is_shut(void)
{
	open_board(0);
	set(0, SPI_MBC, 5);
	board_write(CCU_BUS_GATE0, 0);
	CHECK_EQUAL(0, reg(0, SPI_TCR));
	CHECK_EQUAL(0, reg(0, SPI_MBC));
	set(0, SPI_MBC, 7);
	board_write(CCU_BUS_GATE0, CCU_SPI_BIT(0));
	CHECK_EQUAL(5, reg(0, SPI_MBC));
	board_stop();
}

static void forgets_everything_while_its_reset_is_asserted(void)
{
	open_board(0);
	set(0, SPI_MBC, 5);
	board_write8(SPI(0) + SPI_TXD, 1);
	board_write(CCU_BUS_RESET0, 0);
	CHECK_EQUAL(0, reg(0, SPI_TCR));
	set(0, SPI_WCR, 3);
	board_write(CCU_BUS_RESET0, CCU_SPI_BIT(0));
	CHECK_EQUAL(0x87, reg(0, SPI_TCR));
	CHECK_EQUAL(0x80, reg(0, SPI_GCR));
	CHECK_EQUAL(0, reg(0, SPI_MBC));
	CHECK_EQUAL(0, reg(0, SPI_WCR));
	CHECK_EQUAL(0, reg(0, SPI_FSR));
	board_stop();
}

static void a_reset_ends_a_transfer_without_a_word(void)
{
	const uint8_t bytes[4] = { 0 };

	open_board(0);
	set(0, SPI_IER, INT_TC);
	board_spi_begin(0, bytes, 4);
	board_step(2 * BOARD_SPI_BYTE_NS);
	board_write(CCU_BUS_RESET0, 0);
	board_step(BOARD_NS_PER_MS);
	board_write(CCU_BUS_RESET0, CCU_SPI_BIT(0));
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_TC);
	CHECK_EQUAL(0, board_irq_rises(IRQ_SPI(0)));
	CHECK_EQUAL(0, board_counter("/machine/soc/spi0", "transfers"));
	board_stop();
}

static void soft_reset_clears_itself_the_fifos_and_the_transfer(void)
{
	const uint8_t bytes[4] = { 0 };

	open_board(0);
	board_spi_begin(0, bytes, 4);
	change(0, SPI_GCR, 0, GCR_SRST);
	CHECK_EQUAL(0, reg(0, SPI_GCR) & GCR_SRST);
	CHECK_EQUAL(GCR_EN | GCR_MASTER | GCR_TP_EN, reg(0, SPI_GCR));
	CHECK_EQUAL(0, reg(0, SPI_FSR));
	CHECK_EQUAL(0, reg(0, SPI_TCR) & TCR_XCH);
	board_step(BOARD_NS_PER_MS);
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_TC);
	board_stop();
}

static void a_transfer_never_ends_without_a_module_clock(void)
{
	const uint8_t bytes[3] = { 0 };

	open_board(0);
	board_write(CCU_SPI_CLK(0), 0);
	board_spi_begin(0, bytes, 3);
	board_step(1000 * BOARD_NS_PER_MS);
	CHECK(!(reg(0, SPI_ISR) & INT_TC));
	CHECK(reg(0, SPI_TCR) & TCR_XCH);
	board_write(CCU_SPI_CLK(0), SPI_CLK_ON);
	board_step(3 * BOARD_SPI_BYTE_NS - 1);
	CHECK(!(reg(0, SPI_ISR) & INT_TC));
	board_step(1);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	board_stop();
}

static void a_pll_that_is_off_is_no_clock(void)
{
	const uint8_t bytes[1] = { 0 };

	open_board(0);
	board_write(CCU_PLL_PERIPH0, 0x00041811);
	board_write(CCU_SPI_CLK(0), SPI_CLK_ON | SPI_CLK_PERIPH0);
	board_spi_begin(0, bytes, 1);
	board_step(100 * BOARD_NS_PER_MS);
	CHECK(!(reg(0, SPI_ISR) & INT_TC));
	board_stop();
}

static void does_nothing_while_disabled_or_a_slave(void)
{
	static const uint32_t useless[] = { 0, GCR_EN, GCR_MASTER };
	const uint8_t bytes[1] = { 0 };

	open_board(0);
	for (unsigned int i = 0; i < 3; i++) {
		set(0, SPI_GCR, useless[i]);
		board_spi_begin(0, bytes, 1);
		board_step(BOARD_NS_PER_MS);
		CHECK_EQUAL_AT(0, reg(0, SPI_ISR) & INT_TC, "GCR 0x%x", useless[i]);
	}
	board_stop();
}

/*
 * SCLK = source / 2^N / (M + 1), then / 2^CDR1 or / (2 * (CDR2 + 1)); source 24 MHz, or
 * PLL_PERIPHx = 24 MHz * N * K / 2: 600 MHz for 0x80041811, 300 MHz for 0x80041801.
 */
static const struct {
	uint32_t clk, ccr;
	double hz;
} rates[] = {
	{ SPI_CLK_ON, CCR_DRS | 0, 12000000 },
	{ SPI_CLK_ON, CCR_DRS | 11, 1000000 },
	{ SPI_CLK_ON, CCR_DRS | 255, 24e6 / 512 },
	{ SPI_CLK_ON, 0 << 8, 24000000 },
	{ SPI_CLK_ON, 3 << 8, 3000000 },
	{ SPI_CLK_ON, 15 << 8, 24e6 / 32768 },
	{ SPI_CLK_ON | 3 << 16 | 15, 15 << 8, 24e6 / 128 / 32768 },
	{ SPI_CLK_ON | SPI_CLK_PERIPH0 | 9, CCR_DRS | 5, 5000000 },
	{ SPI_CLK_ON | SPI_CLK_PERIPH0 | 14, CCR_DRS | 2, 600e6 / 90 },
	{ SPI_CLK_ON | SPI_CLK_PERIPH0 | 2 << 16 | 14, 4 << 8, 625000 },
	{ SPI_CLK_ON | SPI_CLK_PERIPH1 | 2, CCR_DRS | 49, 1000000 },
};

static void a_byte_takes_8_periods_of_every_clock_there_is(void)
{
	const uint8_t bytes[8] = { 0 };

	open_board(0);
	board_write(CCU_PLL_PERIPH0, 0x80041811);
	board_write(CCU_PLL_PERIPH1, 0x80041801);
	for (unsigned int i = 0; i < sizeof(rates) / sizeof(*rates); i++) {
		double whole_ns = 8 * 8 * 1e9 / rates[i].hz;

		board_write(CCU_SPI_CLK(0), rates[i].clk);
		set(0, SPI_CCR, rates[i].ccr);
		board_spi_begin(0, bytes, 8);
		board_step((int64_t)whole_ns - 1);
		CHECK_AT(!(reg(0, SPI_ISR) & INT_TC), "%.3f Hz, too early", rates[i].hz);
		board_step(2);
		CHECK_AT(reg(0, SPI_ISR) & INT_TC, "%.3f Hz, too late", rates[i].hz);
	}
	board_stop();
}

static void wait_clocks_come_between_bytes(void)
{
	const uint8_t bytes[3] = { 0 };

	open_board(0);
	set(0, SPI_WCR, 5);
	board_spi_begin(0, bytes, 3);
	/* 3 bytes of 8 periods and 2 pauses of 5, 1 us each */
	board_step(34 * BOARD_NS_PER_US - 1);
	CHECK(!(reg(0, SPI_ISR) & INT_TC));
	board_step(1);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	board_stop();
}

static void raises_its_interrupt_at_the_end_and_lowers_it_when_told(void)
{
	const uint8_t bytes[5] = { 0 };

	for (unsigned int bus = 0; bus < 2; bus++) {
		open_board(bus);
		set(bus, SPI_IER, INT_TC);
		board_spi_begin(bus, bytes, 5);
		board_step(5 * BOARD_SPI_BYTE_NS - 1);
		CHECK_EQUAL_AT(0, board_irq_rises(IRQ_SPI(bus)), "SPI%u", bus);
		board_step(1);
		CHECK_AT(board_irq(IRQ_SPI(bus)), "SPI%u", bus);
		set(bus, SPI_ISR, INT_TC);
		CHECK_AT(!board_irq(IRQ_SPI(bus)), "SPI%u", bus);
		CHECK_EQUAL_AT(1, board_irq_rises(IRQ_SPI(bus)), "SPI%u", bus);
		CHECK_EQUAL_AT(0, reg(bus, SPI_TCR) & TCR_XCH, "SPI%u", bus);
		board_stop();
	}
}

static void an_interrupt_that_is_not_enabled_stays_away(void)
{
	const uint8_t bytes[5] = { 0 };

	open_board(0);
	set(0, SPI_IER, INT_RX_OVF | INT_TX_OVF);
	board_spi_begin(0, bytes, 5);
	board_step(BOARD_NS_PER_MS);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	CHECK_EQUAL(0, board_irq_rises(IRQ_SPI(0)));
	board_stop();
}

static void holds_64_bytes_to_send_and_flags_the_65th(void)
{
	open_board(0);
	for (unsigned int i = 0; i < 64; i++)
		board_write8(SPI(0) + SPI_TXD, i);
	CHECK_EQUAL(64 << 16, reg(0, SPI_FSR));
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_TX_OVF);
	CHECK(reg(0, SPI_ISR) & INT_TX_FUL);
	board_write8(SPI(0) + SPI_TXD, 64);
	CHECK_EQUAL(64 << 16, reg(0, SPI_FSR));
	CHECK(reg(0, SPI_ISR) & INT_TX_OVF);
	set(0, SPI_ISR, INT_TX_OVF);
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_TX_OVF);
	change(0, SPI_FCR, 0, FCR_TX_RST);
	CHECK_EQUAL(0, reg(0, SPI_FSR));
	CHECK_EQUAL(0, reg(0, SPI_FCR) & FCR_TX_RST);
	board_stop();
}

static void reading_more_than_came_in_is_flagged(void)
{
	open_board(0);
	CHECK_EQUAL(0, board_read8(SPI(0) + SPI_RXD));
	CHECK(reg(0, SPI_ISR) & INT_RX_UDR);
	board_stop();
}

/* MISO held high: every byte received is 0xff. */
static void begin_receiving(uint32_t count)
{
	board_drive('C', 1, 1);
	set(0, SPI_MBC, count);
	set(0, SPI_MTC, 0);
	set(0, SPI_BCC, 0);
	change(0, SPI_TCR, 0, TCR_XCH);
	board_step((count + 1) * BOARD_SPI_BYTE_NS);
}

static void without_the_transmit_pause_the_65th_byte_received_is_lost(void)
{
	open_board(0);
	set(0, SPI_GCR, GCR_EN | GCR_MASTER);
	begin_receiving(65);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	CHECK(reg(0, SPI_ISR) & INT_RX_OVF);
	CHECK_EQUAL(64, reg(0, SPI_FSR));
	board_stop();
}

static void with_the_transmit_pause_the_65th_byte_waits_for_room(void)
{
	open_board(0);
	begin_receiving(65);
	CHECK_EQUAL(0, reg(0, SPI_ISR) & (INT_TC | INT_RX_OVF));
	CHECK_EQUAL(64, reg(0, SPI_FSR));
	CHECK_EQUAL(0xff, board_read8(SPI(0) + SPI_RXD));
	board_step(BOARD_SPI_BYTE_NS - 1);
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_TC);
	board_step(1);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	CHECK_EQUAL(64, reg(0, SPI_FSR));
	board_stop();
}

static void a_byte_that_is_not_there_yet_is_waited_for(void)
{
	const uint8_t bytes[1] = { 0 };

	open_board(0);
	board_spi_begin(0, bytes, 1);
	set(0, SPI_MBC, 2);
	set(0, SPI_MTC, 2);
	board_step(BOARD_NS_PER_MS);
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_TC);
	CHECK(reg(0, SPI_ISR) & INT_TX_UDR);
	board_write8(SPI(0) + SPI_TXD, 0);
	board_step(BOARD_SPI_BYTE_NS);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	board_stop();
}

static void receive_ready_follows_its_trigger_level(void)
{
	open_board(0);
	set(0, SPI_FCR, 0x00400000 | 4);
	set(0, SPI_IER, INT_RX_RDY);
	begin_receiving(3);
	CHECK_EQUAL(0, reg(0, SPI_ISR) & INT_RX_RDY);
	CHECK(!board_irq(IRQ_SPI(0)));
	begin_receiving(1);
	CHECK(reg(0, SPI_ISR) & INT_RX_RDY);
	CHECK(board_irq(IRQ_SPI(0)));
	board_read8(SPI(0) + SPI_RXD);
	CHECK(!board_irq(IRQ_SPI(0)));
	board_stop();
}

static void transmit_ready_follows_its_trigger_level(void)
{
	const uint8_t bytes[6] = { 0 };

	open_board(0);
	set(0, SPI_FCR, 2 << 16 | 1);
	board_spi_begin(0, bytes, 6);
	set(0, SPI_IER, INT_TX_RDY);
	CHECK(!board_irq(IRQ_SPI(0)));
	/* the first went out at once; after 3 more bytes two are left */
	board_step(3 * BOARD_SPI_BYTE_NS - 1);
	CHECK(!board_irq(IRQ_SPI(0)));
	board_step(1);
	CHECK(board_irq(IRQ_SPI(0)));
	board_stop();
}

static void moves_1_2_or_4_bytes_with_one_access_low_byte_first(void)
{
	uint8_t command[] = { RREG_ALL, 0, 0, 0, 0 };

	open_board(1);
	board_spi_select(1, 0);
	board_spi_begin(1, NULL, 0);
	board_write8(SPI(1) + SPI_TXD, WREG_ALL);
	board_write16(SPI(1) + SPI_TXD, 0x040a);
	board_write16(SPI(1) + SPI_TXD, 0x0010);
	set(1, SPI_MBC, 5);
	set(1, SPI_MTC, 5);
	change(1, SPI_TCR, 0, TCR_XCH);
	board_step(5 * BOARD_SPI_BYTE_NS + 100);
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	change(1, SPI_FCR, 0, FCR_RX_RST);
	board_spi_begin(1, NULL, 0);
	board_write(SPI(1) + SPI_TXD, RREG_ALL);
	board_write8(SPI(1) + SPI_TXD, command[4]);
	set(1, SPI_MBC, 5);
	set(1, SPI_MTC, 5);
	change(1, SPI_TCR, 0, TCR_XCH);
	board_step(5 * BOARD_SPI_BYTE_NS + 100);
	board_read8(SPI(1) + SPI_RXD);
	CHECK_EQUAL(0x0010040a, reg(1, SPI_RXD));
	CHECK_EQUAL(0, reg(1, SPI_FSR));
	board_stop();
}

static void a_second_start_while_busy_changes_nothing(void)
{
	const uint8_t bytes[5] = { 0 };

	open_board(0);
	board_spi_begin(0, bytes, 5);
	board_step(2 * BOARD_SPI_BYTE_NS);
	change(0, SPI_TCR, 0, TCR_XCH);
	board_step(3 * BOARD_SPI_BYTE_NS);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	CHECK_EQUAL(5, reg(0, SPI_FSR));
	board_stop();
}

static void no_bytes_at_all_are_done_at_once(void)
{
	open_board(0);
	board_spi_begin(0, NULL, 0);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	board_stop();
}

static void discards_what_comes_in_while_sending_when_told(void)
{
	const uint8_t bytes[5] = { 0 };

	open_board(0);
	change(0, SPI_TCR, 0, TCR_DHB);
	board_spi_begin(0, bytes, 5);
	board_step(5 * BOARD_SPI_BYTE_NS);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	CHECK_EQUAL(0, reg(0, SPI_FSR) & 0xff);
	board_spi_begin(0, bytes, 1);
	set(0, SPI_MBC, 4);
	board_step(4 * BOARD_SPI_BYTE_NS);
	CHECK(reg(0, SPI_ISR) & INT_TC);
	CHECK_EQUAL(3, reg(0, SPI_FSR) & 0xff);
	/* two dummy bursts after the one that is sent */
	board_spi_begin(0, bytes, 1);
	set(0, SPI_MBC, 5);
	set(0, SPI_BCC, 2 << 24 | 1);
	board_step(5 * BOARD_SPI_BYTE_NS);
	CHECK_EQUAL(2, reg(0, SPI_FSR) & 0xff);
	board_stop();
}

/* A direct read looks at DIN too: 0xff is no command, 0x00 is nothing. */
static void dummy_bytes_carry_the_bit_that_ddb_says(void)
{
	open_board(1);
	for (unsigned int ddb = 0; ddb < 2; ddb++) {
		int64_t before = board_counter(CHIP, "bad-commands");

		change(1, SPI_TCR, TCR_DDB, ddb ? TCR_DDB : 0);
		board_spi_select(1, 0);
		set(1, SPI_MBC, 3);
		set(1, SPI_MTC, 0);
		change(1, SPI_TCR, 0, TCR_XCH);
		board_step(4 * BOARD_SPI_BYTE_NS);
		board_spi_select(1, 1);
		CHECK_EQUAL_AT(ddb ? 3 : 0, board_counter(CHIP, "bad-commands") - before,
			       "DDB %u", ddb);
	}
	board_stop();
}

static uint8_t mirrored(uint8_t byte)
{
	uint8_t mirror = 0;

	for (unsigned int i = 0; i < 8; i++)
		mirror |= (byte >> i & 1) << (7 - i);
	return mirror;
}

static void sends_and_receives_the_low_bit_first_when_told(void)
{
	uint8_t bytes[5], answer[5];

	open_board(1);
	change(1, SPI_TCR, 0, TCR_FBS);
	for (unsigned int i = 0; i < 5; i++)
		bytes[i] = mirrored(thermocouple[i]);
	send(bytes, 5);
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	memset(bytes, 0, sizeof(bytes));
	bytes[0] = mirrored(RREG_ALL);
	board_spi_transfer(1, bytes, answer, 5);
	for (unsigned int i = 1; i < 5; i++)
		CHECK_EQUAL_AT(mirrored(thermocouple[i]), answer[i], "register %u", i - 1);
	board_stop();
}

static void selects_by_itself_for_a_whole_transfer_or_for_each_byte(void)
{
	open_board(1);
	for (unsigned int ssctl = 0; ssctl < 2; ssctl++) {
		int64_t before = board_counter(CHIP, "frames");

		set(1, SPI_TCR, TCR_CPHA | TCR_SPOL | (ssctl ? TCR_SSCTL : 0));
		board_spi_begin(1, thermocouple, 5);
		board_step(10 * BOARD_SPI_BYTE_NS);
		CHECK_EQUAL_AT(ssctl ? 5 : 1, board_counter(CHIP, "frames") - before,
			       "SSCTL %u", ssctl);
	}
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	board_stop();
}

static void another_select_leaves_the_chip_alone(void)
{
	for (unsigned int select = 1; select < 4; select++) {
		open_board(1);
		change(1, SPI_TCR, 0, TCR_SS(select));
		send(thermocouple, sizeof(thermocouple));
		CHECK_EQUAL_AT(0, board_counter(CHIP, "frames"), "SS_SEL %u", select);
		board_stop();
	}
}

static void reaches_the_chip_on_either_bus(void)
{
	static const char *const on_spi0[] = { "-global", "ads1220.bus=spi0", NULL };
	uint8_t command[5] = { RREG_ALL }, answer[5];

	open_board(1);
	CHECK(chip_answers());
	board_stop();
	board_start(on_spi0);
	board_step(POWER_UP_NS);
	board_spi_open(0);
	board_spi_transfer(0, thermocouple, NULL, 5);
	board_spi_transfer(0, command, answer, 5);
	CHECK(!memcmp(answer + 1, thermocouple + 1, 4));
	board_stop();
}

/* PA13 CS, PA14 CLK, PA15 MOSI, PA16 MISO */
static void without_its_clock_pin_the_chip_sees_nothing(void)
{
	open_board(1);
	board_mux(PIO, PORT_A, 14, FUNCTION_OFF);
	CHECK(!chip_answers());
	CHECK_EQUAL(0, board_counter(CHIP, "bytes"));
	CHECK_TEXT(ZEROES, board_get(CHIP, "registers"));
	board_stop();
}

static void without_its_mosi_pin_the_chip_sees_zeroes(void)
{
	open_board(1);
	board_mux(PIO, PORT_A, 15, FUNCTION_IN);
	CHECK(!chip_answers());
	CHECK_EQUAL(10, board_counter(CHIP, "bytes"));
	CHECK_EQUAL(0, board_counter(CHIP, "commands"));
	CHECK_TEXT(ZEROES, board_get(CHIP, "registers"));
	board_stop();
}

static void without_its_select_pin_the_chip_stays_out_of_it(void)
{
	open_board(1);
	board_pull(PIO, PORT_A, 13, PULL_UP);
	board_mux(PIO, PORT_A, 13, FUNCTION_OFF);
	CHECK(!chip_answers());
	CHECK_EQUAL(0, board_counter(CHIP, "bytes"));
	board_stop();
}

static void an_unmuxed_miso_pin_reads_as_its_pull(void)
{
	static const struct { unsigned int pull; uint8_t byte; } pulls[] = {
		{ PULL_UP, 0xff }, { PULL_DOWN, 0x00 },
	};
	uint8_t command[5] = { RREG_ALL }, answer[5];

	open_board(1);
	send(thermocouple, sizeof(thermocouple));
	board_mux(PIO, PORT_A, 16, FUNCTION_OFF);
	for (unsigned int i = 0; i < 2; i++) {
		board_pull(PIO, PORT_A, 16, pulls[i].pull);
		board_spi_transfer(1, command, answer, 5);
		for (unsigned int j = 0; j < 5; j++)
			CHECK_EQUAL_AT(pulls[i].byte, answer[j], "byte %u, pull %u", j,
				       pulls[i].pull);
	}
	board_stop();
}

/* What a direct read brings in, in this mode; DIN stays low. */
static uint32_t read_in_mode(uint32_t mode)
{
	const uint8_t zeroes[3] = { 0 }, start[1] = { 0x08 };
	uint8_t data[3];

	send(start, 1);
	board_step(POWER_UP_NS);
	change(1, SPI_TCR, TCR_CPHA | TCR_CPOL, mode);
	board_spi_transfer(1, zeroes, data, 3);
	change(1, SPI_TCR, TCR_CPHA | TCR_CPOL, TCR_CPHA);
	return data[0] << 16 | data[1] << 8 | data[2];
}

/* SBAS501 section 8.5.1: mode 1. In every other one the bit that is taken is the one before. */
static void only_mode_1_reads_bits_where_they_are(void)
{
	static const uint32_t wrong[] = { 0, TCR_CPOL, TCR_CPOL | TCR_CPHA };
	uint32_t right;

	open_board(1);
	CHECK(!board_set(CHIP, "ain0", "\"2.2345V\""));
	CHECK(!board_set(CHIP, "ain1", "\"1V\""));
	/* AIN0 - AIN1 = 1.2345 V of 2.048 V, 2^23 steps: 5056512 */
	right = read_in_mode(TCR_CPHA);
	CHECK_EQUAL(5056512, right);
	for (unsigned int i = 0; i < 3; i++)
		CHECK_EQUAL_AT(right >> 1, read_in_mode(wrong[i]) & 0x7fffff, "TCR 0x%x", wrong[i]);
	board_stop();
}

/* DRDY rises with a rising edge of SCLK, SBAS501 section 8.5.1.3: here the idle level's own. */
static void the_idle_clock_follows_its_polarity(void)
{
	open_board(1);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
	board_spi_select(1, 0);
	board_step(1000);
	CHECK_EQUAL(0, board_pin(PIO, PORT_A, 6));
	change(1, SPI_TCR, 0, TCR_CPOL);
	CHECK_EQUAL(1, board_pin(PIO, PORT_A, 6));
	board_stop();
}

/* Two writes of an emulated CPU may have one time; the select is on its way a little longer. */
static void the_select_may_be_moved_in_the_same_instant(void)
{
	open_board(1);
	board_step(1000);
	board_spi_select(1, 0);
	board_spi_begin(1, thermocouple, 5);
	board_step(5 * BOARD_SPI_BYTE_NS);
	board_spi_select(1, 1);
	board_step(1000);
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	CHECK_EQUAL(0, board_counter(CHIP, "too-fast"));
	board_stop();
}

/* SBAS501 section 6.6: a period of SCLK is at least 150 ns. */
static void up_to_6_67_MHz_the_chip_follows_and_above_it_does_not(void)
{
	static const struct { uint32_t divider, ccr; bool good; } tries[] = {
		{ 9, CCR_DRS | 4, true },	/* 6 MHz */
		{ 14, CCR_DRS | 2, true },	/* 6.667 MHz */
		{ 13, CCR_DRS | 2, false },	/* 7.143 MHz */
		{ 14, CCR_DRS | 1, false },	/* 10 MHz */
		{ 9, CCR_DRS | 1, false },	/* 15 MHz */
		{ 4, CCR_DRS | 1, false },	/* 30 MHz */
	};

	for (unsigned int i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		open_board(1);
		board_write(CCU_PLL_PERIPH0, 0x80041811);
		board_write(CCU_SPI_CLK(1), SPI_CLK_ON | SPI_CLK_PERIPH0 | tries[i].divider);
		set(1, SPI_CCR, tries[i].ccr);
		CHECK_AT(chip_answers() == tries[i].good, "try %u", i);
		CHECK_AT(!board_counter(CHIP, "too-fast") == tries[i].good, "try %u", i);
		board_stop();
	}
}

/* The select is a net: whoever drives PA13 selects the chip. */
static void a_gpio_selects_the_chip_on_the_same_pin(void)
{
	open_board(1);
	board_write(PIO + PORT_DAT(PORT_A), 1 << 13);
	board_mux(PIO, PORT_A, 13, FUNCTION_OUT);
	CHECK(!chip_answers());
	board_write(PIO + PORT_DAT(PORT_A), 0);
	board_step(1000);
	board_spi_begin(1, thermocouple, 5);
	board_step(5 * BOARD_SPI_BYTE_NS + 100);
	board_write(PIO + PORT_DAT(PORT_A), 1 << 13);
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	CHECK_EQUAL(1, board_counter(CHIP, "frames"));
	board_stop();
}

/*
 * With cs-gpios the select is down before the controller is set up: GCR without EN, TCR as reset
 * left it, with CPOL = 1. An edge of SCLK then would be a bit of the frame.
 */
static void a_clock_that_is_not_enabled_makes_no_edge(void)
{
	board_start(NULL);
	board_step(POWER_UP_NS);
	board_write(PIO + PORT_DAT(PORT_A), 1 << 13);
	board_spi_mux(1, 2);
	board_mux(PIO, PORT_A, 13, FUNCTION_OUT);
	board_write(CCU_BUS_GATE0, CCU_SPI_BIT(1));
	board_write(CCU_BUS_RESET0, CCU_SPI_BIT(1));
	board_write(CCU_SPI_CLK(1), SPI_CLK_ON);
	set(1, SPI_GCR, GCR_MASTER | GCR_TP_EN);
	CHECK_EQUAL(0x87, reg(1, SPI_TCR));
	board_write(PIO + PORT_DAT(PORT_A), 0);
	board_step(1000);
	set(1, SPI_TCR, TCR_CPHA | TCR_SPOL | TCR_SS_OWNER | TCR_SS_LEVEL);
	set(1, SPI_CCR, CCR_DRS | 11);
	board_step(1000);
	set(1, SPI_GCR, GCR_EN | GCR_MASTER | GCR_TP_EN);
	board_spi_begin(1, thermocouple, 5);
	board_step(5 * BOARD_SPI_BYTE_NS + 100);
	board_write(PIO + PORT_DAT(PORT_A), 1 << 13);
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	CHECK_EQUAL(5, board_counter(CHIP, "bytes"));
	board_stop();
}

/* DRDY rises with the first rising edge of SCLK, SBAS501 section 8.5.1.3. */
static void the_enable_bit_raises_an_idle_clock_whose_polarity_is_1(void)
{
	open_board(1);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
	board_spi_select(1, 0);
	board_step(1000);
	change(1, SPI_GCR, GCR_EN, 0);
	change(1, SPI_TCR, 0, TCR_CPOL);
	CHECK_EQUAL(0, board_pin(PIO, PORT_A, 6));
	change(1, SPI_GCR, 0, GCR_EN);
	CHECK_EQUAL(1, board_pin(PIO, PORT_A, 6));
	board_stop();
}

static void a_gpio_selects_the_chip_on_any_pin(void)
{
	static const char *const wired[] = { "-global", "ads1220.cs=PG8", NULL };

	board_start(wired);
	board_step(POWER_UP_NS);
	board_write(PIO + PORT_DAT(PORT_G), 1 << 8);
	board_mux(PIO, PORT_G, 8, FUNCTION_OUT);
	board_spi_open(1);
	CHECK(!chip_answers());
	board_write(PIO + PORT_DAT(PORT_G), 0);
	board_step(1000);
	board_spi_begin(1, thermocouple, 5);
	board_step(5 * BOARD_SPI_BYTE_NS + 100);
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	board_stop();
}

/* All four lines by hand, as spi-gpio does it. */
static void a_bit_banged_bus_works_as_well(void)
{
	const uint32_t cs = 1 << 13, sclk = 1 << 14, mosi = 1 << 15;

	open_board(1);
	board_write(PIO + PORT_DAT(PORT_A), cs);
	board_spi_mux(1, FUNCTION_OUT);
	board_step(1000);
	for (unsigned int i = 0; i < 40; i++) {
		uint32_t bit = thermocouple[i / 8] >> (7 - i % 8) & 1 ? mosi : 0;

		board_write(PIO + PORT_DAT(PORT_A), sclk | bit);
		board_step(500);
		board_write(PIO + PORT_DAT(PORT_A), bit);
		board_step(500);
		if (i == 0)
			CHECK_EQUAL(0, board_counter(CHIP, "bytes"));
	}
	CHECK_TEXT(ZEROES, board_get(CHIP, "registers"));
	board_write(PIO + PORT_DAT(PORT_A), cs);
	board_step(1000);
	board_write(PIO + PORT_DAT(PORT_A), 0);
	board_step(1000);
	for (unsigned int i = 0; i < 40; i++) {
		uint32_t bit = thermocouple[i / 8] >> (7 - i % 8) & 1 ? mosi : 0;

		board_write(PIO + PORT_DAT(PORT_A), sclk | bit);
		board_step(500);
		board_write(PIO + PORT_DAT(PORT_A), bit);
		board_step(500);
	}
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	board_stop();
}

static void counts_transfers_bytes_and_interrupts(void)
{
	const uint8_t bytes[5] = { 0 };

	open_board(0);
	set(0, SPI_IER, INT_TC);
	for (unsigned int i = 0; i < 3; i++) {
		board_spi_begin(0, bytes, 5);
		board_step(BOARD_NS_PER_MS);
		set(0, SPI_ISR, INT_TC);
	}
	CHECK_EQUAL(3, board_counter("/machine/soc/spi0", "transfers"));
	CHECK_EQUAL(15, board_counter("/machine/soc/spi0", "bytes"));
	CHECK_EQUAL(3, board_counter("/machine/soc/spi0", "interrupts"));
	CHECK_EQUAL(0, board_counter("/machine/soc/spi1", "bytes"));
	board_stop();
}

/* Selects, starts @count bytes and lets ten times their length go by; whether the end was told. */
static bool ends(unsigned int bus, const uint8_t *bytes, size_t count)
{
	bool told;

	board_step(200);
	board_spi_select(bus, 0);
	board_step(200);
	board_spi_begin(bus, bytes, count);
	board_step(10 * count * BOARD_SPI_BYTE_NS);
	told = reg(bus, SPI_ISR) & INT_TC;
	board_spi_select(bus, 1);
	board_step(200);
	return told;
}

static void fail(const char *how, const char *at)
{
	CHECK(!board_set("/machine/soc/spi1", "fail-how", how));
	CHECK(!board_set("/machine/soc/spi1", "fail-at", at));
}

static void the_transfer_named_fails_and_no_other(void)
{
	const uint8_t bytes[3] = { 0 };

	open_board(1);
	set(1, SPI_IER, INT_TC);
	fail("\"no-end\"", "3");
	for (unsigned int i = 1; i <= 6; i++)
		CHECK_EQUAL_AT(i != 3, ends(1, bytes, sizeof(bytes)), "transfer %u", i);
	CHECK_EQUAL(5, board_irq_rises(IRQ_SPI(1)));
	CHECK_EQUAL(1, board_counter("/machine/soc/spi1", "failures"));
	CHECK_EQUAL(6, board_counter("/machine/soc/spi1", "transfers"));
	CHECK_TEXT("0", board_get("/machine/soc/spi1", "fail-at"));
	board_stop();
}

static void a_failure_that_was_asked_for_can_be_taken_back(void)
{
	const uint8_t bytes[3] = { 0 };

	open_board(1);
	fail("\"no-end\"", "1");
	fail("\"no-end\"", "0");
	CHECK(ends(1, bytes, sizeof(bytes)));
	CHECK_EQUAL(0, board_counter("/machine/soc/spi1", "failures"));
	board_stop();
}

static void without_a_clock_the_chip_hears_nothing_and_no_end_is_told(void)
{
	open_board(1);
	fail("\"no-clock\"", "1");
	CHECK(!ends(1, thermocouple, sizeof(thermocouple)));
	CHECK_TEXT(ZEROES, board_get(CHIP, "registers"));
	CHECK_EQUAL(0, board_counter(CHIP, "bytes"));
	CHECK(chip_answers());
	board_stop();
}

static void without_an_end_the_chip_hears_all_and_no_end_is_told(void)
{
	open_board(1);
	fail("\"no-end\"", "1");
	CHECK(!ends(1, thermocouple, sizeof(thermocouple)));
	CHECK_TEXT(THERMOCOUPLE, board_get(CHIP, "registers"));
	CHECK(chip_answers());
	board_stop();
}

static void a_transfer_of_ones_ends_and_all_that_comes_in_is_1(void)
{
	const uint8_t command[5] = { RREG_ALL };
	uint8_t answer[5];

	open_board(1);
	CHECK(chip_answers());
	fail("\"ones\"", "1");
	board_spi_transfer(1, command, answer, sizeof(command));
	for (unsigned int i = 0; i < sizeof(answer); i++)
		CHECK_EQUAL_AT(0xff, answer[i], "byte %u", i);
	board_spi_transfer(1, command, answer, sizeof(command));
	CHECK(!memcmp(answer + 1, thermocouple + 1, 4));
	board_stop();
}

static void refuses_a_failure_it_does_not_know(void)
{
	const char *said;

	open_board(1);
	said = board_set("/machine/soc/spi1", "fail-how", "\"sometimes\"");
	CHECK(said && strstr(said, "'sometimes' is not known; there are no-clock, no-end and ones"));
	CHECK_TEXT("\"no-end\"", board_get("/machine/soc/spi1", "fail-how"));
	CHECK(board_set("/machine/soc/spi1", "fail-at", "-1"));
	board_stop();
}

static const struct check_test tests[] = {
	CHECK_TEST(starts_with_the_data_sheets_register_values),
	CHECK_TEST(reads_as_0_and_ignores_writes_while_its_bus_gate_is_shut),
	CHECK_TEST(forgets_everything_while_its_reset_is_asserted),
	CHECK_TEST(a_reset_ends_a_transfer_without_a_word),
	CHECK_TEST(soft_reset_clears_itself_the_fifos_and_the_transfer),
	CHECK_TEST(a_transfer_never_ends_without_a_module_clock),
	CHECK_TEST(a_pll_that_is_off_is_no_clock),
	CHECK_TEST(does_nothing_while_disabled_or_a_slave),
	CHECK_TEST(a_byte_takes_8_periods_of_every_clock_there_is),
	CHECK_TEST(wait_clocks_come_between_bytes),
	CHECK_TEST(raises_its_interrupt_at_the_end_and_lowers_it_when_told),
	CHECK_TEST(an_interrupt_that_is_not_enabled_stays_away),
	CHECK_TEST(holds_64_bytes_to_send_and_flags_the_65th),
	CHECK_TEST(reading_more_than_came_in_is_flagged),
	CHECK_TEST(without_the_transmit_pause_the_65th_byte_received_is_lost),
	CHECK_TEST(with_the_transmit_pause_the_65th_byte_waits_for_room),
	CHECK_TEST(a_byte_that_is_not_there_yet_is_waited_for),
	CHECK_TEST(receive_ready_follows_its_trigger_level),
	CHECK_TEST(transmit_ready_follows_its_trigger_level),
	CHECK_TEST(moves_1_2_or_4_bytes_with_one_access_low_byte_first),
	CHECK_TEST(a_second_start_while_busy_changes_nothing),
	CHECK_TEST(no_bytes_at_all_are_done_at_once),
	CHECK_TEST(discards_what_comes_in_while_sending_when_told),
	CHECK_TEST(dummy_bytes_carry_the_bit_that_ddb_says),
	CHECK_TEST(sends_and_receives_the_low_bit_first_when_told),
	CHECK_TEST(selects_by_itself_for_a_whole_transfer_or_for_each_byte),
	CHECK_TEST(another_select_leaves_the_chip_alone),
	CHECK_TEST(reaches_the_chip_on_either_bus),
	CHECK_TEST(without_its_clock_pin_the_chip_sees_nothing),
	CHECK_TEST(without_its_mosi_pin_the_chip_sees_zeroes),
	CHECK_TEST(without_its_select_pin_the_chip_stays_out_of_it),
	CHECK_TEST(an_unmuxed_miso_pin_reads_as_its_pull),
	CHECK_TEST(only_mode_1_reads_bits_where_they_are),
	CHECK_TEST(the_idle_clock_follows_its_polarity),
	CHECK_TEST(the_select_may_be_moved_in_the_same_instant),
	CHECK_TEST(up_to_6_67_MHz_the_chip_follows_and_above_it_does_not),
	CHECK_TEST(a_gpio_selects_the_chip_on_the_same_pin),
	CHECK_TEST(a_clock_that_is_not_enabled_makes_no_edge),
	CHECK_TEST(the_enable_bit_raises_an_idle_clock_whose_polarity_is_1),
	CHECK_TEST(a_gpio_selects_the_chip_on_any_pin),
	CHECK_TEST(a_bit_banged_bus_works_as_well),
	CHECK_TEST(counts_transfers_bytes_and_interrupts),
	CHECK_TEST(the_transfer_named_fails_and_no_other),
	CHECK_TEST(a_failure_that_was_asked_for_can_be_taken_back),
	CHECK_TEST(without_a_clock_the_chip_hears_nothing_and_no_end_is_told),
	CHECK_TEST(without_an_end_the_chip_hears_all_and_no_end_is_told),
	CHECK_TEST(a_transfer_of_ones_ends_and_all_that_comes_in_is_1),
	CHECK_TEST(refuses_a_failure_it_does_not_know),
};

CHECK_MAIN(tests)
