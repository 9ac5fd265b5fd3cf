# SPDX-License-Identifier: GPL-2.0-or-later
# Which kernel is a folder of headers for, and which package brings the headers of a kernel?
# shellcheck shell=sh

# release_of FOLDER: the kernel that it builds modules for
release_of() {
	[ ! -f "$1/include/generated/utsrelease.h" ] ||
		sed -n 's/.*UTS_RELEASE "\(.*\)".*/\1/p' "$1/include/generated/utsrelease.h"
}

# headers_of RELEASE: what goes with the package that brought the kernel, of the same version where
# its name does not say that; elsewhere by the release: Armbian's have its branch and family, Debian's
# all of it
headers_of() {
	if [ -z "${root-}" ] && owner=$(dpkg-query -S "/boot/vmlinuz-$1" 2>/dev/null); then
		owner=${owner%%:*}
		case $owner in
		*"$1") printf 'linux-headers-%s\n' "$1" ;;
		*) printf 'linux-headers-%s=%s\n' "${owner#linux-image-}" \
			"$(dpkg-query -W -f '${Version}' "$owner")" ;;
		esac
		return
	fi
	case $1 in
	*-legacy-sunxi | *-current-sunxi | *-edge-sunxi)
		printf 'linux-headers-%s\n' "$(printf '%s' "$1" | sed 's/.*-\([a-z]*-sunxi\)$/\1/')" ;;
	*) printf 'linux-headers-%s\n' "$1" ;;
	esac
}

# tools_ready FOLDER: the programs in it that every module's build runs are there and run here.
# Armbian's headers bring them as sources and build them when the package is configured.
tools_ready() {
	for tool in scripts/basic/fixdep scripts/mod/modpost; do
		[ -x "$1/$tool" ] || return 1
		tool_status=0
		"$1/$tool" > /dev/null 2>&1 < /dev/null || tool_status=$?
		[ "$tool_status" -lt 126 ] || return 1
	done
}
