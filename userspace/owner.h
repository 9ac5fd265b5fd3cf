/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who may use a device of this machine, and who does? */
#ifndef ADS1220_OWNER_H
#define ADS1220_OWNER_H

#include <stdbool.h>
#include <stddef.h>

#define OWNER_NAME_MAX 64

/* The group that the device's node belongs to; "iio" where it has none but root's. */
void owner_group(const char *device_id, char name[OWNER_NAME_MAX]);

/* A process that has the node open, as far as this user may see it; returns its number or 0. */
int owner_process(const char *device_id, char name[OWNER_NAME_MAX]);

#endif
