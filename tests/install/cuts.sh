# SPDX-License-Identifier: GPL-2.0-or-later
# Is armbianEnv.txt the old one or the new one when a system call fails, or the power goes at it?
# shellcheck shell=sh

CUT=$TOP/tests/install/power-cut
FAULTS=$SCRATCH/faults.so

# Real shapes of the file: name, bytes as printf has them
SHAPES="fresh|$(printf '%s' "$FRESH_ENV" | tr '\n' '|' | sed 's/|/\\n/g')\n
empty|
without_final_newline|a=1\nuser_overlays=foo
dos|a=1\r\nuser_overlays=foo\r\n
two_entries|user_overlays=a\n#c\nuser_overlays=b\n"

# options_of VERB: the command and its options
options_of() {
	case $1 in
	another_bus) echo "enable --bus spi0" ;;
	*) echo "${1%%_*}" ;;
	esac
	echo "--yes --root $root --overlays $BUILD/overlays"
}

# set_out VERB SHAPE-BYTES: the board before VERB; what armbianEnv.txt is now and after it
set_out() {
	stage
	rm "$root/boot/overlay-user"/*
	printf '%b' "$2" > "$env"
	cp "$env" "$SCRATCH/first"
	"$FILTER" add "$SPI1" < "$env" > "$SCRATCH/new"
	live friendlyarm,nanopi-m1 allwinner,sun8i-h3
	case $1 in
	disable* | another_bus)
		"$SETUP" enable --yes --root "$root" --overlays "$BUILD/overlays" > "$SCRATCH/log"
		;;
	esac
	case $1 in
	disable) cp "$SCRATCH/first" "$SCRATCH/new" ;;
	another_bus) "$FILTER" remove "$SPI1" < "$env" | "$FILTER" add "$SPI0" > "$SCRATCH/new" ;;
	esac
	if [ "$1" = disable_after_a_change ]; then
		echo later=1 >> "$env"
		"$FILTER" remove "$SPI1" < "$env" > "$SCRATCH/new"
	fi
	cp "$env" "$SCRATCH/old"
}

# try_cut VERB SHAPE BYTES
try_cut() {
	set_out "$1" "$3"
	rm -f "$SCRATCH/original"
	[ ! -f "$env.before-ads1220" ] || cp "$env.before-ads1220" "$SCRATCH/original"
	options_of "$1" |
		xargs "$CUT" record "$SCRATCH/calls" "$SETUP" > "$SCRATCH/log" 2>&1 || true
	"$CUT" replay "$SCRATCH/calls" "$root/boot" "$SCRATCH/old" "$SCRATCH/new" \
		"$SCRATCH/original" > "$SCRATCH/cut"
	cases=$((cases + $(head -n 1 "$SCRATCH/cut")))
	same "power_cut_at_${1}_of_a_file_${2}_leaves_the_old_or_the_new" "new" \
		"$(sed 1d "$SCRATCH/cut")"
}

# editor COMMANDS: what they do is recorded
editor() {
	"$CUT" record "$SCRATCH/calls" sh -c "$1"
}

# The recorder is tested: what an editor does that is known to lose files is found.
try_recorder() {
	set_out enable 'a=1\n'
	editor "cat \"$SCRATCH/new\" > \"$env\"; sync"
	"$CUT" replay "$SCRATCH/calls" "$root/boot" "$SCRATCH/old" "$SCRATCH/new" > "$SCRATCH/cut"
	holds a_file_written_in_place_is_found "$(cat "$SCRATCH/cut")" \
		'wrong: after step 1: armbianEnv.txt is neither'
	set_out enable 'a=1\n'
	editor "cat \"$SCRATCH/new\" > \"$env.x\"; mv \"$env.x\" \"$env\"; sync"
	"$CUT" replay "$SCRATCH/calls" "$root/boot" "$SCRATCH/old" "$SCRATCH/new" > "$SCRATCH/cut"
	holds a_rename_before_the_bytes_are_safe_is_found "$(cat "$SCRATCH/cut")" \
		'wrong: after step 3: .*neither'
	holds a_replacement_without_a_copy_is_found_on_fat "$(cat "$SCRATCH/cut")" \
		'wrong: on FAT .*no armbianEnv.txt'
}

try_power_cuts() {
	try_recorder
	for verb in enable disable disable_after_a_change another_bus; do
		while IFS='|' read -r shape bytes; do
			try_cut "$verb" "$shape" "$bytes"
		done <<-END
			$SHAPES
		END
	done
}

# --- Every system call in turn ---

# fault AT HOW VERB
fault() {
	rm -rf "${root:?}/boot"
	cp -a "$SCRATCH/prepared" "$root/boot"
	head -c 8 /dev/zero > "$SCRATCH/count"
	try env LD_PRELOAD="$FAULTS" FAULT_BELOW="$root/boot" FAULT_COUNT="$SCRATCH/count" \
		FAULT_AT="$1" FAULT_HOW="$2" \
		xargs -a "$SCRATCH/options" "$SETUP"
}

# An overlay that is named must be there, whole.
overlay_missing() {
	for one in $("$FILTER" get user_overlays < "$env"); do
		case $one in
		sun8i-h3-*)
			cmp -s "$BUILD/overlays/$one.dtbo" "$root/boot/overlay-user/$one.dtbo" || return 0
			;;
		esac
	done
	return 1
}

# fault_at AT HOW VERB: what is wrong after it; nothing if all is well
fault_at() {
	fault "$1" "$2" "$3" 2>/dev/null
	cmp -s "$env" "$SCRATCH/old" || cmp -s "$env" "$SCRATCH/new" ||
		{ echo "at call $1 the file became something else"; return; }
	[ "$status" -ne 0 ] || cmp -s "$env" "$SCRATCH/new" ||
		{ echo "at call $1: success, but the old file: $said"; return; }
	! overlay_missing || { echo "at call $1 an overlay is named that is not there"; return; }
	[ "$(stat -c %a "$env")" = 644 ] ||
		{ echo "at call $1 the mode became $(stat -c %a "$env")"; return; }
	case $2 in
	kill* | EIO) ;;
	*) return ;;
	esac
	! seen "$3" || return 0
	try xargs -a "$SCRATCH/options" "$SETUP"
	cmp -s "$env" "$SCRATCH/new" || echo "after call $1 the next run did not do it: $said"
}

# try_fault VERB HOW
try_fault() {
	at=0
	found=
	while [ -z "$found" ]; do
		at=$((at + 1))
		found=$(fault_at "$at" "$2" "$1")
		[ "$(od -An -tu8 "$SCRATCH/count")" -ge "$at" ] || break
	done
	fault_name=${1}_leaves_the_old_or_the_new_when_a_system_call_ends_in_$2
	if [ -n "$found" ]; then
		not_ok "$fault_name" "$found"
	elif [ "$at" -le 5 ]; then
		not_ok "$fault_name" "only $((at - 1)) calls were harmed"
	else
		ok "${fault_name}_at_any_of_$((at - 1))"
		cases=$((cases + at - 1))
	fi
}

# The counter is tested: it sees every call that strace sees.
try_counter() {
	set_out enable 'a=1\n'
	options_of enable > "$SCRATCH/options"
	traced=openat,write,copy_file_range,sendfile,ftruncate,rename,renameat,renameat2,unlink,unlinkat
	traced=$traced,mkdir,fsync,fdatasync,syncfs,fchmod,fchmodat,fchown,fchownat,utimensat
	xargs -a "$SCRATCH/options" strace -f -y -o "$SCRATCH/calls" -e "trace=$traced" "$SETUP" \
		> "$SCRATCH/log"
	grep -F "$root/boot" "$SCRATCH/calls" > "$SCRATCH/seen-calls"
	seen=$(grep -cvE 'O_RDONLY|write\(1<pipe|write\([12]</|resumed>' "$SCRATCH/seen-calls")
	seen=$((seen + $(grep -cE "write\(1<$root/boot" "$SCRATCH/seen-calls")))
	cp "$SCRATCH/first" "$env"
	rm -f "$env".* "$root/boot/overlay-user"/*
	head -c 8 /dev/zero > "$SCRATCH/count"
	env LD_PRELOAD="$FAULTS" FAULT_BELOW="$root/boot" FAULT_COUNT="$SCRATCH/count" FAULT_AT=0 \
		xargs -a "$SCRATCH/options" "$SETUP" > "$SCRATCH/log"
	same every_system_call_on_the_folder_is_counted "$seen" \
		"$(od -An -tu8 "$SCRATCH/count" | tr -d ' ')"
}

try_faults() {
	gcc -std=gnu11 -O1 -Wall -Wextra -Werror -shared -fPIC -o "$FAULTS" \
		"$TOP/tests/install/faults.c"
	try_counter
	for verb in enable disable disable_after_a_change another_bus; do
		set_out "$verb" 'a=1\nuser_overlays=foo\n'
		options_of "$verb" > "$SCRATCH/options"
		rm -rf "$SCRATCH/prepared"
		cp -a "$root/boot" "$SCRATCH/prepared"
		rm -rf "$SCRATCH/seen"
		mkdir "$SCRATCH/seen"
		for how in EIO ENOSPC EROFS short kill kill_after; do
			case $verb-$how in
			enable-* | *-EIO | *-kill*) try_fault "$verb" "$how" ;;
			esac
		done
	done
}

try_cuts() {
	cases=0
	try_power_cuts
	try_faults
	if [ "$cases" -ge 1000 ]; then
		ok the_old_or_the_new_file_is_there_in_1000_cases_or_more
		printf '%s cases\n' "$cases"
	else
		not_ok the_old_or_the_new_file_is_there_in_1000_cases_or_more "only $cases"
	fi
}
