/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_tcp.h - how TCP segments move the state of their flow */
#ifndef DECODE_TRACK_FLOW_TCP_H
#define DECODE_TRACK_FLOW_TCP_H

#include "decode/track/flow_sight.h"

/* Does s, a segment between the ports of f, begin another connection? */
bool flow_tcp_begins(const struct flow *f, const struct flow_sight *s);

/* Count s to f, before its packets and bytes are, which others count. */
void flow_tcp_count(struct flow *f, const struct flow_sight *s);

#endif
