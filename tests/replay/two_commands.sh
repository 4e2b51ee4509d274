#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# two_commands.sh - what make run and make check do for a user who is not root: when sudo is asked for, what is named
cd "$(dirname "$0")/../.." || exit 1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

check() {	# FACT: the last command's status
	if [ $? = 0 ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		sed 's/^/# /' "$tmp/out"
		failed=1
	fi
}

# A machine without compiler and sudo, where everybody is user 1000.
mkdir "$tmp/bin"
for tool in cat sort paste grep expr; do
	ln -s "$(command -v $tool)" "$tmp/bin/$tool"
done
printf '#!/bin/sh\necho 1000\n' >"$tmp/bin/id"
printf '#!/bin/sh\necho plain\n' >"$tmp/ringtail"
chmod +x "$tmp/bin/id" "$tmp/ringtail"

# runs HOW ARG...: as_root.sh runs a program with these arguments plainly, or by sudo
runs() {
	how=$1
	shift
	PATH=$tmp/bin tests/as_root.sh "$tmp/ringtail" "$@" >"$tmp/out" 2>&1
	[ "$(cat "$tmp/out")" = "$how" ] || { echo "not $how: $*" >>"$tmp/out"; return 1; }
}

PATH=$tmp/bin tests/deps.sh build >"$tmp/out" 2>&1
[ $? = 1 ] && grep -q '^ringtail: gcc.* make: missing, .*: as root: apt-get install gcc.* make$' "$tmp/out"
check 'what is missing is named, where it cannot be installed'
runs plain -c 2 -nr x.pcap
check 'letters before -r do not hide it'
PATH=$tmp/bin tests/as_root.sh "$tmp/ringtail" -i lo >"$tmp/out" 2>&1
[ $? = 4 ] && grep -q '^ringtail: capturing: neither root nor sudo: as root: setcap ' "$tmp/out"
check 'who may not capture, and has no sudo, is told what helps'

printf '#!/bin/sh\necho by sudo\n' >"$tmp/bin/sudo"
chmod +x "$tmp/bin/sudo"
runs 'by sudo' && runs 'by sudo' -i lo -w r.pcap && runs 'by sudo' -nnc 1 && runs 'by sudo' flows -i lo
check 'a capture is run by sudo'
runs plain --read=x.pcap && runs plain -vvr x.pcap && runs plain info x.pcap && runs plain flows -r x.pcap
check 'a stored file is read without'
runs plain -h && runs plain --list-fields && runs plain -D && runs plain -i lo -dd tcp && runs plain -L
check 'so is all that opens no packet socket'
exit $failed
