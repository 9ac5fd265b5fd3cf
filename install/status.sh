# SPDX-License-Identifier: GPL-2.0-or-later
# How far does the way to a reading go? Each step says yes or no; the first no says what to do.
# shellcheck shell=sh

# in_json TEXT
in_json() {
	printf '"%s"' "$(printf '%s' "$1" | tr '\000-\037' ' ' | sed 's/[\"]/\\&/g')"
}

# step NAME yes|no|note TEXT NEXT
step() {
	if [ "$2" = no ]; then
		next=${next:-$4}
		all_well=false
	fi
	if [ -z "$json" ]; then
		printf '%-4s %s\n' "$2" "$3"
		return
	fi
	[ -z "$steps" ] || steps="$steps,"
	steps="$steps
  {\"step\": \"$1\", \"is\": \"$2\", \"text\": $(in_json "$3"), \"next\": $(in_json "$4")}"
}

# step_if NAME TEXT COMMAND...: yes with that text where it succeeds, else no with what it said
step_if() {
	step_name=$1
	step_text=$2
	shift 2
	if said=$("$@" 2>&1); then
		step "$step_name" yes "$step_text" ""
	else
		step "$step_name" no "$(printf '%s\n' "$said" | sed -n 's/^ads1220-setup: //p')" \
			"$(printf '%s\n' "$said" | sed -n 's/^hint: //p')"
	fi
}

# --- What is asked for ---

# each WORDS: one a line
each() (
	IFS=" 
"
	for one in $1; do
		printf '%s\n' "$one"
	done
)

own_words() {
	each "$1 $2" | grep -xF "$(printf '%s\n' "$OURS" | sed 's/.*|//')" | sort -u | tr '\n' ' '
}

status_of_env() {
	seen=$(own_words "$enabled" "$kernel_enabled")
	meant=$(own_words "$(plain_words "$enabled")" "$(plain_words "$kernel_enabled")")
	again="sudo ads1220-setup enable"
	case $(printf '%s' "$seen" | wc -w)${meant:+yes} in
	0yes) step env no "armbianEnv.txt names ${meant% }, but with a carriage return at its end" "$again" ;;
	0) step env no \
		"armbianEnv.txt names no overlay of the ADS1220 (user_overlays=$enabled)$(similar)" "$again" ;;
	1yes) step env yes "armbianEnv.txt names ${seen% }" "" ;;
	2yes) step env no "armbianEnv.txt names both overlays, of which one can be" "$again" ;;
	*) step env no "armbianEnv.txt names several of ${seen% }, of which one can be" "$again" ;;
	esac
	missing=
	while read -r one_via one_bus; do
		[ -n "$one_via" ] || continue
		kernel_overlays=$(find "$boot/dtb/" -name overlay -type d 2>/dev/null | head -n 1)
		file=$(target_of "$one_via" "sun8i-h3-ads1220-$one_bus")
		[ -f "$file" ] || missing=$file
	done <<-END
		$chosen
	END
	[ -z "$missing" ] ||
		step overlay no "there is no '$missing'" "sudo ads1220-setup refresh || sudo make install"
}

# similar: words that look like a mistyped one of ours
similar() {
	typo=$(each "$enabled $kernel_enabled" | grep -i ads12 | head -n 1)
	[ -z "$typo" ] || printf '; is %s meant?' "$typo"
}

# The kernel's overlays are named without their prefix.
status_of_names() {
	prefix=$(value_in "$before" overlay_prefix)
	wrong=$(each "$kernel_enabled" | grep "^$prefix-" | head -n 1) || true
	[ -z "$prefix" ] || [ -z "$wrong" ] ||
		step names no "overlays= has '$wrong', and U-Boot looks for '$prefix-$wrong.dtbo'" \
			"write it without '$prefix-' in '$env'"
	case $enabled$kernel_enabled in
	*"$CR"*) step names no \
		"there is a carriage return in user_overlays= or overlays=: the word before it names no file" \
		"sudo sed -i 's/\\r\$//' $env" ;;
	esac
	case $enabled$kernel_enabled in
	*"$TAB"*) step names no \
		"there is a tab in user_overlays= or overlays=, which parts no words for U-Boot" \
		"write blanks between the names in '$env'" ;;
	esac
	case $kernel_enabled in
	?*) [ -n "$prefix" ] || step names no \
		"there is no overlay_prefix=, so that no word of overlays= names a file" \
		"add overlay_prefix=$OWN_PREFIX to '$env'" ;;
	esac
}

# merge_as_at_boot: what armbianEnv.txt asks for now
merge_as_at_boot() {
	after_user=$enabled
	after_kernel=$kernel_enabled
	target=
	candidate=
	name=ads1220
	bus=${chosen##* }
	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch"' EXIT
	try_merge
}

status_of_merge() {
	[ -n "$chosen" ] || return 0
	step_if merge "all enabled overlays apply to this board's tree, and nobody else has the chip's pins" \
		merge_as_at_boot
	case $said in
	*'not tried'*) step merge note "$said" "sudo apt-get install device-tree-compiler" ;;
	esac
}

# --- What came of it ---

# live_node: where the live tree has the chip
live_node() {
	[ -d "$root/proc/device-tree/" ] || return 0
	find "$root/proc/device-tree/" -path '*/spi@*/compatible' | while read -r file; do
		! tr '\0' '\n' < "$file" | grep -qx ti,ads1220 || dirname "$file"
	done | head -n 1
}

# booted_since: the system started after armbianEnv.txt was last written
booted_since() {
	started=$(sed -n 's/^btime //p' "$root/proc/stat" 2>/dev/null)
	[ -n "$started" ] && [ "$started" -gt "$(stat -c %Y "$env")" ]
}

status_of_tree() {
	node=$(live_node)
	if [ -n "$node" ]; then
		step tree yes "the live device tree has it: $node" ""
	elif booted_since; then
		step tree no "the live device tree has no ti,ads1220, though the board has booted since \
armbianEnv.txt was written" \
			"sudo ads1220-setup doctor; U-Boot says why on the serial console only"
	else
		step tree no "the live device tree has no ti,ads1220" \
			"sudo reboot; if that was done: sudo ads1220-setup enable --dry-run, which tries the overlays"
	fi
}

# The chip samples its input at SCLK's falling edge: mode 1 (data sheet, section 8.5.1).
status_of_mode() {
	[ -n "$node" ] || return 0
	if [ -e "$node/spi-cpha" ] && [ ! -e "$node/spi-cpol" ]; then
		step mode yes "SPI mode 1" ""
	else
		step mode no "the live tree does not ask for SPI mode 1" "sudo make install; sudo reboot"
	fi
}

status_of_kernel() {
	[ -d "$root/lib/modules/$release" ] && return 0
	step kernel no "the kernel that runs, $release, is not the installed one" "sudo reboot"
}

status_of_headers() {
	headers=$root/lib/modules/$release/build
	built_for=$(release_of "$headers")
	if [ -z "$built_for" ]; then
		step headers note "there are no headers to build the module anew with after an upgrade" \
			"sudo apt-get install $(headers_of "$release")"
	elif [ "$built_for" != "$release" ]; then
		step headers no "the headers in '$headers' are of $built_for, but $release runs" \
			"sudo apt-get update; sudo apt-get install $(headers_of "$release"); sudo reboot"
	elif ! tools_ready "$headers"; then
		step headers no "the programs in '$headers/scripts' are not built, or not for this machine" \
			"sudo apt-get install --reinstall $(headers_of "$release")"
	else
		step headers yes "the headers are those of $release" ""
	fi
}

# said_of WORD TEXT: the first line of check-module's that begins so
said_of() {
	printf '%s\n' "$2" | sed -n "s/^ *$1: //p" | head -n 1
}

# Would the kernel take the module? What is known of that is check-module's.
status_of_fit() {
	[ -n "$module" ] || return 0
	verdict=$("$checker" "$module" --against "$root/lib/modules/$release" 2>&1) || true
	case $verdict in
	*"yes: '"*) step fit yes "the module fits the kernel $release" "" ;;
	*"differs: "*) step fit no "$(said_of differs "$verdict"); $(said_of cause "$verdict")" \
		"$rebuild_again; or $(said_of 'do' "$verdict")" ;;
	*) step fit note "not compared with the kernel: $(said_of check-module "$verdict")" \
		"$(said_of hint "$verdict")" ;;
	esac
}

# Of what the kernel has said of the module, the last line; two there are that refuse nothing
status_of_refusal() {
	log=$(dmesg 2>/dev/null | grep -i ads1220 | grep -vE 'taints kernel|verification failed' | tail -n 1) ||
		return 0
	verdict=$("$checker" --explain "$log" 2>/dev/null) || return 0
	case $verdict in
	*'means: '*) verdict="means: ${verdict#*means: }" ;;
	*) verdict="means: $(said_of differs "$verdict")
${verdict#*differs: }" ;;
	esac
	step refusal no "the kernel said: $(said_of means "$verdict"); $(said_of cause "$verdict") ($log)" \
		"$rebuild_again; or $(said_of 'do' "$verdict")"
}

# spi_device: the device that the kernel made of the node
spi_device() {
	[ -d "$root/sys/bus/spi/devices/" ] || return 0
	find "$root/sys/bus/spi/devices/" -name 'spi*' | while read -r one; do
		! grep -qx spi:ads1220 "$one/modalias" 2>/dev/null || echo "$one"
	done | head -n 1
}

status_of_module() {
	module=$(find "$root/lib/modules/$release/" -name 'ti-ads1220.ko*' 2>/dev/null | head -n 1)
	if [ -n "$module" ]; then
		step module yes "the module is there: $module" ""
	else
		step module no "there is no ti-ads1220 for the kernel $release" "$rebuild"
	fi
}

status_of_driver() {
	device=$(spi_device)
	if [ -n "$device" ] && [ -e "$device/driver" ]; then
		step driver yes "the driver is bound to ${device##*/}" ""
	elif [ -d "$root/sys/module/ti_ads1220" ]; then
		step driver no "the driver is loaded, but bound to no chip" "dmesg | grep -i ads1220, and the wiring"
	else
		step driver no "the driver is not loaded" "sudo modprobe ti-ads1220 && dmesg | tail"
	fi
}

status_of_iio() {
	iio=
	[ ! -d "$root/sys/bus/iio/devices/" ] ||
		iio=$(find "$root/sys/bus/iio/devices/" -name 'iio:device*' | while read -r one; do
			! grep -qx ads1220 "$one/name" 2>/dev/null || echo "$one"
		done | head -n 1)
	if [ -n "$iio" ]; then
		step iio yes "it is ${iio##*/}" ""
	else
		step iio no "/sys/bus/iio shows no ads1220" "dmesg | grep -i ads1220"
	fi
}

# wired_drdy: the pin that the live tree says
wired_drdy() {
	tr '\0' ' ' < "$root/proc/device-tree/soc/pinctrl@1c20800/ads1220-drdy-pin/pins" 2>/dev/null ||
		echo "its pin"
}

# One reading. Without a sign from DRDY the driver gives up with a time-out.
status_of_reading() {
	[ -n "$iio" ] || return 0
	file=$(find "$iio/" -name 'in_voltage*_raw' | sort | head -n 1)
	if got=$(cat "$file" 2>&1); then
		step reading yes "it reads: ${file##*/} is $got" ""
		return
	fi
	case $got in
	*'timed out'*) step reading no "no sign from DRDY: the conversion never ended" \
		"look at the wire from DRDY to $(wired_drdy), and at the supply" ;;
	*busy*) step reading note "another program is reading it" "" ;;
	*) step reading no "it does not read: $got" "dmesg | grep -i ads1220, and the wires DOUT and DIN" ;;
	esac
}

# --- the commands ---

# find_helpers: what judges a module, and the command that builds one here
find_helpers() {
	checker=$parts/check-module
	[ -x "$checker" ] || checker=$parts/../module/check-module
	rebuild="sudo make install"
	rebuild_again=$rebuild
	for builder in /usr/lib/ads1220-dkms /usr/local/lib/ads1220; do
		[ -x "$root$builder/build-module" ] || continue
		rebuild="sudo $builder/build-module"
		rebuild_again="$rebuild --again $release"
	done
	[ -n "$(release_of "$root/lib/modules/$release/build")" ] ||
		rebuild="sudo apt-get install $(headers_of "$release"); $rebuild"
}

conclude() {
	if [ -n "$json" ]; then
		printf '{"command": "%s", "well": %s, "next": %s, "steps": [%s\n]}\n' \
			"$command" "$all_well" "$(in_json "$next")" "$steps"
	elif [ "$all_well" = true ]; then
		say "all is well: ads1220-read"
	else
		say "next: $next"
	fi
	[ "$all_well" = true ]
}

begin() {
	next=
	steps=
	all_well=true
	release=$(uname -r)
	find_helpers
	look_at_boot
	read_env
}

status() {
	begin
	status_of_env
	status_of_tree
	status_of_module
	status_of_driver
	status_of_iio
	conclude
}

doctor() {
	begin
	step_if script "the boot script applies overlays" look_at_boot_script
	script=$boot/boot.scr
	[ ! -f "$script" ] || step_if initrd "the initrd is not in the overlays' way" look_at_initrd
	status_of_env
	status_of_names
	look_at_board
	status_of_merge
	status_of_tree
	status_of_mode
	status_of_kernel
	status_of_headers
	status_of_module
	status_of_fit
	device=$(spi_device)
	[ -e "${device:-/}/driver" ] || status_of_refusal
	status_of_driver
	status_of_iio
	status_of_reading
	conclude
}
