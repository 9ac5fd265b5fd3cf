/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compat.h - what ti-ads1220.c takes from Linux 7.2 and older kernels lack
 *
 * Each entry says since when the kernel has it. Macros are looked for here, headers and functions
 * in Kbuild, because distributions carry many of them back and a version number then lies.
 */
#ifndef ADS1220_COMPAT_H
#define ADS1220_COMPAT_H

#include <linux/clk.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/mutex.h>
#include <linux/of_irq.h>
#include <linux/pm.h>
#include <linux/pm_runtime.h>
#include <linux/property.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/spi/spi.h>

#include <linux/iio/buffer.h>
#include <linux/iio/iio.h>
#include <linux/iio/trigger.h>
#include <linux/iio/trigger_consumer.h>
#include <linux/iio/triggered_buffer.h>

/* 6.12: moved out of asm/ */
#ifdef COMPAT_HAVE_UNALIGNED_H
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>

/* 5.7: three bytes */
#define get_unaligned_be24 compat_get_unaligned_be24
static inline u32 compat_get_unaligned_be24(const u8 *bytes)
{
	return bytes[0] << 16 | bytes[1] << 8 | bytes[2];
}
#endif

/* 5.10: out of kernel.h */
#ifdef COMPAT_HAVE_MINMAX_H
#include <linux/minmax.h>
#else
#include <linux/kernel.h>
#endif

/* 5.15: names for powers of ten */
#ifdef COMPAT_HAVE_UNITS_H
#include <linux/units.h>
#endif
#ifndef MILLI
#define MILLI	1000UL
#endif
#ifndef MICRO
#define MICRO	1000000UL
#endif
#ifndef NANO
#define NANO	1000000000UL
#endif

/* 6.5: locks that end with their scope */
#ifdef COMPAT_HAVE_CLEANUP_H
#include <linux/cleanup.h>
#else
static inline struct mutex *compat_hold_mutex(struct mutex *lock)
{
	mutex_lock(lock);
	return lock;
}

static inline void compat_drop_mutex(struct mutex **lock)
{
	mutex_unlock(*lock);
}

#define compat_guard_mutex(lock) \
	struct mutex *__UNIQUE_ID(guard) __attribute__((__cleanup__(compat_drop_mutex))) = \
		compat_hold_mutex(lock)
#define guard(kind)	compat_guard_##kind
#endif

/* 5.8: the sleep that fits */
#ifndef COMPAT_HAVE_FSLEEP
static inline void fsleep(unsigned long us)
{
	if (us <= 20000)
		usleep_range(us, 2 * us);
	else
		msleep(DIV_ROUND_UP(us, 1000));
}
#endif

/* 5.9: an error of probe, said once */
#ifndef COMPAT_HAVE_DEV_ERR_PROBE
#define dev_err_probe(dev, error, ...) ({ \
		long compat_error = (error); \
		\
		if (compat_error != -EPROBE_DEFER) \
			dev_err(dev, __VA_ARGS__); \
		compat_error; \
	})
#endif

/* 5.10: text of an attribute, which is a page */
#ifndef COMPAT_HAVE_SYSFS_EMIT
#define sysfs_emit(buf, ...)	scnprintf(buf, PAGE_SIZE, __VA_ARGS__)

static inline __printf(3, 4) int sysfs_emit_at(char *buf, int at, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vscnprintf(buf + at, PAGE_SIZE - at, format, args);
	va_end(args);
	return length;
}
#endif

/* 5.12: an interrupt that is off until it is enabled */
#ifndef IRQF_NO_AUTOEN
#define IRQF_NO_AUTOEN	0
#define devm_request_threaded_irq(dev, irq, ...) ({ \
		int compat_irq = (irq); \
		\
		irq_set_status_flags(compat_irq, IRQ_NOAUTOEN); \
		devm_request_threaded_irq(dev, compat_irq, __VA_ARGS__); \
	})
#endif

/* 5.10: an error leaves the use count as it was */
#ifndef COMPAT_HAVE_PM_RESUME_AND_GET
static inline int pm_runtime_resume_and_get(struct device *dev)
{
	int ret = pm_runtime_get_sync(dev);

	if (ret >= 0)
		return 0;

	pm_runtime_put_noidle(dev);
	return ret;
}
#endif

/* 5.15: disabled with the device */
#ifndef COMPAT_HAVE_PM_ENABLE
static inline void compat_pm_disable(void *dev)
{
	pm_runtime_disable(dev);
}

static inline int devm_pm_runtime_enable(struct device *dev)
{
	pm_runtime_enable(dev);
	return devm_add_action_or_reset(dev, compat_pm_disable, dev);
}
#endif

/* 6.3: a clock that goes off with the device, if there is one */
#ifndef COMPAT_HAVE_CLK_OPTIONAL_ENABLED
static inline void compat_clk_disable(void *clk)
{
	clk_disable_unprepare(clk);
}

static inline struct clk *devm_clk_get_optional_enabled(struct device *dev, const char *id)
{
	struct clk *clk = devm_clk_get_optional(dev, id);
	int ret;

	if (IS_ERR_OR_NULL(clk))
		return clk;

	ret = clk_prepare_enable(clk);
	if (!ret)
		ret = devm_add_action_or_reset(dev, compat_clk_disable, clk);

	return ret ? ERR_PTR(ret) : clk;
}
#endif

/* 5.6: renamed */
#ifdef COMPAT_HAVE_READ_FIRST_N
#define IIO_ACCESS_READ	read_first_n
#else
#define IIO_ACCESS_READ	read
#endif

/* 5.9: before, the driver's own callbacks had to attach the poll function */
#ifdef COMPAT_HAVE_BUFFER_POSTENABLE
static const struct iio_buffer_setup_ops *compat_driver_ops;

static inline int compat_preenable(struct iio_dev *indio_dev)
{
	return compat_driver_ops->preenable(indio_dev);
}

static inline int compat_postenable(struct iio_dev *indio_dev)
{
	int ret = iio_triggered_buffer_postenable(indio_dev);

	if (ret)
		return ret;

	ret = compat_driver_ops->postenable(indio_dev);
	if (ret)
		iio_triggered_buffer_predisable(indio_dev);
	return ret;
}

static inline int compat_predisable(struct iio_dev *indio_dev)
{
	compat_driver_ops->predisable(indio_dev);
	return iio_triggered_buffer_predisable(indio_dev);
}

static inline int compat_postdisable(struct iio_dev *indio_dev)
{
	return compat_driver_ops->postdisable(indio_dev);
}

static const struct iio_buffer_setup_ops compat_buffer_ops = {
	.preenable = compat_preenable,
	.postenable = compat_postenable,
	.predisable = compat_predisable,
	.postdisable = compat_postdisable,
};

static inline int compat_triggered_buffer_setup(struct device *dev, struct iio_dev *indio_dev,
						irq_handler_t top, irq_handler_t thread,
						const struct iio_buffer_setup_ops *driver_ops)
{
	compat_driver_ops = driver_ops;
	return devm_iio_triggered_buffer_setup(dev, indio_dev, top, thread, &compat_buffer_ops);
}

#define devm_iio_triggered_buffer_setup	compat_triggered_buffer_setup

/* 5.9: and the device had to be told whose it is */
#define devm_iio_device_alloc(parent_dev, size) ({ \
		struct device *compat_parent = (parent_dev); \
		struct iio_dev *compat_iio = devm_iio_device_alloc(compat_parent, size); \
		\
		if (compat_iio) \
			compat_iio->dev.parent = compat_parent; \
		compat_iio; \
	})
#endif

/* 6.0: alignment for buffers that a controller may map for DMA */
#ifndef IIO_DMA_MINALIGN
#define IIO_DMA_MINALIGN	ARCH_KMALLOC_MINALIGN
#endif

/* 6.15: direct mode claimed, yes or no, instead of an error */
#ifndef COMPAT_HAVE_CLAIM_DIRECT
static inline bool iio_device_claim_direct(struct iio_dev *indio_dev)
{
	return !iio_device_claim_direct_mode(indio_dev);
}

static inline void iio_device_release_direct(struct iio_dev *indio_dev)
{
	iio_device_release_direct_mode(indio_dev);
}
#endif

/* 6.16: the size of what is pushed is checked */
#ifndef COMPAT_HAVE_PUSH_WITH_TS
static inline int iio_push_to_buffers_with_ts(struct iio_dev *indio_dev, void *data,
					      size_t size, s64 timestamp)
{
	if (size < indio_dev->scan_bytes)
		return -ENOSPC;

	return iio_push_to_buffers_with_timestamp(indio_dev, data, timestamp);
}
#endif

/* 6.4: renamed */
#ifndef COMPAT_HAVE_TRIGGER_POLL_NESTED
#define iio_trigger_poll_nested	iio_trigger_poll_chained
#endif

/* 5.13: triggers know whose they are */
#ifndef COMPAT_HAVE_TRIGGER_PARENT
#define devm_iio_trigger_alloc(parent_dev, ...) ({ \
		struct device *compat_parent = (parent_dev); \
		struct iio_trigger *compat_trig = \
			devm_iio_trigger_alloc(compat_parent, __VA_ARGS__); \
		\
		if (compat_trig) \
			compat_trig->dev.parent = compat_parent; \
		compat_trig; \
	})
#endif

/* 5.14: the number is behind a function */
#ifndef COMPAT_HAVE_DEVICE_ID
#define iio_device_id(indio_dev)	((indio_dev)->id)
#endif

/* 5.12: labels of channels; before, the same file by way of an attribute of the driver's own */
#ifdef COMPAT_HAVE_READ_LABEL
#define IIO_INFO_READ_LABEL(function)	.read_label = function,
#define IIO_EXT_INFO_LABEL(function)
#else
#define IIO_INFO_READ_LABEL(function)
#define IIO_EXT_INFO_LABEL(function) { \
		.name = "label", \
		.shared = IIO_SEPARATE, \
		.read = compat_read_label, \
		.private = (uintptr_t)function, \
	},

typedef int (*compat_label_reader)(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
				   char *label);

static inline ssize_t compat_read_label(struct iio_dev *indio_dev, uintptr_t private,
					const struct iio_chan_spec *chan, char *buf)
{
	return ((compat_label_reader)private)(indio_dev, chan, buf);
}
#endif

/*
 * 5.9: spi-sun6i keeps below the clock that it is asked for. Before, it rounded its divider down,
 * and 6.67 MHz (t_SCLK 150 ns, data sheet section 6.6) became 12 MHz, half of its 24. Asked for
 * half, it comes to no more than was meant, since rounding down takes less than half of a divider.
 * Where a stable release is corrected, it is slow but right: 3 MHz.
 */
#ifdef COMPAT_SCLK_ROUNDED_UP
static inline void compat_slow_down(struct spi_device *spi, struct spi_message *message)
{
	struct spi_transfer *transfer;

	list_for_each_entry(transfer, &message->transfers, transfer_list)
		transfer->speed_hz = spi->max_speed_hz / 2;
}

#define spi_sync_transfer compat_spi_sync_transfer
static inline int compat_spi_sync_transfer(struct spi_device *spi, struct spi_transfer *transfers,
					   unsigned int count)
{
	struct spi_message message;

	spi_message_init_with_transfers(&message, transfers, count);
	compat_slow_down(spi, &message);

	return spi_sync(spi, &message);
}
#else
static inline void compat_slow_down(struct spi_device *spi, struct spi_message *message)
{
}
#endif

/* 6.9: a message checked once instead of each time it is sent */
#ifndef COMPAT_HAVE_SPI_OPTIMIZE
static inline int spi_optimize_message(struct spi_device *spi, struct spi_message *message)
{
	compat_slow_down(spi, message);
	return 0;
}

static inline void spi_unoptimize_message(struct spi_message *message)
{
}
#endif

/* 5.17: before, only with a device tree */
#ifndef COMPAT_HAVE_IRQ_BY_NAME
#define fwnode_irq_get_byname(fwnode, name)	of_irq_get_byname(to_of_node(fwnode), name)
#endif

/* 5.18: unused callbacks without a warning; 5.8: none without CONFIG_PM */
#ifndef pm_ptr
#define pm_ptr(ops)	(ops)
#endif
#ifndef SYSTEM_SLEEP_PM_OPS
#define SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn) \
	SET_SYSTEM_SLEEP_PM_OPS(suspend_fn, resume_fn)
#endif
#ifndef RUNTIME_PM_OPS
#define RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn) \
	SET_RUNTIME_PM_OPS(suspend_fn, resume_fn, idle_fn)
#endif

#if !defined(COMPAT_HAVE_REGULATOR_BULK_GET_ENABLE) || !defined(COMPAT_HAVE_REGULATOR_READ_VOLTAGE)
static inline void compat_regulator_disable(void *regulator)
{
	regulator_disable(regulator);
}

static inline int compat_regulator_enable(struct device *dev, struct regulator *regulator)
{
	int ret;

	if (IS_ERR(regulator))
		return PTR_ERR(regulator);

	ret = regulator_enable(regulator);
	if (ret)
		return ret;

	return devm_add_action_or_reset(dev, compat_regulator_disable, regulator);
}
#endif

/* 6.1: supplies that go off with the device */
#ifndef COMPAT_HAVE_REGULATOR_BULK_GET_ENABLE
static inline int devm_regulator_bulk_get_enable(struct device *dev, int count,
						 const char * const *names)
{
	int ret = 0;

	for (int i = 0; i < count && !ret; i++)
		ret = compat_regulator_enable(dev, devm_regulator_get(dev, names[i]));

	return ret;
}
#endif

/* 6.10: a supply of which only the voltage matters */
#ifndef COMPAT_HAVE_REGULATOR_READ_VOLTAGE
static inline int devm_regulator_get_enable_read_voltage(struct device *dev, const char *name)
{
	struct regulator *regulator = devm_regulator_get_optional(dev, name);
	int ret;

	ret = compat_regulator_enable(dev, regulator);

	return ret ? ret : regulator_get_voltage(regulator);
}
#endif

#endif
