/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which results were lost, repeated or given to another channel, by the numbers that they carry?
 *
 * With test=on (tests/board/qemu/README.md) a result's upper 4 bits are the multiplexer's code and the
 * lower 20 the conversion's number. A temperature has the upper 14 bits of these 24: data sheet
 * section 8.3.13.
 */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stdint.h>

#define NUMBERS		(1 << 20)	/* a number is modulo this */
#define TEMPERATURE	15		/* in the place of the multiplexer's code */
#define TEMPERATURE_SHIFT 10

struct counts {
	unsigned long lost, repeated, mislabelled;
};

/* *last: the number of the result before, NUMBERS if there was none */
void numbers_follow_voltage(struct counts *counts, uint32_t *last, unsigned int mux, uint32_t value);
void numbers_follow_temperature(struct counts *counts, uint32_t *last, uint32_t value);

#endif
