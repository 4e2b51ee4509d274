/* SPDX-License-Identifier: BSD-2-Clause */
/* test_flows.c - flows are counted each way, follow TCP, and make room in the right order */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/track/flows.h"
#include "tests/unit/wire.h"

#define TCP 6
#define UDP 17

static const uint64_t seed[2] = { 0x243f6a8885a308d3, 0x13198a2e03707344 };
static struct flows *flows;
static void *memory;
static int64_t now;

static int open_table(size_t size)
{
	proto_init();
	flows = calloc(1, sizeof(*flows));
	memory = aligned_alloc(128, size);
	if (!flows || !memory)
		return -1;
	memset(memory, 0, size);
	flows_open(flows, memory, size, seed);
	now = INT64_C(1700000000000000000);
	return 0;
}

static int setup(void **state)
{
	(void)state;
	return open_table(1 << 20);
}

static int setup_small(void **state)
{
	(void)state;
	return open_table(FLOWS_MIN_MEMORY);
}

static int teardown(void **state)
{
	(void)state;
	free(flows);
	free(memory);
	return 0;
}

/* Count a packet of proto with n bytes behind its ports' header, after 1 ms. */
struct sent {
	uint32_t src, dst, sport, dport;
	uint32_t flags, seq, ack, n;	/* of TCP; bytes of payload */
	uint32_t ident, offset, more;	/* of a fragment */
};

static void send_packet(uint32_t proto, struct sent s)
{
	uint8_t p[1500] = { 0x45 };
	uint32_t head = proto == TCP ? 20 : 8, len = 20 + head + s.n;
	struct decoded d;

	put16(p + 2, len);
	put16(p + 4, s.ident);
	put16(p + 6, s.offset / 8 | (s.more ? 0x2000 : 0));
	p[8] = 64;
	p[9] = (uint8_t)proto;
	put32(p + 12, s.src);
	put32(p + 16, s.dst);
	put16(p + 20, s.sport);
	put16(p + 22, s.dport);
	if (proto == TCP) {
		put32(p + 24, s.seq);
		put32(p + 28, s.ack);
		p[32] = 0x50;
		p[33] = (uint8_t)s.flags;
	} else {
		put16(p + 24, head + s.n);
	}
	decode(&d, (struct slice){ p, len, len }, PROTO_RAW);
	now += 1000000;
	flows_packet(flows, &d, now);
}

static void send_tcp(bool from_client, uint32_t flags, uint32_t seq, uint32_t ack, uint32_t n)
{
	struct sent s = { 2, 1, 40000, 80, flags, seq, ack, n, 0, 0, 0 };

	if (!from_client)
		s = (struct sent){ 1, 2, 80, 40000, flags, seq, ack, n, 0, 0, 0 };
	send_packet(TCP, s);
}

static void send_udp(uint32_t src, uint32_t dst, uint32_t sport, uint32_t dport)
{
	send_packet(UDP, (struct sent){ .src = src, .dst = dst, .sport = sport, .dport = dport });
}

/* The only flow there is, or the n-th. */
static const struct flow *flow_at(uint32_t n)
{
	const struct flow *f = NULL;

	flows_settle(flows);
	do
		f = flows_next(flows, f);
	while (f && n-- > 0);
	assert_non_null(f);
	return f;
}

static enum flow_state state_now(void)
{
	return (enum flow_state)flow_at(0)->state;
}

static void each_direction_is_counted(void **state)
{
	const struct flow *f;

	(void)state;
	send_packet(UDP, (struct sent){ .src = 9, .dst = 5, .sport = 53, .dport = 1024, .n = 100 });
	send_packet(UDP, (struct sent){ .src = 5, .dst = 9, .sport = 1024, .dport = 53, .n = 10 });
	send_packet(UDP, (struct sent){ .src = 5, .dst = 9, .sport = 1024, .dport = 53, .n = 20 });
	f = flow_at(0);
	assert_int_equal(flows->count, 1);
	assert_int_equal(flow_client(f), 1);		/* 9 was seen first, and is the higher */
	assert_int_equal(slice_u32(flow_addr(f, 0), 0), 5);
	assert_int_equal(f->key.port[0], 1024);
	assert_int_equal(f->packets[0], 2);
	assert_int_equal(f->packets[1], 1);
	assert_int_equal(f->bytes[0], 38 + 48);
	assert_int_equal(f->bytes[1], 128);
	assert_int_equal(f->last - f->first, 2000000);
}

static void other_ports_addresses_or_protocols_are_other_flows(void **state)
{
	(void)state;
	send_udp(1, 2, 7, 7);
	send_udp(2, 1, 7, 7);
	send_udp(1, 2, 7, 8);
	send_udp(1, 2, 8, 7);
	send_udp(1, 3, 7, 7);
	send_packet(TCP, (struct sent){ .src = 1, .dst = 2, .sport = 7, .dport = 7, .flags = TCP_ACK });
	flows_settle(flows);
	assert_int_equal(flows->count, 5);
	assert_int_equal(flows->packets, 6);
	assert_int_equal(flows->strangers, 0);
}

static void a_handshake_and_an_end_are_followed(void **state)
{
	(void)state;
	send_tcp(true, TCP_SYN, 100, 0, 0);
	assert_int_equal(state_now(), FLOW_SYN);
	assert_int_equal(flow_client(flow_at(0)), 1);
	send_tcp(false, TCP_SYN | TCP_ACK, 500, 101, 0);
	assert_int_equal(state_now(), FLOW_SYN_ACK);
	assert_int_equal(flow_at(0)->rank, RANK_UNANSWERED);
	send_tcp(true, TCP_ACK, 101, 501, 0);
	assert_int_equal(state_now(), FLOW_ESTABLISHED);
	assert_int_equal(flow_at(0)->rank, RANK_KEPT);
	assert_int_equal(flow_at(0)->handshake_us, 2000);
	send_tcp(true, TCP_ACK | TCP_FIN, 101, 501, 10);
	assert_int_equal(state_now(), FLOW_FIN);
	send_tcp(false, TCP_ACK | TCP_FIN, 501, 112, 0);
	assert_int_equal(state_now(), FLOW_CLOSED);
	send_tcp(true, TCP_ACK, 112, 502, 0);
	assert_int_equal(state_now(), FLOW_CLOSED);
	assert_int_equal(flow_at(0)->rank, RANK_OVER);
	assert_int_equal(flow_at(0)->packets[1], 4);
	assert_int_equal(flow_at(0)->again[0] + flow_at(0)->again[1], 0);
}

static void a_reset_ends_it(void **state)
{
	(void)state;
	send_tcp(true, TCP_SYN, 100, 0, 0);
	send_tcp(false, TCP_RST | TCP_ACK, 0, 101, 0);
	assert_int_equal(state_now(), FLOW_RESET);
	assert_int_equal(flow_at(0)->rank, RANK_OVER);
}

static void who_answers_a_syn_is_the_server(void **state)
{
	(void)state;
	send_tcp(false, TCP_SYN | TCP_ACK, 500, 101, 0);
	assert_int_equal(flow_client(flow_at(0)), 1);
	send_tcp(true, TCP_ACK, 101, 501, 0);
	assert_int_equal(state_now(), FLOW_ESTABLISHED);
	assert_int_equal(flow_at(0)->handshake_us, 0);	/* its SYN was not seen */
}

static void what_began_before_is_established(void **state)
{
	(void)state;
	send_tcp(false, TCP_ACK, 500, 101, 20);
	assert_int_equal(state_now(), FLOW_ESTABLISHED);
	assert_int_equal(flow_client(flow_at(0)), 0);	/* who was seen first */
}

static void a_new_syn_begins_another_flow(void **state)
{
	(void)state;
	send_tcp(true, TCP_SYN, 100, 0, 0);
	send_tcp(true, TCP_SYN, 100, 0, 0);		/* again: the same */
	flows_settle(flows);
	assert_int_equal(flows->count, 1);
	assert_int_equal(flow_at(0)->again[1], 1);
	send_tcp(true, TCP_SYN, 7000, 0, 0);		/* another number */
	send_tcp(false, TCP_SYN | TCP_ACK, 500, 7001, 0);
	flows_settle(flows);
	assert_int_equal(flows->count, 2);
	assert_int_equal(flow_at(0)->rank, RANK_OVER);
	assert_int_equal(flow_at(0)->packets[1], 2);
	assert_int_equal(flow_at(1)->packets[0], 1);
	send_tcp(false, TCP_RST, 501, 0, 0);
	send_tcp(true, TCP_SYN, 7000, 0, 0);		/* the same number, after a reset */
	flows_settle(flows);
	assert_int_equal(flows->count, 3);
}

/* The flow of a packet between the ports of send_tcp(), which came as that number. */
static uint32_t flow_of_packet(uint64_t number)
{
	static struct flow_eye eye;
	const uint8_t p[28] = { 0x45, 0, 0, 28, [8] = 64, [9] = TCP, [15] = 2, [19] = 1, [20] = 40000 >> 8, 40000 & 255, 0, 80 };
	const struct flow *found;
	struct flow_sight s;
	struct decoded d;
	uint32_t i = 0;

	eye = (struct flow_eye){ 0 };
	flow_eye_init(&eye, seed);
	decode(&d, (struct slice){ p, 28, 28 }, PROTO_RAW);
	flows_settle(flows);
	assert_true(flow_look(&eye, &d, &i, now, &s));
	found = flows_find(flows, &s, number);
	return found ? found->id : 0;
}

static void the_flow_of_a_packet_is_found_again(void **state)
{
	(void)state;
	send_udp(1, 2, 7, 7);
	for (uint32_t i = 0; i < 4; i++) {
		send_tcp(true, TCP_SYN, 100 + 1000 * i, 0, 0);
		send_tcp(false, TCP_RST | TCP_ACK, 0, 101, 0);
	}
	flows_skip(flows, 5);
	send_tcp(true, TCP_SYN, 70000, 0, 0);
	assert_int_equal(flow_of_packet(1), 0);		/* before the first of them */
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(flow_of_packet(2 + 2 * i), 2 + i);
		assert_int_equal(flow_of_packet(3 + 2 * i), 2 + i);
	}
	assert_int_equal(flow_of_packet(14), 5);
	assert_int_equal(flow_of_packet(15), 6);
}

/* A place may be taken by another flow of the same ends: it is none of what was there before. */
static void a_flow_that_made_room_is_not_found(void **state)
{
	(void)state;
	send_tcp(true, TCP_SYN, 100, 0, 0);
	for (uint32_t i = 0; i < 2 * flows->most; i++)
		send_udp(1000 + i, 2, 7, 7);
	send_tcp(true, TCP_SYN, 5000, 0, 0);
	send_tcp(true, TCP_SYN, 6000, 0, 0);
	assert_int_equal(flow_of_packet(1), 0);
	assert_int_equal(flow_of_packet(flows->number), flows->begun);
}

static void sizes_windows_and_the_last_minute_are_kept(void **state)
{
	const struct flow *f;

	(void)state;
	send_tcp(true, TCP_ACK, 100, 1, 10);
	send_packet(TCP, (struct sent){ 1, 2, 80, 40000, TCP_ACK, 1, 110, 0, 0, 0, 0 });
	now += 3 * FLOW_STRETCH_NS;
	send_tcp(true, TCP_ACK, 110, 1, 50);
	f = flow_at(0);
	assert_int_equal(f->closed[0], 1);		/* no window is sent here */
	assert_int_equal(f->closed[1], 2);
	assert_int_equal(flow_recent(f, flow_stretch(now)), 90);
	assert_int_equal(flow_recent(f, flow_stretch(now) - 1), 0);
	assert_int_equal(flow_recent(f, flow_stretch(now) - 3), 50 + 40);
	now += 100 * FLOW_STRETCH_NS;
	send_tcp(true, TCP_ACK, 160, 1, 0);
	assert_int_equal(flow_recent(flow_at(0), flow_stretch(now) - 103), 0);
	assert_int_equal(flow_recent(flow_at(0), flow_stretch(now)), 40);
}

static void bytes_that_come_again_are_told(void **state)
{
	(void)state;
	send_tcp(true, TCP_SYN, UINT32_MAX - 50, 0, 0);
	send_tcp(true, TCP_ACK, UINT32_MAX - 49, 1, 100);	/* over the end of the numbers */
	send_tcp(true, TCP_ACK, 51, 1, 100);
	send_tcp(true, TCP_ACK, 150, 1, 0);		/* keeps alive */
	send_tcp(true, TCP_ACK, 150, 1, 1);		/* likewise */
	assert_int_equal(flow_at(0)->again[1], 0);
	send_tcp(true, TCP_ACK, UINT32_MAX - 49, 1, 100);
	send_tcp(true, TCP_ACK, 51, 1, 100);
	assert_int_equal(flow_at(0)->again[1], 2);
	assert_int_equal(flow_at(0)->next[1], 151);
}

static void fragments_are_of_their_flow(void **state)
{
	struct sent s = { .src = 1, .dst = 2, .sport = 1024, .dport = 53, .n = 400, .ident = 7, .more = 1 };

	(void)state;
	send_packet(UDP, s);
	s.sport = s.dport = 0xffff;	/* payload, where ports stand else */
	s.offset = 408;
	s.more = 0;
	send_packet(UDP, s);
	assert_int_equal(flow_at(0)->packets[0], 2);
	assert_int_equal(flows->count, 1);
	s.ident = 8;			/* its first was not seen: by the addresses alone */
	send_packet(UDP, s);
	assert_int_equal(flow_at(1)->key.port[0], 0);
	assert_int_equal(flow_at(1)->key.proto, UDP);
}

/* As damaged files have them: any, and any order. */
static void times_may_be_any(void **state)
{
	static const int64_t times[] = { INT64_MAX - 2000000, INT64_MIN, 0, INT64_MAX - 2000000, INT64_MIN };
	struct sent s = { .src = 1, .dst = 2, .sport = 1024, .dport = 53, .n = 400, .ident = 7, .more = 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		now = times[i];
		send_tcp(i % 2 == 0, i == 0 ? TCP_SYN : i == 1 ? TCP_SYN | TCP_ACK : TCP_ACK, 1, 1, 0);
		s.offset = 408 * (uint32_t)i;
		send_packet(UDP, s);
	}
	assert_int_equal(flow_at(0)->first, INT64_MIN + 1000000);
	assert_int_equal(flow_at(0)->last, INT64_MAX - 1000000);
	assert_int_equal(flow_at(0)->handshake_us, UINT32_MAX);	/* as long as can be said */
	assert_int_equal(flow_at(1)->packets[0], 2);	/* the first fragment, and that of about its time */
	assert_int_equal(flow_at(2)->packets[0], 3);
}

/* An ICMP error quotes a packet of the flow: that is none. Nor is what is no IP. */
static void quotations_are_not_counted(void **state)
{
	uint8_t p[56] = { 0x45, 0, 0, 56, 0, 0, 0, 0, 64, 1, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 3, 3 };
	static const uint8_t quoted[28] = { 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1,
					    4, 0, 0, 53, 0, 8, 0, 0 };
	struct decoded d;

	(void)state;
	memcpy(p + 28, quoted, sizeof(quoted));
	decode(&d, (struct slice){ p, sizeof(p), sizeof(p) }, PROTO_RAW);
	flows_packet(flows, &d, now);
	assert_int_equal(flow_at(0)->key.proto, 1);
	assert_int_equal(flows->count, 1);
	p[0] = 0x95;
	decode(&d, (struct slice){ p, sizeof(p), sizeof(p) }, PROTO_RAW);
	flows_packet(flows, &d, now);
	assert_int_equal(flows->strangers, 1);
	assert_int_equal(flow_at(0)->packets[0], 1);
}

/* IPv4 in IPv4 in IPv4: three headers, three flows of one packet. */
static void each_header_of_a_tunnel_is_of_a_flow(void **state)
{
	uint8_t p[68] = { 0 };
	struct decoded d;

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		uint8_t *h = p + (size_t)i * 20;

		h[0] = 0x45;
		put16(h + 2, 68 - i * 20);
		h[8] = 64;
		h[9] = i < 2 ? 4 : UDP;
		put32(h + 12, 100 + i);
		put32(h + 16, 200 + i);
	}
	put16(p + 64, 8);
	decode(&d, (struct slice){ p, sizeof(p), sizeof(p) }, PROTO_RAW);
	flows_packet(flows, &d, now);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(flow_at(i)->key.proto, i < 2 ? 4 : UDP);
		assert_int_equal(slice_u32(flow_addr(flow_at(i), 0), 0), 100 + i);
		assert_int_equal(flow_at(i)->bytes[0], sizeof(p));
	}
	assert_int_equal(flows->count, 3);
	assert_int_equal(flows->packets, 1);
}

static uint32_t count_of(enum flow_rank rank)
{
	uint32_t n = 0;

	for (const struct flow *f = NULL; (f = flows_next(flows, f)) != NULL;)
		n += f->rank == rank;
	return n;
}

/* An established connection of client number i. */
static void connect_client(uint32_t i)
{
	uint32_t client = 1000000 + i;

	send_packet(TCP, (struct sent){ client, 1, 40000, 80, TCP_SYN, 10, 0, 0, 0, 0, 0 });
	send_packet(TCP, (struct sent){ 1, client, 80, 40000, TCP_SYN | TCP_ACK, 20, 11, 0, 0, 0, 0 });
	send_packet(TCP, (struct sent){ client, 1, 40000, 80, TCP_ACK, 11, 21, 0, 0, 0, 0 });
}

static void a_flood_throws_out_itself(void **state)
{
	uint32_t kept = flows->most * 3 / 4, over = flows->most / 16;

	(void)state;
	for (uint32_t i = 0; i < kept; i++)
		connect_client(i);
	for (uint32_t i = 0; i < over; i++) {
		connect_client(5000000 + i);
		send_packet(TCP, (struct sent){ 1, 6000000 + i, 80, 40000, TCP_RST, 21, 0, 0, 0, 0, 0 });
	}
	for (uint32_t i = 0; i < 100000; i++)
		send_packet(TCP, (struct sent){ 2000000 + i, 1, 1024 + i % 5000, 80, TCP_SYN, i, 0, 0, 0, 0, 0 });
	flows_settle(flows);
	assert_int_equal(flows->count, flows->most);
	assert_int_equal(count_of(RANK_KEPT), kept);
	assert_int_equal(count_of(RANK_OVER), over);
	for (const struct flow *f = NULL; (f = flows_next(flows, f)) != NULL;)	/* nothing of who was there before */
		assert_true(f->rank != RANK_UNANSWERED || (f->packets[0] + f->packets[1] == 1 && f->first == f->last));
	assert_int_equal(flows->evicted[RANK_KEPT], 0);
	assert_int_equal(flows->evicted[RANK_OVER], 0);
	assert_int_equal(flows->evicted[RANK_UNANSWERED], kept + over + 100000 - flows->most);
	for (uint32_t i = 0; i < kept; i++)		/* all of them can still be found */
		send_packet(TCP, (struct sent){ 1, 1000000 + i, 80, 40000, TCP_ACK, 21, 11, 0, 0, 0, 0 });
	flows_settle(flows);
	assert_int_equal(flows_evicted(flows), kept + over + 100000 - flows->most);
}

static void answers_to_a_flood_do_not_help_it(void **state)
{
	(void)state;
	connect_client(0);
	for (uint32_t i = 0; i < 3 * flows->most; i++) {
		send_packet(TCP, (struct sent){ 2000000 + i, 1, 1024, 80, TCP_SYN, i, 0, 0, 0, 0, 0 });
		send_packet(TCP, (struct sent){ 1, 2000000 + i, 80, 1024, TCP_SYN | TCP_ACK, 1, i + 1, 0, 0, 0, 0 });
	}
	flows_settle(flows);
	assert_int_equal(count_of(RANK_KEPT), 1);
	assert_int_equal(flows->evicted[RANK_KEPT], 0);
}

/* What is over goes before what is in use; of that, what was silent for longest. */
static void the_silent_go_before_those_that_speak(void **state)
{
	uint32_t most = flows->most, found = 0;

	(void)state;
	for (uint32_t i = 0; i < most; i++)
		connect_client(i);
	send_packet(TCP, (struct sent){ 1000000 + most - 1, 1, 40000, 80, TCP_RST, 11, 0, 0, 0, 0, 0 });
	connect_client(most);
	flows_settle(flows);
	assert_int_equal(flows->evicted[RANK_OVER], 1);
	assert_int_equal(flows->evicted[RANK_KEPT], 0);
	for (uint32_t i = most + 1; i < 2 * most; i++) {	/* client 0 goes on speaking */
		connect_client(i);
		send_packet(TCP, (struct sent){ 1000000, 1, 40000, 80, TCP_ACK, 11, 21, 0, 0, 0, 0 });
	}
	flows_settle(flows);
	for (const struct flow *f = NULL; (f = flows_next(flows, f)) != NULL;)
		found += slice_u32(flow_addr(f, 1), 0) == 1000000 && f->packets[1] > most;
	assert_int_equal(found, 1);
	assert_int_equal(flows->count, most);
}

static void memory_is_not_overrun(void **state)
{
	uint8_t *end = (uint8_t *)memory + FLOWS_MIN_MEMORY;

	(void)state;
	assert_true(flows->most >= 200);
	assert_true((uint8_t *)(flows->flow + flows->most) <= end);
	assert_true((uint8_t *)(flows->index.bucket + flows->index.most) <= (uint8_t *)flows->flow);
	assert_true(FLOWS_MIN_MEMORY / flows->most <= 300);
	assert_true((size_t)flows->flow % 64 == 0);
}

static void growing_loses_nothing(void **state)
{
	uint32_t most = flows->most;

	(void)state;
	for (uint32_t i = 0; i < most; i++)
		send_udp(i, 1, 1000, 53);
	for (uint32_t i = 0; i < most; i++)
		send_udp(1, i, 53, 1000);
	flows_settle(flows);
	assert_int_equal(flows->count, most);
	assert_int_equal(flows_evicted(flows), 0);
	assert_int_equal(flows->index.count, most);
	for (const struct flow *f = NULL; (f = flows_next(flows, f)) != NULL;)
		assert_int_equal(f->packets[0] + f->packets[1], 2);
}

/* Who does not know the key cannot tell which flows fall together. */
static void another_key_means_another_order(void **state)
{
	struct seed a = seed_of(seed), b = seed_of((const uint64_t[]){ seed[0], seed[1] ^ 2 });
	struct seed c = seed_of((const uint64_t[]){ seed[0] ^ 1, seed[1] });
	uint32_t same_b = 0, same_c = 0, place[64] = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 6400; i++) {
		struct flow_key k = { .addr = { { 10, 0, (uint8_t)(i >> 8), (uint8_t)i } }, .proto = TCP };

		same_b += flow_hash(&a, &k) % 64 == flow_hash(&b, &k) % 64;
		same_c += flow_hash(&a, &k) % 64 == flow_hash(&c, &k) % 64;
		place[flow_hash(&a, &k) % 64]++;
	}
	assert_in_range(same_b, 50, 150);	/* 100 by chance */
	assert_in_range(same_c, 50, 150);
	for (uint32_t i = 0; i < 64; i++)
		assert_in_range(place[i], 50, 150);
}

/* All of one hash: the index gives up when its way is full, and takes out what it has put in. */
static void a_full_way_is_told(void **state)
{
	static struct flow_bucket bucket[64];
	struct flow_index x = { bucket, 63, 64, 0 };
	struct flow_probe p = { 0 };
	const uint64_t hash = 0x1234567800000000 | 62;	/* the way goes on at the start */
	uint32_t n = 0;

	(void)state;
	while (flow_index_put(&x, hash, n + 1))
		n++;
	assert_int_equal(n, FLOW_WAY * FLOW_SLOTS);
	assert_int_equal(x.count, n);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(flow_index_next(&x, hash, &p), i + 1);
	assert_int_equal(flow_index_next(&x, hash, &p), 0);
	for (uint32_t i = n; i > 0; i--)
		flow_index_drop(&x, hash, i);
	assert_int_equal(x.count, 0);
	for (uint32_t i = 0; i < 64; i++)
		assert_int_equal(bucket[i].passed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_direction_is_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(other_ports_addresses_or_protocols_are_other_flows, setup, teardown),
		cmocka_unit_test_setup_teardown(a_handshake_and_an_end_are_followed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_reset_ends_it, setup, teardown),
		cmocka_unit_test_setup_teardown(who_answers_a_syn_is_the_server, setup, teardown),
		cmocka_unit_test_setup_teardown(what_began_before_is_established, setup, teardown),
		cmocka_unit_test_setup_teardown(a_new_syn_begins_another_flow, setup, teardown),
		cmocka_unit_test_setup_teardown(the_flow_of_a_packet_is_found_again, setup, teardown),
		cmocka_unit_test_setup_teardown(a_flow_that_made_room_is_not_found, setup_small, teardown),
		cmocka_unit_test_setup_teardown(sizes_windows_and_the_last_minute_are_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(bytes_that_come_again_are_told, setup, teardown),
		cmocka_unit_test_setup_teardown(fragments_are_of_their_flow, setup, teardown),
		cmocka_unit_test_setup_teardown(times_may_be_any, setup, teardown),
		cmocka_unit_test_setup_teardown(quotations_are_not_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(each_header_of_a_tunnel_is_of_a_flow, setup, teardown),
		cmocka_unit_test_setup_teardown(a_flood_throws_out_itself, setup_small, teardown),
		cmocka_unit_test_setup_teardown(answers_to_a_flood_do_not_help_it, setup_small, teardown),
		cmocka_unit_test_setup_teardown(the_silent_go_before_those_that_speak, setup_small, teardown),
		cmocka_unit_test_setup_teardown(memory_is_not_overrun, setup_small, teardown),
		cmocka_unit_test_setup_teardown(growing_loses_nothing, setup, teardown),
		cmocka_unit_test(another_key_means_another_order),
		cmocka_unit_test(a_full_way_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
