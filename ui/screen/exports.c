/* SPDX-License-Identifier: BSD-2-Clause */
/* exports.c - the tables that can be exported, and copied from */
#define _GNU_SOURCE
#include "ui/screen/exports.h"

#include "ui/flow_text.h"
#include "ui/screen/cell.h"

static const char *packet_title(void *of, uint32_t column)
{
	const struct export_row *r = of;

	return list_column_title(&r->v->config.columns.column[column]);
}

static bool ready_packet(void *of, uint32_t shown)
{
	struct export_row *r = of;
	struct packets *v = r->v;

	if (shown < packets_begin(v) || shown >= packets_end(v))
		return false;
	store_packet(v->store, &v->window, packets_number(v, shown), &r->packet);
	row_fill(&r->row, &v->line, &r->packet);
	return true;
}

static const char *packet_cell(void *of, uint32_t shown, uint32_t column)
{
	struct export_row *r = of;

	return cell_text(r->v, &r->v->config.columns.column[column], shown, &r->packet, &r->row);
}

/* The serial of the filter; 0: there is none. */
static uint64_t filter_of(const struct packets *v)
{
	return v->sieve ? v->sieve->serial : 0;
}

struct export_table exports_packets(struct export_row *r, struct packets *v)
{
	*r = (struct export_row){
		.v = v, .filter = filter_of(v), .columns = v->config.columns.serial, .sorted = v->sorted,
	};
	return (struct export_table){
		.of = r, .columns = v->config.columns.count, .begin = packets_begin(v), .end = packets_end(v),
		.title = packet_title, .row = ready_packet, .cell = packet_cell,
	};
}

bool exports_stand(const struct export_row *r)
{
	const struct packets *v = r->v;

	if (r->talkers)
		return r->counted == r->talkers->serial;
	return !v || (r->filter == filter_of(v) && r->columns == v->config.columns.serial &&
		      r->sorted.count == v->sorted.count && r->sorted.column == v->sorted.column &&
		      r->sorted.reverse == v->sorted.reverse);
}

enum { PROTO, CLIENT, SERVER, STATE, SENT, SENT_BYTES, GOT, GOT_BYTES, FIRST, DURATION, FLOW_COLUMNS };

static const char *flow_title(void *of, uint32_t column)
{
	static const char *const titles[FLOW_COLUMNS] = {
		[PROTO] = "Proto", [CLIENT] = "Client", [SERVER] = "Server", [STATE] = "State",
		[SENT] = "Packets of client", [SENT_BYTES] = "Bytes of client", [GOT] = "Packets of server",
		[GOT_BYTES] = "Bytes of server", [FIRST] = "First", [DURATION] = "Duration",
	};

	(void)of;
	return titles[column];
}

static bool ready_flow(void *of, uint32_t n)
{
	struct export_row *r = of;

	r->flow = flowlist_at(r->flows, n);
	return r->flow;
}

/* "1.000123", of a time or of how long something took */
static void put_seconds(struct out *o, uint64_t ns)
{
	out_dec(o, ns / 1000000000);
	out_micros(o, ns % 1000000000 / 1000);
}

static const char *flow_cell(void *of, uint32_t n, uint32_t column)
{
	struct export_row *r = of;
	const struct flow *f = r->flow;
	uint32_t client = flow_client(f);
	struct brief numbers = { 0 };
	struct out o = { r->text, r->text + sizeof(r->text) - 1 };

	(void)n;
	switch (column) {
	case PROTO:
		flow_text_proto(&o, f);
		break;
	case CLIENT:
	case SERVER:
		flow_text_end(&o, &numbers, f, column == CLIENT ? client : !client);
		break;
	case STATE:
		out_str(&o, flow_state(f));
		break;
	case SENT:
	case GOT:
		out_dec(&o, f->packets[column == SENT ? client : !client]);
		break;
	case SENT_BYTES:
	case GOT_BYTES:
		out_dec(&o, f->bytes[column == SENT_BYTES ? client : !client]);
		break;
	case FIRST:
		put_seconds(&o, (uint64_t)f->first);
		break;
	default:
		put_seconds(&o, (uint64_t)f->last - (uint64_t)f->first);
		break;
	}
	*o.at = '\0';
	return r->text;
}

struct export_table exports_flows(struct export_row *r, struct flowlist *flows)
{
	*r = (struct export_row){ .flows = flows };
	return (struct export_table){
		.of = r, .columns = FLOW_COLUMNS, .end = flows->count,
		.title = flow_title, .row = ready_flow, .cell = flow_cell,
	};
}
