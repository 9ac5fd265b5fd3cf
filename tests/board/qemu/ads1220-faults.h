/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220-faults.h - what can be wrong with the chip or its wires, and how it is asked for
 */
#ifndef ADS1220_FAULTS_H
#define ADS1220_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ads1220_fault {
	ADS1220_FAULT_ABSENT_HIGH,	/* no chip: MISO reads 1, DRDY floats high */
	ADS1220_FAULT_ABSENT_LOW,	/* no chip: MISO reads 0, DRDY floats high */
	ADS1220_FAULT_DRDY_HIGH,
	ADS1220_FAULT_DRDY_LOW,
	ADS1220_FAULT_DRDY_LOST,	/* every Nth fall does not get through */
	ADS1220_FAULT_DRDY_LOST_ONCE,	/* the next one */
	ADS1220_FAULT_MISO_FLIP,	/* one bit in N bytes is wrong */
	ADS1220_FAULT_RESET,		/* the chip loses its supply every N ms; 0: once, now */
	ADS1220_FAULT_SPI_MODE,		/* SCLK comes upside down: mode 3's edges for mode 1 */
	ADS1220_FAULTS,
};

struct ads1220_faults {
	bool on[ADS1220_FAULTS];
	uint64_t number[ADS1220_FAULTS];	/* N */
};

/* "NAME[:N][,NAME[:N]...]", or "" for none. Returns false with @error filled for anything else. */
bool ads1220_faults_parse(const char *text, struct ads1220_faults *faults, char *error,
			  size_t size);

/* The reverse of it; @text holds every fault's name. */
#define ADS1220_FAULTS_TEXT	256
void ads1220_faults_print(const struct ads1220_faults *faults, char text[ADS1220_FAULTS_TEXT]);

#endif
