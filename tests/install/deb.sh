# SPDX-License-Identifier: GPL-2.0-or-later
# Do the packages hold what they should and touch no boot file, and does DKMS build from them?
# shellcheck shell=sh

DEBS=$SCRATCH/source/build/deb

# contents PACKAGE: its files, one a line
contents() {
	find "$SCRATCH/debs/$1" -type f -printf '%P\n' | sort
}

unpack_debs() {
	for deb in "$DEBS"/ads1220-*_0.1_*.deb; do
		package=$(basename "$deb" | cut -d_ -f1)
		mkdir -p "$SCRATCH/debs/$package" "$SCRATCH/control/$package"
		dpkg-deb -x "$deb" "$SCRATCH/debs/$package"
		dpkg-deb -e "$deb" "$SCRATCH/control/$package"
	done
}

try_packages() {
	status=0
	said=$(timeout 600 "$COPY/install/make-deb" --host armhf \
		--sysroot "$("$TOP/tests/board/tool-armhf" sysroot)" 2>&1 < /dev/null) || status=$?
	same the_packages_are_built \
		"0 ads1220-dkms_0.1_all.deb ads1220-overlays_0.1_all.deb ads1220-tools_0.1_armhf.deb" \
		"$status $(cd "$DEBS" && find . -name '*.deb' ! -name '*dbgsym*' -printf '%P\n' |
			sort | tr '\n' ' ' | sed 's/ $//')"
	unpack_debs
	same lintian_has_nothing_to_say_at_pedantic "" \
		"$(timeout 300 lintian --pedantic --display-info --no-cfg --allow-root "$DEBS"/*.changes 2>&1)"
	holds the_tool_is_for_the_board \
		"$(readelf -hW "$SCRATCH/debs/ads1220-tools/usr/bin/ads1220-read")" 'Machine: +ARM$'
	holds the_tool_needs_the_boards_library "$(cat "$SCRATCH/control/ads1220-tools/control")" \
		'^Depends: .*libiio0'
	packed=$SCRATCH/debs/ads1220-overlays/usr/share/ads1220/overlays
	same the_overlays_are_the_compiled_ones "" "$(for one in $SPI0 $SPI1; do
		cmp "$COPY/build/overlays/$one.dtbo" "$packed/$one.dtbo" 2>&1
	done)"
	same nothing_is_packed_for_boot "" "$(contents ads1220-overlays | grep '^boot' || true)"
}

# Maintainer scripts with stand-ins for what they call: which calls do they make?
try_scripts() {
	same no_maintainer_script_writes_to_boot "" \
		"$(grep -rnE '(>|cp|mv|sed -i|tee|install|rm)[^|]*/boot' "$SCRATCH/control" | grep -v 'echo "' || true)"
	same no_maintainer_script_enables "" \
		"$(grep -rn 'ads1220-setup enable' "$SCRATCH/control" | grep -v 'echo "' || true)"
	holds headers_that_are_configured_trigger_a_build \
		"$(cat "$SCRATCH/control/ads1220-dkms/triggers")" '^interest-noawait /usr/src$'
	holds new_trees_trigger_a_refresh "$(cat "$SCRATCH/control/ads1220-overlays/triggers")" \
		'^interest-noawait /boot$'
	mkdir -p "$SCRATCH/calls-of"
	for program in dkms deb-systemd-helper ads1220-setup; do
		printf '#!/bin/sh\necho "%s $*" >> "%s"\nexit 1\n' $program "$SCRATCH/scripts-called" \
			> "$SCRATCH/calls-of/$program"
		chmod +x "$SCRATCH/calls-of/$program"
	done
	sed "s|/usr/lib/ads1220-dkms/build-module|$SCRATCH/calls-of/dkms build-module|" \
		"$SCRATCH/control/ads1220-dkms/postinst" > "$SCRATCH/postinst"
	for way in configure 'triggered /usr/src'; do
		: > "$SCRATCH/scripts-called"
		status=0
		said=$(env PATH="$SCRATCH/calls-of:$PATH" sh "$SCRATCH/postinst" "${way%% *}" 2>&1) ||
			status=$?
		same "a_build_that_fails_does_not_fail_dpkg_when_${way%% *}" 0 "$status"
		holds "the_missing_are_built_when_${way%% *}" "$(cat "$SCRATCH/scripts-called")" \
			'^dkms build-module$'
	done
}

# The packaged set-up finds the packaged overlays.
try_packaged_setup() {
	shipped
	packaged=$SCRATCH/debs/ads1220-overlays/usr/sbin/ads1220-setup
	users=$root/boot/overlay-user
	try "$packaged" enable --root "$root" --yes --drdy PA7
	same the_packaged_set_up_enables "0 $SPI1 PA7" "$status $(enabled_words) $(
		fdtget "$users/$SPI1.dtbo" /fragment@1/__overlay__/ads1220-drdy-pin pins)"
	try "$packaged" disable --root "$root" --yes
	same the_packaged_set_up_leaves_nothing "0 0" "$status $(find "$users" -type f | wc -l)"
}

# DKMS itself, in folders of its own, with the board's headers
try_dkms() {
	conf=$(find "$SCRATCH/debs/ads1220-dkms/usr/src" -name dkms.conf)
	same dkms_gets_a_version 'PACKAGE_VERSION="0.1"' "$(grep ^PACKAGE_VERSION "$conf")"
	same dkms_never_builds_by_itself "" "$(grep -n '^AUTOINSTALL' "$conf" || true)"
	if ! command -v dkms > "$SCRATCH/log"; then
		skip dkms_builds_the_module "there is no dkms: tests/board/host-packages check"
		return
	fi
	mkdir -p "$SCRATCH/dkms"
	make_for_board
	status=0
	said=$(timeout 400 env PATH="$SCRATCH/board-make:$PATH" \
		dkms build -m ads1220 -v 0.1 -k "$RELEASE" -a armhf --sourcetree "$SCRATCH/debs/ads1220-dkms/usr/src" --dkmstree "$SCRATCH/dkms" \
		--kernelsourcedir "$KDIR" 2>&1 < /dev/null) || status=$?
	built=$(find "$SCRATCH/dkms" -name 'ti-ads1220.ko*' | head -n 1)
	if [ -n "$built" ]; then
		same dkms_builds_the_module "0 $RELEASE" \
			"$status $(modinfo -F vermagic "$built" | cut -d' ' -f1)"
	else
		not_ok dkms_builds_the_module \
			"status $status: $(printf '%s' "$said" | tail -n 5 | tr '\n' '|')"
	fi
}

try_deb() {
	try_packages
	try_scripts
	try_packaged_setup
	try_dkms
}
