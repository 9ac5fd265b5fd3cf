// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench.c - how does a host test turn the ADS1220 model's pins and see what they do?
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define AROUND_CS_NS	200

static void sample(void *opaque, int64_t from_ns, int64_t to_ns,
		   const struct ads1220_model_drive *drive, struct ads1220_model_inputs *inputs)
{
	struct bench *bench = opaque;
	struct bench_span span = { from_ns, to_ns, *drive };

	bench->spans[bench->span_count++ % BENCH_RECORDS] = span;
	if (bench->world)
		bench->world(bench, &span, inputs);
	else
		*inputs = bench->inputs;
}

static void pin(void *opaque, enum ads1220_model_pin pin, int64_t at_ns, int level)
{
	struct bench *bench = opaque;
	unsigned int count = bench->edge_count[pin]++;
	struct bench_edge *edges = bench->edges[pin];

	if (count && at_ns < edges[(count - 1) % BENCH_RECORDS].at_ns)
		bench->out_of_order = true;
	edges[count % BENCH_RECORDS] = (struct bench_edge){ at_ns, level };
}

static void warn(void *opaque, int64_t at_ns, const char *text)
{
	struct bench *bench = opaque;
	size_t used = strlen(bench->warnings);

	(void)at_ns;
	bench->warning_count++;
	snprintf(bench->warnings + used, sizeof(bench->warnings) - used, "%s\n", text);
}

struct bench *bench_open_dark(const struct ads1220_model_params *params)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	struct ads1220_model_environment environment = { bench, sample, pin, warn };

	if (!bench)
		abort();
	bench->half_ns = 125;
	bench->inputs.avdd_nv = 3300 * BENCH_MV;
	bench->inputs.die_udegc = 25000000;
	bench->chip = ads1220_model_new(params, &environment);
	if (!bench->chip)
		abort();
	return bench;
}

void bench_wait(struct bench *bench, int64_t ns)
{
	bench->now_ns += ns;
	ads1220_model_advance(bench->chip, bench->now_ns);
}

void bench_forget(struct bench *bench)
{
	memset(bench->edge_count, 0, sizeof(bench->edge_count));
	bench->span_count = 0;
	bench->warning_count = 0;
	bench->warnings[0] = '\0';
}

struct bench *bench_open(const struct ads1220_model_params *params)
{
	struct bench *bench = bench_open_dark(params);

	bench_wait(bench, BENCH_MS);
	ads1220_model_power_up(bench->chip, bench->now_ns);
	bench_wait(bench, 100 * BENCH_MS);
	bench_read(bench);
	bench_forget(bench);
	return bench;
}

void bench_close(struct bench *bench)
{
	ads1220_model_free(bench->chip);
	free(bench);
}

bool bench_wait_drdy(struct bench *bench, int level, int64_t limit_ns)
{
	int64_t end_ns = bench->now_ns + limit_ns;

	while (ads1220_model_drdy(bench->chip) != level) {
		int64_t next_ns = ads1220_model_advance(bench->chip, bench->now_ns);

		if (ads1220_model_drdy(bench->chip) == level)
			break;
		if (next_ns > end_ns)
			return false;
		bench->now_ns = next_ns;
		ads1220_model_advance(bench->chip, bench->now_ns);
	}
	return true;
}

int64_t bench_drdy_at(const struct bench *bench, int level)
{
	unsigned int i = bench->edge_count[ADS1220_MODEL_DRDY];

	while (i--) {
		const struct bench_edge *edges = bench->edges[ADS1220_MODEL_DRDY];

		if (edges[i % BENCH_RECORDS].level == level)
			return edges[i % BENCH_RECORDS].at_ns;
	}
	return -1;
}

void bench_select(struct bench *bench)
{
	bench->now_ns += AROUND_CS_NS;
	ads1220_model_set_cs(bench->chip, bench->now_ns, 0);
	bench->now_ns += AROUND_CS_NS;
}

void bench_deselect(struct bench *bench)
{
	bench->now_ns += AROUND_CS_NS;
	ads1220_model_set_cs(bench->chip, bench->now_ns, 1);
}

int bench_bit(struct bench *bench, int bit)
{
	int in;

	ads1220_model_set_din(bench->chip, bench->now_ns, bit);
	ads1220_model_set_sclk(bench->chip, bench->now_ns, 1);
	bench->now_ns += bench->half_ns;
	in = ads1220_model_dout(bench->chip);
	ads1220_model_set_sclk(bench->chip, bench->now_ns, 0);
	bench->now_ns += bench->half_ns;
	return in;
}

/* A line in high impedance reads as 1 here. */
uint8_t bench_byte(struct bench *bench, uint8_t byte)
{
	uint8_t in = 0;
	int bit;

	for (bit = 7; bit >= 0; bit--)
		in = (uint8_t)(in << 1 | (bench_bit(bench, byte >> bit & 1) != 0));
	return in;
}

int64_t bench_transfer(struct bench *bench, const uint8_t *tx, uint8_t *rx, size_t size)
{
	int64_t fell_ns;
	size_t i;

	bench_select(bench);
	for (i = 0; i < size; i++) {
		uint8_t in = bench_byte(bench, tx[i]);

		if (rx)
			rx[i] = in;
	}
	fell_ns = bench->now_ns - bench->half_ns;
	bench_deselect(bench);
	return fell_ns;
}

int64_t bench_command(struct bench *bench, uint8_t command)
{
	return bench_transfer(bench, &command, NULL, 1);
}

int64_t bench_write(struct bench *bench, uint8_t r0, uint8_t r1, uint8_t r2, uint8_t r3)
{
	uint8_t tx[] = { BENCH_WREG_ALL, r0, r1, r2, r3 };

	return bench_transfer(bench, tx, NULL, sizeof(tx));
}

uint32_t bench_registers(struct bench *bench)
{
	uint8_t tx[5] = { BENCH_RREG_ALL }, rx[5];

	bench_transfer(bench, tx, rx, sizeof(tx));
	return (uint32_t)rx[1] << 24 | (uint32_t)rx[2] << 16 | (uint32_t)rx[3] << 8 | rx[4];
}

int32_t bench_sign(uint32_t code24)
{
	return (int32_t)(code24 ^ 0x800000) - 0x800000;
}

int32_t bench_read(struct bench *bench)
{
	uint8_t tx[3] = { 0 }, rx[3];

	bench_transfer(bench, tx, rx, sizeof(tx));
	return bench_sign((uint32_t)rx[0] << 16 | (uint32_t)rx[1] << 8 | rx[2]);
}

int32_t bench_rdata(struct bench *bench)
{
	uint8_t tx[4] = { BENCH_RDATA }, rx[4];

	bench_transfer(bench, tx, rx, sizeof(tx));
	return bench_sign((uint32_t)rx[1] << 16 | (uint32_t)rx[2] << 8 | rx[3]);
}

int32_t bench_convert(struct bench *bench, uint8_t r0, uint8_t r1, uint8_t r2, uint8_t r3)
{
	bench_write(bench, r0, r1, r2, r3);
	if (!bench_wait_drdy(bench, 0, 1000 * BENCH_MS))
		return INT32_MIN;
	return bench_read(bench);
}

int64_t bench_ticks_ns(int64_t ticks)
{
	return (ticks * 15625 + 63) / 64;
}
