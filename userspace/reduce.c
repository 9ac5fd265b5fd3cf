// SPDX-License-Identifier: GPL-2.0-or-later
/* What is left of many values of one channel? */
#include <math.h>
#include <stdlib.h>

#include "reduce.h"

/* How many whole periods of time lie between the two. */
static int64_t periods_between(int64_t from_ns, int64_t to_ns, int64_t period_ns)
{
	return (to_ns - from_ns) / period_ns;
}

static void begin_block(struct average *average)
{
	average->taken = 0;
	average->sum_of_squares = 0;
	average->so_far = (struct reduced){ .value.state = VALUE_OK };
}

static void take(struct average *average, const struct value *value)
{
	struct reduced *block = &average->so_far;
	double away;

	average->taken++;
	block->value.time_ns = value->time_ns;
	if (value->state != VALUE_OK) {
		if (block->value.state == VALUE_OK)
			block->value.state = value->state;
		return;
	}
	block->count++;
	if (block->count == 1 || value->number < block->min)
		block->min = value->number;
	if (block->count == 1 || value->number > block->max)
		block->max = value->number;
	away = value->number - block->value.number;
	block->value.number += away / (double)block->count;
	average->sum_of_squares += away * (value->number - block->value.number);
}

bool average_finish(struct average *average, struct reduced *block)
{
	const bool begun = average->taken > 0;

	*block = average->so_far;
	if (block->count > 1)
		block->deviation = sqrt(average->sum_of_squares / (double)(block->count - 1));
	begin_block(average);
	return begun;
}

/*
 * Blocks of time lie side by side from the first value on, however late their values come. Where
 * the clock was set back, a new one begins.
 */
static bool average_over_time(struct average *average, const struct value *value,
			      struct reduced *block)
{
	bool completed = false;
	int64_t periods;

	if (average->taken && value->time_ns < average->begin_ns)
		completed = average_finish(average, block);
	if (!average->taken)
		average->begin_ns = value->time_ns;
	periods = periods_between(average->begin_ns, value->time_ns, average->duration_ns);
	if (periods > 0) {
		completed = average_finish(average, block);
		average->begin_ns += periods * average->duration_ns;
	}
	take(average, value);
	return completed;
}

bool average_add(struct average *average, const struct value *value, struct reduced *block)
{
	if (!average->count)
		return average_over_time(average, value, block);
	take(average, value);
	return average->taken == average->count && average_finish(average, block);
}

bool median_begin(struct median *median, uint64_t count)
{
	*median = (struct median){ .count = count };
	if (count <= SIZE_MAX / sizeof(*median->numbers))
		median->numbers = malloc(count * sizeof(*median->numbers));
	return median->numbers;
}

void median_end(struct median *median)
{
	free(median->numbers);
	median->numbers = NULL;
}

static int compare_numbers(const void *left, const void *right)
{
	const double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static void summarize(struct median *median, struct reduced *block)
{
	double *numbers = median->numbers;
	const uint64_t valid = median->valid;

	qsort(numbers, valid, sizeof(*numbers), compare_numbers);
	block->count = valid;
	block->min = numbers[0];
	block->max = numbers[valid - 1];
	block->value.number = numbers[valid / 2];
	if (valid % 2 == 0)
		block->value.number = (numbers[valid / 2 - 1] + numbers[valid / 2]) / 2;
}

bool median_add(struct median *median, const struct value *value, struct reduced *block)
{
	if (value->state == VALUE_OK)
		median->numbers[median->valid++] = value->number;
	else
		median->last_bad = value->state;
	if (++median->taken < median->count)
		return false;
	*block = (struct reduced){ .value.time_ns = value->time_ns };
	if (median->valid > median->count / 2)
		summarize(median, block);
	else
		block->value.state = median->last_bad;
	median->taken = 0;
	median->valid = 0;
	return true;
}

bool every_is_due(struct every *every, int64_t time_ns)
{
	if (!every->begun || time_ns < every->next_ns - every->period_ns)
		every->next_ns = time_ns;
	every->begun = true;
	if (time_ns < every->next_ns)
		return false;
	every->next_ns += (periods_between(every->next_ns, time_ns, every->period_ns) + 1) *
			  every->period_ns;
	return true;
}
