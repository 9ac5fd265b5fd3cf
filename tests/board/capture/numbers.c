// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Counts what the running numbers of a capture say: numbers.h has their shape.
 */
#include "numbers.h"

/* A fault may leave numbers out, but what is there must be in order. */
void numbers_follow_voltage(struct counts *counts, uint32_t *last, unsigned int mux, uint32_t value)
{
	uint32_t number = value % NUMBERS;
	uint32_t step = (number - *last) % NUMBERS;

	if ((value / NUMBERS & 15) != mux) {
		counts->mislabelled++;
		return;
	}
	if (*last < NUMBERS) {
		if (!step || step > NUMBERS / 2)
			counts->repeated++;
		else
			counts->lost += step - 1;
	}
	*last = number;
}

/*
 * The temperature shows the upper bits of its number only: it is taken for the least that these
 * allow, so that what is lost between two voltages is counted once, whichever of the two shows it.
 * One from further back is no temperature of this time: a line that stays high looks like that too.
 */
void numbers_follow_temperature(struct counts *counts, uint32_t *last, uint32_t value)
{
	uint32_t expected = (*last + 1) % NUMBERS;
	uint32_t least = (value << TEMPERATURE_SHIFT) % NUMBERS;
	uint32_t ahead = (least - expected) % NUMBERS;

	if ((value << TEMPERATURE_SHIFT) / NUMBERS % 16 != TEMPERATURE) {
		counts->mislabelled++;
		return;
	}
	if (*last == NUMBERS)
		return;
	if (least == (expected >> TEMPERATURE_SHIFT) << TEMPERATURE_SHIFT) {
		*last = expected;
	} else if (ahead > NUMBERS / 2) {
		counts->mislabelled++;
		*last = expected;
	} else {
		counts->lost += ahead;
		*last = least;
	}
}
