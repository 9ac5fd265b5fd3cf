// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * When does another program open a file? hold FILE says "ready", says "held" when it is opened, and
 * keeps the opener waiting until SIGTERM ends it.
 *
 * A lease does that: the kernel tells its owner and lets nobody in before it is given back.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int fail(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	sigset_t opened, ended;
	int fd, number;

	if (argc != 2) {
		fputs("Usage: hold FILE\n", stderr);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	sigemptyset(&opened);
	sigaddset(&opened, SIGIO);
	sigprocmask(SIG_BLOCK, &opened, NULL);
	sigemptyset(&ended);
	sigaddset(&ended, SIGTERM);
	sigprocmask(SIG_BLOCK, &ended, NULL);
	fd = open(argv[1], O_RDWR);
	if (fd < 0)
		return fail(argv[1]);
	if (fcntl(fd, F_SETLEASE, F_WRLCK))
		return fail("no lease on this file system");
	puts("ready");
	sigwait(&opened, &number);
	puts("held");
	sigwait(&ended, &number);
	return 0;
}
