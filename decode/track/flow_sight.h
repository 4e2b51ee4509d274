/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_sight.h - what of a packet its flows are counted by
 *
 * Each IP header of a packet is of one flow: a packet in a tunnel is of the tunnel's flow, and of the
 * one in it. What an ICMP message quotes is none. Ports are those of TCP, UDP, and what else has fields for
 * them; all else, and what was cut before its ports, is told by its addresses and its IP protocol alone. Only the
 * first fragment of a datagram has its ports: they are remembered for the others, which come behind it.
 */
#ifndef DECODE_TRACK_FLOW_SIGHT_H
#define DECODE_TRACK_FLOW_SIGHT_H

#include "decode/decode.h"
#include "decode/track/flow.h"
#include "decode/track/key.h"

struct flow_sight {
	struct flow_key key;
	uint64_t hash;
	int64_t time;		/* ns since 1970 */
	uint64_t number;	/* of the packet, from 1 */
	uint32_t bytes;		/* of the whole frame, on the wire */
	uint32_t seq, ack, length;	/* of a TCP segment; bytes of its payload */
	uint16_t flags, window;	/* of TCP */
	uint16_t mss;		/* that a SYN tells; 0: none */
	uint8_t from;		/* which end sends, 0 or 1 */
	bool tcp;		/* its header was captured */
	uint8_t layer;		/* behind the IP header and what extends it: the transport, if that is there */
};

enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_ACK = 16 };

/* Is one sequence number before the other? They turn round, RFC 9293 section 3.4. */
static inline bool seq_is_below(uint32_t a, uint32_t b)
{
	return a - b > INT32_MAX;
}

#define FLOW_FRAGMENTS 512	/* a power of two */

/* Of a datagram whose first fragment was seen. */
struct flow_datagram {
	uint64_t hash;
	int64_t time;		/* ns since 1970 */
	uint32_t ports;		/* source, destination */
};

/* How packets are looked at. */
struct flow_eye {
	struct seed seed;
	const struct field *src[PROTO_COUNT], *dst[PROTO_COUNT];	/* ports; NULL: it has none */
	const struct field *seq, *ack, *flags, *window, *mss;
	const struct record *mss_option;
	struct flow_datagram datagram[FLOW_FRAGMENTS];
};

/* e: filled with zeros. seed: 16 random bytes. */
void flow_eye_init(struct flow_eye *e, const uint64_t seed[2]);

/* What the next IP header of d, from layer *i on, says of its flow. False where there is none; else *i is
 * the layer to go on with.
 */
bool flow_look(struct flow_eye *e, const struct decoded *d, uint32_t *i, int64_t time,
	       struct flow_sight *s);

/* The hash of k, keyed. */
uint64_t flow_hash(const struct seed *seed, const struct flow_key *k);

#endif
