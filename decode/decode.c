/* SPDX-License-Identifier: BSD-2-Clause */
/* decode.c - the descent: one loop, one layer a turn */
#include "decode/decode.h"

/* A header that its parent says is too short is bad; one that is merely not all here is cut. */
static struct step step_start(struct slice in, uint32_t claimed, const struct proto *p, uint32_t key,
			      bool partial)
{
	return (struct step){
		.in = in,
		.payload = slice_skip(in, p->min_len),
		.len = p->min_len,
		.claimed = claimed,
		.min_len = p->min_len,
		.key = key,
		.note = in.cap >= p->min_len ? NOTE_OK :
			in.wire < p->min_len && !partial ? NOTE_BAD_LENGTH : NOTE_TRUNCATED,
		.partial = partial,
	};
}

void decode(struct decoded *d, struct slice packet, enum proto_id id)
{
	struct slice in = packet;
	uint32_t n = 0, key = 0, claimed = packet.wire;
	bool partial = false;

	d->packet = packet;
	while (id != PROTO_NONE && in.wire > 0 && n < LAYERS_MAX) {
		const struct proto *p = protos[id];
		struct step s = step_start(in, claimed, p, key, partial);
		enum proto_id next = PROTO_NONE;

		if (s.note == NOTE_OK)
			next = p->parse(&s);
		d->layer[n++] = (struct layer){
			.off = slice_offset(packet, in),
			.len = min_u32(s.len, in.cap),
			.wire = min_u32(s.len + s.payload.wire, in.wire),
			.claimed = s.claimed,
			.key = key,
			.next = s.key,
			.proto = (uint8_t)id,
			.note = (uint8_t)s.note,
			.partial = s.partial,
		};
		id = note_stops(s.note) ? PROTO_NONE : next;
		key = s.key;
		partial = s.partial;
		claimed = s.claimed - min_u32(s.len, s.claimed);
		in = s.payload;
	}
	if (id != PROTO_NONE && in.wire > 0)
		d->layer[LAYERS_MAX - 1].note = NOTE_TOO_DEEP;
	d->count = n;
}
