/* SPDX-License-Identifier: BSD-2-Clause */
/* ssdp.c - Simple Service Discovery Protocol: messages of HTTP in datagrams, UPnP Device Architecture, section 1 */
#include "decode/brief.h"
#include "decode/proto/http.h"
#include "decode/textlines.h"

static bool is_message(struct slice s)
{
	static const char *const methods[] = {
		"M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", NULL,
	};
	struct slice word;

	return text_word(&s, &word) &&
	       (text_listed(word, methods) || slice_starts(word, "HTTP/", 5));
}

static enum proto_id ssdp_parse(struct step *s)
{
	if (!is_message(s->in))
		return step_decline(s);
	step_header(s, s->in.wire);
	if (s->note == NOTE_TRUNCATED)
		s->note = NOTE_OK; /* the lines before the cut are whole */
	return PROTO_NONE;
}

#define LINE_MAX_ 100 /* bytes of a line that are told */

/* The value of the header line called name; false where there is none. */
static bool find(struct slice rest, const char *name, struct slice *value)
{
	struct slice line;

	while (text_take_line(&rest, &line) && text_trim(line).cap > 0) {
		*value = text_header_value(line);
		if (text_same(text_header_name(line), name))
			return true;
	}
	return false;
}

/* "SSDP: M-SEARCH * HTTP/1.1, ST ssdp:all" */
static uint32_t ssdp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	static const char *const told[] = { "ST", "NT", "NTS", "LOCATION" };
	struct slice s = layer_whole(b->d, &b->d->layer[i]), rest = s, line, value;

	out_str(o, "SSDP, length ");
	out_dec(o, s.wire);
	if (!text_take_line(&rest, &line))
		line = slice_clip(s, slice_find(s, '\n'));
	out_str(o, ": ");
	out_text(o, slice_clip(text_trim(line), LINE_MAX_));
	for (uint32_t n = 0; n < (b->verbose ? 4 : 2); n++) {
		if (!find(rest, told[n], &value))
			continue;
		out_str(o, ", ");
		out_str(o, told[n]);
		out_char(o, ' ');
		out_text(o, slice_clip(value, LINE_MAX_ / 2));
	}
	return b->d->count;
}

const struct proto proto_ssdp = {
	.head = { "http", NULL, 0, NULL },
	.name = "ssdp",
	.title = "Simple Service Discovery Protocol",
	.over = { { BY_UDPPORT, 1900 } },
	.parse = ssdp_parse,
	.option = http_option,
	.record = http_record,
	.summary = ssdp_summary,
};
