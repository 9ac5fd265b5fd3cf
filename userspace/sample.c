// SPDX-License-Identifier: GPL-2.0-or-later
/* What does a channel's text in sysfs measure, as an exact integer? */
#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>

#include "sample.h"

/* 24 bit two's complement, clips at 7FFFFFh and 800000h (SBAS501 section 8.5.2) */
const struct code_range ads1220_codes = { .min = -0x800000, .max = 0x7fffff };

/* LSB = Vref / (gain * 2^23), gain = 2^0..2^7 (SBAS501 sections 8.5.2 and 8.6.1.1) */
#define CODE_BITS	23
#define GAIN_STEPS_MAX	7

/*
 * The kernel cuts a scale's decimals off after the ninth, newer ones after the twelfth. At gain
 * 128 and 2.048 V that is 0.000001907 for 2^-19 = 0.0000019073486..., 183 ppm too little.
 */
#define CUT_DECIMALS	9
#define DECIMALS_MAX	18

/*
 * A code is worth at least so many of the last digit shown, where that is finer than the stable
 * unit.
 */
#define STEPS_PER_CODE		100
#define FINER_DECIMALS_MAX	3

/* so that a scale's digits times 2^23 stay inside 63 bits */
#define SCALE_DIGITS_MAX (INT64_C(1) << 39)

/*
 * The internal reference is 2.048 V, 2^11 mV: at gain 1/4 (the monitors) to 128 the full scale is
 * 2^13 to 2^4 mV.
 */
#define INTERNAL_FULL_SCALE_MIN_MV 16
#define INTERNAL_FULL_SCALE_MAX_MV 8192

/* what is printed as 1.250 is 1250 with 3 decimals */
struct decimal {
	int64_t digits;
	unsigned int decimals;
};

struct ratio {
	int64_t num;
	int64_t den;
};

struct quantity_facts {
	const char *unit;
	/*
	 * of the stable unit below V, ohm or degC, and of the ABI's: the ABI has mV, ohm and mdegC
	 */
	unsigned int decimals;
	unsigned int abi_decimals;
	bool clips;
};

static const struct quantity_facts quantities[] = {
	[QUANTITY_VOLTAGE]	= { "nV",	9,	3,	true },
	[QUANTITY_RESISTANCE]	= { "uohm",	6,	0,	true },
	[QUANTITY_TEMPERATURE]	= { "mdegC",	3,	3,	false },
	[QUANTITY_OTHER]	= { "raw",	0,	0,	false },
};

const char *sample_unit(enum quantity quantity)
{
	return quantities[quantity].unit;
}

unsigned int sample_decimals(enum quantity quantity)
{
	return quantities[quantity].decimals;
}

static int64_t ten_to_the(unsigned int exponent)
{
	int64_t power = 1;

	while (exponent--)
		power *= 10;
	return power;
}

static int64_t magnitude(int64_t number)
{
	return number < 0 ? -number : number;
}

static bool append_digit(struct decimal *number, char digit)
{
	return !__builtin_mul_overflow(number->digits, 10, &number->digits) &&
	       !__builtin_add_overflow(number->digits, digit - '0', &number->digits);
}

/* Reads one number and moves past it; whatever follows is the caller's to judge. */
static bool scan_decimal(const char **text, struct decimal *number)
{
	const char *at = *text;
	const bool negative = *at == '-';
	bool point = false;

	at += negative;
	if (!isdigit((unsigned char)*at))
		return false;
	*number = (struct decimal){ 0 };
	for (; isdigit((unsigned char)*at) || (*at == '.' && !point); at++) {
		if (*at == '.')
			point = true;
		else if (!append_digit(number, *at))
			return false;
		else
			number->decimals += point;
	}
	if (negative)
		number->digits = -number->digits;
	*text = at;
	return at[-1] != '.' && number->decimals <= DECIMALS_MAX;
}

static bool parse_decimal(const char *text, struct decimal *number)
{
	if (!scan_decimal(&text, number))
		return false;
	while (isspace((unsigned char)*text))
		text++;
	return *text == '\0';
}

static bool parse_integer(const char *text, int64_t *number)
{
	struct decimal parsed;

	if (!parse_decimal(text, &parsed) || parsed.decimals)
		return false;
	*number = parsed.digits;
	return true;
}

/*
 * The largest scale a driver offers is the one of its smallest gain. A list in another form
 * (a range, other decimals, a single entry) tells nothing about gains.
 */
static bool largest_listed(const char *list, unsigned int decimals, int64_t *digits)
{
	struct decimal entry;
	unsigned int entries = 0;

	*digits = 0;
	for (;; entries++) {
		while (isspace((unsigned char)*list))
			list++;
		if (*list == '\0')
			return entries > 1;
		if (!scan_decimal(&list, &entry) || entry.decimals != decimals)
			return false;
		if (entry.digits > *digits)
			*digits = entry.digits;
	}
}

/* How often the printed scale has been halved from top, both being off by less than one digit. */
static bool halvings(int64_t top, int64_t printed, unsigned int *steps)
{
	for (*steps = 0; *steps <= GAIN_STEPS_MAX; ++*steps) {
		const int64_t gain = INT64_C(1) << *steps;

		if (magnitude(top - printed * gain) < gain + 1)
			return true;
	}
	return false;
}

/* The whole number of mV (or ohm) whose 2^23rd part is printed as these digits. */
static bool whole_full_scale(int64_t digits, int64_t unit, int64_t *full_scale)
{
	const int64_t span = digits << CODE_BITS;

	*full_scale = (span + unit / 2) / unit;
	return magnitude(*full_scale * unit - span) < INT64_C(1) << CODE_BITS;
}

static bool is_internal_reference(int64_t full_scale)
{
	return full_scale >= INTERNAL_FULL_SCALE_MIN_MV &&
	       full_scale <= INTERNAL_FULL_SCALE_MAX_MV &&
	       (full_scale & (full_scale - 1)) == 0;
}

/* Does the candidate, printed with that many decimals, differ by less than the last digit? */
static bool agrees(struct ratio candidate, int64_t unit, int64_t printed)
{
	int64_t scaled, span;

	return !__builtin_mul_overflow(candidate.num, unit, &scaled) &&
	       !__builtin_mul_overflow(candidate.den, printed, &span) &&
	       magnitude(scaled - span) < candidate.den;
}

/*
 * Undoes the cut. Each digit is one 1e-9 of a mV, and 2^23 of them are 8.4 uV of full scale: at
 * the smallest gain in the list, this finds the one whole number of mV that the reference can be.
 * Without a whole one, the smallest gain's digits are still the best that was printed. Without a
 * list only the internal reference is taken for granted: at gain 128 other references lie too
 * close together to be told apart. Nothing is taken that would contradict a digit of the text.
 */
static struct ratio restore_scale(struct decimal printed, const char *available)
{
	const int64_t unit = ten_to_the(printed.decimals);
	const struct ratio as_printed = { printed.digits, unit };
	struct ratio exact;
	int64_t largest, top, full_scale;
	unsigned int steps;
	bool listed;

	if (printed.decimals < CUT_DECIMALS || printed.digits <= 0)
		return as_printed;
	listed = available && largest_listed(available, printed.decimals, &largest);
	top = listed ? largest : printed.digits;
	if (top >= SCALE_DIGITS_MAX || printed.digits >= SCALE_DIGITS_MAX ||
	    !halvings(top, printed.digits, &steps))
		return as_printed;
	if (whole_full_scale(top, unit, &full_scale) &&
	    (listed || is_internal_reference(full_scale)))
		exact = (struct ratio){ full_scale, INT64_C(1) << (CODE_BITS + steps) };
	else
		exact = (struct ratio){ top, unit << steps };
	return agrees(exact, unit, printed.digits) ? exact : as_printed;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		const int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return magnitude(a);
}

/* to the nearest, halves away from zero */
static int64_t divide_rounded(int64_t num, int64_t den)
{
	const int64_t quotient = num / den;
	const int64_t rest = magnitude(num % den);

	if (rest < den - rest)
		return quotient;
	return num < 0 ? quotient - 1 : quotient + 1;
}

/*
 * As a reduced ratio. The widest case of this chip in pV, 5500 mV * 10^9 pV/mV over 2^23, is
 * 42968750000 / 2^16: times 2^23 codes, that is far below 2^63.
 */
static bool reduce_scale(const struct ratio *exact, int64_t units_per_abi_unit,
			 struct sample_scale *scale)
{
	const int64_t common = common_divisor(exact->num, exact->den);
	const int64_t den = exact->den / common;
	const int64_t shared = common_divisor(units_per_abi_unit, den);

	return !__builtin_mul_overflow(exact->num / common, units_per_abi_unit / shared,
				       &scale->num) &&
	       !__builtin_mul_overflow(den / shared, scale->parts_per_code, &scale->den);
}

const char *sample_prepare(enum quantity quantity, const struct sample_text *text,
			   unsigned int decimals, struct sample_scale *scale)
{
	struct decimal offset = { 0 }, printed;
	struct ratio exact;

	*scale = (struct sample_scale){ .quantity = quantity };
	if (!text->scale || quantity == QUANTITY_OTHER)
		return NULL;
	if (text->offset && !parse_decimal(text->offset, &offset))
		return "offset";
	if (!parse_decimal(text->scale, &printed))
		return "scale";
	exact = restore_scale(printed, text->scale_available);
	/* an offset may have decimals: then the codes are counted in those */
	scale->parts_per_code = ten_to_the(offset.decimals);
	scale->offset_parts = offset.digits;
	if (!reduce_scale(&exact, ten_to_the(decimals - quantities[quantity].abi_decimals), scale))
		return "scale";
	return NULL;
}

unsigned int sample_fine_decimals(enum quantity quantity, const struct sample_text *text)
{
	const unsigned int stable = quantities[quantity].decimals;
	unsigned int decimals = stable;
	struct sample_scale scale;

	while (decimals < stable + FINER_DECIMALS_MAX &&
	       !sample_prepare(quantity, text, decimals, &scale) && scale.num &&
	       magnitude(scale.num) * scale.parts_per_code / STEPS_PER_CODE < scale.den)
		decimals++;
	return decimals;
}

static bool is_clipped(enum quantity quantity, const struct code_range *codes, int64_t raw)
{
	return quantities[quantity].clips && (raw <= codes->min || raw >= codes->max);
}

const char *sample_apply(const struct sample_scale *scale, const struct code_range *codes,
			 int64_t raw, struct sample *sample)
{
	int64_t parts, product;

	*sample = (struct sample){ .state = SAMPLE_RAW, .raw = raw };
	if (is_clipped(scale->quantity, codes, raw)) {
		sample->state = SAMPLE_OVER_RANGE;
		return NULL;
	}
	if (!scale->den)
		return NULL;
	if (__builtin_mul_overflow(raw, scale->parts_per_code, &parts) ||
	    __builtin_add_overflow(parts, scale->offset_parts, &parts))
		return "offset";
	if (__builtin_mul_overflow(parts, scale->num, &product))
		return "scale";
	sample->state = SAMPLE_VALUE;
	sample->value = divide_rounded(product, scale->den);
	return NULL;
}

/* A clipped code is one whatever its scale may be. */
const char *sample_convert_to(enum quantity quantity, const struct code_range *codes,
			      const struct sample_text *text, unsigned int decimals,
			      struct sample *sample)
{
	struct sample_scale scale;
	const char *fault;

	*sample = (struct sample){ .state = SAMPLE_RAW };
	if (!parse_integer(text->raw, &sample->raw))
		return "raw";
	if (is_clipped(quantity, codes, sample->raw)) {
		sample->state = SAMPLE_OVER_RANGE;
		return NULL;
	}
	fault = sample_prepare(quantity, text, decimals, &scale);
	return fault ? fault : sample_apply(&scale, codes, sample->raw, sample);
}

const char *sample_convert(enum quantity quantity, const struct code_range *codes,
			   const struct sample_text *text, struct sample *sample)
{
	return sample_convert_to(quantity, codes, text, quantities[quantity].decimals, sample);
}
