/* SPDX-License-Identifier: BSD-2-Clause */
/* test_store.c - packets of a stored file, and live ones, by their numbers */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <zlib.h>
#include <sys/wait.h>

#include "capture/channel.h"
#include "capture/store.h"
#include "capture/tape.h"
#include "tests/unit/made.h"
#include "tests/unit/stored.h"

static struct store *open_store(const char *path, struct filter *filter)
{
	struct reader *r;
	struct store *s;
	struct error e;

	if (reader_open(&r, path, &e))
		return NULL;
	assert_int_equal(store_open(&s, r, filter, &e), 0);
	return s;
}

static struct store *open_whole(const char *path, struct filter *filter)
{
	struct store *s = open_store(path, filter);

	while (s && store_extend(s))
		;
	return s;
}

/* What a reader lent, copied. */
struct kept {
	struct packet packet;
	uint8_t *bytes;
	char name[32];
};

static uint32_t read_all(const char *path, struct kept *kept, uint32_t max, struct error *e, int *status)
{
	struct reader *r;
	struct batch b;
	uint32_t n = 0;

	assert_int_equal(reader_open(&r, path, e), 0);
	while ((*status = reader_next(r, &b, e)) > 0) {
		for (uint32_t i = 0; i < b.count; i++, n++) {
			const char *name = reader_interface(r, &b.packet[i]);

			assert_true(n < max);
			kept[n].packet = b.packet[i];
			kept[n].bytes = malloc(b.packet[i].bytes.cap + 1);
			slice_copy(kept[n].bytes, b.packet[i].bytes, b.packet[i].bytes.cap);
			snprintf(kept[n].name, sizeof(kept[n].name), "%s", name ? name : "");
		}
	}
	reader_close(r);
	return n;
}

static void assert_same(const struct store *s, const struct packet *p, const struct kept *k)
{
	const char *name = store_interface(s, p);

	assert_int_equal(p->bytes.cap, k->packet.bytes.cap);
	assert_int_equal(p->bytes.wire, k->packet.bytes.wire);
	assert_memory_equal(p->bytes.ptr, k->bytes, p->bytes.cap);
	assert_int_equal((uint64_t)p->sec * 1000000000 + p->nsec,
			 (uint64_t)k->packet.sec * 1000000000 + k->packet.nsec);
	assert_true(p->nsec < 1000000000);
	assert_int_equal(p->interface, k->packet.interface);
	assert_int_equal(p->linktype, k->packet.linktype);
	assert_int_equal(p->flags, k->packet.flags);
	assert_string_equal(name ? name : "", k->name);
}

#define KEPT_MAX 20000

/* Of one file, from the last to the first, so that each look is elsewhere. */
static void compare(const char *path)
{
	static struct kept kept[KEPT_MAX];
	struct store *s = open_whole(path, NULL);
	struct window w;
	struct error e;
	uint32_t n;
	int status;

	if (!s)
		return;
	assert_true(window_open(&w, 4096));
	n = read_all(path, kept, KEPT_MAX, &e, &status);
	assert_int_equal(store_count(s), n);
	assert_int_equal(store_progress(s), 100);
	if (status < 0)
		assert_string_equal(store_damage(s), e.text);
	else
		assert_null(store_damage(s));
	while (n-- > 0) {
		struct packet p;

		assert_true(store_packet(s, &w, n, &p));
		assert_int_equal(p.number, n + 1);
		assert_same(s, &p, &kept[n]);
		free(kept[n].bytes);
	}
	window_close(&w);
	store_close(s);
}

/* The same of the file when it is compressed. */
static void compare_compressed(const char *path)
{
	char to[] = "/tmp/ringtail-test-XXXXXX";
	gzFile gz = gzdopen(mkstemp(to), "wb1");
	FILE *from = fopen(path, "r");
	char bytes[65536];
	size_t n;

	assert_true(gz && from);
	while ((n = fread(bytes, 1, sizeof(bytes), from)) > 0)
		assert_int_equal(gzwrite(gz, bytes, (unsigned)n), n);
	fclose(from);
	assert_int_equal(gzclose(gz), Z_OK);
	compare(to);
	unlink(to);
}

static bool compare_both(const char *path)
{
	compare(path);
	compare_compressed(path);
	return true;
}

static void every_capture_has_the_packets_that_its_reader_lends(void **state)
{
	(void)state;
	each_capture(compare_both);
}

/* A packet a microsecond, of 1 to 64 bytes that are all its number. */
static void many(struct made *m, uint32_t n)
{
	made_pcap(m, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < n; i++)
		made_record(m, 1000 + i / 1000000, i % 1000000, 1 + i % 64, 100, (uint8_t)i);
}

static void many_packets_are_known_bit_by_bit(void **state)
{
	struct made m = { 0 };
	struct window w;
	struct store *s;
	uint32_t known = 0, progress = 0;

	(void)state;
	many(&m, 200000);
	s = open_store(made_file(&m, m.len), NULL);
	assert_true(window_open(&w, 65536));
	assert_int_equal(store_count(s), 0);
	assert_true(store_progress(s) < 100);
	while (store_extend(s)) {
		assert_true(store_count(s) > known && store_count(s) - known <= 2048);
		known = store_count(s);
		assert_true(store_progress(s) >= progress && store_progress(s) < 100);
		progress = store_progress(s);
	}
	assert_int_equal(store_count(s), 200000);
	assert_int_equal(store_bytes(s), 20000000);
	for (uint32_t i = 0; i < 200000; i += 7) {
		struct packet p;

		assert_true(store_packet(s, &w, i, &p));
		assert_int_equal(p.bytes.cap, 1 + i % 64);
		assert_int_equal(slice_u8(p.bytes, i % 64), (uint8_t)i);
		assert_int_equal(store_time(s, i), 1000000000000 + i * INT64_C(1000));
	}
	window_close(&w);
	store_close(s);
	made_free(&m);
}

static void a_file_that_was_cut_meanwhile_shows_what_is_left(void **state)
{
	struct made m = { 0 };
	struct window w;
	struct store *s;
	struct packet p;
	const char *path;

	(void)state;
	many(&m, 1000);
	path = made_file(&m, m.len);
	s = open_whole(path, NULL);
	assert_true(window_open(&w, 1000));
	assert_int_equal(truncate(path, 24 + 16 + 1 + 16 + 1), 0);
	assert_true(store_packet(s, &w, 0, &p));
	assert_int_equal(slice_u8(p.bytes, 0), 0);
	assert_false(store_packet(s, &w, 1, &p));
	assert_int_equal(p.bytes.cap, 1);
	assert_int_equal(slice_u8(p.bytes, 0), 1);
	assert_false(store_packet(s, &w, 999, &p));
	assert_int_equal(p.bytes.cap, 0);
	assert_int_equal(p.bytes.wire, 100);
	window_close(&w);
	store_close(s);
	made_free(&m);
}

static void a_filter_leaves_the_others_out(void **state)
{
	struct made m = { 0 };
	struct filter *f;
	struct window w;
	struct store *s;
	struct packet p;
	struct error e;

	(void)state;
	many(&m, 640);
	assert_int_equal(filter_open(&f, "ether[0] == 63", 1, 65535, &e), 0);
	s = open_whole(made_file(&m, m.len), f);
	assert_true(window_open(&w, 1000));
	assert_int_equal(store_count(s), 3);
	assert_true(store_packet(s, &w, 2, &p));
	assert_int_equal(slice_u8(p.bytes, 0), 63);
	assert_int_equal(p.number, 3);
	window_close(&w);
	store_close(s);
	filter_close(f);
	made_free(&m);
}

static void marks_change_nothing_else(void **state)
{
	struct store *s = open_whole("pcaps/dns.pcap", NULL);

	(void)state;
	store_mark(s, 1, true);
	assert_true(store_marked(s, 1));
	assert_false(store_marked(s, 0));
	assert_false(store_marked(s, 2));
	store_mark(s, 1, false);
	assert_false(store_marked(s, 1));
	store_close(s);
}

/* A keeper's end: packets are put on the tape as it does. The reader shares its mapping, which a child could not. */
struct source {
	struct tape tape;
	struct feed feed;
	int channel;
	uint32_t put;
};

static void source_open(struct source *k, uint64_t bytes, int64_t span)
{
	struct error e;
	int ends[2];

	*k = (struct source){ 0 };
	assert_int_equal(tape_open(&k->tape, bytes, span, &e), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	k->channel = ends[0];
	k->feed = (struct feed){ .channel = ends[1], .tape = &k->tape };
}

/* n packets of length bytes, all of them their number's last byte, a second after each other. */
static void put(struct source *k, uint32_t n, uint32_t length)
{
	static uint8_t bytes[SNAPLEN_MAX];

	for (uint32_t i = 0; i < n; i++, k->put++) {
		struct packet p = {
			.bytes = { bytes, length, length + 1 }, .sec = 1000 + k->put, .nsec = k->put, .linktype = 1,
			.flags = PACKET_OUT,
		};

		memset(bytes, (int)k->put & 0xff, length);
		tape_put(&k->tape, &p);
	}
}

static struct store *store_of(struct source *k)
{
	struct store *s;
	struct error e;

	assert_int_equal(store_open_live(&s, &k->feed, &e), 0);
	return s;
}

static void source_close(struct source *k)
{
	tape_close(&k->tape);
	close(k->channel);
	close(k->feed.channel);
}

static void assert_live(const struct store *s, uint32_t n, uint32_t length)
{
	static uint8_t bytes[SNAPLEN_MAX];
	struct window w = { .bytes = bytes };
	struct packet p;

	assert_true(store_packet(s, &w, n, &p));
	assert_int_equal(p.number, n + 1);
	assert_int_equal(p.bytes.cap, length);
	assert_int_equal(p.bytes.wire, length + 1);
	assert_int_equal(p.sec, 1000 + n);
	assert_int_equal(p.nsec, n);
	assert_int_equal(p.linktype, 1);
	assert_int_equal(p.flags, PACKET_OUT);
	for (uint32_t i = 0; i < length; i += length / 8 + 1)
		assert_int_equal(slice_u8(p.bytes, i), n & 0xff);
}

static void live_packets_are_kept_until_others_need_their_place(void **state)
{
	static const uint32_t lengths[] = { 60, 1514, 64, 9000, 60000, 1, SNAPLEN_MAX, 0 };
	enum { LENGTHS = sizeof(lengths) / sizeof(lengths[0]) };
	uint32_t length_of[LENGTHS * 300], total = 0;
	struct source k;
	struct store *s;

	(void)state;
	source_open(&k, TAPE_MIN, 0);
	s = store_of(&k);
	assert_true(store_is_live(s));
	assert_int_equal(store_extend(s), 0);
	assert_int_equal(store_count(s), 0);
	for (uint32_t round = 0; round < LENGTHS * 3; round++) {
		uint64_t bytes = 0;

		put(&k, 100, lengths[round % LENGTHS]);
		assert_int_equal(store_count(s), total);	/* until it is asked for */
		store_extend(s);
		for (uint32_t i = 0; i < 100; i++)
			length_of[total++] = lengths[round % LENGTHS];
		assert_int_equal(store_count(s), total);
		assert_true(store_first(s) < total);
		for (uint32_t n = store_first(s); n < total; n++) {
			assert_live(s, n, length_of[n]);
			bytes += length_of[n];
		}
		assert_true(bytes <= k.tape.size && k.tape.whole <= TAPE_MIN);
		/* Nothing is forgotten too early: one packet more, and the gap at the ring's end, did not fit. */
		if (store_first(s) > 0)
			assert_true(bytes + length_of[store_first(s) - 1] + SNAPLEN_MAX > k.tape.size);
	}
	assert_int_equal(store_began(s), 1000000000000);
	assert_true(store_first(s) > 0);
	assert_false(store_has_ended(s));
	shutdown(k.channel, SHUT_WR);
	put(&k, 1, 60);
	assert_int_equal(store_extend(s), 0);
	assert_true(store_has_ended(s));
	assert_int_equal(store_count(s), total + 1);
	store_close(s);
	source_close(&k);
}

static void many_small_live_packets_are_bounded_too(void **state)
{
	struct source k;
	struct store *s;

	(void)state;
	source_open(&k, TAPE_MIN, 0);
	s = store_of(&k);
	put(&k, 200000, 1);
	store_extend(s);
	assert_int_equal(store_count(s), 200000);
	assert_int_equal(store_count(s) - store_first(s), k.tape.room);
	assert_int_equal(tape_fill(&k.tape), 100);
	assert_live(s, store_first(s), 1);
	assert_live(s, 199999, 1);
	store_close(s);
	source_close(&k);
}

static void packets_of_an_age_go(void **state)
{
	struct source k;
	struct store *s;

	(void)state;
	source_open(&k, TAPE_MIN, 10 * INT64_C(1000000000));
	s = store_of(&k);
	put(&k, 10, 100);
	store_extend(s);
	assert_int_equal(store_first(s), 0);
	put(&k, 90, 100);
	store_extend(s);
	assert_int_equal(store_first(s), 90);	/* 10 s and 10 ns before the last came the one before */
	assert_live(s, 90, 100);
	put(&k, 100, 60000);			/* the bound of bytes holds too */
	store_extend(s);
	assert_true(store_first(s) > 190 - 1 && store_first(s) < 200);
	put(&k, 5, SNAPLEN_MAX);
	put(&k, 5, SNAPLEN_MAX);
	store_extend(s);
	assert_true(store_count(s) - store_first(s) < 8);
	store_close(s);
	source_close(&k);
}

static void what_was_overwritten_meanwhile_is_not_lent(void **state)
{
	static uint8_t bytes[SNAPLEN_MAX];
	struct window w = { .bytes = bytes };
	struct source k;
	struct store *s;
	struct packet p;

	(void)state;
	source_open(&k, TAPE_MIN, 0);
	s = store_of(&k);
	put(&k, 100, 1000);
	store_extend(s);
	store_mark(s, 99, true);
	put(&k, 50000, 1000);
	assert_int_equal(store_first(s), 0);	/* as it was when it was asked for */
	assert_false(store_packet(s, &w, 99, &p));
	assert_int_equal(p.bytes.cap, 0);
	assert_int_equal(p.number, 100);
	store_extend(s);
	assert_false(store_marked(s, 99 + (uint32_t)k.tape.room));	/* whose mark has the same place */
	store_close(s);
	source_close(&k);
}

static void a_capture_goes_on_when_numbers_run_out(void **state)
{
	struct source k;
	struct store *s;

	(void)state;
	source_open(&k, TAPE_MIN, 0);
	k.tape.count = k.tape.first = UINT32_MAX - UINT64_C(5);
	s = store_of(&k);
	put(&k, 5, 60);
	store_extend(s);
	assert_null(store_damage(s));
	put(&k, 10, 60);
	store_extend(s);
	assert_int_equal(store_count(s), UINT32_MAX);
	assert_non_null(store_damage(s));
	assert_false(store_has_ended(s));
	assert_int_equal(tape_count(&k.tape), UINT32_MAX + UINT64_C(10));
	shutdown(k.channel, SHUT_WR);
	store_extend(s);
	assert_true(store_has_ended(s));
	store_close(s);
	source_close(&k);
}

static void the_keeper_is_told_what_was_seen(void **state)
{
	struct word word;
	struct source k;
	struct store *s;

	(void)state;
	source_open(&k, TAPE_MIN, 0);
	s = store_of(&k);
	put(&k, 7, 60);
	store_extend(s);
	store_extend(s);
	assert_int_equal(recv(k.channel, &word, sizeof(word), 0), sizeof(word));
	assert_int_equal(word.what, WORD_SEEN);
	assert_int_equal(word.packet, 7);
	assert_int_equal(recv(k.channel, &word, sizeof(word), MSG_DONTWAIT), -1);	/* once */
	store_close(s);
	source_close(&k);
}

/* In a child: each packet that is lent is one that was put, whole. Returns what is wrong; 0: nothing. */
static int read_in_a_hurry(struct tape *t)
{
	static uint8_t bytes[SNAPLEN_MAX];
	uint32_t whole = 0, gone = 0;
	struct packet p;

	if (tape_follow(t))
		return 1;
	if (mprotect(t->head, t->whole, PROT_READ | PROT_WRITE) == 0)
		return 2;
	while (whole < 20000 || gone < 10) {
		uint64_t first = tape_first(t), count = tape_count(t);

		/* The oldest are just being overwritten. */
		for (uint64_t n = first; n < count && n < first + 3; n++) {
			if (!tape_copy(t, n, bytes, &p)) {
				gone++;
				continue;
			}
			whole++;
			if (p.sec != 1000 + (int64_t)n || p.bytes.cap != 3000)
				return 3;
			for (uint32_t i = 0; i < 3000; i++)
				if (bytes[i] != (n & 0xff))
					return 4;
		}
	}
	return 0;
}

static void a_packet_that_is_read_while_it_is_overwritten_is_whole_or_not_there(void **state)
{
	struct source k;
	int status;
	pid_t reader;

	(void)state;
	source_open(&k, TAPE_MIN, 0);
	put(&k, 2000, 3000);
	reader = fork();
	if (reader == 0)
		_exit(read_in_a_hurry(&k.tape));
	while (waitpid(reader, &status, WNOHANG) == 0)
		put(&k, 100, 3000);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	source_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_capture_has_the_packets_that_its_reader_lends),
		cmocka_unit_test(many_packets_are_known_bit_by_bit),
		cmocka_unit_test(a_file_that_was_cut_meanwhile_shows_what_is_left),
		cmocka_unit_test(a_filter_leaves_the_others_out),
		cmocka_unit_test(marks_change_nothing_else),
		cmocka_unit_test(live_packets_are_kept_until_others_need_their_place),
		cmocka_unit_test(many_small_live_packets_are_bounded_too),
		cmocka_unit_test(packets_of_an_age_go),
		cmocka_unit_test(what_was_overwritten_meanwhile_is_not_lent),
		cmocka_unit_test(a_capture_goes_on_when_numbers_run_out),
		cmocka_unit_test(the_keeper_is_told_what_was_seen),
		cmocka_unit_test(a_packet_that_is_read_while_it_is_overwritten_is_whole_or_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, made_remove);
}
