// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-model.c - how does an ADS1220 live: from power to reset, from one event to the next?
 */
#include <stdlib.h>

#include "ads1220-chip.h"

#define RESET_NS		50000	/* SBAS501 section 8.4.1 */
#define RESET_TICKS		32	/* SBAS501 section 8.5.3.1, after the command only */
#define CLOCK_EDGES		2	/* SBAS501 section 8.3.7 */
#define CLOCK_LEAST_HZ		500000	/* SBAS501 section 6.3 */
#define CLOCK_MOST_HZ		4500000

/*
 * SBAS501 sections 6.5 (oscillator, reference), table 11 (wake-up: "up to"; reading: all of it),
 * 8.5.1.6 (time-out).
 */
const struct ads1220_model_params ads1220_model_typical = {
	.oscillator_hz = 4096000,
	.reference_uv = 2048000,
	.wakeup_ns_normal = 50000,
	.wakeup_ns_turbo = 25000,
	.timeout_tmod_normal = 13955,
	.timeout_tmod_turbo = 27910,
};

static void switch_clock(struct ads1220_model *chip, int64_t at_ns)
{
	chip->external_clock = true;
	ads1220_convert_set_clock(chip, at_ns, chip->params.external_hz);
}

/* SBAS501 section 8.3.7: the chip takes the external clock by itself and keeps it until a reset. */
static void look_for_clock(struct ads1220_model *chip, int64_t at_ns)
{
	uint32_t hz = chip->params.external_hz;

	chip->due_ns[ADS1220_EVENT_CLOCK] = ADS1220_MODEL_NEVER;
	if (hz && (hz < CLOCK_LEAST_HZ || hz > CLOCK_MOST_HZ))
		ads1220_tell(chip, at_ns, ADS1220_FAULT(ADS1220_MISUSE_CLOCK));
	if (chip->external_clock)
		ads1220_convert_set_clock(chip, at_ns, hz);
	else if (hz)
		chip->due_ns[ADS1220_EVENT_CLOCK] = at_ns + ads1220_ticks_to_ns(CLOCK_EDGES, hz);
}

static void (*const handlers[ADS1220_EVENTS])(struct ads1220_model *chip, int64_t at_ns) = {
	[ADS1220_EVENT_BIT] = ads1220_spi_take_bit,
	[ADS1220_EVENT_CLOCK] = switch_clock,
	[ADS1220_EVENT_IDAC] = ads1220_convert_idac,
	[ADS1220_EVENT_PULSE] = ads1220_convert_pulse,
	[ADS1220_EVENT_RESULT] = ads1220_convert_result,
	[ADS1220_EVENT_TIMEOUT] = ads1220_spi_timeout,
};

/* A bit on hold goes first: what it does dates from its edge, before all that is still due. */
static enum ads1220_event earliest(const struct ads1220_model *chip)
{
	enum ads1220_event event, first = ADS1220_EVENT_BIT;

	if (chip->due_ns[ADS1220_EVENT_BIT] != ADS1220_MODEL_NEVER)
		return ADS1220_EVENT_BIT;
	for (event = ADS1220_EVENT_BIT; event < ADS1220_EVENTS; event++) {
		if (chip->due_ns[event] < chip->due_ns[first])
			first = event;
	}
	return first;
}

void ads1220_live_until(struct ads1220_model *chip, int64_t now_ns)
{
	if (now_ns < chip->now_ns)
		now_ns = chip->now_ns;
	for (;;) {
		enum ads1220_event event = earliest(chip);
		int64_t at_ns = chip->due_ns[event];

		if (at_ns > now_ns || at_ns == ADS1220_MODEL_NEVER)
			break;
		chip->due_ns[event] = ADS1220_MODEL_NEVER;
		handlers[event](chip, at_ns);
	}
	chip->now_ns = now_ns;
}

static void clear(struct ads1220_model *chip, int64_t at_ns)
{
	ads1220_convert_clear(chip, at_ns);
	chip->external_clock = false;
	chip->clock_hz = chip->params.oscillator_hz;
	look_for_clock(chip, at_ns);
	ads1220_spi_clear(chip, at_ns);
	ads1220_set_drdy(chip, at_ns, 1);
}

/* SBAS501 section 8.5.3.1; reading: no conversion follows, unless reset_converts. */
void ads1220_reset(struct ads1220_model *chip, int64_t at_ns)
{
	clear(chip, at_ns);
	chip->reset_until_ns = at_ns + RESET_NS;
	if (chip->clock_hz)
		chip->reset_until_ns += ads1220_ticks_to_ns(RESET_TICKS, chip->clock_hz);
	if (chip->params.reset_converts)
		ads1220_convert_power_up(chip, chip->reset_until_ns);
}

void ads1220_model_power_up(struct ads1220_model *chip, int64_t now_ns)
{
	ads1220_live_until(chip, now_ns);
	chip->powered = true;
	clear(chip, chip->now_ns);
	chip->spi.sclk_seen = chip->spi.sclk;
	chip->reset_until_ns = chip->now_ns + RESET_NS;
	ads1220_convert_power_up(chip, chip->reset_until_ns);
}

int64_t ads1220_model_advance(struct ads1220_model *chip, int64_t now_ns)
{
	ads1220_live_until(chip, now_ns);
	return chip->due_ns[earliest(chip)];
}

struct ads1220_model *ads1220_model_new(const struct ads1220_model_params *params,
					const struct ads1220_model_environment *environment)
{
	struct ads1220_model *chip = calloc(1, sizeof(*chip));
	unsigned int event;

	if (!chip)
		return NULL;
	chip->params = *params;
	chip->environment = *environment;
	chip->random = params->seed;
	chip->now_ns = ADS1220_LONG_AGO;
	chip->drdy = 1;
	chip->dout = ADS1220_MODEL_HIGH_Z;
	chip->spi.cs = 1;
	chip->spi.cs_rose_ns = ADS1220_LONG_AGO;
	chip->spi.cs_fell_ns = ADS1220_LONG_AGO;
	chip->spi.sclk_rose_ns = ADS1220_LONG_AGO;
	chip->spi.sclk_fell_ns = ADS1220_LONG_AGO;
	chip->spi.din_changed_ns = ADS1220_LONG_AGO;
	for (event = 0; event < ADS1220_EVENTS; event++)
		chip->due_ns[event] = ADS1220_MODEL_NEVER;
	return chip;
}

void ads1220_model_free(struct ads1220_model *chip)
{
	free(chip);
}

int ads1220_model_drdy(const struct ads1220_model *chip)
{
	return chip->drdy;
}

int ads1220_model_dout(const struct ads1220_model *chip)
{
	return chip->dout;
}

uint8_t ads1220_model_register(const struct ads1220_model *chip, unsigned int address)
{
	return address < ADS1220_REGISTERS ? chip->registers[address] : 0;
}

const struct ads1220_model_counters *ads1220_model_counters(const struct ads1220_model *chip)
{
	return &chip->counters;
}

const struct ads1220_model_params *ads1220_model_params(const struct ads1220_model *chip)
{
	return &chip->params;
}

void ads1220_model_set_params(struct ads1220_model *chip, int64_t now_ns,
			      const struct ads1220_model_params *params)
{
	struct ads1220_model_params old = chip->params;

	ads1220_live_until(chip, now_ns);
	chip->params = *params;
	if (params->seed != old.seed)
		chip->random = params->seed;
	if (!chip->powered)
		return;
	if (params->external_hz != old.external_hz)
		look_for_clock(chip, chip->now_ns);
	if (params->oscillator_hz != old.oscillator_hz && !chip->external_clock)
		ads1220_convert_set_clock(chip, chip->now_ns, params->oscillator_hz);
}
