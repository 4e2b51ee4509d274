#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# as_root.sh RINGTAIL [ARG...] - run it, by sudo where it is to capture and this user may not
needs_root() {
	[ "$(id -u)" != 0 ] || return 1
	for arg; do
		case $arg in
		-r* | --read* | -h | --help | --version | -D | --list-interfaces) return 1 ;;
		esac
	done
	! PATH=$PATH:/usr/sbin:/sbin getcap "$ringtail" 2>/dev/null | grep -q cap_net_raw
}

ringtail=$1
shift
if needs_root "$@"; then
	command -v sudo >/dev/null || {
		echo "ringtail: capturing: neither root nor sudo: as root: setcap cap_net_raw+ep $ringtail" >&2
		exit 4
	}
	exec sudo "$ringtail" "$@"
fi
exec "$ringtail" "$@"
