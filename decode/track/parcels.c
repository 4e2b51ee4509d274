/* SPDX-License-Identifier: BSD-2-Clause */
/* parcels.c - bytes of several packets put in place: datagrams of fragments, messages of segments */
#include "decode/track/parcels.h"

/* The first parcel of the set that key belongs to. */
static uint32_t set_of(uint64_t key)
{
	return (uint32_t)(key % PARCEL_SETS) * PARCEL_WAYS;
}

static uint64_t *key_of(struct parcels *s, const struct parcel *p)
{
	return &s->key[p - s->parcel];
}

static void give_back(struct parcels *s, struct parcel *p, uint32_t block)
{
	if (p->block[block] == 0)
		return;
	s->next[p->block[block]] = s->freed;
	s->freed = p->block[block];
	p->block[block] = 0;
}

struct parcel *parcels_find(struct parcels *s, uint64_t key)
{
	uint32_t first = set_of(key);

	for (uint32_t i = first; i < first + PARCEL_WAYS; i++)
		if (s->key[i] == key)
			return &s->parcel[i];
	return NULL;
}

void parcels_forget(struct parcels *s, struct parcel *p)
{
	for (uint32_t i = 0; i < PARCEL_BLOCKS; i++)
		give_back(s, p, i);
	*key_of(s, p) = 0;
	s->count--;
}

struct parcel *parcels_begin(struct parcels *s, uint64_t key)
{
	uint32_t first = set_of(key), at = first;
	struct parcel *p;

	for (uint32_t i = first; i < first + PARCEL_WAYS && s->key[at]; i++)
		if (!s->key[i] || s->parcel[i].used < s->parcel[at].used)
			at = i;
	p = &s->parcel[at];
	if (s->key[at]) {
		parcels_forget(s, p);
		s->given_up++;
	}
	*p = (struct parcel){ .used = ++s->calls };
	s->key[at] = key;
	s->count++;
	return p;
}

/* Forget the parcel that did not grow for longest, but for p; false where no other has blocks. */
static bool forget_oldest(struct parcels *s, const struct parcel *p)
{
	struct parcel *oldest = NULL;

	for (struct parcel *i = s->parcel; i < s->parcel + PARCELS; i++)
		if (*key_of(s, i) && i != p && i->ranges > 0 && (!oldest || i->used < oldest->used))
			oldest = i;
	if (!oldest)
		return false;
	parcels_forget(s, oldest);
	s->given_up++;
	return true;
}

/* A block for p; 0 where there is none. */
static uint16_t take_block(struct parcels *s, const struct parcel *p)
{
	uint16_t block;

	if (!s->freed && s->fresh < POOL_BLOCKS)
		return ++s->fresh;
	if (!s->freed && !forget_oldest(s, p))
		return 0;
	block = s->freed;
	s->freed = s->next[block];
	return block;
}

/* Bytes [from, to) of piece, which starts at byte at; false where there is no room. */
static bool store(struct parcels *s, struct parcel *p, uint32_t at, struct slice piece,
		  struct stretch r)
{
	while (r.from < r.to) {
		uint32_t place = p->base + r.from, n = BLOCK_SIZE - place % BLOCK_SIZE;
		uint16_t *block = &p->block[place / BLOCK_SIZE];

		if (!*block)
			*block = take_block(s, p);
		if (!*block)
			return false;
		n = min_u32(n, r.to - r.from);
		slice_copy(&s->block[*block - 1][place % BLOCK_SIZE],
			   slice_skip(piece, r.from - at), n);
		r.from += n;
	}
	return true;
}

/* Are bytes [from, to) the same in piece? */
static bool same(const struct parcels *s, const struct parcel *p, uint32_t at, struct slice piece,
		 struct stretch r)
{
	while (r.from < r.to) {
		uint32_t place = p->base + r.from, n = BLOCK_SIZE - place % BLOCK_SIZE;
		const uint8_t *block = s->block[p->block[place / BLOCK_SIZE] - 1];

		n = min_u32(n, r.to - r.from);
		if (!slice_starts(slice_skip(piece, r.from - at), block + place % BLOCK_SIZE, n))
			return false;
		r.from += n;
	}
	return true;
}

/* Bytes [from, to) are here now: ranges that touch them become one with them. */
static bool join(struct parcel *p, struct stretch r)
{
	uint32_t first = 0, last;

	while (first < p->ranges && p->range[first].to < r.from)
		first++;
	for (last = first; last < p->ranges && p->range[last].from <= r.to; last++) {
		r.from = min_u32(r.from, p->range[last].from);
		r.to = r.to > p->range[last].to ? r.to : p->range[last].to;
	}
	if (first == last && p->ranges == PARCEL_RANGES)
		return false;
	memmove(&p->range[first + 1], &p->range[last], (p->ranges - last) * sizeof(p->range[0]));
	p->range[first] = r;
	p->ranges = p->ranges - (last - first) + 1;
	return true;
}

enum put parcel_put(struct parcels *s, struct parcel *p, uint32_t at, struct slice piece)
{
	enum put put = PUT_NEW;
	uint32_t from = at, end;

	if (at > PARCEL_MAX || piece.cap > PARCEL_MAX - at)
		return PUT_NOT;
	end = at + piece.cap;
	p->used = ++s->calls;
	for (uint32_t i = 0; i <= p->ranges && from < end; i++) {
		bool more = i < p->ranges;
		struct stretch gap = { from, more ? min_u32(p->range[i].from, end) : end }, old;

		if (gap.from < gap.to && !store(s, p, at, piece, gap))
			return PUT_NOT;
		if (!more || p->range[i].to <= from || p->range[i].from >= end)
			continue;
		old.from = from > p->range[i].from ? from : p->range[i].from;
		old.to = min_u32(p->range[i].to, end);
		if (!same(s, p, at, piece, old))
			put = PUT_OTHERWISE;
		else if (put == PUT_NEW)
			put = PUT_AGAIN;
		from = old.to;
	}
	return at == end || join(p, (struct stretch){ at, end }) ? put : PUT_NOT;
}

void parcel_number(struct parcel *p, uint64_t number)
{
	if (p->numbers < PARCEL_NUMBERS)
		p->number[p->numbers] = number;
	p->numbers++;
}

void parcel_copy(const struct parcels *s, const struct parcel *p, uint8_t *to, uint32_t n)
{
	n = min_u32(n, parcel_ready(p));
	for (uint32_t at = 0; at < n;) {
		uint32_t place = p->base + at;
		uint32_t some = min_u32(BLOCK_SIZE - place % BLOCK_SIZE, n - at);

		memcpy(to + at, &s->block[p->block[place / BLOCK_SIZE] - 1][place % BLOCK_SIZE],
		       some);
		at += some;
	}
}

void parcel_drop(struct parcels *s, struct parcel *p, uint32_t n)
{
	uint32_t whole = (p->base + n) / BLOCK_SIZE, kept = 0;

	for (uint32_t i = 0; i < p->ranges; i++) {
		struct stretch r = p->range[i];

		if (r.to > n)
			p->range[kept++] =
				(struct stretch){ r.from - min_u32(n, r.from), r.to - n };
	}
	p->ranges = kept;
	for (uint32_t i = 0; i < whole && i < PARCEL_BLOCKS; i++)
		give_back(s, p, i);
	for (uint32_t i = 0; i < PARCEL_BLOCKS && whole > 0; i++) {
		p->block[i] = i + whole < PARCEL_BLOCKS ? p->block[i + whole] : 0;
	}
	p->base = (p->base + n) % BLOCK_SIZE;
	p->numbers = 0;
}
