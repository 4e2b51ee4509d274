/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_sight.c - what of a packet its flows are counted by */
#include "decode/track/flow_sight.h"

#define AGE_NS UINT64_C(60000000000)	/* RFC 8200, section 4.5: no fragment comes later */

/* The ports of each protocol that has some. */
static void find_ports(struct flow_eye *e)
{
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const struct record *r = &protos[id]->head;

		for (const struct field *f = r->field; f && f < r->field + r->count; f++) {
			if (f->kind == PORT && f->role == SRC)
				e->src[id] = f;
			if (f->kind == PORT && f->role == DST)
				e->dst[id] = f;
		}
	}
}

static void find_mss(struct flow_eye *e)
{
	const struct record *r;

	for (uint32_t n = 0; (r = protos[PROTO_TCP]->record(n)) != NULL; n++)
		for (const struct field *f = r->field; f && f < r->field + r->count; f++)
			if (strcmp(f->name, "options.mss_val") == 0) {
				e->mss = f;
				e->mss_option = r;
			}
}

void flow_eye_init(struct flow_eye *e, const uint64_t seed[2])
{
	e->seed = seed_of(seed);
	find_ports(e);
	find_mss(e);
	e->seq = proto_field(protos[PROTO_TCP], "seq_raw");
	e->ack = proto_field(protos[PROTO_TCP], "ack_raw");
	e->flags = proto_field(protos[PROTO_TCP], "flags");
	e->window = proto_field(protos[PROTO_TCP], "window_size_value");
}

uint64_t flow_hash(const struct seed *seed, const struct flow_key *k)
{
	uint32_t n = k->v6 ? 16 : 4;
	uint64_t value = (uint64_t)k->proto << 32 | (uint32_t)k->port[0] << 16 | k->port[1];

	return key_between(seed, value, (struct slice){ k->addr[0], n, n },
			   (struct slice){ k->addr[1], n, n });
}

/* Is a the higher of two addresses of the same length, or as high? */
static bool is_higher(struct slice a, struct slice b, bool *same)
{
	uint64_t x, y;

	if (a.wire == 4) {
		x = slice_u32(a, 0);
		y = slice_u32(b, 0);
	} else {
		x = slice_u64(a, 0);
		y = slice_u64(b, 0);
		if (x == y) {
			x = slice_u64(a, 8);
			y = slice_u64(b, 8);
		}
	}
	*same = x == y;
	return x > y;
}

/* The key of two ends, the lower first; from: where the sender stands. */
static void set_key(struct flow_sight *s, struct slice src, struct slice dst, uint32_t ports)
{
	uint16_t sport = (uint16_t)(ports >> 16), dport = (uint16_t)ports;
	bool same, from = is_higher(src, dst, &same) || (same && sport > dport);

	s->from = from;
	s->key.v6 = src.wire != 4;
	if (s->key.v6) {
		slice_copy(s->key.addr[from], src, 16);
		slice_copy(s->key.addr[!from], dst, 16);
	} else {
		slice_copy(s->key.addr[from], src, 4);
		slice_copy(s->key.addr[!from], dst, 4);
	}
	s->key.port[from] = sport;
	s->key.port[!from] = dport;
}

/* Damaged files have times that are as far from each other as numbers can be. */
static bool are_near(int64_t a, int64_t b)
{
	return (a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a) <= AGE_NS;
}

/* What a fragment says of its ports; the first one tells, the others ask. */
static void ask_first(struct flow_eye *e, const struct layer *l, struct slice h, struct flow_sight *s,
		      struct slice src, struct slice dst, uint32_t *ports)
{
	struct fragment f = protos[l->proto]->fragment(h);
	uint64_t hash = key_between(&e->seed, f.ident ^ (uint64_t)s->key.proto << 56, src, dst);
	struct flow_datagram *d = &e->datagram[hash % FLOW_FRAGMENTS];

	if (f.offset == 0)
		*d = (struct flow_datagram){ hash, s->time, *ports };
	else if (d->hash == hash && are_near(d->time, s->time))
		*ports = d->ports;
}

/* Whole bytes at a fixed place, as ports and numbers are: nothing else is to be found out about them. */
static uint16_t get16(struct slice h, const struct field *f)
{
	return slice_u16(h, f->bit / 8);
}

static uint32_t get32(struct slice h, const struct field *f)
{
	return slice_u32(h, f->bit / 8);
}

/* The maximum segment size that a SYN tells, RFC 9293 section 3.7.1; 0: it does not. */
static uint16_t mss_of(const struct flow_eye *e, struct slice h)
{
	struct slice rest = slice_skip(h, protos[PROTO_TCP]->min_len), opt;
	const struct record *r;

	for (uint32_t i = 0; (r = protos[PROTO_TCP]->option(h, i, &rest, &opt)) != NULL; i++)
		if (r == e->mss_option)
			return get16(opt, e->mss);
	return 0;
}

static void look_at_tcp(const struct flow_eye *e, const struct decoded *d, const struct layer *l,
			struct flow_sight *s)
{
	struct slice h = layer_head(d, l);

	if (l->len < protos[PROTO_TCP]->min_len)
		return;
	s->tcp = true;
	s->seq = get32(h, e->seq);
	s->ack = get32(h, e->ack);
	s->flags = (uint16_t)field_get(h, e->flags);
	s->window = get16(h, e->window);
	s->mss = s->flags & TCP_SYN ? mss_of(e, h) : 0;
	s->length = l->claimed - min_u32(l->len, l->claimed);
}

/* Layer i is an IP header. Where the flow's own header ends: the layer behind it, and behind the
 * extension headers that follow it.
 */
static uint32_t look_behind(const struct decoded *d, uint32_t i, const struct layer **fragment)
{
	uint32_t k = i;

	*fragment = NULL;
	for (;; k++) {
		enum proto_id next;

		if (d->layer[k].need == NEED_FRAGMENTS)
			*fragment = &d->layer[k];
		next = layer_proto(d, k + 1);
		if (next != PROTO_AH && protos[next ? next : PROTO_DATA]->over[0].space != BY_IPV6EXT)
			return k + 1;
	}
}

static void look_at_header(struct flow_eye *e, const struct decoded *d, uint32_t i, struct flow_sight *s)
{
	const struct proto *p = protos[d->layer[i].proto];
	struct slice h = layer_head(d, &d->layer[i]), src = field_bytes(h, p->src), dst = field_bytes(h, p->dst);
	const struct layer *fragment, *l;
	uint32_t k = look_behind(d, i, &fragment), ports = 0;
	enum proto_id id = layer_proto(d, k);

	l = &d->layer[k];
	s->layer = (uint8_t)k;
	s->key.proto = (uint8_t)d->layer[k - 1].next;
	if (e->src[id] && field_here(layer_head(d, l), e->dst[id]))
		ports = (uint32_t)get16(layer_head(d, l), e->src[id]) << 16 |
			get16(layer_head(d, l), e->dst[id]);
	if (id == PROTO_TCP)
		look_at_tcp(e, d, l, s);
	if (fragment)
		ask_first(e, fragment, layer_head(d, fragment), s, src, dst, &ports);
	set_key(s, src, dst, ports);
	s->hash = flow_hash(&e->seed, &s->key);
}

bool flow_look(struct flow_eye *e, const struct decoded *d, uint32_t *i, int64_t time,
	       struct flow_sight *s)
{
	while (*i < d->count) {
		const struct layer *l = &d->layer[(*i)++];

		if (l->proto == PROTO_ICMP || l->proto == PROTO_ICMPV6)
			break;		/* what it quotes went another way */
		if (!protos[l->proto]->src || note_stops((enum note)l->note))
			continue;
		*s = (struct flow_sight){ .time = time, .bytes = d->packet.wire };
		look_at_header(e, d, *i - 1, s);
		return true;
	}
	return false;
}
