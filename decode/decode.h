/* SPDX-License-Identifier: BSD-2-Clause */
/* decode.h - from packet bytes to a stack of layers */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "decode/proto.h"

#define LAYERS_MAX 24

struct layer {
	const uint8_t *ptr;	/* of the header, in its source */
	uint32_t len;		/* of the header, as far as it was captured, bytes */
	uint32_t cap;		/* header and payload, as far as they were captured, bytes */
	uint32_t wire;		/* header and payload on the wire, as this header and those around
				 * it say, bytes */
	uint32_t claimed;	/* the same, even beyond the end of what is around it: more than wire in
				 * a quotation, and where a length lies */
	uint32_t key;		/* by what value the parent found it: ethertype, IP protocol ... */
	uint32_t next;		/* by what value it finds its payload's protocol */
	uint32_t need;		/* what its parser needs: bytes, or an enum need */
	uint8_t proto;		/* enum proto_id */
	uint8_t note;		/* enum note */
	bool partial;		/* a first fragment or a quotation: the payload's end is elsewhere */
	uint8_t source;		/* which of the packet's sources it lies in */
};

/* The packet itself, datagrams put together of fragments (a tunnel may be in fragments, and what is in
 * it too), messages put together of segments.
 */
#define SOURCES_MAX 4

/* The packets that a source was put together of, in the order in which they came; of many the first. */
struct origin {
	const uint64_t *number;
	uint32_t listed, count;
};

/* A decoded packet: borrows the bytes of its sources, owns nothing. */
struct decoded {
	union {
		struct slice packet;			/* the first source */
		struct slice source[SOURCES_MAX];	/* only those that a layer names are set */
	};
	uint32_t count;
	uint32_t needs;		/* what all layers need, ORed: 0 where nobody needs anything */
	struct layer layer[LAYERS_MAX];
	struct origin origin[SOURCES_MAX];	/* of the sources that are set, but for the packet */
};

/* Decode packet, whose outermost protocol is first. */
void decode(struct decoded *d, struct slice packet, enum proto_id first);

/* Go on behind the last layer of d with in, which is of source: its protocol is id, found by key.
 * d->needs becomes what the layers added need.
 */
void decode_on(struct decoded *d, uint32_t source, struct slice in, enum proto_id id, uint32_t key);

/* What was put together and begins with l; NULL where l is in the packet, or within such bytes. */
static inline const struct origin *layer_origin(const struct decoded *d, const struct layer *l)
{
	if (l->source == 0 || (l > d->layer && l[-1].source == l->source))
		return NULL;
	return &d->origin[l->source];
}

/* The header of l, as far as it was captured. */
static inline struct slice layer_head(const struct decoded *d, const struct layer *l)
{
	(void)d;
	return (struct slice){ l->ptr, l->len, l->len };
}

/* Header and payload of l, padding left out. */
static inline struct slice layer_whole(const struct decoded *d, const struct layer *l)
{
	(void)d;
	return (struct slice){ l->ptr, l->cap, l->wire };
}

/* All that its source has from the start of l on, be it of l or not. */
static inline struct slice layer_on(const struct decoded *d, const struct layer *l)
{
	struct slice source = d->source[l->source];

	return slice_skip(source, slice_offset(source, layer_whole(d, l)));
}

/* What the header of l carries, padding left out. */
static inline struct slice layer_payload(const struct decoded *d, const struct layer *l)
{
	return slice_skip(layer_whole(d, l), l->len);
}

/* The protocol of layer i; PROTO_NONE behind the last. */
static inline enum proto_id layer_proto(const struct decoded *d, uint32_t i)
{
	return i < d->count ? (enum proto_id)d->layer[i].proto : PROTO_NONE;
}

#endif
