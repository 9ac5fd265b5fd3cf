// SPDX-License-Identifier: GPL-2.0-or-later
/* How do numbers and times become text, cheaply? */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text.h"

#define NS_PER_S	INT64_C(1000000000)
#define DIGITS_MAX	20
#define FIRST_SIZE	4096

/* 2026-11-23T06:29:29. and 123456, and the distance with them */
#define DATE_LENGTH	20
#define MICROS_LENGTH	6
#define TIME_MAX	(DATE_LENGTH + MICROS_LENGTH + ZONE_MAX)

void text_free(struct text *text)
{
	free(text->bytes);
	*text = (struct text){ 0 };
}

bool text_grow(struct text *text, size_t count)
{
	size_t size = text->size ? text->size : FIRST_SIZE;
	char *bytes;

	while (size - text->length < count)
		size *= 2;
	bytes = realloc(text->bytes, size);
	if (!bytes) {
		text->lost = true;
		return false;
	}
	text->bytes = bytes;
	text->size = size;
	return true;
}

/* Writes below 10^9 backwards from end: 32 bits, for which boards need no division routine. */
static char *put_small(char *end, uint32_t number)
{
	while (number >= 10) {
		*--end = (char)('0' + number % 10);
		number /= 10;
	}
	*--end = (char)('0' + number);
	return end;
}

static char *zeros_up_to(char *at, const char *start)
{
	while (at > start)
		*--at = '0';
	return at;
}

static char *put_digits(char *end, uint64_t number)
{
	while (number >= NS_PER_S) {
		const uint64_t rest = number / NS_PER_S;

		end = zeros_up_to(put_small(end, (uint32_t)(number - rest * NS_PER_S)), end - 9);
		number = rest;
	}
	return put_small(end, (uint32_t)number);
}

void text_decimal(struct text *text, int64_t digits, unsigned int decimals)
{
	char *const start = text_reserve(text, 2 * DIGITS_MAX);
	char digits_text[2 * DIGITS_MAX], *const end = digits_text + sizeof(digits_text);
	char *at;

	if (!start)
		return;
	at = put_digits(end, digits < 0 ? -(uint64_t)digits : (uint64_t)digits);
	if (decimals) {
		at = zeros_up_to(at, end - decimals - 1);
		memmove(at - 1, at, (size_t)(end - decimals - at));
		at--;
		end[-(int)decimals - 1] = '.';
	}
	if (digits < 0)
		*--at = '-';
	memcpy(start, at, (size_t)(end - at));
	text->length += (size_t)(end - at);
}

static unsigned int digits_of(uint64_t number)
{
	unsigned int count = 0;

	for (; number; number /= 10)
		count++;
	return count;
}

static uint64_t power_of_10(unsigned int exponent)
{
	uint64_t power = 1;

	while (exponent--)
		power *= 10;
	return power;
}

void text_significant(struct text *text, int64_t digits, unsigned int decimals,
		      unsigned int significant)
{
	const uint64_t number = digits < 0 ? -(uint64_t)digits : (uint64_t)digits;
	const unsigned int count = digits_of(number);
	unsigned int surplus = significant && count > significant ? count - significant : 0;
	uint64_t rounded;

	if (surplus > decimals)
		surplus = decimals;
	rounded = (number + power_of_10(surplus) / 2) / power_of_10(surplus);
	/* 9.996 to three digits is 10.0 */
	if (surplus && surplus < decimals && digits_of(rounded) > count - surplus) {
		rounded /= 10;
		surplus++;
	}
	text_decimal(text, digits < 0 ? -(int64_t)rounded : (int64_t)rounded, decimals - surplus);
}

void text_integer(struct text *text, int64_t number)
{
	text_decimal(text, number, 0);
}

void text_pad(struct text *text, size_t from, size_t width)
{
	while (!text->lost && text->length - from < width)
		text_char(text, ' ');
}

/* Days since the start of 1970 to a date: eras of 400 years that begin on 1 March of the year 0. */
static void civil_date(int64_t days, struct tm *date)
{
	const int64_t shifted = days + 719468;
	const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	const unsigned int day = (unsigned int)(shifted - era * 146097);
	const unsigned int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	const unsigned int day_of_year = day - (365 * year + year / 4 - year / 100);
	const unsigned int month = (5 * day_of_year + 2) / 153;

	date->tm_mday = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	date->tm_mon = (int)(month < 10 ? month + 2 : month - 10);
	date->tm_year = (int)(year + era * 400 + (month >= 10)) - 1900;
}

static void utc_time(int64_t seconds, struct tm *time)
{
	const int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
	const int of_day = (int)(seconds - days * 86400);

	civil_date(days, time);
	time->tm_hour = of_day / 3600;
	time->tm_min = of_day / 60 % 60;
	time->tm_sec = of_day % 60;
}

static char *put_two(char *at, int number)
{
	at[0] = (char)('0' + number / 10 % 10);
	at[1] = (char)('0' + number % 10);
	return at + 2;
}

static void put_zone(char *zone, long east_s)
{
	const long distance_s = east_s < 0 ? -east_s : east_s;
	char *at = zone;

	*at++ = east_s < 0 ? '-' : '+';
	at = put_two(at, (int)(distance_s / 3600));
	*at++ = ':';
	*put_two(at, (int)(distance_s / 60 % 60)) = '\0';
}

static void put_date(char *at, const struct tm *time)
{
	const int year = time->tm_year + 1900;

	at = put_two(put_two(at, year / 100), year);
	*at++ = '-';
	at = put_two(at, time->tm_mon + 1);
	*at++ = '-';
	at = put_two(at, time->tm_mday);
	*at++ = 'T';
	at = put_two(at, time->tm_hour);
	*at++ = ':';
	at = put_two(at, time->tm_min);
	*at++ = ':';
	at = put_two(at, time->tm_sec);
	*at++ = '.';
	*at = '\0';
}

static void learn_second(struct second_text *second, int64_t time_ns)
{
	const int64_t seconds = (time_ns >= 0 ? time_ns : time_ns - (NS_PER_S - 1)) / NS_PER_S;
	const time_t at = (time_t)seconds;
	struct tm time = { 0 };

	second->start_ns = seconds * NS_PER_S;
	second->known = true;
	if (second->local && localtime_r(&at, &time)) {
		put_zone(second->zone, time.tm_gmtoff);
	} else {
		utc_time(seconds, &time);
		memcpy(second->zone, "Z", sizeof("Z"));
	}
	second->zone_length = strlen(second->zone);
	put_date(second->date, &time);
}

void text_iso_time(struct text *text, struct second_text *second, int64_t time_ns)
{
	char *at = text_reserve(text, TIME_MAX);
	uint32_t us;

	if (!at)
		return;
	if (!second->known || time_ns < second->start_ns || time_ns - second->start_ns >= NS_PER_S)
		learn_second(second, time_ns);
	us = (uint32_t)(time_ns - second->start_ns) / 1000;
	memcpy(at, second->date, DATE_LENGTH);
	zeros_up_to(put_small(at + DATE_LENGTH + MICROS_LENGTH, us), at + DATE_LENGTH);
	at += DATE_LENGTH + MICROS_LENGTH;
	memcpy(at, second->zone, second->zone_length);
	text->length += DATE_LENGTH + MICROS_LENGTH + second->zone_length;
}
