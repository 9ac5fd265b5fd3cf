// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * clock-guest.c - on the bare board: how long does a transfer take that the CPU sleeps through?
 *
 * Four times, registers are written to the chip in one transfer of 5 bytes at 1 MHz, and the CPU
 * waits for the interrupt in WFI. The last byte starts a conversion: one more timer is armed
 * meanwhile. The serial line gets the ticks of the 24 MHz counter, one number a line.
 */
#include <stdint.h>

#include "board.h"

#define UART0_THR	0x01c28000
#define GICD		0x01c81000
#define GICC		0x01c82000
#define GIC_ID		(32 + IRQ_SPI(1))

__asm__(".globl _start\n"
	"_start:\n"
	"	ldr	sp, =0x42100000\n"
	"	bl	main\n"
	"1:	wfi\n"
	"	b	1b\n");

static void put(uint32_t address, uint32_t value)
{
	*(volatile uint32_t *)(uintptr_t)address = value;
}

static void put8(uint32_t address, uint8_t value)
{
	*(volatile uint8_t *)(uintptr_t)address = value;
}

static uint32_t get(uint32_t address)
{
	return *(volatile uint32_t *)(uintptr_t)address;
}

/* Generic timer, CNTPCT; 32 bits of it are three minutes. */
static uint32_t ticks(void)
{
	uint32_t low, high;

	__asm__ volatile("mrrc p15, 0, %0, %1, c14" : "=r"(low), "=r"(high));
	(void)high;
	return low;
}

static void print(uint32_t number)
{
	char digits[10];
	int count = 0;

	do {
		digits[count++] = '0' + number % 10;
		number /= 10;
	} while (number);
	while (count)
		put(UART0_THR, digits[--count]);
	put(UART0_THR, '\n');
}

static void open_gic(void)
{
	put(GICD, 1);
	put(GICD + 0x100 + GIC_ID / 32 * 4, 1u << GIC_ID % 32);
	put8(GICD + 0x400 + GIC_ID, 0xa0);
	put8(GICD + 0x800 + GIC_ID, 1);
	put(GICC + 4, 0xff);
	put(GICC, 1);
}

/* PA13 to PA16 are function 2; 24 MHz / (2 * (11 + 1)) */
static void open_spi(void)
{
	put(CCU_BUS_GATE0, CCU_SPI_BIT(1));
	put(CCU_BUS_RESET0, CCU_SPI_BIT(1));
	put(CCU_SPI_CLK(1), SPI_CLK_ON);
	put(PIO + PORT_CFG(PORT_A, 1), 0x22277777);
	put(PIO + PORT_CFG(PORT_A, 2), 0x00777772);
	put(SPI(1) + SPI_GCR, GCR_EN | GCR_MASTER | GCR_TP_EN);
	put(SPI(1) + SPI_CCR, CCR_DRS | 11);
	put(SPI(1) + SPI_TCR, TCR_CPHA | TCR_SPOL);
	put(SPI(1) + SPI_IER, INT_TC);
}

/* WREG of all four registers: 2000 SPS, turbo, continuous */
static uint32_t time_transfer(void)
{
	static const uint8_t bytes[5] = { 0x43, 0x00, 0xd4, 0x00, 0x00 };
	uint32_t start;

	for (int i = 0; i < 5; i++)
		put8(SPI(1) + SPI_TXD, bytes[i]);
	put(SPI(1) + SPI_MBC, 5);
	put(SPI(1) + SPI_MTC, 5);
	start = ticks();
	put(SPI(1) + SPI_TCR, TCR_CPHA | TCR_SPOL | TCR_XCH);
	while (!(get(SPI(1) + SPI_ISR) & INT_TC))
		__asm__ volatile("wfi");
	start = ticks() - start;
	put(SPI(1) + SPI_ISR, INT_TC);
	put(SPI(1) + SPI_FCR, FCR_RX_RST);
	put(GICC + 0x10, get(GICC + 0xc));
	return start;
}

void main(void)
{
	open_gic();
	open_spi();
	for (int i = 0; i < 4; i++)
		print(time_transfer());
}
