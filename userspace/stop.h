/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has somebody told the program to stop, or to open its output anew? */
#ifndef ADS1220_STOP_H
#define ADS1220_STOP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * From now on SIGINT and SIGTERM are noted, a second one after a while ends the program; SIGHUP
 * too, which asks for the output to be opened anew where that makes sense.
 */
bool stop_listen(bool hangup_reopens);

/* The signal that said to stop, 0 as long as none did. */
int stop_signal(void);

/* Whether SIGHUP came since this was asked last. */
bool stop_reopens(void);

/*
 * Waits until fd can be read, or a signal comes, or the time is over: 1, -EINTR, 0, or another
 * negative errno. An fd of -1 never can be read, a negative time has no end.
 */
int stop_wait(int fd, int64_t timeout_ns);

int64_t monotonic_ns(void);

/* since the start of 1970 UTC */
int64_t realtime_ns(void);

#endif
