/* SPDX-License-Identifier: BSD-2-Clause */
/* textline.c - protocols of text lines over TCP, shown by their first line: FTP, SMTP, RTSP ... */
#include "decode/brief.h"
#include "decode/textlines.h"

#define DIALECTS 5

/* Words that a request of the protocol begins with; a status is told by its three digits. */
static const char *const rtsp_words[] = {
	"OPTIONS", "DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER",
	"SET_PARAMETER", "REDIRECT", "RECORD", NULL,
};

static const struct dialect {
	uint16_t port;
	const char *name;
	const char *cut;		/* what stands where a line does not end in the segment */
	const char *const *words;	/* NULL: every line is one */
} dialects[DIALECTS] = {
	{ 21, "FTP", " [|ftp]", NULL },
	{ 25, "SMTP", " [|smtp]", NULL },
	{ 43, "WHOIS", " [|whois]", NULL },
	{ 554, "RTSP", " [|rtsp]", rtsp_words },
	{ 8554, "RTSP", " [|rtsp]", rtsp_words },
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

static uint32_t textline_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice s = layer_whole(b->d, l);
	const struct dialect *dialect = dialects;

	s.wire = l->claimed;
	while (dialect->port != l->key && dialect < &dialects[DIALECTS - 1])
		dialect++;
	out_str(o, ": ");
	out_str(o, dialect->name);
	if (!starts(dialect, s))
		return b->d->count;
	if (b->verbose)
		text_put_lines(o, dialect->cut, s);
	else
		text_put_line(o, dialect->cut, s);
	return b->d->count;
}

const struct proto proto_textline = {
	.head    = { "data", &field_data, 1, NULL },	/* as Wireshark has it of lines that it does not know */
	.name    = "textline",
	.path    = "data",
	.title   = "Text lines",
	.over    = { { BY_TCPPORT, 21 }, { BY_TCPPORT, 25 }, { BY_TCPPORT, 43 },
		     { BY_TCPPORT, 554 }, { BY_TCPPORT, 8554 } },
	.parse   = textline_parse,
	.summary = textline_summary,
};
