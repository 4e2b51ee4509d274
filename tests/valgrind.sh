#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# valgrind.sh FROM TO - make in TO a script for ringtail and each unit test of FROM that runs it under valgrind
from=$1 to=$2
rm -rf "$to"
for program in "$from/ringtail" "$from"/tests/unit/test_* "$from/tests/fields"; do
	[ -x "$program" ] && [ -f "$program" ] || continue
	script=$to/${program#"$from/"}
	mkdir -p "$(dirname "$script")"
	cat >"$script" <<-END
	#!/bin/sh
	exec valgrind --quiet --error-exitcode=99 --leak-check=full "$PWD/$program" "\$@"
	END
	chmod +x "$script"
done
ln -s "$PWD/$from/tests/peers" "$to/tests/peers"
