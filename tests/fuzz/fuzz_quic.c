/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_quic.c - libFuzzer over QUIC */
#include "tests/fuzz/one_protocol.h"

FUZZ_ONE_PROTOCOL({ UDP, 443 }, { UDP, 8443 })
