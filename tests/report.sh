# SPDX-License-Identifier: GPL-2.0-or-later
# How a shell test says what it found: ok, not ok or skip with a reason, and the count as last line.
# shellcheck shell=sh

passed=0
failed=0
skipped=0

ok() {
	passed=$((passed + 1))
	printf 'ok %s\n' "$1"
}

# not_ok NAME WHY
not_ok() {
	failed=$((failed + 1))
	printf 'not ok %s: %s\n' "$1" "$2"
}

# skip NAME REASON: the reason says which command would make it run
skip() {
	skipped=$((skipped + 1))
	printf 'skip %s: %s\n' "$1" "$2"
}

# same NAME EXPECTED FOUND
same() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected '$2', found '$3'"
	fi
}

# holds NAME TEXT PATTERN: the extended regular expression is found in the text
holds() {
	if printf '%s\n' "$2" | grep -qE -e "$3"; then
		ok "$1"
	else
		not_ok "$1" "no '$3' in: $(printf '%s' "$2" | tail -n 5 | tr '\n' '|')"
	fi
}

# Ends the test; one that ran nothing has failed.
finish() {
	if [ "$skipped" -gt 0 ]; then
		printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
	else
		printf '%d passed, %d failed\n' "$passed" "$failed"
	fi
	[ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
}
