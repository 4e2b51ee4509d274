/* SPDX-License-Identifier: BSD-2-Clause */
/* brief.h - what the summaries of several protocols share */
#ifndef DECODE_BRIEF_H
#define DECODE_BRIEF_H

#include "decode/decode.h"

/* A network address of 4 or 16 bytes, or the name that the reader asked for. */
void brief_host(struct out *o, const struct brief *b, struct slice addr);

/* A port of transport ("tcp", "udp"), or its name. */
void brief_port(struct out *o, const struct brief *b, uint16_t port, const char *transport);

/* The network addresses of the layer that carries layer i: those of the closest layer above it
 * that has src and dst. Empty where there is none.
 */
void brief_addresses(const struct brief *b, uint32_t i, struct slice *src, struct slice *dst);

/* "10.0.0.1 > 10.0.0.2", the addresses of the layer that carries layer i. */
void brief_pair(struct out *o, const struct brief *b, uint32_t i);

/* "10.0.0.1.1024 > 10.0.0.2.53", the same with the ports of the transport layer i. Ports
 * alone behind an extension header, for the addresses stand before it.
 */
void brief_endpoints(struct out *o, const struct brief *b, uint32_t i, uint16_t srcport,
		     uint16_t dstport, const char *transport);

/* "10.0.0.1.1024 > 10.0.0.2.53: " with the values of the fields src and dst of layer i. Where the
 * ports were not captured, the addresses alone, and false. Inline, since each caller has fields of
 * its own: where they are is known to the compiler then.
 */
static inline bool brief_ports(struct out *o, const struct brief *b, uint32_t i,
			       const struct field *src, const struct field *dst,
			       const char *transport)
{
	struct slice h = layer_head(b->d, &b->d->layer[i]);
	bool here = field_here(h, src) && field_here(h, dst);

	if (here)
		brief_endpoints(o, b, i, (uint16_t)field_get(h, src), (uint16_t)field_get(h, dst),
				transport);
	else
		brief_pair(o, b, i);
	out_str(o, ": ");
	return here;
}

/* How many bytes what carries layer i says it has for it; of a quotation, which is cut on purpose, as
 * many as it wants.
 */
uint32_t brief_given(const struct decoded *d, uint32_t i);

/* What layer i and all below it say, each by its own summary. */
void brief_layers(struct out *o, const struct brief *b, uint32_t i);

/* The word for value in names, NULL where there is none. */
const char *name_of(const struct name *names, uint32_t value);

#endif
