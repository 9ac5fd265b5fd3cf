# SPDX-License-Identifier: GPL-2.0-or-later
# What does a kernel answer to each spoiled module? The table, and how both columns are compared.
# shellcheck shell=sh
#
# yes, or the words of insmod (kmod): "Invalid module format" is ENOEXEC, "Invalid parameters" EINVAL,
# "Unknown symbol in module" ENOENT, "Key was rejected by service" EKEYREJECTED.

# edited: what is done to a file | a kernel with symbol versions | one without. With symbol versions the
# release in the version magic is not compared (kernel/module: same_magic).
edited() {
	cat <<'END'
good|yes|yes
other_gcc|yes|yes
wrong_patch_level|yes|Invalid module format
empty_localversion|yes|Invalid module format
smp_off|Invalid module format|Invalid module format
preempt_changed|Invalid module format|Invalid module format
thumb2_changed|Invalid module format|Invalid module format
struct_module_grew|Invalid module format|Invalid module format
empty|Invalid parameters|Invalid parameters
torn_header|Invalid module format|Invalid module format
truncated|Invalid module format|Invalid module format
stripped|Invalid module format|Invalid module format
wrong_arch|Invalid module format|Invalid module format
no_module|Invalid module format|Invalid module format
modversions_off|Invalid module format|-
wrong_layout_version|Invalid module format|-
wrong_version|Invalid parameters|-
missing_version|Invalid parameters|-
unknown_symbol|Unknown symbol in module|Unknown symbol in module
unsigned_but_enforced|Key was rejected by service|Key was rejected by service
END
}

# built: the same for modules that were really built so
built() {
	cat <<'END'
good|yes|yes
built_with_empty_localversion|yes|Invalid module format
built_from_another_patch_level|yes|Invalid module format
built_without_smp|Invalid module format|Invalid module format
built_without_thumb2|Invalid module format|Invalid module format
built_with_preempt|Invalid module format|Invalid module format
built_with_the_other_modversions|Invalid module format|Invalid module format
built_with_btf|Invalid module format|Invalid module format
built_by_another_gcc|yes|yes
built_by_clang|yes|yes
built_for_another_processor|Invalid module format|Invalid module format
truncated|Invalid module format|Invalid module format
stripped|Invalid module format|Invalid module format
END
}

# said NAME: check-module's last line, as yes or as insmod's words
said() {
	timeout 120 "$CHECK" "$INTO/$1.ko" --against "$card" > "$work/said-$1" 2>&1 || true
	tail -n 1 "$work/said-$1" | sed -n "s/^yes: .*/yes/p; s/^no: .* insmod would say: //p"
}

# compare NAME EXPECTED: both columns, or the first alone where no board has been asked
compare() {
	same "check_module_foresees_${series}_$1" "$2" "$(said "$1")"
	[ ! -e "$work/answers" ] ||
		same "the_kernel_answers_so_${series}_$1" "$2" "$(answers "$1")"
}

# compare_table TABLE versions|plain: every row of it that such a kernel has
compare_table() {
	"$1" > "$work/table"
	while IFS='|' read -r name versions plain <&3; do
		eval "expected=\$$2"
		if [ "$name" = unsigned_but_enforced ]; then
			enforced "$expected"
		elif [ "$expected" = - ]; then
			continue
		elif [ -e "$INTO/$name.skip" ]; then
			skip "the_kernel_answers_so_${series}_$name" "$(cat "$INTO/$name.skip")"
		else
			compare "$name" "$expected"
		fi
	done 3< "$work/table"
}

# compare_files: the rows of what spoil_file does, which any kernel answers alike
compare_files() {
	for name in good empty torn_header truncated stripped wrong_arch no_module; do
		compare "$name" "$(edited | sed -n "s/^$name|.*|//p")"
	done
}

# enforced EXPECTED: the card of a board on which unsigned modules are refused
enforced() {
	mkdir -p "$card/sys/module/module/parameters"
	echo Y > "$card/sys/module/module/parameters/sig_enforce"
	cp "$INTO/good.ko" "$INTO/unsigned_but_enforced.ko"
	compare unsigned_but_enforced "$1"
	rm -r "$card/sys"
}
