// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What would a program cost that needs no driver? spidev-read SPIDEV GPIOCHIP LINE reads an ADS1220 at
 * 2000 SPS through spidev, waiting for DRDY on the GPIO character device (version 2 of its ABI), and
 * throws the values away.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <linux/spi/spidev.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Data sheet SBAS501, sections 6.6 and 8.5.3; settings as floor.c's */
#define RESET_US	58
#define SPEED_HZ	6666666

static const uint8_t reset = 0x06, start = 0x08;
static const uint8_t settings[] = { 0x43, 0x81, 0xd4, 0x00, 0x00 };

static void die(const char *object)
{
	fprintf(stderr, "spidev-read: %s: %s\n", object, strerror(errno));
	exit(EXIT_FAILURE);
}

static void transfer(int spi, const uint8_t *tx, uint8_t *rx, size_t len)
{
	struct spi_ioc_transfer message = {
		.tx_buf = (uintptr_t)tx,
		.rx_buf = (uintptr_t)rx,
		.len = len,
		.speed_hz = SPEED_HZ,
	};

	if (ioctl(spi, SPI_IOC_MESSAGE(1), &message) != (int)len)
		die("transfer");
}

static int open_spi(const char *path)
{
	uint8_t mode = SPI_MODE_1;
	int spi = open(path, O_RDWR | O_CLOEXEC);

	if (spi < 0 || ioctl(spi, SPI_IOC_WR_MODE, &mode) < 0)
		die(path);
	return spi;
}

/* The line's falling edges, as events to be read. */
static int open_drdy(const char *path, unsigned int line)
{
	struct gpio_v2_line_request request = {
		.offsets = { line },
		.consumer = "spidev-read",
		.config.flags = GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_FALLING,
		.num_lines = 1,
	};
	int chip = open(path, O_RDWR | O_CLOEXEC);

	if (chip < 0 || ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &request) < 0)
		die(path);
	close(chip);
	return request.fd;
}

static void configure(int spi)
{
	uint8_t rx[sizeof(settings)];

	transfer(spi, &reset, rx, 1);
	usleep(RESET_US);
	transfer(spi, settings, rx, sizeof(settings));
	transfer(spi, &start, rx, 1);
}

int main(int argc, char **argv)
{
	const uint8_t zeroes[3] = { 0 };
	struct gpio_v2_line_event event;
	uint8_t value[3];
	int spi, drdy;

	if (argc != 4) {
		fprintf(stderr, "Usage: spidev-read SPIDEV GPIOCHIP LINE\n");
		return 2;
	}
	spi = open_spi(argv[1]);
	drdy = open_drdy(argv[2], strtoul(argv[3], NULL, 10));
	configure(spi);
	while (read(drdy, &event, sizeof(event)) == sizeof(event))
		transfer(spi, zeroes, value, sizeof(value));
	die("DRDY");
}
