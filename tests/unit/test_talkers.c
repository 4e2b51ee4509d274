/* SPDX-License-Identifier: BSD-2-Clause */
/* test_talkers.c - who sends and receives how much, in bounded memory */
#include "decode/track/talkers.h"
#include "tests/unit/datagram.h"

static struct talkers talkers;
static void *memory;

static void open_kind(enum talker_kind kind, size_t size, bool recent)
{
	memory = aligned_alloc(64, size);
	assert_non_null(memory);
	memset(memory, 0, size);
	memset(&talkers, 0, sizeof(talkers));
	talkers_open(&talkers, kind, recent, memory, size,
		     (const uint64_t[]){ 0x243f6a8885a308d3, 0x13198a2e03707344 });
}

/* Between two hosts of 10.0.0.0/8, and ports. */
static void talk(uint32_t from, uint32_t to, uint32_t sport, uint32_t dport, uint32_t bytes, int64_t second)
{
	struct slice p = datagram_make(from, to, 0, bytes);

	put16(datagram + 20, sport);
	put16(datagram + 22, dport);
	decode(&own, p, PROTO_IPV4);
	talkers_packet(&talkers, &own, second * 1000000000);
}

static const struct talker *host(uint32_t low)
{
	for (uint32_t i = 0; i < talkers.count; i++) {
		const struct talker *t = talkers_at(&talkers, i);

		if (t->key.addr[0] == 10 && (t->key.addr[2] << 8 | t->key.addr[3]) == (int)low)
			return t;
	}
	return NULL;
}

static void hosts_have_what_they_send_and_receive(void **state)
{
	(void)state;
	open_kind(TALKER_HOST, 1 << 20, false);
	talk(1, 2, 1000, 53, 100, 1);
	talk(2, 1, 53, 1000, 300, 1);
	talk(1, 3, 1000, 53, 60, 1);
	talk(1, 2, 1001, 53, 60, 1);
	assert_int_equal(talkers.count, 3);
	assert_int_equal(host(1)->bytes[TALKER_SENT], 220);
	assert_int_equal(host(1)->packets[TALKER_SENT], 3);
	assert_int_equal(host(1)->bytes[TALKER_RECEIVED], 300);
	assert_int_equal(host(1)->flows, 3);
	assert_int_equal(host(2)->flows, 2);
	assert_int_equal(host(3)->bytes[TALKER_RECEIVED], 60);
	assert_null(talkers_recent(&talkers, host(1)));
	free(memory);
}

static void ports_are_told_apart_by_their_protocol(void **state)
{
	uint64_t sent = 0;

	(void)state;
	open_kind(TALKER_PORT, 1 << 20, false);
	talk(1, 2, 1000, 53, 100, 1);
	talk(3, 2, 1001, 53, 100, 1);
	assert_int_equal(talkers.count, 3);
	for (uint32_t i = 0; i < talkers.count; i++) {
		const struct talker *t = talkers_at(&talkers, i);

		assert_int_equal(t->key.proto, 17);
		if (t->key.port == 53)
			assert_int_equal(t->packets[TALKER_RECEIVED], 2);
		sent += t->packets[TALKER_SENT];
	}
	assert_int_equal(sent, 2);
	free(memory);
}

static void a_protocol_is_the_innermost_one(void **state)
{
	(void)state;
	open_kind(TALKER_PROTO, 1 << 20, false);
	talk(1, 2, 1000, 1001, 100, 1);
	assert_int_equal(talkers.count, 1);
	assert_int_equal(talkers_at(&talkers, 0)->key.proto, PROTO_UDP);
	free(memory);
	open_kind(TALKER_MAC, 1 << 20, false);
	talk(1, 2, 1000, 1001, 100, 1);
	assert_int_equal(talkers.count, 0);
	assert_int_equal(talkers.strangers, 1);
	free(memory);
}

static void seconds_that_are_over_are_forgotten(void **state)
{
	const struct talker_recent *r;

	(void)state;
	open_kind(TALKER_HOST, 1 << 20, true);
	talk(1, 2, 1, 2, 100, 1000);
	talk(1, 2, 1, 2, 100, 1003);
	talk(2, 1, 2, 1, 50, 1003);
	r = talkers_recent(&talkers, host(1));
	assert_int_equal(recent_at(&r->bytes, 1000), 100);
	assert_int_equal(recent_at(&r->bytes, 1001), 0);
	assert_int_equal(recent_at(&r->bytes, 1003), 150);
	assert_int_equal(recent_before(&r->bytes, 1004, 10), 250);
	assert_int_equal(recent_before(&r->sent, 1004, 10), 200);
	assert_int_equal(recent_before(&r->packets, 1004, 1), 2);
	talk(1, 2, 1, 2, 70, 1003 + RECENT_SECONDS);	/* the ring has come round */
	assert_int_equal(recent_at(&r->bytes, 1003), 0);
	assert_int_equal(recent_at(&r->bytes, 1003 + RECENT_SECONDS), 70);
	talk(1, 2, 1, 2, 70, 1002);			/* too late to be counted there */
	assert_int_equal(recent_before(&r->bytes, 1004 + RECENT_SECONDS, RECENT_SECONDS), 70);
	assert_int_equal(host(1)->packets[TALKER_SENT], 4);
	free(memory);
}

/* All that was counted is there, or in what those had who made room. */
/* A number of 32 bits with a sign has turned round by then. */
static void seconds_behind_2038_count_too(void **state)
{
	struct recent r = { 0 };

	(void)state;
	recent_put(&r, UINT32_C(2208988800), 70);	/* of 2040 */
	recent_put(&r, UINT32_C(2208988801), 30);
	assert_int_equal(recent_at(&r, UINT32_C(2208988800)), 70);
	assert_int_equal(recent_before(&r, UINT32_C(2208988802), 2), 100);
}

static void a_flood_of_addresses_throws_out_itself(void **state)
{
	uint64_t sent = 0;

	(void)state;
	open_kind(TALKER_HOST, TALKERS_MIN_MEMORY, true);
	for (uint32_t i = 0; i < 20000; i++) {
		talk(0x10000 + i, 1, 1000, 53, 100, 1);
		talk(1, 2, 53, 1000, 60, 1);
	}
	assert_int_equal(talkers.count, talkers.most);
	assert_int_equal(talkers.evicted, 20002 - talkers.most);
	assert_true(talkers.flows_full);
	assert_int_equal(host(1)->packets[TALKER_SENT], 20000);
	assert_int_equal(host(1)->packets[TALKER_RECEIVED], 20000);
	assert_int_equal(host(2)->packets[TALKER_RECEIVED], 20000);
	for (uint32_t i = 0; i < talkers.count; i++)
		sent += talkers_at(&talkers, i)->bytes[TALKER_SENT];
	assert_int_equal(sent + talkers.gone.bytes[TALKER_SENT], 20000 * 160);
	free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_have_what_they_send_and_receive),
		cmocka_unit_test(ports_are_told_apart_by_their_protocol),
		cmocka_unit_test(a_protocol_is_the_innermost_one),
		cmocka_unit_test(seconds_that_are_over_are_forgotten),
		cmocka_unit_test(seconds_behind_2038_count_too),
		cmocka_unit_test(a_flood_of_addresses_throws_out_itself),
	};

	return cmocka_run_group_tests(tests, know_protocols, NULL);
}
