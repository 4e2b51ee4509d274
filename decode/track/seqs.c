/* SPDX-License-Identifier: BSD-2-Clause */
/* seqs.c - where the sequence numbers of a TCP conversation start, for relative ones */
#include "decode/track/seqs.h"

_Static_assert(sizeof(((struct seqs *)0)->line[0]) == 64, "the entries share a cache line");

void seqs_init(struct seqs *s, const uint64_t seed[2])
{
	s->seed = seed_of(seed);
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

/* The same for both directions. */
static uint64_t key_of(const struct seqs *s, const struct seqs_segment *seg, bool higher)
{
	uint32_t ports = higher ? (uint32_t)seg->dstport << 16 | seg->srcport :
				  (uint32_t)seg->srcport << 16 | seg->dstport;

	return key_between(&s->seed, ports, higher ? seg->dst : seg->src, higher ? seg->src : seg->dst);
}

/* Where key is in line; where it is not, a free place, or the last one. */
static uint32_t place_of(const struct seqs_entry *line, uint64_t key)
{
	uint32_t i = 0;

	while (i < SEQS_WAYS - 1 && line[i].key && line[i].key != key)
		i++;
	return i;
}

/* The entry of key, moved to the front of its line; where there is none, a new one with key 0. */
static struct seqs_entry *entry_of(struct seqs *s, uint64_t key)
{
	struct seqs_entry *line = s->line[key % SEQS_LINES];
	struct seqs_entry found = { 0 };
	uint32_t i = 0;

	if (line[0].key == key)
		return line;
	i = place_of(line, key);
	if (line[i].key && line[i].key != key) {
		struct seqs_entry *other = s->line[key / SEQS_LINES % SEQS_LINES];
		uint32_t j = place_of(other, key);

		if (!other[j].key || other[j].key == key) {
			line = other;
			i = j;
		}
	}
	if (line[i].key == key)
		found = line[i];
	for (; i > 0; i--)
		line[i] = line[i - 1];
	line[0] = found;
	return line;
}

bool seqs_find(struct seqs *s, const struct seqs_segment *seg, struct seqs_start *start)
{
	bool higher = from_higher(seg);
	uint64_t key = key_of(s, seg, higher);
	struct seqs_entry *e = entry_of(s, key);
	bool found = e->key == key && !seg->syn;

	if (!found) {
		e->key = key;
		e->start[higher] = seg->seq;
		e->start[!higher] = seg->ack - 1;
	}
	start->seq = e->start[higher];
	start->ack = e->start[!higher];
	return found;
}
