/* SPDX-License-Identifier: BSD-2-Clause */
/* follow.c - what the two ends of a flow say to each other, byte for byte and in order */
#include "decode/track/follow.h"

#define FAR_MAX	   (16u << 20)	/* bytes ahead that one segment alone is believed */
#define WINDOW_MAX (1u << 30)	/* no window is larger, RFC 7323 section 2.3 */

void follow_start(struct follow *f, follow_take *take, void *context)
{
	f->take = take;
	f->context = context;
}

static uint8_t end_number(const struct follow *f, const struct follow_end *e)
{
	return (uint8_t)(e - f->end);
}

static void tell(struct follow *f, const struct follow_end *e, enum follow_kind kind, struct slice bytes)
{
	const struct follow_piece p = {
		.kind = kind, .from = end_number(f, e), .bytes = slice_clip(bytes, bytes.cap), .number = f->number,
	};

	if (bytes.cap > 0)
		f->take(f->context, &p);
}

/* The next n bytes of e are given up. number: of the packet behind them. */
static void tell_gap(struct follow *f, struct follow_end *e, enum follow_kind kind, uint32_t n, uint64_t number)
{
	const struct follow_piece p = { .kind = kind, .from = end_number(f, e), .missing = n, .number = number };

	if (n == 0)
		return;
	e->gap[e->gaps++ % FOLLOW_GAPS] = (struct stretch){ e->next, e->next + n };
	e->next += n;
	f->take(f->context, &p);
}

/* What waits and has its turn now. */
static void tell_ready(struct follow *f, struct follow_end *e)
{
	uint32_t n = e->early ? parcel_ready(e->early) : 0;

	if (n > 0) {
		parcel_copy(&f->parcels, e->early, f->scratch, n);
		parcel_drop(&f->parcels, e->early, n);
		e->next += n;
		tell(f, e, FOLLOW_BYTES, (struct slice){ f->scratch, n, n });
	}
	if (e->early && e->early->ranges == 0) {
		parcels_forget(&f->parcels, e->early);
		e->early = NULL;
	}
}

/* With which packet came the segment that waits from seq on? */
static uint64_t number_of(const struct follow *f, const struct follow_end *e, uint32_t seq)
{
	for (uint32_t i = 0; i < e->waiting && i < FOLLOW_EARLY; i++)
		if (e->waits[i].seq == seq)
			return e->waits[i].number;
	return f->number;
}

/* What is missing up to the sequence number behind does not come. */
static void give_up(struct follow *f, struct follow_end *e, uint32_t behind)
{
	while (seq_is_below(e->next, behind)) {
		uint32_t n = behind - e->next;
		bool waits = e->early && e->early->range[0].from <= n;

		if (waits)
			n = e->early->range[0].from;
		if (e->early)
			parcel_drop(&f->parcels, e->early, n);
		tell_gap(f, e, FOLLOW_GAP, n, waits ? number_of(f, e, e->next + n) : f->number);
		tell_ready(f, e);
	}
}

/* All that waits is told, with gaps. */
static void tell_all(struct follow *f, struct follow_end *e)
{
	if (e->early)
		give_up(f, e, e->next + parcel_end(e->early));
}

/* Bytes from seq on were told, or were given up: of the latter, tell. */
static void tell_late(struct follow *f, struct follow_end *e, uint32_t seq, struct slice old)
{
	uint32_t count = e->gaps < FOLLOW_GAPS ? e->gaps : FOLLOW_GAPS;

	e->again += old.wire;
	for (struct stretch *gap = e->gap; gap < e->gap + count; gap++) {
		uint32_t from = seq_is_below(seq, gap->from) ? gap->from : seq, end = seq + old.cap;
		uint32_t to = seq_is_below(end, gap->to) ? end : gap->to;

		if (!seq_is_below(from, to))
			continue;
		tell(f, e, FOLLOW_LATE, slice_clip(slice_skip(old, from - seq), to - from));
		e->again -= to - from;
		if (from == gap->from)
			gap->from = to;
		else
			gap->to = from;	/* what is left behind it, if anything, is not missed any more */
	}
}

/* Bytes from seq on are ahead, or others that wait are. Returns whether they have a place to wait. */
static bool keep(struct follow *f, struct follow_end *e, uint32_t seq, struct slice bytes)
{
	if (!e->early)
		e->early = parcels_begin(&f->parcels, 1u + end_number(f, e));
	if (parcel_put(&f->parcels, e->early, seq - e->next, bytes) == PUT_NOT)
		return false;
	e->waits[e->waiting++ % FOLLOW_EARLY] = (struct follow_wait){ seq, f->number };
	return true;
}

/* Is a segment so far ahead to be believed? If the one behind it comes too. */
static bool is_true(struct follow_end *e, uint32_t seq, uint32_t n)
{
	bool goes_on = e->far == seq;

	e->far = seq + n;
	return seq - e->next <= FAR_MAX || goes_on;
}

static void take(struct follow *f, struct follow_end *e, uint32_t seq, struct slice bytes)
{
	uint32_t ago = e->next - seq;

	if (seq_is_below(seq, e->next)) {
		tell_late(f, e, seq, slice_clip(bytes, ago));
		if (bytes.wire <= ago)
			return;
		bytes = slice_skip(bytes, ago);
		seq = e->next;
	}
	if ((seq != e->next || e->early) && keep(f, e, seq, bytes)) {
		tell_ready(f, e);
		return;
	}
	if (seq != e->next && !is_true(e, seq, bytes.wire))
		return;
	tell_all(f, e);
	if (seq_is_below(seq, e->next)) {	/* it overlaps what waited */
		ago = min_u32(e->next - seq, bytes.wire);
		bytes = slice_skip(bytes, ago);
	} else {
		tell_gap(f, e, FOLLOW_GAP, seq - e->next, f->number);
	}
	e->next += bytes.cap;
	tell(f, e, FOLLOW_BYTES, bytes);
	tell_gap(f, e, FOLLOW_CUT, bytes.wire - bytes.cap, f->number);
}

/* The other end has all bytes of e up to ack; a FIN counts as one that is none. */
static void acknowledge(struct follow *f, struct follow_end *e, uint32_t ack)
{
	if (e->closed && ack == e->fin + 1)
		ack = e->fin;
	if (e->begun && seq_is_below(e->next, ack) && ack - e->next <= WINDOW_MAX)
		give_up(f, e, ack);
}

void follow_segment(struct follow *f, const struct flow_sight *s, struct slice payload, uint64_t number)
{
	struct follow_end *e = &f->end[s->from];
	uint32_t seq = s->seq + (s->flags & TCP_SYN ? 1 : 0);

	f->number = number;
	if (s->flags & TCP_RST)		/* its numbers may be made up, and its payload is a remark */
		return;
	if (!e->begun)
		e->next = seq;
	e->begun = true;
	if (s->flags & TCP_ACK)
		acknowledge(f, &f->end[!s->from], s->ack);
	if (payload.wire > 0)
		take(f, e, seq, payload);
	if (s->flags & TCP_FIN) {
		e->closed = true;
		e->fin = seq + payload.wire;
	}
}

void follow_datagram(struct follow *f, const struct flow_sight *s, struct slice payload, uint64_t number)
{
	struct follow_end *e = &f->end[s->from];

	f->number = number;
	tell(f, e, FOLLOW_DATAGRAM, payload);
	tell_gap(f, e, FOLLOW_CUT, payload.wire - payload.cap, number);
}

void follow_finish(struct follow *f)
{
	tell_all(f, &f->end[0]);
	tell_all(f, &f->end[1]);
}
