/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How bytes travel unharmed over a serial console: one line per frame,
 *
 *	@KIND SEQUENCE CRC BASE64
 *
 * where CRC covers all that stands before and after it. A line that begins like a frame and is not
 * whole is an error; a lost frame shows in the sequence.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stddef.h>

enum frame_kind {
	FRAME_BEGIN = '>',	/* the command is about to start */
	FRAME_ALIVE = '~',	/* nothing to say, but still there */
	FRAME_STDOUT = '1',
	FRAME_STDERR = '2',
	FRAME_END = '=',	/* the command's exit status, in decimal */
};

enum frame_state {
	FRAME_NONE,		/* some other line */
	FRAME_WHOLE,
	FRAME_DAMAGED,
};

#define FRAME_DATA_MAX	512
#define FRAME_LINE_MAX	(32 + (FRAME_DATA_MAX + 2) / 3 * 4)

struct frame {
	char kind;
	unsigned int sequence;
	size_t len;
	unsigned char data[FRAME_DATA_MAX];
};

/* Writes the line, its end included, and returns its length. */
size_t frame_print(const struct frame *frame, char line[FRAME_LINE_MAX]);

/* Reads a line without its end. */
enum frame_state frame_parse(struct frame *frame, const char *line);

#endif
