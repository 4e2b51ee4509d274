/* SPDX-License-Identifier: BSD-2-Clause */
/* talktext.c - a talker's name, and the filter for its packets */
#define _GNU_SOURCE
#include "ui/screen/talktext.h"

#include <ctype.h>

#include "decode/brief.h"

static struct slice addr_of(const struct talker_key *k)
{
	return (struct slice){ k->addr, k->length, k->length };
}

/* The protocol whose name the fields of its ports have; NULL where there is none. */
static const char *ports_of(const struct talker_key *k)
{
	static const struct { uint8_t proto; const char *name; } ports[] = {
		{ 6, "tcp" }, { 17, "udp" }, { 33, "dccp" }, { 132, "sctp" }, { 136, "udp" },
	};

	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (ports[i].proto == k->proto)
			return ports[i].name;
	return NULL;
}

/* "tcp/443"; of a protocol without a name its number. */
static void put_port(struct out *o, const struct talker_key *k)
{
	const char *name = ports_of(k);

	if (name)
		out_str(o, name);
	else
		out_dec(o, k->proto);
	out_char(o, '/');
	out_dec(o, k->port);
}

void talktext_name(struct out *o, const struct talker_key *k, enum talker_kind kind)
{
	const struct brief numbers = { 0 };	/* to look names up may take long */
	char *begin = o->at;

	switch (kind) {
	case TALKER_HOST:
		brief_host(o, &numbers, addr_of(k));
		break;
	case TALKER_PORT:
		put_port(o, k);
		break;
	case TALKER_MAC:
		out_mac(o, addr_of(k));
		break;
	default:
		out_str(o, proto_name(protos[k->proto]));
		for (char *c = begin; c < o->at; c++)
			*c = (char)toupper((unsigned char)*c);
		break;
	}
}

bool talktext_filter(struct out *o, const struct talker_key *k, enum talker_kind kind)
{
	const char *ports = ports_of(k);

	switch (kind) {
	case TALKER_HOST:
		out_str(o, k->length == 16 ? "ipv6.addr == " : "ip.addr == ");
		break;
	case TALKER_PORT:
		if (!ports)
			return false;
		out_str(o, ports);
		out_str(o, ".port == ");
		out_dec(o, k->port);
		return true;
	case TALKER_MAC:
		out_str(o, "eth.addr == ");
		break;
	default:
		out_str(o, proto_name(protos[k->proto]));
		return true;
	}
	talktext_name(o, k, kind);
	return true;
}
