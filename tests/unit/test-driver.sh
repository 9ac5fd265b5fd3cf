#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the driver's part above its settings, which touches no kernel object, and tests it here.
. "$(dirname "$0")/../board/lib.sh"

OUT=$BUILD/tests/unit/driver
mkdir -p "$OUT"
sed -e '/^\/\* Settings \*\/$/,$d' -e '/^#include/d' "$TOP/module/ti-ads1220.c" > "$OUT/pure.c"
"${CC:-gcc}" -std=gnu11 -O1 -g -Wall -Wextra -Werror -Wno-unused-const-variable \
	-fsanitize=address,undefined -fno-sanitize-recover=all -I"$OUT" \
	-o "$OUT/test-pure" "$TOP/tests/unit/driver/test-pure.c"
"$OUT/test-pure"
