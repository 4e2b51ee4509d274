/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tally.c - sums over packets: by protocol, by size, over time */
#include "decode/track/tally.h"
#include "tests/unit/datagram.h"

static struct tally tally;
static struct series series;

static void open_tally(void)
{
	memset(&tally, 0, sizeof(tally));
	tally_open(&tally);
}

static void put(struct slice p)
{
	decode(&own, p, PROTO_IPV4);
	tally_packet(&tally, &own, 1700000000000000000, true);
}

static const struct hierarchy_node *node(const enum proto_id *path)
{
	uint32_t at = 0;

	for (; *path; path++) {
		uint32_t i = tally.hierarchy.node[at].child;

		while (i && tally.hierarchy.node[i].proto != *path)
			i = tally.hierarchy.node[i].next;
		if (!i)
			return NULL;
		at = i;
	}
	return &tally.hierarchy.node[at];
}

#define NODE(...) node((const enum proto_id[]){ __VA_ARGS__, PROTO_NONE })

static void each_layer_counts_the_whole_packet(void **state)
{
	uint32_t nodes = 0;

	(void)state;
	open_tally();
	put(datagram_make(1, 2, 0, 100));
	put(datagram_make(1, 2, 1, 200));
	put(datagram_make(1, 2, 1, 200));
	assert_int_equal(tally.hierarchy.node[0].packets, 3);
	assert_int_equal(NODE(PROTO_IPV4)->bytes, 500);
	assert_int_equal(NODE(PROTO_IPV4, PROTO_UDP)->bytes, 100);
	assert_int_equal(NODE(PROTO_IPV4, PROTO_IPV4)->packets, 2);
	assert_int_equal(NODE(PROTO_IPV4, PROTO_IPV4, PROTO_UDP)->depth, 3);
	assert_null(NODE(PROTO_IPV4, PROTO_TCP));
	assert_ptr_equal(&tally.hierarchy.node[NODE(PROTO_IPV4)->child], NODE(PROTO_IPV4, PROTO_UDP));
	hierarchy_sort(&tally.hierarchy);
	assert_ptr_equal(&tally.hierarchy.node[NODE(PROTO_IPV4)->child], NODE(PROTO_IPV4, PROTO_IPV4));
	for (uint32_t i = 0; (i = hierarchy_next(&tally.hierarchy, i, false)) != 0;)
		nodes++;
	assert_int_equal(nodes, tally.hierarchy.count - 1);
	assert_int_equal(hierarchy_next(&tally.hierarchy, 1, true), 0);
}

static void headers_of_one_name_are_counted_together(void **state)
{
	struct hierarchy *h = &tally.hierarchy;

	(void)state;
	open_tally();
	assert_int_equal(h->called[PROTO_SLL], PROTO_SLL);
	assert_int_equal(h->called[PROTO_SLL2], PROTO_SLL);
	assert_int_equal(h->called[PROTO_DNSTCP], PROTO_DNS);
}

static void sizes_and_faults_are_counted(void **state)
{
	struct slice p;

	(void)state;
	open_tally();
	put(datagram_make(1, 2, 0, 63));
	put(datagram_make(1, 2, 0, 64));
	put(datagram_make(1, 2, 0, 1518));
	put(datagram_make(1, 2, 0, 1519));
	for (uint32_t i = 0; i < TALLY_SIZES; i++)
		assert_int_equal(tally.size[i], i == 0 || i == 1 || i == 5 || i == 6);
	assert_int_equal(tally.bad_checksums, 0);
	p = datagram_make(1, 2, 0, 100);
	datagram[10] ^= 1;
	put(p);
	assert_int_equal(tally.bad_checksums, 1);
	decode(&own, p, PROTO_IPV4);
	tally_packet(&tally, &own, 0, false);
	assert_int_equal(tally.bad_checksums, 1);
	assert_int_equal(tally.malformed, 0);
	p = datagram_make(1, 2, 0, 100);
	put16(datagram + 24, 7);	/* a UDP length below its header's */
	put(p);
	assert_int_equal(tally.malformed, 1);
	assert_int_equal(tally.cut, 0);
	p = datagram_make(1, 2, 0, 100);
	p.cap = 30;
	put(p);
	assert_int_equal(tally.cut, 1);
	assert_int_equal(tally.malformed, 1);
	assert_int_equal(tally.packets, 8);
}

static void parts_double_until_all_fits(void **state)
{
	uint64_t sum = 0;

	(void)state;
	memset(&series, 0, sizeof(series));
	series_put(&series, 1000, 1);
	series_put(&series, 1000 + SERIES_LEAST, 2);
	assert_int_equal(series.used, 2);
	assert_int_equal(series.amount[1], 2);
	series_put(&series, 1000 + (int64_t)SERIES_LEAST * SERIES_PARTS, 4);
	assert_int_equal(series.width, 2 * SERIES_LEAST);
	assert_int_equal(series.amount[0], 3);
	assert_int_equal(series.amount[SERIES_PARTS / 2], 4);
	assert_int_equal(series.used, SERIES_PARTS / 2 + 1);
	series_put(&series, INT64_MIN, 8);	/* before all others */
	series_put(&series, INT64_MAX, 16);
	for (uint32_t i = 0; i < series.used; i++)
		sum += series.amount[i];
	assert_int_equal(sum, 31);
	assert_true(series.used <= SERIES_PARTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_layer_counts_the_whole_packet),
		cmocka_unit_test(headers_of_one_name_are_counted_together),
		cmocka_unit_test(sizes_and_faults_are_counted),
		cmocka_unit_test(parts_double_until_all_fits),
	};

	return cmocka_run_group_tests(tests, know_protocols, NULL);
}
