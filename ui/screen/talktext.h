/* SPDX-License-Identifier: BSD-2-Clause */
/* talktext.h - a talker's name, and the filter for its packets */
#ifndef UI_SCREEN_TALKTEXT_H
#define UI_SCREEN_TALKTEXT_H

#include "decode/out.h"
#include "decode/track/talkers.h"

/* Append its address, port or protocol: "192.0.2.1", "tcp/443", "DNS". */
void talktext_name(struct out *o, const struct talker_key *k, enum talker_kind kind);

/* Append a display filter for its packets. False where there is none. */
bool talktext_filter(struct out *o, const struct talker_key *k, enum talker_kind kind);

#endif
