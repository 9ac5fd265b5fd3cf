// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * board.c - the emulator's qtest and QMP sockets, and a master for its SPI controllers
 */
#define _GNU_SOURCE
#include "board.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ARGUMENTS	32
#define TEXT_BYTES	4096
#define IRQS		128
#define GIC		"/machine/soc/gic"
#define PIO_PATH	"/machine/soc/pio"

struct port {
	FILE *in, *out;
	int fd;				/* the emulator's end, until it has it */
	char line[TEXT_BYTES];
};

static struct port qtest, qmp;
static pid_t emulator;
static bool irq_level[IRQS];
static unsigned int irq_rises[IRQS];
static int64_t now_ns;
static char answer[TEXT_BYTES];

static void __attribute__((noreturn, format(printf, 1, 2))) give_up(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("board: ", stderr);
	vfprintf(stderr, format, arguments);
	fputs("\n", stderr);
	va_end(arguments);
	exit(1);
}

static void open_port(struct port *port)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		give_up("no socket pair");
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	port->in = fdopen(ends[0], "r");
	port->out = fdopen(dup(ends[0]), "w");
	fcntl(fileno(port->out), F_SETFD, FD_CLOEXEC);
	port->fd = ends[1];
}

static void close_port(struct port *port)
{
	fclose(port->in);
	fclose(port->out);
}

static const char *read_line(struct port *port)
{
	if (!fgets(port->line, sizeof(port->line), port->in))
		give_up("the emulator is gone");
	port->line[strcspn(port->line, "\r\n")] = '\0';
	return port->line;
}

static void take_irq(const char *line)
{
	unsigned int number;
	char what[8];

	if (sscanf(line, "IRQ %7s %u", what, &number) != 2 || number >= IRQS)
		give_up("not understood: %s", line);
	irq_level[number] = !strcmp(what, "raise");
	irq_rises[number] += irq_level[number];
}

/* One command, its answer's text after "OK ". Interrupts that come meanwhile are noted. */
static const char *__attribute__((format(printf, 1, 2))) command(const char *format, ...)
{
	const char *line;
	va_list arguments;

	va_start(arguments, format);
	vfprintf(qtest.out, format, arguments);
	va_end(arguments);
	fputs("\n", qtest.out);
	fflush(qtest.out);
	while (!strncmp(line = read_line(&qtest), "IRQ ", 4))
		take_irq(line);
	if (strncmp(line, "OK", 2))
		give_up("'%s' was answered '%s'", format, line);
	return line + 2 + (line[2] == ' ');
}

static const char *emulator_path(void)
{
	const char *path = getenv("EMULATOR");

	if (!path)
		give_up("EMULATOR does not say where it is; run tests/board/devices/run");
	return path;
}

static void __attribute__((noreturn)) exec_emulator(const char *const *arguments)
{
	const char *all[MOST_ARGUMENTS] = {
		emulator_path(), "-M", "orangepi-pc", "-accel", "qtest", "-display", "none",
		"-nic", "none", "-qtest-log", "/dev/null",
	};
	char qtest_chardev[64], qmp_chardev[64];
	unsigned int count = 11;

	if (qtest.fd >= 0) {
		snprintf(qtest_chardev, sizeof(qtest_chardev), "socket,id=qtest,fd=%d", qtest.fd);
		snprintf(qmp_chardev, sizeof(qmp_chardev), "socket,id=qmp,fd=%d", qmp.fd);
		const char *const ports[] = { "-chardev", qtest_chardev, "-qtest", "chardev:qtest",
					      "-chardev", qmp_chardev, "-mon",
					      "chardev=qmp,mode=control" };
		memcpy(all + count, ports, sizeof(ports));
		count += sizeof(ports) / sizeof(*ports);
	}
	while (arguments && *arguments && count < MOST_ARGUMENTS - 1)
		all[count++] = *arguments++;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execv(all[0], (char *const *)all);
	give_up("cannot run '%s'", all[0]);
}

/* One QMP command; its answer is left in qmp.line, without the events before it. */
static const char *__attribute__((format(printf, 1, 2))) execute(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(qmp.out, format, arguments);
	va_end(arguments);
	fflush(qmp.out);
	do
		read_line(&qmp);
	while (strstr(qmp.line, "\"event\""));
	return qmp.line;
}

void board_start(const char *const *arguments)
{
	open_port(&qtest);
	open_port(&qmp);
	memset(irq_level, 0, sizeof(irq_level));
	memset(irq_rises, 0, sizeof(irq_rises));
	now_ns = 0;
	fflush(stdout);
	emulator = fork();
	if (emulator < 0)
		give_up("no second process");
	if (!emulator)
		exec_emulator(arguments);
	close(qtest.fd);
	close(qmp.fd);
	read_line(&qmp);
	execute("{\"execute\": \"qmp_capabilities\"}");
	command("irq_intercept_in %s", GIC);
}

void board_stop(void)
{
	int status;

	kill(emulator, SIGKILL);
	waitpid(emulator, &status, 0);
	close_port(&qtest);
	close_port(&qmp);
}

static uint32_t value_of(const char *text)
{
	return strtoull(text, NULL, 0);
}

uint32_t board_read(uint64_t address)
{
	return value_of(command("readl 0x%" PRIx64, address));
}

uint8_t board_read8(uint64_t address)
{
	return value_of(command("readb 0x%" PRIx64, address));
}

uint16_t board_read16(uint64_t address)
{
	return value_of(command("readw 0x%" PRIx64, address));
}

void board_write(uint64_t address, uint32_t value)
{
	command("writel 0x%" PRIx64 " 0x%x", address, value);
}

void board_write8(uint64_t address, uint8_t value)
{
	command("writeb 0x%" PRIx64 " 0x%x", address, value);
}

void board_write16(uint64_t address, uint16_t value)
{
	command("writew 0x%" PRIx64 " 0x%x", address, value);
}

int64_t board_now(void)
{
	return now_ns;
}

void board_step(int64_t ns)
{
	now_ns = strtoll(command("clock_step %" PRId64, ns), NULL, 0);
}

void board_step_to(int64_t at_ns)
{
	if (at_ns < now_ns)
		give_up("time does not go back from %" PRId64 " to %" PRId64 " ns", now_ns, at_ns);
	if (at_ns > now_ns)
		board_step(at_ns - now_ns);
}

bool board_irq(unsigned int number)
{
	return irq_level[number];
}

unsigned int board_irq_rises(unsigned int number)
{
	return irq_rises[number];
}

void board_drive(char port, unsigned int number, int level)
{
	bool r_pio = port == 'L';

	command("set_irq_in %s pin %d %d", r_pio ? "/machine/soc/r_pio" : PIO_PATH,
		(r_pio ? 0 : port - 'A') * 32 + number, level);
}

static void set_field(uint64_t address, unsigned int shift, uint32_t mask, uint32_t value)
{
	board_write(address, (board_read(address) & ~(mask << shift)) | value << shift);
}

void board_mux(uint32_t base, unsigned int port, unsigned int number, unsigned int function)
{
	set_field(base + PORT_CFG(port, number / 8), number % 8 * 4, 0xf, function);
}

void board_pull(uint32_t base, unsigned int port, unsigned int number, unsigned int pull)
{
	set_field(base + PORT_PUL(port, number / 16), number % 16 * 2, 3, pull);
}

int board_pin(uint32_t base, unsigned int port, unsigned int number)
{
	return board_read(base + PORT_DAT(port)) >> number & 1;
}

/* The text between the first @before and the following @after in the last QMP answer. */
static const char *cut(const char *before, const char *after)
{
	const char *start = strstr(qmp.line, before), *end;

	if (!start)
		return NULL;
	start += strlen(before);
	end = strstr(start, after);
	if (!end)
		give_up("not understood: %s", qmp.line);
	snprintf(answer, sizeof(answer), "%.*s", (int)(end - start), start);
	return answer;
}

const char *board_set(const char *path, const char *property, const char *json)
{
	execute("{\"execute\": \"qom-set\", \"arguments\": {\"path\": \"%s\", "
		"\"property\": \"%s\", \"value\": %s}}", path, property, json);
	return cut("\"desc\": \"", "\"}}");
}

const char *board_get(const char *path, const char *property)
{
	const char *value;

	execute("{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"%s\", "
		"\"property\": \"%s\"}}", path, property);
	value = strstr(qmp.line, "{\"return\": {") ? cut("{\"return\": ", "}}") :
						     cut("{\"return\": ", "}");
	if (!value)
		give_up("no %s of %s: %s", property, path, qmp.line);
	return value;
}

int64_t board_counter(const char *path, const char *name)
{
	char wanted[64];
	const char *place;

	snprintf(wanted, sizeof(wanted), "\"%s\": ", name);
	place = strstr(board_get(path, "counters"), wanted);
	if (!place)
		give_up("%s counts no %s", path, name);
	return strtoll(place + strlen(wanted), NULL, 10);
}

/* An emulator that starts all the same is ended after 10 s, and its silence returned. */
const char *board_refusal(const char *const *arguments)
{
	int ends[2], status;
	size_t used = 0;
	ssize_t got;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		give_up("no pipe");
	fflush(stdout);
	pid = fork();
	if (!pid) {
		qtest.fd = -1;
		dup2(ends[1], STDERR_FILENO);
		alarm(10);
		exec_emulator(arguments);
	}
	close(ends[1]);
	while ((got = read(ends[0], answer + used, sizeof(answer) - 1 - used)) > 0)
		used += got;
	answer[used] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) ? answer : "";
}

static const struct {
	unsigned int port, first, last, function;
} spi_pins[] = {
	{ PORT_C, 0, 3, 3 },
	{ PORT_A, 13, 16, 2 },
};

void board_spi_mux(unsigned int bus, unsigned int function)
{
	for (unsigned int i = spi_pins[bus].first; i <= spi_pins[bus].last; i++)
		board_mux(PIO, spi_pins[bus].port, i, function);
}

void board_spi_open(unsigned int bus)
{
	board_write(CCU_BUS_GATE0, board_read(CCU_BUS_GATE0) | CCU_SPI_BIT(bus));
	board_write(CCU_BUS_RESET0, board_read(CCU_BUS_RESET0) | CCU_SPI_BIT(bus));
	board_write(CCU_SPI_CLK(bus), SPI_CLK_ON);
	board_write(SPI(bus) + SPI_GCR, GCR_EN | GCR_MASTER | GCR_TP_EN);
	/* 24 MHz / (2 * (11 + 1)) */
	board_write(SPI(bus) + SPI_CCR, CCR_DRS | 11);
	board_write(SPI(bus) + SPI_TCR, TCR_CPHA | TCR_SPOL | TCR_SS_OWNER | TCR_SS_LEVEL);
	board_spi_mux(bus, spi_pins[bus].function);
}

void board_spi_select(unsigned int bus, int level)
{
	uint32_t tcr = board_read(SPI(bus) + SPI_TCR) & ~(TCR_SS_LEVEL | TCR_XCH);

	board_write(SPI(bus) + SPI_TCR, tcr | (level ? TCR_SS_LEVEL : 0));
}

void board_spi_begin(unsigned int bus, const uint8_t *tx, size_t count)
{
	board_write(SPI(bus) + SPI_FCR, board_read(SPI(bus) + SPI_FCR) | FCR_RX_RST | FCR_TX_RST);
	board_write(SPI(bus) + SPI_ISR, ~0u);
	board_write(SPI(bus) + SPI_MBC, count);
	board_write(SPI(bus) + SPI_MTC, count);
	board_write(SPI(bus) + SPI_BCC, count);
	for (size_t i = 0; i < count; i++)
		board_write8(SPI(bus) + SPI_TXD, tx[i]);
	board_write(SPI(bus) + SPI_TCR, board_read(SPI(bus) + SPI_TCR) | TCR_XCH);
}

void board_spi_transfer(unsigned int bus, const uint8_t *tx, uint8_t *rx, size_t count)
{
	board_step(200);
	board_spi_select(bus, 0);
	board_step(200);
	board_spi_begin(bus, tx, count);
	for (int tries = 0; !(board_read(SPI(bus) + SPI_ISR) & INT_TC); tries++) {
		if (tries == 1000)
			give_up("a transfer of %zu bytes does not end", count);
		board_step(BOARD_SPI_BYTE_NS);
	}
	board_step(200);
	board_spi_select(bus, 1);
	board_step(200);
	for (size_t i = 0; i < count; i++) {
		uint8_t byte = board_read8(SPI(bus) + SPI_RXD);

		if (rx)
			rx[i] = byte;
	}
}
