/* SPDX-License-Identifier: BSD-2-Clause */
/* test_json.c - a packet as an object */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "decode/catalog.h"
#include "tests/unit/frames.h"
#include "ui/json.h"

static struct packet packet_of(const char *hex, uint32_t cap)
{
	uint8_t buffer[512];
	uint32_t n = frame_bytes(buffer, hex);

	return (struct packet){ .linktype = 1, .bytes = frame_cut(buffer, n, cap < n ? cap : n),
				.sec = 1700000000, .nsec = 5 };
}

/* The object of p in room bytes; 0: as many as it asks for. Frees the bytes of p. */
static const char *object(struct packet p, size_t room)
{
	static char text[1 << 17];
	static struct line l;
	static struct json j;
	struct out o = { text, text };

	proto_init();
	catalog_init();
	l = (struct line){ 0 };
	json_open(&j);
	o.end += room ? room : json_room(&l, &p);
	assert_true(o.end < text + sizeof(text));
	json_put(&j, &l, &o, &p);
	*o.at = '\0';
	free((void *)(uintptr_t)p.bytes.ptr);
	return text;
}

static void columns_stand_at_the_top(void **state)
{
	const char *text = object(packet_of(frames[0].hex, 512), 0);

	(void)state;
	assert_ptr_equal(strstr(text, "{\"version\":1,\"number\":1,\"time\":\"2023-11-14T22:13:20.000000005Z\","
				      "\"epoch_ns\":\"1700000000000000005\",\"src\":\"10.0.0.1\","
				      "\"dst\":\"10.0.0.2\",\"srcport\":1000,\"dstport\":2000,"
				      "\"proto\":\"udp\",\"len\":47,\"cap_len\":47,\"info\":\"IP 10.0.0.1"), text);
	assert_has(text, "}]}\n");
}

static void times_about_1970_are_right(void **state)
{
	struct packet p = packet_of(frames[0].hex, 512);

	(void)state;
	p.sec = -1;
	p.nsec = 999999999;
	assert_has(object(p, 0), "\"time\":\"1969-12-31T23:59:59.999999999Z\",\"epoch_ns\":\"-1\"");
	p = packet_of(frames[0].hex, 512);
	p.sec = 0;
	assert_has(object(p, 0), "\"time\":\"1970-01-01T00:00:00.000000005Z\",\"epoch_ns\":\"5\"");
}

static void layers_have_fields_and_options(void **state)
{
	const char *text = object(packet_of(frames[2].hex, 512), 0);

	(void)state;
	assert_has(text, "{\"name\":\"eth\",\"fields\":{\"eth.dst\":\"02:00:00:00:00:02\","
			 "\"eth.src\":\"02:00:00:00:00:01\",\"eth.type\":\"0x0800\"}},{\"name\":\"ip\",");
	assert_has(text, "\"tcp.flags.syn\":true,");
	assert_has(text, "\"options\":[{\"name\":\"Maximum segment size\",\"fields\":{\"tcp.option_kind\":2,"
			 "\"tcp.option_len\":4,\"tcp.options.mss_val\":1460}},");
}

static void checksums_have_verdicts(void **state)
{
	struct packet p = packet_of(frames[0].hex, 512);
	const char *text = object(p, 0);

	(void)state;
	assert_has(text, "\"ip.checksum\":\"0x0000\",\"ip.checksum.status\":\"bad\",");
	assert_has(text, "\"udp.checksum.status\":\"absent\"}");
	p = packet_of(frames[2].hex, 512);
	p.flags = PACKET_OUT | PACKET_CSUM_PENDING | PACKET_TSO;
	p.segments = 6;
	p.segment_size = 1448;
	text = object(p, 0);
	assert_has(text, "\"direction\":\"out\",\"offload\":[\"checksum\",\"segmentation\"],\"segments\":6,"
			 "\"segment_size\":1448,\"info\":");
	assert_has(text, "\"ip.checksum.status\":\"bad\",");
	assert_has(text, "\"tcp.checksum.status\":\"pending\",");
	p = packet_of(frames[2].hex, 14 + 20 + 20);	/* the options were not captured */
	p.flags = PACKET_IN | PACKET_CSUM_VALID;
	text = object(p, 0);
	assert_has(text, "\"direction\":\"in\",\"info\":");
	assert_has(text, "\"tcp.checksum.status\":\"verified\",");
}

static void repeated_names_become_one_array(void **state)
{
	const char *text = object(packet_of(ETHERNET "0800 4600 0030 0001 0000 4002 0000 0a000001 e0000016"
					    " 94040000 2200 0000 0000 0001 0100 0002 e0000005 0a000001"
					    " 0a000002", 512), 0);

	(void)state;
	assert_has(text, "\"igmp.saddr\":[\"10.0.0.1\",\"10.0.0.2\"]");
}

static void notes_are_named(void **state)
{
	(void)state;
	assert_has(object(packet_of(frames[0].hex, 14 + 20 + 3), 0),
		   "{\"name\":\"udp\",\"note\":\"truncated\",\"fields\":{\"udp.srcport\":1000}}]}\n");
}

/* The flags of TCP are 12 bits: of the first byte there are parts, and no whole. */
static void parts_of_a_cut_field_keep_their_names(void **state)
{
	const char *text = object(packet_of(frames[2].hex, 14 + 20 + 13), 0);

	(void)state;
	assert_null(strstr(text, "\"tcp.flags\":"));
	assert_has(text, "\"tcp.hdr_len\":40,\"tcp.flags.res\":false,\"tcp.flags.ae\":false}");
}

/* A quotation mark, a backslash and a control byte in a name. */
static void strings_are_escaped(void **state)
{
	const char *text = object(packet_of(ETHERNET "0800 " IP4_TO("11", "30") "03e8 0035 001c 0000 "
					    "0001 0100 0001 0000 0000 0000 03 225c07 00 0001 0001", 512), 0);

	(void)state;
	assert_has(text, "\"dns.qry.name\":\"\\\"\\\\\\\\\\\\x07\",");
}

/* Text is looked at by words of eight characters: a quotation mark anywhere in names of all lengths. */
static void every_place_in_a_string_is_looked_at(void **state)
{
	(void)state;
	for (unsigned length = 1; length <= 24; length++)
		for (unsigned place = 0; place < length; place++) {
			char hex[512], name[128] = "\"dns.qry.name\":\"";

			snprintf(hex, sizeof(hex), ETHERNET "0800 " IP4_TO("11", "%02x") "03e8 0035 00%02x 0000 "
				 "0001 0100 0001 0000 0000 0000 %02x", 45 + length, 25 + length, length);
			for (unsigned i = 0; i < length; i++) {
				strcat(hex, i == place ? "22" : "61");
				strcat(name, i == place ? "\\\"" : "a");
			}
			assert_has(object(packet_of(strcat(hex, "00 0001 0001"), 512), 0), strcat(name, "\","));
		}
}

static void too_little_room_still_makes_an_object(void **state)
{
	const char *text = object(packet_of(frames[2].hex, 512), 5000);

	(void)state;
	assert_has(text, "]");
	assert_string_equal(text + strlen(text) - strlen(",\"cut\":true}\n"), ",\"cut\":true}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_stand_at_the_top),
		cmocka_unit_test(times_about_1970_are_right),
		cmocka_unit_test(layers_have_fields_and_options),
		cmocka_unit_test(checksums_have_verdicts),
		cmocka_unit_test(repeated_names_become_one_array),
		cmocka_unit_test(notes_are_named),
		cmocka_unit_test(parts_of_a_cut_field_keep_their_names),
		cmocka_unit_test(strings_are_escaped),
		cmocka_unit_test(every_place_in_a_string_is_looked_at),
		cmocka_unit_test(too_little_room_still_makes_an_object),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
