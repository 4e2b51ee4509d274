/* SPDX-License-Identifier: BSD-2-Clause */
/* talklist.c - who sends and receives the packets of a store, as it is looked at
 *
 * How it works: those that stand first are kept in a heap, the lowest of them on top, while all talkers are gone
 * through in pieces of less than a millisecond.
 */
#define _GNU_SOURCE
#include "ui/screen/talklist.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>

#include "ui/screen/move.h"

#define LIVE_MEMORY   ((size_t)16 << 20)	/* bytes: 14,000 talkers */
#define STORED_MEMORY ((size_t)256 << 20)	/* 1.8 million */
#define AT_ONCE 4096		/* talkers that are gone through at once */
#define SECOND INT64_C(1000000000)

enum { BY_BYTES, BY_SENT, BY_RECEIVED, BY_PACKETS, BY_FLOWS, BY_NAME, ORDERS };

static const char *const orders[ORDERS] = {
	[BY_BYTES] = "bytes", [BY_SENT] = "sent", [BY_RECEIVED] = "received", [BY_PACKETS] = "packets",
	[BY_FLOWS] = "flows", [BY_NAME] = "name",
};

static void forget(struct talklist *f)
{
	if (f->memory)
		munmap(f->memory, f->size);
	f->memory = NULL;
	free(f->table);
	f->table = NULL;
	pass_close(&f->pass);
}

/* Live: the first packet that is no more than a minute old. */
static uint32_t first_of(const struct store *store)
{
	int64_t since = ((int64_t)time(NULL) - RECENT_SECONDS) * SECOND;
	uint32_t low = store_first(store), high = store_count(store);

	while (store_is_live(store) && low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (store_time(store, middle) < since)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool talklist_open(struct talklist *f, const struct store *store, enum talker_kind kind)
{
	static uint64_t serial;
	uint64_t seed[2] = { 0 };

	forget(f);
	f->live = store_is_live(store);
	f->size = f->live ? LIVE_MEMORY : STORED_MEMORY;
	f->memory = mmap(NULL, f->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (f->memory == MAP_FAILED)
		f->memory = NULL;
	f->table = calloc(1, sizeof(*f->table));
	if (!f->rows)
		f->rows = calloc(2 * TALK_ROWS, sizeof(*f->rows));
	if (!f->memory || !f->table || !f->rows || !pass_open(&f->pass)) {
		talklist_close(f);
		return false;
	}
	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) < 0)
		seed[0] = (uint64_t)time(NULL);
	talkers_open(f->table, kind, f->live, f->memory, f->size, seed);
	f->shown = f->rows;
	f->heap = f->rows + TALK_ROWS;
	f->kind = kind;
	f->serial = ++serial;
	f->pass.next = first_of(store);
	f->count = f->cursor = f->top = 0;
	f->chosen = f->sorting = false;
	f->wanted = true;
	return true;
}

static void count(void *context, const struct packet *p)
{
	struct talklist *f = context;

	talkers_packet(f->table, bare_decode(&f->bare, p), bare_time(p));
}

bool talklist_extend(struct talklist *f, const struct store *store)
{
	uint32_t before = f->pass.next;
	bool was_done = pass_is_done(&f->pass, store), more = pass_extend(&f->pass, store, count, f);

	f->changed = f->changed || f->pass.next != before;
	f->wanted = f->wanted || (!f->live && !was_done && pass_is_done(&f->pass, store));
	return more;
}

struct talk_numbers talklist_numbers(const struct talklist *f, const struct talker *t)
{
	const struct talker_recent *r = talkers_recent(f->table, t);

	if (!r)
		return (struct talk_numbers){
			t->bytes[0] + t->bytes[1], t->bytes[TALKER_SENT], t->packets[0] + t->packets[1],
		};
	return (struct talk_numbers){
		recent_before(&r->bytes, f->second, f->window), recent_before(&r->sent, f->second, f->window),
		recent_before(&r->packets, f->second, f->window),
	};
}

uint64_t talklist_all(const struct talklist *f)
{
	return f->live ? recent_before(&f->table->all, f->second, f->window) : f->table->bytes;
}

/* The lower address is the higher key: all of an IPv4 address, and the first 63 bits of an IPv6 address. */
static uint64_t by_name(const struct talker_key *k)
{
	struct slice addr = { k->addr, sizeof(k->addr), sizeof(k->addr) };

	if (k->length == 16)
		return ~((uint64_t)1 << 63 | slice_u64(addr, 0) >> 1);
	return ~(slice_u64(addr, 0) >> 1 | (uint64_t)k->proto << 16 | k->port);
}

static uint64_t key_of(const struct talklist *f, const struct talker *t)
{
	struct talk_numbers n = talklist_numbers(f, t);
	uint64_t key[ORDERS] = {
		[BY_BYTES] = n.bytes, [BY_SENT] = n.sent, [BY_RECEIVED] = n.bytes - n.sent, [BY_PACKETS] = n.packets,
		[BY_FLOWS] = t->flows, [BY_NAME] = f->order == BY_NAME ? by_name(&t->key) : 0,
	};

	return f->reverse ? ~key[f->order] : key[f->order];
}

/* Does a stand before b? Who was seen first, where they are equal. */
static bool is_before(const struct talk_row *a, const struct talk_row *b)
{
	return a->key != b->key ? a->key > b->key : a->talker < b->talker;
}

/* The row at place at goes down to where none below it stands behind it. */
static void sink(struct talk_row *heap, uint32_t n, uint32_t at)
{
	for (;;) {
		uint32_t below = 2 * at + 1;
		struct talk_row row = heap[at];

		if (below + 1 < n && is_before(&heap[below], &heap[below + 1]))
			below++;
		if (below >= n || is_before(&heap[below], &row))
			return;
		heap[at] = heap[below];
		heap[below] = row;
		at = below;
	}
}

static void take(struct talklist *f, uint32_t number)
{
	struct talk_row row = { key_of(f, talkers_at(f->table, number)), number };

	if (f->found < TALK_ROWS) {
		f->heap[f->found++] = row;
		if (f->found == TALK_ROWS)
			for (uint32_t i = TALK_ROWS / 2; i-- > 0;)
				sink(f->heap, f->found, i);
	} else if (is_before(&row, &f->heap[0])) {
		f->heap[0] = row;
		sink(f->heap, f->found, 0);
	}
}

static int order_of(const void *a, const void *b)
{
	return is_before(a, b) ? -1 : 1;
}

/* Show the new order. Who is under the cursor stays there, if that was chosen. */
static void show(struct talklist *f)
{
	uint32_t selected = f->chosen && f->cursor < f->count ? f->shown[f->cursor].talker : UINT32_MAX;
	struct talk_row *shown = f->heap;

	qsort(shown, f->found, sizeof(*shown), order_of);
	f->heap = f->shown;
	f->shown = shown;
	f->count = f->found;
	for (uint32_t i = 0; i < f->count; i++)
		if (shown[i].talker == selected)
			f->cursor = i;
	move_within(&f->cursor, 0, f->count, 0);
}

/* Rates are of whole seconds, of which there are few in the beginning. */
static void set_window(struct talklist *f)
{
	uint32_t first;

	f->second = (uint32_t)time(NULL);
	first = f->second - TALK_WINDOW;
	while (first + 1 < f->second && !recent_at(&f->table->all, first))
		first++;
	f->window = f->second - first;
}

bool talklist_sort(struct talklist *f, int64_t now_ns)
{
	if (!f->sorting && !f->wanted && ((!f->changed && !f->live) || now_ns - f->sorted_ns < SECOND))
		return false;
	if (!f->sorting) {
		f->sorting = true;
		f->wanted = f->changed = false;
		f->sorted_ns = now_ns;
		f->found = f->next = 0;
		if (f->live)
			set_window(f);
	}
	for (uint32_t i = 0; i < AT_ONCE && f->next < f->table->count; i++)
		take(f, f->next++);
	if (f->next >= f->table->count) {
		f->sorting = false;
		show(f);
	}
	return f->sorting || f->wanted;
}

void talklist_losses(const struct talklist *f, char *text, size_t size)
{
	const struct talkers *t = f->table;
	int n = snprintf(text, size, "  table %u%%", (unsigned)((uint64_t)t->count * 100 / t->most));

	if (t->evicted)
		n += snprintf(text + n, size - (size_t)n, "  evicted %" PRIu64, t->evicted);
	if (f->pass.missed)
		n += snprintf(text + n, size - (size_t)n, "  packets not counted %" PRIu64, f->pass.missed);
	snprintf(text + n, size - (size_t)n, " ");
}

const struct talker *talklist_at(const struct talklist *f, uint32_t i)
{
	return i < f->count ? talkers_at(f->table, f->shown[i].talker) : NULL;
}

const struct talker *talklist_selected(const struct talklist *f)
{
	return talklist_at(f, f->cursor);
}

const char *talklist_order(const struct talklist *f)
{
	return orders[f->order];
}

bool talklist_act(struct talklist *f, enum action action)
{
	int64_t by = move_distance(action, f->page);

	if (action == ACTION_SORT || action == ACTION_REVERSE) {
		if (action == ACTION_SORT)
			f->order = (f->order + 1) % ORDERS;
		else
			f->reverse = !f->reverse;
		f->sorting = false;
		f->wanted = true;
	} else if (by != 0) {
		f->chosen = action != ACTION_FIRST;
		move_within(&f->cursor, 0, f->count, by);
	} else {
		return false;
	}
	return true;
}

void talklist_close(struct talklist *f)
{
	forget(f);
	free(f->rows);
	*f = (struct talklist){ 0 };
}
