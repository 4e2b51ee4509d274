/* SPDX-License-Identifier: BSD-2-Clause */
/* flowlist.c - the flows of a store's packets as they are looked at */
#define _GNU_SOURCE
#include "ui/screen/flowlist.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "ui/flow_text.h"
#include "ui/screen/move.h"

#define LIVE_MEMORY (UINT64_C(16) << 20)	/* bytes: a hundred thousand flows */
#define SECOND INT64_C(1000000000)
#define RESTS 16		/* times as long as sorting has taken, four seconds at most */

bool flowlist_open(struct flowlist *f, const struct store *store, const struct options *o)
{
	struct options sized = *o;
	struct error e;

	if (f->table)
		return true;
	if (store_is_live(store) && !o->memory)
		sized.memory = LIVE_MEMORY;
	if (flow_table_open(&f->table, &sized, &e))
		return false;
	if (!pass_open(&f->pass)) {
		flowlist_close(f);
		return false;
	}
	f->order = flow_order(NULL);
	return true;
}

static void count(void *table, const struct packet *p)
{
	flow_table_put(table, p, 1);
}

bool flowlist_extend(struct flowlist *f, const struct store *store)
{
	uint32_t before = f->pass.next;
	bool more = pass_extend(&f->pass, store, count, f->table);

	f->changed = f->changed || f->pass.next != before;
	flows_settle(&f->table->flows);
	if (pass_is_done(&f->pass, store) && !f->filled)
		f->filled = f->wanted = true;
	return more;
}

void flowlist_losses(const struct flowlist *f, const struct store *store, char *text, size_t size)
{
	const struct flows *t = &f->table->flows;
	uint64_t evicted = flows_evicted(t);
	int n = 0;

	*text = '\0';
	if (store_is_live(store) || evicted)
		n = snprintf(text, size, "  table %u%%", (unsigned)((uint64_t)t->count * 100 / t->most));
	if (evicted)
		n += snprintf(text + n, size - (size_t)n, "  evicted %" PRIu64, evicted);
	if (f->pass.missed)
		n += snprintf(text + n, size - (size_t)n, "  packets not counted %" PRIu64, f->pass.missed);
	if (n > 0)
		snprintf(text + n, size - (size_t)n, " ");
}

/* Show the new order. What is under the cursor stays there, if it was chosen. */
static void show(struct flowlist *f)
{
	const struct flow *selected = f->chosen ? flowlist_selected(f) : NULL;
	const struct flow **shown = f->shown;

	if (f->rank.count > f->room) {
		shown = realloc(f->shown, f->rank.room * sizeof(const struct flow *));
		if (!shown)
			return;
		f->shown = shown;
		f->room = f->rank.room;
	}
	f->count = f->rank.count;
	for (uint32_t i = 0; i < f->count; i++) {
		shown[i] = f->rank.rows[i].flow;
		if (shown[i] == selected)
			f->cursor = f->reverse ? f->count - 1 - i : i;
	}
	move_within(&f->cursor, 0, f->count, 0);
}

bool flowlist_sort(struct flowlist *f, int64_t now_ns)
{
	if (!f->rank.running && !f->wanted && (!f->changed || now_ns - f->sorted_ns < f->rest_ns))
		return false;
	if (!f->rank.running) {
		f->wanted = f->changed = false;
		f->sorted_ns = now_ns;
		if (!flowrank_start(&f->rank, &f->table->flows, f->order))
			return false;
	}
	flowrank_extend(&f->rank, &f->table->flows);
	if (!f->rank.running) {
		int64_t rest = (now_ns - f->sorted_ns) * RESTS;

		f->rest_ns = rest < SECOND ? SECOND : rest < 4 * SECOND ? rest : 4 * SECOND;
		show(f);
	}
	return f->rank.running || f->wanted;
}

const struct flow *flowlist_at(const struct flowlist *f, uint32_t i)
{
	return i < f->count ? f->shown[f->reverse ? f->count - 1 - i : i] : NULL;
}

const struct flow *flowlist_selected(const struct flowlist *f)
{
	return flowlist_at(f, f->cursor);
}

bool flowlist_act(struct flowlist *f, enum action action)
{
	int64_t by = move_distance(action, f->page);

	if (action == ACTION_SORT) {
		f->order = flow_order_next(f->order);
		f->rank.running = false;
		f->wanted = true;
	} else if (action == ACTION_REVERSE) {
		f->reverse = !f->reverse;
		if (f->chosen && f->count > 0)
			f->cursor = f->count - 1 - f->cursor;
	} else if (by != 0) {
		f->chosen = action != ACTION_FIRST;
		move_within(&f->cursor, 0, f->count, by);
	} else {
		return false;
	}
	return true;
}

static void put_end(struct out *o, const struct flow *f, uint32_t end, const char *ports)
{
	struct slice addr = flow_addr(f, end);

	out_str(o, f->key.v6 ? "ipv6.addr == " : "ip.addr == ");
	if (f->key.v6)
		out_ipv6(o, addr);
	else
		out_ipv4(o, slice_u32(addr, 0));
	if (!ports)
		return;
	out_str(o, " && ");
	out_str(o, ports);
	out_str(o, ".port == ");
	out_dec(o, f->key.port[end]);
}

/* The protocol whose name the fields of its ports have; NULL where it has none. */
static const char *ports_of(const struct flow *f)
{
	static const struct { uint8_t proto; const char *name; } ports[] = {
		{ 6, "tcp" }, { 17, "udp" }, { 33, "dccp" }, { 132, "sctp" }, { 136, "udp" },
	};

	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (ports[i].proto == f->key.proto)
			return ports[i].name;
	return NULL;
}

/* " && ip.proto == 47"; behind IPv6 headers, of which there may be many, by its name. Of a protocol with ports the
 * packets that have none: they were cut before them, or are fragments, and there may be nothing left of it to be named.
 */
static void put_proto(struct out *o, const struct flow *f, const char *ports)
{
	enum proto_id id = proto_by(BY_IPPROTO, f->key.proto);

	if (!f->key.v6) {
		out_str(o, " && ip.proto == ");
		out_dec(o, f->key.proto);
	} else if (!ports && id != PROTO_DATA) {
		out_str(o, " && ");
		out_str(o, protos[id]->head.name);
	}
	if (ports) {
		out_str(o, " && !");
		out_str(o, ports);
		out_str(o, ".dstport");
	}
}

/* Did another flow use the same ports before? */
static bool has_former(const struct flows *t, const struct flow *flow)
{
	const struct flow *f = NULL;

	while ((f = flows_next(t, f)) != NULL)
		if (f != flow && f->bits & FLOW_FORMER && memcmp(&f->key, &flow->key, sizeof(f->key)) == 0)
			return true;
	return false;
}

/* " && frame.time_epoch >= 1795232380.294442000"; a time before 1970 is no bound. */
static void put_bound(struct out *o, const char *relation, int64_t ns)
{
	if (ns < 0)
		return;
	out_str(o, " && frame.time_epoch ");
	out_str(o, relation);
	out_char(o, ' ');
	out_dec(o, (uint64_t)ns / SECOND);
	out_char(o, '.');
	out_dec_pad(o, (uint64_t)ns % SECOND, 9);
}

bool flowlist_filter(const struct flows *t, const struct flow *flow, char *to, size_t size)
{
	struct out o = { to, to + size - 1 };
	const char *name = ports_of(flow), *ports = flow_has_ports(flow) ? name : NULL;

	put_end(&o, flow, flow_client(flow), ports);
	out_str(&o, " && ");
	put_end(&o, flow, !flow_client(flow), ports);
	if (!ports)
		put_proto(&o, flow, flow_has_ports(flow) ? NULL : name);
	if (has_former(t, flow))
		put_bound(&o, ">=", flow->first);
	if (flow->bits & FLOW_FORMER)
		put_bound(&o, "<=", flow->last);
	*o.at = '\0';
	return out_room(&o) > 0;
}

void flowlist_close(struct flowlist *f)
{
	flow_table_close(f->table);
	pass_close(&f->pass);
	flowrank_free(&f->rank);
	free(f->shown);
	*f = (struct flowlist){ 0 };
}
