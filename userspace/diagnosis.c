// SPDX-License-Identifier: GPL-2.0-or-later
/* What is wrong with a converter, by what was seen of it for a while? */
#include "diagnosis.h"

/*
 * The chip's oscillator is up to 2 % off (SBAS501 section 6.5), and at 2000 SPS a conversion takes
 * 2072 t_CLK, not 2048: 1.2 % longer than nominal (table 11). A scan of several inputs restarts the
 * conversion for each, another 114 t_CLK, and a slow kernel adds 5 %.
 */
#define SLOWEST_ALONE	0.96
#define SLOWEST_SCAN	0.85
#define FASTEST		1.04

/* A level behind the ports' 31 us filter is seen up to three times for each sample. */
#define MOST_INTERRUPTS	1.5
#define LEAST_INTERRUPTS 0.9

/*
 * No setting of the chip has noise below 6 codes rms, even with a reference of 5 V (SBAS501 tables
 * 1 to 8: 3.71 uV of 0.6 uV codes at gain 1 and 20 SPS), so that as many equal codes as this come
 * from no converter. A coarser one than 24 bits may well be that quiet.
 */
#define STUCK_COUNT	20
#define STUCK_BITS	24

static const struct finding silent = {
	"silent", "no sample came, and DRDY does not interrupt: check the supply, CLK (to ground"
		  " for the chip's own clock) and DRDY's wire" };
static const struct finding unheard = {
	"unheard", "no sample came: check the supply, CLK and DRDY's wire; 'grep spi"
	" /proc/interrupts' shows DRDY as spiN.0, which must count up" };
static const struct finding unread = {
	"unread", "DRDY interrupts, but no sample came: check SCLK, DIN, DOUT and CS, then"
	" 'dmesg | grep ads1220'" };
static const struct finding slow = {
	"slow", "samples come slower than the rate that is set: CLK has another clock than 4.096"
		" MHz, or something else holds up the bus" };
static const struct finding fast = {
	"fast", "samples come faster than the rate that is set: CLK has a faster clock than 4.096"
		" MHz" };
static const struct finding missing = {
	"missed", "samples were missed: another program holds the processor or the bus; 'top'"
		  " shows which" };
static const struct finding storm = {
	"interrupt-storm", "DRDY interrupts more than once a sample: its port filters too slowly;"
	" input-debounce in the overlay mends that" };
static const struct finding edges = {
	"interrupts-lost", "DRDY interrupts less than once a sample: edges get lost; have it"
			   " interrupt by level, as the overlays do" };
static const struct finding nothing = {
	"no-samples", "no code came of this channel" };
static const struct finding open_sensor = {
	"open", "nothing is connected: the burn-out current draws the input to the end of its"
		" range" };
static const struct finding saturated = {
	"saturated", "always at the end of the range: the input lies beyond what the reference and"
		     " this gain take, or it is open; try a smaller -g" };
static const struct finding beyond = {
	"saturated", "always at the end of the range, at the smallest gain: the input lies beyond"
		     " the reference, or it is open" };
static const struct finding peaks = {
	"peaks", "at the end of the range now and then: peaks or hum; try a smaller -g, or 20 SPS,"
		 " which suppresses 50 and 60 Hz" };
static const struct finding stuck_low = {
	"stuck", "the code is always 0, and no converter is so quiet: DOUT seems to be at ground" };
static const struct finding stuck_high = {
	"stuck", "the code is always -1, and no converter is so quiet: DOUT seems to be at the"
		 " supply, or open" };
static const struct finding stuck = {
	"stuck", "the code never changes, and no converter is so quiet: check DIN, DOUT and the"
		 " supply" };

static size_t add(struct finding found[FINDINGS_MAX], size_t count, const struct finding *rule)
{
	if (rule && count < FINDINGS_MAX)
		found[count++] = *rule;
	return count;
}

static const struct finding *judge_silence(const struct device_view *device)
{
	if (!device->has_interrupts)
		return &unheard;
	return device->interrupts ? &unread : &silent;
}

static const struct finding *judge_rate(const struct device_view *device)
{
	const double slowest = device->conversions > 1 ? SLOWEST_SCAN : SLOWEST_ALONE;

	if (device->nominal_sps <= 0 || device->measured_sps <= 0 || device->missed)
		return NULL;
	if (device->measured_sps < slowest * device->nominal_sps)
		return &slow;
	/* a scan at a duty-cycle rate runs as fast as normal mode does */
	if (device->conversions == 1 && device->measured_sps > FASTEST * device->nominal_sps)
		return &fast;
	return NULL;
}

/* The first and the last may belong to what came before or after. */
static const struct finding *judge_interrupts(const struct device_view *device)
{
	const double samples = (double)device->scans * (double)device->conversions;
	const double interrupts = (double)device->interrupts;

	if (!device->has_interrupts)
		return NULL;
	if (interrupts > MOST_INTERRUPTS * samples + 2)
		return &storm;
	return interrupts < LEAST_INTERRUPTS * samples - 2 ? &edges : NULL;
}

size_t diagnose_device(const struct device_view *device, struct finding found[FINDINGS_MAX])
{
	size_t count = 0;

	if (!device->scans)
		return add(found, 0, judge_silence(device));
	count = add(found, count, judge_rate(device));
	count = add(found, count, device->missed ? &missing : NULL);
	return add(found, count, judge_interrupts(device));
}

static const struct finding *judge_end(const struct channel_view *channel)
{
	if (!channel->clipped)
		return NULL;
	if (channel->clipped < channel->count)
		return &peaks;
	if (channel->has_burn_out)
		return &open_sensor;
	return channel->gain == 1 ? &beyond : &saturated;
}

static const struct finding *judge_noise(const struct channel_view *channel)
{
	if (channel->code_bits < STUCK_BITS || channel->clipped || channel->unique != 1 ||
	    channel->count < STUCK_COUNT)
		return NULL;
	if (channel->mean == 0)
		return &stuck_low;
	return channel->mean == -1 ? &stuck_high : &stuck;
}

size_t diagnose_channel(const struct channel_view *channel, struct finding found[FINDINGS_MAX])
{
	size_t count = 0;

	if (!channel->count)
		return add(found, 0, &nothing);
	count = add(found, count, judge_end(channel));
	return add(found, count, judge_noise(channel));
}
