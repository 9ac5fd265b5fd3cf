/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * h3-dma.c - the Allwinner H3's DMA controller, as far as requests of its SPI controllers take it
 *
 * Facts: Allwinner H3 data sheet 1.2, "DMA" and "CCU"; where it is silent, what this does:
 *  - a channel that is through with its list disables itself;
 *  - what is asked for moves at once, one unit of the I/O side's width at a time: bursts and wait
 *    cycles are shorter than anything an SPI bus does.
 * Not there: pausing a channel, the security register.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/bitops.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"

#include "h3-dma.h"

#define IRQ_EN			0x00
#define IRQ_STAT		0x10
#define   IRQ_HALF		BIT(0)
#define   IRQ_PKG		BIT(1)
#define   IRQ_QUEUE		BIT(2)
#define   IRQ_CHANNELS		8	/* per register, 4 bits each */
#define AUTO_GATE		0x28
#define STA			0x30
#define CHANNEL			0x100
#define CHANNEL_SIZE		0x40
#define   EN			0x00
#define     EN_START		BIT(0)
#define   LLI_ADDR		0x08
#define   CUR_CFG		0x0c
#define     CFG_SRC_DRQ_SHIFT	0
#define     CFG_SRC_IO		BIT(5)
#define     CFG_SRC_WIDTH_SHIFT	9
#define     CFG_DST_DRQ_SHIFT	16
#define     CFG_DST_IO		BIT(21)
#define     CFG_DST_WIDTH_SHIFT	25
#define   CUR_SRC		0x10
#define   CUR_DST		0x14
#define   CUR_CNT		0x18
#define   CUR_PARA		0x1c

#define LLI_END			0xfffff800
#define MMIO_SIZE		0x1000

/* Requests 0 and 1 are SRAM and SDRAM, which are always ready. */
#define DRQ_MEMORY		(BIT(0) | BIT(1))

/* Between two packages, so that a ring of them from memory to memory lets others live. */
#define PACKAGE_GAP_NS		1000

#define UNIT_MOST_BYTES		8

/* The CCU's side of it. */
#define CCU_BUS_GATE0		0x060
#define CCU_BUS_RESET0		0x2c0
#define   CCU_BUS_DMA		BIT(6)

/* A descriptor, as it lies in memory. */
typedef struct Package {
	uint32_t cfg, src, dst, bytes, para, next;
} Package;

static bool in_reset(const H3DmaState *s)
{
	return !(s->ccu->regs[CCU_BUS_RESET0 / 4] & CCU_BUS_DMA);
}

static bool reachable(const H3DmaState *s)
{
	return s->ccu->regs[CCU_BUS_GATE0 / 4] & CCU_BUS_DMA && !in_reset(s);
}

static void run_after(H3DmaState *s, int64_t ns)
{
	timer_mod_anticipate_ns(s->timer, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + ns);
}

static void update_irq(H3DmaState *s)
{
	qemu_set_irq(s->irq, s->irq_status[0] & s->irq_enable[0] ||
			     s->irq_status[1] & s->irq_enable[1]);
}

static void note(H3DmaState *s, unsigned int number, uint32_t what)
{
	s->irq_status[number / IRQ_CHANNELS] |= what << (number % IRQ_CHANNELS * 4);
}

static void load_package(H3DmaChannel *c)
{
	Package package = { 0 };

	address_space_read(&address_space_memory, c->next, MEMTXATTRS_UNSPECIFIED, &package,
			   sizeof(package));
	c->cfg = le32_to_cpu(package.cfg);
	c->src = le32_to_cpu(package.src);
	c->dst = le32_to_cpu(package.dst);
	c->bytes = c->left = le32_to_cpu(package.bytes);
	c->para = le32_to_cpu(package.para);
	c->next = le32_to_cpu(package.next);
}

static bool asked_for(const H3DmaState *s, const H3DmaChannel *c)
{
	return s->source >> (c->cfg >> CFG_SRC_DRQ_SHIFT & 0x1f) & 1 &&
	       s->destination >> (c->cfg >> CFG_DST_DRQ_SHIFT & 0x1f) & 1;
}

/* Memory does not mind in which widths it is read and written; a FIFO does. */
static unsigned int unit_bytes(const H3DmaChannel *c)
{
	unsigned int shift = c->cfg & CFG_SRC_IO ? CFG_SRC_WIDTH_SHIFT : CFG_DST_WIDTH_SHIFT;

	return MIN(1u << (c->cfg >> shift & 3), c->left);
}

static void move_unit(H3DmaChannel *c)
{
	unsigned int bytes = unit_bytes(c);
	uint8_t unit[UNIT_MOST_BYTES] = { 0 };

	address_space_read(&address_space_memory, c->src, MEMTXATTRS_UNSPECIFIED, unit, bytes);
	address_space_write(&address_space_memory, c->dst, MEMTXATTRS_UNSPECIFIED, unit, bytes);
	if (!(c->cfg & CFG_SRC_IO))
		c->src += bytes;
	if (!(c->cfg & CFG_DST_IO))
		c->dst += bytes;
	c->left -= bytes;
}

static void finish_package(H3DmaState *s, unsigned int number)
{
	H3DmaChannel *c = &s->channel[number];

	note(s, number, IRQ_PKG);
	if (c->next == LLI_END) {
		c->enabled = false;
		note(s, number, IRQ_QUEUE);
		return;
	}
	load_package(c);
	run_after(s, PACKAGE_GAP_NS);
}

/* A unit that moves changes the requests: they are looked at again for each. */
static void run_channel(H3DmaState *s, unsigned int number)
{
	H3DmaChannel *c = &s->channel[number];

	while (c->left && asked_for(s, c)) {
		bool first_half = c->left > c->bytes / 2;

		move_unit(c);
		if (first_half && c->left <= c->bytes / 2)
			note(s, number, IRQ_HALF);
	}
	if (!c->left)
		finish_package(s, number);
}

static void dma_timer(void *opaque)
{
	H3DmaState *s = opaque;

	if (!reachable(s))
		return;
	for (unsigned int i = 0; i < H3_DMA_CHANNELS; i++)
		if (s->channel[i].enabled)
			run_channel(s, i);
	update_irq(s);
}

/* Who asks is in the middle of something: what it asks for moves after that. */
static void take_request(H3DmaState *s, uint32_t *requests, int number, int level)
{
	uint32_t before = *requests;

	*requests = deposit32(before, number, 1, !!level);
	if (*requests & ~before)
		run_after(s, 0);
}

static void take_source(void *opaque, int number, int level)
{
	H3DmaState *s = opaque;

	take_request(s, &s->source, number, level);
}

static void take_destination(void *opaque, int number, int level)
{
	H3DmaState *s = opaque;

	take_request(s, &s->destination, number, level);
}

static void dma_reset(DeviceState *dev)
{
	H3DmaState *s = H3_DMA(dev);

	memset(s->irq_enable, 0, sizeof(s->irq_enable));
	memset(s->irq_status, 0, sizeof(s->irq_status));
	memset(s->channel, 0, sizeof(s->channel));
	s->auto_gate = 0;
	timer_del(s->timer);
	update_irq(s);
}

static void ccu_changed(Notifier *notifier, void *data)
{
	H3DmaState *s = container_of(notifier, H3DmaState, ccu_changed);

	if (in_reset(s))
		dma_reset(DEVICE(s));
	else
		run_after(s, 0);
}

static uint32_t enabled_channels(const H3DmaState *s)
{
	uint32_t enabled = 0;

	for (unsigned int i = 0; i < H3_DMA_CHANNELS; i++)
		enabled |= (uint32_t)s->channel[i].enabled << i;
	return enabled;
}

static uint32_t read_channel(const H3DmaChannel *c, hwaddr offset)
{
	switch (offset) {
	case EN:
		return c->enabled ? EN_START : 0;
	case LLI_ADDR:
		return c->next;
	case CUR_CFG:
		return c->cfg;
	case CUR_SRC:
		return c->src;
	case CUR_DST:
		return c->dst;
	case CUR_CNT:
		return c->left;
	case CUR_PARA:
		return c->para;
	default:
		return 0;
	}
}

static void write_channel(H3DmaState *s, H3DmaChannel *c, hwaddr offset, uint32_t value)
{
	if (offset == LLI_ADDR && !c->enabled)
		c->next = value;
	if (offset != EN)
		return;
	if (value & EN_START && !c->enabled) {
		load_package(c);
		run_after(s, 0);
	}
	c->enabled = value & EN_START;
}

/* The channel that has this register, or NULL. */
static H3DmaChannel *channel_at(H3DmaState *s, hwaddr offset)
{
	if (offset < CHANNEL || offset >= CHANNEL + H3_DMA_CHANNELS * CHANNEL_SIZE)
		return NULL;
	return &s->channel[(offset - CHANNEL) / CHANNEL_SIZE];
}

static uint64_t dma_read(void *opaque, hwaddr offset, unsigned int size)
{
	H3DmaState *s = opaque;
	H3DmaChannel *c = channel_at(s, offset);

	if (!reachable(s))
		return 0;
	if (c)
		return read_channel(c, offset % CHANNEL_SIZE);
	switch (offset) {
	case IRQ_EN:
	case IRQ_EN + 4:
		return s->irq_enable[(offset - IRQ_EN) / 4];
	case IRQ_STAT:
	case IRQ_STAT + 4:
		return s->irq_status[(offset - IRQ_STAT) / 4];
	case AUTO_GATE:
		return s->auto_gate;
	case STA:
		return enabled_channels(s);
	default:
		return 0;
	}
}

static void dma_write(void *opaque, hwaddr offset, uint64_t value, unsigned int size)
{
	H3DmaState *s = opaque;
	H3DmaChannel *c = channel_at(s, offset);

	if (!reachable(s)) {
		qemu_log_mask(LOG_GUEST_ERROR, "h3-dma: write without a bus clock or in reset\n");
		return;
	}
	if (c)
		write_channel(s, c, offset % CHANNEL_SIZE, value);
	switch (offset) {
	case IRQ_EN:
	case IRQ_EN + 4:
		s->irq_enable[(offset - IRQ_EN) / 4] = value;
		break;
	case IRQ_STAT:
	case IRQ_STAT + 4:
		s->irq_status[(offset - IRQ_STAT) / 4] &= ~value;
		break;
	case AUTO_GATE:
		s->auto_gate = value & 7;
		break;
	}
	update_irq(s);
}

static const MemoryRegionOps dma_ops = {
	.read = dma_read,
	.write = dma_write,
	.endianness = DEVICE_LITTLE_ENDIAN,
	.valid = { .min_access_size = 4, .max_access_size = 4 },
	.impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void dma_realize(DeviceState *dev, Error **errp)
{
	H3DmaState *s = H3_DMA(dev);

	if (!s->ccu) {
		error_setg(errp, "h3-dma wants ccu");
		return;
	}
	s->source = s->destination = DRQ_MEMORY;
	s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, dma_timer, s);
	s->ccu_changed.notify = ccu_changed;
	notifier_list_add(&s->ccu->changed, &s->ccu_changed);
}

static void dma_init(Object *obj)
{
	H3DmaState *s = H3_DMA(obj);

	memory_region_init_io(&s->iomem, obj, &dma_ops, s, TYPE_H3_DMA, MMIO_SIZE);
	sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
	sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
	qdev_init_gpio_in_named(DEVICE(obj), take_source, H3_DMA_SOURCE, H3_DMA_DRQS);
	qdev_init_gpio_in_named(DEVICE(obj), take_destination, H3_DMA_DESTINATION, H3_DMA_DRQS);
}

static Property dma_properties[] = {
	DEFINE_PROP_LINK("ccu", H3DmaState, ccu, TYPE_AW_H3_CCU, AwH3ClockCtlState *),
	DEFINE_PROP_END_OF_LIST(),
};

static const VMStateDescription dma_vmstate = {
	.name = TYPE_H3_DMA,
	.unmigratable = 1,
};

static void dma_class_init(ObjectClass *oc, void *data)
{
	DeviceClass *dc = DEVICE_CLASS(oc);

	dc->realize = dma_realize;
	dc->reset = dma_reset;
	dc->vmsd = &dma_vmstate;
	device_class_set_props(dc, dma_properties);
}

static const TypeInfo dma_types[] = {
	{
		.name = TYPE_H3_DMA,
		.parent = TYPE_SYS_BUS_DEVICE,
		.instance_size = sizeof(H3DmaState),
		.instance_init = dma_init,
		.class_init = dma_class_init,
	},
};

DEFINE_TYPES(dma_types)
