#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Is the model what it says it is: integers only, on its own, without state of its own, small functions?
. "$(dirname "$0")/../board/lib.sh"
. "$(dirname "$0")/../report.sh"

cd "$TOP"
OUT=$BUILD/tests/unit/sources
mkdir -p "$OUT"

same model_uses_no_floating_point_type "" "$(grep -nwE 'float|double|math\.h' tests/model/*.[ch] | head -n 5)"
same model_includes_itself_and_five_headers_of_c "" "$(grep -hE '^#[[:space:]]*include' tests/model/*.[ch] |
	grep -vE '<(stdlib|string|stdint|stdbool|inttypes)\.h>|"ads1220-[a-z]*\.h"')"
same model_reaches_out_of_its_folder_nowhere "" "$(grep -nE 'module/|ti-ads1220|compat\.h|userspace/|\.\./' \
	tests/model/*.[ch])"

# The compiler refuses what needs a floating point register, and sees globals that can be written.
machine=$("${CC:-gcc}" -dumpmachine)
case $machine in
x86_64-*|aarch64-*) registers=-mgeneral-regs-only ;;
arm*) registers=-mfloat-abi=soft ;;
*) registers=-O2 ;;
esac
for source in tests/model/*.c; do
	name=$(basename "$source" .c)
	said=$("${CC:-gcc}" -std=c11 -Wall -Wextra -Wpedantic -Werror "$registers" -O2 -fno-pic -c -o "$OUT/$name.o" "$source" 2>&1) ||
		said="${said:-failed}"
	same "${name}_is_c11_without_floating_point_registers" "" "$said"
done
same model_has_no_writable_globals "" "$(nm "$OUT"/*.o | awk '$2 ~ /^[BbDdCGgSs]$/ {print $3}')"
same model_leaves_no_name_undefined_but_of_the_c_library "" "$(nm "$OUT"/*.o |
	awk '$1 == "U" {used[$2] = 1} $2 ~ /^[TRV]$/ {have[$3] = 1} END {for (u in used) if (!(u in have)) print u}' |
	grep -vxE '_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|calloc|free|mem(set|cpy|cmp)')"
same model_has_no_name_that_could_collide "" "$(nm "$OUT"/*.o | awk '$2 ~ /^[TRDBC]$/ {print $3}' | grep -v '^ads1220_')"

# long_functions FILE...: name and number of lines of each function longer than 60
long_functions() {
	awk '/^[a-z].*\(/ {name = $0; start = FNR} /^\}/ && start {
		if (FNR - start + 1 > 60) print FILENAME ": " name ": " FNR - start + 1; start = 0}' "$@"
}
same no_function_is_longer_than_60_lines "" "$(long_functions tests/model/*.c tests/unit/*.c)"
same no_line_is_wider_than_100_columns "" "$(expand tests/model/*.[ch] |
	grep -E '^.{101,}' | head -n 3)"
same nothing_is_left_to_be_done "" "$(grep -nE 'TOD[O]|FIXM[E]|XX[X]' tests/model/* tests/unit/* | head -n 5)"
finish
