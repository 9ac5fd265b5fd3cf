# SPDX-License-Identifier: GPL-2.0-or-later
# Does armbian-config get our entries and module in its own format, and lose them without a trace?
# shellcheck shell=sh

CONFIG=$TOP/install/armbian-config

# like_armbians FOLDER: what the parts of armbian-config look like that are touched, in our words
like_armbians() {
	rm -rf "$1"
	mkdir -p "$1/tools/json" "$1/tools/modules/system" "$1/tests" "$1/installed"
	jq --indent 4 . > "$1/tools/json/config.system.json" <<-END
		{"menu": [{"id": "System", "sub": [
		  {"id": "Kernel", "sub": [{"id": "DTO001", "author": "somebody", "command": ["overlays edit"]}]},
		  {"id": "Storage", "sub": [{"id": "STO001", "author": "somebody", "command": ["x"]}]}]}]}
	END
	cp "$1/tools/json/config.system.json" "$1/installed/config.jobs.json"
	printf 'module_options+=( ["module_x,example"]="a b" )\nfunction module_x() {\n\techo x\n}\n' \
		> "$1/installed/config.system.sh"
	chmod 755 "$1/installed/config.system.sh"
}

# added_and_removed NAME FOLDER PART: added twice and removed, PART is what it was
added_and_removed() {
	snapshot "$2" > "$SCRATCH/before"
	try "$CONFIG/entries" add "$2"
	same "add_succeeds_in_$1" 0 "$status"
	snapshot "$2" > "$SCRATCH/once"
	try "$CONFIG/entries" add "$2"
	snapshot "$2" > "$SCRATCH/twice"
	same "add_again_changes_nothing_in_$1" "" "$(diff "$SCRATCH/once" "$SCRATCH/twice")"
	ids=$(find "$2" -name '*.json' -exec jq -r '.. | objects | select(has("id")) | .id' {} + | sort)
	same "every_entry_is_there_once_in_$1" "ADC001 ADC002 " \
		"$(printf '%s\n' "$ids" | grep ADC | tr '\n' ' ')"
	try "$CONFIG/entries" remove "$2"
	snapshot "$2" > "$SCRATCH/after"
	same "remove_leaves_no_trace_in_$1" "0" "$status$(diff "$SCRATCH/before" "$SCRATCH/after")"
}

# add_refused NAME PATTERN FOLDER
add_refused() {
	root=$SCRATCH/config
	refused "$1" "$2" "$CONFIG/entries" add "$3"
}

try_added() {
	folder=$SCRATCH/config
	like_armbians "$folder"
	added_and_removed a_checkout "$folder"
	added_and_removed an_installed_one "$folder/installed"
	add_refused what_is_no_armbian_config_is_refused 'is no armbian-config' "$folder/tests"
	jq '.menu[0].sub |= map(select(.id != "Kernel"))' "$folder/installed/config.jobs.json" \
		> "$SCRATCH/less"
	cp "$SCRATCH/less" "$folder/installed/config.jobs.json"
	add_refused a_menu_without_kernel_is_refused "no submenu 'Kernel'" "$folder/installed"
	echo '{"menu": [' > "$folder/installed/config.jobs.json"
	add_refused a_damaged_menu_is_refused "no submenu 'Kernel'" "$folder/installed"
	if [ -d "${ARMBIAN_CONFIG-}" ]; then
		cp -r "$ARMBIAN_CONFIG" "$SCRATCH/real"
		added_and_removed the_real_one "$SCRATCH/real"
	else
		skip add_succeeds_in_the_real_one \
			"name a checkout: ARMBIAN_CONFIG=FOLDER tests/install/run"
	fi
}

# What armbian-config's own checks ask of an entry
try_entries() {
	menu=$CONFIG/menu.json
	same every_id_has_six_characters "" "$(jq -r '.[].id' "$menu" | grep -vE '^.{6}$' || true)"
	same every_entry_has_an_author 0 \
		"$(jq '[.[] | select(.author == "" or .author == null)] | length' "$menu")"
	same every_status_is_known "" \
		"$(jq -r '.[].status' "$menu" | grep -vxE 'Stable|Preview|Disabled' || true)"
	same every_command_is_the_modules "" "$(jq -r '.[].command[]' "$CONFIG/menu.json" |
		grep -vxE 'module_ads1220 (install|remove)' || true)"
	same the_menu_is_indented_as_armbians_is "" "$(jq --indent 4 . "$menu" | diff - "$menu")"
	same bash_finds_no_error_in_the_module "" \
		"$(shellcheck -s bash --severity=error "$CONFIG/module" "$CONFIG/test.conf" 2>&1)"
}

# module ARGUMENT...: as armbian-config calls it, with a stand-in for ads1220-setup
module() {
	status=0
	said=$(timeout 20 env PATH="$SCRATCH/config-stand-ins:$PATH" \
		bash "$SCRATCH/call" "$CONFIG/module" "$@" 2>&1 < /dev/null) || status=$?
}

# module_calls NAME WANTED ARGUMENT...
module_calls() {
	calls_name=$1
	calls_wanted=$2
	shift 2
	module "$@"
	same "$calls_name" "$calls_wanted" "$status $said"
}

try_module() {
	rm -rf "$SCRATCH/config-stand-ins"
	mkdir "$SCRATCH/config-stand-ins"
	cat > "$SCRATCH/config-stand-ins/ads1220-setup" <<-'END'
		#!/bin/sh
		echo "setup $*"
		[ "$1" != doctor ]
	END
	cat > "$SCRATCH/call" <<-'END'
		declare -A module_options
		show_module_help() { echo "help of $1"; }
		. "$1"
		shift
		module_ads1220 "$@"
	END
	chmod +x "$SCRATCH/config-stand-ins/ads1220-setup"
	module_calls armbian_config_enables_among_the_kernels_overlays \
		'0 setup enable --yes --via kernel' install
	module_calls armbian_config_passes_the_wiring \
		'0 setup enable --yes --via kernel --bus spi0 --drdy PA7' install bus=spi0 drdy=PA7
	module_calls armbian_config_disables '0 setup disable --yes' remove
	module_calls armbian_config_asks_for_the_status '0 ' status
	module_calls armbian_config_gives_the_doctors_status '1 setup doctor' doctor
	module_calls armbian_config_shows_help '0 help of module_ads1220' help
	module_calls armbian_config_shows_help_without_a_command '0 help of module_ads1220'
	module_calls armbian_config_refuses_what_is_no_option \
		"1 Error: '--force' is no option of install" install --force
	module nonsense
	holds armbian_config_refuses_what_is_no_command "$status $said" \
		"^1 Error: unknown subcommand 'nonsense'"
	rm "$SCRATCH/config-stand-ins/ads1220-setup"
	module install
	holds armbian_config_names_the_package_that_is_missing "$status $said" \
		'^1 Error: .*ads1220-overlays'
}

try_config() {
	try_added
	try_entries
	try_module
}
