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
	char zone[8];
};

void text_free(struct text *text);

void text_bytes(struct text *text, const void *bytes, size_t count);

void text_string(struct text *text, const char *string);

void text_char(struct text *text, char c);

void text_integer(struct text *text, int64_t number);

/* digits is the number times 10^decimals. */
void text_decimal(struct text *text, int64_t digits, unsigned int decimals);

/* Blanks up to the width, which may be less than the text before already takes. */
void text_pad(struct text *text, size_t from, size_t width);

/* 2026-11-23T06:29:29.123456Z, or with the zone's distance, of ns since the start of 1970 UTC. */
void text_iso_time(struct text *text, struct second_text *second, int64_t time_ns);

#endif
