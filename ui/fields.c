/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.c - chosen fields of each packet in columns, as tshark -T fields prints them
 *
 * How it works: a name is looked up once, and becomes a list of places: in which protocol's header, or
 * in which of its options. A packet costs a look at those alone: a header's field of fixed place is
 * read there, and a header's options are walked only where a column asks for one of them.
 */
#include "ui/fields.h"

#include <stdlib.h>

#include "decode/catalog.h"
#include "decode/checksum.h"
#include "decode/link.h"
#include "decode/proto/tcp_options.h"
#include "ui/csv.h"
#include "ui/plural.h"
#include "ui/view.h"

#define COLUMNS_MAX 4096
#define LONGEST 2048		/* characters: a value but for packet bytes, with room to spare */
#define MANY ','		/* between values of one column, as in tshark */

struct target {
	struct place place;
	bool fixed;		/* no field of unknown length before it, and not repeated */
};

typedef void put_fn(struct out *o, const struct line *l, const struct packet *p);

struct field_column {
	const char *name;	/* not ended by '\0' */
	uint32_t length;	/* of the name */
	put_fn *frame;		/* what is of the packet itself; else NULL */
	bool status;		/* the places are checksums: whether they are right */
	uint32_t count;
	struct target *target;	/* owned */
	bool in[PROTO_COUNT];	/* which protocols have one of them */
};

static void put_number(struct out *o, const struct line *l, const struct packet *p)
{
	(void)p;
	out_dec(o, l->count);
}

static void put_epoch(struct out *o, const struct line *l, const struct packet *p)
{
	(void)l;
	out_signed(o, p->sec);
	out_char(o, '.');
	out_dec_pad(o, p->nsec, 9);
}

static void put_len(struct out *o, const struct line *l, const struct packet *p)
{
	(void)l;
	out_dec(o, p->bytes.wire);
}

static void put_cap_len(struct out *o, const struct line *l, const struct packet *p)
{
	(void)l;
	out_dec(o, p->bytes.cap);
}

static void put_segments(struct out *o, const struct line *l, const struct packet *p)
{
	(void)l;
	if (p->segments)
		out_dec(o, p->segments);
}

static void put_segment_size(struct out *o, const struct line *l, const struct packet *p)
{
	(void)l;
	if (p->segments)
		out_dec(o, p->segment_size);
}

/* What layer i of protocol p is called in there. */
static void put_protocol(struct out *o, const struct line *l, const struct layer *i, const struct proto *p)
{
	out_str(o, p->path ? p->path : proto_name(p));
	if (i->proto == PROTO_TCP && tcp_options_multipath(slice_skip(layer_head(l->all, i), p->min_len)))
		out_str(o, ":mptcp");
	if (p->link && i->proto != PROTO_SNAP && i->next > LINK_LENGTH_MAX)
		out_str(o, ":ethertype");
}

/* "eth:ethertype:ip:tcp". One protocol in two layers (LLC and SNAP, DNS over TCP) has one name, as have
 * messages one behind the other, and one without fields none: what it says is data.
 */
static void put_protocols(struct out *o, const struct line *l, const struct packet *p)
{
	const struct layer *before = NULL, *end = l->all->layer + l->all->count;
	const char *name = "";
	bool tcp = false;

	(void)p;
	for (const struct layer *i = l->all->layer; i < end; i++) {
		const struct proto *proto = protos[i->proto];
		bool nameless = proto->head.count == 0 && !proto->option && !proto->link;

		if (before && (before->proto != i->proto || proto->several) &&
		    !strcmp(name, proto_name(proto)))
			continue;
		if (before && before->proto == i->proto && (tcp || i->proto == PROTO_RTCP))
			continue;
		tcp |= i->proto == PROTO_TCP;
		if (nameless && i + 1 < end)
			continue;
		if (nameless)
			proto = protos[PROTO_DATA];
		name = proto_name(proto);
		if (before)
			out_char(o, ':');
		put_protocol(o, l, i, proto);
		before = i;
	}
}

/* Its name is as hostile as a packet. */
static void put_interface(struct out *o, const struct line *l, const struct packet *p)
{
	char name[64];
	struct out text = { name, name + sizeof(name) };
	uint32_t n;

	if (!l->interface || !l->interface(&text, l->source, p))
		return;
	n = (uint32_t)(text.at - name);
	out_text(o, (struct slice){ (const uint8_t *)name, n, n });
}

static const struct frame_field {
	const char *name, *type, *description;
	put_fn *put;
} frame_fields[] = {
	{ "frame.number", "uint64", "Frame: number, from 1", put_number },
	{ "frame.time_epoch", "time", "Frame: seconds since 1970", put_epoch },
	{ "frame.len", "uint32", "Frame: bytes on the wire", put_len },
	{ "frame.cap_len", "uint32", "Frame: bytes captured", put_cap_len },
	{ "frame.segments", "uint16", "Frame: packets that it stands for, merged or not cut yet", put_segments },
	{ "frame.segment_size", "uint16", "Frame: bytes of payload in each of these", put_segment_size },
	{ "frame.interface_name", "text", "Frame: interface that saw it", put_interface },
	{ "frame.protocols", "text", "Frame: protocols in it", put_protocols },
};

#define FRAME_FIELDS (sizeof(frame_fields) / sizeof(frame_fields[0]))
#define STATUS ".status"

static bool fixed(const struct place *p)
{
	const struct field *f = p->record->field;

	for (; f < p->field; f++)
		if (f->width == 0)
			return false;
	return !f->repeat;
}

/* Is the place that of a checksum that can be verified? */
static bool verifiable(const struct place *p)
{
	return !p->option && !p->part &&
	       catalog_find(p->record)->label[p->field - p->record->field].checksum;
}

static int find_places(struct field_column *c, const char *name, struct error *e)
{
	uint32_t n = catalog_places(name, NULL, 0);
	struct place *place = calloc(n + 1, sizeof(*place));

	c->target = calloc(n + 1, sizeof(*c->target));
	if (!place || !c->target) {
		free(place);
		return error_set(e, STATUS_WRITE, "--fields: no memory for them");
	}
	catalog_places(name, place, n);
	for (uint32_t i = 0; i < n; i++)
		if (!c->status || verifiable(&place[i])) {
			c->target[c->count++] = (struct target){ place[i], fixed(&place[i]) };
			c->in[place[i].proto] = true;
		}
	free(place);
	return 0;
}

/* Who is called name; c->frame and c->count stay 0 where nobody is. */
static int look_up(struct field_column *c, char *name, struct error *e)
{
	size_t n = strlen(name), end = strlen(STATUS);
	int rc;

	for (const struct frame_field *f = frame_fields; f < frame_fields + FRAME_FIELDS; f++)
		if (!strcmp(f->name, name))
			c->frame = f->put;
	if (c->frame)
		return 0;
	rc = find_places(c, name, e);
	if (rc || c->count > 0 || n <= end || strcmp(name + n - end, STATUS) != 0)
		return rc;
	name[n - end] = '\0';
	free(c->target);
	c->status = true;
	rc = find_places(c, name, e);
	name[n - end] = STATUS[0];
	return rc;
}

static int open_column(struct field_column *c, const char *name, uint32_t length, struct error *e)
{
	char text[128], near[sizeof(text)];
	int rc;

	*c = (struct field_column){ .name = name, .length = length };
	if (length == 0)
		return error_set(e, STATUS_USAGE, "--fields: there is an empty name in '%s'", name);
	if (length >= sizeof(text))
		return error_set(e, STATUS_USAGE, "--fields: no field has so long a name");
	memcpy(text, name, length);
	text[length] = '\0';
	rc = look_up(c, text, e);
	if (rc || c->frame || c->count > 0)
		return rc;
	near[slice_copy(near, catalog_nearest(text), sizeof(near) - 1)] = '\0';
	return error_set(e, STATUS_USAGE, "--fields: '%s' is no field; is '%s' meant? --list-fields has all",
			 text, near);
}

int columns_open(struct columns *c, const char *names, char separator, struct error *e)
{
	uint32_t most = 1;
	int rc = 0;

	for (const char *at = names; *at; at++)
		most += *at == ',';
	*c = (struct columns){ calloc(most, sizeof(*c->column)), 0, separator };
	if (!c->column)
		return error_set(e, STATUS_WRITE, "--fields: no memory for them");
	if (most > COLUMNS_MAX)
		return error_set(e, STATUS_USAGE, "--fields: %d of them at most", COLUMNS_MAX);
	for (const char *at = names; !rc && c->count < most; at += c->column[c->count - 1].length + 1)
		rc = open_column(&c->column[c->count++], at, (uint32_t)strcspn(at, ","), e);
	return rc;
}

void columns_close(struct columns *c)
{
	for (uint32_t i = 0; i < c->count; i++)
		free(c->column[i].target);
	free(c->column);
}

int columns_check(const char *names, struct error *e)
{
	struct columns c;
	int rc;

	catalog_init();
	rc = columns_open(&c, names, '\t', e);
	columns_close(&c);
	return rc;
}

/* A packet's own bytes may come in several columns; what is more than this is cut. */
size_t columns_room(const struct line *l, const struct packet *p)
{
	return 65536 + COLUMNS_MAX + 32 * line_bytes(l, p);
}

/* A value behind the others of its column; start: where the column begins. */
static void put_value(struct out *o, const char *start, const struct value *x, const struct view *v,
		      const struct line *l)
{
	if (out_room(o) < LONGEST + 4 * (size_t)x->bytes.cap)
		return;
	if (o->at != start)
		out_char(o, MANY);
	if (x->field->kind == BLANK)
		out_char(o, '1');
	else
		value_text(o, x, v, l->all);
}

static bool is_at(const struct value *x, const struct place *p)
{
	return x->part ? x->field == p->part : !p->part && x->field == p->field;
}

/* The values of a record at the places of column c that are in it. */
static void put_walked(struct out *o, const char *start, const struct field_column *c,
		       const struct view *v, const struct line *l)
{
	struct value x = { 0 };
	bool here = false;

	for (const struct target *t = c->target; t < c->target + c->count && !here; t++)
		here = t->place.record == v->record;
	while (here && view_value(v, &x))
		for (const struct target *t = c->target; t < c->target + c->count; t++)
			if (t->place.record == v->record && is_at(&x, &t->place)) {
				put_value(o, start, &x, v, l);
				break;
			}
}

static void put_status(struct out *o, const char *start, const struct line *l, uint32_t i)
{
	if (o->at != start)
		out_char(o, MANY);
	out_dec(o, l->brief.unverified ? CSUM_UNVERIFIED : checksum_verify(l->all, i, NULL));
}

/* Column c's values in layer i. */
static void put_layer(struct out *o, const char *start, const struct field_column *c, const struct line *l,
		      uint32_t i)
{
	bool walk = false, options = false;
	struct value x;
	struct view v;

	view_layer(&v, l->all, i);
	for (const struct target *t = c->target; t < c->target + c->count; t++) {
		const struct place *p = &t->place;

		if (p->proto != v.layer->proto)
			continue;
		options |= p->option;
		walk |= !p->option && !t->fixed;
		if (c->status && note_stops((enum note)v.layer->note))
			continue;
		if (c->status)
			put_status(o, start, l, i);
		else if (!p->option && t->fixed && !walk &&
			 view_fixed(&v, p->part ? p->field->parts : p->record,
				    p->part ? p->part : p->field, &x))
			put_value(o, start, &x, &v, l);
	}
	if (walk)
		put_walked(o, start, c, &v, l);
	while (options && view_next(&v, l->all) && !view_starts_layer(&v))
		put_walked(o, start, c, &v, l);
}

void columns_put_header(const struct columns *c, struct out *o)
{
	for (const struct field_column *i = c->column; i < c->column + c->count; i++) {
		out_bytes(o, i->name, i->length);
		out_char(o, i + 1 < c->column + c->count ? c->separator : '\n');
	}
}

void columns_put(const struct columns *c, struct line *l, struct out *o, const struct packet *p)
{
	const struct field_column *end = c->column + c->count;

	o->end -= COLUMNS_MAX;		/* a place for every separator, whatever the values are */
	line_begin(l, p);
	for (const struct field_column *i = c->column; i < end; i++) {
		char *start = o->at;

		if (i->frame)
			i->frame(o, l, p);
		for (uint32_t k = 0; k < l->all->count && !i->frame; k++)
			if (i->in[l->all->layer[k].proto])
				put_layer(o, start, i, l, k);
		if (c->separator == ',')
			csv_quote(o, start);
		o->end++;
		out_char(o, i + 1 < end ? c->separator : '\n');
	}
}

/* What kinds are called in --list-fields; UINT and HEX by their width. */
static void print_type(FILE *f, const struct field *field)
{
	static const char *const words[] = {
		[BOOL] = "bool", [MAC] = "mac", [IPV4] = "ipv4", [IPV6] = "ipv6", [PORT] = "port",
		[NTP_TIME] = "time", [UNIX_TIME] = "time", [TEXT_TIME] = "time",
		[BYTES] = "bytes", [BLANK] = "bytes", [TEXT] = "text", [TEXT8] = "text", [DNS_NAME] = "name", [DNS_FQDN] = "name",
		[TEXT16] = "text", [TEXT32] = "text", [TEXTZ] = "text", [WORD] = "text",
		[LINE] = "text", [HEADER] = "text", [HEADER_WORD] = "text", [DECIMAL] = "uint64",
		[HEADER_DECIMAL] = "uint64", [VARINT] = "uint32", [VARINT62] = "uint64", [PRESENT] = "bool",
		[OID] = "oid", [MADE] = "text",
	};
	int width = 8;

	if (field->kind != UINT && field->kind != INT && field->kind != HEX) {
		fputs(words[field->kind], f);
		return;
	}
	while (width < (field->width ? field->width : 64))
		width *= 2;
	fprintf(f, "%sint%d", field->kind == INT ? "" : "u", width);
}

/* Is l, of record r, the first of its name, which is found at p first? */
static bool is_first(const struct label *l, const struct record *r, const struct place *p)
{
	if (p->part)
		return p->part == l->field && p->field->parts == r;
	return p->field == l->field && p->record == r;
}

static void list_field(FILE *f, const struct label *l, const struct record *r, const char *name)
{
	struct place p;
	const char *title;

	if (catalog_places(name, &p, 1) == 0 || !is_first(l, r, &p))
		return;
	title = protos[p.proto]->title;
	fprintf(f, "%s\t", name);
	print_type(f, l->field);
	fprintf(f, "\t%s", title);
	if (p.option && p.record->title)
		fprintf(f, ": %s", p.record->title);
	if (p.part)
		fprintf(f, ", part of %s%s%s", p.record->name, *p.field->name ? "." : "", p.field->name);
	else if (l->field->width % 8 != 0)
		fprintf(f, ", %d bit%s", l->field->width, plural(l->field->width));
	putc('\n', f);
	if (l->checksum)
		fprintf(f, "%s" STATUS "\tuint8\t%s: 0 bad, 1 good, 2 not verified, 3 none\n", name, title);
}

void fields_list(FILE *f)
{
	const struct record *r;
	const struct label *l;

	catalog_init();
	for (const struct frame_field *i = frame_fields; i < frame_fields + FRAME_FIELDS; i++)
		fprintf(f, "%s\t%s\t%s\n", i->name, i->type, i->description);
	for (uint32_t n = 0; (l = catalog_label(n, &r)); n++) {
		char name[sizeof(l->key)];
		struct out o = { name, name + sizeof(name) - 1 };

		out_slice(&o, label_name(l));
		*o.at = '\0';
		list_field(f, l, r, name);
	}
}
