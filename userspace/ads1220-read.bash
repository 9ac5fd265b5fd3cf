# SPDX-License-Identifier: GPL-2.0-or-later
# What can come next on a command line of ads1220-read? Bash asks this file, under the command's name.
# shellcheck shell=bash

# What there is on the device that is named so far. Bash's own words end at a colon, as in ip:board.
_ads1220_read_list() {
	local typed named=() i

	read -ra typed <<<"${COMP_LINE:0:COMP_POINT}"
	for ((i = 1; i < ${#typed[@]} - 1; i++)); do
		case ${typed[i]} in
		-d | --device | -u | --uri) named+=("${typed[i]}" "${typed[i + 1]}") ;;
		esac
	done
	ads1220-read "${named[@]}" --list --format tsv 2>/dev/null
}

# Of all the channels the gains, or the device's rates, a line each.
_ads1220_read_numbers() {
	_ads1220_read_list |
		awk -F '\t' -v rate="$1" '($1 == "rate") == (rate == "rate") {gsub(",", "\n", $5); print $5}' | sort -n -u
}

_ads1220_read_channels() {
	_ads1220_read_list |
		awk -F '\t' '$1 != "rate" {print $1; if ($2 !~ /[ \t]/) print $2}' | sort -u
}

_ads1220_read_options() {
	ads1220-read --help | grep -oE '^  +(-., )?--[a-z-]+' | grep -oE -e '--[a-z-]+'
}

_ads1220_read() {
	local word=${COMP_WORDS[COMP_CWORD]} choices

	case ${COMP_WORDS[COMP_CWORD - 1]} in
	-f | --format) choices='text plain tsv csv jsonl influx prom raw' ;;
	-T | --timestamp) choices='iso unix ns rel none' ;;
	--mode) choices='auto buffer poll' ;;
	-r | --rate) choices=$(_ads1220_read_numbers rate) ;;
	-g | --gain) choices=$(_ads1220_read_numbers gain) ;;
	-d | --device) choices=$(cat /sys/bus/iio/devices/iio:device*/{label,name} 2>/dev/null) ;;
	-o | --output | --cal | --svg)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	-n | --count | -t | --time | --every | --timeout | -u | --uri | --vref | -a | --average | --calibrate | --median | --digits | --settle) choices= ;;
	*)
		case $word in
		-*) choices=$(_ads1220_read_options) ;;
		*) choices=$(_ads1220_read_channels) ;;
		esac
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
}

complete -F _ads1220_read ads1220-read
