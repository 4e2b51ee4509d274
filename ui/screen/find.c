/* SPDX-License-Identifier: BSD-2-Clause */
/* find.c - text, bytes or fields, looked for in the packets that are shown
 *
 * Packets are looked at in any order, forwards and backwards, and so each alone: a display filter has no flows here, and no
 * messages that span packets.
 */
#define _GNU_SOURCE
#include "ui/screen/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/match.h"
#include "ui/regex.h"
#include "ui/screen/cell.h"

#define AT_ONCE 256		/* packets: less than a millisecond */
#define AHEAD (1u << 18)	/* bytes that are read at once */

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* "0x0800 45:00" */
static const char *parse_hex(struct find *f, const char *text)
{
	bool half = false;

	for (; *text; text++) {
		int value = digit(*text);

		if (value < 0) {
			if ((*text == ' ' || *text == ':') && !half)
				continue;
			return "hex digits come in pairs, with blanks or colons between";
		}
		if (half)
			f->bytes[f->count++] |= (uint8_t)value;
		else
			f->bytes[f->count] = (uint8_t)(value << 4);
		half = !half;
	}
	if (half || f->count == 0)
		return "a hex digit is missing";
	return NULL;
}

static void forget(struct find *f)
{
	if (f->match)
		match_close(f->match);
	free(f->match);
	f->match = NULL;
	f->count = 0;
	f->text[0] = '\0';
}

const char *find_parse(struct find *f, const char *text)
{
	size_t n = strlen(text);

	forget(f);
	if (n == 0)
		return "nothing to look for";
	if (n >= NEEDLE_MAX)
		return "longer than 255 bytes";
	f->hex = n > 1 && text[0] == '0' && (text[1] | 32) == 'x';
	if (f->hex) {
		const char *wrong = parse_hex(f, text + 2);

		if (wrong)
			return wrong;
	} else {
		memcpy(f->bytes, text, n);
		f->count = (uint32_t)n;
	}
	memcpy(f->text, text, n + 1);
	return NULL;
}

bool find_asks_fields(const char *text)
{
	return text[0] == '=';
}

static int refuse(struct find *f, struct match_error *why, uint32_t at, const char *text)
{
	struct out o = { why->text, why->text + sizeof(why->text) - 1 };

	forget(f);
	why->at = at;
	out_str(&o, text);
	*o.at = '\0';
	return -1;
}

int find_parse_fields(struct find *f, const char *text, struct match_error *why)
{
	size_t n = strlen(text);

	forget(f);
	*why = (struct match_error){ 0 };
	if (n >= NEEDLE_MAX)
		return refuse(f, why, NEEDLE_MAX, "longer than 255 bytes");
	f->match = calloc(1, sizeof(*f->match));
	if (!f->match)
		return -1;
	if (match_open(f->match, text + 1, n - 1, &regex_engine, why)) {
		free(f->match);
		f->match = NULL;
		why->at++;
		return -1;
	}
	if (f->match->flows)
		return refuse(f, why, 1, "only a filter (/) knows flows");
	memcpy(f->text, text, n + 1);
	return 0;
}

void find_start(struct find *f, const struct packets *v, bool backwards)
{
	uint32_t count = packets_end(v) - packets_begin(v);

	if (!f->window.bytes && !window_open(&f->window, AHEAD))
		return;
	f->running = count > 0;
	f->backwards = backwards;
	f->left = count;
	f->at = v->cursor;
}

static bool has_fields(const struct find *f, struct packets *v, uint32_t n, const struct packet *p)
{
	struct frame frame = cell_frame(v, n, p);

	line_decode(&v->line, p);
	return match_packet(f->match, v->line.all, &frame);
}

static bool is_found(const struct find *f, struct packets *v, uint32_t n, const struct packet *p)
{
	struct slice needle = { f->bytes, f->count, f->count };
	struct row r;

	if (f->match)
		return has_fields(f, v, n, p);
	if (slice_contains(p->bytes, needle))
		return true;
	if (f->hex)
		return false;
	row_fill(&r, &v->line, p);
	return strcasestr(r.info, f->text) || strcasestr(r.source, f->text) || strcasestr(r.destination, f->text) ||
	       strcasestr(r.protocol, f->text);
}

int find_extend(struct find *f, struct packets *v)
{
	uint32_t begin = packets_begin(v), end = packets_end(v);

	if (begin == end)	/* live packets that are gone meanwhile */
		f->left = 0;
	for (int i = 0; f->running && f->left > 0 && i < AT_ONCE; i++, f->left--) {
		struct packet p;
		uint32_t n;

		if (f->backwards)
			f->at = (f->at > begin && f->at <= end ? f->at : end) - 1;
		else
			f->at = f->at >= begin && f->at + 1 < end ? f->at + 1 : begin;
		n = packets_number(v, f->at);
		store_packet(v->store, &f->window, n, &p);
		if (is_found(f, v, n, &p)) {
			f->running = false;
			v->cursor = f->at;
			v->follow = false;
			return 0;
		}
	}
	if (f->running && f->left == 0) {
		f->running = false;
		packets_say(v, "Not found: %.160s", f->text);
	}
	return f->running;
}

void find_close(struct find *f)
{
	forget(f);
	window_close(&f->window);
}
