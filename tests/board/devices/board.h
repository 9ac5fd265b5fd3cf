/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * board.h - how does a host test get at the emulated board, with no guest and time at a stand?
 *
 * QEMU's qtest protocol: registers are read and written, time moves only by board_step(). Register
 * addresses and bits are those of the Allwinner H3 data sheet 1.2, pins those of the Orange Pi.
 * Anything that goes wrong with the protocol itself ends the program with a word.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOARD_NS_PER_US	1000LL
#define BOARD_NS_PER_MS	1000000LL

/* CCU */
#define CCU			0x01c20000
#define CCU_PLL_PERIPH0		(CCU + 0x28)
#define CCU_PLL_PERIPH1		(CCU + 0x44)
#define CCU_BUS_GATE0		(CCU + 0x60)
#define CCU_BUS_GATE2		(CCU + 0x68)
#define CCU_SPI_CLK(n)		(CCU + 0xa0 + 4 * (n))
#define CCU_BUS_RESET0		(CCU + 0x2c0)
#define CCU_SPI_BIT(n)		(1u << (20 + (n)))
#define CCU_PIO_BIT		(1u << 5)
#define SPI_CLK_ON		(1u << 31)
#define SPI_CLK_PERIPH0		(1u << 24)
#define SPI_CLK_PERIPH1		(2u << 24)

/* PIO and R_PIO; port 0 is A, or L in R_PIO */
#define PIO			0x01c20800
#define R_PIO			0x01f02c00
#define PORT_A			0
#define PORT_C			2
#define PORT_D			3
#define PORT_E			4
#define PORT_F			5
#define PORT_G			6
#define PORT_CFG(port, n)	((port) * 0x24 + 4 * (n))
#define PORT_DAT(port)		((port) * 0x24 + 0x10)
#define PORT_DRV(port, n)	((port) * 0x24 + 0x14 + 4 * (n))
#define PORT_PUL(port, n)	((port) * 0x24 + 0x1c + 4 * (n))
#define EINT_CFG(bank, n)	(0x200 + 0x20 * (bank) + 4 * (n))
#define EINT_CTL(bank)		(0x210 + 0x20 * (bank))
#define EINT_STA(bank)		(0x214 + 0x20 * (bank))
#define EINT_DEB(bank)		(0x218 + 0x20 * (bank))
#define FUNCTION_IN		0
#define FUNCTION_OUT		1
#define FUNCTION_EINT		6
#define FUNCTION_OFF		7
#define PULL_NONE		0
#define PULL_UP			1
#define PULL_DOWN		2

/* SPI */
#define SPI(n)			(0x01c68000 + 0x1000 * (n))
#define SPI_GCR			0x04
#define   GCR_EN		(1u << 0)
#define   GCR_MASTER		(1u << 1)
#define   GCR_TP_EN		(1u << 7)
#define   GCR_SRST		(1u << 31)
#define SPI_TCR			0x08
#define   TCR_CPHA		(1u << 0)
#define   TCR_CPOL		(1u << 1)
#define   TCR_SPOL		(1u << 2)
#define   TCR_SSCTL		(1u << 3)
#define   TCR_SS(n)		((uint32_t)(n) << 4)
#define   TCR_SS_OWNER		(1u << 6)
#define   TCR_SS_LEVEL		(1u << 7)
#define   TCR_DHB		(1u << 8)
#define   TCR_DDB		(1u << 9)
#define   TCR_FBS		(1u << 12)
#define   TCR_XCH		(1u << 31)
#define SPI_IER			0x10
#define SPI_ISR			0x14
#define   INT_RX_RDY		(1u << 0)
#define   INT_RX_EMP		(1u << 1)
#define   INT_RX_FUL		(1u << 2)
#define   INT_TX_RDY		(1u << 4)
#define   INT_TX_EMP		(1u << 5)
#define   INT_TX_FUL		(1u << 6)
#define   INT_RX_OVF		(1u << 8)
#define   INT_RX_UDR		(1u << 9)
#define   INT_TX_OVF		(1u << 10)
#define   INT_TX_UDR		(1u << 11)
#define   INT_TC		(1u << 12)
#define SPI_FCR			0x18
#define   FCR_RX_RST		(1u << 15)
#define   FCR_TX_RST		(1u << 31)
#define SPI_FSR			0x1c
#define SPI_WCR			0x20
#define SPI_CCR			0x24
#define   CCR_DRS		(1u << 12)
#define SPI_MBC			0x30
#define SPI_MTC			0x34
#define SPI_BCC			0x38
#define SPI_TXD			0x200
#define SPI_RXD			0x300

/* GIC inputs */
#define IRQ_PA_EINT		11
#define IRQ_PG_EINT		17
#define IRQ_PL_EINT		45
#define IRQ_SPI(n)		(65 + (n))

#define CHIP			"/machine/ads1220"

/* A fresh board; @arguments are the emulator's own, up to a NULL. */
void board_start(const char *const *arguments);
void board_stop(void);

uint32_t board_read(uint64_t address);
uint8_t board_read8(uint64_t address);
uint16_t board_read16(uint64_t address);
void board_write(uint64_t address, uint32_t value);
void board_write8(uint64_t address, uint8_t value);
void board_write16(uint64_t address, uint16_t value);

int64_t board_now(void);
void board_step(int64_t ns);
void board_step_to(int64_t at_ns);

/* Whether this input of the interrupt controller is up, and how often it has gone up. */
bool board_irq(unsigned int number);
unsigned int board_irq_rises(unsigned int number);

/* What is soldered to a pin: 0, 1, or -1 to let go. */
void board_drive(char port, unsigned int number, int level);

/* A pin's function and pull; @base is PIO or R_PIO. */
void board_mux(uint32_t base, unsigned int port, unsigned int number, unsigned int function);
void board_pull(uint32_t base, unsigned int port, unsigned int number, unsigned int pull);
int board_pin(uint32_t base, unsigned int port, unsigned int number);

/* Sets a property to a JSON value; NULL, or what the emulator said against it. */
const char *board_set(const char *path, const char *property, const char *json);
/* A property's JSON value, or of a structure one member's. */
const char *board_get(const char *path, const char *property);
int64_t board_counter(const char *path, const char *name);

/* What the emulator says when it will not even start so. */
const char *board_refusal(const char *const *arguments);

/* Clocks, gates and all four pins of a bus, 1 MHz from 24 MHz, mode 1, select high. */
#define BOARD_SPI_HZ		1000000
#define BOARD_SPI_BYTE_NS	8000
void board_spi_open(unsigned int bus);
void board_spi_mux(unsigned int bus, unsigned int function);
/* Loads and starts a transfer of one burst without waiting for its end; no interrupt is enabled. */
void board_spi_begin(unsigned int bus, const uint8_t *tx, size_t count);
/* The same with select down before and up after, waited for; @rx may be NULL. */
void board_spi_transfer(unsigned int bus, const uint8_t *tx, uint8_t *rx, size_t count);
void board_spi_select(unsigned int bus, int level);

#endif
