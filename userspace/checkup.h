/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What does --check say? */
#ifndef ADS1220_CHECKUP_H
#define ADS1220_CHECKUP_H

#include <stdio.h>

#include "run.h"

/* Before the first sample, so that all its interrupts are counted. */
void checkup_begin(struct run *run);

/* Writes what was seen and what is wrong with it; returns whether anything is. */
bool checkup_report(FILE *out, const struct run *run);

#endif
