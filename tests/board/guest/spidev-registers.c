// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does TI's documented sequence work through plain spidev? RESET, WREG of all four registers, RREG of
 * them again, then the same RREG twenty times in one transfer of 100 bytes (ADS1220 data sheet,
 * section 8.5.3). Prints what the registers held after each step; DRDY is not needed.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/spi/spidev.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define REGISTERS	4
#define RESET		0x06
#define RREG_ALL	0x23	/* 0010 rrnn: from register 0, 4 of them */
#define WREG_ALL	0x43	/* 0100 rrnn */
#define RESET_US	100	/* 50 us + 32 tCLK, tCLK = 1 / 4.096 MHz: 58 us (section 8.5.3) */
#define FRAME		(1 + REGISTERS)
#define REPEATS		20
#define SPEED_HZ	1000000

/* As the data sheet sets up a 3-wire RTD (section 9.2.2): no byte is the reset value or its neighbour. */
static const uint8_t settings[REGISTERS] = { 0x66, 0x04, 0x55, 0x70 };

static void die(const char *object)
{
	fprintf(stderr, "spidev-registers: %s: %s\n", object, strerror(errno));
	exit(EXIT_FAILURE);
}

static void transfer(int fd, const uint8_t *tx, uint8_t *rx, size_t len)
{
	struct spi_ioc_transfer message = {
		.tx_buf = (uintptr_t)tx,
		.rx_buf = (uintptr_t)rx,
		.len = len,
		.speed_hz = SPEED_HZ,
	};

	if (ioctl(fd, SPI_IOC_MESSAGE(1), &message) != (int)len)
		die("transfer");
}

static int open_mode_1(const char *path)
{
	uint8_t mode = SPI_MODE_1;
	int fd = open(path, O_RDWR);

	if (fd < 0 || ioctl(fd, SPI_IOC_WR_MODE, &mode) < 0)
		die(path);
	return fd;
}

static void print_registers(const char *step, const uint8_t *value)
{
	printf("%s %02x %02x %02x %02x\n", step, value[0], value[1], value[2], value[3]);
}

static void read_registers(int fd, const char *step)
{
	uint8_t tx[FRAME] = { RREG_ALL }, rx[FRAME] = { 0 };

	transfer(fd, tx, rx, sizeof(tx));
	print_registers(step, rx + 1);
}

static void reset(int fd)
{
	uint8_t tx = RESET, rx;

	transfer(fd, &tx, &rx, 1);
	usleep(RESET_US);
}

static void write_registers(int fd)
{
	uint8_t tx[FRAME] = { WREG_ALL }, rx[FRAME];

	memcpy(tx + 1, settings, REGISTERS);
	transfer(fd, tx, rx, sizeof(tx));
}

static void read_repeatedly(int fd)
{
	uint8_t tx[REPEATS * FRAME] = { 0 }, rx[REPEATS * FRAME] = { 0 };

	for (size_t i = 0; i < REPEATS; i++)
		tx[i * FRAME] = RREG_ALL;
	transfer(fd, tx, rx, sizeof(tx));
	for (size_t i = 0; i < REPEATS; i++)
		print_registers("repeated", rx + i * FRAME + 1);
}

int main(int argc, char **argv)
{
	int fd;

	if (argc != 2) {
		fprintf(stderr, "Usage: spidev-registers DEVICE\n");
		return 2;
	}
	fd = open_mode_1(argv[1]);
	reset(fd);
	read_registers(fd, "reset");
	write_registers(fd);
	read_registers(fd, "written");
	fflush(stdout);
	read_repeatedly(fd);
	return 0;
}
