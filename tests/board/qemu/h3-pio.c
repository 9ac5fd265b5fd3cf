/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * h3-pio.c - the Allwinner H3's port controllers: which pin is what, at which level, and who hears
 *
 * Facts: Allwinner H3 data sheet 1.2, "Port Controller" (CPUx-PORT, CPUs-PORT). Where it is silent:
 *  - an interrupt input knows only what happens while its pin is muxed to it;
 *  - the filter passes a level that two successive clocks of it have seen, and the level modes
 *    look at the filter's output, as the edge modes do.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/host-utils.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"

#include "h3-pio.h"

#define PORT_SIZE		0x24
#define PORT_CFG		0x00	/* to 0x0c */
#define PORT_DAT		0x10
#define PORT_DRV		0x14	/* and 0x18 */
#define PORT_PUL		0x1c	/* and 0x20 */
#define EINT_BASE		0x200
#define EINT_SIZE		0x20
#define EINT_CFG		0x00	/* to 0x0c */
#define EINT_CTL		0x10
#define EINT_STA		0x14
#define EINT_DEB		0x18
#define   EINT_DEB_HOSC		BIT(0)
#define   EINT_DEB_MASK		0x71

#define FUNCTION_INPUT		0
#define FUNCTION_OUTPUT		1
#define FUNCTION_EINT		6

#define PULL_UP			1

#define LOSC_HZ			32768
#define HOSC_HZ			24000000

#define CCU_BUS_GATE2		0x068
#define   CCU_BUS_GATE2_PIO	BIT(5)

#define MMIO_SIZE		0x400

/* What a port has and how it wakes. All DRV registers wake at level 1, all DAT registers at 0. */
typedef struct Port {
	unsigned int pins;
	uint32_t cfg[4];
	uint32_t pul[2];
} Port;

struct H3PioClass {
	SysBusDeviceClass parent_class;

	Port port[H3_PIO_PORTS];
	int eint_port[H3_PIO_EINT_BANKS];
	unsigned int banks;
};

typedef enum Trigger {
	TRIGGER_RISING,
	TRIGGER_FALLING,
	TRIGGER_HIGH,
	TRIGGER_LOW,
	TRIGGER_BOTH,
} Trigger;

static uint32_t field(const uint32_t *reg, unsigned int number, unsigned int width)
{
	unsigned int per_reg = 32 / width;

	return reg[number / per_reg] >> (number % per_reg * width) & ((1u << width) - 1);
}

static unsigned int pin_function(const H3PioState *s, unsigned int pin)
{
	return field(s->cfg[pin / H3_PIO_PORT_PINS], pin % H3_PIO_PORT_PINS, 4);
}

static int pin_pull(const H3PioState *s, unsigned int pin)
{
	return field(s->pul[pin / H3_PIO_PORT_PINS], pin % H3_PIO_PORT_PINS, 2) == PULL_UP;
}

/* An input that nothing drives and nothing pulls is low here; on silicon it is anything. */
static int pin_net_level(const H3PioState *s, unsigned int number)
{
	const H3Pin *pin = &s->pin[number];
	unsigned int function = pin_function(s, number);

	if (function == FUNCTION_OUTPUT)
		return s->dat[number / H3_PIO_PORT_PINS] >> number % H3_PIO_PORT_PINS & 1;
	if (pin->inside_function && function == pin->inside_function &&
	    pin->inside != H3_PIN_FLOATS)
		return pin->inside;
	if (pin->outside != H3_PIN_FLOATS)
		return pin->outside;
	return pin_pull(s, number);
}

/* The filter's clock number @tick, of LOSC or HOSC, divided by 2^n. */
static int64_t tick_ns(const H3EintBank *bank, int64_t tick)
{
	unsigned int shift = bank->deb >> 4 & 7;

	return muldiv64(tick << shift, NANOSECONDS_PER_SECOND,
			bank->deb & EINT_DEB_HOSC ? HOSC_HZ : LOSC_HZ);
}

/* The first clock of the filter after @at_ns. */
static int64_t tick_after(const H3EintBank *bank, int64_t at_ns)
{
	unsigned int shift = bank->deb >> 4 & 7;
	int64_t tick = muldiv64(at_ns, bank->deb & EINT_DEB_HOSC ? HOSC_HZ : LOSC_HZ,
				NANOSECONDS_PER_SECOND) >> shift;

	while (tick_ns(bank, tick) <= at_ns)
		tick++;
	return tick;
}

static bool eint_holds(const H3EintBank *bank, unsigned int number)
{
	const H3Eint *eint = &bank->pin[number];

	switch (field(bank->cfg, number, 4)) {
	case TRIGGER_HIGH:
		return eint->muxed && eint->filtered;
	case TRIGGER_LOW:
		return eint->muxed && !eint->filtered;
	default:
		return false;
	}
}

static void eint_edge(H3EintBank *bank, unsigned int number)
{
	static const bool on_rise[16] = { [TRIGGER_RISING] = true, [TRIGGER_BOTH] = true };
	static const bool on_fall[16] = { [TRIGGER_FALLING] = true, [TRIGGER_BOTH] = true };
	unsigned int trigger = field(bank->cfg, number, 4);

	if (bank->pin[number].filtered ? on_rise[trigger] : on_fall[trigger])
		bank->sta |= 1u << number;
}

static void eint_tick(H3EintBank *bank, unsigned int number)
{
	H3Eint *eint = &bank->pin[number];

	if (eint->raw == eint->sampled && eint->sampled != eint->filtered) {
		eint->filtered = eint->sampled;
		eint_edge(bank, number);
	}
	eint->sampled = eint->raw;
	if (eint->raw == eint->filtered)
		eint->tick = -1;
	else
		eint->tick++;
}

static void eint_run(H3EintBank *bank, unsigned int number, int64_t until_ns)
{
	H3Eint *eint = &bank->pin[number];

	while (eint->tick >= 0 && tick_ns(bank, eint->tick) <= until_ns)
		eint_tick(bank, number);
}

static void bank_run(H3EintBank *bank, int64_t until_ns)
{
	for (unsigned int i = 0; i < H3_PIO_PORT_PINS; i++)
		eint_run(bank, i, until_ns);
}

static void bank_update_irq(H3EintBank *bank)
{
	bool level;

	for (unsigned int i = 0; i < H3_PIO_PORT_PINS; i++)
		if (eint_holds(bank, i))
			bank->sta |= 1u << i;
	level = bank->sta & bank->ctl;
	if (level && !bank->irq_level)
		bank->interrupts++;
	bank->irq_level = level;
	qemu_set_irq(bank->irq, level);
}

static int64_t bank_next_ns(const H3EintBank *bank)
{
	int64_t next_ns = INT64_MAX;

	for (unsigned int i = 0; i < H3_PIO_PORT_PINS; i++)
		if (bank->pin[i].tick >= 0)
			next_ns = MIN(next_ns, tick_ns(bank, bank->pin[i].tick));
	return next_ns;
}

/* The filters need a clock only from an edge until they have made up their minds. */
static void pio_settle(H3PioState *s)
{
	H3PioClass *class = H3_PIO_GET_CLASS(s);
	int64_t next_ns = INT64_MAX;

	for (unsigned int i = 0; i < class->banks; i++) {
		bank_update_irq(&s->bank[i]);
		next_ns = MIN(next_ns, bank_next_ns(&s->bank[i]));
	}
	if (next_ns == INT64_MAX)
		timer_del(s->timer);
	else
		timer_mod_ns(s->timer, next_ns);
}

static void pio_run(H3PioState *s)
{
	int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

	for (unsigned int i = 0; i < H3_PIO_GET_CLASS(s)->banks; i++)
		bank_run(&s->bank[i], now_ns);
}

static void pio_timer(void *opaque)
{
	pio_run(opaque);
	pio_settle(opaque);
}

static H3EintBank *pin_bank(H3PioState *s, unsigned int pin)
{
	H3PioClass *class = H3_PIO_GET_CLASS(s);

	for (unsigned int i = 0; i < class->banks; i++)
		if (class->eint_port[i] == pin / H3_PIO_PORT_PINS)
			return &s->bank[i];
	return NULL;
}

/* True where the filter has something to think about. */
static bool eint_see(H3EintBank *bank, unsigned int number, bool muxed, bool level, int64_t at_ns)
{
	H3Eint *eint = &bank->pin[number];

	eint_run(bank, number, at_ns);
	if (!muxed || !eint->muxed) {
		eint->raw = eint->sampled = eint->filtered = level;
		eint->tick = -1;
	} else if (eint->raw != level) {
		eint->raw = level;
		if (eint->tick < 0)
			eint->tick = tick_after(bank, at_ns);
	} else {
		return false;
	}
	eint->muxed = muxed;
	return muxed;
}

static void pin_update(H3PioState *s, unsigned int number, int64_t at_ns)
{
	H3Pin *pin = &s->pin[number];
	H3EintBank *bank = pin_bank(s, number);
	int level = pin_net_level(s, number);

	if (bank && eint_see(bank, number % H3_PIO_PORT_PINS,
			     pin_function(s, number) == FUNCTION_EINT, level, at_ns))
		pio_settle(s);
	if (level == pin->level)
		return;
	pin->level = level;
	if (pin->listener)
		pin->listener(pin->opaque, level, at_ns);
}

static void port_update(H3PioState *s, unsigned int port)
{
	int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

	for (unsigned int i = 0; i < H3_PIO_GET_CLASS(s)->port[port].pins; i++)
		pin_update(s, port * H3_PIO_PORT_PINS + i, now_ns);
}

void h3_pio_drive_inside(H3PioState *s, unsigned int pin, unsigned int function, int level,
			 int64_t at_ns)
{
	s->pin[pin].inside_function = function;
	s->pin[pin].inside = level;
	pin_update(s, pin, at_ns);
}

void h3_pio_drive_outside(H3PioState *s, unsigned int pin, int level, int64_t at_ns)
{
	s->pin[pin].outside = level < 0 ? H3_PIN_FLOATS : !!level;
	pin_update(s, pin, at_ns);
}

int h3_pio_sense(H3PioState *s, unsigned int pin, unsigned int function)
{
	return pin_function(s, pin) == function ? s->pin[pin].level : pin_pull(s, pin);
}

int h3_pio_level(H3PioState *s, unsigned int pin)
{
	return s->pin[pin].level;
}

void h3_pio_listen(H3PioState *s, unsigned int pin, H3PinListener *listener, void *opaque)
{
	s->pin[pin].listener = listener;
	s->pin[pin].opaque = opaque;
}

int h3_pio_parse_pin(const char *name)
{
	static const unsigned int pins[H3_PIO_PORTS] = { 22, 0, 19, 18, 16, 7, 14 };
	unsigned int number;
	char port, rest;

	if (sscanf(name, "P%c%2u%c", &port, &number, &rest) != 2 || port < 'A' || port > 'G' ||
	    number >= pins[port - 'A'])
		return -1;
	return H3_PIN(port, number);
}

/* Only an input shows its pin; an output shows its latch, any other function nothing of use. */
static uint32_t port_read_dat(H3PioState *s, unsigned int port)
{
	uint32_t value = 0;

	for (unsigned int i = 0; i < H3_PIO_GET_CLASS(s)->port[port].pins; i++) {
		unsigned int pin = port * H3_PIO_PORT_PINS + i;
		unsigned int function = pin_function(s, pin);

		if (function == FUNCTION_OUTPUT)
			value |= s->dat[port] & 1u << i;
		else if (function == FUNCTION_INPUT && s->pin[pin].level)
			value |= 1u << i;
	}
	return value;
}

/* All bits of the fields of @width that belong to pins which exist, in register @index. */
static uint32_t field_mask(unsigned int pins, unsigned int width, unsigned int index)
{
	unsigned int bits = MIN(MAX((int)(pins * width) - (int)(32 * index), 0), 32);

	return bits == 32 ? ~0u : (1u << bits) - 1;
}

static uint32_t port_read(H3PioState *s, unsigned int port, hwaddr offset)
{
	switch (offset) {
	case PORT_CFG ... PORT_CFG + 0x0c:
		return s->cfg[port][offset / 4];
	case PORT_DAT:
		return port_read_dat(s, port);
	case PORT_DRV ... PORT_DRV + 4:
		return s->drv[port][(offset - PORT_DRV) / 4];
	default:
		return s->pul[port][(offset - PORT_PUL) / 4];
	}
}

static void port_write(H3PioState *s, unsigned int port, hwaddr offset, uint32_t value)
{
	unsigned int pins = H3_PIO_GET_CLASS(s)->port[port].pins;
	unsigned int index;

	switch (offset) {
	case PORT_CFG ... PORT_CFG + 0x0c:
		index = offset / 4;
		s->cfg[port][index] = value & 0x77777777 & field_mask(pins, 4, index);
		break;
	case PORT_DAT:
		s->dat[port] = value & field_mask(pins, 1, 0);
		break;
	case PORT_DRV ... PORT_DRV + 4:
		index = (offset - PORT_DRV) / 4;
		s->drv[port][index] = value & field_mask(pins, 2, index);
		return;
	default:
		index = (offset - PORT_PUL) / 4;
		s->pul[port][index] = value & field_mask(pins, 2, index);
		break;
	}
	port_update(s, port);
}

static uint32_t bank_read(H3EintBank *bank, hwaddr offset)
{
	switch (offset) {
	case EINT_CFG ... EINT_CFG + 0x0c:
		return bank->cfg[offset / 4];
	case EINT_CTL:
		return bank->ctl;
	case EINT_STA:
		return bank->sta;
	case EINT_DEB:
		return bank->deb;
	default:
		return 0;
	}
}

/* A filter in the middle of its doubts goes on with the new clock. */
static void bank_write_deb(H3EintBank *bank, uint32_t value)
{
	int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

	bank->deb = value & EINT_DEB_MASK;
	for (unsigned int i = 0; i < H3_PIO_PORT_PINS; i++)
		if (bank->pin[i].tick >= 0)
			bank->pin[i].tick = tick_after(bank, now_ns);
}

static void bank_write(H3EintBank *bank, unsigned int pins, hwaddr offset, uint32_t value)
{
	switch (offset) {
	case EINT_CFG ... EINT_CFG + 0x0c:
		bank->cfg[offset / 4] = value & field_mask(pins, 4, offset / 4);
		break;
	case EINT_CTL:
		bank->ctl = value & field_mask(pins, 1, 0);
		break;
	case EINT_STA:
		bank->sta &= ~value;
		break;
	case EINT_DEB:
		bank_write_deb(bank, value);
		break;
	}
}

static bool pio_clocked(const H3PioState *s)
{
	return !s->ccu || s->ccu->regs[CCU_BUS_GATE2 / 4] & CCU_BUS_GATE2_PIO;
}

static uint64_t pio_read(void *opaque, hwaddr offset, unsigned int size)
{
	H3PioState *s = opaque;
	H3PioClass *class = H3_PIO_GET_CLASS(s);
	unsigned int bank = (offset - EINT_BASE) / EINT_SIZE;

	if (!pio_clocked(s))
		return 0;
	pio_run(s);
	pio_settle(s);
	if (offset < H3_PIO_PORTS * PORT_SIZE)
		return port_read(s, offset / PORT_SIZE, offset % PORT_SIZE);
	if (offset >= EINT_BASE && bank < class->banks)
		return bank_read(&s->bank[bank], offset % EINT_SIZE);
	return 0;
}

static void pio_write(void *opaque, hwaddr offset, uint64_t value, unsigned int size)
{
	H3PioState *s = opaque;
	H3PioClass *class = H3_PIO_GET_CLASS(s);
	unsigned int bank = (offset - EINT_BASE) / EINT_SIZE;

	if (!pio_clocked(s)) {
		qemu_log_mask(LOG_GUEST_ERROR, "h3-pio: write without a bus clock\n");
		return;
	}
	pio_run(s);
	if (offset < H3_PIO_PORTS * PORT_SIZE)
		port_write(s, offset / PORT_SIZE, offset % PORT_SIZE, value);
	else if (offset >= EINT_BASE && bank < class->banks)
		bank_write(&s->bank[bank], class->port[class->eint_port[bank]].pins,
			   offset % EINT_SIZE, value);
	pio_settle(s);
}

static const MemoryRegionOps pio_ops = {
	.read = pio_read,
	.write = pio_write,
	.endianness = DEVICE_LITTLE_ENDIAN,
	.valid = { .min_access_size = 4, .max_access_size = 4 },
};

static void pio_reset(DeviceState *dev)
{
	H3PioState *s = H3_PIO(dev);
	H3PioClass *class = H3_PIO_GET_CLASS(s);

	for (unsigned int i = 0; i < H3_PIO_PORTS; i++) {
		const Port *port = &class->port[i];

		memcpy(s->cfg[i], port->cfg, sizeof(s->cfg[i]));
		memcpy(s->pul[i], port->pul, sizeof(s->pul[i]));
		s->dat[i] = 0;
		for (unsigned int j = 0; j < 2; j++)
			s->drv[i][j] = 0x55555555 & field_mask(port->pins, 2, j);
	}
	for (unsigned int i = 0; i < class->banks; i++) {
		H3EintBank *bank = &s->bank[i];

		memset(bank->cfg, 0, sizeof(bank->cfg));
		bank->ctl = bank->sta = bank->deb = 0;
	}
	for (unsigned int i = 0; i < H3_PIO_PORTS; i++)
		port_update(s, i);
	pio_settle(s);
}

/* For tests: number is port * 32 + pin; a level below 0 lets go of it. */
static void pio_set_outside(void *opaque, int number, int level)
{
	h3_pio_drive_outside(opaque, number, level, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
}

static void pio_realize(DeviceState *dev, Error **errp)
{
	H3PioState *s = H3_PIO(dev);

	s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, pio_timer, s);
	for (unsigned int i = 0; i < H3_PIO_PINS; i++)
		s->pin[i].outside = s->pin[i].inside = H3_PIN_FLOATS;
	for (unsigned int i = 0; i < H3_PIO_EINT_BANKS; i++)
		for (unsigned int j = 0; j < H3_PIO_PORT_PINS; j++)
			s->bank[i].pin[j].tick = -1;
}

static void pio_init(Object *obj)
{
	H3PioState *s = H3_PIO(obj);

	memory_region_init_io(&s->iomem, obj, &pio_ops, s, object_get_typename(obj), MMIO_SIZE);
	sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
	for (unsigned int i = 0; i < H3_PIO_GET_CLASS(obj)->banks; i++)
		sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->bank[i].irq);
	qdev_init_gpio_in_named(DEVICE(obj), pio_set_outside, "pin", H3_PIO_PINS);
}

static void pio_get_counters(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	static const char *const bank_name[H3_PIO_EINT_BANKS] = { "eint0", "eint1" };
	H3PioState *s = H3_PIO(obj);

	if (!visit_start_struct(v, name, NULL, 0, errp))
		return;
	for (unsigned int i = 0; i < H3_PIO_GET_CLASS(s)->banks; i++)
		visit_type_uint64(v, bank_name[i], &s->bank[i].interrupts, errp);
	visit_end_struct(v, NULL);
}

static Property pio_properties[] = {
	DEFINE_PROP_LINK("ccu", H3PioState, ccu, TYPE_AW_H3_CCU, AwH3ClockCtlState *),
	DEFINE_PROP_END_OF_LIST(),
};

static const VMStateDescription pio_vmstate = {
	.name = TYPE_H3_PIO,
	.unmigratable = 1,
};

static void pio_class_init(ObjectClass *oc, void *data)
{
	DeviceClass *dc = DEVICE_CLASS(oc);
	H3PioClass *class = H3_PIO_CLASS(oc);

	dc->realize = pio_realize;
	dc->reset = pio_reset;
	dc->vmsd = &pio_vmstate;
	device_class_set_props(dc, pio_properties);
	object_class_property_add(oc, "counters", "struct", pio_get_counters, NULL, NULL, NULL);

	class->port['A' - 'A'] = (Port){ 22, { 0x77777777, 0x77777777, 0x00777777 } };
	class->port['C' - 'A'] = (Port){ 19, { 0x77777777, 0x77777777, 0x00000777 },
					 { 0x00005140, 0x00000014 } };
	class->port['D' - 'A'] = (Port){ 18, { 0x77777777, 0x77777777, 0x00000077 } };
	class->port['E' - 'A'] = (Port){ 16, { 0x77777777, 0x77777777 } };
	class->port['F' - 'A'] = (Port){ 7, { 0x07373733 } };	/* JTAG on the card's pins */
	class->port['G' - 'A'] = (Port){ 14, { 0x77777777, 0x00777777 } };
	class->eint_port[0] = 'A' - 'A';
	class->eint_port[1] = 'G' - 'A';
	class->banks = 2;
}

/* Port L, at the offsets that port A has in the other one. */
static void r_pio_class_init(ObjectClass *oc, void *data)
{
	H3PioClass *class = H3_PIO_CLASS(oc);

	memset(class->port, 0, sizeof(class->port));
	class->port[0] = (Port){ 12, { 0x77777777, 0x00007777 } };
	class->eint_port[0] = 0;
	class->banks = 1;
}

static const TypeInfo pio_types[] = {
	{
		.name = TYPE_H3_PIO,
		.parent = TYPE_SYS_BUS_DEVICE,
		.instance_size = sizeof(H3PioState),
		.instance_init = pio_init,
		.class_size = sizeof(H3PioClass),
		.class_init = pio_class_init,
	}, {
		.name = TYPE_H3_R_PIO,
		.parent = TYPE_H3_PIO,
		.class_init = r_pio_class_init,
	},
};

DEFINE_TYPES(pio_types)
