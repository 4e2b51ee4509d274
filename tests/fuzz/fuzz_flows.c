/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_flows.c - the table of flows under any traffic: nothing is lost, counted twice or left hanging
 *
 * Four bytes of an input are a run of packets: which two hosts, which of them sends and with which flags of TCP
 * (or UDP), a number, and how many more follow from hosts that are each one further. The table is the smallest.
 */
#include <stdlib.h>

#include "decode/track/flows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RUN = 4 };

static struct flows flows;
static _Alignas(128) uint8_t memory[FLOWS_MIN_MEMORY];

static void check(bool good)
{
	if (!good)
		abort();
}

static void take(uint32_t host, uint8_t how, uint8_t number, int64_t time)
{
	struct flow_sight s = {
		.key = { .port = { 0, 80 }, .proto = how & 0x80 ? 17 : 6 },
		.time = time,
		.bytes = 60,
		.tcp = !(how & 0x80),
		.flags = how & (TCP_FIN | TCP_SYN | TCP_RST | TCP_ACK),
		.from = how >> 6 & 1,
		.seq = (uint32_t)number << 24,
		.ack = number,
		.length = how & 0x20 ? 100 : 0,
	};

	memcpy(s.key.addr[1], &host, sizeof(host));
	s.hash = flow_hash(&flows.eye.seed, &s.key);
	check(memcmp(&flows_count(&flows, &s)->key, &s.key, sizeof(s.key)) == 0);
}

/* Can flow be found by its key, unless another has its ports? */
static bool is_in_place(const struct flow *flow, uint32_t number)
{
	uint64_t hash = flow_hash(&flows.eye.seed, &flow->key);
	struct flow_probe p = { 0 };
	uint32_t found;

	while ((found = flow_index_next(&flows.index, hash, &p)) != 0)
		if (found == number)
			return !(flow->bits & FLOW_FORMER);
	return flow->bits & FLOW_FORMER;
}

/* Each flow is in the list of its rank, once, and the lists have no others. Returns how many those are. */
static uint32_t check_list(enum flow_rank rank)
{
	uint32_t before = 0, n = 0;

	for (uint32_t at = flows.list[rank].first; at; at = flows.flow[at - 1].behind) {
		const struct flow *flow = &flows.flow[at - 1];

		check(at <= flows.used && flow->rank == rank && flow->before == before);
		check(is_in_place(flow, at));
		check(flow->first <= flow->last && flow->packets[0] + flow->packets[1] > 0);
		check(flow->bytes[0] == 60 * flow->packets[0] && flow->bytes[1] == 60 * flow->packets[1]);
		before = at;
		check(++n <= flows.count);
	}
	check(flows.list[rank].last == before);
	return n;
}

static void check_table(uint64_t packets)
{
	uint64_t counted = 0;
	uint32_t found = 0, listed = 0;

	for (uint32_t rank = RANK_UNANSWERED; rank < RANKS; rank++)
		listed += check_list((enum flow_rank)rank);
	for (const struct flow *f = NULL; (f = flows_next(&flows, f)) != NULL;) {
		counted += f->packets[0] + f->packets[1];
		found += !(f->bits & FLOW_FORMER);
	}
	check(listed == flows.count && flows.count <= flows.most);
	check(found == flows.index.count);
	check(flows_evicted(&flows) ? counted < packets : counted == packets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t packets = 0;

	proto_init();
	memset(&flows, 0, sizeof(flows));
	memset(memory, 0, sizeof(memory));
	flows_open(&flows, memory, sizeof(memory), (const uint64_t[]){ 1, 2 });
	for (; size >= RUN; data += RUN, size -= RUN)
		for (uint32_t i = 0; i <= data[3]; i++)
			take(data[0] * 4u + i, data[1], data[2], (int64_t)((uint64_t)data[2] << 56) + (int64_t)(++packets));
	check_table(packets);
	return 0;
}
