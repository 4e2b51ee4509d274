/* SPDX-License-Identifier: BSD-2-Clause */
/* decode.c - the descent: one loop, one layer a turn */
#include "decode/decode.h"

/* A header that its parent says is too short is bad; one that is merely not all here is cut. */
static enum note fits(struct slice in, uint32_t min_len, bool partial)
{
	if (in.cap >= min_len)
		return NOTE_OK;
	return in.wire < min_len && !partial ? NOTE_BAD_LENGTH : NOTE_TRUNCATED;
}

void decode(struct decoded *d, struct slice packet, enum proto_id id)
{
	struct slice in = packet;
	uint32_t n = 0, key = 0, claimed = packet.wire, needs = 0;
	bool partial = false;

	d->packet = packet;
	while (id != PROTO_NONE && in.wire > 0 && n < LAYERS_MAX) {
		const struct proto *p = protos[id];
		struct layer *l = &d->layer[n++];
		struct step s = {
			.in = in,
			.len = p->min_len,
			.total = in.wire,
			.claimed = claimed,
			.min_len = p->min_len,
			.key = key,
			.note = fits(in, p->min_len, partial),
			.partial = partial,
		};
		enum proto_id next = PROTO_NONE;

		if (s.note == NOTE_OK)
			next = p->parse(&s);
		else if (in.cap == in.wire)
			s.need = NEED_ANY;

		l->ptr = in.ptr;
		l->len = min_u32(s.len, in.cap);
		l->wire = min_u32(s.total > s.len ? s.total : s.len, in.wire);
		l->cap = min_u32(l->wire, in.cap);
		l->claimed = s.claimed;
		l->key = key;
		l->next = s.key;
		l->need = s.need;
		l->proto = (uint8_t)id;
		l->note = (uint8_t)s.note;
		l->partial = s.partial;
		l->source = 0;
		needs |= s.need;

		id = note_stops(s.note) ? PROTO_NONE : next;
		in = slice_part(in, s.len, l->wire - min_u32(s.len, l->wire));
		claimed = s.claimed - min_u32(s.len, s.claimed);
		key = s.key;
		partial = s.partial;
	}
	if (id != PROTO_NONE && in.wire > 0)
		d->layer[LAYERS_MAX - 1].note = NOTE_TOO_DEEP;
	d->count = n;
	d->needs = needs;
}
