/* SPDX-License-Identifier: BSD-2-Clause */
/* row.c - a packet as a row of the list
 *
 * How it works: the columns are those that Wireshark's list has, so source and destination are of the innermost
 * network header, and what the packet says is the line of -nn without them.
 */
#define _GNU_SOURCE
#include "ui/screen/row.h"

#include <ctype.h>
#include <stdio.h>

#include "decode/brief.h"
#include "ui/view.h"

/* The layer behind the last one that is the packet's own: what an error of ICMP quotes is of another. */
static uint32_t own_layers(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++)
		if (d->layer[i].proto == PROTO_ICMP || d->layer[i].proto == PROTO_ICMPV6)
			return i + 1;
	return d->count;
}

static void put_address(char *text, size_t size, struct slice address)
{
	struct out o = { text, text + size - 1 };

	if (address.wire == 4 && address.cap == 4)
		out_ipv4(&o, slice_u32(address, 0));
	else if (address.cap == 16)
		out_ipv6(&o, address);
	else if (address.cap == 6)
		out_mac(&o, address);
	*o.at = '\0';
}

static struct slice part_of(const struct decoded *d, const struct layer *l, const struct field *f)
{
	return slice_part(layer_whole(d, l), f->bit / 8, f->width / 8);
}

/* The field of the head that has the role, as the addresses of a link header; NULL: none. */
static const struct field *with_role(const struct proto *p, enum role role)
{
	for (uint32_t i = 0; i < p->head.count; i++)
		if (p->head.field[i].role == role && p->head.field[i].kind == MAC)
			return &p->head.field[i];
	return NULL;
}

/* Returns the layer whose addresses they are; own where none has any. */
static uint32_t put_addresses(struct row *r, const struct decoded *d, uint32_t own)
{
	uint32_t i = own;

	while (i-- > 0) {
		const struct proto *p = protos[d->layer[i].proto];
		const struct field *src = p->src ? p->src : with_role(p, SRC);
		const struct field *dst = p->src ? p->dst : with_role(p, DST);

		if (!src || !dst)
			continue;
		put_address(r->source, sizeof(r->source), part_of(d, &d->layer[i], src));
		put_address(r->destination, sizeof(r->destination), part_of(d, &d->layer[i], dst));
		return i;
	}
	return own;
}

static uint8_t ink_of(const struct decoded *d, uint32_t own)
{
	uint8_t ink = INK_OTHER;

	for (uint32_t i = 0; i < own; i++) {
		switch (d->layer[i].proto) {
		case PROTO_TCP:
			ink = INK_TCP;
			break;
		case PROTO_UDP:
		case PROTO_UDPLITE:
			ink = INK_UDP;
			break;
		case PROTO_ARP:
		case PROTO_ICMP:
		case PROTO_ICMPV6:
		case PROTO_IGMP:
			ink = INK_LOCAL;
			break;
		default:
			break;
		}
	}
	return ink;
}

/* The innermost one that is known. Returns whether it is a transport. */
static bool put_protocol(struct row *r, const struct decoded *d, uint32_t own)
{
	uint32_t i = own;
	char *to = r->protocol;

	while (i > 1 && (d->layer[i - 1].proto == PROTO_DATA || !*protos[d->layer[i - 1].proto]->title))
		i--;
	if (i > 0)
		for (const char *c = proto_name(protos[d->layer[i - 1].proto]);
		     *c && to < r->protocol + sizeof(r->protocol) - 1; c++)
			*to++ = (char)toupper((unsigned char)*c);
	*to = '\0';
	return i > 0 && protos[d->layer[i - 1].proto]->ports;
}

/* text behind what; NULL where it does not begin so. */
static const char *skip(const char *text, const char *what)
{
	size_t n = strlen(what);

	return strncmp(text, what, n) ? NULL : text + n;
}

/* ".443", if it is there: n becomes the number of its digits. */
static const char *skip_port(const char *text, int *n)
{
	*n = 0;
	if (*text != '.' || !isdigit((unsigned char)text[1]))
		return text;
	while (isdigit((unsigned char)text[1 + *n]))
		++*n;
	return text + 1 + *n;
}

/* "Flags [P.], seq 1:5, ack 1, win 63, length 4: HTTP: GET / HTTP/1.1": what a segment carries is told behind its
 * length. rest itself where nothing is.
 */
static const char *carried(const char *rest)
{
	const char *at = strstr(rest, ", length ");

	if (!skip(rest, "Flags [") || !at)
		return rest;
	at += strlen(", length ");
	at += strspn(at, "0123456789");
	at += strspn(at, ": ");
	return *at ? at : rest;
}

/* Without the name that stands in a column of its own. */
static const char *unnamed(const struct row *r, const char *rest)
{
	size_t n = strlen(r->protocol);

	return n > 0 && strncasecmp(rest, r->protocol, n) == 0 && rest[n] == ':' && rest[n + 1] == ' ' ? rest + n + 2 : rest;
}

/* What the line says behind "10.0.0.1.80 > 10.0.0.2.1024: ". The ports are told where the transport has the last
 * word. False where the line does not say that.
 */
static bool without_addresses(struct row *r, const char *line, bool transport)
{
	const char *at = line, *rest, *from, *to;
	int from_digits, to_digits;

	while (*r->source && (at = strstr(at, r->source))) {
		from = at + strlen(r->source);
		rest = skip_port(from, &from_digits);
		rest = skip(rest, " > ");
		to = rest ? skip(rest, r->destination) : NULL;
		rest = to ? skip_port(to, &to_digits) : NULL;
		rest = rest ? skip(rest, ": ") : NULL;
		if (!rest) {
			at++;
			continue;
		}
		if (!from_digits || !to_digits)
			snprintf(r->info, sizeof(r->info), "%s", unnamed(r, rest));
		else if (!transport && carried(rest) != rest)
			snprintf(r->info, sizeof(r->info), "%s", unnamed(r, carried(rest)));
		else if (!transport && !skip(rest, "Flags ["))
			snprintf(r->info, sizeof(r->info), "%s", unnamed(r, rest));
		else
			snprintf(r->info, sizeof(r->info), "%.*s > %.*s %s", from_digits, from + 1, to_digits, to + 1,
				 skip(rest, "Flags [") ? rest + strlen("Flags ") : unnamed(r, rest));
		return true;
	}
	return false;
}

static bool has_problem(const struct decoded *d, uint32_t own)
{
	for (uint32_t i = 0; i < own; i++)
		if (d->layer[i].note != NOTE_OK)
			return true;
	return false;
}

void row_lines(struct line *l, bool unverified)
{
	*l = (struct line){
		.times = { .form = TIME_NONE },
		.brief = { .dumped = true, .unverified = unverified },
	};
}

void row_fill(struct row *r, struct line *l, const struct packet *p)
{
	char text[ROW_TEXT];
	struct out o = { text, text + sizeof(text) - 1 };
	const struct decoded *d = &l->decoded;
	uint32_t own;
	bool transport;

	r->source[0] = r->destination[0] = '\0';
	line_decode(l, p);
	l->brief.number = p->number;
	own = own_layers(d);
	put_addresses(r, d, own);
	transport = put_protocol(r, d, own);
	brief_layers(&o, &l->brief, 0);
	*o.at = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (!without_addresses(r, text, transport))
		snprintf(r->info, sizeof(r->info), "%s", text);
	r->length = p->bytes.wire;
	r->ink = ink_of(d, own);
	r->problem = has_problem(d, own);
}

void row_abbreviate(struct span *s, const char *text)
{
	size_t n = strlen(text), room = span_left(s), tail = (room - 1) / 2;

	if (n <= room || room < 5) {
		span_text(s, text, n);
		return;
	}
	span_text(s, text, room - 1 - tail);
	span_char(s, 0x2026);
	span_text(s, text + n - tail, tail);
}
