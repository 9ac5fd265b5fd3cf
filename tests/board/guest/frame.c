// SPDX-License-Identifier: GPL-2.0-or-later
/* How a frame is written as a line of text, and read back: see frame.h. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "frame.h"

static const char kinds[] = { FRAME_BEGIN, FRAME_ALIVE, FRAME_STDOUT, FRAME_STDERR, FRAME_END, 0 };
static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* CRC-32 of IEEE 802.3, reflected, without the final inversion, so that it can be continued. */
static uint32_t crc32_continue(uint32_t crc, const char *text, size_t len)
{
	while (len--) {
		crc ^= (unsigned char)*text++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return crc;
}

static unsigned int line_crc(const char *head, const char *body)
{
	uint32_t crc = crc32_continue(UINT32_MAX, head, strlen(head));

	return ~crc32_continue(crc, body, strlen(body));
}

static void base64_encode(const unsigned char *data, size_t len, char *text)
{
	for (; len > 0; data += 3, text += 4) {
		uint32_t group = (uint32_t)data[0] << 16;

		group |= len > 1 ? (uint32_t)data[1] << 8 : 0;
		group |= len > 2 ? data[2] : 0;
		text[0] = digits[group >> 18];
		text[1] = digits[group >> 12 & 63];
		text[2] = len > 1 ? digits[group >> 6 & 63] : '=';
		text[3] = len > 2 ? digits[group & 63] : '=';
		len -= len < 3 ? len : 3;
	}
	*text = '\0';
}

/* Returns the number of bytes, or -1 for a text that is not base64 or too long. */
static int base64_decode(const char *text, unsigned char data[FRAME_DATA_MAX])
{
	size_t chars = strcspn(text, "=");
	size_t pad = strspn(text + chars, "=");
	uint32_t group = 0;
	int len = 0;

	if ((chars + pad) % 4 || pad > 2 || text[chars + pad] || chars * 3 / 4 > FRAME_DATA_MAX)
		return -1;
	for (size_t i = 0; i < chars; i++) {
		const char *digit = strchr(digits, text[i]);

		if (!digit)
			return -1;
		group = group << 6 | (uint32_t)(digit - digits);
		if (i % 4)
			data[len++] = group >> (6 - 2 * (i % 4)) & 0xff;
	}
	return len;
}

size_t frame_print(const struct frame *frame, char line[FRAME_LINE_MAX])
{
	char head[16], body[FRAME_LINE_MAX - 32 + 1];

	snprintf(head, sizeof(head), "@%c %u ", frame->kind, frame->sequence);
	base64_encode(frame->data, frame->len, body);
	return (size_t)snprintf(line, FRAME_LINE_MAX, "%s%08x %s\n", head, line_crc(head, body), body);
}

enum frame_state frame_parse(struct frame *frame, const char *line)
{
	unsigned int crc;
	char head[16];
	int start = 0, len;

	if (line[0] != '@' || !line[1] || !strchr(kinds, line[1]) || line[2] != ' ')
		return FRAME_NONE;
	if (sscanf(line, "@%c %9u %8x %n", &frame->kind, &frame->sequence, &crc, &start) != 3 || !start)
		return FRAME_DAMAGED;
	snprintf(head, sizeof(head), "@%c %u ", frame->kind, frame->sequence);
	if (crc != line_crc(head, line + start))
		return FRAME_DAMAGED;
	len = base64_decode(line + start, frame->data);
	if (len < 0)
		return FRAME_DAMAGED;
	frame->len = (size_t)len;
	return FRAME_WHOLE;
}
