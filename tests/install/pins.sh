# SPDX-License-Identifier: GPL-2.0-or-later
# Are pins set in the compiled overlay as in its source, and is every pin refused that is not free?
# shellcheck shell=sh

# shipped: a board on which nothing of ours is in /boot yet, with its real tree and the way in
shipped() {
	stage
	base_tree
	rm -r "$root/boot/overlay-user"
	mkdir "$root/boot/overlay-user"
	cp "$env" "$SCRATCH/shipped-env"
}

ship() {
	ship_command=$1
	shift
	try "$SETUP" "$ship_command" --root "$root" --overlays "$BUILD/overlays" --yes "$@"
}

# plain TREE OVERLAY: what Linux sees of the two
plain() {
	fdtoverlay -i "$1" -o "$SCRATCH/plain.dtb" "$2" && dtc -q -s -I dtb -O dts "$SCRATCH/plain.dtb"
}

# sets NAME SED-SCRIPT OPTION...: the overlay that enable puts is that of a source edited by hand
sets() {
	sets_name=$1
	sed "$2" "$TOP/overlays/$SPI1.dts" > "$SCRATCH/edited.dts"
	shift 2
	dtc -@ -q -I dts -O dtb -o "$SCRATCH/edited.dtbo" "$SCRATCH/edited.dts"
	shipped
	ship enable "$@"
	tree=$root/boot/dtb/sun8i-h2-plus-orangepi-zero.dtb
	plain "$tree" "$SCRATCH/edited.dtbo" > "$SCRATCH/wanted"
	plain "$tree" "$root/boot/overlay-user/$SPI1.dtbo" > "$SCRATCH/found"
	same "$sets_name" "0 yes" "$status $(grep -q ti,ads1220 "$SCRATCH/wanted" && echo yes)$(
		diff "$SCRATCH/wanted" "$SCRATCH/found" | head -n 8)"
}

PA7='s/"PA6"/"PA7"/; s/<0 6 8>/<0 7 8>/'
PG6='s/"PA6"/"PG6"/; s/<0 6 8>/<6 6 8>/; s/input-debounce = <1 0>/input-debounce = <0 1>/'
# select_edit CELLS: as chip select 1, on that pin
select_edit() {
	printf '%s' "s/adc@0/adc@1/; /compatible = \"ti,ads1220\"/,/spi-cpha/s/reg = <0>/reg = <1>/;" \
		"s/status = \"okay\";/status = \"okay\"; cs-gpios = <0>, <\&pio $1 1>;/"
}

try_sets() {
	sets the_overlay_stays_as_compiled_without_options ''
	sets drdy_is_set_to_another_pin_of_its_port "$PA7" --drdy PA7
	sets drdy_is_set_to_the_other_port_and_its_filter_too "$PG6" --drdy PG6
	sets the_second_chip_select_is_armbians "$(select_edit '0 10')" --cs 1
	sets any_pin_can_be_the_chip_select "$(select_edit '6 7')" --cs PG7
	sets both_can_be_set_at_once "$PA7; $(select_edit '0 3')" --cs PA3 --drdy PA7
	ship enable
	holds what_was_chosen_is_kept "$said" 'already enabled.*nothing changed'
	ship enable --cs 0 --drdy PA6
	same the_first_choice_comes_back_to_the_byte "" \
		"$(cmp "$BUILD/overlays/$SPI1.dtbo" "$root/boot/overlay-user/$SPI1.dtbo" 2>&1)"
	ship enable --drdy PA7
	holds the_wires_are_named "$said" \
		'^wires: DRDY to PA7 \(pin 12 of the header\), chip select of spi1 itself'
	same only_the_overlay_is_written_then \
		"$(printf '%s\nuser_overlays=%s' "$FRESH_ENV" "$SPI1")" "$(cat "$env")"
	ship disable
	same disable_takes_the_overlay_away "0 0" \
		"$status $(find "$root/boot/overlay-user" -type f | wc -l)"
	shipped
	ship enable --dry-run --drdy PA7
	same dry_run_puts_no_overlay "0 0" "$status $(find "$root/boot/overlay-user" -type f | wc -l)"
}

# pin_refused NAME PATTERN OPTION...
pin_refused() {
	pin_name=$1
	pin_pattern=$2
	shift 2
	refused "$pin_name" "$pin_pattern" \
		"$SETUP" enable --root "$root" --overlays "$BUILD/overlays" --yes "$@"
}

try_bad_pins() {
	shipped
	for pin in PD14 PC4 PE0 PF6; do
		try "$SETUP" enable --drdy $pin --root "$root"
		same "drdy_at_${pin}_which_cannot_interrupt_is_misuse" "2 yes" \
			"$status $(printf '%s' "$said" | grep -q 'cannot interrupt' && echo yes)"
	done
	for pin in PA22 PG14 PA06 PB0 PL3 pa6 PA 6 A6 'PA6 ' PA6,PA7; do
		try "$SETUP" enable --drdy "$pin" --root "$root"
		same "drdy_at_'$pin'_is_misuse" 2 "$status"
		try "$SETUP" enable --cs "$pin" --root "$root"
		same "chip_select_at_'$pin'_is_misuse" 2 "$status"
	done
	pin_refused the_led_of_orange_pi_zero_is_refused 'PA17 cannot be DRDY.*LED' --drdy PA17
	pin_refused the_wifi_interrupt_is_refused 'PG10 cannot be DRDY.*wifi' --drdy PG10
	pin_refused a_taken_chip_select_is_refused 'PA20 cannot be the chip select' --cs PA20
	pin_refused one_pin_for_both_is_refused 'PA7 cannot be both' --cs PA7 --drdy PA7
	pin_refused drdy_on_a_wire_of_the_bus_is_refused 'PA14 is used by' --drdy PA14
	pin_refused the_chip_select_on_a_wire_of_the_bus_is_refused 'PA13 is used by' --cs PA13
	pin_refused drdy_on_a_pin_of_the_console_is_refused 'PA5 is used by /soc/serial' --drdy PA5
	live xunlong,orangepi-pc allwinner,sun8i-h3
	pin_refused the_led_of_orange_pi_pc_is_refused 'PA15 cannot be DRDY.*LED' --drdy PA15
	printf 'no tree' > "$root/boot/overlay-user/$SPI0.dtbo"
	ship enable
	same a_damaged_overlay_in_place_is_replaced "0" \
		"$status$(cmp "$BUILD/overlays/$SPI0.dtbo" "$root/boot/overlay-user/$SPI0.dtbo" 2>&1)"
}

# conflict NAME PATTERN OVERLAY-SOURCE: another enabled overlay wants what ours wants
conflict() {
	shipped
	overlay rival "$3"
	echo user_overlays=rival >> "$env"
	pin_refused "$1" "$2"
}

# flash_at NUMBER: another device on our bus, at that chip select
flash_at() {
	printf '&spi1 { #address-cells = <1>; #size-cells = <0>; flash@%s { %s reg = <%s>; }; };' \
		"$1" 'compatible = "jedec,spi-nor";' "$1"
}

try_conflicts() {
	conflict uart3_on_the_same_pins_is_refused 'PA13 is used by /soc/serial@1c28c00 \(pinctrl-0\)' \
		'&uart3 { pinctrl-names = "default"; pinctrl-0 = <&uart3_pins>; status = "okay"; };'
	conflict a_led_on_the_pin_of_drdy_is_refused 'PA6 is used by /leds2/led \(gpios\)' \
		'&{/} { leds2 { compatible = "gpio-leds"; led { gpios = <&pio 0 6 0>; }; }; };'
	conflict an_interrupt_on_the_pin_of_drdy_is_refused 'PA6 is used by /button \(interrupts\)' \
		'&{/} { button { interrupt-parent = <&pio>; interrupts = <0 6 2>; }; };'
	conflict a_hog_of_the_pin_of_drdy_is_refused 'PA6 is used by .*/hog \(gpio-hog\)' \
		'&pio { hog { gpio-hog; gpios = <0 6 0>; output-high; }; };'
	conflict another_device_at_the_chip_select_is_refused \
		'chip select 0 of .*spi@1c69000 is used by .*flash@0' "$(flash_at 0)"
	shipped
	overlay rival \
		'&uart3 { pinctrl-names = "default"; pinctrl-0 = <&uart3_pins>; status = "disabled"; };'
	echo user_overlays=rival >> "$env"
	ship enable
	same a_disabled_rival_is_none 0 "$status"
	shipped
	overlay rival "$(flash_at 1)"
	echo user_overlays=rival >> "$env"
	ship enable
	same a_device_at_the_other_chip_select_is_no_rival 0 "$status"
	shipped
	sed -i 's/^overlays=.*/overlays=spi-spidev/' "$env"
	echo param_spidev_spi_bus=1 >> "$env"
	pin_refused spidev_that_the_fixup_would_enable_is_refused 'used by the overlay spi-spidev'
	sed -i 's/^param_spidev_spi_bus=1/param_spidev_spi_bus=0/' "$env"
	ship enable
	same spidev_on_the_other_bus_is_no_rival 0 "$status"
}

# Every board that is known has its bus and PA6 free in its tree, in all kernels.
try_known_boards() {
	for kernel_series in $SERIES; do
		trees=$("$TOP/tests/board/base-trees" "$kernel_series")
		for tree in h2-plus-orangepi-zero h3-orangepi-pc h3-orangepi-pc-plus h3-orangepi-one \
			h3-nanopi-neo h3-nanopi-m1; do
			shipped
			cp "$trees/sun8i-$tree.dtb" "$root/boot/dtb/"
			fdtget "$trees/sun8i-$tree.dtb" / compatible | tr ' \n' '\0\0' \
				> "$root/proc/device-tree/compatible"
			ship enable
			says "${tree#*-}_of_${kernel_series}_has_its_pins_free" "takes 2 overlay"
		done
	done
}

try_pins() {
	try_sets
	try_bad_pins
	try_conflicts
	try_known_boards
}
