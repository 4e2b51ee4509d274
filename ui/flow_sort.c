/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_sort.c - flows in the order that is asked for */
#include "ui/flow_sort.h"

#include <stdlib.h>

#include "decode/track/flows.h"
#include "ui/flow_text.h"

/* Earlier is higher. */
static uint64_t by_time(int64_t ns)
{
	return ~((uint64_t)ns ^ (uint64_t)1 << 63);
}

static uint64_t by_bytes(const struct flow *f)
{
	return f->bytes[0] + f->bytes[1];
}

static uint64_t by_packets(const struct flow *f)
{
	return f->packets[0] + f->packets[1];
}

static uint64_t by_start(const struct flow *f)
{
	return by_time(f->first);
}

static uint64_t by_last(const struct flow *f)
{
	return by_time(f->last);
}

static uint64_t by_duration(const struct flow *f)
{
	return (uint64_t)f->last - (uint64_t)f->first;
}

static uint64_t by_proto(const struct flow *f)
{
	return UINT8_MAX - f->key.proto;
}

static uint64_t by_state(const struct flow *f)
{
	return FLOW_RESET - f->state;
}

/* The lower end is the higher key: all of an IPv4 address and its port, and the first 63 bits of an IPv6 address. */
static uint64_t by_end(const struct flow *f, uint32_t end)
{
	struct slice addr = flow_addr(f, end);

	if (f->key.v6)
		return ~((uint64_t)1 << 63 | slice_u64(addr, 0) >> 1);
	return ~((uint64_t)slice_u32(addr, 0) << 16 | f->key.port[end]);
}

static uint64_t by_client(const struct flow *f)
{
	return by_end(f, flow_client(f));
}

static uint64_t by_server(const struct flow *f)
{
	return by_end(f, !flow_client(f));
}

static int order_of_ends(const struct flow *a, uint32_t i, const struct flow *b, uint32_t j)
{
	int order = a->key.v6 - b->key.v6;

	if (order == 0)
		order = memcmp(a->key.addr[i], b->key.addr[j], sizeof(a->key.addr[i]));
	return order ? order : a->key.port[i] - b->key.port[j];
}

/* By the one end, the other, and the protocol. */
static int order_of_flows(const struct flow *a, const struct flow *b, uint32_t server_first)
{
	uint32_t i = flow_client(a) ^ server_first, j = flow_client(b) ^ server_first;
	int order = order_of_ends(a, i, b, j);

	if (order == 0)
		order = order_of_ends(a, !i, b, !j);
	return order ? order : a->key.proto - b->key.proto;
}

/* Flows lie far apart: they are looked at last. */
static int key_first(const void *left, const void *right)
{
	const struct flow_row *x = left, *y = right;

	if (x->key != y->key)
		return x->key < y->key ? 1 : -1;
	if (x->start != y->start)
		return x->start < y->start ? 1 : -1;
	return order_of_flows(x->flow, y->flow, 0);
}

static int end_first(const struct flow_row *x, const struct flow_row *y, uint32_t server_first)
{
	int order;

	if (x->key != y->key)
		return x->key < y->key ? 1 : -1;
	order = order_of_flows(x->flow, y->flow, server_first);
	return order ? order : (x->start < y->start) - (x->start > y->start);
}

static int client_first(const void *x, const void *y)
{
	return end_first(x, y, 0);
}

static int server_first(const void *x, const void *y)
{
	return end_first(x, y, 1);
}

static const struct flow_order orders[] = {
	{ "bytes", by_bytes, key_first },
	{ "packets", by_packets, key_first },
	{ "rate", NULL, key_first },
	{ "start", by_start, key_first },
	{ "last", by_last, key_first },
	{ "duration", by_duration, key_first },
	{ "client", by_client, client_first },
	{ "server", by_server, server_first },
	{ "proto", by_proto, key_first },
	{ "state", by_state, key_first },
};

const struct flow_order *flow_order(const char *name)
{
	for (size_t i = 0; name && i < sizeof(orders) / sizeof(orders[0]); i++)
		if (!strcmp(orders[i].name, name))
			return &orders[i];
	return name ? NULL : &orders[0];
}

const struct flow_order *flow_order_next(const struct flow_order *order)
{
	return order + 1 < orders + sizeof(orders) / sizeof(orders[0]) ? order + 1 : orders;
}

bool flow_sort_known(const char *key)
{
	return flow_order(key);
}

struct flow_row flow_row(const struct flow_order *order, const struct flows *t, const struct flow *f)
{
	return (struct flow_row){ order->key ? order->key(f) : flow_rate(f, t->latest), by_start(f), f };
}

struct flow_row *flow_sort(const struct flows *f, const char *key, uint32_t *n)
{
	const struct flow_order *order = flow_order(key);
	struct flow_row *rows = malloc((f->count + 1) * sizeof(*rows));
	const struct flow *flow = NULL;

	*n = 0;
	if (!rows)
		return NULL;
	while (*n < f->count && (flow = flows_next(f, flow)) != NULL)
		rows[(*n)++] = flow_row(order, f, flow);
	qsort(rows, *n, sizeof(*rows), order->compare);
	return rows;
}
