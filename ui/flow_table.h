/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_table.h - the flows of a run: counted while it lasts, printed at its end */
#ifndef UI_FLOW_TABLE_H
#define UI_FLOW_TABLE_H

#include "capture/error.h"
#include "decode/track/flows.h"
#include "ui/bare.h"
#include "ui/line.h"
#include "ui/options.h"

struct flow_table {
	struct flows flows;
	int64_t begin;			/* of the first packet, ns since 1970 */
	const struct line *line;	/* decodes packets already; NULL: nobody does */

	/* private */
	void *memory;			/* owned */
	size_t size;			/* bytes */
	bool begun;
	struct bare bare;
};

/* An empty table, as large as o says. Returns 0, or -STATUS_USAGE with e filled in. */
int flow_table_open(struct flow_table **t, const struct options *o, struct error *e);

/* Count n packets. */
void flow_table_put(struct flow_table *t, const struct packet *packet, uint32_t n);

/* Print all on standard output as o asks for it, and the sum on standard error. Returns 0, also where
 * nobody reads any more; or -STATUS_WRITE with e filled in.
 */
int flow_table_print(struct flow_table *t, const struct options *o, struct error *e);

/* t may be NULL. */
void flow_table_close(struct flow_table *t);

#endif
