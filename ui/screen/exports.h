/* SPDX-License-Identifier: BSD-2-Clause */
/* exports.h - the tables that can be exported, and copied from */
#ifndef UI_SCREEN_EXPORTS_H
#define UI_SCREEN_EXPORTS_H

#include "ui/screen/export.h"
#include "ui/screen/filelinks.h"
#include "ui/screen/flowlist.h"
#include "ui/screen/linklist.h"
#include "ui/screen/packets.h"
#include "ui/screen/statlist.h"
#include "ui/screen/talklist.h"

/* A row that is ready. */
struct export_row {
	struct packets *v;
	struct flowlist *flows;
	struct talklist *talkers;
	struct statlist *stats;
	struct linklist *links;
	struct filelinks *filelinks;
	struct packet packet;
	struct row row;
	const struct flow *flow;
	uint64_t filter, columns;	/* serials of what the packets' table was made of */
	uint64_t counted;		/* the talkers' serial */
	struct sorted sorted;
	char text[512];
};

/* The packets that are shown, in the columns of the list; and the flows, in their order. r and what it points to must
 * outlive the table.
 */
struct export_table exports_packets(struct export_row *r, struct packets *v);
struct export_table exports_flows(struct export_row *r, struct flowlist *flows);

/* The same of talkers, and of protocols as far as they are unfolded: "eth:ip:tcp". */
struct export_table exports_talkers(struct export_row *r, struct talklist *talkers);
struct export_table exports_protocols(struct export_row *r, struct statlist *stats);

/* The same of the interfaces of this machine, with what was captured of each, and of those of a file. */
struct export_table exports_links(struct export_row *r, struct linklist *links);
struct export_table exports_filelinks(struct export_row *r, struct filelinks *links);

/* Does the table that r was made for stand yet: the same packets, columns and order, or the same kind of talkers? */
bool exports_stand(const struct export_row *r);

#endif
