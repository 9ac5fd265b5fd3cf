# SPDX-License-Identifier: GPL-2.0-or-later
# What becomes of sources that are no plain tarball: old and used trees, headers packages, any tree?
# shellcheck shell=sh

# --- a tree of before 5.10, used and with git's traces

# make_old: with the source, the name and the configuration that try_old_tree has laid out
make_old() {
	timeout 1200 make -s -C "$TOP" module RELEASE="$old" CONFIG="$work/old-config" SOURCE="$work/old" \
		OUT="$work/old-out" > "$work/old.log" 2>&1 || true
}

# age: the tree asks the compiler as trees of before 5.10 do; without the float ABI that question fails,
# and the answer is taken for armv5t
age() {
	sed -i "/CPU_32v7)/s/-march=armv7-a.*/\$(call cc-option,-march=armv7-a,-march=armv5t -Wa\$(comma)-march=armv7-a)/" \
		"$work/old/arch/arm/Makefile"
}

# litter: all that a tree can add to a kernel's name by itself
litter() {
	echo -g0123456-dirty > "$work/old/.scmversion"
	echo -left > "$work/old/localversion-left"
	sed -i 's/^EXTRAVERSION =.*/EXTRAVERSION = -extra/' "$work/old/Makefile"
	git -C "$work/old" init -q
	git -C "$work/old" add -f Makefile
	git -C "$work/old" -c user.name=nobody -c user.email=nobody@localhost commit -q -m dirt
	sed -i 's/^# CONFIG_LOCALVERSION_AUTO is not set/CONFIG_LOCALVERSION_AUTO=y/' "$work/old-config"
}

try_old_tree() {
	lay_card 5.10 "$work/card-5.10"
	cp -r "$("$PREPARE" --source "$(source_of 5.10)" "$work/card-5.10" 2> "$work/old.log")" "$work/old"
	old=5.10.$(sed -n "s/^SUBLEVEL = //p" "$work/old/Makefile")-sunxi
	age
	sed -e "s/^# \(CONFIG_THUMB2_KERNEL\) is not set/\1=y/" -e "/CONFIG_MODVERSIONS/d" \
		"$work/card-5.10/boot/config-$release" > "$work/old-config"
	make_old
	# THUMB2 rules out options of this configuration that change structures.
	holds refuses_a_configuration_that_cannot_be_kept "$(cat "$work/old.log")" "this machine cannot keep CONFIG_"
	cp "$work/old-config" "$work/old/.config"
	timeout 300 make -s -C "$work/old" ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- olddefconfig \
		> "$work/old.log" 2>&1 || true
	cp "$work/old/.config" "$work/old-config"
	litter
	make_old
	holds says_what_an_old_tree_needs_of_a_new_compiler "$(cat "$work/old.log")" "CC=.*-mfloat-abi=soft"
	holds builds_a_module_in_an_old_tree "$(cat "$work/old.log")" "^yes: .* will load on $(literal "$old")"
	same names_the_module_of_an_old_tree_to_the_letter "$old SMP mod_unload ARMv7 thumb2 p2v8 " \
		"$(modinfo -F vermagic "$work/old-out/$old/ti-ads1220.ko")"
	broken_tree
	rm -rf "$work/old" "$work/old-out"
}

# broken_tree: a trouble that nobody has foreseen
broken_tree() {
	echo '#error "as new as this"' >> "$work/old/kernel/bounds.c"
	make_old
	holds ends_in_the_compilers_own_words "$(grep '^kernel-tree:' "$work/old.log")" \
		'kernel/bounds.c:[0-9]+:2: error: #error "as new as this"'
	same leaves_no_tree_that_did_not_compile '' \
		"$(grep -l 'as new as this' "$CACHE"/tree-"$old"-*/kernel/bounds.c | grep -v '\.part/')"
}

# --- Armbian's headers package as the source

try_headers() {
	own=$("$TOP/tests/board/own-kernel" sunxi-6.12)
	card=$work/card-sunxi-6.12
	lay_own_card "$own" "$card"
	armbian_headers "$own" 6.12 "$work/linux-headers-current-sunxi.deb"
	make_for headers "$card" "$work/linux-headers-current-sunxi.deb" OUT="$work/headers-out" || true
	holds makes_a_module_out_of_armbians_headers_package "$(cat "$log")" \
		"^yes: .* will load on $(literal "$release")\$"
	sed -i '/CONFIG_SMP=y/d' "$headers/include/config/auto.conf"
	make_for headers "$card" "$headers" OUT="$work/headers-out" || true
	holds refuses_headers_that_were_prepared_otherwise_than_the_kernel "$(cat "$log")" \
		'cannot keep CONFIG_SMP '
	same leaves_the_headers_as_they_were "for another machine" "$(cat "$headers/scripts/basic/fixdep")"
}

# --- a kernel that is built for its symbol versions

try_full_build() {
	own=$("$TOP/tests/board/own-kernel" sunxi-modversions)
	lay_own_card "$own" "$work/card-full"
	make_for no-headers "$work/card-full" "$(source_of 6.12)" OUT="$work/full-out" || true
	holds refuses_a_module_without_all_symbol_versions "$(cat "$log")" \
		"^differs: the module has no version of: .*devm_kmalloc"
	holds foresees_what_the_kernel_says_to_that "$(cat "$log")" "insmod would say: Invalid parameters\$"
	rm -r "$work/card-full/lib/modules/$release/kernel"
	make_for no-versions "$work/card-full" "$(source_of 6.12)" OUT="$work/full-out" || true
	holds refuses_to_guess_symbol_versions "$(cat "$log")" \
		'compares symbol versions \(CONFIG_MODVERSIONS\), and shows none'
	tree=$(PATH=/usr/lib/ccache:$PATH CCACHE_DIR=$CACHE/ccache timeout 3000 "$PREPARE" \
		--source "$(source_of 6.12)" --symvers build "$work/card-full" 2> "$work/full.log") || true
	holds shows_how_far_a_long_build_is "$(cat "$work/full.log")" '^ +[0-9]+00 objects$'
	same builds_the_same_symbol_versions_as_the_kernel_has "$(versions_of "$own/build")" \
		"$(versions_of "$tree")"
}

# versions_of TREE: a checksum of all its symbols' versions
versions_of() {
	cut -f 1-3 "$1/Module.symvers" | sort | sha256sum
}

# --- any tree on disk (KERNEL_TREE)

# configure_tree: as small as a kernel of the board can be, named -tree. In old trees nobody can
# ask for triggered buffers but a driver that wants them.
configure_tree() {
	cat "$TOP/tests/board/kernels/board.config" > "$work/any-wanted"
	printf '%s\n' 'CONFIG_LOCALVERSION="-tree"' CONFIG_THUMB2_KERNEL=y CONFIG_TI_ADC108S102=m \
		>> "$work/any-wanted"
	timeout 300 make -s -C "$any" ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- \
		CC='arm-linux-gnueabihf-gcc -mfloat-abi=soft' HOSTCFLAGS=-fcommon \
		KCONFIG_ALLCONFIG="$work/any-wanted" allnoconfig > "$work/any.log" 2>&1
}

# mend_cpu_init: before 5.11 a THUMB2 kernel of a newer compiler dies in FIQ mode, whose r8 to r12 are
# its own: the constraint must keep to the low registers. Modules have no part in it.
mend_cpu_init() {
	sed -i '/^#define PLC/s/"r"/"l"/' "$any/arch/arm/kernel/setup.c"
}

# install_tree: what boots, out of the tree that the kernel was built in, with its own device tree:
# 5.4 does not know the three cells that r_intc has in an interrupt since.
install_tree() {
	mkdir -p "$work/any-kernel/boot" "$work/any-kernel/dtbs"
	trees=$tree/arch/arm/boot/dts
	board=$(cd "$trees" && find . -name sun8i-h2-plus-orangepi-zero.dts | sed 's,^\./\(.*\)s$,\1b,')
	variables=$(sed -n 's/^CC_OF_KERNEL = //p' "$tree/kernel-tree.mk")
	eval "timeout 1200 make -s -C '$tree' -j$(nproc) ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- $variables \
		INSTALL_MOD_PATH='$work/any-kernel' DTC_FLAGS=-@ zImage modules_install '$board'" > "$work/any.log" 2>&1
	cp "$trees/$board" "$work/any-kernel/dtbs/"
	cp "$tree/arch/arm/boot/zImage" "$work/any-kernel/boot/vmlinuz-$release"
}

# build_tree: copied without what it holds of other builds
build_tree() {
	any=$work/any
	mkdir "$any"
	tar -C "$1" -cf - --exclude=.git --exclude='*.o' --exclude='*.ko' --exclude='*.cmd' --exclude=./vmlinux \
		--exclude=./include/generated --exclude=./include/config . | tar -C "$any" -xf -
	mend_cpu_init
	configure_tree || return
	release=$(sed -n -e 's/^VERSION = //p' -e 's/^PATCHLEVEL = /./p' -e 's/^SUBLEVEL = /./p' "$any/Makefile" |
		tr -d '\n')-tree
	timeout 5400 make -s -C "$TOP" module RELEASE="$release" CONFIG="$any/.config" SOURCE="$any" \
		SYMVERS=build OUT="$work/out" > "$work/any.log" 2>&1 || return
	holds says_that_it_will_load_on_the_tree_that_was_named "$(cat "$work/any.log")" \
		"^yes: .* will load on $(literal "$release")"
	tree=$("$PREPARE" --source "$any" --symvers build "$release+$any/.config" 2> "$work/any.log") || return
	install_tree
}

# try_tree FOLDER: any kernel tree joins: it is built, booted, and our module loaded. What it was built
# in goes: its key holds the copy's own folder.
try_tree() {
	if ! build_tree "$1"; then
		not_ok builds_the_tree_that_was_named \
			"$(grep -m 1 -iE '(error|\*\*\*)' "$work/any.log" || tail -n 1 "$work/any.log")"
		return
	fi
	ok builds_the_tree_that_was_named
	series=tree
	card=$release+$any/.config
	open_files tree
	spoil_file
	ask_board tree "$work/any-kernel"
	compare_files
	puts
	rm -rf "$tree"
}
