# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read reduce, report and calibrate by what it reads, and write nothing else?
# shellcheck shell=sh

# what read_on and captured leave of each run of the tool
code=0
out=
err=

# voltage0 is 2.048 V / 2^23 a code; scan n has the code 1000 n, 0.000244140625 V each.
# 0 to 3000: mean 1500, deviation sqrt(5/3) * 1000 = 1290.994; 4000 to 7000: 4000 more.
reduces_what_it_captures() {
	captured '1 9 50000000 0' '' -n 2 -a 4 -f csv -T none supply
	same averages_blocks_of_values "0|$(
		cat <<-'END'
			supply_V,supply_min_V,supply_max_V,supply_stddev_V,supply_n,state
			0.000366211,0.000000000,0.000732422,0.000315184,4,ok
			0.001342774,0.000976563,0.001708984,0.000315184,4,ok
		END
	)|" "$code|$out|$err"
	captured '1 9 50000000 0' '' -n 1 -a 4 -f jsonl -T none supply
	holds tells_what_an_average_is_made_of "$out" \
		'"raw":null,"V":0\.000366211,"min":0\.000000000,"max":0\.000732422,"stddev":0\.000315184,"n":4,"state":"ok"\}$'
	captured '1 9 50000000 0' '' -n 2 -a 150ms -f csv -T rel --no-header supply
	same averages_blocks_of_time "0.000000 3|0.150000 3|" \
		"$(printf '%s\n' "$out" | awk -F, '{print $1, $6}' | tr '\n' '|')"
	captured '1 9 50000000 0' '' -n 3 --median 3 -f plain supply
	same takes_medians "0.000244 0.000977 0.001709" \
		"$(printf '%s\n' "$out" | awk '{printf "%.6f ", $1}' | sed 's/ $//')"
	captured '1 9 50000000 0' '' -n 1 --median 3 -a 3 -f plain supply
	same averages_medians 0.000977 "$(printf '%s\n' "$out" | awk '{printf "%.6f", $1}')"
	captured '1 3 50000000 0 +1' '' -n 1 -a 3 -f csv -T none --no-header supply
	holds gives_no_average_of_what_clipped "$out" '^,,,,2,voltage0:saturated$'
	read_on capture '' -n 2 -a 3 --mode poll -f plain supply
	same averages_what_it_reads_one_by_one "0|1.02400000000 1.02400000000|" "$code|$(printf '%s\n' "$out" | awk '{printf "%.11f ", $1}' | sed 's/ $//')|$err"
}

# 0 to 8000 in steps of 1000: mean 4000 codes are 0.9765625 mV, deviation sqrt(7.5) * 1000 = 2738.61.
reports_noise() {
	captured '1 9 50000000 0' '' -n 9 --stats supply
	holds reports_how_much_was_looked_at "$code|$(printf '%s\n' "$out" | head -n 1)" '^0\|voltage0 \(supply\): 9 samples in 0\.40 s, 20\.000 a second$'
	holds reports_the_mean "$out" '^  mean            0\.0009765625 V$'
	holds reports_the_deviation "$out" '^  deviation       668\.607 uV \(2738\.61 codes\)$'
	holds reports_bits "$out" '^  noise-free      11\.03 bits'
	holds compares_with_the_data_sheet "$out" '3\.89 uV rms at 20 SPS and gain 1 with the inputs shorted: noisier, 171\.9 times$'
	holds counts_codes "$out" '^  codes           9 different, 0 saturated, 0 samples missed$'
	captured '1 9 50000000 0' '' -n 9 --stats -f jsonl supply
	holds reports_as_json "$code|$out" '^0\|\{"channel":"voltage0","label":"supply","n":9,.*"verdict":"noisier"\}$'
	captured '1 3 50000000 0 +1' '' -n 3 --stats supply
	holds counts_saturated_codes "$out" '^  codes           2 different, 1 saturated, '
}

# bridge reads 2.048 mV, 1 mV/V: 2.50000041 kg of 5.
calibrates_by_what_it_reads() {
	file=$OUT/saved.conf
	rm -f "$file"
	load="$(set_to voltage1-voltage2 1073742)"
	empty="$(set_to voltage1-voltage2 107374)"
	read_on capture "$empty rm -f $file;" --mode poll --tare --cal "$file" 'bridge=kitchen scale:bridge=2mV/V,5kg'
	holds sets_the_zero "$code|$out|$err" '^0\|kitchen scale: zero 0\.249999[0-9]* kg, gain 1, by 10 values\|$'
	cp "$file" "$OUT/tared.conf"
	read_on capture "$load cp $OUT/tared.conf $file;" --mode poll --calibrate 2 --cal "$file" 'bridge=kitchen scale:bridge=2mV/V,5kg'
	holds sets_the_gain "$code|$out|$err" '^0\|kitchen scale: zero 0\.249999[0-9]* kg, gain 0\.88888[0-9]*, by 10 values\|$'
	read_on capture "$load" --cal "$file" -f plain 'bridge=kitchen scale:bridge=2mV/V,5kg'
	same shows_the_known_value 2.00000000 "$out"
	read_on capture "$empty" --cal "$file" -f plain 'bridge=kitchen scale:bridge=2mV/V,5kg'
	holds shows_the_zero "$out" '^-?0\.00000000$'
	read_on capture "$empty" --mode poll --calibrate 5 --cal "$file" 'bridge=kitchen scale:bridge=2mV/V,5kg'
	fails_with refuses_a_known_value_at_the_zero 1 "no gain makes 5 kg of 'voltage1-voltage2'.*"
	read_on capture "$(set_to voltage1-voltage2 8388607)" --mode poll --tare --cal "$file" 'bridge=kitchen scale:bridge=2mV/V,5kg'
	fails_with refuses_to_calibrate_by_what_clipped 1 "cannot calibrate 'kitchen scale': .*"
	same keeps_the_file_then "$(head -n 1 "$OUT/tared.conf")" "$(head -n 1 "$file")"
	: >"$OUT/blocked"
	read_on capture "" --mode poll --tare --cal "$OUT/blocked/x" supply
	fails_with says_why_it_cannot_be_saved 1 "cannot open '.*blocked/x': Not a directory"
}

refuses_what_does_not_go_together() {
	nonsense 2 'only one of' --stats --tare supply
	nonsense 2 'only one of' --check --stats supply
	nonsense 2 'check writes text or jsonl' --check -f csv supply
	nonsense 2 'only one of' --stats -a 3 supply
	nonsense 2 'tsv and raw have codes' -a 3 -f tsv supply
	nonsense 2 'stats writes text or jsonl' --stats -f csv supply
	nonsense 2 'tare takes the channels' --tare
	nonsense 2 'calibrate takes one channel' --calibrate 1 supply bridge
	nonsense 2 "'x' is no number" --calibrate x supply
	nonsense 2 "'0' is no number of readings" -a 0 supply
	nonsense 2 "'3x' is no length of time" -a 3x supply
	nonsense 2 "'1.5' is no number of readings" --median 1.5 supply
}

draws_what_it_captures() {
	captured '1 9 50000000 50000' '' -n 9 -f plain --svg "$OUT/run.svg" supply
	same writes_values_beside_a_picture "0|9|" "$code|$(count .)|$err"
	same draws_a_picture_of_the_run '<svg 1 1 </svg>' "$(head -c 5 "$OUT/run.svg")$(grep -c 'class="line" d="M116.0 205.8L' "$OUT/run.svg") $(grep -c '>supply, V</text>' "$OUT/run.svg") $(tail -n 1 "$OUT/run.svg")"
	read_on capture '' --svg /no/such/folder/run.svg supply
	fails_with says_at_once_that_a_picture_cannot_be_written 1 "cannot write to '/no/such/folder/run.svg': No such file or directory"
	captured '1 9 50000000 50000' '' -n 3 -f plain --plot supply
	same writes_lines_where_there_is_no_terminal "0|0.000000000 0.000244141 0.000488281" "$code|$(printf '%s' "$out" | tr '\n' ' ')"
	on_terminal='script -qec "$*" /dev/null;'
	mocked capture "$(capturing '1 9 50000000 50000')
		run() { (unset LC_ALL LC_CTYPE; LANG=C $on_terminal); finish 0; }
		run \"\$@\"" "$OUT/plain/ads1220-read" -n 9 --plot supply
	drawn=$(printf '%s\n' "$out" | tr -d '\r' | sed 's/.*\[H//' | tail -n 24 | head -n 23)
	holds draws_on_a_terminal "$(printf '%s' "$drawn" | head -n 1)" '^supply  0\.00195 V  min 0\.00000  mean 0\.00098  max 0\.00195'
	same draws_in_as_many_rows_as_the_terminal_has 23 "$(printf '%s\n' "$drawn" | grep -c '\[K')"
}

# 20 scans a second by their times; no two codes are alike.
checks_a_converter() {
	captured '1 60 50000000 1000' '' -n 40 --check supply
	same finds_nothing_wrong_where_nothing_is "0|$(
		cat <<-'END'
			ads1220: 40 samples of each channel in 1.95 s, 20.000 conversions a second of 20, 0 missed
			  nothing found
			voltage0 (supply): 40 codes, 40 different, 0 saturated
			  nothing found
		END
	)|" "$code|$out|$err"
	captured '2 60 50000000 1000 20' '' -q -n 40 --check -f jsonl supply bridge
	same checks_as_json "1|$(
		cat <<-'END'
			{"device":"iio:device0","n":40,"seconds":2,"rate":39,"nominal_rate":20,"missed":1,"interrupts":null,"findings":["missed"]}
			{"channel":"voltage0","label":"supply","n":40,"unique":40,"saturated":0,"burn_out":false,"findings":[]}
			{"channel":"voltage1-voltage2","label":"bridge","n":40,"unique":40,"saturated":0,"burn_out":false,"findings":[]}
		END
	)|" "$code|$out|$err"
	captured '1 60 54000000 1000' '' -n 40 --check supply
	holds finds_a_slow_clock "$code|$(printf '%s\n' "$out" | sed -n 2p)" '^1\|  slow: .*CLK'
	captured '1 60 54000000 1000' "mkdir -p iio:device0/of_node/channel@0
		printf '\\0\\0\\0\\0' >iio:device0/of_node/channel@0/single-channel
		printf '\\0\\0\\003\\350' >iio:device0/of_node/channel@0/settling-time-us" -n 40 --check supply
	holds lets_the_tree_slow_a_channel_down "$code|$(printf '%s\n' "$out" | head -n 1)" '^0\|.*, 18\.519 conversions a second, 0 missed'
	captured '1 3 50000000 1000 +0 +1 +2' '' -n 3 --check supply
	holds finds_an_input_beyond_the_reference "$code|$(printf '%s\n' "$out" | tail -n 1)" '^1\|  saturated: .*at the smallest gain'
	captured '1 0 50000000 1000' '' --timeout 300ms --check supply
	holds says_what_may_be_where_nothing_comes "$code|$(printf '%s\n' "$out" | tail -n 1)" "^6\\|  unheard: .*DRDY's wire"
	by_time read_on capture '' --check --mode poll -n 20 supply temp
	same finds_a_code_that_never_changes "1|yes|  nothing found" "$code|$(printf '%s\n' "$out" | grep -q '^  stuck: ' && echo yes)|$(printf '%s\n' "$out" | tail -n 1)"
}

# The tree's cells are big endian: channel 0 alone, and the pair of 1 and 2.
burn_out_at() {
	cat <<-END
		mkdir -p iio:device0/of_node/channel@$1 iio:device0/of_node/channel@9
		printf '$2' >iio:device0/of_node/channel@$1/$3
		printf '\\0\\0\\047\\020' >iio:device0/of_node/channel@$1/burn-out-current-nanoamp
		printf '$2' >iio:device0/of_node/channel@9/$3
	END
}

finds_open_sensors() {
	captured '1 3 50000000 1000 +0 +1 +2' "$(burn_out_at 0 '\0\0\0\0' single-channel)" -n 3 --check supply
	holds finds_an_open_sensor_by_its_burn_out_current "$code|$(printf '%s' "$out" | tail -n 2 | tr '\n' '|')" \
		'^1\|voltage0 \(supply\): 3 codes, 0 different, 3 saturated, with a burn-out current\|  open: '
	captured '1 3 50000000 1000 +0 +1 +2' "$(burn_out_at 3 '\0\0\0\1\0\0\0\2' diff-channels)" -n 3 --check bridge
	holds finds_an_open_pair "$out" '^  open: '
	captured '1 3 50000000 1000 +0 +1 +2' "$(burn_out_at 3 '\0\0\0\1\0\0\0\2' diff-channels)" -n 3 --check supply
	holds takes_no_other_channel_s_current_for_this_ones "$out" '^  saturated: '
}

# A list of interrupts that never counts up, in the place of this machine's own
counts_interrupts() {
	if ! unshare -m true 2>/dev/null; then
		skip counts_interrupts_by_the_device_s_name "no mount namespace here: run it as root"
		return
	fi
	printf ' 55:  7  0 sunxi_pio_edge 6 Level spi1.0\n' >"$OUT/interrupts"
	captured '1 60 50000000 1000' "run() {
			code=0
			unshare -m sh -c 'mount --bind $OUT/interrupts /proc/interrupts; exec \"\$@\"' sh \"\$@\" || code=\$?
			finish \$code
		}" -n 40 --check supply
	holds counts_interrupts_by_the_device_s_name "$code|$(printf '%s' "$out" | head -n 2 | tr '\n' '|')" \
		'^1\|.*, 0 missed, 0 interrupts\|  interrupts-lost: '
}

# 2^22 codes of 2.048 V / 2^23 are 1.024 V; -8388607 at gain 128 are -15.999998093 mV.
rounds_to_digits() {
	read_on capture '' --digits 3 -f csv -T none supply bridge
	same rounds_to_significant_digits "0|supply_V,bridge_V,state|1.02,-0.0160,ok|" "$code|$(printf '%s' "$out" | tr '\n' '|')|$err"
	read_on capture '' --digits 1 supply
	same keeps_what_is_before_the_point "voltage0  supply  1 V" "$out"
	read_on capture '' --digits 15 -f plain supply
	same adds_no_digit_that_was_not_there 1.024000000 "$out"
	read_on capture '' --digits 6 -f jsonl -T none bridge
	holds rounds_in_json "$out" '"raw":-8388607,"V":-0\.0160000,'
	for digits in 0 16 -1 x '' 3.5; do
		alone --digits "$digits" supply
		fails_with "refuses_digits_'$digits'" 2 "'.*' is no number of digits"
	done
	misused --digits 3 -f tsv
	misused --digits 3 -f raw
}

# How often raw of a channel was opened to be read: strace tells.
readings_of() {
	grep -c "in_$1_raw\", O_RDONLY" "$OUT/opened" || true
}

settles_inputs() {
	captured '1 30 50000000 1000' '' -n 2 --settle 200ms -f tsv supply
	same passes_over_what_came_before_it_had_settled \
		"0|$(line voltage0 976563 nV 4000; line voltage0 1220703 nV 5000)|" "$code|$out|$err"
	captured '2 9 50000000 0' '' -v -n 2 --settle 10ms -f tsv supply bridge
	holds reads_one_by_one_what_has_to_settle_in_turn "$code|$err" '^0\|ads1220-read: reading one by one$'
	captured '2 9 50000000 0' '' -n 2 --settle 10ms --mode buffer supply bridge
	fails_with refuses_to_settle_within_a_capture_of_several 2 '.*within a capture of several channels'
	misused --settle
	if ! traces; then
		skip reads_an_input_twice_once_it_is_connected "strace cannot trace here: apt-get install strace"
		return
	fi
	before_ns=$(date +%s%N)
	mocked capture "set -- strace -f -e quiet=all -o '$OUT/opened' -e trace=open,openat \"\$@\";" "$OUT/plain/ads1220-read" \
		--mode poll -n 3 --settle 100ms -f tsv supply
	same reads_an_input_twice_once_it_is_connected "0|4" "$code|$(readings_of voltage0)"
	mocked capture "set -- strace -f -e quiet=all -o '$OUT/opened' -e trace=open,openat \"\$@\";" "$OUT/plain/ads1220-read" \
		-n 2 --settle 100ms -f tsv supply temp
	same reads_each_input_twice_where_they_take_turns "0|4 4" "$code|$(readings_of voltage0) $(readings_of temp)"
	if [ $((($(date +%s%N) - before_ns) / 1000000)) -ge 500 ]; then
		ok waits_for_what_settles
	else
		not_ok waits_for_what_settles "five times 100 ms took less than 500 ms"
	fi
}
