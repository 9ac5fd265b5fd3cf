/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * instruments.h - where do programs on the board find the port to the board's instruments?
 */
#ifndef INSTRUMENTS_H
#define INSTRUMENTS_H

#define TYPE_INSTRUMENTS	"board-instruments"

/* A page that the H3 has nothing in: H3 data sheet 1.2, "Memory mapping" */
#define INSTRUMENTS_BASE	0x01c70000
#define INSTRUMENTS_SIZE	0x1000

#endif
