/* SPDX-License-Identifier: BSD-2-Clause */
/* name.c - domain names, RFC 1035 section 4.1.4 */
#include "decode/name.h"

enum { LABEL_MAX = 63, NAME_MAX = 255, LABELS_MAX = 127, POINTER = 0xc0 };

uint32_t dns_name_length(struct slice s)
{
	for (uint32_t at = 0; at < s.cap && at < NAME_MAX;) {
		uint8_t n = slice_u8(s, at);

		if (n == 0)
			return at + 1;
		if (n >= POINTER)
			return slice_has(s, at, 2) ? at + 2 : 0;
		if (n > LABEL_MAX)
			return 0;
		at += 1 + n;
	}
	return 0;
}

/* A walk along the labels of a name, wherever they are. */
struct walk {
	struct slice message;
	uint32_t at;
	uint32_t limit;		/* pointers must lead before it, and so come to an end */
	uint32_t jumps;		/* more than a name can have labels are of no use */
	uint32_t length;	/* of the name so far, bytes */
};

enum found { FOUND_LABEL, FOUND_ROOT, FOUND_DAMAGE, FOUND_BAD_POINTER };

static struct walk walk_start(struct slice message, uint32_t at)
{
	return (struct walk){ message, at, at, 0, 1 };
}

static enum found walk_next(struct walk *w, struct slice *label)
{
	uint8_t n = slice_u8(w->message, w->at);

	while (n >= POINTER) {
		if (!slice_has(w->message, w->at, 2))
			return FOUND_DAMAGE;
		w->at = slice_u16(w->message, w->at) & 0x3fff;
		if (w->at >= w->limit || w->jumps++ == LABELS_MAX)
			return FOUND_BAD_POINTER;
		w->limit = w->at;
		n = slice_u8(w->message, w->at);
	}
	if (n > LABEL_MAX || !slice_has(w->message, w->at, 1u + n))
		return FOUND_DAMAGE;
	if (n == 0)
		return FOUND_ROOT;
	w->length += 1u + n;
	if (w->length > NAME_MAX)
		return FOUND_DAMAGE;
	*label = slice_part(w->message, w->at + 1, n);
	w->at += 1u + n;
	return FOUND_LABEL;
}

bool dns_name_text(struct out *o, struct slice message, uint32_t at)
{
	struct walk w = walk_start(message, at);
	struct slice label;
	enum found found;

	for (bool first = true; (found = walk_next(&w, &label)) == FOUND_LABEL; first = false) {
		if (!first)
			out_char(o, '.');
		out_text(o, label);
	}
	return found == FOUND_ROOT;
}

bool dns_name_line(struct out *o, struct slice message, uint32_t at)
{
	struct walk w = walk_start(message, at);
	struct slice label;
	enum found found;

	while ((found = walk_next(&w, &label)) == FOUND_LABEL) {
		out_visible(o, label);
		out_char(o, '.');
	}
	if (found == FOUND_BAD_POINTER)
		out_str(o, "<BAD PTR>");
	if (found == FOUND_ROOT && w.length == 1)
		out_char(o, '.');
	return found == FOUND_ROOT;
}
