# SPDX-License-Identifier: GPL-2.0-or-later
# What the board's scripts share: where things are kept, how they speak, how they fail.
# shellcheck shell=sh
set -eu

umask 022
export LC_ALL=C
# depmod, mke2fs and sfdisk are where Debian's users do not look
export PATH="$PATH:/usr/sbin:/sbin"
# A make that calls these scripts must not speak into the makes that they call (-s, RUN=).
unset MAKEFLAGS MFLAGS MAKELEVEL
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/ads1220
TOP=$(cd "$(dirname "$0")" && pwd)
until [ -d "$TOP/overlays" ] || [ "$TOP" = / ]; do
	TOP=$(dirname "$TOP")
done
[ "$TOP" != / ] || {
	printf '%s is not inside the project: there is no overlays/ above it\n' "$0" >&2
	exit 1
}
BUILD=$TOP/build
export CACHE TOP BUILD

say() {
	printf '%s\n' "$*" >&2
}

# die MESSAGE [NEXT-COMMAND]: the object and the cause, then what to do
die() {
	say "${0##*/}: $1"
	[ $# -lt 2 ] || say "hint: $2"
	exit 1
}

# need_room FOLDER MEBIBYTES: one line instead of the hundreds that tar would say half-way
need_room() {
	room=$(df -Pm "$1" | awk 'NR == 2 {print $4}')
	[ "$room" -ge "$2" ] || die "'$1' has $room MiB free, and $2 are needed" \
		"free some space there, or set XDG_CACHE_HOME to another folder"
}

# stage NAME COMMAND...: runs it with its standard output kept, and says how long it took
stage() {
	stage_name=$1
	shift
	stage_start=$(date +%s)
	say "[ .... ] $stage_name"
	"$@" || die "$stage_name failed" "see the lines above; the next run starts this stage anew"
	say "[$(printf '%4d' $(($(date +%s) - stage_start))) s] $stage_name"
}

# key_of TEXT FILE...: what a cache entry is called by: its recipe and the files it is made from
key_of() {
	key_text=$1
	shift
	{
		printf '%s\n' "$key_text"
		[ $# -eq 0 ] || cat "$@"
	} | sha256sum | cut -c1-16
}

# locked LOCK COMMAND...: the command under that lock; says what it waits for
locked() {
	locked_status=0
	flock -n -E 75 "$@" >&2 || locked_status=$?
	[ "$locked_status" -eq 75 ] || return "$locked_status"
	say "another run is making $cached_name, waiting for it"
	flock "$@" >&2
}

# cached NAME KEY COMMAND...: prints the folder NAME-KEY of the cache; where it is missing, COMMAND
# (a program, so that its own set -e holds) fills the empty folder that it finds in INTO. A folder is
# renamed to its name only once it is whole and on the disk, so what carries the name can be trusted
# after a kill or a full disk.
cached() {
	cached_dir=$CACHE/$1-$2
	if [ ! -d "$cached_dir" ]; then
		cached_name=$1-$2
		shift 2
		mkdir -p "$CACHE" || die "cannot make '$CACHE'" "set XDG_CACHE_HOME to a folder you can write to"
		locked "$CACHE/$cached_name.lock" "$TOP/tests/board/fill-cache" "$CACHE/$cached_name" "$@" ||
			die "could not make $cached_name" "see the lines above, mend the cause and run the same command again"
	fi
	printf '%s\n' "$cached_dir"
}
