/* SPDX-License-Identifier: BSD-2-Clause */
/* decode.c - the descent: one loop, one layer a turn */
#include "decode/decode.h"

_Static_assert(PROTO_DATA == PROTO_NONE + 1, "all behind it have parsers");

/* A header that its parent says is too short is bad; one that is merely not all here is cut. */
static enum note fits(struct slice in, uint32_t min_len, bool partial)
{
	if (in.cap >= min_len)
		return NOTE_OK;
	return in.wire < min_len && !partial ? NOTE_BAD_LENGTH : NOTE_TRUNCATED;
}

/* Whose layer n becomes, of whose bytes the protocol found by a port says that they are not its own: of who
 * they prove to be, asked by s anew, else data.
 */
static COLD enum proto_id decline(struct decoded *d, uint32_t n, struct step *s, enum proto_id *next)
{
	struct layer *l = &d->layer[n];
	enum proto_id parent = n > 0 ? (enum proto_id)l[-1].proto : PROTO_NONE, id = PROTO_DATA;

	if (parent == PROTO_TCP || parent == PROTO_UDP)
		id = proto_by_proof(parent == PROTO_UDP ? BY_UDPPORT : BY_TCPPORT, s->in);
	*s = (struct step){
		.in = s->in,
		.len = protos[id]->min_len,
		.total = s->in.wire,
		.claimed = l->claimed,
		.min_len = protos[id]->min_len,
		.key = l->key,
		.note = fits(s->in, protos[id]->min_len, l->partial),
		.partial = l->partial,
	};
	if (id == PROTO_DATA)
		return id;
	l->proto = (uint8_t)id;
	*next = s->note == NOTE_OK ? protos[id]->parse(s) : PROTO_NONE;
	if (s->note != NOTE_DECLINED)
		return id;
	s->key = l->key;
	s->claimed = l->claimed;
	s->partial = l->partial;
	return PROTO_DATA;
}

/* Most packets end so: whatever is left. */
static inline void lay_data(struct layer *l, const struct step *s, uint32_t source)
{
	*l = (struct layer){
		.ptr = s->in.ptr,
		.len = s->in.cap,
		.cap = s->in.cap,
		.wire = s->in.wire,
		.claimed = s->claimed,
		.key = s->key,
		.next = s->key,
		.proto = PROTO_DATA,
		.partial = s->partial,
		.source = (uint8_t)source,
	};
}

/* From layer n on; inline, so that a packet of its own is decoded with constants. */
static inline __attribute__((always_inline)) void
descend(struct decoded *d, uint32_t n, uint32_t source, struct slice in, enum proto_id id, uint32_t key)
{
	struct step s = { .in = in, .claimed = in.wire, .key = key };
	uint32_t needs = 0;

	while (id > PROTO_DATA && s.in.wire > 0 && n < LAYERS_MAX) {
		struct layer *l = &d->layer[n++];
		enum proto_id next = PROTO_NONE;
		struct slice whole;

		/* What is found here, until the parser knows better. */
		l->ptr = s.in.ptr;
		l->proto = (uint8_t)id;
		l->source = (uint8_t)source;
		l->key = s.key;
		l->claimed = s.claimed;
		l->partial = s.partial;
		/* cppcheck-suppress arrayIndexOutOfBoundsCond ; parsers return what is below PROTO_COUNT */
		s.len = s.min_len = protos[id]->min_len;
		s.total = s.in.wire;
		s.note = fits(s.in, s.min_len, s.partial);
		if (s.note == NOTE_OK)
			next = protos[id]->parse(&s);
		else if (s.in.cap == s.in.wire)
			s.need = NEED_ANY;
		if (s.note == NOTE_DECLINED) {
			id = decline(d, n - 1, &s, &next);
			if (id == PROTO_DATA) {
				n--;
				break;
			}
		}

		whole = slice_clip(s.in, s.total > s.len ? s.total : s.len);
		s.in = slice_skip(whole, s.len);
		l->len = whole.cap - s.in.cap;
		l->cap = whole.cap;
		l->wire = whole.wire;
		l->claimed = s.claimed;
		l->next = s.key;
		l->need = s.need;
		l->note = (uint8_t)s.note;
		l->partial = s.partial;

		needs |= s.need;
		s.need = 0;
		s.claimed -= min_u32(s.len, s.claimed);
		id = note_stops(s.note) ? PROTO_NONE : next;
	}
	if (id != PROTO_NONE && s.in.wire > 0) {
		if (n < LAYERS_MAX)
			lay_data(&d->layer[n++], &s, source);
		else
			d->layer[LAYERS_MAX - 1].note = NOTE_TOO_DEEP;
	}
	d->count = n;
	d->needs = needs;
}

void decode(struct decoded *d, struct slice packet, enum proto_id first)
{
	d->packet = packet;
	descend(d, 0, 0, packet, first, 0);
}

void decode_on(struct decoded *d, uint32_t source, struct slice in, enum proto_id id, uint32_t key)
{
	descend(d, d->count, source, in, id, key);
}
