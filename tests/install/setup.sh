# SPDX-License-Identifier: GPL-2.0-or-later
# Does ads1220-setup look before it writes, and say what is wrong and what to do?
# shellcheck shell=sh

# enabled_words: the last entry, as it stands in the file
enabled_words() {
	sed -n 's/^user_overlays=//p' "$env" | tail -n 1
}

setup_on() {
	setup_command=$1
	shift
	try "$SETUP" "$setup_command" --root "$root" "$@"
}

# takes_bus NAME WANTED-BUS COMPATIBLE OPTION...: on a board called so
takes_bus() {
	takes_name=$1
	wanted=$2
	board=$3
	shift 3
	stage
	live "$board" allwinner,sun8i-h3
	setup_on enable --yes "$@"
	same "$takes_name" "sun8i-h3-ads1220-$wanted" "$(enabled_words)"
}

try_boards() {
	takes_bus orange_pi_zero_takes_spi1 spi1 xunlong,orangepi-zero
	for one in xunlong,orangepi-pc xunlong,orangepi-pc-plus \
		xunlong,orangepi-one friendlyarm,nanopi-neo; do
		takes_bus "${one#*,}_takes_spi0" spi0 "$one"
		refused "${one#*,}_is_refused_spi1_and_told_of_spi0" \
			'no spi1 .*(no SPI1)' "$SETUP" enable --yes --bus spi1 --root "$root"
		holds "${one#*,}_is_told_the_overlay_to_take" "$said" "$SPI0"
	done
	takes_bus nanopi_m1_takes_spi1 spi1 friendlyarm,nanopi-m1
	takes_bus nanopi_m1_has_spi0_too spi0 friendlyarm,nanopi-m1 --bus spi0
	takes_bus an_unknown_h3_board_takes_what_it_is_told spi0 acme,board --bus spi0
	stage
	refused orange_pi_zero_is_refused_spi0 "leads to the flash" \
		"$SETUP" enable --yes --bus spi0 --root "$root"
	live acme,board allwinner,sun8i-h3
	refused an_unknown_board_is_asked_for_its_bus 'which SPI bus' "$SETUP" enable --yes --root "$root"
	live xunlong,orangepi-zero2 allwinner,sun50i-h616
	refused another_soc_is_refused 'no Allwinner H2' "$SETUP" enable --yes --bus spi1 --root "$root"
	rm -r "$root/proc"
	refused a_card_without_live_tree_is_asked_for_its_bus 'no tree to ask' \
		"$SETUP" enable --yes --root "$root"
	setup_on enable --yes --bus spi1
	same a_card_takes_the_bus_it_is_told "$SPI1" "$(enabled_words)"
}

# enable_refused NAME PATTERN: the root as it is now
enable_refused() {
	refused "$1" "$2" "$SETUP" enable --yes --root "$root"
}

try_boot_folder() {
	stage; rm "$env"
	enable_refused a_root_without_armbianenv_is_refused 'no Armbian'
	stage; rm "$root/boot/boot.scr"
	enable_refused a_boot_without_script_is_refused 'no boot script'
	stage; echo 'bootz 1 2 3' > "$root/boot/boot.scr"
	enable_refused a_boot_script_without_user_overlays_is_refused \
		'knows nothing of user_overlays'
	stage; rm "$root/boot/.next"
	enable_refused a_boot_without_next_is_refused "no .*/\.next"
	stage; rm "$root/boot/overlay-user/$SPI1.dtbo"
	enable_refused a_missing_overlay_is_refused 'there is no overlay'
	stage; : > "$root/boot/overlay-user/$SPI1.dtbo"
	enable_refused an_empty_overlay_is_refused 'not a compiled overlay'
	stage; mv "$env" "$root/boot/real.txt"; ln -s real.txt "$env"
	enable_refused a_symbolic_link_is_refused 'symbolic link.*'
	stage; printf 'a=1\n\0\0\0' > "$env"
	enable_refused a_file_with_nuls_is_refused damaged
	refused a_file_with_nuls_is_refused_by_disable damaged "$SETUP" disable --yes --root "$root"
	stage; printf '=x\n' >> "$env"
	enable_refused an_entry_without_name_is_refused 'stops reading'
	stage
	refused no_terminal_and_no_yes_is_refused 'nobody to ask' "$SETUP" enable --root "$root"
}

try_misuse() {
	stage
	for line in '' 'enabled' 'enable disable' 'enable --bus' \
		'enable --bus spi2' 'enable --bus=spi1' 'enable --force'; do
		try sh -c "\"\$0\" $line" "$SETUP"
		same "'ads1220-setup${line:+ $line}'_is_misuse" 2 "$status"
	done
}

# base_tree: the board's own tree, and a stand-in for the kernel's overlays, into the staged root
base_tree() {
	trees=$("$TOP/tests/board/base-trees" 6.12)
	cp "$trees"/sun8i-h2-plus-orangepi-zero.dtb "$trees"/sun8i-h3-orangepi-pc.dtb "$root/boot/dtb/"
	printf '/dts-v1/; /plugin/; &{/} { found-by-test = "%s"; };\n' kernel |
		dtc -@ -q -I dts -O dtb -o "$root/boot/dtb/overlay/sun8i-h3-usbhost2.dtbo"
}

# overlay NAME SOURCE: somebody else's, into overlay-user
overlay() {
	printf '/dts-v1/; /plugin/; %s\n' "$2" |
		dtc -@ -q -I dts -O dtb -o "$root/boot/overlay-user/$1.dtbo"
}

try_merge() {
	stage; base_tree
	setup_on enable --yes
	holds all_enabled_overlays_are_tried_on_the_boards_tree "$said" \
		"tried: '.*/sun8i-h2-plus-orangepi-zero.dtb' takes 2 overlay"
	stage; base_tree; echo fdtfile=allwinner/sun8i-h3-orangepi-pc.dtb >> "$env"
	setup_on enable --yes
	holds the_tree_that_armbianenv_names_is_tried "$said" "tried: '.*/sun8i-h3-orangepi-pc.dtb'"
	stage; base_tree
	overlay bad '&no_such_label { status = "okay"; };'
	echo user_overlays=bad >> "$env"
	enable_refused one_that_would_drop_all_at_boot_is_refused 'one that fails drops all: .*bad.dtbo'
	stage; base_tree; fdtput -r "$root/boot/dtb/sun8i-h2-plus-orangepi-zero.dtb" /__symbols__
	enable_refused a_tree_without_symbols_is_refused 'has no symbols'
	stage
	setup_on enable --yes
	holds a_tree_that_is_not_there_is_said "$said" '^not tried'
	same a_tree_that_is_not_there_is_no_obstacle "$SPI1" "$(enabled_words)"
}

# as_armbian_adds SOURCE: armbian-add-overlay in our words: bare dtc, which knows no #include,
# and a word at the end of each user_overlays= line, or else of the file
as_armbian_adds() {
	word=$(basename "$1" .dts)
	dtc -@ -q -I dts -O dtb -o "$root/boot/overlay-user/$word.dtbo" "$1" || return 1
	if ! grep -q '^user_overlays=' "$env"; then
		sed -i "\$auser_overlays=$word" "$env"
	elif ! grep -qE "^user_overlays=(.* )?$word( |\$)" "$env"; then
		sed -i "/^user_overlays=/s/\$/ $word/" "$env"
	fi
}

# added_by_armbian BUS BOARD: and then everything with ours, in both orders
added_by_armbian() {
	source=$TOP/overlays/sun8i-h3-ads1220-$1.dts
	armbians=sun8i-h3-ads1220-$1.dtbo
	stage
	base_tree
	live "$2" allwinner,sun8i-h3
	cp "$env" "$SCRATCH/original"
	rm "$root/boot/overlay-user"/*
	as_armbian_adds "$source"
	same "armbian_add_overlay_takes_the_$1_source_as_it_is" "" \
		"$(cd "$root/boot/overlay-user" && cmp "$BUILD/overlays/$armbians" "$armbians" 2>&1)"
	setup_on enable --yes
	says "enable_finds_the_$1_overlay_that_armbian_added" 'already enabled.*nothing changed'
	setup_on disable --yes
	same "disable_takes_out_the_$1_overlay_that_armbian_added" "0" \
		"$status$(cmp "$SCRATCH/original" "$env" 2>&1)"
	setup_on enable --yes
	as_armbian_adds "$source"
	same "armbian_adds_no_second_$1_word_to_ours" "sun8i-h3-ads1220-$1" "$(enabled_words)"
	setup_on disable --yes
	same "disable_restores_the_file_though_armbian_added_$1_too" "0" \
		"$status$(cmp "$SCRATCH/original" "$env" 2>&1)"
}

# whole_way NAME PRINTF-FORMAT: enable, again, disable, again; the bytes come back
whole_way() {
	stage
	printf '%b' "$2" > "$env"
	chmod 640 "$env"
	snapshot "$root" > "$SCRATCH/first"
	cp "$env" "$SCRATCH/original"
	setup_on enable --yes
	same "enable_succeeds_$1" 0 "$status"
	same "enable_does_what_the_filter_does_$1" "" \
		"$("$FILTER" add "$SPI1" < "$SCRATCH/original" | cmp - "$env" 2>&1)"
	same "enable_keeps_the_mode_$1" 640 "$(stat -c %a "$env")"
	same "enable_keeps_the_original_$1" "" "$(cmp "$SCRATCH/original" "$env.before-ads1220" 2>&1)"
	snapshot "$root" > "$SCRATCH/enabled"
	setup_on enable --yes
	says "enable_again_says_that_nothing_changed_$1" "already enabled.*nothing changed"
	snapshot "$root" > "$SCRATCH/again"
	same "enable_again_changes_nothing_$1" "" "$(diff "$SCRATCH/enabled" "$SCRATCH/again")"
	setup_on disable --yes
	snapshot "$root" > "$SCRATCH/last"
	same "disable_restores_every_byte_$1" "0" "$status$(diff "$SCRATCH/first" "$SCRATCH/last")"
	setup_on disable --yes
	says "disable_again_says_that_nothing_changed_$1" "already disabled.*nothing changed"
}

try_whole_way() {
	whole_way of_a_fresh_file "$(printf '%s\n' "$FRESH_ENV" | sed 's/$/\\n/' | tr -d '\n')"
	whole_way of_an_empty_file ''
	whole_way without_final_newline 'a=1\nuser_overlays=foo'
	whole_way of_a_dos_file 'a=1\r\nuser_overlays=foo\r\n'
	whole_way of_an_empty_entry 'user_overlays=\na=1\n'
	whole_way of_two_entries 'user_overlays=a\nuser_overlays=b\n'
}

try_changes() {
	stage
	setup_on enable --yes
	printf 'usbstoragequirks=0x2537:0x1066:u\n' >> "$env"
	setup_on disable --yes
	same disable_keeps_what_others_wrote_since \
		"$(printf '%s\nusbstoragequirks=0x2537:0x1066:u' "$FRESH_ENV")" \
		"$(cat "$env")"
	same disable_leaves_no_file_behind "" \
		"$(find "$root/boot" -name '*ads1220-new' -o -name '*before-ads1220')"
	stage
	live friendlyarm,nanopi-m1 allwinner,sun8i-h3
	setup_on enable --yes --bus spi0
	setup_on enable --yes
	same the_bus_that_was_chosen_is_kept "$SPI0" "$(enabled_words)"
	setup_on enable --yes --bus spi1
	same never_both_overlays_at_once "$SPI1" "$(enabled_words)"
	same the_first_original_is_kept "$FRESH_ENV" "$(cat "$env.before-ads1220")"
	setup_on disable --yes
	same disable_restores_the_first_original "$FRESH_ENV" "$(cat "$env")"
	stage
	echo "user_overlays=foo $SPI1" >> "$env"
	setup_on enable --yes
	holds what_armbian_add_overlay_enabled_counts "$said" 'already enabled'
	setup_on disable --yes
	same disable_takes_it_out_all_the_same foo "$(enabled_words)"
	stage
	snapshot "$root" > "$SCRATCH/before"
	setup_on enable --dry-run
	snapshot "$root" > "$SCRATCH/after"
	same dry_run_writes_nothing "0" "$status$(diff "$SCRATCH/before" "$SCRATCH/after")"
	holds dry_run_shows_what_would_be "$said" "^then:  user_overlays=$SPI1\$"
}

# as_plain_user VERB: who may write below $root only
as_plain_user() {
	try setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$root/install/ads1220-setup" "$1" --yes --root "$root"
}

# A plain user's own staged root: what tests and images are made with
try_unprivileged() {
	name=enable_and_disable_work_for_a_plain_user
	[ "$(id -u)" -eq 0 ] || { skip "$name" "all tests ran as one; sudo changes the user"; return; }
	stage
	cp -r "$TOP/install" "$root/install"
	chmod 755 "$SCRATCH"
	chown -R 65534:65534 "$root"
	snapshot "$root" > "$SCRATCH/before"
	as_plain_user enable
	same enable_works_for_a_plain_user "$SPI1" "$(enabled_words)"
	as_plain_user disable
	snapshot "$root" > "$SCRATCH/after"
	same "$name" "0" "$status$(diff "$SCRATCH/before" "$SCRATCH/after")"
	chown -R 0:0 "$root/boot"
	refused a_plain_user_is_told_to_be_root "cannot write to" setpriv --reuid 65534 --regid 65534 \
		--clear-groups "$root/install/ads1220-setup" enable --yes --root "$root"
}

try_setup() {
	added_by_armbian spi1 xunlong,orangepi-zero
	added_by_armbian spi0 friendlyarm,nanopi-neo
	try_boards
	try_boot_folder
	try_misuse
	try_merge
	try_whole_way
	try_changes
	try_unprivileged
}
