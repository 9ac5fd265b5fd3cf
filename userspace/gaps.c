// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How many samples are missing between those that came, by their times?
 *
 * An interrupt can be served late and never early, so a late sample is followed by a short interval
 * where nothing is lost. Therefore each sample is held against when it was due, not against the one
 * before it; what is 3/4 of a period late or more has an unseen one before it.
 */
#include "gaps.h"

/* the shortest of so many intervals is taken for the period */
#define LEARN_INTERVALS 3

/*
 * How fast phase and period follow: the chip's oscillator is up to 2 % off (SBAS501 section 6.5).
 */
#define PHASE_SHARE	8
#define PERIOD_SHARE	64

void gaps_start(struct gaps *gaps, int64_t period_ns, int64_t step_ns)
{
	*gaps = (struct gaps){ .period_ns = period_ns, .step_ns = step_ns,
			       .to_learn = period_ns ? 0 : LEARN_INTERVALS };
}

static void restart(struct gaps *gaps, int64_t time_ns)
{
	gaps->last_ns = time_ns;
	gaps->due_ns = time_ns + gaps->period_ns;
}

static void learn(struct gaps *gaps, int64_t interval_ns)
{
	if (!gaps->period_ns || interval_ns < gaps->period_ns)
		gaps->period_ns = interval_ns;
	gaps->to_learn--;
}

static void follow(struct gaps *gaps, int64_t late_ns)
{
	gaps->due_ns += late_ns < 0 ? late_ns : late_ns / PHASE_SHARE;
	gaps->period_ns += late_ns / PERIOD_SHARE;
	if (gaps->period_ns < 1)
		gaps->period_ns = 1;
	gaps->due_ns += gaps->period_ns;
}

static uint64_t missing(struct gaps *gaps, int64_t late_ns)
{
	const int64_t count = (late_ns + gaps->period_ns / 4) / gaps->period_ns;

	if (late_ns < gaps->period_ns - gaps->period_ns / 4)
		return 0;
	gaps->due_ns += count * gaps->period_ns;
	gaps->missed += (uint64_t)count;
	gaps->gaps++;
	return (uint64_t)count;
}

uint64_t gaps_note(struct gaps *gaps, int64_t time_ns)
{
	const int64_t interval_ns = time_ns - gaps->last_ns;
	uint64_t missed;

	if (!gaps->samples++ || interval_ns <= 0 || interval_ns > gaps->step_ns) {
		restart(gaps, time_ns);
		return 0;
	}
	if (gaps->to_learn) {
		learn(gaps, interval_ns);
		restart(gaps, time_ns);
		return 0;
	}
	missed = missing(gaps, time_ns - gaps->due_ns);
	follow(gaps, time_ns - gaps->due_ns);
	gaps->last_ns = time_ns;
	return missed;
}
