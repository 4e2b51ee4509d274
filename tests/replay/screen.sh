#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# screen.sh - the live view in a terminal in memory
cd "$(dirname "$0")/../.." || exit 1
exec "${BUILD:-build}/tests/screen"
