# SPDX-License-Identifier: GPL-2.0-or-later
# What does a board's card look like? Cards of Debian's kernels and of our own, as files.
# shellcheck shell=sh

# lay_card SERIES FOLDER: boot, modules, headers and the package list, as a card of that kernel has them
lay_card() {
	kernel=$("$TOP/tests/board/kernel" "$1")
	headers=$("$TOP/tests/board/headers" "$1")
	release=$(cat "$kernel/release")
	rm -rf "$2"
	mkdir -p "$2/boot" "$2/lib/modules" "$2/usr/src/linux-headers-$release" "$2/var/lib/dpkg"
	cp -r "$kernel/lib/modules/$release" "$2/lib/modules/"
	cp "$headers/.config" "$2/boot/config-$release"
	cp "$headers/Module.symvers" "$headers/.config" "$2/usr/src/linux-headers-$release/"
	ln -s "/usr/src/linux-headers-$release" "$2/lib/modules/$release/build"
	printf 'Package: linux-image-%s\nVersion: %s\n' "$release" \
		"$(sed -n 's/.*Debian \([0-9][^ "]*\).*/\1/p' "$headers/include/generated/package.h")" \
		> "$2/var/lib/dpkg/status"
}

# lay_own_card KERNEL FOLDER: a kernel of our own, without its headers
lay_own_card() {
	release=$(basename "$1"/lib/modules/*)
	rm -rf "$2"
	mkdir -p "$2"
	cp -r "$1/boot" "$1/lib" "$2/"
	rm -f "$2/lib/modules/$release/build"
}

# add_headers KERNEL FOLDER: the same with them, as far as they count here
add_headers() {
	mkdir -p "$2/usr/src/linux-headers-$release"
	cp "$1/build/Module.symvers" "$1/build/.config" "$2/usr/src/linux-headers-$release/"
	ln -s "/usr/src/linux-headers-$release" "$2/lib/modules/$release/build"
}

# source_of SERIES: the tarball of Debian's source package, of the suite that has the kernel
source_of() {
	for suite in $(suites_of "$1"); do
		folder=$("$TOP/tests/board/apt-root" tree "$suite" armhf "linux-source-$1") || continue
		printf '%s\n' "$folder/usr/src/linux-source-$1.tar.xz"
		return
	done
	return 1
}

# programs FOLDER: the ELF files that can be run
programs() {
	find "$1" -type f -perm -100 | while read -r file; do
		[ "$(od -An -tx1 -N4 "$file" | tr -d ' ')" != 7f454c46 ] || printf '%s\n' "$file"
	done
}

# armbian_headers KERNEL SERIES PACKAGE: what Armbian packs: the generated headers, Kbuild's own files,
# and the scripts, whose programs are for the board where they are there at all
armbian_headers() {
	release=$(basename "$1"/lib/modules/*)
	headers=$work/headers/usr/src/linux-headers-$release
	rm -rf "$work/headers"
	mkdir -p "$headers" "$work/headers/DEBIAN"
	tar -xf "$(source_of "$2")" -C "$headers" --strip-components=1 --wildcards '*/Makefile*' '*/Kconfig*' \
		'*/Kbuild*' '*/tools/include/*'
	cp -r "$1/build/." "$headers/"
	programs "$headers/scripts" | while read -r program; do
		printf 'for another machine\n' > "$program"
	done
	printf '%s\n' 'Package: linux-headers-current-sunxi' 'Version: 1' 'Architecture: armhf' \
		'Maintainer: nobody <nobody@localhost>' 'Description: headers' > "$work/headers/DEBIAN/control"
	dpkg-deb -Znone --root-owner-group --build "$work/headers" "$3" > /dev/null
}
