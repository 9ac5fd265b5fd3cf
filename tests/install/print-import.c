// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does the oracle say of standard input? Bytes that are not plain are octal escapes:
 *	V NAME=VALUE	each variable but user_overlays and overlays, in the order of their names
 *	W WORD		each word of user_overlays, in order
 *	K WORD		each word of overlays, in order
 *	A		the import ended at an entry without a name
 *	O		the last value is open: it takes in what is appended
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"

static bool is(struct text name, const char *wanted)
{
	return name.length == strlen(wanted) && !memcmp(name.bytes, wanted, name.length);
}

static void print(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] > ' ' && text.bytes[i] < 127 && text.bytes[i] != '\\')
			putchar(text.bytes[i]);
		else
			printf("\\%03o", text.bytes[i]);
	}
}

/* U-Boot's shell splits at blanks and line ends, not at tabs: on-u-boot asks it. */
static void print_words(char kind, struct text list)
{
	bool inside = false;

	for (size_t i = 0; i < list.length; i++) {
		bool gap = list.bytes[i] == ' ' || list.bytes[i] == '\n';

		if (inside && gap)
			putchar('\n');
		if (!inside && !gap)
			printf("%c ", kind);
		inside = !gap;
		if (inside)
			print((struct text){ list.bytes + i, 1 });
	}
	if (inside)
		putchar('\n');
}

static int by_name(const void *left, const void *right)
{
	const struct text *a = left, *b = right;
	size_t shorter = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->bytes, b->bytes, shorter);

	return order ? order : (a->length > b->length) - (a->length < b->length);
}

int main(void)
{
	static uint8_t bytes[IMPORT_MAX_BYTES + 1];
	static struct import result;
	size_t length = fread(bytes, 1, sizeof(bytes), stdin);

	if (!import_text(&result, bytes, length)) {
		fputs("import: more than the oracle has room for\n", stderr);
		return 1;
	}
	qsort(result.variable, result.count, sizeof(result.variable[0]), by_name);
	for (size_t i = 0; i < result.count; i++) {
		if (is(result.variable[i].name, "user_overlays") ||
		    is(result.variable[i].name, "overlays"))
			continue;
		printf("V ");
		print(result.variable[i].name);
		putchar('=');
		print(result.variable[i].value);
		putchar('\n');
	}
	print_words('W', import_value(&result, "user_overlays"));
	print_words('K', import_value(&result, "overlays"));
	if (result.aborted)
		puts("A");
	if (result.open_ended)
		puts("O");
	return fflush(stdout) == 0 ? 0 : 1;
}
