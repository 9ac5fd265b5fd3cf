// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * count-guest.c - on the bare board: do the instruments count what the CPU executes, and nothing else?
 *
 * The serial line gets how many more instructions it took between two readings of the count with 1000
 * more of them there, and how many with a sleep there of 40 us, in which 20000 would have fitted.
 */
#include "guest.h"
#include "instruments.h"

#define REQUEST		INSTRUMENTS_BASE
#define ANSWER		(INSTRUMENTS_BASE + 4)

/* Readings must have the same number of digits, since each costs time: seven, after this */
#define WARM_UP		1000000

static uint32_t instructions(void)
{
	static const char request[] = "get /machine/instruments instructions\n";
	uint32_t count = 0;
	uint8_t byte;

	for (unsigned int i = 0; i < sizeof(request) - 1; i++)
		put8(REQUEST, request[i]);
	while ((byte = get8(ANSWER)))
		if (byte >= '0' && byte <= '9')
			count = count * 10 + byte - '0';
	return count;
}

static uint32_t of_nothing(void)
{
	uint32_t start = instructions();

	return instructions() - start;
}

static uint32_t of_500(void)
{
	uint32_t start = instructions();

	__asm__ volatile(".rept 500\n\tnop\n\t.endr");
	return instructions() - start;
}

static uint32_t of_a_sleep(void)
{
	static const uint8_t bytes[5] = { 0x43, 0x00, 0xd4, 0x00, 0x00 };
	uint32_t start;

	load(bytes, sizeof(bytes));
	start = instructions();
	sleep_through();
	start = instructions() - start;
	acknowledge();
	return start;
}

void main(void)
{
	uint32_t nothing;

	open_gic();
	open_spi();
	for (volatile unsigned int i = 0; i < WARM_UP / 5; i++)
		;
	nothing = of_nothing();
	print(of_500() - nothing);
	print(of_a_sleep() - nothing);
}
