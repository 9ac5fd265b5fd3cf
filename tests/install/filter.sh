# SPDX-License-Identifier: GPL-2.0-or-later
# Does the filter change just what U-Boot will see of one overlay, in the nastiest files?
# shellcheck shell=sh

IMPORT=$SCRATCH/import

build_oracle() {
	gcc -std=gnu11 -O1 -Wall -Wextra -Werror -o "$IMPORT" \
		"$TOP/tests/install/import.c" "$TOP/tests/install/print-import.c"
}

# variables FILE: what U-Boot knows of all else
variables() {
	"$IMPORT" < "$1" | grep '^V ' || true
}

# words FILE: but for our word; one that is a bare carriage return names no overlay
words() {
	"$IMPORT" < "$1" | grep '^W ' | grep -vxF -e 'W NAME' -e 'W NAME\015' -e 'W \015' || true
}

asks() {
	"$IMPORT" < "$1" | grep -qxF 'W NAME'
}

# foreign FILE: the lines in which nothing may change
foreign() {
	grep -v user_overlays "$1" || true
}

# kept_all IN OUT: nothing but our word differs for U-Boot, no other line differs for anybody
kept_all() {
	[ "$(variables "$1")" = "$(variables "$2")" ] || { echo "another variable differs"; return; }
	[ "$(words "$1")" = "$(words "$2")" ] || { echo "other overlays differ"; return; }
	[ "$(foreign "$1")" = "$(foreign "$2")" ] || { echo "another line differs"; return; }
	[ ! -s "$2" ] || [ "$(tail -c 1 "$2" | od -An -tx1)" = " 0a" ] || echo "no line end at the end"
}

# idempotent VERB OUT: once more changes nothing
idempotent() {
	"$FILTER" "$1" NAME < "$2" > "$SCRATCH/again"
	cmp -s "$2" "$SCRATCH/again" || echo "$1 a second time changes it"
}

# wrong_with FILE: what add and remove did wrong; nothing if all is well; the filter took the file
wrong_with() {
	"$FILTER" add NAME < "$1" > "$SCRATCH/with" 2> "$SCRATCH/said" || { echo "add refused"; return; }
	asks "$SCRATCH/with" || { echo "add: U-Boot does not see it"; return; }
	kept_all "$1" "$SCRATCH/with"
	idempotent add "$SCRATCH/with"
	"$FILTER" remove NAME < "$SCRATCH/with" > "$SCRATCH/without" || { echo "remove refused"; return; }
	! asks "$SCRATCH/without" || { echo "remove: U-Boot still sees it"; return; }
	kept_all "$1" "$SCRATCH/without"
	idempotent remove "$SCRATCH/without"
}

# What comes out is written down here, as printf formats, wherever there is only one right answer;
# elsewhere it is '-', and the oracle decides. Name, what goes in, what comes out of add.
CASES='empty_file||user_overlays=NAME\n
no_such_entry|a=1\n|a=1\nuser_overlays=NAME\n
no_such_entry_and_no_final_newline|a=1|a=1\nuser_overlays=NAME\n
its_entry_without_final_newline|user_overlays=foo|user_overlays=foo NAME\n
an_entry_that_has_it|user_overlays=foo NAME bar\n|user_overlays=foo NAME bar\n
an_empty_entry|user_overlays=\na=1\n|user_overlays=NAME\na=1\n
an_entry_without_equals|user_overlays\n|user_overlays=NAME\n
the_last_of_two_entries|user_overlays=a\nuser_overlays=b\n|user_overlays=a\nuser_overlays=b NAME\n
the_one_that_was_overridden|user_overlays=NAME\nuser_overlays=b\n|user_overlays=NAME\nuser_overlays=b NAME\n
an_entry_deleted_later|user_overlays=a\nuser_overlays\n|user_overlays=a\nuser_overlays=NAME\n
an_indented_entry| \tuser_overlays=foo\n| \tuser_overlays=foo NAME\n
another_name_by_its_blank|user_overlays =foo\n|user_overlays =foo\nuser_overlays=NAME\n
a_comment|#user_overlays=foo\n|#user_overlays=foo\nuser_overlays=NAME\n
an_indented_comment|  # user_overlays=NAME\n|  # user_overlays=NAME\nuser_overlays=NAME\n
a_longer_word|user_overlays=NAME2 myNAME NAME-x\n|user_overlays=NAME2 myNAME NAME-x NAME\n
a_word_that_matches_as_expression|user_overlays=N.ME NA*\n|user_overlays=N.ME NA* NAME\n
blanks_and_tabs_between_words|user_overlays= a\t\tb  \n|user_overlays= a\t\tb  NAME\n
a_word_that_a_tab_glues_to_another|user_overlays=foo\tNAME\n|user_overlays=foo\tNAME NAME\n
quotes_which_are_literal|user_overlays="a b"\n|user_overlays="a b" NAME\n
a_dos_file|a=1\r\nuser_overlays=foo\r\n|a=1\r\nuser_overlays=NAME foo\r\n
a_dos_file_of_two_words|user_overlays=a b\r\n|user_overlays=a NAME b\r\n
a_dos_file_with_an_empty_entry|user_overlays=\r\n|user_overlays=NAME \r\n
a_dos_file_that_names_it_already|user_overlays=foo NAME\r\n|user_overlays=foo NAME NAME\r\n
what_armbian_add_overlay_leaves_of_dos|user_overlays=foo\r NAME\n|user_overlays=foo\r NAME\n
a_dos_file_without_entry|a=1\r\n\r\n|a=1\r\n\r\nuser_overlays=NAME\n
an_escaped_line_end_before_it|a=1\\\nuser_overlays=foo\nb=2\n|a=1\\\nuser_overlays=foo\nb=2\nuser_overlays=NAME\n
an_escaped_backslash_before_it|a=1\\\\\nuser_overlays=foo\n|a=1\\\\\nuser_overlays=foo NAME\n
a_backslash_that_ends_a_comment|#a\\\nuser_overlays=foo\n|#a\\\nuser_overlays=foo NAME\n
a_backslash_in_a_name|a\\\nuser_overlays=foo\n|a\\\nuser_overlays=foo NAME\n
blank_lines|\n\n a=1\n\n|\n\n a=1\n\nuser_overlays=NAME\n
an_equals_sign_alone|=\na=1\n|=\na=1\nuser_overlays=NAME\n
equals_signs_in_a_value|extraargs=a=b =c\n|extraargs=a=b =c\nuser_overlays=NAME\n
letters_beyond_ascii|#\0303\0237\nuser_overlays=\0303\0244\n|#\0303\0237\nuser_overlays=\0303\0244 NAME\n
a_byte_order_mark|\0357\0273\0277user_overlays=f\n|\0357\0273\0277user_overlays=f\nuser_overlays=NAME\n
a_percent_sign_and_ampersand|user_overlays=%s & \0044x\n|user_overlays=%s & \0044x NAME\n'

# try_cases PREFIX
try_cases() {
	while IFS='|' read -r case in out; do
		printf '%b' "$in" > "$SCRATCH/in"
		printf '%b' "$out" > "$SCRATCH/out"
		wrong=$(wrong_with "$SCRATCH/in")
		[ -n "$wrong" ] || cmp -s "$SCRATCH/out" "$SCRATCH/with" ||
			wrong="add made $(od -An -c "$SCRATCH/with")"
		same "${1}filter_masters_$case" "" "$wrong"
	done <<-END
		$CASES
	END
}

# name, verb, what goes in, what must be said
REFUSALS='a_nul|add|a=1\n\0000\0000|damaged
a_nul_when_it_removes|remove|a=1\n\0000\0000|damaged
a_nul_within_a_word|add|user_overlays=a\0000b\n|damaged
erased_flash|add|\0377\0377\0377\0377|damaged
control_characters|add|a=\0001\n|damaged
an_escape_sequence|add|a=\0033[1m\n|damaged
an_entry_without_name|add|a=1\n=x\nb=2\n|entry "=x"
a_backslash_in_the_list|add|user_overlays=a\\ b\n|backslash
a_backslash_in_the_list_when_it_removes|remove|user_overlays=NA\\ME\n|backslash
a_value_that_never_ends|add|a=1\\\n|ends in a backslash
a_value_that_never_ends_nor_has_a_line_end|add|a=1\\|ends in a backslash'

try_refusals() {
	while IFS='|' read -r case verb in pattern; do
		printf '%b' "$in" > "$SCRATCH/in"
		status=0
		"$FILTER" "$verb" NAME < "$SCRATCH/in" > "$SCRATCH/with" 2> "$SCRATCH/said" ||
			status=$?
		said=$(tr '\n' ' ' < "$SCRATCH/said")
		if [ "$status" -ne 1 ] || [ -s "$SCRATCH/with" ]; then
			not_ok "${1}filter_refuses_$case" \
				"status $status, it printed: $(od -An -c "$SCRATCH/with")"
		else
			holds "${1}filter_refuses_$case" "$said" "$pattern.*hint: "
		fi
	done <<-END
		$REFUSALS
	END
}

try_names() {
	for bad in '' 'a b' 'a=b' \
		"a$(printf '\t')b" "a$(printf '\r')" 'a/b' 'a;b' -n 'a"b' 'a\b' 'a'\''b'; do
		status=0
		"$FILTER" add "$bad" < /dev/null > "$SCRATCH/with" 2> "$SCRATCH/said" || status=$?
		same "filter_refuses_the_name_'$(printf '%s' "$bad" | tr '\t\r' 'TR')'" "2, 0 bytes" \
			"$status, $(wc -c < "$SCRATCH/with") bytes"
	done
}

# name, what goes in, what comes out of remove
REMOVALS='the_whole_entry_with_its_last_word|a=1\nuser_overlays=NAME\nb=2\n|a=1\nb=2\n
the_first_word|user_overlays=NAME a b\n|user_overlays=a b\n
a_word_in_the_middle|user_overlays=a  NAME b\n|user_overlays=a b\n
no_word_that_a_tab_glues_to_another|user_overlays=a\tNAME\n|user_overlays=a\tNAME\n
the_last_word|user_overlays=a b NAME\n|user_overlays=a b\n
every_time_it_is_there|user_overlays=NAME a NAME\n|user_overlays=a\n
it_from_an_overridden_entry|user_overlays=NAME c\nuser_overlays=b\n|user_overlays=c\nuser_overlays=b\n
no_entry_that_keeps_another_one_dead|user_overlays=a\nuser_overlays=NAME\n|user_overlays=a\nuser_overlays=\n
it_from_a_dos_file|user_overlays=a NAME\r\n|user_overlays=a \r\n
no_word_that_is_only_like_it|user_overlays=NAMEs aNAME\n|user_overlays=NAMEs aNAME\n
no_empty_entry_of_somebody_else|user_overlays=\n|user_overlays=\n
it_after_an_entry_without_name|=x\nuser_overlays=NAME b\n|=x\nuser_overlays=b\n'

try_removals() {
	while IFS='|' read -r case in out; do
		printf '%b' "$in" > "$SCRATCH/in"
		printf '%b' "$out" > "$SCRATCH/out"
		"$FILTER" remove NAME < "$SCRATCH/in" > "$SCRATCH/without" || true
		same "filter_removes_$case" "$(od -An -c "$SCRATCH/out")" \
			"$(od -An -c "$SCRATCH/without")"
	done <<-END
		$REMOVALS
	END
}

# The tester is tested: every rule of the import once, the expected values by hand
try_oracle() {
	{
		printf '# c\n q=1\\\n2\nuser_overlays=a\nuser_overlays=b\\ c d\r\n'
		printf 'x=1\nx\nz =5\noverlays=k\tl\n=y\nlate=1'
	} > "$SCRATCH/in"
	same oracle_reads_as_u_boot_does 'V q=1\0122 V z\040=5 W b W c W d\015 K k\011l A' \
		"$("$IMPORT" < "$SCRATCH/in" | tr '\n' ' ' | sed 's/ $//')"
}

# What ends the text, and whether its last value takes in the line that is appended to it
ENDS='a_line_end|a=1\n|
a_value|a=1|
a_backslash|a=1\\|open
an_escaped_line_end|a=1\\\n|open
an_empty_value_but_for_an_escaped_line_end|a=\\\n|open
two_escaped_line_ends|a=1\\\n\\\n|open
an_escaped_line_end_and_a_true_one|a=1\\\n\n|
an_escaped_backslash|a=1\\\\\n|
a_backslash_in_a_comment|#a=1\\\n|
a_backslash_in_a_name|a\\\n|'

# try_oracle_at_the_end: what it says of the end is held against what it sees of one more line
try_oracle_at_the_end() {
	while IFS='|' read -r case in expected; do
		printf '%b' "$in" > "$SCRATCH/in"
		said=$("$IMPORT" < "$SCRATCH/in" | sed -n 's/^O$/open/p')
		[ -z "$(tail -c 1 "$SCRATCH/in" | tr -d '\n')" ] || echo >> "$SCRATCH/in"
		echo late=1 >> "$SCRATCH/in"
		variables "$SCRATCH/in" | grep -qx 'V late=1' || said="$said, takes it in"
		same "oracle_knows_of_${case}_at_the_end" "$expected${expected:+, takes it in}" "$said"
	done <<-END
		$ENDS
	END
}

# try_values: what get prints of a variable
try_values() {
	printf 'a=1\na=2\\\\3\nb\nb=x y \nc=1\nc=\n' > "$SCRATCH/in"
	same filter_gets_the_last_value '2\3' "$("$FILTER" get a < "$SCRATCH/in")"
	same filter_gets_blanks_as_they_are 'x y .' "$("$FILTER" get b < "$SCRATCH/in")."
	same filter_gets_nothing_of_a_deleted_one '' "$("$FILTER" get c < "$SCRATCH/in")"
	same filter_gets_nothing_of_an_unknown_one '' "$("$FILTER" get d < "$SCRATCH/in")"
	printf 'a=1\\\n' > "$SCRATCH/in"
	same filter_gets_an_escaped_line_end_at_the_end "1\n\n" \
		"$("$FILTER" get a < "$SCRATCH/in" | od -An -c | tr -d ' ')"
}

# The other list, that of the kernel's overlays, is another entry and nothing else.
try_lists() {
	printf 'overlays=usbhost2 NAME2\nuser_overlays=a\n' > "$SCRATCH/in"
	"$FILTER" add NAME overlays < "$SCRATCH/in" > "$SCRATCH/with"
	same filter_adds_to_the_list_it_is_told 'overlays=usbhost2 NAME2 NAME user_overlays=a' \
		"$(tr '\n' ' ' < "$SCRATCH/with" | sed 's/ $//')"
	"$FILTER" remove NAME user_overlays < "$SCRATCH/with" > "$SCRATCH/without"
	same filter_removes_from_no_other_list "" "$(cmp "$SCRATCH/with" "$SCRATCH/without" 2>&1)"
	"$FILTER" remove NAME overlays < "$SCRATCH/with" > "$SCRATCH/without"
	same filter_removes_from_the_list_it_is_told "" \
		"$(cmp "$SCRATCH/in" "$SCRATCH/without" 2>&1)"
	for line in 'add NAME fdtfile' 'add NAME overlays overlays' 'get overlays overlays' 'add' ''; do
		try sh -c "\"\$0\" $line" "$FILTER"
		same "'armbian-env${line:+ $line}'_is_misuse" 2 "$status"
	done
}

# The fuzzer's short run; the long one is in make check-long.
try_fuzz() {
	FUZZ_S='' "$TOP/tests/fuzz/armbian-env" > "$SCRATCH/fuzz" 2>&1 || true
	while read -r verdict name why; do
		case $verdict in
		ok) ok "$name" ;;
		skip) skip "${name%:}" "$why" ;;
		not) not_ok "${why%%:*}" "${why#*: }" ;;
		esac
	done < "$SCRATCH/fuzz"
	grep -q '^[0-9]* passed' "$SCRATCH/fuzz" || not_ok the_filter_is_fuzzed "$(tail -n 3 "$SCRATCH/fuzz")"
}

try_filter() {
	build_oracle
	try_oracle
	try_oracle_at_the_end
	try_cases ''
	try_refusals ''
	try_names
	try_removals
	try_values
	try_lists
	try_fuzz
}
