# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read show what a sensor says, corrected where it was calibrated, and refuse nonsense?
# shellcheck shell=sh

# what read_on leaves of each run of the tool
code=0
out=
err=

# bridge is 16 mV wide at gain 128, oven 1650 ohm, and temp is set to 25 degC.
at_25='echo 800 >iio:device0/in_temp_raw;'

# set_to CHANNEL CODE: as an edit of the mocked sysfs
set_to() {
	printf 'echo %s >iio:device0/in_%s_raw;' "$2" "$1"
}

# ITS-90 tables of type K: 5.084 mV at 124 degC, 1.000 at 25. 4.084 mV / 16 mV * 2^23 = 2141192; what
# the tables round, twice 0.0005 mV, is 0.025 degC.
reads_thermocouples() {
	read_on capture "$at_25 $(set_to voltage1-voltage2 2141192)" bridge=oven:tc=K
	holds adds_the_chips_own_cold_junction "$code|$out|$err" '^0\|voltage1-voltage2  oven  (123\.9[89]|124\.0[012]). degC\|$'
	read_on capture "$(set_to voltage1-voltage2 2141192)" bridge:tc=K,cj=25.0
	holds takes_a_fixed_cold_junction "$out" ' (123\.9[89]|124\.0[012]). degC$'
	read_on capture "$at_25 $(set_to voltage1-voltage2 2141192)" -f jsonl -T none bridge:tc=K
	holds tells_what_a_temperature_was_made_of "$out" \
		'"raw":2141192,"V":0\.00408399963,"temperature_C":12[34]\.[0-9]{6},"cj_C":25\.0+,"state":"ok"\}$'
	read_on capture "$at_25 $(set_to voltage1-voltage2 2141192)" -f csv -T none bridge=tc1:tc=K,cj=temp temp
	holds names_the_unit_in_the_head "$out" '^tc1_C,temp_C,state$'
	# IEC 60751: 109.73 ohm at 25 degC; / 1650 * 2^23 = 557866
	read_on capture "$(set_to resistance3 557866) $(set_to voltage1-voltage2 2141192)" -f tsv \
		bridge:tc=K,cj=block oven=block:rtd=pt100
	holds takes_another_sensor_as_cold_junction "$code|$(printf '%s' "$out" | tr '\n' '|')" \
		'^0\|voltage1-voltage2.(1239[789].|1240[0123].).mdegC.2141192\|resistance3.(2498[5-9]|249[^8].|250[01].).mdegC.557866$'
	read_on capture "$(set_to voltage1-voltage2 8388607)" bridge:tc=B,cj=25
	same says_that_a_sensor_is_open "0|voltage1-voltage2  bridge  open|" "$code|$out|$err"
	read_on capture "$(set_to voltage1-voltage2 8388607)" -f tsv bridge:tc=K,cj=25
	same says_that_the_gain_is_too_high "$(printf 'voltage1-voltage2\tover-range\tmdegC\t8388607')" "$out"
	captured '2 3 50000000 0' '' -n 3 -f csv -T none --no-header bridge:tc=K,cj=temp
	same captures_the_cold_junction_unseen "0 3 3" "$code $(count '^[0-9.]*,ok$') $(printf '%s\n' "$out" | sort -u | wc -l)"
}

# IEC 60751: 138.51 ohm at 100 degC, rounded by up to 0.013 degC; / 1650 * 2^23 = 704180.
# 2.048 mV / 16 mV * 2^23 = 1073742 codes are 1.00000016 mV/V of 2.048 V: 2.50000041 kg of 5.
reads_other_sensors() {
	read_on capture "$(set_to resistance3 704180)" oven:rtd=pt100
	holds reads_a_pt100 "$out" ' (99\.9[89]|100\.0[01]). degC$'
	read_on capture "$(set_to voltage1-voltage2 1073742)" -f csv -T none bridge=scale:bridge=2mV/V,5kg
	same weighs "scale_kg,state|2.50000041,ok" "$(printf '%s' "$out" | tr '\n' '|')"
	read_on capture "$(set_to voltage1-voltage2 1073742)" -f tsv --vref 4.096 bridge:bridge=2mV/V,5kg
	same weighs_by_the_voltage_it_is_told "$(printf 'voltage1-voltage2\t1250000205\tnkg\t1073742')" "$out"
	read_on capture '' -f prom supply:loop=100ohm,0..10bar bridge:V
	holds gives_other_units_a_label_in_prom "$out" '^ads1220_value\{device="iio:device0",channel="voltage0",label="supply",unit="bar"\} 3\.9'
	read_on capture "$(set_to voltage0 1)" supply:loop=100ohm,0..10bar
	same takes_a_dead_loop_for_an_error "0|voltage0  supply  error|" "$code|$out|$err"
	read_on capture "$(set_to voltage0 1)" --strict supply:loop=100ohm,0..10bar
	same exits_7_for_it_where_that_is_asked_for 7 "$code"
	read_on capture '' supply:mV supply:raw supply:lin=2,1,mm
	same shows_a_channel_as_often_as_asked "1024.000000000 mV|4194304 raw|3.048000000 mm" \
		"$(printf '%s\n' "$out" | awk '{print $3, $4}' | tr '\n' '|' | sed 's/|$//; s/1024.000000 /1024.000000000 /')"
}

corrects_by_calibration() {
	printf '[bridge]\nunit = kg\nzero = 0.5\ngain = 2\n[supply]\nunit = V\nzero = 0.024\n' >"$OUT/cal.conf"
	read_on capture "$(set_to voltage1-voltage2 1073742)" --cal "$OUT/cal.conf" -f csv -T none bridge:bridge=2mV/V,5kg supply
	same corrects_zero_and_gain "bridge_kg,supply_V,state|4.00000082,1.00000000000,ok" "$(printf '%s' "$out" | tr '\n' '|')"
	read_on capture '' --cal "$OUT/cal.conf" bridge:mV
	holds shows_another_unit_without_it "$code|$err" "^0\|ads1220-read: 'bridge' is shown without its calibration: the calibration is in 'kg', the value in 'mV'"
	read_on capture '' --cal "$OUT/none.conf" supply
	fails_with says_which_calibration_is_missing 1 "cannot open '.*none.conf': No such file or directory"
	printf '[bridge]\nzero = x\n' >"$OUT/cal.conf"
	read_on capture '' --cal "$OUT/cal.conf" supply
	fails_with says_which_line_of_it_is_wrong 1 "'.*cal.conf', line 2: 'x' is no number"
}

# nonsense STATUS MESSAGE ARGUMENT...: refused before anything is read, and what would be right
nonsense() {
	status=$1
	message=$2
	shift 2
	read_on capture '' "$@"
	same "refuses_'$*'" "$status||yes|yes" "$code|$out|$(printf '%s\n' "$err" | grep -qE "^ads1220-read: .*$message" && echo yes)|$(printf '%s\n' "$err" | grep -q '^hint: ' && echo yes)"
}

refuses_wrong_sensors() {
	nonsense 2 "unknown thermocouple type 'X'" supply:tc=X
	nonsense 2 "unknown sensor 'pt100'" oven:pt100
	nonsense 2 "does not fit 'voltage0'.* in nV" supply:rtd=pt100
	nonsense 2 "does not fit 'resistance3'.* in uohm" oven:rtd=pt100,rref=3300
	nonsense 2 "does not fit 'temp'.* in mdegC" temp:tc=K
	nonsense 3 "no channel 'ain9' for the cold junction" bridge:tc=K,cj=ain9
	nonsense 2 "'voltage0' is no cold junction" bridge:tc=K,cj=supply
	nonsense 2 "'voltage1-voltage2' is no cold junction" bridge=a:tc=K,cj=a
	nonsense 3 "has no channel 'nothing'" nothing:V
	nonsense 2 "'x' is no voltage" --vref x supply
	nonsense 2 "'0' is no voltage" --vref 0 supply
}
