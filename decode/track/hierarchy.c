/* SPDX-License-Identifier: BSD-2-Clause */
/* hierarchy.c - how many packets and bytes each protocol carries, as a tree */
#include "decode/track/hierarchy.h"

/* Who stands for all of the name of id: the one with the shortest title ("DNS", not "DNS over TCP"), the first of them. */
static uint8_t namesake(uint32_t id)
{
	uint32_t best = PROTO_NONE;

	for (uint32_t i = PROTO_NONE + 1; i < PROTO_COUNT; i++)
		if (strcmp(proto_name(protos[i]), proto_name(protos[id])) == 0 &&
		    (!best || strlen(protos[i]->title) < strlen(protos[best]->title)))
			best = i;
	return (uint8_t)best;
}

void hierarchy_open(struct hierarchy *h)
{
	h->count = 1;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		h->called[id] = protos[id]->over[0].space == BY_IPV6EXT ? PROTO_NONE : namesake(id);
}

/* Is layer l, in one of the same name, a header of its own: IP in IP, a tag behind a tag? */
static bool nests(const struct layer *l)
{
	return protos[l->proto]->src || (protos[l->proto]->link && l[-1].proto == l->proto);
}

/* The child of parent for proto, which is made where there is none; 0 where there is no room. */
static uint16_t child_of(struct hierarchy *h, uint16_t parent, uint8_t proto)
{
	struct hierarchy_node *p = &h->node[parent];
	uint16_t *link = &p->child;

	if (p->latest && h->node[p->latest].proto == proto)
		return p->latest;
	while (*link && h->node[*link].proto != proto)
		link = &h->node[*link].next;
	if (!*link) {
		if (h->count == HIERARCHY_MAX)
			return 0;
		h->node[h->count] = (struct hierarchy_node){
			.proto = proto, .parent = parent, .depth = (uint8_t)(p->depth + 1),
		};
		*link = (uint16_t)h->count++;
	}
	p->latest = *link;
	return *link;
}

static void count(struct hierarchy_node *n, uint32_t bytes, uint32_t second)
{
	n->packets++;
	n->bytes += bytes;
	recent_put(&n->recent, second, bytes);
}

void hierarchy_packet(struct hierarchy *h, const struct decoded *d, uint32_t second)
{
	uint16_t at = 0;

	count(&h->node[0], d->packet.wire, second);
	for (const struct layer *l = d->layer; l < d->layer + d->count; l++) {
		uint8_t proto = h->called[l->proto];

		if (!proto || (proto == h->node[at].proto && !nests(l)))
			continue;
		at = child_of(h, at, proto);
		if (!at) {
			h->lost++;
			break;
		}
		count(&h->node[at], d->packet.wire, second);
		if (l->proto == PROTO_ICMP || l->proto == PROTO_ICMPV6)
			break;
	}
}

void hierarchy_sort(struct hierarchy *h)
{
	for (uint32_t i = 0; i < h->count; i++) {
		uint16_t list = h->node[i].child, next;

		h->node[i].child = 0;
		for (; list; list = next) {
			uint16_t *link = &h->node[i].child;

			next = h->node[list].next;
			while (*link && h->node[*link].bytes >= h->node[list].bytes)
				link = &h->node[*link].next;
			h->node[list].next = *link;
			*link = list;
		}
	}
}

uint32_t hierarchy_next(const struct hierarchy *h, uint32_t n, bool closed)
{
	if (h->node[n].child && !closed)
		return h->node[n].child;
	while (n && !h->node[n].next)
		n = h->node[n].parent;
	return h->node[n].next;
}
