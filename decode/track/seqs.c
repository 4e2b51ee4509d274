/* SPDX-License-Identifier: BSD-2-Clause */
/* seqs.c - where the sequence numbers of a TCP conversation start, for relative ones */
#include "decode/track/seqs.h"

_Static_assert(sizeof(((struct seqs *)0)->line[0]) == 64, "the entries share a cache line");

/* There are three times a power of two of them: what follows is about three tables, interleaved. */
enum { TABLES = 3, FIRST = 16, SPARSE = 2 };	/* lines of one at first; lines for each conversation */

_Static_assert(SEQS_LINES == TABLES << 14, "the 16 bits above those of a line choose the table");

void seqs_init(struct seqs *s, const uint64_t seed[2])
{
	s->seed = seed_of(seed);
	s->lines = TABLES * FIRST;
	s->mask = 2 * FIRST - 1;
	s->count = 0;
}

/* Is the source the higher endpoint? Which is does not matter, as long as both directions agree. */
static bool from_higher(const struct seqs_segment *seg)
{
	if (seg->srcport != seg->dstport)
		return seg->srcport > seg->dstport;
	if (slice_u64(seg->src, 0) != slice_u64(seg->dst, 0))
		return slice_u64(seg->src, 0) > slice_u64(seg->dst, 0);
	if (seg->src.wire == 4)
		return slice_u32(seg->src, 0) > slice_u32(seg->dst, 0);
	return slice_u64(seg->src, 8) > slice_u64(seg->dst, 8);
}

static inline uint64_t key_of(const struct seed *seed, const struct seqs_segment *seg, bool higher)
{
	uint32_t ports = higher ? (uint32_t)seg->dstport << 16 | seg->srcport :
				  (uint32_t)seg->srcport << 16 | seg->dstport;

	return key_between(seed, ports, higher ? seg->dst : seg->src, higher ? seg->src : seg->dst);
}

uint64_t seqs_key(const struct seed *seed, const struct seqs_segment *seg, bool *higher)
{
	*higher = from_higher(seg);
	return key_of(seed, seg, *higher);
}

/* Where key, or a free place, is in line; SEQS_WAYS: nowhere. Free places are behind all others. */
static inline uint32_t place_of(const struct seqs_entry *line, uint64_t key)
{
	uint32_t i = 0;

	while (i < SEQS_WAYS && line[i].key != key)
		i++;
	return i;
}

/* The line of a hash: those that are not in use are still in the one that they will be taken from. */
static inline uint32_t line_of(const struct seqs *s, uint32_t hash)
{
	uint32_t table = (hash >> 16) * TABLES >> 16, i = (hash & s->mask) * TABLES + table;

	return i < s->lines ? i : (hash & s->mask >> 1) * TABLES + table;
}

/* The two lines of a key. */
static inline uint32_t first_line(const struct seqs *s, uint64_t key)
{
	return line_of(s, (uint32_t)key);
}

static inline uint32_t second_line(const struct seqs *s, uint64_t key)
{
	return line_of(s, (uint32_t)(key >> 32));
}

/* Take one more line into use: some of the entries of one move there. */
static void add_line(struct seqs *s)
{
	struct seqs_entry old[SEQS_WAYS];
	uint32_t from;

	if (s->lines == TABLES * (s->mask + 1))
		s->mask = 2 * s->mask + 1;
	from = s->lines - TABLES * ((s->mask + 1) / 2);
	memcpy(old, s->line[from], sizeof(old));
	memset(s->line[from], 0, sizeof(old));
	s->lines++;
	for (uint32_t i = 0; i < SEQS_WAYS && old[i].key; i++) {
		uint32_t to = first_line(s, old[i].key);

		if (to != from && to != s->lines - 1)
			to = second_line(s, old[i].key);
		s->line[to][place_of(s->line[to], 0)] = old[i];
	}
}

/* Make the i-th place of line, or its last if i is beyond, the front one. */
static struct seqs_entry *to_front(struct seqs_entry *line, uint32_t i, struct seqs_entry entry)
{
	for (i = min_u32(i, SEQS_WAYS - 1); i > 0; i--)
		line[i] = line[i - 1];
	line[0] = entry;
	return line;
}

/* A new entry with key 0, for key. Nobody is dropped while there are lines that are not in use. */
static struct seqs_entry *new_entry(struct seqs *s, uint64_t key)
{
	for (;;) {
		struct seqs_entry *line = s->line[first_line(s, key)], *other = s->line[second_line(s, key)];
		uint32_t i = place_of(line, 0), j = place_of(other, 0);

		if (i == SEQS_WAYS && j < SEQS_WAYS)
			return to_front(other, j, (struct seqs_entry){ 0 });
		if (i < SEQS_WAYS || s->lines == SEQS_LINES)
			return to_front(line, i, (struct seqs_entry){ 0 });
		add_line(s);
	}
}

/* The entry of key, moved to the front of its line, or a new one. */
static struct seqs_entry *entry_of(struct seqs *s, uint64_t key)
{
	struct seqs_entry *line = s->line[first_line(s, key)];
	uint32_t i;

	if (line[0].key == key)
		return line;
	i = place_of(line, key);
	if (i == SEQS_WAYS) {
		line = s->line[second_line(s, key)];
		i = place_of(line, key);
	}
	return i < SEQS_WAYS ? to_front(line, i, line[i]) : new_entry(s, key);
}

bool seqs_find(struct seqs *s, const struct seqs_segment *seg, struct seqs_start *start)
{
	bool higher = from_higher(seg);
	uint64_t key = key_of(&s->seed, seg, higher);
	struct seqs_entry *e = entry_of(s, key);
	bool known = e->key == key, found = known && !seg->syn;

	if (!found) {
		e->key = key;
		e->start[higher] = seg->seq;
		e->start[!higher] = seg->ack - 1;
	}
	start->seq = e->start[higher];
	start->ack = e->start[!higher];
	if (!known && s->lines < SEQS_LINES && ++s->count > s->lines / SPARSE)
		add_line(s);
	return found;
}
