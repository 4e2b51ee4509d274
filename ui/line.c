/* SPDX-License-Identifier: BSD-2-Clause */
/* line.c - a packet on one line: each layer says its part, from its own summary */
#include "ui/line.h"

/* A layer whose header is not all there, or whose lengths are impossible, ends the line. */
static bool broken(struct out *o, const struct layer *l)
{
	if (!note_stops((enum note)l->note))
		return false;
	out_str(o, "[|");
	out_str(o, protos[l->proto]->head.name);
	out_char(o, ']');
	return true;
}

static void summaries(struct out *o, const struct brief *b)
{
	const struct decoded *d = b->d;

	for (uint32_t i = 0; i < d->count;) {
		const struct proto *p = protos[d->layer[i].proto];

		if (p->summary) {
			i = p->summary(o, b, i);
		} else if (broken(o, &d->layer[i])) {
			break;
		} else {
			out_str(o, p->title);
			out_char(o, ' ');
			i++;
		}
	}
}

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
	struct decoded d;
	struct brief b = {
		.d = &d,
		.seqs = l->seqs,
		.naming = l->naming,
		.verbose = l->verbose,
		.quiet = l->quiet,
		.link = l->link,
		.dumped = l->dump != DUMP_NONE,
		.unverified = l->unverified,
		.checksum_pending = p->flags & PACKET_CSUM_PENDING,
	};

	l->count++;
	decode(&d, p->bytes, proto_by(BY_LINKTYPE, p->linktype));
	if (l->number)
		number(o, l->count);
	times_put(&l->times, o, p);
	summaries(o, &b);
	hex_put(o, &d, (enum dump)l->dump);
	o->end = end;
	out_char(o, '\n');
}
