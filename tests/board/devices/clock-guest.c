// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * clock-guest.c - on the bare board: how long does a transfer take that the CPU sleeps through?
 *
 * Four times, registers are written to the chip in one transfer of 5 bytes at 1 MHz. The last byte
 * starts a conversion: one more timer is armed while the CPU sleeps. The serial line gets the ticks
 * of the 24 MHz counter, one number a line.
 */
#include "guest.h"

/* Generic timer, CNTPCT; 32 bits of it are three minutes. */
static uint32_t ticks(void)
{
	uint32_t low, high;

	__asm__ volatile("mrrc p15, 0, %0, %1, c14" : "=r"(low), "=r"(high));
	(void)high;
	return low;
}

/* WREG of all four registers: 2000 SPS, turbo, continuous */
static uint32_t time_transfer(void)
{
	static const uint8_t bytes[5] = { 0x43, 0x00, 0xd4, 0x00, 0x00 };
	uint32_t start;

	load(bytes, sizeof(bytes));
	start = ticks();
	sleep_through();
	start = ticks() - start;
	acknowledge();
	return start;
}

void main(void)
{
	open_gic();
	open_spi();
	for (int i = 0; i < 4; i++)
		print(time_transfer());
}
