// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Are the emulated port controllers those of the H3 data sheet 1.2, section "Port Controller"?
 *
 * The filter passes a level that two successive clocks of it have seen: a pulse shorter than one
 * period never gets through, one of two periods always does, and every edge comes 1 to 2 periods
 * late.
 */
#include "board.h"
#include "check.h"

#define RISING	0
#define FALLING	1
#define HIGH	2
#define LOW	3
#define BOTH	4

#define DEB_LOSC(n)	((n) << 4)
#define DEB_HOSC(n)	((n) << 4 | 1)

/* One bank and a pin of it that is free on the boards. */
struct input {
	uint32_t base;
	char letter;
	unsigned int port, pin, bank, irq;
};

static const struct input inputs[] = {
	{ PIO, 'A', PORT_A, 6, 0, IRQ_PA_EINT },
	{ PIO, 'A', PORT_A, 21, 0, IRQ_PA_EINT },
	{ PIO, 'G', PORT_G, 9, 1, IRQ_PG_EINT },
	{ R_PIO, 'L', 0, 3, 0, IRQ_PL_EINT },
};

#define INPUTS	(sizeof(inputs) / sizeof(*inputs))

/* PA6 is the chip's DRDY: tests that want PA6 for themselves have it soldered elsewhere. */
static const char *const chip_out_of_the_way[] = { "-global", "ads1220.drdy=PD14", NULL };

static void open_board(void)
{
	board_start(chip_out_of_the_way);
}

/* Period of the filter's clock, rounded up. */
static int64_t period_ns(uint32_t deb)
{
	int64_t hz = deb & 1 ? 24000000 : 32768;

	return ((1000000000LL << (deb >> 4)) + hz - 1) / hz;
}

static void set_field(uint64_t address, unsigned int shift, uint32_t mask, uint32_t value)
{
	board_write(address, (board_read(address) & ~(mask << shift)) | value << shift);
}

/* An interrupt input, enabled, at rest at @level, with nothing pending. */
static void watch(const struct input *in, unsigned int trigger, uint32_t deb, int level)
{
	board_drive(in->letter, in->pin, level);
	set_field(in->base + EINT_CFG(in->bank, in->pin / 8), in->pin % 8 * 4, 0xf, trigger);
	board_write(in->base + EINT_DEB(in->bank), deb);
	board_mux(in->base, in->port, in->pin, FUNCTION_EINT);
	board_step(3 * period_ns(deb));
	board_write(in->base + EINT_STA(in->bank), ~0u);
	board_write(in->base + EINT_CTL(in->bank), 1u << in->pin);
}

static uint32_t pending(const struct input *in)
{
	return board_read(in->base + EINT_STA(in->bank)) & 1u << in->pin;
}

static void clear(const struct input *in)
{
	board_write(in->base + EINT_STA(in->bank), 1u << in->pin);
}

static void starts_with_the_data_sheets_register_values(void)
{
	static const struct { uint32_t base, offset, value; } resets[] = {
		{ PIO, PORT_CFG(PORT_A, 0), 0x77777777 }, { PIO, PORT_CFG(PORT_A, 1), 0x77777777 },
		{ PIO, PORT_CFG(PORT_A, 2), 0x00777777 }, { PIO, PORT_CFG(PORT_A, 3), 0 },
		{ PIO, PORT_DAT(PORT_A), 0 }, { PIO, PORT_DRV(PORT_A, 0), 0x55555555 },
		{ PIO, PORT_DRV(PORT_A, 1), 0x00000555 }, { PIO, PORT_PUL(PORT_A, 0), 0 },
		{ PIO, PORT_CFG(PORT_C, 0), 0x77777777 }, { PIO, PORT_CFG(PORT_C, 2), 0x00000777 },
		{ PIO, PORT_PUL(PORT_C, 0), 0x00005140 }, { PIO, PORT_PUL(PORT_C, 1), 0x00000014 },
		{ PIO, PORT_CFG(PORT_D, 2), 0x00000077 }, { PIO, PORT_CFG(PORT_E, 1), 0x77777777 },
		{ PIO, PORT_CFG(PORT_F, 0), 0x07373733 }, { PIO, PORT_CFG(PORT_G, 1), 0x00777777 },
		{ PIO, EINT_CFG(0, 0), 0 }, { PIO, EINT_CTL(0), 0 }, { PIO, EINT_STA(0), 0 },
		{ PIO, EINT_DEB(0), 0 }, { PIO, EINT_DEB(1), 0 },
		{ R_PIO, PORT_CFG(0, 0), 0x77777777 }, { R_PIO, PORT_CFG(0, 1), 0x00007777 },
		{ R_PIO, EINT_DEB(0), 0 },
	};

	open_board();
	for (unsigned int i = 0; i < sizeof(resets) / sizeof(*resets); i++)
		CHECK_EQUAL_AT(resets[i].value, board_read(resets[i].base + resets[i].offset),
			       "0x%08x", resets[i].base + resets[i].offset);
	board_stop();
}

static void a_port_that_the_chip_does_not_have_stays_0(void)
{
	open_board();
	board_write(PIO + PORT_CFG(1, 0), ~0u);
	board_write(PIO + PORT_DAT(1), ~0u);
	CHECK_EQUAL(0, board_read(PIO + PORT_CFG(1, 0)));
	CHECK_EQUAL(0, board_read(PIO + PORT_DAT(1)));
	board_write(R_PIO + PORT_CFG(1, 0), ~0u);
	CHECK_EQUAL(0, board_read(R_PIO + PORT_CFG(1, 0)));
	board_stop();
}

static void pins_that_do_not_exist_keep_no_bits(void)
{
	open_board();
	board_write(PIO + PORT_CFG(PORT_A, 2), ~0u);
	board_write(PIO + PORT_CFG(PORT_G, 1), ~0u);
	board_write(PIO + PORT_PUL(PORT_F, 0), ~0u);
	board_write(PIO + EINT_CTL(0), ~0u);
	CHECK_EQUAL(0x00777777, board_read(PIO + PORT_CFG(PORT_A, 2)));
	CHECK_EQUAL(0x00777777, board_read(PIO + PORT_CFG(PORT_G, 1)));
	CHECK_EQUAL(0x00003fff, board_read(PIO + PORT_PUL(PORT_F, 0)));
	CHECK_EQUAL(0x003fffff, board_read(PIO + EINT_CTL(0)));
	board_stop();
}

static void reads_as_0_and_ignores_writes_while_its_bus_gate_is_shut(void)
{
	open_board();
	board_write(CCU_BUS_GATE2, 0);
	CHECK_EQUAL(0, board_read(PIO + PORT_CFG(PORT_A, 0)));
	board_write(PIO + PORT_CFG(PORT_A, 0), 0);
	board_write(CCU_BUS_GATE2, CCU_PIO_BIT);
	CHECK_EQUAL(0x77777777, board_read(PIO + PORT_CFG(PORT_A, 0)));
	board_write(CCU_BUS_GATE2, 0);
	CHECK_EQUAL(0x77777777, board_read(R_PIO + PORT_CFG(0, 0)));
	board_stop();
}

static void only_an_input_shows_its_pin(void)
{
	open_board();
	for (unsigned int i = 0; i < INPUTS; i++) {
		const struct input *in = &inputs[i];

		board_drive(in->letter, in->pin, 1);
		for (unsigned int function = 0; function < 8; function++) {
			board_mux(in->base, in->port, in->pin, function);
			CHECK_EQUAL_AT(function == FUNCTION_IN,
				       board_pin(in->base, in->port, in->pin),
				       "P%c%u, function %u", in->letter, in->pin, function);
		}
		board_mux(in->base, in->port, in->pin, FUNCTION_IN);
		board_drive(in->letter, in->pin, 0);
		CHECK_EQUAL(0, board_pin(in->base, in->port, in->pin));
	}
	board_stop();
}

static void an_output_reads_as_its_latch_whatever_stands_outside(void)
{
	open_board();
	board_mux(PIO, PORT_G, 9, FUNCTION_OUT);
	board_write(PIO + PORT_DAT(PORT_G), 1 << 9);
	board_drive('G', 9, 0);
	CHECK_EQUAL(1 << 9, board_read(PIO + PORT_DAT(PORT_G)));
	board_write(PIO + PORT_DAT(PORT_G), 0);
	board_drive('G', 9, 1);
	CHECK_EQUAL(0, board_read(PIO + PORT_DAT(PORT_G)));
	board_stop();
}

static void a_latch_is_kept_while_the_pin_is_something_else(void)
{
	open_board();
	board_write(PIO + PORT_DAT(PORT_A), 1 << 6);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
	board_drive('A', 6, 0);
	CHECK_EQUAL(0, board_pin(PIO, PORT_A, 6));
	board_mux(PIO, PORT_A, 6, FUNCTION_OUT);
	CHECK_EQUAL(1, board_pin(PIO, PORT_A, 6));
	board_stop();
}

static void a_pull_decides_an_input_that_floats_and_no_other(void)
{
	open_board();
	board_mux(PIO, PORT_A, 20, FUNCTION_IN);
	board_pull(PIO, PORT_A, 20, PULL_UP);
	CHECK_EQUAL(1, board_pin(PIO, PORT_A, 20));
	board_pull(PIO, PORT_A, 20, PULL_DOWN);
	CHECK_EQUAL(0, board_pin(PIO, PORT_A, 20));
	board_drive('A', 20, 1);
	CHECK_EQUAL(1, board_pin(PIO, PORT_A, 20));
	board_pull(PIO, PORT_A, 20, PULL_UP);
	board_drive('A', 20, 0);
	CHECK_EQUAL(0, board_pin(PIO, PORT_A, 20));
	board_drive('A', 20, -1);
	CHECK_EQUAL(1, board_pin(PIO, PORT_A, 20));
	board_stop();
}

/* Which edges a trigger takes. */
static void edge_triggers_take_their_own_edges_and_no_others(void)
{
	static const struct { unsigned int trigger; bool rise, fall; } edges[] = {
		{ RISING, true, false }, { FALLING, false, true }, { BOTH, true, true },
	};

	open_board();
	for (unsigned int i = 0; i < INPUTS; i++) {
		const struct input *in = &inputs[i];

		for (unsigned int j = 0; j < 3; j++) {
			watch(in, edges[j].trigger, DEB_HOSC(0), 0);
			board_drive(in->letter, in->pin, 1);
			board_step(BOARD_NS_PER_US);
			CHECK_EQUAL_AT(edges[j].rise, board_irq(in->irq), "P%c%u rises, trigger %u",
				       in->letter, in->pin, edges[j].trigger);
			clear(in);
			CHECK_AT(!board_irq(in->irq), "P%c%u", in->letter, in->pin);
			board_drive(in->letter, in->pin, 0);
			board_step(BOARD_NS_PER_US);
			CHECK_EQUAL_AT(edges[j].fall, board_irq(in->irq), "P%c%u falls, trigger %u",
				       in->letter, in->pin, edges[j].trigger);
			clear(in);
		}
		board_write(in->base + EINT_CTL(in->bank), 0);
	}
	board_stop();
}

static void level_triggers_come_back_for_as_long_as_the_level_holds(void)
{
	open_board();
	for (unsigned int i = 0; i < INPUTS; i++) {
		const struct input *in = &inputs[i];

		for (int level = 0; level < 2; level++) {
			watch(in, level ? HIGH : LOW, DEB_HOSC(0), !level);
			CHECK_AT(!board_irq(in->irq), "P%c%u", in->letter, in->pin);
			board_drive(in->letter, in->pin, level);
			board_step(BOARD_NS_PER_US);
			for (int again = 0; again < 3; again++) {
				CHECK_AT(board_irq(in->irq), "P%c%u level %d", in->letter, in->pin,
					 level);
				clear(in);
			}
			board_drive(in->letter, in->pin, !level);
			board_step(BOARD_NS_PER_US);
			clear(in);
			CHECK_AT(!board_irq(in->irq), "P%c%u level %d", in->letter, in->pin, level);
		}
		board_write(in->base + EINT_CTL(in->bank), 0);
	}
	board_stop();
}

static void a_masked_input_is_pending_without_an_interrupt(void)
{
	const struct input *in = &inputs[0];

	open_board();
	watch(in, FALLING, DEB_HOSC(0), 1);
	board_write(PIO + EINT_CTL(0), 0);
	board_drive('A', 6, 0);
	board_step(BOARD_NS_PER_US);
	CHECK(pending(in));
	CHECK_EQUAL(0, board_irq_rises(IRQ_PA_EINT));
	board_write(PIO + EINT_CTL(0), 1 << 6);
	CHECK(board_irq(IRQ_PA_EINT));
	board_stop();
}

static void writing_0_to_a_status_bit_leaves_it(void)
{
	const struct input *in = &inputs[0];

	open_board();
	watch(in, FALLING, DEB_HOSC(0), 1);
	board_drive('A', 6, 0);
	board_step(BOARD_NS_PER_US);
	board_write(PIO + EINT_STA(0), ~(1u << 6));
	CHECK(pending(in));
	CHECK(board_irq(IRQ_PA_EINT));
	board_stop();
}

static void one_line_serves_all_pins_of_a_bank(void)
{
	open_board();
	watch(&inputs[0], FALLING, DEB_HOSC(0), 1);
	watch(&inputs[1], FALLING, DEB_HOSC(0), 1);
	board_write(PIO + EINT_CTL(0), 1 << 6 | 1 << 21);
	board_drive('A', 6, 0);
	board_drive('A', 21, 0);
	board_step(BOARD_NS_PER_US);
	CHECK_EQUAL(1 << 6 | 1 << 21, board_read(PIO + EINT_STA(0)));
	clear(&inputs[0]);
	CHECK(board_irq(IRQ_PA_EINT));
	clear(&inputs[1]);
	CHECK(!board_irq(IRQ_PA_EINT));
	CHECK_EQUAL(1, board_counter("/machine/soc/pio", "eint0"));
	CHECK_EQUAL(0, board_counter("/machine/soc/pio", "eint1"));
	board_stop();
}

static void a_level_that_is_there_already_counts_from_the_mux_on(void)
{
	open_board();
	board_drive('A', 6, 0);
	set_field(PIO + EINT_CFG(0, 0), 6 * 4, 0xf, LOW);
	board_write(PIO + EINT_CTL(0), 1 << 6);
	board_step(BOARD_NS_PER_MS);
	CHECK(!pending(&inputs[0]));
	board_mux(PIO, PORT_A, 6, FUNCTION_EINT);
	CHECK(board_irq(IRQ_PA_EINT));
	board_stop();
}

static void muxing_a_pin_to_its_interrupt_is_no_edge(void)
{
	open_board();
	set_field(PIO + EINT_CFG(0, 0), 6 * 4, 0xf, BOTH);
	board_drive('A', 6, 1);
	board_mux(PIO, PORT_A, 6, FUNCTION_EINT);
	board_step(BOARD_NS_PER_MS);
	CHECK(!pending(&inputs[0]));
	board_stop();
}

static void a_pin_that_is_not_muxed_to_its_interrupt_raises_none(void)
{
	const struct input *in = &inputs[0];

	open_board();
	watch(in, BOTH, DEB_HOSC(0), 1);
	board_mux(PIO, PORT_A, 6, FUNCTION_IN);
	board_drive('A', 6, 0);
	board_step(BOARD_NS_PER_US);
	CHECK(!pending(in));
	board_mux(PIO, PORT_A, 6, FUNCTION_EINT);
	board_step(BOARD_NS_PER_US);
	CHECK(!pending(in));
	board_stop();
}

/* Edge to interrupt, for every clock: not within one period, always within two. */
static void edges_arrive_one_to_two_filter_periods_late(void)
{
	open_board();
	for (unsigned int i = 0; i < 16; i++) {
		uint32_t deb = i < 8 ? DEB_LOSC(i) : DEB_HOSC(i - 8);
		int64_t period = period_ns(deb);

		for (unsigned int phase = 0; phase < 4; phase++) {
			watch(&inputs[0], FALLING, deb, 1);
			board_step(period * phase / 4 + 1);
			board_drive('A', 6, 0);
			board_step(period - 1);
			CHECK_AT(!pending(&inputs[0]), "DEB 0x%x phase %u", deb, phase);
			board_step(period + 1);
			CHECK_AT(pending(&inputs[0]), "DEB 0x%x phase %u", deb, phase);
			CHECK_AT(board_irq(IRQ_PA_EINT), "DEB 0x%x phase %u", deb, phase);
		}
	}
	board_stop();
}

static void pulses_below_one_filter_period_vanish_and_of_two_pass(void)
{
	open_board();
	for (unsigned int i = 0; i < 16; i++) {
		uint32_t deb = i < 8 ? DEB_LOSC(i) : DEB_HOSC(i - 8);
		int64_t period = period_ns(deb);

		for (unsigned int phase = 0; phase < 8; phase++) {
			watch(&inputs[0], RISING, deb, 0);
			board_step(period * phase / 8 + 1);
			board_drive('A', 6, 1);
			board_step(period - 2);
			board_drive('A', 6, 0);
			board_step(4 * period);
			CHECK_AT(!pending(&inputs[0]), "DEB 0x%x phase %u", deb, phase);
			board_drive('A', 6, 1);
			board_step(2 * period);
			board_drive('A', 6, 0);
			board_step(4 * period);
			CHECK_AT(pending(&inputs[0]), "DEB 0x%x phase %u", deb, phase);
		}
	}
	board_stop();
}

/* SBAS501 section 8.5.1.3: unread data make DRDY high for 2 t_MOD only, 7.8 us, turbo 3.9 us. */
static void the_reset_filter_hides_what_the_fast_one_shows_of_unread_data(void)
{
	static const int64_t pulses_ns[] = { 7813, 3906 };

	open_board();
	for (unsigned int i = 0; i < 2; i++) {
		for (unsigned int fast = 0; fast < 2; fast++) {
			watch(&inputs[0], FALLING, fast ? DEB_HOSC(0) : DEB_LOSC(0), 0);
			for (unsigned int again = 0; again < 100; again++) {
				board_drive('A', 6, 1);
				board_step(pulses_ns[i]);
				board_drive('A', 6, 0);
				board_step(506 * BOARD_NS_PER_US);
				CHECK_EQUAL_AT(fast, !!pending(&inputs[0]), "%d ns, filter %s",
					       (int)pulses_ns[i], fast ? "24 MHz" : "32 kHz");
				clear(&inputs[0]);
			}
		}
	}
	board_stop();
}

static void a_level_trigger_sits_behind_the_filter(void)
{
	open_board();
	watch(&inputs[0], LOW, DEB_LOSC(0), 1);
	board_drive('A', 6, 0);
	board_step(20 * BOARD_NS_PER_US);
	board_drive('A', 6, 1);
	board_step(100 * BOARD_NS_PER_US);
	CHECK(!pending(&inputs[0]));
	board_drive('A', 6, 0);
	board_step(62 * BOARD_NS_PER_US);
	CHECK(pending(&inputs[0]));
	board_drive('A', 6, 1);
	clear(&inputs[0]);
	CHECK(pending(&inputs[0]));
	board_step(62 * BOARD_NS_PER_US);
	clear(&inputs[0]);
	CHECK(!pending(&inputs[0]));
	board_stop();
}

static void banks_have_filters_of_their_own(void)
{
	open_board();
	watch(&inputs[0], FALLING, DEB_HOSC(0), 1);
	watch(&inputs[2], FALLING, DEB_LOSC(0), 1);
	board_drive('A', 6, 0);
	board_drive('G', 9, 0);
	board_step(BOARD_NS_PER_US);
	CHECK(board_irq(IRQ_PA_EINT));
	CHECK(!board_irq(IRQ_PG_EINT));
	board_step(62 * BOARD_NS_PER_US);
	CHECK(board_irq(IRQ_PG_EINT));
	board_stop();
}

static void the_filter_register_keeps_only_its_bits(void)
{
	open_board();
	board_write(PIO + EINT_DEB(0), ~0u);
	CHECK_EQUAL(0x71, board_read(PIO + EINT_DEB(0)));
	board_stop();
}

/* The card closes a switch to ground: PF6 low is a card. */
static void a_card_pulls_pf6_down(void)
{
	static const char *const with_card[] = {
		"-drive", "if=sd,driver=null-co,size=64M,read-zeroes=on", NULL
	};

	open_board();
	board_mux(PIO, PORT_F, 6, FUNCTION_IN);
	board_pull(PIO, PORT_F, 6, PULL_UP);
	CHECK_EQUAL(1, board_pin(PIO, PORT_F, 6));
	board_stop();
	board_start(with_card);
	board_mux(PIO, PORT_F, 6, FUNCTION_IN);
	board_pull(PIO, PORT_F, 6, PULL_UP);
	CHECK_EQUAL(0, board_pin(PIO, PORT_F, 6));
	board_stop();
}

static const struct check_test tests[] = {
	CHECK_TEST(starts_with_the_data_sheets_register_values),
	CHECK_TEST(a_port_that_the_chip_does_not_have_stays_0),
	CHECK_TEST(pins_that_do_not_exist_keep_no_bits),
	CHECK_TEST(reads_as_0_and_ignores_writes_while_its_bus_gate_is_shut),
	CHECK_TEST(only_an_input_shows_its_pin),
	CHECK_TEST(an_output_reads_as_its_latch_whatever_stands_outside),
	CHECK_TEST(a_latch_is_kept_while_the_pin_is_something_else),
	CHECK_TEST(a_pull_decides_an_input_that_floats_and_no_other),
	CHECK_TEST(edge_triggers_take_their_own_edges_and_no_others),
	CHECK_TEST(level_triggers_come_back_for_as_long_as_the_level_holds),
	CHECK_TEST(a_masked_input_is_pending_without_an_interrupt),
	CHECK_TEST(writing_0_to_a_status_bit_leaves_it),
	CHECK_TEST(one_line_serves_all_pins_of_a_bank),
	CHECK_TEST(a_level_that_is_there_already_counts_from_the_mux_on),
	CHECK_TEST(muxing_a_pin_to_its_interrupt_is_no_edge),
	CHECK_TEST(a_pin_that_is_not_muxed_to_its_interrupt_raises_none),
	CHECK_TEST(edges_arrive_one_to_two_filter_periods_late),
	CHECK_TEST(pulses_below_one_filter_period_vanish_and_of_two_pass),
	CHECK_TEST(the_reset_filter_hides_what_the_fast_one_shows_of_unread_data),
	CHECK_TEST(a_level_trigger_sits_behind_the_filter),
	CHECK_TEST(banks_have_filters_of_their_own),
	CHECK_TEST(the_filter_register_keeps_only_its_bits),
	CHECK_TEST(a_card_pulls_pf6_down),
};

CHECK_MAIN(tests)
