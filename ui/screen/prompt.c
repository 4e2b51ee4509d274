/* SPDX-License-Identifier: BSD-2-Clause */
/* prompt.c - a line that is typed */
#define _GNU_SOURCE
#include "ui/screen/prompt.h"

#include <string.h>

void prompt_open(struct prompt *p, struct history *h, const char *text)
{
	*p = (struct prompt){ .history = h };
	prompt_insert(p, text, strlen(text));
}

void prompt_insert(struct prompt *p, const char *text, size_t n)
{
	if (n > PROMPT_MAX - 1 - p->length)
		return;
	memmove(p->text + p->at + n, p->text + p->at, p->length - p->at + 1);
	memcpy(p->text + p->at, text, n);
	p->at += (uint32_t)n;
	p->length += (uint32_t)n;
}

static bool is_inside(char c)
{
	return ((uint8_t)c & 0xc0) == 0x80;
}

static uint32_t before(const struct prompt *p)
{
	uint32_t at = p->at;

	while (at > 0 && is_inside(p->text[--at]))
		;
	return at;
}

static uint32_t behind(const struct prompt *p)
{
	uint32_t at = p->at < p->length ? p->at + 1 : p->at;

	while (at < p->length && is_inside(p->text[at]))
		at++;
	return at;
}

static void cut(struct prompt *p, uint32_t from, uint32_t to)
{
	memmove(p->text + from, p->text + to, p->length - to + 1);
	p->length -= to - from;
	p->at = from;
}

static void type(struct prompt *p, uint32_t ch)
{
	char text[4];
	size_t n = 0;

	if (ch < 0x20 || (ch >= 0x7f && ch < 0xa0) || ch > 0x10ffff)
		return;
	if (ch < 0x80) {
		text[n++] = (char)ch;
	} else if (ch < 0x800) {
		text[n++] = (char)(0xc0 | ch >> 6);
	} else if (ch < 0x10000) {
		text[n++] = (char)(0xe0 | ch >> 12);
		text[n++] = (char)(0x80 | (ch >> 6 & 0x3f));
	} else {
		text[n++] = (char)(0xf0 | ch >> 18);
		text[n++] = (char)(0x80 | (ch >> 12 & 0x3f));
		text[n++] = (char)(0x80 | (ch >> 6 & 0x3f));
	}
	if (ch >= 0x80)
		text[n++] = (char)(0x80 | (ch & 0x3f));
	prompt_insert(p, text, n);
}

/* Show the line entered so many times before; 0: an empty one. */
static void recall(struct prompt *p, uint32_t ago)
{
	const char *line = ago ? p->history->line[p->history->count - ago] : "";

	p->recalled = ago;
	cut(p, 0, p->length);
	prompt_insert(p, line, strlen(line));
}

enum prompt_end prompt_key(struct prompt *p, uint32_t press)
{
	switch (press) {
	case PRESS_ENTER:
		history_add(p->history, p->text);
		return PROMPT_ENTERED;
	case PRESS_ESCAPE:
		return PROMPT_CANCELLED;
	case PRESS_LEFT:
		p->at = before(p);
		break;
	case PRESS_RIGHT:
		p->at = behind(p);
		break;
	case PRESS_HOME:
	case PRESS_CTRL_A:
		p->at = 0;
		break;
	case PRESS_END:
	case PRESS_CTRL_E:
		p->at = p->length;
		break;
	case PRESS_BACKSPACE:
		cut(p, before(p), p->at);
		break;
	case PRESS_DELETE:
		cut(p, p->at, behind(p));
		break;
	case PRESS_CTRL_U:
		cut(p, 0, p->at);
		break;
	case PRESS_UP:
		if (p->recalled < p->history->count)
			recall(p, p->recalled + 1);
		break;
	case PRESS_DOWN:
		if (p->recalled > 0)
			recall(p, p->recalled - 1);
		break;
	default:
		type(p, press);
		break;
	}
	return PROMPT_GOES_ON;
}

int64_t prompt_draw(const struct prompt *p, struct span *s)
{
	uint32_t room = span_left(s), skipped = 0, start = s->at;

	if (room > 1 && p->at >= room)
		skipped = p->at - room + 1;
	while (skipped < p->length && is_inside(p->text[skipped]))
		skipped++;
	for (uint32_t i = skipped; i < p->length;) {
		uint32_t ch;
		size_t n = utf8_next(p->text + i, p->length - i, &ch);

		if (i == p->at)
			span_cursor(s);
		span_char(s, ch ? ch : '?');
		i += (uint32_t)n;
	}
	if (p->at >= p->length)
		span_cursor(s);
	if (s->grid->cursor_column >= s->end && s->end > 0)
		s->grid->cursor_column = s->end - 1;
	return (int64_t)start - skipped;
}
