# SPDX-License-Identifier: GPL-2.0-or-later
# Is armbianEnv.txt the old one or the new one, whatever goes wrong at whatever moment?
#
# Every program that ads1220-setup runs is replaced by one that counts calls, and at the call in
# question fails or lies. A full disk and a read-only one are real ones. System calls are in cuts.sh.
# shellcheck shell=sh

HARM=$SCRATCH/harm

# make_stand_ins PROGRAM...: what a program's stand-in does at call number $AT: $HOW. One that lies
# gives half of what it should and says all is well; of mv, rm, flock and sync there is no half.
make_stand_ins() {
	rm -rf "$HARM"
	mkdir "$HARM"
	for program in "$@"; do
		real=$(command -v "$program")
		cat > "$HARM/$program" <<-END
			#!/bin/sh
			PATH=$PATH
			number=1
			set -C
			until true 2>/dev/null > "\$CALLS/\$number"; do number=\$((number + 1)); done
			set +C
			[ "\$number" = "\$AT" ] || exec "$real" "\$@"
			case \$HOW-$program in
			fails-*) exit 1 ;;
			lies-mv | lies-rm | lies-flock | lies-sync) "$real" "\$@" ;;
			lies-cp)
				for target; do :; done
				"$real" "\$@" && truncate -s 20 "\$target" ;;
			lies-*)
				"$real" "\$@" > "$HARM/whole.\$\$" || true
				head -c \$((\$(wc -c < "$HARM/whole.\$\$") / 2)) "$HARM/whole.\$\$"
				rm "$HARM/whole.\$\$"; exit 0 ;;
			esac
		END
		chmod +x "$HARM/$program"
	done
}

# prepare VERB: /boot as VERB finds it, in prepared/; armbianEnv.txt before (old) and after it (new)
prepare() {
	stage
	cp "$env" "$SCRATCH/first"
	"$FILTER" add "$SPI1" < "$env" > "$SCRATCH/new"
	if [ "$1" = disable ]; then
		"$SETUP" enable --yes --root "$root" > "$SCRATCH/log"
		cp "$SCRATCH/first" "$SCRATCH/new"
	fi
	cp "$env" "$SCRATCH/old"
	rm -rf "$SCRATCH/prepared"
	cp -a "$root/boot" "$SCRATCH/prepared"
}

# harm AT HOW VERB: runs it with that harm
harm() {
	rm -rf "$SCRATCH/calls" "${root:?}/boot"
	mkdir "$SCRATCH/calls"
	cp -a "$SCRATCH/prepared" "$root/boot"
	try env CALLS="$SCRATCH/calls" AT="$1" HOW="$2" PATH="$HARM:$PATH" \
		"$SETUP" "$3" --yes --root "$root"
}

# seen VERB: the folder is as an earlier harm left it, and the next run was tried from there
seen() {
	state=$SCRATCH/seen/$1-$(snapshot "$root/boot" | sha256sum | cut -c1-16)
	[ -e "$state" ] || { : > "$state"; return 1; }
}

# harmed_at AT HOW VERB: what is wrong after it, and after the next run, which nothing disturbs
harmed_at() {
	harm "$1" "$2" "$3" 2>/dev/null
	cmp -s "$env" "$SCRATCH/old" || cmp -s "$env" "$SCRATCH/new" ||
		{ echo "at call $1 the file became something else"; return; }
	[ "$status" -ne 0 ] || cmp -s "$env" "$SCRATCH/new" ||
		{ echo "at call $1: success, but the old file: $said"; return; }
	[ ! -e "$env.before-ads1220" ] || cmp -s "$env.before-ads1220" "$SCRATCH/first" ||
		{ echo "at call $1 the kept original is not the original"; return; }
	! seen "$3" || return 0
	try "$SETUP" "$3" --yes --root "$root"
	cmp -s "$env" "$SCRATCH/new" ||
		{ echo "after call $1 the next $3 did not do it: $said"; return; }
	[ "$3" = enable ] || [ -z "$(find "$root/boot" -name 'armbianEnv.txt?*')" ] ||
		echo "after call $1 disable left a file"
}

# try_harm VERB HOW LEAST: at each call in turn, until there is none left to harm; LEAST is known
try_harm() {
	prepare "$1"
	rm -rf "$SCRATCH/seen"
	mkdir "$SCRATCH/seen"
	at=0
	found=
	while [ -z "$found" ]; do
		at=$((at + 1))
		found=$(harmed_at "$at" "$2" "$1")
		[ -e "$SCRATCH/calls/$at" ] || break
	done
	name=${1}_leaves_the_old_file_or_the_new_one_when_a_program_$2
	if [ -n "$found" ]; then
		not_ok "$name" "$found"
	elif [ "$at" -le "$3" ]; then
		not_ok "$name" "only $((at - 1)) calls were harmed"
	else
		ok "${name}_at_any_of_$((at - 1))_calls"
	fi
}

# try_full_disk NAME: a real one, of a few blocks
try_full_disk() {
	stage
	mkdir "$SCRATCH/kept"
	cp -a "$root/boot/." "$SCRATCH/kept/"
	if ! mount -t tmpfs -o size=64k none "$root/boot" 2>/dev/null; then
		rm -r "$SCRATCH/kept"
		skip a_full_disk_leaves_the_old_file "no right to mount: sudo tests/install/run"
		skip a_read_only_disk_leaves_the_old_file "no right to mount: sudo tests/install/run"
		return
	fi
	MOUNTED=$root/boot
	cp -a "$SCRATCH/kept/." "$root/boot/"
	dd if=/dev/zero of="$root/boot/filler" bs=4096 2>/dev/null || true
	refused a_full_disk_leaves_the_old_file 'cannot write' "$SETUP" enable --yes --root "$root"
	truncate -s -4096 "$root/boot/filler"
	refused a_disk_with_one_block_left_leaves_the_old_file 'cannot write' \
		"$SETUP" enable --yes --root "$root"
	rm "$root/boot/filler"
	mount -o remount,ro "$root/boot"
	refused a_read_only_disk_leaves_the_old_file 'cannot write.*' "$SETUP" enable --yes --root "$root"
	mount -o remount,rw "$root/boot"
	setup_on enable --yes
	same after_a_full_disk_there_is_a_way_on "$SPI1" "$(enabled_words)"
	umount "$root/boot"
	MOUNTED=
}

# rival_at NUMBER: another program writes at that sync, between look and write; nothing may be lost
rival_at() {
	stage
	rm -rf "$SCRATCH/rival"
	mkdir "$SCRATCH/rival"
	cat > "$SCRATCH/rival/sync" <<-END
		#!/bin/sh
		[ "\$1" = --help ] || echo >> "$SCRATCH/rival/syncs"
		[ "\$1" = --help ] || [ "\$(wc -l < "$SCRATCH/rival/syncs")" -ne $1 ] ||
			echo rival=1 >> "$env"
		exec $(command -v sync) "\$@"
	END
	chmod +x "$SCRATCH/rival/sync"
	try env PATH="$SCRATCH/rival:$PATH" "$SETUP" enable --yes --root "$root"
	same "a_rival_program_at_sync_$1_keeps_its_change" \
		"1 $(printf '%s\nrival=1' "$FRESH_ENV")" "$status $(cat "$env")"
	holds "a_rival_program_at_sync_$1_is_told_of" "$said" 'another program has changed|cannot copy'
	try "$SETUP" enable --yes --root "$root"
	same "after_a_rival_at_sync_$1_the_next_run_does_it" "$SPI1" "$(enabled_words)"
}

# Two at once: one waits for the other, and the file is whole.
try_two() {
	stage
	"$SETUP" enable --yes --root "$root" > "$SCRATCH/one" 2>&1 &
	one=$!
	setup_on enable --yes
	wait "$one" || status=1
	same two_at_once_make_one_change \
		"0 $(printf '%s\nuser_overlays=%s' "$FRESH_ENV" "$SPI1")" "$status $(cat "$env")"
}

try_all_harm() {
	make_stand_ins awk cat cmp cp cut dirname find flock grep head mv od readlink rm sed sort sync tr
	for how in fails lies; do
		try_harm enable $how 20
		try_harm disable $how 20
	done
	try_full_disk
	rival_at 1
	rival_at 2
	try_two
}
