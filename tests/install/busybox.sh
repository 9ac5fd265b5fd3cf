# SPDX-License-Identifier: GPL-2.0-or-later
# Does the same come out where every program is busybox's, as on the emulated board?
# shellcheck shell=sh

# with_busybox NAME PROGRAM: a program of that name that runs PROGRAM with nothing but busybox
with_busybox() {
	printf '#!/bin/sh\nPATH=%s exec sh %s "$@"\n' "$SCRATCH/applets" "$2" > "$SCRATCH/$1"
	chmod +x "$SCRATCH/$1"
}

make_applets() {
	mkdir "$SCRATCH/applets"
	busybox --list | while read -r applet; do
		ln -s "$(command -v busybox)" "$SCRATCH/applets/$applet"
	done
}

try_busybox() {
	if ! command -v busybox > "$SCRATCH/log"; then
		skip busybox_does_the_same "there is no busybox: apt-get install busybox"
		return
	fi
	make_applets
	with_busybox filter "$FILTER"
	with_busybox setup "$SETUP"
	own_filter=$FILTER
	own_setup=$SETUP
	FILTER=$SCRATCH/filter
	try_cases busybox_
	try_refusals busybox_
	FILTER=$own_filter
	SETUP=$SCRATCH/setup
	whole_way with_busybox 'a=1\r\nuser_overlays=foo'
	well
	try "$SETUP" status --root "$root"
	says busybox_status_says_that_all_is_well '^all is well'
	SETUP=$own_setup
}
