/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_dhcp.c - libFuzzer over DHCP and DHCPv6 */
#include "tests/fuzz/one_protocol.h"

FUZZ_ONE_PROTOCOL({ UDP, 67 }, { UDP, 547 })
