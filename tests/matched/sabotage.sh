# SPDX-License-Identifier: GPL-2.0-or-later
# How is a module spoiled so that a kernel refuses it? Each way makes INTO/NAME.ko out of GOOD.
# shellcheck shell=sh
#
# The files are edited section by section: what the kernel compares is then the only thing that differs.

OBJCOPY=arm-linux-gnueabihf-objcopy

# section NAME FILE: what it holds
section() {
	$OBJCOPY -O binary --only-section="$1" "$GOOD" "$2"
}

# with_section NAME FILE RESULT: the module with another section
with_section() {
	$OBJCOPY --update-section "$1=$2" "$GOOD" "$INTO/$3.ko"
}

# with_magic NAME SED: another version magic; its entry is one string, ended by NUL
with_magic() {
	section .modinfo "$work/modinfo"
	tr '\000\n' '\n\001' < "$work/modinfo" | sed "/^vermagic=/ { $2
		}" | tr '\n\001' '\000\n' > "$work/modinfo.new"
	! cmp -s "$work/modinfo" "$work/modinfo.new" || die "sabotage '$1' changed nothing" "look at: $2"
	with_section .modinfo "$work/modinfo.new" "$1"
}

# with_version NAME SYMBOL: another CRC for it; entries are four bytes of CRC and the name
with_version() {
	section __versions "$work/versions"
	at=$(grep -abo "$2" "$work/versions" | head -n 1 | cut -d: -f1)
	[ -n "$at" ] || die "the module has no version of '$2'" "modprobe --dump-modversions '$GOOD'"
	printf '\001\002\003\004' | dd of="$work/versions" bs=1 seek=$((at - 4)) conv=notrunc status=none
	with_section __versions "$work/versions" "$1"
}

# without_version NAME SYMBOL: its entry is for a symbol of another name
without_version() {
	section __versions "$work/versions"
	at=$(grep -abo "$2" "$work/versions" | head -n 1 | cut -d: -f1)
	printf '?' | dd of="$work/versions" bs=1 seek="$at" conv=notrunc status=none
	with_section __versions "$work/versions" "$1"
}

# spoil_file: what happens to whole files
spoil_file() {
	: > "$INTO/empty.ko"
	head -c 19 "$GOOD" > "$INTO/torn_header.ko"
	head -c 20000 "$GOOD" > "$INTO/truncated.ko"
	arm-linux-gnueabihf-strip --strip-all -o "$INTO/stripped.ko" "$GOOD"
	cp "$GOOD" "$INTO/wrong_arch.ko"
	# e_machine, at 18, is EM_386: 3
	printf '\003' | dd of="$INTO/wrong_arch.ko" bs=1 seek=18 conv=notrunc status=none
	printf 'not a module\n' > "$INTO/no_module.ko"
}

# spoil_contents: what a wrong tree does to a module
spoil_contents() {
	with_magic wrong_patch_level 's/=\([0-9]*\.[0-9]*\)\.[0-9]*/=\1.1/'
	with_magic empty_localversion 's/=\([0-9.]*\)[^ ]*/=\1/'
	with_magic smp_off 's/ SMP / /'
	with_magic preempt_changed 's/ mod_unload / preempt mod_unload /'
	with_magic thumb2_changed 's/ p2v8/ thumb2 p2v8/'
	section .gnu.linkonce.this_module "$work/this_module"
	head -c 64 /dev/zero >> "$work/this_module"
	with_section .gnu.linkonce.this_module "$work/this_module" struct_module_grew
	printf '\000GCC: (GNU) 4.9.4\000' > "$work/comment"
	with_section .comment "$work/comment" other_gcc
	$OBJCOPY --redefine-sym mutex_unlock=mutex_unlock_gone "$GOOD" "$INTO/unknown_symbol.ko"
}

# spoil_versions: for a kernel that compares symbol versions
spoil_versions() {
	with_version wrong_version mutex_unlock
	with_version wrong_layout_version module_layout
	without_version missing_version mutex_unlock
	with_magic modversions_off 's/ modversions / /'
	$OBJCOPY --rename-section __versions=.versions_off "$INTO/modversions_off.ko"
}

# spoil: in all these ways, and in those of symbol versions where the module has them
spoil() {
	spoil_file
	spoil_contents
	! modprobe --dump-modversions "$GOOD" > /dev/null 2>&1 || spoil_versions
}
