// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does the filter agree with the oracle on every text that a fuzzer can think of?
 *
 * The filter is the program that FILTER names, run as it is: add, add again, remove, remove again
 * and get. What has to hold for U-Boot is asked of the oracle, what for other readers by bytes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "import.h"

#define WORD "NAME"

extern char **environ;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const lists[] = { "user_overlays", "overlays" };

struct answer {
	uint8_t bytes[IMPORT_MAX_BYTES];
	size_t length;
	int status;
};

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "the filter is wrong: %s\n", what);
	abort();
}

static int memory_file(const char *name)
{
	int file = memfd_create(name, 0);

	must(file >= 0, "no file in memory for its tests");
	return file;
}

/* Runs the filter on a text and waits for its answer. */
static void ask(struct answer *answer, const char *verb, const char *word, const char *list,
		const uint8_t *bytes, size_t length)
{
	const char *filter = getenv("FILTER");
	char *arguments[] = { (char *)filter, (char *)verb, (char *)word, (char *)list, NULL };
	int in = memory_file("in"), out = memory_file("out"), status;
	posix_spawn_file_actions_t actions;
	ssize_t got;
	pid_t child;

	must(filter && write(in, bytes, length) == (ssize_t)length, "FILTER is not set");
	lseek(in, 0, SEEK_SET);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
	must(!posix_spawn(&child, filter, &actions, NULL, arguments, environ), "it does not start");
	posix_spawn_file_actions_destroy(&actions);
	while (waitpid(child, &status, 0) < 0)
		must(errno == EINTR, "it cannot be waited for");
	must(WIFEXITED(status), "it died");
	answer->status = WEXITSTATUS(status);
	got = pread(out, answer->bytes, sizeof(answer->bytes), 0);
	must(got >= 0, "its answer cannot be read");
	answer->length = (size_t)got;
	close(in);
	close(out);
}

static bool is_word(struct text word)
{
	return (word.length == 4 && !memcmp(word.bytes, WORD, 4)) ||
	       (word.length == 5 && !memcmp(word.bytes, WORD "\r", 5));
}

/* What parts words for U-Boot's shell */
static bool is_gap(uint8_t byte)
{
	return byte == ' ' || byte == '\n';
}

/* The next word at *from; of length 0 if there is none. */
static struct text next_word(struct text list, size_t *from)
{
	size_t start;

	while (*from < list.length && is_gap(list.bytes[*from]))
		++*from;
	if (*from == list.length)
		return (struct text){ NULL, 0 };
	start = *from;
	while (*from < list.length && !is_gap(list.bytes[*from]))
		++*from;
	return (struct text){ list.bytes + start, *from - start };
}

/* The next word that is neither ours nor a bare carriage return, which names nothing */
static struct text next_foreign(struct text list, size_t *from)
{
	struct text word;

	do
		word = next_word(list, from);
	while (word.length && (is_word(word) || (word.length == 1 && *word.bytes == '\r')));
	return word;
}

static bool same_text(struct text a, struct text b)
{
	return a.length == b.length && (!a.length || !memcmp(a.bytes, b.bytes, a.length));
}

static bool same_foreign_words(struct text a, struct text b)
{
	size_t at_a = 0, at_b = 0;
	struct text one, other;

	do {
		one = next_foreign(a, &at_a);
		other = next_foreign(b, &at_b);
		if (!same_text(one, other))
			return false;
	} while (one.length);
	return true;
}

static bool asks_for_word(struct text list)
{
	struct text word;
	size_t at = 0;

	do {
		word = next_word(list, &at);
		if (word.length == 4 && is_word(word))
			return true;
	} while (word.length);
	return false;
}

/* All variables of one but the list have the same value in the other. */
static bool covers(const struct import *one, const struct import *other, const char *list)
{
	char name[IMPORT_MAX_BYTES + 1];

	for (size_t i = 0; i < one->count; i++) {
		struct text variable = one->variable[i].name;

		memcpy(name, variable.bytes, variable.length);
		name[variable.length] = 0;
		if (strcmp(name, list) && !same_text(one->variable[i].value, import_value(other, name)))
			return false;
	}
	return true;
}

/* The next line, with its end, that does not speak of the list; of length 0 if there is none */
static struct text next_other_line(struct text all, size_t *from, const char *list)
{
	while (*from < all.length) {
		const uint8_t *start = all.bytes + *from;
		const uint8_t *end = memchr(start, '\n', all.length - *from);
		size_t length = end ? (size_t)(end - start) : all.length - *from;

		*from += length + 1;
		if (!memmem(start, length, list, strlen(list)) && length)
			return (struct text){ start, length };
	}
	return (struct text){ NULL, 0 };
}

static bool same_other_lines(struct text a, struct text b, const char *list)
{
	size_t at_a = 0, at_b = 0;
	struct text one, other;

	do {
		one = next_other_line(a, &at_a, list);
		other = next_other_line(b, &at_b, list);
		if (!same_text(one, other))
			return false;
	} while (one.length);
	return true;
}

static bool is_garbage(struct text all)
{
	for (size_t i = 0; i < all.length; i++) {
		uint8_t byte = all.bytes[i];

		if ((byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r') ||
		    byte == 127 || byte >= 254)
			return true;
	}
	return false;
}

/* Damaged, cut short or continued by U-Boot's rules, or with an escape in the list itself */
static bool may_refuse(struct text all, const struct import *before, const char *list)
{
	return before->aborted || before->open_ended ||
	       (memchr(all.bytes, '\\', all.length) &&
		memmem(all.bytes, all.length, list, strlen(list)));
}

static void must_keep(const char *verb, struct text all, const struct import *before,
		      const struct answer *answer, const struct import *after, const char *list)
{
	struct text out = { answer->bytes, answer->length };
	bool added = !strcmp(verb, "add");

	must(!answer->length || answer->bytes[answer->length - 1] == '\n', "no line end at the end");
	must(asks_for_word(import_value(after, list)) == added, "U-Boot sees the wrong thing");
	must(covers(before, after, list) && covers(after, before, list), "another variable differs");
	must(same_foreign_words(import_value(before, list), import_value(after, list)),
	     "other overlays differ");
	must(same_other_lines(all, out, list), "another line differs");
}

/* One verb on one text, and once more on what came out; false if it was refused */
static bool try_verb(const char *verb, const char *list, struct text all, struct answer *answer)
{
	static struct import before, after;
	static struct answer again;

	ask(answer, verb, WORD, list, all.bytes, all.length);
	must(import_text(&before, all.bytes, all.length), "the oracle has no room");
	must(answer->status == 0 || answer->status == 1, "another exit status than 0 or 1");
	must(!is_garbage(all) || answer->status == 1, "it takes a damaged file");
	if (answer->status == 1) {
		must(!answer->length, "it refuses, but prints");
		must(is_garbage(all) || may_refuse(all, &before, list), "it refuses without a reason");
		return false;
	}
	must(import_text(&after, answer->bytes, answer->length), "the oracle has no room");
	must_keep(verb, all, &before, answer, &after, list);
	ask(&again, verb, WORD, list, answer->bytes, answer->length);
	must(again.status == 0 && same_text((struct text){ answer->bytes, answer->length },
					    (struct text){ again.bytes, again.length }),
	     "a second time changes it");
	return true;
}

static void try_get(const char *variable, struct text all)
{
	static struct import known;
	static struct answer got;
	struct text value;

	ask(&got, "get", variable, NULL, all.bytes, all.length);
	must(import_text(&known, all.bytes, all.length), "the oracle has no room");
	value = import_value(&known, variable);
	if (is_garbage(all)) {
		must(got.status == 1 && !got.length, "it takes a damaged file");
		return;
	}
	must(got.status == 0, "it refuses to get");
	must(got.length == (value.length ? value.length + 1 : 0) &&
	     (!value.length || !memcmp(got.bytes, value.bytes, value.length)), "it gets another value");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct answer with, without;
	const char *list = lists[length % 2];
	struct text all = { bytes, length };

	if (length > IMPORT_MAX_BYTES / 2)
		return 0;
	try_get(list, all);
	if (try_verb("add", list, all, &with))
		try_verb("remove", list, (struct text){ with.bytes, with.length }, &without);
	else
		try_verb("remove", list, all, &without);
	return 0;
}
