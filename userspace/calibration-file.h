/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where is the calibration file, and how does it change without ever being half written?
 *
 * Without a path, a person's own ~/.config/ads1220/cal.conf goes before /etc/ads1220/cal.conf,
 * label by label; root changes the latter, anybody else the former.
 */
#ifndef ADS1220_CALIBRATION_FILE_H
#define ADS1220_CALIBRATION_FILE_H

#include "calibration.h"

/* What is wrong, with the file and line, and the next thing to do. */
struct calibration_fault {
	char what[512];
	char hint[256];
};

/* A file that is not there has no labels, where it was not named or may be missing. */
enum calibration_status calibration_load(const char *path, bool may_be_missing, const char *label,
					 struct calibration *calibration,
					 struct calibration_fault *fault);

/*
 * Adds or replaces one label. The new file has the old one's name only once it is on the disk, and
 * of two that change it at the same time, the second waits.
 */
bool calibration_save(const char *path, const char *label, const struct calibration *calibration,
		      struct calibration_fault *fault);

#endif
