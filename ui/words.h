/* SPDX-License-Identifier: BSD-2-Clause */
/* words.h - what files of this system call a port, and the maker of a network card: nobody is asked
 *
 * The files are read when the first of their words is wanted; what is not in them has none.
 */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include <stdbool.h>

#include "decode/out.h"

#define WORDS_SERVICES "/etc/services"
#define WORDS_VENDORS "/usr/share/ieee-data/oui.csv"	/* of Debian's package ieee-data */

/* Append the name of a port of transport ("tcp", "udp"), by services(5); false where it has none. */
bool words_port(struct out *o, uint16_t port, const char *transport);

/* Append who has the first 24 bits of the address mac; false where nobody has, as of what is for many, or
 * was given locally.
 */
bool words_vendor(struct out *o, struct slice mac);

/* Are there words for vendors? */
bool words_have_vendors(void);

#endif
