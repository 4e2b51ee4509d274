/* SPDX-License-Identifier: BSD-2-Clause */
/* names.h - hosts, ports and interfaces by the names that this system has for them */
#ifndef UI_NAMES_H
#define UI_NAMES_H

#include "decode/proto.h"

/* Looked up when first met, and remembered. A look-up may take as long as a DNS server does. */
extern const struct naming system_names;

/* Tell who of each host that has a name, as far as they are remembered, until told() does not return 0. Returns that. */
int names_each(int (*told)(void *who, const uint8_t *address, uint16_t n, const char *name), void *who);

/* Be ready to ask for the names of interfaces where no socket can be opened any more. */
void interface_names_open(void);

/* Of ports alone, which are in a file: no look-up waits for a server. */
extern const struct naming system_ports;

/* Append the name of the interface that has this index now; false where there is none. */
bool interface_name(struct out *o, uint32_t index);

#endif
