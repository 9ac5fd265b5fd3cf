// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does machine.c count a device's interrupts, and read which pins a channel has?
 *
 * Links: userspace/machine.c userspace/text.c
 */
#include <stddef.h>

#include "../../userspace/machine.h"
#include "tool-check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Written by hand after an Orange Pi's of four processors; columns are those of Linux 6.12. */
static const char orange_pi[] =
	"           CPU0       CPU1       CPU2       CPU3       \n"
	" 26:      10342      11877       9011       8770 GIC-0  30 Level     arch_timer\n"
	" 55:      20020          3          0          1 sunxi_pio_edge   6 Level     spi0.0\n"
	" 56:        101          0          0          0 sunxi_pio_edge   7 Edge      spi0.01, spi0.0\n"
	" 57:          9          0          0          0 GIC-0  97 Level     1c68000.spi\n"
	"IPI0:          1          2          3          4  CPU wakeup interrupts\n"
	"Err:          0\n";

static void adds_up_what_every_processor_served(void)
{
	uint64_t count;

	CHECK(interrupts_in(orange_pi, "arch_timer", &count));
	CHECK_EQUAL(10342 + 11877 + 9011 + 8770, count);
	CHECK(interrupts_in(orange_pi, "1c68000.spi", &count));
	CHECK_EQUAL(9, count);
}

static void adds_up_the_lines_that_share_a_name(void)
{
	uint64_t count;

	CHECK(interrupts_in(orange_pi, "spi0.0", &count));
	CHECK_EQUAL(20024 + 101, count);
	CHECK(interrupts_in(orange_pi, "spi0.01", &count));
	CHECK_EQUAL(101, count);
}

static void finds_no_part_of_a_name(void)
{
	static const char *const names[] = { "spi0", "pi0.0", "spi", "spi0.", "spi0.012", "", "timer", "CPU9" };
	uint64_t count;

	for (size_t i = 0; i < COUNT(names); i++)
		CHECK_AT(!interrupts_in(orange_pi, names[i], &count), "'%s'", names[i]);
	CHECK(!interrupts_in("", "spi0.0", &count));
	CHECK(!interrupts_in("spi0.0", "spi0.0", &count));
	CHECK(!interrupts_in(": spi0.0x", "spi0.0", &count));
}

static void counts_to_the_end_of_the_line_alone(void)
{
	uint64_t count;

	CHECK(interrupts_in(" 1: 7 spi0.0", "spi0.0", &count));
	CHECK_EQUAL(7, count);
	CHECK(interrupts_in(" 1: spi0.0\n99 98\n", "spi0.0", &count));
	CHECK_EQUAL(0, count);
	CHECK(interrupts_in(" 1: 7\n 2: 5 x spi0.0\n", "spi0.0", &count));
	CHECK_EQUAL(5, count);
}

static void reads_the_pins_of_an_id(void)
{
	static const struct {
		const char *id;
		size_t count;
		uint32_t pins[MACHINE_PINS_MAX];
	} table[] = {
		{ "voltage0", 1, { 0 } }, { "voltage0-voltage1", 2, { 0, 1 } }, { "resistance3", 1, { 3 } },
		{ "voltage103-voltage103", 2, { 103, 103 } }, { "temp", 0, { 0 } }, { "", 0, { 0 } },
		{ "voltage1-voltage2-voltage3", 2, { 1, 2 } },
	};
	uint32_t pins[MACHINE_PINS_MAX];

	for (size_t i = 0; i < COUNT(table); i++) {
		CHECK_EQUAL_AT(table[i].count, pins_in(table[i].id, pins), "%s", table[i].id);
		for (size_t k = 0; k < table[i].count; k++)
			CHECK_EQUAL_AT(table[i].pins[k], pins[k], "%s", table[i].id);
	}
}

static void knows_nothing_of_a_device_that_is_not_there(void)
{
	uint64_t count;

	CHECK(!machine_interrupts("iio:device99999", &count));
	CHECK(!machine_tree_has("iio:device99999", "voltage0", "burn-out-current-nanoamp"));
}

static const struct check_test tests[] = {
	CHECK_TEST(adds_up_what_every_processor_served),
	CHECK_TEST(adds_up_the_lines_that_share_a_name),
	CHECK_TEST(finds_no_part_of_a_name),
	CHECK_TEST(counts_to_the_end_of_the_line_alone),
	CHECK_TEST(reads_the_pins_of_an_id),
	CHECK_TEST(knows_nothing_of_a_device_that_is_not_there),
};

CHECK_MAIN(tests)
