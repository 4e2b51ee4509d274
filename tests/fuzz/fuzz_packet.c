/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_packet.c - libFuzzer over reader, decoders, fields, lines, trees and objects
 *
 * An input whose first byte is odd is a file behind it; else a packet behind a link type (two
 * bytes) and how to print it (one byte). What is printed must be safe for a terminal.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/reader.h"
#include "decode/catalog.h"
#include "decode/checksum.h"
#include "decode/track/seqs.h"
#include "ui/json.h"
#include "ui/tree.h"
#include "ui/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { HEAD = 4 };

static const uint16_t linktypes[] = {
	LINKTYPE_ETHERNET, LINKTYPE_NULL, LINKTYPE_RAW, LINKTYPE_LOOP, LINKTYPE_LINUX_SLL,
	LINKTYPE_IPV4, LINKTYPE_IPV6, LINKTYPE_LINUX_SLL2,
};

static struct seqs seqs;
static struct json json;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	proto_init();
	catalog_init();
	json_open(&json);
	seqs_init(&seqs, (const uint64_t[]){ 1, 2 });
	return 0;
}

static void check_text(const char *text, const char *end)
{
	for (; text < end; text++)
		if ((*text < 0x20 && *text != '\n' && *text != '\t') || *text == 0x7f)
			abort();
}

static void print_packet(struct line *l, const struct packet *p)
{
	size_t room = line_room(l, p);
	char *text = malloc(room);
	struct out o = { text, text + room };

	if (!text)
		abort();
	line_put(l, &o, p);
	check_text(text, o.at);
	free(text);
}

static void print_tree(struct line *l, const struct packet *p, bool bytes)
{
	size_t room = tree_room(l, p);
	char *text = malloc(room);
	struct out o = { text, text + room };

	if (!text)
		abort();
	tree_put(l, &o, p, bytes);
	check_text(text, o.at);
	free(text);
}

static void print_object(struct line *l, const struct packet *p)
{
	size_t room = json_room(l, p);
	char *text = malloc(room);
	struct out o = { text, text + room };

	if (!text)
		abort();
	json_put(&json, l, &o, p);
	check_text(text, o.at);
	if (o.at - text < 2 || memcmp(o.at - 2, "}\n", 2) != 0)
		abort();
	free(text);
}

static void walk_fields(const struct packet *p)
{
	static char text[1 << 18];
	struct view v = { 0 };
	struct decoded d;

	decode(&d, p->bytes, proto_by(BY_LINKTYPE, p->linktype));
	while (view_next(&v, &d)) {
		struct value x = { 0 };

		while (view_value(&v, &x)) {
			struct out o = { text, text + sizeof(text) };

			value_text(&o, &x, &v, &d);
			check_text(text, o.at);
		}
	}
	for (uint32_t i = 0; i < d.count; i++)
		checksum_verify(&d, i, NULL);
}

static void take_packet(uint8_t form, const struct packet *p)
{
	struct line l = {
		.times = { .utc = true, .form = form & 3 },
		.brief = {
			.seqs = form & 4 ? &seqs : NULL,
			.verbose = form >> 3 & 3,
			.quiet = form & 0x20,
			.link = form & 0x40,
		},
		.dump = form & 0x80 ? DUMP_BOTH_LINK : DUMP_NONE,
	};

	print_packet(&l, p);
	walk_fields(p);
	l.dump = DUMP_NONE;
	print_tree(&l, p, form & 1);
	print_object(&l, p);
}

static void take_file(const uint8_t *data, size_t size)
{
	char path[32];
	struct reader *r;
	struct error e;
	struct batch b;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (reader_open(&r, path, &e) == 0) {
		while (reader_next(r, &b, &e) > 0)
			for (uint32_t i = 0; i < b.count; i++)
				take_packet((uint8_t)i, &b.packet[i]);
		reader_close(r);
	}
	close(fd);
}

/* In a buffer of its own size, so that a byte too far is seen. */
static void take_bytes(const uint8_t *data, size_t size)
{
	uint32_t len = (uint32_t)(size - HEAD);
	uint8_t *bytes = malloc(len + !len);
	struct packet p = {
		.linktype = linktypes[data[1] % (sizeof(linktypes) / sizeof(linktypes[0]))],
		.bytes = { bytes, len, len + (data[2] & 1 ? 1000u : 0) },
		.sec = 1,
	};

	if (!bytes)
		abort();
	memcpy(bytes, data + HEAD, len);
	take_packet(data[3], &p);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD)
		return 0;
	if (data[0] & 1)
		take_file(data + 1, size - 1);
	else
		take_bytes(data, size);
	return 0;
}
