/* SPDX-License-Identifier: BSD-2-Clause */
/* brief.c - addresses and ports in one-line texts */
#include "decode/brief.h"

void brief_host(struct out *o, const struct brief *b, struct slice addr)
{
	if (b->naming && b->naming->host(o, addr))
		return;
	if (addr.wire == 4)
		out_ipv4(o, slice_u32(addr, 0));
	else
		out_ipv6(o, addr);
}

void brief_port(struct out *o, const struct brief *b, uint16_t port, const char *transport)
{
	if (!b->naming || !b->naming->port(o, port, transport))
		out_dec(o, port);
}

/* Field f of layer l. Where the header was cut, so was the packet: there is no need to clip twice. */
static struct slice part_of(const struct decoded *d, const struct layer *l, const struct field *f)
{
	return slice_part(layer_whole(d, l), f->bit / 8, f->width / 8);
}

/* The addresses of layer l; false where it has none. */
static bool addresses_of(const struct decoded *d, const struct layer *l, struct slice *src,
			 struct slice *dst)
{
	const struct proto *p = protos[l->proto];

	if (!p->src)
		return false;
	*src = part_of(d, l, p->src);
	*dst = part_of(d, l, p->dst);
	return true;
}

void brief_addresses(const struct brief *b, uint32_t i, struct slice *src, struct slice *dst)
{
	const struct decoded *d = b->d;

	while (i-- > 0)
		if (addresses_of(d, &d->layer[i], src, dst))
			return;
	*src = *dst = (struct slice){ d->packet.ptr, 0, 0 };
}

void brief_pair(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice src, dst;

	brief_addresses(b, i, &src, &dst);
	brief_host(o, b, src);
	out_str(o, " > ");
	brief_host(o, b, dst);
}

uint32_t brief_given(const struct decoded *d, uint32_t i)
{
	const struct layer *above;

	if (i == 0)
		return d->packet.wire;
	above = &d->layer[i - 1];
	if (above->proto == PROTO_ICMP || above->proto == PROTO_ICMPV6)
		return UINT32_MAX;
	return above->claimed - min_u32(above->len, above->claimed);
}

/* "10.0.0.1.53" */
static void put_endpoint(struct out *o, const struct brief *b, struct slice addr, uint16_t port,
			 const char *transport)
{
	brief_host(o, b, addr);
	out_char(o, '.');
	brief_port(o, b, port, transport);
}

void brief_endpoints(struct out *o, const struct brief *b, uint32_t i, uint16_t srcport,
		     uint16_t dstport, const char *transport)
{
	struct slice src, dst;

	if (i == 0 || !addresses_of(b->d, &b->d->layer[i - 1], &src, &dst)) {
		brief_port(o, b, srcport, transport);
		out_str(o, " > ");
		brief_port(o, b, dstport, transport);
		return;
	}
	put_endpoint(o, b, src, srcport, transport);
	out_str(o, " > ");
	put_endpoint(o, b, dst, dstport, transport);
}

/* A layer without a summary: its title. One whose header is not all there, or whose lengths are
 * impossible, ends the line.
 */
static COLD uint32_t put_title(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];

	if (note_stops((enum note)l->note)) {
		out_str(o, "[|");
		out_str(o, proto_name(protos[l->proto]));
		out_char(o, ']');
		return b->d->count;
	}
	out_str(o, protos[l->proto]->title);
	out_char(o, ' ');
	return i + 1;
}

void brief_layers(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;

	while (i < d->count) {
		const struct proto *p = protos[d->layer[i].proto];

		i = p->summary ? p->summary(o, b, i) : put_title(o, b, i);
	}
}

const char *name_of(const struct name *names, uint32_t value)
{
	for (; names && names->text; names++)
		if (names->value == value)
			return names->text;
	return NULL;
}
