/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel.h - what the pure part of the driver takes from Linux, for a program of this machine */
#ifndef KERNEL_H
#define KERNEL_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;
typedef int64_t ktime_t;
typedef int spinlock_t;

#define U8_MAX		UINT8_MAX
#define USEC_PER_SEC	1000000L
#define USEC_PER_MSEC	1000L
#define NANO		1000000000UL

#define BIT(n)			(1UL << (n))
#define BIT_ULL(n)		(1ULL << (n))
#define GENMASK(high, low)	((~0U << (low)) & (~0U >> (31 - (high))))
#define FIELD_PREP(mask, value)	(((u32)(value) << __builtin_ctz(mask)) & (mask))
#define FIELD_GET(mask, reg)	(((reg) & (mask)) >> __builtin_ctz(mask))
#define ALIGN(n, to)		(((n) + (to) - 1) / (to) * (to))
#define max_t(type, a, b)	((type)(a) > (type)(b) ? (type)(a) : (type)(b))
#define clamp(n, low, high)	((n) < (low) ? (low) : (n) > (high) ? (high) : (n))

#define IIO_DMA_MINALIGN	64
#define __aligned(n)		__attribute__((aligned(n)))

/* Whole only for the sake of the structures they are in */
struct completion { int unused; };
struct delayed_work { int unused; };
struct iio_buffer_access_funcs { int unused; };
struct mutex { int unused; };
struct spi_message { int unused; };
struct spi_transfer { int unused; };

static inline s32 sign_extend32(u32 value, int sign_bit)
{
	return (s32)(value << (31 - sign_bit)) >> (31 - sign_bit);
}

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

#endif
