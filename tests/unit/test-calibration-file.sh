#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Is the calibration file always the old one or the new one, and does each fault name its file?
. "$(dirname "$0")/../board/lib.sh"
. "$(dirname "$0")/../report.sh"

OUT=$BUILD/tests/unit/calibration-file
SAVE=$OUT/save
FILE=$OUT/cal.conf

cd "$TOP"
rm -rf "$OUT"
mkdir -p "$OUT"
timeout 120 gcc -std=gnu11 -O1 -g -Wall -Wextra -Werror -o "$SAVE" tests/unit/save-calibration.c \
	userspace/calibration-file.c userspace/calibration.c userspace/number.c -lm
HOME=$OUT/home
export HOME
unset XDG_CONFIG_HOME

# says ARGUMENT...: what the program prints, with its status
says() {
	status=0
	said=$(timeout 20 "$SAVE" "$@" 2>&1) || status=$?
	printf '%s|%s' "$status" "$(printf '%s' "$said" | sed "s|$OUT|OUT|g" | tr '\n' '|')"
}

old='# mine
[scale]
unit = kg
zero = 0
gain = 1'
new='# mine
[scale]
unit = kg
zero = 0.5
gain = 2'

begin() {
	printf '%s\n' "$old" > "$FILE"
}

saves_and_finds() {
	begin
	same saves_a_label "0|saved" "$(says "$FILE" scale kg 0.5 2)"
	same writes_the_new_file "$new" "$(cat "$FILE")"
	same finds_the_label "0|kg 0.5 2" "$(says "$FILE" scale)"
	same finds_no_other_label "0|none" "$(says "$FILE" other)"
	same leaves_nothing_else_in_the_folder "cal.conf save" "$(cd "$OUT" && echo ./* | sed 's|\./||g')"
	chmod 640 "$FILE"
	says "$FILE" scale kg 0 1 > /dev/null
	same keeps_the_files_mode 640 "$(stat -c %a "$FILE")"
	mkdir "$OUT/other"
	mv "$FILE" "$OUT/other/real.conf"
	ln -s other/real.conf "$FILE"
	says "$FILE" scale kg 0.5 2 > /dev/null
	same writes_through_a_link "yes $new" "$([ -L "$FILE" ] && echo yes) $(cat "$OUT/other/real.conf")"
	rm "$FILE"
}

# Root would change the system's file, so it becomes nobody, who has no way into every checkout.
unprivileged() {
	if [ "$(id -u)" -eq 0 ]; then
		chown -R 65534:65534 "$own"
		set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	fi
	(cd "$own" && XDG_CONFIG_HOME=$own/config timeout 20 "$@" 2>&1) || true
}

finds_a_persons_own_file() {
	own=$(mktemp -d)
	cp "$SAVE" "$own/save"
	same saves_below_home_where_no_file_is_named saved "$(unprivileged ./save '' tc1 degC 1 1)"
	same finds_it_there_again "degC 1 1" "$(unprivileged ./save '' tc1)"
	same has_made_the_file_there "$own/config/ads1220/cal.conf" "$(find "$own/config" -type f)"
	rm -r "$own"
	same finds_none_where_there_is_no_file "0|none" "$(says '' tc1)"
	HOME=home
	same needs_an_absolute_home "0|none" "$(says '' tc1)"
	HOME=$OUT/home
}

refuses_bad_files() {
	same says_which_file_is_missing "1|cannot open 'OUT/none.conf': No such file or directory|hint: check the file and its folder with 'ls -l'" \
		"$(says "$OUT/none.conf" scale)"
	printf '[scale]\nunit = kg\nzero = x\n' > "$FILE"
	same names_the_line_at_fault "1|'OUT/cal.conf', line 3: 'x' is no number|hint: mend that line, or move the file away" \
		"$(says "$FILE" scale)"
	same saves_nothing_into_a_file_with_a_fault "1|'OUT/cal.conf', line 3: 'x' is no number|hint: mend that line, or move the file away" \
		"$(says "$FILE" other kg 0 1)"
	same leaves_the_file_with_a_fault_alone "zero = x" "$(tail -n 1 "$FILE")"
	printf '[scale]\nunit = kg\0\n' > "$FILE"
	holds refuses_a_binary_file "$(says "$FILE" scale)" "^1\|'OUT/cal.conf' is no calibration file"
	head -c 70000 /dev/zero | tr '\0' '#' > "$FILE"
	holds refuses_a_file_too_large "$(says "$FILE" scale)" "^1\|'OUT/cal.conf' is no calibration file"
	holds refuses_a_folder "$(says "$OUT" scale)" "^1\|cannot read 'OUT': Is a directory"
	begin
	holds refuses_a_label_with_a_bracket "$(says "$FILE" 'a]' kg 0 1)" "^1\|'a\]' cannot stand in a calibration file"
	same leaves_the_file_alone_after_a_refusal "$old" "$(cat "$FILE")"
	: > "$OUT/plain"
	holds says_which_folder_cannot_be_made "$(says "$OUT/plain/cal.conf" a kg 0 1)" \
		"^1\|cannot (open|make the folder) 'OUT/plain"
}

# at ACTION CALL N: saves while the Nth such call ends so; what is left must be the old or the new
at() {
	begin
	timeout 20 strace -o /dev/null -e quiet=all -e "inject=$2:$1:when=$3" "$SAVE" "$FILE" scale kg 0.5 2 \
		> "$OUT/said" 2>&1 && injected=0 || injected=$?
	found=$(cat "$FILE")
	tries=$((tries + 1))
	[ "$found" = "$old" ] || [ "$found" = "$new" ] || torn="$torn $1:$2:$3"
	! grep -q saved "$OUT/said" || [ "$found" = "$new" ] || lost="$lost $1:$2:$3"
	[ "$(says "$FILE" scale kg 0.5 2)" = "0|saved" ] || stuck="$stuck $1:$2:$3"
}

survives_faults_and_kills() {
	if ! strace -o /dev/null true 2> /dev/null; then
		skip is_the_old_or_the_new_file_whatever_fails "strace cannot trace here: apt-get install strace"
		return
	fi
	tries=0 torn='' lost='' stuck='' unsaid=''
	for call in openat write fchmod fchown fsync renameat close; do
		for time in 1 2 3 4 5; do
			at signal=SIGKILL "$call" "$time"
		done
	done
	for call in write fchmod fchown fsync renameat; do
		at error=EIO "$call" 1
		[ "$injected" -eq 1 ] && grep -q "cannot write '$FILE': Input/output error" "$OUT/said" ||
			unsaid="$unsaid $call"
	done
	at error=ENOSPC write 1
	same "is_the_old_or_the_new_file_whatever_fails_in_${tries}_runs" "" "$torn"
	same says_saved_only_where_it_is "" "$lost"
	same saves_after_each_of_them "" "$stuck"
	same reports_each_failed_call "" "$unsaid"
	same leaves_no_new_file_behind_after_a_failure no "$([ ! -e "$FILE.new" ] || echo is there; echo no)"
}

lets_two_change_one_file() {
	begin
	for number in 1 2 3 4 5 6 7 8; do
		timeout 20 "$SAVE" "$FILE" "label$number" V "$number" 1 > /dev/null &
	done
	wait
	same keeps_what_eight_at_a_time_save "1 2 3 4 5 6 7 8" \
		"$(for number in 1 2 3 4 5 6 7 8; do "$SAVE" "$FILE" "label$number"; done | cut -d' ' -f2 | tr '\n' ' ' | sed 's/ $//')"
}

saves_and_finds
finds_a_persons_own_file
refuses_bad_files
survives_faults_and_kills
lets_two_change_one_file
finish
