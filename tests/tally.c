/* SPDX-License-Identifier: BSD-2-Clause */
/* tally.c - the protocol hierarchy and the endpoints of a stored capture, as lines that a script can compare
 *
 * usage: tally FILE ; "phs DEPTH NAME PACKETS BYTES" for each protocol as a tree is read, then of each host, port
 * and link address "KIND NAME PACKETS BYTES SENT_PACKETS SENT_BYTES RECEIVED_PACKETS RECEIVED_BYTES".
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "capture/reader.h"
#include "decode/brief.h"
#include "decode/track/talkers.h"
#include "decode/track/tally.h"

#define MEMORY ((size_t)16 << 20)	/* bytes of each table */

static struct tally tally;
static struct talkers talkers[TALKER_KINDS];

static void print_hierarchy(const struct hierarchy *h)
{
	for (uint32_t i = hierarchy_next(h, 0, false); i; i = hierarchy_next(h, i, false)) {
		const struct hierarchy_node *n = &h->node[i];

		printf("phs %u %s %" PRIu64 " %" PRIu64 "\n", n->depth - 1, proto_name(protos[n->proto]), n->packets,
		       n->bytes);
	}
}

static void print_name(const struct talker_key *k, enum talker_kind kind)
{
	struct slice addr = { k->addr, k->length, k->length };
	char text[64];
	struct out o = { text, text + sizeof(text) - 1 };

	if (kind == TALKER_PORT)
		printf("%u/%u", k->proto, k->port);
	else if (kind == TALKER_PROTO)
		printf("%s", proto_name(protos[k->proto]));
	else if (kind == TALKER_MAC)
		out_mac(&o, addr);
	else if (k->length == 4)
		out_ipv4(&o, slice_u32(addr, 0));
	else
		out_ipv6(&o, addr);
	printf("%.*s", (int)(o.at - text), text);
}

static void print_talkers(const struct talkers *t)
{
	static const char *const kinds[TALKER_KINDS] = { "host", "port", "proto", "mac" };

	for (uint32_t i = 0; i < t->count; i++) {
		const struct talker *k = talkers_at(t, i);

		printf("%s ", kinds[t->kind]);
		print_name(&k->key, t->kind);
		printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
		       k->packets[0] + k->packets[1], k->bytes[0] + k->bytes[1], k->packets[TALKER_SENT],
		       k->bytes[TALKER_SENT], k->packets[TALKER_RECEIVED], k->bytes[TALKER_RECEIVED]);
	}
}

static void count(const struct packet *p)
{
	static struct decoded d;
	int64_t time = (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec);

	decode(&d, p->bytes, proto_by(BY_LINKTYPE, p->linktype));
	tally_packet(&tally, &d, time, true);
	for (uint32_t kind = 0; kind < TALKER_KINDS; kind++)
		talkers_packet(&talkers[kind], &d, time);
}

int main(int argc, char **argv)
{
	struct reader *r;
	struct batch b;
	struct error e;

	if (argc != 2)
		return 2;
	proto_init();
	tally_open(&tally);
	for (uint32_t kind = 0; kind < TALKER_KINDS; kind++) {
		void *memory = aligned_alloc(64, MEMORY);

		if (!memory)
			return 2;
		memset(memory, 0, MEMORY);
		talkers_open(&talkers[kind], kind, false, memory, MEMORY,
			     (const uint64_t[]){ 0x243f6a8885a308d3, 0x13198a2e03707344 });
	}
	if (reader_open(&r, argv[1], &e)) {
		fprintf(stderr, "%s\n", e.text);
		return 2;
	}
	while (reader_next(r, &b, &e) > 0)
		for (uint32_t i = 0; i < b.count; i++)
			count(&b.packet[i]);
	printf("sum %" PRIu64 " %" PRIu64 " cut %" PRIu64 " malformed %" PRIu64 " checksums %" PRIu64 "\n", tally.packets,
	       tally.bytes, tally.cut, tally.malformed, tally.bad_checksums);
	print_hierarchy(&tally.hierarchy);
	for (uint32_t kind = 0; kind < TALKER_KINDS; kind++)
		print_talkers(&talkers[kind]);
	reader_close(r);
	return 0;
}
