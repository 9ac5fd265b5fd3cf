// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does it cost to take samples out of an IIO buffer? buffer-read DEVICE BYTES reads blocks of so
 * many bytes and throws them away until it is told to end; then it prints how many bytes there were.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t told;

static void note_end(int signal)
{
	(void)signal;
	told = 1;
}

/* Without SA_RESTART: a read that waits comes back. */
static void catch_end(void)
{
	struct sigaction action = { .sa_handler = note_end };

	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

int main(int argc, char **argv)
{
	static char block[65536];
	unsigned long long total = 0;
	size_t size = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	ssize_t got = 0;
	int fd;

	if (!size || size > sizeof(block)) {
		fprintf(stderr, "Usage: buffer-read DEVICE BYTES (up to %zu)\n", sizeof(block));
		return 2;
	}
	catch_end();
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && !told && (got = read(fd, block, size)) >= 0)
		total += got;
	if (fd < 0 || (got < 0 && errno != EINTR)) {
		fprintf(stderr, "buffer-read: %s: %s\n", argv[1], strerror(errno));
		return EXIT_FAILURE;
	}
	printf("%llu\n", total);
	return EXIT_SUCCESS;
}
