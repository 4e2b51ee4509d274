#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# cli.sh - what the command line takes and refuses, and with which exit status
cd "$(dirname "$0")/../.." || exit 1
ringtail=${RINGTAIL:-build/ringtail}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
file=pcaps/tcp_echo.pcap

check() {	# FACT: the last command's status
	if [ $? = 0 ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		sed 's/^/# /' "$tmp/out" "$tmp/err"
		failed=1
	fi
}

# ends STATUS ARG...: ringtail ends with it; its output is in $tmp/out and $tmp/err
ends() {
	wanted=$1
	shift
	"$ringtail" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[ $status = "$wanted" ] || { echo "status $status, not $wanted" >>"$tmp/err"; return 1; }
}

# complains STATUS TEXT ARG...: the same, and stderr has one line, of our form, with TEXT
complains() {
	wanted=$1 text=$2
	shift 2
	ends "$wanted" "$@" && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q '^ringtail: .*: ' "$tmp/err" &&
		grep -q -- "$text" "$tmp/err"
}

says() { grep -q -- "$1" "$tmp/out"; }
lines() { [ "$(wc -l <"$tmp/out")" = "$1" ]; }

ends 0 -h && says '^usage: ringtail' && says -- '--utc'
check 'help is printed to stdout'
ends 0 --version && says '^ringtail [0-9]' && says libpcap
check 'the version names libpcap too'
ends 0 -r $file && lines 14
check 'a file is printed, a line a packet'
ends 0 -c 3 -r $file && lines 3
check '-c stops after so many packets'
ends 0 --count -r $file && lines 1 && says '^14 packets$'
check '--count prints how many'
ends 0 -r $file 'tcp[tcpflags] & tcp-syn != 0' && lines 2
check 'a filter chooses packets'
ends 0 --fields ip.src,tcp.dstport --header -r $file && lines 15 && says '^ip.src	tcp.dstport$'
check 'fields come in columns, below a line of names'
complains 2 "'tcp.dstport'" --fields tcp.dstprot -r $file
check 'an unknown field is refused, and a near one named'
ends 0 --decode-as tcp.port==7,dns -r $file && says '\[prefix length'
check 'a port is decoded as what the reader says'
ends 0 --decode-as udp.port==53-54,data -Y 'udp && dns' --count -r pcaps/dns.pcap && says '^0 packets'
check 'a range of ports is decoded as nothing'
ends 0 --decode-as help && says '^udp.port:.* dns'
check 'what can be decoded as something is listed'
complains 2 "'tcp.port' meant" --decode-as tcp.prt==7,dns -r $file
check 'an unknown selector is refused, and a near one named'
complains 2 "'dns' meant" --decode-as tcp.port==7,dms -r $file
check 'an unknown protocol is refused, and a near one named'
complains 2 'from 0 to 65535' --decode-as tcp.port==70000,dns -r $file
check 'a value that no port has is refused'
complains 2 'from 0 to 255' --decode-as ip.proto==9-7,tcp -r $file
check 'a range that ends before it starts is refused'
complains 2 'of the form' --decode-as tcp.port=7 -r $file
check 'what is not of the form LAYER==VALUE,PROTOCOL is refused'
ends 0 --list-fields && says '^tcp.srcport	port	Transmission Control Protocol$'
check 'all fields can be listed'
echo 'tcp[tcpflags] & tcp-syn != 0' >"$tmp/filter"
ends 0 -F "$tmp/filter" -r $file && lines 2
check 'a filter may stand in a file'
"$ringtail" -r - <$file >"$tmp/out" 2>"$tmp/err" && lines 14
check 'a capture may come through stdin'
ends 0 -w "$tmp/copy.pcap" -r $file && cmp $file "$tmp/copy.pcap" >"$tmp/out" 2>&1
check 'a copy is the same, byte for byte'
"$ringtail" -w - -r $file 2>"$tmp/err" | cmp - $file >"$tmp/out" 2>&1
check 'a copy may go to stdout'
ends 0 --print -w "$tmp/copy.pcap" -r $file && lines 14 && cmp $file "$tmp/copy.pcap" >"$tmp/out" 2>&1
check '--print writes and prints'
TZ=Asia/Tokyo "$ringtail" --utc -r $file >"$tmp/out" 2>"$tmp/err" && TZ=UTC "$ringtail" -r $file | cmp - "$tmp/out"
check '--utc does not ask for the time zone'
ends 0 -D && says lo
check 'interfaces are listed'
ends 0 -d -r $file tcp && says '(000)' && ends 0 -ddd -r $file tcp && says '^[0-9]*$'
check 'a filter program is printed'
"$ringtail" -r $file 2>"$tmp/err" | head -1 >"$tmp/out" && lines 1 && [ ! -s "$tmp/err" ]
check 'a closed pipe is a quiet end'

# hangs PID: it comes to wait for a pipe, to read or to write
hangs() {
	for i in $(seq 500); do
		grep -qE 'pipe|poll' "/proc/$1/wchan" && return
		sleep 0.02
	done
	return 1
}

cp $file "$tmp/self.pcap"
"$ringtail" -r - -w "$tmp/self.pcap" <"$tmp/self.pcap" 2>"$tmp/out"
[ $? = 2 ] && "$ringtail" -r "$tmp/self.pcap" -w - >>"$tmp/self.pcap" 2>>"$tmp/out"
[ $? = 2 ] && cmp $file "$tmp/self.pcap" >>"$tmp/out"
check 'a file is not copied into itself, not through stdin or stdout either'
mkfifo "$tmp/idle"
"$ringtail" -r "$tmp/idle" >"$tmp/out" 2>"$tmp/err" &
reader=$!
exec 9>"$tmp/idle"
cat $file >&9
hangs $reader
kill $reader
( sleep 5; kill -9 $reader ) >/dev/null 2>&1 &
killer=$!
wait $reader && lines 14 && [ ! -s "$tmp/err" ]
check 'SIGTERM ends the wait for a pipe'
exec 9>&-
kill $killer
"$ringtail" --follow --count -r $file >"$tmp/out" 2>"$tmp/err" &
reader=$!
hangs $reader
kill $reader
kill $reader
wait $reader && grep -qx '14 packets' "$tmp/out"
check 'a signal that comes twice at once is one'
mkfifo "$tmp/stalled"
exec 9<>"$tmp/stalled"
tail -c +25 pcaps/offload.pcap >"$tmp/body"
{ head -c 24 pcaps/offload.pcap; for i in 1 2 3 4; do cat "$tmp/body"; done; } >"$tmp/long.pcap"
"$ringtail" -X -r "$tmp/long.pcap" >"$tmp/stalled" 2>"$tmp/err" &
writer=$!
{ hangs $writer && kill $writer && sleep 0.5 && hangs $writer && kill $writer; } || kill -9 $writer
wait $writer 2>/dev/null
[ $? = 143 ]
check 'a second signal ends a write that hangs'
exec 9>&-
"$ringtail" -r $file >&- 2>"$tmp/err"
[ $? = 6 ] && grep -q '^ringtail: standard output: ' "$tmp/err"
check 'a closed stdout cannot be written to: exit 6'
escape=$(printf '\033[31m\302\233\n.')
ends 2 -r "$escape" && cat "$tmp/err" >"$tmp/all" && ends 4 -i "$escape" && cat "$tmp/err" >>"$tmp/all" &&
	ends 2 -r $file "host $escape" && cat "$tmp/err" >>"$tmp/all" &&
	ends 2 -c "$escape" && cat "$tmp/err" >>"$tmp/all" && [ "$(wc -l <"$tmp/all")" = 4 ] &&
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177-\377]')" "$tmp/all"
check 'control characters of the command line are not printed'

complains 2 no/such/file -r no/such/file
check 'a file that is not there: exit 2'
complains 2 'any is all of them' -i lo -i any
check 'several interfaces are refused'
complains 2 nonsense --nonsense
check 'an unknown option: exit 2'
complains 2 'no argument' --count=3 -r $file
check 'an argument that an option does not take: exit 2'
complains 2 '-c' -c none -r $file
check 'a count that is no number: exit 2'
complains 2 'and and' -r $file 'tcp and and'
check 'a filter that cannot be compiled: exit 2'
complains 2 '' -r $file -i lo
check 'reading and capturing at once is refused'
complains 2 '' -r
check 'a missing argument: exit 2'
head -c 700 $file >"$tmp/cut.pcap"
complains 3 'byte' -r "$tmp/cut.pcap" && [ "$(wc -l <"$tmp/out")" -gt 3 ]
check 'a cut file: what is whole is printed, then where it broke; exit 3'
echo 'This is not a capture, but text of some length.' >"$tmp/text"
complains 3 "$tmp/text" -r "$tmp/text"
check 'what is no capture: exit 3'
: >"$tmp/empty"
complains 3 "$tmp/empty" -r "$tmp/empty"
check 'an empty file: exit 3'
complains 4 'no-such-if' -i no-such-if
check 'an interface that is not there: exit 4'
complains 6 '/no/such/' -r $file -w /no/such/directory
check 'a file that cannot be created: exit 6'
complains 6 'No space' -r $file -w /dev/full
check 'a full disk, written to: exit 6'
"$ringtail" -r $file >/dev/full 2>"$tmp/err"
[ $? = 6 ] && grep -q '^ringtail: .*: No space' "$tmp/err"
check 'a full disk, printed to: exit 6'
exit $failed
