// SPDX-License-Identifier: GPL-2.0-only
/*
 * Texas Instruments ADS1220, 24-bit 4-input 2 kSPS delta-sigma ADC on SPI
 *
 * Data sheet: SBAS501, https://www.ti.com/lit/gpn/ads1220; "section" below means this document.
 */

#include <linux/bitfield.h>
#include <linux/bitops.h>
#include <linux/clk.h>
#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pm_runtime.h>
#include <linux/poll.h>
#include <linux/property.h>
#include <linux/regulator/consumer.h>
#include <linux/spi/spi.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/time.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include <linux/iio/buffer.h>
#include <linux/iio/buffer_impl.h>
#include <linux/iio/iio.h>
#include <linux/iio/trigger.h>
#include <linux/iio/trigger_consumer.h>
#include <linux/iio/triggered_buffer.h>

#include "compat.h"

/* Section 8.5.3: commands */
#define ADS1220_CMD_POWERDOWN		0x02
#define ADS1220_CMD_RESET		0x06
#define ADS1220_CMD_START		0x08
#define ADS1220_CMD_RREG		0x20
#define ADS1220_CMD_WREG		0x40
#define   ADS1220_CMD_REG		GENMASK(3, 2)	/* the first one */
#define   ADS1220_CMD_COUNT		GENMASK(1, 0)	/* of bytes, less one */

/* Section 8.6: registers */
#define ADS1220_REG0_MUX		GENMASK(7, 4)
#define   ADS1220_MUX_AIN0_AVSS		0x8
#define   ADS1220_MUX_REF		0xc		/* (REFPx - REFNx) / 4 */
#define   ADS1220_MUX_AVDD		0xd		/* (AVDD - AVSS) / 4 */
#define   ADS1220_MUX_SHORTED		0xe		/* both inputs at (AVDD + AVSS) / 2 */
#define ADS1220_REG0_GAIN		GENMASK(3, 1)	/* log2 */
#define ADS1220_REG0_PGA_BYPASS		BIT(0)
#define ADS1220_REG1_DR			GENMASK(7, 5)
#define ADS1220_REG1_MODE		GENMASK(4, 3)
#define   ADS1220_MODE_NORMAL		0x0
#define   ADS1220_MODE_DUTY_CYCLE	0x1
#define   ADS1220_MODE_TURBO		0x2
#define ADS1220_REG1_CM			BIT(2)		/* continuous */
#define ADS1220_REG1_TS			BIT(1)		/* temperature sensor */
#define ADS1220_REG1_BCS		BIT(0)		/* burn-out current sources */
#define ADS1220_REG2_VREF		GENMASK(7, 6)
#define ADS1220_REG2_FIR		GENMASK(5, 4)
#define ADS1220_REG2_PSW		BIT(3)		/* low-side power switch */
#define ADS1220_REG2_IDAC		GENMASK(2, 0)
#define ADS1220_REG3_I1MUX		GENMASK(7, 5)
#define ADS1220_REG3_I2MUX		GENMASK(4, 2)
#define ADS1220_REGS			4
#define ADS1220_WRITE_BYTES		(1 + ADS1220_REGS)

#define ADS1220_INPUTS			4
#define ADS1220_SWITCH_INPUT		3		/* section 8.3.9: AIN3/REFN1 */
#define ADS1220_RESOLUTION		24
#define ADS1220_RESULT_BYTES		3
#define ADS1220_PROOF_BYTES		(ADS1220_RESULT_BYTES + 1 + ADS1220_REGS)
#define ADS1220_TEMP_SHIFT		10	/* section 8.3.13: 14 bits, left-justified */
#define ADS1220_SCLK_MAX_HZ		6666666		/* section 6.6: a period of 150 ns */
#define ADS1220_BURN_OUT_nA		10000
#define ADS1220_SETTLING_MAX_us		(1 * USEC_PER_SEC)

/*
 * Gains are 2^n. With the amplifier on, an input must stay 0.2 V and more away from the rails
 * (section 8.3.2), with AVSS as the negative input it must be off: so it is bypassed where it can
 * be, up to gain 4.
 */
#define ADS1220_GAINS			8
#define ADS1220_GAINS_BYPASSED		3

#define ADS1220_INTERNAL_REF_uV		2048000
#define ADS1220_MONITOR_DIVISOR		4

/* Section 6.5: the internal oscillator is good to 2 %, the CLK pin takes 0.5 to 4.5 MHz. */
#define ADS1220_OSCILLATOR_HZ		4096000
#define ADS1220_CLOCK_MIN_HZ		500000
#define ADS1220_CLOCK_MAX_HZ		4500000

/* Section 6.6: a supply needs 50 us to power the digital core up, and RESET 50 us + 32 t_CLK. */
#define ADS1220_POWER_UP_us		50
#define ADS1220_RESET_us		50
#define ADS1220_RESET_CLOCKS		32

/* Section 8.4.2.1: what the oscillator takes to run again before a single conversion, at most */
#define ADS1220_WAKE_UP_us		50

/* Section 6.5: excitation currents after IDAC[2:0], the internal reference once chosen */
#define ADS1220_EXCITATION_SETTLING_us	200
#define ADS1220_REF_SETTLING_us		25

/* Section 8.3.9: the low-side switch closes at START/SYNC: one before the one that counts */
#define ADS1220_SWITCH_SETTLING_us	1

/* Section 8.4.2.2: START/SYNC or a register write to the start of a continuous conversion */
#define ADS1220_START_CLOCKS		210
#define ADS1220_START_CLOCKS_TURBO	114

/*
 * The chip does not say which conversion a result is of, only when it is ready. In single-shot mode
 * what is left of an older one, or a line stuck low, is seen at once, a new result never before its
 * conversion's end less the 2 % of the oscillator. So the two cannot be confused, while the write
 * that starts it takes less than three quarters.
 */
#define ADS1220_WRITE_TRIES		3

/* The slowest filter that an input of an Allwinner port has after reset: two periods of 32 kHz */
#define ADS1220_FILTER_us		(2 * 1000 / 32 + 1)

/* Too early is an edge kept from before, or that filter; more of them are a line stuck low. */
#define ADS1220_EARLY_MAX		2

/* What a busy system may take to run the interrupt of a single conversion */
#define ADS1220_LATENCY_us		(50 * USEC_PER_MSEC)

/* A capture without results is restarted within 3 sample times and twice this. */
#define ADS1220_WATCH_us		(25 * USEC_PER_MSEC)

/* Restarts without a result after which the reader gets an error */
#define ADS1220_RESTARTS_MAX		4

/* How often a capture reads registers back; slower results than the second are all proven so. */
#define ADS1220_PROOF_us		(25 * USEC_PER_MSEC)
#define ADS1220_PROOF_ALWAYS_us		(5 * USEC_PER_MSEC)

#define ADS1220_AUTOSUSPEND_ms		1000

/*
 * The core wakes the reader for every scan, whatever its watermark: up to this many wait for each
 * other, if it wants to be woken for as many.
 */
#define ADS1220_BATCH_MAX		64
#define ADS1220_BATCH_us		(50 * USEC_PER_MSEC)	/* and no longer than this */

enum ads1220_reference {
	ADS1220_REF_INTERNAL,
	ADS1220_REF_0,
	ADS1220_REF_1,
	ADS1220_REF_AVDD,
	ADS1220_REFS
};

/* Numbers of the monitors: clear of the inputs, as other drivers of this family have them */
enum ads1220_monitor {
	ADS1220_MONITOR_AVDD = 100,
	ADS1220_MONITOR_REF0,
	ADS1220_MONITOR_REF1,
	ADS1220_MONITOR_SHORTED,
};

#define ADS1220_NODES_MAX		16
#define ADS1220_RATES			20
#define ADS1220_FIXED_CHANNELS		5	/* temperature and four monitors */
#define ADS1220_CHANNELS_MAX		(ADS1220_NODES_MAX + ADS1220_FIXED_CHANNELS)

struct ads1220_rate {
	u32 micro_hz;			/* nominal, with the internal oscillator */
	u8 mode;
	u8 dr;
};

/* Table 11, in t_CLK: DRDY to DRDY, and from the command to DRDY in single-shot mode */
struct ads1220_clocks {
	u32 continuous;
	u32 single;
};

/* What a filter is called and the setting that makes it */
struct ads1220_filter {
	const char *name;
	u8 fir;
};

/* What the chip is told for a channel, and what its results mean */
struct ads1220_channel {
	const char *label;
	u8 regs[ADS1220_REGS];		/* without gain, rate and filter */
	u8 inputs;			/* pins, one bit each */
	u8 gain;			/* log2 */
	u8 gains;			/* that can be chosen; 0 if there is no choice */
	u8 shift;			/* bits below the result */
	u32 settling_us;
	s32 calibbias[ADS1220_GAINS];
	int scale[ADS1220_GAINS][2];	/* unit and nano-unit of a code */
};

/* A result of a scan: the transfer that fetches it and writes the registers of the next */
struct ads1220_slot {
	const struct ads1220_channel *channel;
	u8 regs[ADS1220_REGS];
	u32 settling_us;		/* of the next channel */
	struct spi_transfer transfers[2];	/* without and with read-back */
	struct spi_message messages[2];
	u8 tx[ADS1220_WRITE_BYTES] __aligned(IIO_DMA_MINALIGN);
	u8 proof_tx[ADS1220_PROOF_BYTES + ADS1220_WRITE_BYTES];
};

/* What goes to the buffer: results, and room for the timestamp on a multiple of its size */
struct ads1220_scan {
	s32 results[ALIGN(ADS1220_CHANNELS_MAX, 2) + 2] __aligned(8);
	s64 timestamp;
};

/* In debugfs, since when the driver was bound */
struct ads1220_counters {
	u32 samples;			/* results delivered */
	u32 dropped;			/* results that were in doubt */
	u32 missed;			/* results that nobody fetched in time */
	u32 overflows;			/* scans that found the buffer full */
	u32 early;			/* interrupts before there could be a result */
	u32 late;			/* results fetched while the next may have come */
	u32 stalls;			/* no interrupt any more */
	u32 bus_errors;
	u32 mismatches;			/* registers that did not hold what was written */
	u32 restarts;
	u32 retries;			/* single conversions done again */
};

struct ads1220_reference_source {
	bool described;
	int microvolt;
	u32 ohms;			/* ratiometric, in place of a voltage */
};

struct ads1220 {
	struct spi_device *spi;
	struct iio_dev *indio_dev;
	struct iio_trigger *trig;
	struct mutex lock;		/* the bus outside of a capture, and the start of one */
	int irq;
	u32 clock_hz;
	bool clocked;			/* from outside */
	struct ads1220_reference_source refs[ADS1220_REFS];
	struct ads1220_channel *channels;
	const struct ads1220_rate *rate;
	const struct ads1220_filter *filter;	/* as chosen; where it works */
	int rates[ADS1220_RATES][2];		/* Hz and uHz */

	u8 regs[ADS1220_REGS];		/* in the chip, outside of a capture */
	bool awake;			/* not after RESET or POWERDOWN */

	struct completion ready;	/* of a single conversion */
	ktime_t ready_at;		/* last interrupt */
	s64 timestamp;			/* the same in the device's clock */
	unsigned int interrupts;

	/* The capture; all but the flags belong to the interrupt's thread while it runs. */
	bool capturing;
	bool watching;			/* the watchdog may restart it, under the lock */
	bool halted;			/* the interrupt is off until a restart */
	bool failed;			/* restarted in vain: the reader gets an error */
	bool paused;			/* for system suspend */
	struct delayed_work watchdog;
	struct ads1220_slot *slots;
	unsigned int count;		/* of slots */
	unsigned int at;		/* slot of the conversion that runs */
	bool pending;			/* a whole scan waits for its proof */
	unsigned int early;		/* in a row */
	unsigned int restarts;		/* in a row */
	unsigned int fetched;
	unsigned int fetched_before;	/* when the watchdog looked last */
	unsigned int delivered;		/* scans: what comes of the results */
	unsigned int delivered_before;
	ktime_t open;			/* no result can be ready before */
	ktime_t due;			/* without trouble it is, by now */
	ktime_t proof_at;
	u32 period_ns;
	u32 first_ns;			/* of a conversion that was just started */
	u32 start_ns;
	struct ads1220_scan scan;
	struct ads1220_scan *batch;
	unsigned int batched;
	unsigned int batch_size;
	unsigned int watermark;
	spinlock_t batch_lock;		/* the thread fills the batch, a reader may empty it */
	struct iio_buffer_access_funcs access;
	const struct iio_buffer_access_funcs *kfifo;

	struct ads1220_counters counters;

	u8 tx[ADS1220_PROOF_BYTES] __aligned(IIO_DMA_MINALIGN);
	u8 rx[ADS1220_PROOF_BYTES + ADS1220_WRITE_BYTES] __aligned(IIO_DMA_MINALIGN);
};

/* Table 11. 90 SPS are in two modes: turbo has less noise, 5.74 of 10.55 uV (tables 1 and 5). */
static const struct ads1220_rate ads1220_rates[ADS1220_RATES] = {
	{ 5000000, ADS1220_MODE_DUTY_CYCLE, 0 },
	{ 11250000, ADS1220_MODE_DUTY_CYCLE, 1 },
	{ 20000000, ADS1220_MODE_NORMAL, 0 },
	{ 22500000, ADS1220_MODE_DUTY_CYCLE, 2 },
	{ 40000000, ADS1220_MODE_TURBO, 0 },
	{ 44000000, ADS1220_MODE_DUTY_CYCLE, 3 },
	{ 45000000, ADS1220_MODE_NORMAL, 1 },
	{ 82500000, ADS1220_MODE_DUTY_CYCLE, 4 },
	{ 90000000, ADS1220_MODE_TURBO, 1 },
	{ 150000000, ADS1220_MODE_DUTY_CYCLE, 5 },
	{ 175000000, ADS1220_MODE_NORMAL, 3 },
	{ 180000000, ADS1220_MODE_TURBO, 2 },
	{ 250000000, ADS1220_MODE_DUTY_CYCLE, 6 },
	{ 330000000, ADS1220_MODE_NORMAL, 4 },
	{ 350000000, ADS1220_MODE_TURBO, 3 },
	{ 600000000, ADS1220_MODE_NORMAL, 5 },
	{ 660000000, ADS1220_MODE_TURBO, 4 },
	{ 1000000000, ADS1220_MODE_NORMAL, 6 },
	{ 1200000000, ADS1220_MODE_TURBO, 5 },
	{ 2000000000, ADS1220_MODE_TURBO, 6 },
};

#define ADS1220_RATE_20_SPS	(&ads1220_rates[2])

/* By mode and DR. A single conversion in duty-cycle mode takes as long as in normal mode. */
static const struct ads1220_clocks ads1220_clocks[][7] = {
	[ADS1220_MODE_NORMAL] = {
		{ 204768, 204850 }, { 91120, 91218 }, { 46128, 46226 }, { 23664, 23762 },
		{ 12464, 12562 }, { 6896, 6994 }, { 4144, 4242 },
	},
	[ADS1220_MODE_DUTY_CYCLE] = {
		{ 823120, 204850 }, { 364560, 91218 }, { 184592, 46226 }, { 94736, 23762 },
		{ 49936, 12562 }, { 27664, 6994 }, { 16656, 4242 },
	},
	[ADS1220_MODE_TURBO] = {
		{ 102384, 102434 }, { 45560, 45618 }, { 23064, 23122 }, { 11832, 11890 },
		{ 6232, 6290 }, { 3448, 3506 }, { 2072, 2130 },
	},
};

static const struct ads1220_filter ads1220_filters[] = {
	{ "none", 0x0 },
	{ "fir+rej50+60", 0x1 },
	{ "fir+rej50", 0x2 },
	{ "fir+rej60", 0x3 },
};

#define ADS1220_FILTER_NONE	(&ads1220_filters[0])
#define ADS1220_FILTER_50_60	(&ads1220_filters[1])

/* Section 8.6: MUX of the pairs the multiplexer knows, by positive and negative input */
static const u8 ads1220_mux_of_pair[ADS1220_INPUTS][ADS1220_INPUTS] = {
	{ U8_MAX, 0x0, 0x1, 0x2 },
	{ 0x6, U8_MAX, 0x3, 0x4 },
	{ U8_MAX, U8_MAX, U8_MAX, 0x5 },
	{ U8_MAX, U8_MAX, 0x7, U8_MAX },
};

/* IDAC[2:0]; the pins are AIN0 to AIN3, REFP0 and REFN0, which I1MUX and I2MUX count from 1 */
static const u32 ads1220_excitation_nanoamps[] = {
	0, 10000, 50000, 100000, 250000, 500000, 1000000, 1500000
};

#define ADS1220_EXCITATION_PINS	6

static const char * const ads1220_reference_names[ADS1220_REFS] = {
	[ADS1220_REF_INTERNAL] = "internal",
	[ADS1220_REF_0] = "ref0",
	[ADS1220_REF_1] = "ref1",
	[ADS1220_REF_AVDD] = "avdd",
};

/*
 * A harmless setting, of which every byte differs from what a line stuck high or low gives and from
 * itself shifted by a bit: AIN1-AIN2, gain 32; 330 SPS; 60 Hz filter; excitation currents routed to
 * AIN1, but switched off.
 */
static const u8 ads1220_probe_pattern[ADS1220_REGS] = { 0x3a, 0x80, 0x30, 0x48 };

/* Pure: numbers in, numbers out */

/* The unit of a code at @gain, if 2^23 of them are @full_scale_nano at gain 1 */
static void ads1220_fill_scale(u64 full_scale_nano, unsigned int gain, int scale[2])
{
	unsigned int bits = ADS1220_RESOLUTION - 1 + gain;
	u32 nano;

	scale[0] = div_u64_rem((full_scale_nano + BIT_ULL(bits - 1)) >> bits, NANO, &nano);
	scale[1] = nano;
}

/* A code at a rail says that the input is beyond it; what is corrected must not say so. */
static s32 ads1220_value(u32 code, unsigned int shift, s32 bias)
{
	s32 max = BIT(ADS1220_RESOLUTION - 1) - 1;
	s32 value = sign_extend32(code, ADS1220_RESOLUTION - 1);

	if (!bias || value == max || value == -max - 1)
		return value >> shift;

	return clamp(value + bias, -max, max - 1);
}

/*
 * The bytes that turn registers @from into @to, from the first that differs to the last. As long as
 * a result, at least, since one comes out at the same time. Returns their number.
 */
static unsigned int ads1220_plan_write(const u8 from[ADS1220_REGS], const u8 to[ADS1220_REGS],
				       u8 *tx)
{
	unsigned int first = 0, last = ADS1220_REGS - 1;

	while (first < last && from[first] == to[first])
		first++;
	while (last > first && from[last] == to[last])
		last--;

	tx[0] = ADS1220_CMD_WREG | FIELD_PREP(ADS1220_CMD_REG, first) |
		FIELD_PREP(ADS1220_CMD_COUNT, last - first);
	memcpy(&tx[1], &to[first], last - first + 1);

	return max_t(unsigned int, ADS1220_RESULT_BYTES, 2 + last - first);
}

/* Section 8.6: temperature sensor and monitors take the internal reference by themselves. */
static bool ads1220_uses_internal_ref(const u8 regs[ADS1220_REGS])
{
	unsigned int mux = FIELD_GET(ADS1220_REG0_MUX, regs[0]);

	return FIELD_GET(ADS1220_REG1_TS, regs[1]) || mux == ADS1220_MUX_REF ||
	       mux == ADS1220_MUX_AVDD ||
	       FIELD_GET(ADS1220_REG2_VREF, regs[2]) == ADS1220_REF_INTERNAL;
}

/* What @to needs between its registers and its conversion, if @from were there before */
static u32 ads1220_settling(const u8 from[ADS1220_REGS], const u8 to[ADS1220_REGS], u32 own_us)
{
	u32 needed_us = memcmp(from, to, ADS1220_REGS) ? own_us : 0;

	if (FIELD_GET(ADS1220_REG2_IDAC, to[2]) &&
	    (to[3] != from[3] ||
	     FIELD_GET(ADS1220_REG2_IDAC, to[2]) != FIELD_GET(ADS1220_REG2_IDAC, from[2])))
		needed_us = max_t(u32, needed_us, ADS1220_EXCITATION_SETTLING_us);

	if (ads1220_uses_internal_ref(to) && !ads1220_uses_internal_ref(from))
		needed_us = max_t(u32, needed_us, ADS1220_REF_SETTLING_us);

	if (FIELD_GET(ADS1220_REG2_PSW, to[2]) && !FIELD_GET(ADS1220_REG2_PSW, from[2]))
		needed_us = max_t(u32, needed_us, ADS1220_SWITCH_SETTLING_us);

	return needed_us;
}

static bool ads1220_rate_has_filter(const struct ads1220_rate *rate)
{
	return rate->dr == 0 && rate->mode != ADS1220_MODE_TURBO;
}

/* Settings */

static const struct ads1220_clocks *ads1220_clocks_of_rate(const struct ads1220 *ads)
{
	return &ads1220_clocks[ads->rate->mode][ads->rate->dr];
}

static u32 ads1220_clocks_to_ns(const struct ads1220 *ads, u32 clocks)
{
	return div_u64((u64)clocks * NSEC_PER_SEC, ads->clock_hz);
}

static const struct ads1220_filter *ads1220_filter_in_use(const struct ads1220 *ads)
{
	return ads1220_rate_has_filter(ads->rate) ? ads->filter : ADS1220_FILTER_NONE;
}

static void ads1220_fill_registers(const struct ads1220 *ads, const struct ads1220_channel *channel,
				   u8 regs[ADS1220_REGS])
{
	regs[0] = channel->regs[0] | FIELD_PREP(ADS1220_REG0_GAIN, channel->gain);
	if (channel->gain < ADS1220_GAINS_BYPASSED)
		regs[0] |= ADS1220_REG0_PGA_BYPASS;
	regs[1] = channel->regs[1] | FIELD_PREP(ADS1220_REG1_DR, ads->rate->dr) |
		  FIELD_PREP(ADS1220_REG1_MODE, ads->rate->mode);
	regs[2] = channel->regs[2] | FIELD_PREP(ADS1220_REG2_FIR, ads1220_filter_in_use(ads)->fir);
	regs[3] = channel->regs[3];
}

/* The bus */

static int ads1220_transfer(struct ads1220 *ads, size_t len)
{
	struct spi_transfer transfer = {
		.tx_buf = ads->tx,
		.rx_buf = ads->rx,
		.len = len,
	};
	int ret;

	ret = spi_sync_transfer(ads->spi, &transfer, 1);
	if (ret)
		ads->counters.bus_errors++;
	return ret;
}

static int ads1220_command(struct ads1220 *ads, u8 command)
{
	ads->tx[0] = command;
	return ads1220_transfer(ads, 1);
}

/* All four at once: each WREG restarts the conversion, so that one at a time would start four. */
static int ads1220_write_registers(struct ads1220 *ads, const u8 regs[ADS1220_REGS])
{
	int ret;

	ads->tx[0] = ADS1220_CMD_WREG | FIELD_PREP(ADS1220_CMD_COUNT, ADS1220_REGS - 1);
	memcpy(&ads->tx[1], regs, ADS1220_REGS);
	ret = ads1220_transfer(ads, 1 + ADS1220_REGS);
	if (ret)
		return ret;

	memcpy(ads->regs, regs, ADS1220_REGS);
	ads->awake = true;
	return 0;
}

/*
 * Reads the registers behind @skip bytes during which something else comes out. DIN is low for
 * those: the chip takes every byte on it for a command.
 */
static int ads1220_read_behind(struct ads1220 *ads, size_t skip, u8 regs[ADS1220_REGS])
{
	int ret;

	memset(ads->tx, 0, sizeof(ads->tx));
	ads->tx[skip] = ADS1220_CMD_RREG | FIELD_PREP(ADS1220_CMD_COUNT, ADS1220_REGS - 1);
	ret = ads1220_transfer(ads, skip + 1 + ADS1220_REGS);
	if (ret)
		return ret;

	memcpy(regs, &ads->rx[skip + 1], ADS1220_REGS);
	return 0;
}

/* What was reset meanwhile, by a dip of the supply say, has lost its registers. */
static int ads1220_compare_registers(struct ads1220 *ads, const u8 found[ADS1220_REGS])
{
	if (!memcmp(found, ads->regs, ADS1220_REGS))
		return 0;

	ads->counters.mismatches++;
	return -EIO;
}

static int ads1220_reset(struct ads1220 *ads)
{
	int ret;

	ret = ads1220_command(ads, ADS1220_CMD_RESET);
	if (ret)
		return ret;

	fsleep(ADS1220_RESET_us +
	       DIV_ROUND_UP(ads1220_clocks_to_ns(ads, ADS1220_RESET_CLOCKS), NSEC_PER_USEC));
	memset(ads->regs, 0, sizeof(ads->regs));
	ads->awake = false;
	return 0;
}

/* The registers stay; currents and switch go off. */
static int ads1220_power_down(struct ads1220 *ads)
{
	ads->awake = false;
	return ads1220_command(ads, ADS1220_CMD_POWERDOWN);
}

/* Writes @regs; returns what they take to settle, or a negative error. */
static int ads1220_prepare(struct ads1220 *ads, const struct ads1220_channel *channel,
			   const u8 regs[ADS1220_REGS])
{
	u8 asleep[ADS1220_REGS] = { };
	u32 settling_us;
	int ret;

	/* The reference is ready before the oscillator, not before a clock that runs already. */
	if (ads->clocked)
		asleep[2] = FIELD_PREP(ADS1220_REG2_VREF, ADS1220_REF_AVDD);
	settling_us = ads1220_settling(ads->awake ? ads->regs : asleep, regs, channel->settling_us);
	ret = ads1220_write_registers(ads, regs);

	return ret ?: settling_us;
}

/* Between the registers and the START/SYNC of the conversion that counts */
static int ads1220_settle(struct ads1220 *ads, const u8 regs[ADS1220_REGS], u32 settling_us)
{
	int ret = 0;

	if (FIELD_GET(ADS1220_REG2_PSW, regs[2]))
		ret = ads1220_command(ads, ADS1220_CMD_START);

	fsleep(settling_us);
	return ret;
}

/* Single conversions */

static int ads1220_wait_interrupt(struct ads1220 *ads, unsigned int timeout_us)
{
	reinit_completion(&ads->ready);
	enable_irq(ads->irq);
	if (wait_for_completion_timeout(&ads->ready, usecs_to_jiffies(timeout_us)))
		return 0;

	disable_irq(ads->irq);
	if (!try_wait_for_completion(&ads->ready))
		return -ETIMEDOUT;

	/* It came after all, between the time-out and the line above, and is disabled twice now. */
	enable_irq(ads->irq);
	return 0;
}

/* Waits until DRDY falls for the conversion of @conversion_us that was started at @start. */
static int ads1220_wait_ready(struct ads1220 *ads, ktime_t start, u32 conversion_us)
{
	ktime_t earliest = ktime_add_us(start, conversion_us - conversion_us / 16);
	unsigned int timeout_us = conversion_us / 100 * 102 + ADS1220_WAKE_UP_us +
				  ADS1220_LATENCY_us;
	int ret;

	for (unsigned int early = 0; early <= ADS1220_EARLY_MAX; early++) {
		ret = ads1220_wait_interrupt(ads, timeout_us);
		if (ret || !ktime_before(ads->ready_at, earliest))
			return ret;

		ads->counters.early++;
		fsleep(ADS1220_FILTER_us);
	}

	return -EIO;
}

/*
 * In single-shot mode, writing the registers starts a conversion (section 8.5.3); what has to
 * settle first is started again after that. A start that had to wait for the bus, behind a display
 * say, is done again.
 */
static int ads1220_start(struct ads1220 *ads, const struct ads1220_channel *channel,
			 const u8 regs[ADS1220_REGS], u32 conversion_us, ktime_t *start)
{
	int ret;

	for (unsigned int tries = 0; tries < ADS1220_WRITE_TRIES; tries++) {
		*start = ktime_get();
		ret = ads1220_prepare(ads, channel, regs);
		if (ret > 0) {
			ret = ads1220_settle(ads, regs, ret);
			*start = ktime_get();
			ret = ret ?: ads1220_command(ads, ADS1220_CMD_START);
		}
		if (ret)
			return ret;

		if (ktime_us_delta(ktime_get(), *start) < conversion_us / 4 * 3)
			return 0;
	}

	return -EIO;
}

static int ads1220_convert_once(struct ads1220 *ads, const struct ads1220_channel *channel,
				u32 *code)
{
	u32 conversion_ns = ads1220_clocks_to_ns(ads, ads1220_clocks_of_rate(ads)->single);
	u32 conversion_us = conversion_ns / NSEC_PER_USEC;
	u8 regs[ADS1220_REGS], found[ADS1220_REGS];
	ktime_t start;
	int ret;

	ads1220_fill_registers(ads, channel, regs);
	ret = ads1220_start(ads, channel, regs, conversion_us, &start);
	if (ret)
		return ret;

	ret = ads1220_wait_ready(ads, start, conversion_us);
	if (ret)
		return ret;

	ret = ads1220_read_behind(ads, ADS1220_RESULT_BYTES, found);
	if (ret)
		return ret;

	*code = get_unaligned_be24(ads->rx);
	return ads1220_compare_registers(ads, found);
}

static int ads1220_convert(struct ads1220 *ads, const struct ads1220_channel *channel, s32 *value)
{
	u32 code;
	int ret;

	guard(mutex)(&ads->lock);

	ret = ads1220_convert_once(ads, channel, &code);
	if (ret) {
		ads->counters.retries++;
		ret = ads1220_reset(ads);
		if (ret)
			return ret;

		ret = ads1220_convert_once(ads, channel, &code);
		if (ret)
			return ret;
	}

	*value = ads1220_value(code, channel->shift, channel->calibbias[channel->gain]);
	return 0;
}

/* The capture */

/*
 * The conversion that runs began at @begin or later, at @end at the latest, and takes the start's
 * delay beside its period if @started. An interrupt just after @end may be what the port's filter
 * still holds, or an edge kept from before.
 */
static void ads1220_expect(struct ads1220 *ads, ktime_t begin, ktime_t end, bool started)
{
	u32 period_ns = ads->period_ns, first_ns = ads->first_ns;
	ktime_t open = ktime_add_ns(begin, started ? first_ns - first_ns / 16 :
						     period_ns - period_ns / 4);
	ktime_t quiet = ktime_add_us(end, ADS1220_FILTER_us);
	ktime_t next = ktime_add_ns(begin, period_ns - period_ns / 16);

	if (!started && ktime_before(next, quiet))
		quiet = next;

	ads->open = ktime_before(open, quiet) ? quiet : open;
	ads->due = ktime_add_ns(started ? end : begin,
				period_ns + period_ns / 2 + (started ? ads->start_ns : 0));
}

static int ads1220_restart_conversion(struct ads1220 *ads)
{
	ktime_t begin = ktime_get();
	int ret;

	ret = ads1220_command(ads, ADS1220_CMD_START);
	if (ret)
		return ret;

	ads1220_expect(ads, begin, ktime_get(), true);
	return 0;
}

/* From nothing to the first conversion of the first slot. The interrupt is off. */
static int ads1220_restart(struct ads1220 *ads)
{
	const struct ads1220_slot *slot = &ads->slots[0];
	u8 found[ADS1220_REGS];
	int settling_us, ret;

	ads->at = 0;
	ads->pending = false;
	ads->early = 0;

	ret = ads1220_reset(ads);
	if (ret)
		return ret;

	settling_us = ads1220_prepare(ads, slot->channel, slot->regs);
	if (settling_us < 0)
		return settling_us;

	ret = ads1220_read_behind(ads, 0, found);
	if (ret)
		return ret;

	ret = ads1220_compare_registers(ads, found);
	if (ret)
		return ret;

	ret = ads1220_settle(ads, slot->regs, settling_us);

	return ret ?: ads1220_restart_conversion(ads);
}

/* Results of which nobody knows any more what they are */
static void ads1220_drop(struct ads1220 *ads)
{
	ads->counters.dropped += ads->at + (ads->pending ? ads->count : 0);
	ads->at = 0;
	ads->pending = false;
}

/*
 * What is not there after one and a half samples is missing. Twice this is within the time to
 * notice it, if the sample before came just in time to be seen. The kernel's timers come up to an
 * eighth and two jiffies late.
 */
static unsigned long ads1220_watch_jiffies(const struct ads1220 *ads)
{
	u32 sample_us = (ads->period_ns + ads->start_ns) / NSEC_PER_USEC;
	u32 settling_us = 0;
	unsigned long watch;

	for (unsigned int i = 0; i < ads->count; i++)
		settling_us = max(settling_us, ads->slots[i].settling_us);

	watch = usecs_to_jiffies(((sample_us + settling_us) * 3 / 2 + ADS1220_WATCH_us) / 9 * 8);
	return max(watch, 3UL) - 2;
}

/*
 * Leaves it to the watchdog to restart the capture, at once, or in its own time if that was in vain
 * before: a line stuck low would otherwise keep the system busy.
 */
static void ads1220_halt(struct ads1220 *ads)
{
	bool in_vain = ads->restarts && ads->delivered == READ_ONCE(ads->delivered_before);

	disable_irq_nosync(ads->irq);
	WRITE_ONCE(ads->halted, true);
	cancel_delayed_work(&ads->watchdog);
	schedule_delayed_work(&ads->watchdog, in_vain ? ads1220_watch_jiffies(ads) : 0);
}

static void ads1220_push(struct ads1220 *ads, struct ads1220_scan *scan, unsigned int count)
{
	if (iio_push_to_buffers_with_ts(ads->indio_dev, scan->results, sizeof(scan->results),
					scan->timestamp))
		ads->counters.overflows++;
	else
		ads->counters.samples += count;
}

/* Returns how many scans went to the buffer. */
static unsigned int ads1220_flush(struct ads1220 *ads)
{
	unsigned int batched;

	spin_lock(&ads->batch_lock);
	batched = ads->batched;
	for (unsigned int i = 0; i < batched; i++)
		ads1220_push(ads, &ads->batch[i], ads->count);
	ads->batched = 0;
	spin_unlock(&ads->batch_lock);

	return batched;
}

/* The reader of the buffer is to know, or to hear that results come again. */
static void ads1220_report(struct ads1220 *ads, bool failed)
{
	if (READ_ONCE(ads->failed) == failed)
		return;

	if (failed)
		ads1220_flush(ads);
	WRITE_ONCE(ads->failed, failed);
	if (failed)
		wake_up_interruptible_poll(&ads->indio_dev->buffer->pollq, EPOLLIN | EPOLLRDNORM);
}

/* Whether results came since the watchdog looked last; if not, the interrupt is off after this. */
static bool ads1220_runs(struct ads1220 *ads)
{
	if (!READ_ONCE(ads->halted) && READ_ONCE(ads->fetched) != ads->fetched_before)
		return true;

	if (READ_ONCE(ads->halted)) {
		synchronize_irq(ads->irq);
		return false;
	}

	disable_irq(ads->irq);
	if (ads->halted) {
		enable_irq(ads->irq);	/* the thread was faster: it is off twice */
		return false;
	}

	if (ads->fetched != ads->fetched_before) {
		enable_irq(ads->irq);
		return true;
	}

	ads->halted = true;
	ads->counters.stalls++;
	return false;
}

static void ads1220_watch(struct work_struct *work)
{
	struct ads1220 *ads = container_of(to_delayed_work(work), struct ads1220, watchdog);

	guard(mutex)(&ads->lock);

	if (!ads->watching)
		return;

	if (READ_ONCE(ads->delivered) != ads->delivered_before) {
		ads->restarts = 0;
		ads1220_report(ads, false);
	}

	if (!ads1220_runs(ads)) {
		ads1220_drop(ads);
		ads->counters.restarts++;
		if (ads->restarts++ == ADS1220_RESTARTS_MAX)
			ads1220_report(ads, true);

		if (!ads1220_restart(ads)) {
			WRITE_ONCE(ads->halted, false);
			enable_irq(ads->irq);
		}
	}

	WRITE_ONCE(ads->fetched_before, READ_ONCE(ads->fetched));
	WRITE_ONCE(ads->delivered_before, READ_ONCE(ads->delivered));

	/* The thread may have asked for this restart too, while it was waited for. */
	cancel_delayed_work(&ads->watchdog);
	schedule_delayed_work(&ads->watchdog, ads1220_watch_jiffies(ads));
}

/*
 * When the conversion was complete that is seen at @ready_at: a whole number of periods after the
 * one before. A level is seen later, if the thread of the last result was late to let it in.
 */
static ktime_t ads1220_completed_at(struct ads1220 *ads, ktime_t ready_at)
{
	u32 period_ns = ads->period_ns;
	ktime_t before = ktime_sub_ns(ads->due, period_ns + period_ns / 2);
	s64 elapsed_ns = ktime_to_ns(ktime_sub(ready_at, before)) + period_ns / 16;
	u64 periods = elapsed_ns > period_ns ? div_u64(elapsed_ns, period_ns) : 1;
	ktime_t latest = ktime_add_ns(before, periods * period_ns + period_ns / 32);

	ads->counters.missed += periods - 1;
	return ktime_before(latest, ready_at) ? latest : ready_at;
}

/*
 * Are the registers still as they were written? Asked by the transfer that fetches the result, from
 * time to time, and whenever the time of the result is strange.
 */
static bool ads1220_wants_proof(struct ads1220 *ads, ktime_t ready_at)
{
	return ktime_after(ready_at, ads->due) || ktime_after(ready_at, ads->proof_at) ||
	       ads->period_ns > ADS1220_PROOF_ALWAYS_us * NSEC_PER_USEC;
}

static int ads1220_check_proof(struct ads1220 *ads, const struct ads1220_slot *slot, ktime_t end)
{
	if (memcmp(&ads->rx[ADS1220_RESULT_BYTES + 1], slot->regs, ADS1220_REGS)) {
		ads->counters.mismatches++;
		return -EIO;
	}

	ads->proof_at = ktime_add_us(end, ADS1220_PROOF_us);
	return 0;
}

/* One transfer: a result comes out while the registers of the next conversion go in. */
static int ads1220_fetch(struct ads1220 *ads, struct ads1220_slot *slot, ktime_t completed_at,
			 bool prove)
{
	unsigned int interrupts = READ_ONCE(ads->interrupts);
	ktime_t begin = ktime_get();
	ktime_t end;
	int ret;

	ret = spi_sync(ads->spi, &slot->messages[prove]);
	if (ret) {
		ads->counters.bus_errors++;
		return ret;
	}

	end = ktime_get();
	if (interrupts != READ_ONCE(ads->interrupts) ||
	    ktime_to_ns(ktime_sub(end, completed_at)) > ads->period_ns - ads->period_ns / 16) {
		ads->counters.late++;
		return -EIO;
	}

	if (ads->count > 1)
		ads1220_expect(ads, begin, end, true);
	else
		ads1220_expect(ads, completed_at, end, false);

	return prove ? ads1220_check_proof(ads, slot, end) : 0;
}

static void ads1220_deliver(struct ads1220 *ads)
{
	bool full;

	spin_lock(&ads->batch_lock);
	if (ads->batched < ADS1220_BATCH_MAX)
		ads->batch[ads->batched++] = ads->scan;
	else
		ads->counters.overflows++;
	full = ads->batched >= ads->batch_size;
	spin_unlock(&ads->batch_lock);
	WRITE_ONCE(ads->delivered, ads->delivered + 1);

	if (full)
		iio_trigger_poll_nested(ads->trig);
}

/*
 * A scan is delivered when its last result is proven: by the read-back that came with it, or by the
 * next result in its time. A chip that was reset between DRDY and the transfer gives zeros.
 */
static void ads1220_take(struct ads1220 *ads, const struct ads1220_slot *slot, s64 timestamp,
			 bool proven)
{
	const struct ads1220_channel *channel = slot->channel;
	u32 code = get_unaligned_be24(ads->rx);

	if (ads->pending) {
		ads->pending = false;
		ads1220_deliver(ads);
	}

	if (ads->at == 0)
		ads->scan.timestamp = timestamp;
	ads->scan.results[ads->at] = ads1220_value(code, channel->shift,
						   channel->calibbias[channel->gain]);
	WRITE_ONCE(ads->fetched, ads->fetched + 1);

	if (++ads->at < ads->count)
		return;

	ads->at = 0;
	if (proven)
		ads1220_deliver(ads);
	else
		ads->pending = true;
}

static int ads1220_serve(struct ads1220 *ads)
{
	struct ads1220_slot *slot = &ads->slots[ads->at];
	ktime_t ready_at = ads->ready_at;
	s64 timestamp = ads->timestamp;
	bool prove;
	u32 settling_us;
	int ret;

	if (ktime_before(ready_at, ads->open)) {
		ads->counters.early++;
		if (ads->early++ == ADS1220_EARLY_MAX)
			return -EIO;

		fsleep(ADS1220_FILTER_us);
		return 0;
	}

	ads->early = 0;
	prove = ads1220_wants_proof(ads, ready_at);
	ret = ads1220_fetch(ads, slot, ads1220_completed_at(ads, ready_at), prove);
	if (ret)
		return ret;

	settling_us = slot->settling_us;
	ads1220_take(ads, slot, timestamp, prove);
	if (!settling_us)
		return 0;

	ret = ads1220_settle(ads, ads->slots[ads->at].regs, settling_us);

	return ret ?: ads1220_restart_conversion(ads);
}

static irqreturn_t ads1220_thread(int irq, void *private)
{
	struct ads1220 *ads = private;

	/* An edge that came while the thread ran runs it again, even if the line is off by now. */
	if (!READ_ONCE(ads->halted) && ads1220_serve(ads))
		ads1220_halt(ads);

	return IRQ_HANDLED;
}

/*
 * In a capture a level is off until the thread has fetched the result. Otherwise it would come
 * again until then, if it is a level: once is enough, then it is off.
 */
static irqreturn_t ads1220_data_ready(int irq, void *private)
{
	struct ads1220 *ads = private;

	ads->ready_at = ktime_get();
	if (ads->capturing) {
		ads->timestamp = iio_get_time_ns(ads->indio_dev);
		WRITE_ONCE(ads->interrupts, ads->interrupts + 1);
		return IRQ_WAKE_THREAD;
	}

	disable_irq_nosync(irq);
	complete(&ads->ready);
	return IRQ_HANDLED;
}

/*
 * The read-back comes before the write: after it, it would prove no more than the write itself, and
 * a chip that was reset would go unnoticed wherever the next channel has other registers.
 */
static void ads1220_plan_slot(struct ads1220 *ads, struct ads1220_slot *slot,
			      const struct ads1220_slot *next)
{
	unsigned int lengths[] = { ADS1220_RESULT_BYTES, ADS1220_PROOF_BYTES };

	memset(slot->tx, 0, sizeof(slot->tx));
	memset(slot->proof_tx, 0, sizeof(slot->proof_tx));
	slot->proof_tx[ADS1220_RESULT_BYTES] = ADS1220_CMD_RREG |
					       FIELD_PREP(ADS1220_CMD_COUNT, ADS1220_REGS - 1);
	slot->settling_us = 0;
	if (next != slot) {
		lengths[0] = ads1220_plan_write(slot->regs, next->regs, slot->tx);
		lengths[1] += lengths[0];
		memcpy(&slot->proof_tx[ADS1220_PROOF_BYTES], slot->tx, lengths[0]);
		slot->settling_us = ads1220_settling(slot->regs, next->regs,
						     next->channel->settling_us);
	}

	for (unsigned int i = 0; i < ARRAY_SIZE(slot->messages); i++) {
		slot->transfers[i] = (struct spi_transfer) {
			.tx_buf = i ? slot->proof_tx : slot->tx,
			.rx_buf = ads->rx,
			.len = lengths[i],
		};
		spi_message_init_with_transfers(&slot->messages[i], &slot->transfers[i], 1);
	}
}

static void ads1220_unoptimize(struct ads1220 *ads, unsigned int messages)
{
	while (messages--)
		spi_unoptimize_message(&ads->slots[messages / 2].messages[messages % 2]);
}

static int ads1220_optimize(struct ads1220 *ads)
{
	int ret;

	for (unsigned int i = 0; i < 2 * ads->count; i++) {
		ret = spi_optimize_message(ads->spi, &ads->slots[i / 2].messages[i % 2]);
		if (ret) {
			ads1220_unoptimize(ads, i);
			return ret;
		}
	}

	return 0;
}

static int ads1220_plan_scan(struct ads1220 *ads)
{
	const struct ads1220_clocks *clocks = ads1220_clocks_of_rate(ads);
	unsigned int i, batch;

	ads->count = 0;
	for_each_set_bit(i, ads->indio_dev->active_scan_mask, ads->indio_dev->num_channels - 1) {
		struct ads1220_slot *slot = &ads->slots[ads->count++];

		slot->channel = &ads->channels[i];
		ads1220_fill_registers(ads, slot->channel, slot->regs);
		slot->regs[1] |= ADS1220_REG1_CM;
	}

	if (!ads->count)
		return -EINVAL;

	for (i = 0; i < ads->count; i++)
		ads1220_plan_slot(ads, &ads->slots[i], &ads->slots[(i + 1) % ads->count]);

	/* Section 8.4.3.2: duty-cycle mode begins with a conversion of normal mode, then rests. */
	ads->period_ns = ads1220_clocks_to_ns(ads, clocks->continuous);
	ads->first_ns = ads1220_clocks_to_ns(ads, min(clocks->continuous, clocks->single));
	ads->start_ns = ads1220_clocks_to_ns(ads, ads->rate->mode == ADS1220_MODE_TURBO ?
					     ADS1220_START_CLOCKS_TURBO : ADS1220_START_CLOCKS);

	batch = ADS1220_BATCH_us * NSEC_PER_USEC / ads->period_ns / ads->count;
	ads->batch_size = clamp(min(ads->watermark, batch), 1U, (unsigned int)ADS1220_BATCH_MAX);

	return ads1220_optimize(ads);
}

static int ads1220_start_capture(struct ads1220 *ads)
{
	int ret;

	guard(mutex)(&ads->lock);

	ads->restarts = 0;
	ads->proof_at = ktime_get();
	ret = ads1220_restart(ads);
	if (ret) {
		ads->counters.restarts++;
		ret = ads1220_restart(ads);
	}
	if (ret)
		return ret;

	ads->watching = true;
	ads->capturing = true;
	ads->halted = false;
	ads->fetched_before = ads->fetched;
	ads->delivered_before = ads->delivered;
	enable_irq(ads->irq);
	schedule_delayed_work(&ads->watchdog, ads1220_watch_jiffies(ads));
	return 0;
}

static void ads1220_stop_watching(struct ads1220 *ads)
{
	guard(mutex)(&ads->lock);
	ads->watching = false;
}

static void ads1220_stop_capture(struct ads1220 *ads)
{
	ads1220_stop_watching(ads);
	disable_irq(ads->irq);
	if (ads->halted)
		enable_irq(ads->irq);	/* off already, now twice */
	cancel_delayed_work_sync(&ads->watchdog);
	ads1220_flush(ads);

	guard(mutex)(&ads->lock);
	ads->halted = true;
	ads->capturing = false;
	ads1220_power_down(ads);
}

/* The buffer */

/* What is in it comes first; then the error, instead of a wait without end. */
static size_t ads1220_data_available(struct iio_buffer *buffer)
{
	struct ads1220 *ads = container_of(buffer->access, struct ads1220, access);

	return READ_ONCE(ads->failed) ? SIZE_MAX : ads->kfifo->data_available(buffer);
}

static int ads1220_read_buffer(struct iio_buffer *buffer, size_t n, char __user *to)
{
	struct ads1220 *ads = container_of(buffer->access, struct ads1220, access);
	int ret;

	ret = ads->kfifo->IIO_ACCESS_READ(buffer, n, to);

	return !ret && READ_ONCE(ads->failed) ? -EIO : ret;
}

static bool ads1220_own_trigger(const struct ads1220 *ads)
{
	return ads->indio_dev->trig == ads->trig;
}

static int ads1220_preenable(struct iio_dev *indio_dev)
{
	struct ads1220 *ads = iio_priv(indio_dev);

	ads->failed = false;
	ads->restarts = 0;
	return pm_runtime_resume_and_get(&ads->spi->dev);
}

static int ads1220_postenable(struct iio_dev *indio_dev)
{
	struct ads1220 *ads = iio_priv(indio_dev);
	int ret;

	if (!ads1220_own_trigger(ads))
		return 0;

	ret = ads1220_plan_scan(ads);
	if (ret)
		return ret;

	ret = ads1220_start_capture(ads);
	if (ret)
		ads1220_unoptimize(ads, 2 * ads->count);
	return ret;
}

static int ads1220_predisable(struct iio_dev *indio_dev)
{
	struct ads1220 *ads = iio_priv(indio_dev);

	if (!ads1220_own_trigger(ads))
		return 0;

	ads1220_stop_capture(ads);
	ads1220_unoptimize(ads, 2 * ads->count);
	return 0;
}

static int ads1220_postdisable(struct iio_dev *indio_dev)
{
	struct ads1220 *ads = iio_priv(indio_dev);

	ads->failed = false;
	pm_runtime_mark_last_busy(&ads->spi->dev);
	pm_runtime_put_autosuspend(&ads->spi->dev);
	return 0;
}

static const struct iio_buffer_setup_ops ads1220_buffer_ops = {
	.preenable = ads1220_preenable,
	.postenable = ads1220_postenable,
	.predisable = ads1220_predisable,
	.postdisable = ads1220_postdisable,
};

/* Somebody else's trigger: a single conversion of each channel, now */
static void ads1220_scan_once(struct ads1220 *ads, s64 timestamp)
{
	unsigned int i, count = 0;

	for_each_set_bit(i, ads->indio_dev->active_scan_mask, ads->indio_dev->num_channels - 1) {
		if (ads1220_convert(ads, &ads->channels[i], &ads->scan.results[count])) {
			ads->counters.dropped += count + 1;
			if (ads->restarts++ == ADS1220_RESTARTS_MAX)
				ads1220_report(ads, true);
			return;
		}
		count++;
	}

	ads->restarts = 0;
	ads1220_report(ads, false);
	ads->scan.timestamp = timestamp;
	ads1220_push(ads, &ads->scan, count);
}

static irqreturn_t ads1220_trigger_handler(int irq, void *private)
{
	struct iio_poll_func *pf = private;
	struct ads1220 *ads = iio_priv(pf->indio_dev);

	if (ads1220_own_trigger(ads))
		ads1220_flush(ads);
	else
		ads1220_scan_once(ads, pf->timestamp ?: iio_get_time_ns(ads->indio_dev));

	pf->timestamp = 0;	/* a trigger polled from a thread does not set it */
	iio_trigger_notify_done(ads->indio_dev->trig);
	return IRQ_HANDLED;
}

static int ads1220_set_watermark(struct iio_dev *indio_dev, unsigned int watermark)
{
	struct ads1220 *ads = iio_priv(indio_dev);

	ads->watermark = watermark;
	return 0;
}

static int ads1220_flush_to_buffer(struct iio_dev *indio_dev, unsigned int count)
{
	return ads1220_flush(iio_priv(indio_dev));
}

static const struct iio_trigger_ops ads1220_trigger_ops = {
	.validate_device = iio_trigger_validate_own_device,
};

/* Attributes */

static int ads1220_read_sample(struct ads1220 *ads, const struct iio_chan_spec *chan, int *val)
{
	struct device *dev = &ads->spi->dev;
	int ret;

	if (!iio_device_claim_direct(ads->indio_dev))
		return -EBUSY;

	ret = pm_runtime_resume_and_get(dev);
	if (!ret) {
		ret = ads1220_convert(ads, &ads->channels[chan->scan_index], val);
		pm_runtime_mark_last_busy(dev);
		pm_runtime_put_autosuspend(dev);
	}

	iio_device_release_direct(ads->indio_dev);
	return ret ?: IIO_VAL_INT;
}

static int ads1220_read_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			    int *val, int *val2, long mask)
{
	struct ads1220 *ads = iio_priv(indio_dev);
	const struct ads1220_channel *channel = &ads->channels[chan->scan_index];
	unsigned int rate = ads->rate - ads1220_rates;
	unsigned int gain = READ_ONCE(channel->gain);

	switch (mask) {
	case IIO_CHAN_INFO_RAW:
		return ads1220_read_sample(ads, chan, val);
	case IIO_CHAN_INFO_SCALE:
		*val = channel->scale[gain][0];
		*val2 = channel->scale[gain][1];
		return IIO_VAL_INT_PLUS_NANO;
	case IIO_CHAN_INFO_CALIBBIAS:
		*val = channel->calibbias[gain];
		return IIO_VAL_INT;
	case IIO_CHAN_INFO_SAMP_FREQ:
		*val = ads->rates[rate][0];
		*val2 = ads->rates[rate][1];
		return IIO_VAL_INT_PLUS_MICRO;
	default:
		return -EINVAL;
	}
}

static int ads1220_read_avail(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			      const int **vals, int *type, int *length, long mask)
{
	static const int calibbias[] = {
		-(int)BIT(ADS1220_RESOLUTION - 1), 1, BIT(ADS1220_RESOLUTION - 1) - 1
	};
	struct ads1220 *ads = iio_priv(indio_dev);
	const struct ads1220_channel *channel = &ads->channels[chan->scan_index];

	switch (mask) {
	case IIO_CHAN_INFO_SCALE:
		*vals = &channel->scale[0][0];
		*type = IIO_VAL_INT_PLUS_NANO;
		*length = 2 * channel->gains;
		return IIO_AVAIL_LIST;
	case IIO_CHAN_INFO_CALIBBIAS:
		*vals = calibbias;
		*type = IIO_VAL_INT;
		return IIO_AVAIL_RANGE;
	case IIO_CHAN_INFO_SAMP_FREQ:
		*vals = &ads->rates[0][0];
		*type = IIO_VAL_INT_PLUS_MICRO;
		*length = 2 * ADS1220_RATES;
		return IIO_AVAIL_LIST;
	default:
		return -EINVAL;
	}
}

static int ads1220_set_gain(struct ads1220_channel *channel, int val, int val2)
{
	for (unsigned int gain = 0; gain < channel->gains; gain++) {
		if (channel->scale[gain][0] == val && channel->scale[gain][1] == val2) {
			channel->gain = gain;
			return 0;
		}
	}

	return -EINVAL;
}

static int ads1220_set_calibbias(struct ads1220_channel *channel, int val)
{
	if (val < -(int)BIT(ADS1220_RESOLUTION - 1) || val >= (int)BIT(ADS1220_RESOLUTION - 1))
		return -EINVAL;

	channel->calibbias[channel->gain] = val;
	return 0;
}

static int ads1220_set_rate(struct ads1220 *ads, int val, int val2)
{
	for (unsigned int i = 0; i < ADS1220_RATES; i++) {
		if (ads->rates[i][0] == val && ads->rates[i][1] == val2) {
			ads->rate = &ads1220_rates[i];
			return 0;
		}
	}

	return -EINVAL;
}

static int ads1220_write_setting(struct ads1220 *ads, const struct iio_chan_spec *chan,
				 int val, int val2, long mask)
{
	struct ads1220_channel *channel = &ads->channels[chan->scan_index];

	guard(mutex)(&ads->lock);

	switch (mask) {
	case IIO_CHAN_INFO_SCALE:
		return ads1220_set_gain(channel, val, val2);
	case IIO_CHAN_INFO_CALIBBIAS:
		return ads1220_set_calibbias(channel, val);
	case IIO_CHAN_INFO_SAMP_FREQ:
		return ads1220_set_rate(ads, val, val2);
	default:
		return -EINVAL;
	}
}

static int ads1220_write_raw(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			     int val, int val2, long mask)
{
	int ret;

	if (!iio_device_claim_direct(indio_dev))
		return -EBUSY;

	ret = ads1220_write_setting(iio_priv(indio_dev), chan, val, val2, mask);
	iio_device_release_direct(indio_dev);
	return ret;
}

static int ads1220_write_raw_get_fmt(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
				     long mask)
{
	switch (mask) {
	case IIO_CHAN_INFO_SCALE:
		return IIO_VAL_INT_PLUS_NANO;
	case IIO_CHAN_INFO_CALIBBIAS:
		return IIO_VAL_INT;
	default:
		return IIO_VAL_INT_PLUS_MICRO;
	}
}

static int ads1220_read_label(struct iio_dev *indio_dev, const struct iio_chan_spec *chan,
			      char *label)
{
	struct ads1220 *ads = iio_priv(indio_dev);

	return sysfs_emit(label, "%s\n", ads->channels[chan->scan_index].label);
}

static ssize_t ads1220_read_filter(struct iio_dev *indio_dev, uintptr_t private,
				   const struct iio_chan_spec *chan, char *buf)
{
	return sysfs_emit(buf, "%s\n", ads1220_filter_in_use(iio_priv(indio_dev))->name);
}

static ssize_t ads1220_read_filters(struct iio_dev *indio_dev, uintptr_t private,
				    const struct iio_chan_spec *chan, char *buf)
{
	struct ads1220 *ads = iio_priv(indio_dev);
	size_t count = ads1220_rate_has_filter(ads->rate) ? ARRAY_SIZE(ads1220_filters) : 1;
	int len = 0;

	for (size_t i = 0; i < count; i++)
		len += sysfs_emit_at(buf, len, "%s%s", i ? " " : "", ads1220_filters[i].name);

	return len + sysfs_emit_at(buf, len, "\n");
}

static int ads1220_set_filter(struct ads1220 *ads, const char *buf)
{
	size_t count = ads1220_rate_has_filter(ads->rate) ? ARRAY_SIZE(ads1220_filters) : 1;

	guard(mutex)(&ads->lock);

	for (size_t i = 0; i < count; i++) {
		if (sysfs_streq(buf, ads1220_filters[i].name)) {
			if (ads1220_rate_has_filter(ads->rate))
				ads->filter = &ads1220_filters[i];
			return 0;
		}
	}

	return -EINVAL;
}

static ssize_t ads1220_write_filter(struct iio_dev *indio_dev, uintptr_t private,
				    const struct iio_chan_spec *chan, const char *buf, size_t len)
{
	int ret;

	if (!iio_device_claim_direct(indio_dev))
		return -EBUSY;

	ret = ads1220_set_filter(iio_priv(indio_dev), buf);
	iio_device_release_direct(indio_dev);
	return ret ?: len;
}

/* While a capture runs, what the chip was last told: reading it would spoil a result. */
static int ads1220_read_register(struct ads1220 *ads, unsigned int reg, unsigned int *val)
{
	u8 found[ADS1220_REGS];
	int ret;

	guard(mutex)(&ads->lock);

	if (ads->capturing) {
		*val = ads->slots[ads->at].regs[reg];
		return 0;
	}

	ret = ads1220_read_behind(ads, 0, found);
	if (ret)
		return ret;

	*val = found[reg];
	return 0;
}

static int ads1220_write_register(struct ads1220 *ads, unsigned int reg, unsigned int val)
{
	u8 regs[ADS1220_REGS];

	guard(mutex)(&ads->lock);

	if (ads->capturing)
		return -EBUSY;

	memcpy(regs, ads->regs, sizeof(regs));
	regs[reg] = val;
	return ads1220_write_registers(ads, regs);
}

static int ads1220_access_register(struct iio_dev *indio_dev, unsigned int reg,
				   unsigned int writeval, unsigned int *readval)
{
	struct ads1220 *ads = iio_priv(indio_dev);
	struct device *dev = &ads->spi->dev;
	int ret;

	if (reg >= ADS1220_REGS || (!readval && writeval > U8_MAX))
		return -EINVAL;

	/* A write wakes the chip: what puts it to sleep again is the end of this. */
	ret = pm_runtime_resume_and_get(dev);
	if (ret)
		return ret;

	ret = readval ? ads1220_read_register(ads, reg, readval) :
			ads1220_write_register(ads, reg, writeval);
	pm_runtime_mark_last_busy(dev);
	pm_runtime_put_autosuspend(dev);
	return ret;
}

static const struct iio_info ads1220_info = {
	.read_raw = ads1220_read_raw,
	.read_avail = ads1220_read_avail,
	.write_raw = ads1220_write_raw,
	.write_raw_get_fmt = ads1220_write_raw_get_fmt,
	IIO_INFO_READ_LABEL(ads1220_read_label)
	.hwfifo_set_watermark = ads1220_set_watermark,
	.hwfifo_flush_to_buffer = ads1220_flush_to_buffer,
	.debugfs_reg_access = ads1220_access_register,
};

static const struct iio_chan_spec_ext_info ads1220_ext_info[] = {
	{
		.name = "filter_type",
		.shared = IIO_SHARED_BY_ALL,
		.read = ads1220_read_filter,
		.write = ads1220_write_filter,
	}, {
		.name = "filter_type_available",
		.shared = IIO_SHARED_BY_ALL,
		.read = ads1220_read_filters,
	},
	IIO_EXT_INFO_LABEL(ads1220_read_label)
	{ }
};

/* The tree */

static int ads1220_parse_inputs(struct device *dev, struct fwnode_handle *node,
				struct iio_chan_spec *chan, struct ads1220_channel *channel)
{
	u32 pins[2];
	u8 mux;

	if (!fwnode_property_read_u32(node, "single-channel", &pins[0])) {
		if (fwnode_property_present(node, "diff-channels"))
			return dev_err_probe(dev, -EINVAL,
					     "%pfwP: single-channel and diff-channels\n", node);

		if (pins[0] >= ADS1220_INPUTS)
			return dev_err_probe(dev, -EINVAL, "%pfwP: no input %u\n", node, pins[0]);

		chan->channel = pins[0];
		channel->inputs = BIT(pins[0]);
		channel->gains = ADS1220_GAINS_BYPASSED;
		channel->regs[0] = FIELD_PREP(ADS1220_REG0_MUX, ADS1220_MUX_AIN0_AVSS + pins[0]);
		return 0;
	}

	if (fwnode_property_read_u32_array(node, "diff-channels", pins, ARRAY_SIZE(pins)))
		return dev_err_probe(dev, -EINVAL,
				     "%pfwP: neither single-channel nor diff-channels\n", node);

	mux = pins[0] < ADS1220_INPUTS && pins[1] < ADS1220_INPUTS ?
	      ads1220_mux_of_pair[pins[0]][pins[1]] : U8_MAX;
	if (mux == U8_MAX)
		return dev_err_probe(dev, -EINVAL, "%pfwP: no pair of inputs %u %u\n",
				     node, pins[0], pins[1]);

	chan->differential = 1;
	chan->channel = pins[0];
	chan->channel2 = pins[1];
	channel->inputs = BIT(pins[0]) | BIT(pins[1]);
	channel->gains = ADS1220_GAINS;
	channel->regs[0] = FIELD_PREP(ADS1220_REG0_MUX, mux);
	return 0;
}

static int ads1220_parse_label(struct device *dev, struct fwnode_handle *node,
			       const struct iio_chan_spec *chan, struct ads1220_channel *channel)
{
	if (!fwnode_property_read_string(node, "label", &channel->label))
		return 0;

	if (chan->differential)
		channel->label = devm_kasprintf(dev, GFP_KERNEL, "ain%d-ain%d",
						chan->channel, chan->channel2);
	else
		channel->label = devm_kasprintf(dev, GFP_KERNEL, "ain%d", chan->channel);

	return channel->label ? 0 : -ENOMEM;
}

/* Both sources have the same current; returns the number of different pins it goes to. */
static int ads1220_parse_excitation(struct device *dev, struct fwnode_handle *node,
				    struct ads1220_channel *channel)
{
	u32 pins[2], currents[2];
	unsigned int idac;
	int count = fwnode_property_count_u32(node, "excitation-channels");

	if (count < 0 && !fwnode_property_present(node, "excitation-current-nanoamp"))
		return 0;

	if (count <= 0 || count > ARRAY_SIZE(pins) ||
	    fwnode_property_count_u32(node, "excitation-current-nanoamp") != count ||
	    fwnode_property_read_u32_array(node, "excitation-channels", pins, count) ||
	    fwnode_property_read_u32_array(node, "excitation-current-nanoamp", currents, count))
		return dev_err_probe(dev, -EINVAL,
				     "%pfwP: excitation needs one or two channels and as many currents\n",
				     node);

	for (idac = 1; idac < ARRAY_SIZE(ads1220_excitation_nanoamps); idac++)
		if (currents[0] == ads1220_excitation_nanoamps[idac])
			break;
	if (idac == ARRAY_SIZE(ads1220_excitation_nanoamps) || currents[count - 1] != currents[0])
		return dev_err_probe(dev, -EINVAL, "%pfwP: no excitation currents %u %u nA\n",
				     node, currents[0], currents[count - 1]);

	for (int i = 0; i < count; i++) {
		if (pins[i] >= ADS1220_EXCITATION_PINS)
			return dev_err_probe(dev, -EINVAL, "%pfwP: no excitation pin %u\n",
					     node, pins[i]);

		if (BIT(pins[i]) & channel->inputs)
			return dev_err_probe(dev, -EINVAL,
					     "%pfwP: AIN%u cannot be measured and excited\n",
					     node, pins[i]);
	}

	channel->regs[2] |= FIELD_PREP(ADS1220_REG2_IDAC, idac);
	channel->regs[3] |= FIELD_PREP(ADS1220_REG3_I1MUX, pins[0] + 1);
	if (count == 2)
		channel->regs[3] |= FIELD_PREP(ADS1220_REG3_I2MUX, pins[1] + 1);

	return pins[count - 1] != pins[0] ? 2 : 1;
}

static int ads1220_parse_extras(struct device *dev, struct fwnode_handle *node,
				struct ads1220_channel *channel)
{
	u32 burn_out_nA;

	if (!fwnode_property_read_u32(node, "burn-out-current-nanoamp", &burn_out_nA)) {
		if (burn_out_nA != ADS1220_BURN_OUT_nA)
			return dev_err_probe(dev, -EINVAL, "%pfwP: no burn-out current %u nA\n",
					     node, burn_out_nA);
		channel->regs[1] |= ADS1220_REG1_BCS;
	}

	if (fwnode_property_read_bool(node, "ti,low-side-switch"))
		channel->regs[2] |= ADS1220_REG2_PSW;

	fwnode_property_read_u32(node, "settling-time-us", &channel->settling_us);
	if (channel->settling_us > ADS1220_SETTLING_MAX_us)
		return dev_err_probe(dev, -EINVAL, "%pfwP: settling-time-us %u is over %lu\n",
				     node, channel->settling_us, ADS1220_SETTLING_MAX_us);

	return 0;
}

static int ads1220_parse_reference(struct device *dev, struct fwnode_handle *node)
{
	const char *name = ads1220_reference_names[ADS1220_REF_INTERNAL];
	int ref;

	if (fwnode_property_present(node, "reference-sources") &&
	    fwnode_property_read_string(node, "reference-sources", &name))
		return dev_err_probe(dev, -EINVAL, "%pfwP: reference-sources is no text\n", node);

	ref = match_string(ads1220_reference_names, ADS1220_REFS, name);
	if (ref < 0)
		return dev_err_probe(dev, -EINVAL, "%pfwP: no reference '%s'\n", node, name);

	return ref;
}

/* AVDD is asked for its voltage only where that counts: it may be a supply without one. */
static int ads1220_require_reference(struct ads1220 *ads, struct fwnode_handle *node, int ref)
{
	struct device *dev = &ads->spi->dev;
	struct regulator *avdd;

	if (ref == ADS1220_REF_AVDD && !ads->refs[ref].described) {
		avdd = devm_regulator_get(dev, "avdd");
		if (IS_ERR(avdd))
			return PTR_ERR(avdd);

		ads->refs[ref].microvolt = regulator_get_voltage(avdd);
		ads->refs[ref].described = ads->refs[ref].microvolt > 0;
	}

	if (!ads->refs[ref].described)
		return dev_err_probe(dev, -EINVAL,
				     "%pfwP: the tree does not say what the reference '%s' is\n",
				     node, ads1220_reference_names[ref]);

	return 0;
}

/* Volts count in millivolts; a reference that is a resistor makes ohms of it (section 9.2.2). */
static void ads1220_fill_scales(const struct ads1220_reference_source *ref, unsigned int times,
				struct ads1220_channel *channel)
{
	u64 full_scale_nano = ref->ohms ? (u64)ref->ohms * NANO :
					  (u64)ref->microvolt * (NANO / MILLI);

	for (unsigned int gain = 0; gain < ADS1220_GAINS; gain++)
		ads1220_fill_scale(full_scale_nano * times, gain, channel->scale[gain]);
}

static void ads1220_fill_spec(struct iio_chan_spec *chan, enum iio_chan_type type, int index)
{
	chan->type = type;
	chan->scan_index = index;
	chan->scan_type.sign = 's';
	chan->scan_type.realbits = ADS1220_RESOLUTION;
	chan->scan_type.storagebits = 32;
	chan->info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE);
	chan->info_mask_shared_by_all = BIT(IIO_CHAN_INFO_SAMP_FREQ);
	chan->info_mask_shared_by_all_available = BIT(IIO_CHAN_INFO_SAMP_FREQ);
	chan->ext_info = ads1220_ext_info;
}

static int ads1220_parse_channel(struct ads1220 *ads, struct fwnode_handle *node,
				 struct iio_chan_spec *chan, struct ads1220_channel *channel)
{
	struct device *dev = &ads->spi->dev;
	int ref, pins, ret;

	ret = ads1220_parse_inputs(dev, node, chan, channel);
	if (ret)
		return ret;

	ret = ads1220_parse_label(dev, node, chan, channel);
	if (ret)
		return ret;

	ref = ads1220_parse_reference(dev, node);
	if (ref < 0)
		return ref;

	ret = ads1220_require_reference(ads, node, ref);
	if (ret)
		return ret;

	pins = ads1220_parse_excitation(dev, node, channel);
	if (pins < 0)
		return pins;

	/*
	 * A resistor as the reference carries what both sources give, the sensor at one of two
	 * pins only what its own does (section 9.2.2, 3-wire).
	 */
	chan->indexed = 1;
	chan->info_mask_separate |= BIT(IIO_CHAN_INFO_CALIBBIAS);
	chan->info_mask_separate_available = BIT(IIO_CHAN_INFO_SCALE) |
					     BIT(IIO_CHAN_INFO_CALIBBIAS);
	if (ads->refs[ref].ohms)
		chan->type = IIO_RESISTANCE;
	channel->regs[2] |= FIELD_PREP(ADS1220_REG2_VREF, ref);
	ads1220_fill_scales(&ads->refs[ref], ads->refs[ref].ohms && pins == 2 ? 2 : 1, channel);

	return ads1220_parse_extras(dev, node, channel);
}

/* REFP1 and REFN1 are AIN0 and AIN3, and AIN3 is the low-side switch (sections 6 and 8.3.9). */
static int ads1220_check_pins(struct ads1220 *ads, unsigned int count)
{
	struct device *dev = &ads->spi->dev;
	u8 inputs = 0, vref1 = 0, psw = 0;

	for (unsigned int i = 0; i < count; i++) {
		const u8 *regs = ads->channels[i].regs;

		inputs |= ads->channels[i].inputs;
		vref1 |= FIELD_GET(ADS1220_REG2_VREF, regs[2]) == ADS1220_REF_1;
		psw |= FIELD_GET(ADS1220_REG2_PSW, regs[2]);
	}

	if (vref1 && (inputs & (BIT(0) | BIT(3))))
		return dev_err_probe(dev, -EINVAL,
				     "AIN0 and AIN3 are the reference 'ref1', no channel can measure them\n");

	if (psw && (inputs & BIT(ADS1220_SWITCH_INPUT)))
		return dev_err_probe(dev, -EINVAL,
				     "AIN3 is the low-side switch, no channel can measure it\n");

	return 0;
}

static int ads1220_check_unique(struct ads1220 *ads, struct fwnode_handle *node,
				const struct iio_chan_spec *first, const struct iio_chan_spec *chan)
{
	for (; first < chan; first++)
		if (first->type == chan->type && first->differential == chan->differential &&
		    first->channel == chan->channel && first->channel2 == chan->channel2)
			return dev_err_probe(&ads->spi->dev, -EINVAL,
					     "%pfwP: another channel has these inputs\n", node);

	return 0;
}

static void ads1220_add_temperature(struct iio_chan_spec *chan, struct ads1220_channel *channel)
{
	chan->type = IIO_TEMP;
	chan->scan_type.realbits = ADS1220_RESOLUTION - ADS1220_TEMP_SHIFT;
	channel->label = "temp";
	channel->shift = ADS1220_TEMP_SHIFT;
	channel->regs[1] = ADS1220_REG1_TS;
	channel->scale[0][0] = 31;		/* 0.03125 degrees Celsius, in 1/1000 of them */
	channel->scale[0][1] = NANO / 4;
}

static void ads1220_add_monitor(struct iio_chan_spec *chan, struct ads1220_channel *channel,
				int number, const char *label, u8 mux, u8 vref)
{
	const struct ads1220_reference_source internal = { .microvolt = ADS1220_INTERNAL_REF_uV };

	chan->indexed = 1;
	chan->channel = number;
	channel->label = label;
	channel->regs[0] = FIELD_PREP(ADS1220_REG0_MUX, mux);
	channel->regs[2] = FIELD_PREP(ADS1220_REG2_VREF, vref);

	if (mux == ADS1220_MUX_SHORTED) {
		chan->differential = 1;
		chan->channel2 = number;
		chan->info_mask_separate_available = BIT(IIO_CHAN_INFO_SCALE);
		channel->gains = ADS1220_GAINS;
	}
	ads1220_fill_scales(&internal, channel->gains ? 1 : ADS1220_MONITOR_DIVISOR, channel);
}

/* Which monitors there are depends on the references that the tree describes. */
static unsigned int ads1220_add_fixed(struct ads1220 *ads, struct iio_chan_spec *chan,
				      unsigned int i)
{
	struct ads1220_channel *channel = ads->channels;
	unsigned int end = i + 1;

	end += 2 + ads->refs[ADS1220_REF_0].described + ads->refs[ADS1220_REF_1].described;
	for (unsigned int fixed = i; fixed < end; fixed++)
		ads1220_fill_spec(&chan[fixed], IIO_VOLTAGE, fixed);

	ads1220_add_temperature(&chan[i], &channel[i]);
	i++;
	ads1220_add_monitor(&chan[i], &channel[i], ADS1220_MONITOR_AVDD, "avdd", ADS1220_MUX_AVDD,
			    ADS1220_REF_INTERNAL);
	i++;
	for (int ref = ADS1220_REF_0; ref <= ADS1220_REF_1; ref++) {
		if (!ads->refs[ref].described)
			continue;

		ads1220_add_monitor(&chan[i], &channel[i], ADS1220_MONITOR_AVDD + ref,
				    ads1220_reference_names[ref], ADS1220_MUX_REF, ref);
		i++;
	}
	ads1220_add_monitor(&chan[i], &channel[i], ADS1220_MONITOR_SHORTED, "shorted",
			    ADS1220_MUX_SHORTED, ADS1220_REF_INTERNAL);

	return end;
}

/*
 * The channel with the lowest number from @reg on, or NULL; @reg is then one more. U-Boot puts the
 * nodes of an overlay into the tree in reverse, so that their order says nothing.
 */
static struct fwnode_handle *ads1220_next_node(struct device *dev, u64 *reg)
{
	struct fwnode_handle *node, *next = NULL;
	u32 number, lowest = U32_MAX;

	device_for_each_child_node(dev, node) {
		if (fwnode_property_read_u32(node, "reg", &number) || number < *reg ||
		    (next && number >= lowest))
			continue;

		fwnode_handle_put(next);
		next = fwnode_handle_get(node);
		lowest = number;
	}

	*reg = (u64)lowest + 1;
	return next;
}

static int ads1220_parse_channels(struct ads1220 *ads)
{
	struct iio_chan_spec timestamp = IIO_CHAN_SOFT_TIMESTAMP(0);
	struct device *dev = &ads->spi->dev;
	unsigned int nodes = device_get_child_node_count(dev);
	unsigned int count = 0, max = nodes + ADS1220_FIXED_CHANNELS;
	struct fwnode_handle *node;
	struct iio_chan_spec *chan;
	u64 reg = 0;
	int ret;

	if (nodes > ADS1220_NODES_MAX)
		return dev_err_probe(dev, -EINVAL, "%u channels are more than %u\n",
				     nodes, ADS1220_NODES_MAX);

	chan = devm_kcalloc(dev, max + 1, sizeof(*chan), GFP_KERNEL);
	ads->channels = devm_kcalloc(dev, max, sizeof(*ads->channels), GFP_KERNEL);
	ads->slots = devm_kcalloc(dev, max, sizeof(*ads->slots), GFP_KERNEL);
	ads->batch = devm_kcalloc(dev, ADS1220_BATCH_MAX, sizeof(*ads->batch), GFP_KERNEL);
	if (!chan || !ads->channels || !ads->slots || !ads->batch)
		return -ENOMEM;

	while ((node = ads1220_next_node(dev, &reg))) {
		ads1220_fill_spec(&chan[count], IIO_VOLTAGE, count);
		ret = ads1220_parse_channel(ads, node, &chan[count], &ads->channels[count]);
		if (!ret)
			ret = ads1220_check_unique(ads, node, chan, &chan[count]);
		fwnode_handle_put(node);
		if (ret)
			return ret;
		count++;
	}
	if (count < nodes)
		return dev_err_probe(dev, -EINVAL, "each channel needs a 'reg' of its own\n");

	ret = ads1220_check_pins(ads, count);
	if (ret)
		return ret;

	count = ads1220_add_fixed(ads, chan, count);
	timestamp.scan_index = count;
	chan[count] = timestamp;
	ads->indio_dev->channels = chan;
	ads->indio_dev->num_channels = count + 1;
	return 0;
}

/* A reference is described by the resistor that carries the excitation, or by its supply. */
static int ads1220_parse_references(struct ads1220 *ads)
{
	static const char * const ohms[] = { "ti,ref0-resistor-ohms", "ti,ref1-resistor-ohms" };
	static const char * const supplies[] = { "ref0", "ref1" };
	struct device *dev = &ads->spi->dev;
	int ret;

	ads->refs[ADS1220_REF_INTERNAL].microvolt = ADS1220_INTERNAL_REF_uV;
	ads->refs[ADS1220_REF_INTERNAL].described = true;

	for (unsigned int i = 0; i < ARRAY_SIZE(ohms); i++) {
		struct ads1220_reference_source *ref = &ads->refs[ADS1220_REF_0 + i];

		ref->described = !device_property_read_u32(dev, ohms[i], &ref->ohms);
		if (ref->described && !ref->ohms)
			return dev_err_probe(dev, -EINVAL, "%s is 0\n", ohms[i]);
		if (ref->described)
			continue;

		ret = devm_regulator_get_enable_read_voltage(dev, supplies[i]);
		if (ret < 0 && ret != -ENODEV)
			return dev_err_probe(dev, ret, "cannot use the supply of '%s'\n",
					     supplies[i]);

		ref->described = ret > 0;
		ref->microvolt = max(ret, 0);
	}

	return 0;
}

/* All times of the chip go with its clock. */
static int ads1220_parse_clock(struct ads1220 *ads)
{
	struct device *dev = &ads->spi->dev;
	struct clk *clk;

	clk = devm_clk_get_optional_enabled(dev, NULL);
	if (IS_ERR(clk))
		return dev_err_probe(dev, PTR_ERR(clk), "cannot switch on the clock\n");

	ads->clocked = clk;
	ads->clock_hz = clk ? clk_get_rate(clk) : ADS1220_OSCILLATOR_HZ;
	if (ads->clock_hz < ADS1220_CLOCK_MIN_HZ || ads->clock_hz > ADS1220_CLOCK_MAX_HZ)
		return dev_err_probe(dev, -EINVAL, "a clock of %u Hz is not within %u to %u\n",
				     ads->clock_hz, ADS1220_CLOCK_MIN_HZ, ADS1220_CLOCK_MAX_HZ);

	for (unsigned int i = 0; i < ADS1220_RATES; i++) {
		u64 micro_hz = div_u64((u64)ads1220_rates[i].micro_hz * ads->clock_hz +
				       ADS1220_OSCILLATOR_HZ / 2, ADS1220_OSCILLATOR_HZ);
		u32 rest;

		ads->rates[i][0] = div_u64_rem(micro_hz, MICRO, &rest);
		ads->rates[i][1] = rest;
	}

	return 0;
}

/* Probe and power */

/*
 * The chip has no identification: only a pattern written and read back tells it from lines that are
 * not connected. The reset state alone does not, since a line stuck low reads the same.
 */
static int ads1220_prove_presence(struct ads1220 *ads)
{
	struct device *dev = &ads->spi->dev;
	u8 found[ADS1220_REGS];
	int ret;

	ret = ads1220_reset(ads);
	if (ret)
		return dev_err_probe(dev, ret, "cannot reset the chip\n");

	ret = ads1220_write_registers(ads, ads1220_probe_pattern);
	if (ret)
		return dev_err_probe(dev, ret, "cannot write the registers\n");

	ret = ads1220_read_behind(ads, 0, found);
	if (ret)
		return dev_err_probe(dev, ret, "cannot read the registers\n");

	if (memcmp(found, ads1220_probe_pattern, ADS1220_REGS))
		return dev_err_probe(dev, -ENODEV,
				     "no ADS1220 answers: wrote %*ph, read %*ph; check wiring and supply\n",
				     ADS1220_REGS, ads1220_probe_pattern, ADS1220_REGS, found);

	return ads1220_reset(ads);
}

/*
 * DRDY has a pin of its own. DOUT, the other place where it can be seen, carries data whenever
 * anything on the bus is clocked.
 */
static int ads1220_request_irq(struct ads1220 *ads)
{
	struct spi_device *spi = ads->spi;

	ads->irq = spi->irq;
	if (device_property_present(&spi->dev, "interrupt-names"))
		ads->irq = fwnode_irq_get_byname(dev_fwnode(&spi->dev), "drdy");
	if (ads->irq == -EPROBE_DEFER)
		return ads->irq;
	if (ads->irq <= 0)
		return dev_err_probe(&spi->dev, -EINVAL, "no interrupt for DRDY in the tree\n");

	/* An edge seen while the interrupt is off must not be replayed when it goes on again. */
	irq_set_status_flags(ads->irq, IRQ_DISABLE_UNLAZY);

	return devm_request_threaded_irq(&spi->dev, ads->irq, ads1220_data_ready, ads1220_thread,
					 IRQF_ONESHOT | IRQF_NO_AUTOEN, dev_name(&spi->dev), ads);
}

static int ads1220_setup_trigger(struct ads1220 *ads)
{
	struct iio_dev *indio_dev = ads->indio_dev;
	struct device *dev = &ads->spi->dev;
	int ret;

	ads->trig = devm_iio_trigger_alloc(dev, "%s-dev%d", indio_dev->name,
					   iio_device_id(indio_dev));
	if (!ads->trig)
		return -ENOMEM;

	ads->trig->ops = &ads1220_trigger_ops;
	ret = devm_iio_trigger_register(dev, ads->trig);
	if (ret)
		return ret;

	/* Nobody else may use it, so it need not keep the module from being removed. */
	ads->trig->owner = NULL;
	indio_dev->trig = iio_trigger_get(ads->trig);
	return 0;
}

static int ads1220_setup_buffer(struct ads1220 *ads)
{
	struct iio_dev *indio_dev = ads->indio_dev;
	int ret;

	ret = devm_iio_triggered_buffer_setup(&ads->spi->dev, indio_dev, iio_pollfunc_store_time,
					      ads1220_trigger_handler, &ads1220_buffer_ops);
	if (ret)
		return ret;

	ads->kfifo = indio_dev->buffer->access;
	ads->access = *ads->kfifo;
	ads->access.IIO_ACCESS_READ = ads1220_read_buffer;
	ads->access.data_available = ads1220_data_available;
	indio_dev->buffer->access = &ads->access;
	return 0;
}

static void ads1220_add_counters(struct ads1220 *ads)
{
	struct dentry *dir = iio_get_debugfs_dentry(ads->indio_dev);
	struct ads1220_counters *counters = &ads->counters;

	debugfs_create_u32("samples", 0444, dir, &counters->samples);
	debugfs_create_u32("dropped", 0444, dir, &counters->dropped);
	debugfs_create_u32("missed", 0444, dir, &counters->missed);
	debugfs_create_u32("overflows", 0444, dir, &counters->overflows);
	debugfs_create_u32("early", 0444, dir, &counters->early);
	debugfs_create_u32("late", 0444, dir, &counters->late);
	debugfs_create_u32("stalls", 0444, dir, &counters->stalls);
	debugfs_create_u32("bus_errors", 0444, dir, &counters->bus_errors);
	debugfs_create_u32("mismatches", 0444, dir, &counters->mismatches);
	debugfs_create_u32("restarts", 0444, dir, &counters->restarts);
	debugfs_create_u32("retries", 0444, dir, &counters->retries);
}

static void ads1220_power_off(void *private)
{
	ads1220_power_down(private);
}

/* Probe ends with the chip awake and nobody using it: the put lets it fall asleep. */
static int ads1220_setup_power(struct ads1220 *ads)
{
	struct device *dev = &ads->spi->dev;
	int ret;

	ret = devm_add_action_or_reset(dev, ads1220_power_off, ads);
	if (ret)
		return ret;

	pm_runtime_set_active(dev);
	pm_runtime_set_autosuspend_delay(dev, ADS1220_AUTOSUSPEND_ms);
	pm_runtime_use_autosuspend(dev);
	return devm_pm_runtime_enable(dev);
}

static int ads1220_power_up(struct ads1220 *ads)
{
	static const char * const supplies[] = { "avdd", "dvdd" };
	struct device *dev = &ads->spi->dev;
	int ret;

	ret = devm_regulator_bulk_get_enable(dev, ARRAY_SIZE(supplies), supplies);
	if (ret)
		return dev_err_probe(dev, ret, "cannot switch on avdd and dvdd\n");

	fsleep(ADS1220_POWER_UP_us);
	return 0;
}

static int ads1220_setup_bus(struct ads1220 *ads)
{
	struct spi_device *spi = ads->spi;
	int ret;

	if (!spi->max_speed_hz || spi->max_speed_hz > ADS1220_SCLK_MAX_HZ) {
		spi->max_speed_hz = ADS1220_SCLK_MAX_HZ;
		ret = spi_setup(spi);
		if (ret)
			return ret;
	}

	ret = ads1220_parse_clock(ads);
	if (ret)
		return ret;

	ret = ads1220_prove_presence(ads);
	if (ret)
		return ret;

	ret = ads1220_setup_power(ads);
	if (ret)
		return ret;

	return ads1220_request_irq(ads);
}

static void ads1220_init(struct ads1220 *ads, struct iio_dev *indio_dev, struct spi_device *spi)
{
	ads->spi = spi;
	ads->indio_dev = indio_dev;
	ads->rate = ADS1220_RATE_20_SPS;
	ads->filter = ADS1220_FILTER_50_60;
	ads->halted = true;
	ads->watermark = 1;
	mutex_init(&ads->lock);
	spin_lock_init(&ads->batch_lock);
	init_completion(&ads->ready);
	INIT_DELAYED_WORK(&ads->watchdog, ads1220_watch);
	spi_set_drvdata(spi, ads);

	indio_dev->name = "ads1220";
	indio_dev->info = &ads1220_info;
	indio_dev->modes = INDIO_DIRECT_MODE;
}

static int ads1220_probe(struct spi_device *spi)
{
	struct device *dev = &spi->dev;
	struct iio_dev *indio_dev;
	struct ads1220 *ads;
	int ret;

	indio_dev = devm_iio_device_alloc(dev, sizeof(*ads));
	if (!indio_dev)
		return -ENOMEM;

	ads = iio_priv(indio_dev);
	ads1220_init(ads, indio_dev, spi);

	/* No input may be above a supply: AVDD comes before the references, and goes after them. */
	ret = ads1220_power_up(ads);
	if (ret)
		return ret;

	ret = ads1220_parse_references(ads);
	if (ret)
		return ret;

	ret = ads1220_parse_channels(ads);
	if (ret)
		return ret;

	ret = ads1220_setup_bus(ads);
	if (ret)
		return ret;

	ret = ads1220_setup_trigger(ads);
	if (ret)
		return ret;

	ret = ads1220_setup_buffer(ads);
	if (ret)
		return ret;

	ret = devm_iio_device_register(dev, indio_dev);
	if (ret)
		return ret;

	ads1220_add_counters(ads);
	pm_runtime_mark_last_busy(dev);
	pm_request_autosuspend(dev);
	return 0;
}

static int ads1220_runtime_suspend(struct device *dev)
{
	struct ads1220 *ads = dev_get_drvdata(dev);

	guard(mutex)(&ads->lock);

	if (!ads1220_power_down(ads))
		return 0;

	/* Any other error would stay with the device, and it could never be used again. */
	pm_runtime_mark_last_busy(dev);
	return -EBUSY;
}

/* The first register write wakes the chip. */
static int ads1220_runtime_resume(struct device *dev)
{
	return 0;
}

static int ads1220_suspend(struct device *dev)
{
	struct ads1220 *ads = dev_get_drvdata(dev);

	ads->paused = ads->capturing;
	if (ads->paused) {
		ads1220_stop_capture(ads);
		return 0;
	}

	/* A chip that stays awake is no reason to keep the system awake. */
	guard(mutex)(&ads->lock);
	ads1220_power_down(ads);
	return 0;
}

/* The chip may have lost its supply meanwhile. A capture begins anew, as after a fault. */
static int ads1220_resume(struct device *dev)
{
	struct ads1220 *ads = dev_get_drvdata(dev);

	guard(mutex)(&ads->lock);

	ads->awake = false;
	if (ads->paused) {
		ads->restarts = 0;
		ads->capturing = true;
		ads->watching = true;
		schedule_delayed_work(&ads->watchdog, 0);
	}
	return 0;
}

static const struct dev_pm_ops ads1220_pm_ops = {
	SYSTEM_SLEEP_PM_OPS(ads1220_suspend, ads1220_resume)
	RUNTIME_PM_OPS(ads1220_runtime_suspend, ads1220_runtime_resume, NULL)
};

static const struct of_device_id ads1220_of_match[] = {
	{ .compatible = "ti,ads1220" },
	{ }
};
MODULE_DEVICE_TABLE(of, ads1220_of_match);

static const struct spi_device_id ads1220_id[] = {
	{ .name = "ads1220" },
	{ }
};
MODULE_DEVICE_TABLE(spi, ads1220_id);

static struct spi_driver ads1220_driver = {
	.driver = {
		.name = "ti-ads1220",
		.of_match_table = ads1220_of_match,
		.pm = pm_ptr(&ads1220_pm_ops),
	},
	.probe = ads1220_probe,
	.id_table = ads1220_id,
};
module_spi_driver(ads1220_driver);

MODULE_DESCRIPTION("Texas Instruments ADS1220 ADC driver");
MODULE_LICENSE("GPL");
