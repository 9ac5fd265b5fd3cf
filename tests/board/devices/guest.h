/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest.h - what a program on the bare board needs: registers, a serial line, SPI1 by interrupt
 *
 * Included once in each program; it starts at main() with a stack and every interrupt masked, and
 * sleeps for ever afterwards.
 */
#ifndef GUEST_H
#define GUEST_H

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

static inline void put(uint32_t address, uint32_t value)
{
	*(volatile uint32_t *)(uintptr_t)address = value;
}

static inline void put8(uint32_t address, uint8_t value)
{
	*(volatile uint8_t *)(uintptr_t)address = value;
}

static inline uint32_t get(uint32_t address)
{
	return *(volatile uint32_t *)(uintptr_t)address;
}

static inline uint8_t get8(uint32_t address)
{
	return *(volatile uint8_t *)(uintptr_t)address;
}

static inline void print(uint32_t number)
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

static inline void open_gic(void)
{
	put(GICD, 1);
	put(GICD + 0x100 + GIC_ID / 32 * 4, 1u << GIC_ID % 32);
	put8(GICD + 0x400 + GIC_ID, 0xa0);
	put8(GICD + 0x800 + GIC_ID, 1);
	put(GICC + 4, 0xff);
	put(GICC, 1);
}

/* PA13 to PA16 are function 2; 24 MHz / (2 * (11 + 1)); the select goes down by itself */
static inline void open_spi(void)
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

/* Loads a transfer; sleep_through() runs it and comes back with its interrupt. */
static inline void load(const uint8_t *bytes, unsigned int count)
{
	put(SPI(1) + SPI_FCR, FCR_RX_RST | FCR_TX_RST);
	for (unsigned int i = 0; i < count; i++)
		put8(SPI(1) + SPI_TXD, bytes[i]);
	put(SPI(1) + SPI_MBC, count);
	put(SPI(1) + SPI_MTC, count);
}

static inline void sleep_through(void)
{
	put(SPI(1) + SPI_TCR, TCR_CPHA | TCR_SPOL | TCR_XCH);
	while (!(get(SPI(1) + SPI_ISR) & INT_TC))
		__asm__ volatile("wfi");
}

static inline void acknowledge(void)
{
	put(SPI(1) + SPI_ISR, INT_TC);
	put(GICC + 0x10, get(GICC + 0xc));
}

#endif
