/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220-chip.h - what the parts of the ADS1220 model know of each other
 *
 * Private to tests/model/. "SBAS501" in the sources is the chip's data sheet, revision B unless a
 * letter says otherwise; "reading" marks what the data sheet leaves open and what was chosen.
 */
#ifndef ADS1220_CHIP_H
#define ADS1220_CHIP_H

#include "ads1220-model.h"

#define ADS1220_NS_PER_S	INT64_C(1000000000)
#define ADS1220_LONG_AGO	(INT64_MIN / 4)

#define ADS1220_REGISTERS	4
#define ADS1220_RESULT_BITS	24

/* SBAS501 section 8.6, register 0 */
#define ADS1220_MUX(regs)		((regs)[0] >> 4)
#define   ADS1220_MUX_TO_AVSS_FIRST	8
#define   ADS1220_MUX_TO_AVSS_LAST	11
#define   ADS1220_MUX_REFERENCE		12
#define   ADS1220_MUX_SUPPLY		13
#define   ADS1220_MUX_SHORTED		14
#define   ADS1220_MUX_RESERVED		15
#define ADS1220_GAIN_LOG2(regs)		(((regs)[0] >> 1) & 7)
#define ADS1220_PGA_BYPASS(regs)	((regs)[0] & 1)
/* register 1 */
#define ADS1220_DR(regs)		((regs)[1] >> 5)
#define ADS1220_MODE(regs)		(((regs)[1] >> 3) & 3)
#define   ADS1220_MODE_NORMAL		0
#define   ADS1220_MODE_DUTY_CYCLE	1
#define   ADS1220_MODE_TURBO		2
#define   ADS1220_MODE_RESERVED		3
#define ADS1220_CM(regs)		(((regs)[1] >> 2) & 1)
#define ADS1220_TS(regs)		(((regs)[1] >> 1) & 1)
#define ADS1220_BCS(regs)		((regs)[1] & 1)
/* register 2 */
#define ADS1220_VREF(regs)		((regs)[2] >> 6)
#define   ADS1220_VREF_INTERNAL		0
#define   ADS1220_VREF_REF0		1
#define   ADS1220_VREF_REF1		2
#define   ADS1220_VREF_SUPPLY		3
#define ADS1220_REJECTION(regs)		(((regs)[2] >> 4) & 3)
#define ADS1220_PSW(regs)		(((regs)[2] >> 3) & 1)
#define ADS1220_IDAC(regs)		((regs)[2] & 7)
/* register 3 */
#define ADS1220_I1MUX(regs)		((regs)[3] >> 5)
#define ADS1220_I2MUX(regs)		(((regs)[3] >> 2) & 7)
#define   ADS1220_IMUX_RESERVED		7
#define ADS1220_DRDYM(regs)		(((regs)[3] >> 1) & 1)
#define ADS1220_RESERVED_BIT(regs)	((regs)[3] & 1)

/* What the chip does by itself when its time has come; earlier in the list goes first. */
enum ads1220_event {
	ADS1220_EVENT_BIT,		/* DIN's bit is held long enough */
	ADS1220_EVENT_CLOCK,		/* second rising edge of an external clock */
	ADS1220_EVENT_IDAC,		/* the excitation currents stand */
	ADS1220_EVENT_PULSE,		/* DRDY high before new data when the old stay unread */
	ADS1220_EVENT_RESULT,		/* a conversion ends */
	ADS1220_EVENT_TIMEOUT,		/* of an incomplete command */
	ADS1220_EVENTS,
};

/* Uses the data sheet forbids; each is told once per setting. */
enum ads1220_misuse {
	ADS1220_MISUSE_MUX_RESERVED,
	ADS1220_MISUSE_DR_RESERVED,
	ADS1220_MISUSE_MODE_RESERVED,
	ADS1220_MISUSE_IMUX_RESERVED,
	ADS1220_MISUSE_RESERVED_BIT,
	ADS1220_MISUSE_REJECTION,
	ADS1220_MISUSE_NOT_BYPASSED,
	ADS1220_MISUSE_GAIN_TO_AVSS,
	ADS1220_MISUSE_SWITCH_OPEN,
	ADS1220_MISUSE_COMMON_MODE,
	ADS1220_MISUSE_PGA_OUTPUT,
	ADS1220_MISUSE_INPUT_RANGE,
	ADS1220_MISUSE_REFERENCE,
	ADS1220_MISUSE_CLOCK,
	ADS1220_MISUSE_DURING_RESET,
	ADS1220_MISUSE_TOO_FAST,
	ADS1220_MISUSE_BEYOND_REGISTERS,
	ADS1220_MISUSES,
};

#define ADS1220_FAULT(misuse)	(UINT32_C(1) << (misuse))

enum ads1220_spi_state {
	ADS1220_SPI_COMMAND,		/* the next byte is a command */
	ADS1220_SPI_WREG,
	ADS1220_SPI_RREG,
	ADS1220_SPI_RDATA,
};

struct ads1220_spi {
	int cs, sclk, din;		/* the lines */
	int sclk_seen;			/* as the chip saw it: no pulse too short */
	int64_t cs_rose_ns, cs_fell_ns, sclk_rose_ns, sclk_fell_ns, din_changed_ns;
	int64_t command_ns;		/* first rising edge of the command under way */
	uint64_t frame_clocks;
	enum ads1220_spi_state state;
	int pending_bit;		/* until EVENT_BIT */
	unsigned int bits_in;
	uint8_t byte_in;
	unsigned int address, bytes_left;	/* of WREG */
	uint32_t answer;		/* of RREG and RDATA, next bit on top */
	unsigned int answer_bits;
	uint64_t answer_serial;
	/* the direct read */
	uint32_t data;
	unsigned int data_bits;		/* of it already out */
	uint64_t data_serial;
	bool commanded;			/* a command was completed since data was loaded */
	bool parked;			/* DOUT shows no data bit */
	bool newer_waits;		/* a result came in the middle of an RDATA answer */
	int bit_out;
};

struct ads1220_conversion {
	bool running;
	bool once;
	bool sleep_after;
	int64_t base_ns;		/* the chain's ticks count from here, exact for ever */
	int64_t start_ticks, end_ticks;	/* the filter's window */
	int64_t sampled_to_ns;
	int64_t weight_ns;
	struct ads1220_model_inputs mean;
};

struct ads1220_model {
	struct ads1220_model_params params;
	struct ads1220_model_environment environment;
	struct ads1220_model_counters counters;
	bool powered;
	bool asleep;			/* POWERDOWN in force */
	bool free_running;		/* START/SYNC was given with CM = 1 */
	bool woken_by_write;
	bool switch_closed;
	bool external_clock;
	uint32_t clock_hz;		/* 0: stands still */
	int64_t now_ns;
	int64_t reset_until_ns;
	int64_t idle_since_ns;
	int64_t oscillator_on_ns;	/* the internal one began to start */
	int64_t due_ns[ADS1220_EVENTS];
	uint8_t registers[ADS1220_REGISTERS];
	unsigned int idac_now;		/* IDAC code that acts */
	struct ads1220_model_drive drive;
	uint32_t result;
	uint64_t serial;		/* of result; 0: there is none */
	uint64_t serial_read;
	uint32_t told;			/* misuses */
	uint64_t random;
	int drdy, dout;
	struct ads1220_spi spi;
	struct ads1220_conversion conversion;
};

/* ads1220-timing.c */
int64_t ads1220_ticks_to_ns(int64_t ticks, uint32_t hz);
int64_t ads1220_ns_to_ticks(int64_t ns, uint32_t hz);
uint32_t ads1220_filter_ticks(const uint8_t *registers);
uint32_t ads1220_period_ticks(const uint8_t *registers);
uint32_t ads1220_single_ticks(const uint8_t *registers);
uint32_t ads1220_start_ticks(const uint8_t *registers);
uint32_t ads1220_modulator_ticks(const uint8_t *registers);

/* ads1220-noise.c */
uint32_t ads1220_noise_nv(const uint8_t *registers, unsigned int gain_log2, bool bypassed);
int64_t ads1220_noise_draw(uint64_t *random, uint32_t rms_nv);

/* ads1220-analog.c */
uint32_t ads1220_setting_faults(const uint8_t *registers);
void ads1220_analog_drive(const uint8_t *registers, unsigned int idac,
			  struct ads1220_model_drive *drive);
uint32_t ads1220_analog_code(const uint8_t *registers, const struct ads1220_model_params *params,
			     const struct ads1220_model_inputs *inputs, uint64_t *random,
			     uint32_t *faults);

/* ads1220-convert.c */
void ads1220_convert_start(struct ads1220_model *chip, int64_t at_ns, bool once);
void ads1220_convert_power_up(struct ads1220_model *chip, int64_t at_ns);
void ads1220_convert_pulse(struct ads1220_model *chip, int64_t at_ns);
void ads1220_convert_result(struct ads1220_model *chip, int64_t at_ns);
void ads1220_convert_start_sync(struct ads1220_model *chip, int64_t at_ns);
void ads1220_convert_power_down(struct ads1220_model *chip, int64_t at_ns);
void ads1220_convert_write(struct ads1220_model *chip, int64_t at_ns, unsigned int address,
			   uint8_t value);
void ads1220_convert_idac(struct ads1220_model *chip, int64_t at_ns);
void ads1220_convert_set_clock(struct ads1220_model *chip, int64_t at_ns, uint32_t hz);
void ads1220_convert_clear(struct ads1220_model *chip, int64_t at_ns);

/* ads1220-spi.c */
void ads1220_spi_clear(struct ads1220_model *chip, int64_t at_ns);
void ads1220_spi_take_bit(struct ads1220_model *chip, int64_t at_ns);
void ads1220_spi_timeout(struct ads1220_model *chip, int64_t at_ns);
void ads1220_spi_new_result(struct ads1220_model *chip);

/* ads1220-pins.c */
void ads1220_set_drdy(struct ads1220_model *chip, int64_t at_ns, int level);
void ads1220_show_dout(struct ads1220_model *chip, int64_t at_ns);
void ads1220_count_unread(struct ads1220_model *chip);
void ads1220_tell(struct ads1220_model *chip, int64_t at_ns, uint32_t faults);

/* ads1220-model.c */
void ads1220_live_until(struct ads1220_model *chip, int64_t now_ns);
void ads1220_reset(struct ads1220_model *chip, int64_t at_ns);

#endif
