/* SPDX-License-Identifier: BSD-2-Clause */
/* nic.h - what the system tells of an interface beside its frames: /sys/class/net, of our own network namespace */
#ifndef CAPTURE_NIC_H
#define CAPTURE_NIC_H

#include <stddef.h>
#include <stdint.h>

#include "capture/source.h"

/* Copy the text that ip-link(8) has set as alias of the interface name; "" where there is none. */
void nic_alias(const char *name, char *text, size_t size);

/* Open the count of packets that the card of the interface name had no room for. Returns a descriptor; -1: it is not told. */
int nic_open_missed(const char *name);

/* That count now; SOURCE_UNKNOWN where it is not told, or any more: the interface was removed. */
uint64_t nic_missed(int fd);

#endif
