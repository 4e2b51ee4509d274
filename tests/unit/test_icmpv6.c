/* SPDX-License-Identifier: BSD-2-Clause */
/* test_icmpv6.c - ICMPv6, neighbour discovery and listener discovery, whole, cut and lying */
#include "control.h"

#define ONE "fe800000 00000000 00000000 00000001 "
#define TWO "fe800000 00000000 00000000 00000002 "
#define FAR "20010db8 00000000 00000000 00000007 "
#define QUOTE "60000000 000811ff " ONE FAR "03e80007 00080000 "
#define FB "ff020000 00000000 00000000 000000fb "

#define PREFIX "030440c0 00278d00 00093a80 00000000 20010db8 00000000 00000000 00000000 "
#define MTU "05010000 000005dc "
#define ROUTE "18024008 00000708 20010db8 00010000 "
#define RDNSS "19050000 00000258 " FAR ONE
#define DNSSL "1f030000 00000258 07657861 6d706c65 03636f6d 00000000 "
#define MAC "01010200 00000001 "

#define ADVERTISEMENT "86000000 40480708 00007530 000003e8 "
#define SOLICITATION "87000000 00000000 " TWO

static const char *const messages[] = {
	"80000000 00010002 0001020304050607",
	"01040000 00000000 " QUOTE,
	"02000000 00000500 " QUOTE,
	"03000000 00000000 " QUOTE,
	"04010000 00000028 " QUOTE,
	"85000000 00000000 " MAC,
	ADVERTISEMENT MAC PREFIX MTU ROUTE RDNSS DNSSL,
	SOLICITATION MAC,
	"88000000 60000000 " ONE "02010200 00000001 ",
	"89000000 00000000 " ONE FAR "04070000 00000000 " QUOTE,
	"82000000 03e80000 " FB,
	"82000000 03e80000 " FB "0a7d0002 " FAR ONE,
	"8f000000 00000002 04000000 " FB "03000001 " FB FAR,
	"91000000 00070000 " FAR,
	"ff000000 00010002 03040506",
};

static void every_cut_of_every_message_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++)
		assert_true(cut_everywhere(PROTO_ICMPV6, messages[i]) > 0);
}

static void echo_tells_identifier_and_sequence(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMPV6, messages[0], 0),
			    "ICMP6, echo request, id 1, seq 2, length 16");
	assert_string_equal(valued(PROTO_ICMPV6, messages[0], "icmpv6.echo.identifier", 0), "0x0001");
}

static void unreachable_port_is_the_quoted_one(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMPV6, messages[1], 0),
			    "ICMP6, destination unreachable, unreachable port, 2001:db8::7 udp port 7"
			    ", length 56");
	assert_string_equal(told(PROTO_ICMPV6, messages[2], 0),
			    "ICMP6, packet too big, mtu 1280, length 56");
}

static void quoted_packet_is_partial_not_lying(void **state)
{
	struct message m = message("03000000 00000000 60000000 057811ff " ONE FAR "03e80007 05780000 ");
	struct decoded d;

	(void)state;
	told_cut(PROTO_ICMPV6, &m, m.len, 0, &d);
	assert_int_equal(d.layer[1].proto, PROTO_IPV6);
	assert_int_equal(d.layer[1].note, NOTE_OK);
	assert_int_equal(d.layer[2].proto, PROTO_UDP);
	assert_int_equal(d.layer[2].note, NOTE_OK);
}

static void options_of_an_advertisement_are_records(void **state)
{
	const char *text = told(PROTO_ICMPV6, messages[6], 1);

	(void)state;
	assert_non_null(strstr(text, "\n\thop limit 64, Flags [other stateful], pref high, router "
				     "lifetime 1800s, reachable time 30000ms, retrans timer 1000ms"));
	assert_non_null(strstr(text, "\n\t  prefix info option (3), length 32 (4): 2001:db8::/64, "
				     "Flags [onlink, auto], valid time 2592000s, pref. time 604800s"));
	assert_non_null(strstr(text, "\n\t  mtu option (5), length 8 (1):  1500"));
	assert_non_null(strstr(text, "\n\t  route info option (24), length 16 (2):  "
				     "2001:db8:1::/64, pref=high, lifetime=1800s"));
	assert_non_null(strstr(text, ":  lifetime 600s, addr: 2001:db8::7 addr: fe80::1"));
	assert_non_null(strstr(text, ":  lifetime 600s, domain(s): example.com."));
	assert_string_equal(valued(PROTO_ICMPV6, messages[6], "icmpv6.opt.rdnss", 1), "fe80::1");
	assert_string_equal(valued(PROTO_ICMPV6, messages[6], "icmpv6.opt.mtu", 0), "1500");
	assert_string_equal(valued(PROTO_ICMPV6, messages[6], "icmpv6.nd.ra.flag.prf", 0), "1");
	assert_string_equal(valued(PROTO_ICMPV6, messages[6], "icmpv6.opt.prefix.flag.a", 0), "1");
	assert_string_equal(valued(PROTO_ICMPV6, messages[11], "icmpv6.mld.flag.qrv", 0), "2");
	assert_int_equal(noted(PROTO_ICMPV6, messages[6]), NOTE_OK);
}

static void solicitation_tells_its_target(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMPV6, messages[7], 0),
			    "ICMP6, neighbor solicitation, who has fe80::2, length 32");
	assert_string_equal(valued(PROTO_ICMPV6, messages[7], "icmpv6.nd.ns.target_address", 0),
			    "fe80::2");
	assert_string_equal(valued(PROTO_ICMPV6, messages[7], "icmpv6.opt.src_linkaddr", 0),
			    "02:00:00:00:00:01");
}

/* RFC 4861, section 4.6 */
static void option_of_length_zero_ends_the_list_with_a_note(void **state)
{
	static const char zero[] = SOLICITATION MTU "01000200 00000001 " MTU;

	(void)state;
	assert_int_equal(noted(PROTO_ICMPV6, zero), NOTE_BAD_OPTION);
	assert_string_equal(valued(PROTO_ICMPV6, zero, "icmpv6.opt.mtu", 0), "1500");
	assert_string_equal(valued(PROTO_ICMPV6, zero, "icmpv6.opt.mtu", 1), "");
	assert_int_equal(noted(PROTO_ICMPV6, SOLICITATION "01020200 00000001 "), NOTE_BAD_OPTION);
	assert_int_equal(noted(PROTO_ICMPV6, SOLICITATION "01"), NOTE_BAD_OPTION);
}

static void versions_of_a_listener_query_differ_in_length(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMPV6, messages[10], 0),
			    "ICMP6, multicast listener querymax resp delay: 1000 addr: ff02::fb, "
			    "length 24");
	assert_string_equal(told(PROTO_ICMPV6, messages[11], 2),
			    "ICMP6, multicast listener query v2 [max resp delay=1000] [gaddr ff02::fb "
			    "sflag robustness=2 qqi=125 { 2001:db8::7 fe80::1 }]");
	assert_string_equal(valued(PROTO_ICMPV6, messages[11], "icmpv6.mld.source_address", 1),
			    "fe80::1");
}

static void records_of_a_listener_report_are_records(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMPV6, messages[12], 2),
			    "ICMP6, multicast listener report v2, 2 group record(s) [gaddr ff02::fb "
			    "to_ex { }] [gaddr ff02::fb to_in { 2001:db8::7 }]");
	assert_string_equal(valued(PROTO_ICMPV6, messages[12], "icmpv6.mldr.mar.record_type", 1), "3");
	assert_string_equal(valued(PROTO_ICMPV6, messages[12], "icmpv6.mldr.mar.source_address", 0),
			    "2001:db8::7");
}

static void counts_that_lie_are_noted_and_bounded(void **state)
{
	(void)state;
	assert_int_equal(noted(PROTO_ICMPV6, "8f000000 0000ffff 04000000 " FB), NOTE_BAD_OPTION);
	assert_string_equal(told(PROTO_ICMPV6, "8f000000 0000ffff 04000000 " FB, 1),
			    "ICMP6, multicast listener report v2, 65535 group record(s) "
			    "[gaddr ff02::fb to_ex, 0 source(s)] [invalid number of groups]");
	assert_string_equal(told(PROTO_ICMPV6, "8f000000 00000001 0400ffff " FB, 1),
			    "ICMP6, multicast listener report v2, 1 group record(s) "
			    "[gaddr ff02::fb to_ex [invalid number of sources 65535]");
	assert_int_equal(noted(PROTO_ICMPV6, "82000000 03e80000 " FB "0a7dffff "), NOTE_BAD_OPTION);
}

static void unknown_type_is_dumped(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_ICMPV6, messages[14], 0),
			    "ICMP6, unknown icmp6 type (255), length 12"
			    "\n\t0x0000:  ff00 0000 0001 0002 0304 0506");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cut_of_every_message_is_safe),
		cmocka_unit_test(echo_tells_identifier_and_sequence),
		cmocka_unit_test(unreachable_port_is_the_quoted_one),
		cmocka_unit_test(quoted_packet_is_partial_not_lying),
		cmocka_unit_test(options_of_an_advertisement_are_records),
		cmocka_unit_test(solicitation_tells_its_target),
		cmocka_unit_test(option_of_length_zero_ends_the_list_with_a_note),
		cmocka_unit_test(versions_of_a_listener_query_differ_in_length),
		cmocka_unit_test(records_of_a_listener_report_are_records),
		cmocka_unit_test(counts_that_lie_are_noted_and_bounded),
		cmocka_unit_test(unknown_type_is_dumped),
	};

	proto_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
