/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which channels does a converter have, and what does each read? Only iio.c knows libiio. */
#ifndef ADS1220_IIO_H
#define ADS1220_IIO_H

#include <stdbool.h>
#include <stddef.h>

#include "sample.h"

#define ADC_LABEL_MAX 64
#define ADC_VERSION_MAX 24

/* no sysfs attribute is longer than the kernel's PAGE_SIZE */
#define ADC_TEXT_MAX 4096

enum adc_status {
	ADC_OPEN,
	ADC_BAD_URI,
	ADC_NO_CONTEXT,
	ADC_NO_DEVICE,
	ADC_SEVERAL_DEVICES,
	ADC_NO_CHANNEL,
	ADC_NO_MEMORY,
};

struct iio_buffer;
struct iio_channel;
struct iio_context;
struct iio_device;

struct adc_channel {
	const char *id;
	char label[ADC_LABEL_MAX];
	enum quantity quantity;
	struct code_range codes;
	struct iio_channel *iio;
};

/* The channels are sorted: voltages first, and each kind by its numbers. */
struct adc {
	struct iio_context *context;
	struct iio_device *device;
	const char *id;
	const char *name;
	bool is_local;
	struct adc_channel *channels;
	size_t channel_count;
};

/*
 * Where in a scan a captured channel's code is. One of 32 bits in this machine's order is had by
 * shifts, to the left until nothing is above it, then to the right; one of 64 bits as it is. Others
 * are libiio's to take apart.
 */
struct adc_slot {
	const struct iio_channel *iio;
	ptrdiff_t offset;
	size_t bytes;
	bool is_native;
	bool is_signed;
	unsigned int left;
	unsigned int right;
};

/* A running capture, with the block that was read last. */
struct adc_capture {
	struct iio_buffer *buffer;
	struct adc_slot *slots;
	size_t slot_count;
	bool has_time;
	struct adc_slot time;
	/* to wait on; -1 where only reading waits */
	int fd;
	const char *at;
	const char *end;
	ptrdiff_t step;
};

/*
 * device is an IIO name, label, id or file; NULL stands for what this driver calls its own. errno
 * says why where there is no context. However it ends, adc_close() is due.
 */
enum adc_status adc_open(struct adc *adc, const char *uri, const char *device);

/* What a context offers besides. */
struct adc_device {
	const char *id;
	const char *name;
	const char *label;
};

/* The next device from *index on: all of them, or those that adc_open() would take for this one. */
bool adc_next_device(const struct adc *adc, bool all, const char *device, unsigned int *index,
		     struct adc_device *found);

void adc_close(struct adc *adc);

/*
 * These return 0, or a negative errno and which attribute is to blame. A value has that many
 * decimals of a V, an ohm or a degC; fine ones show each code, others are those of the stable unit.
 */
int adc_read(const struct adc_channel *channel, unsigned int decimals, struct sample *sample,
	     const char **attribute);

int adc_read_scale(const struct adc_channel *channel, bool fine, unsigned int *decimals,
		   struct sample_scale *scale, const char **attribute);

/* The device's attribute where channel is NULL; -ENOENT where there is none of that name. */
int adc_get(const struct adc *adc, const struct adc_channel *channel, const char *name,
	    char text[ADC_TEXT_MAX]);

int adc_set(const struct adc *adc, const struct adc_channel *channel, const char *name,
	    const char *text);

/* Whether somebody captures already: to start one would end the other. */
bool adc_is_captured(const struct adc *adc);

/* Whether the channels can be captured at all, and all of them together with a time. */
bool adc_can_capture(const struct adc *adc, const struct adc_channel *channel);

/* Whether the device sets the pace itself, by a trigger of its own. */
bool adc_has_own_trigger(const struct adc *adc);

/*
 * Starts to capture; read gives block scans at once or fewer, and the kernel holds blocks of them.
 * Each returns 0 or a negative errno.
 */
int adc_capture_start(struct adc_capture *capture, const struct adc *adc,
		      const struct adc_channel *const *channels, size_t count, size_t block,
		      unsigned int blocks, unsigned int timeout_ms);

/* Reads what is there, -EAGAIN where nothing is. */
int adc_capture_read(struct adc_capture *capture);

/* Takes the next scan of what was read; returns false where there is none left. */
bool adc_capture_next(struct adc_capture *capture, int64_t *time_ns, int64_t *codes);

void adc_capture_stop(struct adc_capture *capture);

const char *adc_library_version(char text[ADC_VERSION_MAX]);

#endif
