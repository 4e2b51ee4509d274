/* SPDX-License-Identifier: BSD-2-Clause */
/* test_igmp.c - IGMP queries and reports of all versions, whole, cut and lying */
#include "control.h"

#define FB "e00000fb "
#define TWO_RECORDS "22000000 00000002 04010000 " FB "deadbeef 03000001 " FB "c0000207 "

static const char *const messages[] = {
	"11000000 00000000",
	"11140000 " FB,
	"11140000 " FB "0a7d0002 c0000207 0a000001",
	"12000000 " FB,
	"16000000 " FB,
	"17000000 " FB,
	TWO_RECORDS,
	"1f000000 " FB "0a000001 0a000002 0a000003 400001ff",
	"f0000000",
};

static void every_cut_of_every_message_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++)
		assert_true(cut_everywhere(PROTO_IGMP, messages[i]) > 0);
}

static void version_of_a_query_is_in_its_length_and_time(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_IGMP, messages[0], 0), "igmp query v1");
	assert_string_equal(told(PROTO_IGMP, messages[1], 0),
			    "igmp query v2 [max resp time 20] [gaddr 224.0.0.251]");
	assert_string_equal(told(PROTO_IGMP, messages[2], 0),
			    "igmp query v3 [max resp time 2.0s] [gaddr 224.0.0.251, 2 source(s)]");
	assert_string_equal(told(PROTO_IGMP, messages[2], 2),
			    "igmp query v3 [max resp time 2.0s] [gaddr 224.0.0.251 "
			    "{ 192.0.2.7 10.0.0.1 }] bad igmp cksum 0!");
	assert_string_equal(valued(PROTO_IGMP, messages[2], "igmp.saddr", 1), "10.0.0.1");
}

/* RFC 3376, section 4.1.1 */
static void long_response_times_are_floating_point(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_IGMP, "11ff0000 00000000 027d0000", 0),
			    "igmp query v3 [max resp time 52m54s]");
	assert_string_equal(told(PROTO_IGMP, "11810000 00000000 027d0000", 0),
			    "igmp query v3 [max resp time 13.6s]");
}

static void records_of_a_report_are_records(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_IGMP, messages[6], 0), "igmp v3 report, 2 group record(s)");
	assert_string_equal(valued(PROTO_IGMP, messages[6], "igmp.record_type", 0), "4");
	assert_string_equal(valued(PROTO_IGMP, messages[6], "igmp.saddr", 0), "192.0.2.7");
	assert_string_equal(valued(PROTO_IGMP, messages[6], "igmp.saddr", 1), "");
}

/* RFC 3376, section 4.2.6: auxiliary data are no part of the next record. */
static void auxiliary_data_are_passed_over(void **state)
{
	(void)state;
	assert_non_null(strstr(told(PROTO_IGMP, messages[6], 2),
			       "[gaddr 224.0.0.251 to_ex { }] [gaddr 224.0.0.251 to_in { 192.0.2.7 }]"));
	assert_string_equal(valued(PROTO_IGMP, messages[6], "igmp.record_type", 1), "3");
}

static void counts_that_lie_are_noted_and_bounded(void **state)
{
	static const char groups[] = "22000000 0000ffff 04000000 " FB;
	static const char sources[] = "22000000 00000001 0400ffff " FB;

	(void)state;
	assert_int_equal(noted(PROTO_IGMP, groups), NOTE_BAD_OPTION);
	assert_non_null(strstr(told(PROTO_IGMP, groups, 1),
			       "igmp v3 report, 65535 group record(s) [gaddr 224.0.0.251 to_ex, "
			       "0 source(s)] [invalid number of groups]"));
	assert_non_null(strstr(told(PROTO_IGMP, sources, 1), "to_ex [invalid number of sources 65535]"));
	assert_int_equal(noted(PROTO_IGMP, "11140000 " FB "0a7dffff "), NOTE_BAD_OPTION);
	assert_int_equal(noted(PROTO_IGMP, messages[6]), NOTE_OK);
}

static void records_behind_the_count_are_not_told(void **state)
{
	static const char more[] = "22000000 00000001 04000000 " FB "03000000 " FB;

	(void)state;
	assert_string_equal(valued(PROTO_IGMP, more, "igmp.record_type", 0), "4");
	assert_string_equal(valued(PROTO_IGMP, more, "igmp.record_type", 1), "");
}

static void members_join_and_leave(void **state)
{
	(void)state;
	assert_string_equal(told(PROTO_IGMP, messages[3], 0), "igmp v1 report 224.0.0.251");
	assert_string_equal(told(PROTO_IGMP, messages[4], 0), "igmp v2 report 224.0.0.251");
	assert_string_equal(told(PROTO_IGMP, messages[5], 0), "igmp leave 224.0.0.251");
	assert_string_equal(told(PROTO_IGMP, messages[8], 0), "igmp-240");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cut_of_every_message_is_safe),
		cmocka_unit_test(version_of_a_query_is_in_its_length_and_time),
		cmocka_unit_test(long_response_times_are_floating_point),
		cmocka_unit_test(records_of_a_report_are_records),
		cmocka_unit_test(auxiliary_data_are_passed_over),
		cmocka_unit_test(counts_that_lie_are_noted_and_bounded),
		cmocka_unit_test(records_behind_the_count_are_not_told),
		cmocka_unit_test(members_join_and_leave),
	};

	proto_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
