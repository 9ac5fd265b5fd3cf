// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does one reading of an attribute cost? raw-read FILE reads it over and over, as a program does
 * that keeps it open, until it is ended.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char text[32];
	int fd;

	if (argc != 2) {
		fprintf(stderr, "Usage: raw-read FILE\n");
		return 2;
	}
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && pread(fd, text, sizeof(text), 0) > 0)
		;
	fprintf(stderr, "raw-read: %s: %s\n", argv[1], strerror(errno));
	return EXIT_FAILURE;
}
