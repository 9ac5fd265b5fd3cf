# SPDX-License-Identifier: GPL-2.0-only
# What does a target show of its kernel: release, configuration, modules, symbols? Read only.
# shellcheck shell=sh
#
# look_at sets target_release, and where the target shows them: target_config (a plain file),
# target_modules (its lib/modules/RELEASE), target_symvers (Module.symvers), target_exports (names
# that the kernel itself exports), target_package (Debian's version of the kernel), target_headers
# (its build folder), target_enforces (y: unsigned modules are refused).
set -eu

umask 022
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
unset MAKEFLAGS MFLAGS MAKELEVEL

say() {
	printf '%s\n' "$*" >&2
}

# die CAUSE HINT
die() {
	say "${0##*/}: $1"
	say "hint: $2"
	exit 1
}

# need PACKAGE PROGRAM...
need() {
	package=$1
	shift
	for program in "$@"; do
		command -v "$program" > /dev/null || die "there is no program '$program'" "sudo apt-get install $package"
	done
}

# open_scratch: a folder of this run alone, gone with it, however it ends
open_scratch() {
	scratch=$(mktemp -d) || die "cannot make a folder in '${TMPDIR:-/tmp}'" "free some space there, or set TMPDIR"
	trap 'rm -rf "$scratch"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# plain FILE: the path of the same file without compression
plain() {
	case $1 in
	*.gz | *.xz | *.zst) ;;
	*)
		printf '%s\n' "$1"
		return
		;;
	esac
	plain_file=$scratch/$(basename "${1%.*}")
	case $1 in
	*.gz) gzip -dc "$1" ;;
	*.xz) xz -dc "$1" ;;
	*.zst) zstd -qdc "$1" ;;
	esac > "$plain_file" 2> /dev/null || die "cannot unpack '$1'" "is it damaged? 'file $1' says what it is"
	printf '%s\n' "$plain_file"
}

# first_of FILE...: the first that can be read
first_of() {
	for file in "$@"; do
		[ ! -r "$file" ] || [ ! -s "$file" ] || {
			printf '%s\n' "$file"
			return
		}
	done
}

# option NAME: its value in the target's configuration: y, m, a text, or n
option() {
	[ -n "$target_config" ] || {
		echo n
		return
	}
	value=$(sed -n "s/^CONFIG_$1=//p" "$target_config" | tr -d '"')
	printf '%s\n' "${value:-n}"
}

# release_of TREE: the kernel that a build folder is for
release_of() {
	sed -n 's/.*UTS_RELEASE "\(.*\)".*/\1/p' "$1/include/generated/utsrelease.h" 2>/dev/null
}

# --- a board, over ssh ---

# remote COMMAND: on the board; a password is asked for once
remote() {
	ssh -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -o ControlMaster=auto \
		-o ControlPath="$scratch/ssh" -o ControlPersist=60 -- "$target" "$1" < /dev/null
}

# gone STATUS WHAT: ssh itself says 255
gone() {
	[ "$1" -ne 255 ] || die "'$target' cannot be reached" "is it on, and does 'ssh $target uname -r' work?"
	die "could not read $2 of '$target' (status $1)" "ssh $target shows what is there"
}

# fetch WHAT COMMAND FILE: what the command writes on the board, whole
fetch() {
	fetch_status=0
	remote "$2" > "$3.part" || fetch_status=$?
	[ "$fetch_status" -eq 0 ] || gone "$fetch_status" "$1"
	mv "$3.part" "$3"
}

# Symbol versions are in all modules; without them, one folder of modules shows all that is needed.
files_command() {
	cat <<-EOC
		versions() {
			{ zcat /proc/config.gz || cat /boot/config-$target_release; } 2> /dev/null | grep -q '^CONFIG_MODVERSIONS=y'
		}
		cd /lib/modules/$target_release && set -- modules.* &&
		if [ -d kernel ] && ! [ -s build/Module.symvers ] && versions; then set -- "\$@" kernel; else
			for d in kernel/drivers/iio kernel/drivers/spi; do [ ! -d \$d ] || set -- "\$@" \$d; done; fi &&
		tar -cf - "\$@"
	EOC
}

# fetch_board: what a board shows, as the files that a card of it would have
fetch_board() {
	need openssh-client ssh
	board=$scratch/board
	mkdir -p "$board/boot" "$board/proc"
	fetch "the release" 'uname -r' "$board/release"
	target_release=$(cat "$board/release")
	case $target_release in
	*[!a-zA-Z0-9.+~_-]* | '') die "'$target' says that its release is '$target_release'" "is it a Linux board?" ;;
	esac
	modules=$board/lib/modules/$target_release
	mkdir -p "$modules/build" "$board/sys/module/module/parameters"
	fetch "its modules" "$(files_command)" "$scratch/modules.tar"
	tar -xf "$scratch/modules.tar" -C "$modules" 2> /dev/null ||
		die "what '$target' sent of '/lib/modules/$target_release' is not whole" "run this again"
	fetch "its configuration" "zcat /proc/config.gz 2> /dev/null || cat /boot/config-$target_release 2> /dev/null ||
		cat /lib/modules/$target_release/build/.config 2> /dev/null || true" "$board/boot/config-$target_release"
	fetch "its version" 'cat /proc/version' "$board/proc/version"
	fetch "its symbol versions" "cat /lib/modules/$target_release/build/Module.symvers 2>/dev/null || true" \
		"$modules/build/Module.symvers"
	fetch "its symbols" "cat /boot/System.map-$target_release /proc/kallsyms 2>/dev/null |
		grep ' __ksymtab_' || true" "$board/boot/System.map-$target_release"
	fetch "its headers" "ls /lib/modules/$target_release/build/scripts/mod/modpost 2>/dev/null || true" \
		"$board/native"
	fetch "its signature policy" 'cat /sys/module/module/parameters/sig_enforce 2>/dev/null || true' \
		"$board/sys/module/module/parameters/sig_enforce"
}

# --- files ---

# release_in ROOT: the kernel that these files boot
release_in() {
	set -- "$1" "$(find "$1/lib/modules/" "$1/usr/lib/modules/" -mindepth 1 -maxdepth 1 -type d \
		-printf '%f\n' 2>/dev/null | sort -u)"
	[ -n "$2" ] || die "there is no kernel in '$1': no lib/modules/RELEASE, no include/generated/utsrelease.h" \
		"TARGET= is user@board, a mounted card, a copy of /boot and /lib/modules, or a kernel's build folder"
	if [ "$(printf '%s\n' "$2" | wc -l)" -gt 1 ]; then
		link=$(readlink "$1/boot/zImage" || readlink "$1/boot/vmlinuz" || readlink "$1/vmlinuz") || link=
		link=$(basename "$link")
		printf '%s\n' "$2" | grep -Fx -- "${link#vmlinuz-}" ||
			die "there are several kernels in '$1': $(printf '%s' "$2" | tr '\n' ' ')" \
				"name one as $1/lib/modules/RELEASE"
	else
		printf '%s\n' "$2"
	fi
}

# headers_in ROOT: the folder that lib/modules/RELEASE/build leads to, on a card too
headers_in() {
	link=$(readlink "$target_modules/build") || link=build
	case $link in
	/*) headers=$1$link ;;
	*) headers=$target_modules/$link ;;
	esac
	[ ! -d "$headers" ] || printf '%s\n' "$headers"
}

# package_in ROOT: Debian's version of the kernel, since its short release hides the patch level
package_in() {
	package=$(sed -n 's/.* Debian \([0-9][^ ]*\).*/\1/p' "$1/proc/version" 2>/dev/null) || package=
	[ -n "$package" ] || package=$(awk -v name="linux-image-$target_release" \
		'$1 == "Package:" {found = $2 == name} found && $1 == "Version:" {print $2; exit}' \
		"$1/var/lib/dpkg/status" 2>/dev/null) || package=
	[ -n "$package" ] || [ -z "$target_headers" ] || package=$(sed -n 's/.*Debian \([0-9][^ "]*\).*/\1/p' \
		"$target_headers/include/generated/package.h" 2>/dev/null) || package=
	printf '%s\n' "$package"
}

# look_at_root ROOT: a board's files, below a folder
look_at_root() {
	target_modules=$1/lib/modules/$target_release
	[ -d "$target_modules" ] || target_modules=$1/usr/lib/modules/$target_release
	[ -d "$target_modules" ] || die "'$1' has no lib/modules/$target_release" \
		"the kernel was upgraded: reboot the board, then run this again"
	target_headers=$(headers_in "$1")
	config=$(first_of "$1/proc/config.gz" "$1/boot/config-$target_release" "$target_modules/config" \
		"$target_headers/.config")
	[ -z "$config" ] || target_config=$(plain "$config")
	target_symvers=$(first_of "$target_headers/Module.symvers" "$1/boot/symvers-$target_release")
	sed -n 's/.* __ksymtab_//p' "$1/boot/System.map-$target_release" > "$scratch/exports" 2>/dev/null || true
	target_exports=$scratch/exports
	target_package=$(package_in "$1")
	target_enforces=
	[ ! -r "$1/sys/module/module/parameters/sig_enforce" ] ||
		target_enforces=$(tr YN yn < "$1/sys/module/module/parameters/sig_enforce")
}

# look_at_tree TREE: a kernel's build folder, or its installed headers
look_at_tree() {
	target_release=$(release_of "$1")
	target_headers=$1
	target_config=$(first_of "$1/.config")
	target_symvers=$(first_of "$1/Module.symvers")
	target_package=$(package_in /nonexistent)
}

# look_at_names RELEASE+FILE: both may hold a + of their own
look_at_names() {
	names_rest=$1
	while [ "${names_rest#*+}" != "$names_rest" ]; do
		names_rest=${names_rest#*+}
		[ -f "$names_rest" ] || continue
		target_release=${1%"+$names_rest"}
		target_config=$(plain "$names_rest")
		return
	done
	return 1
}

# look_at TARGET
look_at() {
	target=$1
	target_release='' target_config='' target_modules='' target_symvers='' target_exports=''
	target_package='' target_headers='' target_enforces=''
	if [ -n "$(release_of "$1")" ]; then
		look_at_tree "$(cd "$1" && pwd)"
	elif [ -d "$1" ]; then
		target_root=$(cd "$1" && pwd)
		case $target_root in
		*/lib/modules/*)
			target_release=${target_root##*/}
			target_root=${target_root%/lib/modules/*}
			target_root=${target_root%/usr}
			;;
		*) target_release=$(release_in "$target_root") ;;
		esac
		look_at_root "${target_root%/}"
	elif look_at_names "$1"; then
		:
	else
		case $1 in
		*@*)
			fetch_board
			look_at_root "$board"
			;;
		*+*) die "there is no configuration '${1##*+}'" \
			"CONFIG= names what zcat /proc/config.gz printed on the board" ;;
		*) die "'$1' is neither a folder nor user@board" "TARGET=DIRECTORY or TARGET=user@board" ;;
		esac
	fi
	find_sample
}

# --- symbols ---

# find_sample: one module of the target's own, unpacked; industrialio, where it is there
find_sample() {
	sample=
	set -- ${target_modules:+"$target_modules/kernel"} ${target_headers:+"$target_headers"}
	[ $# -gt 0 ] || return 0
	found=$(find "$@" -name 'industrialio.ko*' 2>/dev/null | head -n 1)
	[ -n "$found" ] || found=$(find "$@" \( -name '*.ko' -o -name '*.ko.?z*' \) 2>/dev/null | head -n 1)
	[ -z "$found" ] || sample=$(plain "$found")
}

# has_versions: does the target compare symbol versions? Its configuration or its own module says so.
has_versions() {
	[ "$(option MODVERSIONS)" = n ] || return 0
	[ -n "$sample" ] && modinfo -F vermagic "$sample" | grep -qw modversions
}

# modules_shown: the modules of the target whose symbols are looked at. Versions are in all of them;
# without versions, the neighbours of our own use nearly all that it needs
modules_shown() {
	set -- "$target_modules/kernel/drivers/iio" "$target_modules/kernel/drivers/spi"
	! has_versions || set -- "$target_modules/kernel"
	find "$@" -name '*.ko*' -print0 2> /dev/null | sort -z
}

# imports: CRC and name of what the target's own modules take from elsewhere
imports() {
	if has_versions; then
		modules_shown | xargs -0 -r -n 1 modprobe --dump-modversions 2>/dev/null || true
	else
		modules_shown | xargs -0 -r -n 1 printf '%s\n' | while read -r module; do
			undefined "$(plain "$module")" | sed 's/^/0x00000000\t/'
		done
	fi
}

# undefined MODULE: the names that it wants from others
undefined() {
	readelf -sW "$1" 2>/dev/null | awk '$7 == "UND" && $8 != "" {print $8}' | sort -u
}

# symvers_of_target: Module.symvers of the target, or one made of what its own modules import and
# export. A CRC that two modules do not agree on would show a broken target; the first one counts.
symvers_of_target() {
	symvers=$scratch/symvers
	symvers_whole=y
	if [ -n "$target_symvers" ]; then
		cp "$target_symvers" "$symvers"
		return
	fi
	: > "$symvers"
	symvers_whole=
	[ -n "$target_modules" ] || return 0
	sed -n 's/^alias symbol:\([^ ]*\) \(.*\)/\1 \2/p' "$target_modules/modules.symbols" \
		> "$scratch/exported" 2>/dev/null || true
	imports > "$scratch/imported"
	[ ! -s "$target_exports" ] || symvers_whole=y
	sed 's/^/0x00000000\t/' "$target_exports" >> "$scratch/imported"
	awk -v OFS='\t' 'FILENAME ~ /exported$/ {from[$1] = $2; if (!($1 in crc)) crc[$1] = "0x00000000"; next}
		!($2 in crc) || crc[$2] == "0x00000000" {crc[$2] = $1}
		END {for (name in crc)
			print crc[name], name, name in from ? from[name] : "vmlinux", "EXPORT_SYMBOL_GPL", ""}' \
		"$scratch/exported" "$scratch/imported" | sort -k 2 > "$symvers"
}
