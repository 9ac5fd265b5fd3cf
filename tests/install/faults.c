// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What if one system call on the boot folder fails, or the power goes at it? To be preloaded.
 *
 * All programs of a run count the calls that change something below FAULT_BELOW in one file, mapped
 * from FAULT_COUNT. Call number FAULT_AT is done as FAULT_HOW says: an error's name (it is not done and
 * fails so), "short" (half of a write is done), "kill" (all die before it) or "kill_after" it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The next definition of a function: the C library's */
#define real(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "EIO", EIO },
	{ "ENOSPC", ENOSPC },
	{ "EROFS", EROFS },
	{ "EPERM", EPERM },
};

static bool is_below(const char *path)
{
	const char *below = getenv("FAULT_BELOW");

	return below && path && !strncmp(path, below, strlen(below));
}

static bool is_file_below(int file)
{
	char link[64], path[4096];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
	length = readlink(link, path, sizeof(path) - 1);
	if (length < 0)
		return false;
	path[length] = 0;
	return is_below(path);
}

static long next_number(void)
{
	int file = real(open)(getenv("FAULT_COUNT"), O_RDWR);
	_Atomic long *count = mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	long number;

	if (count == MAP_FAILED)
		abort();
	number = atomic_fetch_add(count, 1) + 1;
	munmap((void *)count, sizeof(*count));
	close(file);
	return number;
}

/* What befalls this call: NULL if nothing does */
static const char *fate(bool counts)
{
	const char *at = getenv("FAULT_AT");

	if (!counts || !at || next_number() != atol(at))
		return NULL;
	return getenv("FAULT_HOW");
}

/* true if the call is not to be done; errno is set then */
static bool spoilt(const char *how)
{
	if (!how)
		return false;
	if (!strcmp(how, "kill"))
		kill(0, SIGKILL);
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (!strcmp(how, errors[i].name)) {
			errno = errors[i].number;
			return true;
		}
	}
	return false;
}

static long after(const char *how, long result)
{
	if (how && !strcmp(how, "kill_after"))
		kill(0, SIGKILL);
	return result;
}

#define DO(counts, call) do {					\
	const char *how = fate(counts);				\
								\
	return spoilt(how) ? -1 : after(how, call);		\
} while (0)

#define CHANGES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

static mode_t mode_of(int flags, va_list arguments)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

static int open_below(int folder, const char *path, int flags, mode_t mode)
{
	DO((flags & CHANGES) && is_below(path), real(openat)(folder, path, flags, mode));
}

#define OPEN(name)						\
int name(const char *path, int flags, ...)			\
{								\
	va_list arguments;					\
	mode_t mode;						\
								\
	va_start(arguments, flags);				\
	mode = mode_of(flags, arguments);			\
	va_end(arguments);					\
	return open_below(AT_FDCWD, path, flags, mode);		\
}

OPEN(open)
OPEN(open64)

#define OPENAT(name)						\
int name(int folder, const char *path, int flags, ...)		\
{								\
	va_list arguments;					\
	mode_t mode;						\
								\
	va_start(arguments, flags);				\
	mode = mode_of(flags, arguments);			\
	va_end(arguments);					\
	return open_below(folder, path, flags, mode);		\
}

OPENAT(openat)
OPENAT(openat64)

ssize_t write(int file, const void *bytes, size_t count)
{
	const char *how = fate(is_file_below(file));

	if (how && !strcmp(how, "short") && count > 1)
		return real(write)(file, bytes, count / 2);
	return spoilt(how) ? -1 : after(how, real(write)(file, bytes, count));
}

ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t count,
			unsigned int flags)
{
	const char *how = fate(is_file_below(out));

	if (how && !strcmp(how, "short") && count > 20)
		return real(copy_file_range)(in, in_at, out, out_at, 20, flags);
	return spoilt(how) ? -1 :
	       after(how, real(copy_file_range)(in, in_at, out, out_at, count, flags));
}

int ftruncate(int file, off_t length)
{
	DO(is_file_below(file), real(ftruncate)(file, length));
}

int rename(const char *from, const char *to)
{
	DO(is_below(to), real(rename)(from, to));
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	DO(is_below(to), real(renameat)(from_folder, from, to_folder, to));
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags)
{
	DO(is_below(to), real(renameat2)(from_folder, from, to_folder, to, flags));
}

int unlink(const char *path)
{
	DO(is_below(path), real(unlink)(path));
}

int unlinkat(int folder, const char *path, int flags)
{
	DO(is_below(path), real(unlinkat)(folder, path, flags));
}

int mkdir(const char *path, mode_t mode)
{
	DO(is_below(path), real(mkdir)(path, mode));
}

int fsync(int file)
{
	DO(is_file_below(file), real(fsync)(file));
}

int fdatasync(int file)
{
	DO(is_file_below(file), real(fdatasync)(file));
}

int syncfs(int file)
{
	DO(is_file_below(file), real(syncfs)(file));
}

int fchmod(int file, mode_t mode)
{
	DO(is_file_below(file), real(fchmod)(file, mode));
}

int fchmodat(int folder, const char *path, mode_t mode, int flags)
{
	DO(is_below(path), real(fchmodat)(folder, path, mode, flags));
}

int fchown(int file, uid_t user, gid_t group)
{
	DO(is_file_below(file), real(fchown)(file, user, group));
}

int fchownat(int folder, const char *path, uid_t user, gid_t group, int flags)
{
	DO(is_below(path), real(fchownat)(folder, path, user, group, flags));
}

int futimens(int file, const struct timespec times[2])
{
	DO(is_file_below(file), real(futimens)(file, times));
}
