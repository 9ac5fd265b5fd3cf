// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does the kernel's buffer hand out? feed FILE CHANNELS COUNT PERIOD_NS PAUSE_US [LOST|+CLIPPED]...
 *
 * Writes COUNT scans of numbered codes, pausing before each: without those LOST, and with the first
 * channel at the end of its range in those CLIPPED. Then it keeps the file open: what is in a pipe
 * that nobody holds is gone.
 *
 * A scan as IIO lays it out: 4 bytes for each channel, then 8 for the time at the next multiple of
 * 8. Scan n has the code 1000 * n + channel and the time 1700000000 s + n * PERIOD_NS.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START_NS	INT64_C(1700000000000000000)
#define CHANNELS_MAX	8
#define CLIPPED_CODE	0x7fffff

struct plan {
	int channels;
	long long scans;
	long long period_ns;
	useconds_t pause_us;
	char **exceptions;
	int exception_count;
};

/* Whether there is an exception of that kind for the scan: "" for lost, "+" for clipped. */
static bool is_exception(const struct plan *plan, const char *kind, int64_t n)
{
	char wanted[32];

	snprintf(wanted, sizeof(wanted), "%s%lld", kind, (long long)n);
	for (int i = 0; i < plan->exception_count; i++) {
		if (strcmp(plan->exceptions[i], wanted) == 0)
			return true;
	}
	return false;
}

static bool write_scan(int fd, const struct plan *plan, int64_t n)
{
	const size_t time_at = (size_t)(plan->channels + plan->channels % 2) * 4;
	const int64_t time_ns = START_NS + n * plan->period_ns;
	const bool clipped = is_exception(plan, "+", n);
	char scan[CHANNELS_MAX * 4 + 8] = { 0 };

	for (int i = 0; i < plan->channels; i++) {
		const int32_t code = clipped && i == 0 ? CLIPPED_CODE : (int32_t)(1000 * n + i);

		memcpy(scan + 4 * i, &code, sizeof(code));
	}
	memcpy(scan + time_at, &time_ns, sizeof(time_ns));
	return write(fd, scan, time_at + 8) == (ssize_t)(time_at + 8);
}

int main(int argc, char **argv)
{
	struct plan plan;
	int fd;

	if (argc < 6 || atoi(argv[2]) < 1 || atoi(argv[2]) > CHANNELS_MAX) {
		fputs("Usage: feed FILE CHANNELS COUNT PERIOD_NS PAUSE_US [LOST|+CLIPPED]...\n", stderr);
		return 2;
	}
	plan = (struct plan){ atoi(argv[2]), atoll(argv[3]), atoll(argv[4]),
			      (useconds_t)atoi(argv[5]), argv + 6, argc - 6 };
	fd = open(argv[1], O_RDWR);
	for (int64_t n = 0; n < plan.scans; n++) {
		usleep(plan.pause_us);
		if (!is_exception(&plan, "", n) && !write_scan(fd, &plan, n)) {
			perror(argv[1]);
			return 1;
		}
	}
	pause();
	return 0;
}
