/* SPDX-License-Identifier: BSD-2-Clause */
/* grid.c - a screen as cells */
#define _GNU_SOURCE
#include "ui/screen/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define BLANK ((struct cell){ .ch = ' ' })

bool grid_size(struct grid *g, uint32_t width, uint32_t height)
{
	size_t n = (size_t)width * height;

	if (width != g->width || height != g->height || !g->cell) {
		struct cell *cell = realloc(g->cell, (n ? n : 1) * sizeof(*cell));

		if (!cell)
			return false;
		g->cell = cell;
		g->width = width;
		g->height = height;
	}
	for (size_t i = 0; i < n; i++)
		g->cell[i] = BLANK;
	g->cursor_row = g->cursor_column = 0;
	return true;
}

void grid_free(struct grid *g)
{
	free(g->cell);
	*g = (struct grid){ 0 };
}

struct span grid_span(struct grid *g, uint32_t row, uint32_t column, uint32_t width)
{
	uint32_t at = column < g->width ? column : g->width;
	uint32_t end = width < g->width - at ? at + width : g->width;

	return (struct span){ .grid = g, .row = row, .at = at, .end = row < g->height ? end : at };
}

/* What stands for ch where there is only ASCII. */
static uint32_t plain(uint32_t ch)
{
	static const struct { uint32_t from; char to; } twins[] = {
		{ 0x2500, '-' }, { 0x2502, '|' }, { 0x25b8, '+' }, { 0x25be, '-' }, { 0x2026, '~' },
		{ 0x2581, '.' }, { 0x2582, ':' }, { 0x2583, '-' }, { 0x2584, '=' }, { 0x2585, '+' }, { 0x2586, '*' },
		{ 0x2587, '#' }, { 0x2588, '@' }, { 0x250c, '+' }, { 0x2510, '+' }, { 0x2514, '+' }, { 0x2518, '+' },
	};

	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (twins[i].from == ch)
			return (uint32_t)twins[i].to;
	if (ch > 0x2588 && ch <= 0x258f)	/* the last part of a bar */
		return ch <= 0x258c ? '#' : '.';
	return '?';
}

void span_char(struct span *s, uint32_t ch)
{
	struct cell *cell = s->grid->cell + (size_t)s->row * s->grid->width + s->at;
	bool drawn = ch >= 0x2500 && ch < 0x2600;	/* lines and blocks, of one column anywhere */
	int width = 1;

	if (s->at >= s->end)
		return;
	if (utf8_is_hidden(ch))
		ch = '.';
	else if (ch > 0x7e && s->grid->ascii)
		ch = plain(ch);
	if (ch > 0x7e && !drawn && ch != 0x2026)
		width = wcwidth((wchar_t)ch);
	if (width < 1)
		ch = '?';
	if (width == 2 && span_left(s) < 2) {
		ch = ' ';
		width = 1;
	}
	*cell = (struct cell){ ch, s->style };
	s->at++;
	if (width == 2) {
		cell[1] = (struct cell){ 0, s->style };
		s->at++;
	}
}

void span_fill(struct span *s, uint32_t ch)
{
	while (s->at < s->end)
		span_char(s, ch);
}

void span_text(struct span *s, const char *text, size_t n)
{
	while (n > 0 && s->at < s->end) {
		uint32_t ch;
		size_t used = utf8_next(text, n, &ch);

		span_char(s, ch || *text == '\0' ? ch : '?');
		text += used;
		n -= used;
	}
}

void span_str(struct span *s, const char *text)
{
	span_text(s, text, strlen(text));
}

void span_format(struct span *s, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	span_str(s, text);
}

void span_to(struct span *s, uint32_t column)
{
	while (s->at < s->end && s->at < column)
		span_char(s, ' ');
}

void grid_mark(struct grid *g, uint32_t row, uint32_t column, uint32_t width, uint8_t style)
{
	struct span s = grid_span(g, row, column, width);

	for (uint32_t i = s.at; i < s.end; i++) {
		struct cell *cell = &g->cell[(size_t)row * g->width + i];

		if (style & STYLE_INK)
			cell->style &= (uint8_t)~STYLE_INK;
		cell->style |= style;
	}
}
