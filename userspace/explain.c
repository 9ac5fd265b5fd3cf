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
#include "machine.h"
#include "owner.h"
#include "text.h"

#define LOCAL_URI "local:"
#define FILE_URI "xml:"
#define HINT_MAX 256

/*
 * The message goes on with the URI or the device's name, in quotes; without a hint, what is there
 * makes one.
 */
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
static const char late_hint[] = "iiod lists the devices once, when it starts: was the driver there"
				" later? 'iio_info -u URI' shows what it offers";
static const char memory_hint[] = "'free' shows what there is";
static const char file_hint[] = "xml:FILE takes what 'iio_genxml' has written";
static const char log_hint[] = "'dmesg | grep ads1220' may say more";
static const char wire_hint[] = "'grep spi /proc/interrupts' shows DRDY as spiN.0, which must"
				" count up; if not, check its wire";

static const struct open_fault open_faults[] = {
	[ADC_BAD_URI]		= { EXIT_MISUSE, true, "libiio knows no kind of context like",
				    "local:, ip:HOST, usb: and xml:FILE are such kinds" },
	[ADC_NO_CONTEXT]	= { EXIT_NO_DEVICE, true, "cannot open", NULL },
	[ADC_NO_DEVICE]		= { EXIT_NO_DEVICE, false, "no IIO device is called", NULL },
	[ADC_SEVERAL_DEVICES]	= { EXIT_MISUSE, false, "several IIO devices are meant by", NULL },
	[ADC_NO_CHANNEL]	= { EXIT_NO_DEVICE, false, "there is no input to read on", NULL },
	[ADC_NO_MEMORY]		= { EXIT_FAILED, false, "not enough memory to read",
				    memory_hint },
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
	{ ENOENT, EXIT_NO_DEVICE,
	  "the driver has no such attribute; 'iio_info' shows those it has" },
	{ ENODEV, EXIT_NO_DEVICE, driver_hint },
	{ 0, EXIT_FAILED, log_hint },
};

static const struct fault capture_faults[] = {
	{ EACCES, EXIT_PERMISSION, NULL },
	{ EPERM, EXIT_PERMISSION, NULL },
	{ EBUSY, EXIT_BUSY, NULL },
	{ ETIMEDOUT, EXIT_TIMEOUT, wire_hint },
	{ EIO, EXIT_FAILED, "the chip was started anew several times and gives no samples: check"
			    " its supply, clock and DRDY's wire; 'dmesg | grep ads1220' may say"
			    " more" },
	{ ENODEV, EXIT_NO_DEVICE, driver_hint },
	{ 0, EXIT_FAILED, "with --mode poll, each value is read on its own" },
};

/* The group has no say in files: each has a hint. */
static const struct fault writing_faults[] = {
	{ ENOSPC, EXIT_FAILED, "'df' shows whether the disk is full" },
	{ ENOENT, EXIT_FAILED, "is there such a folder? 'mkdir -p FOLDER' makes it" },
	{ EISDIR, EXIT_FAILED, "name a file in that folder" },
	{ EACCES, EXIT_FAILED, "'ls -ld' of the file and its folder shows who may write there" },
	{ EROFS, EXIT_FAILED, "'findmnt -T FILE' shows what is mounted there, and how" },
	{ 0, EXIT_FAILED, "'dmesg' may say more" },
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

/* iio:device0 (ads1220 at spi1.0), iio:device1 (ads1220 at spi1.1) */
static void put_device(struct text *text, const struct adc *adc, const struct adc_device *device)
{
	char parent[MACHINE_NAME_MAX];

	text_string(text, device->id);
	text_string(text, " (");
	text_string(text, device->label ? device->label : device->name ? device->name : "nameless");
	if (adc->is_local && machine_parent(device->id, parent)) {
		text_string(text, " at ");
		text_string(text, parent);
	}
	text_string(text, ")");
}

/* All there are, or those that go by the name; returns false where there is none to choose. */
static bool hint_at_devices(const struct adc *adc, bool all, const char *name)
{
	struct text text = { 0 };
	struct adc_device device;
	unsigned int index = 0;
	bool any = false;

	for (; adc_next_device(adc, all, name, &index, &device); any = true) {
		text_string(&text, any ? ", " : "choose with -d: ");
		put_device(&text, adc, &device);
	}
	text_char(&text, '\0');
	if (any && !text.lost)
		hint(text.bytes);
	text_free(&text);
	return any;
}

/* Who named a device sees which there are; who did not has none called as the driver calls them. */
static void hint_at_missing(enum adc_status status, const struct adc *adc, const char *uri,
			    const char *device)
{
	if (status == ADC_NO_DEVICE && device && hint_at_devices(adc, true, device))
		return;
	if (status == ADC_NO_DEVICE && hint_at(uri) == remote_hint)
		hint(late_hint);
	else
		hint(hint_at(uri));
}

static void hint_at_group(const char *device_id)
{
	char group[OWNER_NAME_MAX], text[HINT_MAX];

	owner_group(device_id, group);
	snprintf(text, sizeof(text), "members of group '%s' may: 'sudo adduser $USER %s', then log"
				     " in again; 'id' shows your groups", group, group);
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

enum exit_code explain_memory(void)
{
	complain("not enough memory");
	hint(memory_hint);
	return EXIT_FAILED;
}

enum exit_code explain_open(enum adc_status status, int error, const struct adc *adc,
			    const char *uri, const char *device)
{
	const struct open_fault *fault = &open_faults[status];
	const bool has_cause = status == ADC_NO_CONTEXT;

	complain("%s '%s'%s%s", fault->message,
		 fault->about_uri ? uri : device ? device : "ads1220",
		 has_cause ? ": " : "", has_cause ? strerror(error) : "");
	if (has_cause && (error == EACCES || error == EPERM)) {
		hint_at_group("");
		return EXIT_PERMISSION;
	}
	if (status == ADC_SEVERAL_DEVICES)
		hint_at_devices(adc, false, device);
	else if (fault->hint)
		hint(fault->hint);
	else
		hint_at_missing(status, adc, uri, device);
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
	return explain_fault(writing_faults, NULL, error);
}
