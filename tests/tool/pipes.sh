# SPDX-License-Identifier: GPL-2.0-or-later
# Can ads1220-read's readings be carried on, over a network or by other programs that are not ours?
# shellcheck shell=sh

# what run and mocked leave of each run of the tool
code=0
out=
err=

# unpacked WHAT PACKAGE...: 'tree' or 'closure' of packages for this machine, which are not installed:
# what serves a network would do so from then on
unpacked() {
	unpacked_what=$1
	shift
	release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
	"$TOP/tests/board/apt-root" "$unpacked_what" "$release" "$(dpkg --print-architecture)" "$@" 2>"$OUT/err"
}

# own_port NUMBER: this process's own, below those that the kernel gives away (32768 and on)
own_port() {
	echo $((20000 + (4 * $$ + $1) % 12000))
}

# loader_of FOLDER: what starts a program of an unpacked closure with that closure's libraries
loader_of() {
	loader=$(find "$1" -name 'ld-linux*.so.*' | head -n 1)
	printf '%s --library-path %s:%s:%s\n' "$loader" "$1/usr/lib/$(gcc -print-multiarch)" \
		"$1/lib/$(gcc -print-multiarch)" "$(dirname "$loader")"
}

# with_daemon COMMAND PROBE: runs the tool while the daemon does, once the probe has succeeded
with_daemon() {
	cat <<-END
		$1 >/dev/null 2>&1 & server=\$!
		until $2 >/dev/null 2>&1; do sleep 0.1; done
		# whoever serves may still be putting the capture away
		stop() {
			tries=0
			until [ "\$(state)" = "\$before" ] || [ \$((tries += 1)) -gt 100 ]; do sleep 0.1; done
			kill -9 \$server
			finish \$1
		}
	END
}

captures_from_another_machine() {
	if ! root=$(unpacked closure iiod); then
		skip captures_the_same_through_iiod "its packages could not be fetched: $TOP/tests/board/apt-root closure $release $(dpkg --print-architecture) iiod"
		return
	fi
	port=$(own_port 2)
	captured '1 3 50000000 50000' "$(with_daemon "$(loader_of "$root") $root/usr/sbin/iiod -p $port" \
		"\"\$1\" -u ip:127.0.0.1:$port -l")
		code=0
		\"\$@\" || code=\$?
		stop \$code" -u "ip:127.0.0.1:$port" -n 3 -f tsv voltage0
	same captures_the_same_through_iiod "0|$three|" "$code|$out|$err"
}

# in_a_network: 10.73.N.1 is this machine, 10.73.N.2 one whose network is another namespace, that goes with
# its last process; N is this process's
in_a_network() {
	cat <<-'END'
		unshare -n sleep 200 & other=$!
		until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
		ip link add "ads$subnet" type veth peer name board netns $other
		ip addr add "10.73.$subnet.1/24" dev "ads$subnet"
		ip link set "ads$subnet" up
		there="nsenter -t $other -n"
		$there ip addr add "10.73.$subnet.2/24" dev board
		$there ip link set board up
		$there ip link set lo up
	END
}

has_namespaces() {
	unshare -n true && ip link add "ads$1" type veth peer name "adsp$1" && ip link del "ads$1"
}

# iiod as it is started on a board, at its own port
captures_through_a_network_of_its_own() {
	subnet=$(($$ % 250 + 1))
	if ! root=$(unpacked closure iiod); then
		skip captures_through_a_network_of_its_own "its packages could not be fetched: $TOP/tests/board/apt-root closure $release $(dpkg --print-architecture) iiod"
		return
	fi
	if ! has_namespaces "$subnet" >/dev/null 2>&1; then
		skip captures_through_a_network_of_its_own "no network namespaces here: run it as root, with iproute2"
		return
	fi
	board="ip:10.73.$subnet.2"
	by_time captured '2 40 50000000 50000' "subnet=$subnet
		$(in_a_network)
		$(with_daemon "\$there $(loader_of "$root") $root/usr/sbin/iiod" "\"\$1\" -u $board -l")
		code=0
		\"\$@\" || code=\$?
		kill \$other
		stop \$code" -u "$board" -n 20 -f jsonl supply bridge
	same captures_through_a_network_of_its_own "0|40|" "$code|$(codes_of jsonl 2 | running 20 2 && count '"state":"ok"')|$err"
}

# The broker keeps for its reader, whom it knows already, what comes before the reader is there.
carries_readings_through_a_broker() {
	if ! root=$(unpacked closure mosquitto mosquitto-clients); then
		skip carries_json_through_a_broker "its packages could not be fetched: $TOP/tests/board/apt-root closure $release $(dpkg --print-architecture) mosquitto mosquitto-clients"
		return
	fi
	port=$(own_port 3)
	start=$(loader_of "$root")
	by_time captured '2 3 50000000 50000' "$(with_daemon "$start $root/usr/sbin/mosquitto -p $port" \
		"$start $root/usr/bin/mosquitto_pub -p $port -t probe -m x")
		subscribe=\"$start $root/usr/bin/mosquitto_sub -p $port -c -i reader -q 1 -t lab/ads1220\"
		\$subscribe -E
		\"\$@\" | $start $root/usr/bin/mosquitto_pub -p $port -l -q 1 -t lab/ads1220
		\$subscribe -C 6
		stop 0" -n 3 -f jsonl supply bridge
	same carries_json_through_a_broker "0|0 1 1000 1001 2000 2001 " \
		"$code|$(printf '%s\n' "$out" | sed 's/.*"raw":\([0-9]*\),.*/\1/' | tr '\n' ' ')"
}

satisfies_prometheus() {
	if ! root=$(unpacked tree prometheus); then
		skip writes_prom_that_promtool_takes "its package could not be fetched: $TOP/tests/board/apt-root tree $release $(dpkg --print-architecture) prometheus"
		return
	fi
	read_on capture '' -f prom supply bridge 'oven=heat, "A" \ B' temp
	same writes_prom_that_promtool_takes "0|0|" "$code|$(timeout 20 "$root/usr/bin/promtool" check metrics \
		<"$OUT/out" >"$OUT/promtool" 2>&1; echo $?)|$(cat "$OUT/promtool")"
}
