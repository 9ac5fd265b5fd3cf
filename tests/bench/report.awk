# SPDX-License-Identifier: GPL-2.0-or-later
# What do the counters say, a sample at a time, and is it within the limits? Reads what on-board prints;
# wants release= and text=, the driver's bytes. Ends with 1 if anything is over.

function of(label, name) {
	if (!((label, name) in count)) {
		printf "report.awk: '%s' was not measured: no %s\n", label, name > "/dev/stderr"
		missing = 1
		exit 2
	}
	return count[label, name]
}

# What the board does by itself in that time is not the samples'.
function instructions(label) {
	idle = of("idle", "instructions") / of("idle", "time_ns") * of(label, "time_ns")
	return (of(label, "instructions") - idle) / of(label, "conversions")
}

function each(label, name) {
	return of(label, name) / of(label, "conversions")
}

function per_second(label) {
	return of(label, "conversions") * 1e9 / of(label, "time_ns")
}

# What a program spent by its own clock
function tool_instructions(label) {
	return of(label, "cpu_ns") * of(label, "instructions_per_s") / 1e9 / of(label, "conversions")
}

# What the chip converted and nobody read, and what the driver says it could not deliver
function lost(label,   k, sum) {
	sum = of(label, "unread")
	if (("before " label, "samples") in count)
		for (k in undelivered)
			sum += of("after " label, k) - of("before " label, k)
	return sum
}

# 3 of the sample; each 25 ms, 161 times in 4 s at most, 5 more that read the registers back, and then
# up to 3 that write them, which in a scan are otherwise among the first. A temperature has a register
# of its own to be written.
function most_bytes(label) {
	return label == "scan-temp" ? 5 : 3 + (label ~ /^scan/ ? 8 : 5) * 161 / 4 / per_second(label)
}

function row(label, text) {
	printf "%-44s %9s %7s %9.1f %5d %9.3f %7.3f %8.1f %7.1f\n", text,
		label ~ /busy/ ? "-" : sprintf("%.0f", instructions(label)),
		label ~ /busy/ ? "-" : sprintf("%.3f", instructions(label) / instructions("floor")),
		per_second(label), lost(label), each(label, "transfers"), each(label, "bytes"),
		of(label, "median_ns") / 1000, of(label, "max_ns") / 1000
}

# limit TEXT FOUND MOST FORMAT; at_least the other way round
function limit(text, found, most, format) {
	verdict(found <= most, text, found, most, format, "at most")
}

function at_least(text, found, least, format) {
	verdict(found >= least, text, found, least, format, "at least")
}

function verdict(good, text, found, bound, format, word) {
	if (!good)
		over++
	printf "%-6s  %s: " format " (" word " " format ")\n", good ? "within" : "over", text, found, bound
}

function print_rows() {
	printf "%-44s %9s %7s %9s %5s %9s %7s %8s %7s\n", "", "instruc-", "times", "samples", "", "transfers",
		"bytes", "DRDY to", "SCLK us"
	printf "%-44s %9s %7s %9s %5s %9s %7s %8s %7s\n", "", "tions", "floor", "a second", "lost", "a sample",
		"each", "median", "max"
	row("floor", "floor: kernel module, value thrown away")
	row("spidev", "program on spidev and GPIO events")
	row("buffer-64", "driver, buffer, watermark 64")
	row("stamped-64", "driver, the same with timestamps")
	row("buffer-1", "driver, buffer, watermark 1")
	row("scan-4", "driver, scan of 4 inputs")
	row("scan-12", "driver, scan of 12 inputs")
	row("scan-temp", "driver, scan of input and temperature")
	row("raw", "driver, attribute raw at 20 SPS")
	row("spidev-busy", "program beside a busy process")
	row("buffer-64-busy", "driver beside a busy process")
	printf "\n"
}

function print_limits() {
	limit("buffer of 64, times the floor", instructions("buffer-64") / instructions("floor"), 1.15, "%.3f")
	limit("buffer of 64, times the program on spidev", instructions("buffer-64") / instructions("spidev"),
		0.70, "%.3f")
	limit("DRDY to first SCLK, median us", of("buffer-64", "median_ns") / 1000, 16, "%.1f")
	limit("timestamp after DRDY's fall, median us; the frame begins later",
		of("stamps", "median_ns") / 1000, of("stamped-64", "median_ns") / 1000, "%.1f")
	limit("lost beside a busy process", lost("buffer-64-busy"), 0, "%d")
	limit("transfers of a raw reading", each("raw", "transfers"), 2, "%.2f")
	limit("ads1220-read to csv, its own instructions a sample", tool_instructions("tool-csv"), 2000, "%.0f")
	limit("ads1220-read, resident memory, KiB (8 MiB)", of("tool-csv", "memory_kib"), 8192, "%d")
	limit("a csv line, times printf and strftime", of("line-csv", "ours") / of("line-csv", "theirs"), 0.2, "%.3f")
	limit("a jsonl line, times printf and strftime", of("line-jsonl", "ours") / of("line-jsonl", "theirs"), 0.2, "%.3f")
	limit("module text, bytes (24 KiB)", text, 24576, "%d")
	for (n = 1; n <= captures; n++)
		limit("lost in " capture[n], lost(capture[n]), 0, "%d")
	for (n = 1; n <= captures; n++)
		limit("transfers a sample in " capture[n], each(capture[n], "transfers"), 1.001, "%.3f")
	for (n = 1; n <= captures; n++)
		limit("bytes a sample in " capture[n], each(capture[n], "bytes"), most_bytes(capture[n]), "%.3f")
	for (n = 1; n <= captures; n++)
		if (capture[n] ~ /^scan/)
			at_least("rate of " capture[n] ", % of 4.096 MHz / (2072 + 114)",
				per_second(capture[n]) / (4096000 / (2072 + 114)) * 100, 96, "%.1f")
}

BEGIN {
	captures = split("buffer-64 buffer-1 stamped-64 scan-4 scan-12 scan-temp", capture, " ")
	split("dropped missed overflows", names, " ")
	for (n in names)
		undelivered[names[n]]
}

{
	label = $1 ~ /^(before|after)$/ ? $1 " " $2 : $1
	for (n = 2; n <= NF; n++)
		if (split($n, pair, "=") == 2)
			count[label, pair[1]] = pair[2]
}

END {
	if (missing)
		exit 2
	printf "Linux %s, one core, time counted in instructions, 2000 SPS nominal\n\n", release
	print_rows()
	print_limits()
	exit over > 0
}
