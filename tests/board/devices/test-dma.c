// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does the emulated DMA controller serve the SPI controllers as the H3 data sheet 1.2 has it?
 *
 * Sections "DMA" and "SPI". A descriptor is six words: configuration, source, destination, bytes,
 * parameter, next. Linux reads RXD by 8 bits and writes TXD by 32, with trigger levels of 32 bytes.
 */
#include <stdlib.h>

#include "board.h"
#include "check.h"

#define DMA			0x01c02000
#define DMA_IRQ_EN(n)		(DMA + 4 * (n))
#define DMA_IRQ_STAT(n)		(DMA + 0x10 + 4 * (n))
#define   IRQ_HALF		1u
#define   IRQ_PKG		2u
#define   IRQ_QUEUE		4u
#define DMA_AUTO_GATE		(DMA + 0x28)
#define DMA_STA			(DMA + 0x30)
#define CHANNEL(n)		(DMA + 0x100 + 0x40 * (n))
#define   EN			0x00
#define   LLI_ADDR		0x08
#define   CUR_SRC		0x10
#define   CUR_DST		0x14
#define   CUR_CNT		0x18
#define LLI_END			0xfffff800
#define CCU_DMA_BIT		(1u << 6)
#define IRQ_DMA			50

#define DRQ_SDRAM		1u
#define DRQ_SPI(n)		(23u + (n))
#define SOURCE(drq)		(drq)
#define SOURCE_IO		(1u << 5)
#define SOURCE_WIDTH(log2)	((uint32_t)(log2) << 9)
#define TARGET(drq)		((uint32_t)(drq) << 16)
#define TARGET_IO		(1u << 21)
#define TARGET_WIDTH(log2)	((uint32_t)(log2) << 25)
#define FROM_MEMORY		(SOURCE(DRQ_SDRAM) | SOURCE_WIDTH(2))
#define TO_MEMORY		(TARGET(DRQ_SDRAM) | TARGET_WIDTH(2))
#define FROM_RXD(n)		(SOURCE(DRQ_SPI(n)) | SOURCE_IO | TO_MEMORY)
#define TO_TXD(n)		(FROM_MEMORY | TARGET(DRQ_SPI(n)) | TARGET_IO)

#define FCR_RX_DRQ_EN		(1u << 8)
#define FCR_TX_DRQ_EN		(1u << 24)
#define FCR_LEVELS(level)	((level) << 16 | (level))

#define TX_BUFFER		0x40001000
#define RX_BUFFER		0x40002000
#define LISTS			0x40003000
#define TX_CHANNEL		3
#define RX_CHANNEL		9

/* Reset and the first conversion: 50 us + 50 ms */
#define POWER_UP_NS		(60 * BOARD_NS_PER_MS)

/* SBAS501 table 13: write all four registers, read all four: 10 bytes a round, 100 in all. */
#define WREG_ALL		0x43
#define RREG_ALL		0x23
#define ROUNDS			10
#define BURST			100

static const uint8_t rounds[ROUNDS][4] = {
	{ 0x0a, 0x04, 0x10, 0x00 }, { 0x66, 0x04, 0x55, 0x70 }, { 0x01, 0x24, 0x00, 0x00 },
	{ 0x3e, 0x44, 0x10, 0x20 }, { 0x5c, 0x64, 0x40, 0x00 }, { 0x70, 0x84, 0x50, 0x60 },
	{ 0x81, 0xa4, 0x00, 0x80 }, { 0xa1, 0x04, 0x20, 0x00 }, { 0x08, 0xc4, 0x30, 0xc0 },
	{ 0x12, 0x24, 0x10, 0x04 },
};

static void put_bytes(uint32_t address, const uint8_t *bytes, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		board_write8(address + i, bytes[i]);
}

static void put_descriptor(uint32_t at, uint32_t cfg, uint32_t from, uint32_t to, uint32_t bytes,
			   uint32_t next)
{
	const uint32_t words[] = { cfg, from, to, bytes, 8, next };

	for (unsigned int i = 0; i < 6; i++)
		board_write(at + 4 * i, words[i]);
}

static void start_channel(unsigned int channel, uint32_t list)
{
	board_write(CHANNEL(channel) + LLI_ADDR, list);
	board_write(CHANNEL(channel) + EN, 1);
}

static void open_board(unsigned int bus)
{
	const char *const wired[] = {
		"-global", bus ? "ads1220.bus=spi1" : "ads1220.bus=spi0", NULL,
	};

	board_start(wired);
	board_step(POWER_UP_NS);
	board_spi_open(bus);
	board_write(CCU_BUS_GATE0, board_read(CCU_BUS_GATE0) | CCU_DMA_BIT);
	board_write(CCU_BUS_RESET0, board_read(CCU_BUS_RESET0) | CCU_DMA_BIT);
}

/* The burst in memory, both channels started, the bus waiting for XCH with the chip selected. */
static void prepare_burst(unsigned int bus, uint32_t fcr)
{
	uint8_t bytes[BURST] = { 0 };

	for (unsigned int i = 0; i < ROUNDS; i++) {
		bytes[10 * i] = WREG_ALL;
		memcpy(bytes + 10 * i + 1, rounds[i], 4);
		bytes[10 * i + 5] = RREG_ALL;
	}
	put_bytes(TX_BUFFER, bytes, BURST);
	put_descriptor(LISTS, TO_TXD(bus) | TARGET_WIDTH(2), TX_BUFFER, SPI(bus) + SPI_TXD, BURST,
		       LLI_END);
	put_descriptor(LISTS + 0x20, FROM_RXD(bus), SPI(bus) + SPI_RXD, RX_BUFFER, BURST, LLI_END);
	board_write(SPI(bus) + SPI_FCR, fcr);
	board_write(SPI(bus) + SPI_ISR, ~0u);
	start_channel(RX_CHANNEL, LISTS + 0x20);
	start_channel(TX_CHANNEL, LISTS);
	board_step(200);
	board_spi_select(bus, 0);
	board_step(200);
}

static void exchange(unsigned int bus)
{
	board_write(SPI(bus) + SPI_MBC, BURST);
	board_write(SPI(bus) + SPI_MTC, BURST);
	board_write(SPI(bus) + SPI_BCC, BURST);
	board_write(SPI(bus) + SPI_TCR, board_read(SPI(bus) + SPI_TCR) | TCR_XCH);
	board_step(BURST * BOARD_SPI_BYTE_NS + 200);
}

static const uint32_t both_ways = FCR_TX_DRQ_EN | FCR_RX_DRQ_EN | FCR_LEVELS(32u);

static void check_answers(unsigned int bus)
{
	for (unsigned int i = 0; i < BURST; i++) {
		unsigned int in_round = i % 10;

		if (in_round >= 6)
			CHECK_EQUAL_AT(rounds[i / 10][in_round - 6], board_read8(RX_BUFFER + i),
				       "SPI%u, byte %u", bus, i);
	}
}

/* 100 bytes are more than the FIFO's 64, and 4 more than three times the trigger level. */
static void a_burst_longer_than_the_fifo_goes_both_ways_on_either_bus(void)
{
	for (unsigned int bus = 0; bus < 2; bus++) {
		open_board(bus);
		prepare_burst(bus, both_ways);
		exchange(bus);
		CHECK_AT(board_read(SPI(bus) + SPI_ISR) & INT_TC, "SPI%u", bus);
		CHECK_EQUAL_AT(0, board_read(SPI(bus) + SPI_FSR), "SPI%u", bus);
		CHECK_EQUAL_AT(BURST, board_counter(CHIP, "bytes"), "SPI%u", bus);
		CHECK_EQUAL_AT(0, board_read(DMA_STA), "SPI%u", bus);
		check_answers(bus);
		board_stop();
	}
}

static void a_burst_takes_no_longer_than_its_bits(void)
{
	open_board(1);
	prepare_burst(1, both_ways);
	board_step(1000);
	board_write(SPI(1) + SPI_MBC, BURST);
	board_write(SPI(1) + SPI_MTC, BURST);
	board_write(SPI(1) + SPI_TCR, board_read(SPI(1) + SPI_TCR) | TCR_XCH);
	board_step(BURST * BOARD_SPI_BYTE_NS - 1);
	CHECK_EQUAL(0, board_read(SPI(1) + SPI_ISR) & INT_TC);
	board_step(1);
	CHECK(board_read(SPI(1) + SPI_ISR) & INT_TC);
	board_stop();
}

/* The list is taken at once; what is in it waits for the gate. */
static void moves_nothing_while_its_bus_gate_is_shut(void)
{
	open_board(1);
	prepare_burst(1, FCR_LEVELS(32u));
	board_write(CCU_BUS_GATE0, CCU_SPI_BIT(1));
	board_write(SPI(1) + SPI_FCR, both_ways);
	exchange(1);
	CHECK_EQUAL(0, board_counter(CHIP, "bytes"));
	CHECK_EQUAL(0, board_read(SPI(1) + SPI_FSR));
	CHECK_EQUAL(0, board_read(CHANNEL(TX_CHANNEL) + CUR_CNT));
	board_write(DMA_IRQ_EN(0), 0x77777777);
	board_write(CCU_BUS_GATE0, CCU_SPI_BIT(1) | CCU_DMA_BIT);
	CHECK_EQUAL(0, board_read(DMA_IRQ_EN(0)));
	board_step(BURST * BOARD_SPI_BYTE_NS + 200);
	CHECK_EQUAL(BURST, board_counter(CHIP, "bytes"));
	check_answers(1);
	board_stop();
}

static void forgets_everything_while_its_reset_is_asserted(void)
{
	open_board(1);
	board_write(DMA_IRQ_EN(0), IRQ_QUEUE << 12);
	board_write(DMA_AUTO_GATE, 4);
	CHECK_EQUAL(4, board_read(DMA_AUTO_GATE));
	prepare_burst(1, FCR_LEVELS(32u));
	CHECK_EQUAL(1 << TX_CHANNEL | 1 << RX_CHANNEL, board_read(DMA_STA));
	board_write(CCU_BUS_RESET0, CCU_SPI_BIT(1));
	CHECK_EQUAL(0, board_read(DMA_STA));
	board_write(CCU_BUS_RESET0, CCU_SPI_BIT(1) | CCU_DMA_BIT);
	CHECK_EQUAL(0, board_read(DMA_STA));
	CHECK_EQUAL(0, board_read(DMA_IRQ_EN(0)));
	CHECK_EQUAL(0, board_read(DMA_AUTO_GATE));
	board_write(SPI(1) + SPI_FCR, both_ways);
	exchange(1);
	CHECK_EQUAL(0, board_counter(CHIP, "bytes"));
	board_stop();
}

static void moves_nothing_that_nobody_asks_for(void)
{
	static const struct { uint32_t fcr; unsigned int channel; } silent[] = {
		{ FCR_RX_DRQ_EN | FCR_LEVELS(32u), TX_CHANNEL },
		{ FCR_TX_DRQ_EN | FCR_LEVELS(32u), RX_CHANNEL },
	};

	for (unsigned int i = 0; i < 2; i++) {
		open_board(1);
		prepare_burst(1, silent[i].fcr);
		exchange(1);
		CHECK_EQUAL_AT(BURST, board_read(CHANNEL(silent[i].channel) + CUR_CNT), "FCR 0x%x",
			       silent[i].fcr);
		CHECK_AT(!(board_read(SPI(1) + SPI_ISR) & INT_TC), "FCR 0x%x", silent[i].fcr);
		board_stop();
	}
}

/* A write may bring 4 bytes: 32 are at the level still and ask for more, 36 do not. */
static void fills_the_transmit_fifo_to_just_above_its_trigger_level(void)
{
	static const struct { uint32_t level, width, bytes; } fills[] = {
		{ 32, 2, 36 }, { 32, 1, 34 }, { 32, 0, 33 }, { 0, 0, 1 }, { 10, 2, 12 },
	};

	for (unsigned int i = 0; i < sizeof(fills) / sizeof(*fills); i++) {
		open_board(1);
		put_descriptor(LISTS, TO_TXD(1) | TARGET_WIDTH(fills[i].width), TX_BUFFER,
			       SPI(1) + SPI_TXD, BURST, LLI_END);
		board_write(SPI(1) + SPI_FCR, FCR_TX_DRQ_EN | FCR_LEVELS(fills[i].level));
		start_channel(TX_CHANNEL, LISTS);
		board_step(1000);
		CHECK_EQUAL_AT(fills[i].bytes << 16, board_read(SPI(1) + SPI_FSR), "fill %u", i);
		CHECK_EQUAL_AT(BURST - fills[i].bytes, board_read(CHANNEL(TX_CHANNEL) + CUR_CNT),
			       "fill %u", i);
		CHECK_EQUAL_AT(TX_BUFFER + fills[i].bytes,
			       board_read(CHANNEL(TX_CHANNEL) + CUR_SRC), "fill %u", i);
		CHECK_EQUAL_AT(SPI(1) + SPI_TXD, board_read(CHANNEL(TX_CHANNEL) + CUR_DST),
			       "fill %u", i);
		board_stop();
	}
}

/* Memory is 32 bits wide here, RXD 8: at a level of 1 there is one byte to be had at a time. */
static void reads_the_receive_fifo_in_its_own_width(void)
{
	open_board(1);
	prepare_burst(1, FCR_TX_DRQ_EN | FCR_RX_DRQ_EN | FCR_LEVELS(1u));
	exchange(1);
	CHECK_EQUAL(0, board_read(SPI(1) + SPI_ISR) & INT_RX_UDR);
	check_answers(1);
	board_stop();
}

static void a_channel_that_is_stopped_leaves_the_rest(void)
{
	open_board(1);
	prepare_burst(1, both_ways);
	board_write(CHANNEL(TX_CHANNEL) + EN, 0);
	exchange(1);
	CHECK_EQUAL(36, board_counter(CHIP, "bytes"));
	CHECK_EQUAL(64, board_read(CHANNEL(TX_CHANNEL) + CUR_CNT));
	CHECK_EQUAL(1 << RX_CHANNEL, board_read(DMA_STA));
	board_stop();
}

/* Two packages from memory to memory, back to front. */
static void copy_in_two_packages(void)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

	put_bytes(TX_BUFFER, bytes, sizeof(bytes));
	put_descriptor(LISTS, FROM_MEMORY | TO_MEMORY, TX_BUFFER + 4, RX_BUFFER, 8, LISTS + 0x100);
	put_descriptor(LISTS + 0x100, FROM_MEMORY | TO_MEMORY, TX_BUFFER, RX_BUFFER + 8, 4,
		       LLI_END);
	start_channel(TX_CHANNEL, LISTS);
}

static void follows_a_list_to_its_end(void)
{
	open_board(1);
	copy_in_two_packages();
	board_step(10 * BOARD_NS_PER_US);
	CHECK_EQUAL(LLI_END, board_read(CHANNEL(TX_CHANNEL) + LLI_ADDR));
	CHECK_EQUAL(0, board_read(CHANNEL(TX_CHANNEL) + EN));
	CHECK_EQUAL(0, board_read(DMA_STA));
	CHECK_EQUAL(0x08070605, board_read(RX_BUFFER));
	CHECK_EQUAL(0x0c0b0a09, board_read(RX_BUFFER + 4));
	CHECK_EQUAL(0x04030201, board_read(RX_BUFFER + 8));
	CHECK_EQUAL(0, board_read(RX_BUFFER + 12));
	board_stop();
}

static void raises_only_the_interrupts_that_are_enabled(void)
{
	static const struct { uint32_t enabled; unsigned int rises; } tries[] = {
		{ 0, 0 }, { IRQ_QUEUE, 1 }, { IRQ_PKG, 1 }, { IRQ_HALF, 1 },
	};

	for (unsigned int i = 0; i < 4; i++) {
		open_board(1);
		board_write(DMA_IRQ_EN(0), tries[i].enabled << (4 * TX_CHANNEL));
		copy_in_two_packages();
		board_step(10 * BOARD_NS_PER_US);
		CHECK_EQUAL_AT((IRQ_HALF | IRQ_PKG | IRQ_QUEUE) << (4 * TX_CHANNEL),
			       board_read(DMA_IRQ_STAT(0)), "enabled %u", tries[i].enabled);
		CHECK_EQUAL_AT(tries[i].rises, board_irq_rises(IRQ_DMA), "enabled %u",
			       tries[i].enabled);
		board_write(DMA_IRQ_STAT(0), board_read(DMA_IRQ_STAT(0)));
		CHECK_AT(!board_irq(IRQ_DMA), "enabled %u", tries[i].enabled);
		CHECK_EQUAL_AT(0, board_read(DMA_IRQ_STAT(0)), "enabled %u", tries[i].enabled);
		board_stop();
	}
}

/* The queue's end comes with the list's last package, not with its first. */
static void says_at_its_last_package_that_the_queue_is_done(void)
{
	open_board(1);
	board_write(DMA_IRQ_EN(0), IRQ_PKG << (4 * TX_CHANNEL));
	copy_in_two_packages();
	for (int i = 0; i < 10 && !board_irq(IRQ_DMA); i++)
		board_step(100);
	CHECK_EQUAL((IRQ_HALF | IRQ_PKG) << (4 * TX_CHANNEL), board_read(DMA_IRQ_STAT(0)));
	board_write(DMA_IRQ_STAT(0), ~0u);
	board_step(10 * BOARD_NS_PER_US);
	CHECK_EQUAL((IRQ_HALF | IRQ_PKG | IRQ_QUEUE) << (4 * TX_CHANNEL),
		    board_read(DMA_IRQ_STAT(0)));
	board_stop();
}

/* Channels 8 to 11 have their bits in the second register. */
static void a_receive_channel_interrupts_when_the_last_byte_is_in_memory(void)
{
	open_board(1);
	board_write(DMA_IRQ_EN(1), IRQ_QUEUE << (4 * (RX_CHANNEL - 8)));
	prepare_burst(1, both_ways);
	exchange(1);
	CHECK(board_irq(IRQ_DMA));
	CHECK_EQUAL((IRQ_HALF | IRQ_PKG | IRQ_QUEUE) << (4 * (RX_CHANNEL - 8)),
		    board_read(DMA_IRQ_STAT(1)));
	CHECK_EQUAL(1, board_irq_rises(IRQ_DMA));
	board_stop();
}

static const struct check_test tests[] = {
	CHECK_TEST(a_burst_longer_than_the_fifo_goes_both_ways_on_either_bus),
	CHECK_TEST(a_burst_takes_no_longer_than_its_bits),
	CHECK_TEST(moves_nothing_while_its_bus_gate_is_shut),
	CHECK_TEST(forgets_everything_while_its_reset_is_asserted),
	CHECK_TEST(moves_nothing_that_nobody_asks_for),
	CHECK_TEST(fills_the_transmit_fifo_to_just_above_its_trigger_level),
	CHECK_TEST(reads_the_receive_fifo_in_its_own_width),
	CHECK_TEST(a_channel_that_is_stopped_leaves_the_rest),
	CHECK_TEST(follows_a_list_to_its_end),
	CHECK_TEST(raises_only_the_interrupts_that_are_enabled),
	CHECK_TEST(says_at_its_last_package_that_the_queue_is_done),
	CHECK_TEST(a_receive_channel_interrupts_when_the_last_byte_is_in_memory),
};

CHECK_MAIN(tests)
