/* SPDX-License-Identifier: BSD-2-Clause */
/* ranking.c - the packets that a filter lets through, sorted by a column
 *
 * How it works: of each packet's column a key of fixed size is made, whose bytes compare as the values do: numbers and
 * times by size, addresses by their bytes, text by its first bytes without regard to case.
 */
#define _GNU_SOURCE
#include "ui/screen/ranking.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ui/screen/cell.h"

#define AT_ONCE 128		/* packets that are decoded at once: less than a millisecond */

enum ranked_as { AS_NUMBER, AS_ADDRESS, AS_TEXT, AS_NOTHING };

struct ranked {
	uint8_t kind;		/* enum ranked_as */
	uint8_t key[23];
	uint32_t number;
};

static int compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = memcmp(&x->kind, &y->kind, 1 + sizeof(x->key));

	return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

static void set_bits(struct ranked *r, uint64_t bits)
{
	for (int i = 0; i < 8; i++)
		r->key[i] = (uint8_t)(bits >> (56 - 8 * i));
	r->kind = AS_NUMBER;
}

/* The bits of a double compare as it does, when those of negative ones are turned. */
static void set_number(struct ranked *r, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	set_bits(r, bits >> 63 ? ~bits : bits | UINT64_C(1) << 63);
}

/* The time of the match at that place, in ns: what the column counts from matters where it is another packet each. */
static void set_time(struct ranked *r, const struct packets *v, uint32_t place)
{
	const uint32_t *number = v->sieve->number;
	uint64_t time = (uint64_t)store_time(v->store, number[place]);

	memset(r->key, 0, sizeof(r->key));
	if (v->clock == CLOCK_SHOWN)
		time = place > 0 ? time - (uint64_t)store_time(v->store, number[place - 1]) : 0;
	else if (v->clock == CLOCK_DELTA)
		time = number[place] > 0 ? time - (uint64_t)store_time(v->store, number[place] - 1) : 0;
	set_bits(r, time ^ UINT64_C(1) << 63);
}

/* Addresses of IPv4 before those of IPv6. */
static bool set_address(struct ranked *r, const char *text)
{
	r->kind = AS_ADDRESS;
	r->key[0] = 4;
	if (inet_pton(AF_INET, text, r->key + 1) == 1)
		return true;
	r->key[0] = 6;
	return inet_pton(AF_INET6, text, r->key + 1) == 1;
}

static void set_text(struct ranked *r, const char *text)
{
	r->kind = *text ? AS_TEXT : AS_NOTHING;
	for (size_t i = 0; i < sizeof(r->key) && text[i]; i++)
		r->key[i] = (uint8_t)tolower((unsigned char)text[i]);
}

static void set_key(struct ranked *r, const char *text)
{
	char *end;
	double value = strtod(text, &end);

	memset(r->key, 0, sizeof(r->key));
	if (end > text && !*end && isdigit((unsigned char)text[strspn(text, "-")])) {
		set_number(r, value);
		return;
	}
	if (set_address(r, text))
		return;
	memset(r->key, 0, sizeof(r->key));
	set_text(r, text);
}

void ranking_stop(struct ranking *r)
{
	r->running = false;
	merge_free(&r->rows);
}

/* As they came. */
static void unsort(struct packets *v)
{
	uint32_t n = packets_number(v, v->cursor);

	v->sorted.count = 0;
	packets_select(v, packets_position(v, n));
	packets_say(v, "Packets are in the order they came");
}

void ranking_next(struct ranking *r, struct packets *v)
{
	const struct list_columns *all = &v->config.columns;
	uint32_t column = r->running ? r->column + 1 : packets_are_sorted(v) ? v->sorted.column + 1 : 0;

	ranking_stop(r);
	if (!v->sieve || store_grows(v->store) || store_progress(v->store) < 100 || v->sieve->count == 0) {
		packets_say(v, "Only what a filter lets through of a stored file is sorted");
		return;
	}
	if (column < all->count && all->column[column].kind == LIST_NUMBER)
		column++;
	if (column >= all->count) {
		unsort(v);
		return;
	}
	r->running = true;
	r->column = column;
	r->serial = v->sieve->serial;
	r->next = 0;
}

void ranking_reverse(struct packets *v)
{
	uint32_t n;

	if (!packets_are_sorted(v)) {
		packets_say(v, "Packets are not sorted, s does that");
		return;
	}
	n = packets_number(v, v->cursor);
	v->sorted.reverse = !v->sorted.reverse;
	packets_select(v, packets_position(v, n));
}

static void take_some(struct ranking *r, struct packets *v)
{
	const struct list_column *c = &v->config.columns.column[r->column];
	uint32_t n = 0;

	for (; n < AT_ONCE && r->next < v->sieve->count; n++, r->next++) {
		struct ranked *new = merge_row(&r->rows, r->rows.count++);
		struct packet p;

		new->number = v->sieve->number[r->next];
		if (c->kind == LIST_TIME) {
			set_time(new, v, r->next);
			continue;
		}
		store_packet(v->store, &v->window, new->number, &p);
		row_fill(&r->row, &v->line, &p);
		set_key(new, cell_text(v, c, 0, &p, &r->row));	/* a place is asked for with times only */
	}
	if (r->rows.count % MERGE_RUN == 0)
		merge_run(&r->rows, MERGE_RUN);
	else if (r->next == v->sieve->count)
		merge_run(&r->rows, r->rows.count % MERGE_RUN);
}

static void show(struct ranking *r, struct packets *v)
{
	uint32_t selected = packets_number(v, v->cursor);
	uint32_t *number = realloc(v->sorted.number, r->rows.count * sizeof(*number));

	if (!number) {
		packets_say(v, "No memory to sort %u packets", r->rows.count);
		return;
	}
	for (uint32_t i = 0; i < r->rows.count; i++)
		number[i] = ((const struct ranked *)merge_row(&r->rows, i))->number;
	v->sorted = (struct sorted){
		.serial = r->serial, .number = number, .count = r->rows.count, .column = r->column,
		.reverse = v->sorted.reverse,
	};
	packets_select(v, packets_position(v, selected));
	packets_say(v, "Sorted by %s", list_column_title(&v->config.columns.column[r->column]));
}

bool ranking_extend(struct ranking *r, struct packets *v)
{
	if (!v->sieve || v->sieve->serial != r->serial || r->column >= v->config.columns.count) {
		ranking_stop(r);	/* another filter, or other columns */
		return false;
	}
	if (!r->rows.rows && !merge_begin(&r->rows, v->sieve->count, sizeof(struct ranked), compare)) {
		packets_say(v, "No memory to sort %u packets", v->sieve->count);
		ranking_stop(r);
		return false;
	}
	if (r->next < v->sieve->count) {
		take_some(r, v);
		return true;
	}
	if (merge_extend(&r->rows))
		return true;
	show(r, v);
	ranking_stop(r);
	return false;
}

uint32_t ranking_progress(const struct ranking *r, const struct packets *v)
{
	return v->sieve && v->sieve->count ? (uint32_t)((uint64_t)r->next * 100 / v->sieve->count) : 0;
}
