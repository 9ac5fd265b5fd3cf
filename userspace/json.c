// SPDX-License-Identifier: GPL-2.0-or-later
/* How are the members of a report's JSON objects written? */
#include <inttypes.h>
#include <math.h>

#include "json.h"

/* JSON has no infinity and no nan. */
void json_number(FILE *out, const char *key, const char *unit, double number)
{
	fprintf(out, ",\"%s%s%s\":", key, *unit ? "_" : "", unit);
	if (isfinite(number))
		fprintf(out, "%.9g", number);
	else
		fputs("null", out);
}

void json_count(FILE *out, const char *key, uint64_t count)
{
	fprintf(out, ",\"%s\":%" PRIu64, key, count);
}

void json_string(FILE *out, const char *key, const char *text)
{
	fprintf(out, "\"%s\":\"", key);
	for (; *text; text++) {
		const unsigned char character = (unsigned char)*text;

		if (character == '"' || character == '\\')
			fputc('\\', out);
		if (character < ' ')
			fprintf(out, "\\u%04x", character);
		else
			fputc(character, out);
	}
	fputc('"', out);
}
