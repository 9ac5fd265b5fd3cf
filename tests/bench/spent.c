// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does a program cost by itself, user and system? spent LABEL PROCESS SECONDS prints one line:
 * LABEL, the chip's conversions in that time, the processor time of the program in ns, the board's
 * instructions for a second of that, and the most memory that the program has ever had resident, in KiB.
 *
 * On the emulated board time is counted in instructions, and the kernel's clock of a process is as
 * fine as its scheduler. What interrupts the program is counted as its own.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "port.h"

#define NS_PER_S	1000000000ULL

struct moment {
	unsigned long long conversions, cpu_ns;
};

static struct moment look(clockid_t clock)
{
	struct moment moment = { .conversions = port_number("/machine/ads1220", "counters", "conversions") };
	struct timespec spent;

	if (clock_gettime(clock, &spent)) {
		perror("spent: the process has ended");
		exit(EXIT_FAILURE);
	}
	moment.cpu_ns = (unsigned long long)spent.tv_sec * NS_PER_S + (unsigned long long)spent.tv_nsec;
	return moment;
}

/* Busy for a while: how many instructions is a second of nothing else? */
static unsigned long long instructions_per_s(void)
{
	const unsigned long long from = port_number("/machine/instruments", "instructions", NULL);
	const unsigned long long from_ns = port_number("/machine/instruments", "time-ns", NULL);
	unsigned long long ns;

	do
		ns = port_number("/machine/instruments", "time-ns", NULL) - from_ns;
	while (ns < NS_PER_S / 100);
	return (port_number("/machine/instruments", "instructions", NULL) - from) * NS_PER_S / ns;
}

static unsigned long most_memory_kib(const char *process)
{
	char path[64], line[256];
	unsigned long kib = 0;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%s/status", process);
	status = fopen(path, "r");
	while (status && fgets(line, sizeof(line), status))
		sscanf(line, "VmHWM: %lu", &kib);
	if (status)
		fclose(status);
	return kib;
}

int main(int argc, char **argv)
{
	struct moment from, to;
	struct timespec length;
	clockid_t clock;

	if (argc != 4 || clock_getcpuclockid(atoi(argv[2]), &clock)) {
		fprintf(stderr, "Usage: spent LABEL PROCESS SECONDS\n");
		return 2;
	}
	length = (struct timespec){ .tv_sec = atoi(argv[3]) };
	port_open();
	from = look(clock);
	nanosleep(&length, NULL);
	to = look(clock);
	printf("%s conversions=%llu cpu_ns=%llu instructions_per_s=%llu memory_kib=%lu\n", argv[1],
	       to.conversions - from.conversions, to.cpu_ns - from.cpu_ns, instructions_per_s(),
	       most_memory_kib(argv[2]));
	return EXIT_SUCCESS;
}
