/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * port.h - how does a program on the emulated board get at the emulator's own properties?
 *
 * Through a register each way that no real board has (tests/board/qemu/instruments.c). Programs of
 * the tests only: it needs /dev/mem, and root.
 */
#ifndef PORT_H
#define PORT_H

#include <stddef.h>

#define PORT_ANSWER_MAX	(256 * 1024)

/* Opens the port; anything that goes wrong with it ends the program with a word. */
void port_open(void);

/*
 * Asks "get PATH PROPERTY" or "set PATH PROPERTY VALUE". The answer begins with '=' and is then JSON,
 * or with '!' and is then what was wrong. It is valid until the next request.
 */
const char *port_request(const char *request);

/* A whole number of the emulator's, or of a structure one member's. */
unsigned long long port_number(const char *path, const char *property, const char *member);

#endif
