/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.c - the fields of a stored capture, one line a packet, as tshark -T fields prints them
 *
 * usage: fields [--decode-as WHAT] FILE NAME... ; the names of Wireshark, found by walking the tables of the
 * protocols. Of a field that is there several times, the first. The exit status is that of ringtail -r.
 */
#include <stdio.h>
#include <stdlib.h>

#include "capture/reader.h"
#include "decode/checksum.h"
#include "ui/decode_as.h"
#include "ui/view.h"

#define COLUMNS_MAX 128

struct column {
	const char *name;
	char text[1024];
	struct out out;
};

static struct column columns[COLUMNS_MAX];
static int count;

static struct column *empty_column(const char *name)
{
	for (struct column *c = columns; c < columns + count; c++)
		if (strcmp(c->name, name) == 0)
			return c->out.at == c->text ? c : NULL;
	return NULL;
}

static void number(const char *name, uint64_t value)
{
	struct column *c = empty_column(name);

	if (c)
		out_dec(&c->out, value);
}

static void of_the_frame(const struct packet *p, uint64_t n)
{
	struct column *c = empty_column("frame.time_epoch");

	number("frame.number", n);
	number("frame.len", p->bytes.wire);
	number("frame.cap_len", p->bytes.cap);
	if (c) {
		out_signed(&c->out, p->sec);
		out_char(&c->out, '.');
		out_dec_pad(&c->out, p->nsec, 9);
	}
}

/* Wireshark files the version of IPv6 under "ip.version" too. */
static bool called(const struct value *x, const char *name)
{
	return value_named(x, name) ||
	       (strcmp(name, "ip.version") == 0 && value_named(x, "ipv6.version"));
}

static void of_the_tables(const struct decoded *d)
{
	struct view v = { 0 };

	while (view_next(&v, d)) {
		struct value x = { 0 };

		while (view_value(&v, &x))
			for (struct column *c = columns; c < columns + count; c++)
				if (c->out.at == c->text && called(&x, c->name))
					value_text(&c->out, &x, &v, d);
	}
}

static void of_the_checksums(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		char name[64];

		snprintf(name, sizeof(name), "%s.checksum.status", protos[d->layer[i].proto]->head.name);
		if (empty_column(name))
			number(name, checksum_verify(d, i, NULL));
	}
}

static void print_packet(const struct packet *p, uint64_t n)
{
	struct decoded d;

	for (struct column *c = columns; c < columns + count; c++)
		c->out = (struct out){ c->text, c->text + sizeof(c->text) };
	decode(&d, p->bytes, proto_by(BY_LINKTYPE, p->linktype));
	of_the_frame(p, n);
	of_the_tables(&d);
	of_the_checksums(&d);
	for (struct column *c = columns; c < columns + count; c++)
		printf("%.*s%c", (int)(c->out.at - c->text), c->text, c + 1 < columns + count ? '\t' : '\n');
}

int main(int argc, char **argv)
{
	struct reader *r;
	struct error e;
	struct batch b;
	uint64_t n = 0;
	int rc;

	if (argc > 3 && strcmp(argv[1], "--decode-as") == 0) {
		if (decode_as(argv[2], &e))
			return STATUS_USAGE;
		argc -= 2;
		argv += 2;
	}
	if (argc < 3 || argc - 2 > COLUMNS_MAX) {
		fprintf(stderr, "usage: fields [--decode-as WHAT] FILE NAME...\n");
		return STATUS_USAGE;
	}
	count = argc - 2;
	for (int i = 0; i < count; i++) {
		columns[i].name = argv[i + 2];
		printf("%s%c", argv[i + 2], i + 1 < count ? '\t' : '\n');
	}
	proto_init();
	rc = reader_open(&r, argv[1], &e);
	if (rc)
		return -rc;
	while ((rc = reader_next(r, &b, &e)) > 0)
		for (uint32_t i = 0; i < b.count; i++)
			print_packet(&b.packet[i], ++n);
	reader_close(r);
	return -rc;
}
