#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# record.sh [NAME...] - record the conversations of real programs that pcaps/ holds (as root)
#
# Three network namespaces, near - middle - far: veth wires, documentation addresses. All of it is made
# here and taken away at the end. Times, ports and sequence numbers differ from run to run.
set -u
cd "$(dirname "$0")/.." || exit 1
tests/deps.sh build check record && make -s programs || exit 1
peers=$PWD/build/tests/peers out=$PWD/pcaps tmp=$(mktemp -d)
near=rtnear$$ middle=rtmid$$ far=rtfar$$
pids=

cleanup() {
	# shellcheck disable=SC2086
	[ -z "$pids" ] || kill $pids 2>/dev/null
	for ns in $near $middle $far; do ip netns del $ns 2>/dev/null; done
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

in_near() { ip netns exec $near "$@"; }
in_middle() { ip netns exec $middle "$@"; }
in_far() { ip netns exec $far "$@"; }

# wire NS IF MAC NS IF MAC: a veth pair without offloads, so that checksums are those of the wire
wire() {
	ip -n $1 link add $2 address $3 type veth peer name $5 address $6 netns $4
	for end in "$1 $2" "$4 $5"; do
		ip netns exec ${end% *} ethtool -K ${end#* } tx off rx off tso off gso off gro off >/dev/null 2>&1
		ip -n ${end% *} link set ${end#* } up
	done
}

# Fresh namespaces; near and far are neighbours on 192.0.2.0/24 and 2001:db8::/64.
setup() {
	for ns in $near $middle $far; do
		ip netns del $ns 2>/dev/null
		ip netns add $ns
		ip netns exec $ns sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 \
			net.ipv6.conf.default.router_solicitations=0 net.ipv6.conf.default.mldv1_unsolicited_report_interval=0
		ip -n $ns link set lo up
	done
}

addresses() {
	ip -n $near addr add 192.0.2.1/24 dev $1
	ip -n $near addr add 2001:db8::1/64 dev $1 nodad
	ip -n $far addr add 192.0.2.2/24 dev $2
	ip -n $far addr add 2001:db8::2/64 dev $2 nodad
	sleep 2		# till the interfaces have introduced themselves
}

neighbours() {
	setup
	wire $near eth0 02:00:00:00:00:01 $far eth0 02:00:00:00:00:02
	addresses eth0 eth0
}

# Each through a relay in the middle: relayed OPTION... - its options; what passes is seen at near.
relayed() {
	setup
	wire $near eth0 02:00:00:00:00:01 $middle left 02:00:00:00:00:11
	wire $middle right 02:00:00:00:00:12 $far eth0 02:00:00:00:00:02
	serve middle $peers/relay "$@" left right
	addresses eth0 eth0
}

# near and far in different networks, the middle routes.
routed() {
	setup
	wire $near eth0 02:00:00:00:00:01 $middle left 02:00:00:00:00:11
	wire $middle right 02:00:00:00:00:12 $far eth0 02:00:00:00:00:02
	in_middle sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.icmp_ratelimit=0 \
		net.ipv6.icmp.ratelimit=0
	ip -n $near addr add 192.0.2.1/25 dev eth0
	ip -n $near addr add 2001:db8:0:1::1/64 dev eth0 nodad
	ip -n $middle addr add 192.0.2.126/25 dev left
	ip -n $middle addr add 2001:db8:0:1::fe/64 dev left nodad
	ip -n $middle addr add 192.0.2.254/25 dev right
	ip -n $middle addr add 2001:db8:0:2::fe/64 dev right nodad
	ip -n $far addr add 192.0.2.129/25 dev eth0
	ip -n $far addr add 2001:db8:0:2::1/64 dev eth0 nodad
	ip -n $near route add default via 192.0.2.126
	ip -n $near route add default via 2001:db8:0:1::fe
	ip -n $far route add default via 192.0.2.254
	ip -n $far route add default via 2001:db8:0:2::fe
	sleep 2
}

# serve SIDE PROGRAM...: runs till the end of the conversation; it says "ready" when it is
serve() {
	side=$1
	shift
	: >"$tmp/ready"
	# shellcheck disable=SC2154
	eval "ns=\$$side"
	ip netns exec "$ns" "$@" >"$tmp/ready" &
	pids="$pids $!"
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		grep -q ready "$tmp/ready" && return
		sleep 0.1
	done
	echo "record.sh: $* is not ready" >&2
}

# record SIDE NAME TOOL ARG...: until finish
record() {
	side=$1 name=$2 tool=$3
	shift 3
	case $tool in
	tcpdump) set -- tcpdump -Z root -U --immediate-mode -w "$tmp/$name" "$@" ;;
	dumpcap) set -- dumpcap -w "$tmp/$name" "$@" ;;
	esac
	eval "ns=\$$side"
	ip netns exec "$ns" "$@" 2>"$tmp/log" &
	recorder=$!
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		grep -Eq 'listening on|^File:' "$tmp/log" && break
		sleep 0.1
	done
	sleep 0.3
}

finish() {
	sleep 1.2
	kill $recorder
	wait $recorder
	# shellcheck disable=SC2086
	[ -z "$pids" ] || kill $pids 2>/dev/null
	pids=
	sed -i '/^Packets/d' "$tmp/log"
	install -m 644 "$tmp/$name" "$out/$name"
	echo "$name: $(capinfos -Tcrs "$out/$name" 2>/dev/null | cut -f2-4 | tr '\t' ' ') packets, $(stat -c %s "$out/$name") bytes"
}

tcp_echo() {
	neighbours
	serve far $peers/echo_server -n 1 192.0.2.2 7
	record near tcp_echo.pcap tcpdump -i eth0 ip
	in_near $peers/echo_client 192.0.2.2 7 hello 'how are you?' bye
	finish
}

tcp_echo6() {
	neighbours
	serve far $peers/echo_server -n 1 2001:db8::2 7
	record near tcp_echo6.pcapng dumpcap -i eth0 -f 'ip6 and tcp'
	in_near $peers/echo_client 2001:db8::2 7 hello 'how are you?' bye
	finish
}

udp_echo() {
	neighbours
	serve far $peers/echo_server -u -n 3 192.0.2.2 7
	record near udp_echo.pcap tcpdump -i eth0 --time-stamp-precision nano udp
	in_near $peers/echo_client -u 192.0.2.2 7 hello 'how are you?' bye
	finish
}

udp_echo6() {
	neighbours
	serve far $peers/echo_server -u -n 3 2001:db8::2 7
	record near udp_echo6.pcapng dumpcap -i eth0 -f udp
	in_near $peers/echo_client -u 2001:db8::2 7 hello 'how are you?' bye
	finish
}

udplite_echo() {
	neighbours
	serve far $peers/echo_server -l -n 2 192.0.2.2 7
	serve far $peers/echo_server -l -n 2 2001:db8::2 7
	record near udplite_echo.pcap tcpdump -i eth0 'ip proto 136 or ip6 proto 136'
	in_near $peers/echo_client -l 192.0.2.2 7 hello bye
	in_near $peers/echo_client -l 2001:db8::2 7 hello bye
	finish
}

# The second client is connected, and sends, but is not served before the first has gone.
one_at_a_time() {
	neighbours
	serve far $peers/echo_server -n 2 192.0.2.2 7
	record near one_at_a_time.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -w 700 192.0.2.2 7 first bye &
	client=$!
	sleep 0.2
	in_near $peers/echo_client 192.0.2.2 7 second bye
	wait $client
	finish
}

loopback() {
	neighbours
	serve near $peers/echo_server -n 1 127.0.0.1 7
	serve near $peers/echo_server -u -n 1 ::1 7
	record near loopback.pcap tcpdump -i lo
	in_near $peers/echo_client 127.0.0.1 7 hello
	in_near $peers/echo_client -u ::1 7 hello
	in_near ping -qc 1 127.0.0.1 >/dev/null
	finish
}

refused() {
	neighbours
	record near refused.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client 192.0.2.2 9 hello
	in_near $peers/echo_client 2001:db8::2 9 hello
	finish
}

# 192.0.2.99 has an Ethernet address, but nobody has it: three SYNs, 1 and 2 seconds apart.
connect_timeout() {
	neighbours
	in_near sysctl -qw net.ipv4.tcp_syn_retries=2 net.ipv4.tcp_syn_linear_timeouts=0
	ip -n $near neigh add 192.0.2.99 lladdr 02:00:00:00:00:63 dev eth0
	record near timeout.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client 192.0.2.99 7 hello
	finish
}

broken_pipe() {
	neighbours
	serve far $peers/echo_server -g -n 1 192.0.2.2 7
	record near broken_pipe.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -B 192.0.2.2 7 hello
	finish
}

half_close() {
	neighbours
	serve far $peers/echo_server -n 1 192.0.2.2 7
	record near half_close.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -H 192.0.2.2 7 hello
	finish
}

# By tc-netem(8) where the kernel has it, else by a relay that loses one large frame of 11.
loss() {
	relayed -l 11
	serve far $peers/echo_server -n 1 192.0.2.2 7
	if in_near tc qdisc add dev eth0 root netem loss 8% delay 5ms 2>/dev/null; then
		echo "loss by netem"
	fi
	record near tcp_loss.pcap tcpdump -i eth0 -s 96 tcp
	in_near $peers/echo_client -b 60000 192.0.2.2 7
	finish
}

ping_() {
	neighbours
	record near ping.pcap tcpdump -i eth0 icmp
	in_near ping -qc 2 192.0.2.2 >/dev/null
	in_near ping -qc 1 -p deadbeef -s 0 192.0.2.2 >/dev/null
	in_near ping -qc 1 -R 192.0.2.2 >/dev/null
	in_near ping -qc 1 -T tsandaddr 192.0.2.2 >/dev/null
	finish
	record near ping6.pcapng dumpcap -i eth0 -f icmp6
	in_near ping -qc 2 2001:db8::2 >/dev/null
	in_near ping -qc 1 -I eth0 ff02::1 >/dev/null
	finish
}

# Port, host, protocol and time; a packet too big for the next wire; a redirect.
unreachable() {
	routed
	ip -n $middle link set right mtu 1300
	record near unreachable.pcap tcpdump -i eth0 icmp or udp or tcp
	in_near $peers/echo_client -u 192.0.2.129 9 hello 2>/dev/null
	in_near ping -qc 1 -t 1 192.0.2.129 >/dev/null
	in_near ping -qc 1 -W 4 192.0.2.200 >/dev/null
	in_near ping -qc 1 -M do -s 1400 192.0.2.129 >/dev/null
	in_near ping -qc 1 -W 1 198.51.100.1 >/dev/null
	ip -n $middle route add prohibit 198.51.100.2
	in_near ping -qc 1 -W 1 198.51.100.2 >/dev/null
	in_near $peers/echo_client -l 192.0.2.129 9 hello 2>/dev/null
	finish
	record near unreachable6.pcap tcpdump -i eth0 'icmp6 and ip6[40] < 5 or udp'
	in_near $peers/echo_client -u 2001:db8:0:2::1 9 hello 2>/dev/null
	in_near ping -qc 1 -t 1 2001:db8:0:2::1 >/dev/null
	in_near ping -qc 1 -W 4 2001:db8:0:2::99 >/dev/null
	in_near ping -qc 1 -M do -s 1400 2001:db8:0:2::1 >/dev/null
	in_near ping -qc 1 -W 1 2001:db8:9::1 >/dev/null
	ip -n $middle route add prohibit 2001:db8:9::2
	in_near ping -qc 1 -W 1 2001:db8:9::2 >/dev/null
	finish
}

arp() {
	neighbours
	record near arp.pcap tcpdump -i eth0 arp
	ip -n $near neigh flush dev eth0
	ip -n $far neigh flush dev eth0
	in_near ping -qc 1 192.0.2.2 >/dev/null
	in_near ping -qc 1 -W 2 192.0.2.77 >/dev/null
	in_far sysctl -qw net.ipv4.conf.eth0.arp_notify=1
	ip -n $far link set eth0 down
	ip -n $far link set eth0 up
	finish
}

# Duplicate address detection, solicitations and advertisements of neighbours and of a router.
nd() {
	neighbours
	in_near sysctl -qw net.ipv6.conf.eth0.accept_dad=1 net.ipv6.conf.eth0.router_solicitations=1 \
		net.ipv6.conf.eth0.dad_transmits=1 net.ipv6.conf.eth0.autoconf=1
	record near nd.pcap tcpdump -i eth0 icmp6
	ip netns exec $far dnsmasq -k -p 0 -i eth0 -C /dev/null --enable-ra --dhcp-range=2001:db8::,ra-only,64,600 \
		--dhcp-option=option6:dns-server,[2001:db8::53] --dhcp-option=option6:domain-search,example.org \
		--ra-param=eth0,mtu:1400,high,10,1200 --dhcp-leasefile="$tmp/leases" 2>/dev/null &
	pids="$pids $!"
	sleep 1
	ip -n $near link set eth0 down
	ip -n $near link set eth0 up
	sleep 3
	ip -n $near addr add 2001:db8::77/64 dev eth0
	ip -n $near neigh flush dev eth0
	in_near ping -qc 1 2001:db8::2 >/dev/null
	in_near ping -qc 1 -W 2 2001:db8::99 >/dev/null
	finish
}

fragments() {
	neighbours
	record near fragments.pcap tcpdump -i eth0 icmp
	in_near ping -qc 1 -s 4000 192.0.2.2 >/dev/null
	finish
	serve far $peers/echo_server -u -n 1 2001:db8::2 7
	record near fragments6.pcapng dumpcap -i eth0 -f 'ip6 proto 44'
	in_near ping -qc 1 -s 3000 2001:db8::2 >/dev/null
	in_near $peers/echo_client -u 2001:db8::2 7 "$(printf '%01600d' 7)"
	finish
}

# Tags as an access switch puts them on; seen between it and the next one.
vlan() {
	for kind in vlan.pcap:8100.6064 vlan_double.pcapng:8100.0064,88a8.00c8; do
		setup
		wire $near eth0 02:00:00:00:00:01 $middle left 02:00:00:00:00:11
		wire $middle right 02:00:00:00:00:12 $far trunk 02:00:00:00:00:13
		wire $far right 02:00:00:00:00:14 $far eth0 02:00:00:00:00:02
		tags=$(echo ",${kind#*:}" | sed 's/,/ -t /g')
		# shellcheck disable=SC2086
		serve middle $peers/relay $tags left right
		# shellcheck disable=SC2086
		serve far $peers/relay $tags right trunk
		in_far sysctl -qw net.ipv4.conf.all.arp_ignore=1
		addresses eth0 eth0
		serve far $peers/echo_server -n 1 192.0.2.2 7
		tool=tcpdump
		[ "${kind%%:*}" = vlan.pcap ] || tool=dumpcap
		record middle "${kind%%:*}" $tool -i right
		in_near ping -qc 1 192.0.2.2 >/dev/null
		in_near ping -qc 1 2001:db8::2 >/dev/null
		in_near $peers/echo_client 192.0.2.2 7 hello
		finish
	done
}

dns() {
	neighbours
	ip netns exec $far dnsmasq -k -i eth0 -C /dev/null --no-resolv --no-hosts --local=/org/ \
		--address=/www.example.org/192.0.2.80 --address=/www.example.org/2001:db8::80 \
		--cname=alias.example.org,host.example.org --host-record=host.example.org,192.0.2.81,2001:db8::81 \
		--mx-host=example.org,mail.example.org,10 --srv-host=_sip._udp.example.org,sip.example.org,5060,10,5 \
		--txt-record=example.org,'v=spf1 -all','second string' --caa-record=example.org,0,issue,ca.example.net \
		--naptr-record=example.org,10,20,S,SIP+D2U,,_sip._udp.example.org \
		--ptr-record=2.2.0.192.in-addr.arpa,host.example.org --txt-record=big.example.org,"$(printf '%0200d' 1)","$(printf '%0200d' 2)","$(printf '%0200d' 3)" \
		--auth-server=ns.example.org,2001:db8::2 --auth-zone=zone.example.org --auth-soa=2026,host.example.org 2>/dev/null &
	pids="$pids $!"
	sleep 1
	record near dns.pcap tcpdump -i eth0 port 53
	ask() { in_near dig +tries=1 +time=2 @192.0.2.2 "$@" >/dev/null; }
	ask www.example.org A
	ask www.example.org AAAA +noedns
	ask alias.example.org A
	ask example.org MX
	ask example.org TXT
	ask _sip._udp.example.org SRV
	ask -x 192.0.2.2
	ask nowhere.example.org A
	ask example.org CAA
	ask example.org NAPTR
	ask example.org ANY +noedns
	ask www.example.org A +dnssec +subnet=198.51.100.0/24 +nsid
	ask big.example.org TXT +bufsize=512 +ignore
	ask big.example.org TXT +bufsize=512
	ask example.com A
	ask www.example.org A +tcp
	ask version.bind TXT CH
	ask example.org A +opcode=notify
	for type in SOA NS AAAA; do
		in_near dig +tries=1 +time=2 @2001:db8::2 zone.example.org $type >/dev/null
	done
	finish
}

http() {
	neighbours
	mkdir -p "$tmp/www"
	echo 'It works.' >"$tmp/www/index.html"
	ip netns exec $far python3 -m http.server -b 192.0.2.2 -d "$tmp/www" 80 >/dev/null 2>&1 &
	pids="$pids $!"
	sleep 1
	record near http.pcap tcpdump -i eth0 tcp
	in_near curl -s http://192.0.2.2/ http://192.0.2.2/missing -o /dev/null -o /dev/null
	in_near curl -sI http://192.0.2.2/ >/dev/null
	finish
}

# Posted, in chunks, kept open for a second request, and long headers that span segments.
http_bodies() {
	neighbours
	cat >"$tmp/server.py" <<-'END'
	import http.server
	class Handler(http.server.BaseHTTPRequestHandler):
	    protocol_version = "HTTP/1.1"
	    def do_POST(self):
	        self.rfile.read(int(self.headers["Content-Length"]))
	        self.send_response(201)
	        self.send_header("Content-Type", "application/json")
	        self.send_header("Transfer-Encoding", "chunked")
	        self.end_headers()
	        self.wfile.write(b"7\r\n{\"ok\": \r\n5\r\ntrue}\r\n0\r\n\r\n")
	    def do_GET(self):
	        self.send_response(302)
	        self.send_header("Location", "/there")
	        self.send_header("Set-Cookie", "session=1234")
	        self.send_header("Content-Length", "0")
	        self.end_headers()
	http.server.HTTPServer(("192.0.2.2", 8080), Handler).serve_forever()
	END
	ip netns exec $far python3 "$tmp/server.py" 2>/dev/null &
	pids="$pids $!"
	sleep 1
	record near http_bodies.pcap tcpdump -i eth0 tcp
	in_near curl -s -H 'Content-Type: application/json' -d '{"name": "value"}' http://192.0.2.2:8080/items -o /dev/null \
		--next -s -H 'Cookie: a=b' -e http://192.0.2.2/ -u user:secret 'http://192.0.2.2:8080/here?x=1' -o /dev/null \
		--next -s -H "X-Long: $(printf '%02000d' 7)" http://192.0.2.2:8080/long -o /dev/null
	finish
}

http2() {
	neighbours
	mkdir -p "$tmp/www"
	echo 'It works.' >"$tmp/www/index.html"
	ip netns exec $far nghttpd --no-tls -d "$tmp/www" -a 192.0.2.2 80 >/dev/null 2>&1 &
	pids="$pids $!"
	sleep 1
	record near http2.pcap tcpdump -i eth0 tcp
	in_near curl -s --http2-prior-knowledge http://192.0.2.2/ http://192.0.2.2/missing -o /dev/null -o /dev/null
	in_near nghttp -n http://192.0.2.2/ >/dev/null
	finish
}

ssh() {
	neighbours
	ssh-keygen -q -t ed25519 -N '' -f "$tmp/host"
	ssh-keygen -q -t ed25519 -N '' -f "$tmp/user"
	chmod 755 "$tmp"
	mkdir -p /run/sshd
	ip netns exec $far /usr/sbin/sshd -D -f /dev/null -h "$tmp/host" -o ListenAddress=192.0.2.2 \
		-o AuthorizedKeysFile="$tmp/user.pub" -o StrictModes=no -o PidFile=none 2>/dev/null &
	pids="$pids $!"
	sleep 1
	record near ssh.pcap tcpdump -i eth0 tcp
	in_near ssh -F /dev/null -i "$tmp/user" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes \
		192.0.2.2 true 2>/dev/null
	finish
}

redis() {
	neighbours
	ip netns exec $far redis-server --bind 192.0.2.2 --protected-mode no --save '' --dir "$tmp" >/dev/null 2>&1 &
	pids="$pids $!"
	sleep 1
	record near redis.pcap tcpdump -i eth0 tcp
	for command in 'SET greeting hello' 'GET nothing' 'RPUSH list one two three' 'LRANGE list 0 -1' 'NOSUCH command'; do
		# shellcheck disable=SC2086
		in_near redis-cli -h 192.0.2.2 $command >/dev/null
	done
	finish
}

mqtt() {
	neighbours
	printf 'listener 1883 192.0.2.2\nallow_anonymous true\nuser root\n' >"$tmp/mosquitto.conf"
	ip netns exec $far mosquitto -c "$tmp/mosquitto.conf" 2>/dev/null &
	pids="$pids $!"
	sleep 1
	for version in 311 5; do
		record near mqtt_v$version.pcap tcpdump -i eth0 tcp
		in_near mosquitto_sub -h 192.0.2.2 -V $version -i reader -q 1 -t 'rooms/+/temperature' -C 2 >/dev/null &
		reader=$!
		sleep 0.5
		in_near mosquitto_pub -h 192.0.2.2 -V $version -i sensor -u name -P secret -q 2 -t rooms/1/temperature -m 21.5 \
			--will-topic rooms/1/state --will-payload gone
		in_near mosquitto_pub -h 192.0.2.2 -V $version -t rooms/2/temperature -m 19
		wait $reader
		sleep 0.2
		keep=$pids pids=
		finish
		pids=$keep
	done
	# shellcheck disable=SC2086
	kill $pids
	pids=
}

pgsql() {
	neighbours
	bin=$(echo /usr/lib/postgresql/*/bin)
	chmod 755 "$tmp"
	install -d -o postgres "$tmp/pg"
	runuser -u postgres -- "$bin/initdb" -D "$tmp/pg" -A trust -N >/dev/null
	echo 'host all all 192.0.2.0/24 trust' >>"$tmp/pg/pg_hba.conf"
	ip netns exec $far runuser -u postgres -- "$bin/postgres" -D "$tmp/pg" -h 192.0.2.2 -k "$tmp/pg" >/dev/null 2>&1 &
	pids="$pids $!"
	sleep 4
	record near pgsql.pcap tcpdump -i eth0 tcp
	in_near psql -q -h 192.0.2.2 -U postgres >/dev/null 2>&1 <<-END
	CREATE TEMP TABLE rooms (id int, name text);
	INSERT INTO rooms VALUES (1, 'kitchen'), (2, NULL);
	SELECT * FROM rooms;
	SELECT * FROM nothing;
	END
	finish
}

mysql() {
	neighbours
	chmod 755 "$tmp"
	install -d -o mysql "$tmp/my"
	mariadb-install-db --no-defaults --user=mysql --datadir="$tmp/my" --skip-test-db --auth-root-authentication-method=normal \
		>/dev/null 2>&1
	ip netns exec $far mariadbd --no-defaults --user=mysql --datadir="$tmp/my" --bind-address=192.0.2.2 --socket="$tmp/my/socket" \
		--pid-file="$tmp/my/pid" --skip-name-resolve >/dev/null 2>&1 &
	pids="$pids $!"
	sleep 4
	in_far mariadb --no-defaults -S "$tmp/my/socket" -u root -e "CREATE USER reader@'%' IDENTIFIED BY 'secret'; CREATE DATABASE home;
		GRANT ALL ON home.* TO reader@'%'"
	record near mysql.pcap tcpdump -i eth0 tcp
	in_near mariadb --no-defaults --skip-ssl -h 192.0.2.2 -u reader -psecret home -f >/dev/null 2>&1 <<-END
	CREATE TEMPORARY TABLE rooms (id int, name text);
	INSERT INTO rooms VALUES (1, 'kitchen'), (2, NULL);
	SELECT * FROM rooms;
	SELECT * FROM nothing;
	END
	finish
}

# Reports of each version, as an answer to a bridge that asks.
multicast() {
	for v in 1 2 3; do
		setup
		wire $near eth0 02:00:00:00:00:01 $middle left 02:00:00:00:00:11
		in_near sysctl -qw net.ipv4.conf.eth0.force_igmp_version=$v net.ipv6.conf.eth0.force_mld_version=$((v > 1 ? 2 : 1))
		addresses eth0 lo
		ip -n $near route add 224.0.0.0/4 dev eth0
		record near multicast_v$v.pcap tcpdump -i eth0 'igmp or (icmp6 and not ip6 src ::) or ip6[6] == 0'
		ip -n $middle link add br0 type bridge mcast_snooping 1 mcast_querier 1 mcast_igmp_version $((v > 2 ? 3 : 2)) \
			mcast_mld_version $((v > 1 ? 2 : 1)) mcast_startup_query_count 2 mcast_startup_query_interval 200 \
			mcast_query_response_interval 100
		ip -n $middle addr add 192.0.2.3/24 dev br0
		ip -n $middle link set left master br0
		ip -n $middle link set br0 up
		sleep 1
		in_near $peers/join eth0 239.1.2.3 &
		in_near $peers/join eth0 ff05::123 &
		[ $v -lt 3 ] || in_near $peers/join eth0 232.1.2.3 198.51.100.7 &
		[ $v -lt 3 ] || in_near $peers/join eth0 ff35::7 2001:db8::7 &
		sleep 4
		finish
	done
}

# Fast open (asks for a cookie, then uses it), MPTCP, MD5 signatures.
options() {
	neighbours
	in_near sysctl -qw net.ipv4.tcp_fastopen=1
	in_far sysctl -qw net.ipv4.tcp_fastopen=2
	serve far $peers/echo_server -f -n 2 192.0.2.2 7
	record near tcp_fast_open.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -f 192.0.2.2 7 hello
	in_near $peers/echo_client -f 192.0.2.2 7 hello
	finish
	ip -n $near addr add 192.0.2.11/24 dev eth0
	ip -n $near mptcp endpoint add 192.0.2.11 subflow
	ip -n $far mptcp endpoint add 192.0.2.2 signal
	ip -n $far addr add 192.0.2.22/24 dev eth0
	ip -n $far mptcp endpoint add 192.0.2.22 signal
	in_near ip mptcp limits set subflow 2 add_addr_accepted 2
	in_far ip mptcp limits set subflow 2 add_addr_accepted 2
	serve far $peers/echo_server -m -n 1 192.0.2.2 7
	record near mptcp.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -m 192.0.2.2 7 hello 'how are you?' bye
	finish
	serve far $peers/echo_server -5 secret -p 192.0.2.1 -n 1 192.0.2.2 7
	record near tcp_md5.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -5 secret 192.0.2.2 7 hello
	finish
}

# A server's certificate, of a key of the kind that openssl req -newkey takes.
certificate() {
	openssl req -x509 -newkey $1 -nodes -keyout "$tmp/key.pem" -out "$tmp/cert.pem" -days 30 \
		-subj /CN=example.org -addext subjectAltName=DNS:example.org 2>/dev/null
}

# https PORT OPTION...: a TLS server, till the end of the conversation
https() {
	port=$1
	shift
	ip netns exec $far openssl s_server -quiet -accept "$port" -cert "$tmp/cert.pem" -key "$tmp/key.pem" -www \
		-alpn h2,http/1.1 "$@" >/dev/null 2>&1 &
	pids="$pids $!"
	sleep 0.5
}

# get OPTION...: what a client asks of it
get() {
	printf 'GET / HTTP/1.0\r\n\r\n' | ip netns exec $near timeout 3 openssl s_client -ign_eof -servername example.org \
		"$@" >/dev/null 2>&1
}

# TLS 1.3, the same resumed, after another try for the group, with a client's certificate; 1.2 with both key
# exchanges and resumed; what is refused; and all of it at once on a port that is nobody's.
tls() {
	neighbours
	certificate 'ec -pkeyopt ec_paramgen_curve:P-256'
	record near tls.pcap tcpdump -i eth0 tcp
	https 443 -groups P-384:X25519 -verify 1 -verify_quiet
	get -connect 192.0.2.2:443 -alpn h2,http/1.1 -groups X25519 -sess_out "$tmp/session"
	get -connect 192.0.2.2:443 -alpn h2 -groups X25519 -sess_in "$tmp/session"
	get -connect 192.0.2.2:443 -groups X448:P-384 -cert "$tmp/cert.pem" -key "$tmp/key.pem"
	get -connect 192.0.2.2:443 -tls1_2 -alpn http/1.1 -sess_out "$tmp/session12" -status
	get -connect 192.0.2.2:443 -tls1_2 -sess_in "$tmp/session12"
	get -connect 192.0.2.2:443 -groups P-521
	get -connect 192.0.2.2:443 -tls1_1 -cipher DEFAULT@SECLEVEL=0
	certificate rsa:2048
	https 4433 -tls1_2
	get -connect 192.0.2.2:4433 -cipher AES128-SHA
	get -connect 192.0.2.2:4433 -cipher DHE-RSA-AES128-GCM-SHA256
	finish
}

# HTTP/3 over QUIC, by a version that nobody speaks, and from a server that wants to be sure of the client's
# address first.
quic_client() {
	in_near timeout 3 gtlsclient -q --no-pmtud --sni example.org -v "$1" --exit-on-all-streams-close \
		192.0.2.2 "$2" https://example.org/ >/dev/null 2>&1
}

quic() {
	neighbours
	certificate 'ec -pkeyopt ec_paramgen_curve:P-256'
	mkdir -p "$tmp/www"
	echo 'hello over QUIC' >"$tmp/www/index.html"
	for options in '443 -q' '4434 -V'; do
		# shellcheck disable=SC2086
		ip netns exec $far gtlsserver -q --no-pmtud -d "$tmp/www" ${options#* } 192.0.2.2 ${options%% *} \
			"$tmp/key.pem" "$tmp/cert.pem" >/dev/null 2>&1 &
		pids="$pids $!"
	done
	sleep 0.5
	record near quic.pcap tcpdump -i eth0 udp
	quic_client 0x1 443
	quic_client 0x1a2a3a4a 443
	quic_client 0x1 4434
	finish
}

cooked() {
	for kind in LINUX_SLL2:cooked.pcap LINUX_SLL:cooked_v1.pcap; do
		neighbours
		serve far $peers/echo_server -u -n 2 192.0.2.2 7
		serve near $peers/echo_server -n 1 ::1 7
		record near "${kind#*:}" tcpdump -i any -y "${kind%:*}"
		in_near $peers/echo_client -u 192.0.2.2 7 hello bye
		in_near ping -qc 1 2001:db8::2 >/dev/null
		in_near $peers/echo_client ::1 7 hello
		finish
	done
}

# A tun(4) interface carries bare IP packets.
tun() {
	setup
	serve near $peers/tunnel tun0 tun0 /run/netns/$far
	ip -n $near link set tun0 up
	ip -n $far link set tun0 up
	addresses tun0 tun0
	serve far $peers/echo_server -n 1 2001:db8::2 7
	record near tun.pcap tcpdump -i tun0
	in_near ping -qc 1 192.0.2.2 >/dev/null
	in_near $peers/echo_client 2001:db8::2 7 hello
	finish
}

# An address each from dnsmasq, and given back; busybox has no DHCP over IPv6.
dhcp() {
	neighbours
	ip -n $near addr flush dev eth0 scope global
	printf 'send host-name "near";\nrequest subnet-mask, routers, domain-search, ntp-servers;\n' >"$tmp/dhclient.conf"
	ip netns exec $far dnsmasq -k -i eth0 -C /dev/null --no-resolv --no-hosts --port=0 --no-ping --dhcp-authoritative \
		--leasefile-ro --dhcp-range=192.0.2.100,192.0.2.150,1h --dhcp-range=2001:db8::100,2001:db8::150,64,1h --enable-ra \
		--domain=example.org --dhcp-option=option:ntp-server,192.0.2.4 --dhcp-option=option:domain-search,example.org,lab.example.org \
		--dhcp-option=option:classless-static-route,198.51.100.0/24,192.0.2.3 --dhcp-boot=pxelinux.0,boothost,192.0.2.5 \
		--dhcp-option=option6:dns-server,[2001:db8::2] --dhcp-option=option6:domain-search,example.org \
		--dhcp-option=option6:ntp-server,[2001:db8::4] 2>/dev/null &
	pids="$pids $!"
	sleep 1
	record near dhcp.pcap tcpdump -i eth0 port 67 or port 547 or port 546
	in_near busybox udhcpc -i eth0 -n -q -R -f -s /bin/true -x hostname:near -O search -O staticroutes 2>/dev/null
	for way in -4 -6; do
		in_near timeout 20 dhclient $way -1 -cf "$tmp/dhclient.conf" -lf "$tmp/leases$way" -pf "$tmp/pid$way" -sf /bin/true eth0 2>/dev/null
		in_near timeout 20 dhclient $way -r -cf "$tmp/dhclient.conf" -lf "$tmp/leases$way" -pf "$tmp/pid$way" -sf /bin/true eth0 2>/dev/null
	done
	finish
}

# Checksums left to a card that is none: tcpdump calls them incorrect.
offload() {
	neighbours
	in_near ethtool -K eth0 tx on tso on gso on >/dev/null 2>&1
	in_far ethtool -K eth0 tx on tso on gso on >/dev/null 2>&1
	serve far $peers/echo_server -n 1 192.0.2.2 7
	record near offload.pcap tcpdump -i eth0 tcp
	in_near $peers/echo_client -b 12000 192.0.2.2 7
	finish
}

all='tcp_echo tcp_echo6 udp_echo udp_echo6 udplite_echo one_at_a_time loopback refused connect_timeout
broken_pipe half_close loss ping_ unreachable arp nd fragments vlan dns dhcp http http_bodies http2 ssh redis mqtt pgsql mysql tls quic multicast options cooked tun offload'
for part in ${*:-$all}; do $part; done
