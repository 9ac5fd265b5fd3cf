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
#include "owner.h"

#define LOCAL_URI "local:"
#define FILE_URI "xml:"
#define HINT_MAX 256

/* The message goes on with the URI or the device's name, in quotes. */
struct open_fault {
	enum exit_code code;
	bool about_uri;
	const char *message;
	const char *hint;
};

/* What an error number means for the device; without a hint, who owns it makes one. */
struct fault {
	int error;
	enum exit_code code;
	const char *hint;
};

static const char driver_hint[] = "'lsmod | grep ads1220' and 'dmesg | grep ads1220' tell whether"
				  " overlay and module are at work";
static const char remote_hint[] = "is iiod running there? 'iio_info -u URI' shows what it offers";
static const char file_hint[] = "xml:FILE takes what 'iio_genxml' has written";
static const char log_hint[] = "'dmesg | grep ads1220' may say more";
static const char wire_hint[] = "'grep spi /proc/interrupts' shows DRDY as spiN.0, which must count up; if"
				" not, check its wire";

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

/* In each table, the last one stands for every other error. */
static const struct fault read_faults[] = {
	{ EACCES, EXIT_PERMISSION, NULL },
	{ EPERM, EXIT_PERMISSION, NULL },
	{ EBUSY, EXIT_BUSY, NULL },
	{ ETIMEDOUT, EXIT_TIMEOUT, wire_hint },
	{ ENOSYS, EXIT_FAILED, "a context from a file can be listed, with -l, and not be read" },
	{ ENODEV, EXIT_NO_DEVICE, driver_hint },
	{ EINVAL, EXIT_FAILED,
	  "the driver's text is no number of the IIO ABI; 'iio_info' shows it" },
	{ 0, EXIT_FAILED, log_hint },
};

static const struct fault setting_faults[] = {
	{ EACCES, EXIT_PERMISSION, NULL },
	{ EPERM, EXIT_PERMISSION, NULL },
	{ EBUSY, EXIT_BUSY, NULL },
	{ ENOENT, EXIT_NO_DEVICE, "the driver has no such attribute; 'iio_info' shows those it has" },
	{ ENODEV, EXIT_NO_DEVICE, driver_hint },
	{ 0, EXIT_FAILED, log_hint },
};

static const struct fault capture_faults[] = {
	{ EACCES, EXIT_PERMISSION, NULL },
	{ EPERM, EXIT_PERMISSION, NULL },
	{ EBUSY, EXIT_BUSY, NULL },
	{ ETIMEDOUT, EXIT_TIMEOUT, wire_hint },
	{ EIO, EXIT_FAILED, "the chip was started anew several times and gives no samples: check its"
			    " supply, clock and DRDY's wire; 'dmesg | grep ads1220' may say more" },
	{ ENODEV, EXIT_NO_DEVICE, driver_hint },
	{ 0, EXIT_FAILED, "with --mode poll, each value is read on its own" },
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
	static char last[HINT_MAX];

	if (strncmp(text, last, sizeof(last) - 1) != 0)
		fprintf(stderr, "hint: %s\n", text);
	snprintf(last, sizeof(last), "%s", text);
}

static bool begins_with(const char *uri, const char *kind)
{
	return strncmp(uri, kind, strlen(kind)) == 0;
}

/* Where the device is, for who asks why it is not there. */
static const char *hint_at(const char *uri)
{
	if (begins_with(uri, LOCAL_URI))
		return driver_hint;
	return begins_with(uri, FILE_URI) ? file_hint : remote_hint;
}

static void hint_at_group(const char *device_id)
{
	char group[OWNER_NAME_MAX], text[HINT_MAX];

	owner_group(device_id, group);
	snprintf(text, sizeof(text), "members of group '%s' may: 'sudo adduser $USER %s', then log in"
		 " again; 'id' shows your groups", group, group);
	hint(text);
}

static void hint_at_user(const struct adc *adc)
{
	char name[OWNER_NAME_MAX], text[HINT_MAX];
	const int process = adc->is_local ? owner_process(adc->id, name) : 0;

	if (process)
		snprintf(text, sizeof(text), "process %d, '%s', streams from it", process, name);
	else
		snprintf(text, sizeof(text), "a program streams from the device;"
			 " 'sudo fuser -v /dev/%s' names it", adc->id);
	hint(text);
}

static enum exit_code explain_fault(const struct fault *fault, const struct adc *adc, int error)
{
	while (fault->error && fault->error != error)
		fault++;
	if (fault->hint)
		hint(fault->hint);
	else if (fault->code == EXIT_BUSY)
		hint_at_user(adc);
	else
		hint_at_group(adc->id);
	return fault->code;
}

enum exit_code explain_open(enum adc_status status, int error, const char *uri,
			    const char *device)
{
	const struct open_fault *fault = &open_faults[status];
	const bool has_cause = status == ADC_NO_CONTEXT;

	complain("%s '%s'%s%s", fault->message, fault->about_uri ? uri : device,
		 has_cause ? ": " : "", has_cause ? strerror(error) : "");
	if (has_cause && (error == EACCES || error == EPERM)) {
		hint_at_group("");
		return EXIT_PERMISSION;
	}
	hint(fault->code == EXIT_NO_DEVICE ? hint_at(uri) : fault->hint);
	return fault->code;
}

enum exit_code explain_reading(const struct adc *adc, const struct adc_channel *channel,
			       const char *attribute, int error)
{
	complain("cannot read '%s' of channel '%s': %s", attribute, channel->id, strerror(error));
	return explain_fault(read_faults, adc, error);
}

enum exit_code explain_setting(const struct adc *adc, const struct adc_channel *channel,
			       const char *attribute, int error)
{
	complain("cannot set '%s' of %s '%s': %s", attribute, channel ? "channel" : "device",
		 channel ? channel->id : adc->name, strerror(error));
	return explain_fault(setting_faults, adc, error);
}

enum exit_code explain_capture(const struct adc *adc, int error)
{
	complain("cannot capture from '%s': %s", adc->name, strerror(error));
	return explain_fault(capture_faults, adc, error);
}

enum exit_code explain_writing(const char *path, int error)
{
	if (error == EPIPE)
		return EXIT_SIGNAL + SIGPIPE;
	if (path)
		complain("cannot write to '%s': %s", path, strerror(error));
	else
		complain("cannot write to standard output: %s", strerror(error));
	hint("'df' shows whether the disk is full");
	return EXIT_FAILED;
}
