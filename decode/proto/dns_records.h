/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_records.h - questions and resource records of a DNS message, between the dns files */
#ifndef DECODE_PROTO_DNS_RECORDS_H
#define DECODE_PROTO_DNS_RECORDS_H

#include "decode/brief.h"

#define DNS_HEADER 12	/* bytes */

enum { DNS_PORT = 53, MDNS_PORT = 5353, LLMNR_PORT = 5355 };

enum {
	DNS_A = 1, DNS_NS = 2, DNS_CNAME = 5, DNS_SOA = 6, DNS_PTR = 12, DNS_MX = 15, DNS_TXT = 16,
	DNS_AAAA = 28, DNS_SRV = 33, DNS_DNAME = 39, DNS_OPT = 41, DNS_SVCB = 64, DNS_HTTPS = 65,
	DNS_TSIG = 250, DNS_URI = 256, DNS_CAA = 257,
};

/* A question, or a resource record; a question has no time to live and no data. */
struct dns_item {
	uint32_t name;		/* where it starts in the message */
	uint16_t type, class;
	uint32_t ttl;		/* seconds */
	struct slice data;
};

/* Cut the next question or record off rest. Returns false, and an empty rest, where there is none
 * whole; *all is what was cut off, or what remained.
 */
bool dns_take(struct slice msg, struct slice *rest, bool question, struct dns_item *item,
	      struct slice *all);

/* Is msg, found on no port of DNS, a message with one question? What was not captured, or comes in the
 * next segment, need not be sound.
 */
bool dns_proves(struct slice msg);

/* The record to lay over a question, or over a resource record of a type. */
const struct record *dns_record(bool question, uint16_t type);

/* The n-th of them all, see struct proto. */
const struct record *dns_any_record(uint32_t n);

/* Append what item holds, as " 10.0.0.1"; false where it is cut or lies. */
bool dns_data_put(struct out *o, const struct brief *b, struct slice msg,
		  const struct dns_item *item);

/* Append what an OPT record says, RFC 6891. */
bool dns_opt_put(struct out *o, const struct dns_item *item);

/* The upper 8 bits of the response code, which an OPT record has in its time to live. */
uint32_t dns_opt_rcode(const struct dns_item *item);

#endif
