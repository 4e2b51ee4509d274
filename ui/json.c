/* SPDX-License-Identifier: BSD-2-Clause */
/* json.c - each packet as one object, on one line: RFC 8259
 *
 * How it works: a comma stands behind every member, and the bracket that closes an object takes the
 * place of the last one. Before each value there is a look at the room that is left, so that what was
 * opened can be closed whatever the packet says. Names are the catalogue's, ready to be copied.
 */
#include "ui/json.h"

#include <time.h>

#include "decode/brief.h"
#include "decode/catalog.h"
#include "ui/schema.h"
#include "ui/view.h"

#define LONGEST 4096		/* bytes: a value but for packet bytes, and what closes all that is open */
#define INFO_MAX 8192		/* bytes: of the one-line text */
#define EXACT_BITS 53		/* RFC 8259, section 6: larger numbers may be rounded by who reads them */

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

static inline void put_closing(struct out *o, char bracket)
{
	if (o->at[-1] == ',')
		o->at--;
	out_char(o, bracket);
}

/* How many characters c takes in a string, RFC 8259 section 7; what is not ASCII counts as Latin-1. */
static uint32_t escaped_length(uint8_t c)
{
	if (c == '"' || c == '\\' || c == '\n' || c == '\t')
		return 2;
	return c < 0x20 || c >= 0x7f ? 6 : 1;
}

/* Write c as it stands in a string so that it ends before at; returns where it starts. */
static char *escape_before(char *at, uint8_t c)
{
	static const char digits[] = "0123456789abcdef";

	switch (escaped_length(c)) {
	case 1:
		*--at = (char)c;
		break;
	case 2:
		*--at = c == '\n' ? 'n' : c == '\t' ? 't' : (char)c;
		*--at = '\\';
		break;
	default:
		at -= 6;
		memcpy(at, "\\u00", 4);
		at[4] = digits[c >> 4];
		at[5] = digits[c & 15];
	}
	return at;
}

/* Make what was appended from start on the inside of a string; it grows in place, from its end. */
static void escape(struct out *o, char *start)
{
	const char *from = o->at;
	uint32_t odd = 0;
	size_t grown = 0;
	char *to;

	for (const char *c = start; c < from; c++)
		odd += (uint8_t)(*c - 0x20) >= 0x7f - 0x20 || *c == '"' || *c == '\\';
	if (odd == 0)
		return;
	for (const char *c = start; c < from; c++)
		grown += escaped_length((uint8_t)*c) - 1;
	if (grown > out_room(o)) {
		o->at = start;
		return;
	}
	o->at += grown;
	for (to = o->at; from > start;)
		to = escape_before(to, (uint8_t)*--from);
}

static void put_quoted(struct out *o, const char *text)
{
	out_char(o, '"');
	out_str(o, text);
	out_char(o, '"');
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

	if (!j->have_second || sec != j->second)
		break_down(j, sec);
	out_str(o, "\"time\":\"");
	out_str(o, j->clock);
	out_char(o, '.');
	out_dec_pad(o, nsec, 9);
	out_str(o, "Z\",\"epoch_ns\":\"");
	if (sec > -9000000000 && sec < 9000000000) {
		out_signed(o, sec * 1000000000 + (int64_t)nsec);
	} else {
		out_signed(o, sec);
		out_dec_pad(o, nsec, 9);
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
	put_quoted(o, name);
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
	escape(o, start);
	out_str(o, "\",");
}

/* A value as such, with a comma behind it. */
static inline void put_value(struct out *o, const struct line *l, const struct view *v,
			     const struct value *x)
{
	const struct field *f = x->field;
	char *start;

	switch ((enum kind)f->kind) {
	case BOOL:
	case PRESENT:
		out_str(o, value_number(x) ? "true," : "false,");
		return;
	case INT: {
		int64_t number = (int64_t)value_number(x);

		if (number >> EXACT_BITS != 0 && number >> EXACT_BITS != -1)
			break;
		out_signed(o, number);
		out_char(o, ',');
		return;
	}
	case UINT:
	case PORT:
	case DECIMAL:
	case HEADER_DECIMAL:
	case VARINT62:
	case VARINT:
		if (f->width > EXACT_BITS || (f->width == 0 && value_number(x) >> EXACT_BITS))
			break;
		out_dec(o, value_number(x));
		out_char(o, ',');
		return;
	default:
		break;
	}
	out_char(o, '"');
	start = o->at;
	value_text(o, x, v, l->all);
	if (field_is_text(f))
		escape(o, start);
	out_bytes(o, "\",", 2);
}

static bool has_room(const struct out *o, const struct value *x)
{
	return out_room(o) >= LONGEST + 8 * (size_t)x->bytes.cap;
}

/* All values of x's name, which is label's, from x on. */
static void put_array(struct out *o, const struct line *l, const struct view *v, const struct value *x,
		      const struct label *label)
{
	const struct entry *entry = catalog_find(v->record);
	struct value y = *x;
	const struct label *other;

	label_put_key(o, label);
	out_char(o, '[');
	do {
		other = value_label(entry, &y);
		if (y.part == x->part && y.record == x->record && other->many == label->many && has_room(o, &y))
			put_value(o, l, v, &y);
	} while (view_value(v, &y));
	put_closing(o, ']');
	out_char(o, ',');
}

/* "ip.checksum.status":"good" */
static void put_status(struct out *o, const struct line *l, uint32_t i, const struct label *label)
{
	static const char *const words[VERDICTS] = {
		[CSUM_BAD] = "\"bad\",", [CSUM_GOOD] = "\"good\",",
		[CSUM_UNVERIFIED] = "\"unverified\",", [CSUM_ABSENT] = "\"absent\",",
		[CSUM_ILLEGAL] = "\"illegal\",", [VERDICT_PENDING] = "\"pending\",",
		[VERDICT_VERIFIED] = "\"verified\",",
	};

	out_char(o, '"');
	label_put_name(o, label);
	out_str(o, ".status\":");
	out_str(o, words[checksum_verdict(&l->brief, l->all, i, NULL)]);
}

/* The members of one record; false where there is no room for them all. */
static bool put_values(struct out *o, const struct line *l, const struct view *v)
{
	const struct entry *entry = catalog_find(v->record);
	const struct record *parts = NULL;
	struct value x = { 0 };
	uint64_t done[2] = { 0 };	/* of the fields; of the parts of one */

	while (value_next(v, entry, &x)) {
		const struct label *label = value_label(entry, &x);

		if (!has_room(o, &x))
			return false;
		if (x.part && x.record != parts) {
			parts = x.record;
			done[1] = 0;
		}
		if (label->many) {
			if (!(done[x.part] >> label->many & 1))
				put_array(o, l, v, &x, label);
			done[x.part] |= UINT64_C(1) << label->many;
			continue;
		}
		label_put_key(o, label);
		put_value(o, l, v, &x);
		if (label->checksum)
			put_status(o, l, (uint32_t)(v->layer - l->all->layer), label);
	}
	return true;
}

/* Where the walk through the records is: which object is open. */
struct nest {
	uint8_t depth;		/* 0: a layer; 1: an option in it; 2: an option in that ... */
	bool fields;		/* in its fields; else in its options */
};

/* Close the object that is open; what is around it is in its options then. */
static void end_object(struct out *o, struct nest *n)
{
	put_closing(o, n->fields ? '}' : ']');
	out_bytes(o, "},", 2);
	n->fields = false;
	n->depth--;
}

/* Close all that is deeper than depth, and one of that depth. */
static void end_objects(struct out *o, struct nest *n, uint32_t depth)
{
	while (n->depth > depth)
		end_object(o, n);
	if (n->depth == depth)
		end_object(o, n);
}

/* "reassembled_from":[4,5,7], */
static void put_packets(struct out *o, const struct origin *from)
{
	out_str(o, "\"reassembled_from\":[");
	for (uint32_t i = 0; i < from->listed; i++) {
		out_dec(o, from->number[i]);
		out_char(o, ',');
	}
	put_closing(o, ']');
	out_char(o, ',');
}

static void begin_layer(struct out *o, const struct decoded *d, const struct layer *l)
{
	const char *note = note_word((enum note)l->note);

	out_str(o, "{\"name\":\"");
	out_str(o, proto_name(protos[l->proto]));
	out_str(o, "\",");
	if (note) {
		out_str(o, "\"note\":");
		put_quoted(o, note);
		out_char(o, ',');
	}
	if (layer_origin(d, l))
		put_packets(o, layer_origin(d, l));
	out_str(o, "\"fields\":{");
}

/* Open an object for the record in v, in the one that is open if it is deeper, else beside it. */
static void begin_option(struct out *o, struct nest *n, const struct view *v)
{
	uint32_t depth = v->depth ? v->depth : 1;

	if (depth <= n->depth)
		end_objects(o, n, depth);
	if (n->fields) {
		put_closing(o, '}');
		out_str(o, ",\"options\":[");
	}
	out_str(o, "{\"name\":");
	put_quoted(o, v->record->title ? v->record->title : "");
	out_str(o, ",\"fields\":{");
	n->fields = true;
	n->depth++;
}

/* All layers; false where some of it was left out. */
static bool put_layers(struct out *o, const struct line *l)
{
	struct view v = { 0 };
	struct nest n = { 0 };
	bool all = true;

	while (all && view_next(&v, l->all)) {
		if (out_room(o) < LONGEST) {
			all = false;
			break;
		}
		if (view_starts_layer(&v)) {
			if (v.layer != l->all->layer)
				end_objects(o, &n, 0);
			begin_layer(o, l->all, v.layer);
			n = (struct nest){ 0, true };
		} else if (!n.fields || v.depth != n.depth || v.record->title) {
			begin_option(o, &n, &v);
		}
		all = put_values(o, l, &v);
	}
	if (v.layer)
		end_objects(o, &n, 0);
	return all;
}

/* Which way, by which interface, and what its sender left to the network card: where that is known. */
static void put_origin(struct out *o, const struct line *l, const struct packet *p)
{
	char *begin = o->at, *start;

	if (l->interface) {
		out_str(o, ",\"interface\":\"");
		start = o->at;
		if (l->interface(o, l->source, p)) {
			escape(o, start);
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
		put_closing(o, ']');
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
	if (l->interface || p->flags)
		put_origin(o, l, p);
	put_info(o, l);
	out_str(o, "\"layers\":[");
	if (put_layers(o, l)) {
		put_closing(o, ']');
		out_str(o, "}\n");
	} else {
		put_closing(o, ']');
		out_str(o, ",\"cut\":true}\n");
	}
}
