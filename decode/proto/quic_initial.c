/* SPDX-License-Identifier: BSD-2-Clause */
/* quic_initial.c - what a client's first QUIC packet says: RFC 9001 section 5.2, RFC 9369 section 3.3
 *
 * Its keys are made of what is in it: every observer can read it.
 */
#include "decode/crypto.h"
#include "decode/proto/quic.h"

static const struct crypto_initial v1 = {
	.salt = { 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
		  0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a },
	.key = "quic key", .iv = "quic iv", .hp = "quic hp",
};
static const struct crypto_initial v2 = {
	.salt = { 0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
		  0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9 },
	.key = "quicv2 key", .iv = "quicv2 iv", .hp = "quicv2 hp",
};

enum { PADDING, PING, CRYPTO = 6, PARTS_MAX = 32, MESSAGE_HEADER = 4 };

static uint64_t take_number(struct slice *rest)
{
	uint64_t value = slice_varint62(*rest);

	*rest = slice_skip(*rest, slice_varint62_len(*rest));
	return value;
}

/* A part of the messages, RFC 9000 section 19.6: clients send them in any order. */
struct part {
	uint32_t from;
	struct slice data;
};

static uint32_t find_parts(struct slice rest, struct part *part)
{
	uint32_t count = 0;

	while (rest.cap > 0 && count < PARTS_MAX) {
		uint8_t type = slice_u8(rest, 0);
		uint64_t offset, length;

		rest = slice_skip(rest, 1);
		if (type == PADDING || type == PING)
			continue;
		if (type != CRYPTO)	/* nothing else comes before or among them */
			break;
		offset = take_number(&rest);
		length = take_number(&rest);
		if (length > rest.cap || offset >= QUIC_ROOM || length > QUIC_ROOM - offset)
			break;
		part[count++] = (struct part){ (uint32_t)offset, slice_clip(rest, (uint32_t)length) };
		rest = slice_skip(rest, (uint32_t)length);
	}
	return count;
}

/* Put the parts in order into room; how much there is from the start on, without a gap. */
static uint32_t join(const struct part *part, uint32_t count, uint8_t *room)
{
	uint32_t end = 0;

	for (uint32_t before = 1; before != end;) {
		before = end;
		for (uint32_t i = 0; i < count; i++) {
			uint32_t n = part[i].data.cap;

			if (part[i].from > end || part[i].from + n <= end)
				continue;
			slice_copy(room + part[i].from, part[i].data, n);
			end = part[i].from + n;
		}
	}
	return end;
}

/* Every output asks for several things of one packet: what the last one held is kept. */
static _Thread_local struct {
	uint8_t packet[QUIC_ROOM], message[QUIC_ROOM];
	uint32_t size, cap, wire;	/* of the packet; of the message */
} last;

static void open_packet(const struct quic *q, struct slice packet)
{
	uint8_t room[QUIC_ROOM];
	struct part part[PARTS_MAX];
	struct slice plain, message;
	uint32_t n;

	last.cap = last.wire = 0;
	if (!crypto_open_initial(q->version == QUIC_V1 ? &v1 : &v2, q->dcid, packet, q->number, room, &plain))
		return;
	n = join(part, find_parts(plain, part), last.message);
	message = (struct slice){ last.message, n, n };
	if (n < MESSAGE_HEADER || slice_u8(message, 0) != 1)
		return;
	last.wire = MESSAGE_HEADER + (uint32_t)slice_bits(message, 8, 24);
	last.cap = min_u32(last.wire, n);
}

struct slice quic_client_hello(struct slice packet)
{
	struct quic q = quic_read(packet);

	if (q.type != QUIC_INITIAL || packet.wire > QUIC_ROOM || q.end != packet.wire)
		return slice_clip(packet, 0);
	if (last.size != packet.cap || !slice_starts(packet, last.packet, last.size)) {
		open_packet(&q, packet);
		last.size = slice_copy(last.packet, packet, packet.cap);
	}
	return (struct slice){ last.message, last.cap, last.wire };
}
