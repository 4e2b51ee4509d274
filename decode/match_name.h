/* SPDX-License-Identifier: BSD-2-Clause */
/* match_name.h - from a name in a display filter to where its values are */
#ifndef DECODE_MATCH_NAME_H
#define DECODE_MATCH_NAME_H

#include "decode/match_program.h"

/* Add the operand called name to m, which has room for one: a field, a protocol, or what Wireshark
 * derives from them. False where nobody is called so, or where m is full.
 */
bool name_add(struct match *m, const char *name);

#define NAME_LENGTH 64	/* bytes of a name, its end included */

/* Set nearest to the name, of all there are, that is most like name. */
void name_nearest(const char *name, char nearest[NAME_LENGTH]);

#endif
