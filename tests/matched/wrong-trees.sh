# SPDX-License-Identifier: GPL-2.0-or-later
# What does a module become in a tree that is not quite the kernel's? Each way is really built, as
# somebody would who prepares a tree by hand.
# shellcheck shell=sh

# settle NAME [VARIABLE=VALUE...]: the tree prepared anew, the module in it, as INTO/NAME.ko. Symbols that
# the kernel lacks are not in its way, as in trees without Module.symvers.
settle() {
	name=$1
	shift
	if timeout 600 make -s -C "$wrong" ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- "$@" \
		olddefconfig modules_prepare > "$work/wrong.log" 2>&1 &&
		timeout 300 make -s -C "$TOP/module" KDIR="$wrong" OUT="$work/wrong-out" \
			CC_OF_KERNEL="CC=arm-linux-gnueabihf-gcc $* KBUILD_MODPOST_WARN=1" >> "$work/wrong.log" 2>&1; then
		mv "$(find "$work/wrong-out" -name ti-ads1220.ko)" "$INTO/$name.ko"
	else
		not_ok "builds_${series}_$name" "$(grep -m 1 -iE 'error' "$work/wrong.log")"
	fi
	rm -rf "$work/wrong-out"
}

# set_options SCRIPT...: of sed, on the configuration of the kernel itself
set_options() {
	sed "$@" "$right/.config" > "$wrong/.config"
}

# build_wrong TREE: one copy of the right tree, spoiled in one way after the other
build_wrong() {
	right=$1
	wrong=$work/wrong
	rm -rf "$wrong"
	cp -a "$right" "$wrong"
	set_options 's/^CONFIG_LOCALVERSION=.*/CONFIG_LOCALVERSION=""/'
	settle built_with_empty_localversion
	set_options 's/^CONFIG_SMP=y/# CONFIG_SMP is not set/'
	settle built_without_smp
	set_options 's/^CONFIG_THUMB2_KERNEL=y/# CONFIG_THUMB2_KERNEL is not set/'
	settle built_without_thumb2
	set_options -e 's/^CONFIG_PREEMPT_VOLUNTARY=y/# CONFIG_PREEMPT_VOLUNTARY is not set/' \
		-e 's/^# CONFIG_PREEMPT is not set/CONFIG_PREEMPT=y/'
	settle built_with_preempt
	with_btf
	set_options -n p
	by_another_gcc
	sed -i '/^SUBLEVEL = /s/[0-9]*$/1/' "$wrong/Makefile"
	settle built_from_another_patch_level
	for_another_processor
	rm -rf "$wrong"
}

# with_btf: 'struct module' gets members for it. Only the version of pahole is asked in such a tree.
with_btf() {
	printf '#!/bin/sh\necho v1.24\n' > "$wrong/pahole-version"
	chmod +x "$wrong/pahole-version"
	set_options -e '/CONFIG_DEBUG_KERNEL/d' -e '/CONFIG_DEBUG_INFO/d' -e '/CONFIG_BPF_SYSCALL/d'
	printf 'CONFIG_%s=y\n' DEBUG_KERNEL DEBUG_INFO_DWARF4 BPF_SYSCALL DEBUG_INFO_BTF DEBUG_INFO_BTF_MODULES \
		>> "$wrong/.config"
	settle built_with_btf PAHOLE="$wrong/pahole-version"
}

# by_another_gcc: than the one that built the kernel
by_another_gcc() {
	usual=$(arm-linux-gnueabihf-gcc -dumpversion)
	other=$(find /usr/bin -name 'arm-linux-gnueabihf-gcc-[0-9]*' ! -name "*-$usual" | sort | head -n 1)
	if [ -n "$other" ]; then
		settle built_by_another_gcc CC="$other"
	else
		echo "there is one compiler only; sudo apt-get install gcc-11-arm-linux-gnueabihf" \
			> "$INTO/built_by_another_gcc.skip"
	fi
}

# for_another_processor: this machine's own
for_another_processor() {
	echo 'int init_module(void) { return 0; }' |
		gcc -xc -c -o "$INTO/built_for_another_processor.ko" -
}
