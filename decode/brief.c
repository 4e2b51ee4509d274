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

void brief_addresses(const struct brief *b, uint32_t i, struct slice *src, struct slice *dst)
{
	const struct decoded *d = b->d;

	while (i-- > 0) {
		const struct proto *p = protos[d->layer[i].proto];

		if (p->src) {
			*src = field_bytes(layer_head(d, &d->layer[i]), p->src);
			*dst = field_bytes(layer_head(d, &d->layer[i]), p->dst);
			return;
		}
	}
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

void brief_endpoints(struct out *o, const struct brief *b, uint32_t i, uint16_t srcport,
		     uint16_t dstport, const char *transport)
{
	struct slice src, dst;

	brief_addresses(b, i, &src, &dst);
	brief_host(o, b, src);
	out_char(o, '.');
	brief_port(o, b, srcport, transport);
	out_str(o, " > ");
	brief_host(o, b, dst);
	out_char(o, '.');
	brief_port(o, b, dstport, transport);
}

const char *name_of(const struct name *names, uint32_t value)
{
	for (; names && names->text; names++)
		if (names->value == value)
			return names->text;
	return NULL;
}
