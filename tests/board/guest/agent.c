// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs one command on the board and tells the host, over the serial console, all it wrote and how
 * it ended: agent TTY COMMAND-FILE.
 */
#define _GNU_SOURCE	/* pipe2, ppoll */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "frame.h"

#define KLOG_CONSOLE_OFF	6	/* syslog(2): only a dying kernel still writes to the console */
#define ALIVE_NS	2000000000L
#define LEFTOVER_NS	200000000L	/* how long a child's children may still write after its end */

struct stream {
	enum frame_kind kind;
	int fd;
};

static int tty;

static void die(const char *object)
{
	fprintf(stderr, "agent: %s: %s\n", object, strerror(errno));
	exit(EXIT_FAILURE);
}

static void write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t written = write(fd, text, len);

		if (written < 0 && errno != EINTR)
			die("console");
		if (written > 0) {
			text += written;
			len -= (size_t)written;
		}
	}
}

static void send_frame(enum frame_kind kind, const void *data, size_t len)
{
	static unsigned int sequence;
	struct frame frame = { .kind = (char)kind, .sequence = sequence++, .len = len };
	char line[FRAME_LINE_MAX];

	memcpy(frame.data, data, len);
	write_all(tty, line, frame_print(&frame, line));
}

/* Takes the console for the frames alone; a line somebody left unfinished is ended. */
static void open_console(const char *path)
{
	struct termios mode;

	tty = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (tty < 0 || tcgetattr(tty, &mode) < 0)
		die(path);
	cfmakeraw(&mode);
	if (tcsetattr(tty, TCSANOW, &mode) < 0)
		die(path);
	klogctl(KLOG_CONSOLE_OFF, NULL, 0);
	write_all(tty, "\n", 1);
}

static pid_t start(const char *command, struct stream streams[2])
{
	int out[2], err[2];
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		die("pipe");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		setsid();
		dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		execl("/bin/sh", "sh", command, (char *)NULL);
		die("/bin/sh");
	}
	close(out[1]);
	close(err[1]);
	streams[0] = (struct stream){ FRAME_STDOUT, out[0] };
	streams[1] = (struct stream){ FRAME_STDERR, err[0] };
	return pid;
}

/* Sends what there is of one stream, and forgets the stream at its end. */
static void pass_on(struct stream *stream)
{
	char data[FRAME_DATA_MAX];
	ssize_t len = read(stream->fd, data, sizeof(data));

	if (len > 0) {
		send_frame(stream->kind, data, (size_t)len);
	} else if (len == 0 || errno != EINTR) {
		close(stream->fd);
		stream->fd = -1;
	}
}

/* Waits for either stream, a child's end or the time; returns 0 if it was the time. */
static int pass_on_both(struct stream streams[2], long timeout_ns)
{
	struct timespec timeout = { timeout_ns / 1000000000, timeout_ns % 1000000000 };
	struct pollfd fds[2] = {
		{ .fd = streams[0].fd, .events = POLLIN },
		{ .fd = streams[1].fd, .events = POLLIN },
	};
	sigset_t none;
	int ready;

	sigemptyset(&none);
	ready = ppoll(fds, 2, &timeout, &none);
	for (int i = 0; ready > 0 && i < 2; i++)
		if (fds[i].revents)
			pass_on(&streams[i]);
	return ready;
}

static void note_child(int signal)
{
	(void)signal;	/* ppoll returns: that is all it is for */
}

/* A child's end is only noticed inside ppoll, so that none falls between looking and waiting. */
static void watch_children(void)
{
	struct sigaction on_child = { .sa_handler = note_child };
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	sigaction(SIGCHLD, &on_child, NULL);
}

/* Passes both streams on until the command has ended and no more comes, and returns its status. */
static int attend(pid_t pid, struct stream streams[2])
{
	int status = 0, ended = 0;

	for (;;) {
		if (!ended)
			ended = waitpid(pid, &status, WNOHANG) == pid;
		if (ended && streams[0].fd < 0 && streams[1].fd < 0)
			break;
		if (pass_on_both(streams, ended ? LEFTOVER_NS : ALIVE_NS))
			continue;
		if (ended)
			break;
		send_frame(FRAME_ALIVE, "", 0);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	struct stream streams[2];
	char word[16];
	int status;

	if (argc != 3) {
		fprintf(stderr, "Usage: agent TTY COMMAND-FILE\n");
		return 2;
	}
	watch_children();
	open_console(argv[1]);
	send_frame(FRAME_BEGIN, "", 0);
	status = attend(start(argv[2], streams), streams);
	send_frame(FRAME_END, word, (size_t)snprintf(word, sizeof(word), "%d", status));
	tcdrain(tty);
	for (;;)
		pause();	/* the host ends the board: it cannot switch itself off */
}
