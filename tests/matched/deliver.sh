# SPDX-License-Identifier: GPL-2.0-or-later
# Is a board over ssh as good as its card, and do the README's three commands bring a module onto it?
# shellcheck shell=sh

# board_is STATE: what the stand-in for ssh is to be
board_is() {
	BOARD_IS=$1
	export BOARD_IS
}

# contents FOLDER: names, sizes and times of all files in it
contents() {
	find "$1" -printf '%p %s %T@\n' | sort | sha256sum
}

# dress_board: what a running board shows besides the files of its card
dress_board() {
	release=$(basename "$SHOWN"/lib/modules/*)
	ln -sfn "../../../usr/src/linux-headers-$release" "$SHOWN/lib/modules/$release/build"
	mkdir -p "$SHOWN/proc" "$SHOWN/usr/src/linux-headers-$release/scripts/mod"
	gzip -c "$SHOWN/boot/config-$release" > "$SHOWN/proc/config.gz"
	echo "Linux version $release (builder) #1 SMP Debian 6.12.95-1~bpo12+1" > "$SHOWN/proc/version"
	: > "$SHOWN/usr/src/linux-headers-$release/scripts/mod/modpost"
}

# over_ssh: the same for a board over ssh as for its card, and nothing is written there
over_ssh() {
	board_is whole
	dress_board
	untouched=$(contents "$SHOWN")
	said=$(timeout 300 "$CHECK" "$GOOD" --against root@board 2>&1) || true
	holds checks_against_a_board_over_ssh "$said" "^yes: .* will load on "
	holds compares_struct_module_over_ssh "$said" "^agrees: 'struct module'"
	holds compares_symbol_versions_over_ssh "$said" "^agrees: versions of [0-9]+ symbols"
	holds finds_no_unknown_symbol_over_ssh "$said" "^agrees: all [0-9]+ symbols are there"
	said=$(timeout 300 "$PREPARE" --source "$(tarball 5 4 19)" root@board 2>&1) || true
	in_play="no THUMB2 code, symbol versions, signatures, no enforced signatures, no BTF, no LLVM"
	holds tells_what_is_in_play_on_a_board "$said" \
		"target: $(literal "$release"), built by .*gcc.*; $in_play\$"
	holds says_that_the_native_way_is_shorter "$said" \
		"working headers: 'sudo make install' .* is shorter; here their symbol versions are taken along"
	same writes_nothing_on_a_board "$untouched" "$(contents "$SHOWN")"
}

# hears NAME PATTERN COMMAND...: among what the command and ssh itself say
hears() {
	heard_name=$1
	heard_pattern=$2
	shift 2
	holds "$heard_name" "$(timeout 120 "$@" 2>&1 || true)" "$heard_pattern"
}

refuse_boards() {
	board_is away
	hears says_that_a_board_cannot_be_reached "^kernel-tree: 'root@board' cannot be reached\$" \
		"$PREPARE" root@board
	hears says_so_before_it_delivers "^deploy: 'root@board' cannot be reached\$" \
		"$TOP/module/deploy" root@board "$work"
	hears says_so_before_it_compares "^check-module: 'root@board' cannot be reached\$" \
		"$CHECK" "$GOOD" --against root@board
	board_is gone
	refused says_that_a_board_has_gone "'root@board' cannot be reached" "$PREPARE" root@board
	hears says_that_a_board_has_gone_with_the_module "^deploy: 'root@board' cannot be reached\$" \
		"$TOP/module/deploy" root@board "$work/out"
	board_is half
	refused refuses_half_of_what_a_board_sends "is not whole" "$PREPARE" root@board
	board_is unreadable
	refused says_that_the_modules_cannot_be_read "could not read its modules of 'root@board'" "$PREPARE" root@board
	board_is chatty
	refused refuses_a_release_that_is_none "says that its release is 'Welcome to board!'" "$PREPARE" root@board
	board_is secretive
	refused refuses_a_board_that_shows_no_configuration "shows no configuration of " "$PREPARE" root@board
	board_is whole
	refused says_that_there_is_nothing_to_deliver "there is no '.*/ti-ads1220.ko'" \
		"$TOP/module/deploy" root@board "$work/empty"
}

# put_here FAILING: put-module with this machine's programs, GNU's as on Armbian, in folders that stand for
# a board's; FAILING is the program that fails there, or nothing
put_here() {
	sed "s,/lib/modules/,$here&,g; s,/proc/modules,$here&,; s,/sys/bus/spi/drivers/ti-ads1220,$here/bound,
		s/^bound_s=.*/bound_s=1/" "$TOP/module/put-module" > "$here/put-module"
	for program in depmod sync dmesg; do
		echo '#!/bin/sh' > "$here/bin/$program"
	done
	printf '#!/bin/sh\n: > %s/proc/modules\n' "$here" > "$here/bin/rmmod"
	printf '#!/bin/sh\necho ti_ads1220 1 > %s/proc/modules\n' "$here" > "$here/bin/modprobe"
	printf '#!/bin/sh\necho 6.12.95-sunxi\n' > "$here/bin/uname"
	printf '#!/bin/sh\necho 0\n' > "$here/bin/id"
	[ -z "$1" ] || printf '#!/bin/sh\nexit 1\n' > "$here/bin/$1"
	chmod +x "$here"/bin/*
	status=0
	said=$(PATH="$here/bin:$PATH" timeout 60 sh "$here/put-module" "$here/new.ko" 2>&1) || status=1
}

# stand_in: a board with a module that is loaded and bound
stand_in() {
	here=$work/put-here
	updates=$here/lib/modules/6.12.95-sunxi/updates
	rm -rf "$here"
	mkdir -p "$here/bin" "$here/proc" "$here/bound/spi1.0" "$updates" "${updates%/*}/kernel"
	echo new > "$here/new.ko"
	echo former > "$updates/ti-ads1220.ko"
	echo ti_ads1220 1 > "$here/proc/modules"
}

# left: what the board has then: the module, other files beside it, what is loaded
left() {
	printf '%s|%s|%s|%s' "$status" "$(cat "$updates/ti-ads1220.ko")" \
		"$(find "$updates" -type f ! -name ti-ads1220.ko -printf '%P ')" "$(cat "$here/proc/modules")"
}

# puts_or_undoes: a full disk leaves two names of one file, which GNU's mv refuses and busybox's takes
puts_or_undoes() {
	stand_in
	put_here ''
	same puts_a_module_in_the_formers_place '0|new||ti_ads1220 1' "$(left)"
	for failing in cp mv; do
		stand_in
		put_here "$failing"
		same "has_the_former_module_back_where_${failing}_fails" '1|former||ti_ads1220 1' "$(left)"
		holds "says_so_where_${failing}_fails" "$said" '^put-module: everything is as it was before$'
	done
	stand_in
	rm -r "$here/bound/spi1.0"
	put_here ''
	same has_the_former_module_back_where_no_chip_is_bound '1|former||ti_ads1220 1' "$(left)"
	stand_in
	mv "$updates/ti-ads1220.ko" "$updates/.before-ti-ads1220"
	echo unproven > "$updates/ti-ads1220.ko"
	put_here cp
	same has_the_proven_module_back_after_a_power_cut '1|former||ti_ads1220 1' "$(left)"
}

# story: the commands of the README's section, in its order
story() {
	sed -n '/^## A kernel without headers/,/^## /p' "$TOP/README.md" | grep -E '^(ssh|make) '
}

# tell_story: each of them as it stands there, but with the source that this board's kernel needs; the
# last two reach the emulated board
tell_story() {
	"$TOP/tests/board/tool-armhf" > /dev/null 2> "$work/tool.log"
	board_is whole
	dress_board
	EMULATED=$TOP/tests/board/board
	KERNEL=6.12
	AIN0=1.25
	KEEP=$work/on-the-board
	export EMULATED KERNEL AIN0 KEEP
	story > "$work/story"
	same tells_it_in_three_commands 3 "$(wc -l < "$work/story")"
	here=$(source_of 6.12)
	while read -r command <&3; do
		command=$(printf '%s' "$command" | sed "s,SOURCE=[^ ]*,SOURCE=$here,")
		timeout 1200 sh -c "cd '$TOP' && $command" 2>&1 < /dev/null || echo "failed: $command"
	done 3< "$work/story" > "$work/told"
	same names_the_kernel_first "$release" "$(sed -n 1p "$work/told")"
	holds deploys_a_module_to_a_board "$(cat "$work/told")" \
		"^put-module: .*/updates/ti-ads1220.ko is in place and bound to spi"
	holds reads_volts_through_it_at_last "$(cat "$work/told")" '^voltage0.*1\.25'
	same no_command_of_the_story_fails '' "$(grep '^failed:' "$work/told")"
	unset EMULATED KERNEL AIN0 KEEP
}
