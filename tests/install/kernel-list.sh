# SPDX-License-Identifier: GPL-2.0-or-later
# Does the overlay get among the kernel's, out again, and back after an upgrade replaced these?
# shellcheck shell=sh

kernel_words() {
	sed -n 's/^overlays=//p' "$env" | tail -n 1
}

where_overlays_are() {
	(cd "$root/boot" && find . -name 'sun8i-h3-ads1220*' | sort | tr '\n' ' ')
}

try_via_kernel() {
	shipped
	ship enable --via kernel
	same via_kernel_names_it_without_prefix "0 usbhost2 usbhost3 ads1220-spi1" \
		"$status $(kernel_words)"
	same via_kernel_puts_it_among_the_kernels \
		"./dtb/overlay/$SPI1.dtbo ./overlay-user/$SPI1.dtbo " "$(where_overlays_are)"
	same via_kernel_names_it_nowhere_else "" "$(enabled_words)"
	ship enable
	holds the_way_that_was_chosen_is_kept "$said" 'already enabled'
	ship enable --via user
	same never_both_ways_at_once "usbhost2 usbhost3|$SPI1|./overlay-user/$SPI1.dtbo " \
		"$(kernel_words)|$(enabled_words)|$(where_overlays_are)"
	ship enable --via kernel
	ship disable
	same disable_undoes_via_kernel "0" \
		"$status$(cmp "$env" "$SCRATCH/shipped-env" 2>&1)$(where_overlays_are)"
	ship enable --via kernel
	echo later=1 >> "$env"
	ship disable
	same disable_undoes_via_kernel_when_others_wrote_since \
		"$(printf '%s\nlater=1' "$FRESH_ENV")" "$(cat "$env")"
}

try_refresh() {
	shipped
	snapshot "$root" > "$SCRATCH/before"
	ship refresh
	snapshot "$root" > "$SCRATCH/after"
	same refresh_does_nothing_where_nothing_is_enabled "0" \
		"$status$(diff "$SCRATCH/before" "$SCRATCH/after")"
	ship enable --via kernel --drdy PA7
	snapshot "$root" > "$SCRATCH/before"
	mv "$root/boot/dtb/overlay/$SPI1.dtbo" "$SCRATCH/kept.dtbo"
	ship refresh
	snapshot "$root" > "$SCRATCH/after"
	same refresh_puts_back_what_an_upgrade_took "0" \
		"$status$(diff "$SCRATCH/before" "$SCRATCH/after")"
	ship refresh
	holds refresh_again_says_that_nothing_changed "$said" 'in place.*nothing changed'
	shipped
	ship refresh --via kernel
	same refresh_via_kernel_offers_the_boards_overlay \
		"0 ./dtb/overlay/$SPI1.dtbo ./overlay-user/$SPI1.dtbo " \
		"$status $(where_overlays_are)"
	same refresh_via_kernel_enables_nothing "" "$(cmp "$env" "$SCRATCH/shipped-env" 2>&1)"
	rm "$root/boot/dtb/overlay/$SPI1.dtbo"
	ship refresh
	same refresh_offers_again_after_an_upgrade \
		"0 ./dtb/overlay/$SPI1.dtbo ./overlay-user/$SPI1.dtbo " \
		"$status $(where_overlays_are)"
	sed -i 's/^overlays=.*/& ads1220-spi1/' "$env"
	ship enable
	holds what_armbian_config_enabled_counts "$said" 'already enabled'
	cp "$SCRATCH/shipped-env" "$env"
	ship disable
	same disable_takes_back_what_was_offered "0" "$status$(where_overlays_are)"
	ship enable
	ship refresh --via kernel
	same refresh_offers_nothing_that_is_enabled_otherwise "0 ./overlay-user/$SPI1.dtbo " \
		"$status $(where_overlays_are)"
	shipped
	live acme,board allwinner,sun8i-h3
	refused refresh_via_kernel_offers_an_unknown_board_nothing 'which SPI bus' \
		"$SETUP" refresh --via kernel --root "$root" --overlays "$BUILD/overlays"
	shipped
	ship enable --via kernel
	rm "$root/boot/dtb/overlay/$SPI1.dtbo"
	fdtput -r "$root/boot/dtb/sun8i-h2-plus-orangepi-zero.dtb" /soc/spi@1c69000
	refused refresh_puts_nothing_that_would_drop_all 'does not apply' \
		"$SETUP" refresh --root "$root" --overlays "$BUILD/overlays"
}

try_kernel_refusals() {
	shipped
	mkdir -p "$root/boot/dtb/allwinner/overlay"
	pin_refused two_folders_of_overlays_are_refused "must be one folder 'overlay'" --via kernel
	shipped; rm -r "$root/boot/dtb/overlay"
	pin_refused no_folder_of_overlays_is_refused "must be one folder 'overlay'.*none" --via kernel
	shipped; sed -i 's/^overlay_prefix=.*/overlay_prefix=sun50i-h5/' "$env"
	pin_refused another_prefix_is_refused "overlay_prefix in .* is 'sun50i-h5'" --via kernel
	shipped; sed -i '/^overlay_prefix=/d' "$env"
	pin_refused no_prefix_is_refused "overlay_prefix in .* is ''" --via kernel
	for line in 'enable --via configfs' 'enable --via' 'enable --json' 'refresh --json' \
		'enable --cs 2'; do
		try sh -c "\"\$0\" $line" "$SETUP"
		same "'ads1220-setup $line'_is_misuse" 2 "$status"
	done
}

# 0x45000000 - 0x43400000 is 28 MiB: so much is there for the initrd before the first overlay.
try_initrd() {
	shipped; truncate -s 29360128 "$root/boot/uInitrd"
	ship enable
	same an_initrd_of_28_MiB_is_not_in_the_way 0 "$status"
	shipped; truncate -s 29360129 "$root/boot/uInitrd"
	pin_refused an_initrd_in_the_overlays_way_is_refused 'more than 29360128 are overwritten'
	sed -i 's/"0x45000000"/"0x4fa00000"/' "$root/boot/boot.scr"
	ship enable
	same an_initrd_is_not_in_the_way_of_overlays_further_up 0 "$status"
}

try_kernel_list() {
	try_via_kernel
	try_refresh
	try_kernel_refusals
	try_initrd
}
