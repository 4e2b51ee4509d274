/* SPDX-License-Identifier: BSD-2-Clause */
/* bases.c - from where the sequence numbers of TCP conversations count, for packets that are shown in any order */
#include "decode/track/bases.h"

#include "decode/track/flow_sight.h"
#include "decode/track/track.h"

_Static_assert(sizeof(struct base) == 24, "so many bytes a conversation");

void bases_init(struct bases *b, const uint64_t seed[2])
{
	const struct proto *tcp = protos[PROTO_TCP];

	b->seed = seed_of(seed);
	b->srcport = proto_field(tcp, "srcport");
	b->dstport = proto_field(tcp, "dstport");
	b->seq = proto_field(tcp, "seq_raw");
	b->ack = proto_field(tcp, "ack_raw");
	b->flags = proto_field(tcp, "flags");
}

/* The next base of key, from the one that came as number *at on, of those that are still there. NULL: there is none. */
static const struct base *next_base(const struct bases *b, uint64_t key, uint32_t *at, uint32_t *left)
{
	while (*at && b->count - *at < BASES_MOST && *left > 0) {
		const struct base *base = &b->base[*at % BASES_MOST];

		*at = base->behind;
		--*left;
		if (base->key == key)
			return base;
	}
	return NULL;
}

bool bases_find(const struct bases *b, const struct seqs_segment *seg, uint64_t number, struct seqs_start *start)
{
	bool higher;
	uint64_t key = seqs_key(&b->seed, seg, &higher);
	uint32_t at = b->newest[key % BASES_MOST], left = BASES_WAY;
	const struct base *base;

	*start = (struct seqs_start){ 0, 0 };
	if (number > b->last)
		return false;
	while ((base = next_base(b, key, &at, &left)) != NULL && base->number > number)
		;
	if (!base)
		return false;
	*start = (struct seqs_start){ base->start[higher], base->start[!higher] };
	return base->number < number && !seg->syn;
}

static void put(struct bases *b, struct base base, bool syn)
{
	uint32_t *newest = &b->newest[base.key % BASES_MOST], at = *newest, left = BASES_WAY;
	const struct base *known = next_base(b, base.key, &at, &left);

	if (known && (!syn || (known->start[0] == base.start[0] && known->start[1] == base.start[1])))
		return;
	base.behind = *newest;
	*newest = ++b->count;
	b->base[*newest % BASES_MOST] = base;
}

void bases_settle(struct bases *b)
{
	for (uint32_t i = 0; i < b->waits; i++)
		__builtin_prefetch(&b->base[b->newest[b->waiting[i].base.key % BASES_MOST] % BASES_MOST]);
	for (uint32_t i = 0; i < b->waits; i++)
		put(b, b->waiting[i].base, b->waiting[i].syn);
	b->waits = 0;
	b->last = b->came;
}

static void wait_for(struct bases *b, const struct seqs_segment *seg, uint64_t number)
{
	bool higher;
	struct base base = { .key = seqs_key(&b->seed, seg, &higher), .number = (uint32_t)number };

	base.start[higher] = seg->seq;
	base.start[!higher] = seg->ack - 1;
	b->waiting[b->waits].base = base;
	b->waiting[b->waits].syn = seg->syn;
	__builtin_prefetch(&b->newest[base.key % BASES_MOST]);
	if (++b->waits == BASES_WAITING)
		bases_settle(b);
}

/* The layer of d that is TCP; d->count: there is none. What an ICMP message quotes went another way, at another time. */
static uint32_t tcp_layer(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		enum proto_id id = d->layer[i].proto;

		if (id == PROTO_TCP)
			return i;
		if (id == PROTO_ICMP || id == PROTO_ICMPV6)
			break;
	}
	return d->count;
}

void bases_put(struct bases *b, const struct decoded *d, uint64_t number)
{
	uint32_t i = tcp_layer(d), flags;
	struct seqs_segment seg;
	struct slice h;

	b->came = number;
	if (i == d->count || d->layer[i].len < protos[PROTO_TCP]->min_len)
		return;
	h = layer_head(d, &d->layer[i]);
	flags = (uint32_t)field_get(h, b->flags);
	if (!(flags & TCP_ACK) || !track_addresses(d, i, &seg.src, &seg.dst))
		return;
	seg.srcport = (uint16_t)field_get(h, b->srcport);
	seg.dstport = (uint16_t)field_get(h, b->dstport);
	seg.syn = flags & TCP_SYN;
	seg.seq = (uint32_t)field_get(h, b->seq);
	seg.ack = (uint32_t)field_get(h, b->ack);
	wait_for(b, &seg, number);
}
