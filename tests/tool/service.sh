# SPDX-License-Identifier: GPL-2.0-or-later
# Does the systemd unit hold together, close what it can, and record to a file or a broker?
# shellcheck shell=sh

# what run and mocked leave of each run of the tool
code=0
out=
err=

UNIT=$TOP/userspace/ads1220-read@.service

# Of the words that systemd's own judge adds up to, 10 is all open and 0 all closed.
is_a_sound_unit() {
	if ! command -v systemd-analyze >/dev/null; then
		skip is_a_unit_that_systemd_understands "there is no systemd-analyze: apt-get install systemd"
		return
	fi
	same is_a_unit_that_systemd_understands "0|" "$(timeout 60 systemd-analyze verify --man=no "$UNIT" \
		>"$OUT/verified" 2>&1; echo $?)|$(cat "$OUT/verified")"
	exposure=$(timeout 60 systemd-analyze security --offline=true --no-pager "$UNIT" 2>"$OUT/err" |
		sed -n 's/.*Overall exposure level for .*: \([0-9.]*\) .*/\1/p')
	if [ -n "$exposure" ] && awk "BEGIN {exit !($exposure <= 2.0)}"; then
		ok "closes_what_it_can ($exposure of 10)"
	else
		not_ok closes_what_it_can "exposed by '$exposure', more than 2.0: $(tail -n 1 "$OUT/err")"
	fi
	same is_not_enabled_by_itself "" "$(grep -rn 'systemctl.*enable.*ads1220-read\|ads1220-read@.*wants' "$TOP/install" || true)"
}

# calls_in SET: every system call that one of systemd's sets stands for
calls_in() {
	systemd-analyze --no-pager syscall-filter "$1" | sed '1d; s/^ *//; /^#/d' | while read -r word; do
		case $word in
		@*) calls_in "$word" ;;
		*) printf '%s\n' "$word" ;;
		esac
	done | sort -u
}

# What the unit forbids would kill the tool; this says which call it was, test-service alone that it was killed.
calls_what_the_unit_allows() {
	if ! traces || ! command -v systemd-analyze >/dev/null; then
		skip calls_nothing_that_the_unit_forbids "it takes strace that can trace, and systemd: apt-get install strace systemd"
		return
	fi
	sed -n 's/^SystemCallFilter=~*//p' "$UNIT" | tr ' ' '\n' | while read -r set; do
		calls_in "$set" >"$OUT/calls-$set"
	done
	rm -f "$OUT/served.jsonl"
	mocked capture "$(capturing '1 40 50000000 1000')
		run strace -f -e quiet=all -o '$OUT/traced' \"\$@\"" "$OUT/plain/ads1220-read" -r 330 -n 20 \
		-f jsonl -o "$OUT/served.jsonl" supply
	same calls_nothing_that_the_unit_forbids "0 20 " "$code $(wc -l <"$OUT/served.jsonl") $(
		sed -nE 's/^[0-9]+ +([a-z_0-9]+)\(.*/\1/p' "$OUT/traced" | sort -u | while read -r call; do
			grep -qx "$call" "$OUT/calls-@system-service" &&
				! grep -qx "$call" "$OUT/calls-@privileged" "$OUT/calls-@resources" || printf '%s ' "$call"
		done)"
}

# setting NAME: what the unit gives it, for the device ads1220
setting() {
	sed -n "s/^$1=//p" "$UNIT" | sed 's/%i/ads1220/g'
}

# The command that systemd would run: its lines joined, and its own signs taken away.
command_of_unit() {
	awk '/^ExecStart=/ {on = 1} on {more = sub(/\\$/, ""); printf "%s ", $0} on && !more {exit}' "$UNIT" |
		sed "s/^ExecStart=//; s/%i/ads1220/g; s/\\\$\\\$/\\\$/g"
}

# served CONF SCRIPT: what the unit does with that file in place of the one in /etc, until the script
# ends it; mosquitto_pub is a program that writes down how it was called and what it got
served() {
	by_time captured '1 1000 20000000 20000' "mkdir bin state
		printf '#!/bin/sh\necho \"\$*\" >called\nexec cat >published\n' >bin/mosquitto_pub
		ln -s \"\$1\" bin/ads1220-read
		chmod +x bin/*
		printf '%s\n' '$1' >conf
		cat >serve <<-'END'
			export $(setting Environment)
			. ./conf
			export STATE_DIRECTORY=\$PWD/state
			exec $(command_of_unit)
		END
		PATH=\$PWD/bin:\$PATH
		setsid sh serve & service=\$!
		$2
		finish 0"
}

records_as_a_service() {
	served 'READ="-r 20 supply"' "tool=\$service
		$(waits_for_records)
		awaits_records state/ads1220.jsonl
		kill -TERM -\$service
		code=0
		wait \$service || code=\$?
		echo \"\$code\"
		cat state/*"
	same appends_to_a_file_of_its_state "0 ads1220.jsonl" "$(printf '%s\n' "$out" | head -n 1) $(
		printf '%s' "$out" | grep -q '"label":"supply","raw":[0-9]*,"V":' && echo ads1220.jsonl)"
	same says_nothing_in_the_journal "" "$err"
	served 'READ="-n 3 supply=\"my input\""
		BROKER=broker.example' "wait \$service; cat called published"
	same sends_lines_to_a_broker "-l -h broker.example -t ads1220/ads1220|3" \
		"$(printf '%s\n' "$out" | head -n 1)|$(count '"label":"my input"')"
	served 'READ="--no-such-option"' "code=0; wait \$service || code=\$?; echo \$code"
	same ends_with_what_is_not_tried_again 2 "$out"
	served 'READ="--no-such-option"
		BROKER=broker.example' "code=0; wait \$service || code=\$?; echo \$code"
	same ends_with_it_beside_a_broker_too 2 "$out"
}
