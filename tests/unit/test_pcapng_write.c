/* SPDX-License-Identifier: BSD-2-Clause */
/* test_pcapng_write.c - pcapng files: byte for byte, as they are read back, and whole where the disk is full */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture/details.h"
#include "capture/reader.h"
#include "capture/writer.h"
#include "tests/unit/made.h"
#include "tests/unit/written.h"

static struct error e;

static struct writer *writer(const struct sources *sources)
{
	struct writer_options options = { .format = WRITER_PCAPNG, .sources = sources };
	struct writer *w;

	assert_int_equal(writer_open(&w, &options, AT_FDCWD, path, &e), 0);
	return w;
}

static struct packet packet(uint32_t cap)
{
	static uint8_t bytes[SNAPLEN_MAX];

	memset(bytes, (int)cap, cap);
	return (struct packet){ .bytes = { bytes, cap, cap + 7 }, .sec = 5, .nsec = 123456789, .linktype = 1 };
}

static void put(struct writer *w, struct packet p)
{
	assert_int_equal(writer_put(w, &p, &e), 0);
}

/* Where the first block of this type begins in m. */
static size_t block_at(const struct made *m, uint32_t type)
{
	uint32_t head[2];

	for (size_t at = 0; at < m->len; at += head[1]) {
		memcpy(head, m->bytes + at, sizeof(head));
		if (head[0] == type)
			return at;
	}
	fail_msg("no block of type %u", type);
	return 0;
}

static void a_packet_block_is_as_the_draft_has_it(void **state)
{
	const uint64_t ns = 5123456789;
	struct writer *w = writer(NULL);
	struct packet p = packet(61);
	struct made m = { 0 }, got;
	size_t at;

	(void)state;
	p.flags = PACKET_IN | PACKET_TO_OTHERS | PACKET_CSUM_PENDING | PACKET_TSO | PACKET_LOSING;
	p.lost = 70000;
	put(w, p);
	assert_int_equal(writer_close(w, &e), 0);
	at = made_block(&m, 6);
	made_u32(&m, 0);
	made_u32(&m, (uint32_t)(ns >> 32));
	made_u32(&m, (uint32_t)ns);
	made_u32(&m, 61);
	made_u32(&m, 68);
	made_fill(&m, 61, 61);
	made_fill(&m, 0, 3);
	made_u16(&m, 2);
	made_u16(&m, 4);
	made_u32(&m, 1 | 4 << 2 | 1 << 9 | 1 << 11);
	made_u16(&m, 4);
	made_u16(&m, 8);
	made_u64(&m, 70000);
	made_u32(&m, 0);
	made_block_end(&m, at);
	got = made_content(path);
	at = block_at(&got, 6);
	assert_int_equal(got.len - at, m.len);
	assert_memory_equal(got.bytes + at, m.bytes, m.len);
	made_free(&m);
	made_free(&got);
}

/* What the reader makes of the file; at the end in *d too, which the caller frees. */
static uint64_t read_back(struct packet *last, struct details **d)
{
	struct reader *r;
	struct batch b;
	uint64_t n = 0;
	int got;

	*d = details_new();
	assert_int_equal(reader_open_with(&r, path, &(struct reader_options){ .watch = &(*d)->watch }, &e), 0);
	while ((got = reader_next(r, &b, &e)) > 0) {
		details_put(*d, &b);
		*last = b.packet[got - 1];
		n += (uint64_t)got;
	}
	assert_int_equal(got, 0);
	reader_close(r);
	return n;
}

static void what_is_put_is_read_back(void **state)
{
	static const uint16_t flags[] = {
		0, PACKET_IN | PACKET_TO_US, PACKET_OUT | PACKET_CSUM_PENDING | PACKET_TSO, PACKET_TO_GROUP,
		PACKET_IN | PACKET_TO_ALL | PACKET_CSUM_VALID | PACKET_LOSING,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		struct packet p = packet((uint32_t)i), back;
		struct writer *w = writer(NULL);
		struct details *d;

		p.flags = flags[i];
		p.lost = flags[i] & PACKET_LOSING ? 3 : 0;
		p.segments = (uint16_t)(7 * i);
		p.segment_size = (uint16_t)(1448 * i);
		p.linktype = (uint16_t)(100 + i);
		put(w, p);
		assert_int_equal(writer_close(w, &e), 0);
		assert_int_equal(read_back(&back, &d), 1);
		assert_int_equal(back.sec, 5);
		assert_int_equal(back.nsec, 123456789);
		assert_int_equal(back.flags, flags[i]);
		assert_int_equal(back.lost, p.lost);
		assert_int_equal(back.segments, p.segments);
		assert_int_equal(back.segment_size, p.segment_size);
		assert_int_equal(back.linktype, p.linktype);
		assert_int_equal(back.bytes.cap, i);
		assert_int_equal(back.bytes.wire, i + 7);
		assert_int_equal(d->lost, p.lost);
		free(d);
	}
}

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 9 };

static struct source source(const char *name, uint16_t linktype)
{
	return (struct source){
		.name = name, .description = "to the lab", .filter = "tcp port 80", .mac = mac, .snaplen = 96,
		.linktype = linktype, .missed = SOURCE_UNKNOWN,
	};
}

static void interfaces_are_told_with_all_that_is_known(void **state)
{
	struct source two[] = { source("eth0", 1), source("tun0", 101) };
	struct sources sources = { two, 2, "ticket 4711" };
	struct writer *w = writer(&sources);
	const struct details_interface *i;
	struct packet last = packet(60);
	struct details *d;

	(void)state;
	two[1].counted_at = 9000000000;
	two[1].received = 10;
	two[1].dropped = 3;
	two[1].accepted = 7;
	two[1].delivered = 6;
	last.interface = 1;
	put(w, last);
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(read_back(&last, &d), 1);
	assert_int_equal(last.linktype, 101);
	assert_int_equal(d->interfaces, 2);
	for (i = d->interface; i < d->interface + 2; i++) {
		assert_string_equal(i->name, i == d->interface ? "eth0" : "tun0");
		assert_string_equal(i->description, "to the lab");
		assert_string_equal(i->filter, "tcp port 80");
		assert_memory_equal(i->mac, mac, 6);
		assert_int_equal(i->snaplen, 96);
		assert_int_equal(i->units, 1000000000);
	}
	assert_int_equal(d->interface[0].statistics, 0);
	i = &d->interface[1];
	assert_int_equal(i->statistics, 1);
	assert_int_equal(i->received, 10);
	assert_int_equal(i->dropped, DETAILS_UNKNOWN);
	assert_int_equal(i->os_dropped, 3);
	assert_int_equal(i->accepted, 7);
	assert_int_equal(i->delivered, 6);
	assert_string_equal(d->comment[0].text, "ticket 4711");
	assert_int_equal(strncmp(d->section[0].application, "ringtail ", 9), 0);
	assert_non_null(d->section[0].os);
	assert_non_null(d->section[0].hardware);
	free(d);
}

static void an_interface_that_joins_is_told_before_its_first_packet(void **state)
{
	struct source two[] = { source("eth0", 1), source("wg0", 101) };
	struct sources sources = { two, 1, NULL };
	struct writer *w = writer(&sources);
	struct packet p = packet(60), last;
	struct details *d;

	(void)state;
	put(w, p);
	p.interface = 1;
	assert_int_equal(writer_put(w, &p, &e), -STATUS_WRITE);
	assert_non_null(strstr(e.text, "a packet of interface 1, of 1"));
	sources.count = 2;
	put(w, p);
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(read_back(&last, &d), 2);
	assert_int_equal(last.interface, 1);
	assert_string_equal(d->interface[1].name, "wg0");
	free(d);
}

static void link_types_without_a_name_have_an_interface_each(void **state)
{
	static const uint16_t linktypes[] = { 1, 101, 1, 276, 101 };
	struct writer *w = writer(NULL);
	struct packet last;
	struct details *d;

	(void)state;
	for (size_t i = 0; i < sizeof(linktypes) / sizeof(linktypes[0]); i++) {
		struct packet p = packet(20);

		p.linktype = linktypes[i];
		put(w, p);
	}
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(read_back(&last, &d), 5);
	assert_int_equal(d->interfaces, 3);
	assert_int_equal(last.interface, 1);
	free(d);
}

static void names_of_hosts_are_told(void **state)
{
	static const uint8_t address[16] = { 192, 0, 2, 1 };
	char name[300];
	struct writer *w = writer(NULL);
	struct made m = { 0 }, got;
	struct packet last;
	struct details *d;
	size_t at;

	(void)state;
	memset(name, 'n', sizeof(name));
	name[299] = '\0';
	assert_int_equal(writer_name(w, address, 4, "host", &e), 0);
	assert_int_equal(writer_name(w, address, 16, name, &e), 0);
	put(w, packet(60));
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(read_back(&last, &d), 1);
	assert_int_equal(d->names, 2);
	at = made_block(&m, 4);
	made_u16(&m, 1);
	made_u16(&m, 9);
	made_bytes(&m, address, 4);
	made_bytes(&m, "host\0\0\0", 8);
	made_u32(&m, 0);
	made_block_end(&m, at);
	got = made_content(path);
	assert_memory_equal(got.bytes + block_at(&got, 4), m.bytes, m.len);
	made_free(&m);
	made_free(&got);
	free(d);
}

static void the_next_file_tells_all_again(void **state)
{
	struct source one = source("eth0", 1);
	struct sources sources = { &one, 1, NULL };
	struct writer *w = writer(&sources);
	struct packet last;
	struct details *d;

	(void)state;
	put(w, packet(60));
	assert_int_equal(writer_next(w, AT_FDCWD, path, &e), 0);
	assert_int_equal(writer_written(w), 1);
	put(w, packet(70));
	assert_int_equal(writer_flush(w, &e), 0);
	assert_int_equal(writer_written(w), 2);
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(read_back(&last, &d), 1);
	assert_int_equal(last.bytes.cap, 70);
	assert_string_equal(d->interface[0].name, "eth0");
	free(d);
}

static void texts_of_any_length_fit_a_block(void **state)
{
	char *text = malloc(200001);
	struct source one = source(text, 1);
	struct sources sources = { &one, 1, text };
	struct packet last;
	struct details *d;
	struct writer *w;

	(void)state;
	memset(text, 'x', 200000);
	text[200000] = '\0';
	one.description = one.filter = text;
	w = writer(&sources);
	put(w, packet(SNAPLEN_MAX));
	put(w, packet(SNAPLEN_MAX));
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(read_back(&last, &d), 2);
	assert_int_equal(last.bytes.cap, SNAPLEN_MAX);
	assert_int_equal(strlen(d->interface[0].name), 65535);
	assert_int_equal(strlen(d->interface[0].filter), 65534);
	free(d);
	free(text);
}

/* Write packets of many sizes until one fails. Returns the status. */
static int write_many(struct writer *w)
{
	int err = 0;

	for (uint32_t n = 0; n < 60 && !err; n++) {
		struct packet p = packet(n * 701);

		err = writer_put(w, &p, &e);
	}
	return err ? err : writer_flush(w, &e);
}

static void a_full_disk_leaves_whole_blocks_and_their_number(void **state)
{
	struct source one = source("eth0", 1);
	struct sources sources = { &one, 1, NULL };
	struct made head;

	(void)state;
	writer_close(writer(&sources), &e);
	head = made_content(path);
	one.counted_at = 1;
	for (rlim_t limit = head.len; limit < 1200000; limit += limit < 3000 ? 13 : 12345) {
		struct writer *w = writer(&sources);
		struct packet last;
		struct details *d;
		uint64_t written;

		limit_files(limit);
		assert_int_equal(write_many(w), -STATUS_WRITE);
		limit_files(RLIM_INFINITY);
		written = writer_written(w);
		assert_int_equal(writer_close(w, &e), -STATUS_WRITE);
		assert_int_equal(read_back(&last, &d), written);
		free(d);
	}
	made_free(&head);
}

static void a_name_says_the_format(void **state)
{
	static const struct { const char *name; enum writer_format format; } cases[] = {
		{ "a.pcapng", WRITER_PCAPNG }, { "/tmp/x.y/a.ntar", WRITER_PCAPNG }, { "a.pcap", WRITER_PCAP },
		{ "pcapng", WRITER_PCAP }, { ".pcapng", WRITER_PCAP }, { "a.pcapng/b", WRITER_PCAP }, { "-", WRITER_PCAP },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(writer_format_of(cases[i].name, WRITER_PCAP), cases[i].format);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packet_block_is_as_the_draft_has_it),
		cmocka_unit_test(what_is_put_is_read_back),
		cmocka_unit_test(interfaces_are_told_with_all_that_is_known),
		cmocka_unit_test(an_interface_that_joins_is_told_before_its_first_packet),
		cmocka_unit_test(link_types_without_a_name_have_an_interface_each),
		cmocka_unit_test(names_of_hosts_are_told),
		cmocka_unit_test(the_next_file_tells_all_again),
		cmocka_unit_test(texts_of_any_length_fit_a_block),
		cmocka_unit_test(a_full_disk_leaves_whole_blocks_and_their_number),
		cmocka_unit_test(a_name_says_the_format),
	};

	return cmocka_run_group_tests(tests, make_path, remove_path);
}
