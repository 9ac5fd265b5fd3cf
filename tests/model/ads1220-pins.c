// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ads1220-pins.c - what do the ADS1220's two outputs and its observers get to see?
 */
#include "ads1220-chip.h"

static const char *const misuse_texts[ADS1220_MISUSES] = {
	[ADS1220_MISUSE_MUX_RESERVED] = "MUX 15 is reserved: converting shorted inputs",
	[ADS1220_MISUSE_DR_RESERVED] = "DR 7 is reserved: converting at the rate of DR 6",
	[ADS1220_MISUSE_MODE_RESERVED] = "MODE 3 is reserved: converting in normal mode",
	[ADS1220_MISUSE_IMUX_RESERVED] = "IDAC route 7 is reserved: that current is off",
	[ADS1220_MISUSE_RESERVED_BIT] = "bit 0 of register 3 is reserved and must be written 0",
	[ADS1220_MISUSE_REJECTION] = "50/60 Hz rejection set at a rate where it has no effect",
	[ADS1220_MISUSE_NOT_BYPASSED] = "AINN is AVSS but PGA_BYPASS is not set",
	[ADS1220_MISUSE_GAIN_TO_AVSS] = "AINN is AVSS but the gain is above 4",
	[ADS1220_MISUSE_SWITCH_OPEN] = "PSW is set but no START/SYNC has closed the switch",
	[ADS1220_MISUSE_COMMON_MODE] = "common-mode input below AVSS + (AVDD - AVSS) / 4",
	[ADS1220_MISUSE_PGA_OUTPUT] = "PGA output within 0.2 V of a supply: it clips",
	[ADS1220_MISUSE_INPUT_RANGE] = "input more than 0.1 V beyond the supplies: it clips",
	[ADS1220_MISUSE_REFERENCE] = "reference below 0.75 V or beyond the supplies",
	[ADS1220_MISUSE_CLOCK] = "external clock outside 0.5 to 4.5 MHz",
	[ADS1220_MISUSE_DURING_RESET] = "clocked within 50 us + 32 t_CLK of a reset: ignored",
	[ADS1220_MISUSE_TOO_FAST] = "bus edges closer than the data sheet allows",
	[ADS1220_MISUSE_BEYOND_REGISTERS] = "register address above 3: ignored",
};

void ads1220_tell(struct ads1220_model *chip, int64_t at_ns, uint32_t faults)
{
	unsigned int misuse;

	faults &= ~chip->told;
	chip->told |= faults;
	if (!chip->environment.warn)
		return;
	for (misuse = 0; misuse < ADS1220_MISUSES; misuse++) {
		if (faults & ADS1220_FAULT(misuse))
			chip->environment.warn(chip->environment.opaque, at_ns,
					       misuse_texts[misuse]);
	}
}

static void tell_pin(struct ads1220_model *chip, enum ads1220_model_pin pin, int64_t at_ns,
		     int level)
{
	if (chip->environment.pin)
		chip->environment.pin(chip->environment.opaque, pin, at_ns, level);
}

static int dout_level(const struct ads1220_model *chip)
{
	if (!chip->powered || chip->spi.cs)
		return ADS1220_MODEL_HIGH_Z;
	if (!chip->spi.parked)
		return chip->spi.bit_out;
	/* SBAS501 section 8.5.1.5: with DRDYM set DOUT shows what DRDY shows. */
	return ADS1220_DRDYM(chip->registers) ? chip->drdy : 1;
}

void ads1220_show_dout(struct ads1220_model *chip, int64_t at_ns)
{
	int level = dout_level(chip);

	if (level == chip->dout)
		return;
	chip->dout = level;
	tell_pin(chip, ADS1220_MODEL_DOUT, at_ns, level);
}

void ads1220_set_drdy(struct ads1220_model *chip, int64_t at_ns, int level)
{
	if (level != chip->drdy) {
		chip->drdy = level;
		chip->counters.drdy_falls += !level;
		tell_pin(chip, ADS1220_MODEL_DRDY, at_ns, level);
	}
	ads1220_show_dout(chip, at_ns);
}

/* A result is read, unread, waiting, or on its way out while a newer one waits. */
void ads1220_count_unread(struct ads1220_model *chip)
{
	const struct ads1220_spi *spi = &chip->spi;
	bool waiting = chip->serial_read < chip->serial;
	bool direct = !spi->cs && spi->data_bits && spi->data_bits < ADS1220_RESULT_BITS &&
		      spi->data_serial > chip->serial_read && spi->data_serial < chip->serial;
	bool answered = !spi->cs && spi->state == ADS1220_SPI_RDATA &&
			spi->answer_serial > chip->serial_read &&
			spi->answer_serial < chip->serial;

	chip->counters.unread = chip->counters.conversions - chip->counters.reads - waiting -
				(direct || answered);
}
