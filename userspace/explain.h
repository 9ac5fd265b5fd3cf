/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What went wrong, what can be done about it, and with which status does the program end? */
#ifndef ADS1220_EXPLAIN_H
#define ADS1220_EXPLAIN_H

#include "iio.h"

#define PROGRAM "ads1220-read"

/* These numbers are promised to scripts. The number of a signal is added to EXIT_SIGNAL. */
enum exit_code {
	EXIT_OK = 0,
	EXIT_FAILED = 1,
	EXIT_MISUSE = 2,
	EXIT_NO_DEVICE = 3,
	EXIT_PERMISSION = 4,
	EXIT_BUSY = 5,
	EXIT_TIMEOUT = 6,
	EXIT_INVALID = 7,
	EXIT_SIGNAL = 128,
};

__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* The same hint twice in a row is given once. */
void hint(const char *text);

enum exit_code explain_memory(void);

/* What adc_open() returned, and what for; adc is as it left it. */
enum exit_code explain_open(enum adc_status status, int error, const struct adc *adc,
			    const char *uri, const char *device);

enum exit_code explain_reading(const struct adc *adc, const struct adc_channel *channel,
			       const char *attribute, int error);

/* An attribute that could not be set, or not be read to know what to set; channel may be NULL. */
enum exit_code explain_setting(const struct adc *adc, const struct adc_channel *channel,
			       const char *attribute, int error);

enum exit_code explain_capture(const struct adc *adc, int error);

/*
 * path is NULL for standard output. Says nothing where the reader has gone: the signal that ends
 * the program then is enough.
 */
enum exit_code explain_writing(const char *path, int error);

#endif
