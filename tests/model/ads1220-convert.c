// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-convert.c - when does an ADS1220 convert, sleep and wake, and what does it drive then?
 */
#include <string.h>

#include "ads1220-chip.h"

#define IDAC_START_NS		200000		/* SBAS501 section 8.3.8 */
#define PULSE_MODULATOR_CLOCKS	2		/* SBAS501 section 8.5.1.3 */
#define INPUT_MOST_NV		(10 * INT64_C(1000000000))
#define WEIGHT_MOST		(INT64_C(1) << 28)

static int64_t tick_time(const struct ads1220_model *chip, int64_t ticks)
{
	if (!chip->clock_hz)
		return ADS1220_MODEL_NEVER;
	return chip->conversion.base_ns + ads1220_ticks_to_ns(ticks, chip->clock_hz);
}

/* weight <= 2^28 and |difference| <= 2e10 nV: below 2^63. */
static int64_t blend(int64_t mean, int64_t value, int64_t weight, int64_t added)
{
	int64_t sum = weight + added;
	int64_t product = (value - mean) * added;

	return mean + (product + (product < 0 ? -sum : sum) / 2) / sum;
}

static int64_t limited(int64_t nv)
{
	return nv > INPUT_MOST_NV ? INPUT_MOST_NV : nv < -INPUT_MOST_NV ? -INPUT_MOST_NV : nv;
}

static void blend_inputs(struct ads1220_conversion *conversion,
			 const struct ads1220_model_inputs *inputs, int64_t added)
{
	struct ads1220_model_inputs *mean = &conversion->mean;
	int64_t weight = conversion->weight_ns;
	unsigned int i;

	while (weight + added > WEIGHT_MOST) {
		weight /= 2;
		added = added / 2 + 1;
	}
	for (i = 0; i < ADS1220_MODEL_NODES; i++)
		mean->node_nv[i] = blend(mean->node_nv[i], limited(inputs->node_nv[i]), weight,
					 added);
	mean->avdd_nv = blend(mean->avdd_nv, limited(inputs->avdd_nv), weight, added);
	mean->avss_nv = blend(mean->avss_nv, limited(inputs->avss_nv), weight, added);
	mean->die_udegc = (int32_t)blend(mean->die_udegc, inputs->die_udegc, weight, added);
}

/* The pins up to now are as the drive up to now makes them. */
static void sample(struct ads1220_model *chip, int64_t to_ns)
{
	struct ads1220_conversion *conversion = &chip->conversion;
	struct ads1220_model_inputs inputs = { 0 };

	if (!conversion->running || to_ns <= conversion->sampled_to_ns)
		return;
	if (chip->environment.sample)
		chip->environment.sample(chip->environment.opaque, conversion->sampled_to_ns,
					 to_ns, &chip->drive, &inputs);
	blend_inputs(conversion, &inputs, to_ns - conversion->sampled_to_ns);
	conversion->weight_ns += to_ns - conversion->sampled_to_ns;
	conversion->sampled_to_ns = to_ns;
}

static void update_drive(struct ads1220_model *chip, int64_t at_ns)
{
	struct ads1220_model_drive drive = { .switch_closed = chip->switch_closed };

	if (!chip->asleep)
		ads1220_analog_drive(chip->registers, chip->idac_now, &drive);
	if (!memcmp(drive.current_na, chip->drive.current_na, sizeof(drive.current_na)) &&
	    drive.switch_closed == chip->drive.switch_closed)
		return;
	sample(chip, at_ns);
	chip->drive = drive;
}

/*
 * SBAS501 section 8.3.8: up to 200 us after IDAC[2:0] is written. Reading: until then the current
 * stays what it was, off at once for 000, and waking from power-down starts it the same way.
 */
static void start_idac(struct ads1220_model *chip, int64_t at_ns)
{
	chip->due_ns[ADS1220_EVENT_IDAC] = ADS1220_MODEL_NEVER;
	if (chip->asleep || !ADS1220_IDAC(chip->registers))
		chip->idac_now = 0;
	else
		chip->due_ns[ADS1220_EVENT_IDAC] = at_ns + IDAC_START_NS;
}

void ads1220_convert_idac(struct ads1220_model *chip, int64_t at_ns)
{
	chip->idac_now = ADS1220_IDAC(chip->registers);
	update_drive(chip, at_ns);
}

static void arm(struct ads1220_model *chip)
{
	struct ads1220_conversion *conversion = &chip->conversion;
	uint32_t pulse_ticks = PULSE_MODULATOR_CLOCKS * ads1220_modulator_ticks(chip->registers);

	chip->due_ns[ADS1220_EVENT_RESULT] = tick_time(chip, conversion->end_ticks);
	if (!conversion->once && conversion->end_ticks > pulse_ticks)
		chip->due_ns[ADS1220_EVENT_PULSE] =
			tick_time(chip, conversion->end_ticks - pulse_ticks);
}

static void open_window(struct ads1220_model *chip, int64_t end_ticks)
{
	struct ads1220_conversion *conversion = &chip->conversion;

	conversion->end_ticks = end_ticks;
	conversion->start_ticks = end_ticks - ads1220_filter_ticks(chip->registers);
	conversion->sampled_to_ns = tick_time(chip, conversion->start_ticks);
	conversion->weight_ns = 0;
	arm(chip);
}

static void stop(struct ads1220_model *chip, int64_t at_ns)
{
	chip->conversion.running = false;
	chip->idle_since_ns = at_ns;
	chip->due_ns[ADS1220_EVENT_RESULT] = ADS1220_MODEL_NEVER;
	chip->due_ns[ADS1220_EVENT_PULSE] = ADS1220_MODEL_NEVER;
}

/*
 * SBAS501 table 11, note: a single shot adds the internal oscillator's start, which begins at the
 * command's first rising SCLK edge, so a slow command hides it.
 */
static int64_t wakeup_ns(const struct ads1220_model *chip, int64_t at_ns)
{
	bool turbo = ADS1220_MODE(chip->registers) == ADS1220_MODE_TURBO;
	int64_t needed_ns = turbo ? chip->params.wakeup_ns_turbo : chip->params.wakeup_ns_normal;
	int64_t ready_ns = chip->oscillator_on_ns + needed_ns;

	if (chip->external_clock || ready_ns < at_ns)
		return 0;
	return ready_ns - at_ns;
}

static void switch_oscillator_on(struct ads1220_model *chip)
{
	if (chip->conversion.running)
		return;
	chip->oscillator_on_ns = chip->spi.command_ns;
	if (chip->oscillator_on_ns < chip->idle_since_ns)
		chip->oscillator_on_ns = chip->idle_since_ns;
}

void ads1220_convert_start(struct ads1220_model *chip, int64_t at_ns, bool once)
{
	struct ads1220_conversion *conversion = &chip->conversion;

	switch_oscillator_on(chip);
	stop(chip, at_ns);
	conversion->running = true;
	conversion->once = once;
	conversion->sleep_after = false;
	conversion->base_ns = at_ns + (once ? wakeup_ns(chip, at_ns) : 0);
	if (once)
		open_window(chip, ads1220_single_ticks(chip->registers));
	else if (chip->params.first_without_delay)
		open_window(chip, ads1220_filter_ticks(chip->registers));
	else
		open_window(chip, ads1220_start_ticks(chip->registers) +
				  ads1220_filter_ticks(chip->registers));
}

/* SBAS501 section 8.4.1: one conversion with default settings once the reset is over. */
void ads1220_convert_power_up(struct ads1220_model *chip, int64_t at_ns)
{
	struct ads1220_conversion *conversion = &chip->conversion;

	conversion->running = true;
	conversion->once = true;
	conversion->base_ns = at_ns;
	open_window(chip, ads1220_single_ticks(chip->registers));
}

static void wake(struct ads1220_model *chip, int64_t at_ns)
{
	if (!chip->asleep)
		return;
	chip->asleep = false;
	start_idac(chip, at_ns);
}

static void fall_asleep(struct ads1220_model *chip, int64_t at_ns)
{
	stop(chip, at_ns);
	chip->asleep = true;
	chip->switch_closed = false;
	start_idac(chip, at_ns);
}

/* SBAS501 section 8.5.3.2 */
void ads1220_convert_start_sync(struct ads1220_model *chip, int64_t at_ns)
{
	chip->woken_by_write = false;
	chip->free_running = ADS1220_CM(chip->registers);
	chip->switch_closed = ADS1220_PSW(chip->registers);
	wake(chip, at_ns);
	ads1220_convert_start(chip, at_ns, !chip->free_running);
	update_drive(chip, at_ns);
}

/* Between the conversions of duty-cycle mode: the first one and single shots have no such time. */
static bool rests(const struct ads1220_model *chip, int64_t at_ns)
{
	const struct ads1220_conversion *conversion = &chip->conversion;

	return ADS1220_MODE(chip->registers) == ADS1220_MODE_DUTY_CYCLE && !conversion->once &&
	       conversion->start_ticks > ads1220_start_ticks(chip->registers) &&
	       at_ns < tick_time(chip, conversion->start_ticks);
}

/* SBAS501 section 8.5.3.3: a conversion under way is finished first. */
void ads1220_convert_power_down(struct ads1220_model *chip, int64_t at_ns)
{
	chip->free_running = false;
	if (chip->conversion.running && !rests(chip, at_ns))
		chip->conversion.sleep_after = true;
	else
		fall_asleep(chip, at_ns);
}

/*
 * A register takes effect with its last bit and restarts the conversion. In continuous mode that
 * goes on; without a START/SYNC since CM was set, or out of power-down, it is one conversion only
 * (SBAS501 sections 8.4.2.2 and 8.4.3.4).
 */
void ads1220_convert_write(struct ads1220_model *chip, int64_t at_ns, unsigned int address,
			   uint8_t value)
{
	unsigned int idac = ADS1220_IDAC(chip->registers);

	chip->told = 0;
	if (chip->asleep || chip->conversion.sleep_after)
		chip->woken_by_write = true;
	wake(chip, at_ns);
	chip->registers[address] = value;
	if (ADS1220_IDAC(chip->registers) != idac)
		start_idac(chip, at_ns);
	if (!ADS1220_PSW(chip->registers))
		chip->switch_closed = false;
	if (chip->params.continuous_without_start && !chip->woken_by_write)
		chip->free_running = true;
	chip->free_running = chip->free_running && ADS1220_CM(chip->registers);
	ads1220_convert_start(chip, at_ns, !chip->free_running);
	update_drive(chip, at_ns);
}

void ads1220_convert_pulse(struct ads1220_model *chip, int64_t at_ns)
{
	ads1220_set_drdy(chip, at_ns, 1);
}

/*
 * What was set is judged when a conversion used it: a WREG passes through odd combinations.
 * running_number: bits 23 to 20 are the MUX code (15 for the temperature), the others count
 * finished conversions as counters.conversions does, modulo 2^20; the pins do not matter.
 */
static uint32_t result_code(struct ads1220_model *chip, int64_t at_ns)
{
	uint32_t mux = ADS1220_TS(chip->registers) ? 15 : ADS1220_MUX(chip->registers);
	uint32_t faults = ads1220_setting_faults(chip->registers), code;

	if (ADS1220_PSW(chip->registers) && !chip->switch_closed)
		faults |= ADS1220_FAULT(ADS1220_MISUSE_SWITCH_OPEN);
	code = ads1220_analog_code(chip->registers, &chip->params, &chip->conversion.mean,
				   &chip->random, &faults);
	ads1220_tell(chip, at_ns, faults);
	if (!chip->params.running_number)
		return code;
	return mux << 20 | (uint32_t)(chip->counters.conversions & 0xfffff);
}

void ads1220_convert_result(struct ads1220_model *chip, int64_t at_ns)
{
	struct ads1220_conversion *conversion = &chip->conversion;

	sample(chip, at_ns);
	chip->counters.conversions++;
	chip->result = result_code(chip, at_ns);
	chip->serial = chip->counters.conversions;
	ads1220_spi_new_result(chip);
	ads1220_set_drdy(chip, at_ns, 0);
	ads1220_count_unread(chip);
	if (conversion->sleep_after)
		fall_asleep(chip, at_ns);
	else if (conversion->once)
		stop(chip, at_ns);
	else
		open_window(chip, conversion->end_ticks + ads1220_period_ticks(chip->registers));
}

/* Clock edges already counted stay counted. */
void ads1220_convert_set_clock(struct ads1220_model *chip, int64_t at_ns, uint32_t hz)
{
	struct ads1220_conversion *conversion = &chip->conversion;
	bool ahead = conversion->sampled_to_ns > at_ns;
	int64_t gone = 0;

	if (chip->clock_hz && conversion->base_ns < at_ns)
		gone = ads1220_ns_to_ticks(at_ns - conversion->base_ns, chip->clock_hz);
	if (conversion->base_ns < at_ns)
		conversion->base_ns = at_ns;
	conversion->start_ticks -= gone;
	conversion->end_ticks -= gone;
	chip->clock_hz = hz;
	if (!conversion->running)
		return;
	if (ahead)
		conversion->sampled_to_ns = tick_time(chip, conversion->start_ticks);
	arm(chip);
}

/* Reset: no conversion, nothing driven, no result. */
void ads1220_convert_clear(struct ads1220_model *chip, int64_t at_ns)
{
	stop(chip, at_ns);
	memset(&chip->conversion, 0, sizeof(chip->conversion));
	memset(chip->registers, 0, sizeof(chip->registers));
	chip->told = 0;
	chip->asleep = false;
	chip->free_running = false;
	chip->woken_by_write = false;
	chip->switch_closed = false;
	chip->result = 0;
	chip->serial_read = chip->serial;
	start_idac(chip, at_ns);
	update_drive(chip, at_ns);
}
