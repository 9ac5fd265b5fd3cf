# SPDX-License-Identifier: GPL-2.0-or-later
# Which board do the installer's tests work on? A root in a scratch folder, never this machine's.
# shellcheck shell=sh

SCRATCH=$(mktemp -d)
MOUNTED=
SETUP=$TOP/install/ads1220-setup
FILTER=$TOP/install/armbian-env
SPI0=sun8i-h3-ads1220-spi0
SPI1=sun8i-h3-ads1220-spi1

clean_up() {
	[ -z "$MOUNTED" ] || umount "$MOUNTED"
	rm -rf "$SCRATCH"
}
trap clean_up EXIT
trap 'exit 130' HUP INT TERM

# As on a fresh sun8i image (Armbian's order of the lines)
FRESH_ENV='verbosity=1
bootlogo=false
console=both
disp_mode=1920x1080p60
overlay_prefix=sun8i-h3
overlays=usbhost2 usbhost3
rootdev=UUID=0d3c6b9e-1f0a-4d1b-9e55-52b0d7a3c111
rootfstype=ext4'

# stage: a fresh root of an Orange Pi Zero in $root, its armbianEnv.txt in $env
stage() {
	root=$SCRATCH/root
	rm -rf "$root"
	mkdir -p "$root/boot/overlay-user" "$root/boot/dtb/overlay"
	cp "$BUILD"/overlays/*.dtbo "$root/boot/overlay-user/"
	cp "$TOP/tests/board/boot.cmd" "$root/boot/boot.scr"
	touch "$root/boot/.next"
	env=$root/boot/armbianEnv.txt
	printf '%s\n' "$FRESH_ENV" > "$env"
	live xunlong,orangepi-zero allwinner,sun8i-h2-plus
}

# live COMPATIBLE...: what the board calls itself
live() {
	mkdir -p "$root/proc/device-tree"
	printf '%s\0' "$@" > "$root/proc/device-tree/compatible"
}

# snapshot FOLDER: every name, kind, mode and content below it
snapshot() {
	(cd "$1" && find . -printf '%p %y %m %l\n' | sort && find . -type f -exec sha256sum {} + | sort)
}

# try COMMAND...: its output into $said, its exit status into $status
try() {
	status=0
	said=$(timeout 60 "$@" 2>&1 < /dev/null) || status=$?
}

# says NAME PATTERN: what was tried last succeeded, and said so
says() {
	if [ "$status" -eq 0 ]; then
		holds "$1" "$said" "$2"
	else
		not_ok "$1" "status $status: $said"
	fi
}

# refused NAME PATTERN COMMAND...: it fails, says why, says what to do, and changes nothing in $root
refused() {
	refused_name=$1
	pattern=$2
	shift 2
	snapshot "$root" > "$SCRATCH/before"
	try "$@"
	snapshot "$root" > "$SCRATCH/after"
	if [ "$status" -eq 0 ]; then
		not_ok "$refused_name" "it did not fail: $said"
	elif ! printf '%s\n' "$said" | grep -qE -e "$pattern"; then
		not_ok "$refused_name" "status $status, but no '$pattern' in: $said"
	elif ! printf '%s\n' "$said" | grep -q '^hint: '; then
		not_ok "$refused_name" "no hint in: $said"
	else
		same "$refused_name" "" "$(diff "$SCRATCH/before" "$SCRATCH/after" || true)"
	fi
}
