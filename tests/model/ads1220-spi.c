// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-spi.c - what does an ADS1220 understand of CS, SCLK and DIN, and what does it answer?
 *
 * Data comes out on rising edges of SCLK and is taken in on falling ones (SPI mode 1). An edge that
 * comes too early is not seen, as if the pulse had been too short: the bits after it are off.
 */
#include "ads1220-chip.h"

/* SBAS501 section 6.6 */
#define SCLK_PERIOD_NS		150
#define SCLK_LEVEL_NS		60
#define CS_TO_SCLK_NS		50
#define CS_HIGH_NS		50
#define DIN_SETUP_NS		50
#define DIN_HOLD_NS		25	/* and SCLK to CS: until then a bit can be lost */

static void too_fast(struct ads1220_model *chip, int64_t at_ns)
{
	chip->counters.too_fast++;
	ads1220_tell(chip, at_ns, ADS1220_FAULT(ADS1220_MISUSE_TOO_FAST));
}

/*
 * Reading: every frame, and every result that comes while none is being read, is read from its
 * first bit; a result can be read again in another frame.
 */
static void load_data(struct ads1220_model *chip)
{
	struct ads1220_spi *spi = &chip->spi;

	spi->data = chip->result << (32 - ADS1220_RESULT_BITS);
	spi->data_serial = chip->serial;
	spi->data_bits = 0;
	spi->commanded = false;
}

static void end_command(struct ads1220_model *chip)
{
	chip->spi.state = ADS1220_SPI_COMMAND;
	chip->spi.newer_waits = false;
	chip->due_ns[ADS1220_EVENT_TIMEOUT] = ADS1220_MODEL_NEVER;
}

/* CS high, the time-out and a reset leave the interface like this. */
void ads1220_spi_clear(struct ads1220_model *chip, int64_t at_ns)
{
	chip->due_ns[ADS1220_EVENT_BIT] = ADS1220_MODEL_NEVER;
	chip->spi.bits_in = 0;
	end_command(chip);
	load_data(chip);
	chip->spi.parked = true;
	ads1220_count_unread(chip);
	ads1220_show_dout(chip, at_ns);
}

/*
 * SBAS501 section 8.5.1.6: RREG and WREG are complete with their last register byte. Reading: RDATA
 * is with its last data bit, and the time counts from the first rising edge of the command.
 */
void ads1220_spi_timeout(struct ads1220_model *chip, int64_t at_ns)
{
	chip->counters.timeouts++;
	ads1220_spi_clear(chip, at_ns);
}

static bool answering(const struct ads1220_spi *spi)
{
	return spi->state == ADS1220_SPI_RDATA || spi->state == ADS1220_SPI_RREG;
}

/*
 * Reading: a read is under way from its first bit to its last; but between two bytes no longer if a
 * command was among them: with CS tied low it only happened to shift data out.
 */
static bool read_under_way(const struct ads1220_spi *spi)
{
	if (!spi->data_bits || spi->data_bits >= ADS1220_RESULT_BITS)
		return false;
	return !spi->commanded || spi->bits_in || spi->state == ADS1220_SPI_WREG;
}

/*
 * A result that comes in the middle of a direct read: SBAS501 section 8.5.4 promises no corruption
 * only for reads that begin as DRDY falls. Reading: the old one goes on to its end, or
 * (straddling_read_corrupts) the new one's bits come from where the old one was.
 */
void ads1220_spi_new_result(struct ads1220_model *chip)
{
	struct ads1220_spi *spi = &chip->spi;

	if (spi->state == ADS1220_SPI_RDATA)
		spi->newer_waits = true;
	if (!read_under_way(spi)) {
		load_data(chip);
		if (ADS1220_DRDYM(chip->registers) && !answering(spi))
			spi->parked = true;
	} else if (chip->params.straddling_read_corrupts) {
		spi->data = (chip->result << (32 - ADS1220_RESULT_BITS)) << spi->data_bits;
		spi->data_serial = 0;
	}
}

static void start_sync(struct ads1220_model *chip, int64_t at_ns)
{
	ads1220_convert_start_sync(chip, at_ns);
	end_command(chip);
}

static void power_down(struct ads1220_model *chip, int64_t at_ns)
{
	ads1220_convert_power_down(chip, at_ns);
	end_command(chip);
}

/* An answer takes the place of what is left of a direct read: SBAS501 section 8.5.5. */
static void answer(struct ads1220_model *chip, enum ads1220_spi_state state, uint32_t bits,
		   unsigned int count)
{
	chip->spi.state = state;
	chip->spi.answer = bits;
	chip->spi.answer_bits = count;
	chip->spi.data_bits = ADS1220_RESULT_BITS;
}

static void rdata(struct ads1220_model *chip, int64_t at_ns)
{
	(void)at_ns;
	answer(chip, ADS1220_SPI_RDATA, chip->result << (32 - ADS1220_RESULT_BITS),
	       ADS1220_RESULT_BITS);
	chip->spi.answer_serial = chip->serial;
}

/* Reading: there is nothing beyond register 3; it reads as 0 and swallows writes. */
static void rreg(struct ads1220_model *chip, int64_t at_ns)
{
	uint8_t byte = chip->spi.byte_in;
	unsigned int address = byte >> 2 & 3, count = (byte & 3) + 1, i;
	uint32_t bits = 0;

	for (i = 0; i < count && address + i < ADS1220_REGISTERS; i++)
		bits |= (uint32_t)chip->registers[address + i] << (24 - 8 * i);
	if (address + count > ADS1220_REGISTERS)
		ads1220_tell(chip, at_ns, ADS1220_FAULT(ADS1220_MISUSE_BEYOND_REGISTERS));
	answer(chip, ADS1220_SPI_RREG, bits, 8 * count);
}

static void wreg(struct ads1220_model *chip, int64_t at_ns)
{
	(void)at_ns;
	chip->spi.state = ADS1220_SPI_WREG;
	chip->spi.address = chip->spi.byte_in >> 2 & 3;
	chip->spi.bytes_left = (chip->spi.byte_in & 3) + 1;
}

/* SBAS501 section 8.5.3 */
static const struct {
	uint8_t mask, value;
	void (*run)(struct ads1220_model *chip, int64_t at_ns);
} commands[] = {
	{ 0xfe, 0x02, power_down },
	{ 0xfe, 0x06, ads1220_reset },
	{ 0xfe, 0x08, start_sync },
	{ 0xf0, 0x10, rdata },
	{ 0xf0, 0x20, rreg },
	{ 0xf0, 0x40, wreg },
};

/* DIN is low while data is clocked out: 00h is no command and not a bad one either. */
static void take_command(struct ads1220_model *chip, int64_t at_ns, uint8_t byte)
{
	unsigned int i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if ((byte & commands[i].mask) != commands[i].value)
			continue;
		chip->counters.commands++;
		chip->spi.commanded = true;
		commands[i].run(chip, at_ns);
		return;
	}
	chip->counters.bad_commands += byte != 0;
	end_command(chip);
}

static void take_register(struct ads1220_model *chip, int64_t at_ns, uint8_t byte)
{
	struct ads1220_spi *spi = &chip->spi;

	if (spi->address < ADS1220_REGISTERS)
		ads1220_convert_write(chip, at_ns, spi->address, byte);
	else
		ads1220_tell(chip, at_ns, ADS1220_FAULT(ADS1220_MISUSE_BEYOND_REGISTERS));
	spi->address++;
	if (!--spi->bytes_left)
		end_command(chip);
}

static void take_byte(struct ads1220_model *chip, int64_t at_ns)
{
	uint8_t byte = chip->spi.byte_in;

	chip->counters.bytes++;
	switch (chip->spi.state) {
	case ADS1220_SPI_COMMAND:
		take_command(chip, at_ns, byte);
		break;
	case ADS1220_SPI_WREG:
		take_register(chip, at_ns, byte);
		break;
	case ADS1220_SPI_RREG:
	case ADS1220_SPI_RDATA:
		if (!chip->spi.answer_bits)
			end_command(chip);
		break;
	}
}

/* The bit of the last falling edge has been held; what it does, it did at that edge. */
void ads1220_spi_take_bit(struct ads1220_model *chip, int64_t at_ns)
{
	struct ads1220_spi *spi = &chip->spi;

	(void)at_ns;
	spi->byte_in = (uint8_t)(spi->byte_in << 1 | spi->pending_bit);
	if (++spi->bits_in < 8)
		return;
	spi->bits_in = 0;
	take_byte(chip, spi->sclk_fell_ns);
}

static void count_read(struct ads1220_model *chip, uint64_t serial)
{
	if (serial > chip->serial_read) {
		chip->counters.reads++;
		chip->serial_read = serial;
	}
	ads1220_count_unread(chip);
}

static void shift_answer(struct ads1220_model *chip)
{
	struct ads1220_spi *spi = &chip->spi;

	spi->bit_out = (int)(spi->answer >> 31);
	spi->answer <<= 1;
	if (!--spi->answer_bits && spi->state == ADS1220_SPI_RDATA)
		count_read(chip, spi->answer_serial);
}

/* SBAS501 section 8.5.4: what is clocked after the 24th bit is 1. */
static void shift_data(struct ads1220_model *chip)
{
	struct ads1220_spi *spi = &chip->spi;

	if (spi->data_bits >= ADS1220_RESULT_BITS) {
		spi->parked = true;
		return;
	}
	spi->bit_out = (int)(spi->data >> 31);
	spi->data <<= 1;
	spi->data_bits++;
	if (spi->data_bits == ADS1220_RESULT_BITS)
		count_read(chip, spi->data_serial);
}

static void arm_timeout(struct ads1220_model *chip, int64_t at_ns)
{
	bool turbo = ADS1220_MODE(chip->registers) == ADS1220_MODE_TURBO;
	int64_t ticks = turbo ? chip->params.timeout_tmod_turbo : chip->params.timeout_tmod_normal;

	if (chip->due_ns[ADS1220_EVENT_TIMEOUT] != ADS1220_MODEL_NEVER)
		return;
	chip->spi.command_ns = at_ns;
	ticks *= ads1220_modulator_ticks(chip->registers);
	if (chip->clock_hz)
		chip->due_ns[ADS1220_EVENT_TIMEOUT] =
			at_ns + ads1220_ticks_to_ns(ticks, chip->clock_hz);
}

/* SBAS501 section 8.5.1.3: the first clock raises DRDY, but not for a result RDATA did not get. */
static void rise(struct ads1220_model *chip, int64_t at_ns)
{
	struct ads1220_spi *spi = &chip->spi;

	spi->frame_clocks++;
	arm_timeout(chip, at_ns);
	spi->parked = false;
	if (answering(spi))
		shift_answer(chip);
	else
		shift_data(chip);
	if (spi->newer_waits)
		ads1220_show_dout(chip, at_ns);
	else
		ads1220_set_drdy(chip, at_ns, 1);
}

static void fall(struct ads1220_model *chip, int64_t at_ns)
{
	struct ads1220_spi *spi = &chip->spi;

	spi->pending_bit = spi->din;
	if (at_ns - spi->din_changed_ns < DIN_SETUP_NS) {
		too_fast(chip, at_ns);
		spi->pending_bit = !spi->din;
	}
	chip->due_ns[ADS1220_EVENT_BIT] = at_ns + DIN_HOLD_NS;
}

static bool too_early(const struct ads1220_spi *spi, int64_t now_ns, int level)
{
	if (!level)
		return now_ns - spi->sclk_rose_ns < SCLK_LEVEL_NS;
	return now_ns - spi->sclk_fell_ns < SCLK_LEVEL_NS ||
	       now_ns - spi->sclk_rose_ns < SCLK_PERIOD_NS ||
	       now_ns - spi->cs_fell_ns < CS_TO_SCLK_NS;
}

void ads1220_model_set_sclk(struct ads1220_model *chip, int64_t now_ns, int level)
{
	struct ads1220_spi *spi = &chip->spi;

	ads1220_live_until(chip, now_ns);
	now_ns = chip->now_ns;
	level = !!level;
	if (level == spi->sclk)
		return;
	spi->sclk = level;
	if (!chip->powered || spi->cs || level == spi->sclk_seen)
		return;
	if (too_early(spi, now_ns, level)) {
		too_fast(chip, now_ns);
		return;
	}
	spi->sclk_seen = level;
	*(level ? &spi->sclk_rose_ns : &spi->sclk_fell_ns) = now_ns;
	if (now_ns < chip->reset_until_ns)
		ads1220_tell(chip, now_ns, ADS1220_FAULT(ADS1220_MISUSE_DURING_RESET));
	else if (level)
		rise(chip, now_ns);
	else
		fall(chip, now_ns);
}

void ads1220_model_set_din(struct ads1220_model *chip, int64_t now_ns, int level)
{
	struct ads1220_spi *spi = &chip->spi;

	ads1220_live_until(chip, now_ns);
	level = !!level;
	if (level == spi->din)
		return;
	spi->din = level;
	spi->din_changed_ns = chip->now_ns;
	if (chip->due_ns[ADS1220_EVENT_BIT] == ADS1220_MODEL_NEVER)
		return;
	too_fast(chip, chip->now_ns);
	spi->pending_bit = level;
}

static void cs_rises(struct ads1220_model *chip, int64_t now_ns)
{
	struct ads1220_spi *spi = &chip->spi;

	spi->cs_rose_ns = now_ns;
	chip->counters.frames += spi->frame_clocks != 0;
	spi->frame_clocks = 0;
	if (chip->due_ns[ADS1220_EVENT_BIT] != ADS1220_MODEL_NEVER)
		too_fast(chip, now_ns);
	chip->due_ns[ADS1220_EVENT_BIT] = ADS1220_MODEL_NEVER;
	chip->due_ns[ADS1220_EVENT_TIMEOUT] = ADS1220_MODEL_NEVER;
	ads1220_count_unread(chip);
	ads1220_show_dout(chip, now_ns);
}

/* The interface is cleared here rather than as CS rises: a pulse too short does not clear it. */
static void cs_falls(struct ads1220_model *chip, int64_t now_ns)
{
	struct ads1220_spi *spi = &chip->spi;

	spi->cs_fell_ns = now_ns;
	spi->sclk_seen = spi->sclk;
	if (now_ns - spi->cs_rose_ns >= CS_HIGH_NS) {
		ads1220_spi_clear(chip, now_ns);
		return;
	}
	too_fast(chip, now_ns);
	ads1220_show_dout(chip, now_ns);
}

void ads1220_model_set_cs(struct ads1220_model *chip, int64_t now_ns, int level)
{
	ads1220_live_until(chip, now_ns);
	level = !!level;
	if (level == chip->spi.cs)
		return;
	chip->spi.cs = level;
	if (!chip->powered)
		return;
	if (level)
		cs_rises(chip, chip->now_ns);
	else
		cs_falls(chip, chip->now_ns);
}
