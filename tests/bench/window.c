// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What happens on the board in so many seconds? window LABEL SECONDS prints how far each of the
 * emulator's counters went while it slept: one line, LABEL and NAME=NUMBER...
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "port.h"

#define CHIP	"/machine/ads1220"
#define SPI	"/machine/soc/spi1"

struct instrument {
	const char *name, *path, *property, *member;
};

/* Those that cost the least to be read last come last, and first at the end. */
static const struct instrument instruments[] = {
	{ "conversions", CHIP, "counters", "conversions" },
	{ "reads", CHIP, "counters", "reads" },
	{ "unread", CHIP, "counters", "unread" },
	{ "too_fast", CHIP, "counters", "too-fast" },
	{ "bad_commands", CHIP, "counters", "bad-commands" },
	{ "interrupts", "/machine/soc/pio", "counters", "eint0" },
	{ "transfers", SPI, "counters", "transfers" },
	{ "bytes", SPI, "counters", "bytes" },
	{ "time_ns", "/machine/instruments", "time-ns", NULL },
	{ "instructions", "/machine/instruments", "instructions", NULL },
};

#define INSTRUMENTS	(sizeof(instruments) / sizeof(*instruments))

static void print_latency(const char *member)
{
	printf(" %s=%llu", member, port_number(CHIP, "latency", member));
}

static void sleep_s(time_t seconds)
{
	struct timespec end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += seconds;
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL))
		;
}

static unsigned long long show(unsigned int index)
{
	const struct instrument *instrument = &instruments[index];

	return port_number(instrument->path, instrument->property, instrument->member);
}

int main(int argc, char **argv)
{
	unsigned long long from[INSTRUMENTS], to[INSTRUMENTS];

	if (argc != 3) {
		fprintf(stderr, "Usage: window LABEL SECONDS\n");
		return 2;
	}
	port_open();
	port_request("set " CHIP " latency-start true");
	for (unsigned int i = 0; i < INSTRUMENTS; i++)
		from[i] = show(i);
	sleep_s(strtoul(argv[2], NULL, 10));
	for (unsigned int i = INSTRUMENTS; i-- > 0;)
		to[i] = show(i);
	printf("%s", argv[1]);
	for (unsigned int i = 0; i < INSTRUMENTS; i++)
		printf(" %s=%llu", instruments[i].name, to[i] - from[i]);
	print_latency("number");
	print_latency("median_ns");
	print_latency("p99_ns");
	print_latency("max_ns");
	printf("\n");
	return EXIT_SUCCESS;
}
