/* SPDX-License-Identifier: BSD-2-Clause */
/* streams.c - messages put together of the TCP segments that they span
 *
 * How it works: only a message that is not complete takes memory: its bytes are a parcel, known by the
 * direction of its connection, until the segment comes that completes it. What stands behind it in there
 * is decoded too, and may begin the next parcel. Segments may come in any order from the first one on;
 * bytes that came before are not taken again. What cannot come any more, for the connection ends, or
 * since much more came behind it, ends the wait with what is there. Of a message that is too long to be
 * kept only its end is remembered, so that the next one is found.
 */
#include "decode/track/track.h"

enum { FLAG_FIN = 1, FLAG_SYN = 2, FLAG_RST = 4 };

#define LATE_MAX 65536 /* bytes behind a gap that are waited for to close it */
#define UNKNOWN_MAX \
	32768 /* bytes of a message whose length is not told: each segment reads it anew */
#define OLD_MAX 0x40000000 /* bytes back: still the same connection, RFC 9293 section 3.4 */

struct segment {
	uint32_t layer; /* the TCP header */
	uint32_t seq, flags;
	struct slice payload;
	uint64_t key; /* of its direction */
};

static uint32_t tcp_get(struct slice h, const char *name)
{
	return (uint32_t)field_get(h, proto_field(protos[PROTO_TCP], name));
}

static bool segment_of(struct track *t, const struct decoded *d, uint32_t i, struct segment *s)
{
	const struct layer *l = &d->layer[i];
	struct slice h = layer_head(d, l), src, dst;
	uint64_t ports;

	if (note_stops((enum note)l->note) || l->note == NOTE_LENGTH_LIES || l->partial)
		return false;
	*s = (struct segment){ .layer = i, .payload = layer_payload(d, l) };
	s->flags = tcp_get(h, "flags");
	if (s->payload.wire == 0 && !(s->flags & (FLAG_FIN | FLAG_SYN | FLAG_RST)))
		return false;
	if (!track_addresses(d, i, &src, &dst))
		return false;
	s->seq = tcp_get(h, "seq_raw") + (s->flags & FLAG_SYN ? 1 : 0);
	ports = tcp_get(h, "srcport") << 16 | tcp_get(h, "dstport");
	s->key = key_between(&t->seed, ports, src, dst);
	return true;
}

/* The first layer from i on that needs more, or says that others follow; d->count where there is
 * none. A header that is not all there counts where a message begins, not where it is part of
 * one.
 */
static uint32_t needy(const struct decoded *d, uint32_t i)
{
	for (uint32_t k = i; k < d->count; k++) {
		const struct layer *l = &d->layer[k];

		if (l->need == NEED_NOTHING || l->need == NEED_FRAGMENTS)
			continue;
		if (note_stops((enum note)l->note) && l->wire < protos[l->proto]->min_len &&
		    k > i && l->proto != d->layer[k - 1].proto)
			break;
		return k;
	}
	return d->count;
}

/* What of in stands behind the message of layer l. */
static struct slice behind(const struct decoded *d, const struct layer *l, struct slice in)
{
	return slice_skip(in, slice_offset(in, layer_whole(d, l)) + l->wire);
}

/* The messages from layer i on are those of in: decode all that follow. Returns the layer of the
 * one that is not complete; the number of layers where all are.
 */
static uint32_t follow(struct decoded *d, uint32_t i, struct slice in)
{
	for (;;) {
		uint32_t k = needy(d, i);
		struct layer *l = &d->layer[k];
		struct slice rest;

		if (k == d->count || l->need != NEED_NEXT)
			return k;
		rest = behind(d, l, in);
		if (rest.wire == 0 || d->count == LAYERS_MAX)
			return d->count;
		i = d->count;
		decode_on(d, l->source, rest, (enum proto_id)l->proto, l->key);
	}
}

/* What layer k, the first of n bytes, needs is what p waits for. False where it is too much. */
static bool want(struct parcel *p, const struct layer *l, uint32_t n)
{
	p->carried = l->proto;
	p->by = l->key;
	p->total = l->need == NEED_ANY ? 0 : l->need;
	p->skipped = p->total > PARCEL_MAX;
	return !p->skipped && n < (p->total ? PARCEL_MAX : UNKNOWN_MAX);
}

/* Layer k, of this segment, is not complete: wait for the rest, and do not show it until then. */
static void wait(struct track *t, const struct segment *s, uint32_t k)
{
	struct layer *l = &t->d.layer[k];
	struct slice part = slice_skip(s->payload, slice_offset(s->payload, layer_whole(&t->d, l)));
	struct parcel *p;

	if (part.cap < part.wire || s->flags & (FLAG_FIN | FLAG_RST) ||
	    (l->need != NEED_ANY && l->need <= part.wire))
		return;
	p = parcels_begin(&t->messages, s->key);
	p->start = s->seq + s->payload.wire - part.wire;
	if (!want(p, l, part.wire)) {
		if (!p->skipped)
			parcels_forget(&t->messages, p);
		return;
	}
	if (parcel_put(&t->messages, p, 0, part) == PUT_NOT) {
		parcels_forget(&t->messages, p);
		return;
	}
	parcel_number(p, t->now.number);
	t->d.count = k;
}

/* Nothing is waited for. Does a message begin here that goes on elsewhere, or are there several? */
static bool begin(struct track *t, const struct decoded *own, const struct segment *s,
		  uint32_t first)
{
	uint32_t k;

	if (s->payload.wire == 0 || !own->needs)
		return false;
	k = needy(own, first);
	if (k == own->count ||
	    (own->layer[k].need == NEED_NEXT && behind(own, &own->layer[k], s->payload).wire == 0))
		return false;
	track_copy(t, own);
	k = follow(&t->d, first, s->payload);
	if (k < t->d.count)
		wait(t, s, k);
	return true;
}

/* The segment shows its header only: its bytes are another packet's. */
static bool show_nothing(struct track *t, const struct decoded *own, const struct segment *s)
{
	track_copy(t, own);
	t->d.count = s->layer + 1;
	return true;
}

/* What p waits for does not come: what is there of it is decoded here, and this segment's own
 * bytes behind it, unless they are part of it.
 */
static bool give_up(struct track *t, const struct decoded *own, const struct segment *s,
		    struct parcel *p, bool part)
{
	uint32_t n = parcel_ready(p), source, first;
	struct layer next = { 0 };
	struct slice bytes;

	if (s->layer + 1 < own->count)
		next = own->layer[s->layer + 1];
	t->gaps++;
	show_nothing(t, own, s);
	if (n > 0 && track_source(t, &t->messages, p, n, &source, &bytes))
		decode_on(&t->d, source, bytes, (enum proto_id)p->carried, p->by);
	parcels_forget(&t->messages, p);
	first = t->d.count;
	if (!part && next.proto != PROTO_NONE) {
		decode_on(&t->d, next.source, s->payload, (enum proto_id)next.proto, next.key);
		begin(t, &t->d, s, first);
	}
	return true;
}

/* The layers from i on, of bytes, that lie within this segment are shown as part of it. at: where
 * it begins in them, or before them, modulo 2^32.
 */
static void move_home(struct decoded *d, uint32_t i, const struct segment *s, struct slice bytes,
		      uint32_t at)
{
	for (; i < d->count; i++) {
		struct layer *l = &d->layer[i];
		uint32_t off = slice_offset(bytes, layer_whole(d, l)) - at;

		if (off > s->payload.wire || l->wire > s->payload.wire - off)
			continue;
		l->ptr = slice_skip(s->payload, off).ptr;
		l->source = d->layer[s->layer].source;
	}
}

/* What of p is ready may be all of a message: decode it, and go on waiting for what is left. */
static bool complete(struct track *t, const struct decoded *own, const struct segment *s,
		     struct parcel *p)
{
	uint32_t first = s->layer + 1, n = parcel_ready(p), at = s->seq - p->start, source, k, off;
	struct decoded *d = &t->d;
	struct slice bytes;

	show_nothing(t, own, s);
	if (!track_source(t, &t->messages, p, n, &source, &bytes)) {
		parcels_forget(&t->messages, p);
		return true;
	}
	decode_on(d, source, bytes, (enum proto_id)p->carried, p->by);
	k = follow(d, first, bytes);
	if (k < d->count && d->layer[k].need != NEED_ANY &&
	    d->layer[k].need <= n - slice_offset(bytes, layer_whole(d, &d->layer[k])))
		k = d->count;
	if (k == d->count) {
		if (p->ranges > 1) { /* what came too early, behind the next gap */
			parcel_drop(&t->messages, p, n);
			p->start += n;
			p->total = 0;
		} else {
			parcels_forget(&t->messages, p);
		}
		move_home(d, first, s, bytes, at);
		return true;
	}
	off = slice_offset(bytes, layer_whole(d, &d->layer[k]));
	if (off > 0) {
		parcel_drop(&t->messages, p, off);
		parcel_number(p, t->now.number);
		p->start += off;
	}
	if (!want(p, &d->layer[k], n - off)) {
		if (!p->skipped)
			parcels_forget(&t->messages, p);
		else
			parcel_drop(&t->messages, p, PARCEL_MAX);
		move_home(d, first, s, bytes, at);
		return true;
	}
	d->count = k;
	move_home(d, first, s, bytes, at);
	return true;
}

/* In the middle of a message whose bytes are not kept. */
static bool skip(struct track *t, const struct decoded *own, const struct segment *s,
		 struct parcel *p)
{
	uint32_t at = s->seq - p->start, left = p->total - at;
	struct parcel was = *p;
	uint32_t first;

	if (at > p->total || s->flags & (FLAG_FIN | FLAG_RST) || s->payload.wire >= left)
		parcels_forget(&t->messages, p);
	if (at > p->total)
		return begin(t, own, s, s->layer + 1);
	show_nothing(t, own, s);
	if (s->payload.wire <= left)
		return true;
	first = t->d.count;
	decode_on(&t->d, own->layer[s->layer].source, slice_skip(s->payload, left),
		  (enum proto_id)was.carried, was.by);
	begin(t, &t->d, s, first);
	return true;
}

/* Something is waited for. */
static bool grow(struct track *t, const struct decoded *own, const struct segment *s,
		 struct parcel *p)
{
	uint32_t ready = parcel_ready(p), ago = p->start - s->seq, at = 0;
	bool ends = s->flags & (FLAG_FIN | FLAG_RST);
	struct slice piece = s->payload;
	enum put put;

	if (s->flags & FLAG_SYN) {
		t->gaps++;
		parcels_forget(&t->messages, p);
		return begin(t, own, s, s->layer + 1);
	}
	if (piece.wire == 0)
		return give_up(t, own, s, p, true);
	if (piece.cap < piece.wire)
		return give_up(t, own, s, p, false);
	if (ago > 0 && ago <= OLD_MAX) {
		if (piece.wire <= ago)
			return show_nothing(t, own, s);
		piece = slice_skip(piece, ago);
	} else {
		at = s->seq - p->start;
	}
	if (p->skipped)
		return skip(t, own, s, p);
	put = parcel_put(&t->messages, p, at, piece);
	if (put == PUT_NOT)
		return give_up(t, own, s, p, false);
	if (put == PUT_NEW || parcel_ready(p) > ready)
		parcel_number(p, t->now.number);
	if (parcel_ready(p) > ready && parcel_ready(p) >= p->total)
		complete(t, own, s, p);
	else if (ends || parcel_end(p) - parcel_ready(p) > LATE_MAX)
		return give_up(t, own, s, p, ends);
	else
		show_nothing(t, own, s);
	if (put == PUT_OTHERWISE && t->d.layer[s->layer].note < NOTE_CONFLICT)
		t->d.layer[s->layer].note = NOTE_CONFLICT;
	return true;
}

bool streams_take(struct track *t, const struct decoded *own, uint32_t i)
{
	struct parcel *p = NULL;
	struct segment s;

	if (!segment_of(t, own, i, &s))
		return false;
	if (t->messages.count > 0)
		p = parcels_find(&t->messages, s.key);
	return p ? grow(t, own, &s, p) : begin(t, own, &s, i + 1);
}
