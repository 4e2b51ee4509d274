/* SPDX-License-Identifier: BSD-2-Clause */
/* http.h - where the messages of HTTP/1 start and end, and the records in them */
#ifndef DECODE_PROTO_HTTP_H
#define DECODE_PROTO_HTTP_H

#include "decode/proto.h"

/* Does a word that requests begin with stand at the start of s? */
bool http_is_method(struct slice word);

/* option() and record() of the protocol. */
const struct record *http_option(struct slice whole, uint32_t index, struct slice *rest,
				 struct slice *opt);
const struct record *http_record(uint32_t n);

#endif
