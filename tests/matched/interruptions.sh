# SPDX-License-Identifier: GPL-2.0-or-later
# What is left where a run is killed or the disk gets full, and does the next run make it whole?
# shellcheck shell=sh

# whole_trees FOLDER: how many trees there could be taken for whole ones
whole_trees() {
	find "$1" -maxdepth 2 -type d -name 'tree-*' ! -name '*.part' 2> /dev/null | wc -l
}

# in_small_cache COMMAND...: with a cache of its own
in_small_cache() {
	mkdir -p "$work/cache"
	XDG_CACHE_HOME=$work/cache "$@"
}

# prepare_612 [COMMAND...]: the tree for the card of 6.12, by way of that command
prepare_612() {
	"$@" "$PREPARE" --source "$(source_of 6.12)" "$work/card-6.12"
}

# stall: a compiler that stops where modules_prepare comes to the kernel's own sources
stall() {
	STALL=$work/stall
	export STALL
	rm -rf "$STALL"
	mkdir -p "$STALL/bin"
	ln -s "$TOP/tests/matched/stalling-gcc" "$STALL/bin/arm-linux-gnueabihf-gcc"
}

is_unpacking() {
	[ -n "$(find "$work/cache" -maxdepth 3 -path '*.part/Makefile' 2> /dev/null)" ]
}

is_compiling() {
	[ -e "$STALL/here" ]
}

# kill_when CONDITION: a run that is killed once that is so
kill_when() {
	mkdir -p "$work/cache"
	PATH=$STALL/bin:$PATH XDG_CACHE_HOME=$work/cache setsid "$PREPARE" --source "$(source_of 6.12)" \
		"$work/card-6.12" > "$work/killed" 2>&1 &
	child=$!
	waited_s=0
	until "$1" || [ "$waited_s" -gt 900 ]; do
		sleep 1
		waited_s=$((waited_s + 1))
	done
	kill -TERM "-$child"
	wait "$child" 2> /dev/null || true
}

interrupt_early() {
	stall
	kill_when is_unpacking
	same leaves_no_tree_that_looks_whole_when_killed 0 "$(whole_trees "$work/cache")"
	rm "$work/cache/ads1220"/tree-*.part/Makefile
	kill_when is_unpacking
	same takes_no_half_tree_for_a_whole_one '' "$(grep "^$work/cache" "$work/killed")"
	holds unpacks_anew_where_unpacking_was_killed "$(cat "$work/killed")" 'unpacking linux-source'
	rm -rf "$work/cache"
}

# resume: what was unpacked is not unpacked again, and the tree is the same in the end
resume() {
	stall
	kill_when is_compiling
	same leaves_no_tree_that_looks_whole_when_killed_late 0 "$(whole_trees "$work/cache")"
	made=$(in_small_cache prepare_612 timeout 900 2> "$work/resumed") || true
	holds goes_on_where_a_killed_run_was "$(cat "$work/resumed")" \
		'going on with the tree that a former run began'
	same unpacks_nothing_twice '' "$(grep unpacking "$work/resumed")"
	uninterrupted=$(prepare_612 timeout 900 2> "$work/uninterrupted") || true
	same makes_the_same_tree_in_two_runs_as_in_one "$(generated "$uninterrupted")" "$(generated "$made")"
	same uses_a_whole_tree_again "$made" "$(in_small_cache prepare_612 timeout 900 2> "$work/resumed")"
	same builds_nothing_for_a_tree_that_is_there '' "$(grep -E 'unpacking|building' "$work/resumed")"
	rm -rf "$work/cache"
}

# generated TREE: a checksum of what modules get from it
generated() {
	(cd "$1" && find include/generated include/config .config Module.symvers -type f ! -name '*.cmd' \
		-print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# small_disk: a file system of 20 MiB, where that can be had without root
small_disk() {
	if ! unshare -rm true 2> /dev/null; then
		skip refuses_a_disk_that_is_too_small "no user name spaces here; as root: tests/matched/run"
		return
	fi
	refused refuses_a_disk_that_is_too_small 'has [0-9]+ MiB free, and 400 are needed' unshare -rm \
		"$(dirname "$0")/on-small-disk" 20 "$PREPARE" --source "$(source_of 6.12)" "$work/card-6.12"
}

# full_disk: room enough at first, and then somebody else takes it; in both halves of the work
full_disk() {
	unshare -rm true 2> /dev/null || {
		skip ends_in_one_line_when_the_disk_gets_full "no user name spaces here; as root: tests/matched/run long"
		return
	}
	while read -r moment file <&3; do
		stall
		REFUSED_S=900
		refused "ends_in_one_line_when_the_disk_gets_full_while_$moment" \
			"' is full: (unpacking|make) " env PATH="$STALL/bin:$PATH" FULL_WHEN="$file" \
			unshare -rm "$(dirname "$0")/on-small-disk" 450 \
			"$PREPARE" --source "$(source_of 6.12)" "$work/card-6.12"
	done 3<<-'END'
		unpacking .part/Makefile
		compiling /here
	END
}
