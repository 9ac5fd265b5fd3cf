// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sample.c - can any text that a driver or a remote board gives harm the conversion of samples?
 *
 * Links: userspace/sample.c
 */
#include <stdlib.h>
#include <string.h>

#include "../../userspace/sample.h"

#define TEXT_MAX 4096
#define TEXTS 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* raw, scale, scale_available and offset, one a line; an empty line is an attribute not there. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *texts[TEXTS] = { NULL, NULL, NULL, NULL };
	char buffer[TEXT_MAX], *at = buffer;
	struct sample_text text;

	if (size >= sizeof(buffer))
		return 0;
	memcpy(buffer, data, size);
	buffer[size] = '\0';
	for (int i = 0; i < TEXTS && at; i++) {
		char *end = strchr(at, '\n');

		if (end)
			*end++ = '\0';
		texts[i] = *at ? at : NULL;
		at = end;
	}
	text = (struct sample_text){ .raw = texts[0] ? texts[0] : "", .scale = texts[1],
				     .scale_available = texts[2], .offset = texts[3] };
	for (enum quantity quantity = QUANTITY_VOLTAGE; quantity <= QUANTITY_OTHER; quantity++) {
		struct sample sample;
		const char *blamed = sample_convert(quantity, &ads1220_codes, &text, &sample);

		if (blamed && !strstr("raw offset scale", blamed))
			abort();
	}
	return 0;
}
