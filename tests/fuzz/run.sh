#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh PROGRAM SECONDS - fuzz from the captures of pcaps/; what is found stays beside PROGRAM
set -e
program=$(realpath "$1") seconds=$2
name=$(basename "$program")
corpus=$(dirname "$program")/corpus/$name found=$(dirname "$program")/found/$name
mkdir -p "$corpus" "$found"
if grep -q FUZZ_ONE_PROTOCOL "tests/fuzz/$name.c"; then
	tests/fuzz/seeds.py --payloads "$corpus" "tests/fuzz/$name.c" pcaps
elif [ "$name" = fuzz_match ]; then
	tests/fuzz/seeds.py --match "$corpus" tests/expressions.txt pcaps/dns.pcap
else
	tests/fuzz/seeds.py "$corpus" pcaps
fi
cd "$found"
rm -f fuzz-*.log
if "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=16384 -print_final_stats=1 \
	-jobs="$(nproc)" -workers="$(nproc)" -artifact_prefix="$found/" "$corpus" >log 2>&1; then
	grep -h 'number_of_executed_units\|new_units_added' fuzz-*.log
	echo "ok - $seconds s of fuzzing on $(nproc) cores find nothing"
	echo '1 passed, 0 failed, 0 skipped'
else
	grep -a -h -A30 'ERROR\|SUMMARY' fuzz-*.log log | head -80
	echo "not ok - fuzzing finds nothing: see $found"
	echo '0 passed, 1 failed, 0 skipped'
	exit 1
fi
