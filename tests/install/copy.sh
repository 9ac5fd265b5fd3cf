# SPDX-License-Identifier: GPL-2.0-or-later
# Does make install put everything where it belongs, and make uninstall leave what was there before?
# shellcheck shell=sh

COPY=$SCRATCH/source
RELEASE=

# own_source: the project's files as a user has them, so that nothing is built in this tree
own_source() {
	[ ! -d "$COPY" ] || return 0
	mkdir "$COPY"
	for one in COPYING Makefile README.md install module overlays userspace; do
		cp -r "$TOP/$one" "$COPY/"
	done
	KDIR=$("$TOP/tests/board/headers" 6.12)
	RELEASE=${KDIR##*/linux-headers-}
}

make_in_copy() {
	status=0
	said=$(timeout 300 make -s -C "$COPY" "$@" 2>&1 < /dev/null) || status=$?
}

files_below() {
	(cd "$1" && find . -type f | sort | tr '\n' ' ')
}

# What is to be where, but for the module
PLACES='./usr/local/bin/ads1220-read
./usr/local/lib/ads1220/armbian-env
./usr/local/lib/ads1220/boards
./usr/local/lib/ads1220/build-module
./usr/local/lib/ads1220/check-module
./usr/local/lib/ads1220/installed
./usr/local/lib/ads1220/kernel.sh
./usr/local/lib/ads1220/module/Kbuild
./usr/local/lib/ads1220/module/compat.h
./usr/local/lib/ads1220/module/ti-ads1220.c
./usr/local/lib/ads1220/overlay.sh
./usr/local/lib/ads1220/status.sh
./usr/local/lib/ads1220/target.sh
./usr/local/lib/ads1220/tree-users
./usr/local/lib/systemd/system/ads1220-module.service
./usr/local/lib/systemd/system/ads1220-read@.service
./usr/local/lib/sysusers.d/ads1220.conf
./usr/local/lib/udev/rules.d/70-ads1220.rules
./usr/local/sbin/ads1220-setup
./usr/local/share/ads1220/overlays/sun8i-h3-ads1220-spi0.dtbo
./usr/local/share/ads1220/overlays/sun8i-h3-ads1220-spi1.dtbo
./usr/local/share/bash-completion/completions/ads1220-read
./usr/local/share/man/man1/ads1220-read.1
./usr/local/share/man/man8/ads1220-setup.8'

try_destdir() {
	dest=$SCRATCH/dest
	touch "$SCRATCH/stamp"
	make_in_copy install DESTDIR="$dest"
	same destdir_install_succeeds_without_kernel_headers 0 "$status"
	same destdir_install_copies_all_but_the_module "$(printf '%s' "$PLACES" | tr '\n' ' ') " \
		"$(files_below "$dest")"
	holds destdir_install_says_that_there_is_no_module "$said" '^no module: .*KDIR='
	holds destdir_install_says_that_nothing_is_enabled "$said" 'nothing is enabled'
	make_in_copy install DESTDIR="$dest"
	says destdir_install_again_says_that_nothing_changed 'none was changed'
	make_in_copy install DESTDIR="$dest" KDIR="$KDIR" CROSS_COMPILE=arm-linux-gnueabihf-
	same destdir_install_with_kdir_brings_the_module \
		"$(modinfo -F vermagic "$dest/lib/modules/$RELEASE/updates/ti-ads1220.ko" | cut -d' ' -f1)" \
		"$RELEASE"
	same destdir_install_makes_no_list_of_modules "" "$(find "$dest" -name 'modules.*')"
	same destdir_install_writes_nowhere_else "" \
		"$(find /boot /lib/modules /usr/local -newer "$SCRATCH/stamp" 2>/dev/null | head -n 3)"
	make_in_copy uninstall DESTDIR="$dest"
	same destdir_uninstall_leaves_nothing "0" "$status$(find "$dest" -mindepth 1)"
	make_in_copy install DESTDIR="$dest/other" PREFIX=/usr
	same prefix_is_heeded "yes" "$([ -x "$dest/other/usr/sbin/ads1220-setup" ] && echo yes)"
	try "$dest/other/usr/sbin/ads1220-setup" enable --root "$SCRATCH/nowhere" --yes
	holds the_installed_program_finds_its_filter "$said" \
		"there is no '.*/nowhere/boot/armbianEnv.txt'"
	make_in_copy install DESTDIR="$dest/bad" KDIR=/nonexistent
	same a_wrong_kdir_is_an_error 2 "$status"
}

# board: a root with the kernel that the module is for, and depmod's lists of its modules
board() {
	stage
	mkdir -p "$root/lib/modules/$RELEASE/kernel" "$root/usr/local/bin"
	: > "$root/lib/modules/$RELEASE/modules.order"
	: > "$root/lib/modules/$RELEASE/modules.builtin"
	rm "$root/boot/overlay-user"/*
	depmod -b "$root" "$RELEASE" 2> "$SCRATCH/log"
	snapshot "$root" > "$SCRATCH/first"
}

deploy() {
	try "$COPY/install/deploy" "$1" --root "$root" --kdir "$KDIR"
}

try_board() {
	board
	deploy check
	same check_finds_a_board_ready 0 "$status"
	snapshot "$root" > "$SCRATCH/checked"
	same check_writes_nothing "" "$(diff "$SCRATCH/first" "$SCRATCH/checked")"
	deploy copy
	same install_succeeds_on_a_board 0 "$status"
	holds install_says_what_to_do_next "$said" '^next: sudo reboot; then: ads1220-read'
	same install_enables_the_overlay "$SPI1" "$(enabled_words)"
	holds install_lists_the_module \
		"$(cat "$root/lib/modules/$RELEASE/modules.alias")" 'ti,ads1220 ti_ads1220$'
	snapshot "$root" > "$SCRATCH/installed"
	deploy copy
	snapshot "$root" > "$SCRATCH/again"
	same install_again_changes_nothing "0" "$status$(diff "$SCRATCH/installed" "$SCRATCH/again")"
	holds install_again_says_so "$said" 'none was changed'
	holds install_again_says_so_of_the_boot "$said" 'already enabled.*nothing changed'
	deploy remove
	snapshot "$root" > "$SCRATCH/last"
	same uninstall_restores_the_tree_to_the_byte "0" \
		"$status$(diff "$SCRATCH/first" "$SCRATCH/last")"
	deploy remove
	says uninstall_again_says_that_nothing_is_there '^nothing is installed'
	deploy copy
	echo 'usbstoragequirks=x' >> "$env"
	deploy remove
	same uninstall_keeps_what_others_wrote_since \
		"$(printf '%s\nusbstoragequirks=x' "$FRESH_ENV")" "$(cat "$env")"
}

# check_refused NAME PATTERN OPTION...
check_refused() {
	check_name=$1
	check_pattern=$2
	shift 2
	refused "$check_name" "$check_pattern" "$COPY/install/deploy" check --root "$root" "$@"
}

try_unready() {
	board
	check_refused a_kernel_that_is_not_the_installed_one_is_refused 'is not the installed one'
	mkdir -p "$root/lib/modules/$(uname -r)"
	check_refused missing_headers_are_refused 'no headers of the kernel'
	holds missing_headers_are_named "$said" '^hint: sudo apt-get install linux-headers-'
	mkdir -p "$root/lib/modules/$(uname -r)/build/include/generated"
	echo '#define UTS_RELEASE "5.15.48-sunxi"' \
		> "$root/lib/modules/$(uname -r)/build/include/generated/utsrelease.h"
	check_refused headers_of_another_version_are_refused 'are of 5.15.48-sunxi, but'
	rm "$env"
	check_refused what_is_no_armbian_is_refused_before_building 'no Armbian' --kdir "$KDIR"
	board
	live acme,board allwinner,sun8i-h3
	check_refused an_unknown_board_is_asked_for_its_bus_by_make 'BUS=spi0 or BUS=spi1' \
		--kdir "$KDIR"
	try "$COPY/install/deploy" check --root "$root" --kdir "$KDIR" --bus spi0
	same an_unknown_board_takes_the_bus_it_is_told_by_make 0 "$status"
}

# A copy that is killed at any file: uninstall finds the way back by its list.
try_killed_copy() {
	mkdir -p "$SCRATCH/killer"
	for program in cp mv depmod; do
		cat > "$SCRATCH/killer/$program" <<-END
			#!/bin/sh
			case "\$*" in
			*"\$VICTIM"*)
				[ "\$HOW" = before ] || $(command -v $program) "\$@"
				kill -KILL 0 ;;
			esac
			exec $(command -v $program) "\$@"
		END
		chmod +x "$SCRATCH/killer/$program"
	done
	board
	for victim in spi0.dtbo ads1220-read.1 armbian-env ti-ads1220.ko "$RELEASE"; do
		for how in before after; do
			try env VICTIM="$victim" HOW=$how PATH="$SCRATCH/killer:$PATH" \
				"$COPY/install/deploy" copy --root "$root" --kdir "$KDIR" 2>/dev/null
			killed=$status
			deploy remove
			snapshot "$root" > "$SCRATCH/last"
			same "uninstall_finds_the_way_back_when_killed_${how}_$victim" "137 0" \
				"$killed $status$(diff "$SCRATCH/first" "$SCRATCH/last")"
		done
	done
}

try_copy() {
	own_source
	try_destdir
	try_board
	try_unready
	try_killed_copy
}
