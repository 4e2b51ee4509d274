/* SPDX-License-Identifier: BSD-2-Clause */
/* line.c - a packet on one line: each layer says its part, from its own summary */
#include "ui/line.h"

#include "decode/brief.h"

/* "    1  ", right-aligned in five columns. */
static void number(struct out *o, uint64_t count)
{
	for (uint64_t room = 10000; room > count && room > 1; room /= 10)
		out_char(o, ' ');
	out_dec(o, count);
	out_str(o, "  ");
}

/* A dump takes at most 68 characters for 16 bytes, twice where an unknown payload is dumped too. What
 * the summaries say is far shorter; if hostile options and names make more of it, it is cut here.
 */
size_t line_room(const struct line *l, const struct packet *p)
{
	return 16384 + 5 * (size_t)p->bytes.cap * (l->dump == DUMP_NONE ? 1 : 2);
}

void line_put(struct line *l, struct out *o, const struct packet *p)
{
	char *end = o->end--;		/* the line feed has its place, whatever the line says */
	struct decoded *d = &l->decoded;
	struct brief b = {
		.d = d,
		.seqs = l->seqs,
		.naming = l->naming,
		.verbose = l->verbose,
		.quiet = l->quiet,
		.link = l->link,
		.dumped = l->dump != DUMP_NONE && l->dump < DUMP_ASCII,
		.unverified = l->unverified,
		.checksum_pending = p->flags & PACKET_CSUM_PENDING,
	};

	l->count++;
	decode(d, p->bytes, proto_by(BY_LINKTYPE, p->linktype));
	if (l->number)
		number(o, l->count);
	times_put(&l->times, o, p);
	brief_layers(o, &b, 0);
	hex_put(o, d, (enum dump)l->dump);
	o->end = end;
	out_char(o, '\n');
}
