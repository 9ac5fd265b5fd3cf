/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which channels does a converter have, and what does each read? Only iio.c knows libiio. */
#ifndef ADS1220_IIO_H
#define ADS1220_IIO_H

#include <stddef.h>

#include "sample.h"

#define ADC_LABEL_MAX 64
#define ADC_VERSION_MAX 24

enum adc_status {
	ADC_OPEN,
	ADC_BAD_URI,
	ADC_NO_CONTEXT,
	ADC_NO_DEVICE,
	ADC_SEVERAL_DEVICES,
	ADC_NO_CHANNEL,
	ADC_NO_MEMORY,
};

struct iio_channel;

struct adc_channel {
	const char *id;
	char label[ADC_LABEL_MAX];
	enum quantity quantity;
	struct code_range codes;
	const struct iio_channel *iio;
};

/* The channels are sorted: voltages first, and each kind by its numbers. */
struct adc {
	struct iio_context *context;
	struct adc_channel *channels;
	size_t channel_count;
};

/* device is an IIO name or id; errno says why where there is no context. */
enum adc_status adc_open(struct adc *adc, const char *uri, const char *device);

void adc_close(struct adc *adc);

/* Returns 0, or a negative errno and which attribute is to blame. */
int adc_read(const struct adc_channel *channel, struct sample *sample, const char **attribute);

const char *adc_library_version(char text[ADC_VERSION_MAX]);

#endif
