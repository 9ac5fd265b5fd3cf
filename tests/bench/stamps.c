// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How long after DRDY's fall is the time that a sample carries? stamps DEVICE COUNT takes so many
 * samples of one channel with monotonic timestamps out of a running buffer, and compares them with when
 * the emulated chip's line fell: prints the least, the median and the most, in ns.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "port.h"

#define MOST	4096	/* falls that the instruments keep */

/* One channel of 32 bits; IIO puts the timestamp on its own boundary of 8 bytes. */
struct sample {
	int32_t value;
	int32_t padding;
	int64_t stamp_ns;
};

static struct sample samples[MOST];
static int64_t fell_ns[MOST], late_ns[MOST];

static void die(const char *object, const char *cause)
{
	fprintf(stderr, "stamps: %s: %s\n", object, cause);
	exit(EXIT_FAILURE);
}

static void read_samples(const char *device, size_t count)
{
	size_t len = 0, size = count * sizeof(*samples);
	int fd = open(device, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		die(device, strerror(errno));
	for (; len < size; len += got) {
		got = read(fd, (char *)samples + len, size - len);
		if (got <= 0)
			die(device, got ? strerror(errno) : "ended");
	}
	close(fd);
}

/* "fall_ns wait_ns,..." of the frames answered, the oldest first */
static size_t read_falls(void)
{
	const char *at = strchr(port_request("get /machine/ads1220 latencies"), '"');
	size_t count = 0;

	while (at && count < MOST) {
		fell_ns[count++] = strtoll(at + 1, NULL, 10);
		at = strchr(at + 1, ',');
	}
	return count;
}

/* From the board's time to the monotonic clock's: of several tries, the one that took the shortest. */
static int64_t clock_offset_ns(void)
{
	int64_t offset_ns = 0, shortest_ns = INT64_MAX;

	for (int tries = 0; tries < 8; tries++) {
		struct timespec now;
		int64_t before_ns = port_number("/machine/instruments", "time-ns", NULL), after_ns;

		clock_gettime(CLOCK_MONOTONIC, &now);
		after_ns = port_number("/machine/instruments", "time-ns", NULL);
		if (after_ns - before_ns >= shortest_ns)
			continue;
		shortest_ns = after_ns - before_ns;
		offset_ns = now.tv_sec * INT64_C(1000000000) + now.tv_nsec - before_ns;
	}
	return offset_ns;
}

static int compare_ns(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	size_t count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0, falls, fall = 0, compared = 0;
	int64_t offset_ns;

	if (!count || count > MOST / 2) {
		fprintf(stderr, "Usage: stamps DEVICE COUNT (up to %d)\n", MOST / 2);
		return 2;
	}
	port_open();
	read_samples(argv[1], count);
	falls = read_falls();
	offset_ns = clock_offset_ns();
	for (size_t i = 0; i < count; i++) {
		int64_t at_ns = samples[i].stamp_ns - offset_ns;

		while (fall + 1 < falls && fell_ns[fall + 1] <= at_ns)
			fall++;
		if (fell_ns[fall] <= at_ns)
			late_ns[compared++] = at_ns - fell_ns[fall];
	}
	if (compared < count)
		die(argv[1], "has timestamps from before the falls that were seen");
	qsort(late_ns, compared, sizeof(*late_ns), compare_ns);
	printf("stamps number=%zu least_ns=%lld median_ns=%lld most_ns=%lld\n", compared,
	       (long long)late_ns[0], (long long)late_ns[compared / 2],
	       (long long)late_ns[compared - 1]);
	return EXIT_SUCCESS;
}
