/* SPDX-License-Identifier: BSD-2-Clause */
/* sip.c - Session Initiation Protocol, RFC 3261 section 7 */
#include "decode/brief.h"
#include "decode/textlines.h"

#define RECORD(fields, title) RECORD_OF("sip", fields, title)

static const char *const methods[] = {
	"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "PRACK", "SUBSCRIBE", "NOTIFY",
	"PUBLISH", "INFO", "REFER", "MESSAGE", "UPDATE", NULL,
};

static const struct field request_words[] = { { "Method", 0, 0, WORD }, { "r-uri", 0, 0, WORD } };
static const struct record request_parts = RECORD(request_words, NULL);
static const struct field request_fields[] = { { "Request-Line", 0, 0, LINE, .parts = &request_parts } };
static const struct field status_words[] = {
	{ "version", 0, 0, WORD }, { "Status-Code", 0, 0, DECIMAL },
};
static const struct record status_parts = RECORD(status_words, NULL);
static const struct field status_fields[] = { { "Status-Line", 0, 0, LINE, .parts = &status_parts } };
static const struct field cseq_words[] = {
	{ "CSeq.seq", 0, 0, HEADER_DECIMAL }, { "CSeq.method", 0, 0, HEADER_WORD, .scale = 1 },
};
static const struct record cseq_parts = RECORD(cseq_words, NULL);
static const struct field cseq_fields[] = { { "CSeq", 0, 0, HEADER, .parts = &cseq_parts } };
static const struct field other_fields[] = { { "header", 0, 0, LINE } };
static const struct field body_fields[] = { { "body", 0, 0, TEXT } };

static const struct record request = RECORD(request_fields, "Request");
static const struct record status = RECORD(status_fields, "Status");
static const struct record cseq = RECORD(cseq_fields, "CSeq");
static const struct record other = RECORD(other_fields, "Header");
static const struct record body = RECORD(body_fields, "Body");

/* The headers that have a field of their own; many have a short name too (section 7.3.3). */
#define HEADERS(H)									\
	H(accept,        "ACCEPT",        "",  HEADER, "Accept")			\
	H(allow,         "ALLOW",         "",  HEADER, "Allow")				\
	H(authorization, "AUTHORIZATION", "",  HEADER, "Authorization")			\
	H(call_id,       "CALL-ID",       "I", HEADER, "Call-ID")			\
	H(contact,       "CONTACT",       "M", HEADER, "Contact")			\
	H(length,        "CONTENT-LENGTH", "L", HEADER_DECIMAL, "Content-Length")	\
	H(type,          "CONTENT-TYPE",  "C", HEADER, "Content-Type")			\
	H(event,         "EVENT",         "O", HEADER, "Event")				\
	H(expires,       "EXPIRES",       "",  HEADER_DECIMAL, "Expires")		\
	H(from,          "FROM",          "F", HEADER, "From")				\
	H(max_forwards,  "MAX-FORWARDS",  "",  HEADER_DECIMAL, "Max-Forwards")		\
	H(proxy_auth,    "PROXY-AUTHENTICATE", "", HEADER, "Proxy-Authenticate")	\
	H(record_route,  "RECORD-ROUTE",  "",  HEADER, "Record-Route")			\
	H(route,         "ROUTE",         "",  HEADER, "Route")				\
	H(server,        "SERVER",        "",  HEADER, "Server")			\
	H(subject,       "SUBJECT",       "S", HEADER, "Subject")			\
	H(supported,     "SUPPORTED",     "K", HEADER, "Supported")			\
	H(to,            "TO",            "T", HEADER, "To")				\
	H(agent,         "USER-AGENT",    "",  HEADER, "User-Agent")			\
	H(via,           "VIA",           "V", HEADER, "Via")				\
	H(www_auth,      "WWW-AUTHENTICATE", "", HEADER, "WWW-Authenticate")

#define H(id, text, brief, kind, name) static const struct field id##_fields[] = { { name, 0, 0, kind } };
HEADERS(H)
#undef H

static const struct header {
	const char *text, *brief;
	struct record record;
} headers[] = {
#define H(id, text, brief, kind, name) { text, brief, RECORD(id##_fields, name) },
	HEADERS(H)
#undef H
};

static const struct record *sip_record(uint32_t n)
{
	static const struct record *const others[] = { &request, &status, &cseq, &other, &body };

	if (n < COUNT(others))
		return others[n];
	n -= (uint32_t)COUNT(others);
	return n < COUNT(headers) ? &headers[n].record : NULL;
}

static const struct record *record_of(struct slice line)
{
	struct slice name = text_header_name(line);

	if (text_same(name, "CSEQ"))
		return &cseq;
	for (const struct header *h = headers; h < headers + COUNT(headers); h++)
		if (text_same(name, h->text) || (h->brief[0] && text_same(name, h->brief)))
			return &h->record;
	return &other;
}

#define VERSION "SIP/2.0"
#define VERSION_LENGTH 7

/* "SIP/2.0 200 OK", or "INVITE sip:somebody@example.org SIP/2.0". */
static bool starts(struct slice s)
{
	struct slice line, word, rest = s;

	if (text_line(&rest, &line) != ENDED)
		return false;
	if (slice_starts(s, VERSION " ", VERSION_LENGTH + 1))
		return true;
	rest = line;
	return line.cap > VERSION_LENGTH && text_word(&rest, &word) && text_listed(word, methods) &&
	       slice_starts(slice_skip(line, line.cap - VERSION_LENGTH), VERSION, VERSION_LENGTH);
}

static enum proto_id sip_parse(struct step *s)
{
	struct slice rest = s->in, line;
	uint64_t length = 0;

	if (!starts(s->in))
		return step_decline(s);
	while (text_take_line(&rest, &line) && text_trim(line).cap > 0) {
		struct slice name = text_header_name(line);

		if (text_same(name, "CONTENT-LENGTH") || text_same(name, "L"))
			text_number(text_header_value(line), &length);
	}
	if (text_trim(line).cap > 0) {		/* the empty line is not here */
		step_header(s, s->in.wire);
		step_need(s, NEED_ANY);
		s->partial = true;
		return PROTO_NONE;
	}
	if (length > rest.wire) {
		step_need(s, length > UINT16_MAX ? NEED_ANY : s->in.wire - rest.wire + (uint32_t)length);
		s->partial = true;
		length = rest.wire;
	}
	step_header(s, s->in.wire - rest.wire + (uint32_t)length);
	return PROTO_SIP;
}

static const struct record *sip_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t at = slice_offset(whole, *rest);
	struct slice empty;

	if (rest->cap == 0)
		return NULL;
	if (text_ends_head(whole, at)) {
		*opt = *rest;
		*rest = slice_skip(*rest, rest->cap);
		return &body;
	}
	if (!text_take_line(rest, opt)) {
		*opt = *rest;
		*rest = slice_skip(*rest, rest->cap);
	}
	if (slice_starts(*rest, "\n", 1) || slice_starts(*rest, "\r\n", 2))
		text_take_line(rest, &empty);
	if (index > 0)
		return record_of(*opt);
	return slice_starts(whole, VERSION, VERSION_LENGTH) ? &status : &request;
}

static uint32_t sip_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice s = layer_whole(b->d, l);

	s.wire = l->claimed;
	out_str(o, i > 0 && b->d->layer[i - 1].proto == PROTO_TCP ? ": SIP" : "SIP");
	if (b->verbose)
		text_put_lines(o, " [|sip]", s);
	else
		text_put_line(o, " [|sip]", s);
	return b->d->count;
}

const struct proto proto_sip = {
	.head    = { .name = "sip" },
	.title   = "Session Initiation Protocol",
	.over    = { { BY_UDPPORT, 5060 }, { BY_TCPPORT, 5060 } },
	.proves  = starts,
	.first   = { { 'A', 'Z' } },
	.parse   = sip_parse,
	.option  = sip_option,
	.record  = sip_record,
	.summary = sip_summary,
};
