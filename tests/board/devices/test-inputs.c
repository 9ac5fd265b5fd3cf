// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Do sources, resistors and recordings put on the chip's pins what a voltmeter would find there?
 *
 * Sums are by hand: nA * mOhm / 1000 = nV.
 */
#include <stdlib.h>
#include <unistd.h>

#include "ads1220-faults.h"
#include "ads1220-inputs.h"
#include "check.h"

#define MV	1000000LL
#define UV	1000LL
#define OHM	1000LL
#define SECOND	1000000000LL

#define OPEN	{ ADS1220_SOURCE_OPEN, 0 }
#define VOLTS(nv)	{ ADS1220_SOURCE_VOLTS, nv }
#define OHMS(mohm)	{ ADS1220_SOURCE_OHMS, mohm }

static const struct ads1220_model_drive nothing;

/* What stands on one pin while the chip drives its pins so. */
static int64_t node(const struct ads1220_inputs *inputs, const struct ads1220_model_drive *drive,
		    enum ads1220_model_node which)
{
	struct ads1220_model_inputs means;

	ads1220_inputs_mean(inputs, 0, SECOND, drive, &means);
	return means.node_nv[which];
}

static void values_have_units(void)
{
	static const struct {
		const char *text;
		enum ads1220_source_kind kind;
		int64_t value;
	} good[] = {
		{ "1.25", ADS1220_SOURCE_VOLTS, 1250 * MV },
		{ "1.25V", ADS1220_SOURCE_VOLTS, 1250 * MV },
		{ "-100mV", ADS1220_SOURCE_VOLTS, -100 * MV },
		{ "12uV", ADS1220_SOURCE_VOLTS, 12 * UV },
		{ "7nV", ADS1220_SOURCE_VOLTS, 7 }, { "+.5", ADS1220_SOURCE_VOLTS, 500 * MV },
		{ "3.", ADS1220_SOURCE_VOLTS, 3000 * MV },
		{ "10", ADS1220_SOURCE_VOLTS, 10000 * MV },
		{ "1.6497550000000001", ADS1220_SOURCE_VOLTS, 1649755000 },
		{ "0.0000000015", ADS1220_SOURCE_VOLTS, 2 },
		{ "100ohm", ADS1220_SOURCE_OHMS, 100 * OHM },
		{ "1.5kohm", ADS1220_SOURCE_OHMS, 1500 * OHM },
		{ "2Mohm", ADS1220_SOURCE_OHMS, 2000000 * OHM },
		{ "5mohm", ADS1220_SOURCE_OHMS, 5 },
		{ "0ohm", ADS1220_SOURCE_OHMS, 0 }, { "open", ADS1220_SOURCE_OPEN, 0 },
	};

	for (unsigned int i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct ads1220_source source = { ADS1220_SOURCE_OPEN, -1 };

		CHECK_AT(!ads1220_source_parse(good[i].text, &source), "%s", good[i].text);
		CHECK_EQUAL_AT(good[i].kind, source.kind, "%s", good[i].text);
		CHECK_EQUAL_AT(good[i].value, source.value, "%s", good[i].text);
	}
}

static void what_is_no_value_is_refused_and_changes_nothing(void)
{
	static const char *const bad[] = {
		"", " 1", "1 ", "V", "-", ".", "1..2", "--1", "0x10", "1e3", "nan", "1v", "1 V",
		"1VV", "OPEN", "10.000000001", "-11", "-1ohm", "1001Mohm", "9223372036854775808",
		"99999999999999999999999999", "1,5",
	};

	for (unsigned int i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct ads1220_source source = VOLTS(42);

		CHECK_AT(ads1220_source_parse(bad[i], &source), "'%s'", bad[i]);
		CHECK_EQUAL_AT(42, source.value, "'%s'", bad[i]);
	}
}

static void a_voltage_stands_whatever_the_chip_drives(void)
{
	const struct ads1220_inputs inputs = { .ain = { VOLTS(1 * MV), [3] = VOLTS(7 * MV) },
					       .avdd_nv = 3300 * MV };
	const struct ads1220_model_drive drive = {
		.current_na = { 500000 }, .switch_closed = true,
	};

	CHECK_EQUAL(1 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN0));
	CHECK_EQUAL(7 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN3));
}

/* 500 uA in 100 ohm are 50 mV; in 100 ohm and then 1.62 kohm 860 mV and 810 mV */
static void a_current_drops_its_voltage_along_its_way(void)
{
	struct ads1220_inputs inputs = { .ain = { [1] = OHMS(100 * OHM) }, .avdd_nv = 3300 * MV };
	const struct ads1220_model_drive drive = {
		.current_na = { [ADS1220_MODEL_AIN1] = 500000 },
	};

	CHECK_EQUAL(0, node(&inputs, &nothing, ADS1220_MODEL_AIN1));
	CHECK_EQUAL(50 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN1));
	inputs.ref0 = (struct ads1220_source)OHMS(1620 * OHM);
	CHECK_EQUAL(860 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN1));
	CHECK_EQUAL(810 * MV, node(&inputs, &drive, ADS1220_MODEL_REFP0));
	CHECK_EQUAL(0, node(&inputs, &drive, ADS1220_MODEL_REFN0));
}

static void two_currents_meet_in_the_reference_resistor(void)
{
	const struct ads1220_inputs inputs = {
		.ain = { OHMS(0), OHMS(100 * OHM) }, .ref0 = OHMS(1000 * OHM), .avdd_nv = 5000 * MV,
	};
	const struct ads1220_model_drive drive = { .current_na = { 250000, 250000 } };

	CHECK_EQUAL(500 * MV, node(&inputs, &drive, ADS1220_MODEL_REFP0));
	CHECK_EQUAL(500 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN0));
	CHECK_EQUAL(525 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN1));
}

/* SBAS501 section 6.5: AVDD - 0.9 V */
static void a_current_source_stops_0_9_V_below_its_supply(void)
{
	const struct ads1220_inputs inputs = {
		.ain = { OHMS(5000 * OHM), OPEN }, .avdd_nv = 3300 * MV,
	};
	const struct ads1220_model_drive drive = { .current_na = { 1000000, 1000000 } };

	CHECK_EQUAL(2400 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN0));
	CHECK_EQUAL(2400 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN1));
}

/* SBAS501 section 8.3.11 */
static void burn_out_currents_drive_open_pins_to_the_supplies(void)
{
	const struct ads1220_inputs inputs = { .ain = { OPEN, OPEN, OPEN }, .avdd_nv = 3300 * MV };
	const struct ads1220_model_drive drive = { .current_na = { 10000, -10000 } };

	CHECK_EQUAL(3300 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN0));
	CHECK_EQUAL(0, node(&inputs, &drive, ADS1220_MODEL_AIN1));
	CHECK_EQUAL(1650 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN2));
}

/* SBAS501 section 6.5: 3.5 ohm */
static void the_switch_joins_ain3_to_ground(void)
{
	struct ads1220_inputs inputs = { .ain = { [3] = OPEN }, .avdd_nv = 3300 * MV };
	struct ads1220_model_drive drive = { .switch_closed = true };

	CHECK_EQUAL(0, node(&inputs, &drive, ADS1220_MODEL_AIN3));
	drive.current_na[ADS1220_MODEL_AIN3] = 1000000;
	CHECK_EQUAL(3500 * UV, node(&inputs, &drive, ADS1220_MODEL_AIN3));
	/* 1 V behind 996.5 ohm and 3.5 ohm */
	inputs.ain[3] = (struct ads1220_source)OHMS(996500);
	inputs.ref0 = (struct ads1220_source)OHMS(1000 * OHM);
	drive.current_na[ADS1220_MODEL_AIN3] = 0;
	drive.current_na[ADS1220_MODEL_REFP0] = 1000000;
	CHECK_EQUAL(3500 * UV, node(&inputs, &drive, ADS1220_MODEL_AIN3));
	drive.switch_closed = false;
	CHECK_EQUAL(1000 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN3));
}

static void the_second_reference_stands_between_ain0_and_ain3(void)
{
	struct ads1220_inputs inputs = {
		.ain = { VOLTS(9 * MV), [3] = VOLTS(100 * MV) }, .ref1 = VOLTS(2500 * MV),
		.avdd_nv = 5000 * MV,
	};
	const struct ads1220_model_drive drive = { .current_na = { 1000000 } };

	CHECK_EQUAL(2600 * MV, node(&inputs, &nothing, ADS1220_MODEL_AIN0));
	inputs.ref1 = (struct ads1220_source)OHMS(2000 * OHM);
	CHECK_EQUAL(2100 * MV, node(&inputs, &drive, ADS1220_MODEL_AIN0));
}

static struct ads1220_recording *load(const char *text, char *error, size_t size)
{
	char name[] = "/tmp/ads1220-inputs-XXXXXX";
	struct ads1220_recording *recording;
	int fd = mkstemp(name);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd))
		CHECK_WHY("cannot write %s", name);
	recording = ads1220_recording_load(name, error, size);
	unlink(name);
	return recording;
}

#define HEADER	"time_s,ain0,ain1,ain2,ain3\n"

static int64_t played(const struct ads1220_inputs *inputs, int64_t from_ns, int64_t to_ns,
		      unsigned int ain)
{
	struct ads1220_model_inputs means;

	ads1220_inputs_mean(inputs, from_ns, to_ns, &nothing, &means);
	return means.node_nv[ain];
}

static void a_recording_holds_each_line_until_the_next(void)
{
	char error[256] = "";
	struct ads1220_inputs inputs = {
		.recording = load(HEADER "1,0.1,0,0,-1\r\n2,0.2,0,0,-2\n4,0.4,0,0,-4", error,
				  sizeof(error)),
	};

	CHECK_TEXT("", error);
	if (!inputs.recording)
		return;
	CHECK_EQUAL(100 * MV, played(&inputs, 0, SECOND / 2, 0));
	CHECK_EQUAL(100 * MV, played(&inputs, SECOND, 2 * SECOND, 0));
	CHECK_EQUAL(200 * MV, played(&inputs, 2 * SECOND, 2 * SECOND + 1, 0));
	CHECK_EQUAL(-2000 * MV, played(&inputs, 3 * SECOND, 4 * SECOND, 3));
	CHECK_EQUAL(400 * MV, played(&inputs, 4 * SECOND, 400 * SECOND, 0));
	CHECK_EQUAL(100 * MV, played(&inputs, 2 * SECOND - 1, 2 * SECOND - 1, 0));
	CHECK_EQUAL(200 * MV, played(&inputs, 2 * SECOND, 2 * SECOND, 0));
	inputs.recording_start_ns = 10 * SECOND;
	CHECK_EQUAL(100 * MV, played(&inputs, 11 * SECOND, 12 * SECOND, 0));
	ads1220_recording_free(inputs.recording);
}

/* 0.1 V for a second, 0.2 V for two, 0.4 V for one: 0.225 V; 1 nV in 3 ns is rounded */
static void a_span_over_several_lines_has_their_mean(void)
{
	char error[256] = "";
	struct ads1220_inputs inputs = {
		.recording = load(HEADER "1,0.1,0,0,-0.1\n2,0.2,0,0,-0.2\n4,0.4,0,0,-0.4\n", error,
				  sizeof(error)),
	};

	if (!inputs.recording) {
		CHECK_WHY("%s", error);
		return;
	}
	CHECK_EQUAL(225 * MV, played(&inputs, 1 * SECOND, 5 * SECOND, 0));
	CHECK_EQUAL(-225 * MV, played(&inputs, 1 * SECOND, 5 * SECOND, 3));
	CHECK_EQUAL(150 * MV, played(&inputs, 2 * SECOND - 1, 2 * SECOND + 1, 0));
	CHECK_EQUAL(166666667, played(&inputs, 2 * SECOND - 1, 2 * SECOND + 2, 0));
	CHECK_EQUAL(-166666667, played(&inputs, 2 * SECOND - 1, 2 * SECOND + 2, 3));
	ads1220_recording_free(inputs.recording);
}

static void a_long_recording_is_kept_to_its_last_line(void)
{
	enum { LINES = 10000 };
	char *text = malloc(LINES * 32), error[256] = "";
	struct ads1220_inputs inputs = { .avdd_nv = 0 };
	size_t used = sprintf(text, HEADER);

	for (int i = 0; i < LINES; i++)
		used += sprintf(text + used, "%d,0.%06d,0,0,0\n", i, i);
	inputs.recording = load(text, error, sizeof(error));
	free(text);
	if (!inputs.recording) {
		CHECK_WHY("%s", error);
		return;
	}
	for (int i = 0; i < LINES; i += 37)
		CHECK_EQUAL_AT(i * UV, played(&inputs, i * SECOND, (i + 1) * SECOND, 0),
			       "line %d", i);
	CHECK_EQUAL((LINES - 1) * UV, played(&inputs, LINES * SECOND, (LINES + 5) * SECOND, 0));
	ads1220_recording_free(inputs.recording);
}

static void empty_lines_of_a_recording_are_nothing(void)
{
	char error[256] = "";
	struct ads1220_inputs inputs = {
		.recording = load(HEADER "1,0.1,0,0,0\n\n2,0.2,0,0,0\r\n\r\n\n", error, sizeof(error)),
	};

	CHECK_TEXT("", error);
	if (!inputs.recording)
		return;
	CHECK_EQUAL(100 * MV, played(&inputs, 1 * SECOND, 2 * SECOND, 0));
	CHECK_EQUAL(200 * MV, played(&inputs, 2 * SECOND, 9 * SECOND, 0));
	ads1220_recording_free(inputs.recording);
}

static void a_recording_of_empty_lines_alone_is_refused(void)
{
	char error[256] = "";

	CHECK(!load(HEADER "\n\n", error, sizeof(error)));
	CHECK_AT(strstr(error, "empty"), "%s", error);
}

static void a_line_that_is_too_long_is_refused(void)
{
	char text[600] = HEADER, error[256] = "";

	memset(text + strlen(text), '0', 400);
	CHECK(!load(text, error, sizeof(error)));
	CHECK_AT(strstr(error, "line 2"), "%s", error);
}

static void faults_are_known_by_name_and_number(void)
{
	struct ads1220_faults faults;
	char error[512], text[ADS1220_FAULTS_TEXT];

	CHECK(ads1220_faults_parse("miso-flip:7,drdy-lost-once,reset:250", &faults, error,
				   sizeof(error)));
	CHECK(faults.on[ADS1220_FAULT_MISO_FLIP] && faults.on[ADS1220_FAULT_DRDY_LOST_ONCE]);
	CHECK_EQUAL(7, faults.number[ADS1220_FAULT_MISO_FLIP]);
	CHECK_EQUAL(250, faults.number[ADS1220_FAULT_RESET]);
	ads1220_faults_print(&faults, text);
	CHECK_TEXT("drdy-lost-once,miso-flip:7,reset:250", text);
	CHECK(ads1220_faults_parse("", &faults, error, sizeof(error)));
	ads1220_faults_print(&faults, text);
	CHECK_TEXT("", text);
}

static void an_unknown_fault_is_answered_with_all_names(void)
{
	static const char *const names[] = {
		"absent-high", "absent-low", "drdy-high", "drdy-low", "drdy-lost[:N]",
		"drdy-lost-once", "miso-flip[:N]", "reset[:N]", "spi-mode",
	};
	struct ads1220_faults faults;
	char error[512] = "";

	CHECK(!ads1220_faults_parse("drdy-high,nonesuch", &faults, error, sizeof(error)));
	CHECK(strstr(error, "'nonesuch'"));
	for (unsigned int i = 0; i < sizeof(names) / sizeof(*names); i++)
		CHECK_AT(strstr(error, names[i]), "%s", names[i]);
}

static const struct check_test tests[] = {
	CHECK_TEST(values_have_units),
	CHECK_TEST(what_is_no_value_is_refused_and_changes_nothing),
	CHECK_TEST(a_voltage_stands_whatever_the_chip_drives),
	CHECK_TEST(a_current_drops_its_voltage_along_its_way),
	CHECK_TEST(two_currents_meet_in_the_reference_resistor),
	CHECK_TEST(a_current_source_stops_0_9_V_below_its_supply),
	CHECK_TEST(burn_out_currents_drive_open_pins_to_the_supplies),
	CHECK_TEST(the_switch_joins_ain3_to_ground),
	CHECK_TEST(the_second_reference_stands_between_ain0_and_ain3),
	CHECK_TEST(a_recording_holds_each_line_until_the_next),
	CHECK_TEST(a_span_over_several_lines_has_their_mean),
	CHECK_TEST(a_long_recording_is_kept_to_its_last_line),
	CHECK_TEST(empty_lines_of_a_recording_are_nothing),
	CHECK_TEST(a_recording_of_empty_lines_alone_is_refused),
	CHECK_TEST(a_line_that_is_too_long_is_refused),
	CHECK_TEST(faults_are_known_by_name_and_number),
	CHECK_TEST(an_unknown_fault_is_answered_with_all_names),
};

CHECK_MAIN(tests)
