// SPDX-License-Identifier: GPL-2.0-or-later
/* Which channels does a converter have, and what does each read? */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <iio.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "iio.h"

/* What drivers call this chip, and its twin with 16 bits. */
static const char *const usual_names[] = { "ads1220", "ads1120" };

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

/* *found is text, or NULL where the driver has no such attribute. A remote one's need not end. */
static int read_attribute(const struct iio_channel *iio, const char *name,
			  char text[ADC_TEXT_MAX], const char **found)
{
	ssize_t length;

	*found = NULL;
	if (!has_attribute(iio, name))
		return 0;
	length = iio_channel_attr_read(iio, name, text, ADC_TEXT_MAX - 1);
	if (length < 0)
		return (int)length;
	text[length] = '\0';
	*found = text;
	return 0;
}

/* Everything of a channel that turns its codes into values. */
static int read_scale_text(const struct iio_channel *iio, char buffer[3][ADC_TEXT_MAX],
			   struct sample_text *text, const char **attribute)
{
	static const char *const names[] = { "offset", "scale", "scale_available" };
	const char **const found[] = { &text->offset, &text->scale, &text->scale_available };

	for (int i = 0; i < 3; i++) {
		int ret = read_attribute(iio, names[i], buffer[i], found[i]);

		*attribute = names[i];
		if (ret)
			return ret;
	}
	return 0;
}

int adc_read_scale(const struct adc_channel *channel, bool fine, unsigned int *decimals,
		   struct sample_scale *scale, const char **attribute)
{
	char buffer[3][ADC_TEXT_MAX];
	struct sample_text text = { 0 };
	int ret = read_scale_text(channel->iio, buffer, &text, attribute);

	if (ret)
		return ret;
	*decimals = fine ? sample_fine_decimals(channel->quantity, &text)
			 : sample_decimals(channel->quantity);
	*attribute = sample_prepare(channel->quantity, &text, *decimals, scale);
	return *attribute ? -EINVAL : 0;
}

/* A conversion is started by reading raw alone, so it comes last: nothing else ages the value. */
int adc_read(const struct adc_channel *channel, unsigned int decimals, struct sample *sample,
	     const char **attribute)
{
	char buffer[4][ADC_TEXT_MAX];
	struct sample_text text = { 0 };
	int ret = read_scale_text(channel->iio, buffer, &text, attribute);

	if (ret)
		return ret;
	*attribute = "raw";
	ret = read_attribute(channel->iio, "raw", buffer[3], &text.raw);
	if (ret)
		return ret;
	*attribute = sample_convert_to(channel->quantity, &channel->codes, &text, decimals, sample);
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
	char text[ADC_TEXT_MAX];
	const char *label;

	if (read_attribute(channel->iio, "label", text, &label) == 0 && label)
		snprintf(channel->label, ADC_LABEL_MAX, "%.*s", ADC_LABEL_MAX - 1, label);
}

static enum adc_status list_channels(struct adc *adc)
{
	const struct iio_device *device = adc->device;
	const unsigned int count = iio_device_get_channels_count(device);

	adc->channels = calloc(count + 1, sizeof(*adc->channels));
	if (!adc->channels)
		return ADC_NO_MEMORY;
	for (unsigned int i = 0; i < count; i++) {
		struct iio_channel *iio = iio_device_get_channel(device, i);
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
	const char *const names[] = { iio_device_get_id(device), iio_device_get_name(device),
				      iio_device_get_label(device) };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i] && strcmp(names[i], wanted) == 0)
			return true;
	}
	return false;
}

/* A device's file stands for its id, or is a link to it that udev has made. */
static const char *name_of(const char *wanted, char target[PATH_MAX])
{
	const char *slash = strrchr(wanted, '/');
	ssize_t length;

	if (!slash)
		return wanted;
	length = readlink(wanted, target, PATH_MAX - 1);
	if (length < 0)
		return slash + 1;
	target[length] = '\0';
	slash = strrchr(target, '/');
	return slash ? slash + 1 : target;
}

static bool is_meant(const struct iio_device *device, const char *wanted)
{
	char target[PATH_MAX];

	if (wanted)
		return is_called(device, wanted) || is_called(device, name_of(wanted, target));
	for (size_t i = 0; i < sizeof(usual_names) / sizeof(usual_names[0]); i++) {
		if (is_called(device, usual_names[i]))
			return true;
	}
	return false;
}

/* For libiio a trigger is a device too. */
static struct iio_device *next_device(const struct adc *adc, bool all, const char *wanted,
				      unsigned int *index)
{
	const unsigned int count = iio_context_get_devices_count(adc->context);

	while (*index < count) {
		struct iio_device *device = iio_context_get_device(adc->context, (*index)++);

		if (!iio_device_is_trigger(device) && (all || is_meant(device, wanted)))
			return device;
	}
	return NULL;
}

static enum adc_status find_device(struct adc *adc, const char *device)
{
	unsigned int index = 0;

	adc->device = next_device(adc, false, device, &index);
	if (!adc->device)
		return ADC_NO_DEVICE;
	return next_device(adc, false, device, &index) ? ADC_SEVERAL_DEVICES : ADC_OPEN;
}

bool adc_next_device(const struct adc *adc, bool all, const char *device, unsigned int *index,
		     struct adc_device *found)
{
	const struct iio_device *iio = next_device(adc, all, device, index);

	if (!iio)
		return false;
	*found = (struct adc_device){ .id = iio_device_get_id(iio),
				      .name = iio_device_get_name(iio),
				      .label = iio_device_get_label(iio) };
	return true;
}

/* libiio cuts a URI at its port in place, which is neither ours to lose nor always writable. */
static struct iio_context *open_context(const char *uri)
{
	char *copy = strdup(uri);
	struct iio_context *context = copy ? iio_create_context_from_uri(copy) : NULL;

	free(copy);
	return context;
}

/* Without a name of its own, a device goes by its id. */
static void name_device(struct adc *adc)
{
	adc->id = iio_device_get_id(adc->device);
	adc->name = iio_device_get_name(adc->device);
	if (!adc->name)
		adc->name = adc->id;
}

enum adc_status adc_open(struct adc *adc, const char *uri, const char *device)
{
	enum adc_status status;

	*adc = (struct adc){ .context = open_context(uri) };
	if (!adc->context)
		return errno == ENOSYS ? ADC_BAD_URI : ADC_NO_CONTEXT;
	adc->is_local = strcmp(iio_context_get_name(adc->context), "local") == 0;
	status = find_device(adc, device);
	if (status == ADC_OPEN)
		status = list_channels(adc);
	if (status == ADC_OPEN)
		name_device(adc);
	return status;
}

void adc_close(struct adc *adc)
{
	free(adc->channels);
	if (adc->context)
		iio_context_destroy(adc->context);
	*adc = (struct adc){ 0 };
}

int adc_get(const struct adc *adc, const struct adc_channel *channel, const char *name,
	    char text[ADC_TEXT_MAX])
{
	ssize_t length;

	text[0] = '\0';
	if (channel && !has_attribute(channel->iio, name))
		return -ENOENT;
	if (!channel && !iio_device_find_attr(adc->device, name))
		return -ENOENT;
	length = channel ? iio_channel_attr_read(channel->iio, name, text, ADC_TEXT_MAX - 1)
			 : iio_device_attr_read(adc->device, name, text, ADC_TEXT_MAX - 1);
	if (length < 0)
		return (int)length;
	text[length] = '\0';
	return 0;
}

int adc_set(const struct adc *adc, const struct adc_channel *channel, const char *name,
	    const char *text)
{
	const ssize_t length = channel ? iio_channel_attr_write(channel->iio, name, text)
				       : iio_device_attr_write(adc->device, name, text);

	return length < 0 ? (int)length : 0;
}

bool adc_is_captured(const struct adc *adc)
{
	bool enabled = false;

	return adc->is_local &&
	       iio_device_buffer_attr_read_bool(adc->device, "enable", &enabled) == 0 && enabled;
}

/*
 * A daemon does not let the buffer's own attributes be read: what it cannot do, it says at the
 * start.
 */
bool adc_can_capture(const struct adc *adc, const struct adc_channel *channel)
{
	char text[ADC_TEXT_MAX];

	if (!iio_channel_is_scan_element(channel->iio))
		return false;
	return !adc->is_local ||
	       iio_device_buffer_attr_read(adc->device, "enable", text, sizeof(text)) > 0;
}

/* Drivers call theirs by the device's name and number: ads1220-dev0. */
bool adc_has_own_trigger(const struct adc *adc)
{
	const struct iio_device *trigger;
	const char *name;

	if (iio_device_get_trigger(adc->device, &trigger) || !trigger)
		return false;
	name = iio_device_get_name(trigger);
	return name && strncmp(name, adc->name, strlen(adc->name)) == 0 &&
	       strncmp(name + strlen(adc->name), "-dev", strlen("-dev")) == 0;
}

static struct iio_channel *find_time_channel(const struct adc *adc)
{
	const unsigned int count = iio_device_get_channels_count(adc->device);

	for (unsigned int i = 0; i < count; i++) {
		struct iio_channel *iio = iio_device_get_channel(adc->device, i);

		if (iio_channel_get_type(iio) == IIO_TIMESTAMP && iio_channel_is_scan_element(iio))
			return iio;
	}
	return NULL;
}

/* What somebody else left switched on would be captured too. */
static void choose_captured(const struct adc *adc, const struct adc_channel *const *channels,
			    size_t count, struct iio_channel *time)
{
	const unsigned int all = iio_device_get_channels_count(adc->device);

	for (unsigned int i = 0; i < all; i++)
		iio_channel_disable(iio_device_get_channel(adc->device, i));
	for (size_t i = 0; i < count; i++)
		iio_channel_enable(channels[i]->iio);
	if (time)
		iio_channel_enable(time);
}

static bool is_native(const struct iio_data_format *format)
{
	const bool is_big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;

	if (format->is_be != is_big || format->repeat > 1 || !format->bits)
		return false;
	return (format->length == 32 && format->bits + format->shift <= 32) ||
	       (format->length == 64 && format->bits == 64);
}

static struct adc_slot slot_of(const struct iio_buffer *buffer, const struct iio_channel *iio)
{
	const struct iio_data_format *format = iio_channel_get_data_format(iio);
	struct adc_slot slot = {
		.iio = iio,
		.offset = (char *)iio_buffer_first(buffer, iio) - (char *)iio_buffer_start(buffer),
		.bytes = format->length / 8,
		.is_native = is_native(format),
		.is_signed = format->is_signed,
	};

	if (slot.is_native && slot.bytes == 4) {
		slot.left = 32 - format->bits - format->shift;
		slot.right = 32 - format->bits;
	}
	return slot;
}

static void find_slots(struct adc_capture *capture, const struct adc_channel *const *channels,
		       const struct iio_channel *time)
{
	for (size_t i = 0; i < capture->slot_count; i++)
		capture->slots[i] = slot_of(capture->buffer, channels[i]->iio);
	capture->has_time = time != NULL;
	if (time)
		capture->time = slot_of(capture->buffer, time);
	capture->step = iio_buffer_step(capture->buffer);
}

/* Over a network, libiio cannot read without waiting: then a block is read when it is full. */
static void stop_waiting(struct adc_capture *capture)
{
	capture->fd = -1;
	if (iio_buffer_set_blocking_mode(capture->buffer, false) == 0)
		capture->fd = iio_buffer_get_poll_fd(capture->buffer);
}

/*
 * libiio writes to standard error by itself: on every start of what no converter of this kind has,
 * and at the end a dozen lines where the device has gone. Returns what unhush() takes.
 */
static int hush(void)
{
	const int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (kept >= 0 && nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	close(nowhere);
	return kept;
}

static void unhush(int kept)
{
	const int error = errno;

	if (kept >= 0)
		dup2(kept, STDERR_FILENO);
	close(kept);
	errno = error;
}

static struct iio_buffer *create_quietly(const struct iio_device *device, size_t block)
{
	const int kept = hush();
	struct iio_buffer *buffer = iio_device_create_buffer(device, block, false);

	unhush(kept);
	return buffer;
}

int adc_capture_start(struct adc_capture *capture, const struct adc *adc,
		      const struct adc_channel *const *channels, size_t count, size_t block,
		      unsigned int blocks, unsigned int timeout_ms)
{
	struct iio_channel *time = find_time_channel(adc);

	*capture = (struct adc_capture){ .slots = calloc(count, sizeof(*capture->slots)),
					 .slot_count = count };
	if (!capture->slots)
		return -ENOMEM;
	choose_captured(adc, channels, count, time);
	/* a daemon too old for either still captures, with what it has */
	(void)!iio_device_set_kernel_buffers_count(adc->device, blocks);
	(void)!iio_context_set_timeout(adc->context, timeout_ms);
	capture->buffer = create_quietly(adc->device, block);
	if (!capture->buffer) {
		const int error = errno;

		free(capture->slots);
		return -error;
	}
	stop_waiting(capture);
	find_slots(capture, channels, time);
	return 0;
}

int adc_capture_read(struct adc_capture *capture)
{
	const ssize_t length = iio_buffer_refill(capture->buffer);

	capture->at = iio_buffer_start(capture->buffer);
	capture->end = capture->at;
	if (length < 0)
		return (int)length;
	capture->end = iio_buffer_end(capture->buffer);
	return 0;
}

/*
 * libiio puts the bytes in order, cuts the shift off and extends the sign to the storage's width.
 */
static int64_t foreign_code_at(const struct adc_slot *slot, const char *scan)
{
	union {
		int8_t s8;
		int16_t s16;
		int32_t s32;
		int64_t s64;
		uint8_t u8;
		uint16_t u16;
		uint32_t u32;
	} code = { .s64 = 0 };

	iio_channel_convert(slot->iio, &code, scan + slot->offset);
	if (slot->bytes == 8)
		return code.s64;
	if (slot->bytes == 4)
		return slot->is_signed ? (int64_t)code.s32 : (int64_t)code.u32;
	if (slot->bytes == 2)
		return slot->is_signed ? (int64_t)code.s16 : (int64_t)code.u16;
	return slot->is_signed ? (int64_t)code.s8 : (int64_t)code.u8;
}

static int64_t code_at(const struct adc_slot *slot, const char *scan)
{
	int64_t whole;
	uint32_t word;

	if (!slot->is_native)
		return foreign_code_at(slot, scan);
	if (slot->bytes == 8) {
		memcpy(&whole, scan + slot->offset, sizeof(whole));
		return whole;
	}
	memcpy(&word, scan + slot->offset, sizeof(word));
	word <<= slot->left;
	return slot->is_signed ? (int64_t)((int32_t)word >> slot->right)
			       : (int64_t)(word >> slot->right);
}

bool adc_capture_next(struct adc_capture *capture, int64_t *time_ns, int64_t *codes)
{
	if (capture->end - capture->at < capture->step)
		return false;
	for (size_t i = 0; i < capture->slot_count; i++)
		codes[i] = code_at(&capture->slots[i], capture->at);
	if (capture->has_time)
		*time_ns = code_at(&capture->time, capture->at);
	capture->at += capture->step;
	return true;
}

void adc_capture_stop(struct adc_capture *capture)
{
	const int kept = hush();

	iio_buffer_destroy(capture->buffer);
	unhush(kept);
	free(capture->slots);
}

const char *adc_library_version(char text[ADC_VERSION_MAX])
{
	unsigned int major, minor;
	char tag[8];

	iio_library_get_version(&major, &minor, tag);
	snprintf(text, ADC_VERSION_MAX, "%u.%u", major, minor);
	return text;
}
