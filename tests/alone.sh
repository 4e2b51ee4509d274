#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# alone.sh COMMAND... - run a test whose files, network namespaces and processes end with it, also when it is killed
#
# As root it has folders for them of its own, and its own process numbers; without, it runs as it is. A folder that
# this tree lies in is not replaced.
if [ "$(id -u)" != 0 ] || ! unshare --mount --pid --fork true 2>/dev/null; then
	exec "$@"
fi
mkdir -p /run/netns
# The shell is process 1 there: it waits for all whose parent has gone.
# shellcheck disable=SC2016
exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc sh -c '
	for folder in /tmp /dev/shm /run/netns; do
		case $PWD/ in
		$folder/*) ;;
		*) [ ! -d $folder ] || mount -t tmpfs -o mode=1777 tmpfs $folder ;;
		esac
	done
	"$@"
	exit $?' alone "$@"
