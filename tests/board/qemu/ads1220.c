/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220.c - an ADS1220 soldered to an H3's pins: its lines, its surroundings, its faults
 *
 * The chip itself is tests/model/. Here its pins meet the SoC's, in the board's virtual time. A
 * serial clock's edges come up to a byte ahead of the clock; what they do to DRDY waits in a queue
 * until its time has come.
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"

#include "ads1220-faults.h"
#include "ads1220-inputs.h"
#include "ads1220-latency.h"
#include "ads1220-model.h"
#include "h3-pio.h"
#include "h3-spi.h"

#define TYPE_ADS1220	"ads1220"
OBJECT_DECLARE_SIMPLE_TYPE(Ads1220State, ADS1220)

/*
 * A select that software moves is at the chip this much later: bus, pad and wire. Without it, two
 * register writes of an emulated CPU are closer than SBAS501 section 6.6 allows (last fall of SCLK
 * to CS high: 25 ns) and than any real CPU's.
 */
#define CS_DELAY_NS	25

/* SBAS501 section 6.6: DIN held for so long is the bit that a falling edge takes. */
#define DIN_HOLD_NS	25

#define REGISTERS	4
#define WARNINGS_LEN	1024

typedef struct DrdyEdge {
	int64_t at_ns;
	int level;
} DrdyEdge;

struct Ads1220State {
	DeviceState parent_obj;

	H3PioState *pio;
	char *bus, *drdy_name, *cs_name;
	int drdy_pin, cs_pin;
	H3SpiPins pins;

	struct ads1220_model *chip;
	struct ads1220_model_params params;
	struct ads1220_inputs inputs;
	char *input_path;
	int64_t time_ns;		/* up to which the chip has lived */
	QEMUTimer *timer;
	GArray *drdy_edges;
	int sclk;			/* as the chip's pin has it */
	GString *warnings;
	struct ads1220_latency latency;

	struct ads1220_faults faults;
	uint64_t random;
	uint64_t drdy_falls;		/* that the chip made */
	uint64_t bits;			/* that the chip was clocked */
	uint64_t flip_bit;		/* the one of this block that is wrong */
	int64_t reset_ns;
};

/* splitmix64 */
static uint64_t next_random(Ads1220State *s)
{
	uint64_t z = s->random += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static int64_t now_ns(void)
{
	return qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

static bool has_fault(const Ads1220State *s, enum ads1220_fault fault)
{
	return s->faults.on[fault];
}

static bool is_absent(const Ads1220State *s)
{
	return has_fault(s, ADS1220_FAULT_ABSENT_HIGH) || has_fault(s, ADS1220_FAULT_ABSENT_LOW);
}

static void drive_drdy(Ads1220State *s, int level, int64_t at_ns)
{
	if (is_absent(s) || has_fault(s, ADS1220_FAULT_DRDY_HIGH))
		level = 1;
	else if (has_fault(s, ADS1220_FAULT_DRDY_LOW))
		level = 0;
	h3_pio_drive_outside(s->pio, s->drdy_pin, level, at_ns);
}

static void drive_dout(Ads1220State *s, int64_t at_ns)
{
	int level = ads1220_model_dout(s->chip);
	uint64_t block = s->faults.number[ADS1220_FAULT_MISO_FLIP] * 8;

	if (has_fault(s, ADS1220_FAULT_ABSENT_HIGH))
		level = 1;
	else if (has_fault(s, ADS1220_FAULT_ABSENT_LOW))
		level = 0;
	else if (level == ADS1220_MODEL_HIGH_Z)
		level = H3_PIN_FLOATS;
	else if (has_fault(s, ADS1220_FAULT_MISO_FLIP) && s->bits % block == s->flip_bit)
		level = !level;
	h3_pio_drive_outside(s->pio, s->pins.miso, level, at_ns);
}

/* Lets the edges out whose time has come. */
static void flush_drdy(Ads1220State *s)
{
	unsigned int due = 0;

	while (due < s->drdy_edges->len) {
		DrdyEdge *edge = &g_array_index(s->drdy_edges, DrdyEdge, due);

		if (edge->at_ns > now_ns())
			break;
		due++;
		drive_drdy(s, edge->level, edge->at_ns);
	}
	if (due)
		g_array_remove_range(s->drdy_edges, 0, due);
}

static bool fall_is_lost(Ads1220State *s)
{
	s->drdy_falls++;
	if (has_fault(s, ADS1220_FAULT_DRDY_LOST_ONCE)) {
		s->faults.on[ADS1220_FAULT_DRDY_LOST_ONCE] = false;
		return true;
	}
	return has_fault(s, ADS1220_FAULT_DRDY_LOST) &&
	       s->drdy_falls % s->faults.number[ADS1220_FAULT_DRDY_LOST] == 0;
}

static void chip_pin(void *opaque, enum ads1220_model_pin pin, int64_t at_ns, int level)
{
	Ads1220State *s = opaque;
	DrdyEdge edge = { at_ns, level };

	if (pin != ADS1220_MODEL_DRDY || (!level && fall_is_lost(s)))
		return;
	g_array_append_val(s->drdy_edges, edge);
	if (!level)
		ads1220_latency_fall(&s->latency, at_ns);
}

static void chip_sample(void *opaque, int64_t from_ns, int64_t to_ns,
			const struct ads1220_model_drive *drive,
			struct ads1220_model_inputs *inputs)
{
	Ads1220State *s = opaque;

	ads1220_inputs_mean(&s->inputs, from_ns, to_ns, drive, inputs);
}

static void chip_warn(void *opaque, int64_t at_ns, const char *text)
{
	Ads1220State *s = opaque;

	qemu_log_mask(LOG_GUEST_ERROR, "ads1220: at %" PRId64 " ns: %s\n", at_ns, text);
	if (s->warnings->len < WARNINGS_LEN)
		g_string_append_printf(s->warnings, "%s%s", s->warnings->len ? "\n" : "", text);
}

static const struct ads1220_model_environment environment = {
	.sample = chip_sample,
	.pin = chip_pin,
	.warn = chip_warn,
};

/* The time of a change from outside: never before what the chip has already lived through. */
static int64_t chip_time(Ads1220State *s, int64_t at_ns)
{
	s->time_ns = MAX(s->time_ns, at_ns);
	return s->time_ns;
}

/* After anything happened to the chip: show its outputs, and wake up for what it does next. */
static void chip_settle(Ads1220State *s)
{
	int64_t next_ns = ads1220_model_advance(s->chip, s->time_ns);

	drive_dout(s, s->time_ns);
	flush_drdy(s);
	if (s->drdy_edges->len)
		next_ns = MIN(next_ns, g_array_index(s->drdy_edges, DrdyEdge, 0).at_ns);
	if (s->reset_ns)
		next_ns = MIN(next_ns, s->reset_ns);
	if (next_ns == ADS1220_MODEL_NEVER)
		timer_del(s->timer);
	else if (timer_expire_time_ns(s->timer) != next_ns)
		timer_mod_ns(s->timer, next_ns);
}

static void chip_power_up(Ads1220State *s)
{
	ads1220_model_power_up(s->chip, chip_time(s, now_ns()));
}

/* Everything that asks or changes the chip from outside begins here. */
static void chip_catch_up(Ads1220State *s)
{
	uint64_t period_ms = s->faults.number[ADS1220_FAULT_RESET];

	chip_time(s, now_ns());
	if (s->reset_ns && s->reset_ns <= s->time_ns) {
		chip_power_up(s);
		s->reset_ns += period_ms * SCALE_MS;
	}
	chip_settle(s);
}

static void chip_timer(void *opaque)
{
	chip_catch_up(opaque);
}

static void cs_changed(void *opaque, int level, int64_t at_ns)
{
	Ads1220State *s = opaque;

	if (is_absent(s))
		return;
	ads1220_model_set_cs(s->chip, chip_time(s, at_ns + CS_DELAY_NS), level);
	ads1220_latency_select(&s->latency, level);
	chip_settle(s);
}

/* Upside down, the edge that takes DIN is the one that changes it: it takes the bit before. */
static void din_changed(void *opaque, int level, int64_t at_ns)
{
	Ads1220State *s = opaque;

	if (has_fault(s, ADS1220_FAULT_SPI_MODE))
		at_ns += DIN_HOLD_NS;
	if (is_absent(s))
		return;
	ads1220_model_set_din(s->chip, chip_time(s, at_ns), level);
}

/* Each rise brings a new bit, right or flipped. */
static void count_bit(Ads1220State *s)
{
	uint64_t block = s->faults.number[ADS1220_FAULT_MISO_FLIP] * 8;

	s->bits++;
	if (has_fault(s, ADS1220_FAULT_MISO_FLIP) && s->bits % block == 0)
		s->flip_bit = next_random(s) % block;
}

static void sclk_changed(void *opaque, int level, int64_t at_ns)
{
	Ads1220State *s = opaque;

	s->sclk = level ^ has_fault(s, ADS1220_FAULT_SPI_MODE);
	if (is_absent(s))
		return;
	if (s->sclk)
		count_bit(s);
	ads1220_model_set_sclk(s->chip, chip_time(s, at_ns), s->sclk);
	if (s->sclk)
		ads1220_latency_clock(&s->latency, at_ns);
	chip_settle(s);
}

/* ---- properties: the wiring, settled before the machine starts ---- */

enum wire { WIRE_BUS, WIRE_DRDY, WIRE_CS };

static const char *const wire_names[] = { "bus", "drdy", "cs" };

static char **wire_of(Ads1220State *s, enum wire wire)
{
	char **const wires[] = { &s->bus, &s->drdy_name, &s->cs_name };

	return wires[wire];
}

static void get_wire(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	visit_type_str(v, name, wire_of(ADS1220(obj), (uintptr_t)opaque), errp);
}

static void set_wire(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	enum wire wire = (uintptr_t)opaque;
	char **place = wire_of(ADS1220(obj), wire);
	g_autofree char *value = NULL;

	if (DEVICE(obj)->realized) {
		error_setg(errp, "'%s' is soldered: set it with -global ads1220.%s=", name, name);
		return;
	}
	if (!visit_type_str(v, name, &value, errp))
		return;
	if (wire == WIRE_BUS && strcmp(value, "spi0") && strcmp(value, "spi1")) {
		error_setg(errp, "bus '%s' is not known; there are spi0 and spi1", value);
		return;
	}
	if (wire != WIRE_BUS && h3_pio_parse_pin(value) < 0) {
		error_setg(errp, "%s '%s' is no pin; say for example PA6", name, value);
		return;
	}
	g_free(*place);
	*place = g_steal_pointer(&value);
}

/* ---- properties: the surroundings, at any time ---- */

static const char *const source_names[] = { "ain0", "ain1", "ain2", "ain3", "ref0", "ref1" };

static struct ads1220_source *source_of(Ads1220State *s, unsigned int index)
{
	if (index < ADS1220_INPUTS_AIN)
		return &s->inputs.ain[index];
	return index == ADS1220_INPUTS_AIN ? &s->inputs.ref0 : &s->inputs.ref1;
}

static void get_source(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	static const char *const unit[] = {
		[ADS1220_SOURCE_VOLTS] = "nV",
		[ADS1220_SOURCE_OHMS] = "mohm",
	};
	struct ads1220_source *source = source_of(ADS1220(obj), (uintptr_t)opaque);
	g_autofree char *text = source->kind == ADS1220_SOURCE_OPEN ? g_strdup("open") :
		g_strdup_printf("%" PRId64 "%s", source->value, unit[source->kind]);

	visit_type_str(v, name, &text, errp);
}

static void set_source(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	struct ads1220_source source;
	g_autofree char *text = NULL;
	const char *wrong;

	if (!visit_type_str(v, name, &text, errp))
		return;
	wrong = ads1220_source_parse(text, &source);
	if (wrong)
		error_setg(errp, "%s: '%s' %s", name, text, wrong);
	else
		*source_of(ADS1220(obj), (uintptr_t)opaque) = source;
}

static char *get_avdd(Object *obj, Error **errp)
{
	return g_strdup_printf("%" PRId64 "nV", ADS1220(obj)->inputs.avdd_nv);
}

/* SBAS501 6.3: 2.3 to 5.5 V */
static void set_avdd(Object *obj, const char *text, Error **errp)
{
	const char *wrong;
	int64_t nv;

	wrong = ads1220_volts_parse(text, &nv);
	if (!wrong && (nv < 2300000000 || nv > 5500000000))
		wrong = "is not within the chip's 2.3 to 5.5 V";
	if (wrong)
		error_setg(errp, "avdd: '%s' %s", text, wrong);
	else
		ADS1220(obj)->inputs.avdd_nv = nv;
}

static char *get_temperature(Object *obj, Error **errp)
{
	int64_t udegc = ADS1220(obj)->inputs.die_udegc;

	return g_strdup_printf("%s%" PRId64 ".%06" PRId64, udegc < 0 ? "-" : "",
			       ABS(udegc) / 1000000, ABS(udegc) % 1000000);
}

/* SBAS501 6.3: -40 to 125 degrees Celsius */
static void set_temperature(Object *obj, const char *text, Error **errp)
{
	const char *wrong;
	int64_t billionths;

	wrong = ads1220_decimal_parse(text, &billionths);
	if (!wrong && (billionths < -40000000000 || billionths > 125000000000))
		wrong = "is not within the chip's -40 to 125 degrees Celsius";
	if (wrong)
		error_setg(errp, "temperature: '%s' %s", text, wrong);
	else
		ADS1220(obj)->inputs.die_udegc = billionths / 1000;
}

static char *get_input(Object *obj, Error **errp)
{
	return g_strdup(ADS1220(obj)->input_path ?: "");
}

static void set_input(Object *obj, const char *path, Error **errp)
{
	Ads1220State *s = ADS1220(obj);
	struct ads1220_recording *recording = NULL;
	char error[512];

	if (*path) {
		recording = ads1220_recording_load(path, error, sizeof(error));
		if (!recording) {
			error_setg(errp, "input: %s", error);
			return;
		}
	}
	ads1220_recording_free(s->inputs.recording);
	s->inputs.recording = recording;
	s->inputs.recording_start_ns = DEVICE(s)->realized ? now_ns() : 0;
	g_free(s->input_path);
	s->input_path = g_strdup(path);
}

static bool get_input_start(Object *obj, Error **errp)
{
	return ADS1220(obj)->inputs.recording != NULL;
}

static void set_input_start(Object *obj, bool value, Error **errp)
{
	Ads1220State *s = ADS1220(obj);

	if (!s->inputs.recording)
		error_setg(errp, "input-start: there is no recording; set 'input' first");
	else if (value)
		s->inputs.recording_start_ns = now_ns();
}

/* ---- properties: the chip's own parameters ---- */

#define PARAM(field)	offsetof(struct ads1220_model_params, field), \
			sizeof_field(struct ads1220_model_params, field)

typedef struct Number {
	const char *name;
	size_t offset, size;
	int64_t least, most;
} Number;

static const Number numbers[] = {
	{ "clock", PARAM(external_hz), 0, 10000000 },
	{ "gain-error", PARAM(gain_error_ppm), -100000, 100000 },
	{ "offset", PARAM(offset_nv), -1000000, 1000000 },
	{ "oscillator", PARAM(oscillator_hz), 3000000, 5000000 },
	{ "reference", PARAM(reference_uv), 1000000, 3000000 },
	{ "seed", PARAM(seed), 0, INT64_MAX },
	{ "timeout-normal", PARAM(timeout_tmod_normal), 1, 1000000 },
	{ "timeout-turbo", PARAM(timeout_tmod_turbo), 1, 1000000 },
	{ "wakeup-normal", PARAM(wakeup_ns_normal), 0, 1000000 },
	{ "wakeup-turbo", PARAM(wakeup_ns_turbo), 0, 1000000 },
};

typedef struct Flag {
	const char *name;
	size_t offset, size;
} Flag;

static const Flag flags[] = {
	{ "continuous-without-start", PARAM(continuous_without_start) },
	{ "first-without-delay", PARAM(first_without_delay) },
	{ "noise", PARAM(noise) },
	{ "reset-converts", PARAM(reset_converts) },
	{ "single-ended-as-written", PARAM(single_ended_as_written) },
	{ "straddling-read-corrupts", PARAM(straddling_read_corrupts) },
	{ "test", PARAM(running_number) },
};

static void params_changed(Ads1220State *s)
{
	if (!s->chip)
		return;
	chip_catch_up(s);
	ads1220_model_set_params(s->chip, s->time_ns, &s->params);
	chip_settle(s);
}

static void get_number(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	const Number *number = opaque;
	const void *place = (const char *)&ADS1220(obj)->params + number->offset;
	int64_t value;

	if (number->size == sizeof(uint64_t))
		value = *(const uint64_t *)place;
	else
		value = *(const int32_t *)place;
	visit_type_int(v, name, &value, errp);
}

static void set_number(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	const Number *number = opaque;
	Ads1220State *s = ADS1220(obj);
	void *place = (char *)&s->params + number->offset;
	int64_t value;

	if (!visit_type_int(v, name, &value, errp))
		return;
	if (value < number->least || value > number->most) {
		error_setg(errp, "%s: %" PRId64 " is not within %" PRId64 " to %" PRId64, name,
			   value, number->least, number->most);
		return;
	}
	if (number->size == sizeof(uint64_t))
		*(uint64_t *)place = value;
	else
		*(int32_t *)place = value;
	s->random = s->params.seed;
	params_changed(s);
}

static void get_flag(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	const Flag *flag = opaque;
	bool value = *((const bool *)&ADS1220(obj)->params + flag->offset);

	visit_type_bool(v, name, &value, errp);
}

static void set_flag(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	const Flag *flag = opaque;
	Ads1220State *s = ADS1220(obj);
	bool value;

	if (!visit_type_bool(v, name, &value, errp))
		return;
	*((bool *)&s->params + flag->offset) = value;
	params_changed(s);
}

/* ---- properties: the faults ---- */

static char *get_fault(Object *obj, Error **errp)
{
	char text[ADS1220_FAULTS_TEXT];

	ads1220_faults_print(&ADS1220(obj)->faults, text);
	return g_strdup(text);
}

/* The chip may have missed what its lines did, or have seen SCLK the other way round. */
static void show_lines(Ads1220State *s)
{
	s->sclk = h3_pio_level(s->pio, s->pins.sclk) ^ has_fault(s, ADS1220_FAULT_SPI_MODE);
	ads1220_model_set_cs(s->chip, s->time_ns, h3_pio_level(s->pio, s->cs_pin));
	ads1220_model_set_din(s->chip, s->time_ns, h3_pio_level(s->pio, s->pins.mosi));
	ads1220_model_set_sclk(s->chip, s->time_ns, s->sclk);
}

/* A chip that comes back begins with its power-up; a wire that is mended shows what is the case. */
static void faults_changed(Ads1220State *s, bool was_absent)
{
	uint64_t period_ms = s->faults.number[ADS1220_FAULT_RESET];

	chip_catch_up(s);
	s->reset_ns = 0;
	if (has_fault(s, ADS1220_FAULT_RESET) && period_ms) {
		s->reset_ns = now_ns() + period_ms * SCALE_MS;
	} else if (has_fault(s, ADS1220_FAULT_RESET)) {
		s->faults.on[ADS1220_FAULT_RESET] = false;
		chip_power_up(s);
	}
	if (!is_absent(s))
		show_lines(s);
	if (was_absent && !is_absent(s))
		chip_power_up(s);
	if (has_fault(s, ADS1220_FAULT_MISO_FLIP))
		s->flip_bit = next_random(s) % (s->faults.number[ADS1220_FAULT_MISO_FLIP] * 8);
	s->bits = s->drdy_falls = 0;
	chip_settle(s);
	if (!s->drdy_edges->len)
		drive_drdy(s, ads1220_model_drdy(s->chip), s->time_ns);
}

static void set_fault(Object *obj, const char *text, Error **errp)
{
	Ads1220State *s = ADS1220(obj);
	bool was_absent = is_absent(s);
	struct ads1220_faults faults;
	char error[512];

	if (!ads1220_faults_parse(text, &faults, error, sizeof(error))) {
		error_setg(errp, "fault: %s", error);
		return;
	}
	s->faults = faults;
	if (s->chip)
		faults_changed(s, was_absent);
}

/* ---- properties: what an instrument sees ---- */

typedef struct Counter {
	const char *name;
	size_t offset;
} Counter;

static const Counter counters[] = {
	{ "conversions", offsetof(struct ads1220_model_counters, conversions) },
	{ "reads", offsetof(struct ads1220_model_counters, reads) },
	{ "unread", offsetof(struct ads1220_model_counters, unread) },
	{ "frames", offsetof(struct ads1220_model_counters, frames) },
	{ "bytes", offsetof(struct ads1220_model_counters, bytes) },
	{ "commands", offsetof(struct ads1220_model_counters, commands) },
	{ "bad-commands", offsetof(struct ads1220_model_counters, bad_commands) },
	{ "timeouts", offsetof(struct ads1220_model_counters, timeouts) },
	{ "drdy-falls", offsetof(struct ads1220_model_counters, drdy_falls) },
	{ "too-fast", offsetof(struct ads1220_model_counters, too_fast) },
};

static void get_counters(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	Ads1220State *s = ADS1220(obj);

	chip_catch_up(s);
	if (!visit_start_struct(v, name, NULL, 0, errp))
		return;
	for (unsigned int i = 0; i < ARRAY_SIZE(counters); i++) {
		uint64_t value = *(const uint64_t *)
			((const char *)ads1220_model_counters(s->chip) + counters[i].offset);

		visit_type_uint64(v, counters[i].name, &value, errp);
	}
	visit_end_struct(v, NULL);
}

static void get_latency(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	const struct ads1220_latency *latency = &ADS1220(obj)->latency;
	struct ads1220_latency_quantiles quantiles = ads1220_latency_quantiles(latency);
	uint64_t number = latency->number;
	int64_t sum_ns = latency->sum_ns, max_ns = latency->max_ns;

	if (!visit_start_struct(v, name, NULL, 0, errp))
		return;
	visit_type_uint64(v, "number", &number, errp);
	visit_type_int64(v, "sum_ns", &sum_ns, errp);
	visit_type_int64(v, "max_ns", &max_ns, errp);
	visit_type_int64(v, "median_ns", &quantiles.median_ns, errp);
	visit_type_int64(v, "p99_ns", &quantiles.p99_ns, errp);
	visit_end_struct(v, NULL);
}

static char *get_latencies(Object *obj, Error **errp)
{
	const struct ads1220_latency *latency = &ADS1220(obj)->latency;
	GString *text = g_string_new(NULL);

	for (unsigned int i = 0; i < ads1220_latency_count(latency); i++) {
		const struct ads1220_latency_answer *answer = ads1220_latency_answer(latency, i);

		g_string_append_printf(text, "%s%" PRId64 " %" PRId64, i ? "," : "",
				       answer->fell_ns, answer->took_ns);
	}
	return g_string_free(text, false);
}

static bool get_latency_start(Object *obj, Error **errp)
{
	return ADS1220(obj)->latency.number > 0;
}

static void set_latency_start(Object *obj, bool value, Error **errp)
{
	if (value)
		ads1220_latency_start(&ADS1220(obj)->latency);
}

static char *get_registers(Object *obj, Error **errp)
{
	Ads1220State *s = ADS1220(obj);
	uint8_t reg[REGISTERS];

	chip_catch_up(s);
	for (unsigned int i = 0; i < REGISTERS; i++)
		reg[i] = ads1220_model_register(s->chip, i);
	return g_strdup_printf("%02x %02x %02x %02x", reg[0], reg[1], reg[2], reg[3]);
}

static char *get_warnings(Object *obj, Error **errp)
{
	return g_strdup(ADS1220(obj)->warnings->str);
}

/* ---- the device ---- */

static void ads1220_realize(DeviceState *dev, Error **errp)
{
	Ads1220State *s = ADS1220(dev);

	if (!s->pio) {
		error_setg(errp, "ads1220 wants a pio");
		return;
	}
	s->pins = *h3_spi_pins(!strcmp(s->bus, "spi1"));
	s->cs_pin = s->cs_name ? h3_pio_parse_pin(s->cs_name) : s->pins.cs;
	s->drdy_pin = h3_pio_parse_pin(s->drdy_name);
	s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, chip_timer, s);
	s->random = s->params.seed;
	s->chip = ads1220_model_new(&s->params, &(struct ads1220_model_environment){
		.opaque = s,
		.sample = environment.sample,
		.pin = environment.pin,
		.warn = environment.warn,
	});
	h3_pio_listen(s->pio, s->cs_pin, cs_changed, s);
	h3_pio_listen(s->pio, s->pins.mosi, din_changed, s);
	h3_pio_listen(s->pio, s->pins.sclk, sclk_changed, s);
	show_lines(s);
	ads1220_model_power_up(s->chip, 0);
	faults_changed(s, false);
}

static void ads1220_init(Object *obj)
{
	Ads1220State *s = ADS1220(obj);

	s->params = ads1220_model_typical;
	s->bus = g_strdup("spi1");
	s->drdy_name = g_strdup("PA6");
	s->inputs.avdd_nv = 3300000000;
	s->inputs.die_udegc = 25000000;
	for (unsigned int i = 0; i < ADS1220_INPUTS_AIN; i++)
		s->inputs.ain[i].kind = ADS1220_SOURCE_VOLTS;
	s->drdy_edges = g_array_new(false, false, sizeof(DrdyEdge));
	s->warnings = g_string_new(NULL);
}

static Property ads1220_properties[] = {
	DEFINE_PROP_LINK("pio", Ads1220State, pio, TYPE_H3_PIO, H3PioState *),
	DEFINE_PROP_END_OF_LIST(),
};

static const VMStateDescription ads1220_vmstate = {
	.name = TYPE_ADS1220,
	.unmigratable = 1,
};

static void add_tables(ObjectClass *oc)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(wire_names); i++)
		object_class_property_add(oc, wire_names[i], "string", get_wire, set_wire, NULL,
					  (void *)(uintptr_t)i);
	for (unsigned int i = 0; i < ARRAY_SIZE(source_names); i++)
		object_class_property_add(oc, source_names[i], "string", get_source, set_source,
					  NULL, (void *)(uintptr_t)i);
	for (unsigned int i = 0; i < ARRAY_SIZE(numbers); i++)
		object_class_property_add(oc, numbers[i].name, "int", get_number, set_number, NULL,
					  (void *)&numbers[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(flags); i++)
		object_class_property_add(oc, flags[i].name, "bool", get_flag, set_flag, NULL,
					  (void *)&flags[i]);
}

static void ads1220_class_init(ObjectClass *oc, void *data)
{
	DeviceClass *dc = DEVICE_CLASS(oc);

	dc->realize = ads1220_realize;
	dc->vmsd = &ads1220_vmstate;
	dc->user_creatable = false;	/* it is soldered to the board */
	device_class_set_props(dc, ads1220_properties);
	add_tables(oc);
	object_class_property_add_str(oc, "avdd", get_avdd, set_avdd);
	object_class_property_add_str(oc, "temperature", get_temperature, set_temperature);
	object_class_property_add_str(oc, "input", get_input, set_input);
	object_class_property_add_bool(oc, "input-start", get_input_start, set_input_start);
	object_class_property_add_str(oc, "fault", get_fault, set_fault);
	object_class_property_add(oc, "counters", "struct", get_counters, NULL, NULL, NULL);
	object_class_property_add(oc, "latency", "struct", get_latency, NULL, NULL, NULL);
	object_class_property_add_str(oc, "latencies", get_latencies, NULL);
	object_class_property_add_bool(oc, "latency-start", get_latency_start, set_latency_start);
	object_class_property_add_str(oc, "registers", get_registers, NULL);
	object_class_property_add_str(oc, "warnings", get_warnings, NULL);
}

static const TypeInfo ads1220_types[] = {
	{
		.name = TYPE_ADS1220,
		.parent = TYPE_DEVICE,
		.instance_size = sizeof(Ads1220State),
		.instance_init = ads1220_init,
		.class_init = ads1220_class_init,
	},
};

DEFINE_TYPES(ads1220_types)
