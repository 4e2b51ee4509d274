/* SPDX-License-Identifier: BSD-2-Clause */
/* fragments.c - datagrams put together of their fragments, RFC 791 section 3.2 and RFC 8200
 * section 4.5  What overlaps is noted, and what came first is kept. Systems differ in what they
 * make of that; those that follow RFC 5722 drop the datagram, but what was sent is to be seen
 * here.
 */
#include "decode/track/track.h"

#define AGE_NS	     INT64_C(60000000000) /* RFC 8200, section 4.5: the rest does not come any more */
#define DATAGRAM_MAX 65535 /* bytes */

static void note(struct layer *l, enum note n)
{
	if (n > l->note)
		l->note = (uint8_t)n;
}

/* The datagram that the fragment is of; one that is too old is another, of the same number. */
static struct parcel *datagram_of(struct track *t, uint64_t key)
{
	struct parcel *p = parcels_find(&t->datagrams, key);

	if (p && (t->now.time > p->since + AGE_NS || t->now.time < p->since - AGE_NS)) {
		parcels_forget(&t->datagrams, p);
		t->datagrams.given_up++;
		p = NULL;
	}
	if (!p) {
		p = parcels_begin(&t->datagrams, key);
		p->since = t->now.time;
	}
	return p;
}

/* Who says where the end is first, is right. */
static struct slice clip_to_end(struct parcel *p, const struct fragment *f, struct slice piece,
				struct layer *l)
{
	uint32_t end = f->offset + piece.wire;

	if (!f->more && p->total == 0) {
		p->total = end;
		if (parcel_end(p) > end)
			note(l, NOTE_CONFLICT);
	} else if (p->total > 0 && (end > p->total || (!f->more && end != p->total))) {
		note(l, NOTE_CONFLICT);
		return slice_clip(piece, p->total - min_u32(f->offset, p->total));
	}
	return piece;
}

/* Put the fragment where it belongs; false where that cannot be. */
static bool put(struct track *t, struct parcel *p, const struct fragment *f, struct slice piece,
		struct layer *l)
{
	enum put put;

	piece = clip_to_end(p, f, piece, l);
	put = parcel_put(&t->datagrams, p, f->offset, piece);
	if (put == PUT_NOT) {
		parcels_forget(&t->datagrams, p);
		t->datagrams.given_up++;
		return false;
	}
	if (put != PUT_NEW)
		note(l, put == PUT_AGAIN ? NOTE_OVERLAP : NOTE_CONFLICT);
	if (f->offset == 0) {
		p->carried = (uint8_t)f->carried;
		p->by = l->next;
	}
	parcel_number(p, t->now.number);
	return true;
}

bool fragments_take(struct track *t, uint32_t i)
{
	struct decoded *d = &t->d;
	struct layer *l = &d->layer[i];
	struct slice piece = layer_payload(d, l), src, dst, whole;
	struct fragment f;
	struct parcel *p;
	uint32_t source;

	if (l->note != NOTE_OK || piece.wire == 0 || piece.cap < piece.wire ||
	    !track_addresses(d, i, &src, &dst))
		return false;
	f = protos[l->proto]->fragment(layer_head(d, l));
	if (f.offset + piece.wire > DATAGRAM_MAX) {
		note(l, NOTE_LENGTH_LIES);
		return false;
	}
	p = datagram_of(t, key_between(&t->seed, f.ident ^ (uint64_t)l->proto << 48, src, dst));
	if (!put(t, p, &f, piece, l))
		return false;
	d->count = i + 1;
	l->partial = false;
	if (p->total == 0 || parcel_ready(p) < p->total ||
	    !track_source(t, &t->datagrams, p, p->total, &source, &whole)) {
		decode_on(d, l->source, piece, PROTO_DATA, l->next);
		return false;
	}
	decode_on(d, source, whole, (enum proto_id)p->carried, p->by);
	parcels_forget(&t->datagrams, p);
	return true;
}
