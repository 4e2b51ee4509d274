/* SPDX-License-Identifier: BSD-2-Clause */
/* exports.h - the tables that can be exported, and copied from */
#ifndef UI_SCREEN_EXPORTS_H
#define UI_SCREEN_EXPORTS_H

#include "ui/screen/export.h"
#include "ui/screen/flowlist.h"
#include "ui/screen/packets.h"

/* A row that is ready. */
struct export_row {
	struct packets *v;
	struct flowlist *flows;
	struct packet packet;
	struct row row;
	const struct flow *flow;
	char text[512];
};

/* The packets that are shown, in the columns of the list; and the flows, in their order. r and what it points to must
 * outlive the table.
 */
struct export_table exports_packets(struct export_row *r, struct packets *v);
struct export_table exports_flows(struct export_row *r, struct packets *v, struct flowlist *flows);

#endif
