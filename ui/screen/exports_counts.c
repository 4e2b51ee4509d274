/* SPDX-License-Identifier: BSD-2-Clause */
/* exports_counts.c - talkers and protocols as tables that can be exported: all that was counted, exactly */
#define _GNU_SOURCE
#include "ui/screen/exports.h"

#include "ui/screen/talktext.h"

enum {
	TALKER, TALKER_BYTES, TALKER_BYTES_SENT, TALKER_BYTES_RECEIVED, TALKER_PACKETS, TALKER_PACKETS_SENT,
	TALKER_PACKETS_RECEIVED, TALKER_FLOWS, TALKER_COLUMNS,
};

static const char *talker_title(void *of, uint32_t column)
{
	static const char *const titles[TALKER_COLUMNS] = {
		[TALKER] = "Talker", [TALKER_BYTES] = "Bytes", [TALKER_BYTES_SENT] = "Bytes sent",
		[TALKER_BYTES_RECEIVED] = "Bytes received", [TALKER_PACKETS] = "Packets",
		[TALKER_PACKETS_SENT] = "Packets sent", [TALKER_PACKETS_RECEIVED] = "Packets received",
		[TALKER_FLOWS] = "Flows",
	};

	(void)of;
	return titles[column];
}

static bool ready_talker(void *of, uint32_t n)
{
	const struct export_row *r = of;

	return talklist_at(r->talkers, n);
}

static const char *talker_cell(void *of, uint32_t n, uint32_t column)
{
	struct export_row *r = of;
	const struct talker *t = talklist_at(r->talkers, n);
	const uint64_t numbers[TALKER_COLUMNS] = {
		[TALKER_BYTES] = t->bytes[0] + t->bytes[1], [TALKER_BYTES_SENT] = t->bytes[TALKER_SENT],
		[TALKER_BYTES_RECEIVED] = t->bytes[TALKER_RECEIVED], [TALKER_PACKETS] = t->packets[0] + t->packets[1],
		[TALKER_PACKETS_SENT] = t->packets[TALKER_SENT], [TALKER_PACKETS_RECEIVED] = t->packets[TALKER_RECEIVED],
		[TALKER_FLOWS] = t->flows,
	};
	struct out o = { r->text, r->text + sizeof(r->text) - 1 };

	if (column == TALKER)
		talktext_name(&o, &t->key, r->talkers->kind);
	else
		out_dec(&o, numbers[column]);
	*o.at = '\0';
	return r->text;
}

struct export_table exports_talkers(struct export_row *r, struct talklist *talkers)
{
	*r = (struct export_row){ .talkers = talkers, .counted = talkers->serial };
	return (struct export_table){
		.of = r, .columns = TALKER_COLUMNS, .end = talkers->count,
		.title = talker_title, .row = ready_talker, .cell = talker_cell,
	};
}

enum { PATH, PACKETS, SIZE, PROTOCOL_COLUMNS };

static const char *protocol_title(void *of, uint32_t column)
{
	static const char *const titles[PROTOCOL_COLUMNS] = {
		[PATH] = "Protocols", [PACKETS] = "Packets", [SIZE] = "Bytes",
	};

	(void)of;
	return titles[column];
}

static bool ready_protocol(void *of, uint32_t n)
{
	const struct export_row *r = of;

	return n < r->stats->count;
}

/* "eth:ip:tcp" */
static void put_path(struct out *o, const struct hierarchy *h, uint32_t number)
{
	uint16_t path[LAYERS_MAX];
	uint32_t n = 0;

	for (; number && n < LAYERS_MAX; number = h->node[number].parent)
		path[n++] = (uint16_t)number;
	while (n-- > 0) {
		out_str(o, proto_name(protos[h->node[path[n]].proto]));
		if (n > 0)
			out_char(o, ':');
	}
}

static const char *protocol_cell(void *of, uint32_t n, uint32_t column)
{
	struct export_row *r = of;
	const struct hierarchy *h = &r->stats->tally->hierarchy;
	uint32_t number = r->stats->shown[n];
	struct out o = { r->text, r->text + sizeof(r->text) - 1 };

	if (column == PATH)
		put_path(&o, h, number);
	else
		out_dec(&o, column == PACKETS ? h->node[number].packets : h->node[number].bytes);
	*o.at = '\0';
	return r->text;
}

struct export_table exports_protocols(struct export_row *r, struct statlist *stats)
{
	*r = (struct export_row){ .stats = stats };
	return (struct export_table){
		.of = r, .columns = PROTOCOL_COLUMNS, .end = stats->count,
		.title = protocol_title, .row = ready_protocol, .cell = protocol_cell,
	};
}
