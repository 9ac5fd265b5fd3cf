/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compat.h - what ti-ads1220.c takes from Linux 7.2 and older kernels lack
 *
 * Each entry says since when the kernel has it. Macros are looked for here, headers and functions
 * in Kbuild, because distributions carry many of them back and a version number then lies.
 */
#ifndef ADS1220_COMPAT_H
#define ADS1220_COMPAT_H

/* 6.12: moved out of asm/ */
#ifdef COMPAT_HAVE_UNALIGNED_H
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

/* 5.15: names for powers of ten */
#ifdef COMPAT_HAVE_UNITS_H
#include <linux/units.h>
#endif
#ifndef MILLI
#define MILLI	1000UL
#endif

/* 6.5: locks that end with their scope */
#ifdef COMPAT_HAVE_CLEANUP_H
#include <linux/cleanup.h>
#else
#include <linux/compiler.h>
#include <linux/mutex.h>

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

/* 6.0: alignment for buffers that a controller may map for DMA */
#ifndef IIO_DMA_MINALIGN
#include <linux/slab.h>
#define IIO_DMA_MINALIGN	ARCH_KMALLOC_MINALIGN
#endif

/* 6.1: supplies that go off with the device */
#ifndef COMPAT_HAVE_REGULATOR_BULK_GET_ENABLE
#include <linux/regulator/consumer.h>

static inline void compat_regulator_disable(void *regulator)
{
	regulator_disable(regulator);
}

static inline int devm_regulator_bulk_get_enable(struct device *dev, int count,
						 const char * const *names)
{
	for (int i = 0; i < count; i++) {
		struct regulator *regulator = devm_regulator_get(dev, names[i]);
		int ret;

		if (IS_ERR(regulator))
			return PTR_ERR(regulator);

		ret = regulator_enable(regulator);
		if (ret)
			return ret;

		ret = devm_add_action_or_reset(dev, compat_regulator_disable, regulator);
		if (ret)
			return ret;
	}

	return 0;
}
#endif

#endif
