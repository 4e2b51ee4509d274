/* SPDX-License-Identifier: BSD-2-Clause */
/* test_pcap_write.c - pcap files: byte for byte, and whole where the disk is full */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "capture/codec.h"
#include "capture/reader.h"
#include "capture/writer.h"
#include "tests/unit/made.h"

static char folder[] = "/tmp/ringtail_write.XXXXXX";
static struct error e;

static const char *in_folder(const char *name)
{
	static char path[2][128];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder, name);
	return path[turn];
}

static void assert_content(const char *path, struct made *expected)
{
	struct made m = made_content(path);

	assert_int_equal(m.len, expected->len);
	assert_memory_equal(m.bytes, expected->bytes, m.len);
	made_free(&m);
	made_free(expected);
}

static const struct packet *packet(int64_t sec, uint64_t nsec, uint32_t cap, uint8_t value)
{
	static uint8_t bytes[300000];
	static struct packet p;

	memset(bytes, value, cap);
	p = (struct packet){ .bytes = { bytes, cap, cap + 7 }, .sec = sec, .nsec = nsec, .linktype = 1 };
	return &p;
}

static int open_writer(struct writer **w, const char *path, uint16_t linktype, uint32_t snaplen, bool nano)
{
	struct writer_options options = { .nano = nano, .linktype = linktype, .snaplen = snaplen };

	return writer_open(w, &options, AT_FDCWD, path, &e);
}

static struct writer *writer(const char *path, uint16_t linktype, bool nano)
{
	struct writer *w;

	assert_int_equal(open_writer(&w, path, linktype, 262144, nano), 0);
	return w;
}

static void assert_whole(const char *path, uint64_t packets)
{
	struct reader *r;
	struct batch b;
	uint64_t count = 0;
	int n;

	assert_int_equal(reader_open(&r, path, &e), 0);
	while ((n = reader_next(r, &b, &e)) > 0)
		count += (uint64_t)n;
	assert_int_equal(n, 0);
	assert_int_equal(count, packets);
	reader_close(r);
}

static void times_are_written_in_the_file_s_unit(void **state)
{
	(void)state;
	for (int nano = 0; nano < 2; nano++) {
		const char *path = in_folder("times");
		struct writer *w = writer(path, 1, nano);
		struct made m = { 0 };

		assert_int_equal(writer_put(w, packet(5, 123456789, 60, 1), &e), 0);
		assert_int_equal(writer_close(w, &e), 0);
		made_pcap(&m, nano ? 0xa1b23c4d : 0xa1b2c3d4, 4, 1);
		made_record(&m, 5, nano ? 123456789 : 123456, 60, 67, 1);
		assert_content(path, &m);
	}
}

static void records_are_what_libpcap_writes(void **state)
{
	(void)state;
	for (int nano = 0; nano < 2; nano++) {
		const char *path = in_folder("ours"), *theirs = in_folder("theirs");
		struct writer *w = writer(path, 1, nano);
		pcap_t *pcap = pcap_open_dead_with_tstamp_precision(1, 262144, nano ? PCAP_TSTAMP_PRECISION_NANO :
										     PCAP_TSTAMP_PRECISION_MICRO);
		pcap_dumper_t *dumper = pcap_dump_open(pcap, theirs);
		struct made m;

		assert_non_null(dumper);
		for (uint32_t cap = 0; cap <= 262144; cap = cap * 3 + 1) {
			const struct packet *p = packet(1700000000 + cap, cap * 3001 + 999, cap, (uint8_t)cap);
			struct pcap_pkthdr header = { { p->sec, (suseconds_t)(nano ? p->nsec : p->nsec / 1000) }, cap, cap + 7 };

			assert_int_equal(writer_put(w, p, &e), 0);
			pcap_dump((u_char *)dumper, &header, p->bytes.ptr);
		}
		assert_int_equal(writer_close(w, &e), 0);
		pcap_dump_close(dumper);
		pcap_close(pcap);
		m = made_content(theirs);
		assert_content(path, &m);
	}
}

static void damaged_times_and_any_link_type_are_written_as_read(void **state)
{
	static const uint16_t linktypes[] = { 0, 1, 12, 101, 276, 5555, 65535 };

	(void)state;
	for (size_t i = 0; i < sizeof(linktypes) / sizeof(linktypes[0]); i++) {
		const char *path = in_folder("linktype");
		struct writer *w = writer(path, linktypes[i], false);
		struct made m = { 0 };
		struct packet p = *packet(UINT32_MAX, UINT64_C(4294967295) * 1000, 0, 0);

		p.linktype = linktypes[i];
		assert_int_equal(writer_put(w, &p, &e), 0);
		assert_int_equal(writer_close(w, &e), 0);
		made_pcap(&m, 0xa1b2c3d4, 4, linktypes[i]);
		made_record(&m, UINT32_MAX, UINT32_MAX, 0, 7, 0);
		assert_content(path, &m);
	}
}

static void a_packet_of_another_link_type_is_refused(void **state)
{
	const char *path = in_folder("other");
	struct writer *w = writer(path, 1, false);
	struct packet other = *packet(1, 1, 60, 1);

	(void)state;
	other.linktype = 101;
	assert_int_equal(writer_put(w, packet(1, 1, 60, 1), &e), 0);
	assert_int_equal(writer_put(w, &other, &e), -STATUS_WRITE);
	assert_non_null(strstr(e.text, "one link type, here 1: no room for a packet of 101"));
	assert_int_equal(writer_close(w, &e), 0);
	assert_whole(path, 1);
}

static void a_flush_brings_all_packets_to_the_file(void **state)
{
	const char *path = in_folder("flush");
	struct writer *w = writer(path, 1, false);
	struct stat st;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 24);
	for (uint32_t n = 1; n <= 3; n++) {
		assert_int_equal(writer_put(w, packet(1, 1, 84, 1), &e), 0);
		assert_int_equal(writer_written(w), n - 1);
		assert_int_equal(writer_flush(w, &e), 0);
		assert_int_equal(writer_written(w), n);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_size, 24 + 100 * n);
	}
	assert_int_equal(writer_close(w, &e), 0);
}

/* Write packets of many sizes to path until one fails. Returns the status. */
static int write_many(struct writer *w)
{
	int err = 0;

	for (uint32_t n = 0; n < 60 && !err; n++)
		err = writer_put(w, packet(1, 1, n * 701, (uint8_t)n), &e);
	return err ? err : writer_flush(w, &e);
}

static void a_full_disk_leaves_whole_packets_and_their_number(void **state)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	const char *path = in_folder("full");
	char words[80];

	(void)state;
	for (rlim_t limit = 24; limit < 1200000; limit += limit < 3000 ? 1 : 12345) {
		struct rlimit some = { limit, RLIM_INFINITY };
		struct writer *w = writer(path, 1, false);

		assert_int_equal(setrlimit(RLIMIT_FSIZE, &some), 0);
		assert_int_equal(write_many(w), -STATUS_WRITE);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
		assert_int_equal(writer_errno(w), EFBIG);
		snprintf(words, sizeof(words), ": File too large (%ju packets are in the file)",
			 (uintmax_t)writer_written(w));
		assert_non_null(strstr(e.text, words));
		assert_int_equal(writer_put(w, packet(1, 1, 1, 1), &e), -STATUS_WRITE);
		snprintf(words, sizeof(words), "%ju", (uintmax_t)writer_written(w));
		assert_int_equal(writer_close(w, &e), -STATUS_WRITE);
		assert_whole(path, strtoull(words, NULL, 10));
	}
}

static void a_full_device_is_said_at_once(void **state)
{
	struct writer *w;

	(void)state;
	assert_int_equal(open_writer(&w, "/dev/full", 1, 262144, false), -STATUS_WRITE);
	assert_string_equal(e.text, "/dev/full: No space left on device (0 packets were written)");
}

static void devices_and_fifos_are_written_to(void **state)
{
	struct writer *w = writer("/dev/null", 1, false);
	const char *path = in_folder("fifo");
	struct made m = { 0 }, got = { 0 };
	uint8_t bytes[200];
	int fd;

	(void)state;
	assert_int_equal(write_many(w), 0);
	assert_int_equal(writer_written(w), 60);
	assert_int_equal(writer_close(w, &e), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	w = writer(path, 1, false);
	assert_int_equal(writer_put(w, packet(1, 1000, 50, 1), &e), 0);
	assert_int_equal(writer_close(w, &e), 0);
	made_bytes(&got, bytes, (size_t)read(fd, bytes, sizeof(bytes)));
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	made_record(&m, 1, 1, 50, 57, 1);
	assert_int_equal(got.len, m.len);
	assert_memory_equal(got.bytes, m.bytes, m.len);
	close(fd);
	made_free(&m);
	made_free(&got);
}

static void a_new_file_is_private_and_an_old_one_is_replaced(void **state)
{
	const char *path = in_folder("new");
	struct made m = { 0 };
	struct stat st;
	int fd;

	(void)state;
	umask(0);
	writer_close(writer(path, 1, false), &e);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "what was there before", 21), 21);
	close(fd);
	writer_close(writer(path, 1, false), &e);
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	assert_content(path, &m);
}

static void refused(const char *path, const char *words)
{
	struct writer *w;

	assert_int_equal(open_writer(&w, path, 1, 262144, false), -STATUS_WRITE);
	if (!strstr(e.text, words))
		fail_msg("\"%s\" does not say \"%s\"", e.text, words);
}

static void links_and_other_people_s_files_are_refused(void **state)
{
	const char *victim = in_folder("victim"), *link_path = in_folder("link");
	struct made m = { 0 };
	int fd = open(victim, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_int_equal(write(fd, "precious", 8), 8);
	close(fd);
	assert_int_equal(symlink(victim, link_path), 0);
	refused(link_path, "is a symbolic link");
	unlink(link_path);
	assert_int_equal(link(victim, link_path), 0);
	refused(link_path, "hard link");
	unlink(link_path);
	if (geteuid() == 0) {
		assert_int_equal(chown(victim, 12345, 12345), 0);
		refused(victim, "belongs to another user");
	}
	made_bytes(&m, "precious", 8);
	assert_content(victim, &m);
	refused("/nowhere/x.pcap", "No such file or directory");
	refused("/tmp", "Is a directory");
}

static void a_closed_pipe_is_told_by_its_errno(void **state)
{
	struct writer *w;
	int fd;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(mkfifo(in_folder("closed"), 0600), 0);
	fd = open(in_folder("closed"), O_RDONLY | O_NONBLOCK);
	w = writer(in_folder("closed"), 1, false);
	close(fd);
	assert_int_equal(writer_put(w, packet(1, 1, 1, 1), &e), 0);
	assert_int_equal(writer_flush(w, &e), -STATUS_WRITE);
	assert_int_equal(writer_errno(w), EPIPE);
	assert_int_equal(writer_close(w, &e), -STATUS_WRITE);
}

/* Copy the capture at path; its header's time zone, accuracy and FCS length are not kept. */
static void copy_equals(const char *path)
{
	const char *to = in_folder("copy");
	struct made original = made_content(path);
	struct writer *w;
	struct reader *r;
	struct batch b;
	int n;

	assert_int_equal(reader_open(&r, path, &e), 0);
	assert_int_equal(open_writer(&w, to, reader_linktype(r), reader_snaplen(r), reader_nano(r)), 0);
	while ((n = reader_next(r, &b, &e)) > 0)
		for (int i = 0; i < n; i++)
			assert_int_equal(writer_put(w, &b.packet[i], &e), 0);
	assert_int_equal(n, 0);
	reader_close(r);
	assert_int_equal(writer_close(w, &e), 0);
	assert_content(to, &original);
}

static void copies_of_the_corpus_are_the_same_bytes(void **state)
{
	const char *corpus = "../shared/corpus/pcap";
	DIR *dir = opendir(corpus);
	struct dirent *entry;
	int copied = 0;

	(void)state;
	if (!dir)
		skip();
	while ((entry = readdir(dir))) {
		char path[512];
		struct made m;
		uint32_t magic = 0;

		snprintf(path, sizeof(path), "%s/%s", corpus, entry->d_name);
		m = made_content(path);
		if (m.len >= 24)
			memcpy(&magic, m.bytes, sizeof(magic));
		made_free(&m);
		if (magic != 0xa1b2c3d4 && magic != 0xa1b23c4d)
			continue;
		copy_equals(path);
		copied++;
	}
	closedir(dir);
	assert_true(copied > 0);
}

/* A capture of records of many sizes, some larger than what is written at once. */
static const char *many_sizes(uint32_t magic)
{
	const char *path = in_folder("sizes");
	struct made m = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	made_pcap(&m, magic, 4, 1);
	for (uint32_t n = 0; n < 700; n++) {
		uint32_t cap = n % 70 == 69 ? 1000 * n / 3 : n * 7 % 1500;

		made_record(&m, n, n * 1000, cap, cap + n % 3, (uint8_t)n);
	}
	assert_int_equal(write(fd, m.bytes, m.len), (ssize_t)m.len);
	close(fd);
	made_free(&m);
	return path;
}

/* Copy the packets of path but each number `without` of them, many at once or one by one. Returns how many. */
static uint64_t copy_some(const char *path, const char *to, uint32_t without, bool nano, bool at_once)
{
	struct writer *w = writer(to, 1, nano);
	uint64_t written;
	struct reader *r;
	struct batch b;
	int n;

	assert_int_equal(reader_open(&r, path, &e), 0);
	assert_true(reader_has_records(r));
	while ((n = reader_next(r, &b, &e)) > 0) {
		uint32_t kept = 0;

		for (int i = 0; i < n; i++)
			if (b.packet[i].sec % without != 0)
				b.packet[kept++] = b.packet[i];
		if (at_once)
			assert_int_equal(writer_put_stored(w, b.packet, kept, &e), 0);
		for (uint32_t i = 0; !at_once && i < kept; i++)
			assert_int_equal(writer_put(w, &b.packet[i], &e), 0);
	}
	assert_int_equal(n, 0);
	assert_int_equal(writer_flush(w, &e), 0);
	written = writer_written(w);
	assert_int_equal(writer_close(w, &e), 0);
	reader_close(r);
	return written;
}

static void stored_packets_are_written_at_once_as_one_by_one(void **state)
{
	static const uint32_t magics[] = { 0xa1b2c3d4, 0xa1b23c4d };

	(void)state;
	for (size_t m = 0; m < 2; m++) {
		for (uint32_t without = 1; without < 1000; without = without * 3 + 1) {
			char path[128], one[128], all[128];

			snprintf(path, sizeof(path), "%s", many_sizes(magics[m]));
			snprintf(one, sizeof(one), "%s/one", folder);
			snprintf(all, sizeof(all), "%s/all", folder);
			for (int nano = 0; nano < 2; nano++) {
				struct made expected;
				uint64_t n = copy_some(path, one, without, nano, false);

				assert_int_equal(copy_some(path, all, without, nano, true), n);
				expected = made_content(one);
				assert_content(all, &expected);
			}
		}
	}
}

/* Many together are more than the writer gathers. */
static void large_stored_packets_are_compressed_as_they_are(void **state)
{
	const char *path = in_folder("large");
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct writer_options options = { .codec = codec_of_name("x.zst"), .linktype = 1, .snaplen = 262144 };
	struct made m = { 0 };
	struct writer *w;
	struct reader *r;
	struct batch b;
	char to[128];
	int n;

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < 100; i++)
		made_record(&m, i, i, 30000, 30000, (uint8_t)i);
	assert_int_equal(write(fd, m.bytes, m.len), (ssize_t)m.len);
	close(fd);
	made_free(&m);
	snprintf(to, sizeof(to), "%s/large.zst", folder);
	assert_int_equal(writer_open(&w, &options, AT_FDCWD, to, &e), 0);
	assert_int_equal(reader_open(&r, path, &e), 0);
	while ((n = reader_next(r, &b, &e)) > 0)
		assert_int_equal(writer_put_stored(w, b.packet, (uint32_t)n, &e), 0);
	reader_close(r);
	assert_int_equal(writer_close(w, &e), 0);
	assert_whole(to, 100);
}

static void a_full_disk_leaves_whole_stored_packets(void **state)
{
	const struct rlimit everything = { RLIM_INFINITY, RLIM_INFINITY };
	struct made all = made_content(many_sizes(0xa1b2c3d4));
	char path[128], full[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/sizes", folder);
	snprintf(full, sizeof(full), "%s/full", folder);
	for (rlim_t limit = 24; limit < all.len; limit += limit < 2000 ? 61 : 12345) {
		struct rlimit some = { limit, RLIM_INFINITY };
		struct writer *w;
		uint64_t written;
		struct reader *r;
		struct batch b;
		int n, rc = 0;

		w = writer(full, 1, false);
		assert_int_equal(reader_open(&r, path, &e), 0);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &some), 0);
		while (!rc && (n = reader_next(r, &b, &e)) > 0)
			rc = writer_put_stored(w, b.packet, (uint32_t)n, &e);
		if (!rc)
			rc = writer_flush(w, &e);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &everything), 0);
		assert_int_equal(rc, -STATUS_WRITE);
		written = writer_written(w);
		assert_int_equal(writer_close(w, &e), -STATUS_WRITE);
		assert_whole(full, written);
		reader_close(r);
	}
	made_free(&all);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	(void)state;
	while ((entry = readdir(dir)))
		unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_written_in_the_file_s_unit),
		cmocka_unit_test(records_are_what_libpcap_writes),
		cmocka_unit_test(damaged_times_and_any_link_type_are_written_as_read),
		cmocka_unit_test(a_packet_of_another_link_type_is_refused),
		cmocka_unit_test(a_flush_brings_all_packets_to_the_file),
		cmocka_unit_test(a_full_disk_leaves_whole_packets_and_their_number),
		cmocka_unit_test(stored_packets_are_written_at_once_as_one_by_one),
		cmocka_unit_test(large_stored_packets_are_compressed_as_they_are),
		cmocka_unit_test(a_full_disk_leaves_whole_stored_packets),
		cmocka_unit_test(a_full_device_is_said_at_once),
		cmocka_unit_test(devices_and_fifos_are_written_to),
		cmocka_unit_test(a_new_file_is_private_and_an_old_one_is_replaced),
		cmocka_unit_test(links_and_other_people_s_files_are_refused),
		cmocka_unit_test(a_closed_pipe_is_told_by_its_errno),
		cmocka_unit_test(copies_of_the_corpus_are_the_same_bytes),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
