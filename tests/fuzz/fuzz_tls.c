/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_tls.c - libFuzzer over TLS records and handshake messages */
#include "tests/fuzz/one_protocol.h"

FUZZ_ONE_PROTOCOL({ TCP, 443 }, { TCP, 8443 })
