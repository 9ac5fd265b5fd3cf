# SPDX-License-Identifier: GPL-2.0-or-later
# Are the samples of the chip that numbers its results all there, in their order and at their time?
# shellcheck shell=sh

# in_order COUNT INPUTS: of codes on standard input, a line each. The chip numbers its conversions below 2^20. Of
# the two inputs of a pair, one has 5 above that (section 8.6.1.1, MUX).
in_order() {
	awk -v count="$1" -v inputs="$2" '
		function fail(what) { if (!wrong++) print "line " NR ": " what }
		$0 !~ /^[0-9]+$/ { fail("no number: " $0); next }
		int($1 / 1048576) != (inputs == 2 && NR % 2 == 0 ? 5 : 0) { fail($1 " is of another input") }
		NR > 1 && $1 % 1048576 != (last + 1) % 1048576 { fail($1 % 1048576 " after " last) }
		{ last = $1 % 1048576 }
		END { if (NR != count * inputs) print NR " of " count * inputs; else if (!wrong) print "all" }'
}

# on_time NANOSECONDS: no two are further apart than one and a half periods, or closer than a half
on_time() {
	awk -v period="$1" 'NR > 1 && ($1 - last < period / 2 || $1 - last > period * 1.5) && !wrong++ {
			print "line " NR " comes " $1 - last " ns after the one before" }
		{ last = $1 } END { if (!wrong) print "on time" }'
}
