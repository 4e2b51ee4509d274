/* SPDX-License-Identifier: BSD-2-Clause */
/* http.c - Hypertext Transfer Protocol, version 1: RFC 9112 */
#include "decode/proto/http.h"

#include "decode/brief.h"
#include "decode/textlines.h"

static const char *const methods[] = {
	"GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "BCOPY", "BMOVE", "MKCOL",
	"TRACE", "LABEL", "MERGE", "PATCH", "DELETE", "SEARCH", "UNLOCK", "REPORT", "UPDATE",
	"NOTIFY", "BDELETE", "CONNECT", "OPTIONS", "CHECKIN", "PROPFIND", "CHECKOUT", "CCM_POST",
	"SUBSCRIBE", "PROPPATCH", "BPROPFIND", "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY",
	"MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT", "VERSION-CONTROL", "BASELINE-CONTROL", NULL,
};

/* Section 2.3: "HTTP/" and the digits of a version; only the first of them is told by them. */
#define VERSION "HTTP/1."
#define VERSION_LENGTH 7

/* What the start of a segment can be. */
enum start { NO_START, START, START_OF_LINE };

/* Does a line end as those of requests do, " HTTP/1.1"? */
static bool ends_in_version(struct slice line)
{
	uint32_t at = line.cap - min_u32(line.cap, VERSION_LENGTH + 2);

	return slice_starts(slice_skip(line, at), " " VERSION, VERSION_LENGTH + 1);
}

/* Does a message start here? Its first line tells, if it ends in this segment; else its first word. */
static enum start starts(struct slice s)
{
	struct slice line, word, rest = s;
	enum ending ending = text_line(&rest, &line);

	if (ending == BINARY)
		return NO_START;
	rest = line = ending == CUT ? s : line;
	if (slice_starts(s, VERSION, VERSION_LENGTH))
		return ending == ENDED ? START : START_OF_LINE;
	if (!text_word(&rest, &word) || rest.cap == 0 || !text_listed(word, methods))
		return NO_START;
	if (ending != ENDED)
		return START_OF_LINE;
	return ends_in_version(line) ? START : NO_START;
}

/* "GET /" or more, up to "HTTP/1.": the shortest has 40 bits. */
static bool http_proves(struct slice payload)
{
	return starts(payload) != NO_START;
}

/* What the header lines say of the body's length. */
struct framing {
	uint64_t length;	/* Content-Length, bytes */
	bool known;		/* there is one */
	bool chunked;
};

/* Read the lines at the start of s; false where they do not end in it. */
#define MOST_EMPTY 8	/* bytes of a line that is taken for empty: blanks, CR LF */

static bool read_lines(struct slice *s, struct framing *f)
{
	struct slice line;

	while (text_take_line(s, &line)) {
		uint8_t first = slice_u8(line, 0) | 0x20;
		struct slice name;

		if (line.cap <= MOST_EMPTY && text_trim(line).cap == 0)
			return true;
		if (first != 'c' && first != 't')	/* most are told by their first letter */
			continue;
		name = text_header_name(line);
		if (text_same(name, "CONTENT-LENGTH"))
			f->known |= text_number(text_header_value(line), &f->length);
		else if (text_same(name, "TRANSFER-ENCODING"))
			f->chunked = text_same(text_header_value(line), "CHUNKED");
	}
	return false;
}

/* The number in hexadecimal that the chunk's line starts with; at most 32 bits of it count. */
static uint32_t chunk_size(struct slice line)
{
	uint32_t size = 0;

	for (uint32_t i = 0; i < line.cap; i++) {
		uint32_t digit = slice_u8(line, i);

		if (digit >= '0' && digit <= '9')
			digit -= '0';
		else if ((digit | 32) >= 'a' && (digit | 32) <= 'f')
			digit = (digit | 32) - 'a' + 10;
		else
			break;
		size = size >> 28 ? UINT32_MAX : size << 4 | digit;
	}
	return size;
}

/* Skip chunks up to the last, and the trailer behind it (section 7.1); false where they do not end here. */
static bool skip_chunks(struct slice *s)
{
	struct framing ignored = { 0 };
	struct slice line;

	while (text_take_line(s, &line)) {
		uint32_t size = chunk_size(line);

		if (size == 0)
			return read_lines(s, &ignored);
		*s = slice_skip(*s, size);
		if (!text_take_line(s, &line))
			return false;
	}
	return false;
}

/* HTTP/2 and others run on these ports too. What is nobody's goes on with a body. */
static bool claimed_otherwise(struct slice s)
{
	enum proto_id id = proto_by_proof(BY_TCPPORT, s);

	return id != PROTO_DATA && id != PROTO_HTTP;
}

/* A body that goes on in the next segment is no lie, and not waited for: who reads along wants to see
 * an answer when it begins, and nobody can tell here whether one to HEAD has any.
 */
static enum proto_id http_parse(struct step *s)
{
	struct framing f = { 0 };
	struct slice rest = s->in;
	enum start start = starts(s->in);

	if (start == NO_START)
		return claimed_otherwise(s->in) ? step_decline(s) : PROTO_DATA;
	if (start == START_OF_LINE || !read_lines(&rest, &f)) {
		step_header(s, s->in.wire);
		step_need(s, NEED_ANY);
		s->partial = true;
		return PROTO_NONE;
	}
	f.known |= !slice_starts(s->in, VERSION, VERSION_LENGTH);	/* requests have none by default */
	if (f.chunked && skip_chunks(&rest)) {
		step_header(s, slice_offset(s->in, rest));
	} else if (f.chunked || !f.known || f.length >= rest.wire) {
		s->partial = true;
		step_header(s, s->in.wire);
	} else {
		step_header(s, s->in.wire - rest.wire + (uint32_t)f.length);
	}
	return PROTO_HTTP;
}

#define HTTP_PORT 80
#define HTTP_PORT_ALT 8080
#define CUT_MARK " [|http]"

/* A line worth to be shown: of a request, or with a status as its second word. */
static bool is_message(struct slice s)
{
	struct slice word;

	if (!text_word(&s, &word) || word.cap == 0)
		return false;
	return (!slice_starts(word, VERSION, VERSION_LENGTH) && text_listed(word, methods)) ||
	       (text_word(&s, &word) && text_is_status(word));
}

static uint32_t http_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice s = layer_whole(b->d, l);
	bool message = is_message(s);

	s.wire = l->claimed;
	if (message || l->key == HTTP_PORT || l->key == HTTP_PORT_ALT)
		out_str(o, ": HTTP");
	if (message && b->verbose)
		text_put_lines(o, CUT_MARK, s);
	else if (message)
		text_put_line(o, CUT_MARK, s);
	return b->d->count;
}

const struct proto proto_http = {
	.head    = { "http", NULL, 0, NULL },
	.title   = "Hypertext Transfer Protocol",
	.over    = { { BY_TCPPORT, HTTP_PORT }, { BY_TCPPORT, HTTP_PORT_ALT }, { BY_TCPPORT, 3128 },
		     { BY_TCPPORT, 3132 }, { BY_TCPPORT, 5985 }, { BY_TCPPORT, 8000 },
		     { BY_TCPPORT, 8088 }, { BY_TCPPORT, 11371 }, { BY_TCPPORT, 1900 },
		     { BY_TCPPORT, 2869 }, { BY_TCPPORT, 2710 } },
	.proves  = http_proves,
	.proves_over = BY_TCPPORT,
	.first   = { { 'A', 'Z' } },
	.line_alone = true,
	.parse   = http_parse,
	.option  = http_option,
	.record  = http_record,
	.summary = http_summary,
};
