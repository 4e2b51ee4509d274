/* SPDX-License-Identifier: BSD-2-Clause */
/* linklist.c - the interfaces of this machine as they are looked at */
#include "ui/screen/linklist.h"

#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/netns.h"
#include "ui/screen/move.h"

#define SECOND INT64_C(1000000000)
#define ROOM 32			/* bytes, for one more in a filter */
#define FORGET (5 * SECOND)	/* who was not asked for so long has no rate yet */

/* What lo sends, it receives. */
static uint64_t both(const struct link *k, const uint64_t n[2])
{
	return n[LINK_RECEIVED] + (k->loopback ? 0 : n[LINK_SENT]);
}

static const struct link_rate *rate_of(const struct link_rate *rate, uint32_t n, unsigned index)
{
	for (uint32_t i = 0; i < n; i++)
		if (rate[i].index == index)
			return &rate[i];
	return NULL;
}

/* What came since before, which took so many ns. Counters begin anew where an interface does. */
static struct link_rate count(const struct link *k, const struct link_rate *before, int64_t ns)
{
	struct link_rate r = { .index = k->index, .packets = both(k, k->packets), .bytes = both(k, k->bytes) };

	if (!before)
		return r;
	memcpy(r.history, before->history + 1, sizeof(r.history) - sizeof(r.history[0]));
	if (r.packets >= before->packets && r.bytes >= before->bytes && ns > 0) {
		r.pps = (uint64_t)((double)(r.packets - before->packets) * (double)SECOND / (double)ns + 0.5);
		r.bps = (uint64_t)((double)(r.bytes - before->bytes) * 8 * (double)SECOND / (double)ns + 0.5);
	}
	r.history[LINK_SECONDS - 1] = r.bps / 8;
	return r;
}

/* Which one is selected stays so, wherever it stands now. */
static bool read_all(struct linklist *l, int64_t now)
{
	const struct link *selected = linklist_selected(l);
	unsigned index = selected ? selected->index : 0;
	struct link_rate *rate;
	bool good = links_read(l->links) == 0, known = now - l->read_ns < FORGET;

	rate = calloc(l->links->count + 1, sizeof(*rate));
	if (!rate)
		return false;
	for (uint32_t i = 0; i < l->links->count; i++) {
		const struct link *k = &l->links->link[i];

		rate[i] = count(k, known ? rate_of(l->rate, l->rates, k->index) : NULL, now - l->read_ns);
		if (selected && k->index == index)
			l->cursor = i;
	}
	free(l->rate);
	l->rate = rate;
	l->rates = l->links->count;
	l->read_ns = now;
	move_within(&l->cursor, 0, l->links->count, 0);
	return good;
}

/* A socket is of the namespace that it was opened in, also when this process has left that. */
static int open_in(struct links *links, const char *netns, struct error *e)
{
	struct netns n;
	struct error ignored;
	int rc = netns_open(&n, netns, e);

	if (rc)
		return rc;
	rc = netns_enter(&n, e);
	if (!rc) {
		rc = links_open(links, e);
		netns_leave(&n, rc ? &ignored : e);
	}
	netns_close(&n);
	return rc;
}

int linklist_open(struct linklist *l, const char *netns, struct error *e)
{
	int rc;

	if (l->links)
		return 0;
	l->links = calloc(1, sizeof(*l->links));
	if (!l->links)
		return error_set(e, STATUS_INTERFACE, "the interfaces: no memory for them");
	rc = open_in(l->links, netns, e);
	if (!rc && !read_all(l, clock_now(CLOCK_MONOTONIC)))
		rc = error_set(e, STATUS_INTERFACE, "the interfaces cannot be read");
	if (rc)
		linklist_close(l);
	return rc;
}

bool linklist_tick(struct linklist *l, int64_t now)
{
	if (!l->links || now - l->read_ns < SECOND)
		return false;
	read_all(l, now);
	return true;
}

const struct link *linklist_at(const struct linklist *l, uint32_t i)
{
	return l->links && i < l->rates ? &l->links->link[i] : NULL;
}

const struct link *linklist_selected(const struct linklist *l)
{
	return linklist_at(l, l->cursor);
}

void linklist_select(struct linklist *l, const char *name)
{
	for (uint32_t i = 0; linklist_at(l, i); i++)
		if (strcmp(linklist_at(l, i)->name, name) == 0)
			l->cursor = i;
}

const struct ledger *linklist_ledger(const struct linklist *l, unsigned index)
{
	const struct ledger *each, *found = NULL;
	uint32_t n;

	if (!l->live)
		return NULL;
	if (!capture_several(l->live))
		return capture_interface(l->live, 0)->index == index ? capture_shared_ledger(l->live) : NULL;
	n = capture_shared_ledgers(l->live, &each);
	for (uint32_t i = 0; i < n; i++)
		if (capture_interface(l->live, i)->index == index)
			found = &each[i];
	return found;
}

bool linklist_filter(const struct linklist *l, unsigned index, struct out *o)
{
	uint32_t count = capture_interfaces(l->live);
	bool found = false;

	for (uint32_t n = 0; n < count && o->end - o->at > ROOM; n++) {
		if (capture_interface(l->live, n)->index != index)
			continue;
		out_str(o, found ? ", " : "frame.interface_id in {");
		out_dec(o, n);
		found = true;
	}
	if (found)
		out_char(o, '}');
	return found;
}

bool linklist_marked(const struct linklist *l, unsigned index)
{
	if (l->live)
		return linklist_ledger(l, index);
	for (uint32_t i = 0; i < l->marks; i++)
		if (l->marked[i] == index)
			return true;
	return false;
}

bool linklist_mark(struct linklist *l, unsigned index, bool marked)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < l->marks; i++)
		if (l->marked[i] != index)
			l->marked[kept++] = l->marked[i];
	l->marks = kept;
	if (marked && l->marks == LINK_MARKS)
		return false;
	if (marked)
		l->marked[l->marks++] = index;
	return true;
}

bool linklist_act(struct linklist *l, enum action action)
{
	int64_t by = move_distance(action, l->page);

	if (by != 0)
		move_within(&l->cursor, 0, l->rates, by);
	return by != 0;
}

void linklist_close(struct linklist *l)
{
	if (l->links)
		links_close(l->links);
	free(l->links);
	free(l->rate);
	*l = (struct linklist){ 0 };
}
