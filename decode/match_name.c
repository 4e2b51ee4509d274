/* SPDX-License-Identifier: BSD-2-Clause */
/* match_name.c - from a name in a display filter to where its values are */
#include "decode/match_name.h"

#include "decode/catalog.h"

#define PLACES_MAX 256

/* What is in no table. */
static const struct special {
	const char *name;
	uint8_t way, proto, class, form, width;
} specials[] = {
	{ "frame", WAY_FRAME, PROTO_NONE, CLASS_BYTES, FORM_BYTES, 0 },
	{ "frame.number", WAY_NUMBER, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 32 },
	{ "frame.len", WAY_LEN, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 32 },
	{ "frame.cap_len", WAY_CAP_LEN, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 32 },
	{ "frame.interface_id", WAY_INTERFACE, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 32 },
	{ "frame.segments", WAY_SEGMENTS, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 16 },
	{ "frame.segment_size", WAY_SEGMENT_SIZE, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 16 },
	{ "frame.time_relative", WAY_SINCE_FIRST, PROTO_NONE, CLASS_TIME, FORM_TIME, 0 },
	{ "frame.time_delta", WAY_SINCE_LAST, PROTO_NONE, CLASS_TIME, FORM_TIME, 0 },
	{ "frame.time", WAY_EPOCH, PROTO_NONE, CLASS_TIME, FORM_DATE, 0 },
	{ "frame.time_epoch", WAY_EPOCH, PROTO_NONE, CLASS_TIME, FORM_TIME, 0 },
	{ "flow", WAY_FLOW, PROTO_NONE, CLASS_NUMBER, FORM_NUMBER, 32 },
	{ "tcp.len", WAY_PAYLOAD_LEN, PROTO_TCP, CLASS_NUMBER, FORM_NUMBER, 32 },
	{ "tcp.payload", WAY_PAYLOAD, PROTO_TCP, CLASS_BYTES, FORM_BYTES, 0 },
	{ "udp.payload", WAY_PAYLOAD, PROTO_UDP, CLASS_BYTES, FORM_BYTES, 0 },
};

/* Addresses as text: "ip.host" is "ip.addr". */
static const struct {
	const char *name, *of;
} hosts[] = {
	{ "ip.host", "ip.addr" },     { "ip.src_host", "ip.src" },     { "ip.dst_host", "ip.dst" },
	{ "ipv6.host", "ipv6.addr" }, { "ipv6.src_host", "ipv6.src" }, { "ipv6.dst_host", "ipv6.dst" },
};

/* Names that protocols had before, which Wireshark takes still. */
static const struct {
	const char *before, *now;
} renamed[] = { { "bootp", "dhcp" }, { "ssl", "tls" } };

static bool add_target(struct match *m, struct operand *o, struct target t)
{
	if (m->targets == MATCH_TARGETS)
		return false;
	m->target[m->targets++] = t;
	o->count++;
	return true;
}

static bool add_special(struct match *m, struct operand *o, const char *name)
{
	for (const struct special *s = specials; s < specials + COUNT(specials); s++) {
		if (strcmp(name, s->name) != 0)
			continue;
		o->class = s->class;
		o->form = o->from = s->form;
		o->width = s->width;
		m->flows = m->flows || s->way == WAY_FLOW;
		return add_target(m, o, (struct target){ .way = s->way, .proto = s->proto });
	}
	return false;
}

static bool add_protocol(struct match *m, struct operand *o, const char *name)
{
	bool good = true;

	o->class = CLASS_BYTES;
	o->form = o->from = FORM_BYTES;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		if (strcmp(proto_name(protos[id]), name) == 0 ||
		    (protos[id]->path && strcmp(protos[id]->path, name) == 0))
			good = good && add_target(m, o, (struct target){ WAY_LAYER, (uint8_t)id, 0, 0 });
	return good && o->count > 0;
}

/* "tcp.checksum.status" and its like. */
static bool add_verdict(struct match *m, struct operand *o, const char *name)
{
	static const char end[] = ".checksum.status";
	size_t n = strlen(name);

	o->class = CLASS_NUMBER;
	o->form = o->from = FORM_NUMBER;
	o->width = 8;
	if (n < sizeof(end) || strcmp(name + n - (sizeof(end) - 1), end) != 0)
		return false;
	n -= sizeof(end) - 1;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const char *head = protos[id]->head.name;

		if (strlen(head) == n && strncmp(head, name, n) == 0 &&
		    proto_field(protos[id], "checksum") &&
		    !add_target(m, o, (struct target){ WAY_CHECKSUM, (uint8_t)id, 0, 0 }))
			return false;
	}
	return o->count > 0;
}

/* What a field's values are like. */
static void describe(struct operand *o, const struct field *f)
{
	static const uint8_t forms[] = {
		[UINT] = FORM_NUMBER, [INT] = FORM_NUMBER, [HEX] = FORM_NUMBER, [PORT] = FORM_NUMBER, [BOOL] = FORM_BOOL,
		[MAC] = FORM_MAC, [IPV4] = FORM_IPV4, [IPV6] = FORM_IPV6, [BYTES] = FORM_BYTES, [BLANK] = FORM_BYTES,
		[NTP_TIME] = FORM_DATE, [UNIX_TIME] = FORM_DATE, [TEXT_TIME] = FORM_DATE,
		[TEXT] = FORM_TEXT, [TEXT8] = FORM_TEXT, [DNS_NAME] = FORM_TEXT, [DNS_FQDN] = FORM_TEXT,
		[TEXT16] = FORM_TEXT, [TEXT32] = FORM_TEXT, [TEXTZ] = FORM_TEXT, [WORD] = FORM_TEXT,
		[LINE] = FORM_TEXT, [HEADER] = FORM_TEXT, [HEADER_WORD] = FORM_TEXT,
		[DECIMAL] = FORM_NUMBER, [HEADER_DECIMAL] = FORM_NUMBER, [VARINT] = FORM_NUMBER, [VARINT62] = FORM_NUMBER,
		[PRESENT] = FORM_BOOL, [OID] = FORM_TEXT, [MADE] = FORM_TEXT,
	};
	uint32_t bits = f->width;
	enum form form = f->kind < COUNT(forms) ? (enum form)forms[f->kind] : FORM_BYTES;

	if (form == FORM_NUMBER && (f->width > 64 || (f->width == 0 && !field_is_found_number(f))))
		form = FORM_BYTES;
	o->form = o->from = (uint8_t)form;
	/* Signed numbers compare as times do. */
	o->class = f->kind == INT ? CLASS_TIME : form <= FORM_BOOL || form == FORM_IPV4 ? CLASS_NUMBER :
		   form == FORM_DATE ? CLASS_TIME : form == FORM_TEXT ? CLASS_TEXT : CLASS_BYTES;
	for (uint32_t unit = f->scale; unit > 1 && f->width > 0; unit /= 2)
		bits++;
	if (form <= FORM_BOOL)
		o->width = field_is_found_number(f) ? 64 : bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : 64;
}

/* Is p in a header, behind nothing whose length is in the data? Then it is found without a walk. */
static bool is_fixed(const struct place *p)
{
	const struct field *f = p->field;

	if (p->option || f->repeat || f->width == 0 || (p->part ? p->part->when : f->when))
		return false;
	for (const struct field *k = p->record->field; k < f; k++)
		if (k->width == 0)
			return false;
	return true;
}

static bool add_field(struct match *m, struct operand *o, const struct place *p)
{
	const struct field *f = p->part ? p->part : p->field;
	struct target *last = o->count > 0 ? &m->target[m->targets - 1] : NULL;
	struct operand like = { 0 };
	bool fixed = is_fixed(p) && f->width > 0;

	if (o->count == 0)
		describe(o, f);
	describe(&like, f);
	if (like.form != o->form)
		return true;		/* the name's other meaning is the first one's */
	o->width = like.width > o->width ? like.width : o->width;
	if (m->fields == MATCH_FIELDS)
		return false;
	m->field[m->fields++] = f;
	if (!fixed && last && last->way == WAY_WALK && last->proto == p->proto) {
		last->count++;
		return true;
	}
	return add_target(m, o, (struct target){ fixed ? WAY_HEAD : WAY_WALK, p->proto,
						 (uint16_t)(m->fields - 1), 1 });
}

static bool add_fields(struct match *m, struct operand *o, const char *name)
{
	struct place place[PLACES_MAX];
	uint32_t n = min_u32(catalog_places(name, place, PLACES_MAX), PLACES_MAX);

	for (uint32_t i = 0; i < n; i++)
		if (!add_field(m, o, &place[i]))
			return false;
	return o->count > 0;
}

/* The name that is before in Wireshark's present words, in text; else before itself. */
static const char *present_name(const char *before, char text[NAME_LENGTH])
{
	struct out o = { text, text + NAME_LENGTH - 1 };

	for (size_t i = 0; i < COUNT(renamed); i++) {
		size_t n = strlen(renamed[i].before);

		if (strncmp(before, renamed[i].before, n) != 0 || (before[n] != '.' && before[n] != '\0'))
			continue;
		out_str(&o, renamed[i].now);
		out_str(&o, before + n);
		*o.at = '\0';
		return text;
	}
	return before;
}

bool name_add(struct match *m, const char *name)
{
	struct operand *o = &m->operand[m->operands];
	char text[NAME_LENGTH];

	catalog_init();
	name = present_name(name, text);
	*o = (struct operand){ .first = m->targets };
	for (size_t i = 0; i < COUNT(hosts) && !o->host; i++) {
		if (strcmp(name, hosts[i].name) != 0)
			continue;
		o->host = add_fields(m, o, hosts[i].of);
		o->class = CLASS_TEXT;
		o->form = FORM_TEXT;
	}
	if (!o->host && !add_special(m, o, name) && !add_protocol(m, o, name) &&
	    !add_verdict(m, o, name) && !add_fields(m, o, name))
		return false;
	m->operands++;
	return true;
}

/* How unlike two names are: the first characters count more, since names begin with their protocol's. */
static uint32_t distance(struct slice a, struct slice b)
{
	uint32_t alike = 0;

	while (alike < 4 && alike < a.cap && alike < b.cap && slice_u8(a, alike) == slice_u8(b, alike))
		alike++;
	return 2 * name_distance(a, b) + 4 - alike;
}

struct search {
	struct slice wanted;
	uint32_t best;
	char *name;			/* the nearest so far */
};

static void propose(struct search *s, struct slice name)
{
	uint32_t d = distance(s->wanted, name);

	if (d >= s->best)
		return;
	s->best = d;
	s->name[slice_copy(s->name, name, NAME_LENGTH - 1)] = '\0';
}

static void propose_text(struct search *s, const char *name)
{
	uint32_t n = (uint32_t)strlen(name);

	propose(s, (struct slice){ (const uint8_t *)name, n, n });
}

/* "tcp.port", which is no field of its own, from "tcp.srcport". */
static void propose_shared(struct search *s, const struct record *r, const struct field *f)
{
	bool port = strcmp(f->name, "srcport") == 0, addr = strcmp(f->name, "src") == 0;
	char name[NAME_LENGTH];
	struct out o = { name, name + sizeof(name) - 1 };

	if (!port && !addr)
		return;
	out_str(&o, r->name);
	out_str(&o, port ? ".port" : ".addr");
	*o.at = '\0';
	propose_text(s, name);
}

void name_nearest(const char *name, char nearest[NAME_LENGTH])
{
	uint32_t n = (uint32_t)strlen(name);
	struct search s = { { (const uint8_t *)name, n, n }, UINT32_MAX, nearest };
	const struct record *r;
	const struct label *l;

	catalog_init();
	for (uint32_t i = 0; (l = catalog_label(i, &r)); i++) {
		propose_shared(&s, r, l->field);
		propose(&s, label_name(l));
	}
	for (size_t i = 0; i < COUNT(specials); i++)
		propose_text(&s, specials[i].name);
	for (size_t i = 0; i < COUNT(hosts); i++)
		propose_text(&s, hosts[i].name);
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		propose_text(&s, proto_name(protos[id]));
}
