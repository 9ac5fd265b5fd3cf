/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How are the members of a report's JSON objects written? */
#ifndef ADS1220_JSON_H
#define ADS1220_JSON_H

#include <stdint.h>
#include <stdio.h>

/* A member that is not the first; its key is joined with the unit, where there is one. */
void json_number(FILE *out, const char *key, const char *unit, double number);

void json_count(FILE *out, const char *key, uint64_t count);

/* The first member, or one whose comma is there already. */
void json_string(FILE *out, const char *key, const char *text);

#endif
