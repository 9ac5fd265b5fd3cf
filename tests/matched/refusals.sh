# SPDX-License-Identifier: GPL-2.0-or-later
# What do the two scripts say where nothing can be made: wrong source, a board that is not there, no space?
# shellcheck shell=sh

TREE=$TOP/module/kernel-tree

# refused NAME PATTERN COMMAND...: it fails in one line and a hint
refused() {
	refused_name=$1
	refused_pattern=$2
	shift 2
	if said=$(timeout 120 "$@" 2>&1 > /dev/null); then
		not_ok "$refused_name" "it succeeded"
		return
	fi
	holds "$refused_name" "$(printf '%s\n' "$said" | grep -v '^\[' | sed -n 1p)" "$refused_pattern"
	same "${refused_name}_in_one_line_and_a_hint" 'hint:' \
		"$(printf '%s\n' "$said" | grep -v '^\[' | sed -n '2,$p' | cut -d' ' -f1)"
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
	echo CONFIG_SMP=y > "$work/config"
	wrong=$(tarball 5 4 19)
	while read -r release version; do
		refused "asks_for_${version}_where_the_board_says_$release" \
			"'$wrong' is Linux 5.4.19, and '$(literal "$release")' needs $(literal "$version")\$" \
			"$TREE" --source "$wrong" "$release+$work/config"
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
		"$TREE" "5.4.20-sunxi+$work/config"
	holds names_the_address_of_the_source "$("$TREE" "5.4.20-sunxi+$work/config" 2>&1)" \
		'v5.x/linux-5.4.20.tar.xz .*sha256sums.asc'
	echo 'no tarball' > "$work/rubbish.tar.xz"
	refused refuses_a_source_that_is_none 'is no source of Linux' \
		"$TREE" --source "$work/rubbish.tar.xz" "5.4.20-sunxi+$work/config"
	right=$(tarball 5 4 20)
	printf '%064d  linux-5.4.20.tar.xz\n' 0 > "$work/sha256sums.asc"
	refused refuses_a_source_with_a_wrong_checksum "is not what '.*sha256sums.asc' says" \
		"$TREE" --source "$right" "5.4.20-sunxi+$work/config"
	rm "$work/sha256sums.asc"
}

refuse_targets() {
	mkdir -p "$work/empty" "$work/two/lib/modules/6.6.1-a" "$work/two/lib/modules/6.6.2-b" \
		"$work/bare/lib/modules/6.6.1-a"
	refused refuses_a_folder_without_a_kernel "there is no kernel in '.*empty'" "$TREE" "$work/empty"
	refused refuses_to_guess_between_two_kernels 'there are several kernels' "$TREE" "$work/two"
	refused refuses_a_card_without_a_configuration 'shows no configuration of 6.6.1-a' "$TREE" "$work/bare"
	refused refuses_what_is_no_target "'nonsense' is neither a folder nor user@board" "$TREE" nonsense
	refused refuses_a_module_that_is_not_there "there is no file '.*nothing.ko'" \
		"$CHECK" "$work/nothing.ko" --against "$work/bare"
}

# board_is STATE: what the stand-in for ssh is to be
board_is() {
	BOARD_IS=$1
	export BOARD_IS
}

refuse_boards() {
	board_is away
	said=$(timeout 60 "$TREE" root@board 2>&1) || true
	holds says_that_a_board_cannot_be_reached "$said" "^kernel-tree: 'root@board' cannot be reached\$"
	board_is gone
	refused says_that_a_board_has_gone "'root@board' cannot be reached" "$TREE" root@board
	board_is half
	refused refuses_half_of_what_a_board_sends "is not whole" "$TREE" root@board
	board_is unreadable
	refused says_that_the_modules_cannot_be_read "could not read its modules of 'root@board'" "$TREE" root@board
	board_is chatty
	refused refuses_a_release_that_is_none "says that its release is 'Welcome to board!'" "$TREE" root@board
}

# over_ssh: the same for a board over ssh as for its card
over_ssh() {
	board_is whole
	release=$(basename "$CARD"/lib/modules/*)
	mkdir -p "$CARD/proc"
	ln -sfn "../../../usr/src/linux-headers-$release" "$CARD/lib/modules/$release/build"
	gzip -c "$CARD/boot/config-$release" > "$CARD/proc/config.gz"
	echo "Linux version $release (builder) #1 SMP Debian 6.12.95-1~bpo12+1" > "$CARD/proc/version"
	said=$(timeout 300 "$CHECK" "$work/out/$release/ti-ads1220.ko" --against root@board 2>&1) || true
	holds checks_against_a_board_over_ssh "$said" "^yes: .* will load on "
	holds compares_struct_module_over_ssh "$said" "^agrees: 'struct module'"
	holds compares_symbol_versions_over_ssh "$said" "^agrees: versions of [0-9]+ symbols"
	holds finds_no_unknown_symbol_over_ssh "$said" "^agrees: all [0-9]+ symbols are there"
}

# deploys: the whole way of the README, whose last step is on the emulated board
deploys() {
	board_is whole
	EMULATED=$TOP/tests/board/board
	KERNEL=6.12
	export EMULATED KERNEL
	said=$(timeout 900 make -s -C "$TOP" deploy TARGET=root@board SOURCE="$(source_of 6.12)" 2>&1) || true
	holds deploys_a_module_to_a_board "$said" "^put-module: .*/updates/ti-ads1220.ko is in place and bound to spi"
	unset EMULATED KERNEL
}

# whole_trees FOLDER: how many trees there could be taken for whole ones
whole_trees() {
	find "$1" -maxdepth 2 -type d -name 'tree-*' ! -name '*.part' 2>/dev/null | wc -l
}

interrupt() {
	mkdir -p "$work/cache"
	XDG_CACHE_HOME=$work/cache "$TREE" --source "$(source_of 6.12)" "$work/card-6.12" > /dev/null 2> "$work/killed" &
	child=$!
	waited_s=0
	until [ -n "$(find "$work/cache" -path "*.part/Makefile")" ] || [ "$waited_s" -gt 60 ]; do
		sleep 1
		waited_s=$((waited_s + 1))
	done
	kill "$child"
	wait "$child" 2>/dev/null || true
	same leaves_no_tree_that_looks_whole_when_killed 0 "$(whole_trees "$work/cache")"
	XDG_CACHE_HOME=$work/cache timeout 5 "$TREE" --source "$(source_of 6.12)" "$work/card-6.12" > "$work/killed" 2>&1 || true
	same takes_no_half_tree_for_a_whole_one '' "$(grep "^$work/cache" "$work/killed")"
	rm -rf "$work/cache"
}

# small_disk: a file system of 20 MiB, where that can be had without root
small_disk() {
	if ! unshare -rm true 2>/dev/null; then
		skip refuses_a_disk_that_is_too_small "no user name spaces here; as root: tests/matched/run"
		return
	fi
	refused refuses_a_disk_that_is_too_small 'has [0-9]+ MiB free, and 400 are needed' unshare -rm \
		"$(dirname "$0")/on-small-disk" 20 "$TREE" --source "$(source_of 6.12)" "$work/card-6.12"
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
	mkdir -p "$work/bin"
	ln -s "$TOP/tests/matched/fake-ssh" "$work/bin/ssh"
	PATH=$work/bin:$PATH
	CARD=$work/card-6.12
	export CARD
	explain_lines
	refuse_sources
	refuse_targets
	over_ssh
	deploys
	refuse_boards
	interrupt
	small_disk
}
