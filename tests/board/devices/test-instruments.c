// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Do the board's instruments show, through their port, what QMP shows, and how long DRDY waited?
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "ads1220-latency.h"
#include "board.h"
#include "check.h"
#include "instruments.h"

#define PORT			"/machine/instruments"
#define REQUEST			INSTRUMENTS_BASE
#define ANSWER			(INSTRUMENTS_BASE + 4)
#define POWER_UP_NS		(60 * BOARD_NS_PER_MS)
#define HALF_PERIOD_NS		(BOARD_SPI_BYTE_NS / 16)

static void say(const char *text)
{
	while (*text)
		board_write8(REQUEST, *text++);
}

static const char *answer(void)
{
	static char text[4096];
	size_t len = 0;

	while (len < sizeof(text) - 1 && (text[len] = board_read8(ANSWER)))
		len++;
	text[len] = '\0';
	return text;
}

static const char *ask(const char *request)
{
	say(request);
	say("\n");
	return answer();
}

static bool refuses(const char *request, const char *word)
{
	const char *said = ask(request);

	return said[0] == '!' && strstr(said, word);
}

static void gives_a_property_as_json(void)
{
	board_start(NULL);
	CHECK_TEXT("= \"3300000000nV\"\n", ask("get /machine/ads1220 avdd"));
	CHECK_TEXT("= 4096000\n", ask("get /machine/ads1220 oscillator"));
	CHECK_TEXT("= false\n", ask("get /machine/ads1220 noise"));
	board_stop();
}

static void gives_a_structure_as_json(void)
{
	const uint8_t bytes[5] = { 0 };
	const char *counters;

	board_start(NULL);
	board_spi_open(1);
	board_spi_transfer(1, bytes, NULL, sizeof(bytes));
	counters = ask("get /machine/soc/spi1 counters");
	CHECK(!strncmp(counters, "= {", 3));
	CHECK(strstr(counters, "\"transfers\": 1"));
	CHECK(strstr(counters, "\"bytes\": 5"));
	board_stop();
}

static void sets_what_qmp_then_shows(void)
{
	board_start(NULL);
	CHECK_TEXT("=\n", ask("set /machine/ads1220 ain0 1.25"));
	CHECK_TEXT("\"1250000000nV\"", board_get(CHIP, "ain0"));
	CHECK_TEXT("=\n", ask("set /machine/ads1220 fault drdy-lost:7,miso-flip"));
	CHECK_TEXT("\"drdy-lost:7,miso-flip:100\"", board_get(CHIP, "fault"));
	CHECK_TEXT("=\n", ask("set /machine/ads1220 test true"));
	CHECK_TEXT("true", board_get(CHIP, "test"));
	board_stop();
}

static void refuses_in_the_words_of_the_property(void)
{
	board_start(NULL);
	CHECK(refuses("set /machine/ads1220 avdd 9", "avdd: '9' is not within the chip's 2.3 to 5.5 V"));
	CHECK(refuses("set /machine/ads1220 ain0 1 2", "'1 2'"));
	CHECK(refuses("set /machine/ads1220 bus spi0", "soldered"));
	CHECK_TEXT("\"3300000000nV\"", board_get(CHIP, "avdd"));
	board_stop();
}

static void refuses_what_is_not_there(void)
{
	board_start(NULL);
	CHECK(refuses("get /machine/nowhere avdd", "there is no '/machine/nowhere'"));
	CHECK(refuses("get /machine/ads1220 nothing", "nothing"));
	CHECK(refuses("set /machine/ads1220 nothing 1", "nothing"));
	CHECK(refuses("set /machine/ads1220 registers 1", "registers"));
	board_stop();
}

static void refuses_what_it_does_not_understand(void)
{
	static const char *const requests[] = {
		"", "get", "get /machine/ads1220", "get /machine/ads1220 avdd 3",
		"set /machine/ads1220 avdd", "put /machine/ads1220 avdd 3", "   ",
	};

	board_start(NULL);
	for (unsigned int i = 0; i < sizeof(requests) / sizeof(*requests); i++)
		if (!refuses(requests[i], ""))
			CHECK_WHY("'%s' was not refused", requests[i]);
	CHECK_TEXT("= false\n", ask("get /machine/ads1220 noise"));
	board_stop();
}

static void refuses_a_request_without_end(void)
{
	board_start(NULL);
	for (unsigned int i = 0; i < 5000; i++)
		board_write8(REQUEST, 'x');
	CHECK(refuses("", "less than 1024 bytes"));
	CHECK_TEXT("= false\n", ask("get /machine/ads1220 noise"));
	board_stop();
}

static void an_answer_is_0_before_and_after_and_is_dropped_by_the_next(void)
{
	board_start(NULL);
	CHECK_EQUAL(0, board_read8(ANSWER));
	say("get /machine/ads1220 noise");
	CHECK_EQUAL(0, board_read8(ANSWER));
	say("\n");
	CHECK_EQUAL('=', board_read8(ANSWER));
	CHECK_TEXT("= false\n", ask("get /machine/ads1220 noise"));
	CHECK_EQUAL(0, board_read8(ANSWER));
	CHECK_EQUAL(0, board_read(INSTRUMENTS_BASE + 8));
	board_stop();
}

static void tells_the_time_of_the_board(void)
{
	char wanted[32];

	board_start(NULL);
	board_step(123456789);
	snprintf(wanted, sizeof(wanted), "= %" PRId64 "\n", board_now());
	CHECK_TEXT(wanted, ask("get " PORT " time-ns"));
	board_stop();
}

static void counts_no_instructions_where_they_are_not_counted(void)
{
	board_start(NULL);
	CHECK(refuses("get " PORT " instructions", "counted time only"));
	board_stop();
}

/* ---- how long DRDY waited: the arithmetic ---- */

static struct ads1220_latency latency;

static void frame_at(int64_t at_ns)
{
	ads1220_latency_select(&latency, 0);
	ads1220_latency_clock(&latency, at_ns);
	ads1220_latency_clock(&latency, at_ns + 1000);
	ads1220_latency_select(&latency, 1);
}

static void a_frame_answers_the_fall_before_it_once(void)
{
	ads1220_latency_start(&latency);
	frame_at(50);
	CHECK_EQUAL(0, latency.number);
	ads1220_latency_fall(&latency, 100);
	frame_at(350);
	frame_at(2000);
	CHECK_EQUAL(1, latency.number);
	CHECK_EQUAL(250, latency.sum_ns);
	CHECK_EQUAL(100, ads1220_latency_answer(&latency, 0)->fell_ns);
}

static void a_frame_that_was_clocked_before_the_fall_does_not_answer_it(void)
{
	ads1220_latency_start(&latency);
	ads1220_latency_select(&latency, 0);
	ads1220_latency_clock(&latency, 100);
	ads1220_latency_fall(&latency, 150);
	ads1220_latency_clock(&latency, 200);
	ads1220_latency_select(&latency, 1);
	CHECK_EQUAL(0, latency.number);
	frame_at(650);
	CHECK_EQUAL(500, latency.sum_ns);
}

static void clocks_for_another_chip_answer_nothing(void)
{
	ads1220_latency_start(&latency);
	ads1220_latency_fall(&latency, 100);
	ads1220_latency_clock(&latency, 150);
	CHECK_EQUAL(0, latency.number);
}

static void of_two_falls_the_later_is_answered(void)
{
	ads1220_latency_start(&latency);
	ads1220_latency_fall(&latency, 100);
	ads1220_latency_fall(&latency, 600);
	frame_at(700);
	CHECK_EQUAL(1, latency.number);
	CHECK_EQUAL(100, latency.max_ns);
}

static void wait_for(int64_t took_ns)
{
	ads1220_latency_fall(&latency, 1000);
	frame_at(1000 + took_ns);
}

/* By definition of a quantile: the 50th and the 99th of 1 to 100 */
static void quantiles_are_those_of_the_definition(void)
{
	ads1220_latency_start(&latency);
	CHECK_EQUAL(0, ads1220_latency_quantiles(&latency).median_ns);
	wait_for(7);
	CHECK_EQUAL(7, ads1220_latency_quantiles(&latency).median_ns);
	CHECK_EQUAL(7, ads1220_latency_quantiles(&latency).p99_ns);
	ads1220_latency_start(&latency);
	for (int i = 100; i >= 1; i--)
		wait_for(i);
	CHECK_EQUAL(50, ads1220_latency_quantiles(&latency).median_ns);
	CHECK_EQUAL(99, ads1220_latency_quantiles(&latency).p99_ns);
	CHECK_EQUAL(100, latency.max_ns);
	CHECK_EQUAL(5050, latency.sum_ns);
}

/* Of 0 to 4999 the last 4096 begin with 904: the 2048th is 2951, the 4056th, 99 %, is 4959 */
static void the_last_4096_are_kept_and_all_are_counted(void)
{
	ads1220_latency_start(&latency);
	for (int i = 0; i < 5000; i++)
		wait_for(i);
	CHECK_EQUAL(5000, latency.number);
	CHECK_EQUAL(4096, ads1220_latency_count(&latency));
	CHECK_EQUAL(904, ads1220_latency_answer(&latency, 0)->took_ns);
	CHECK_EQUAL(4999, ads1220_latency_answer(&latency, 4095)->took_ns);
	CHECK_EQUAL(2951, ads1220_latency_quantiles(&latency).median_ns);
	CHECK_EQUAL(4959, ads1220_latency_quantiles(&latency).p99_ns);
}

/* ---- and on the lines ---- */

static int drdy(void)
{
	return board_pin(PIO, PORT_A, 6);
}

/* One conversion, DRDY's fall seen in steps of 10 ns; the time after it. */
static int64_t convert(void)
{
	const uint8_t start = 0x08;

	board_spi_transfer(1, &start, NULL, 1);
	board_step(49900 * BOARD_NS_PER_US);
	while (drdy())
		board_step(BOARD_NS_PER_US / 10);
	return board_now();
}

static int64_t latency_member(const char *name)
{
	char wanted[32];
	const char *place;

	snprintf(wanted, sizeof(wanted), "\"%s\": ", name);
	place = strstr(board_get(CHIP, "latency"), wanted);
	return place ? strtoll(place + strlen(wanted), NULL, 10) : -1;
}

/* board_spi_transfer() selects after 200 ns and starts after as many more; SCLK rises half a period on. */
static void the_lines_give_the_wait_to_the_first_clock(void)
{
	const uint8_t zeroes[3] = { 0 };
	int64_t seen_ns, clocked_ns, took_ns, fell_ns;

	board_start(NULL);
	board_step(POWER_UP_NS);
	board_spi_open(1);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
	board_spi_transfer(1, zeroes, NULL, sizeof(zeroes));
	CHECK_TEXT("=\n", ask("set " CHIP " latency-start true"));
	CHECK_EQUAL(0, latency_member("number"));
	seen_ns = convert();
	board_step(12345);
	clocked_ns = board_now() + 400 + HALF_PERIOD_NS;
	board_spi_transfer(1, zeroes, NULL, sizeof(zeroes));
	CHECK_EQUAL(1, latency_member("number"));
	took_ns = latency_member("median_ns");
	CHECK_EQUAL(took_ns, latency_member("max_ns"));
	CHECK(clocked_ns - took_ns <= seen_ns && clocked_ns - took_ns > seen_ns - 100);
	CHECK(sscanf(board_get(CHIP, "latencies"), "\"%" SCNd64, &fell_ns) == 1);
	CHECK_EQUAL(clocked_ns - took_ns, fell_ns);
	board_stop();
}

static const struct check_test tests[] = {
	CHECK_TEST(gives_a_property_as_json),
	CHECK_TEST(gives_a_structure_as_json),
	CHECK_TEST(sets_what_qmp_then_shows),
	CHECK_TEST(refuses_in_the_words_of_the_property),
	CHECK_TEST(refuses_what_is_not_there),
	CHECK_TEST(refuses_what_it_does_not_understand),
	CHECK_TEST(refuses_a_request_without_end),
	CHECK_TEST(an_answer_is_0_before_and_after_and_is_dropped_by_the_next),
	CHECK_TEST(tells_the_time_of_the_board),
	CHECK_TEST(counts_no_instructions_where_they_are_not_counted),
	CHECK_TEST(a_frame_answers_the_fall_before_it_once),
	CHECK_TEST(a_frame_that_was_clocked_before_the_fall_does_not_answer_it),
	CHECK_TEST(clocks_for_another_chip_answer_nothing),
	CHECK_TEST(of_two_falls_the_later_is_answered),
	CHECK_TEST(quantiles_are_those_of_the_definition),
	CHECK_TEST(the_last_4096_are_kept_and_all_are_counted),
	CHECK_TEST(the_lines_give_the_wait_to_the_first_clock),
};

CHECK_MAIN(tests)
