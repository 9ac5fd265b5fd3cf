/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where do the records go, and when? */
#ifndef ADS1220_OUTPUT_H
#define ADS1220_OUTPUT_H

#include <stdbool.h>

#include "print.h"

struct output {
	/* NULL for standard output */
	const char *path;
	const struct writer *writer;
	/* whether a file of this format begins with a head, and whether that is still to come */
	bool has_head;
	bool needs_head;
	/* each record replaces the whole file */
	bool replaces;
	int fd;
	bool to_file;
	/* when the last piece left, by the monotonic clock */
	int64_t flushed_ns;
	struct text text;
	/* errno of what could not be written; nothing more is tried then */
	int error;
};

/* Returns false where there is nothing to write to; error says why. */
bool output_open(struct output *output);

/* Adds readings of a record; they leave with output_flush, a regular file's in larger pieces. */
void output_record(struct output *output, struct table *table, const struct record *record,
		   size_t first, size_t count);

void output_flush(struct output *output);

/* Opens the file by its name again, after something has moved it away. */
void output_reopen(struct output *output);

/* What was written counts only now: a full disk can show when a file is closed. */
void output_close(struct output *output);

#endif
