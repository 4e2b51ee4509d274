/* SPDX-License-Identifier: BSD-2-Clause */
/* test_fields.c - fields in columns */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decode/catalog.h"
#include "tests/unit/frames.h"
#include "ui/fields.h"

/* The row of hex with the columns names. */
static const char *row(const char *names, char separator, const char *hex)
{
	static char text[1 << 17];
	static struct line l;
	uint8_t buffer[512];
	uint32_t n = frame_bytes(buffer, hex);
	struct packet p = { .linktype = 1, .bytes = frame_cut(buffer, n, n), .sec = 12, .nsec = 34 };
	struct out o = { text, text };
	struct columns c;
	struct error e;

	proto_init();
	catalog_init();
	l = (struct line){ 0 };
	o.end += columns_room(&l, &p);
	assert_true(o.end < text + sizeof(text));
	assert_int_equal(columns_open(&c, names, separator, &e), 0);
	columns_put(&c, &l, &o, &p);
	columns_close(&c);
	*o.at = '\0';
	free((void *)(uintptr_t)p.bytes.ptr);
	return text;
}

static void columns_come_in_the_order_asked_for(void **state)
{
	(void)state;
	assert_string_equal(row("udp.dstport,ip.src,eth.type", '\t', frames[0].hex), "2000\t10.0.0.1\t0x0800\n");
}

static void what_is_not_there_is_empty(void **state)
{
	(void)state;
	assert_string_equal(row("tcp.srcport,udp.srcport,ipv6.src", '\t', frames[0].hex), "\t1000\t\n");
}

static void the_frame_has_fields_too(void **state)
{
	(void)state;
	assert_string_equal(row("frame.number,frame.time_epoch,frame.len,frame.protocols", '|', frames[0].hex),
			    "1|12.000000034|47|eth:ethertype:ip:udp:data\n");
}

static void parts_and_options_are_reached(void **state)
{
	(void)state;
	assert_string_equal(row("tcp.flags.syn,tcp.options.mss_val,tcp.options.wscale.shift", ' ', frames[2].hex),
			    "1 1460 7\n");
}

static void all_values_are_joined_with_commas(void **state)
{
	(void)state;
	assert_string_equal(row("ip.addr,vlan.id,tcp.option_kind", '\t', frames[2].hex),
			    "10.0.0.1,10.0.0.2\t\t2,4,8,1,3\n");
	assert_string_equal(row("vlan.id", '\t', frames[8].hex), "100,5\n");
}

static void csv_is_quoted_where_it_must_be(void **state)
{
	(void)state;
	assert_string_equal(row("ip.addr,udp.srcport", ',', frames[0].hex), "\"10.0.0.1,10.0.0.2\",1000\n");
}

static void checksums_have_a_status(void **state)
{
	(void)state;
	assert_string_equal(row("ip.checksum.status,udp.checksum.status", '\t', frames[0].hex), "0\t3\n");
}

static void unknown_names_are_refused_with_a_near_one(void **state)
{
	struct error e;

	(void)state;
	proto_init();
	assert_int_equal(columns_check("ip.src,tcp.dstprot", &e), -STATUS_USAGE);
	assert_non_null(strstr(e.text, "'tcp.dstprot'"));
	assert_non_null(strstr(e.text, "'tcp.dstport'"));
	assert_int_equal(columns_check("ip.src,", &e), -STATUS_USAGE);
	assert_int_equal(columns_check("", &e), -STATUS_USAGE);
	assert_int_equal(columns_check("ip.ttl.status", &e), -STATUS_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_come_in_the_order_asked_for),
		cmocka_unit_test(what_is_not_there_is_empty),
		cmocka_unit_test(the_frame_has_fields_too),
		cmocka_unit_test(parts_and_options_are_reached),
		cmocka_unit_test(all_values_are_joined_with_commas),
		cmocka_unit_test(csv_is_quoted_where_it_must_be),
		cmocka_unit_test(checksums_have_a_status),
		cmocka_unit_test(unknown_names_are_refused_with_a_near_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
