/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_dns.c - libFuzzer over DNS and its kin */
#include "tests/fuzz/one_protocol.h"

FUZZ_ONE_PROTOCOL({ UDP, 53 }, { UDP, 5353 }, { UDP, 5355 }, { TCP, 53 }, { UDP, 137 })
