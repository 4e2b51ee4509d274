/* SPDX-License-Identifier: BSD-2-Clause */
/* talkers.c - who sends and receives how much */
#include "decode/track/talkers.h"

#define FIRST_BUCKETS 64u
#define SPARED 64		/* at most, until one makes room all the same */
#define SEEN_PART 16		/* of the memory is for the hashes of flows */
#define SECOND INT64_C(1000000000)

/* The largest power of two that is not above n, which is not 0. */
static size_t power_below(size_t n)
{
	return (size_t)1 << (63 - __builtin_clzll(n));
}

void talkers_open(struct talkers *t, enum talker_kind kind, bool recent, void *memory, size_t size,
		  const uint64_t seed[2])
{
	size_t seen = power_below(size / SEEN_PART / sizeof(*t->seen));
	size_t each = sizeof(struct talker) + (recent ? sizeof(struct talker_recent) : 0);
	size_t left = size - seen * sizeof(*t->seen);
	/* Half of the places of an index are free at least. */
	size_t share = 2 * sizeof(struct flow_bucket) / FLOW_SLOTS + 1;
	size_t buckets = power_below(left / (each + share) * 2 / FLOW_SLOTS + 1), room;

	buckets = buckets < FIRST_BUCKETS ? FIRST_BUCKETS : buckets;
	room = (left - buckets * sizeof(struct flow_bucket)) / each;
	t->kind = kind;
	t->most = (uint32_t)(room < buckets / 2 * FLOW_SLOTS ? room : buckets / 2 * FLOW_SLOTS);
	t->index = (struct flow_index){ memory, FIRST_BUCKETS - 1, (uint32_t)buckets, 0 };
	t->seen = (uint64_t *)((struct flow_bucket *)memory + buckets);
	t->seen_mask = (uint32_t)(seen - 1);
	t->talker = (struct talker *)(t->seen + seen);
	t->recent = recent ? (struct talker_recent *)(t->talker + t->most) : NULL;
	flow_eye_init(&t->eye, seed);
	t->mac[TALKER_SENT] = proto_field(protos[PROTO_ETH], "src");
	t->mac[TALKER_RECEIVED] = proto_field(protos[PROTO_ETH], "dst");
}

static uint64_t hash_of(const struct talkers *t, const struct talker_key *k)
{
	struct slice addr = { k->addr, sizeof(k->addr), sizeof(k->addr) };
	uint64_t rest = (uint64_t)k->length << 24 | (uint64_t)k->proto << 16 | k->port;

	return key_address(&t->eye.seed, key_mix(t->eye.seed.start ^ rest, t->eye.seed.factor), addr);
}

static struct talker *find(const struct talkers *t, const struct talker_key *k, uint64_t hash)
{
	struct flow_probe p = { 0 };
	uint32_t number;

	while ((number = flow_index_next(&t->index, hash, &p)) != 0)
		if (memcmp(&t->talker[number - 1].key, k, sizeof(*k)) == 0)
			return &t->talker[number - 1];
	return NULL;
}

static void grow(struct talkers *t)
{
	flow_index_double(&t->index);
	for (uint32_t i = 0; i < t->count; i++)
		flow_index_put(&t->index, hash_of(t, &t->talker[i].key), i + 1);
}

/* Who was not heard again since the hand was here last. */
static struct talker *least(struct talkers *t)
{
	struct talker *talker;

	for (uint32_t i = 0;; i++) {
		talker = &t->talker[t->hand];
		t->hand = t->hand + 1 < t->most ? t->hand + 1 : 0;
		if (!talker->heard || i == SPARED)
			return talker;
		talker->heard = false;
	}
}

/* A place for a talker, filled with zeros. */
static struct talker *take_place(struct talkers *t)
{
	struct talker *talker;

	if (t->count < t->most)
		return &t->talker[t->count++];
	talker = least(t);
	flow_index_drop(&t->index, hash_of(t, &talker->key), (uint32_t)(talker - t->talker) + 1);
	for (uint32_t way = 0; way < 2; way++) {
		t->gone.packets[way] += talker->packets[way];
		t->gone.bytes[way] += talker->bytes[way];
	}
	t->evicted++;
	*talker = (struct talker){ 0 };
	if (t->recent)
		t->recent[talker - t->talker] = (struct talker_recent){ 0 };
	return talker;
}

static struct talker *begin(struct talkers *t, const struct talker_key *k, uint64_t hash)
{
	struct talker *talker;

	if (flow_index_full(&t->index))
		grow(t);
	talker = take_place(t);
	talker->key = *k;
	flow_index_put(&t->index, hash, (uint32_t)(talker - t->talker) + 1);
	return talker;
}

/* way: has it sent or received? */
static void count(struct talkers *t, const struct talker_key *k, uint32_t way, uint32_t bytes, int64_t time,
		  bool new_flow)
{
	uint64_t hash = hash_of(t, k);
	struct talker *talker = find(t, k, hash);

	if (talker)
		talker->heard = true;
	else
		talker = begin(t, k, hash);
	talker->packets[way]++;
	talker->bytes[way] += bytes;
	talker->flows += new_flow;
	if (t->recent) {
		struct talker_recent *r = &t->recent[talker - t->talker];
		uint32_t second = (uint32_t)(time / SECOND);

		recent_put(&r->packets, second, 1);
		recent_put(&r->bytes, second, bytes);
		recent_put(&r->sent, second, way == TALKER_SENT ? bytes : 0);
	}
}

/* Was no packet of the flow with that hash seen before? Half of the places stay free. */
static bool is_new(struct talkers *t, uint64_t hash)
{
	uint32_t at = (uint32_t)hash & t->seen_mask;

	for (; t->seen[at]; at = (at + 1) & t->seen_mask)
		if (t->seen[at] == hash)
			return false;
	if (t->seen_count > t->seen_mask / 2) {
		t->flows_full = true;
		return false;
	}
	t->seen[at] = hash;
	t->seen_count++;
	return true;
}

/* Both ends of each flow. Returns whether there was one. */
static bool count_ends(struct talkers *t, const struct decoded *d, int64_t time)
{
	struct flow_sight s;
	uint32_t i = 0;
	bool any = false;

	while (flow_look(&t->eye, d, &i, time, &s)) {
		bool ports = s.key.port[0] || s.key.port[1], new_flow;

		if (t->kind == TALKER_PORT && !ports)
			continue;
		new_flow = is_new(t, s.hash);
		any = true;
		for (uint32_t end = 0; end < 2; end++) {
			struct talker_key k = { .proto = s.key.proto, .port = s.key.port[end] };

			if (t->kind == TALKER_HOST) {
				k = (struct talker_key){ .length = s.key.v6 ? 16 : 4 };
				memcpy(k.addr, s.key.addr[end], sizeof(k.addr));
			}
			count(t, &k, end == s.from ? TALKER_SENT : TALKER_RECEIVED, s.bytes, time, new_flow);
		}
	}
	return any;
}

static bool is_quoting(const struct layer *l)
{
	return l->proto == PROTO_ICMP || l->proto == PROTO_ICMPV6;
}

static bool count_links(struct talkers *t, const struct decoded *d, int64_t time)
{
	bool any = false;

	for (const struct layer *l = d->layer; l < d->layer + d->count && !is_quoting(l); l++) {
		struct slice h = layer_head(d, l);

		if (l->proto != PROTO_ETH || !field_here(h, t->mac[0]) || !field_here(h, t->mac[1]))
			continue;
		any = true;
		for (uint32_t way = 0; way < 2; way++) {
			struct talker_key k = { .length = 6 };

			slice_copy(k.addr, field_bytes(h, t->mac[way]), 6);
			count(t, &k, way, d->packet.wire, time, false);
		}
	}
	return any;
}

static bool count_protocol(struct talkers *t, const struct decoded *d, int64_t time)
{
	struct talker_key k = { 0 };

	for (const struct layer *l = d->layer; l < d->layer + d->count; l++) {
		if (l->proto != PROTO_DATA)
			k.proto = l->proto;
		if (is_quoting(l))
			break;
	}
	if (k.proto)
		count(t, &k, TALKER_SENT, d->packet.wire, time, false);
	return k.proto;
}

void talkers_packet(struct talkers *t, const struct decoded *d, int64_t time)
{
	static bool (*const counts[TALKER_KINDS])(struct talkers *, const struct decoded *, int64_t) = {
		[TALKER_HOST] = count_ends, [TALKER_PORT] = count_ends, [TALKER_PROTO] = count_protocol,
		[TALKER_MAC] = count_links,
	};

	t->packets++;
	t->bytes += d->packet.wire;
	recent_put(&t->all, (uint32_t)(time / SECOND), d->packet.wire);
	t->strangers += !counts[t->kind](t, d, time);
}
