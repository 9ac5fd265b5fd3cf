/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * h3-dma.h - the state of the Allwinner H3's DMA controller
 */
#ifndef H3_DMA_H
#define H3_DMA_H

#include "hw/misc/allwinner-h3-ccu.h"
#include "hw/sysbus.h"
#include "qemu/notify.h"
#include "qom/object.h"

#define TYPE_H3_DMA	"h3-dma"
OBJECT_DECLARE_SIMPLE_TYPE(H3DmaState, H3_DMA)

#define H3_DMA_CHANNELS		12
#define H3_DMA_DRQS		32

/* Names of the request inputs: who has something to give, who has room. */
#define H3_DMA_SOURCE		"source"
#define H3_DMA_DESTINATION	"destination"

/* The request lines of SPI0 and SPI1, the same number in either direction. */
#define H3_DMA_DRQ_SPI0		23

typedef struct H3DmaChannel {
	bool enabled;
	uint32_t next;			/* descriptor, after the one that is being worked on */
	uint32_t cfg, src, dst, left, para;
	uint32_t bytes;			/* of the whole package */
} H3DmaChannel;

struct H3DmaState {
	SysBusDevice parent_obj;

	MemoryRegion iomem;
	qemu_irq irq;
	QEMUTimer *timer;
	AwH3ClockCtlState *ccu;
	Notifier ccu_changed;

	uint32_t source, destination;	/* requests, a bit each */
	uint32_t irq_enable[2], irq_status[2];
	uint32_t auto_gate;
	H3DmaChannel channel[H3_DMA_CHANNELS];
};

#endif
