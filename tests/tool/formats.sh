# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read write each format as it promises, whole records at once, to where it is told?
# shellcheck shell=sh

# what run and mocked leave of each run of the tool
code=0
out=
err=

# Three scans of four channels; in one of them the first input clips. The golden files are worked out
# from the data sheet: a code is worth 2.048 V / (gain * 2^23), 1650 ohm / 2^23, or 0.03125 degC.
writes_each_format() {
	for format in text tsv plain csv jsonl influx; do
		captured '4 3 50000000 0 +1' '' -n 3 -f "$format" supply bridge 'oven=heat, "A"' temp
		same "writes_$format" "0|$(cat "$HERE/golden/$format")|" "$code|$out|$err"
	done
	captured '4 3 50000000 0 +2' 'run sh -c "\"\$@\" -o left.prom && cat left.prom" sh "$@"' -n 3 -f prom \
		supply bridge 'oven=heat, "A"' temp
	same writes_prom_of_the_last_reading "0|$(cat "$HERE/golden/prom")|" "$code|$out|$err"
	captured '2 2 50000000 0' '' -n 2 -f raw supply bridge
	same writes_raw_as_time_and_codes_in_little_endian \
		"00002a36fe9c97170000000001000000 80f02439fe9c9717e8030000e9030000" \
		"$(od -A n -v -t x1 -w16 "$OUT/out" | tr -d ' ' | tr '\n' ' ' | sed 's/ $//')"
}

is_json() {
	if ! command -v jq >/dev/null; then
		skip writes_json_that_jq_reads "there is no jq: apt-get install jq"
		return
	fi
	captured '4 3 50000000 0 +1' '' -n 3 -f jsonl supply bridge "oven=heat, \"A\"	\\" temp
	same writes_json_that_jq_reads 'supply bridge heat, "A"	\ temp' \
		"$(printf '%s\n' "$out" | head -n 4 | jq -r .label | tr '\n' ' ' | sed 's/ $//')"
	same has_null_for_what_is_no_value 'number null number' \
		"$(printf '%s\n' "$out" | jq -r 'select(.channel == "voltage0") | .V | type' | tr '\n' ' ' | sed 's/ $//')"
	same keeps_the_order_of_the_keys '["time","device","channel","label","raw","V","state"]' \
		"$(printf '%s\n' "$out" | head -n 1 | jq -c keys_unsorted)"
	read_on capture 'ln -sf /proc/self/mem iio:device0/in_voltage0_raw;' -f jsonl -T none voltage0 temp
	same has_a_state_for_a_reading_that_failed '1|{"device":"iio:device0","channel":"voltage0","label":"supply","raw":null,"V":null,"state":"error"}' \
		"$code|$(printf '%s\n' "$out" | head -n 1)"
	read_on capture '' -l -f jsonl
	same lists_as_json '6 [1,2,4]' "$(printf '%s\n' "$out" | jq -s length) $(printf '%s\n' "$out" | head -n 1 | jq -c .possible)"
}

# 1700000000 s are 2023-11-14T22:13:20Z; the zone is two and a half hours further east.
writes_each_kind_of_time() {
	while read -r kind first second; do
		captured '1 2 50000000 0' '' -n 2 -f csv --no-header -T "$kind" voltage0
		same "writes_time_as_$kind" "$first $second" "$(printf '%s\n' "$out" | cut -d , -f 1 | tr '\n' ' ' | sed 's/ $//')"
	done <<-'END'
		iso 2023-11-14T22:13:20.000000Z 2023-11-14T22:13:20.050000Z
		unix 1700000000.000000 1700000000.050000
		ns 1700000000000000000 1700000000050000000
		rel 0.000000 0.050000
		none 0.000000000 0.000244141
	END
	captured '1 1 50000000 0' 'export TZ=XYZ-2:30;' -n 1 --mode buffer -f csv --no-header --localtime voltage0
	same writes_local_time_with_its_distance 2023-11-15T00:43:20.000000+02:30 "$(printf '%s\n' "$out" | cut -d , -f 1)"
}

lists_what_there_is() {
	read_on capture '' -l
	same lists_for_people "0|$(
		cat <<-'END'
			voltage0           supply  V     gain 1 of 1,2,4
			voltage1-voltage2  bridge  V     gain 128 of 1,2,4,8,16,32,64,128
			voltage100         avdd    V
			resistance3        oven    ohm   gain 1 of 1,2,4,8,16,32,64,128
			temp               temp    degC
			rate                       Hz    20 of 5,11.25,20,330,2000
		END
	)|" "$code|$out|$err"
	read_on capture '' -l -f tsv
	same lists_with_tabs "voltage0${TAB}supply${TAB}V${TAB}1${TAB}1,2,4" "$(printf '%s\n' "$out" | head -n 1)"
}

# awaits_records FILE: as shell functions; the tool keeps what goes to a file for a while, and writes it when its
# output is to be opened anew. Until it listens, that signal would end it.
waits_for_records() {
	cat <<-'END'
		listens() { grep -q "^SigCgt:.*[13579bdf]$" /proc/$tool/status; }
		awaits_records() {
			until listens; do sleep 0.02; done
			until [ -e "$1" ] && [ "$(wc -l <"$1")" -gt 1 ]; do
				kill -HUP $tool
				sleep 0.05
			done
		}
	END
}

# Once there are records, something takes the file away; then more come to another.
moves_its_file() {
	waits_for_records
	cat <<-'END'
		"$@" & tool=$!
		awaits_records here.csv
		mv here.csv old.csv
		awaits_records here.csv
		kill $tool
		code=0
		wait $tool || code=$?
		cat old.csv here.csv | grep -c supply
		cat old.csv here.csv | grep -v supply | cut -d , -f 1 | sort | uniq -d
		[ "$(wc -l <here.csv)" -gt 1 ] && echo goes on
		finish $code
	END
}

# The head comes with the file's first line alone; what is appended has none.
writes_to_files() {
	captured '1 3 50000000 0' 'run sh -c "\"\$@\" && \"\$@\" && cat here.csv" sh "$@"' -n 1 --mode poll -f csv -T none -o here.csv voltage0
	same appends_to_a_file_that_has_its_head "0|supply_V,state|1.024000000,ok|1.024000000,ok||" \
		"$code|$(printf '%s\n' "$out" | tr '\n' '|')|$err"
	by_time captured '1 1000 20000000 20000' "$(moves_its_file)" -c -f csv -o here.csv voltage0
	same opens_its_file_anew_at_SIGHUP "0|2|goes on||" "$code|$(printf '%s\n' "$out" | tr '\n' '|')|$err"
	read_on capture '' -o /no/such/folder/file voltage0
	fails_with says_which_file_cannot_be_opened 1 "cannot write to '/no/such/folder/file': No such file or directory"
	holds hints_at_the_folder_that_is_missing "$err" '^hint: .*mkdir'
	read_on capture '' -o /dev/full -f csv voltage0
	fails_with says_which_file_cannot_be_written 1 "cannot write to '/dev/full': No space left on device"
	holds hints_at_the_full_disk "$err" '^hint: .*df'
	read_on capture '' -o / voltage0
	fails_with says_that_a_folder_is_no_file 1 "cannot write to '/': Is a directory"
	holds hints_at_a_file_in_it "$err" '^hint: name a file'
	read_on capture '' -o /no/such/folder/file -f prom voltage0
	fails_with says_which_file_cannot_be_replaced 1 "cannot write to '/no/such/folder/file': No such file or directory"
	read_on capture '' -f prom -n 2 voltage0
	fails_with refuses_two_readings_as_prom_on_standard_output 2 'prom on standard output can be one reading alone'
	read_on capture 'umask 027; "$@"; stat -c %a file.prom; ls; exit;' -f prom -o file.prom temp
	holds lets_others_read_the_file_as_far_as_the_umask_does "$out" '^640$'
	same leaves_no_file_but_the_one_asked_for 1 "$(count prom)"
	if ! traces; then
		skip replaces_its_file_at_one_blow "strace cannot trace here: apt-get install strace"
		return
	fi
	mocked capture "set -- strace -f -e quiet=all -o '$OUT/replaced' -e trace=open,openat,rename \"\$@\";" \
		"$OUT/plain/ads1220-read" -f prom -o file.prom temp
	same replaces_its_file_at_one_blow "0 1 0" "$code $(grep -cE 'rename\("file\.prom\.[^"]{6}", "file\.prom"\) += 0' "$OUT/replaced") $(
		grep -c '"file\.prom", O_' "$OUT/replaced" || true)"
}

asks_twice() {
	cat <<-'END'
		mkfifo asked said
		"$@" <asked >said & tool=$!
		exec 3>asked 4<said
		for n in 1 2; do
			echo >&3
			read -r line <&4
			echo "$line"
		done
		exec 3>&-
		wait $tool
		exit
	END
}

reads_when_asked() {
	by_time read_on capture 'printf "one\ntwo\n" | "$@"; exit;' --execd voltage0
	same reads_once_for_each_line_of_its_input "0|2|" "$code|$(count '^ads1220,device=iio:device0,channel=voltage0,label=supply V=1.024000000,raw=4194304i,state="ok" [0-9]*$')|$err"
	read_on capture 'printf "half a line" | "$@"; exit;' --execd voltage0
	same reads_nothing_without_a_line "0||" "$code|$out|$err"
	by_time read_on capture "$(asks_twice)" --execd -f tsv temp
	same answers_each_line_before_the_next "0|2|" "$code|$(count '^temp')|$err"
	misused --execd -n 2
	misused --execd -c
	misused --every 1s --mode buffer
	before_ns=$(date +%s%N)
	read_on capture '' --every 200ms -n 3 -f tsv temp
	elapsed_ms=$((($(date +%s%N) - before_ns) / 1000000))
	same reads_at_the_pace_asked_for "0|3|" "$code|$(count '^temp')|$err"
	if [ "$elapsed_ms" -ge 400 ]; then
		ok waits_between_readings
	else
		not_ok waits_between_readings "took $elapsed_ms ms"
	fi
	for word in '' 10 s 1x -1s 1,5s 1..5s 0s 1e3s 99999999999999999999s 300000y; do
		alone -t "$word" voltage0
		fails_with "refuses_time_'$word'" 2 "'.*' is no length of time"
	done
}

# example COMMAND: as in the manual, with this build, for half a second; what it is piped into is only
# what reads all of it
example() {
	captured '1 1000 20000000 20000' "mkdir bin
		for program in mosquitto_pub ttyplot; do
			printf '#!/bin/sh\nexec cat\n' >bin/\$program
		done
		printf '#!/bin/sh\nshift\nexec \"\$@\"\n' >bin/ssh
		printf '#!/bin/sh\nexec timeout --preserve-status -s INT 0.5 %s \"\$@\"\n' \"\$1\" >bin/ads1220-read
		chmod +x bin/*
		PATH=\$PWD/bin:\$PATH
		run sh -c '$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g; s/ip:orangepi/local:/")'"
}

runs_the_manual_s_examples() {
	sed -n 's/^\.Dl \$ //p' "$TOP/userspace/ads1220-read.1" | sed 's/\\(dq/"/g' >"$OUT/examples"
	holds finds_the_manual_s_examples "$(wc -l <"$OUT/examples")" '^([5-9]|[1-9][0-9])$'
	while read -r command; do
		by_time example "$command" </dev/null
		holds "runs_as_in_the_manual: $command" "$code|$err" '^(0|130)\|$'
	done <"$OUT/examples"
}

# What asks bash: its file, and the words typed, the last of which is being completed.
asks_bash() {
	printf "completions='%s'\n" "$TOP/userspace/ads1220-read.bash"
	cat <<-'END'
		mkdir bin
		ln -s "$1" bin/ads1220-read
		shift
		PATH=$PWD/bin:$PATH
		bash -c '. "$0"
			COMP_WORDS=(ads1220-read "$@")
			COMP_CWORD=$#
			COMP_LINE="ads1220-read $*"
			COMP_POINT=${#COMP_LINE}
			_ads1220_read
			printf "%s " "${COMPREPLY[@]}"' "$completions" "$@"
		exit
	END
}

# completed WORD...: what bash offers for the last word of a command line
completed() {
	read_on capture "$(asks_bash)" "$@"
}

completes_command_lines() {
	while read -r expected line; do
		# the words of the line, the last of which may be empty
		set --
		for word in $line; do
			set -- "$@" "${word#_}"
		done
		completed "$@"
		same "completes '$line'" "$expected" "$(printf '%s' "${out% }" | tr ' ' ',')"
	done <<-'END'
		jsonl -f j
		csv --format c
		iso -T i
		poll --mode p
		20,2000 -r 2
		1,16,128 -g 1
		ads1220 -d _
		supply s
		voltage0,voltage1-voltage2,voltage100 -c v
		--time,--timestamp,--timeout --time
		--every,--execd --e
	END
	read_on two "$(asks_bash)" -d iio:device1 ''
	same completes_the_channels_of_the_device_that_is_named voltage0 "${out% }"
	read_on two "$(asks_bash)" ''
	same completes_nothing_where_several_may_be_meant "" "${out% }"
}

costs_a_fifth_of_printf() {
	if ! command -v valgrind >/dev/null; then
		skip costs_a_fifth_of_printf "there is no valgrind: apt-get install valgrind"
		return
	fi
	"$HERE/cost" "$OUT" >"$OUT/costs"
	while read -r format ours theirs; do
		name="writes_${format}_for_a_fifth_of_what_printf_takes ($ours of $theirs instructions)"
		if [ "$ours" -gt 0 ] && [ $((5 * ours)) -le "$theirs" ]; then
			ok "$name"
		else
			not_ok "$name" "$ours of $theirs"
		fi
	done <"$OUT/costs"
	same measures_both_formats 2 "$(wc -l <"$OUT/costs")"
}
