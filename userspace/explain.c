// SPDX-License-Identifier: GPL-2.0-or-later
/* What went wrong, what can be done about it, and with which status does the program end? */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "explain.h"

#define LOCAL_URI "local:"

/* The message goes on with the URI or the device's name, in quotes. */
struct open_fault {
	enum exit_code code;
	bool about_uri;
	const char *message;
	const char *hint;
};

struct read_fault {
	int error;
	enum exit_code code;
	const char *hint;
};

static const char driver_hint[] = "'lsmod | grep ads1220' and 'dmesg | grep ads1220' tell whether"
				  " overlay and module are at work";
static const char remote_hint[] = "is iiod running there? 'iio_info -u URI' shows what it offers";
static const char group_hint[] = "members of group 'iio' may: 'sudo adduser $USER iio', then log"
				 " in again; 'id' shows your groups";

static const struct open_fault open_faults[] = {
	[ADC_BAD_URI]		= { EXIT_MISUSE, true, "libiio knows no kind of context like",
				    "local:, ip:HOST, usb: and xml:FILE are such kinds" },
	[ADC_NO_CONTEXT]	= { EXIT_NO_DEVICE, true, "cannot open", driver_hint },
	[ADC_NO_DEVICE]		= { EXIT_NO_DEVICE, false, "no IIO device is called", driver_hint },
	[ADC_SEVERAL_DEVICES]	= { EXIT_MISUSE, false, "several IIO devices are called",
				    "'grep . /sys/bus/iio/devices/*/name' lists them; choose one with"
				    " -d iio:deviceN" },
	[ADC_NO_CHANNEL]	= { EXIT_NO_DEVICE, false, "there is no input to read on", driver_hint },
	[ADC_NO_MEMORY]		= { EXIT_FAILED, false, "not enough memory to read",
				    "'free' shows what there is" },
};

/* The last one stands for every other error. */
static const struct read_fault read_faults[] = {
	{ EACCES, EXIT_PERMISSION, group_hint },
	{ EPERM, EXIT_PERMISSION, group_hint },
	{ EBUSY, EXIT_BUSY, "a program streams from the device; 'fuser -v /dev/iio:device*' names it" },
	{ ETIMEDOUT, EXIT_TIMEOUT,
	  "'grep ads1220 /proc/interrupts' must count up; if not, check DRDY's wire" },
	{ ENODEV, EXIT_NO_DEVICE, driver_hint },
	{ EINVAL, EXIT_FAILED,
	  "the driver's text is no number of the IIO ABI; 'iio_info' shows it" },
	{ 0, EXIT_FAILED, "'dmesg | grep ads1220' may say more" },
};

void complain(const char *format, ...)
{
	va_list arguments;

	fputs(PROGRAM ": ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

void hint(const char *text)
{
	static const char *last;

	if (text != last)
		fprintf(stderr, "hint: %s\n", text);
	last = text;
}

static bool is_remote(const char *uri)
{
	return strncmp(uri, LOCAL_URI, strlen(LOCAL_URI)) != 0;
}

enum exit_code explain_open(enum adc_status status, int error, const char *uri,
			    const char *device)
{
	const struct open_fault *fault = &open_faults[status];
	const bool has_cause = status == ADC_NO_CONTEXT;

	complain("%s '%s'%s%s", fault->message, fault->about_uri ? uri : device,
		 has_cause ? ": " : "", has_cause ? strerror(error) : "");
	if (has_cause && (error == EACCES || error == EPERM)) {
		hint(group_hint);
		return EXIT_PERMISSION;
	}
	hint(fault->code == EXIT_NO_DEVICE && is_remote(uri) ? remote_hint : fault->hint);
	return fault->code;
}

enum exit_code explain_reading(const struct adc_channel *channel, const char *attribute, int error)
{
	const struct read_fault *fault = read_faults;

	while (fault->error && fault->error != error)
		fault++;
	complain("cannot read '%s' of channel '%s': %s", attribute, channel->id, strerror(error));
	hint(fault->hint);
	return fault->code;
}

enum exit_code explain_writing(int error)
{
	if (error == EPIPE)
		return EXIT_SIGNAL + SIGPIPE;
	complain("cannot write to standard output: %s", strerror(error));
	hint("'df' shows whether the disk is full");
	return EXIT_FAILED;
}
