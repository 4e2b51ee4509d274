#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# filter_vs_tcpdump.sh - an expression picks the packets that tcpdump picks, and compiles the same
# timeout: 300
cd "$(dirname "$0")/../.." || exit 1
ringtail=${BUILD:-build}/ringtail
failed=0

if ! command -v tcpdump >/dev/null; then
	echo "skip - filters_pick_what_tcpdump_picks: no tcpdump"
	exit 0
fi
# Those that tcpdump can read: of pcapng, not where interfaces differ in link type or snap length.
files=
for file in pcaps/*.pcap pcaps/*.pcapng ../shared/corpus/pcap/*.pcap*; do
	[ -e "$file" ] && tcpdump -r "$file" -w /dev/null 2>/dev/null && files="$files $file"
done
if [ -z "$files" ]; then
	echo "skip - filters_pick_what_tcpdump_picks: no captures"
	exit 0
fi

count() {
	"$@" 2>/dev/null | sed -n 's/^\([0-9]*\) packets\{0,1\}$/\1/p'
}

# The same number in each file; where one refuses the expression, the other must.
check() {
	for file in $files; do
		theirs=$(count tcpdump --count -r "$file" "$1")
		ours=$(count "$ringtail" --count -r "$file" "$1")
		if [ "$theirs" != "$ours" ]; then
			echo "# $file: tcpdump ${theirs:-refuses}, ringtail ${ours:-refuses}"
			return 1
		fi
		total=$((total + ${ours:-0}))
	done
}

total=0
while read -r expression; do
	if check "$expression"; then
		echo "ok - picks_what_tcpdump_picks '$expression'"
	else
		echo "not ok - picks_what_tcpdump_picks '$expression'"
		failed=1
	fi
done <<END
tcp
udp
ip6
arp
icmp or icmp6
tcp port 25
udp port 53 or port 5060
tcp[tcpflags] & (tcp-syn|tcp-fin) != 0
ip[6:2] & 0x1fff != 0
greater 500
less 80
not tcp
host 10.10.1.4
src net 192.168.0.0/16
portrange 1-1023
ether multicast
ip6 proto 44
ip and not udp
ip proto 47
len > 100 and tcp
END
if [ "$total" -eq 0 ]; then
	echo "not ok - some_packet_is_picked"
	failed=1
fi

same=yes
file=${files# }
file=${file%% *}
for style in -d -dd -ddd; do
	for expression in 'tcp port 25' 'vlan 7 and ip6' '' 'ip6 protochain 6' 'greater 100'; do
		theirs=$(tcpdump -r "$file" $style "$expression" 2>/dev/null)
		[ "$theirs" = "$("$ringtail" -r "$file" $style "$expression")" ] && continue
		echo "# $style '$expression' differs"
		same=no
	done
done
if [ $same = yes ]; then
	echo "ok - programs_are_printed_as_tcpdump_prints_them"
else
	echo "not ok - programs_are_printed_as_tcpdump_prints_them"
	failed=1
fi
exit $failed
