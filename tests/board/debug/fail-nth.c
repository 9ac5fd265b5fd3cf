// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does a write to sysfs come to if one of the allocations behind it fails?
 *
 * Writes TEXT to FILE again and again, and lets each time an allocation fail, by the kernel's own fault
 * injection (/proc/self/fail-nth): the first, the one STEP after that, and so on, until there is none
 * left that did not. A write that is taken all the same is undone by UNDO-TEXT to UNDO-FILE.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FAIL_NTH	"/proc/self/fail-nth"
#define MOST		5000

static void die(const char *object)
{
	fprintf(stderr, "fail-nth: %s: %s\n", object, strerror(errno));
	exit(EXIT_FAILURE);
}

static int open_or_die(const char *path, int flags)
{
	int fd = open(path, flags);

	if (fd < 0)
		die(path);
	return fd;
}

/* The kernel counts the number down, and leaves it at 0 once the failure has happened. */
static int still_to_come(int control)
{
	char text[16] = "";

	if (pread(control, text, sizeof(text) - 1, 0) < 1)
		die(FAIL_NTH);
	return atoi(text);
}

static void set_failure(int control, int nth)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d", nth);

	if (pwrite(control, text, len, 0) != len)
		die(FAIL_NTH);
}

/* Returns 0 or the errno of the write; *injected says whether an allocation did fail. */
static int write_with_failure(int control, int nth, const char *path, const char *text, int *injected)
{
	int fd = open_or_die(path, O_WRONLY);
	int error = 0;

	set_failure(control, nth);
	if (write(fd, text, strlen(text)) < 0)
		error = errno;
	*injected = still_to_come(control) == 0;
	set_failure(control, 0);
	close(fd);
	return error;
}

static void undo(const char *path, const char *text)
{
	int fd = open_or_die(path, O_WRONLY);

	if (write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

int main(int argc, char **argv)
{
	int refused = 0, other = 0, survived = 0;
	int control, injected = 1;

	if (argc != 6 || atoi(argv[1]) < 1) {
		fprintf(stderr, "Usage: fail-nth STEP FILE TEXT UNDO-FILE UNDO-TEXT\n");
		return 2;
	}
	control = open_or_die(FAIL_NTH, O_RDWR);
	for (int nth = 1; nth <= MOST; nth += atoi(argv[1])) {
		int error = write_with_failure(control, nth, argv[2], argv[3], &injected);

		if (!error)
			undo(argv[4], argv[5]);
		if (!injected)
			break;
		if (error && error != ENOMEM)
			printf("allocation %d: %s\n", nth, strerror(error));
		refused += error == ENOMEM;
		other += error && error != ENOMEM;
		survived += !error;
	}
	printf("%d refused, %d refused with another reason, %d done without, %s\n", refused, other, survived,
	       injected ? "unfinished" : "all");
	return injected ? EXIT_FAILURE : EXIT_SUCCESS;
}
