/* SPDX-License-Identifier: BSD-2-Clause */
/* link.h - what several link layers share */
#ifndef DECODE_LINK_H
#define DECODE_LINK_H

#include "decode/brief.h"

/* Up to here a length/type field is a length, IEEE 802.3 section 3.2.6. */
#define LINK_LENGTH_MAX 1500

#define LINK_ERSPAN 0x88be	/* the ethertype of frames that a switch mirrors, types I and II */

/* Parse a header whose fixed part is followed by field type: the type of what it carries or, with
 * LLC, how much there is of that. Inline, since each caller has a field of its own.
 */
static inline enum proto_id link_parse(struct step *s, const struct field *type)
{
	uint32_t value = (uint32_t)field_get(slice_skip(s->in, s->min_len), type);

	step_header(s, s->min_len + type->width / 8);
	s->key = value;
	if (value > LINK_LENGTH_MAX)
		return proto_by(BY_ETHERTYPE, value);
	if (note_stops(s->note))
		return PROTO_NONE;
	step_total(s, s->len + value);
	return PROTO_LLC;
}

/* The option() of such a header: its last field alone, by the record type or length. */
const struct record *link_type_or_length(uint32_t index, struct slice *rest, struct slice *opt,
					 const struct record *type, const struct record *length);

/* The words of ethertypes, for fields of them. */
extern const struct name ethertypes[];

/* The same; "Unknown" where there is none. */
const char *link_ethertype(uint32_t type);

/* The same; "unknown", as inside a packet. */
const char *link_carried(uint32_t type);

/* "ethertype IPv4 (0x0800)"; "IPv4" with -q. */
void link_put_ethertype(struct out *o, const struct brief *b, uint32_t type);

/* The addresses of the Ethernet header above layer i; false where there is none. */
bool link_stations(const struct brief *b, uint32_t i, struct slice *src, struct slice *dst);

/* The addresses of the Ethernet header above layer i, "A > B". False, and nothing, without one. */
bool link_put_pair(struct out *o, const struct brief *b, uint32_t i);

/* Is layer i above unknown bytes, VLAN tags between them passed over? *type becomes their
 * ethertype.
 */
bool link_unknown(const struct brief *b, uint32_t i, uint32_t *type);

/* " [|ip]": layer i says who is next, and nothing of that was sent. Returns i + 1. */
uint32_t link_missing(struct out *o, const struct brief *b, uint32_t i, enum proto_id id);

#endif
