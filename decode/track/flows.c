/* SPDX-License-Identifier: BSD-2-Clause */
/* flows.c - the table of flows: who talks to whom, and how much */
#include "decode/track/flows.h"

#include "decode/track/flow_tcp.h"

#define FIRST_BUCKETS 64
#define AHEAD (FLOW_QUEUE / 2)	/* packets between a bucket's fetching and its reading, and again */
#define TRIES 16		/* flows that have spoken since they came into the list, and get another turn */

void flows_open(struct flows *f, void *memory, size_t size, const uint64_t seed[2])
{
	size_t buckets = FIRST_BUCKETS, room;

	/* So many that half of the places stay free when all flows are there. */
	while (buckets * (sizeof(struct flow_bucket) + FLOW_SLOTS * sizeof(struct flow) / 2) < size &&
	       buckets < UINT32_MAX / FLOW_SLOTS / 2)
		buckets *= 2;
	room = (size - buckets * sizeof(struct flow_bucket)) / sizeof(struct flow);
	f->index = (struct flow_index){ memory, FIRST_BUCKETS - 1, (uint32_t)buckets, 0 };
	f->flow = (struct flow *)((struct flow_bucket *)memory + buckets);
	f->most = (uint32_t)(room < buckets / 2 * FLOW_SLOTS ? room : buckets / 2 * FLOW_SLOTS);
	flow_eye_init(&f->eye, seed);
}

static struct flow *flow_of(const struct flows *f, uint32_t number)
{
	return &f->flow[number - 1];
}

static uint32_t number_of(const struct flows *f, const struct flow *flow)
{
	return (uint32_t)(flow - f->flow) + 1;
}

/* Take flow out of the list of its rank, and put it at the end of that of rank. */
static void change_rank(struct flows *f, struct flow *flow, enum flow_rank rank)
{
	struct flow_list *from = &f->list[flow->rank], *to = &f->list[rank];
	uint32_t number = number_of(f, flow);

	if (flow->rank != RANK_NONE) {
		*(flow->before ? &flow_of(f, flow->before)->behind : &from->first) = flow->behind;
		*(flow->behind ? &flow_of(f, flow->behind)->before : &from->last) = flow->before;
	}
	flow->rank = (uint8_t)rank;
	if (rank == RANK_NONE)
		return;
	flow->before = to->last;
	flow->behind = 0;
	*(to->last ? &flow_of(f, to->last)->behind : &to->first) = number;
	to->last = number;
}

static enum flow_rank rank_of(const struct flow *flow)
{
	if (flow->bits & FLOW_FORMER || flow->state >= FLOW_CLOSED)
		return RANK_OVER;
	if (flow->state == FLOW_SYN || flow->state == FLOW_SYN_ACK)
		return RANK_UNANSWERED;
	if (flow->packets[0] + flow->packets[1] >= FLOW_BUSY || (flow->packets[0] && flow->packets[1]))
		return RANK_KEPT;
	return RANK_UNANSWERED;
}

/* Who makes room. Flows are not moved in the list of those that are kept for each of their packets: one
 * that has spoken since it came to its place gets another turn there.
 */
static struct flow *least(struct flows *f)
{
	struct flow *flow;

	for (uint32_t rank = RANK_UNANSWERED; rank < RANK_KEPT; rank++)
		if (f->list[rank].first)
			return flow_of(f, f->list[rank].first);
	for (uint32_t i = 0; i < TRIES; i++) {
		flow = flow_of(f, f->list[RANK_KEPT].first);
		if (!flow->spoken)
			break;
		flow->spoken = false;
		change_rank(f, flow, RANK_KEPT);
	}
	return flow_of(f, f->list[RANK_KEPT].first);
}

/* flow is not to be found any more. */
static void hide(struct flows *f, struct flow *flow)
{
	if (!(flow->bits & FLOW_FORMER))
		flow_index_drop(&f->index, flow_hash(&f->eye.seed, &flow->key), number_of(f, flow));
	flow->bits |= FLOW_FORMER;
}

static void show(struct flows *f, struct flow *flow, uint64_t hash)
{
	if (!flow_index_put(&f->index, hash, number_of(f, flow)))
		flow->bits |= FLOW_FORMER;
}

/* Put all flows into the index anew, the buckets of those ahead on their way. */
static void grow(struct flows *f)
{
	uint64_t hash[AHEAD];

	flow_index_double(&f->index);
	for (uint32_t i = 0; i < f->used + AHEAD; i++) {
		struct flow *behind = i >= AHEAD ? &f->flow[i - AHEAD] : NULL;

		if (behind && behind->rank != RANK_NONE && !(behind->bits & FLOW_FORMER))
			show(f, behind, hash[i % AHEAD]);
		if (i < f->used) {
			hash[i % AHEAD] = flow_hash(&f->eye.seed, &f->flow[i].key);
			__builtin_prefetch(flow_bucket(&f->index, hash[i % AHEAD], 0), 1);
		}
	}
}

/* A place for a flow, filled with zeros. */
static struct flow *take_place(struct flows *f)
{
	struct flow *flow;

	f->count++;
	if (f->used < f->most)
		return &f->flow[f->used++];
	flow = least(f);
	if (flow->behind) {		/* who is next, if this goes on: its bucket is the dear part */
		const struct flow_key *next = &flow_of(f, flow->behind)->key;

		__builtin_prefetch(flow_bucket(&f->index, flow_hash(&f->eye.seed, next), 0), 1);
	}
	f->evicted[flow->rank]++;
	f->count--;
	hide(f, flow);
	change_rank(f, flow, RANK_NONE);
	*flow = (struct flow){ 0 };
	return flow;
}

static struct flow *find(const struct flows *f, const struct flow_sight *s)
{
	struct flow_probe p = { 0 };
	uint32_t number;

	while ((number = flow_index_next(&f->index, s->hash, &p)) != 0) {
		struct flow *flow = flow_of(f, number);

		if (memcmp(&flow->key, &s->key, sizeof(flow->key)) == 0)
			return flow;
	}
	return NULL;
}

/* former: the flow that had these ends so far, or NULL. It may be the one that makes room. */
static struct flow *begin(struct flows *f, const struct flow_sight *s, const struct flow *former)
{
	uint32_t number = former ? number_of(f, former) : 0;
	struct flow *flow = take_place(f);

	if (flow_index_full(&f->index))
		grow(f);
	flow->key = s->key;
	flow->bits = s->from;		/* FLOW_CLIENT */
	flow->first = flow->last = s->time;
	flow->stretch = flow_stretch(s->time);
	flow->begin = s->number;
	flow->id = ++f->begun;
	flow->former = number;
	show(f, flow, s->hash);
	return flow;
}

/* Clocks go back, too. */
static void count_time(struct flows *f, struct flow *flow, const struct flow_sight *s)
{
	int32_t now = flow_stretch(s->time);
	uint32_t *recent = &flow->recent[(uint32_t)now % FLOW_RECENT];

	if (s->time > flow->last)
		flow->last = s->time;
	else if (s->time < flow->first)
		flow->first = s->time;
	if (s->time > f->latest)
		f->latest = s->time;
	if ((int64_t)now - flow->stretch >= FLOW_RECENT) {
		memset(flow->recent, 0, sizeof(flow->recent));
		flow->stretch = now;
	}
	while (flow->stretch < now)
		flow->recent[(uint32_t)++flow->stretch % FLOW_RECENT] = 0;
	if ((int64_t)flow->stretch - now < FLOW_RECENT)
		*recent = *recent > UINT32_MAX - s->bytes ? UINT32_MAX : *recent + s->bytes;
}

struct flow *flows_count(struct flows *f, const struct flow_sight *s)
{
	struct flow *flow = find(f, s), *former = NULL;
	enum flow_rank rank;

	if (flow && s->tcp && flow_tcp_begins(flow, s)) {
		hide(f, flow);
		change_rank(f, flow, RANK_OVER);
		former = flow;
		flow = NULL;
	}
	if (!flow)
		flow = begin(f, s, former);
	if (s->tcp)
		flow_tcp_count(flow, s);
	flow->packets[s->from]++;
	flow->bytes[s->from] += s->bytes;
	count_time(f, flow, s);
	flow->spoken = true;
	rank = rank_of(flow);
	if (rank != flow->rank)
		change_rank(f, flow, rank);
	return flow;
}

/* The bucket has come: fetch the flow that it names. */
static void fetch(const struct flows *f, const struct flow_sight *s)
{
	struct flow_probe p = { 0 };
	uint32_t number = flow_index_next(&f->index, s->hash, &p);

	if (number) {
		__builtin_prefetch(flow_of(f, number), 1);
		__builtin_prefetch(&flow_of(f, number)->first, 1);
		__builtin_prefetch(&flow_of(f, number)->begin, 1);
	}
}

void flows_packet(struct flows *f, const struct decoded *d, int64_t time)
{
	uint64_t before = f->arrived;
	uint32_t i = 0;

	f->packets++;
	f->number++;
	for (;;) {
		struct flow_sight *s = &f->queue[f->arrived % FLOW_QUEUE];

		if (f->arrived - f->counted == FLOW_QUEUE)
			flows_count(f, &f->queue[f->counted++ % FLOW_QUEUE]);
		if (!flow_look(&f->eye, d, &i, time, s))
			break;
		s->number = f->number;
		__builtin_prefetch(flow_bucket(&f->index, s->hash, 0));
		if (f->arrived >= f->counted + AHEAD)
			fetch(f, &f->queue[(f->arrived - AHEAD) % FLOW_QUEUE]);
		f->arrived++;
	}
	f->strangers += f->arrived == before;
}

void flows_settle(struct flows *f)
{
	while (f->counted != f->arrived)
		flows_count(f, &f->queue[f->counted++ % FLOW_QUEUE]);
}

/* The one of these ends that was there when packet number came. What is in the place of a former flow may be another
 * by now, but none that began before.
 */
static const struct flow *then(const struct flows *f, const struct flow *flow, uint64_t number)
{
	while (flow && flow->begin > number) {
		const struct flow *former = flow->former ? flow_of(f, flow->former) : NULL;

		if (former && (former->begin >= flow->begin || former->rank == RANK_NONE ||
			       memcmp(&former->key, &flow->key, sizeof(flow->key)) != 0))
			former = NULL;
		flow = former;
	}
	return flow;
}

const struct flow *flows_find(const struct flows *f, const struct flow_sight *s, uint64_t number)
{
	return then(f, find(f, s), number);
}

const struct flow *flows_next(const struct flows *t, const struct flow *f)
{
	for (f = f ? f + 1 : t->flow; f < t->flow + t->used; f++)
		if (f->rank != RANK_NONE)
			return f;
	return NULL;
}
