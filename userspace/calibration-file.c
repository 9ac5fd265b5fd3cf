// SPDX-License-Identifier: GPL-2.0-or-later
/* Where is the calibration file, and how does it change without ever being half written? */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calibration-file.h"

#define SYSTEM_PATH	"/etc/ads1220/cal.conf"
#define OWN_FOLDER	"ads1220"
#define FILE_NAME	"cal.conf"

/* The file, its folder held open and locked, and the name within. */
struct place {
	char path[PATH_MAX];
	const char *name;
	int folder;
};

__attribute__((format(printf, 3, 4))) static bool refuse(struct calibration_fault *fault,
							 const char *hint, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(fault->what, sizeof(fault->what), format, arguments);
	va_end(arguments);
	snprintf(fault->hint, sizeof(fault->hint), "%s", hint);
	return false;
}

static bool refuse_errno(struct calibration_fault *fault, const char *verb, const char *path)
{
	const char *hint = errno == EACCES || errno == EPERM || errno == EROFS ?
				   "--cal FILE takes a file of your own" :
				   "check the file and its folder with 'ls -l'";

	return refuse(fault, hint, "cannot %s '%.300s': %s", verb, path, strerror(errno));
}

/* False without a home: then there is only the system's. */
static bool own_path(char path[PATH_MAX])
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int length = -1;

	if (config && *config == '/')
		length = snprintf(path, PATH_MAX, "%s/" OWN_FOLDER "/" FILE_NAME, config);
	else if (home && *home == '/')
		length = snprintf(path, PATH_MAX, "%s/.config/" OWN_FOLDER "/" FILE_NAME, home);
	return length > 0 && length < PATH_MAX;
}

/* Reads until the end or the room for it is used up. */
static ssize_t read_all(int file, char *text, size_t room)
{
	size_t used = 0;
	ssize_t got;

	do {
		got = read(file, text + used, room - used);
		if (got > 0)
			used += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got < 0 ? -1 : (ssize_t)used;
}

/* A file that is not there is an empty text where that is allowed. */
static bool read_text(const char *path, bool may_be_missing, char text[CALIBRATION_TEXT_MAX],
		      struct calibration_fault *fault)
{
	const int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	text[0] = '\0';
	if (file < 0)
		return (may_be_missing && (errno == ENOENT || errno == ENOTDIR)) ||
		       refuse_errno(fault, "open", path);
	length = read_all(file, text, CALIBRATION_TEXT_MAX);
	close(file);
	if (length < 0)
		return refuse_errno(fault, "read", path);
	if (length == CALIBRATION_TEXT_MAX || memchr(text, '\0', (size_t)length))
		return refuse(fault, "move it away, and calibrate anew",
			      "'%.300s' is no calibration file", path);
	text[length] = '\0';
	return true;
}

static enum calibration_status find_in(const char *path, const char *text, const char *label,
				       struct calibration *calibration,
				       struct calibration_fault *fault)
{
	struct calibration_error error;
	const enum calibration_status status = calibration_find(text, label, calibration, &error);

	if (status == CALIBRATION_BAD)
		refuse(fault, "mend that line, or move the file away", "'%.250s', line %u: %s",
		       path, error.line, error.what);
	return status;
}

static enum calibration_status load_from(const char *path, bool may_be_missing, const char *label,
					 struct calibration *calibration,
					 struct calibration_fault *fault)
{
	char text[CALIBRATION_TEXT_MAX];

	if (!read_text(path, may_be_missing, text, fault))
		return CALIBRATION_BAD;
	return find_in(path, text, label, calibration, fault);
}

enum calibration_status calibration_load(const char *path, bool may_be_missing, const char *label,
					 struct calibration *calibration,
					 struct calibration_fault *fault)
{
	enum calibration_status status = CALIBRATION_NONE;
	char own[PATH_MAX];

	if (path)
		return load_from(path, may_be_missing, label, calibration, fault);
	if (own_path(own))
		status = load_from(own, true, label, calibration, fault);
	if (status == CALIBRATION_NONE)
		status = load_from(SYSTEM_PATH, true, label, calibration, fault);
	return status;
}

/* Where a change goes to; a link is followed, so that it stays one. */
static bool choose_path(const char *path, char chosen[PATH_MAX], struct calibration_fault *fault)
{
	char own[PATH_MAX];

	if (!path && geteuid() == 0)
		path = SYSTEM_PATH;
	if (!path && own_path(own))
		path = own;
	if (!path)
		return refuse(fault, "set HOME, or name a file with --cal FILE",
			      "there is no home for a calibration file");
	if (realpath(path, chosen))
		return true;
	if (errno != ENOENT)
		return refuse_errno(fault, "open", path);
	if (strlen(path) >= PATH_MAX)
		return refuse(fault, "--cal FILE takes a shorter one", "'%.60s...' is too long",
			      path);
	memcpy(chosen, path, strlen(path) + 1);
	return true;
}

static bool make_folders(char *path, struct calibration_fault *fault)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		bool there;

		*slash = '\0';
		there = mkdir(path, 0755) == 0 || errno == EEXIST;
		if (!there)
			refuse_errno(fault, "make the folder", path);
		*slash = '/';
		if (!there)
			return false;
	}
	return true;
}

/* Opens the file's folder, and waits until nobody else changes a file in it. */
static bool enter(const char *path, struct place *place, struct calibration_fault *fault)
{
	char *slash;

	if (!choose_path(path, place->path, fault) || !make_folders(place->path, fault))
		return false;
	slash = strrchr(place->path, '/');
	place->name = slash ? slash + 1 : place->path;
	if (slash)
		*slash = '\0';
	place->folder = open(slash ? (slash == place->path ? "/" : place->path) : ".",
			     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (slash)
		*slash = '/';
	if (place->folder < 0)
		return refuse_errno(fault, "open the folder of", place->path);
	if (flock(place->folder, LOCK_EX) == 0)
		return true;
	refuse_errno(fault, "lock the folder of", place->path);
	close(place->folder);
	return false;
}

static bool write_all(int file, const char *text, size_t length)
{
	while (length) {
		const ssize_t written = write(file, text, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			text += written;
			length -= (size_t)written;
		}
	}
	return true;
}

/* The new file is its owner's as the old one was, where one may give it to them. */
static bool take_after(int file, const struct place *place)
{
	struct stat old;

	if (fstatat(place->folder, place->name, &old, 0))
		return errno == ENOENT;
	if (fchown(file, old.st_uid, old.st_gid) && errno != EPERM)
		return false;
	return fchmod(file, old.st_mode & 07777) == 0;
}

static bool write_file(const struct place *place, const char *name, const char *text)
{
	const int file = openat(place->folder, name,
				O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	bool written;

	if (file < 0)
		return false;
	written = write_all(file, text, strlen(text)) && take_after(file, place) &&
		  fsync(file) == 0;
	return close(file) == 0 && written;
}

/* Under the lock one name is enough for the new file, and a killed run's is written over. */
static bool replace(const struct place *place, const char *text, struct calibration_fault *fault)
{
	char new_name[NAME_MAX + 1];

	if (strlen(place->name) + sizeof(".new") > sizeof(new_name))
		return refuse(fault, "--cal FILE takes a shorter one", "'%.60s...' is too long",
			      place->name);
	snprintf(new_name, sizeof(new_name), "%s.new", place->name);
	if (write_file(place, new_name, text) &&
	    renameat(place->folder, new_name, place->folder, place->name) == 0 &&
	    fsync(place->folder) == 0)
		return true;
	refuse_errno(fault, "write", place->path);
	unlinkat(place->folder, new_name, 0);
	return false;
}

static bool save_in(const struct place *place, const char *label,
		    const struct calibration *calibration, struct calibration_fault *fault)
{
	char text[CALIBRATION_TEXT_MAX], changed[CALIBRATION_TEXT_MAX];
	struct calibration before;

	if (!read_text(place->path, true, text, fault) ||
	    find_in(place->path, text, label, &before, fault) == CALIBRATION_BAD)
		return false;
	if (!calibration_change(text, label, calibration, changed))
		return refuse(fault, "take out what is no longer needed",
			      "'%.300s' would be too long", place->path);
	return replace(place, changed, fault);
}

bool calibration_save(const char *path, const char *label, const struct calibration *calibration,
		      struct calibration_fault *fault)
{
	struct place place;
	bool saved;

	if (!calibration_label_fits(label))
		return refuse(fault, "give the channel a name: CHANNEL=NAME",
			      "'%.60s' cannot stand in a calibration file", label);
	if (!enter(path, &place, fault))
		return false;
	saved = save_in(&place, label, calibration, fault);
	close(place.folder);
	return saved;
}
