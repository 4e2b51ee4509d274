/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_text.h - a flow's ends, protocol and state in words */
#ifndef UI_FLOW_TEXT_H
#define UI_FLOW_TEXT_H

#include "decode/brief.h"
#include "decode/track/flow.h"

/* Are there ports in its protocol, and were they seen? */
static inline bool flow_has_ports(const struct flow *f)
{
	return f->key.port[0] || f->key.port[1];
}

/* "192.0.2.1:80", "[2001:db8::1]:80", "192.0.2.1"; with the names that b asks for. */
void flow_text_end(struct out *o, const struct brief *b, const struct flow *f, uint32_t end);

/* "TCP", or the number of an IP protocol that has no name. */
void flow_text_proto(struct out *o, const struct flow *f);

/* "ESTAB"; "-" where its protocol has no states. */
const char *flow_state(const struct flow *f);

/* Bits a second at now, ns since 1970: what was sent in the last 9 to 17 seconds, or since it began. */
uint64_t flow_rate(const struct flow *f, int64_t now);

/* Is it not over, and was it seen in the minute before now? */
bool flow_is_active(const struct flow *f, int64_t now);

/* "established"; NULL where its protocol has no states. */
const char *flow_state_json(const struct flow *f);

#endif
