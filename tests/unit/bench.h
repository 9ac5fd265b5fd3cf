/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench.h - a bench for the ADS1220 model: an SPI master, voltages, and a recorder on every pin
 *
 * The master clocks at 4 MHz in mode 1 unless half_ns says otherwise, and keeps 200 ns around CS.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../model/ads1220-model.h"

#define BENCH_RECORDS	4096
#define BENCH_MV	INT64_C(1000000)	/* in nV */
#define BENCH_UV	INT64_C(1000)
#define BENCH_MS	INT64_C(1000000)	/* in ns */
#define BENCH_US	INT64_C(1000)

/* Command bytes, SBAS501 section 8.5.3 */
#define BENCH_POWERDOWN	0x02
#define BENCH_RESET	0x06
#define BENCH_START	0x08
#define BENCH_RDATA	0x10
#define BENCH_RREG_ALL	0x23
#define BENCH_WREG_ALL	0x43

struct bench_edge {
	int64_t at_ns;
	int level;
};

struct bench_span {
	int64_t from_ns, to_ns;
	struct ads1220_model_drive drive;
};

struct bench {
	struct ads1220_model *chip;
	int64_t now_ns;
	int64_t half_ns;
	struct ads1220_model_inputs inputs;
	/* where set, it answers instead of inputs */
	void (*world)(struct bench *bench, const struct bench_span *span,
		      struct ads1220_model_inputs *inputs);
	struct bench_edge edges[2][BENCH_RECORDS];	/* by enum ads1220_model_pin */
	unsigned int edge_count[2];
	struct bench_span spans[BENCH_RECORDS];
	unsigned int span_count;
	char warnings[4096];				/* one a line, as many as fit */
	unsigned int warning_count;
	bool out_of_order;				/* a pin moved before the one before it */
};

/* Powered up at 1 ms with AVDD 3.3 V and all pins at 0 V, start-up conversion over and read. */
struct bench *bench_open(const struct ads1220_model_params *params);
/* The same, still unpowered. */
struct bench *bench_open_dark(const struct ads1220_model_params *params);
void bench_close(struct bench *bench);

void bench_wait(struct bench *bench, int64_t ns);
/* Forgets what was recorded so far. */
void bench_forget(struct bench *bench);

/* From the time the model said it would next do something to the next; false if DRDY stays. */
bool bench_wait_drdy(struct bench *bench, int level, int64_t limit_ns);
/* When DRDY last went to this level; -1 if it did not. */
int64_t bench_drdy_at(const struct bench *bench, int level);

void bench_select(struct bench *bench);
void bench_deselect(struct bench *bench);
/* One bit out and one in; the falling edge is at now_ns - half_ns afterwards. */
int bench_bit(struct bench *bench, int bit);
uint8_t bench_byte(struct bench *bench, uint8_t byte);
/* A frame; returns when its last bit fell. rx may be NULL. */
int64_t bench_transfer(struct bench *bench, const uint8_t *tx, uint8_t *rx, size_t size);
int64_t bench_command(struct bench *bench, uint8_t command);
int64_t bench_write(struct bench *bench, uint8_t r0, uint8_t r1, uint8_t r2, uint8_t r3);
/* RREG of all four, register 0 on top. */
uint32_t bench_registers(struct bench *bench);
/* 24 clocks without a command, as a code with its sign. */
int32_t bench_read(struct bench *bench);
int32_t bench_rdata(struct bench *bench);
/* One single shot with these registers: waits for DRDY and reads. */
int32_t bench_convert(struct bench *bench, uint8_t r0, uint8_t r1, uint8_t r2, uint8_t r3);
int32_t bench_sign(uint32_t code24);

/* At the nominal 4.096 MHz a t_CLK is 15625 / 64 ns; the first whole ns at which it is over. */
int64_t bench_ticks_ns(int64_t ticks);

#endif
