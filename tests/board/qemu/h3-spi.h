/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * h3-spi.h - the state of one of the Allwinner H3's two SPI controllers
 */
#ifndef H3_SPI_H
#define H3_SPI_H

#include "hw/misc/allwinner-h3-ccu.h"
#include "hw/sysbus.h"
#include "qemu/fifo8.h"
#include "qemu/notify.h"
#include "qom/object.h"

#include "h3-pio.h"

#define TYPE_H3_SPI	"h3-spi"
OBJECT_DECLARE_SIMPLE_TYPE(H3SpiState, H3_SPI)

/* Which pins one controller has. */
typedef struct H3SpiPins {
	uint8_t mosi;
	uint8_t miso;
	uint8_t sclk;
	uint8_t cs;
	uint8_t function;
} H3SpiPins;

/* A frequency as it is made, so that no period is ever rounded twice. */
typedef struct H3SpiRate {
	uint32_t hz;			/* 0: there is no clock */
	uint32_t divider;
} H3SpiRate;

/* How a transfer can fail. */
typedef enum H3SpiFailure {
	H3_SPI_SOUND,
	H3_SPI_NO_CLOCK,		/* nothing goes over the wire, and the end is never told */
	H3_SPI_NO_END,			/* all goes over the wire, and the end is never told */
	H3_SPI_ONES,			/* every bit that comes in is 1 */
} H3SpiFailure;

struct H3SpiState {
	SysBusDevice parent_obj;

	MemoryRegion iomem;
	qemu_irq irq;
	qemu_irq drq_rx, drq_tx;
	QEMUTimer *timer;
	AwH3ClockCtlState *ccu;
	H3PioState *pio;
	uint8_t index;			/* SPI0 or SPI1 */
	Notifier ccu_changed;
	H3SpiPins pins;

	uint32_t gcr, tcr, ier, fcr, wcr, ccr, mbc, mtc, bcc, dma;
	uint32_t latched;		/* of ISR: what has happened, as against what is the case */
	Fifo8 tx, rx;

	bool busy;			/* a transfer is under way */
	bool shifting;			/* a byte of it is on the wire */
	uint32_t done;			/* bytes of it */
	uint8_t received;		/* the byte on the wire, as it will be */
	int64_t byte_start_ns;		/* of the byte on the wire, or the soonest for the next */
	int64_t byte_end_ns;
	H3SpiRate rate;			/* in this row of bytes */
	int64_t row_start_ns;		/* its first byte, and half periods since then */
	uint64_t row_halves;
	int8_t sclk, mosi, cs;		/* as driven */
	bool irq_level;
	uint32_t fail_at;		/* the transfer that is to fail, counted from now; 0: none */
	H3SpiFailure fail_how;		/* that one */
	H3SpiFailure failure;		/* the one under way */
	uint64_t transfers, bytes, interrupts, failures;
};

/* The pins of SPI0 or SPI1. */
const H3SpiPins *h3_spi_pins(unsigned int index);

#endif
