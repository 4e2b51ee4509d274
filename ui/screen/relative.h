/* SPDX-License-Identifier: BSD-2-Clause */
/* relative.h - the packets of a store are counted, so that rows have the relative sequence numbers that lines have
 *
 * Those of a file are as they become known, so none is shown before; live ones as they come, while their list is looked at.
 */
#ifndef UI_SCREEN_RELATIVE_H
#define UI_SCREEN_RELATIVE_H

#include "decode/track/bases.h"
#include "ui/line.h"
#include "ui/screen/pass.h"

struct relative {
	struct bases *bases;	/* NULL: there was no memory, or it is not opened. Owned. */

	/* private */
	struct line line;
	struct pass pass;	/* of live packets */
};

/* Begin with the first packet of store, of which none is known yet; r must stay where it is while store is there. Without
 * memory for it numbers are absolute.
 */
void relative_open(struct relative *r, struct store *store);

/* Count what is known more of a file; live, some packets more, if they are looked at. Returns whether there are more now. */
bool relative_extend(struct relative *r, const struct store *store, bool looked_at);

void relative_close(struct relative *r);

#endif
