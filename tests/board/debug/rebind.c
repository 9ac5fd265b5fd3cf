// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does a driver let go of its device while somebody reads from it, and take it again?
 *
 * Each cycle binds the driver, starts a reader in another process (of a buffer or of a raw value),
 * unbinds the driver in the middle of it, and wants the reader to end by itself.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DRIVER		"/sys/bus/spi/drivers/ti-ads1220"
#define PATIENCE_ms	20000
#define SCAN_BYTES	128	/* more than any scan: 17 channels of 4 bytes and a timestamp */

static const char *device;	/* such as spi0.0 */
static char iio[320];		/* its folder of attributes */
static int cycle;

static void die(const char *object, const char *cause)
{
	fprintf(stderr, "rebind: cycle %d: %s: %s\n", cycle, object, cause);
	exit(EXIT_FAILURE);
}

static void put(const char *folder, const char *name, const char *text)
{
	char path[640];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path, strerror(errno));
	close(fd);
}

/* find_iio: the driver has made its device by the time that the write to 'bind' returns */
static void find_iio(void)
{
	char folder[64];
	struct dirent *entry;
	DIR *dir;

	snprintf(folder, sizeof(folder), "/sys/bus/spi/devices/%s", device);
	dir = opendir(folder);
	if (!dir)
		die(folder, strerror(errno));
	do {
		entry = readdir(dir);
	} while (entry && strncmp(entry->d_name, "iio:device", 10));
	if (!entry)
		die(folder, "no iio:device after bind");
	snprintf(iio, sizeof(iio), "%s/%s", folder, entry->d_name);
	closedir(dir);
}

/* In every other cycle all channels and the timestamp, in the others one. */
static void enable_channels(void)
{
	char folder[400], name[300];
	struct dirent *entry;
	int enabled = 0;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/scan_elements", iio);
	dir = opendir(folder);
	if (!dir)
		die(folder, strerror(errno));
	while ((entry = readdir(dir))) {
		const char *ending = strrchr(entry->d_name, '_');

		if (!ending || strcmp(ending, "_en") || (enabled && cycle % 2))
			continue;
		if (cycle % 2 && !strncmp(entry->d_name, "in_timestamp", 12))
			continue;
		snprintf(name, sizeof(name), "%s", entry->d_name);
		put(folder, name, "1");
		enabled++;
	}
	closedir(dir);
	if (!enabled)
		die(folder, "no channel to enable");
}

static void start_capture(void)
{
	static const char * const rates_hz[] = { "600", "330", "175" };

	put(iio, "sampling_frequency", rates_hz[cycle % 3]);
	enable_channels();
	put(iio, "buffer/length", "64");
	put(iio, "buffer/enable", "1");
}

/* Both readers say once that they have something, and end with the errno that stopped them. */
static int read_capture(int pipe_fd)
{
	char path[64], scan[SCAN_BYTES];
	int fd;

	snprintf(path, sizeof(path), "/dev/%s", strrchr(iio, '/') + 1);
	fd = open(path, O_RDONLY);
	if (fd < 0 || read(fd, scan, sizeof(scan)) <= 0 || write(pipe_fd, "r", 1) != 1)
		return errno ? errno : EPIPE;
	while (read(fd, scan, sizeof(scan)) > 0)
		;
	return errno;
}

static int read_raw(int pipe_fd)
{
	char path[400], text[32];
	int first = 1;

	snprintf(path, sizeof(path), "%s/in_temp_raw", iio);
	for (;;) {
		int fd = open(path, O_RDONLY);

		if (fd < 0 || read(fd, text, sizeof(text)) <= 0)
			return errno;
		close(fd);
		if (first && write(pipe_fd, "r", 1) != 1)
			return errno;
		first = 0;
	}
}

static pid_t start_reader(int (*reader)(int pipe_fd), int *pipe_fd)
{
	int ends[2];
	pid_t pid;

	if (pipe(ends))
		die("pipe", strerror(errno));
	pid = fork();
	if (pid < 0)
		die("fork", strerror(errno));
	if (!pid) {
		close(ends[0]);
		errno = 0;
		_exit(reader(ends[1]));
	}
	close(ends[1]);
	*pipe_fd = ends[0];
	return pid;
}

/* await: something to read from the pipe, or its end, within PATIENCE_ms */
static void await(int pipe_fd, pid_t pid, const char *what)
{
	struct pollfd poll_fd = { .fd = pipe_fd, .events = POLLIN };

	if (poll(&poll_fd, 1, PATIENCE_ms) == 1)
		return;
	kill(pid, SIGKILL);
	die(what, "not within 20 s");
}

static void expect_end(int pipe_fd, pid_t pid)
{
	char path[96];
	int status;

	await(pipe_fd, pid, "the reader's end after unbind");
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		die("the reader", "did not exit");
	/* A file that is gone is the same answer, to a reader who opens it each time. */
	if (WEXITSTATUS(status) != ENODEV && WEXITSTATUS(status) != ENOENT)
		die("the reader", strerror(WEXITSTATUS(status)));
	snprintf(path, sizeof(path), DRIVER "/%s", device);
	if (!access(path, F_OK))
		die(path, "still bound after unbind");
}

static void run_cycle(int capture)
{
	int pipe_fd;
	pid_t pid;
	char byte;

	put(DRIVER, "bind", device);
	find_iio();
	if (capture)
		start_capture();
	pid = start_reader(capture ? read_capture : read_raw, &pipe_fd);
	await(pipe_fd, pid, "the first reading");
	if (read(pipe_fd, &byte, 1) != 1)
		die("the reader", "ended before its first reading");
	usleep(cycle % 7 * 1000);
	put(DRIVER, "unbind", device);
	expect_end(pipe_fd, pid);
	close(pipe_fd);
}

int main(int argc, char **argv)
{
	int cycles = argc == 4 ? atoi(argv[3]) : 0;
	int capture;

	if (cycles < 1 || (strcmp(argv[1], "capture") && strcmp(argv[1], "raw"))) {
		fprintf(stderr, "Usage: rebind capture|raw DEVICE CYCLES    (the driver is not bound to it)\n");
		return 2;
	}
	capture = !strcmp(argv[1], "capture");
	device = argv[2];
	for (cycle = 0; cycle < cycles; cycle++)
		run_cycle(capture);
	printf("%d cycles\n", cycles);
	return EXIT_SUCCESS;
}
