# SPDX-License-Identifier: GPL-2.0-or-later
# What do kernels answer that the board boots: Debian's, our own "-sunxi" ones, one of any tree?
# shellcheck shell=sh

OWN='sunxi-5.10 sunxi-6.12 sunxi-modversions'

# make_for NAME CARD SOURCE [VARIABLE=VALUE...]: the README's command; what it says is in NAME.log
make_for() {
	log=$work/$1.log
	card_named=$2
	source_named=$3
	shift 3
	timeout 3000 make -s -C "$TOP" module TARGET="$card_named" SOURCE="$source_named" \
		OUT="$work/out" "$@" > "$log" 2>&1
}

# makes NAME SERIES: a module for the card of NAME; fails if there is none. What the last board has
# said is not about this one.
makes() {
	rm -f "$work/answers"
	if make_for "$1" "$card" "$(source_of "$2")"; then
		ok "makes_a_module_for_${1}_from_its_card"
	else
		not_ok "makes_a_module_for_${1}_from_its_card" "$(tail -n 3 "$log")"
		return 1
	fi
}

# made_for NAME: what has to be true of it
made_for() {
	holds "says_that_it_will_load_on_$1" "$(cat "$log")" \
		"^yes: '.*' will load on $(literal "$release")"
	theirs=$(modinfo -F vermagic "$(find "$card/lib/modules" -name 'industrialio.ko*' | head -n 1)")
	same "its_version_magic_is_that_of_${1}s_own_modules" "$theirs" \
		"$(modinfo -F vermagic "$work/out/$release/ti-ads1220.ko")"
}

# open_files NAME: the folder of what goes to the board, the good module first
open_files() {
	GOOD=$work/out/$release/ti-ads1220.ko
	INTO=$work/files-$1/root/sabotage
	mkdir -p "$INTO"
	cp "$GOOD" "$INTO/good.ko"
	cp "$TOP/module/put-module" "$TOP/tests/matched/on-board" "$work/files-$1/root/"
}

# boot NAME KERNEL COMMAND: the board with that kernel, without a module, with the files of NAME
boot() {
	KERNEL=$2 MODULE='' FILES="$work/files-$1" LOG="$work/console-$1.log" TIMEOUT=1800 SILENCE=900 \
		AIN0=1.25 CLOCK=virtual RUN=$3 timeout 1900 "$TOP/tests/board/board" 2> "$work/board.log"
}

# answers NAME: of the board to that question
answers() {
	sed -n "s/^$1|//p" "$work/answers"
}

# ask_board NAME KERNEL: one boot of it, all files in it
ask_board() {
	"$TOP/tests/board/tool-armhf" > /dev/null 2> "$work/tool.log"
	boot "$1" "$2" 'sh /root/on-board' > "$work/answers" ||
		not_ok "the_board_answers_with_$1" "$(tail -n 3 "$work/board.log")"
	# 1.25 V in nanovolts: 5120000 LSB of 2.048 V / 2^23 (data sheet section 8.5.2)
	holds "reads_1.25_V_with_the_module_made_for_$1" "$(answers volts)" \
		'^voltage0[[:space:]]1250000000[[:space:]]'
	same "captures_1.25_V_with_the_module_made_for_$1" ' 100 1250000000' "$(answers captured)"
}

# try_debian SERIES: source package, the card's configuration, its Module.symvers
try_debian() {
	series=$1
	card=$work/card-$1
	lay_card "$1" "$card"
	makes "$1" "$1" || return 0
	made_for "$1"
	open_files "$1"
	spoil
	ask_board "$1" "$1"
}

# puts: what make deploy does on the board, in each case
puts() {
	holds "puts_a_good_module_in_place_$series" "$(answers put_good)" \
		'yes: .*updates/ti-ads1220.ko is in place and bound to spi'
	holds "takes_a_bad_module_back_$series" "$(answers put_stripped)" \
		'no: modprobe refuses .*everything is as it was before'
	same "leaves_the_former_module_loaded_$series" "in place, loaded" "$(answers state)"
	holds "says_that_the_boards_disk_is_full_$series" "$(answers put_on_full_disk)" \
		"no: cannot write '.*'; *everything is as it was before; ti-ads1220.ko \$"
	same "leaves_nothing_on_a_full_disk_$series" "not loaded" "$(answers state_after_full_disk)"
	holds "leaves_a_module_alone_that_is_in_use_$series" "$(answers put_in_use)" \
		'no: the module that is loaded is in use; *everything is as it was before'
	same "leaves_it_in_place_and_loaded_$series" "in place, loaded" "$(answers state_after_use)"
}

# --- kernels as Armbian builds them

# other_of NAME: the same kernel with, or without, symbol versions
other_of() {
	case $1 in
	sunxi-6.12) echo sunxi-modversions ;;
	sunxi-modversions) echo sunxi-6.12 ;;
	esac
}

# try_own NAME SERIES: from what its card shows; headers are only where there are symbol versions
try_own() {
	series=$1
	own=$("$TOP/tests/board/own-kernel" "$1")
	card=$work/card-$1
	lay_own_card "$own" "$card"
	[ "$1" != sunxi-modversions ] || add_headers "$own" "$card"
	makes "$1" "$2" || return 0
	made_for "$1"
	open_files "$1"
	[ "$2" = 5.10 ] || really_spoil "$1"
	spoil_file
	ask_board "$1" "$own"
	puts
}

# take NAME FILE: a module that make has left there becomes INTO/NAME.ko
take() {
	if [ -e "$2" ]; then
		mv "$2" "$INTO/$1.ko"
	else
		not_ok "builds_${series}_$1" "$(tail -n 3 "$log")"
	fi
}

# really_spoil NAME: modules of wrong trees, of another compiler, and of the sister kernel
really_spoil() {
	build_wrong "$("$PREPARE" --source "$(source_of 6.12)" "$card" 2> "$work/right.log")"
	make_for "$1-clang" "$card" "$(source_of 6.12)" LLVM=1 OUT="$work/clang-out" || true
	take built_by_clang "$work/clang-out/$release/ti-ads1220.ko"
	holds "is_really_built_by_clang_$series" \
		"$(readelf -p .comment "$INTO/built_by_clang.ko" 2>&1)" clang
	sister=$("$TOP/tests/board/own-kernel" "$(other_of "$1")")
	lay_own_card "$sister" "$work/card-sister"
	add_headers "$sister" "$work/card-sister"
	make_for "$1-sister" "$work/card-sister" "$(source_of 6.12)" OUT="$work/sister-out" || true
	take built_with_the_other_modversions "$work/sister-out/$release/ti-ads1220.ko"
}

# no_chip: the same board without its overlay takes the module back, also from a run that is killed
no_chip() {
	cat > "$work/files-$series/root/no-chip" <<-'END'
		left() { grep -c ^ti_ads1220 /proc/modules; find /lib/modules -name '*ti-ads1220*'; }
		sh /root/put-module /root/sabotage/good.ko 2>&1
		left
		sh /root/put-module /root/sabotage/good.ko 2>&1 &
		until grep -q ^ti_ads1220 /proc/modules; do sleep 1; done
		kill $!
		wait $! || echo "ended with $?"
		left
	END
	export OVERLAYS=
	boot "$series" "$own" 'sh /root/no-chip' > "$work/no-chip" || true
	unset OVERLAYS
	holds says_that_no_chip_is_bound "$(cat "$work/no-chip")" \
		'^put-module: the module is loaded, and no chip is bound'
	same takes_back_a_module_without_a_chip "put-module: everything is as it was before|0|" \
		"$(sed -n '3,4p' "$work/no-chip" | tr '\n' '|')"
	same takes_back_a_module_when_it_is_killed \
		"put-module: everything is as it was before|ended with 143|0|" "$(sed -n '5,$p' "$work/no-chip" | tr '\n' '|')"
}
