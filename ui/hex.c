/* SPDX-License-Identifier: BSD-2-Clause */
/* hex.c - the bytes of a packet, below its line */
#include "ui/hex.h"

/* Where what the link header carries begins, bytes; where it carries nothing, its end. */
static uint32_t behind_link(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++)
		if (!protos[d->layer[i].proto]->link)
			return slice_offset(d->packet, layer_head(d, &d->layer[i]));
	if (d->count == 0)
		return 0;
	return slice_offset(d->packet, layer_payload(d, &d->layer[d->count - 1]));
}

/* Characters as they are, with tab and line feed; a carriage return is left out before a line feed,
 * and at the end. All else is a dot.
 */
static void characters(struct out *o, struct slice s)
{
	if (s.cap > 0)
		out_char(o, '\n');
	for (uint32_t i = 0; i < s.cap; i++) {
		uint8_t c = slice_u8(s, i);

		if (c == '\r' && (i + 1 == s.cap || slice_u8(s, i + 1) == '\n'))
			continue;
		if ((c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n')
			out_char(o, (char)c);
		else
			out_char(o, '.');
	}
}

void hex_put(struct out *o, const struct decoded *d, enum dump dump)
{
	struct slice s = d->packet;

	if (dump == DUMP_HEX || dump == DUMP_BOTH || dump == DUMP_ASCII)
		s = slice_skip(s, behind_link(d));
	if (dump == DUMP_ASCII || dump == DUMP_ASCII_LINK)
		characters(o, s);
	else if (dump != DUMP_NONE)
		out_hexdump(o, s, 0, dump == DUMP_BOTH || dump == DUMP_BOTH_LINK);
}
