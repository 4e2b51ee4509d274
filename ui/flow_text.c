/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_text.c - a flow's ends, protocol and state in words */
#include "ui/flow_text.h"

#include "decode/ip.h"

#define MINUTE_NS UINT64_C(60000000000)

static const struct {
	const char *text, *json;
} states[] = {
	[FLOW_STATELESS] = { "-", NULL },
	[FLOW_SYN] = { "SYN", "syn" },
	[FLOW_SYN_ACK] = { "SYN-ACK", "syn-ack" },
	[FLOW_ESTABLISHED] = { "ESTAB", "established" },
	[FLOW_FIN] = { "FIN", "fin" },
	[FLOW_CLOSED] = { "CLOSED", "closed" },
	[FLOW_RESET] = { "RST", "reset" },
};

const char *flow_state(const struct flow *f)
{
	return states[f->state].text;
}

const char *flow_state_json(const struct flow *f)
{
	return states[f->state].json;
}

uint64_t flow_rate(const struct flow *f, int64_t now)
{
	int32_t stretch = flow_stretch(now);
	uint64_t bytes = (uint64_t)flow_recent(f, stretch) + flow_recent(f, stretch - 1);
	uint64_t from = (uint64_t)(stretch - 1) * FLOW_STRETCH_NS, age = (uint64_t)now - (uint64_t)f->first;
	uint64_t ns = (uint64_t)now - from < age ? (uint64_t)now - from : age;

	return bytes * 8000 / (ns / 1000000 > 1000 ? ns / 1000000 : 1000);
}

bool flow_is_active(const struct flow *f, int64_t now)
{
	return f->state < FLOW_CLOSED && !(f->bits & FLOW_FORMER) && (uint64_t)now - (uint64_t)f->last < MINUTE_NS;
}

/* How getservbyport(3) calls it. */
static const char *transport_of(const struct flow *f)
{
	return f->key.proto == 17 ? "udp" : f->key.proto == 132 ? "sctp" : "tcp";
}

void flow_text_end(struct out *o, const struct brief *b, const struct flow *f, uint32_t end)
{
	bool ports = flow_has_ports(f);
	struct slice addr = flow_addr(f, end);

	if (ports && f->key.v6)
		out_char(o, '[');
	brief_host(o, b, addr);
	if (ports && f->key.v6)
		out_char(o, ']');
	if (!ports)
		return;
	out_char(o, ':');
	brief_port(o, b, f->key.port[end], transport_of(f));
}

void flow_text_proto(struct out *o, const struct flow *f)
{
	static const struct name more[] = { { 136, "UDPLite" }, { 0, NULL } };
	const char *word = name_of(ip_protocols, f->key.proto);

	if (!word)
		word = name_of(more, f->key.proto);
	if (word)
		out_str(o, word);
	else
		out_dec(o, f->key.proto);
}
