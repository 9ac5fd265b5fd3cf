// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What does U-Boot know after "env import -t"? The oracle of the filter's tests, one table.
 *
 * The rules are those of himport_r() in U-Boot's lib/hashtable.c. It shares nothing with the filter.
 */
#include <string.h>

#include "import.h"

enum state {
	FIRST,		/* at the first byte of an entry */
	LEADING,	/* after blanks before a name */
	COMMENT,
	NAME,
	VALUE,
	ESCAPE,		/* after a backslash in a value */
	END,
	STATES,
};

enum kind { NUL, NEWLINE, BLANK, HASH, EQUALS, BACKSLASH, OTHER, KINDS };

enum action {
	NOTHING,
	TO_NAME,
	TO_VALUE,
	SET,		/* an empty value deletes */
	SLASH_AND_SET,	/* a backslash with nothing to escape stands for itself */
};

static const struct {
	enum state next;
	enum action action;
} rules[STATES][KINDS] = {
	[FIRST] = {
		[NUL] = { END, NOTHING },
		[NEWLINE] = { FIRST, NOTHING },
		[BLANK] = { LEADING, NOTHING },
		[HASH] = { COMMENT, NOTHING },
		[EQUALS] = { VALUE, NOTHING },
		[BACKSLASH] = { NAME, TO_NAME },
		[OTHER] = { NAME, TO_NAME },
	},
	[LEADING] = {
		[NUL] = { FIRST, NOTHING },
		[NEWLINE] = { FIRST, NOTHING },
		[BLANK] = { LEADING, NOTHING },
		[HASH] = { COMMENT, NOTHING },
		[EQUALS] = { VALUE, NOTHING },
		[BACKSLASH] = { NAME, TO_NAME },
		[OTHER] = { NAME, TO_NAME },
	},
	[COMMENT] = {
		[NUL] = { FIRST, NOTHING },
		[NEWLINE] = { FIRST, NOTHING },
		[BLANK] = { COMMENT, NOTHING },
		[HASH] = { COMMENT, NOTHING },
		[EQUALS] = { COMMENT, NOTHING },
		[BACKSLASH] = { COMMENT, NOTHING },
		[OTHER] = { COMMENT, NOTHING },
	},
	[NAME] = {
		[NUL] = { FIRST, SET },
		[NEWLINE] = { FIRST, SET },
		[BLANK] = { NAME, TO_NAME },
		[HASH] = { NAME, TO_NAME },
		[EQUALS] = { VALUE, NOTHING },
		[BACKSLASH] = { NAME, TO_NAME },
		[OTHER] = { NAME, TO_NAME },
	},
	[VALUE] = {
		[NUL] = { FIRST, SET },
		[NEWLINE] = { FIRST, SET },
		[BLANK] = { VALUE, TO_VALUE },
		[HASH] = { VALUE, TO_VALUE },
		[EQUALS] = { VALUE, TO_VALUE },
		[BACKSLASH] = { ESCAPE, NOTHING },
		[OTHER] = { VALUE, TO_VALUE },
	},
	[ESCAPE] = {
		[NUL] = { FIRST, SLASH_AND_SET },
		[NEWLINE] = { VALUE, TO_VALUE },
		[BLANK] = { VALUE, TO_VALUE },
		[HASH] = { VALUE, TO_VALUE },
		[EQUALS] = { VALUE, TO_VALUE },
		[BACKSLASH] = { VALUE, TO_VALUE },
		[OTHER] = { VALUE, TO_VALUE },
	},
};

static enum kind kind_of(uint8_t byte)
{
	switch (byte) {
	case 0:
		return NUL;
	case '\n':
		return NEWLINE;
	case ' ':
	case '\t':
		return BLANK;
	case '#':
		return HASH;
	case '=':
		return EQUALS;
	case '\\':
		return BACKSLASH;
	default:
		return OTHER;
	}
}

static bool alike(struct text a, struct text b)
{
	return a.length == b.length && (!a.length || !memcmp(a.bytes, b.bytes, a.length));
}

/* Sets or deletes; false if there is no room. */
static bool assign(struct import *result, struct text name, struct text value)
{
	size_t i = 0;

	while (i < result->count && !alike(result->variable[i].name, name))
		i++;
	if (!value.length) {
		if (i < result->count)
			result->variable[i] = result->variable[--result->count];
		return true;
	}
	if (!name.length) {
		result->aborted = true;
		return true;
	}
	if (i == IMPORT_MAX_VARIABLES)
		return false;
	if (i == result->count)
		result->count++;
	result->variable[i].name = name;
	result->variable[i].value = value;
	return true;
}

bool import_text(struct import *result, const uint8_t *bytes, size_t length)
{
	uint8_t *at = result->store;
	struct text name = { at, 0 }, value = { at, 0 };
	enum state state = LEADING; /* a NUL ends an import only after an entry */

	result->count = 0;
	result->aborted = false;
	result->open_ended = false;
	if (length > IMPORT_MAX_BYTES)
		return false;
	for (size_t i = 0; i <= length && state != END && !result->aborted; i++) {
		uint8_t byte = i < length ? bytes[i] : 0;
		enum action action = rules[state][kind_of(byte)].action;

		state = rules[state][kind_of(byte)].next;
		if (action == TO_NAME || action == TO_VALUE || action == SLASH_AND_SET)
			*at++ = action == SLASH_AND_SET ? '\\' : byte;
		if (action == TO_NAME)
			name.length++;
		if (action == TO_VALUE || action == SLASH_AND_SET)
			value.length++;
		if (i == length && (action == SLASH_AND_SET ||
				    (action == SET && value.length && at[-1] == '\n')))
			result->open_ended = true;
		if (action != SET && action != SLASH_AND_SET)
			continue;
		value.bytes = name.bytes + name.length;
		if (!assign(result, name, value))
			return false;
		name = (struct text){ at, 0 };
		value = (struct text){ at, 0 };
	}
	return true;
}

struct text import_value(const struct import *result, const char *name)
{
	struct text wanted = { (const uint8_t *)name, strlen(name) };

	for (size_t i = 0; i < result->count; i++)
		if (alike(result->variable[i].name, wanted))
			return result->variable[i].value;
	return (struct text){ NULL, 0 };
}
