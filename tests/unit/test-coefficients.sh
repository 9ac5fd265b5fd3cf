#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Are the thermocouples' coefficients the published ones, each piece whole and in its place?
. "$(dirname "$0")/../board/lib.sh"
. "$(dirname "$0")/../report.sh"

PUBLISHED=$TOP/../shared/data/its90.json

# same_digits: numbers may be written in several ways
same_digits() {
	awk '{printf "%s", $1; for (i = 2; i <= NF; i++) printf " %.14g", $i; print ""}'
}

# A line for each piece: type, its ends in degC, how many coefficients, these, and those of K's exponential
published() {
	jq -r '.types | to_entries[] | .key as $type | .value.forward[] | [$type, .t_min_c, .t_max_c,
		(.coeffs | length), .coeffs[], (.exponential // {} | .[])] | @tsv' "$PUBLISHED" | same_digits
}

compiled_in() {
	sed -n '/^static const struct thermocouple thermocouples/,/^};/p' "$TOP/userspace/thermocouple.c" |
		tr '\n\t' '  ' | sed "s/\.type = '/\n=/g; s/\.from_degc = /\n/g" | sed '1d' |
		sed "s/^=\(.\).*/=\1/; s/\.[a-z_]* = / /g; s/[{},;]/ /g" |
		awk '/^=/ {type = substr($0, 2, 1); next} {print type, $0}' | same_digits
}

if ! command -v jq > /dev/null; then
	skip coefficients_are_the_published_ones "there is no jq: apt-get install jq"
elif [ ! -r "$PUBLISHED" ]; then
	skip coefficients_are_the_published_ones "no '$PUBLISHED'; put it there and run $0"
else
	published > "$BUILD/tests/unit/published"
	compiled_in > "$BUILD/tests/unit/compiled-in"
	same there_are_18_pieces_of_eight_types "18 8" \
		"$(wc -l < "$BUILD/tests/unit/published") $(cut -c1 "$BUILD/tests/unit/published" | sort -u | wc -l)"
	same coefficients_are_the_published_ones "" \
		"$(diff "$BUILD/tests/unit/published" "$BUILD/tests/unit/compiled-in" | head -n 3)"
fi
finish
