// SPDX-License-Identifier: GPL-2.0-or-later
/* Where do the records go, and when? */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"
#include "stop.h"

/* records for a regular file are collected to pieces of this size */
#define PIECE_BYTES 65536

/* and kept no longer than that */
#define KEPT_NS INT64_C(5000000000)

/* what everybody may read and write, as far as the umask lets them */
#define FILE_MODE 0666

static void note_error(struct output *output)
{
	if (!output->error)
		output->error = errno;
}

static void write_out(struct output *output, int fd)
{
	const struct text *text = &output->text;
	size_t done = 0;

	while (done < text->length && !output->error) {
		const ssize_t written = write(fd, text->bytes + done, text->length - done);

		if (written >= 0)
			done += (size_t)written;
		else if (errno != EINTR)
			note_error(output);
	}
	output->text.length = 0;
}

/* A head belongs to the start of a file, so what is appended gets none. */
bool output_open(struct output *output)
{
	struct stat file;

	output->fd = STDOUT_FILENO;
	output->needs_head = output->has_head;
	output->flushed_ns = monotonic_ns();
	if (output->replaces)
		return true;
	if (output->path)
		output->fd = open(output->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
				  FILE_MODE);
	if (output->fd < 0 || fstat(output->fd, &file) != 0) {
		note_error(output);
		return false;
	}
	output->to_file = S_ISREG(file.st_mode);
	if (output->to_file && output->path && file.st_size > 0)
		output->needs_head = false;
	return true;
}

static mode_t file_mode(void)
{
	const mode_t mask = umask(0);

	umask(mask);
	return FILE_MODE & ~mask;
}

/* Who reads the file sees the former record or this one, and never half of one. */
static void replace_file(struct output *output)
{
	char *name;
	int fd;

	if (asprintf(&name, "%s.XXXXXX", output->path) < 0) {
		output->error = ENOMEM;
		return;
	}
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0) {
		note_error(output);
		free(name);
		return;
	}
	write_out(output, fd);
	if (fchmod(fd, file_mode()) != 0)
		note_error(output);
	if (close(fd) != 0)
		note_error(output);
	if (!output->error && rename(name, output->path) != 0)
		note_error(output);
	if (output->error)
		unlink(name);
	free(name);
}

void output_record(struct output *output, struct table *table, const struct record *record,
		   size_t first, size_t count)
{
	struct text *text = &output->text;

	if (output->error)
		return;
	if (output->needs_head && output->writer->head)
		output->writer->head(text, table);
	output->needs_head = false;
	output->writer->record(text, table, record, first, count);
	if (text->lost)
		output->error = ENOMEM;
	else if (output->replaces)
		replace_file(output);
	else if (output->to_file && text->length >= PIECE_BYTES)
		write_out(output, output->fd);
}

void output_flush(struct output *output)
{
	const int64_t now_ns = monotonic_ns();

	if (output->replaces)
		return;
	if (!output->to_file || now_ns - output->flushed_ns > KEPT_NS) {
		output->flushed_ns = now_ns;
		write_out(output, output->fd);
	}
}

void output_reopen(struct output *output)
{
	if (!output->path || output->replaces)
		return;
	write_out(output, output->fd);
	if (close(output->fd) != 0)
		note_error(output);
	output_open(output);
}

void output_close(struct output *output)
{
	if (!output->replaces && output->fd >= 0) {
		write_out(output, output->fd);
		if (close(output->fd) != 0)
			note_error(output);
	}
	text_free(&output->text);
}
