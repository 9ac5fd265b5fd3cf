#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Does time hold with a CPU running: counted to the tick, and without harm on a host that is late?
#
# QEMU 7.2 as it comes fails the first: with -icount sleep=off, arming a timer while every CPU sleeps
# made time jump to that timer at once, before the interrupt that was about to be raised.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../../report.sh"

HERE=$TOP/tests/board/devices
OUT=$BUILD/tests/devices

# 5 bytes of 8 periods of 1 us are 40 us, 960 ticks of 24 MHz; the program's own way adds one at most
LINES=4
LEAST=960
MOST=961
# Around a sleep of 40 us, in which 20000 would fit, the program has a dozen instructions
MOST_ASLEEP=100

# guest NAME: the program NAME-guest for the bare board
guest() {
	arm-linux-gnueabihf-gcc -O1 -ffreestanding -nostdlib -static -marm -march=armv7-a \
		-mfloat-abi=soft -Wall -Wextra -Werror -Wno-main -Wl,-Ttext=0x42000000 \
		-Wl,--build-id=none -I "$TOP/tests/board/qemu" -o "$OUT/$1-guest" "$HERE/$1-guest.c"
}

# printed NAME LINES OPTION...: what the guest prints; it cannot end the emulator, which gets 60 s
printed() {
	program=$OUT/$1-guest
	lines=$2
	shift 2
	: > "$program.out"
	timeout -k 5 60 "$EMULATOR" -M orangepi-pc -display none -nic none "$@" \
		-serial stdio -kernel "$program" >> "$program.out" 2> "$program.log" < /dev/null &
	board=$!
	while [ "$(wc -l < "$program.out")" -lt "$lines" ] && kill -0 "$board" 2>/dev/null; do
		sleep 0.1
	done
	kill "$board" 2>/dev/null || true
	wait "$board" 2>/dev/null || true
	cat "$program.out"
}

within() {
	printf '%s\n' "$1" | awk -v least="$LEAST" -v most="$MOST" -v lines="$LINES" '
		$1 !~ /^[0-9]+$/ || $1 < least || $1 > most {bad = 1}
		END {exit bad || NR != lines}'
}

mkdir -p "$OUT"
if ! guest clock || ! guest stream || ! guest count; then
	not_ok guests_for_the_bare_board_build "see the compiler's lines above"
	finish
	exit 1
fi
first=$(printed clock "$LINES" -icount shift=1,sleep=off)
if within "$first"; then
	ok a_transfer_slept_through_takes_its_length
else
	not_ok a_transfer_slept_through_takes_its_length \
		"expected $LINES times $LEAST to $MOST ticks, found: $(printf '%s' "$first" | tr '\n' ' ')"
fi
same counted_time_repeats_to_the_tick "$first" "$(printed clock "$LINES" -icount shift=1,sleep=off)"
counted=$(printed count 2 -icount shift=1,sleep=off)
same the_instruments_count_every_instruction 500 "$(printf '%s\n' "$counted" | sed -n 1p)"
asleep=$(printf '%s\n' "$counted" | sed -n 2p)
if [ "${asleep:-$MOST_ASLEEP}" -lt "$MOST_ASLEEP" ]; then
	ok the_instruments_count_no_instruction_of_a_sleep
else
	not_ok the_instruments_count_no_instruction_of_a_sleep "$(printf '%s' "$counted" | tr '\n' ' ')"
fi
same no_transfer_is_garbled_in_counted_time 0 "$(printed stream 1 -icount shift=1,sleep=off)"
same no_transfer_is_garbled_on_a_host_that_is_late 0 "$(printed stream 1)"
finish
