/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tcp.c - TCP, its options and the text in it, and UDP: whole, cut and lying */
#include "control.h"

#include "decode/track/seqs.h"

/* An IPv4 header for total bytes of protocol, 10.0.0.1 > 10.0.0.2; checksum not right. */
#define IP(total, protocol) "4500" total " 00010000 40" protocol "0000 0a000001 0a000002 "
#define PORTS "040007d0 000003e8 00000064 "
#define SHORT PORTS "50100200 00000000 "
#define OPTIONS8(options) PORTS "70100200 00000000 " options
#define OPTIONS12(options) PORTS "80100200 00000000 " options
#define SYN8(options) PORTS "70020200 00000000 " options

static const char *const segments[] = {
	SHORT "6162",
	OPTIONS12("0101080a 0000000a 0000000b") "61",
	PORTS "f0120200 00000000 020405b4 0402080a 00000001 00000002 01030307 "
	      "2206a0a1 a2a30101 1d06010203041c04 80050000 00000000",
	PORTS "f0100200 00000000 0101050a 00000065 0000006f 1e141d00 00000001 "
	      "00000000 00000002 00010002 fd04f989 fe04f989",
	PORTS "c0100200 00000000 13120001 02030405 06070809 0a0b0c0d 0e0f0000 1e0c0081 "
	      "01020304 05060708",
};

static void every_cut_of_every_segment_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(segments) / sizeof(*segments); i++)
		assert_true(cut_everywhere(PROTO_TCP, segments[i]) > 0);
}

/* What stands in the brackets of the options of a segment. */
static const char *options_of(const char *hex)
{
	static char text[1024];
	const char *start = strstr(told(PROTO_TCP, hex, 0), "options [");

	assert_non_null(start);
	strcpy(text, start + strlen("options ["));
	*strrchr(text, ']') = '\0';
	return text;
}

static void options_tell_what_they_hold(void **state)
{
	(void)state;
	assert_string_equal(options_of(segments[1]), "nop,nop,TS val 10 ecr 11");
	assert_string_equal(options_of(segments[2]),
			    "mss 1460,sackOK,TS val 1 ecr 2,nop,wscale 7,tfo  cookie a0a1a2a3,nop,"
			    "nop,tcp-ao keyid 1 rnextkeyid 2 mac 0x0304,uto 0x8005 300,eol");
	assert_string_equal(options_of(OPTIONS8("1e081100 00000000")),
			    "mptcp 8 join[bad opt]");
	assert_string_equal(options_of(SYN8("1e0400ff 22020101")),
			    "mptcp 4 capable v0 csum,tfo  cookiereq,nop,nop");
	assert_string_equal(options_of(OPTIONS8("fd04f989 fe04f989")),
			    "unknown-253 0xf989,exp-tfo cookiereq");
}

static void option_values_have_names(void **state)
{
	(void)state;
	assert_string_equal(valued(PROTO_TCP, segments[2], "tcp.options.mss_val", 0), "1460");
	assert_string_equal(valued(PROTO_TCP, segments[2], "tcp.options.wscale.shift", 0), "7");
	assert_string_equal(valued(PROTO_TCP, segments[2], "tcp.options.timestamp.tsecr", 0), "2");
	assert_string_equal(valued(PROTO_TCP, segments[3], "tcp.options.sack_re", 0), "111");
	assert_string_equal(valued(PROTO_TCP, segments[3], "tcp.options.sack_re", 1), "");
	assert_string_equal(valued(PROTO_TCP, segments[2], "tcp.flags.syn", 0), "1");
	assert_string_equal(valued(PROTO_TCP, segments[2], "tcp.flags.fin", 0), "0");
	assert_string_equal(valued(PROTO_TCP, segments[2], "tcp.hdr_len", 0), "60");
}

static void lying_options_are_noted_and_end(void **state)
{
	static const char *const lies[] = {
		"02000101 01010101", "02010101 01010101", "01010101 010101ff", "01010101 01010209",
		"02030101 01010101", "030405b4 01010101", "08020101 01010101", "4d280101 01010101",
		"1e020101 01010101", "13040101 01010101",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
		char hex[200];

		snprintf(hex, sizeof(hex), OPTIONS8("%s"), lies[i]);
		assert_int_equal(noted(PROTO_TCP, hex), NOTE_BAD_OPTION);
		assert_non_null(strstr(told(PROTO_TCP, hex, 0), "[bad opt]"));
		assert_non_null(strstr(told(PROTO_TCP, hex, 0), ", length 0"));
		cut_everywhere(PROTO_TCP, hex);
	}
	assert_int_equal(noted(PROTO_TCP, OPTIONS8("01000000 00000000")), NOTE_OK);
}

static void what_the_snap_length_cut_off_is_no_bad_option(void **state)
{
	struct message syn = message(OPTIONS8("020405b4 01030307"));
	struct decoded d;

	(void)state;
	for (uint32_t cut = 20; cut < syn.len; cut++) {
		const char *text = told_cut(PROTO_TCP, &syn, cut, 0, &d);

		assert_null(strstr(text, "[bad opt]"));
		assert_non_null(strstr(text, "[|tcp]"));
	}
}

static void addresses_before_options_that_are_cut_are_told(void **state)
{
	struct message ip = message("46000018 00010000 40010000 c0000201 c0000202 07040400");
	struct decoded d;

	(void)state;
	assert_string_equal(told_cut(PROTO_IPV4, &ip, 22, 0, &d),
			    "IP 192.0.2.1 > 192.0.2.2:  [remaining caplen(22) < header length(24)] [|ip]");
}

/* Every kind with every length, over noise: the walk ends, and reads nothing outside. */
static void every_kind_with_every_length_ends(void **state)
{
	struct message m = message(PORTS "f0120200 00000000");
	struct decoded d;

	(void)state;
	m.len = 60;
	for (uint32_t kind = 0; kind < 256; kind++)
		for (uint32_t length = 0; length < 42; length++) {
			memset(m.byte + 20, (int)(kind ^ length * 37), 40);
			m.byte[20] = (uint8_t)kind;
			m.byte[21] = (uint8_t)length;
			m.byte[22] = (uint8_t)(kind * 16 + length * 5);
			told_cut(PROTO_TCP, &m, m.len, 0, &d);
			told_cut(PROTO_TCP, &m, 20 + length % 40, 0, &d);
		}
}

static void impossible_header_lengths_are_told(void **state)
{
	(void)state;
	assert_non_null(strstr(told(PROTO_TCP, PORTS "40100200 00000000", 0),
			       " tcp 4 [bad hdr length 16 - too short, < 20]"));
	assert_non_null(strstr(told(PROTO_TCP, PORTS "f0100200 00000000", 0),
			       "Flags [.] [bad hdr length 60 - too long, > 20]"));
	assert_int_equal(noted(PROTO_TCP, PORTS "40100200 00000000"), NOTE_BAD_LENGTH);
	assert_int_equal(noted(PROTO_TCP, PORTS "f0100200 00000000"), NOTE_BAD_LENGTH);
}

/* The line of an IPv4 packet with its numbers relative. */
static const char *tracked(struct seqs *seqs, const char *hex)
{
	static char text[1024];
	struct message m = message(hex);
	struct decoded d;
	struct brief b = { .d = &d, .seqs = seqs };
	struct out o = { text, text + sizeof(text) - 1 };

	decode(&d, (struct slice){ m.byte, m.len, m.len }, PROTO_IPV4);
	brief_layers(&o, &b, 0);
	*o.at = '\0';
	return text;
}

static void numbers_count_from_the_start_of_the_conversation(void **state)
{
	static struct seqs seqs;
	const uint64_t seed[2] = { 1, 2 };
	const char *syn = IP("0028", "06") "040007d0 000003e8 00000000 50020200 00000000";
	const char *synack = "45000028 00010000 40060000 0a000002 0a000001 "
			     "07d00400 00001b58 000003e9 50120200 00000000";
	const char *ack = IP("0034", "06") "040007d0 000003e9 00001b59 80100200 00000000 "
			  "0101050a 00001b5d 00001b60";
	const char *data = IP("002b", "06") "040007d0 000003e9 00001b59 50180200 00000000 616263";

	(void)state;
	seqs_init(&seqs, seed);
	assert_string_equal(tracked(&seqs, syn),
			    "IP 10.0.0.1.1024 > 10.0.0.2.2000: Flags [S], seq 1000, win 512, length 0");
	assert_string_equal(tracked(&seqs, synack), "IP 10.0.0.2.2000 > 10.0.0.1.1024: "
			    "Flags [S.], seq 7000, ack 1001, win 512, length 0");
	assert_string_equal(tracked(&seqs, ack), "IP 10.0.0.1.1024 > 10.0.0.2.2000: Flags [.], ack 1,"
			    " win 512, options [nop,nop,sack 1 {5:8}], length 0");
	assert_string_equal(tracked(&seqs, data), "IP 10.0.0.1.1024 > 10.0.0.2.2000: "
			    "Flags [P.], seq 1:4, ack 1, win 512, length 3");
	assert_string_equal(tracked(NULL, data), "IP 10.0.0.1.1024 > 10.0.0.2.2000: "
			    "Flags [P.], seq 1001:1004, ack 7001, win 512, length 3");
}

static void text_protocols_show_their_first_line(void **state)
{
	const char *get = "04000050 000003e8 00000064 50180200 00000000 "
			  "474554202f20485454502f312e310d0a486f73743a20610d0a0d0a";
	const char *binary = "04000050 000003e8 00000064 50180200 00000000 474554201b5b324a0d0a";

	(void)state;
	assert_non_null(strstr(told(PROTO_TCP, get, 0), ", length 27: HTTP: GET / HTTP/1.1"));
	assert_non_null(strstr(told(PROTO_TCP, get, 1),
			       ": HTTP, length: 27\n\tGET / HTTP/1.1\n\tHost: a\n\t"));
	assert_null(strchr(told(PROTO_TCP, binary, 0), 0x1b));
	assert_null(strchr(told(PROTO_TCP, binary, 2), 0x1b));
	assert_true(cut_everywhere(PROTO_TCP, get) > 0);
	cut_everywhere(PROTO_TCP, binary);
}

static void datagrams_tell_their_length_and_its_lies(void **state)
{
	(void)state;
	assert_non_null(strstr(told(PROTO_UDP, "040007d0 000b0000 616263", 0), ": UDP, length 3"));
	assert_non_null(strstr(told(PROTO_UDP, "040007d0 00640000 616263", 0),
			       ": UDP, bad length 92 > 3"));
	assert_non_null(strstr(told(PROTO_UDP, "040007d0 00070000 616263", 0),
			       ": truncated-udplength 7"));
	assert_int_equal(noted(PROTO_UDP, "040007d0 00640000 616263"), NOTE_LENGTH_LIES);
	assert_int_equal(noted(PROTO_UDP, "040007d0 00070000 616263"), NOTE_BAD_LENGTH);
	assert_int_equal(noted(PROTO_UDP, "040007d0 00000000 616263"), NOTE_OK);
	assert_true(cut_everywhere(PROTO_UDP, "040007d0 000b0000 616263") > 0);
	assert_true(cut_everywhere(PROTO_UDPLITE, "040007d0 00080000 616263") > 0);
	assert_int_equal(noted(PROTO_UDPLITE, "040007d0 00070000 616263"), NOTE_LENGTH_LIES);
	assert_string_equal(valued(PROTO_UDPLITE, "040007d0 00080000 616263",
				   "udp.checksum_coverage", 0), "8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cut_of_every_segment_is_safe),
		cmocka_unit_test(options_tell_what_they_hold),
		cmocka_unit_test(option_values_have_names),
		cmocka_unit_test(lying_options_are_noted_and_end),
		cmocka_unit_test(what_the_snap_length_cut_off_is_no_bad_option),
		cmocka_unit_test(addresses_before_options_that_are_cut_are_told),
		cmocka_unit_test(every_kind_with_every_length_ends),
		cmocka_unit_test(impossible_header_lengths_are_told),
		cmocka_unit_test(numbers_count_from_the_start_of_the_conversation),
		cmocka_unit_test(text_protocols_show_their_first_line),
		cmocka_unit_test(datagrams_tell_their_length_and_its_lies),
	};

	return cmocka_run_group_tests(tests, decoders_ready, NULL);
}
