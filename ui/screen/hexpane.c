/* SPDX-License-Identifier: BSD-2-Clause */
/* hexpane.c - the bytes of the packet selected, in hex and as characters */
#define _GNU_SOURCE
#include "ui/screen/hexpane.h"

/* " 0000  02 00 00 00 00 02 02 00  00 00 00 01 08 00 45 00  ........ ......E." */
static uint32_t row_width(uint32_t bytes, uint32_t offset_digits)
{
	uint32_t gap = bytes / 8 - (bytes % 8 == 0);

	return 1 + offset_digits + 2 + 3 * bytes + gap + 1 + bytes + gap;
}

/* How many bytes a row of that width can have: 16, or less on a narrow screen. */
static uint32_t bytes_a_row(uint32_t width, uint32_t offset_digits)
{
	uint32_t bytes = 16;

	while (bytes > 2 && row_width(bytes, offset_digits) > width)
		bytes /= 2;
	return bytes;
}

static uint8_t style_of(const struct packets *v, const struct node *n, uint32_t i)
{
	uint8_t style = n && i - n->from < n->bytes ? STYLE_REVERSE : 0;

	if (v->focus == PANE_HEX && i == v->hex_cursor)
		style |= STYLE_UNDERLINE | STYLE_BOLD;
	return style;
}

static void draw_row(const struct packets *v, struct span s, struct slice bytes, uint32_t from, uint32_t digits)
{
	const struct node *n = detail_node(&v->detail);
	uint32_t width = v->hex_width;

	span_format(&s, " %0*x  ", (int)digits, from);
	for (uint32_t i = from; i < from + width; i++) {
		if (i > from && (i - from) % 8 == 0)
			span_char(&s, ' ');
		if (v->focus == PANE_HEX && i == v->hex_cursor)
			span_cursor(&s);
		s.style = i < bytes.cap ? style_of(v, n, i) : 0;
		if (i < bytes.cap)
			span_format(&s, "%02x", slice_u8(bytes, i));
		else
			span_str(&s, "  ");
		if (i + 1 == from + width || i + 1 >= bytes.cap || !style_of(v, n, i + 1))
			s.style = 0;
		s.style &= (uint8_t)~(STYLE_UNDERLINE | STYLE_BOLD);
		span_char(&s, ' ');
	}
	s.style = 0;
	span_char(&s, ' ');
	for (uint32_t i = from; i < from + width && i < bytes.cap; i++) {
		uint8_t c = slice_u8(bytes, i);

		s.style = 0;
		if (i > from && (i - from) % 8 == 0)
			span_char(&s, ' ');
		s.style = style_of(v, n, i);
		span_char(&s, c >= 0x20 && c < 0x7f ? c : '.');
	}
}

/* With the cursor in another pane, what is selected there comes into sight. */
static void scroll(struct packets *v, uint32_t height)
{
	uint32_t row = v->hex_cursor / v->hex_width;

	if (row < v->hex_top)
		v->hex_top = row;
	if (height > 0 && row - v->hex_top >= height)
		v->hex_top = row - height + 1;
}

void hexpane_draw(struct packets *v, struct grid *g, uint32_t row, uint32_t height)
{
	struct packet p;
	uint32_t digits;

	v->hex_page = height;
	if (packets_begin(v) >= packets_end(v))
		return;
	store_packet(v->store, &v->window, packets_number(v, v->cursor), &p);
	digits = p.bytes.cap > 0x10000 ? 5 : 4;
	v->hex_width = bytes_a_row(g->width, digits);
	scroll(v, height);
	for (uint32_t i = 0; i < height; i++) {
		uint32_t from = (v->hex_top + i) * v->hex_width;

		if (from < p.bytes.cap)
			draw_row(v, grid_span(g, row + i, 0, g->width), p.bytes, from, digits);
	}
}
