/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tree.c - the tree below a packet's line */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decode/catalog.h"
#include "tests/unit/frames.h"
#include "ui/tree.h"

/* The tree of the first cap bytes of hex, in room bytes; 0: as many as it asks for. */
static const char *tree(const char *hex, uint32_t cap, bool bytes, size_t room)
{
	static char text[1 << 17];
	static struct line l;
	uint8_t buffer[512];
	uint32_t n = frame_bytes(buffer, hex);
	struct packet p = { .linktype = 1, .bytes = frame_cut(buffer, n, cap < n ? cap : n) };
	struct out o = { text, text };

	proto_init();
	catalog_init();
	l = (struct line){ .times = { .form = TIME_NONE } };
	o.end += room ? room : tree_room(&l, &p);
	assert_true(o.end < text + sizeof(text));
	line_put(&l, &o, &p);
	tree_put(&l, &o, bytes);
	*o.at = '\0';
	free((void *)(uintptr_t)p.bytes.ptr);
	return text;
}

static void the_line_comes_first(void **state)
{
	const char *text = tree(frames[0].hex, 512, false, 0);

	(void)state;
	assert_ptr_equal(strstr(text, "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 5\n"), text);
}

static void fields_are_below_their_header(void **state)
{
	(void)state;
	assert_has(tree(frames[0].hex, 512, false, 0),
		   "    User Datagram Protocol\n        udp.srcport: 1000\n        udp.dstport: 2000\n");
}

/* Of the flags of a DNS message of three bytes, the first parts. */
static void parts_of_a_cut_field_are_shown_without_it(void **state)
{
	const char *text = tree(ETHERNET "0800 " IP4_TO("11", "1f") "03e8 0035 000b 0000 f1a1 80", 512, false, 0);

	(void)state;
	assert_has(text, "dns.flags.response: 1\n");
	assert_null(strstr(text, "dns.flags: "));
}

static void a_header_is_one_with_its_end(void **state)
{
	(void)state;
	assert_has(tree(frames[0].hex, 512, false, 0),
		   "        eth.src: 02:00:00:00:00:01\n        eth.type: 0x0800 (IPv4)\n    Internet");
}

static void parts_and_options_are_further_in(void **state)
{
	const char *text = tree(frames[2].hex, 512, false, 0);

	(void)state;
	assert_has(text, "        tcp.flags: 0x0002\n            tcp.flags.res: 0\n");
	assert_has(text, "\n        Maximum segment size\n            tcp.option_kind: 2\n");
}

static void bytes_of_a_field_stand_behind_it(void **state)
{
	(void)state;
	assert_has(tree(frames[0].hex, 512, true, 0), "        udp.length: 13  [00 0d]\n");
	assert_null(strstr(tree(frames[0].hex, 512, false, 0), "["));
}

static void notes_stand_behind_the_title(void **state)
{
	(void)state;
	assert_has(tree(frames[0].hex, 14 + 20 + 3, false, 0), "    User Datagram Protocol [truncated]\n");
}

static void checksums_are_verified(void **state)
{
	(void)state;
	assert_has(tree(frames[0].hex, 512, false, 0), "        ip.checksum: 0x0000 (bad, right is 0x66c9)\n");
	assert_has(tree(frames[0].hex, 512, false, 0), "        udp.checksum: 0x0000 (none)\n");
}

static void too_little_room_is_said(void **state)
{
	const char *text = tree(frames[2].hex, 512, false, 3000);

	(void)state;
	assert_has(text, "    Internet");
	assert_has(text, "\n    [the rest is left out]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_comes_first),
		cmocka_unit_test(fields_are_below_their_header),
		cmocka_unit_test(parts_of_a_cut_field_are_shown_without_it),
		cmocka_unit_test(a_header_is_one_with_its_end),
		cmocka_unit_test(parts_and_options_are_further_in),
		cmocka_unit_test(bytes_of_a_field_stand_behind_it),
		cmocka_unit_test(notes_stand_behind_the_title),
		cmocka_unit_test(checksums_are_verified),
		cmocka_unit_test(too_little_room_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
