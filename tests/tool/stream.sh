# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read capture without losing a sample, show it at once, and leave all as it was?
# shellcheck shell=sh

# what run and mocked leave of each run of the tool
code=0
out=
err=

# What captures: the device's node becomes a pipe that the feeder fills, with the feeder's arguments.
# At the end, whatever in sysfs is not as it was before is an error.
capturing() {
	printf 'feeder=%s\nfeed="%s"\n' "$OUT/feed" "$1"
	cat <<-'END'
		node=$UMOCKDEV_DIR/dev/iio:device0
		rm "$node"
		mkfifo "$node"
		state() {
			(cd iio:device0 && cat buffer/enable scan_elements/in_voltage0_en \
				scan_elements/in_timestamp_en sampling_frequency current_timestamp_clock \
				in_voltage0_scale) | tr '\0\n' '  ' | tr -s ' '
		}
		finish() {
			[ -z "$feed" ] || kill $feeding
			[ "$(state)" = "$before" ] || echo "left behind: $(state) for $before" >&2
			exit "$1"
		}
		run() {
			code=0
			"$@" || code=$?
			finish $code
		}
		before=$(state)
		[ -z "$feed" ] || { "$feeder" "$node" $feed & feeding=$!; }
	END
}

# captured FEED EDIT ARGUMENT...: what the tool says of a capture, in both builds
captured() {
	feed=$1
	edit_capture=$2
	shift 2
	read_on capture "$(capturing "$feed")
		$edit_capture
		run \"\$@\"" "$@"
}

# count PATTERN: in how many lines of the output it is
count() {
	printf '%s\n' "$out" | grep -c -e "$1"
}

# The scans are numbered: code 1000 * n, and 1000 LSB of 2.048 V / 2^23 are 244140.625 nV.
captures_slow_samples_at_once() {
	three="$(line voltage0 0 nV 0; line voltage0 244141 nV 1000; line voltage0 488281 nV 2000)"
	captured '1 3 50000000 50000' '' -f tsv -n 3 voltage0
	same captures_three_and_never_waits_for_a_fourth "0|$three|" "$code|$out|$err"
	captured '1 3 50000000 50000' '' -f tsv -n 3 -v supply
	holds says_that_it_captures_if_asked "$err" 'capturing blocks of 1 scan'
	captured '1 3 500000 500' '' -f tsv -r 2000 -n 3 supply
	same captures_no_more_than_asked_at_full_rate "0|$three|" "$code|$out|$err"
	captured '1 9 50000000 50000' '' -f tsv -n 3 --mode poll voltage0
	same reads_one_by_one_if_asked "0|3" "$code|$(count "	4194304$")"
	captured '1 9 50000000 50000' '' -f tsv -n 2 voltage0 voltage100
	same reads_one_by_one_what_cannot_be_captured "0|2 2" "$code|$(count "	4194304$") $(count "	3379200$")"
}

# The scans have 0, 3E8h and 7D0h, little endian, in the first four bytes of 16.
takes_codes_as_they_lie() {
	while read -r type codes; do
		captured '1 3 50000000 0' "echo '$type' >iio:device0/scan_elements/in_voltage0_type" -f tsv -n 3 voltage0
		same "takes_codes_as_they_lie_in_$type" "0|$codes|" "$code|$(printf '%s\n' "$out" | cut -f 4 | tr '\n' ' ' | sed 's/ $//')|$err"
	done <<-'END'
		le:s24/32>>0 0 1000 2000
		le:s24/32>>8 0 3 7
		le:u24/32>>8 0 3 7
		le:s32/32>>0 0 1000 2000
		le:s10/32>>0 0 -24 -48
		le:u10/32>>0 0 1000 976
		le:s8/32>>2 0 -6 -12
		be:s24/32>>0 0 196608 458752
		be:s24/32>>8 0 -1572096 -3143936
		be:u24/32>>8 0 15205120 13633280
		le:s16/16>>0 0 1000 2000
		le:s12/16>>4 0 62 125
		be:u16/16>>0 0 59395 53255
		le:s8/8>>0 0 -24 -48
	END
}

# running COUNT CHANNELS: the lines on standard input end in the channels' numbered codes, none missing
running() {
	awk -v count="$1" -v channels="$2" '
		{ wanted = 1000 * int((NR - 1) / channels) + (NR - 1) % channels }
		$NF != wanted && !wrong++ { print "line " NR " has " $NF ", not " wanted }
		END { if (NR != count * channels) print NR " lines" }'
}

# codes_of FORMAT CHANNELS: those in the output, a line each; raw has 8 bytes of time before them
codes_of() {
	case $1 in
	raw) od -A n -v -t d4 -w"$((8 + 4 * $2))" "$OUT/out" | awk '{for (i = 3; i <= NF; i++) print $i}' ;;
	jsonl) sed 's/.*"raw":\([0-9]*\),.*/\1/' "$OUT/out" ;;
	influx) sed 's/.*raw=\([0-9]*\)i,.*/\1/' "$OUT/out" ;;
	*) cat "$OUT/out" ;;
	esac
}

# 8000 scans come as fast as a pipe takes them, far beyond the chip's 2000 a second.
loses_nothing_at_full_speed() {
	for channels in 1 2; do
		set -- supply bridge
		[ "$channels" -eq 2 ] || set -- supply
		for format in tsv jsonl influx raw; do
			captured "$channels 8000 500000 0" '' -q -r 2000 -n 8000 -f "$format" "$@"
			same "captures_8000_scans_of_${channels}_in_order_as_$format" "0|" \
				"$code|$(codes_of "$format" "$channels" | running 8000 "$channels")"
		done
	done
}

counts_what_is_missing() {
	captured '1 40 500000 0 7 8 30' '' -r 2000 -n 37 -f csv supply
	same marks_the_record_after_a_gap "2023-11-14T22:13:20.004500Z,0.002197266,missed:2|2023-11-14T22:13:20.015500Z,0.007568359,missed:1|" \
		"$(printf '%s\n' "$out" | grep missed | tr '\n' '|')"
	same counts_missing_samples_and_gaps "0|ads1220-read: samples are missing; how many comes at the end|ads1220-read: 3 of 40 samples were missed, in 2 gaps" \
		"$code|$(printf '%s' "$err" | tr '\n' '|')"
	captured '1 40 500000 0 7 8 30' '' -r 2000 -n 37 -q -f jsonl supply
	same says_nothing_of_gaps_if_asked "0|" "$code|$err"
	same has_the_gaps_in_json '"missed":2 "missed":1 ' "$(printf '%s\n' "$out" | grep -o '"missed":[0-9]*' | tr '\n' ' ')"
	captured '2 40 1000000 0 20' '' -r 2000 -n 39 -f csv supply bridge
	holds learns_the_pace_of_several_channels "$err" '1 of 40 samples were missed, in 1 gaps'
}

# 8388607 is a clipped code, 7FFFFFh
tells_states_from_values() {
	captured '1 3 50000000 0 +1' '' -n 3 -f csv -T none supply
	same has_no_number_for_a_clipped_code "0|supply_V,state|0.000000000,ok|,voltage0:saturated|0.000488281,ok|" \
		"$code|$(printf '%s\n' "$out" | tr '\n' '|')$err"
	captured '1 3 50000000 0 +1' '' --strict -n 3 -f tsv supply
	same ends_with_7_for_a_clipped_code_if_strict "7|over-range" "$code|$(printf '%s\n' "$out" | sed -n 2p | cut -f 2)"
	captured '1 3 50000000 0' '' --strict -n 3 -f tsv supply
	same ends_well_without_one_if_strict "0|$three" "$code|$out"
}

# until_signal SIGNAL OPTION: what happens to a capture with OPTION that gets the signal after its tenth line,
# twice at once, as timeout sends it to a group; standard output then tells whether it stopped there
until_signal() {
	captured '1 1000 50000000 20000' "mkfifo lines
		env --default-signal=$1 \"\$@\" >lines & tool=\$!
		exec 4<lines
		for n in 1 2 3 4 5 6 7 8 9 10; do read -r _ <&4; done
		kill -$1 \$tool \$tool || :
		cat <&4 >rest
		code=0
		wait \$tool || code=\$?
		[ \"\$(wc -l <rest)\" -gt 900 ] || echo stopped
		finish \$code" "$2" -f tsv voltage0
}

ends_when_told() {
	by_time captured '1 9000 3030303 3000' '' -t 300ms -r 330 -g 2 -o /dev/null voltage0
	same leaves_all_as_it_was "0||" "$code|$out|$err"
	before_ns=$(date +%s%N)
	by_time captured '1 1000 50000000 50000' '' -t 500ms -o /dev/null voltage0
	same captures_for_the_time_asked_for "0||" "$code|$out|$err"
	elapsed_ms=$((($(date +%s%N) - before_ns) / 1000000))
	# The feed would go on for 50 s.
	if [ "$elapsed_ms" -ge 500 ] && [ "$elapsed_ms" -lt 25000 ]; then
		ok captures_about_as_long_as_that
	else
		not_ok captures_about_as_long_as_that "ended after $elapsed_ms ms, not 500"
	fi
	for signal in INT TERM HUP; do
		until_signal "$signal" -c
		holds "ends_well_by_SIG${signal}_where_no_end_was_asked_for" "$code|$out|$err" '^0\|stopped\|$'
	done
	until_signal INT -n1000
	holds ends_by_the_signal_INT_that_cut_it_short "$code|$out|$err" '^130\|stopped\|$'
	until_signal TERM -t1h
	holds ends_by_the_signal_TERM_that_cut_it_short "$code|$out|$err" '^143\|stopped\|$'
	captured '1 1000 50000000 0' '"$@" | head -n 1; finish 0' -c -f tsv voltage0
	same ends_a_capture_when_its_reader_has_enough "0|$(line voltage0 0 nV 0)|" "$code|$out|$err"
}

says_what_hinders_a_capture() {
	captured '1 2 50000000 0' '' -n 3 --timeout 300ms -f tsv -o lines voltage0
	fails_with explains_samples_that_stay_away 6 "cannot capture from 'ads1220': Connection timed out"
	holds hints_at_the_interrupts "$err" '^hint: .*/proc/interrupts'
	by_time captured '' "echo 1 >iio:device0/buffer/enable
		sleep 100 3<>\"\$node\" & holder=\$!
		code=0
		\"\$@\" || code=\$?
		kill \$holder
		exit \$code" -n 3 voltage0
	fails_with refuses_to_end_another_capture 5 "cannot capture from 'ads1220': Device or resource busy"
	holds names_who_captures "$err" "^hint: process [0-9]+, 'sleep', streams from it"
	captured '' '' -n 3 --mode buffer voltage100
	fails_with refuses_to_capture_what_has_no_place_in_a_scan 2 "channel 'voltage100' cannot be captured"
	captured '1 3 50000000 0' "echo nonsense >iio:device0/in_voltage0_scale; before=\$(state)" -n 3 voltage0
	fails_with refuses_to_capture_without_a_scale_that_is_a_number 1 "cannot read 'scale' of channel 'voltage0': Invalid argument"
}

# capture_fault ERROR CALL NTH FILE ARGUMENT...: the kernel's answer to that call on that file, from the
# Nth on; starting a capture is the third that opens enable, after looking whether there is one
capture_fault() {
	edit_capture="$(capturing '1 9 50000000 1000')
		file=$4
		run strace -f -e quiet=all -o /dev/null -e trace=$2 -e inject=$2:error=$1:when=$3+ -P \"\$file\" \"\$@\""
	shift 4
	mocked capture "$edit_capture" "$OUT/plain/ads1220-read" "$@"
}

explains_what_the_kernel_says_of_a_capture() {
	enable="\$PWD/iio:device0/buffer/enable"
	if ! traces; then
		skip explains_a_capture_that_breaks "strace cannot trace here: apt-get install strace"
		return
	fi
	capture_fault EIO read 1 "\$node" -n 3 -f tsv voltage0
	fails_with explains_a_capture_that_breaks 1 "cannot capture from 'ads1220': Input/output error"
	holds hints_at_the_driver_that_gave_up "$err" '^hint: the chip was started anew several times'
	capture_fault ENODEV read 1 "\$node" -n 3 -f tsv voltage0
	fails_with explains_a_device_that_went_away_in_a_capture 3 "cannot capture from 'ads1220': No such device"
	capture_fault EACCES openat 3 "$enable" -n 2 -f tsv voltage0
	same reads_one_by_one_without_permission_to_capture "0|2" "$code|$(count "	4194304$")"
	holds says_that_the_permission_is_missing "$err" "cannot capture from 'ads1220': Permission denied"
	holds names_the_group_that_is_missing "$err" "^hint: members of group '[a-z]+' may"
	capture_fault EACCES openat 3 "$enable" -n 2 --mode buffer voltage0
	fails_with refuses_to_capture_without_permission 4 "cannot capture from 'ads1220': Permission denied"
	capture_fault EINVAL openat 3 "$enable" -n 2 -f tsv voltage0
	same reads_one_by_one_where_the_driver_refuses_these_channels "0|2|" "$code|$(count "	4194304$")|$err"
}

# The device goes in the middle of a capture: what is to be said of it is said once.
ends_without_its_device() {
	captured '1 1000 3030303 20000' "mkfifo lines
		env --default-signal=INT \"\$@\" >lines & tool=\$!
		exec 4<lines
		read -r _ <&4
		before=
		rm -r iio:device0
		kill -INT \$tool
		cat <&4 >/dev/null
		code=0
		wait \$tool || code=\$?
		state() { :; }
		finish \$code" -c -r 330 -g 2 -f tsv voltage0
	same says_nothing_of_settings_that_went_with_the_device "0||" "$code|$out|$err"
}

# left_of FILE ARGUMENT...: what is in the device's file after the tool has run, as last line
left_of() {
	file=$1
	shift
	read_on capture "code=0; \"\$@\" || code=\$?; tr -d '\\0' <iio:device0/$file; exit \$code;" "$@"
}

# 2^22 codes of 2.048 V / 2 / 2^23 are 0.512 V
sets_rate_and_gain() {
	left_of sampling_frequency -f tsv -r 11.25 --keep voltage0
	same keeps_the_rate_if_asked "0|11.250000" "$code|$(printf '%s\n' "$out" | tail -n 1)"
	left_of sampling_frequency -f tsv -r 11.25 voltage0
	same restores_the_rate "0|20.000000" "$code|$(printf '%s\n' "$out" | tail -n 1)"
	left_of in_voltage0_scale -f tsv -g 2 voltage0 temp
	same reads_with_the_gain_asked_for_and_restores_it \
		"0|$(line voltage0 512000000 nV 4194304; line temp -25000 mdegC -800; echo 0.000244141)" "$code|$out"
	left_of sampling_frequency -r 330 -g 8 voltage0
	same restores_the_rate_where_the_gain_is_refused "2|20.000000" "$code|$out"
	read_on capture '' -r 21 voltage0
	fails_with refuses_a_rate_that_is_not_there 2 "'ads1220' has no rate of 21 samples a second"
	holds names_the_rates_there_are "$err" '^hint: it takes 5 11\.25 20 330 2000; the nearest is 20$'
	for rate in '' x 20x -5 0 nan inf 1e999 1e3x '20 30'; do
		alone -r "$rate" voltage0
		fails_with "refuses_rate_'$rate'" 2 "'.*' is no rate"
	done
	read_on capture '' -g 8 voltage0
	fails_with refuses_a_gain_that_the_channel_has_not 2 "channel 'voltage0' has no gain of 8"
	holds names_the_gains_there_are "$err" '^hint: it takes 1 2 4$'
	read_on capture '' -g 2 temp
	fails_with refuses_a_gain_where_none_can_be_set 2 'no channel asked for has a gain that can be set'
	for gain in '' 0 x 1.5 129 -1 2x; do
		alone -g "$gain" voltage0
		fails_with "refuses_gain_'$gain'" 2 "'.*' is no gain"
	done
	read_on ads1220 '' -r 20 voltage0
	fails_with says_that_the_driver_has_no_rate_to_set 3 "cannot set 'sampling_frequency_available' of .*"
}
