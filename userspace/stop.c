// SPDX-License-Identifier: GPL-2.0-or-later
/* Has somebody told the program to stop, or to open its output anew? */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "stop.h"

#define NS_PER_S INT64_C(1000000000)

#define SAME_SIGNAL_NS (NS_PER_S / 2)

static volatile sig_atomic_t stopped_by;
static volatile sig_atomic_t hangups;

/* Readable once a signal has come, so that none comes unseen between a look and a wait. */
static int signalled = -1;

static int64_t read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

int64_t monotonic_ns(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t realtime_ns(void)
{
	return read_clock(CLOCK_REALTIME);
}

static void wake(void)
{
	const uint64_t one = 1;
	const int error = errno;

	(void)!write(signalled, &one, sizeof(one));
	errno = error;
}

/*
 * A second signal ends the program at once. One that comes right after the first is the same one:
 * who stops a whole group of processes, as timeout does, may send it to this one twice.
 */
static void note_stop(int number)
{
	static int64_t first_ns;
	const int error = errno;

	if (!stopped_by) {
		first_ns = monotonic_ns();
		stopped_by = number;
	} else if (monotonic_ns() - first_ns > SAME_SIGNAL_NS) {
		signal(number, SIG_DFL);
		raise(number);
	}
	wake();
	errno = error;
}

static void note_hangup(int number)
{
	(void)number;
	hangups = 1;
	wake();
}

/* What the caller wants ignored, as a shell does for what it runs in the background, stays so. */
static void listen_to(int number, void (*handler)(int))
{
	struct sigaction noted = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct sigaction before;

	sigemptyset(&noted.sa_mask);
	sigaddset(&noted.sa_mask, SIGINT);
	sigaddset(&noted.sa_mask, SIGTERM);
	sigaddset(&noted.sa_mask, SIGHUP);
	if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(number, &noted, NULL);
}

bool stop_listen(bool hangup_reopens)
{
	signalled = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (signalled < 0)
		return false;
	listen_to(SIGINT, note_stop);
	listen_to(SIGTERM, note_stop);
	if (hangup_reopens)
		listen_to(SIGHUP, note_hangup);
	else
		listen_to(SIGHUP, note_stop);
	return true;
}

int stop_signal(void)
{
	return stopped_by;
}

bool stop_reopens(void)
{
	const bool wanted = hangups;

	hangups = 0;
	return wanted;
}

int stop_wait(int fd, int64_t timeout_ns)
{
	struct pollfd fds[] = {
		{ .fd = signalled, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	const struct timespec timeout = { .tv_sec = (time_t)(timeout_ns / NS_PER_S),
					  .tv_nsec = (long)(timeout_ns % NS_PER_S) };
	uint64_t count;
	const int ready = ppoll(fds, 2, timeout_ns < 0 ? NULL : &timeout, NULL);

	if (ready < 0)
		return -errno;
	if (fds[0].revents && read(signalled, &count, sizeof(count)) > 0)
		return -EINTR;
	return fds[1].revents ? 1 : 0;
}

