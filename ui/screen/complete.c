/* SPDX-License-Identifier: BSD-2-Clause */
/* complete.c - the names that a display filter can go on with */
#define _GNU_SOURCE
#include "ui/screen/complete.h"

#include <ctype.h>
#include <string.h>

#include "decode/catalog.h"

uint32_t complete_length(const char *text, uint32_t at)
{
	uint32_t n = 0;

	while (n < at && (isalnum((unsigned char)text[at - n - 1]) || strchr("._-", text[at - n - 1])))
		n++;
	return n;
}

/* In order, and each once; of too many the first in the alphabet stay. */
static void add(struct completion *c, struct slice name)
{
	char text[COMPLETE_NAME];
	uint32_t at = 0, length = slice_copy(text, name, sizeof(text) - 1);

	text[length] = '\0';
	while (at < c->count && strcmp(c->name[at], text) < 0)
		at++;
	if (at == COMPLETE_MAX || (at < c->count && strcmp(c->name[at], text) == 0))
		return;
	if (c->count == COMPLETE_MAX)
		c->count--;
	memmove(c->name[at + 1], c->name[at], (c->count - at) * sizeof(c->name[0]));
	memcpy(c->name[at], text, length + 1);
	c->count++;
}

static struct slice whole(const char *name)
{
	uint32_t n = (uint32_t)strlen(name);

	return (struct slice){ (const uint8_t *)name, n, n };
}

void complete_begin(struct completion *c)
{
	c->count = c->common = 0;
}

void complete_add(struct completion *c, const char *name)
{
	add(c, whole(name));
}

void complete_end(struct completion *c)
{
	if (c->count == 0)
		return;
	c->common = (uint32_t)strlen(c->name[0]);
	for (uint32_t i = 1; i < c->count; i++)
		while (strncmp(c->name[0], c->name[i], c->common) != 0)
			c->common--;
}

static void try(struct completion *c, struct slice name, const char *text, uint32_t n)
{
	if (slice_starts(name, text, n))
		add(c, name);
}

/* What stands for several fields, or for none of a table. */
static const char *const others[] = {
	"eth.addr", "ip.addr", "ipv6.addr", "tcp.port", "udp.port", "frame", "frame.number", "frame.len",
	"frame.cap_len", "frame.time", "frame.time_relative", "frame.time_delta", "frame.time_epoch", "tcp.len",
	"frame.interface_id", "frame.segments", "frame.segment_size", "flow", "tcp.payload", "udp.payload", "ip.host", "ip.src_host", "ip.dst_host", "ipv6.host",
};

void complete(struct completion *c, const char *text, uint32_t n)
{
	const struct record *r;
	const struct label *label;

	complete_begin(c);
	for (uint32_t i = 0; (label = catalog_label(i, &r)); i++)
		try(c, label_name(label), text, n);
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		try(c, whole(proto_name(protos[id])), text, n);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		try(c, whole(others[i]), text, n);
	complete_end(c);
}
