/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_tcp.c - how TCP segments move the state of their flow, RFC 9293 section 3.3.2 seen from between */
#include "decode/track/flow_tcp.h"

bool flow_tcp_begins(const struct flow *f, const struct flow_sight *s)
{
	if ((s->flags & (TCP_SYN | TCP_ACK)) != TCP_SYN || !(f->bits & FLOW_BASE_0 << s->from))
		return false;
	return f->state >= FLOW_FIN || f->base[s->from] != s->seq;
}

static void set_client(struct flow *f, uint32_t end)
{
	f->bits = (uint8_t)((f->bits & ~(uint32_t)FLOW_CLIENT) | end);
}

/* The client's answer to SYN and SYN-ACK: the way there and back, wherever between them this is seen. */
static void note_handshake(struct flow *f, const struct flow_sight *s)
{
	uint64_t us = ((uint64_t)s->time - (uint64_t)f->first) / 1000;

	if (f->packets[flow_client(f)] > 0 && s->time > f->first)
		f->handshake_us = us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
}

static void move(struct flow *f, const struct flow_sight *s)
{
	bool by_client = s->from == flow_client(f);

	if (s->flags & TCP_RST) {
		if (f->state != FLOW_CLOSED)
			f->state = FLOW_RESET;
	} else if (s->flags & TCP_SYN) {
		if (f->state == FLOW_STATELESS) {
			set_client(f, s->flags & TCP_ACK ? !s->from : s->from);
			f->state = s->flags & TCP_ACK ? FLOW_SYN_ACK : FLOW_SYN;
		} else if (f->state == FLOW_SYN && s->flags & TCP_ACK && !by_client) {
			f->state = FLOW_SYN_ACK;
		}
	} else if (f->state == FLOW_STATELESS) {
		f->state = FLOW_ESTABLISHED;
	} else if (f->state == FLOW_SYN_ACK || (f->state == FLOW_SYN && by_client)) {
		if (f->state == FLOW_SYN_ACK && by_client)
			note_handshake(f, s);
		f->state = FLOW_ESTABLISHED;	/* be the SYN-ACK seen or not */
	}
	if (s->flags & TCP_FIN && f->state < FLOW_CLOSED) {
		f->bits |= (uint8_t)(FLOW_FIN_0 << s->from);
		f->state = f->bits & FLOW_FIN_0 && f->bits & FLOW_FIN_1 ? FLOW_CLOSED : FLOW_FIN;
	}
}

/* A segment that begins one byte before what is next, with one byte or none, keeps a connection alive
 * (RFC 9293, section 3.8.4).
 */
static void follow(struct flow *f, const struct flow_sight *s)
{
	uint32_t syn = s->flags & TCP_SYN ? 1 : 0, fin = s->flags & TCP_FIN ? 1 : 0;
	uint32_t takes = syn + s->length + fin, end = s->seq + takes, from = s->from;

	if (!(f->bits & FLOW_BASE_0 << from)) {
		f->bits |= (uint8_t)(FLOW_BASE_0 << from);
		f->base[from] = s->seq - !syn;
		f->next[from] = end;
	} else if (takes > 0 && seq_is_below(s->seq, f->next[from])) {
		f->again[from] += takes > 1 || s->seq + 1 != f->next[from] || syn || fin;
	}
	if (seq_is_below(f->next[from], end))
		f->next[from] = end;
	if (s->flags & TCP_ACK && !(f->bits & FLOW_BASE_0 << !from)) {
		f->bits |= (uint8_t)(FLOW_BASE_0 << !from);
		f->base[!from] = s->ack - 1;
		f->next[!from] = s->ack;
	}
}

void flow_tcp_count(struct flow *f, const struct flow_sight *s)
{
	if (s->mss)
		f->mss[s->from] = s->mss;
	if (s->window == 0 && !(s->flags & (TCP_SYN | TCP_RST)) && f->closed[s->from] < UINT16_MAX)
		f->closed[s->from]++;
	if (!(s->flags & TCP_RST))	/* what it counts from may be made up */
		follow(f, s);
	move(f, s);
}
