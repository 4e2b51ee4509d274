/* SPDX-License-Identifier: BSD-2-Clause */
/* textline.c - protocols of text lines over TCP, shown by their first line: HTTP, FTP, SMTP ... */
#include "decode/brief.h"
#include "decode/textlines.h"

#define DIALECTS 8

/* Words that a request of the protocol begins with; a status is told by its three digits. */
static const char *const http_words[] = {
	"GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "BCOPY", "BMOVE", "MKCOL",
	"TRACE", "LABEL", "MERGE", "DELETE", "SEARCH", "UNLOCK", "REPORT", "UPDATE", "NOTIFY",
	"BDELETE", "CONNECT", "OPTIONS", "CHECKIN", "PROPFIND", "CHECKOUT", "CCM_POST",
	"SUBSCRIBE", "PROPPATCH", "BPROPFIND", "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY",
	"MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT", "VERSION-CONTROL", "BASELINE-CONTROL", NULL,
};
static const char *const rtsp_words[] = {
	"OPTIONS", "DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER",
	"SET_PARAMETER", "REDIRECT", "RECORD", NULL,
};

static const struct dialect {
	uint16_t port;
	const char *name;
	const char *cut;		/* what stands where a line does not end in the segment */
	const char *const *words;	/* NULL: every line is one */
	const char *greeting;		/* only a line that begins so is text, and shown */
} dialects[DIALECTS] = {
	{ 21, "FTP", " [|ftp]", NULL, NULL },
	{ 22, "SSH", " [|ssh]", NULL, "SSH-" },		/* RFC 4253, section 4.2 */
	{ 25, "SMTP", " [|smtp]", NULL, NULL },
	{ 43, "WHOIS", " [|whois]", NULL, NULL },
	{ 80, "HTTP", " [|http]", http_words, NULL },
	{ 554, "RTSP", " [|rtsp]", rtsp_words, NULL },
	{ 8080, "HTTP", " [|http]", http_words, NULL },
	{ 8554, "RTSP", " [|rtsp]", rtsp_words, NULL },
};

static enum proto_id textline_parse(struct step *s)
{
	step_header(s, s->in.wire);
	if (s->note == NOTE_TRUNCATED)
		s->note = NOTE_OK;	/* the lines before the cut are whole */
	return PROTO_NONE;
}

/* Does a message of this protocol start here, and not the middle of one? */
static bool starts(const struct dialect *dialect, struct slice s)
{
	struct slice word;

	if (!dialect->words)
		return true;
	if (!text_word(&s, &word) || word.cap == 0)
		return false;
	if (text_listed(word, dialect->words))
		return true;
	return text_word(&s, &word) && text_is_status(word);
}

static void put_line(struct out *o, const struct dialect *dialect, struct slice rest)
{
	struct slice line;
	enum ending ending = text_line(&rest, &line);

	if (ending == ENDED || ending == OPEN) {
		out_str(o, ": ");
		out_slice(o, line);
	}
	if (ending == OPEN || ending == CUT)
		out_str(o, dialect->cut);
}

static void put_lines(struct out *o, const struct dialect *dialect, struct slice rest)
{
	enum ending ending = ENDED;
	struct slice line;

	out_str(o, ", length: ");
	out_dec(o, rest.wire);
	while (rest.wire > 0 && ending == ENDED) {
		ending = text_line(&rest, &line);
		if (ending == ENDED || ending == OPEN) {
			out_str(o, "\n\t");
			out_slice(o, line);
		}
		if (ending == OPEN || ending == CUT)
			out_str(o, dialect->cut);
	}
}

static void put_greeting(struct out *o, const struct dialect *dialect, struct slice s)
{
	uint32_t n = (uint32_t)strlen(dialect->greeting);
	struct slice rest = s, line;
	enum ending ending = text_line(&rest, &line);

	if (!slice_starts(s, dialect->greeting, min_u32(n, s.cap)))
		return;
	if (s.cap < n || ending == CUT) {
		out_str(o, dialect->cut);
	} else if (ending == ENDED && line.cap >= n) {
		out_str(o, ": ");
		out_str(o, dialect->name);
		out_str(o, ": ");
		out_slice(o, line);
	}
}

static uint32_t textline_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice s = layer_whole(b->d, l);
	const struct dialect *dialect = dialects;

	s.wire = l->claimed;
	while (dialect->port != l->key && dialect < &dialects[DIALECTS - 1])
		dialect++;
	if (dialect->greeting) {
		put_greeting(o, dialect, s);
		return b->d->count;
	}
	out_str(o, ": ");
	out_str(o, dialect->name);
	if (!starts(dialect, s))
		return b->d->count;
	if (b->verbose)
		put_lines(o, dialect, s);
	else
		put_line(o, dialect, s);
	return b->d->count;
}

const struct proto proto_textline = {
	.head    = { "textline", NULL, 0, NULL },
	.title   = "Text lines",
	.over    = { { BY_TCPPORT, 21 }, { BY_TCPPORT, 22 }, { BY_TCPPORT, 25 }, { BY_TCPPORT, 43 },
		     { BY_TCPPORT, 80 }, { BY_TCPPORT, 554 }, { BY_TCPPORT, 8080 },
		     { BY_TCPPORT, 8554 } },
	.parse   = textline_parse,
	.summary = textline_summary,
};
