/* SPDX-License-Identifier: BSD-2-Clause */
/* syslog.c - system log messages, RFC 5424 and, as they were before, RFC 3164
 *
 * How it works: all is text. The priority is told twice, as facility and as level; the message whole,
 * and then its parts.
 */
#include "decode/brief.h"
#include "decode/textlines.h"

#define PRIORITY_MAX  5 /* "<191>"; bytes */
#define TIMESTAMP_LEN 15 /* "Oct 11 22:14:15" */

static const struct name facilities[] = {
	{ 0, "kernel" },  { 1, "user" },      { 2, "mail" },	  { 3, "daemon" },
	{ 4, "auth" },	  { 5, "syslog" },    { 6, "lpr" },	  { 7, "news" },
	{ 8, "uucp" },	  { 9, "cron" },      { 10, "authpriv" }, { 11, "ftp" },
	{ 12, "ntp" },	  { 13, "security" }, { 14, "console" },  { 15, "cron" },
	{ 16, "local0" }, { 17, "local1" },   { 18, "local2" },	  { 19, "local3" },
	{ 20, "local4" }, { 21, "local5" },   { 22, "local6" },	  { 23, "local7" },
	{ 0, NULL },
};
static const struct name levels[] = {
	{ 0, "emergency" }, { 1, "alert" }, { 2, "critical" }, { 3, "error" }, { 4, "warning" },
	{ 5, "notice" },    { 6, "info" },  { 7, "debug" },    { 0, NULL },
};

/* The number in "<165>". */
static uint64_t priority(struct slice s)
{
	uint64_t value = 0;

	text_number(slice_skip(s, 1), &value);
	return value;
}

static uint64_t facility(struct slice s)
{
	return priority(s) >> 3;
}

static uint64_t level(struct slice s)
{
	return priority(s) & 7;
}

static const struct field facility_field[] = {
	{ "facility", 0, 0, UINT, .names = facilities, .number = facility },
};
static const struct field level_field[] = {
	{ "level", 0, 0, UINT, .names = levels, .number = level },
};
static const struct field message[] = { { "msg", 0, 0, TEXT } };
static const struct field parts[] = {
	{ "version", 0, 0, WORD }, { "timestamp", 0, 0, TEXT_TIME }, { "hostname", 0, 0, WORD },
	{ "appname", 0, 0, WORD }, { "procid", 0, 0, WORD },	{ "msgid", 0, 0, TEXT },
};
static const struct field old_time[] = {
	{ "timestamp_rfc3164", 0, TIMESTAMP_LEN * 8, TEXT },
};
static const struct field old_host[] = { { "hostname", 0, 0, WORD } };
static const struct field old_tag[] = { { "procid", 0, 0, TEXT } };
static const struct field old_content[] = { { "msgid", 0, 0, TEXT } };

#define RECORD(id) \
	static const struct record id##_record = RECORD_OF("syslog", id, NULL)
RECORD(facility_field);
RECORD(level_field);
RECORD(message);
RECORD(parts);
RECORD(old_time);
RECORD(old_host);
RECORD(old_tag);
RECORD(old_content);

static RECORD_LIST(syslog_record, &facility_field_record, &level_field_record, &message_record,
		   &parts_record, &old_time_record, &old_host_record, &old_tag_record,
		   &old_content_record)

	/* How many bytes the priority takes, "<165>"; 0 where there is none. */
	static uint32_t priority_len(struct slice s)
{
	uint64_t value;
	uint32_t end = min_u32(slice_find(s, '>'), s.cap) + 1;

	if (slice_u8(s, 0) != '<' || end > PRIORITY_MAX || end > s.cap ||
	    !text_number(slice_clip(slice_skip(s, 1), end - 2), &value))
		return 0;
	return end;
}

static bool is_alphanumeric(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* RFC 3164, section 4.1.2: "Mmm dd hh:mm:ss" */
static bool has_timestamp(struct slice s)
{
	static const uint8_t form[] = "Aaa dd dd:dd:dd ";

	for (uint32_t i = 0; i < sizeof(form) - 1; i++) {
		uint8_t c = slice_u8(s, i);
		bool digit = (c >= '0' && c <= '9') || (i == 4 && c == ' ');

		if (form[i] == 'd'		       ? !digit
		    : form[i] != 'A' && form[i] != 'a' ? c != form[i]
						       : !is_alphanumeric(c))
			return false;
	}
	return true;
}

struct part {
	const struct record *record;
	struct slice bytes;
};

/* The parts of a message from its text on; returns how many there are. */
static uint32_t divide(struct slice text, struct part *part)
{
	struct slice rest = text, host;
	uint32_t n = 0, tag = 0;

	if (slice_starts(text, "1 ", 2)) {
		part[n++] = (struct part){ &parts_record, text };
		return n;
	}
	if (!has_timestamp(text))
		return n;
	part[n++] = (struct part){ &old_time_record, slice_clip(rest, TIMESTAMP_LEN) };
	rest = slice_skip(rest, TIMESTAMP_LEN + 1);
	host = text_word_all(rest);
	if (host.cap == rest.cap) /* no blank ends it */
		return n;
	part[n++] = (struct part){ &old_host_record, host };
	rest = slice_skip(rest, host.cap);
	while (tag < rest.cap && (is_alphanumeric(slice_u8(rest, tag)) ||
				  slice_u8(rest, tag) == '-' || slice_u8(rest, tag) == '_'))
		tag++;
	part[n++] = (struct part){ &old_tag_record, slice_clip(rest, tag) };
	part[n++] = (struct part){ &old_content_record, slice_skip(rest, tag) };
	return n;
}

static enum proto_id syslog_parse(struct step *s)
{
	step_header(s, s->in.wire);
	if (s->note == NOTE_TRUNCATED)
		s->note = NOTE_OK; /* the text before the cut is whole */
	return PROTO_NONE;
}

/* What has been told takes a byte off rest, so that the same bytes can be told once more. */
static const struct record *syslog_option(struct slice head, uint32_t index, struct slice *rest,
					  struct slice *opt)
{
	uint32_t len = priority_len(head), n = 0;
	struct part part[8];

	if (rest->cap == 0)
		return NULL;
	if (len > 0) {
		part[n++] = (struct part){ &facility_field_record, slice_clip(head, len) };
		part[n++] = (struct part){ &level_field_record, slice_clip(head, len) };
	}
	part[n++] = (struct part){ &message_record, slice_skip(head, len) };
	n += divide(slice_skip(head, len), &part[n]);
	if (index >= n)
		return NULL;
	*opt = part[index].bytes;
	*rest = slice_skip(*rest, 1);
	return part[index].record;
}

static void put_word(struct out *o, const struct name *names, uint64_t value)
{
	const char *word = name_of(names, (uint32_t)value);

	out_str(o, word ? word : "unknown (");
	if (!word) {
		out_dec(o, value);
		out_char(o, ')');
	}
}

#define MESSAGE_MAX 120 /* bytes on a line */

static uint32_t syslog_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice s = layer_whole(b->d, &b->d->layer[i]);
	uint32_t len = priority_len(s);

	out_str(o, "SYSLOG");
	if (len > 0) {
		out_char(o, ' ');
		put_word(o, facilities, facility(slice_clip(s, len)));
		out_char(o, '.');
		put_word(o, levels, level(slice_clip(s, len)));
	}
	out_str(o, ", length: ");
	out_dec(o, s.wire);
	if (b->verbose) {
		out_str(o, ", msg: ");
		out_text(o, slice_clip(text_trim(slice_skip(s, len)), MESSAGE_MAX));
	}
	return b->d->count;
}

const struct proto proto_syslog = {
	.head = { "syslog", NULL, 0, NULL },
	.title = "Syslog message",
	.over = { { BY_UDPPORT, 514 } },
	.parse = syslog_parse,
	.option = syslog_option,
	.record = syslog_record,
	.summary = syslog_summary,
};
