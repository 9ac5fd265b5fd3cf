# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-read make of a channel's value what the sensor on it says?
# shellcheck shell=sh

# what run and mocked leave of each run of the tool
code=0
out=
err=

# sensor NAME CODE COLUMN EXPECTED: the input of gain 128, 2^-19 mV a code, or of 1650 ohm / 2^23, or of
# gain 1 has that code; the csv's second line then is EXPECTED
sensor() {
	case $3 in
	bridge*) input=voltage1-voltage2 ;;
	oven*) input=resistance3 ;;
	*) input=voltage0 ;;
	esac
	read_on capture "echo $2 >iio:device0/in_${input}_raw;" -f csv -T none "$3"
	same "$1" "0|$4" "$code|$(printf '%s\n' "$out" | sed -n 2p | cut -c 1-${#4})"
}

# NIST's table for type K: 4.096 mV are 100 degC above 0 degC, and 1.000 mV stand for 25 degC; their sum,
# 5.096 mV, is 124.3 degC; -0.968 mV for -25 degC leave 3.128 mV, between 76 and 77 degC. 4.096 mV / 2^-19 mV are 2147484 codes.
# IEC 60751's table: 138.51 ohm are 100 degC; its formula has 60.2558 ohm for -100 degC: 704189 and
# 306341 codes.
# 12 mA through 100 ohm are 1.2 V, 4915200 codes, in the middle of 4 to 20 mA.
# 5 kg pull 2 mV/V out of 2.048 V: 4.096 mV.
converts_what_sensors_say() {
	sensor reads_a_thermocouple_with_a_known_junction 2147484 bridge:tc=K,cj=25.0 124.3
	sensor reads_a_thermocouple_with_the_chip_s_sensor 2147484 bridge:tc=K 76.
	sensor reads_a_platinum_resistor 704189 oven:rtd=pt100 100.0
	sensor reads_a_cold_platinum_resistor 306341 oven:rtd=pt100 -100.00
	sensor reads_a_current_loop 4915200 supply:loop=100ohm,0..10bar 5.000
	sensor reads_a_bridge 2147484 bridge:bridge=2mV/V,5kg 5.0000
	sensor reads_a_linear_map 4194304 supply:lin=2,1,bar 3.0480
	sensor reads_millivolts 4194304 supply:mV 1024.0000
	sensor reads_the_code 4194304 supply:raw 4194304,ok
}

tells_what_sensors_cannot_say() {
	sensor takes_a_thermocouple_that_clips_for_an_open_one 8388607 supply:tc=K ,voltage0:open
	sensor says_that_a_loop_is_below_its_range 0 supply:loop=100ohm,0..10bar ,voltage0:
	sensor says_what_is_out_of_a_sensor_s_range 8388606 oven:rtd=pt100 ,resistance3:out-of-range
	read_on capture 'ln -sf /proc/self/mem iio:device0/in_temp_raw;' -f csv -T none bridge:tc=K
	same has_no_value_without_a_cold_junction "1|,voltage1-voltage2:error" "$code|$(printf '%s\n' "$out" | sed -n 2p)"
	read_on capture '' --strict -f csv -T none oven:rtd=pt100
	same ends_with_7_for_what_is_out_of_range_if_strict 7 "$code"
}

# -800 is -25 degC (SBAS501 section 8.3.13)
writes_what_was_measured_too() {
	read_on capture 'echo 0 >iio:device0/in_voltage1-voltage2_raw;' -f jsonl -T none bridge=tc1:tc=K
	same has_the_voltage_and_the_junction_in_json \
		'0|{"device":"iio:device0","channel":"voltage1-voltage2","label":"tc1","raw":0,"V":0.00000000000,"temperature_C":-25.000000,"cj_C":-25.0000,"state":"ok"}' \
		"$code|$out"
	read_on capture '' -f tsv supply:lin=2,1,bar temp:raw
	same has_billionths_of_the_unit_in_the_stable_form "0|$(line voltage0 3048000000 nbar 4194304; line temp -800 raw -800)" "$code|$out"
	read_on capture '' supply=level:lin=2,1,bar
	same has_the_unit_for_people "0|voltage0  level  3.048000000 bar" "$code|$out"
	captured '2 3 50000000 0' '' -n 3 -f csv -T none supply:mV temp:raw
	same converts_captured_samples_too "0|supply_mV,temp_raw,state|0.00000000,1,ok|0.24414063,1001,ok|0.48828125,2001,ok|" \
		"$code|$(printf '%s\n' "$out" | tr '\n' '|')"
}

refuses_sensors_that_cannot_be() {
	while read -r status argument pattern; do
		read_on capture '' "$argument"
		fails_with "refuses_$argument" "$status" "$pattern"
	done <<-'END'
		2 bridge:tc=Z unknown thermocouple type 'Z'
		2 bridge:tc=K,cj=supply 'supply' is no temperature.*
		3 bridge:tc=K,cj=nowhere device 'ads1220' has no channel 'nowhere'
		2 oven:tc=K this channel is in .*
		3 voltage9:tc=K device 'ads1220' has no channel 'voltage9'
		2 supply: .*
		2 supply= .*
		2 supply:lin=1,2 .*
	END
	read_on capture '' --vref 0 supply
	fails_with refuses_no_reference 2 "'0' is no reference"
	read_on capture '' --vref 4.096 -f csv -T none bridge:bridge=2mV/V,5kg
	holds divides_by_the_reference_given "$(printf '%s\n' "$out" | sed -n 2p)" '^-9\.7656'
}
