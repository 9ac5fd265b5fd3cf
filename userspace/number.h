/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which number does a text that a person wrote begin with?
 *
 * Digits, at most one point, which is a point in every language, and an exponent: no hexadecimal,
 * no "nan", no blanks, nothing beyond what a double holds.
 */
#ifndef ADS1220_NUMBER_H
#define ADS1220_NUMBER_H

#include <stdbool.h>

/* Moves *text past the number; whatever follows is the caller's to judge. */
bool number_scan(const char **text, double *number);

/* The whole text is the number. */
bool number_parse(const char *text, double *number);

#endif
