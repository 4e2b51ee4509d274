/* SPDX-License-Identifier: BSD-2-Clause */
/* json.c - each packet as one object, on one line: RFC 8259
 *
 * How it works: before each value there is a look at the room that is left, so that what was opened can be
 * closed whatever the packet says. Names are the catalogue's, ready to be copied.
 */
#include "ui/json.h"

#include <time.h>

#include "decode/brief.h"
#include "ui/json_layers.h"
#include "ui/json_text.h"
#include "ui/schema.h"

#define INFO_MAX 8192		/* bytes: of the one-line text */

void json_open(struct json *j)
{
	*j = (struct json){ 0 };
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const struct record *r = &protos[id]->head;

		for (const struct field *f = r->field; f && f < r->field + r->count; f++) {
			if (f->role == SRC && !j->ends[id].src)
				j->ends[id].src = f;
			if (f->role == DST && !j->ends[id].dst)
				j->ends[id].dst = f;
		}
	}
}

size_t json_room(const struct line *l, const struct packet *p)
{
	return line_room(l, p) + 65536 + 32 * line_bytes(l, p);
}

static void break_down(struct json *j, int64_t sec)
{
	time_t when = (time_t)sec;
	struct tm tm = { 0 };

	j->second = sec;
	j->have_second = true;
	gmtime_r(&when, &tm);
	if (!strftime(j->clock, sizeof(j->clock), "%Y-%m-%dT%H:%M:%S", &tm))
		j->clock[0] = '\0';
}

/* RFC 3339, and nanoseconds since 1970 as a string: they have more bits than a number may. */
static void put_times(struct json *j, struct out *o, const struct packet *p)
{
	int64_t sec = p->sec + (int64_t)(p->nsec / 1000000000);
	uint64_t nsec = p->nsec % 1000000000;
	const char *digits;

	if (!j->have_second || sec != j->second)
		break_down(j, sec);
	out_str(o, "\"time\":\"");
	out_str(o, j->clock);
	out_char(o, '.');
	digits = o->at;
	out_dec_pad(o, nsec, 9);
	out_str(o, "Z\",\"epoch_ns\":\"");
	if (sec <= 0 && sec > -9000000000) {
		out_signed(o, sec * 1000000000 + (int64_t)nsec);
	} else {
		out_signed(o, sec);
		out_bytes(o, digits, 9);
	}
	out_str(o, "\",");
}

/* One endpoint: an address, or a port behind a key of its own. */
static void put_end(struct out *o, const struct decoded *d, const char *key, const struct layer *l,
		    const struct field *f)
{
	struct slice h;

	if (!l)
		return;
	h = layer_head(d, l);
	if (!f || !field_here(h, f))
		return;
	out_str(o, key);
	if (f->kind == PORT) {
		out_dec(o, field_get(h, f));
		out_char(o, ',');
		return;
	}
	out_char(o, '"');
	if (f->kind == IPV4)
		out_ipv4(o, (uint32_t)field_get(h, f));
	else if (f->kind == IPV6)
		out_ipv6(o, field_bytes(h, f));
	else
		out_mac(o, field_bytes(h, f));
	out_str(o, "\",");
}

/* Who talks to whom, by the innermost header that has addresses, and what: by the innermost protocol
 * that has fields. What an ICMP message quotes does not count.
 */
static void put_ends(const struct json *j, struct out *o, const struct decoded *d)
{
	const struct layer *address = NULL, *port = NULL;
	const char *name = "";

	for (const struct layer *l = d->layer; l < d->layer + d->count; l++) {
		const struct field *src = j->ends[l->proto].src;

		if (src && src->kind == PORT) {
			port = l;
		} else if (src) {
			address = l;
			port = NULL;
		}
		if (l->proto != PROTO_DATA && (protos[l->proto]->head.count > 0 || !*name))
			name = proto_name(protos[l->proto]);
		if (l->proto == PROTO_ICMP || l->proto == PROTO_ICMPV6)
			break;
	}
	put_end(o, d, "\"src\":", address, address ? j->ends[address->proto].src : NULL);
	put_end(o, d, "\"dst\":", address, address ? j->ends[address->proto].dst : NULL);
	put_end(o, d, "\"srcport\":", port, port ? j->ends[port->proto].src : NULL);
	put_end(o, d, "\"dstport\":", port, port ? j->ends[port->proto].dst : NULL);
	out_str(o, "\"proto\":");
	json_quote(o, name);
}

static void put_info(struct out *o, struct line *l)
{
	struct out text;
	char *start;

	out_str(o, ",\"info\":\"");
	start = o->at;
	text = (struct out){ start, start + min_u32(out_room(o), INFO_MAX) };
	l->brief.dumped = true;
	brief_layers(&text, &l->brief, 0);
	o->at = text.at;
	json_escape(o, start);
	out_str(o, "\",");
}

/* Which way, by which interface, and what its sender left to the network card: where that is known. */
static void put_origin(struct out *o, const struct line *l, const struct packet *p)
{
	char *begin = o->at, *start;

	if (l->interface) {
		out_str(o, ",\"interface\":\"");
		start = o->at;
		if (l->interface(o, l->source, p)) {
			json_escape(o, start);
			out_char(o, '"');
		} else {
			o->at = begin;
		}
	}
	if (p->flags & (PACKET_IN | PACKET_OUT))
		out_str(o, p->flags & PACKET_IN ? ",\"direction\":\"in\"" : ",\"direction\":\"out\"");
	if (p->flags & (PACKET_CSUM_PENDING | PACKET_TSO)) {
		out_str(o, ",\"offload\":[");
		if (p->flags & PACKET_CSUM_PENDING)
			out_str(o, "\"checksum\",");
		if (p->flags & PACKET_TSO)
			out_str(o, "\"segmentation\",");
		json_close(o, ']');
	}
	if (p->segments) {
		out_str(o, ",\"segments\":");
		out_dec(o, p->segments);
		out_str(o, ",\"segment_size\":");
		out_dec(o, p->segment_size);
	}
	if (p->flags & PACKET_LOSING)
		out_str(o, ",\"losing\":true");
}

void json_put(struct json *j, struct line *l, struct out *o, const struct packet *p)
{
	line_begin(l, p);
	out_str(o, "{\"version\":" SCHEMA_VERSION ",\"number\":");
	out_dec(o, l->count);
	out_char(o, ',');
	put_times(j, o, p);
	put_ends(j, o, l->all);
	out_str(o, ",\"len\":");
	out_dec(o, p->bytes.wire);
	out_str(o, ",\"cap_len\":");
	out_dec(o, p->bytes.cap);
	if (l->interface || p->flags || p->segments)
		put_origin(o, l, p);
	put_info(o, l);
	out_str(o, "\"layers\":[");
	if (json_put_layers(o, l)) {
		json_close(o, ']');
		out_str(o, "}\n");
	} else {
		json_close(o, ']');
		out_str(o, ",\"cut\":true}\n");
	}
}
