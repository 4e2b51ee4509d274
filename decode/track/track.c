/* SPDX-License-Identifier: BSD-2-Clause */
/* track.c - what packets say together: datagrams of fragments, messages of segments */
#include "decode/track/track.h"

void track_init(struct track *t, const uint64_t seed[2])
{
	t->seed = seed_of(seed);
	t->fragments = t->streams = true;
}

/* Only the layers that are there. */
void track_copy(struct track *t, const struct decoded *own)
{
	if (own == &t->d)
		return;
	t->d.packet = own->packet;
	t->d.count = own->count;
	t->d.needs = own->needs;
	memcpy(t->d.layer, own->layer, own->count * sizeof(own->layer[0]));
}

bool track_source(struct track *t, const struct parcels *s, const struct parcel *p, uint32_t n,
		  uint32_t *source, struct slice *bytes)
{
	uint32_t i = t->sources;

	if (i == SOURCES_MAX || n > TRACK_SCRATCH - t->used)
		return false;
	parcel_copy(s, p, t->scratch + t->used, n);
	*bytes = (struct slice){ t->scratch + t->used, n, n };
	t->used += n;
	*source = i;
	t->sources++;
	t->d.source[i] = *bytes;
	t->d.origin[i] = (struct origin){
		.number = t->number[i],
		.listed = min_u32(p->numbers, PARCEL_NUMBERS),
		.count = p->numbers,
	};
	memcpy(t->number[i], p->number, t->d.origin[i].listed * sizeof(p->number[0]));
	return true;
}

bool track_addresses(const struct decoded *d, uint32_t i, struct slice *src, struct slice *dst)
{
	for (uint32_t k = i + 1; k-- > 0;) {
		const struct proto *p = protos[d->layer[k].proto];
		struct slice h = layer_head(d, &d->layer[k]);

		if (!p->src)
			continue;
		*src = field_bytes(h, p->src);
		*dst = field_bytes(h, p->dst);
		return src->cap == src->wire && dst->cap == dst->wire;
	}
	return false;
}

/* What an ICMP message quotes went another way, at another time. */
static bool quotes(const struct layer *l)
{
	return l->proto == PROTO_ICMP || l->proto == PROTO_ICMPV6;
}

static bool alone(const struct decoded *d, uint32_t i)
{
	return i < d->count && protos[d->layer[i].proto]->line_alone;
}

const struct decoded *track_packet(struct track *t, const struct decoded *own, struct arrival now,
				   const struct decoded **line)
{
	const struct decoded *d = own;

	t->now = now;
	t->sources = 1;
	t->used = 0;
	*line = own;
	for (uint32_t i = 0; i < d->count && !quotes(&d->layer[i]); i++) {
		if (d->layer[i].need == NEED_FRAGMENTS && protos[d->layer[i].proto]->fragment) {
			if (!t->fragments)
				break;
			track_copy(t, d);
			d = &t->d;
			if (!fragments_take(t, i))
				break;
		} else if (d->layer[i].proto == PROTO_TCP) {
			if (t->streams && streams_take(t, d, i)) {
				if (d == own && !alone(own, i + 1) && !alone(&t->d, i + 1))
					*line = &t->d;
				d = &t->d;
			}
			break;
		}
	}
	return d;
}
