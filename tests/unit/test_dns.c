/* SPDX-License-Identifier: BSD-2-Clause */
/* test_dns.c - DNS messages and the names in them: whole, cut, lying and looping */
#include "control.h"

#include "decode/name.h"

#define QUERY "30390100 00010000 00000000 "
#define REPLY(answers) "30398180 0001" answers "0000 0000 "
#define EXAMPLE "07 6578616d706c65 03 636f6d 00 "	/* example.com. */
#define ASK EXAMPLE "0001 0001 "

/* A record for the name of the question. */
#define RECORD(type, length, data) "c00c " type " 0001 0000003c " length " " data " "

static const char *const messages[] = {
	QUERY ASK,
	REPLY("0001") ASK RECORD("0001", "0004", "01020304"),
	REPLY("0002") ASK RECORD("0005", "0006", "03777777c00c")
		RECORD("001c", "0010", "20010db8 00000000 00000000 00000001"),
	REPLY("0001") ASK RECORD("000f", "0004", "000ac00c"),
	REPLY("0001") ASK RECORD("0010", "0006", "0161 03622263"),
	REPLY("0001") ASK RECORD("0021", "0008", "0001 0002 01bb c00c"),
	REPLY("0001") ASK RECORD("0006", "0018",
				 "c00c c00c 00000001 00000002 00000003 00000004 00000005"),
	REPLY("0001") ASK RECORD("0101", "0007", "00 05 6973737565 "),
	REPLY("0001") ASK RECORD("0041", "0008", "0001 00 0001 0001 02"),
	"30390120 00010000 00000001 " ASK "00 0029 04d0 00008000 000c 000a0008 6162636465666768",
};

static void every_cut_of_every_message_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++)
		assert_true(cut_everywhere(PROTO_DNS, messages[i]) > 0);
}

static void messages_read_as_tcpdump_has_them(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_DNS, messages[0], 0), "12345+ A? example.com. (29)");
	assert_string_equal(told(PROTO_DNS, messages[1], 0), "12345 1/0/0 A 1.2.3.4 (45)");
	assert_string_equal(told(PROTO_DNS, messages[1], 2),
			    "12345 q: A? example.com. 1/0/0 example.com. A 1.2.3.4 (45)");
	assert_string_equal(told(PROTO_DNS, messages[2], 0),
			    "12345 2/0/0 CNAME www.example.com., AAAA 2001:db8::1 (75)");
	assert_string_equal(told(PROTO_DNS, messages[3], 0), "12345 1/0/0 MX example.com. 10 (45)");
	assert_string_equal(told(PROTO_DNS, messages[4], 0),
			    "12345 1/0/0 TXT \"a\" \"b\"c\" (47)");
	assert_string_equal(told(PROTO_DNS, messages[5], 0),
			    "12345 1/0/0 SRV example.com.:443 1 2 (49)");
	assert_string_equal(told(PROTO_DNS, messages[6], 1),
			    "12345 1/0/0 example.com. SOA example.com. example.com. 1 2 3 4 5 (65)");
	assert_string_equal(told(PROTO_DNS, messages[9], 2),
			    "12345+ [1au] A? example.com. ar: . OPT UDPsize=1232 DO "
			    "[COOKIE 6162636465666768] (52)");
}

static void values_have_names(void **state)
{
	(void)state;
	assert_string_equal(valued(PROTO_DNS, messages[0], "dns.id", 0), "0x3039");
	assert_string_equal(valued(PROTO_DNS, messages[0], "dns.qry.name", 0), "example.com");
	assert_string_equal(valued(PROTO_DNS, messages[0], "dns.qry.type", 0), "1");
	assert_string_equal(valued(PROTO_DNS, messages[1], "dns.flags.response", 0), "1");
	assert_string_equal(valued(PROTO_DNS, messages[1], "dns.resp.ttl", 0), "60");
	assert_string_equal(valued(PROTO_DNS, messages[1], "dns.a", 0), "1.2.3.4");
	assert_string_equal(valued(PROTO_DNS, messages[2], "dns.cname", 0), "www.example.com");
	assert_string_equal(valued(PROTO_DNS, messages[4], "dns.txt", 1), "b\"c");
	assert_string_equal(valued(PROTO_DNS, messages[6], "dns.soa.minimum_ttl", 0), "5");
	assert_string_equal(valued(PROTO_DNS, messages[7], "dns.caa.tag", 0), "issue");
	assert_string_equal(valued(PROTO_DNS, messages[9], "dns.rr.udp_payload_size", 0), "1232");
	assert_string_equal(valued(PROTO_DNS, messages[9], "dns.resp.z.do", 0), "1");
}

/* What dns_name_line() makes of the name at offset at. */
static const char *name_at(const char *hex, uint32_t at, bool *good)
{
	static char text[2048];
	struct message m = message(hex);
	struct out o = { text, text + sizeof(text) - 1 };

	*good = dns_name_line(&o, (struct slice){ m.byte, m.len, m.len }, at);
	*o.at = '\0';
	return text;
}

static void pointers_must_lead_back(void **state)
{
	bool good;

	(void)state;
	assert_string_equal(name_at("c000", 0, &good), "<BAD PTR>");
	assert_false(good);
	assert_string_equal(name_at("c002 c000", 0, &good), "<BAD PTR>");
	assert_false(good);
	assert_string_equal(name_at("0161 c000", 0, &good), "a.<BAD PTR>");
	assert_false(good);
	assert_string_equal(name_at("c3ff", 0, &good), "<BAD PTR>");
	assert_false(good);
	assert_string_equal(name_at("016100 0162c000", 3, &good), "b.a.");
	assert_true(good);
	assert_string_equal(name_at("00", 0, &good), ".");
	assert_true(good);
}

/* A chain of pointers, each to the one before it: as many as a name may have labels, and one more. */
static void chains_of_pointers_are_bounded(void **state)
{
	uint8_t bytes[1 + 2 * 200] = { 0 };
	char text[64];
	struct out o = { text, text + sizeof(text) };
	struct slice s = { bytes, sizeof(bytes), sizeof(bytes) };

	(void)state;
	for (uint32_t i = 0; i < 200; i++) {
		uint32_t to = i == 0 ? 0 : 1 + 2 * (i - 1);

		bytes[1 + 2 * i] = (uint8_t)(0xc0 | to >> 8);
		bytes[2 + 2 * i] = (uint8_t)to;
	}
	assert_true(dns_name_line(&o, s, 1 + 2 * 126));
	assert_false(dns_name_line(&o, s, 1 + 2 * 127));
}

static void names_end_at_255_bytes(void **state)
{
	uint8_t bytes[400];
	char text[1024];
	struct slice s = { bytes, sizeof(bytes), sizeof(bytes) };

	(void)state;
	/* three labels of 63 and one of 61, and the root: 255; then one more */
	for (uint32_t last = 61; last <= 62; last++) {
		struct out o = { text, text + sizeof(text) };

		memset(bytes, 'a', sizeof(bytes));
		bytes[0] = bytes[64] = bytes[128] = 63;
		bytes[192] = (uint8_t)last;
		bytes[193 + last] = 0;
		assert_int_equal(dns_name_line(&o, s, 0), last == 61);
		assert_int_equal(dns_name_length(s), last == 61 ? 255 : 0);
	}
}

static void names_never_print_control_characters(void **state)
{
	bool good;

	(void)state;
	assert_string_equal(name_at("041b5b324a00", 0, &good), "^[[2J.");
	assert_string_equal(name_at("05 0a0d077fff 00", 0, &good), "^J^M^G^?M-^?.");
	assert_string_equal(valued(PROTO_DNS, QUERY "011b00 0001 0001", "dns.qry.name", 0), "\\x1b");
}

static void counts_that_lie_end_with_the_message(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_DNS, "30398180 0001ffff ffffffff "
				 ASK RECORD("0001", "0004", "01020304"), 2),
			    "12345 q: A? example.com. 65535/65535/65535 example.com. A 1.2.3.4 [|domain]");
	assert_string_equal(told(PROTO_DNS, REPLY("0001") ASK RECORD("0001", "ffff", "01020304"), 0),
			    "12345 1/0/0 A [|domain]");
	assert_string_equal(told(PROTO_DNS, QUERY, 0), "12345+ [|domain]");
	assert_string_equal(told(PROTO_DNS, "3039", 0), "domain [length 2 < 12] (invalid)");
	assert_int_equal(noted(PROTO_DNS, "3039"), NOTE_BAD_LENGTH);
}

#define BARE(type, class) "c00c " type " " class " 00000000 0000 "

static void records_of_an_update_need_no_data(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_DNS, "30392800 0001 0002 0001 0000 " EXAMPLE "0006 0001 " BARE("0001", "00fe")
				 BARE("001c", "00ff") RECORD("0001", "0004", "01020304"), 2),
			    "12345 update [2a] [1n] SOA? example.com. example.com. (Class 254) A, "
			    "example.com. ANY AAAA ns: example.com. A 1.2.3.4 (69)");
	assert_string_equal(told(PROTO_DNS, REPLY("0001") ASK BARE("0001", "0001"), 0), "12345 1/0/0 A [|domain]");
}

static void trailing_bytes_are_no_records(void **state)
{
	struct message m = message(REPLY("0001") ASK RECORD("0001", "0004", "01020304") "c00c0001");
	struct view v = { 0 };
	struct decoded d;
	uint32_t records = 0;

	(void)state;
	decode(&d, (struct slice){ m.byte, m.len, m.len }, PROTO_DNS);
	while (view_next(&v, &d))
		records += v.depth == 1 && v.record->title;	/* without: the data of one */
	assert_int_equal(records, 2);
}

static void over_tcp_a_length_comes_first(void **state)
{
	(void)state;
	assert_string_equal(valued(PROTO_DNSTCP, "001d" QUERY ASK, "dns.length", 0), "29");
	assert_string_equal(valued(PROTO_DNSTCP, "001d" QUERY ASK, "dns.qry.name", 0), "example.com");
	assert_non_null(strstr(told(PROTO_TCP, "04000035 00000001 00000002 50180200 00000000 001d"
				    QUERY ASK, 0), ", length 31 12345+ A? example.com. (29)"));
	assert_non_null(strstr(told(PROTO_TCP, "04000035 00000001 00000002 50180200 00000000 0030"
				    QUERY ASK, 0),
			       ", length 31 [prefix length(48) != length(29)] (invalid)"));
	assert_true(cut_everywhere(PROTO_TCP, "04000035 00000001 00000002 50180200 00000000 001d"
				   QUERY ASK) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cut_of_every_message_is_safe),
		cmocka_unit_test(messages_read_as_tcpdump_has_them),
		cmocka_unit_test(values_have_names),
		cmocka_unit_test(pointers_must_lead_back),
		cmocka_unit_test(chains_of_pointers_are_bounded),
		cmocka_unit_test(names_end_at_255_bytes),
		cmocka_unit_test(names_never_print_control_characters),
		cmocka_unit_test(counts_that_lie_end_with_the_message),
		cmocka_unit_test(records_of_an_update_need_no_data),
		cmocka_unit_test(trailing_bytes_are_no_records),
		cmocka_unit_test(over_tcp_a_length_comes_first),
	};

	return cmocka_run_group_tests(tests, decoders_ready, NULL);
}
