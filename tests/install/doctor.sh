# SPDX-License-Identifier: GPL-2.0-or-later
# Does doctor find each thing that can be wrong, say what to do, and are both readable for programs?
# shellcheck shell=sh

# stand_in PROGRAM TEXT: one that prints that text
stand_in() {
	mkdir -p "$SCRATCH/stand-ins"
	printf '#!/bin/sh\ncat <<"END"\n%s\nEND\n' "$2" > "$SCRATCH/stand-ins/$1"
	chmod +x "$SCRATCH/stand-ins/$1"
}

# healthy: all is well, down to the reading; the modules are Debian's, so that they are real ones
healthy() {
	well
	base_tree
	rm -rf "$SCRATCH/stand-ins"
	kernel=$("$TOP/tests/board/kernel" 6.1)
	release=$(ls "$kernel/lib/modules")
	stand_in uname "$release"
	stand_in dmesg ''
	modules=$root/lib/modules/$release
	mkdir -p "$modules/updates" "$modules/kernel" "$modules/build/include/generated" \
		"$modules/build/scripts/basic" "$modules/build/scripts/mod"
	find "$kernel/lib/modules" -name industrialio.ko -exec cp {} "$modules/kernel/" \;
	cp "$modules/kernel/industrialio.ko" "$modules/updates/ti-ads1220.ko"
	printf '#define UTS_RELEASE "%s"\n' "$release" \
		> "$modules/build/include/generated/utsrelease.h"
	for tool in basic/fixdep mod/modpost; do
		printf '#!/bin/sh\nexit 1\n' > "$modules/build/scripts/$tool"
		chmod +x "$modules/build/scripts/$tool"
	done
	touch "$node/spi-cpha"
	echo 4242 > "$device/iio:device1/in_voltage0_raw"
	printf 'btime %s\n' "$(($(date +%s) - 3600))" > "$root/proc/stat"
}

doctor() {
	try env PATH="$SCRATCH/stand-ins:$PATH" "$SETUP" doctor --root "$root" "$@"
}

# doctor_says NAME FIRST-NO NEXT
doctor_says() {
	doctor
	same "doctor_fails_with_$1" 1 "$status"
	holds "doctor_names_$1_first" "$(printf '%s\n' "$said" | sed -n 's/^no   //p' | head -n 1)" "$2"
	holds "doctor_says_what_to_do_with_$1" "$said" "^next: .*$3"
}

try_asked() {
	healthy; rm "$root/boot/.next"
	doctor_says a_missing_next 'no .*/\.next' 'touch .*/\.next'
	healthy; truncate -s 40M "$root/boot/uInitrd"
	doctor_says an_initrd_in_the_way 'uInitrd. has' 'MODULES=dep'
	healthy; printf '%s\nuser_overlays=sun8i-ads1220-spi1\n' "$FRESH_ENV" > "$env"
	doctor_says a_mistyped_name "is sun8i-ads1220-spi1 meant" 'ads1220-setup enable'
	healthy; sed -i 's/^overlays=.*/overlays=usbhost2\r/' "$env"
	doctor_says a_carriage_return_in_the_kernels_list 'carriage return' 'sed -i'
	healthy; printf 'overlays=usbhost2\tusbhost3\n' >> "$env"
	doctor_says a_tab_in_a_list 'there is a tab' 'write blanks'
	healthy; sed -i 's/^overlays=.*/overlays=sun8i-h3-usbhost2/' "$env"
	doctor_says a_prefix_too_much "looks for 'sun8i-h3-sun8i-h3-usbhost2.dtbo'" "without 'sun8i-h3-'"
	healthy; sed -i '/^overlay_prefix/d' "$env"
	doctor_says a_missing_prefix 'no overlay_prefix=' 'overlay_prefix=sun8i-h3'
	healthy; overlay bad '&no_such { status = "okay"; };'; sed -i "s/^user_overlays=.*/& bad/" "$env"
	doctor_says the_overlay_that_drops_all "bad.dtbo does not apply .*drops all" 'take it out'
	healthy; fdtput -r "$root/boot/dtb/sun8i-h2-plus-orangepi-zero.dtb" /__symbols__
	doctor_says a_tree_without_symbols 'has no symbols' "kernel package"
	healthy; overlay led '&{/} { l { compatible = "gpio-leds"; l { gpios = <&pio 0 6 0>; }; }; };'
	sed -i "s/^user_overlays=.*/& led/" "$env"
	doctor_says a_rival_for_the_pin 'PA6 is used by /l/l' '--drdy PIN'
}

try_live() {
	healthy; rm -r "$root/proc/device-tree/soc"
	doctor_says a_tree_of_before_the_change 'the live device tree has no ti,ads1220$' 'sudo reboot'
	touch -d '2 hours ago' "$env"
	doctor_says an_overlay_that_was_not_applied 'though the board has booted since' 'serial console'
	healthy; touch "$node/spi-cpol"
	doctor_says a_wrong_spi_mode 'SPI mode 1' 'reboot'
	healthy; rm "$node/spi-cpha"
	doctor_says a_missing_spi_mode 'SPI mode 1' 'reboot'
	healthy; rm -r "$root/lib/modules/$release"
	doctor_says a_kernel_that_was_replaced 'is not the installed one' 'sudo reboot'
	healthy; rm "$device/iio:device1/in_voltage0_raw"; mkdir "$device/iio:device1/in_voltage0_raw"
	doctor_says a_reading_that_fails 'it does not read' 'wires'
	healthy; stand_in cat ''
	cat > "$SCRATCH/stand-ins/cat" <<-END
		#!/bin/sh
		case "\$*" in
		*_raw) echo "cat: x: Connection timed out" >&2; exit 1 ;;
		esac
		exec $(command -v cat) "\$@"
	END
	doctor_says a_silent_drdy 'no sign from DRDY' 'wire from DRDY'
}

# dead TEXT: the driver is not loaded, and the kernel has said that
dead() {
	healthy
	rm "$device/driver"
	rmdir "$root/sys/module/ti_ads1220"
	rm -r "$device/iio:device1" "$root/sys/bus/iio/devices/iio:device1"
	stand_in dmesg "[    9.1] ti_ads1220: $1"
}

# The lines are the kernel's own (kernel/module/main.c, version.c of 6.1).
try_module_refusals() {
	dead "version magic '6.1.0-49-armmp SMP mod_unload' should be '6.1.0-50-armmp SMP mod_unload'"
	doctor_says a_module_for_another_kernel \
		"the module says '6.1.0-49-armmp', the kernel '6.1.0-50-armmp'" \
		'sudo make install'
	dead 'disagrees about version of symbol iio_device_alloc'
	doctor_says symbols_of_another_version 'one function or structure differs' 'symbol versions'
	dead ".gnu.linkonce.this_module section size must match the kernel's built struct module size \
at run time"
	doctor_says another_struct_module "'struct module' has another size" dwarves
	dead 'Unknown symbol iio_triggered_buffer_setup_ext (err -2)'
	doctor_says an_unknown_symbol 'does not have a function that the module calls' \
		'modprobe ti-ads1220'
	dead 'Loading of unsigned module is rejected'
	doctor_says a_missing_signature 'takes signed modules only' 'sign it'
	for remark in 'module verification failed: signature and/or required key missing - tainting kernel' \
		'loading out-of-tree module taints kernel.'; do
		dead "$remark"
		doctor_says "what_is_no_refusal_(${remark%% *})" 'the driver is not loaded' modprobe
	done
	healthy
	upgraded_to=$(printf '%s' "$release" | tr 0123456789 1234567890)
	stand_in uname "$upgraded_to"
	mv "$modules" "$root/lib/modules/$upgraded_to"
	sed -i "s/$release/$upgraded_to/" "$root/lib/modules/$upgraded_to/kernel/industrialio.ko" \
		"$root/lib/modules/$upgraded_to/build/include/generated/utsrelease.h"
	# With symbol versions the release would not count.
	find "$root/lib/modules/$upgraded_to" -name '*.ko' \
		-exec sed -i 's/ modversions / withoutthem /' {} +
	mkdir -p "$root/usr/lib/ads1220-dkms"
	cp "$TOP/install/build-module" "$root/usr/lib/ads1220-dkms/"
	doctor_says a_kernel_that_the_module_is_not_for \
		"the module says '$release', the kernel '$upgraded_to'" \
		"sudo /usr/lib/ads1220-dkms/build-module --again $upgraded_to"
	healthy; head -c 640 /dev/zero > "$SCRATCH/this-module"
	arm-linux-gnueabihf-objcopy --update-section .gnu.linkonce.this_module="$SCRATCH/this-module" \
		"$modules/updates/ti-ads1220.ko" 2> "$SCRATCH/log"
	doctor_says a_module_of_another_configuration \
		"'struct module': size 0x280 in the module, 0x240 in the kernel.*pahole" \
		'sudo make install'
	healthy; rm "$modules/updates/ti-ads1220.ko"
	doctor_says a_missing_module 'there is no ti-ads1220 for the kernel' 'sudo make install'
	rm -r "$modules/build"
	doctor_says a_missing_module_without_headers 'there is no ti-ads1220 for the kernel' \
		"sudo apt-get install linux-headers-$release; "
}

try_headers() {
	healthy; rm -r "$modules/build"
	doctor
	holds doctor_names_the_package_of_missing_headers "$said" '^note there are no headers'
	same missing_headers_alone_are_no_fault 0 "$status"
	healthy
	echo '#define UTS_RELEASE "6.1.0-49-armmp"' > "$modules/build/include/generated/utsrelease.h"
	doctor_says headers_of_another_version 'are of 6.1.0-49-armmp, but' \
		'apt-get install linux-headers-6.1.0-50-armmp'
	healthy; rm "$modules/build/scripts/mod/modpost"
	doctor_says headers_that_were_not_configured 'are not built' '--reinstall linux-headers-'
	healthy; printf '\177ELF\2\1\1' > "$modules/build/scripts/basic/fixdep"
	doctor_says headers_for_another_machine 'not for this machine' '--reinstall'
}

# parsed NAME WANTED FILTER: what a program gets of it
parsed() {
	same "$1" "$2" "$(printf '%s\n' "$said" | jq -r "$3" 2>&1)"
}

try_json() {
	healthy
	doctor --json
	parsed json_says_that_all_is_well "true doctor 0" \
		'"\(.well) \(.command) \([.steps[] | select(.is == "no")] | length)"'
	printf 'user_overlays=a"b\\ctab\there\r\n' >> "$env"
	doctor --json
	parsed json_survives_quotes_and_backslashes false .well
	parsed json_names_the_first_step_that_fails env '[.steps[] | select(.is == "no")][0].step'
	parsed json_has_the_next_command 'sudo ads1220-setup enable' .next
	try env PATH="$SCRATCH/stand-ins:$PATH" "$SETUP" status --json --root "$root"
	parsed json_of_status_has_five_steps 5 '.steps | length'
}

try_doctor() {
	healthy
	snapshot "$root" > "$SCRATCH/before"
	doctor
	says doctor_says_that_all_is_well '^all is well'
	holds doctor_takes_a_reading "$said" '^yes  it reads: in_voltage0_raw is 4242'
	snapshot "$root" > "$SCRATCH/after"
	same doctor_changes_nothing "" "$(diff "$SCRATCH/before" "$SCRATCH/after")"
	try_asked
	try_live
	try_module_refusals
	try_headers
	try_json
}
