/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220-model.h - what a TI ADS1220 does, seen from its pins: levels and edges in, levels out
 *
 * Every statement about the chip is from its data sheet (SBAS501); section and table stand beside
 * the number in ads1220-model.c. Integers only. Nothing here is shared with the kernel driver, so
 * that a misreading of the data sheet on either side shows.
 *
 * Time is the caller's, in nanoseconds, and must not run backwards from call to call. Each function
 * that takes a time first lets the chip live up to it.
 */
#ifndef ADS1220_MODEL_H
#define ADS1220_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define ADS1220_MODEL_HIGH_Z	(-1)		/* DOUT while CS is high */
#define ADS1220_MODEL_NEVER	INT64_MAX

enum ads1220_model_pin {
	ADS1220_MODEL_DRDY,
	ADS1220_MODEL_DOUT,
};

/* Where the excitation currents and the low-side switch act, by the chip's own pin names. */
enum ads1220_model_node {
	ADS1220_MODEL_AIN0,
	ADS1220_MODEL_AIN1,
	ADS1220_MODEL_AIN2,
	ADS1220_MODEL_AIN3,
	ADS1220_MODEL_REFP0,
	ADS1220_MODEL_REFN0,
	ADS1220_MODEL_NODES,
};

/* What the chip does to the outside world: the environment answers with voltages. */
struct ads1220_model_drive {
	int32_t current_na[ADS1220_MODEL_NODES];	/* out of the pin; IDACs and burn-out */
	bool switch_closed;				/* AIN3/REFN1 to AVSS */
};

/* Voltages against ground, means over the asked span. */
struct ads1220_model_inputs {
	int64_t node_nv[ADS1220_MODEL_NODES];
	int64_t avdd_nv;
	int64_t avss_nv;
	int32_t die_udegc;				/* micro degrees Celsius */
};

struct ads1220_model_environment {
	void *opaque;
	/* The mean of what stands on the pins over [from_ns, to_ns] while the chip drives so. */
	void (*sample)(void *opaque, int64_t from_ns, int64_t to_ns,
		       const struct ads1220_model_drive *drive,
		       struct ads1220_model_inputs *inputs);
	/* A pin changed at at_ns; may be NULL. Calls come in order of time. */
	void (*pin)(void *opaque, enum ads1220_model_pin pin, int64_t at_ns, int level);
	/* A warning in words about a use the data sheet forbids; may be NULL. */
	void (*warn)(void *opaque, int64_t at_ns, const char *text);
};

struct ads1220_model_counters {
	uint64_t conversions;		/* finished, whoever asked for them */
	uint64_t reads;			/* results of which all 24 bits were clocked out */
	uint64_t unread;		/* results replaced before they were read */
	uint64_t frames;		/* CS low to CS high with at least one clock */
	uint64_t bytes;			/* whole bytes clocked */
	uint64_t commands;		/* RESET, START/SYNC, POWERDOWN, RDATA, RREG, WREG */
	uint64_t bad_commands;		/* bytes that mean nothing */
	uint64_t timeouts;		/* commands given up by the SPI time-out */
	uint64_t drdy_falls;
	uint64_t too_fast;		/* bus edges closer than the data sheet allows */
};

/* Facts the data sheet leaves open or gives as a range, and faults of one single chip. */
struct ads1220_model_params {
	uint32_t oscillator_hz;		/* 4096000 nominal, +-2 % */
	uint32_t external_hz;		/* clock on CLK; 0: the pin is grounded */
	int32_t reference_uv;		/* internal reference, 2048000 nominal */
	int32_t offset_nv;		/* input referred */
	int32_t gain_error_ppm;
	uint32_t wakeup_ns_normal;	/* oscillator start in single-shot: up to 50 us */
	uint32_t wakeup_ns_turbo;	/* up to 25 us */
	uint32_t timeout_tmod_normal;	/* 13955 in SBAS501B, 14000 in its sibling of 2026 */
	uint32_t timeout_tmod_turbo;
	bool first_without_delay;	/* first continuous result without the start-up clocks */
	bool single_ended_as_written;	/* AINN = AVSS: believe gain and PGA_BYPASS as written */
	bool straddling_read_corrupts;	/* a direct read that the next result overtakes */
	bool continuous_without_start;	/* CM = 1 alone starts: SBAS501 asks for START/SYNC */
	bool reset_converts;		/* RESET is followed by a conversion, as power-up is */
	bool noise;			/* per gain and rate, data sheet tables 1 to 8 */
	uint64_t seed;
	bool running_number;		/* results are (mux code << 20 | running number), see .c */
};

struct ads1220_model;

/* The data sheet's reading of everything, typical values, no noise. */
extern const struct ads1220_model_params ads1220_model_typical;

struct ads1220_model *ads1220_model_new(const struct ads1220_model_params *params,
					const struct ads1220_model_environment *environment);
void ads1220_model_free(struct ads1220_model *chip);

/* Supply applied at now_ns: registers zero, DRDY high, the start-up conversion under way. */
void ads1220_model_power_up(struct ads1220_model *chip, int64_t now_ns);

/* The supply dipped or a spike hit the chip: as power_up, whatever was going on. */
#define ads1220_model_brown_out ads1220_model_power_up

/*
 * Lets the chip live up to now_ns; returns until when it will by itself change no pin, no current
 * and end no conversion: call again then. ADS1220_MODEL_NEVER if it waits for the bus.
 */
int64_t ads1220_model_advance(struct ads1220_model *chip, int64_t now_ns);

/*
 * The three lines of the bus, as far apart as SBAS501 section 6.6 asks: SCLK 60 ns high, 60 ns low
 * and 150 ns from rise to rise, CS 50 ns low before the first rise and not up until 25 ns after the
 * last fall, CS 50 ns high, DIN unchanged from 50 ns before a fall of SCLK to 25 ns after it. What
 * comes closer is lost or mistaken and counted in too_fast. A bit, and what it does, is there once
 * DIN was held: 25 ns after the fall, dated from the fall.
 */
void ads1220_model_set_cs(struct ads1220_model *chip, int64_t now_ns, int level);
void ads1220_model_set_din(struct ads1220_model *chip, int64_t now_ns, int level);
void ads1220_model_set_sclk(struct ads1220_model *chip, int64_t now_ns, int level);

/* The two outputs as they stand. */
int ads1220_model_drdy(const struct ads1220_model *chip);
int ads1220_model_dout(const struct ads1220_model *chip);

/* For tests and instruments; neither disturbs the chip. */
uint8_t ads1220_model_register(const struct ads1220_model *chip, unsigned int address);
const struct ads1220_model_counters *ads1220_model_counters(const struct ads1220_model *chip);
const struct ads1220_model_params *ads1220_model_params(const struct ads1220_model *chip);

/* Changes what can change on a running chip: noise, running numbers, external clock, errors. */
void ads1220_model_set_params(struct ads1220_model *chip, int64_t now_ns,
			      const struct ads1220_model_params *params);

#endif
