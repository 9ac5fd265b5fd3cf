/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How do numbers and times become text, cheaply?
 *
 * Pure, and without locale: a point is a point everywhere. Text that found no memory is marked as
 * lost, so that one look at the end tells.
 */
#ifndef ADS1220_TEXT_H
#define ADS1220_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* +02:00 */
#define ZONE_MAX 8

struct text {
	char *bytes;
	size_t length;
	size_t size;
	bool lost;
};

/* The date and the second as last written, which nearly always stand for the next one too. */
struct second_text {
	bool known;
	bool local;
	int64_t start_ns;
	char date[24];
	char zone[ZONE_MAX];
	size_t zone_length;
};

void text_free(struct text *text);

/* Returns false where there is no memory for so many bytes more. */
bool text_grow(struct text *text, size_t count);

/* Where the next bytes go, so many of which there is room for; NULL without memory. */
static inline char *text_reserve(struct text *text, size_t count)
{
	if (text->size - text->length < count && !text_grow(text, count))
		return NULL;
	return text->bytes + text->length;
}

static inline void text_bytes(struct text *text, const void *bytes, size_t count)
{
	char *at = text_reserve(text, count);

	if (at && count) {
		memcpy(at, bytes, count);
		text->length += count;
	}
}

/* In line, so that the length of a constant is one. */
static inline void text_string(struct text *text, const char *string)
{
	text_bytes(text, string, strlen(string));
}

static inline void text_char(struct text *text, char c)
{
	text_bytes(text, &c, 1);
}

void text_integer(struct text *text, int64_t number);

/* digits is the number times 10^decimals. */
void text_decimal(struct text *text, int64_t digits, unsigned int decimals);

/*
 * The same to so many significant digits, rounded, 0 for all; what is before the point stays whole.
 */
void text_significant(struct text *text, int64_t digits, unsigned int decimals,
		      unsigned int significant);

/* Blanks up to the width, which may be less than the text before already takes. */
void text_pad(struct text *text, size_t from, size_t width);

/* 2026-11-23T06:29:29.123456Z, or with the zone's distance, of ns since the start of 1970 UTC. */
void text_iso_time(struct text *text, struct second_text *second, int64_t time_ns);

#endif
