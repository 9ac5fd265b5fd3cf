// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What time is it on the board? Prints the nanoseconds since it was switched on, which is what INPUT=
 * is played by, and beside them the two clocks that programs use.
 *
 * The SoC's counter starts with the board and counts its 24 MHz crystal (Allwinner H3 manual, 64-bit
 * counter); the kernel lets programs read it.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define COUNTER_HZ	24000000

static uint64_t read_counter(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(count));
	return count;
}

static uint64_t read_clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

int main(void)
{
	uint64_t count = read_counter();
	uint64_t realtime_ns = read_clock_ns(CLOCK_REALTIME);
	uint64_t monotonic_ns = read_clock_ns(CLOCK_MONOTONIC);

	/* count * 10^9 would overflow after 12 minutes: 10^9 / 24 MHz = 125 / 3 */
	printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", count * 125 / 3, realtime_ns, monotonic_ns);
	return 0;
}
