/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * h3-pio.h - how the SoC's other devices, and what is soldered to its pins, meet at a pin
 *
 * Every change carries its own time: a serial clock's edges are known a byte ahead, and what they
 * make of a pin must not depend on when the host got round to it.
 */
#ifndef H3_PIO_H
#define H3_PIO_H

#include "hw/misc/allwinner-h3-ccu.h"
#include "hw/sysbus.h"
#include "qom/object.h"

#define TYPE_H3_PIO	"h3-pio"
#define TYPE_H3_R_PIO	"h3-r-pio"
OBJECT_DECLARE_TYPE(H3PioState, H3PioClass, H3_PIO)

#define H3_PIO_PORTS		7	/* A to G; B has no pins */
#define H3_PIO_PORT_PINS	32
#define H3_PIO_PINS		(H3_PIO_PORTS * H3_PIO_PORT_PINS)
#define H3_PIO_EINT_BANKS	2

#define H3_PIN(port, number)	(((port) - 'A') * H3_PIO_PORT_PINS + (number))

#define H3_PIN_FLOATS		(-1)	/* nobody drives */

typedef void H3PinListener(void *opaque, int level, int64_t at_ns);

/* What stands behind one pin. */
typedef struct H3Pin {
	int8_t outside;			/* driven by what is soldered to it, or H3_PIN_FLOATS */
	int8_t inside;			/* driven by the SoC's device of this function, ... */
	uint8_t inside_function;	/* ... while the pin is muxed to it; 0: there is none */
	int8_t level;			/* as it stands */
	H3PinListener *listener;
	void *opaque;
} H3Pin;

/* One interrupt input behind its filter. */
typedef struct H3Eint {
	bool muxed;
	bool raw;
	bool sampled;			/* at the last clock of the filter */
	bool filtered;
	int64_t tick;			/* the filter's next clock to look at, or -1: at rest */
} H3Eint;

typedef struct H3EintBank {
	uint32_t cfg[4];
	uint32_t ctl;
	uint32_t sta;
	uint32_t deb;
	H3Eint pin[H3_PIO_PORT_PINS];
	qemu_irq irq;
	bool irq_level;
	uint64_t interrupts;		/* rises of the interrupt line */
} H3EintBank;

struct H3PioState {
	SysBusDevice parent_obj;

	MemoryRegion iomem;
	AwH3ClockCtlState *ccu;		/* NULL: the clock is always there */
	QEMUTimer *timer;
	uint32_t cfg[H3_PIO_PORTS][4];
	uint32_t dat[H3_PIO_PORTS];
	uint32_t drv[H3_PIO_PORTS][2];
	uint32_t pul[H3_PIO_PORTS][2];
	H3Pin pin[H3_PIO_PINS];
	H3EintBank bank[H3_PIO_EINT_BANKS];
};

/* The chip's own device for @function drives @pin while it is muxed so; the first call says so. */
void h3_pio_drive_inside(H3PioState *s, unsigned int pin, unsigned int function, int level,
			 int64_t at_ns);

/* What is soldered to @pin drives it, or lets go of it. */
void h3_pio_drive_outside(H3PioState *s, unsigned int pin, int level, int64_t at_ns);

/* What the device behind @function sees of @pin: without the mux, only the pull. */
int h3_pio_sense(H3PioState *s, unsigned int pin, unsigned int function);

int h3_pio_level(H3PioState *s, unsigned int pin);

/* @listener hears every change of @pin; one for each pin. */
void h3_pio_listen(H3PioState *s, unsigned int pin, H3PinListener *listener, void *opaque);

/* "PA6" to a pin, or -1. */
int h3_pio_parse_pin(const char *name);

#endif
