# SPDX-License-Identifier: GPL-2.0-or-later
# What do the scripts say where nothing can be made: wrong source, nothing to see, a line nobody knows?
# shellcheck shell=sh

# refused NAME PATTERN COMMAND...: it fails in one line and a hint, within REFUSED_S seconds
REFUSED_S=120
refused() {
	refused_name=$1
	refused_pattern=$2
	shift 2
	if said=$(timeout "$REFUSED_S" "$@" 2>&1 > /dev/null); then
		not_ok "$refused_name" "it succeeded"
		return
	fi
	holds "$refused_name" "$(printf '%s\n' "$said" | grep -vE '^(\[|  )' | sed -n 1p)" "$refused_pattern"
	same "${refused_name}_in_one_line_and_a_hint" 'hint:' \
		"$(printf '%s\n' "$said" | grep -vE '^(\[|  )' | sed -n '2,$p' | cut -d' ' -f1)"
}

# tarball VERSION PATCHLEVEL SUBLEVEL: what a source says of itself, and no more
tarball() {
	mkdir -p "$work/linux-$1.$2.$3"
	printf '# SPDX-License-Identifier: GPL-2.0\nVERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = %s\nEXTRAVERSION =\n' \
		"$1" "$2" "$3" > "$work/linux-$1.$2.$3/Makefile"
	tar -C "$work" -cJf "$work/linux-$1.$2.$3.tar.xz" "linux-$1.$2.$3"
	printf '%s\n' "$work/linux-$1.$2.$3.tar.xz"
}

# The names of boards' kernels, old and new, and the one source that is right for each.
refuse_sources() {
	printf '# Compiler: arm-linux-gnueabihf-gcc (GCC) 8.3.0\nCONFIG_SMP=y\n' > "$work/config"
	wrong=$(tarball 5 4 19)
	while read -r release version; do
		refused "asks_for_${version}_where_the_board_says_$release" \
			"'$wrong' is Linux 5.4.19, and '$(literal "$release")' needs $(literal "$version")\$" \
			"$PREPARE" --source "$wrong" "$release+$work/config"
	done <<-END
		5.4.20-sunxi 5.4.20
		5.15.63-sunxi 5.15.63
		6.6.31-current-sunxi 6.6.31
		6.18.2-current-sunxi 6.18.2
		7.1.3-edge-sunxi 7.1.3
		7.2-rc3-edge-sunxi 7.2-rc3
		6.12.95+deb12-armmp 6.12.95
	END
	refused names_the_source_where_there_is_none "no source of Linux 5.4.20 for '5.4.20-sunxi'" \
		"$PREPARE" "5.4.20-sunxi+$work/config"
	holds names_the_compiler_of_an_old_configuration "$("$PREPARE" "5.4.20-sunxi+$work/config" 2>&1)" \
		'built by arm-linux-gnueabihf-gcc .GCC. 8.3.0; '
	holds names_the_address_of_the_source "$("$PREPARE" "5.4.20-sunxi+$work/config" 2>&1)" \
		'v5.x/linux-5.4.20.tar.xz .*sha256sums.asc'
	echo 'no tarball' > "$work/rubbish.tar.xz"
	refused refuses_a_source_that_is_none 'is no source of Linux' \
		"$PREPARE" --source "$work/rubbish.tar.xz" "5.4.20-sunxi+$work/config"
	right=$(tarball 5 4 20)
	printf '%064d  linux-5.4.20.tar.xz\n' 0 > "$work/sha256sums.asc"
	refused refuses_a_source_with_a_wrong_checksum "is not what '.*sha256sums.asc' says" \
		"$PREPARE" --source "$right" "5.4.20-sunxi+$work/config"
	(cd "$work" && sha256sum linux-5.4.20.tar.xz) > "$work/sha256sums.asc"
	holds says_that_the_checksum_agrees "$(in_small_cache "$PREPARE" --source "$right" "5.4.20-sunxi+$work/config" 2>&1)" \
		'checksum of linux-5.4.20.tar.xz agrees with sha256sums.asc'
	rm "$work/sha256sums.asc"
	mkdir "$work/linux-5.4.19/.git"
	refused asks_git_for_the_right_version "is Linux 5.4.19, and '5.4.20-sunxi' needs 5.4.20" \
		"$PREPARE" --source "$work/linux-5.4.19" "5.4.20-sunxi+$work/config"
	holds names_the_command_of_git "$("$PREPARE" --source "$work/linux-5.4.19" "5.4.20-sunxi+$work/config" 2>&1)" \
		"^hint: git -C '.*/linux-5.4.19' checkout v5.4.20\$"
	refused refuses_symbol_versions_that_are_not_there "there is no SYMVERS='/nonexistent'" \
		"$PREPARE" --symvers /nonexistent "5.4.20-sunxi+$work/config"
}

refuse_targets() {
	mkdir -p "$work/empty" "$work/two/lib/modules/6.6.1-a" "$work/two/lib/modules/6.6.2-b" \
		"$work/bare/lib/modules/6.6.1-a"
	refused refuses_a_folder_without_a_kernel "there is no kernel in '.*empty'" "$PREPARE" "$work/empty"
	refused refuses_to_guess_between_two_kernels 'there are several kernels' "$PREPARE" "$work/two"
	refused refuses_a_card_without_a_configuration 'shows no configuration of 6.6.1-a' "$PREPARE" "$work/bare"
	mkdir -p "$work/torn/lib/modules/6.6.1-a/kernel" "$work/torn/boot"
	cp "$work/config" "$work/torn/boot/config-6.6.1-a"
	head -c 3000 "$(find "$SHOWN/lib/modules" -name 'industrialio.ko*' | head -n 1)" \
		> "$work/torn/lib/modules/6.6.1-a/kernel/industrialio.ko.xz"
	refused refuses_a_card_with_a_torn_module "cannot unpack '.*industrialio.ko.xz'" "$PREPARE" "$work/torn"
	mkdir "$work/torn/proc"
	gzip -c "$SHOWN/boot/config-$(ls "$SHOWN/lib/modules")" | head -c 3000 > "$work/torn/proc/config.gz"
	refused refuses_a_card_with_a_torn_configuration "cannot unpack '.*config.gz'" "$PREPARE" "$work/torn"
	refused refuses_what_is_no_target "'nonsense' is neither a folder nor user@board" "$PREPARE" nonsense
	refused refuses_a_module_that_is_not_there "there is no file '.*nothing.ko'" \
		"$CHECK" "$work/nothing.ko" --against "$work/bare"
}

# Lines as kernels and insmod write them, and a word of what must be said of each.
explain_lines() {
	while IFS='|' read -r name line pattern; do
		holds "explains_$name" "$("$CHECK" --explain "$line" 2>&1)" "$pattern"
	done <<-'END'
		a_version_magic|ti_ads1220: version magic '5.4.20 SMP mod_unload ARMv7 thumb2 p2v8 ' should be '5.4.20-sunxi SMP mod_unload ARMv7 thumb2 p2v8 '|CONFIG_LOCALVERSION .* was empty: '-sunxi' is missing
		a_token_of_a_version_magic|ti_ads1220: version magic '5.4.20-sunxi SMP mod_unload ARMv7 p2v8 ' should be '5.4.20-sunxi SMP mod_unload ARMv7 thumb2 p2v8 '|CONFIG_THUMB2_KERNEL
		another_version|ti_ads1220: version magic '5.4.19-sunxi SMP ' should be '5.4.20-sunxi SMP '|another version
		a_dirty_tree|ti_ads1220: version magic '6.6.31-sunxi-g0123456-dirty SMP ' should be '6.6.31-sunxi SMP '|LOCALVERSION_AUTO
		an_invalid_module_format|insmod: ERROR: could not insert module ti-ads1220.ko: Invalid module format|before looking at its symbols
		an_exec_format_error|modprobe: ERROR: could not insert 'ti_ads1220': Exec format error|before looking at its symbols
		a_symbol_version|ti_ads1220: disagrees about version of symbol spi_sync|Module.symvers of another kernel
		the_layout_version|ti_ads1220: disagrees about version of symbol module_layout|struct module
		an_unknown_symbol|ti_ads1220: Unknown symbol iio_push_to_buffers (err -2)|modprobe ti-ads1220 instead of insmod
		an_unknown_symbol_of_insmod|insmod: ERROR: could not insert module ti-ads1220.ko: Unknown symbol in module|dmesg names the symbol
		the_size_of_struct_module|module ti_ads1220: .gnu.linkonce.this_module section size must match the kernel's built struct module size at run time|DEBUG_INFO_BTF_MODULES
		a_rejected_key|insmod: ERROR: could not insert module ti-ads1220.ko: Key was rejected by service|CONFIG_MODULE_SIG_FORCE
		a_stack_guard|ti_ads1220: Unknown symbol __stack_chk_guard (err -2)|stack guard per task
	END
	refused says_that_a_line_is_unknown 'no line of these is known' "$CHECK" --explain 'hello world'
	holds explains_lines_from_standard_input "$(printf 'x\nti_ads1220: disagrees about version of symbol a\n' |
		"$CHECK" --explain 2>&1)" 'means: one function or structure'
}

refusals() {
	explain_lines
	refuse_sources
	refuse_targets
	refuse_boards
	small_disk
}
