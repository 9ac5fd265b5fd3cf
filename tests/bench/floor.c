// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * floor.c - what is the least that a sample can cost in Linux? One interrupt, one transfer, no more
 *
 * A kernel module that reads 3 bytes at each DRDY of an ADS1220 and throws them away: what it costs is
 * the interrupt's, the SPI core's and the controller driver's, whatever a driver does on top.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/spi/spi.h>

/* Data sheet SBAS501, section 8.5.3 */
#define CMD_RESET	0x06
#define CMD_START	0x08
#define CMD_WREG_ALL	0x43

/* Section 6.6: 50 us + 32 t_CLK of 1 / 4.096 MHz */
#define RESET_US	58

struct floor {
	struct spi_device *spi;
	struct spi_message message;
	struct spi_transfer transfer;
	u8 tx[5] ____cacheline_aligned;
	u8 rx[5] ____cacheline_aligned;
};

/* Section 8.6: AIN0 to AVSS, PGA bypassed; 2000 SPS turbo, continuous; internal reference, no filter */
static const u8 settings[] = { CMD_WREG_ALL, 0x81, 0xd4, 0x00, 0x00 };

static irqreturn_t read_sample(int irq, void *private)
{
	struct floor *floor = private;

	spi_sync(floor->spi, &floor->message);
	return IRQ_HANDLED;
}

static int send(struct floor *floor, const u8 *bytes, size_t count)
{
	memcpy(floor->tx, bytes, count);
	return spi_write(floor->spi, floor->tx, count);
}

static int start(struct floor *floor)
{
	static const u8 reset = CMD_RESET, go = CMD_START;
	int ret;

	ret = send(floor, &reset, 1);
	usleep_range(RESET_US, 2 * RESET_US);
	if (!ret)
		ret = send(floor, settings, sizeof(settings));
	if (!ret)
		ret = send(floor, &go, 1);
	memset(floor->tx, 0, sizeof(floor->tx));
	return ret;
}

static int probe(struct spi_device *spi)
{
	struct floor *floor = devm_kzalloc(&spi->dev, sizeof(*floor), GFP_KERNEL);
	int ret;

	if (!floor)
		return -ENOMEM;
	floor->spi = spi;
	floor->transfer.tx_buf = floor->tx;
	floor->transfer.rx_buf = floor->rx;
	floor->transfer.len = 3;
	spi_message_init_with_transfers(&floor->message, &floor->transfer, 1);
	ret = start(floor);
	if (ret)
		return ret;
	return devm_request_threaded_irq(&spi->dev, spi->irq, NULL, read_sample, IRQF_ONESHOT,
					 "ads1220-floor", floor);
}

static const struct spi_device_id ids[] = {
	{ .name = "ads1220-floor" },
	{ }
};
MODULE_DEVICE_TABLE(spi, ids);

static struct spi_driver floor_driver = {
	.driver = { .name = "ads1220-floor" },
	.probe = probe,
	.id_table = ids,
};
module_spi_driver(floor_driver);

MODULE_DESCRIPTION("The least that a sample of an ADS1220 can cost");
MODULE_LICENSE("GPL");
