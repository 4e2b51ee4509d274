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

/* Packets of one link type come in a row. */
static enum proto_id first_of(struct line *l, uint16_t linktype)
{
	if (l->first == PROTO_NONE || l->linktype != linktype) {
		l->linktype = linktype;
		l->first = (uint8_t)proto_by(BY_LINKTYPE, linktype);
	}
	return (enum proto_id)l->first;
}

/* The time is wide enough for 292 years; what a damaged file says beyond is some time too. */
static COLD void look_around(struct line *l, const struct packet *p)
{
	struct arrival now = { l->count, (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec) };

	l->all = track_packet(l->track, &l->decoded, now, &l->brief.d);
}

void line_decode(struct line *l, const struct packet *p)
{
	l->ready = p;
	l->count = p->number ? p->number : l->count + 1;
	l->brief.checksum_pending = p->flags & PACKET_CSUM_PENDING;
	l->brief.checksum_verified = p->flags & PACKET_CSUM_VALID;
	decode(&l->decoded, p->bytes, first_of(l, p->linktype));
	l->all = l->brief.d = &l->decoded;
	if (l->track && track_wants(l->track, &l->decoded))
		look_around(l, p);
}

/* As a cooked packet's line begins: the interface in a column of five, and the direction. */
static COLD void put_interface(const struct line *l, struct out *o, const struct packet *p)
{
	const char *start = o->at;

	if (!l->interface || !l->interface(o, l->source, p))
		out_char(o, '?');
	for (ptrdiff_t n = o->at - start; n < 6; n++)
		out_char(o, ' ');
	out_str(o, p->flags & PACKET_OUT ? "Out " : p->flags & PACKET_IN ? "In  " : "?   ");
}

COLD void line_put_segments(struct out *o, const struct packet *p)
{
	if (!p->segments)
		return;
	out_str(o, "; ");
	out_dec(o, p->segments);
	out_str(o, p->segments > 1 ? " segments of " : " segment of ");
	out_dec(o, p->segment_size);
	out_str(o, " bytes");
}

void line_put(struct line *l, struct out *o, const struct packet *p)
{
	char *end = o->end--;		/* the line feed has its place, whatever the line says */

	line_begin(l, p);
	if (l->number)
		number(o, l->count);
	times_put(&l->times, o, p);
	if (l->named && p->linktype != LINKTYPE_LINUX_SLL2)
		put_interface(l, o, p);
	if (l->first == PROTO_DATA) {	/* nobody knows this link type */
		out_str(o, "linktype ");
		out_dec(o, p->linktype);
	}
	brief_layers(o, &l->brief, 0);
	if (p->segments && l->segments)
		line_put_segments(o, p);
	if (l->dump != DUMP_NONE)
		hex_put(o, &l->decoded, (enum dump)l->dump);
	o->end = end;
	out_char(o, '\n');
}
