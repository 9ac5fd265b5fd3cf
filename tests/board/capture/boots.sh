# SPDX-License-Identifier: GPL-2.0-or-later
# What test-capture, test-faults, test-long and test-debug share: boots of the board that print counts, and sums
# over those.
# shellcheck shell=sh

# prepare: what every boot carries; its overlay is the one of this folder, for each wiring asked for
prepare() {
	rm -rf "$OUT"
	mkdir -p "$OUT/files/usr/lib/capture"
	arm-linux-gnueabihf-gcc -std=gnu11 -O2 -static -s -march=armv7-a -mfpu=vfpv3-d16 -Wall -Wextra -Werror \
		-I "$TOP/tests/board/guest" -o "$OUT/files/usr/lib/capture/capture-check" \
		"$TOP"/tests/board/capture/*.c "$TOP/tests/board/guest/port.c"
	cp "$TOP"/tests/board/capture/*-on-board "$OUT/files/usr/lib/capture/"
}

# plan NAME KERNEL WIRING COMMAND: WIRING is a sed expression on the overlay
plan() {
	mkdir -p "$OUT/$1"
	sed "$3" "$TOP/tests/board/capture/ads1220-capture.dts" |
		dtc -@ -q -I dts -O dtb -o "$OUT/$1/ads1220-test.dtbo"
	printf '%s\n' "CLOCK=virtual" "CHIP=test=on" "KERNEL=$2" "OVERLAYS=$OUT/$1/ads1220-test.dtbo" \
		"FILES=$OUT/files" "LOG=$OUT/$1/console" "SILENCE=400" "TIMEOUT=${TIMEOUT:-1200}" \
		"RUN=/usr/lib/capture/$4" > "$OUT/$1/variables"
}

# boot NAME: its lines and messages go to the plan's folder
boot() {
	folder=$OUT/$1
	set --
	while read -r assignment; do
		set -- "$@" "$assignment"
	done < "$folder/variables"
	env "$@" "$TOP/tests/board/board" > "$folder/lines" 2> "$folder/errors" < /dev/null ||
		echo "board status=$?" >> "$folder/lines"
}

# boot_all: two at a time, one for each core
boot_all() {
	find "$OUT" -name variables -exec dirname {} \; | sort | xargs -n 1 basename | xargs -n 1 -P "${JOBS:-2}" "$0" --boot
}

# line BOOT LABEL
line() {
	grep "^$2 " "$OUT/$1/lines" || true
}

# proves TEST BOOT LABEL EXPRESSION: of awk, where v["lost"] is what the line gives as lost=
proves() {
	expression=$(printf "%s" "$4" | tr "\n" " ")
	if line "$2" "$3" | awk '
		{
			for (i = 2; i <= NF; i++) {
				split($i, pair, "=")	# so that numbers compare as such
				v[pair[1]] = pair[2]
			}
			found = ('"$expression"')
		}
		END { exit !(NR == 1 && found) }'; then
		ok "$1"
	else
		not_ok "$1" "not so: $expression; found '$(line "$2" "$3" | tr ' ' '\n' | grep -v '=0$' | tr '\n' ' ')'"
	fi
}

# finished TEST BOOT: it came to its end, and the kernel had nothing to complain about
finished() {
	proves "${1}_to_the_end" "$2" on-board 'v["done"] == 1'
	proves "${1}_without_complaint_of_the_kernel" "$2" complaints 'v["count"] == 0'
	same "${1}_without_a_word_of_its_programs" "" "$(grep -E "^(capture-check|port|instrument|sh|cat|modprobe|mkdir): " "$OUT/$2/errors" || true)"
}
