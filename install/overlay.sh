# SPDX-License-Identifier: GPL-2.0-or-later
# Which compiled overlay does this board get, with which pins, and does the boot's tree take it?
# shellcheck shell=sh

# U-Boot's ramdisk_addr_r on H2+ and H3 (include/configs/sunxi-common.h); older ones have 0x43300000
RAMDISK_ADDRESS=0x43400000

# Armbian's own choice for a second chip select, its overlay spi-add-cs1
SECOND_SELECT=PA10

# --- Pins: ports A and G are those of the header that can interrupt (Linux, pinctrl-sun8i-h3.c) ---

# check_pin PIN OPTION
check_pin() {
	case $1 in
	PA[0-9] | PA1[0-9] | PA2[01] | PG[0-9] | PG1[0-3]) return 0 ;;
	P[C-F][0-9] | P[C-F][0-9][0-9])
		misuse "$2 $1: that port cannot interrupt; PA0 to PA21 and PG0 to PG13 can" ;;
	*) misuse "'$1' is no pin for $2: PA0 to PA21 or PG0 to PG13" ;;
	esac
}

# bank_of PIN, as interrupt and GPIO cells have it
bank_of() {
	case $1 in
	PA*) echo 0 ;;
	PG*) echo 6 ;;
	esac
}

# header_pin PIN: where it is on this board's header, if that is known
header_pin() {
	for one in $free_pins; do
		[ "${one%%:*}" != "$1" ] || echo " (pin ${one#*:} of the header)"
	done
}

# A pin that the board itself uses is refused, whatever the tree says of it.
check_not_taken() {
	for one in $taken_pins; do
		[ "${one%%=*}" != "$1" ] || die "$1 cannot be $2: on this $board it is used for ${one#*=}" \
			"take one of: $(printf '%s' "$free_pins" | sed 's/:[0-9]*//g')"
	done
}

# --- The compiled overlay ---

# know_parts FILE: the nodes in it that pins are told of. Where the tree's own nodes come in is told
# by __fixups__, as /fragment@N:target:0.
know_parts() {
	port_places=$(fdtget -t s "$1" /__fixups__ "$bus" /__fixups__ pio 2>/dev/null) || return 1
	bus_part=${port_places%%:*}/__overlay__
	port_places=${port_places#*"
"}
	for place in $port_places; do
		case $place in
		*:target:0) port_part=${place%%:*}/__overlay__ ;;
		esac
	done
	for adc in "$bus_part/adc@0" "$bus_part/adc@1"; do
		! unit_cell=$(fdtget -t u "$1" "$adc" reg 2>/dev/null) || return 0
	done
	return 1
}

# wiring_of FILE: the pin of DRDY, then 0 or the pin that is the chip select
wiring_of() {
	know_parts "$1" && drdy_pin=$(fdtget "$1" "$port_part/ads1220-drdy-pin" pins) || return 1
	if [ "$unit_cell" = 0 ]; then
		echo "$drdy_pin 0"
	else
		fdtget -t u "$1" "$bus_part" cs-gpios |
			awk -v drdy="$drdy_pin" '{ print drdy, "P" substr("ABCDEFG", $3 + 1, 1) $4 }'
	fi
}

# set_drdy FILE PIN. The interrupt filter is opened for that pin's port only.
set_drdy() {
	know_parts "$1" || return 1
	bank=$(bank_of "$2")
	sense=$(fdtget -t u "$1" "$adc" interrupts)
	fdtput -t s "$1" "$port_part/ads1220-drdy-pin" pins "$2" &&
		fdtput -t u "$1" "$adc" interrupts "$bank" "${2#P?}" "${sense##* }" || return 1
	case $bank in
	0) fdtput -t u "$1" "$port_part" input-debounce 1 0 ;;
	6) fdtput -t u "$1" "$port_part" input-debounce 0 1 ;;
	esac
}

# set_unit FILE NUMBER: in a compiled tree, names of one length can be exchanged
set_unit() {
	sed "s/adc@[01]/adc@$2/g" "$1" > "$1.renamed" && mv -f "$1.renamed" "$1" &&
		know_parts "$1" && fdtput -t u "$1" "$adc" reg "$2"
}

# set_select FILE 0|PIN: chip select 0 is the bus's own, 1 is a pin that Linux moves by itself. Which
# phandle the pins' controller has is told by U-Boot, at the places that __fixups__ names.
set_select() {
	know_parts "$1" || return 1
	places=$(printf '%s\n' "$port_places" | tr ' ' '\n' | grep -v ':cs-gpios:')
	fdtput -d "$1" "$bus_part" cs-gpios 2>/dev/null || true
	if [ "$2" = 0 ]; then
		set_unit "$1" 0 || return 1
	else
		set_unit "$1" 1 || return 1
		places=$(printf '%s\n%s' "$places" "$bus_part:cs-gpios:4" | sed 's/adc@0/adc@1/')
		fdtput -t u "$1" "$bus_part" cs-gpios 0 4294967295 "$(bank_of "$2")" "${2#P?}" 1 || return 1
	fi
	printf '%s\n' "$places" | sed "s/adc@[01]/${adc##*/}/" | xargs fdtput -t s "$1" /__fixups__ pio
}

# target_of VIA NAME: where the boot script looks for it
target_of() {
	case $1 in
	user) echo "$boot/overlay-user/$2.dtbo" ;;
	kernel) echo "$kernel_overlays/$2.dtbo" ;;
	esac
}

# source_of NAME: the overlay as it was compiled; last of all what somebody has put in its place
source_of() {
	for one in ${overlays:+"$overlays"} "$parts/../../share/ads1220/overlays" "$boot/overlay-user"; do
		[ ! -f "$one/$1.dtbo" ] || { echo "$one/$1.dtbo"; return 0; }
	done
	echo "${overlays:-$boot/overlay-user}/$1.dtbo"
}

# A compiled tree begins with d00dfeed (devicetree specification, section 5.2).
check_compiled() {
	[ -f "$1" ] || die "there is no overlay '$1'" "sudo make install puts it there"
	[ "$(od -An -N4 -tx1 "$1" | tr -d ' \n')" = d00dfeed ] ||
		die "'$1' is not a compiled overlay" "sudo make install puts a good one there"
}

# decide_pins: what was asked for, else what was chosen before, else $wired, what the overlay comes with
decide_pins() {
	if ! command -v fdtput >/dev/null; then
		[ -z "$drdy$select" ] || die "pins cannot be set: there is no fdtput here" \
			"sudo apt-get install device-tree-compiler"
		return 0
	fi
	earlier=$keeper
	[ -f "$earlier" ] || earlier=$source
	wired=$(wiring_of "$earlier") || wired=
	[ -n "$drdy" ] || drdy=${wired% *}
	[ -n "$select" ] || select=${wired#* }
	[ "$earlier" = "$source" ] || wired=$(wiring_of "$source") || wired=
	[ "$drdy" != "$select" ] || [ -z "$drdy" ] ||
		die "$drdy cannot be both DRDY and the chip select" "choose another one: --drdy PIN or --cs PIN"
	check_not_taken "$drdy" DRDY
	check_not_taken "$select" "the chip select"
}

# make_candidate: what will be in place, with its pins, in the scratch folder
make_candidate() {
	source=$(source_of "$name")
	target=$(target_of "$via" "$name")
	keeper=$(target_of user "$name")
	check_compiled "$source"
	decide_pins
	candidate=$scratch/$name.dtbo
	if ! { cp "$source" "$candidate" && cmp -s "$source" "$candidate"; }; then
		die "cannot copy '$source' to '$scratch'" "is there room? df $scratch"
	fi
	[ -z "$drdy" ] || [ "$drdy" = "${wired% *}" ] || set_drdy "$candidate" "$drdy" ||
		die "cannot set the pin of DRDY in a copy of '$source'" "is it ours? sudo make install"
	[ -z "$select" ] || [ "$select" = "${wired#* }" ] || set_select "$candidate" "$select" ||
		die "cannot set the chip select in a copy of '$source'" "is it ours? sudo make install"
}

# --- The tree it goes into ---

# The tree that U-Boot loads: the one that armbianEnv.txt names, or that of a board called the same
find_base() {
	base=
	named=$(value_in "$before" fdtfile)
	for tree in "$boot/dtb/${named##*/}" "$boot/dtb/allwinner/${named##*/}"; do
		[ -z "$named" ] || [ ! -f "$tree" ] || { base=$tree; return 0; }
	done
	[ -n "$compatible" ] && [ -d "$boot/dtb/" ] && command -v fdtget >/dev/null || return 0
	base=$(find "$boot/dtb/" -name 'sun8i-h[23]-*.dtb' -exec grep -lF "${compatible%% *}" {} + |
		while read -r tree; do
			[ "$(fdtget "$tree" / compatible 2>&1) " != "$compatible" ] || echo "$tree"
		done | head -n 1)
}

# enabled_files USER-LIST KERNEL-LIST: all that these ask for, in U-Boot's order, one a line
enabled_files() (
	IFS=" 
"
	prefix=$(value_in "$before" overlay_prefix)
	for word in $2; do
		printf '%s\n' "$(dirname "$base")/overlay/$prefix-$word.dtbo"
	done
	for word in $1; do
		printf '%s\n' "$boot/overlay-user/$word.dtbo"
	done
)

# merge FILE...: onto the base, into the scratch folder; else $culprit is the first that does not apply
merge() {
	cp "$base" "$scratch/merged.dtb"
	for culprit; do
		fdtoverlay -i "$scratch/merged.dtb" -o "$scratch/next.dtb" "$culprit" 2> "$scratch/cause" ||
			return 1
		mv -f "$scratch/next.dtb" "$scratch/merged.dtb"
	done
}

has_symbols() {
	fdtget -p "$1" /__symbols__ >/dev/null 2>&1
}

# conflicts NODE-OF-OURS USERS: who else has our pins or our chip select, one a line
conflicts() {
	printf '%s\n' "$2" | awk -F '\t' -v adc="$1" '
	# what is ours: the chip, the bus with its own pins, and the pin that is a chip select
	function owner(path, property) {
		if (path == adc)
			return "chip"
		return path != bus ? "" : property ~ /^pinctrl/ ? "bus" : "select"
	}

	BEGIN { bus = adc; sub(/\/[^\/]*$/, "", bus) }
	{ line[NR] = $0 }
	$1 == "pin" && owner($3, $4) != "" { ours[$2] = owner($3, $4) }
	$1 == "select" && $4 == adc { number = $3 }
	END {
		for (i = 1; i <= NR; i++) {
			split(line[i], field, "\t")
			if (field[1] == "pin" && (field[2] in ours) && owner(field[3], field[4]) != ours[field[2]])
				print field[2] " is used by " field[3] " (" field[4] ")"
			if (field[1] == "select" && field[2] == bus && field[3] == number && field[4] != adc)
				print "chip select " number " of " bus " is used by " field[4]
		}
	}' | sort -u
}

# fixup_conflict: the boot's own fixup enables these, after all overlays; Armbian's param_* say where
fixup_conflict() {
	for row in spi-spidev:spidev_spi spi-jedec-nor:spinor_spi; do
		case " $(plain_words "$kernel_enabled")" in
		*" ${row%:*} "*) ;;
		*) continue ;;
		esac
		at_bus=$(value_in "$before" "param_${row#*:}_bus")
		at_select=$(value_in "$before" "param_${row#*:}_cs")
		if [ "spi${at_bus:-0}-${at_select:-0}" = "$bus-$unit" ]; then
			echo "chip select $unit of $bus is used by the overlay ${row%:*}"
		fi
	done
}

# check_users: nobody else in the merged tree has what the chip is wired to
check_users() {
	users=$(dtc -q -I dtb -O dts "$scratch/merged.dtb" | "$parts/tree-users") ||
		die "cannot read the merged tree" "run this again"
	adc=$(printf '%s\n' "$users" | sed -n 's/^adc	//p' | head -n 1)
	[ -n "$adc" ] ||
		die "the merged tree has no ADS1220: '$name' lays it over nothing" "sudo make install"
	unit=${adc##*@}
	found=$(conflicts "$adc" "$users"; fixup_conflict)
	[ -z "$found" ] || die "$(printf '%s' "$found" | sed '2,$s/^/and /' | tr '\n' ' ' | sed 's/ $//')" \
		"take the overlay that enables it out of '$env', or choose other pins: --drdy PIN, --cs PIN, --bus"
}

# check_merge FILE...: one that cannot be applied makes U-Boot drop all of them
check_merge() {
	has_symbols "$base" || die "'$base' has no symbols, so that no overlay can be applied to it" \
		"install Armbian's kernel package with its trees again"
	if ! merge "$@"; then
		cause="$culprit does not apply to '$base' ($(tr '\n' ' ' < "$scratch/cause"))"
		die "$cause, and at boot one that fails drops all: $*" \
			"take it out of '$env', then run this again"
	fi
	say "tried: '$base' takes $# overlay(s)"
	check_users
}

# try_merge: all that will be enabled; a word without a file is passed over by U-Boot
try_merge() {
	command -v fdtoverlay >/dev/null || {
		say "not tried whether it applies: no fdtoverlay here (package device-tree-compiler)"
		return 0
	}
	find_base
	[ -n "$base" ] || {
		say "not tried whether it applies: which tree in '$boot/dtb' is this board's is not known"
		return 0
	}
	list=$(enabled_files "$after_user" "$after_kernel")
	set --
	while read -r file; do
		if [ "$file" = "$target" ]; then
			set -- "$@" "$candidate"
		elif [ -f "$file" ]; then
			set -- "$@" "$file"
		else
			say "note:  there is no '$file'; U-Boot passes it over"
		fi
	done <<-END
		$list
	END
	check_merge "$@"
}

# The script loads every overlay to load_addr, when the initrd is in memory already. An initrd that
# reaches so far is damaged, and the board does not boot.
look_at_initrd() {
	[ -f "$boot/uInitrd" ] || return 0
	address=$(LC_ALL=C sed -n 's/.*setenv load_addr "*\(0x[0-9a-fA-F]*\).*/\1/p' "$script" | head -n 1)
	[ -n "$address" ] || return 0
	room=$((address - RAMDISK_ADDRESS))
	size=$(wc -c < "$boot/uInitrd")
	[ "$room" -lt 0 ] || [ "$size" -le "$room" ] || die \
		"'$boot/uInitrd' has $size bytes; more than $room are overwritten when an overlay is loaded" \
		"set MODULES=dep in /etc/initramfs-tools/initramfs.conf; sudo update-initramfs -u"
}
