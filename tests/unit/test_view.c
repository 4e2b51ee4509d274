/* SPDX-License-Identifier: BSD-2-Clause */
/* test_view.c - a decoded packet, record by record and value by value */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/unit/frames.h"
#include "ui/view.h"

#define DNS_QUERY ETHERNET "0800 " IP4_TO("11", "39") "03e8 0035 0025 0000 "			\
	"0001 0100 0001 0000 0000 0000 07 6578616d706c65 03 636f6d 00 0001 0001"

/* "name=value" of each value that the first cap bytes of hex have, a space behind each. */
static const char *values(const char *hex, uint32_t cap)
{
	static char text[4096];
	struct out o = { text, text + sizeof(text) - 1 };
	uint8_t bytes[512];
	uint32_t n = frame_bytes(bytes, hex);
	struct slice packet = frame_cut(bytes, n, cap < n ? cap : n);
	struct view v = { 0 };
	struct decoded d;

	proto_init();
	decode(&d, packet, PROTO_ETH);
	while (view_next(&v, &d)) {
		struct value x = { 0 };

		while (view_value(&v, &x)) {
			out_str(&o, x.record->name);
			out_char(&o, '.');
			out_str(&o, x.field->name);
			out_char(&o, '=');
			value_text(&o, &x, &v, &d);
			out_char(&o, ' ');
		}
	}
	*o.at = '\0';
	free((void *)(uintptr_t)packet.ptr);
	return text;
}

static void headers_come_in_wire_order_with_wireshark_names(void **state)
{
	const char *text = values(frames[0].hex, 512);
	const char *eth, *ip, *udp;

	(void)state;
	eth = strstr(text, "eth.dst=02:00:00:00:00:02 eth.src=02:00:00:00:00:01 ");
	ip = strstr(text, "ip.src=10.0.0.1 ip.dst=10.0.0.2 ");
	udp = strstr(text, "udp.srcport=1000 udp.dstport=2000 udp.length=13 ");
	assert_non_null(eth);
	assert_true(eth < ip && ip < udp);
	assert_has(text, "data.data=68656c6c6f ");
}

static void parts_follow_the_field_that_they_divide(void **state)
{
	const char *text = values(frames[2].hex, 512);

	(void)state;
	assert_has(text, "tcp.flags=0x0002 tcp.flags.res=0 ");
	assert_has(text, "tcp.flags.ack=0 tcp.flags.push=0 tcp.flags.reset=0 tcp.flags.syn=1 ");
	assert_has(text, "tcp.hdr_len=40 ");
}

static void options_follow_their_header(void **state)
{
	const char *text = values(frames[2].hex, 512);

	(void)state;
	assert_has(text, "tcp.urgent_pointer=0 tcp.option_kind=2 tcp.option_len=4 "
			 "tcp.options.mss_val=1460 ");
	assert_has(text, "tcp.options.timestamp.tsval=1 tcp.options.timestamp.tsecr=2 ");
	assert_has(text, "tcp.options.wscale.shift=7 ");
}

static void values_that_were_not_captured_are_absent_not_zero(void **state)
{
	const char *text = values(frames[0].hex, 14 + 20 + 3);

	(void)state;
	assert_has(text, "udp.srcport=1000 ");
	assert_null(strstr(text, "udp.dstport"));
	assert_null(strstr(text, "data"));
}

static void fields_behind_a_name_are_measured_from_its_end(void **state)
{
	(void)state;
	assert_has(values(DNS_QUERY, 512), "dns.qry.name=example.com dns.qry.type=1 ");
}

static void full_names_are_recognised(void **state)
{
	const struct field port = { .name = "srcport" }, mss = { .name = "options.mss_val" };
	const struct record tcp = { .name = "tcp" };
	struct value x = { .record = &tcp, .field = &port };

	(void)state;
	assert_true(value_named(&x, "tcp.srcport"));
	assert_false(value_named(&x, "tcp.srcpor"));
	assert_false(value_named(&x, "tcp"));
	assert_false(value_named(&x, "udp.srcport"));
	x.field = &mss;
	assert_true(value_named(&x, "tcp.options.mss_val"));
}

/* Of a record with spots that has just the bytes for them, and others of each. */
static void assert_spots_agree(const struct entry *e, uint8_t byte)
{
	uint8_t *bytes = malloc(e->plain);
	const struct spot *p = e->spot;
	struct view v = { .record = e->record, .bytes = { bytes, e->plain, e->plain } };
	struct value x = { 0 };

	for (uint32_t i = 0; i < e->plain; i++, byte = (uint8_t)(byte * 5 + 3))
		bytes[i] = byte;
	assert_true(entry_has_spots(e, v.bytes));
	while (view_value(&v, &x)) {
		struct value y;

		assert_true(p < e->spot + e->spots);
		y = spot_value(p, &v);
		assert_ptr_equal(y.record, x.record);
		assert_ptr_equal(y.field, x.field);
		assert_ptr_equal(y.bytes.ptr, x.bytes.ptr);
		assert_int_equal(y.bytes.cap, x.bytes.cap);
		assert_int_equal(y.part, x.part);
		assert_ptr_equal(p->label, value_label(e, &x));
		if (p->form != SPOT_OTHER) {
			char text[64], spot[64];
			struct out o = { text, text + sizeof(text) };

			value_text(&o, &x, &v, NULL);
			assert_int_equal(spot_text(spot, p, v.bytes) - spot, o.at - text);
			assert_memory_equal(spot, text, o.at - text);
		}
		p++;
	}
	assert_ptr_equal(p, e->spot + e->spots);
	free(bytes);
}

static void spots_are_what_a_walk_finds(void **state)
{
	const struct record *r, *before = NULL;
	uint32_t entries = 0, short_ones = 0;

	(void)state;
	proto_init();
	catalog_init();
	for (uint32_t n = 0; catalog_label(n, &r); n++) {
		const struct entry *e = catalog_find(r);

		if (r == before || e->spots == 0)
			continue;
		before = r;
		entries++;
		for (uint32_t i = 0; i < e->spots; i++)
			short_ones += e->spot[i].form != SPOT_OTHER;
		for (uint32_t byte = 0; byte < 256; byte++)
			assert_spots_agree(e, (uint8_t)byte);
	}
	assert_true(entries > 200);
	assert_true(short_ones > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_come_in_wire_order_with_wireshark_names),
		cmocka_unit_test(parts_follow_the_field_that_they_divide),
		cmocka_unit_test(options_follow_their_header),
		cmocka_unit_test(values_that_were_not_captured_are_absent_not_zero),
		cmocka_unit_test(fields_behind_a_name_are_measured_from_its_end),
		cmocka_unit_test(full_names_are_recognised),
		cmocka_unit_test(spots_are_what_a_walk_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
