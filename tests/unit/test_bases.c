/* SPDX-License-Identifier: BSD-2-Clause */
/* test_bases.c - sequence numbers of packets in any order are those of lines, and how many conversations are kept */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture/reader.h"
#include "decode/brief.h"
#include "decode/track/bases.h"
#include "tests/unit/decoding.h"
#include "tests/unit/stored.h"
#include "tests/unit/wire.h"
#include "ui/line.h"

enum { PACKETS_MAX = 20000, TEXT_MAX = 65536 };

static const uint64_t seed[2] = { 0x243f6a8885a308d3, 0x13198a2e03707344 };
static struct bases *bases;
static struct seqs seqs;

/* A packet, and what its line says. */
static struct kept { struct packet packet; char *text; } kept[PACKETS_MAX];

static int setup(void **state)
{
	(void)state;
	bases = calloc(1, sizeof(*bases));
	bases_init(bases, seed);
	memset(&seqs, 0, sizeof(seqs));
	seqs_init(&seqs, seed);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(bases);
	return 0;
}

static char *text_of(struct line *l, const struct packet *p)
{
	char text[TEXT_MAX];
	struct out o = { text, text + sizeof(text) - 1 };

	line_decode(l, p);
	l->brief.number = p->number;
	brief_layers(&o, &l->brief, 0);
	*o.at = '\0';
	return strdup(text);
}

/* Lines of a capture, in order, and their packets. Returns how many. */
static uint32_t keep_lines(struct reader *r)
{
	struct line line = { .brief = { .seqs = &seqs } };
	uint32_t count = 0;
	struct batch b;
	struct error e;

	while (reader_next(r, &b, &e) > 0)
		for (uint32_t i = 0; i < b.count && count < PACKETS_MAX; i++) {
			struct kept *k = &kept[count];
			uint8_t *bytes = malloc(b.packet[i].bytes.cap + 1);

			slice_copy(bytes, b.packet[i].bytes, b.packet[i].bytes.cap);
			k->packet = b.packet[i];
			k->packet.bytes.ptr = bytes;
			k->packet.number = ++count;
			k->text = text_of(&line, &k->packet);
			bases_put(bases, &line.decoded, count);
		}
	bases_settle(bases);
	return count;
}

static bool is_the_same_backwards(const char *path)
{
	struct line line = { .brief = { .bases = bases } };
	struct reader *r;
	struct error e;
	uint32_t count;

	if (reader_open(&r, path, &e))
		return false;
	teardown(NULL);
	setup(NULL);
	line.brief.bases = bases;
	count = keep_lines(r);
	reader_close(r);
	while (count-- > 0) {
		char *text = text_of(&line, &kept[count].packet);

		if (strcmp(text, kept[count].text) != 0)
			fail_msg("%s, packet %u:\n%s\n%s", path, count + 1, kept[count].text, text);
		free(text);
		free(kept[count].text);
		free((void *)kept[count].packet.bytes.ptr);
	}
	return true;
}

static void rows_in_any_order_have_the_numbers_of_lines(void **state)
{
	(void)state;
	each_capture(is_the_same_backwards);
}

/* Count a segment between 10.0.0.1:1 and that host's port 80, which begins a conversation anew. */
static void put_syn_ack(uint32_t host, uint32_t seq, uint64_t number)
{
	uint8_t frame[54] = {
		[12] = 8, [14] = 0x45, [17] = 40, [23] = 6, [26] = 10, [29] = 1, [35] = 80, [37] = 1, [46] = 0x50, [47] = 0x12,
	};
	struct decoded d;

	put32(frame + 30, host);
	put32(frame + 38, seq);
	decode(&d, (struct slice){ frame, sizeof(frame), sizeof(frame) }, PROTO_ETH);
	bases_put(bases, &d, number);
}

/* Is it known where the conversation with that host began, for a later packet? And was it there? */
static bool begins_at(uint32_t host, uint32_t seq, uint64_t number)
{
	static const uint8_t here[4] = { 10, 0, 0, 1 };
	uint8_t there[4];
	struct seqs_start start;
	struct seqs_segment seg = { { here, 4, 4 }, { there, 4, 4 }, 80, 1, false, seq + 1, 1 };

	put32(there, host);
	return bases_find(bases, &seg, number, &start) && start.seq == seq;
}

static void the_oldest_make_room(void **state)
{
	const uint32_t all = BASES_MOST + 1000;

	(void)state;
	for (uint32_t i = 1; i <= all; i++)
		put_syn_ack(i, 7 * i, i);
	assert_false(begins_at(all, 7 * all, all + 1));		/* not yet */
	put_syn_ack(1, 7, all + 1);
	bases_settle(bases);
	for (uint32_t i = 2; i <= 1001; i++)
		assert_false(begins_at(i, 7 * i, all + 1));
	for (uint32_t i = 1003; i <= all; i++)
		assert_true(begins_at(i, 7 * i, all + 1));
	assert_false(begins_at(1003, 7 * 1003, 1002));		/* before it began */
	assert_false(begins_at(1003, 7 * 1003, all + 2));	/* which nobody has seen yet */
}

static void ends_that_begin_again_and_again_are_not_looked_for_long(void **state)
{
	const uint32_t all = 2 * BASES_WAY;

	(void)state;
	for (uint32_t i = 1; i <= all; i++)
		put_syn_ack(1, 100 * i, 2 * i);
	put_syn_ack(2, 1, 2 * all + 1);
	bases_settle(bases);
	assert_true(begins_at(1, 100 * all, 2 * all + 1));
	assert_true(begins_at(1, 100 * (all - 1), 2 * all - 1));
	assert_true(begins_at(1, 100 * (all - BASES_WAY + 1), 2 * (all - BASES_WAY + 1) + 1));
	assert_false(begins_at(1, 100 * (all - BASES_WAY), 2 * (all - BASES_WAY) + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_in_any_order_have_the_numbers_of_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(the_oldest_make_room, setup, teardown),
		cmocka_unit_test_setup_teardown(ends_that_begin_again_and_again_are_not_looked_for_long, setup, teardown),
	};

	return cmocka_run_group_tests(tests, decoders_ready, NULL);
}
