// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stream-guest.c - on the bare board: does every transfer come through while the chip streams?
 *
 * The chip converts at 2000 SPS; its registers are read 5000 times meanwhile. The serial line gets
 * the number of transfers that brought anything but the registers.
 */
#include "guest.h"

#define TRANSFERS	5000

static const uint8_t settings[5] = { 0x43, 0x3e, 0xd4, 0x18, 0x70 };
static const uint8_t start[1] = { 0x08 };
static const uint8_t question[5] = { 0x23, 0x00, 0x00, 0x00, 0x00 };

static void transfer(const uint8_t *bytes, unsigned int count)
{
	load(bytes, count);
	sleep_through();
	acknowledge();
}

static unsigned int is_wrong(void)
{
	unsigned int wrong = 0;

	transfer(question, sizeof(question));
	get8(SPI(1) + SPI_RXD);
	for (unsigned int i = 1; i < sizeof(settings); i++)
		wrong |= get8(SPI(1) + SPI_RXD) != settings[i];
	return wrong;
}

void main(void)
{
	unsigned int wrong = 0;

	open_gic();
	open_spi();
	/* 50 us + 32 t_CLK after power-up the chip listens */
	for (volatile unsigned int i = 0; i < 1000000; i++)
		;
	transfer(settings, sizeof(settings));
	transfer(start, sizeof(start));
	for (int i = 0; i < TRANSFERS; i++)
		wrong += is_wrong();
	print(wrong);
}
