// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is every element of a capture what the chip converted, in order, also when something breaks?
 *
 * capture-check LABEL [NAME=VALUE]... CHANNEL... runs one capture of an ADS1220 whose results are
 * numbered (test=on, tests/board/qemu/README.md) and prints one line: LABEL and NAME=NUMBER... Elements
 * before the fault, while it is there and after it are counted apart.
 */
#define _GNU_SOURCE	/* asprintf */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <sched.h>
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

#include "numbers.h"
#include "port.h"

#define IIO		"/sys/bus/iio/devices/iio:device0"
#define COUNTERS	"/sys/kernel/debug/iio/iio:device0"
#define CHIP		"/machine/ads1220"
#define CHANNELS_MAX	24
#define SECOND_NS	INT64_C(1000000000)
#define MS_NS		INT64_C(1000000)
#define SETTLED_NS	(300 * MS_NS)	/* after a fault: from then on nothing may be lost */

struct input {
	const char *name;
	unsigned int mux;	/* data sheet section 8.6 */
};

static const struct input inputs[] = {
	{ "voltage0", 8 }, { "voltage1", 9 }, { "voltage2", 10 }, { "voltage3", 11 },
	{ "voltage0-voltage1", 0 }, { "voltage0-voltage2", 1 }, { "voltage0-voltage3", 2 },
	{ "voltage1-voltage2", 3 }, { "voltage1-voltage3", 4 }, { "voltage2-voltage3", 5 },
	{ "voltage1-voltage0", 6 }, { "voltage3-voltage2", 7 }, { "temp", TEMPERATURE },
	{ "voltage100", 13 }, { "voltage101", 12 }, { "voltage103-voltage103", 14 },
};

#define INPUTS	(sizeof(inputs) / sizeof(*inputs))

struct instrument {
	const char *name, *path, *member;
};

static const struct instrument instruments[] = {
	{ "transfers", "/machine/soc/spi1", "transfers" },
	{ "bytes", "/machine/soc/spi1", "bytes" },
	{ "interrupts", "/machine/soc/pio", "eint0" },
	{ "conversions", CHIP, "conversions" },
	{ "unread", CHIP, "unread" },
};

#define INSTRUMENTS	(sizeof(instruments) / sizeof(*instruments))

/* Of the driver's; all but the first two say that something was noticed. */
static const char *const counters[] = {
	"samples", "overflows", "dropped", "missed", "early", "late", "stalls", "bus_errors",
	"mismatches", "restarts", "retries",
};

#define COUNTERS_N	(sizeof(counters) / sizeof(*counters))
#define TROUBLES	2

enum phase { BEFORE, FAULT, AFTER, PHASES };

struct window {
	struct counts counts;
	unsigned long scans, backwards;
	int64_t first_ns, last_ns, least_ns, most_ns;
};

static const char *const window_names[PHASES] = { "", "fault_", "after_" };

/* What can be said as NAME=VALUE */
static struct {
	const char *rate, *trigger, *fire, *fault;
	unsigned long scans, after, watermark, length, pause_ms, fault_ms, hog_us, chaos, period_ps,
		timeout_s;
} config = { .scans = 1000, .watermark = 64, .length = 4096, .timeout_s = 60 };

static struct channel {
	const struct input *input;
	unsigned int index;
} channels[CHANNELS_MAX];

static unsigned int channel_count;
static size_t stamp_at, scan_size;
static struct window windows[PHASES];
static enum phase phase;
static uint32_t number = NUMBERS;	/* of the element before; NUMBERS: there was none */
static int64_t stamp_ns;
static int64_t fault_ns, mended_ns, noticed_ns, error_ns, recovered_ns, next_chaos_ns;
static double grid_least_ns, grid_most_ns;
static unsigned long errors;
static unsigned long long counts_from[COUNTERS_N];

static void __attribute__((noreturn, format(printf, 1, 2))) die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "capture-check: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	exit(EXIT_FAILURE);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND_NS + now.tv_nsec;
}

/* put PATH TEXT; returns 0 or an errno */
static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		error = errno;
	close(fd);
	return error;
}

static void must_put(const char *name, const char *text)
{
	char path[256];
	int error;

	snprintf(path, sizeof(path), IIO "/%s", name);
	error = put(path, text);
	if (error)
		die("cannot write '%s' to %s: %s", text, path, strerror(error));
}

static void must_put_number(const char *name, unsigned long value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", value);
	must_put(name, text);
}

static unsigned long long get_number(const char *folder, const char *name)
{
	char path[256], text[32] = "";
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		die("cannot read %s: %s", path, strerror(errno));
	close(fd);
	return strtoull(text, NULL, 10);
}

static void set_fault(const char *fault)
{
	char request[128];
	const char *answer;

	snprintf(request, sizeof(request), "set " CHIP " fault %s", fault);
	answer = port_request(request);
	if (*answer == '!')
		die("fault '%s': %s", fault, answer + 2);
}

/* The options */

static const struct {
	const char *name;
	const char **text;
	unsigned long *number;
} options[] = {
	{ "rate", &config.rate, NULL },
	{ "trigger", &config.trigger, NULL },
	{ "fire", &config.fire, NULL },
	{ "fault", &config.fault, NULL },
	{ "scans", NULL, &config.scans },
	{ "after", NULL, &config.after },
	{ "watermark", NULL, &config.watermark },
	{ "length", NULL, &config.length },
	{ "pause_ms", NULL, &config.pause_ms },
	{ "fault_ms", NULL, &config.fault_ms },
	{ "hog_us", NULL, &config.hog_us },
	{ "chaos", NULL, &config.chaos },
	{ "period_ps", NULL, &config.period_ps },
	{ "timeout_s", NULL, &config.timeout_s },
};

static void parse_option(const char *word, size_t name_len)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		if (strlen(options[i].name) != name_len || strncmp(options[i].name, word, name_len))
			continue;
		if (options[i].text)
			*options[i].text = word + name_len + 1;
		else
			*options[i].number = strtoul(word + name_len + 1, NULL, 10);
		return;
	}
	die("there is no option '%s'", word);
}

static void add_channel(const char *name)
{
	char element[64];
	struct channel new = { .input = NULL };
	unsigned int at = channel_count;

	for (size_t i = 0; i < INPUTS; i++)
		if (!strcmp(inputs[i].name, name))
			new.input = &inputs[i];
	if (!new.input || channel_count == CHANNELS_MAX)
		die("there is no channel '%s'", name);
	snprintf(element, sizeof(element), "in_%s_index", name);
	new.index = get_number(IIO "/scan_elements", element);
	for (; at > 0 && channels[at - 1].index > new.index; at--)
		channels[at] = channels[at - 1];
	channels[at] = new;
	channel_count++;
}

static void parse(int argc, char **argv)
{
	for (int i = 2; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');

		if (equals)
			parse_option(argv[i], equals - argv[i]);
		else
			add_channel(argv[i]);
	}
	if (!channel_count)
		die("no channel to capture");
	stamp_at = (4 * channel_count + 7) / 8 * 8;
	scan_size = stamp_at + 8;
}

/* The device */

static void disable_elements(void)
{
	DIR *folder = opendir(IIO "/scan_elements");
	struct dirent *entry;
	char path[320];

	if (!folder)
		die(IIO "/scan_elements: %s", strerror(errno));
	while ((entry = readdir(folder))) {
		size_t len = strlen(entry->d_name);

		if (len < 3 || strcmp(entry->d_name + len - 3, "_en"))
			continue;
		snprintf(path, sizeof(path), "scan_elements/%s", entry->d_name);
		must_put(path, "0");
	}
	closedir(folder);
}

static void set_up(void)
{
	char name[96];

	must_put("current_timestamp_clock", "monotonic");
	if (config.rate)
		must_put("sampling_frequency", config.rate);
	must_put("trigger/current_trigger", config.trigger ? config.trigger : "ads1220-dev0");
	disable_elements();
	for (unsigned int i = 0; i < channel_count; i++) {
		snprintf(name, sizeof(name), "scan_elements/in_%s_en", channels[i].input->name);
		must_put(name, "1");
	}
	must_put("scan_elements/in_timestamp_en", "1");
	must_put_number("buffer/watermark", 1);
	must_put_number("buffer/length", config.length);
	must_put_number("buffer/watermark", config.watermark);
}

/* The elements */

static void check_stamp(struct window *window, int64_t at_ns)
{
	int64_t interval_ns = at_ns - stamp_ns;

	if (stamp_ns && interval_ns <= 0)
		window->backwards++;
	if (window->scans) {
		if (!window->least_ns || interval_ns < window->least_ns)
			window->least_ns = interval_ns;
		if (interval_ns > window->most_ns)
			window->most_ns = interval_ns;
	} else {
		window->first_ns = at_ns;
	}
	window->last_ns = at_ns;
	stamp_ns = at_ns;
}

/* How far the times are from those of conversions that follow each other: most less least */
static void check_grid(int64_t at_ns)
{
	static uint32_t last_number;
	static int64_t first_ns;
	static uint64_t conversions;
	double off;

	if (!config.period_ps)
		return;
	if (!first_ns) {
		first_ns = at_ns;
		last_number = number;
	}
	conversions += (number - last_number) % NUMBERS;
	last_number = number;
	off = at_ns - first_ns - conversions * (config.period_ps / 1e3);
	if (off < grid_least_ns)
		grid_least_ns = off;
	if (off > grid_most_ns)
		grid_most_ns = off;
}

static enum phase phase_of(int64_t at_ns)
{
	if (!fault_ns || at_ns < fault_ns)
		return BEFORE;
	return mended_ns && at_ns > mended_ns + SETTLED_NS ? AFTER : FAULT;
}

static void check_scan(const uint8_t *scan)
{
	struct window *window;
	int64_t at_ns;

	memcpy(&at_ns, scan + stamp_at, sizeof(at_ns));
	window = &windows[phase_of(at_ns)];
	for (unsigned int i = 0; i < channel_count; i++) {
		uint32_t value;

		memcpy(&value, scan + 4 * i, sizeof(value));
		if (channels[i].input->mux == TEMPERATURE)
			numbers_follow_temperature(&window->counts, &number, value);
		else
			numbers_follow_voltage(&window->counts, &number,
					       channels[i].input->mux, value);
	}
	check_stamp(window, at_ns);
	check_grid(at_ns);
	window->scans++;
	if (mended_ns && !recovered_ns && at_ns > mended_ns)
		recovered_ns = at_ns;
}

/* Reads what there is, or waits a moment for it. */
static void take(int fd, int wait_ms)
{
	static uint8_t scans[64 * 1024];
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	size_t len = config.watermark * scan_size;
	ssize_t got;

	if (poll(&ready, 1, wait_ms) <= 0)
		return;
	got = read(fd, scans, len < sizeof(scans) ? len : sizeof(scans) / scan_size * scan_size);
	if (got < 0 && errno == EIO) {
		if (!errors++)
			error_ns = now_ns();
		usleep(1000);
		return;
	}
	if (got < 0 && errno != EAGAIN)
		die("read: %s", strerror(errno));
	for (ssize_t at = 0; at + (ssize_t)scan_size <= got; at += scan_size)
		check_scan(scans + at);
	if (config.pause_ms)
		usleep(config.pause_ms * 1000);
}

/* The fault */

static bool troubled(void)
{
	for (size_t i = TROUBLES; i < COUNTERS_N; i++)
		if (get_number(COUNTERS, counters[i]) != counts_from[i])
			return true;
	return false;
}

/* Faults that follow each other without rest: any of them for up to 80 ms, and pauses as long */
static void stir(int64_t at_ns)
{
	static const char *const faults[] = {
		"drdy-high", "drdy-low", "drdy-lost-once", "drdy-lost:3", "reset", "absent-high",
		"absent-low", "reset:1",
	};
	static bool on;

	if (at_ns < next_chaos_ns)
		return;
	on = !on;
	set_fault(on ? faults[rand() % (sizeof(faults) / sizeof(*faults))] : "");
	next_chaos_ns = at_ns + rand() % (80 * MS_NS);
}

static void go_on(void)
{
	int64_t at_ns = now_ns();

	if (phase == BEFORE && windows[BEFORE].scans >= config.scans) {
		phase = config.fault || config.chaos ? FAULT : PHASES;
		if (phase == PHASES)
			return;
		if (config.fault)
			set_fault(config.fault);
		fault_ns = now_ns();
	} else if (phase == FAULT) {
		if (config.chaos)
			stir(at_ns);
		if (!noticed_ns && troubled())
			noticed_ns = at_ns;
		if (at_ns < fault_ns + (int64_t)config.fault_ms * MS_NS)
			return;
		set_fault("");
		mended_ns = now_ns();
		phase = AFTER;
	} else if (phase == AFTER && windows[AFTER].scans >= config.after) {
		phase = PHASES;
	}
}

/* A program with real-time priority that takes the CPU for times from 20 us to @hog_us, in turn */
static pid_t start_hog(void)
{
	struct sched_param param = { .sched_priority = 60 };
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (sched_setscheduler(0, SCHED_FIFO, &param))
		die("SCHED_FIFO: %s", strerror(errno));
	for (unsigned long us = 20;; us = us + 37 > config.hog_us ? 20 : us + 37) {
		int64_t end_ns = now_ns() + us * 1000;

		while (now_ns() < end_ns)
			;
		usleep(2000);
	}
}

/* The words */

static void print_window(enum phase which)
{
	const struct window *window = &windows[which];
	const char *prefix = window_names[which];

	printf(" %sscans=%lu %slost=%lu %srepeated=%lu %smislabelled=%lu %sbackwards=%lu",
	       prefix, window->scans, prefix, window->counts.lost, prefix,
	       window->counts.repeated, prefix, window->counts.mislabelled, prefix,
	       window->backwards);
	printf(" %smean_ns=%" PRId64 " %sleast_ns=%" PRId64 " %smost_ns=%" PRId64, prefix,
	       window->scans > 1 ? (window->last_ns - window->first_ns) /
				   (int64_t)(window->scans - 1) / channel_count : 0,
	       prefix, window->least_ns, prefix, window->most_ns);
}

static int64_t since(int64_t at_ns, int64_t from_ns)
{
	return at_ns ? at_ns - from_ns : -1;
}

static void print_fault(unsigned long long fault_interrupts)
{
	print_window(FAULT);
	print_window(AFTER);
	printf(" errors=%lu noticed_ns=%" PRId64 " error_ns=%" PRId64 " recovered_ns=%" PRId64
	       " fault_interrupts=%llu", errors, since(noticed_ns, fault_ns),
	       since(error_ns, fault_ns), since(recovered_ns, mended_ns), fault_interrupts);
}

static void capture(void)
{
	int64_t end_ns = now_ns() + (int64_t)config.timeout_s * SECOND_NS;
	unsigned long long at_fault = 0, fault_interrupts = 0;
	int fd = open("/dev/iio:device0", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		die("/dev/iio:device0: %s", strerror(errno));
	while (phase != PHASES && now_ns() < end_ns) {
		enum phase was = phase;

		if (config.fire)
			put(config.fire, "1");
		take(fd, phase == FAULT ? 1 : 100);
		go_on();
		if (was == BEFORE && phase == FAULT)
			at_fault = port_number("/machine/soc/pio", "counters", "eint0");
		if (was == FAULT && phase == AFTER)
			fault_interrupts = port_number("/machine/soc/pio", "counters", "eint0") -
					   at_fault;
	}
	close(fd);
	printf(" done=%d", phase == PHASES);
	print_window(BEFORE);
	if (config.period_ps)
		printf(" grid_ns=%.0f", grid_most_ns - grid_least_ns);
	if (fault_ns)
		print_fault(fault_interrupts);
}

static void print_counts(const unsigned long long from[INSTRUMENTS])
{
	for (size_t i = 0; i < INSTRUMENTS; i++)
		printf(" %s=%llu", instruments[i].name,
		       port_number(instruments[i].path, "counters", instruments[i].member) - from[i]);
	for (size_t i = 0; i < COUNTERS_N; i++)
		printf(" %s=%llu", counters[i], get_number(COUNTERS, counters[i]) - counts_from[i]);
	printf("\n");
}

int main(int argc, char **argv)
{
	unsigned long long from[INSTRUMENTS];
	pid_t hog = 0;
	int error;

	if (argc < 3) {
		fprintf(stderr, "Usage: capture-check LABEL [NAME=VALUE]... CHANNEL...\n");
		return 2;
	}
	port_open();
	parse(argc, argv);
	srand(config.chaos);
	set_up();
	for (size_t i = 0; i < COUNTERS_N; i++)
		counts_from[i] = get_number(COUNTERS, counters[i]);
	for (size_t i = 0; i < INSTRUMENTS; i++)
		from[i] = port_number(instruments[i].path, "counters", instruments[i].member);
	printf("%s", argv[1]);
	error = put(IIO "/buffer/enable", "1");
	if (error) {
		printf(" enable_errno=%d", error);
	} else {
		if (config.hog_us)
			hog = start_hog();
		capture();
		if (hog) {
			kill(hog, SIGKILL);
			waitpid(hog, NULL, 0);
		}
		must_put("buffer/enable", "0");
	}
	print_counts(from);
	return EXIT_SUCCESS;
}
