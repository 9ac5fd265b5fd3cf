/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * h3-spi.c - the Allwinner H3's SPI controllers, down to the edges they put on their pins
 *
 * Facts: Allwinner H3 data sheet 1.2, "SPI" and "CCU"; where it is silent, what this does:
 *  - FIFO states in ISR show what is the case, the rest of ISR what has happened since cleared;
 *  - a byte that finds the transmit FIFO empty waits for it, and TF_UDR tells;
 *  - SRST clears all but GCR; a controller in reset drives its select as TCR's reset value says,
 *    and SCLK low, as one without EN does;
 *  - a rest below the receive trigger level asks for DMA once the transfer is over.
 * Not there: slave mode, dual receive.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/bitops.h"
#include "qemu/host-utils.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"

#include "h3-spi.h"

#define GCR			0x04
#define   GCR_EN		BIT(0)
#define   GCR_MASTER		BIT(1)
#define   GCR_TP_EN		BIT(7)
#define   GCR_SRST		BIT(31)
#define TCR			0x08
#define   TCR_CPHA		BIT(0)
#define   TCR_CPOL		BIT(1)
#define   TCR_SPOL		BIT(2)
#define   TCR_SSCTL		BIT(3)
#define   TCR_SS_SEL		(3u << 4)
#define   TCR_SS_OWNER		BIT(6)
#define   TCR_SS_LEVEL		BIT(7)
#define   TCR_DHB		BIT(8)
#define   TCR_DDB		BIT(9)
#define   TCR_FBS		BIT(12)
#define   TCR_WRITABLE		0x7fff
#define   TCR_XCH		BIT(31)
#define IER			0x10
#define ISR			0x14
#define   INT_RX_RDY		BIT(0)
#define   INT_RX_EMP		BIT(1)
#define   INT_RX_FUL		BIT(2)
#define   INT_TX_RDY		BIT(4)
#define   INT_TX_EMP		BIT(5)
#define   INT_TX_FUL		BIT(6)
#define   INT_RX_OVF		BIT(8)
#define   INT_RX_UDR		BIT(9)
#define   INT_TX_OVF		BIT(10)
#define   INT_TX_UDR		BIT(11)
#define   INT_TC		BIT(12)
#define   INT_ALL		0x3f77
#define FCR			0x18
#define   FCR_RX_DRQ_EN		BIT(8)
#define   FCR_RX_RST		BIT(15)
#define   FCR_TX_DRQ_EN		BIT(24)
#define   FCR_TX_RST		BIT(31)
#define   FCR_WRITABLE		0x01ff01ff
#define FSR			0x1c
#define WCR			0x20
#define   WCR_WCC		0xffff
#define CCR			0x24
#define   CCR_CDR2		0xff
#define   CCR_CDR1_SHIFT	8
#define   CCR_DRS		BIT(12)
#define MBC			0x30
#define MTC			0x34
#define BCC			0x38
#define   BCC_DBC_SHIFT		24
#define   COUNT_MASK		0x00ffffff
#define DMA			0x88
#define TXD			0x200
#define RXD			0x300

#define GCR_RESET		0x00000080
#define TCR_RESET		0x00000087
#define FCR_RESET		0x00400001
#define CCR_RESET		0x00000002
#define DMA_RESET		0x000000a5

#define FIFO_BYTES		64
#define MMIO_SIZE		0x1000

/* The CCU's side of it. */
#define CCU_PLL_PERIPH0		0x028
#define CCU_PLL_PERIPH1		0x044
#define   PLL_ENABLE		BIT(31)
#define CCU_BUS_GATE0		0x060
#define CCU_BUS_RESET0		0x2c0
#define   CCU_BUS_SPI(index)	BIT(20 + (index))
#define CCU_SPI_CLK(index)	(0x0a0 + 4 * (index))
#define   SPI_CLK_GATE		BIT(31)
#define OSC24M_HZ		24000000

/* MOSI, MISO, CLK, CS and the function that they are of SPI0 and SPI1 */
static const H3SpiPins spi_pins[] = {
	{ H3_PIN('C', 0), H3_PIN('C', 1), H3_PIN('C', 2), H3_PIN('C', 3), 3 },
	{ H3_PIN('A', 15), H3_PIN('A', 16), H3_PIN('A', 14), H3_PIN('A', 13), 2 },
};

const H3SpiPins *h3_spi_pins(unsigned int index)
{
	return &spi_pins[index];
}

static uint32_t ccu_read(const H3SpiState *s, unsigned int offset)
{
	return s->ccu->regs[offset / 4];
}

static bool in_reset(const H3SpiState *s)
{
	return !(ccu_read(s, CCU_BUS_RESET0) & CCU_BUS_SPI(s->index));
}

static bool reachable(const H3SpiState *s)
{
	return ccu_read(s, CCU_BUS_GATE0) & CCU_BUS_SPI(s->index) && !in_reset(s);
}

/* PLL_PERIPHx(1X) = 24 MHz * N * K / 2 */
static uint32_t pll_hz(const H3SpiState *s, unsigned int offset)
{
	uint32_t pll = ccu_read(s, offset);

	if (!(pll & PLL_ENABLE))
		return 0;
	return OSC24M_HZ / 2 * ((pll >> 8 & 0x1f) + 1) * ((pll >> 4 & 3) + 1);
}

static uint32_t source_hz(const H3SpiState *s, unsigned int select)
{
	switch (select) {
	case 0:
		return OSC24M_HZ;
	case 1:
		return pll_hz(s, CCU_PLL_PERIPH0);
	case 2:
		return pll_hz(s, CCU_PLL_PERIPH1);
	default:
		return 0;
	}
}

/* SCLK = source / 2^N / (M + 1), then / 2^CDR1 or / (2 * (CDR2 + 1)) */
static H3SpiRate sclk_rate(const H3SpiState *s)
{
	uint32_t clk = ccu_read(s, CCU_SPI_CLK(s->index));
	H3SpiRate rate = { 0, 1 };

	if (!reachable(s) || !(clk & SPI_CLK_GATE))
		return rate;
	rate.hz = source_hz(s, clk >> 24 & 3);
	rate.divider = (1 << (clk >> 16 & 3)) * ((clk & 0xf) + 1);
	if (s->ccr & CCR_DRS)
		rate.divider *= 2 * ((s->ccr & CCR_CDR2) + 1);
	else
		rate.divider <<= s->ccr >> CCR_CDR1_SHIFT & 0xf;
	return rate;
}

/* When the half period number @half of this row of bytes is over. */
static int64_t half_ns(const H3SpiState *s, uint64_t half)
{
	return s->row_start_ns + muldiv64((s->row_halves + half) * s->rate.divider,
					  NANOSECONDS_PER_SECOND, 2 * s->rate.hz);
}

static uint32_t status(const H3SpiState *s)
{
	uint32_t tx = s->tx.num, rx = s->rx.num;

	return s->latched |
	       (rx >= (s->fcr & 0xff) ? INT_RX_RDY : 0) |
	       (rx == 0 ? INT_RX_EMP : 0) |
	       (rx == FIFO_BYTES ? INT_RX_FUL : 0) |
	       (tx <= (s->fcr >> 16 & 0xff) ? INT_TX_RDY : 0) |
	       (tx == 0 ? INT_TX_EMP : 0) |
	       (tx == FIFO_BYTES ? INT_TX_FUL : 0);
}

static void update_irq(H3SpiState *s)
{
	bool level = status(s) & s->ier;

	if (level && !s->irq_level)
		s->interrupts++;
	s->irq_level = level;
	qemu_set_irq(s->irq, level);
}

static void update_drq(H3SpiState *s)
{
	uint32_t states = status(s);
	bool rx = states & INT_RX_RDY || !s->busy;

	qemu_set_irq(s->drq_rx, s->fcr & FCR_RX_DRQ_EN && rx && !(states & INT_RX_EMP));
	qemu_set_irq(s->drq_tx, s->fcr & FCR_TX_DRQ_EN && states & INT_TX_RDY);
}

static void update_outputs(H3SpiState *s)
{
	update_irq(s);
	update_drq(s);
}

static void drive_cs(H3SpiState *s, int level, int64_t at_ns)
{
	s->cs = level;
	h3_pio_drive_inside(s->pio, s->pins.cs, s->pins.function, level, at_ns);
}

static void drive_sclk(H3SpiState *s, int level, int64_t at_ns)
{
	s->sclk = level;
	h3_pio_drive_inside(s->pio, s->pins.sclk, s->pins.function, level, at_ns);
}

static void drive_mosi(H3SpiState *s, int level, int64_t at_ns)
{
	s->mosi = level;
	h3_pio_drive_inside(s->pio, s->pins.mosi, s->pins.function, level, at_ns);
}

/* Only select 0 has a pin; SS_LEVEL is the pin's own level, SPOL says which level is idle. */
static int wanted_cs(const H3SpiState *s)
{
	int idle = !!(s->tcr & TCR_SPOL);

	if (s->tcr & TCR_SS_SEL)
		return idle;
	if (s->tcr & TCR_SS_OWNER)
		return !!(s->tcr & TCR_SS_LEVEL);
	if (s->busy && (s->shifting || !(s->tcr & TCR_SSCTL)))
		return !idle;
	return idle;
}

/*
 * A clock that changes its idle level does so while the select is up, whichever way that goes. It
 * is high only when enabled: drivers set CPOL before EN, and TCR comes out of reset with CPOL = 1.
 */
static void drive_idle(H3SpiState *s, int64_t at_ns)
{
	int cs = wanted_cs(s);

	if (cs)
		drive_cs(s, cs, at_ns);
	if (!s->shifting)
		drive_sclk(s, s->gcr & GCR_EN && s->tcr & TCR_CPOL, at_ns);
	if (!cs)
		drive_cs(s, cs, at_ns);
}

static bool transmits(const H3SpiState *s, uint32_t number)
{
	return number < s->mtc;
}

/* DHB throws away what comes in before the transmit and dummy bursts are over. */
static bool keeps(const H3SpiState *s, uint32_t number)
{
	return !(s->tcr & TCR_DHB) || number >= s->mtc + (s->bcc >> BCC_DBC_SHIFT & 0xf);
}

/*
 * One bit on the wire. With CPHA = 0 data change on the trailing edge and are taken on the leading
 * one, with CPHA = 1 the other way round; what is taken is what stood there before the edge.
 */
static bool shift_bit(H3SpiState *s, unsigned int number, bool bit)
{
	int idle = !!(s->tcr & TCR_CPOL);
	int64_t leading_ns = half_ns(s, 2 * number + 1), trailing_ns = half_ns(s, 2 * number + 2);
	bool taken;

	if (s->tcr & TCR_CPHA) {
		drive_sclk(s, !idle, leading_ns);
		drive_mosi(s, bit, leading_ns);
		taken = h3_pio_sense(s->pio, s->pins.miso, s->pins.function);
		drive_sclk(s, idle, trailing_ns);
	} else {
		drive_mosi(s, bit, half_ns(s, 2 * number));
		taken = h3_pio_sense(s->pio, s->pins.miso, s->pins.function);
		drive_sclk(s, !idle, leading_ns);
		drive_sclk(s, idle, trailing_ns);
	}
	return taken;
}

static uint8_t shift_byte(H3SpiState *s, uint8_t out)
{
	bool lsb_first = s->tcr & TCR_FBS;
	uint8_t in = 0;

	for (unsigned int i = 0; i < 8; i++) {
		unsigned int bit = lsb_first ? i : 7 - i;

		in |= shift_bit(s, i, out >> bit & 1) << bit;
	}
	return in;
}

static bool may_start_byte(H3SpiState *s)
{
	if (!sclk_rate(s).hz)
		return false;
	if (transmits(s, s->done) && fifo8_is_empty(&s->tx)) {
		s->latched |= INT_TX_UDR;
		return false;
	}
	return !(keeps(s, s->done) && s->gcr & GCR_TP_EN && fifo8_is_full(&s->rx));
}

/* A row is what goes over the wire without a break and at one rate. */
static void join_row(H3SpiState *s, int64_t at_ns)
{
	H3SpiRate rate = sclk_rate(s);

	if (s->row_halves && at_ns == s->byte_end_ns && rate.hz == s->rate.hz &&
	    rate.divider == s->rate.divider)
		return;
	s->rate = rate;
	s->row_start_ns = at_ns;
	s->row_halves = 0;
}

static void start_byte(H3SpiState *s)
{
	uint8_t out = s->tcr & TCR_DDB ? 0xff : 0;

	if (transmits(s, s->done))
		out = fifo8_pop(&s->tx);
	join_row(s, s->byte_start_ns);
	s->shifting = true;
	drive_cs(s, wanted_cs(s), s->byte_start_ns);
	s->received = shift_byte(s, out);
	s->byte_end_ns = half_ns(s, 16);
}

static void receive(H3SpiState *s, uint8_t byte)
{
	if (fifo8_is_full(&s->rx))
		s->latched |= INT_RX_OVF;
	else
		fifo8_push(&s->rx, byte);
}

/* WCC and a select that goes up between bursts put whole periods between two bytes. */
static void finish_byte(H3SpiState *s)
{
	unsigned int gap = (s->wcr & WCR_WCC) + (s->tcr & TCR_SSCTL ? 1 : 0);

	s->shifting = false;
	if (keeps(s, s->done))
		receive(s, s->failure == H3_SPI_ONES ? 0xff : s->received);
	s->done++;
	s->bytes++;
	s->row_halves += 16;
	s->byte_start_ns = s->byte_end_ns;
	if (gap && s->done < s->mbc) {
		s->byte_start_ns = half_ns(s, 2 * gap);
		drive_cs(s, wanted_cs(s), s->byte_end_ns);
	}
}

static void finish_transfer(H3SpiState *s)
{
	s->busy = false;
	s->row_halves = 0;
	if (s->failure == H3_SPI_SOUND || s->failure == H3_SPI_ONES)
		s->latched |= INT_TC;
	s->transfers++;
	drive_idle(s, s->byte_start_ns);
}

/*
 * A host that is late must not put edges into the past: others may have moved on since. Counted
 * time is late by less than an instruction, and stays exact.
 */
static void catch_up(H3SpiState *s, int64_t now_ns)
{
	H3SpiRate rate = sclk_rate(s);
	int64_t half = muldiv64(rate.divider, NANOSECONDS_PER_SECOND, 2 * rate.hz);

	if (now_ns - s->byte_start_ns >= half)
		s->byte_start_ns = now_ns;
}

/* Does what is due by now. A byte that has to wait is taken up again by whoever ends the wait. */
static void run(H3SpiState *s)
{
	int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

	while (s->busy) {
		if (s->shifting) {
			if (s->byte_end_ns > now_ns)
				break;
			finish_byte(s);
		} else if (s->done >= s->mbc) {
			finish_transfer(s);
		} else if (s->byte_start_ns > now_ns) {
			break;
		} else if (may_start_byte(s)) {
			catch_up(s, now_ns);
			start_byte(s);
		} else {
			s->byte_start_ns = now_ns;
			s->row_halves = 0;
			break;
		}
	}
}

static void rearm(H3SpiState *s)
{
	int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

	if (s->busy && s->shifting)
		timer_mod_ns(s->timer, s->byte_end_ns);
	else if (s->busy && s->byte_start_ns > now_ns)
		timer_mod_ns(s->timer, s->byte_start_ns);
	else
		timer_del(s->timer);
}

static void run_and_rearm(H3SpiState *s)
{
	run(s);
	rearm(s);
	update_outputs(s);
}

static void spi_timer(void *opaque)
{
	run_and_rearm(opaque);
}

/* Counts the transfers down to the one that is to fail. */
static H3SpiFailure next_failure(H3SpiState *s)
{
	if (!s->fail_at || --s->fail_at)
		return H3_SPI_SOUND;
	s->failures++;
	return s->fail_how;
}

static void start_transfer(H3SpiState *s)
{
	if (s->busy)
		return;
	if (!(s->gcr & GCR_EN) || !(s->gcr & GCR_MASTER)) {
		qemu_log_mask(LOG_GUEST_ERROR, "h3-spi: XCH while disabled or a slave\n");
		return;
	}
	s->failure = next_failure(s);
	s->busy = true;
	s->done = s->failure == H3_SPI_NO_CLOCK ? s->mbc : 0;
	s->row_halves = 0;
	s->byte_start_ns = MAX(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), s->byte_end_ns);
	drive_idle(s, s->byte_start_ns);
}

static void reset_but_gcr(H3SpiState *s)
{
	s->tcr = TCR_RESET;
	s->fcr = FCR_RESET;
	s->ccr = CCR_RESET;
	s->dma = DMA_RESET;
	s->ier = s->wcr = s->mbc = s->mtc = s->bcc = s->latched = 0;
	fifo8_reset(&s->tx);
	fifo8_reset(&s->rx);
	s->busy = s->shifting = false;
	drive_idle(s, MAX(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), s->byte_end_ns));
}

static void spi_reset(DeviceState *dev)
{
	H3SpiState *s = H3_SPI(dev);

	s->gcr = GCR_RESET;
	reset_but_gcr(s);
	rearm(s);
	update_outputs(s);
}

static void ccu_changed(Notifier *notifier, void *data)
{
	H3SpiState *s = container_of(notifier, H3SpiState, ccu_changed);

	if (in_reset(s))
		spi_reset(DEVICE(s));
	else
		run_and_rearm(s);
}

static uint32_t pop_rx(H3SpiState *s, unsigned int size)
{
	uint32_t value = 0;

	for (unsigned int i = 0; i < size; i++) {
		if (fifo8_is_empty(&s->rx))
			s->latched |= INT_RX_UDR;
		else
			value |= (uint32_t)fifo8_pop(&s->rx) << (8 * i);
	}
	return value;
}

static void push_tx(H3SpiState *s, uint32_t value, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++) {
		if (fifo8_is_full(&s->tx))
			s->latched |= INT_TX_OVF;
		else
			fifo8_push(&s->tx, value >> (8 * i));
	}
}

static uint64_t read_register(H3SpiState *s, hwaddr offset, unsigned int size)
{
	switch (offset) {
	case GCR:
		return s->gcr;
	case TCR:
		return s->tcr | (s->busy ? TCR_XCH : 0);
	case IER:
		return s->ier;
	case ISR:
		return status(s);
	case FCR:
		return s->fcr;
	case FSR:
		return s->tx.num << 16 | s->rx.num;
	case WCR:
		return s->wcr;
	case CCR:
		return s->ccr;
	case MBC:
		return s->mbc;
	case MTC:
		return s->mtc;
	case BCC:
		return s->bcc;
	case DMA:
		return s->dma;
	case RXD:
		return pop_rx(s, size);
	default:
		return 0;
	}
}

static void write_gcr(H3SpiState *s, uint32_t value)
{
	s->gcr = value & (GCR_EN | GCR_MASTER | GCR_TP_EN);
	if (value & GCR_SRST)
		reset_but_gcr(s);
	else
		drive_idle(s, MAX(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), s->byte_end_ns));
}

static void write_tcr(H3SpiState *s, uint32_t value)
{
	s->tcr = value & TCR_WRITABLE;
	drive_idle(s, MAX(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), s->byte_end_ns));
	if (value & TCR_XCH)
		start_transfer(s);
}

static void write_fcr(H3SpiState *s, uint32_t value)
{
	s->fcr = value & FCR_WRITABLE;
	if (value & FCR_TX_RST)
		fifo8_reset(&s->tx);
	if (value & FCR_RX_RST)
		fifo8_reset(&s->rx);
}

static void write_register(H3SpiState *s, hwaddr offset, uint32_t value, unsigned int size)
{
	switch (offset) {
	case GCR:
		write_gcr(s, value);
		break;
	case TCR:
		write_tcr(s, value);
		break;
	case IER:
		s->ier = value & INT_ALL;
		break;
	case ISR:
		s->latched &= ~value;
		break;
	case FCR:
		write_fcr(s, value);
		break;
	case WCR:
		s->wcr = value & 0xfffff;
		break;
	case CCR:
		s->ccr = value & 0x1fff;
		break;
	case MBC:
		s->mbc = value & COUNT_MASK;
		break;
	case MTC:
		s->mtc = value & COUNT_MASK;
		break;
	case BCC:
		s->bcc = value & 0x1fffffff;
		break;
	case DMA:
		s->dma = value & 0xff;
		break;
	case TXD:
		push_tx(s, value, size);
		break;
	}
}

static uint64_t spi_read(void *opaque, hwaddr offset, unsigned int size)
{
	H3SpiState *s = opaque;
	uint64_t value;

	if (!reachable(s))
		return 0;
	run(s);
	value = read_register(s, offset, size);
	run_and_rearm(s);
	return value;
}

static void spi_write(void *opaque, hwaddr offset, uint64_t value, unsigned int size)
{
	H3SpiState *s = opaque;

	if (!reachable(s)) {
		qemu_log_mask(LOG_GUEST_ERROR, "h3-spi: write without a bus clock or in reset\n");
		return;
	}
	run(s);
	write_register(s, offset, value, size);
	run_and_rearm(s);
}

static const MemoryRegionOps spi_ops = {
	.read = spi_read,
	.write = spi_write,
	.endianness = DEVICE_LITTLE_ENDIAN,
	.valid = { .min_access_size = 1, .max_access_size = 4 },
	.impl = { .min_access_size = 1, .max_access_size = 4 },
};

static void spi_realize(DeviceState *dev, Error **errp)
{
	H3SpiState *s = H3_SPI(dev);

	if (!s->ccu || !s->pio || s->index >= ARRAY_SIZE(spi_pins)) {
		error_setg(errp, "h3-spi wants ccu, pio and index");
		return;
	}
	s->pins = spi_pins[s->index];
	s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, spi_timer, s);
	s->ccu_changed.notify = ccu_changed;
	notifier_list_add(&s->ccu->changed, &s->ccu_changed);
	fifo8_create(&s->tx, FIFO_BYTES);
	fifo8_create(&s->rx, FIFO_BYTES);
}

static void spi_init(Object *obj)
{
	H3SpiState *s = H3_SPI(obj);

	s->fail_how = H3_SPI_NO_END;
	memory_region_init_io(&s->iomem, obj, &spi_ops, s, TYPE_H3_SPI, MMIO_SIZE);
	sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
	sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
	qdev_init_gpio_out_named(DEVICE(obj), &s->drq_rx, "drq-rx", 1);
	qdev_init_gpio_out_named(DEVICE(obj), &s->drq_tx, "drq-tx", 1);
}

static void spi_get_counters(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	H3SpiState *s = H3_SPI(obj);

	if (!visit_start_struct(v, name, NULL, 0, errp))
		return;
	visit_type_uint64(v, "transfers", &s->transfers, errp);
	visit_type_uint64(v, "bytes", &s->bytes, errp);
	visit_type_uint64(v, "interrupts", &s->interrupts, errp);
	visit_type_uint64(v, "failures", &s->failures, errp);
	visit_end_struct(v, NULL);
}

static const char *const failure_names[] = {
	[H3_SPI_NO_CLOCK] = "no-clock",
	[H3_SPI_NO_END] = "no-end",
	[H3_SPI_ONES] = "ones",
};

static char *spi_get_fail_how(Object *obj, Error **errp)
{
	return g_strdup(failure_names[H3_SPI(obj)->fail_how]);
}

static void spi_set_fail_how(Object *obj, const char *text, Error **errp)
{
	for (unsigned int how = H3_SPI_NO_CLOCK; how < ARRAY_SIZE(failure_names); how++) {
		if (!strcmp(text, failure_names[how])) {
			H3_SPI(obj)->fail_how = how;
			return;
		}
	}
	error_setg(errp, "fail-how: '%s' is not known; there are no-clock, no-end and ones", text);
}

static void spi_get_fail_at(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	visit_type_uint32(v, name, &H3_SPI(obj)->fail_at, errp);
}

static void spi_set_fail_at(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	visit_type_uint32(v, name, &H3_SPI(obj)->fail_at, errp);
}

static Property spi_properties[] = {
	DEFINE_PROP_UINT8("index", H3SpiState, index, 0),
	DEFINE_PROP_LINK("ccu", H3SpiState, ccu, TYPE_AW_H3_CCU, AwH3ClockCtlState *),
	DEFINE_PROP_LINK("pio", H3SpiState, pio, TYPE_H3_PIO, H3PioState *),
	DEFINE_PROP_END_OF_LIST(),
};

static const VMStateDescription spi_vmstate = {
	.name = TYPE_H3_SPI,
	.unmigratable = 1,
};

static void spi_class_init(ObjectClass *oc, void *data)
{
	DeviceClass *dc = DEVICE_CLASS(oc);

	dc->realize = spi_realize;
	dc->reset = spi_reset;
	dc->vmsd = &spi_vmstate;
	device_class_set_props(dc, spi_properties);
	object_class_property_add(oc, "counters", "struct", spi_get_counters, NULL, NULL, NULL);
	object_class_property_add(oc, "fail-at", "uint32", spi_get_fail_at, spi_set_fail_at, NULL, NULL);
	object_class_property_add_str(oc, "fail-how", spi_get_fail_how, spi_set_fail_how);
}

static const TypeInfo spi_types[] = {
	{
		.name = TYPE_H3_SPI,
		.parent = TYPE_SYS_BUS_DEVICE,
		.instance_size = sizeof(H3SpiState),
		.instance_init = spi_init,
		.class_init = spi_class_init,
	},
};

DEFINE_TYPES(spi_types)
