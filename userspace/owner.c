// SPDX-License-Identifier: GPL-2.0-or-later
/* Who may use a device of this machine, and who does? */
#define _GNU_SOURCE
#include <dirent.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "owner.h"

#define NODE_MAX 128

void owner_group(const char *device_id, char name[OWNER_NAME_MAX])
{
	char node[NODE_MAX];
	const struct group *group;
	struct stat file;

	snprintf(node, sizeof(node), "/dev/%s", device_id);
	group = stat(node, &file) == 0 && file.st_gid ? getgrgid(file.st_gid) : NULL;
	snprintf(name, OWNER_NAME_MAX, "%s", group ? group->gr_name : "iio");
}

static bool ends_with(const char *text, const char *ending)
{
	const size_t length = strlen(text), wanted = strlen(ending);

	return length >= wanted && strcmp(text + length - wanted, ending) == 0;
}

static bool has_open(int process, const char *node)
{
	char path[64], target[PATH_MAX];
	struct dirent *entry;
	bool found = false;
	DIR *folder;

	snprintf(path, sizeof(path), "/proc/%d/fd", process);
	folder = opendir(path);
	if (!folder)
		return false;
	while (!found && (entry = readdir(folder))) {
		const ssize_t length = readlinkat(dirfd(folder), entry->d_name, target,
						  sizeof(target) - 1);

		target[length < 0 ? 0 : length] = '\0';
		found = ends_with(target, node);
	}
	closedir(folder);
	return found;
}

static void name_process(int process, char name[OWNER_NAME_MAX])
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/comm", process);
	file = fopen(path, "re");
	if (!file || !fgets(name, OWNER_NAME_MAX, file))
		snprintf(name, OWNER_NAME_MAX, "?");
	if (file)
		fclose(file);
	name[strcspn(name, "\n")] = '\0';
}

int owner_process(const char *device_id, char name[OWNER_NAME_MAX])
{
	DIR *folder = opendir("/proc");
	char node[NODE_MAX];
	struct dirent *entry;
	int found = 0;

	snprintf(node, sizeof(node), "/dev/%s", device_id);
	while (folder && !found && (entry = readdir(folder))) {
		const int process = atoi(entry->d_name);

		if (process > 0 && process != getpid() && has_open(process, node))
			found = process;
	}
	if (folder)
		closedir(folder);
	if (found)
		name_process(found, name);
	return found;
}
