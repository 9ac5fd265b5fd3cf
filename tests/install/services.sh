# SPDX-License-Identifier: GPL-2.0-or-later
# Is the module built when an upgrade came without headers, and may the group iio use the converter?
# shellcheck shell=sh

# upgraded: a board with everything installed, and a kernel that has no module yet
upgraded() {
	board
	mkdir -p "$root/usr/local/lib/ads1220"
	"$COPY/install/deploy" copy --root "$root" --kdir "$KDIR" > "$SCRATCH/log" 2>&1
	rm -r "$root/lib/modules/$RELEASE/updates"
	ln -s "$KDIR" "$root/lib/modules/$RELEASE/build"
}

# The headers are a board's, this machine is none: make is told what to build for.
make_for_board() {
	rm -rf "$SCRATCH/board-make"
	mkdir "$SCRATCH/board-make"
	cross='ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- CC=arm-linux-gnueabihf-gcc'
	printf '#!/bin/sh\nexec %s "$@" %s %s\n' "$(command -v make)" "$cross" "${1-}" \
		> "$SCRATCH/board-make/make"
	chmod +x "$SCRATCH/board-make/make"
}

# full_disk: a cp that gets half of a module onto it
full_disk() {
	cat > "$SCRATCH/board-make/cp" <<-END
		#!/bin/sh
		for target; do :; done
		case \$target in
		*.ko.new) head -c 4096 "\$1" > "\$target"; echo "cp: no space left" >&2; exit 1 ;;
		esac
		exec $(command -v cp) "\$@"
	END
	chmod +x "$SCRATCH/board-make/cp"
}

build_module() {
	status=0
	said=$(timeout 400 env PATH="$SCRATCH/board-make:$PATH" ARCH=wrong CROSS_COMPILE=wrong- \
		"$root/usr/local/lib/ads1220/build-module" --root "$root" "$@" 2>&1 < /dev/null) || status=$?
}

module_there() {
	find "$root/lib/modules" -name 'ti-ads1220.ko*' | wc -l
}

try_missed() {
	upgraded
	make_for_board
	mkdir -p "$root/lib/modules/6.18.9-current-sunxi/kernel"
	build_module
	same a_missed_module_is_built "0 1" "$status $(module_there)"
	same what_is_built_is_for_that_kernel "$RELEASE" \
		"$(modinfo -F vermagic "$root/lib/modules/$RELEASE/updates/ti-ads1220.ko" | cut -d' ' -f1)"
	holds its_list_of_modules_is_renewed "$(cat "$root/lib/modules/$RELEASE/modules.alias")" \
		'ti_ads1220$'
	holds a_kernel_without_headers_is_told_armbians_package "$said" \
		'no module for 6.18.9-current-sunxi: .*linux-headers-current-sunxi$'
	build_module "$RELEASE"
	same a_module_that_is_there_is_not_built_again "0 " "$status $said"
}

# What was built for a kernel that came later goes with the rest.
try_uninstall_later() {
	upgraded
	make_for_board
	sed -i "s/$RELEASE/6.0.0-before/" "$root/usr/local/lib/ads1220/installed"
	build_module
	same a_module_is_built_for_a_later_kernel "0 1" "$status $(module_there)"
	deploy remove
	same uninstall_takes_away_what_was_built_for_a_later_kernel "0 0 kernel" \
		"$status $(module_there) $(cd "$root/lib/modules/$RELEASE" && find . -mindepth 1 -type d -printf '%P')"
}

try_not_built() {
	upgraded
	make_for_board CFLAGS_MODULE=-DNOT_EVEN_C='\"'
	build_module
	same a_failing_build_is_told "1 0" "$status $(module_there)"
	holds a_failing_build_shows_its_last_lines "$said" 'Error [0-9]'
	upgraded
	make_for_board
	full_disk
	build_module
	same half_a_module_is_none "1 0 0" \
		"$status $(module_there) $(find "$root/lib/modules" -name '*.new' | wc -l)"
	holds a_disk_that_is_full_is_told "$said" '^ads1220: no module for .*the build failed'
	upgraded
	make_for_board
	printf '#!/bin/sh\nexit 1\n' > "$SCRATCH/board-make/depmod"
	chmod +x "$SCRATCH/board-make/depmod"
	build_module
	same a_module_that_depmod_has_not_listed_is_none "1 0" "$status $(module_there)"
	rm "$SCRATCH/board-make/depmod"
	build_module
	same it_is_built_again_then "0 1" "$status $(module_there)"
	full_disk
	build_module --again
	same the_former_module_stays_where_the_new_one_finds_no_room "1 1" "$status $(module_there)"
	upgraded
	rm "$root/lib/modules/$RELEASE/build"
	mkdir -p "$root/lib/modules/$RELEASE/build/include"
	cp -r "$KDIR/include/generated" "$root/lib/modules/$RELEASE/build/include/"
	build_module
	same headers_that_are_not_configured_are_left_alone "0 0" "$status $(module_there)"
	holds headers_that_are_not_configured_are_named "$said" \
		'not configured yet; sudo dpkg --configure -a'
}

# The rule's own command, on a tree like the kernel's, where udev runs it: in the root, which has a
# sys/power. The group is one that every machine has.
try_rule() {
	rule=$TOP/install/70-ads1220.rules
	same nothing_is_writable_for_everybody "" \
		"$(grep -nE '0?666|o\+w|a\+w|0777' "$TOP"/install/* 2>/dev/null)"
	holds the_device_belongs_to_the_group "$(cat "$rule")" 'GROUP="iio", MODE="0660", SYMLINK'
	if [ "$(id -u)" -ne 0 ]; then
		skip the_group_may_write_what_root_may \
			"changing groups wants root: sudo tests/install/run"
		return
	fi
	rm -rf "$SCRATCH/sys"
	mkdir -p "$SCRATCH/sys/buffer" "$SCRATCH/sys/power"
	touch "$SCRATCH/sys/sampling_frequency" "$SCRATCH/sys/buffer/enable" "$SCRATCH/sys/power/control" \
		"$SCRATCH/sys/uevent" "$SCRATCH/sys/name"
	chmod 444 "$SCRATCH/sys/name"
	sed -n "s/^RUN.*sh -c '\(.*\)'\"\$/\1/p" "$rule" |
		sed "s|/sys%p|$SCRATCH/sys|; s/chgrp iio/chgrp nogroup/" | (cd / && sh)
	same the_group_may_write_what_root_may_and_no_more \
		"buffer/enable 664 nogroup
name 444 root
power/control 644 root
sampling_frequency 664 nogroup
uevent 644 root" "$(cd "$SCRATCH/sys" && find . -type f -printf '%P %m %g\n' | sort)"
}

try_enabled() {
	upgraded
	same the_service_is_enabled_on_a_card /usr/local/lib/systemd/system/ads1220-module.service \
		"$(readlink "$root/etc/systemd/system/multi-user.target.wants/ads1220-module.service")"
	service=$root/usr/local/lib/systemd/system/ads1220-module.service
	command=$(sed -n 's/^ExecStart=//p' "$service")
	same the_service_starts_what_is_there yes "$([ -x "$root$command" ] && echo yes)"
	for folder in updates updates/dkms; do
		holds "the_service_is_skipped_with_a_module_in_$folder" "$(cat "$service")" \
			"^ConditionPathExistsGlob=!/lib/modules/%v/$folder/ti-ads1220.ko\*\$"
	done
}

try_services() {
	try_rule
	try_enabled
	try_missed
	try_uninstall_later
	try_not_built
}
