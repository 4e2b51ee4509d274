/* SPDX-License-Identifier: BSD-2-Clause */
/* test_icmp.c - ICMP messages, whole, cut and lying */
#include "control.h"

#define UDP_QUOTE "4500001c 00010000 4011aec8 0a000001 c0000207 03e80007 00080000 "
#define TCP_QUOTE "45000028 00010000 4006aec7 0a000001 c0000207 03e80050 000003e8 "

static const char *const messages[] = {
	"0800f7fc 00010002 0001020304050607",
	"0303fcdd 00000000 " UDP_QUOTE,
	"03040000 00000578 " TCP_QUOTE,
	"05010000 0a0000fe " UDP_QUOTE,
	"0b000000 00000000 " UDP_QUOTE,
	"0c000000 14000000 " UDP_QUOTE,
	"0e000000 00070009 00000000 0038cefc 05265bff",
	"09000000 02020708 0a0000fe 00000000 0a0000fd 00000001",
	"12000000 00070009 ffffff00",
	"2a000000 00000000",
};

static void every_cut_of_every_message_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++)
		assert_true(cut_everywhere(PROTO_ICMP, messages[i]) > 0);
}

static void echo_tells_identifier_and_sequence(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMP, messages[0], 0),
			    "ICMP echo request, id 1, seq 2, length 16");
	assert_string_equal(valued(PROTO_ICMP, messages[0], "icmp.ident", 0), "1");
	assert_string_equal(valued(PROTO_ICMP, messages[0], "icmp.seq", 0), "2");
}

static void unreachable_tells_whom_the_quotation_was_for(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMP, messages[1], 0),
			    "ICMP 192.0.2.7 udp port 7 unreachable, length 36");
	assert_string_equal(told(PROTO_ICMP, messages[2], 0),
			    "ICMP 192.0.2.7 unreachable - need to frag (mtu 1400), length 36");
	assert_string_equal(valued(PROTO_ICMP, messages[2], "icmp.mtu", 0), "1400");
}

/* The quoted IP header says 40 bytes, of which RFC 792 wants but 28 in the quotation. */
static void quoted_packet_is_partial_not_lying(void **state)
{
	struct message m = message(messages[2]);
	struct decoded d;

	(void)state;
	told_cut(PROTO_ICMP, &m, m.len, 0, &d);
	assert_int_equal(d.layer[0].note, NOTE_OK);
	assert_int_equal(d.layer[1].proto, PROTO_IPV4);
	assert_true(d.layer[1].partial);
	assert_int_equal(d.layer[1].note, NOTE_OK);
	assert_int_equal(d.layer[2].proto, PROTO_TCP);
	assert_int_equal(d.layer[2].note, NOTE_TRUNCATED);
}

static void quotation_is_told_with_v_alone(void **state)
{
	(void)state;
	assert_null(strchr(told(PROTO_ICMP, messages[1], 0), '\n'));
	assert_non_null(strstr(told(PROTO_ICMP, messages[1], 1), "\n\tIP ("));
}

static void routers_of_an_advertisement_are_records(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMP, messages[7], 0),
			    "ICMP router advertisement lifetime 30:00 2: {10.0.0.254 0} {10.0.0.253 1}"
			    ", length 24");
	assert_string_equal(valued(PROTO_ICMP, messages[7], "icmp.router_address", 1), "10.0.0.253");
	assert_string_equal(valued(PROTO_ICMP, messages[7], "icmp.router_address", 2), "");
}

static void advertisement_of_more_routers_than_there_are_is_noted(void **state)
{
	(void)state;
	assert_int_equal(noted(PROTO_ICMP, "09000000 ff020708 0a0000fe 00000000"), NOTE_BAD_OPTION);
	assert_string_equal(told(PROTO_ICMP, "09000000 ff020708 0a0000fe 00000000", 0), " [|icmp]");
}

static void timestamps_are_times_of_day(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMP, messages[6], 0),
			    "ICMP time stamp reply id 7 seq 9: org 00:00:00.000, recv 01:02:03.004, "
			    "xmit 23:59:59.999, length 20");
}

/* RFC 4884: a quotation of 32 words of 4 bytes, then an MPLS label stack object. */
static void label_stack_follows_the_quotation(void **state)
{
	char hex[1024] = "0b000000 00200000 " UDP_QUOTE;

	(void)state;
	for (int i = 28; i < 128; i++)
		strcat(hex, "00");
	strcat(hex, "20009a0d 00080101 03e84101");
	assert_non_null(strstr(told(PROTO_ICMP, hex, 1),
			       "\n\tICMP Multi-Part extension v2, checksum 0x9a0d (correct), length 12"
			       "\n\t  MPLS Stack Entry Object (1), Class-Type: 1, length 8"
			       "\n\t    label 16004, tc 0, [S], ttl 1"));
	assert_true(cut_everywhere(PROTO_ICMP, hex) > 0);
	strcat(hex, "ffff0101");	/* an object that is longer than the message */
	assert_null(strstr(told(PROTO_ICMP, hex, 1), "length 65535"));
}

static void unknown_type_is_a_number(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMP, messages[9], 0), "ICMP type-#42, length 8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cut_of_every_message_is_safe),
		cmocka_unit_test(echo_tells_identifier_and_sequence),
		cmocka_unit_test(unreachable_tells_whom_the_quotation_was_for),
		cmocka_unit_test(quoted_packet_is_partial_not_lying),
		cmocka_unit_test(quotation_is_told_with_v_alone),
		cmocka_unit_test(routers_of_an_advertisement_are_records),
		cmocka_unit_test(advertisement_of_more_routers_than_there_are_is_noted),
		cmocka_unit_test(timestamps_are_times_of_day),
		cmocka_unit_test(label_stack_follows_the_quotation),
		cmocka_unit_test(unknown_type_is_a_number),
	};

	proto_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
