// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does sensor.c read what a person may write, and say of the rest what is wrong and what is allowed?
 *
 * Links: userspace/sensor.c userspace/number.c userspace/thermocouple.c userspace/resistance.c
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../../userspace/number.h"
#include "../../userspace/sensor.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct channel_choice parse(const char *text)
{
	struct sensor_error error = { .what = "" };
	struct channel_choice choice;

	CHECK_AT(sensor_parse(text, &choice, &error), "%.60s: %s", text, error.what);
	return choice;
}

/* Each is refused with a message in which the two parts stand. */
static void refuses(const char *text, const char *what, const char *allowed)
{
	struct sensor_error error = { .what = "" };
	struct channel_choice choice;

	CHECK_AT(!sensor_parse(text, &choice, &error), "%.60s", text);
	CHECK_AT(strstr(error.what, what), "%.60s: %s", text, error.what);
	CHECK_AT(strstr(error.allowed, allowed), "%.60s: %s", text, error.allowed);
}

static void splits_channel_name_and_sensor(void)
{
	static const struct {
		const char *text, *channel, *name;
		enum sensor_kind kind;
	} table[] = {
		{ "voltage0", "voltage0", "", SENSOR_NONE },
		{ "ain0-ain1=oven", "ain0-ain1", "oven", SENSOR_NONE },
		{ "ain0-ain1=oven:tc=K,cj=temp", "ain0-ain1", "oven", SENSOR_THERMOCOUPLE },
		{ "tc1:tc=K", "tc1", "", SENSOR_THERMOCOUPLE },
		{ "kitchen scale=the big one:bridge=2mV/V,5kg", "kitchen scale", "the big one",
		  SENSOR_BRIDGE },
		{ "a=b=c", "a", "b=c", SENSOR_NONE },
		{ "", "", "", SENSOR_NONE },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const struct channel_choice choice = parse(table[i].text);

		CHECK_TEXT(table[i].channel, choice.channel);
		CHECK_TEXT(table[i].name, choice.name);
		CHECK_EQUAL_AT(table[i].kind, choice.sensor.kind, "%s", table[i].text);
	}
}

static void names_the_unit_of_each_sensor(void)
{
	static const struct {
		const char *text, *unit;
		enum sensor_kind kind;
	} table[] = {
		{ "x", "", SENSOR_NONE },
		{ "x:V", "V", SENSOR_VOLT },
		{ "x:mV", "mV", SENSOR_MILLIVOLT },
		{ "x:raw", "raw", SENSOR_RAW },
		{ "x:tc=B", "degC", SENSOR_THERMOCOUPLE },
		{ "x:rtd=pt100", "degC", SENSOR_PLATINUM },
		{ "x:ntc=beta,3950,10k", "degC", SENSOR_NTC },
		{ "x:bridge=2mV/V,5kg", "kg", SENSOR_BRIDGE },
		{ "x:loop=100ohm,0..10bar", "bar", SENSOR_LOOP },
		{ "x:loop=250,0..100%", "%", SENSOR_LOOP },
		{ "x:lin=2,0,m3/h", "m3/h", SENSOR_LINEAR },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const struct channel_choice choice = parse(table[i].text);

		CHECK_TEXT(table[i].unit, choice.sensor.unit);
		CHECK_EQUAL_AT(table[i].kind, choice.sensor.kind, "%s", table[i].text);
	}
}

static void reads_thermocouples_and_their_cold_junction(void)
{
	struct channel_choice choice = parse("x:tc=K");

	CHECK(choice.sensor.thermocouple.type == thermocouple_of_type('K'));
	CHECK_TEXT("temp", choice.sensor.thermocouple.junction);
	choice = parse("x:tc=T,cj=ain2");
	CHECK(choice.sensor.thermocouple.type == thermocouple_of_type('T'));
	CHECK_TEXT("ain2", choice.sensor.thermocouple.junction);
	choice = parse("x:tc=K,cj=-12.5");
	CHECK_TEXT("", choice.sensor.thermocouple.junction);
	CHECK_NEAR(-12.5, choice.sensor.thermocouple.junction_degc, 0);
	choice = parse("x:tc=K,cj=2nd");
	CHECK_TEXT("2nd", choice.sensor.thermocouple.junction);
}

static void reads_platinum_thermometers(void)
{
	struct channel_choice choice = parse("x:rtd=pt100");

	CHECK_NEAR(100, choice.sensor.platinum.r0_ohm, 0);
	CHECK_NEAR(0, choice.sensor.platinum.rref_ohm, 0);
	CHECK_NEAR(0, choice.sensor.platinum.lead_ohm, 0);
	CHECK_EQUAL(2, choice.sensor.platinum.wires);
	choice = parse("x:rtd=Pt1000,wires=3,rref=3.3k");
	CHECK_NEAR(1000, choice.sensor.platinum.r0_ohm, 0);
	CHECK_NEAR(3300, choice.sensor.platinum.rref_ohm, 1e-9);
	CHECK_EQUAL(3, choice.sensor.platinum.wires);
	choice = parse("x:rtd=pt500.5,lead=0.4ohm,wires=2");
	CHECK_NEAR(500.5, choice.sensor.platinum.r0_ohm, 0);
	CHECK_NEAR(0.4, choice.sensor.platinum.lead_ohm, 0);
	CHECK_EQUAL(4, parse("x:rtd=pt100,wires=4").sensor.platinum.wires);
}

static void reads_ntcs_in_both_forms(void)
{
	const struct channel_choice beta = parse("x:ntc=beta,3950,10k");
	const struct channel_choice same = parse("x:ntc=beta,3.95e3,10000ohm");
	const struct channel_choice sh = parse("x:ntc=sh,1.1e-3,2.3e-4,-6.9e-8");

	CHECK_NEAR(1 / 3950.0, beta.sensor.ntc.b, 1e-15);
	CHECK_NEAR(1 / 298.15 - log(10000) / 3950, beta.sensor.ntc.a, 1e-15);
	CHECK_NEAR(beta.sensor.ntc.a, same.sensor.ntc.a, 0);
	CHECK_NEAR(1.1e-3, sh.sensor.ntc.a, 0);
	CHECK_NEAR(2.3e-4, sh.sensor.ntc.b, 0);
	CHECK_NEAR(-6.9e-8, sh.sensor.ntc.c, 0);
	CHECK_NEAR(1 / 298.15 - log(1e6) / 4000, parse("x:ntc=beta,4000,1Mohm").sensor.ntc.a, 1e-15);
}

static void reads_bridges_loops_and_lines(void)
{
	struct channel_choice choice = parse("x:bridge=2mV/V,5kg,zero=-0.0123");

	CHECK_NEAR(2, choice.sensor.bridge.sensitivity_mv_per_v, 0);
	CHECK_NEAR(5, choice.sensor.bridge.capacity, 0);
	CHECK_NEAR(-0.0123, choice.sensor.bridge.zero_mv_per_v, 0);
	CHECK_NEAR(0.5, parse("x:bridge=2mV/V,5kg,zero=0.5mV/V").sensor.bridge.zero_mv_per_v, 0);
	choice = parse("x:loop=100ohm,0..10bar");
	CHECK_NEAR(100, choice.sensor.loop.shunt_ohm, 0);
	CHECK_NEAR(0, choice.sensor.loop.at_4_ma, 0);
	CHECK_NEAR(10, choice.sensor.loop.at_20_ma, 0);
	choice = parse("x:loop=0.1k,-1.5..-2e1degC");
	CHECK_NEAR(100, choice.sensor.loop.shunt_ohm, 0);
	CHECK_NEAR(-1.5, choice.sensor.loop.at_4_ma, 0);
	CHECK_NEAR(-20, choice.sensor.loop.at_20_ma, 0);
	choice = parse("x:lin=-2.5,+1e-3,l/min");
	CHECK_NEAR(-2.5, choice.sensor.linear.factor, 0);
	CHECK_NEAR(0.001, choice.sensor.linear.addend, 0);
	CHECK_NEAR(5, parse("x:bridge=2mV/V,5eur").sensor.bridge.capacity, 0);
}

static void refuses_what_is_no_sensor(void)
{
	refuses("x:", "unknown sensor ''", "tc= rtd= ntc= bridge= loop= lin=");
	refuses("x:volt", "'volt'", "V mV raw");
	refuses("x:v", "'v'", "V mV raw");
	refuses("x:V,2", "'V,2'", "V mV raw");
	refuses("x:V=", "'V='", "V mV raw");
	refuses("x:tc", "'tc'", "tc=");
	refuses("x:tc =K", "'tc =K'", "tc=");
	refuses("x: tc=K", "' tc=K'", "tc=");
	refuses("x=:tc=K", "no name follows '='", "CHANNEL=NAME");
	refuses("x=", "no name follows '='", "CHANNEL=NAME");
}

static void refuses_bad_thermocouples(void)
{
	refuses("x:tc=", "type is missing", "tc=K");
	refuses("x:tc=X", "'X'", "B E J K N R S T");
	refuses("x:tc=k", "'k'", "B E J K N R S T");
	refuses("x:tc=KK", "'KK'", "B E J K N R S T");
	refuses("x:tc=,cj=temp", "''", "B E J K N R S T");
	refuses("x:tc=K,", "''", "tc=K[,cj=");
	refuses("x:tc=K,cj=", "''", "a channel's name or a temperature");
	refuses("x:tc=K,cj=2000", "'2000'", "inside the thermocouple's own range");
	refuses("x:tc=B,cj=-1", "'-1'", "inside the thermocouple's own range");
	refuses("x:tc=K,cj=1,cj=2", "'cj=2'", "tc=K[,cj=");
	refuses("x:tc=K,hot=1", "'hot=1'", "tc=K[,cj=");
	refuses("x:tc=K,25", "'25'", "tc=K[,cj=");
}

static void refuses_bad_resistances(void)
{
	refuses("x:rtd=", "type is missing", "rtd=pt100");
	refuses("x:rtd=100", "'100'", "pt100");
	refuses("x:rtd=pt", "'pt'", "pt100");
	refuses("x:rtd=pt0", "'pt0'", "pt100");
	refuses("x:rtd=pt-100", "'pt-100'", "pt100");
	refuses("x:rtd=ni100", "'ni100'", "pt100");
	refuses("x:rtd=pt1e999", "'pt1e999'", "pt100");
	refuses("x:rtd=pt100x", "'pt100x'", "pt100");
	refuses("x:rtd=pt100,rref=0", "'0'", "more than 0");
	refuses("x:rtd=pt100,rref=", "''", "470ohm");
	refuses("x:rtd=pt100,rref=3.3kV", "'3.3kV'", "470ohm");
	refuses("x:rtd=pt100,rref=3.3 k", "'3.3 k'", "470ohm");
	refuses("x:rtd=pt100,wires=1", "'1'", "wires=2, wires=3 or wires=4");
	refuses("x:rtd=pt100,wires=34", "'34'", "wires=2, wires=3 or wires=4");
	refuses("x:rtd=pt100,wires=", "''", "wires=2, wires=3 or wires=4");
	refuses("x:rtd=pt100,wires=3,lead=1", "'1' with 3 wires", "wires=2");
	refuses("x:rtd=pt100,lead=-1", "'-1'", "more than 0");
	refuses("x:ntc=", "is missing", "ntc=beta,3950,10k");
	refuses("x:ntc=3950,10k", "'3950'", "ntc=beta,3950,10k");
	refuses("x:ntc=beta", "beta in kelvin is missing", "ntc=beta,3950,10k");
	refuses("x:ntc=beta,3950", "resistance at 25 degC is missing", "ntc=beta,3950,10k");
	refuses("x:ntc=beta,0,10k", "'0'", "more than 0");
	refuses("x:ntc=beta,-3950,10k", "'-3950'", "more than 0");
	refuses("x:ntc=beta,3950,10k,1", "'1'", "ntc=beta,3950,10k");
	refuses("x:ntc=beta,nan,10k", "'nan'", "ntc=beta,3950,10k");
	refuses("x:ntc=sh,1,2", "constant C is missing", "ntc=sh,A,B,C");
	refuses("x:ntc=sh,1,x,2", "constant B 'x'", "ntc=sh,A,B,C");
	refuses("x:ntc=sh,1,2,3,4", "'4'", "ntc=sh,A,B,C");
}

static void refuses_bad_bridges_loops_and_lines(void)
{
	refuses("x:bridge=2mV/V", "capacity is missing", "bridge=2mV/V,5kg");
	refuses("x:bridge=2,5kg", "'2'", "bridge=2mV/V,5kg");
	refuses("x:bridge=2mv/v,5kg", "'2mv/v'", "bridge=2mV/V,5kg");
	refuses("x:bridge=0mV/V,5kg", "'0mV/V'", "more than 0");
	refuses("x:bridge=2mV/V,kg", "'kg'", "bridge=2mV/V,5kg");
	refuses("x:bridge=2mV/V,5", "''", "a unit is");
	refuses("x:bridge=2mV/V,0kg", "'0kg'", "bridge=2mV/V,5kg");
	refuses("x:bridge=2mV/V,5k g", "'k g'", "a unit is");
	refuses("x:bridge=2mV/V,5\"", "'\"'", "a unit is");
	refuses("x:bridge=2mV/V,5kilogrammesforce", "'kilogrammesforce'", "a unit is");
	refuses("x:bridge=2mV/V,5kg,zero=x", "'x'", "bridge=2mV/V,5kg");
	refuses("x:bridge=2mV/V,5kg,1", "'1'", "bridge=2mV/V,5kg");
	refuses("x:loop=100ohm", "range is missing", "loop=100ohm,0..10bar");
	refuses("x:loop=0ohm,0..10bar", "'0ohm'", "more than 0");
	refuses("x:loop=100ohm,0.10bar", "'0.10bar'", "loop=100ohm,0..10bar");
	refuses("x:loop=100ohm,0...10bar", "'0...10bar'", "loop=100ohm,0..10bar");
	refuses("x:loop=100ohm,5..5bar", "'5..5bar'", "loop=100ohm,0..10bar");
	refuses("x:loop=100ohm,0..10", "''", "a unit is");
	refuses("x:lin=1,2", "unit is missing", "lin=a,b,unit");
	refuses("x:lin=x,2,V", "'x'", "lin=a,b,unit");
	refuses("x:lin=1,0x10,V", "'0x10'", "lin=a,b,unit");
	refuses("x:lin=0,2,V", "'0'", "lin=a,b,unit");
	refuses("x:lin=1,2,3V", "'3V'", "a unit is");
	refuses("x:lin=1,2,V,", "''", "lin=a,b,unit");
	refuses("x:lin=1,2,V,,,,,,,,,", "does not belong here", "lin=a,b,unit");
}

static void refuses_what_is_too_long(void)
{
	char text[600];

	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	refuses(text, "the channel 'aaa", "up to 63 bytes");
	text[1] = '=';
	refuses(text, "the name 'aaa", "up to 63 bytes");
	memcpy(text, "a:tc=K,cj=", 10);
	refuses(text, "is too long", "tc=K");
	text[100] = '\0';
	refuses(text, "is no cold junction", "a channel's name");
	memcpy(text, "a:tc=aaaaa", 10);
	refuses(text, "unknown thermocouple type 'aaa", "B E J K N R S T");
}

/* The grammar alone: what strtod takes beyond it is none. */
static void knows_what_a_number_is(void)
{
	static const char *const good[] = { "0", "-1", "+1.5", "1e3", "1.25E-2", "007", "1e+05" };
	static const char *const bad[] = {
		"", "-", ".5", "5.", "1e", "1e+", " 1", "1 ", "0x1p3", "inf", "nan", "--1", "1,5", "1e999",
		"00000000000000000000000000000000000000000000000000000000000000001",
	};
	double number;

	for (size_t i = 0; i < COUNT(good); i++)
		CHECK_AT(number_parse(good[i], &number), "'%s'", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK_AT(!number_parse(bad[i], &number), "'%s'", bad[i]);
	CHECK(number_parse("-1.25e-2", &number));
	CHECK_NEAR(-0.0125, number, 0);
}

int main(void)
{
	static const struct check_test tests[] = {
		CHECK_TEST(splits_channel_name_and_sensor),
		CHECK_TEST(names_the_unit_of_each_sensor),
		CHECK_TEST(reads_thermocouples_and_their_cold_junction),
		CHECK_TEST(reads_platinum_thermometers),
		CHECK_TEST(reads_ntcs_in_both_forms),
		CHECK_TEST(reads_bridges_loops_and_lines),
		CHECK_TEST(refuses_what_is_no_sensor),
		CHECK_TEST(refuses_bad_thermocouples),
		CHECK_TEST(refuses_bad_resistances),
		CHECK_TEST(refuses_bad_bridges_loops_and_lines),
		CHECK_TEST(refuses_what_is_too_long),
		CHECK_TEST(knows_what_a_number_is),
	};

	return check_main(tests, COUNT(tests));
}
