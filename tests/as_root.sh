#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# as_root.sh RINGTAIL [ARG...] - run it, by sudo where it is to capture and this user may not
#
# What opens no packet socket: also behind other letters without an argument, as in -nr FILE.
no_socket='-[#AdDehKlLnNpqStUvVxX]*[dDhLr]\|--read\|--help\|--version\|--list-\|--schema'

needs_root() {
	[ "$(id -u)" != 0 ] || return 1
	case $1 in info | follow) return 1 ;; esac
	for arg; do
		! expr "x$arg" : "x\($no_socket\)" >/dev/null || return 1
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
