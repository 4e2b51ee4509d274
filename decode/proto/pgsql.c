/* SPDX-License-Identifier: BSD-2-Clause */
/* pgsql.c - PostgreSQL's protocol 3: https://www.postgresql.org/docs/current/protocol-message-formats.html
 *
 * Some letters mean one thing from a client and another from a server; who is who is not known here, so
 * those have both names.
 */
#include "decode/brief.h"

static const struct name tags[] = {
	{ '1', "Parse completion" }, { '2', "Bind completion" }, { '3', "Close completion" },
	{ 'A', "Notification" }, { 'B', "Bind" }, { 'C', "Close or Command completion" },
	{ 'D', "Describe or Data row" }, { 'E', "Execute or Error" }, { 'F', "Function call" },
	{ 'G', "Copy in" }, { 'H', "Flush or Copy out" }, { 'I', "Empty query" },
	{ 'K', "Backend key data" }, { 'N', "Notice" }, { 'P', "Parse" }, { 'Q', "Simple query" },
	{ 'R', "Authentication" }, { 'S', "Sync or Parameter status" }, { 'T', "Row description" },
	{ 'V', "Function call response" }, { 'W', "Copy both" }, { 'X', "Termination" },
	{ 'Z', "Ready for query" }, { 'c', "Copy completion" }, { 'd', "Copy data" },
	{ 'f', "Copy failure" }, { 'n', "No data" }, { 'p', "Password" },
	{ 's', "Portal suspended" }, { 't', "Parameter description" },
	{ 'v', "Protocol negotiation" }, { 0, NULL },
};

enum { TAG, LENGTH };

static const struct field tagged_fields[] = {
	[TAG] = { "message_type", 0, 8, UINT, .names = tags }, [LENGTH] = { "length", 8, 32, UINT },
};
static const struct field start_fields[] = {
	{ "length", 0, 32, UINT }, { "version_major", 32, 16, UINT }, { "version_minor", 48, 16, UINT },
};
static const struct field parameter_fields[] = {
	{ "parameter_name", 0, 0, TEXTZ }, { "parameter_value", 0, 0, TEXTZ },
};
static const struct field request_fields[] = {
	{ "length", 0, 32, UINT }, { "request_code", 32, 32, UINT },
};
static const struct field query_fields[] = { { "query", 0, 0, TEXTZ } };
static const struct field status_fields[] = { { "status", 0, 8, UINT } };
static const struct field body_fields[] = { { "content", 0, 0, BYTES } };
static const struct field answer_fields[] = { { "answer", 0, 8, TEXT } };

#define RECORD(fields, title) RECORD_OF("pgsql", fields, title)

static const struct record tagged = RECORD(tagged_fields, "Message");
static const struct record start = RECORD(start_fields, "Startup message");
static const struct record parameter = RECORD(parameter_fields, "Parameter");
static const struct record request = RECORD(request_fields, "Request");
static const struct record query = RECORD(query_fields, "Query");
static const struct record status = RECORD(status_fields, "Status");
static const struct record body = RECORD(body_fields, "Content");
static const struct record answer = RECORD(answer_fields, "Answer");

static RECORD_LIST(pgsql_record, &tagged, &start, &parameter, &request, &query, &status, &body, &answer)

#define VERSION_3 0x00030000
#define REQUEST 1234		/* the upper half of what asks to cancel, or for encryption */
#define TAGGED 5		/* bytes */

/* Messages before the first query have no tag; their length, below 2^24, begins with a zero byte. */
static bool is_untagged(struct slice s)
{
	return slice_u8(s, 0) == 0;
}

static bool is_answer(struct slice s)
{
	return s.wire == 1 && (slice_u8(s, 0) == 'S' || slice_u8(s, 0) == 'N');
}

static bool is_request(struct slice s)
{
	return slice_u16(s, 4) == REQUEST;
}

static enum proto_id pgsql_parse(struct step *s)
{
	uint32_t length = is_untagged(s->in) ? slice_u32(s->in, 0) : 1 + (uint32_t)get(s, &tagged_fields[LENGTH]);

	if (is_answer(s->in)) {
		length = 1;
	} else if (s->in.wire < 8 && s->in.wire < TAGGED + (is_untagged(s->in) ? 3u : 0u)) {
		length = s->in.wire;
		step_need(s, NEED_ANY);
		s->partial = true;
	} else if (is_untagged(s->in) ? length < 8 || (!is_request(s->in) && slice_u32(s->in, 4) != VERSION_3) :
					length < TAGGED || !name_of(tags, slice_u8(s->in, 0))) {
		return step_decline(s);
	} else if (length > s->in.wire) {
		step_need(s, length);
		s->partial = true;
		length = s->in.wire;
	}
	step_header(s, length);
	return PROTO_PGSQL;
}

static const struct record *untagged_record(struct slice whole, struct slice rest, uint32_t index, uint32_t *n)
{
	struct slice value;

	*n = 8;
	if (index == 0)
		return is_request(whole) ? &request : &start;
	*n = rest.cap;
	if (is_request(whole))
		return &body;
	value = slice_skip(rest, slice_find(rest, 0) + 1);
	*n = slice_find(rest, 0) + 1 + slice_find(value, 0) + 1;
	return slice_u8(rest, 0) == 0 ? NULL : &parameter;
}

static const struct record *pgsql_option(struct slice whole, uint32_t index, struct slice *rest,
					 struct slice *opt)
{
	uint32_t n = rest->cap, tag = slice_u8(whole, 0);
	const struct record *r = &body;

	if (n == 0)
		return NULL;
	if (is_answer(whole)) {
		r = &answer;
	} else if (is_untagged(whole)) {
		r = untagged_record(whole, *rest, index, &n);
	} else if (index == 0) {
		r = &tagged;
		n = TAGGED;
	} else if (tag == 'Q') {
		r = &query;
	} else if (tag == 'Z' && n == 1) {
		r = &status;
	} else if (tag == 'S' && slice_find(*rest, 0) < n) {
		r = &parameter;
	}
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

#define LINE_MAX 90	/* characters of messages in a line, about */
#define QUERY_MAX 60	/* of a query */

static void put_message(struct out *o, struct slice s)
{
	uint32_t tag = slice_u8(s, 0);
	const char *name = name_of(tags, tag);

	if (is_answer(s))
		out_str(o, tag == 'S' ? "encryption accepted" : "encryption refused");
	else if (is_untagged(s))
		out_str(o, is_request(s) ? "Request" : "Startup message");
	else
		out_str(o, name ? name : "[|pgsql]");
	if (tag == 'Q') {
		struct slice text = slice_skip(s, TAGGED);

		out_char(o, ' ');
		out_text(o, slice_clip(text, min_u32(slice_find(text, 0), QUERY_MAX)));
	}
}

/* ": PGSQL: Simple query SELECT 1;", as many messages as are here. */
static uint32_t pgsql_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const char *begin = o->at;

	for (uint32_t k = i; layer_proto(b->d, k) == PROTO_PGSQL; k++) {
		out_str(o, k == i ? ": PGSQL: " : ", ");
		if (o->at - begin > LINE_MAX) {
			out_str(o, "...");
			break;
		}
		put_message(o, layer_head(b->d, &b->d->layer[k]));
	}
	return b->d->count;
}

const struct proto proto_pgsql = {
	.head    = { .name = "pgsql" },
	.title   = "PostgreSQL",
	.over    = { { BY_TCPPORT, 5432 } },
	.parse   = pgsql_parse,
	.option  = pgsql_option,
	.record  = pgsql_record,
	.summary = pgsql_summary,
};
