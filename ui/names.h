/* SPDX-License-Identifier: BSD-2-Clause */
/* names.h - hosts and ports by the names that this system's name service has for them */
#ifndef UI_NAMES_H
#define UI_NAMES_H

#include "decode/proto.h"

/* Looked up when first met, and remembered. A look-up may take as long as a DNS server does. */
extern const struct naming system_names;

#endif
