# SPDX-License-Identifier: GPL-2.0-or-later
# Does status name the first step that fails and what to do, and say yes only if all is well?
# shellcheck shell=sh

# well: a root on which everything works, as Linux shows it
well() {
	stage
	printf 'user_overlays=%s\n' "$SPI1" >> "$env"
	node=$root/proc/device-tree/soc/spi@1c69000/adc@0
	mkdir -p "$node" "$root/lib/modules/$(uname -r)/updates" "$root/sys/module/ti_ads1220"
	printf 'ti,ads1220\0' > "$node/compatible"
	touch "$root/lib/modules/$(uname -r)/updates/ti-ads1220.ko"
	device=$root/sys/devices/spi0.0
	mkdir -p "$device/iio:device1" "$root/sys/bus/spi/devices" "$root/sys/bus/iio/devices"
	mkdir -p "$root/sys/bus/spi/drivers/ads1220"
	echo spi:ads1220 > "$device/modalias"
	ln -s ../../bus/spi/drivers/ads1220 "$device/driver"
	ln -s ../../../devices/spi0.0 "$root/sys/bus/spi/devices/spi0.0"
	echo ads1220 > "$device/iio:device1/name"
	ln -s ../../../devices/spi0.0/iio:device1 "$root/sys/bus/iio/devices/iio:device1"
}

# status_says NAME FIRST-NO NEXT
status_says() {
	try "$SETUP" status --root "$root"
	same "status_fails_with_$1" 1 "$status"
	same "status_names_$1_first" "$2" \
		"$(printf '%s\n' "$said" | sed -n 's/^no   //p' | head -n 1 | cut -c "1-${#2}")"
	holds "status_says_what_to_do_with_$1" "$said" "^next: $3"
}

try_status() {
	well
	snapshot "$root" > "$SCRATCH/before"
	try "$SETUP" status --root "$root"
	says status_says_that_all_is_well '^all is well: ads1220-read'
	same status_has_six_steps_and_no_no "5 0" \
		"$(printf '%s\n' "$said" | grep -c '^yes') $(printf '%s\n' "$said" | grep -c '^no')"
	snapshot "$root" > "$SCRATCH/after"
	same status_changes_nothing "" "$(diff "$SCRATCH/before" "$SCRATCH/after")"
	well; printf '%s\n' "$FRESH_ENV" > "$env"
	status_says a_file_that_does_not_ask 'armbianEnv.txt names no overlay' 'sudo ads1220-setup enable$'
	well; printf 'user_overlays=%s\r\n' "$SPI1" > "$env"
	status_says a_carriage_return \
		"armbianEnv.txt names $SPI1, but with a carriage return" 'sudo ads1220-setup enable$'
	well; printf 'user_overlays=%s %s\n' "$SPI0" "$SPI1" > "$env"
	status_says both_overlays 'armbianEnv.txt names both' 'sudo ads1220-setup enable$'
	well; rm "$root/boot/overlay-user/$SPI1.dtbo"
	status_says a_missing_overlay 'there is no' 'sudo ads1220-setup refresh'
	well; rm -r "$root/proc/device-tree/soc"
	status_says a_tree_without_the_chip 'the live device tree has no' 'sudo reboot'
	well; rm "$root/lib/modules/$(uname -r)/updates/ti-ads1220.ko"
	status_says a_missing_module 'there is no ti-ads1220 for the kernel' \
		'sudo apt-get install linux-headers-.*; sudo make install'
	well; rm "$root/sys/devices/spi0.0/driver"; rmdir "$root/sys/module/ti_ads1220"
	status_says a_driver_not_loaded 'the driver is not loaded' 'sudo modprobe ti-ads1220'
	well; rm "$root/sys/devices/spi0.0/driver"
	status_says a_silent_chip 'the driver is loaded, but bound to no chip' 'dmesg .*wiring'
	well; echo other > "$root/sys/devices/spi0.0/iio:device1/name"
	status_says no_iio_device '/sys/bus/iio shows no ads1220' dmesg
}
