// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Watches a board run one command: starts the emulator, keeps its serial console in a file, gives
 * out what the command wrote and its status, and takes silence, a panic or a torn line for failure.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest/frame.h"

#define LINE_MAX_LEN	1024	/* longer than any frame */
#define TAIL_LINES	40	/* an oops of the kernel's is about as long */
#define HANG_LINES	20
#define NS_PER_S	1000000000LL
#define AFTERMATH_NS	(1 * NS_PER_S)	/* what a dying kernel still says */

enum exit_status {
	EXIT_MISUSE = 2,
	EXIT_HANG = 124,	/* timeout(1)'s word for it */
	EXIT_BROKEN = 125,	/* the board, not the command, went wrong */
};

struct config {
	const char *log;
	bool hurry;
	long silence_s;
	long whole_s;
	char **emulator;
};

/* What the guest says only when it will never come to the command, or must not go on with it. */
static const char * const last_words[] = {
	"Kernel panic - not syncing",
	"Internal error: ",
	"Unable to handle kernel ",
	"kernel BUG at ",
	"### ERROR ### Please RESET the board ###",
	"SCRIPT FAILED: continuing",
};

/* U-Boot counts down from 2 s for a key; the answer gets it on its way at once. */
static const struct {
	const char *prompt;
	const char *answer;
} answers[] = {
	{ "Hit any key to stop autoboot:", " " },
	{ "=> ", "boot\n" },
};

struct console {
	const struct config *config;
	pid_t emulator;
	int in;			/* the keyboard */
	int out;		/* the screen */
	int err;		/* the emulator's own messages */
	int log;
	size_t answered;	/* of answers[] */
	char line[LINE_MAX_LEN];
	size_t len;
	char tail[TAIL_LINES][LINE_MAX_LEN];
	unsigned int lines;
	bool begun;
	unsigned int sequence;
	int64_t started_ns;
	int64_t heard_ns;
	int64_t dying_ns;	/* when the first of the last words came, or 0 */
};

static volatile sig_atomic_t stopped_by;

static void say(const char *format, ...)
{
	va_list args;

	fputs("board: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void show_tail(const struct console *console, unsigned int count)
{
	unsigned int shown = console->lines < count ? console->lines : count;

	for (unsigned int i = console->lines - shown; i < console->lines; i++)
		fprintf(stderr, "| %s\n", console->tail[i % TAIL_LINES]);
	if (console->len)
		fprintf(stderr, "| %.*s\n", (int)console->len, console->line);
	fprintf(stderr, "hint: the whole console is in %s\n", console->config->log);
}

static void stop_emulator(struct console *console)
{
	if (console->emulator > 0) {
		kill(console->emulator, SIGKILL);
		kill(-console->emulator, SIGKILL);	/* and what it started */
		waitpid(console->emulator, NULL, 0);
		console->emulator = 0;
	}
}

static _Noreturn void finish(struct console *console, int status)
{
	stop_emulator(console);
	exit(status);
}

static _Noreturn void give_up(struct console *console, enum exit_status status, unsigned int lines)
{
	stop_emulator(console);
	show_tail(console, lines);
	exit(status);
}

static void write_all(int fd, const void *data, size_t len)
{
	for (const char *at = data; len > 0;) {
		ssize_t written = write(fd, at, len);

		if (written < 0 && errno != EINTR) {
			say("cannot write: %s", strerror(errno));
			exit(EXIT_BROKEN);	/* the emulator dies with us */
		}
		if (written > 0) {
			at += written;
			len -= (size_t)written;
		}
	}
}

static void on_signal(int signal)
{
	stopped_by = signal;
}

static void catch_signals(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* In the child: nothing of ours is left but its three streams, and it never outlives us. */
static _Noreturn void become_emulator(char **argv, pid_t parent, int in, int out, int err)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_BROKEN);
	setpgid(0, 0);		/* Ctrl-C is for us: we end it in our own way */
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	execvp(argv[0], argv);
	fprintf(stderr, "cannot start '%s': %s\n", argv[0], strerror(errno));
	_exit(EXIT_BROKEN);
}

static void start_emulator(struct console *console)
{
	pid_t parent = getpid();
	int in[2], out[2], err[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0 ||
	    (console->emulator = fork()) < 0) {
		say("cannot start the emulator: %s", strerror(errno));
		exit(EXIT_BROKEN);
	}
	if (console->emulator == 0)
		become_emulator(console->config->emulator, parent, in[0], out[1], err[1]);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	console->in = in[1];
	console->out = out[0];
	console->err = err[0];
}

static void remember(struct console *console, const char *line)
{
	snprintf(console->tail[console->lines++ % TAIL_LINES], LINE_MAX_LEN, "%s", line);
}

static void look_for_last_words(struct console *console, const char *line)
{
	for (size_t i = 0; i < sizeof(last_words) / sizeof(last_words[0]); i++)
		if (!console->dying_ns && strstr(line, last_words[i]))
			console->dying_ns = now_ns();
}

static void take_frame(struct console *console, const struct frame *frame)
{
	if (frame->kind == FRAME_BEGIN)
		console->begun = true;
	if (!console->begun || frame->sequence != console->sequence) {
		say("the console lost a line of the command's output: frame %u came, not %u",
		    frame->sequence, console->sequence);
		give_up(console, EXIT_BROKEN, HANG_LINES);
	}
	console->sequence++;
	switch (frame->kind) {
	case FRAME_STDOUT:
		write_all(STDOUT_FILENO, frame->data, frame->len);
		break;
	case FRAME_STDERR:
		write_all(STDERR_FILENO, frame->data, frame->len);
		break;
	case FRAME_END:
		finish(console, atoi((const char *)frame->data));
	}
}

static void take_line(struct console *console)
{
	struct frame frame = { 0 };

	while (console->len > 0 && console->line[console->len - 1] == '\r')
		console->len--;
	console->line[console->len] = '\0';
	console->len = 0;
	switch (frame_parse(&frame, console->line)) {
	case FRAME_WHOLE:
		take_frame(console, &frame);
		return;
	case FRAME_DAMAGED:
		remember(console, console->line);
		say("a line of the command's output was damaged on the console");
		give_up(console, EXIT_BROKEN, HANG_LINES);
	case FRAME_NONE:
		remember(console, console->line);
		look_for_last_words(console, console->line);
	}
}

/* A prompt is no line: it is looked for in what stands there unfinished. */
static void answer_prompt(struct console *console)
{
	size_t i = console->answered;

	if (!console->config->hurry || i == sizeof(answers) / sizeof(answers[0]))
		return;
	console->line[console->len] = '\0';
	if (!strncmp(console->line, answers[i].prompt, strlen(answers[i].prompt)) &&
	    write(console->in, answers[i].answer, strlen(answers[i].answer)) > 0)
		console->answered++;
}

static void take_byte(struct console *console, char byte)
{
	if (byte == '\n' || console->len == LINE_MAX_LEN - 1)
		take_line(console);
	if (byte != '\n')
		console->line[console->len++] = byte;
}

/* Returns false at the end of the emulator's output. */
static bool listen(struct console *console)
{
	char data[4096];
	ssize_t len = read(console->out, data, sizeof(data));

	if (len < 0)
		return errno == EINTR;
	write_all(console->log, data, (size_t)len);
	for (ssize_t i = 0; i < len; i++)
		take_byte(console, data[i]);
	answer_prompt(console);
	console->heard_ns = now_ns();
	return len > 0;
}

/* What the emulator itself has to say is said at once: it is about how it was started. */
static void pass_complaint(struct console *console)
{
	char data[4096];
	ssize_t len = read(console->err, data, sizeof(data));

	if (len > 0) {
		write_all(console->log, data, (size_t)len);
		write_all(STDERR_FILENO, data, (size_t)len);
	} else if (len == 0) {
		close(console->err);
		console->err = -1;
	}
}

static void check_time(struct console *console)
{
	const struct config *config = console->config;
	int64_t now = now_ns();

	if (console->dying_ns && now - console->dying_ns >= AFTERMATH_NS) {
		say("the guest has crashed:");
		give_up(console, EXIT_BROKEN, TAIL_LINES);
	}
	if (now - console->heard_ns >= config->silence_s * NS_PER_S) {
		say("no sign of life from the guest for %ld s%s", config->silence_s,
		    console->begun ? ", while the command ran" : "");
		give_up(console, EXIT_HANG, HANG_LINES);
	}
	if (now - console->started_ns >= config->whole_s * NS_PER_S) {
		say("the guest did not finish within %ld s%s", config->whole_s,
		    console->begun ? ": the command was still running" : "");
		give_up(console, EXIT_HANG, HANG_LINES);
	}
}

static void watch(struct console *console)
{
	bool talking = true;

	while (talking) {
		struct pollfd fds[2] = {
			{ .fd = console->out, .events = POLLIN },
			{ .fd = console->err, .events = POLLIN },
		};
		int ready = poll(fds, 2, 200);

		if (stopped_by) {
			say("stopped by signal %d", (int)stopped_by);
			finish(console, 128 + stopped_by);
		}
		if (ready > 0 && fds[1].revents)
			pass_complaint(console);
		if (ready > 0 && fds[0].revents)
			talking = listen(console);
		check_time(console);
	}
	while (console->err >= 0)
		pass_complaint(console);
	say("the emulator ended before the guest had said how the command went");
	give_up(console, EXIT_BROKEN, HANG_LINES);
}

static void print_help(void)
{
	puts("Usage: console [OPTION]... EMULATOR [ARGUMENT]...\n"
	     "Runs the emulator with its serial console on the standard streams, until the guest's\n"
	     "agent has told how its one command went; ends with the command's status, with 124 when\n"
	     "the guest hangs, with 125 when the guest or the emulator breaks.\n\n"
	     "  -h, --help             print this and end\n"
	     "  -j, --hurry            answer U-Boot's countdown at once\n"
	     "  -l, --log=FILE         keep the whole console there (default console.log)\n"
	     "  -s, --silence=SECONDS  the longest silence (default 120)\n"
	     "  -w, --whole=SECONDS    the longest run (default 600)");
}

static long parse_seconds(const char *text)
{
	char *end;
	long seconds = strtol(text, &end, 10);

	if (*end || end == text || seconds < 1 || seconds > 86400) {
		say("'%s' is no number of seconds from 1 to 86400", text);
		exit(EXIT_MISUSE);
	}
	return seconds;
}

static void parse_config(struct config *config, int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "hurry", no_argument, NULL, 'j' },
		{ "log", required_argument, NULL, 'l' },
		{ "silence", required_argument, NULL, 's' },
		{ "whole", required_argument, NULL, 'w' },
		{ 0 }
	};
	int option;

	while ((option = getopt_long(argc, argv, "+hjl:s:w:", options, NULL)) >= 0) {
		switch (option) {
		case 'h':
			print_help();
			exit(EXIT_SUCCESS);
		case 'j':
			config->hurry = true;
			break;
		case 'l':
			config->log = optarg;
			break;
		case 's':
			config->silence_s = parse_seconds(optarg);
			break;
		case 'w':
			config->whole_s = parse_seconds(optarg);
			break;
		default:
			exit(EXIT_MISUSE);
		}
	}
	config->emulator = argv + optind;
	if (!*config->emulator) {
		say("no emulator named; see console --help");
		exit(EXIT_MISUSE);
	}
}

int main(int argc, char **argv)
{
	struct config config = { .log = "console.log", .silence_s = 120, .whole_s = 600 };
	static struct console console;

	parse_config(&config, argc, argv);
	console.config = &config;
	unlink(config.log);	/* another run that writes there keeps its own file */
	console.log = open(config.log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (console.log < 0) {
		say("cannot open '%s': %s", config.log, strerror(errno));
		return EXIT_BROKEN;
	}
	catch_signals();
	console.started_ns = console.heard_ns = now_ns();
	start_emulator(&console);
	watch(&console);
}
