/* SPDX-License-Identifier: BSD-2-Clause */
/* outputs.c - a packet through every output; what is printed must be safe for a terminal */
#include "tests/fuzz/outputs.h"

#include <stdlib.h>

#include "decode/catalog.h"
#include "decode/checksum.h"
#include "decode/track/flow_sight.h"
#include "decode/track/seqs.h"
#include "decode/track/talkers.h"
#include "decode/track/tally.h"
#include "ui/json.h"
#include "ui/tree.h"
#include "ui/view.h"

static struct seqs seqs;
static struct json json;
static struct flow_eye eye;
static struct tally tally;
static struct talkers talkers[TALKER_KINDS];
static _Alignas(64) uint8_t memory[TALKER_KINDS][TALKERS_MIN_MEMORY];

void outputs_init(void)
{
	proto_init();
	catalog_init();
	json_open(&json);
	seqs_init(&seqs, (const uint64_t[]){ 1, 2 });
	flow_eye_init(&eye, (const uint64_t[]){ 1, 2 });
	tally_open(&tally);
	for (uint32_t kind = 0; kind < TALKER_KINDS; kind++)
		talkers_open(&talkers[kind], kind, true, memory[kind], TALKERS_MIN_MEMORY,
			     (const uint64_t[]){ 0x243f6a8885a308d3, 0x13198a2e03707344 });
}

static void check_text(const char *text, const char *end)
{
	for (; text < end; text++)
		if ((*text < 0x20 && *text != '\n' && *text != '\t') || *text == 0x7f)
			abort();
}

/* One output into a buffer of just the room that it asks for. */
static void check_output(struct line *l, const struct packet *p, size_t room,
			 void (*put)(struct line *l, struct out *o, const struct packet *p))
{
	char *text = malloc(room);
	struct out o = { text, text + room };

	if (!text)
		abort();
	put(l, &o, p);
	check_text(text, o.at);
	free(text);
}

static void put_tree(struct line *l, struct out *o, const struct packet *p)
{
	line_put(l, o, p);
	tree_put(l, o, false);
}

static void put_tree_bytes(struct line *l, struct out *o, const struct packet *p)
{
	line_put(l, o, p);
	tree_put(l, o, true);
}

static void put_object(struct line *l, struct out *o, const struct packet *p)
{
	json_put(&json, l, o, p);
	if (memcmp(o->at - 2, "}\n", 2) != 0)
		abort();
}

/* An end lower than the other stands first; what has no more layers has no more flows. */
static void look_at_flows(const struct decoded *d)
{
	struct flow_sight s;
	uint32_t at = 0, before = 0;

	while (flow_look(&eye, d, &at, 0, &s)) {
		if (at <= before || at > d->count || s.from > 1 || s.bytes != d->packet.wire ||
		    memcmp(s.key.addr[0], s.key.addr[1], sizeof(s.key.addr[0])) > 0)
			abort();
		before = at;
	}
}

/* Whatever came before. */
static void count(const struct decoded *d, const struct packet *p)
{
	int64_t time = (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec);

	tally_packet(&tally, d, time, true);
	if (tally.hierarchy.node[0].packets != tally.packets || tally.hierarchy.node[0].bytes != tally.bytes)
		abort();
	for (uint32_t kind = 0; kind < TALKER_KINDS; kind++) {
		talkers_packet(&talkers[kind], d, time);
		if (talkers[kind].packets != tally.packets || talkers[kind].index.count != talkers[kind].count)
			abort();
	}
}

static void walk_fields(const struct packet *p)
{
	static char text[1 << 18];
	struct view v = { 0 };
	struct decoded d;

	decode(&d, p->bytes, proto_by(BY_LINKTYPE, p->linktype));
	while (view_next(&v, &d)) {
		struct value x = { 0 };

		while (view_value(&v, &x)) {
			struct out o = { text, text + sizeof(text) };

			value_text(&o, &x, &v, &d);
			check_text(text, o.at);
		}
	}
	for (uint32_t i = 0; i < d.count; i++)
		checksum_verify(&d, i, NULL);
	look_at_flows(&d);
	count(&d, p);
}

void outputs_take(uint8_t form, const struct packet *p)
{
	struct line l = {
		.times = { .utc = true, .form = form & 3 },
		.brief = {
			.seqs = form & 4 ? &seqs : NULL,
			.verbose = form >> 3 & 3,
			.quiet = form & 0x20,
			.link = form & 0x40,
		},
		.dump = form & 0x80 ? DUMP_BOTH_LINK : DUMP_NONE,
	};

	check_output(&l, p, line_room(&l, p), line_put);
	walk_fields(p);
	l.dump = DUMP_NONE;
	check_output(&l, p, tree_room(&l, p), form & 1 ? put_tree_bytes : put_tree);
	check_output(&l, p, json_room(&l, p), put_object);
}
