/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_http.c - libFuzzer over HTTP and other applications: text lines, frames, counted strings */
#include "tests/fuzz/one_protocol.h"

FUZZ_ONE_PROTOCOL({ TCP, 80 }, { TCP, 8080 }, { TCP, 22 }, { TCP, 6379 }, { TCP, 1883 }, { TCP, 5060 },
		  { UDP, 5060 }, { UDP, 5004 }, { UDP, 5005 }, { TCP, 12345 }, { UDP, 12345 })
