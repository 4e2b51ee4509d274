/* SPDX-License-Identifier: BSD-2-Clause */
/* mysql.c - MySQL's and MariaDB's protocol: packets, the greeting, commands and their text
 *
 * https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html. What a packet means depends on those
 * before it: a greeting is told by its version, a command by its number 0 and its first byte.
 */
#include "decode/brief.h"

static const struct name commands[] = {
	{ 1, "Quit" }, { 2, "Use database" }, { 3, "Query" }, { 4, "Show fields" },
	{ 5, "Create database" }, { 6, "Drop database" }, { 7, "Refresh" }, { 8, "Shutdown" },
	{ 9, "Statistics" }, { 10, "Process list" }, { 12, "Kill" }, { 13, "Debug" },
	{ 14, "Ping" }, { 17, "Change user" }, { 18, "Binlog dump" }, { 22, "Prepare statement" },
	{ 23, "Execute statement" }, { 24, "Long data" }, { 25, "Close statement" },
	{ 26, "Reset statement" }, { 27, "Set option" }, { 28, "Fetch data" },
	{ 31, "Reset connection" }, { 0, NULL },
};

enum { LENGTH, NUMBER };

static const struct field packet_fields[] = {
	[LENGTH] = { "packet_length", 0, 24, UINT, .little = true },
	[NUMBER] = { "packet_number", 24, 8, UINT },
};
static const struct field greeting_fields[] = {
	{ "protocol",  0, 8, UINT },
	{ "version",   8, 0, TEXTZ },
	{ "thread_id", 0, 32, UINT, .little = true },
	{ "greeting",  32, 0, BYTES },
};
static const struct field command_fields[] = { { "command", 0, 8, UINT, .names = commands } };
static const struct field query_fields[] = { { "query", 0, 0, TEXT } };
static const struct field schema_fields[] = { { "schema", 0, 0, TEXT } };
static const struct field body_fields[] = { { "content", 0, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("mysql", fields, title)

static const struct record packet = RECORD(packet_fields, "Packet");
static const struct record greeting = RECORD(greeting_fields, "Greeting");
static const struct record command = RECORD(command_fields, "Command");
static const struct record query = RECORD(query_fields, "Statement");
static const struct record schema = RECORD(schema_fields, "Schema");
static const struct record body = RECORD(body_fields, "Payload");

static RECORD_LIST(mysql_record, &packet, &greeting, &command, &query, &schema, &body)

enum { PACKET_HEADER = 4, GREETING = 10, COM_USE = 2, COM_QUERY = 3, COM_PREPARE = 22 };

static uint32_t first(struct slice s)
{
	return slice_u8(s, PACKET_HEADER);
}

/* Packet 0 of a server: version 10, and the text of its own, which starts with a digit. */
static bool is_greeting(struct slice s)
{
	uint8_t digit = slice_u8(s, PACKET_HEADER + 1);

	return slice_u8(s, 3) == 0 && first(s) == GREETING && digit >= '0' && digit <= '9';
}

static bool is_command(struct slice s)
{
	return slice_u8(s, 3) == 0 && s.cap > PACKET_HEADER && !is_greeting(s) && name_of(commands, first(s));
}

static enum proto_id mysql_parse(struct step *s)
{
	uint32_t length = PACKET_HEADER + (uint32_t)get(s, &packet_fields[LENGTH]);

	if (s->in.wire < PACKET_HEADER || length > s->in.wire) {
		step_need(s, s->in.wire < PACKET_HEADER ? NEED_ANY : length);
		s->partial = true;
		length = s->in.wire;
	}
	step_header(s, length);
	return PROTO_MYSQL;
}

static const struct record *mysql_option(struct slice whole, uint32_t index, struct slice *rest,
					 struct slice *opt)
{
	uint32_t n = rest->cap;
	const struct record *r = &body;

	if (n == 0)
		return NULL;
	if (index == 0) {
		r = &packet;
		n = PACKET_HEADER;
	} else if (is_greeting(whole)) {
		r = &greeting;
	} else if (is_command(whole) && index == 1) {
		r = &command;
		n = 1;
	} else if (is_command(whole) && (first(whole) == COM_QUERY || first(whole) == COM_PREPARE)) {
		r = &query;
	} else if (is_command(whole) && first(whole) == COM_USE) {
		r = &schema;
	}
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

#define QUERY_MAX 80	/* characters of a statement in a line */

/* ": MySQL: Query SELECT 1", or how many packets of another kind. */
static uint32_t mysql_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice s = layer_head(b->d, &b->d->layer[i]), text = slice_skip(s, PACKET_HEADER + 1);
	uint32_t packets = 0;

	while (layer_proto(b->d, i + packets) == PROTO_MYSQL)
		packets++;
	out_str(o, ": MySQL: ");
	if (is_greeting(s)) {
		out_str(o, "greeting ");
		out_text(o, slice_clip(text, min_u32(slice_find(text, 0), QUERY_MAX)));
	} else if (is_command(s)) {
		out_str(o, name_of(commands, first(s)));
		if (text.cap > 0)
			out_char(o, ' ');
		out_text(o, slice_clip(text, QUERY_MAX));
	} else {
		out_dec(o, packets);
		out_str(o, packets == 1 ? " packet" : " packets");
	}
	return b->d->count;
}

const struct proto proto_mysql = {
	.head    = { .name = "mysql" },
	.title   = "MySQL Protocol",
	.over    = { { BY_TCPPORT, 3306 } },
	.parse   = mysql_parse,
	.option  = mysql_option,
	.record  = mysql_record,
	.summary = mysql_summary,
};
