/* SPDX-License-Identifier: BSD-2-Clause */
/* test_block.c - blocks of frames: tags put back, fates, copies on a shelf, the ledger */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>

#include "capture/block.h"
#include "capture/segments.h"
#include "capture/shelf.h"

#define ROOM 4096		/* bytes of a block */
#define FIRST TPACKET_ALIGN(sizeof(struct tpacket_block_desc))
#define DATA_AT (TPACKET3_HDRLEN + 32)	/* behind room for a tag and what is told of segments, or to cook it */

static const uint8_t ethernet[] = {
	0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0, 0, 0x02, 0x08, 0x00, 'a', 'b', 'c', 'd',
};

static struct tpacket_block_desc *new_block(void)
{
	struct tpacket_block_desc *block = aligned_alloc(16, ROOM);

	memset(block, 0, ROOM);
	block->hdr.bh1.offset_to_first_pkt = FIRST;
	block->hdr.bh1.blk_len = FIRST;
	return block;
}

/* Add a frame as the kernel does. */
static struct tpacket3_hdr *add(struct tpacket_block_desc *block, const uint8_t *data, uint32_t cap)
{
	uint8_t *at = (uint8_t *)block + block->hdr.bh1.blk_len;
	struct tpacket3_hdr *frame = (struct tpacket3_hdr *)at;

	frame->tp_status = TP_STATUS_USER;
	frame->tp_mac = DATA_AT;
	frame->tp_snaplen = cap;
	frame->tp_len = sizeof(ethernet);
	frame->tp_next_offset = TPACKET_ALIGN(DATA_AT + cap);
	memcpy(at + DATA_AT, data, cap);
	block->hdr.bh1.blk_len += frame->tp_next_offset;
	block->hdr.bh1.num_pkts++;
	return frame;
}

static struct sockaddr_ll *address_of(struct tpacket3_hdr *frame)
{
	return (struct sockaddr_ll *)frame_address(frame);
}

static void tag(struct tpacket3_hdr *frame, uint16_t tpid, uint16_t tci)
{
	frame->tp_status = TP_STATUS_VLAN_VALID | (tpid ? TP_STATUS_VLAN_TPID_VALID : 0);
	frame->hv1.tp_vlan_tpid = tpid;
	frame->hv1.tp_vlan_tci = tci;
}

static uint64_t room;

static struct rules rules_for(uint16_t linktype)
{
	room = UINT64_MAX;
	return (struct rules){ .linktype = linktype, .snaplen = SNAPLEN_MAX, .room = &room };
}

static void tag_returns_behind_the_addresses(void **state)
{
	static const uint16_t tpids[] = { 0x88a8, 0x8100, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(tpids) / sizeof(tpids[0]); i++) {
		struct tpacket_block_desc *block = new_block();
		struct tpacket3_hdr *frame = add(block, ethernet, sizeof(ethernet));
		struct rules r = rules_for(LINKTYPE_ETHERNET);
		uint16_t tpid = tpids[i] ? tpids[i] : 0x8100;
		const uint8_t want[] = { (uint8_t)(tpid >> 8), (uint8_t)tpid, 0x20, 0x07 };
		struct packet p;

		tag(frame, tpids[i], 0x2007);
		assert_int_equal(block_prepare(frame, &r, &p), FATE_CAPTURED);
		assert_int_equal(p.bytes.cap, sizeof(ethernet) + 4);
		assert_int_equal(p.bytes.wire, sizeof(ethernet) + 4);
		assert_memory_equal(p.bytes.ptr, ethernet, 12);
		assert_memory_equal(p.bytes.ptr + 12, want, 4);
		assert_memory_equal(p.bytes.ptr + 16, ethernet + 12, sizeof(ethernet) - 12);
		free(block);
	}
}

static void frames_that_the_card_did_not_stamp_are_counted(void **state)
{
	static const uint32_t status[] = { 0, TP_STATUS_TS_SOFTWARE, TP_STATUS_TS_RAW_HARDWARE, TP_STATUS_TS_SOFTWARE };
	struct tpacket_block_desc *block = new_block();
	struct rules r = rules_for(LINKTYPE_ETHERNET);
	struct packet p;

	(void)state;
	for (int stamped = 0; stamped < 2; stamped++) {
		r.stamped = stamped;
		for (size_t i = 0; i < COUNT(status); i++) {
			struct tpacket3_hdr *frame = add(block, ethernet, sizeof(ethernet));

			frame->tp_status = status[i];
			assert_int_equal(block_prepare(frame, &r, &p), FATE_CAPTURED);
		}
		assert_int_equal(r.unstamped, stamped ? 3 : 0);
	}
	free(block);
}

static void tag_counts_on_the_wire_where_too_little_was_captured_for_it(void **state)
{
	(void)state;
	for (uint32_t cap = 0; cap <= sizeof(ethernet); cap++) {
		struct tpacket_block_desc *block = new_block();
		struct tpacket3_hdr *frame = add(block, ethernet, cap);
		struct rules r = rules_for(LINKTYPE_ETHERNET);
		struct packet p;

		tag(frame, 0x8100, 5);
		block_prepare(frame, &r, &p);
		assert_int_equal(p.bytes.wire, sizeof(ethernet) + 4);
		assert_int_equal(p.bytes.cap, cap < 12 ? cap : cap + 4);
		assert_memory_equal(p.bytes.ptr, ethernet, cap < 12 ? cap : 12);
		free(block);
	}
}

static void cooked_header_has_its_fields_and_its_tag(void **state)
{
	struct tpacket_block_desc *block = new_block();
	struct sockaddr_ll address = {
		.sll_protocol = htons(0x0800), .sll_ifindex = 0x01020304, .sll_hatype = ARPHRD_ETHER,
		.sll_pkttype = PACKET_OTHERHOST, .sll_halen = 6, .sll_addr = { 2, 0, 0, 0, 0, 9 },
	};
	static const uint8_t want[] = {
		0x88, 0xa8, 0, 0, 1, 2, 3, 4, 0, 1, 3, 6, 2, 0, 0, 0, 0, 9, 0, 0,
		0x20, 0x07, 0x08, 0x00, 'x', 'y',
	};
	struct rules r = rules_for(LINKTYPE_LINUX_SLL2);
	uint8_t data[SLL2_LEN + 2];
	struct tpacket3_hdr *frame;
	struct packet p;

	(void)state;
	block_cook(data, &address);
	memcpy(data + SLL2_LEN, "xy", 2);
	frame = add(block, data, sizeof(data));
	tag(frame, 0x88a8, 0x2007);
	assert_int_equal(block_prepare(frame, &r, &p), FATE_CAPTURED);
	assert_int_equal(p.bytes.cap, sizeof(want));
	assert_memory_equal(p.bytes.ptr, want, sizeof(want));
	free(block);
}

static void frames_of_any_are_cooked_where_they_stand(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 'x', 'y', 'z' };	/* a link header of 4 bytes */
	struct sockaddr_ll address = { .sll_protocol = htons(0x0800), .sll_ifindex = 7, .sll_hatype = ARPHRD_IPGRE };

	(void)state;
	for (uint32_t cap = 0; cap <= sizeof(bytes); cap++) {
		struct tpacket_block_desc *block = new_block();
		struct tpacket3_hdr *frame = add(block, bytes, cap);
		struct rules r = rules_for(LINKTYPE_LINUX_SLL2);
		uint32_t behind = cap < 4 ? 0 : cap - 4;
		uint8_t want[SLL2_LEN];
		struct packet p;

		r.cook = true;
		frame->tp_net = DATA_AT + 4;
		frame->tp_len = sizeof(bytes);
		*address_of(frame) = address;
		block_cook(want, &address);
		assert_int_equal(block_prepare(frame, &r, &p), FATE_CAPTURED);
		assert_int_equal(p.bytes.cap, SLL2_LEN + behind);
		assert_memory_equal(p.bytes.ptr, want, SLL2_LEN);
		assert_memory_equal(p.bytes.ptr + SLL2_LEN, bytes + 4, behind);
		assert_int_equal(p.linktype, LINKTYPE_LINUX_SLL2);
		free(block);
	}
}

static void snaplen_holds_with_the_tag_in_place(void **state)
{
	struct tpacket_block_desc *block = new_block();
	struct tpacket3_hdr *frame = add(block, ethernet, 14);
	struct rules r = rules_for(LINKTYPE_ETHERNET);
	struct packet p;

	(void)state;
	r.snaplen = 14;
	tag(frame, 0x8100, 5);
	block_prepare(frame, &r, &p);
	assert_int_equal(p.bytes.cap, 14);
	assert_int_equal(p.bytes.wire, sizeof(ethernet) + 4);
	free(block);
}

static void outgoing_copy_on_lo_is_a_double_unless_outgoing_is_asked_for(void **state)
{
	static const struct {
		enum direction direction;
		uint8_t type;
		uint16_t hardware;
		enum fate fate;
	} cases[] = {
		{ DIRECTION_BOTH, PACKET_HOST, ARPHRD_LOOPBACK, FATE_CAPTURED },
		{ DIRECTION_BOTH, PACKET_OUTGOING, ARPHRD_LOOPBACK, FATE_DOUBLE },
		{ DIRECTION_OUT, PACKET_OUTGOING, ARPHRD_LOOPBACK, FATE_CAPTURED },
		{ DIRECTION_OUT, PACKET_HOST, ARPHRD_LOOPBACK, FATE_DIRECTION },
		{ DIRECTION_BOTH, PACKET_OUTGOING, ARPHRD_ETHER, FATE_CAPTURED },
		{ DIRECTION_IN, PACKET_OUTGOING, ARPHRD_ETHER, FATE_DIRECTION },
		{ DIRECTION_IN, PACKET_MULTICAST, ARPHRD_ETHER, FATE_CAPTURED },
		{ DIRECTION_OUT, PACKET_BROADCAST, ARPHRD_ETHER, FATE_DIRECTION },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tpacket_block_desc *block = new_block();
		struct tpacket3_hdr *frame = add(block, ethernet, sizeof(ethernet));
		struct rules r = rules_for(LINKTYPE_ETHERNET);
		struct packet p;

		r.direction = cases[i].direction;
		address_of(frame)->sll_pkttype = cases[i].type;
		address_of(frame)->sll_hatype = cases[i].hardware;
		assert_int_equal(block_prepare(frame, &r, &p), cases[i].fate);
		free(block);
	}
}

static void status_of_the_kernel_becomes_flags(void **state)
{
	struct tpacket_block_desc *block = new_block();
	struct tpacket3_hdr *frame = add(block, ethernet, sizeof(ethernet));
	struct rules r = rules_for(LINKTYPE_ETHERNET);
	struct packet p;

	(void)state;
	address_of(frame)->sll_pkttype = PACKET_OUTGOING;
	frame->tp_status = TP_STATUS_CSUMNOTREADY | TP_STATUS_LOSING | 1 << 8;
	block_prepare(frame, &r, &p);
	assert_int_equal(p.flags, PACKET_OUT | PACKET_CSUM_PENDING | PACKET_LOSING | PACKET_TSO);
	free(block);
}

/* A frame of so many bytes with segments of size bytes, as the kernel tells of it; headers: of link and IP. */
static struct tpacket3_hdr *add_uncut(struct tpacket_block_desc *block, const struct virtio_net_hdr *h, uint32_t headers,
				      uint8_t first, uint8_t doff, uint32_t wire)
{
	uint8_t data[80] = { 0 };
	struct tpacket3_hdr *frame;

	data[14] = first;
	data[headers + 12] = (uint8_t)(doff << 4);
	frame = add(block, data, sizeof(data));
	memcpy((uint8_t *)frame + DATA_AT - SEGMENTS_LEN, h, sizeof(*h));
	frame->tp_net = DATA_AT + 14;
	frame->tp_len = wire;
	return frame;
}

static void segments_are_counted_by_what_is_behind_the_headers(void **state)
{
	static const struct {
		struct virtio_net_hdr h;
		uint32_t headers;		/* of link and network, bytes */
		uint8_t first, doff;
		uint32_t wire;
		uint16_t segments;
		bool tcp;
	} cases[] = {
		{ { .gso_type = VIRTIO_NET_HDR_GSO_TCPV4, .gso_size = 1000 }, 34, 0x45, 8, 34 + 32 + 3000, 3, true },
		{ { .gso_type = VIRTIO_NET_HDR_GSO_TCPV4, .gso_size = 1000 }, 38, 0x46, 8, 38 + 32 + 3001, 4, true },
		{ { .gso_type = VIRTIO_NET_HDR_GSO_TCPV6 | VIRTIO_NET_HDR_GSO_ECN, .gso_size = 1000 }, 54, 0x60, 5,
		  54 + 20 + 2000, 2, true },
		{ { .gso_type = 5, .gso_size = 1000 }, 34, 0x45, 15, 34 + 8 + 3000, 3, false },
		{ { .flags = VIRTIO_NET_HDR_F_NEEDS_CSUM, .csum_start = 60, .gso_type = VIRTIO_NET_HDR_GSO_TCPV4,
		    .gso_size = 500 }, 60, 0x45, 10, 60 + 40 + 1000, 2, true },
		{ { .gso_type = VIRTIO_NET_HDR_GSO_TCPV4, .gso_size = 1000 }, 34, 0x45, 5, 40, 1, true },
		{ { .gso_type = VIRTIO_NET_HDR_GSO_TCPV4, .gso_size = 1 }, 34, 0x45, 5, 1 << 20, UINT16_MAX, true },
		{ { .gso_type = VIRTIO_NET_HDR_GSO_TCPV4 }, 34, 0x45, 5, 3000, 0, true },
		{ { .gso_size = 1000 }, 34, 0x45, 5, 3000, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int tagged = 0; tagged < 2; tagged++) {
			struct tpacket_block_desc *block = new_block();
			struct tpacket3_hdr *frame = add_uncut(block, &cases[i].h, cases[i].headers, cases[i].first,
							       cases[i].doff, cases[i].wire);
			struct rules r = rules_for(LINKTYPE_ETHERNET);
			struct packet p;

			r.sized = true;
			if (tagged)
				tag(frame, 0x8100, 5);
			assert_int_equal(block_prepare(frame, &r, &p), FATE_CAPTURED);
			assert_int_equal(p.segments, cases[i].segments);
			assert_int_equal(p.segment_size, cases[i].segments ? cases[i].h.gso_size : 0);
			assert_int_equal(p.flags & PACKET_TSO, cases[i].tcp ? PACKET_TSO : 0);
			assert_int_equal(p.bytes.wire, cases[i].wire + (tagged ? 4 : 0));
			free(block);
		}
	}
}

/* Ten frames, of which rules want the odd ones up to a limit of three. */
static struct tpacket_block_desc *prepared(uint64_t fate[FATES])
{
	struct tpacket_block_desc *block = new_block();
	struct rules r = rules_for(LINKTYPE_ETHERNET);
	struct packet p;

	r.direction = DIRECTION_IN;
	room = 3;
	for (int i = 0; i < 10; i++) {
		struct tpacket3_hdr *frame = add(block, ethernet, 14 + (uint32_t)i % 4);

		frame->tp_sec = (uint32_t)i;
		address_of(frame)->sll_pkttype = i % 2 ? PACKET_HOST : PACKET_OUTGOING;
	}
	for (struct walk w = block_first(block); w.left > 0; walk_next(&w))
		fate[block_prepare(w.frame, &r, &p)]++;
	return block;
}

static void second_walk_sees_the_captured_frames_alone(void **state)
{
	uint64_t fate[FATES] = { 0 };
	struct tpacket_block_desc *block = prepared(fate);
	struct walk w = block_first(block);
	struct batch b;

	(void)state;
	assert_int_equal(fate[FATE_CAPTURED], 3);
	assert_int_equal(fate[FATE_DIRECTION], 3);
	assert_int_equal(fate[FATE_LATE], 4);
	block_batch(&w, &b);
	assert_int_equal(b.count, 3);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(b.packet[i].sec, 2 * i + 1);
	block_batch(&w, &b);
	assert_int_equal(b.count, 0);
	free(block);
}

/* The kernel leaves such a gap where it drops a frame late: nothing in it may be believed. */
static void gaps_are_passed_over(void **state)
{
	(void)state;
	for (uint32_t gaps = 0; gaps < 16; gaps++) {
		struct tpacket_block_desc *block = new_block();
		uint32_t seen = 0;

		for (uint32_t i = 0; i < 4; i++) {
			struct tpacket3_hdr *frame = add(block, ethernet, sizeof(ethernet));

			frame->tp_sec = i;
			if (gaps >> i & 1) {
				frame->tp_status = 0;
				frame->tp_mac = UINT16_MAX;
				frame->tp_snaplen = UINT32_MAX;
			}
		}
		for (struct walk w = block_first(block); w.left > 0; walk_next(&w))
			seen |= 1u << w.frame->tp_sec;
		assert_int_equal(seen, ~gaps & 15);
		free(block);
	}
}

static void shelf_gives_back_what_was_put_on_it(void **state)
{
	uint64_t fate[FATES] = { 0 };
	struct tpacket_block_desc *block = prepared(fate);
	struct walk w = block_first(block);
	struct shelf s;
	struct error e;
	struct batch b;
	int index;

	(void)state;
	walk_next(&w);
	assert_int_equal(shelf_open(&s, &e), 0);
	assert_int_equal(shelf_take(&s), -1);
	assert_true(shelf_put(&s, w.frame));
	assert_true(shelf_put(&s, w.frame));
	memset(block, 0xff, ROOM);
	index = shelf_take(&s);
	w = block_first(shelf_block(&s, (uint32_t)index));
	block_batch(&w, &b);
	assert_int_equal(b.count, 2);
	assert_int_equal(b.packet[1].bytes.cap, 15);
	assert_memory_equal(b.packet[1].bytes.ptr, ethernet, 15);
	shelf_close(&s);
	free(block);
}

static void full_shelf_refuses_until_a_block_is_released(void **state)
{
	struct tpacket_block_desc *block = new_block();
	struct tpacket3_hdr *frame = add(block, ethernet, sizeof(ethernet));
	uint32_t taken = 0;
	struct shelf s;
	struct error e;

	(void)state;
	assert_int_equal(shelf_open(&s, &e), 0);
	for (;;) {
		if (shelf_put(&s, frame))
			continue;
		if (shelf_take(&s) < 0)
			break;
		taken++;
	}
	assert_int_equal(taken, SHELF_BLOCKS);
	shelf_release(&s, 5);
	assert_true(shelf_put(&s, frame));
	assert_int_equal(shelf_take(&s), 5);
	shelf_close(&s);
	free(block);
}

static void ledger_adds_up_only_when_each_packet_has_one_fate(void **state)
{
	const struct ledger good = {
		.seen = 30, .dropped = 5, .writes = true, .prints = true,
		.fate = { [FATE_CAPTURED] = 10, [FATE_DOUBLE] = 9, [FATE_DIRECTION] = 1,
			  [FATE_FILTERED] = 2, [FATE_LATE] = 3 },
		.written = 7, .unwritten = 3, .printed = 4, .skipped = 6,
	};
	struct ledger l = good;

	(void)state;
	assert_true(ledger_adds_up(&l));
	for (int i = 0; i < FATES; i++) {
		l = good;
		l.fate[i]++;
		assert_false(ledger_adds_up(&l));
	}
	l = good;
	l.written--;
	assert_false(ledger_adds_up(&l));
	l = good;
	l.skipped++;
	assert_false(ledger_adds_up(&l));
	l = good;
	l.dropped--;
	assert_false(ledger_adds_up(&l));
}

static void ledger_is_said_in_the_singular_too(void **state)
{
	struct ledger l = { .seen = 3, .fate = { [FATE_CAPTURED] = 1, [FATE_DOUBLE] = 2 }, .freezes = 1 };
	char text[300] = "";
	FILE *file = fmemopen(text, sizeof(text), "w");

	(void)state;
	ledger_print(file, &l, "\n");
	fclose(file);
	assert_string_equal(text, "1 packet captured\n3 packets received by filter\n"
			    "0 packets dropped by kernel\n2 packets seen twice on lo, and left out once\nthe ring was full 1 time\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tag_returns_behind_the_addresses),
		cmocka_unit_test(tag_counts_on_the_wire_where_too_little_was_captured_for_it),
		cmocka_unit_test(cooked_header_has_its_fields_and_its_tag),
		cmocka_unit_test(frames_of_any_are_cooked_where_they_stand),
		cmocka_unit_test(snaplen_holds_with_the_tag_in_place),
		cmocka_unit_test(outgoing_copy_on_lo_is_a_double_unless_outgoing_is_asked_for),
		cmocka_unit_test(status_of_the_kernel_becomes_flags),
		cmocka_unit_test(segments_are_counted_by_what_is_behind_the_headers),
		cmocka_unit_test(second_walk_sees_the_captured_frames_alone),
		cmocka_unit_test(gaps_are_passed_over),
		cmocka_unit_test(shelf_gives_back_what_was_put_on_it),
		cmocka_unit_test(full_shelf_refuses_until_a_block_is_released),
		cmocka_unit_test(ledger_adds_up_only_when_each_packet_has_one_fate),
		cmocka_unit_test(frames_that_the_card_did_not_stamp_are_counted),
		cmocka_unit_test(ledger_is_said_in_the_singular_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
