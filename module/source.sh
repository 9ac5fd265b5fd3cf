# SPDX-License-Identifier: GPL-2.0-only
# Which source is a target's kernel made from, where is it here, and is it the right one?
# shellcheck shell=sh
#
# find_source sets source: a tarball, a tree, or Armbian's headers package, which has the generated
# headers of that very kernel in it, and no source of the kernel itself.

# wanted_version: what the source's Makefile must say. Debian's older names, 6.1.0-50-armmp, count
# packages and hide the patch level; the package's own version has it.
wanted_version() {
	case $target_release in
	[0-9]*.[0-9]*.0-[0-9]*-*) printf '%s\n' "${target_package%%-*}" ;;
	*) printf '%s\n' "$target_release" | sed -n 's/^\([0-9]*\.[0-9]*\(\.[0-9]*\)\{0,1\}\(-rc[0-9]*\)\{0,1\}\).*/\1/p' ;;
	esac
}

# is_headers SOURCE: as a package, or unpacked
is_headers() {
	[ "${1%.deb}" != "$1" ] || { [ -e "$1/include/generated/autoconf.h" ] && [ ! -e "$1/init/main.c" ]; }
}

# makefile_of SOURCE: the top Makefile, out of a package, a tarball or a tree
makefile_of() {
	if [ -d "$1" ]; then
		cat "$1/Makefile"
	elif is_headers "$1"; then
		dpkg-deb --fsys-tarfile "$1" | tar -xOf - --wildcards --no-wildcards-match-slash './usr/src/*/Makefile'
	else
		tar -xOf "$1" --wildcards --no-wildcards-match-slash --occurrence=1 '*/Makefile'
	fi 2> /dev/null
}

# version_of SOURCE: VERSION.PATCHLEVEL.SUBLEVEL and -rcN
version_of() {
	makefile_of "$1" | awk '$2 == "=" && NR < 10 {part[$1] = $3}
		END {if (part["VERSION"] != "") {
			rc = part["EXTRAVERSION"]; if (rc !~ /^-rc[0-9]+$/) rc = ""
			print part["VERSION"] "." part["PATCHLEVEL"] "." part["SUBLEVEL"] rc}}'
}

# same_source WANTED FOUND: 7.2-rc3 and 7.2.0-rc3 are one
same_source() {
	[ "$1" = "$2" ] || [ "$1" = "$(printf '%s' "$2" | sed 's/^\([0-9]*\.[0-9]*\)\.0/\1/')" ]
}

# series: X.Y of the target
series() {
	printf '%s\n' "$target_release" | sed 's/^\([0-9]*\.[0-9]*\).*/\1/'
}

# where_to_get VERSION: the commands that bring the source, and prove it
where_to_get() {
	if [ -e "$source/.git" ]; then
		printf "git -C '%s' checkout v%s" "$source" "$1"
		return
	fi
	case $target_release in
	*-armmp*)
		name=linux-source-$(series)
		printf "sudo apt-get install %s, then SOURCE=/usr/src/%s.tar.xz" "$name" "$name"
		;;
	*)
		address=https://www.kernel.org/pub/linux/kernel/v${1%%.*}.x
		printf "wget %s/linux-%s.tar.xz %s/sha256sums.asc, then SOURCE=linux-%s.tar.xz" \
			"$address" "$1" "$address" "$1"
		;;
	esac
}

# places VERSION: where sources are kept
places() {
	for folder in . "$CACHE" /usr/src "$HOME"; do
		for name in "linux-headers-$target_release" "linux-$1.tar.xz" "linux-$1.tar.gz" "linux-$1" \
			"linux-source-$(series).tar.xz" "linux-source-$(series)"; do
			[ ! -e "$folder/$name" ] || printf '%s\n' "$folder/$name"
		done
	done
}

# checked_sum: a list of checksums beside the tarball must have it right
checked_sum() {
	sums=$(dirname "$source")/sha256sums.asc
	[ -f "$source" ] && [ -f "$sums" ] || return 0
	line=$(grep -F "  $(basename "$source")" "$sums") || return 0
	(cd "$(dirname "$source")" && printf '%s\n' "$line" | sha256sum -c --status) ||
		die "'$source' is not what '$sums' says" "fetch it again"
	step "checksum of $(basename "$source") agrees with sha256sums.asc"
}

# pick_source VERSION: the first that fits of the usual places
pick_source() {
	for place in $(places "${1:-none}"); do
		found=$(version_of "$place")
		if [ -z "$found" ] || ! same_source "${1:-$found}" "$found"; then continue; fi
		source=$place
		return
	done
	die "there is no source of Linux ${1:-$(series)} for '$target_release'" \
		"$(where_to_get "${1:-$(series)}")"
}

# find_source: the one that was named, or one of the usual places; a wrong one ends here
find_source() {
	version=$(wanted_version)
	[ -n "$source" ] || pick_source "$version"
	[ -r "$source" ] || die "there is no SOURCE='$source'" "$(where_to_get "${version:-$(series)}")"
	found=$(version_of "$source")
	[ -n "$found" ] || die "'$source' is no source of Linux: it has no Makefile that says a version" \
		"$(where_to_get "${version:-$(series)}")"
	if [ -z "$version" ]; then
		[ "${found%.*}" = "$(series)" ] || die "'$source' is Linux $found, and '$target_release' is of $(series)" \
			"$(where_to_get "$(series)")"
		step "note: the name '$target_release' hides the patch level; $found is taken on trust"
	else
		same_source "$version" "$found" || die "'$source' is Linux $found, and '$target_release' needs $version" \
			"$(where_to_get "$version")"
	fi
	checked_sum
}

# left_out: what no module's build reads, most of the source; and what was built for another machine
left_out() {
	printf '%s\n' '*/.git' '*.o' '*.ko' '*.cmd'
	! is_headers "$source" || return 0
	printf '%s\n' '*/Documentation/*/*' './vmlinux*' '*/Module.symvers' '*/.config' \
		./include/generated ./include/config ./arch/arm/include/generated
	[ "$given_symvers" != build ] || return 0
	cat <<'END'
*/LICENSES
*/tools/testing
*/tools/perf
*/rust/*.rs
*/samples/*.[chS]
*/drivers/*.c
*/drivers/gpu/*.h
*/drivers/net/*.h
*/drivers/media/*.h
*/sound/*.c
*/fs/*.c
*/net/*.c
*/block/*.c
*/mm/*.c
*/crypto/*.[cS]
*/arch/[b-z]*/*.[cS]
*/arch/al*/*.[cS]
*/arch/arc/*.[cS]
*/arch/arm64/*.[cS]
*/arch/*/boot/dts/*
*/arch/*/configs
END
}

# packed: the source as a tar, its files below ONE folder or more
packed() {
	if [ -d "$source" ]; then
		tar -C "$source" -cf - --exclude-from="$scratch/left-out" .
	else
		dpkg-deb --fsys-tarfile "$source"
	fi || : > "$scratch/failed"
}

# unpack: the source into the tree
unpack() {
	left_out > "$scratch/left-out"
	set -- -C "$tree" --exclude-from="$scratch/left-out"
	if [ -d "$source" ]; then
		packed 2> "$scratch/tar.err" | tar "$@" -xf - 2>> "$scratch/tar.err"
	elif is_headers "$source"; then
		packed 2> "$scratch/tar.err" | tar "$@" -xf - --wildcards --strip-components=4 './usr/src/*/*' \
			2>> "$scratch/tar.err"
	else
		tar "$@" -xf "$source" --strip-components=1 2> "$scratch/tar.err"
	fi || : > "$scratch/failed"
	[ -e "$scratch/failed" ] || return 0
	end_if_full "unpacking '$source'"
	die "could not unpack '$source': $(sed -n 1p "$scratch/tar.err")" "is it whole? Fetch it again"
}

# identity: changes when the source does
identity() {
	if [ -d "$source" ]; then
		find "$source" -name .git -prune -o -type f -printf '%p %s %T@\n' | sort | sha256sum
	else
		sha256sum < "$source"
	fi
}
