#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# deps.sh SET... - install what SETs need; name what to install by hand where that is not possible
#
# The one list of packages (Debian 12): its set, what shows that it is there, the package.
list() {
	cat <<-END
	build	gcc			gcc
	build	make			make
	build	/usr/include/stdio.h	libc6-dev
	build	/usr/include/pcap.h	libpcap-dev
	build	/usr/include/pcre2.h	libpcre2-dev
	build	/usr/include/nettle/sha2.h	nettle-dev
	build	/usr/include/curses.h	libncurses-dev
	build	/usr/include/zlib.h	zlib1g-dev
	build	/usr/include/zstd.h	libzstd-dev
	build	/usr/include/lz4frame.h	liblz4-dev
	build	/usr/include/seccomp.h	libseccomp-dev
	build	/usr/include/cap-ng.h	libcap-ng-dev
	check	/usr/include/cmocka.h	libcmocka-dev
	check	/usr/include/vterm.h	libvterm-dev
	check	python3			python3
	check	tcpdump			tcpdump
	check	tshark			tshark
	check	ip			iproute2
	check	ping			iputils-ping
	check	tmux			tmux
	check	ethtool			ethtool
	check	setcap			libcap2-bin
	check	mkfs.ext4		e2fsprogs
	check	valgrind		valgrind
	check	gzip			gzip
	check	zstd			zstd
	check	lz4			lz4
	check	/usr/share/ieee-data/oui.csv	ieee-data
	record	dumpcap			wireshark-common
	record	dnsmasq			dnsmasq-base
	record	dig			bind9-dnsutils
	record	busybox			busybox-static
	record	dhclient		isc-dhcp-client
	record	curl			curl
	record	openssl			openssl
	record	gtlsclient		ngtcp2-client
	record	gtlsserver		ngtcp2-server
	record	nghttpd			nghttp2-server
	record	nghttp			nghttp2-client
	record	sshd			openssh-server
	record	ssh			openssh-client
	record	redis-cli		redis-tools
	record	redis-server		redis-server
	record	mosquitto		mosquitto
	record	mosquitto_pub		mosquitto-clients
	record	mariadbd		mariadb-server
	record	mariadb			mariadb-client
	record	/usr/lib/postgresql	postgresql
	lint	clang-tidy		clang-tidy
	lint	cppcheck		cppcheck
	format	git-clang-format	clang-format
	fuzz	clang			clang
	fuzz	/usr/lib/clang		libclang-rt-dev
	bench	python3			python3
	bench	tcpdump			tcpdump
	bench	valgrind		valgrind
	END
}

missing() {
	for set; do
		list | while read -r of sign package; do
			[ "$of" = "$set" ] || continue
			case $sign in
			/*) [ -e "$sign" ] ;;
			*) PATH=$PATH:/usr/sbin:/sbin command -v "$sign" >/dev/null ;;
			esac || echo "$package"
		done
	done | sort -u | paste -sd ' ' -
}

by_hand() {
	echo "ringtail: $packages: $1: as root: apt-get install $packages" >&2
	exit 1
}

packages=$(missing "$@")
[ -n "$packages" ] || exit 0
sudo=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || by_hand 'missing, and neither root nor sudo'
	sudo='sudo'
fi
command -v apt-get >/dev/null || by_hand 'missing, and no apt-get (names are those of Debian)'
echo "installing: $packages"
# shellcheck disable=SC2086
install() {
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ install || { $sudo apt-get update -qq && install; }; } >"$log" 2>&1 || {
	tail -5 "$log" >&2
	by_hand 'could not be installed'
}
[ -z "$(missing "$@")" ] || by_hand 'still missing'
