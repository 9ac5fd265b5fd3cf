// SPDX-License-Identifier: GPL-2.0-only
/*
 * Texas Instruments ADS1220, 24-bit 4-input 2 kSPS delta-sigma ADC on SPI
 *
 * Data sheet: SBAS501, https://www.ti.com/lit/gpn/ads1220; "section" below means this document.
 */

#include <linux/bitfield.h>
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/property.h>
#include <linux/regulator/consumer.h>
#include <linux/spi/spi.h>
#include <linux/string.h>
#include <linux/time.h>
#include <linux/types.h>

#include <linux/iio/iio.h>

#include "compat.h"

/* Section 8.5.3: commands */
#define ADS1220_CMD_RESET		0x06
#define ADS1220_CMD_RREG		0x20
#define ADS1220_CMD_WREG		0x40
#define   ADS1220_CMD_REG		GENMASK(3, 2)	/* the first one */
#define   ADS1220_CMD_COUNT		GENMASK(1, 0)	/* of bytes, less one */

/* Section 8.6: registers */
#define ADS1220_REG0_MUX		GENMASK(7, 4)
#define   ADS1220_MUX_AIN0_AVSS		0x8
#define ADS1220_REG0_PGA_BYPASS		BIT(0)
#define ADS1220_REG1_DR			GENMASK(7, 5)
#define ADS1220_REG1_TS			BIT(1)
#define ADS1220_REG2_FIR		GENMASK(5, 4)
#define   ADS1220_FIR_50_60_HZ		0x1
#define ADS1220_REGS			4

#define ADS1220_INPUTS			4
#define ADS1220_RESOLUTION		24
#define ADS1220_TEMP_SHIFT		10	/* section 8.3.13: 14 bits, left-justified */
#define ADS1220_INTERNAL_REF_mV		2048

/* Section 6.6: a supply needs 50 us to power the digital core up, and RESET 50 us + 32 t_CLK. */
#define ADS1220_RESET_us		(50 + 8)	/* 32 / 4.096 MHz = 7.8 us */

/*
 * Table 11: at 20 SPS in normal mode, single-shot, 204850 t_CLK, with t_CLK = 1 / 4.096 MHz of an
 * oscillator that is good to 2 % and takes up to 50 us until it runs.
 */
#define ADS1220_CONVERSION_us		(204850 * 1000 / 4096)
#define ADS1220_CONVERSION_MAX_us	(ADS1220_CONVERSION_us / 100 * 102 + 50)

/*
 * The chip does not say which conversion a result is of, only when it is ready. What is left of an
 * older one is seen at once, a new result never in the first half of its conversion, so the two
 * cannot be confused while the write that starts it takes less than a quarter.
 */
#define ADS1220_STALE_us		(ADS1220_CONVERSION_us / 2)
#define ADS1220_WRITE_us		(ADS1220_CONVERSION_us / 4)
#define ADS1220_WRITE_TRIES		3

/* The slowest filter that an input of an Allwinner port has after reset: two periods of 32 kHz */
#define ADS1220_FILTER_us		(2 * 1000 / 32 + 1)

/* What a busy system may take to run the interrupt after that. */
#define ADS1220_LATENCY_us		(50 * USEC_PER_MSEC)

struct ads1220 {
	struct spi_device *spi;
	struct mutex lock;		/* a conversion is several transfers: one at a time */
	struct completion ready;
	ktime_t ready_at;		/* when DRDY fell, from the interrupt */

	u8 tx[1 + ADS1220_REGS] __aligned(IIO_DMA_MINALIGN);
	u8 rx[1 + ADS1220_REGS] __aligned(IIO_DMA_MINALIGN);
};

/* Section 8.6: MUX of the pairs the multiplexer knows, by positive and negative input */
static const u8 ads1220_mux_of_pair[ADS1220_INPUTS][ADS1220_INPUTS] = {
	{ U8_MAX, 0x0, 0x1, 0x2 },
	{ 0x6, U8_MAX, 0x3, 0x4 },
	{ U8_MAX, U8_MAX, U8_MAX, 0x5 },
	{ U8_MAX, U8_MAX, 0x7, U8_MAX },
};

/*
 * A harmless setting, of which every byte differs from what a line stuck high or low gives and from
 * itself shifted by a bit: AIN1-AIN2, gain 32; 330 SPS; 60 Hz filter; excitation currents routed to
 * AIN1, but switched off.
 */
static const u8 ads1220_probe_pattern[ADS1220_REGS] = { 0x3a, 0x80, 0x30, 0x48 };

static int ads1220_transfer(struct ads1220 *ads, size_t len)
{
	struct spi_transfer transfer = {
		.tx_buf = ads->tx,
		.rx_buf = ads->rx,
		.len = len,
	};

	return spi_sync_transfer(ads->spi, &transfer, 1);
}

/* All four at once: each WREG restarts the conversion, so that one at a time would start four. */
static int ads1220_write_registers(struct ads1220 *ads, const u8 regs[ADS1220_REGS])
{
	ads->tx[0] = ADS1220_CMD_WREG | FIELD_PREP(ADS1220_CMD_COUNT, ADS1220_REGS - 1);
	memcpy(&ads->tx[1], regs, ADS1220_REGS);

	return ads1220_transfer(ads, 1 + ADS1220_REGS);
}

static int ads1220_read_registers(struct ads1220 *ads, u8 regs[ADS1220_REGS])
{
	int ret;

	memset(ads->tx, 0, sizeof(ads->tx));
	ads->tx[0] = ADS1220_CMD_RREG | FIELD_PREP(ADS1220_CMD_COUNT, ADS1220_REGS - 1);
	ret = ads1220_transfer(ads, 1 + ADS1220_REGS);
	if (ret)
		return ret;

	memcpy(regs, &ads->rx[1], ADS1220_REGS);
	return 0;
}

/* DIN stays low while the result comes out: the chip takes every byte on it for a command. */
static int ads1220_read_result(struct ads1220 *ads, u32 *code)
{
	int ret;

	memset(ads->tx, 0, sizeof(ads->tx));
	ret = ads1220_transfer(ads, 3);
	if (ret)
		return ret;

	*code = get_unaligned_be24(ads->rx);
	return 0;
}

static int ads1220_reset(struct ads1220 *ads)
{
	int ret;

	ads->tx[0] = ADS1220_CMD_RESET;
	ret = ads1220_transfer(ads, 1);
	if (ret)
		return ret;

	fsleep(ADS1220_RESET_us);
	return 0;
}

/* A level interrupt would come again until the result is read: once is enough, then it is off. */
static irqreturn_t ads1220_data_ready(int irq, void *private)
{
	struct ads1220 *ads = private;

	disable_irq_nosync(irq);
	ads->ready_at = ktime_get();
	complete(&ads->ready);

	return IRQ_HANDLED;
}

static int ads1220_wait_interrupt(struct ads1220 *ads)
{
	unsigned long timeout = usecs_to_jiffies(ADS1220_CONVERSION_MAX_us + ADS1220_LATENCY_us);

	reinit_completion(&ads->ready);
	enable_irq(ads->spi->irq);
	if (wait_for_completion_timeout(&ads->ready, timeout))
		return 0;

	disable_irq(ads->spi->irq);
	if (!try_wait_for_completion(&ads->ready))
		return -ETIMEDOUT;

	/* It came after all, between the time-out and the line above, and is disabled twice now. */
	enable_irq(ads->spi->irq);
	return 0;
}

/*
 * Waits until DRDY falls for the conversion started at @start. An interrupt too early for it may be
 * an edge kept from before, or a line that the port's filter still holds low after the first clock
 * raised it; more than these two mean that the line is stuck low.
 */
static int ads1220_wait_ready(struct ads1220 *ads, ktime_t start)
{
	ktime_t earliest = ktime_add_us(start, ADS1220_STALE_us);
	int ret;

	for (int early = 0; early <= 2; early++) {
		ret = ads1220_wait_interrupt(ads);
		if (ret || !ktime_before(ads->ready_at, earliest))
			return ret;

		fsleep(ADS1220_FILTER_us);
	}

	return -EIO;
}

/*
 * In single-shot mode, writing the registers starts a conversion (section 8.5.3). A write that had
 * to wait for the bus, behind a display say, is done again, which starts the conversion again.
 */
static int ads1220_start(struct ads1220 *ads, const u8 regs[ADS1220_REGS], ktime_t *start)
{
	int ret;

	for (int tries = 0; tries < ADS1220_WRITE_TRIES; tries++) {
		*start = ktime_get();
		ret = ads1220_write_registers(ads, regs);
		if (ret)
			return ret;

		if (ktime_us_delta(ktime_get(), *start) < ADS1220_WRITE_us)
			return 0;
	}

	return -EBUSY;
}

static int ads1220_convert(struct ads1220 *ads, const u8 regs[ADS1220_REGS], u32 *code)
{
	ktime_t start;
	int ret;

	guard(mutex)(&ads->lock);

	ret = ads1220_start(ads, regs, &start);
	if (ret)
		return ret;

	ret = ads1220_wait_ready(ads, start);
	if (ret)
		return ret;

	return ads1220_read_result(ads, code);
}

/*
 * 20 SPS: the least noise, and the only rate at which the chip rejects 50 and 60 Hz. At gain 1 the
 * amplifier is bypassed: it could not follow inputs within 0.2 V of a rail (section 8.3.2), and
 * must be bypassed where AVSS is the negative input.
 */
static int ads1220_read_raw_code(struct ads1220 *ads, const struct iio_chan_spec *chan, int *val)
{
	u8 regs[ADS1220_REGS] = {
		[0] = chan->address | ADS1220_REG0_PGA_BYPASS,
		[1] = FIELD_PREP(ADS1220_REG1_DR, 0),
		[2] = FIELD_PREP(ADS1220_REG2_FIR, ADS1220_FIR_50_60_HZ),
	};
	u32 code;
	int ret;

	if (chan->type == IIO_TEMP)
		regs[1] |= ADS1220_REG1_TS;

	ret = ads1220_convert(ads, regs, &code);
	if (ret)
		return ret;

	*val = sign_extend32(code, ADS1220_RESOLUTION - 1);
	if (chan->type == IIO_TEMP)
		*val >>= ADS1220_TEMP_SHIFT;
	return IIO_VAL_INT;
}

static int ads1220_read_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			    int *val, int *val2, long mask)
{
	struct ads1220 *ads = iio_priv(indio_dev);

	switch (mask) {
	case IIO_CHAN_INFO_RAW:
		return ads1220_read_raw_code(ads, chan, val);
	case IIO_CHAN_INFO_SCALE:
		if (chan->type == IIO_TEMP) {
			*val = MILLI;		/* 0.03125 degrees Celsius: 1000 / 2^5 */
			*val2 = 5;
		} else {
			*val = ADS1220_INTERNAL_REF_mV;
			*val2 = ADS1220_RESOLUTION - 1;
		}
		return IIO_VAL_FRACTIONAL_LOG2;
	default:
		return -EINVAL;
	}
}

static const struct iio_info ads1220_info = {
	.read_raw = ads1220_read_raw,
};

static int ads1220_parse_inputs(struct device *dev, struct fwnode_handle *node,
				struct iio_chan_spec *chan)
{
	u32 pins[2];
	u8 mux;

	if (!fwnode_property_read_u32(node, "single-channel", &pins[0])) {
		if (pins[0] >= ADS1220_INPUTS)
			return dev_err_probe(dev, -EINVAL, "%pfwP: no input %u\n", node, pins[0]);

		chan->channel = pins[0];
		chan->address = FIELD_PREP(ADS1220_REG0_MUX, ADS1220_MUX_AIN0_AVSS + pins[0]);
		return 0;
	}

	if (fwnode_property_read_u32_array(node, "diff-channels", pins, ARRAY_SIZE(pins)))
		return dev_err_probe(dev, -EINVAL,
				     "%pfwP: neither single-channel nor diff-channels\n", node);

	mux = pins[0] < ADS1220_INPUTS && pins[1] < ADS1220_INPUTS ?
	      ads1220_mux_of_pair[pins[0]][pins[1]] : U8_MAX;
	if (mux == U8_MAX)
		return dev_err_probe(dev, -EINVAL, "%pfwP: no pair of inputs %u %u\n",
				     node, pins[0], pins[1]);

	chan->differential = 1;
	chan->channel = pins[0];
	chan->channel2 = pins[1];
	chan->address = FIELD_PREP(ADS1220_REG0_MUX, mux);
	return 0;
}

static int ads1220_parse_channels(struct iio_dev *indio_dev, struct device *dev)
{
	unsigned int count = device_get_child_node_count(dev);
	struct fwnode_handle *node;
	struct iio_chan_spec *chan;
	int ret;

	/* The temperature sensor is always there. */
	chan = devm_kcalloc(dev, count + 1, sizeof(*chan), GFP_KERNEL);
	if (!chan)
		return -ENOMEM;

	indio_dev->channels = chan;
	indio_dev->num_channels = count + 1;

	device_for_each_child_node(dev, node) {
		chan->type = IIO_VOLTAGE;
		chan->indexed = 1;
		chan->info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE);
		ret = ads1220_parse_inputs(dev, node, chan++);
		if (ret) {
			fwnode_handle_put(node);
			return ret;
		}
	}

	chan->type = IIO_TEMP;
	chan->info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE);

	return 0;
}

/*
 * The chip has no identification: only a pattern written and read back tells it from lines that are
 * not connected. The reset state alone does not, since a line stuck low reads the same.
 */
static int ads1220_prove_presence(struct ads1220 *ads)
{
	struct device *dev = &ads->spi->dev;
	u8 found[ADS1220_REGS];
	int ret;

	ret = ads1220_reset(ads);
	if (ret)
		return dev_err_probe(dev, ret, "cannot reset the chip\n");

	ret = ads1220_write_registers(ads, ads1220_probe_pattern);
	if (ret)
		return dev_err_probe(dev, ret, "cannot write the registers\n");

	ret = ads1220_read_registers(ads, found);
	if (ret)
		return dev_err_probe(dev, ret, "cannot read the registers\n");

	if (memcmp(found, ads1220_probe_pattern, ADS1220_REGS))
		return dev_err_probe(dev, -ENODEV,
				     "no ADS1220 answers: wrote %*ph, read %*ph; check wiring and supply\n",
				     ADS1220_REGS, ads1220_probe_pattern, ADS1220_REGS, found);

	return ads1220_reset(ads);
}

static int ads1220_request_irq(struct ads1220 *ads)
{
	struct spi_device *spi = ads->spi;

	if (spi->irq <= 0)
		return dev_err_probe(&spi->dev, -EINVAL, "no interrupt for DRDY in the tree\n");

	/* An edge seen while the interrupt is off must not be replayed when it goes on again. */
	irq_set_status_flags(spi->irq, IRQ_DISABLE_UNLAZY);

	return devm_request_irq(&spi->dev, spi->irq, ads1220_data_ready, IRQF_NO_AUTOEN,
				dev_name(&spi->dev), ads);
}

static int ads1220_probe(struct spi_device *spi)
{
	static const char * const supplies[] = { "avdd", "dvdd" };
	struct device *dev = &spi->dev;
	struct iio_dev *indio_dev;
	struct ads1220 *ads;
	int ret;

	indio_dev = devm_iio_device_alloc(dev, sizeof(*ads));
	if (!indio_dev)
		return -ENOMEM;

	ads = iio_priv(indio_dev);
	ads->spi = spi;
	mutex_init(&ads->lock);
	init_completion(&ads->ready);

	indio_dev->name = "ads1220";
	indio_dev->info = &ads1220_info;
	indio_dev->modes = INDIO_DIRECT_MODE;

	ret = ads1220_parse_channels(indio_dev, dev);
	if (ret)
		return ret;

	ret = devm_regulator_bulk_get_enable(dev, ARRAY_SIZE(supplies), supplies);
	if (ret)
		return dev_err_probe(dev, ret, "cannot switch on avdd and dvdd\n");

	fsleep(ADS1220_RESET_us);

	ret = ads1220_prove_presence(ads);
	if (ret)
		return ret;

	ret = ads1220_request_irq(ads);
	if (ret)
		return ret;

	return devm_iio_device_register(dev, indio_dev);
}

static const struct of_device_id ads1220_of_match[] = {
	{ .compatible = "ti,ads1220" },
	{ }
};
MODULE_DEVICE_TABLE(of, ads1220_of_match);

static const struct spi_device_id ads1220_id[] = {
	{ .name = "ads1220" },
	{ }
};
MODULE_DEVICE_TABLE(spi, ads1220_id);

static struct spi_driver ads1220_driver = {
	.driver = {
		.name = "ti-ads1220",
		.of_match_table = ads1220_of_match,
	},
	.probe = ads1220_probe,
	.id_table = ads1220_id,
};
module_spi_driver(ads1220_driver);

MODULE_DESCRIPTION("Texas Instruments ADS1220 ADC driver");
MODULE_LICENSE("GPL");
