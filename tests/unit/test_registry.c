/* SPDX-License-Identifier: BSD-2-Clause */
/* test_registry.c - who is found by ports, by proof, and by what the reader said */
#include "control.h"

#include "frames.h"

#define QUERY "3039 0100 0001 0000 0000 0000 07 6578616d706c65 03 636f6d 00 0001 0001"

/* One answer, one authority and one more: each section counts once. */
#define RECORD " c00c 0001 0001 0000003c 0004 01020304"
#define ANSWER "3039 8180 0001 0001 0001 0001 07 6578616d706c65 03 636f6d 00 0001 0001" RECORD RECORD RECORD

/* The innermost protocol of a datagram or segment with hex in it, between these ports. */
static enum proto_id carried(bool tcp, uint16_t src, uint16_t dst, const char *hex)
{
	struct message m = message("03e8 07d0 0000 0000");
	struct message payload = message(hex);
	struct decoded d;

	if (tcp)
		m = message("03e8 07d0 00000001 00000001 5018 ffff 0000 0000");
	m.byte[0] = (uint8_t)(src >> 8);
	m.byte[1] = (uint8_t)src;
	m.byte[2] = (uint8_t)(dst >> 8);
	m.byte[3] = (uint8_t)dst;
	memcpy(m.byte + m.len, payload.byte, payload.len);
	m.len += payload.len;
	decode(&d, (struct slice){ m.byte, m.len, m.len }, tcp ? PROTO_TCP : PROTO_UDP);
	return (enum proto_id)d.layer[d.count - 1].proto;
}

static void ports_are_asked_the_lower_first(void **state)
{
	(void)state;
	assert_int_equal(carried(false, 40000, 53, QUERY), PROTO_DNS);
	assert_int_equal(carried(false, 53, 40000, QUERY), PROTO_DNS);
	assert_int_equal(carried(false, 40000, 40001, "00"), PROTO_DATA);
}

static void messages_prove_themselves_on_any_port(void **state)
{
	(void)state;
	assert_int_equal(carried(false, 40000, 40001, QUERY), PROTO_DNS);
	assert_int_equal(carried(false, 40001, 40000, ANSWER), PROTO_DNS);
	assert_int_equal(carried(true, 40000, 40001, "001d" QUERY), PROTO_DNS);
	assert_int_equal(carried(true, 40000, 40001, "001d" QUERY "001d" QUERY), PROTO_DNS);
	/* two questions; a class that nobody uses; bytes behind the message */
	assert_int_equal(carried(false, 40000, 40001, "3039 0100 0002 0000 0000 0000 00 0001 0001"),
			 PROTO_DATA);
	assert_int_equal(carried(false, 40000, 40001, "3039 0100 0001 0000 0000 0000 00 0001 0101"),
			 PROTO_DATA);
	assert_int_equal(carried(false, 40000, 40001, QUERY "00"), PROTO_DATA);
	assert_int_equal(carried(false, 40001, 40000, ANSWER "00"), PROTO_DATA);
	assert_int_equal(carried(true, 40000, 40001, QUERY), PROTO_DATA);
}

static uint64_t noise_state = 1;

static uint32_t noise(void)
{
	noise_state = noise_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(noise_state >> 32);
}

/* Every protocol is asked, whatever its first byte is to be; and asked about cut payloads. */
static void noise_proves_nothing(void **state)
{
	uint8_t bytes[96];

	(void)state;
	for (uint32_t round = 0; round < 400000; round++) {
		uint32_t n = 1 + noise() % sizeof(bytes), cap = round % 4 ? n : 1 + noise() % n;
		uint32_t mask = round % 3 ? 0xff : 0x0f;

		for (uint32_t i = 0; i < n; i++)
			bytes[i] = (uint8_t)(noise() & mask);
		for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
			if (protos[id]->proves && mask == 0xff)
				assert_false(protos[id]->proves((struct slice){ bytes, cap, n }));
			else if (protos[id]->proves)
				protos[id]->proves((struct slice){ bytes, cap, n });
	}
}

/* The last test: what it says stays. */
static void what_the_reader_says_wins(void **state)
{
	(void)state;
	assert_true(proto_decode_as(BY_UDPPORT, 4000, 5000, PROTO_DNS));
	assert_int_equal(carried(false, 4000, 40001, "00"), PROTO_DNS);
	assert_int_equal(carried(false, 40001, 5000, "00"), PROTO_DNS);
	assert_int_equal(carried(false, 3999, 5001, "00"), PROTO_DATA);
	assert_int_equal(carried(true, 4000, 40001, "00"), PROTO_DATA);
	/* over the lower port; over what it said before; nobody, and no proof either */
	assert_int_equal(carried(false, 137, 4500, QUERY), PROTO_DNS);
	assert_true(proto_decode_as(BY_UDPPORT, 4500, 4500, PROTO_DATA));
	assert_int_equal(carried(false, 40000, 4500, QUERY), PROTO_DATA);
	assert_true(proto_decode_as(BY_ETHERTYPE, 0x88b5, 0x88b5, PROTO_IPV4));
	assert_int_equal(proto_by(BY_ETHERTYPE, 0x88b5), PROTO_IPV4);
	assert_int_equal(proto_by(BY_ETHERTYPE, 0x88b6), PROTO_DATA);
	assert_int_equal(proto_by(BY_ETHERTYPE, 0x0806), PROTO_ARP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_are_asked_the_lower_first),
		cmocka_unit_test(messages_prove_themselves_on_any_port),
		cmocka_unit_test(noise_proves_nothing),
		cmocka_unit_test(what_the_reader_says_wins),
	};

	proto_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
