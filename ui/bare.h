/* SPDX-License-Identifier: BSD-2-Clause */
/* bare.h - packets decoded one by one, for those who count them */
#ifndef UI_BARE_H
#define UI_BARE_H

#include "capture/packet.h"
#include "decode/decode.h"

struct bare {
	uint16_t linktype;		/* of the packet before, for packets of one link type come in a row */
	uint8_t first;			/* enum proto_id: whose it is */
	struct decoded decoded;
};

/* Decode p; what is returned lives until the next call, and as long as p. b: filled with zeros at first. */
static inline const struct decoded *bare_decode(struct bare *b, const struct packet *p)
{
	if (b->first == PROTO_NONE || b->linktype != p->linktype) {
		b->linktype = p->linktype;
		b->first = (uint8_t)proto_by(BY_LINKTYPE, p->linktype);
	}
	decode(&b->decoded, p->bytes, (enum proto_id)b->first);
	return &b->decoded;
}

/* When p was seen, ns since 1970: wide enough for 292 years; what a damaged file says beyond is some time too. */
static inline int64_t bare_time(const struct packet *p)
{
	return (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec);
}

#endif
