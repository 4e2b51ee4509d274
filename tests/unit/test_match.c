/* SPDX-License-Identifier: BSD-2-Clause */
/* test_match.c - display filters: what they choose, and what is said of wrong ones */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/match.h"
#include "ui/regex.h"

/* Ethernet, IPv4 10.0.0.1 > 10.0.0.2, TCP 40000 > 443 with SYN, "GET". */
static const uint8_t packet[] = {
	0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0,
	0x45, 0, 0, 43, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	0x9c, 0x40, 0x01, 0xbb, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0,
	'G', 'E', 'T',
};

static struct match m;
static struct match_error why;

static int open_text(const char *text)
{
	return match_open(&m, text, strlen(text), &regex_engine, &why);
}

static struct frame known = { .number = 7, .time = 5000000000, .since_first = 1500000000, .since_last = 250000000 };

static bool chosen_cut(const char *text, uint32_t cap)
{
	struct decoded d;
	bool answer;

	if (open_text(text))
		fail_msg("%s: %s", text, why.text);
	decode(&d, (struct slice){ packet, cap, sizeof(packet) }, PROTO_ETH);
	answer = match_packet(&m, &d, &known);
	match_close(&m);
	return answer;
}

static bool chosen(const char *text)
{
	return chosen_cut(text, sizeof(packet));
}

static void all_hold(const char *const *text)
{
	for (; *text; text++)
		if (!chosen(*text))
			fail_msg("%s does not hold", *text);
}

static void none_holds(const char *const *text)
{
	for (; *text; text++)
		if (chosen(*text))
			fail_msg("%s holds", *text);
}

static void fields_are_compared(void **state)
{
	(void)state;
	all_hold((const char *const[]){
		"", "tcp", "tcp.port == 443", "tcp.srcport == 0x9c40", "ip.addr == 10.0.0.0/31",
		"ip.src == 10.0.0.1 && ip.dst != 10.0.0.1", "ip.ttl in {1..63, 64}", "ip.len < frame.len",
		"eth.src[0:1,5] == 02:01", "tcp.flags & 2", "tcp.flags.syn", "tcp.payload == \"GET\"",
		"tcp contains \"ET\"", "frame matches \"g.t$\"", "frame.number == 7", "tcp.len == 3",
		"frame.time_relative == 1.5", "frame.time_delta > 0.2", "frame.time_epoch < 5.000000001",
		"count(tcp.port) == 2", "len(eth.src) == 6", "ip.host == \"10.0.0.2\"",
		"tcp.checksum.status == 0", "all tcp.port > 400", "!udp", "udp || tcp && ip", NULL });
	none_holds((const char *const[]){
		"udp", "tcp.port != 443", "tcp.port === 443", "!tcp", "ip.addr == 10.0.0.4/30",
		"all tcp.port > 500", "tcp.port not in {443}", "eth.src[7:]", "tcp.flags.ack == 1",
		"frame matches \"(?-i)g.t$\"", "frame contains \"\"", "udp.port != 1", NULL });
}

static void what_was_not_captured_is_absent(void **state)
{
	(void)state;
	assert_true(chosen_cut("ip", 40));
	assert_false(chosen_cut("tcp.flags", 40));
	assert_false(chosen_cut("tcp.flags.syn == 0", 40));
	assert_true(chosen_cut("!tcp.flags", 40));
	assert_true(chosen_cut("tcp.port == 443", 40));
	assert_true(chosen_cut("frame.cap_len == 40 && frame.len == 57", 40));
}

static void packets_are_chosen_by_their_interface(void **state)
{
	(void)state;
	known.interface = 2;
	assert_true(chosen("frame.interface_id in {0, 2}"));
	assert_false(chosen("frame.interface_id == 1"));
	known.interface = 0;
}

static void segments_are_absent_where_a_frame_is_one_packet(void **state)
{
	(void)state;
	assert_false(chosen("frame.segments"));
	assert_false(chosen("frame.segments < 2"));
	assert_true(chosen("!frame.segment_size"));
	known.segments = 3;
	known.segment_size = 1448;
	assert_true(chosen("frame.segments > 2 && frame.segment_size == 1448"));
	assert_true(chosen("frame.segments in {1, 3}"));
	known.segments = known.segment_size = 0;
}

static void a_slash_zero_network_is_all_addresses(void **state)
{
	(void)state;
	assert_true(chosen("ip.src == 0.0.0.0/0"));
	assert_false(chosen("ipv6.src == ::/0"));
}

static void mistakes_are_pointed_at(void **state)
{
	static const struct {
		const char *text;
		uint32_t at;
		const char *says;
	} wrong[] = {
		{ "tcp.prt == 443", 0, "is it tcp.port?" },
		{ "ip && ip.adr == 1.2.3.4", 6, "is it ip.addr?" },
		{ "tcp.port == 65536", 12, "larger" },
		{ "ip.addr == 10.0.0.0/33", 11, "0 to 32" },
		{ "tcp and (udp", 12, "ends where" },
		{ "tcp tcp", 4, "not expected" },
		{ "frame contains \"a", 15, "quotes" },
		{ "frame matches \"(\"", 14, "pattern" },
		{ "tcp.port[0] == 1", 8, "number" },
		{ "ip.src == tcp.port", 7, "compared" },
		{ "eth.src[0:3 == 1", 7, "]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(open_text(wrong[i].text), -1);
		match_close(&m);
		if (why.at != wrong[i].at || !strstr(why.text, wrong[i].says))
			fail_msg("%s: at %u: %s", wrong[i].text, why.at, why.text);
	}
}

/* unit, as often as it takes to fill size bytes */
static char *many(const char *unit, size_t size)
{
	size_t n = strlen(unit);
	char *text = malloc(size + 1);

	assert_non_null(text);
	for (size_t i = 0; i < size; i++)
		text[i] = unit[i % n];
	text[size] = '\0';
	return text;
}

static void hostile_expressions_are_refused(void **state)
{
	static const struct {
		const char *unit;
		size_t size;
	} hostile[] = {
		{ "(", 10000 }, { "!", 10000 }, { "not ", 40000 }, { "tcp || ", 60000 }, { "a", 1 << 20 },
		{ "ip.addr == 1.2.3.4 and ", 60000 }, { "tcp", 60000 }, { " ", (1 << 20) }, { "[", 60000 },
		{ "dns.resp.name == dns.resp.name or ", 60000 }, { "lower(", 60000 }, { "\"", 60001 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		char *text = many(hostile[i].unit, hostile[i].size);

		if (open_text(text) == 0)
			fail_msg("%s ... is taken", hostile[i].unit);
		assert_true(strlen(why.text) > 0);
		match_close(&m);
		free(text);
	}
}

static void patterns_that_explode_are_given_up(void **state)
{
	static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
	char reason[64];
	void *compiled = regex_engine.compile("(a+)+$", 6, reason, sizeof(reason));

	(void)state;
	assert_non_null(compiled);
	assert_false(regex_engine.found(compiled, text, sizeof(text) - 1));
	regex_engine.release(compiled);
}

static int tables(void **state)
{
	(void)state;
	proto_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_compared),
		cmocka_unit_test(what_was_not_captured_is_absent),
		cmocka_unit_test(packets_are_chosen_by_their_interface),
		cmocka_unit_test(segments_are_absent_where_a_frame_is_one_packet),
		cmocka_unit_test(a_slash_zero_network_is_all_addresses),
		cmocka_unit_test(mistakes_are_pointed_at),
		cmocka_unit_test(hostile_expressions_are_refused),
		cmocka_unit_test(patterns_that_explode_are_given_up),
	};

	return cmocka_run_group_tests(tests, tables, NULL);
}
