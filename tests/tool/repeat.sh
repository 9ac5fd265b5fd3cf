# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read take the channels it is told, as often as told, with the time, and stop when told?
# shellcheck shell=sh

# what run leaves of each run of the tool
code=0
out=
err=

finds_channels_by_their_pins() {
	read_on ads1220 '' -f tsv ain1 ain0-ain1 ain2
	same finds_channels_by_their_pins "0|$(
		line voltage1 244 nV 1
		line voltage0-voltage1 -15999998 nV -8388607
		line voltage2 -732 nV -3
	)|" "$code|$out|$err"
	read_on ads1220 'echo ain1 >iio:device0/in_voltage2_label;' -f tsv ain1
	same takes_a_label_before_the_same_word_as_a_pin "$(line voltage2 -732 nV -3)" "$out"
	read_on ads1220 '' -f tsv -- temp
	same takes_channels_after_two_dashes "$(line temp -25000 mdegC -800)" "$out"
	for name in ain ain4 ain00 AIN0 ain0- ain1-ain0 ain0-voltage1 ain0-ain1-ain2 ain0ain1 ainx -ain0 temp0; do
		read_on ads1220 '' -- "$name"
		fails_with "knows_no_channel_$name" 3 "device 'ads1220' has no channel '$name'"
	done
}

refuses_unknown_words() {
	for word in '' TSV tab csvx text,tsv; do
		alone -f "$word"
		fails_with "refuses_format_'$word'" 2 "unknown format '$word'"
	done
	holds names_the_formats_there_are "$err" '^hint: known are text plain tsv csv jsonl influx prom raw$'
	for word in '' NS never ns1; do
		alone -T "$word"
		fails_with "refuses_timestamp_'$word'" 2 "unknown kind of time '$word'"
	done
	holds names_the_kinds_of_time_there_are "$err" '^hint: known are none iso unix ns rel$'
	for word in '' 0 00 -1 +1 ' 1' '1 ' 1x 1.5 0x10 1e3 18446744073709551616 -18446744073709551615; do
		alone -n "$word"
		fails_with "refuses_count_'$word'" 2 "'.*' is no number of readings"
	done
}

# What slowly runs: in_voltage1_raw becomes a pipe, so that reading it lasts until 'give CODE', and
# the tool, started with env's OPTION for its signals, writes to another, of which 'take' prints a line.
# libiio looks for plain files only, so the pipe must come after that: the tool is held meanwhile.
slow_input() {
	printf 'hold=%s\nhow=%s\n' "$OUT/hold" "$1"
	cat <<-'END'
		raw=$PWD/iio:device0/in_voltage1_raw
		mkfifo "$UMOCKDEV_DIR/lines" "$UMOCKDEV_DIR/holds"
		# the shell itself would say how the tool ended
		exec 3<>"$UMOCKDEV_DIR/lines" 5<>"$UMOCKDEV_DIR/holds" 6>&2 2>/dev/null
		"$hold" "$PWD/iio:device0/in_voltage1_scale" >&5 2>&6 &
		holder=$!
		read -r _ <&5
		env "$how" "$@" >&3 2>&6 &
		tool=$!
		read -r _ <&5
		rm "$raw"
		mkfifo "$raw"
		kill $holder
		wait $holder
		give() { echo "$1" >"$raw"; }
		take() { read -r line <&3; printf '%s\n' "$line"; }
		# the signal has come once none is pending and the tool waits again
		noted() {
			until status=$(cat /proc/$tool/status) && ! printf "%s" "$status" | grep -q "Pnd:.*[1-9a-f]" &&
				printf "%s" "$status" | grep -q "^State:.S"; do sleep 0.02; done
		}
		# once the tool has opened the pipe, it is in the middle of a reading
		interrupt() { exec 4>"$raw"; kill -"$1" $tool; noted; }
		# only later than half a second, another signal is a second one
		again() { sleep 0.6; kill -"$1" $tool; }
		go_on() { echo "$1" >&4; exec 4>&-; }
		finish() { wait $tool || exit $?; exit 0; }
	END
}

# slowly_with OPTION SCRIPT ARGUMENT...
slowly_with() {
	script="$(slow_input "$1")
		$2
		finish"
	shift 2
	read_on ads1220 "$script" "$@"
}

# A shell without terminal has what it runs in the background ignore SIGINT.
slowly() {
	slowly_with --default-signal=INT "$@"
}

reads_as_often_as_asked() {
	once=$(line temp -25000 mdegC -800)
	read_on ads1220 '' -f tsv -n 3 temp
	same reads_three_times "0|$once|$once|$once|" "$code|$(printf '%s\n' "$out" | tr '\n' '|')$err"
	both=$(line temp -25000 mdegC -800 && line voltage1 244 nV 1)
	read_on ads1220 '' --format=tsv --count=2 temp voltage1
	same reads_all_channels_before_the_next_time "0|$(printf '%s\n' "$both" "$both")" "$code|$out"
	read_on ads1220 '' -n 2 -f text -T none
	same prints_all_channels_twice_for_people "0|14" "$code|$(printf '%s\n' "$out" | wc -l)"
	slowly 'give 1; take; give 4096000; take; give 1; take' -n 3 voltage1
	same lets_columns_grow_and_never_shrink \
		"0|voltage1  0.000244 mV|voltage1  1.000000000 V|voltage1  0.000244    mV|" \
		"$code|$(printf '%s\n' "$out" | tr '\n' '|')"
	read_on ads1220 '"$@" | head -n 1; exit;' -n 18446744073709551615 -f tsv temp
	same ends_when_its_reader_has_enough "0|$once|" "$code|$out|$err"
}

goes_on_past_failures() {
	broken='ln -sf /proc/self/mem iio:device0/in_voltage1_raw;'
	read_on ads1220 "$broken" -n 3 -f tsv voltage1 temp
	same goes_on_while_a_channel_can_be_read "1|$once|$once|$once|" "$code|$(printf '%s\n' "$out" | tr '\n' '|')"
	same says_each_failure_but_its_hint_once "3 1" "$(printf '%s\n' "$err" | grep -c 'cannot read') $(
		printf '%s\n' "$err" | grep -c '^hint: ')"
	read_on ads1220 "$broken" -n 1000000000 voltage1
	fails_with ends_when_no_channel_can_be_read 1 "cannot read 'raw' of channel 'voltage1': Input/output error"
	if ! traces; then
		skip lets_the_first_failure_decide "strace cannot trace here: apt-get install strace"
		return
	fi
	busy="set -- strace -f -e quiet=all -o /dev/null -e trace=read -e inject=read:error=EBUSY \
		-P \"\$PWD/iio:device0/in_voltage0_raw\" \"\$@\";"
	mocked ads1220 "$broken $busy" "$OUT/plain/ads1220-read" voltage0 voltage1
	same lets_the_first_failure_decide_if_busy 5 "$code"
	mocked ads1220 "$broken $busy" "$OUT/plain/ads1220-read" voltage1 voltage0
	same lets_the_first_failure_decide_if_not_busy 1 "$code"
}

# ascending: each line is a number of 19 digits, and none is before the one before it
ascending() {
	last=0
	while read -r time; do
		if ! printf '%s\n' "$time" | grep -qE '^[0-9]{19}$' || [ "$time" -lt "$last" ]; then
			echo "$time after $last"
		fi
		last=$time
	done
}

stamps_each_reading() {
	for build in plain sanitized; do
		before_ns=$(date +%s%N)
		mocked ads1220 '' "$OUT/$build/ads1220-read" -T ns -f tsv -n 2 temp voltage1
		same "puts_the_time_before_the_stable_form_in_the_${build}_build" "0|$(printf '%s\n' "$both" "$both")|" \
			"$code|$(printf '%s\n' "$out" | cut -f 2-)|$err"
		same "takes_the_time_from_the_system's_clock_in_the_${build}_build" "" \
			"$({ echo "$before_ns"; printf '%s\n' "$out" | cut -f 1; date +%s%N; } | ascending)"
	done
	mocked ads1220 '' "$OUT/plain/ads1220-read" --timestamp=ns temp
	holds puts_the_time_first_for_people "$out" '^[0-9]{19}  temp  -25\.000 degC$'
	if ! traces; then
		skip stamps_a_reading_once_it_is_there "strace cannot trace here: apt-get install strace"
		return
	fi
	mocked ads1220 "set -- strace -f -e quiet=all -o /dev/null -e trace=read -e inject=read:delay_exit=1000000 \
		-P \"\$PWD/iio:device0/in_voltage1_raw\" \"\$@\";" "$OUT/plain/ads1220-read" \
		-T ns -f tsv voltage0 voltage1 voltage2
	same stamps_a_reading_once_it_is_there "3 late" "$(printf '%s\n' "$out" | wc -l) $(printf '%s\n' "$out" | {
		read -r first _
		read -r second _
		[ $((second - first)) -lt 1000000000 ] || echo late
	})"
}

# writes_of OUTPUT: how often the tool writes to standard output for 200 lines of 22 bytes
writes_of() {
	mocked ads1220 "strace -f -e quiet=all -o '$OUT/writes' -e trace=write \"\$@\" $1; exit;" \
		"$OUT/plain/ads1220-read" -n 200 -f tsv temp
	grep -c 'write(1,' "$OUT/writes"
}

writes_each_line_at_once() {
	slowly 'give 5; take; give 6; take' -n 2 -f tsv voltage1
	same writes_each_line_before_the_next_reading "0|$(line voltage1 1221 nV 5 && line voltage1 1465 nV 6)" "$code|$out"
	slowly 'take; give 5; take' -f tsv temp voltage1
	same writes_each_line_before_the_next_channel "0|$(line temp -25000 mdegC -800 && line voltage1 1221 nV 5)" "$code|$out"
	slowly 'give 5; take; take; give 6; take; take' -n 2 temp voltage1
	same writes_for_people_before_the_next_time 0 "$code"
	if ! traces; then
		skip collects_lines_for_a_file "strace cannot trace here: apt-get install strace"
		return
	fi
	same writes_200_lines_to_a_pipe_one_by_one 200 "$(writes_of '| cat')"
	same collects_200_lines_for_a_file_to_1_piece "1 200" "$(writes_of '>lines; cat lines') $(wc -l <"$OUT/out")"
}

# 1221 nV is 5 * 244.140625 nV; 130 and 143 are 128 and the numbers of SIGINT and SIGTERM.
stops_on_signals() {
	five=$(line voltage1 1221 nV 5)
	for signal in 2 15; do
		slowly "give 1; take; interrupt $signal; go_on 5; take" \
			-n 1000 -f tsv voltage1
		same "finishes_the_reading_at_signal_$signal" "$((128 + signal))|$(line voltage1 244 nV 1; echo "$five")|" \
			"$code|$out|$err"
		slowly "interrupt $signal; go_on 5; take" -f tsv voltage1
		same "ends_well_at_signal_${signal}_in_the_last_reading" "0|$five|" "$code|$out|$err"
		slowly "interrupt $signal; again $signal" -f tsv voltage1
		same "ends_at_once_at_a_second_signal_$signal" "$((128 + signal))||" "$code|$out|$err"
	done
	slowly 'interrupt 15; go_on 5; take; take' -n 1000 temp voltage1 voltage2
	same prints_for_people_what_was_read_until_a_signal "143|temp      -25.000    degC|voltage1    0.001221 mV|" \
		"$code|$(printf '%s\n' "$out" | tr '\n' '|')"
	slowly_with --ignore-signal=INT 'interrupt 2; go_on 5; take; give 1; take' \
		-n 2 -f tsv voltage1
	same goes_on_where_an_interrupt_is_to_be_ignored "0|$(echo "$five"; line voltage1 244 nV 1)|" "$code|$out|$err"
}
