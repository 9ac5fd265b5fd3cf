// SPDX-License-Identifier: GPL-2.0-or-later
/* What does this machine tell of a converter beside what IIO does? */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"
#include "text.h"

#define DEVICES	"/sys/bus/iio/devices/"
#define PATH_LENGTH 512
#define PIECE 4096

/* a property of a node of the tree */
#define PROPERTY_LENGTH 64

/* The first column is "45:"; one for each processor follows, and then what is no number alone. */
static uint64_t sum_of_counts(const char *line)
{
	const char *at = strchr(line, ':') + 1;
	uint64_t sum = 0;

	for (;;) {
		char *end;
		const unsigned long long count = strtoull(at, &end, 10);

		if (end == at || !isspace((unsigned char)*end))
			return sum;
		sum += count;
		at = end;
	}
}

/* Names come last, more than one with commas and blanks between. */
static bool is_called(const char *line, size_t length, const char *name)
{
	const size_t wanted = strlen(name);

	for (const char *at = line;
	     (at = memmem(at, length - (size_t)(at - line), name, wanted)); at++) {
		const char after = at + wanted < line + length ? at[wanted] : '\n';

		if (at > line && at[-1] == ' ' && (after == '\n' || after == ','))
			return true;
	}
	return false;
}

bool interrupts_in(const char *text, const char *name, uint64_t *count)
{
	bool found = false;

	*count = 0;
	while (*name && *text) {
		const size_t length = strcspn(text, "\n");

		if (memchr(text, ':', length) && is_called(text, length, name)) {
			*count += sum_of_counts(text);
			found = true;
		}
		text += length + (text[length] == '\n');
	}
	return found;
}

size_t pins_in(const char *id, uint32_t pins[MACHINE_PINS_MAX])
{
	size_t count = 0;

	while (*id && count < MACHINE_PINS_MAX) {
		char *end;

		id += strcspn(id, "0123456789");
		if (!*id)
			break;
		pins[count++] = (uint32_t)strtoul(id, &end, 10);
		id = end;
	}
	return count;
}

/* The device is a folder within that of the SPI device, whose name the interrupt has. */
bool machine_parent(const char *device_id, char name[MACHINE_NAME_MAX])
{
	char path[PATH_LENGTH], target[PATH_LENGTH];
	ssize_t length;
	char *end;

	snprintf(path, sizeof(path), DEVICES "%s", device_id);
	length = readlink(path, target, sizeof(target) - 1);
	if (length < 0)
		return false;
	target[length] = '\0';
	end = strrchr(target, '/');
	if (!end)
		return false;
	*end = '\0';
	end = strrchr(target, '/');
	snprintf(name, MACHINE_NAME_MAX, "%.*s", MACHINE_NAME_MAX - 1, end ? end + 1 : target);
	return true;
}

/* Files in /proc and /sys have no length before they are read; a zero ends what was in one. */
static bool read_whole(const char *path, struct text *text)
{
	FILE *file = fopen(path, "re");
	size_t taken = file != NULL;

	while (taken) {
		char *at = text_reserve(text, PIECE);

		taken = at ? fread(at, 1, PIECE, file) : 0;
		text->length += taken;
	}
	if (file)
		fclose(file);
	text_char(text, '\0');
	return file && !text->lost;
}

bool machine_interrupts(const char *device_id, uint64_t *count)
{
	char name[MACHINE_NAME_MAX];
	struct text text = { 0 };
	bool found;

	if (!machine_parent(device_id, name))
		return false;
	found = read_whole("/proc/interrupts", &text) && interrupts_in(text.bytes, name, count);
	text_free(&text);
	return found;
}

/* Cells of the device tree are big endian. */
static uint32_t cell_at(const char *bytes)
{
	const unsigned char *at = (const unsigned char *)bytes;

	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool has_pins(const char *node, const char *property, const uint32_t *pins, size_t count)
{
	char path[PATH_LENGTH + PROPERTY_LENGTH];
	struct text cells = { 0 };
	bool same;

	snprintf(path, sizeof(path), "%s/%s", node, property);
	same = read_whole(path, &cells) && cells.length == 4 * count + 1;
	for (size_t i = 0; same && i < count; i++)
		same = cell_at(cells.bytes + 4 * i) == pins[i];
	text_free(&cells);
	return same;
}

static bool is_node_with(const char *property, const char *node, const uint32_t *pins, size_t count)
{
	char path[PATH_LENGTH + PROPERTY_LENGTH];

	snprintf(path, sizeof(path), "%s/%s", node, property);
	return access(path, F_OK) == 0 &&
	       has_pins(node, count == 1 ? "single-channel" : "diff-channels", pins, count);
}

bool machine_tree_has(const char *device_id, const char *channel_id, const char *property)
{
	uint32_t pins[MACHINE_PINS_MAX];
	const size_t count = pins_in(channel_id, pins);
	char tree[PATH_LENGTH / 2], node[PATH_LENGTH];
	struct dirent *entry;
	bool found = false;
	DIR *folder;

	snprintf(tree, sizeof(tree), DEVICES "%.64s/of_node", device_id);
	folder = count ? opendir(tree) : NULL;
	while (folder && !found && (entry = readdir(folder))) {
		if (strncmp(entry->d_name, "channel@", strlen("channel@")) != 0)
			continue;
		snprintf(node, sizeof(node), "%s/%.200s", tree, entry->d_name);
		found = is_node_with(property, node, pins, count);
	}
	if (folder)
		closedir(folder);
	return found;
}
