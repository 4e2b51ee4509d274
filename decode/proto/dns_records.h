/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_records.h - questions and resource records of a DNS message, between the dns files */
#ifndef DECODE_PROTO_DNS_RECORDS_H
#define DECODE_PROTO_DNS_RECORDS_H

#include "decode/brief.h"

#define DNS_HEADER 12	/* bytes */

enum { DNS_PORT = 53, MDNS_PORT = 5353, LLMNR_PORT = 5355 };

enum {
	DNS_A = 1, DNS_NS = 2, DNS_CNAME = 5, DNS_SOA = 6, DNS_PTR = 12, DNS_HINFO = 13, DNS_MX = 15,
	DNS_TXT = 16, DNS_RP = 17, DNS_AFSDB = 18, DNS_AAAA = 28, DNS_SRV = 33, DNS_NAPTR = 35,
	DNS_KX = 36, DNS_DNAME = 39, DNS_OPT = 41, DNS_DS = 43, DNS_SSHFP = 44, DNS_RRSIG = 46,
	DNS_NSEC = 47, DNS_DNSKEY = 48, DNS_NSEC3 = 50, DNS_NSEC3PARAM = 51, DNS_TLSA = 52,
	DNS_CDS = 59, DNS_CDNSKEY = 60, DNS_SVCB = 64, DNS_HTTPS = 65, DNS_SPF = 99, DNS_TSIG = 250,
	DNS_URI = 256, DNS_CAA = 257,
};

/* A question, or a resource record; a question has no time to live and no data. */
struct dns_item {
	uint32_t name;		/* where it starts in the message */
	uint16_t type, class;
	uint32_t ttl;		/* seconds */
	uint16_t size;		/* of the data, as the record says, bytes */
	struct slice data;	/* as far as they are here */
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

/* The record to lay over a question, or over a resource record of a type; multicast: as in mDNS. */
const struct record *dns_record(bool question, bool multicast, uint16_t type);

/* The n-th of them all, see struct proto. */
const struct record *dns_any_record(uint32_t n);
const struct record *mdns_any_record(uint32_t n);

/* What the data of a record of some type are, without a title; NULL: nobody knows. In dns_data.c. */
const struct record *dns_data(uint16_t type);
const struct record *dns_any_data(uint32_t n);

/* The same for those of DNSSEC and its like, in dns_sec.c. */
const struct record *dns_sec_data(uint16_t type);
const struct record *dns_any_sec_data(uint32_t n);

/* Append what item holds, as " 10.0.0.1"; false where it is cut or lies. */
bool dns_data_put(struct out *o, const struct brief *b, struct slice msg,
		  const struct dns_item *item);

/* Options in an OPT record, and parameters of a service binding: see struct record. */
const struct record *dns_opt_inside(const struct within *w, struct slice *rest, struct slice *item);
const struct record *dns_any_opt(uint32_t n);
const struct record *dns_svcb_inside(const struct within *w, struct slice *rest, struct slice *item);
const struct record *dns_any_svcb(uint32_t n);

/* Append what an OPT record says, RFC 6891. */
bool dns_opt_put(struct out *o, const struct dns_item *item);

/* The upper 8 bits of the response code, which an OPT record has in its time to live. */
uint32_t dns_opt_rcode(const struct dns_item *item);

/* The words for numbers, in dns_words.c; NULL: it is not in use. A plain query's opcode has an empty one. */
const char *dns_opcode_text(uint32_t opcode);
const char *dns_type_text(uint16_t type);

/* Append the word, or what stands for one: " update", " NXDomain", " AAAA"; " CHAOS", and nothing for the
 * Internet's class; " [1d2h]", a time to live in seconds, each part where it is not 0.
 */
void dns_put_opcode(struct out *o, uint32_t opcode);
void dns_put_rcode(struct out *o, uint32_t rcode);
void dns_put_type(struct out *o, uint16_t type);
void dns_put_class(struct out *o, uint32_t class);
void dns_put_ttl(struct out *o, uint32_t ttl);

#endif
