/* SPDX-License-Identifier: BSD-2-Clause */
/* quic.h - between the files of QUIC */
#ifndef DECODE_PROTO_QUIC_H
#define DECODE_PROTO_QUIC_H

#include "decode/brief.h"

enum quic_type { QUIC_INITIAL, QUIC_0RTT, QUIC_HANDSHAKE, QUIC_RETRY, QUIC_NEGOTIATION, QUIC_SHORT, QUIC_UNKNOWN };

#define QUIC_V1 0x00000001u
#define QUIC_V2 0x6b3343cfu

/* A packet's header, cut into its parts: RFC 9000, section 17.2. */
struct quic {
	enum quic_type type;
	uint32_t version;
	struct slice dcid, scid, token;
	uint32_t number;		/* where the packet number is, bytes from the start */
	uint32_t end;			/* where the packet ends; more than is there where its length lies */
};

struct quic quic_read(struct slice s);

#define QUIC_ROOM 2048			/* bytes: more than a client's first datagram has */

/* The ClientHello in a client's Initial packet, as far as it is in this one; empty where there is none. It stays
 * until another packet is asked for in this thread.
 */
struct slice quic_client_hello(struct slice packet);

#endif
