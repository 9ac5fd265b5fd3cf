/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which of the numbers that a driver offers is meant?
 *
 * Pure: the lists are the texts of attributes like scale_available, and may come from another
 * machine.
 */
#ifndef ADS1220_CHOICES_H
#define ADS1220_CHOICES_H

#include <stdbool.h>

/* of one number's text, with its end; a longer one is passed over */
#define CHOICE_MAX 64

/*
 * Parses one number of the list and moves past it; false at the end, or before what is no number.
 */
bool choices_next(const char **list, double *number);

/*
 * The driver's own text of the rate wanted. Where there is none, that of the nearest one, which is
 * empty without any, and false.
 */
bool choices_rate(const char *list, double wanted, char found[CHOICE_MAX]);

/* The driver's own text of the scale that the gain has; false where there is none. */
bool choices_scale(const char *list, unsigned int gain, char found[CHOICE_MAX]);

/* The largest of the scales, which is that of gain 1; 0 without any. */
double choices_largest(const char *list);

/* Which gain a scale stands for where the largest one is that of gain 1; 0 for none. */
unsigned int choices_gain(double largest, double scale);

#endif
