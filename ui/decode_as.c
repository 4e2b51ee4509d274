/* SPDX-License-Identifier: BSD-2-Clause */
/* decode_as.c - what the reader says of ports and types: --decode-as LAYER==VALUE,PROTOCOL */
#include "ui/decode_as.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "decode/catalog.h"

#define OPTION "--decode-as: "
#define HELP "--decode-as help lists them"

static const struct selector {
	const char *name, *what;
	enum key_space space, also;	/* a protocol of either can be named */
	uint32_t max;
} selectors[] = {
	{ "tcp.port", "a TCP port", BY_TCPPORT, BY_TCPPORT, 65535 },
	{ "udp.port", "a UDP port", BY_UDPPORT, BY_UDPPORT, 65535 },
	{ "ethertype", "an ethertype", BY_ETHERTYPE, BY_ETHERTYPE, 65535 },
	{ "ip.proto", "an IP protocol", BY_IPPROTO, BY_IPV6EXT, 255 },
};

#define SELECTORS (sizeof(selectors) / sizeof(selectors[0]))

static struct slice text_slice(const char *text, size_t n)
{
	return (struct slice){ (const uint8_t *)text, (uint32_t)n, (uint32_t)n };
}

/* Can p be what s selects? */
static bool possible(const struct selector *s, const struct proto *p)
{
	bool ports = s->space == BY_TCPPORT || s->space == BY_UDPPORT;

	if (p == protos[PROTO_DATA])
		return true;
	if (ports && p->proves && (p->proves_over == NO_KEY || p->proves_over == s->space))
		return true;
	for (const struct key *k = p->over; k->space != NO_KEY; k++)
		if (k->space == s->space || k->space == s->also)
			return true;
	return false;
}

static const struct selector *find_selector(const char *name, size_t n, struct error *e)
{
	struct slice wanted = text_slice(name, n);
	const struct selector *nearest = selectors;
	uint32_t best = UINT32_MAX;

	for (const struct selector *s = selectors; s < selectors + SELECTORS; s++) {
		uint32_t d = name_distance(wanted, text_slice(s->name, strlen(s->name)));

		if (d == 0)
			return s;
		if (d < best) {
			best = d;
			nearest = s;
		}
	}
	error_set(e, STATUS_USAGE, OPTION "'%.*s' selects nothing; is '%s' meant? " HELP, (int)n, name,
		  nearest->name);
	return NULL;
}

static enum proto_id find_protocol(const struct selector *s, const char *name, struct error *e)
{
	struct slice wanted = text_slice(name, strlen(name));
	const char *nearest = "";
	uint32_t best = UINT32_MAX;

	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const char *known = proto_name(protos[id]);
		uint32_t d = name_distance(wanted, text_slice(known, strlen(known)));

		if (d >= best || !possible(s, protos[id]))
			continue;
		if (d == 0)
			return (enum proto_id)id;
		best = d;
		nearest = known;
	}
	error_set(e, STATUS_USAGE, OPTION "'%s' is no protocol of %s; is '%s' meant? " HELP, name, s->what,
		  nearest);
	return PROTO_NONE;
}

/* A number that s can have, in decimal or as 0x...; *rest is what stands behind it. */
static bool value(const struct selector *s, const char *text, char **rest, uint32_t *number)
{
	unsigned long long n;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	n = strtoull(text, rest, text[1] == 'x' ? 16 : 10);
	*number = (uint32_t)n;
	return !errno && n <= s->max;
}

int decode_as(const char *text, struct error *e)
{
	const char *equal = strstr(text, "=="), *comma = equal ? strchr(equal, ',') : NULL;
	const struct selector *s;
	uint32_t first, last;
	enum proto_id id;
	char *rest;

	if (!comma || !comma[1])
		return error_set(e, STATUS_USAGE, OPTION "'%s' is not of the form tcp.port==8443,dns", text);
	s = find_selector(text, (size_t)(equal - text), e);
	if (!s)
		return -STATUS_USAGE;
	proto_init();
	id = find_protocol(s, comma + 1, e);
	if (id == PROTO_NONE)
		return -STATUS_USAGE;
	if (!value(s, equal + 2, &rest, &first) ||
	    (last = first, *rest == '-' && !value(s, rest + 1, &rest, &last)) || rest != comma ||
	    last < first)
		return error_set(e, STATUS_USAGE, OPTION "'%.*s' is not %s from 0 to %u, or a range FIRST-LAST",
				 (int)(comma - equal - 2), equal + 2, s->what, s->max);
	if (!proto_decode_as(s->space, first, last, id))
		return error_set(e, STATUS_USAGE, OPTION "there are too many of them");
	return 0;
}

/* Did an id before this one have the same name? */
static bool named_before(const struct selector *s, uint32_t id)
{
	for (uint32_t i = PROTO_NONE + 1; i < id; i++)
		if (possible(s, protos[i]) && !strcmp(proto_name(protos[i]), proto_name(protos[id])))
			return true;
	return false;
}

void decode_as_list(FILE *f)
{
	fputs("--decode-as LAYER==VALUE,PROTOCOL (VALUE: a number, or FIRST-LAST); 'data' is no protocol\n", f);
	for (const struct selector *s = selectors; s < selectors + SELECTORS; s++) {
		fprintf(f, "%s:", s->name);
		for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
			if (possible(s, protos[id]) && !named_before(s, id))
				fprintf(f, " %s", proto_name(protos[id]));
		putc('\n', f);
	}
}
