#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Does counted time stand still while a timer's callback runs? A transfer slept through takes its length.
#
# QEMU 7.2 as it comes fails this: with -icount sleep=off, arming a timer while every CPU sleeps made
# time jump to that timer at once, before the interrupt that was about to be raised.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../../report.sh"

GUEST=$BUILD/tests/devices/clock-guest
LINES=4

# 5 bytes of 8 periods of 1 us are 40 us, 960 ticks of 24 MHz; the program's own way adds one at most
LEAST=960
MOST=961

build_guest() {
	arm-linux-gnueabihf-gcc -O1 -ffreestanding -nostdlib -static -marm -march=armv7-a \
		-mfloat-abi=soft -Wall -Wextra -Werror -Wno-main -Wl,-Ttext=0x42000000 \
		-Wl,--build-id=none -o "$GUEST" "$TOP/tests/board/devices/clock-guest.c"
}

# ticks: what the guest prints; it cannot end the emulator, which gets 60 s at most
ticks() {
	: > "$GUEST.out"
	timeout -k 5 60 "$EMULATOR" -M orangepi-pc -display none -nic none \
		-icount shift=1,sleep=off -serial stdio -kernel "$GUEST" \
		>> "$GUEST.out" 2> "$GUEST.log" < /dev/null &
	board=$!
	while [ "$(wc -l < "$GUEST.out")" -lt "$LINES" ] && kill -0 "$board" 2>/dev/null; do
		sleep 0.1
	done
	kill "$board" 2>/dev/null || true
	wait "$board" 2>/dev/null || true
	cat "$GUEST.out"
}

within() {
	printf '%s\n' "$1" | awk -v least="$LEAST" -v most="$MOST" -v lines="$LINES" '
		$1 !~ /^[0-9]+$/ || $1 < least || $1 > most {bad = 1}
		END {exit bad || NR != lines}'
}

mkdir -p "${GUEST%/*}"
if ! build_guest; then
	not_ok a_guest_for_counted_time_builds "see the compiler's lines above"
	finish
	exit 1
fi
first=$(ticks)
if within "$first"; then
	ok a_transfer_slept_through_takes_its_length
else
	not_ok a_transfer_slept_through_takes_its_length \
		"expected $LINES times $LEAST to $MOST ticks, found: $(printf '%s' "$first" | tr '\n' ' ')"
fi
same counted_time_repeats_to_the_tick "$first" "$(ticks)"
finish
