/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does this machine tell of a converter beside what IIO does? */
#ifndef ADS1220_MACHINE_H
#define ADS1220_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MACHINE_NAME_MAX 64

/* of the channels' ids */
#define MACHINE_PINS_MAX 2

/*
 * Adds up the interrupts of that name on every processor; text is /proc/interrupts. False where
 * none is called so.
 */
bool interrupts_in(const char *text, const char *name, uint64_t *count);

/* The pins in an id like voltage0-voltage1; returns how many. */
size_t pins_in(const char *id, uint32_t pins[MACHINE_PINS_MAX]);

/* The name of what the device is on, such as spi1.0; false where that is not known. */
bool machine_parent(const char *device_id, char name[MACHINE_NAME_MAX]);

/* How often the device with this IIO id has interrupted; false where that is not known. */
bool machine_interrupts(const char *device_id, uint64_t *count);

/* Whether the device tree has that property for the channel. */
bool machine_tree_has(const char *device_id, const char *channel_id, const char *property);

#endif
