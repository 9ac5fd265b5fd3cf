# SPDX-License-Identifier: GPL-2.0-or-later
# Which kernel series the board runs, and which of Debian's suites keep them.
# shellcheck shell=sh

SERIES='5.10 6.1 6.12 7.2'

# suites_of SERIES: where Debian keeps it, the steadiest suite first
suites_of() {
	case $1 in
	5.10) echo bullseye ;;
	6.1) echo bookworm ;;
	6.12) echo bookworm-backports trixie ;;
	7.2) echo forky sid ;;
	*) return 1 ;;
	esac
}
