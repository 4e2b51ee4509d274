/* SPDX-License-Identifier: BSD-2-Clause */
/* follow_row.c - what the ends of a flow say, in rows that are safe for a terminal */
#define _GNU_SOURCE
#include "ui/follow_row.h"

#include <wchar.h>

#include "ui/utf8.h"

#define TAB 8			/* columns */
#define LONGEST 8		/* bytes of o that one of the stream's can take, at most */

enum { OFFSET = 10, HEX_WIDE = 16, HEX_NARROW = 8 };

static uint32_t hex_columns(uint32_t bytes)
{
	return OFFSET + 3 * bytes + (bytes > 8) + 1 + bytes;
}

uint32_t follow_hex_bytes(uint32_t columns)
{
	return columns >= hex_columns(HEX_WIDE) ? HEX_WIDE : HEX_NARROW;
}

/* "00000010  47 45 54 20  GET " */
static struct follow_row hex(struct slice s, uint64_t before, uint32_t columns, struct out *o)
{
	uint32_t room = follow_hex_bytes(columns), n = min_u32(s.cap, room);

	out_hex(o, before, 8);
	out_str(o, "  ");
	for (uint32_t i = 0; i < room; i++) {
		if (i < n)
			out_hex(o, slice_u8(s, i), 2);
		else
			out_str(o, "  ");
		out_str(o, i == 7 && room > 8 ? "  " : " ");
	}
	out_char(o, ' ');
	for (uint32_t i = 0; i < n; i++) {
		uint8_t byte = slice_u8(s, i);

		out_char(o, byte >= 0x20 && byte < 0x7f ? (char)byte : '.');
	}
	return (struct follow_row){ n, hex_columns(room) - room + n };
}

/* The character at the start of s, and how wide it is; what is none is a dot. */
static uint32_t character(struct slice s, uint32_t *ch, uint32_t *columns)
{
	char text[4] = "";
	uint32_t n = slice_copy(text, s, sizeof(text)), used = (uint32_t)utf8_next(text, n, ch);
	int width = *ch < 0x7f || utf8_is_hidden(*ch) ? 1 : wcwidth((wchar_t)*ch);

	if (*ch == 0 || utf8_is_hidden(*ch) || width < 1)
		*ch = '.';
	*columns = width == 2 ? 2 : 1;
	return used;
}

/* A carriage return that ends the line, or all there is. */
static bool ends_line(struct slice s)
{
	return slice_u8(s, 0) == '\r' && (s.cap == 1 || slice_u8(s, 1) == '\n');
}

static struct follow_row text(struct slice s, uint32_t columns, struct out *o)
{
	struct follow_row row = { 0, 0 };

	while (row.bytes < s.cap && out_room(o) >= LONGEST) {
		struct slice rest = slice_skip(s, row.bytes);
		uint32_t ch = '\t', width = 0, used = 1;

		if (slice_u8(rest, 0) == '\n') {
			row.bytes++;
			break;
		}
		if (ends_line(rest)) {
			row.bytes++;
			continue;
		}
		if (slice_u8(rest, 0) == ch)
			width = TAB - row.columns % TAB;
		else
			used = character(rest, &ch, &width);
		if (row.columns + width > columns && row.bytes > 0)
			break;
		if (ch == '\t')
			for (uint32_t i = 0; i < width; i++)
				out_char(o, ' ');
		else if (ch == '.')
			out_char(o, '.');
		else
			out_slice(o, slice_clip(rest, used));
		row.bytes += used;
		row.columns += width;
	}
	return row;
}

/* A line feed is told, and ends the row. */
static struct follow_row escaped(struct slice s, uint32_t columns, struct out *o)
{
	struct follow_row row = { 0, 0 };

	while (row.bytes < s.cap && out_room(o) >= LONGEST) {
		struct slice byte = slice_clip(slice_skip(s, row.bytes), 1);
		char *start = o->at;
		uint32_t width;

		out_text(o, byte);
		width = (uint32_t)(o->at - start);
		if (row.columns + width > columns && row.bytes > 0) {
			o->at = start;
			break;
		}
		row.bytes++;
		row.columns += width;
		if (slice_u8(byte, 0) == '\n')
			break;
	}
	return row;
}

struct follow_row follow_row(enum follow_view view, struct slice s, uint64_t before, uint32_t columns, struct out *o)
{
	if (view == FOLLOW_HEX)
		return hex(s, before, columns, o);
	return view == FOLLOW_TEXT ? text(s, columns, o) : escaped(s, columns, o);
}

const char *follow_view_word(enum follow_view view)
{
	static const char *const words[FOLLOW_VIEWS] = {
		[FOLLOW_TEXT] = "text", [FOLLOW_HEX] = "hex", [FOLLOW_ESCAPED] = "escaped",
	};

	return words[view];
}

void follow_remark(struct out *o, enum follow_kind kind, uint64_t bytes, uint64_t number)
{
	if (kind < FOLLOW_LATE)
		return;
	out_str(o, kind == FOLLOW_LATE ? "[late: " : "[gap: ");
	out_dec(o, bytes);
	out_str(o, bytes == 1 ? " byte" : " bytes");
	out_str(o, kind == FOLLOW_LATE ? " that were missing before, in No. " :
		   kind == FOLLOW_GAP ? " not captured before No. " : " not captured of No. ");
	out_dec(o, number);
	out_char(o, ']');
}

const char *follow_sign(enum follow_kind kind, bool by_client)
{
	return kind >= FOLLOW_LATE ? ".. " : by_client ? ">> " : "<< ";
}
