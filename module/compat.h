/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compat.h - what ti-ads1220.c takes from Linux 7.2 and older kernels lack
 *
 * Each entry says since when the kernel has it. Macros are looked for here, functions in Kbuild,
 * because distributions carry many of them back and a version number then lies.
 */
#ifndef ADS1220_COMPAT_H
#define ADS1220_COMPAT_H

/* 6.12: moved out of asm/ */
#if __has_include(<linux/unaligned.h>)
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

/* 5.15: names for powers of ten */
#if __has_include(<linux/units.h>)
#include <linux/units.h>
#endif
#ifndef MILLI
#define MILLI	1000UL
#endif

/* 6.5: locks that end with their scope */
#if __has_include(<linux/cleanup.h>)
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

#define guard(kind) \
	struct kind *__UNIQUE_ID(guard) __attribute__((__cleanup__(compat_drop_##kind))) = \
		compat_hold_##kind
#endif

/* 6.9: a walk over child nodes that drops its reference on the way out */
#include <linux/property.h>

#ifndef device_for_each_child_node_scoped
static inline void compat_drop_fwnode(struct fwnode_handle **node)
{
	fwnode_handle_put(*node);
}

#define device_for_each_child_node_scoped(dev, node) \
	for (struct fwnode_handle *node __attribute__((__cleanup__(compat_drop_fwnode))) = \
		     device_get_next_child_node(dev, NULL); \
	     node; node = device_get_next_child_node(dev, node))
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
