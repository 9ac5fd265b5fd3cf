/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ads1220-inputs.h - what is wired to the chip's analog pins, and what that puts on them
 */
#ifndef ADS1220_INPUTS_H
#define ADS1220_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ads1220-model.h"

#define ADS1220_INPUTS_AIN	4

enum ads1220_source_kind {
	ADS1220_SOURCE_OPEN,
	ADS1220_SOURCE_VOLTS,
	ADS1220_SOURCE_OHMS,
};

struct ads1220_source {
	enum ads1220_source_kind kind;
	int64_t value;			/* nV, or mOhm */
};

struct ads1220_recording;

struct ads1220_inputs {
	/* Ohms on AINn go to REFP0 where REF0 is in ohms, to AVSS where it is not. */
	struct ads1220_source ain[ADS1220_INPUTS_AIN];
	struct ads1220_source ref0;	/* from REFP0 to REFN0, which is at AVSS */
	struct ads1220_source ref1;	/* from AIN0 to AIN3, in place of what ain[0] says */
	int64_t avdd_nv;
	int64_t die_udegc;
	struct ads1220_recording *recording;	/* in place of all ain[], or NULL */
	int64_t recording_start_ns;
};

/* Each returns NULL, or what is wrong with @text in words that go behind "'TEXT' ". */
const char *ads1220_source_parse(const char *text, struct ads1220_source *source);
const char *ads1220_volts_parse(const char *text, int64_t *nv);
const char *ads1220_decimal_parse(const char *text, int64_t *billionths);

/* Returns NULL with @error filled where @path is no such recording. */
struct ads1220_recording *ads1220_recording_load(const char *path, char *error, size_t size);
void ads1220_recording_free(struct ads1220_recording *recording);

/* The means over [from_ns, to_ns] of all that stands on the pins while the chip drives them so. */
void ads1220_inputs_mean(const struct ads1220_inputs *inputs, int64_t from_ns, int64_t to_ns,
			 const struct ads1220_model_drive *drive,
			 struct ads1220_model_inputs *means);

#endif
