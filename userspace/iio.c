// SPDX-License-Identifier: GPL-2.0-or-later
/* Which channels does a converter have, and what does each read? */
#define _GNU_SOURCE
#include <errno.h>
#include <iio.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iio.h"

/* no sysfs attribute is longer than the kernel's PAGE_SIZE */
#define ATTRIBUTE_MAX 4096

static enum quantity quantity_of(const struct iio_channel *iio)
{
	switch (iio_channel_get_type(iio)) {
	case IIO_VOLTAGE:
		return QUANTITY_VOLTAGE;
	case IIO_RESISTANCE:
		return QUANTITY_RESISTANCE;
	case IIO_TEMP:
		return QUANTITY_TEMPERATURE;
	default:
		return QUANTITY_OTHER;
	}
}

/* Only a channel that can be captured says how wide its codes are; the others are this chip's. */
static struct code_range codes_of(const struct iio_channel *iio)
{
	const struct iio_data_format *format = iio_channel_get_data_format(iio);

	if (!iio_channel_is_scan_element(iio) || format->bits == 0 || format->bits > 32)
		return ads1220_codes;
	if (!format->is_signed)
		return (struct code_range){ -1, (INT64_C(1) << format->bits) - 1 };
	return (struct code_range){ -(INT64_C(1) << (format->bits - 1)),
				    (INT64_C(1) << (format->bits - 1)) - 1 };
}

/*
 * The kernel calls what differential channels share in_voltage-voltage_scale, but libiio gives them
 * in_voltage_scale as well, under the same name, and reads whichever the folder lists first. Where
 * that is the single-ended channels' file, it is taken as missing: no scale beats a wrong one.
 */
static bool has_attribute(const struct iio_channel *iio, const char *name)
{
	const char *file = iio_channel_attr_get_filename(iio, name);

	return file && (strchr(file, '-') || !strchr(iio_channel_get_id(iio), '-'));
}

/* *found is text, or NULL where the driver has no such attribute. */
static int read_attribute(const struct iio_channel *iio, const char *name,
			  char text[ATTRIBUTE_MAX], const char **found)
{
	ssize_t length;

	*found = NULL;
	if (!has_attribute(iio, name))
		return 0;
	text[0] = '\0';
	length = iio_channel_attr_read(iio, name, text, ATTRIBUTE_MAX);
	if (length < 0)
		return (int)length;
	*found = text;
	return 0;
}

/* A conversion is started by reading raw alone, so it comes last: nothing else ages the value. */
int adc_read(const struct adc_channel *channel, struct sample *sample, const char **attribute)
{
	static const char *const names[] = { "offset", "scale", "scale_available", "raw" };
	char buffer[4][ATTRIBUTE_MAX];
	const char *found[4];

	for (int i = 0; i < 4; i++) {
		int ret = read_attribute(channel->iio, names[i], buffer[i], &found[i]);

		*attribute = names[i];
		if (ret)
			return ret;
	}
	*attribute = sample_convert(channel->quantity, &channel->codes,
				    &(struct sample_text){ .offset = found[0], .scale = found[1],
							   .scale_available = found[2],
							   .raw = found[3] }, sample);
	return *attribute ? -EINVAL : 0;
}

static bool is_readable(const struct iio_channel *iio)
{
	return !iio_channel_is_output(iio) && has_attribute(iio, "raw");
}

static int compare_channels(const void *left, const void *right)
{
	const struct adc_channel *a = left, *b = right;

	if (a->quantity != b->quantity)
		return a->quantity < b->quantity ? -1 : 1;
	return strverscmp(a->id, b->id);
}

/* A label is for people only; without one, or where it cannot be read, it is empty. */
static void read_label(struct adc_channel *channel)
{
	char text[ATTRIBUTE_MAX];
	const char *label;

	if (read_attribute(channel->iio, "label", text, &label) == 0 && label)
		snprintf(channel->label, ADC_LABEL_MAX, "%.*s", ADC_LABEL_MAX - 1, label);
}

static enum adc_status list_channels(struct adc *adc, const struct iio_device *device)
{
	const unsigned int count = iio_device_get_channels_count(device);

	adc->channels = calloc(count + 1, sizeof(*adc->channels));
	if (!adc->channels)
		return ADC_NO_MEMORY;
	for (unsigned int i = 0; i < count; i++) {
		const struct iio_channel *iio = iio_device_get_channel(device, i);
		struct adc_channel *channel = &adc->channels[adc->channel_count];

		if (!is_readable(iio))
			continue;
		*channel = (struct adc_channel){ .id = iio_channel_get_id(iio), .iio = iio,
						 .quantity = quantity_of(iio),
						 .codes = codes_of(iio) };
		read_label(channel);
		adc->channel_count++;
	}
	qsort(adc->channels, adc->channel_count, sizeof(*adc->channels), compare_channels);
	return adc->channel_count ? ADC_OPEN : ADC_NO_CHANNEL;
}

static bool is_called(const struct iio_device *device, const char *wanted)
{
	const char *name = iio_device_get_name(device);

	return (name && strcmp(name, wanted) == 0) ||
	       strcmp(iio_device_get_id(device), wanted) == 0;
}

static enum adc_status find_device(const struct iio_context *context, const char *wanted,
				   const struct iio_device **found)
{
	const unsigned int count = iio_context_get_devices_count(context);

	*found = NULL;
	for (unsigned int i = 0; i < count; i++) {
		const struct iio_device *device = iio_context_get_device(context, i);

		if (!is_called(device, wanted))
			continue;
		if (*found)
			return ADC_SEVERAL_DEVICES;
		*found = device;
	}
	return *found ? ADC_OPEN : ADC_NO_DEVICE;
}

/* libiio cuts a URI at its port in place, which is neither ours to lose nor always writable. */
static struct iio_context *open_context(const char *uri)
{
	char *copy = strdup(uri);
	struct iio_context *context = copy ? iio_create_context_from_uri(copy) : NULL;

	free(copy);
	return context;
}

enum adc_status adc_open(struct adc *adc, const char *uri, const char *device)
{
	const struct iio_device *found;
	enum adc_status status;

	*adc = (struct adc){ .context = open_context(uri) };
	if (!adc->context)
		return errno == ENOSYS ? ADC_BAD_URI : ADC_NO_CONTEXT;
	status = find_device(adc->context, device, &found);
	if (status == ADC_OPEN)
		status = list_channels(adc, found);
	if (status != ADC_OPEN)
		adc_close(adc);
	return status;
}

void adc_close(struct adc *adc)
{
	free(adc->channels);
	if (adc->context)
		iio_context_destroy(adc->context);
	*adc = (struct adc){ 0 };
}

const char *adc_library_version(char text[ADC_VERSION_MAX])
{
	unsigned int major, minor;
	char tag[8];

	iio_library_get_version(&major, &minor, tag);
	snprintf(text, ADC_VERSION_MAX, "%u.%u", major, minor);
	return text;
}
