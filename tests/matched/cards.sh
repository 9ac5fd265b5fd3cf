# SPDX-License-Identifier: GPL-2.0-or-later
# What do a board's card and a kernel's source look like? Cards of Debian's kernels, as files.
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

# source_of SERIES: the tarball of Debian's source package, of the suite that has the kernel
source_of() {
	for suite in $(suites_of "$1"); do
		folder=$("$TOP/tests/board/apt-root" tree "$suite" armhf "linux-source-$1") || continue
		printf '%s\n' "$folder/usr/src/linux-source-$1.tar.xz"
		return
	done
	return 1
}
