/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_reassembly.c - fragments and segments in any order, of any length, through a tracker
 *
 * The first byte of an input says whether fragments carry what belongs at their place: then what is put
 * together of them must be just that. The rest is packets: five bytes that say what each is, and its bytes.
 */
#include <stdlib.h>

#include "decode/brief.h"
#include "decode/checksum.h"
#include "decode/track/track.h"
#include "ui/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { HEAD = 5, IP4 = 20, IP6 = 40, FRAGHDR = 8, TCP = 20, LONGEST = 2048 };

static struct track track;
static uint8_t packet[IP6 + FRAGHDR + TCP + LONGEST];
static bool honest;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	proto_init();
	return 0;
}

static uint8_t belongs(uint32_t at)
{
	return at < 8 ? 0 : (uint8_t)(at * 7 + at / 256);
}

static void put16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* Every layer lies in its source; what is put together of honest fragments is right. */
static void check_layers(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		const struct layer *l = &d->layer[i];
		struct slice source = d->source[l->source], whole = layer_whole(d, l);
		uint32_t at = slice_offset(source, whole);

		if (l->source >= SOURCES_MAX || at > source.cap || l->cap > source.cap - at ||
		    l->len > l->cap || l->cap > l->wire)
			abort();
		if (!honest || !layer_origin(d, l) || i == 0 || !protos[l[-1].proto]->fragment)
			continue;
		for (uint32_t k = 0; k < source.cap; k++)
			if (slice_u8(source, k) != belongs(k))
				abort();
	}
}

static void check_values(const struct decoded *d)
{
	static char text[1 << 20];
	struct view v = { 0 };

	while (view_next(&v, d)) {
		struct value x = { 0 };

		while (view_value(&v, &x)) {
			struct out o = { text, text + sizeof(text) };

			value_text(&o, &x, &v, d);
			for (const char *c = text; c < o.at; c++)
				if ((*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7f)
					abort();
		}
	}
	for (uint32_t i = 0; i < d->count; i++)
		checksum_verify(d, i, NULL);
}

static void take(uint32_t n, uint32_t cut, uint64_t number, int64_t time)
{
	static char text[1 << 16];
	struct out o = { text, text + sizeof(text) };
	struct brief b = { .verbose = number % 3 };
	const struct decoded *all;
	struct decoded own;

	decode(&own, (struct slice){ packet, n - cut, n }, PROTO_RAW);
	all = b.d = &own;
	if (track_wants(&track, &own))
		all = track_packet(&track, &own, (struct arrival){ number, time }, &b.d);
	check_layers(all);
	check_values(all);
	brief_layers(&o, &b, 0);
	if (track.messages.count > PARCELS || track.datagrams.count > PARCELS)
		abort();
}

/* The payload of an IP packet of kind (bits 0 and 1: fragment of IPv4, of IPv6, segment), from at on. */
static uint32_t put_headers(const uint8_t *head, uint32_t n)
{
	uint32_t kind = head[0] & 3, flow = head[0] >> 2 & 7,
		 place = (uint32_t)head[1] << 8 | head[2];
	uint8_t *p = packet;

	memset(p, 0, IP6 + FRAGHDR + TCP);
	if (kind == 1) {
		p[0] = 0x60;
		put16(p + 4, FRAGHDR + n);
		p[6] = 44;
		p[23] = (uint8_t)flow;
		p[IP6] = 17;
		put16(p + IP6 + 2, (place & 0x1fff) << 3 | (place >> 15));
		return IP6 + FRAGHDR;
	}
	p[0] = 0x45;
	p[8] = 64;
	p[15] = (uint8_t)flow;
	put16(p + 2, IP4 + (kind >= 2 ? TCP : 0) + n);
	if (kind == 0) {
		p[9] = 17;
		put16(p + 6, (place & 0x1fff) | (place >> 15) << 13);
		return IP4;
	}
	p[9] = 6;
	put16(p + IP4, 1000);
	put16(p + IP4 + 2, (const uint16_t[]){ 53, 80, 443, 3306, 5432, 1883, 6379, 22 }[flow]);
	put16(p + IP4 + 4, place & 0x8000 ? 0xffff : 0);
	put16(p + IP4 + 6, place << 1);
	p[IP4 + 12] = 0x50;
	p[IP4 + 13] = head[4] & 0x17;
	return IP4 + TCP;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = data + size;
	int64_t time = 0;

	if (size == 0)
		return 0;
	memset(&track, 0, sizeof(track));
	track_init(&track, (const uint64_t[]){ 1, 2 });
	honest = *data++ & 1;
	for (uint64_t number = 1; end - data >= HEAD; number++) {
		uint32_t n = (uint32_t)data[3] * 8, at = put_headers(data, n), here;
		uint32_t place = ((uint32_t)data[1] << 8 | data[2]) & 0x1fff;
		const uint8_t *head = data;

		data += HEAD;
		here = min_u32(n, (uint32_t)(end - data));
		memset(packet + at, 'a', n);
		memcpy(packet + at, data, (head[0] & 3) >= 2 || !honest ? here : 0);
		for (uint32_t i = 0; honest && (head[0] & 3) < 2 && i < n; i++)
			packet[at + i] = belongs(place * 8 + i);
		if ((head[0] & 3) >= 2 || !honest)
			data += here;
		time += head[4] & 0x80 ? INT64_C(30000000000) : 1000;
		take(at + n, head[4] & 0x40 ? min_u32(n, 5) : 0, number, time);
	}
	return 0;
}
