# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read take, use and give back its memory as valgrind wants it?
# shellcheck shell=sh

# what run and mocked leave of each run of the tool
code=0
out=
err=

# Blocks that libiio and libxml2 keep for the rest of the process are theirs, and still reachable.
VALGRIND='valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect'
VALGRIND="$VALGRIND --errors-for-leak-kinds=definite,indirect"

# clean NAME STATUS EDIT ARGUMENT...: nothing to complain about, and the tool's own exit status
clean() {
	name=$1
	expected=$2
	edit_clean=$3
	shift 3
	mocked capture "set -- $VALGRIND \"\$@\"; $edit_clean" "$OUT/plain/ads1220-read" "$@"
	same "is_clean_by_valgrind_when_it_$name" "$expected|" "$code|$(printf '%s\n' "$err" | grep '^==' | head -n 5)"
}

# clean_capture NAME ARGUMENT...
clean_capture() {
	name=$1
	shift
	clean "$name" 0 "$(capturing '2 40 50000000 2000 +7')
		run \"\$@\"" "$@"
}

is_clean_by_valgrind() {
	if ! command -v valgrind >/dev/null; then
		skip is_clean_by_valgrind "there is no valgrind: apt-get install valgrind"
		return
	fi
	clean reads_everything 0 '' -f jsonl
	clean lists 0 '' -l
	clean converts 0 "$at_25 $(set_to voltage1-voltage2 2141192)" -f csv bridge=oven:tc=K oven:rtd=pt100
	clean finds_no_channel 3 '' voltage9
	clean refuses_a_sensor 2 '' supply:tc=X
	clean restores_rate_and_gain 0 '' -r 330 -g 2 supply
	clean_capture captures -n 20 -f csv supply bridge
	clean_capture averages -n 4 -a 5 -f jsonl supply bridge
	clean_capture takes_medians -n 4 --median 5 -f plain supply bridge
	clean_capture reports_noise -n 20 --stats supply bridge
	clean_capture draws_a_picture -n 20 -f influx --svg "$OUT/clean.svg" supply bridge
}
