/* SPDX-License-Identifier: BSD-2-Clause */
/* catalog.c - every record of every protocol, and the full names of their fields
 *
 * How it works: the protocols are asked for their records, once. What is found is kept in arrays of
 * fixed size, and found again by the record's address: no packet costs a comparison of names.
 */
#include "decode/catalog.h"

enum { LABELS = 8192, SPOTS = 8192, ENTRIES = 2048, SITES = 2 * ENTRIES, SLOTS = 4 * ENTRIES };

/* A record of a protocol; some have it in common with others. */
struct site {
	const struct record *record;
	uint8_t proto, length;		/* enum proto_id; of the record's name */
	bool option, parts;		/* has it fields that have parts? */
};

static struct label labels[LABELS];
static struct spot spots[SPOTS];
static struct entry entries[ENTRIES];
static struct site sites[SITES];
static uint32_t label_count, spot_count, entry_count, site_count;
static uint16_t slots[SLOTS];		/* entry's number + 1; 0: empty */

static uint16_t *slot_of(const struct record *r)
{
	uint32_t i = (uint32_t)((uintptr_t)r * UINT64_C(0x9e3779b97f4a7c15) >> 51);

	while (slots[i] && entries[slots[i] - 1].record != r)
		i = (i + 1) % SLOTS;
	return &slots[i];
}

_Static_assert(SLOTS == 1 << 13, "a hash is the upper 13 bits");

const struct entry *catalog_find(const struct record *r)
{
	return &entries[*slot_of(r) - 1];
}

/* Names join with a dot, but for a record's only value, which may have the record's own name. */
static void name_label(struct label *l, const struct record *r, const struct field *f)
{
	struct out o = { l->key, l->key + sizeof(l->key) };

	out_char(&o, '"');
	out_str(&o, r->name);
	if (f->name[0])
		out_char(&o, '.');
	out_str(&o, f->name);
	out_str(&o, "\":");
	l->length = (uint8_t)(o.at - l->key);
	l->field = f;
}

/* Number the names that come several times among the n labels from first on. */
static void number_names(struct label *first, uint32_t n)
{
	uint8_t number = 0;

	for (struct label *l = first; l < first + n; l++) {
		if (l->many)
			continue;
		for (struct label *k = l; k < first + n; k++) {
			if (strcmp(l->field->name, k->field->name) != 0 || (k == l && !l->field->repeat))
				continue;
			l->many = l->many ? l->many : ++number;
			k->many = l->many;
		}
	}
}

/* How far the fields of r and their parts reach, bytes; 0 where one may be missing, or elsewhere. */
static uint32_t plain_length(const struct record *r)
{
	uint32_t length = 0, end;

	for (uint32_t i = 0; i < r->count; i++) {
		const struct field *f = &r->field[i];

		if (f->width == 0 || f->repeat || f->when)
			return 0;
		end = (f->bit + f->width + 7u) / 8;
		if (f->parts && plain_length(f->parts) == 0)
			return 0;
		if (f->parts && plain_length(f->parts) > end)
			end = plain_length(f->parts);
		length = end > length ? end : length;
	}
	return length;
}

static struct entry *add(const struct record *r)
{
	uint16_t *slot = slot_of(r);
	struct label *first = &labels[label_count];
	struct entry *entry = &entries[entry_count];

	if (*slot)
		return &entries[*slot - 1];
	if (entry_count == ENTRIES || label_count + r->count > LABELS)
		__builtin_trap();	/* a test fills the catalogue */
	*slot = (uint16_t)++entry_count;
	label_count += r->count;
	*entry = (struct entry){ .record = r, .label = first };
	for (uint32_t i = 0; i < r->count; i++)
		name_label(&first[i], r, &r->field[i]);
	number_names(first, r->count);
	for (uint32_t i = 0; i < r->count; i++)
		if (r->field[i].parts)
			first[i].parts = add(r->field[i].parts);
	return entry;
}

static enum spot_form form_of(const struct label *l)
{
	const struct field *f = l->field;
	bool number = f->width <= (f->scale > 1 ? 16 : 32) && !f->little;	/* of 32 bits, scaled or not */

	if (l->checksum || l->many)
		return SPOT_OTHER;
	switch ((enum kind)f->kind) {
	case UINT:
	case PORT:
		return number ? SPOT_DECIMAL : SPOT_OTHER;
	case HEX:
		return number ? SPOT_HEX : SPOT_OTHER;
	case BOOL:
		return f->width == 1 ? SPOT_BOOL : SPOT_OTHER;
	case MAC:
	case IPV4:
	case IPV6:
		return f->bit % 8 == 0 ? SPOT_ADDRESS : SPOT_OTHER;
	default:
		return SPOT_OTHER;
	}
}

/* The word of a number lies within the first plain bytes of the record, if there are eight. */
static void add_spot(const struct label *l, const struct field *whole, uint32_t plain)
{
	const struct field *f = l->field;
	struct spot *p = &spots[spot_count++];

	if (spot_count == SPOTS)
		__builtin_trap();
	*p = (struct spot){ .label = l, .whole = whole, .at = f->bit / 8 };
	p->form = (uint8_t)form_of(l);
	p->part = whole != NULL;
	p->named = f->names || f->kind == PORT || f->kind == MAC;
	p->digits = p->form == SPOT_HEX ? (uint8_t)field_digits(f) : 0;
	if (p->form == SPOT_ADDRESS || p->form == SPOT_OTHER)
		return;
	p->at = (uint16_t)min_u32(p->at, plain > 8 ? plain - 8 : 0);
	p->left = (uint8_t)(f->bit - p->at * 8u);
	p->right = (uint8_t)(64u - f->width);
	p->scale = f->scale ? f->scale : 1;
}

/* The values of e's record, if all of them have their places. */
static void add_spots(struct entry *e)
{
	uint32_t plain = plain_length(e->record);

	e->plain = (uint16_t)plain;
	e->spot = &spots[spot_count];
	for (uint32_t i = 0; i < e->record->count && plain > 0; i++) {
		const struct label *l = &e->label[i];

		add_spot(l, NULL, plain);
		for (uint32_t k = 0; l->parts && k < l->parts->record->count; k++)
			add_spot(&l->parts->label[k], l->field, plain);
	}
	e->spots = (uint16_t)(&spots[spot_count] - e->spot);
}

static void set_title(struct entry *e, const char *title)
{
	struct out o = { e->title, e->title + sizeof(e->title) };

	out_str(&o, title ? title : "");
	e->title_length = (uint8_t)(o.at - e->title);
}

static bool has_parts(const struct record *r)
{
	for (const struct field *f = r->field; f < r->field + r->count; f++)
		if (f->parts)
			return true;
	return false;
}

static void add_site(const struct proto *p, uint32_t id, const struct record *r)
{
	struct entry *e = add(r);
	bool head = r == &p->head;

	if (!e->spot) {
		add_spots(e);
		set_title(e, head ? p->title : r->title);
	}
	if (r->count == 0)
		return;
	if (site_count == SITES)
		__builtin_trap();
	sites[site_count++] = (struct site){ r, (uint8_t)id, (uint8_t)strlen(r->name), !head, has_parts(r) };
}

void catalog_init(void)
{
	const struct record *r;

	if (entry_count > 0)
		return;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const struct proto *p = protos[id];
		const struct field *checksum = proto_field(p, "checksum");
		const struct entry *head = add(&p->head);

		if (checksum)
			((struct label *)head->label)[checksum - p->head.field].checksum = true;
		add_site(p, id, &p->head);
		for (uint32_t n = 0; p->record && (r = p->record(n)) != NULL; n++)
			add_site(p, id, r);
	}
}

const struct label *catalog_label(uint32_t n, const struct record **r)
{
	for (const struct entry *e = entries; e < entries + entry_count; e++) {
		*r = e->record;
		if (n < e->record->count)
			return &e->label[n];
		n -= e->record->count;
	}
	return NULL;
}

/* Is f one of those that share a name, "src" and "dst" that of "addr", "srcport" and "dstport" "port"? */
static bool shares(const struct field *f, const char *name)
{
	if (f->role == NO_ROLE || strlen(f->name) < 3)
		return false;
	if (f->name[3] == '\0')
		return strcmp(name, "addr") == 0;
	return strcmp(f->name + 3, "port") == 0 && strcmp(name, "port") == 0;
}

/* What stands in name behind that of a record, which is n bytes long, and its dot; NULL: it is no name of
 * this record's.
 */
static const char *behind(const char *name, const struct record *r, size_t n)
{
	if (name[0] != r->name[0] || strncmp(name, r->name, n) != 0 || (name[n] != '\0' && name[n] != '.'))
		return NULL;
	return name + n + (name[n] == '.');
}

/* Is name, of a field of the record alone, that of f, or one that it shares? */
static bool called(const struct field *f, const char *name)
{
	return strcmp(name, f->name) == 0 || (name[0] != '\0' && shares(f, name));
}

struct search {
	const char *name;
	struct place *place;
	uint32_t max, count;
};

static void found(struct search *s, struct place p)
{
	if (s->count < s->max)
		s->place[s->count] = p;
	s->count++;
}

static void search_site(struct search *s, const struct site *site)
{
	const struct record *r = site->record;
	const char *name = behind(s->name, r, site->length), *part;

	if (!name && !site->parts)
		return;
	for (const struct field *f = r->field; f < r->field + r->count; f++) {
		struct place p = { site->proto, site->option, r, f, NULL };

		if (name && called(f, name))
			found(s, p);
		part = f->parts ? behind(s->name, f->parts, strlen(f->parts->name)) : NULL;
		for (uint32_t i = 0; part && i < f->parts->count; i++) {
			p.part = &f->parts->field[i];
			if (called(p.part, part))
				found(s, p);
		}
	}
}

uint32_t catalog_places(const char *name, struct place *place, uint32_t max)
{
	struct search s = { .name = name, .place = place, .max = max };

	catalog_init();
	for (const struct site *site = sites; site < sites + site_count; site++)
		search_site(&s, site);
	return s.count;
}

enum { NAME_MAX_ = 64 };

uint32_t name_distance(struct slice a, struct slice b)
{
	uint32_t row[NAME_MAX_ + 1];

	a = slice_clip(a, NAME_MAX_);
	b = slice_clip(b, NAME_MAX_);
	for (uint32_t k = 0; k <= b.cap; k++)
		row[k] = k;
	for (uint32_t i = 0; i < a.cap; i++) {
		uint32_t corner = row[0]++;

		for (uint32_t k = 0; k < b.cap; k++) {
			uint32_t change = corner + (slice_u8(a, i) != slice_u8(b, k));

			corner = row[k + 1];
			row[k + 1] = min_u32(change, min_u32(row[k], corner) + 1);
		}
	}
	return row[b.cap];
}

struct slice catalog_nearest(const char *name)
{
	uint32_t length = (uint32_t)strlen(name), best = UINT32_MAX;
	struct slice wanted = { (const uint8_t *)name, length, length }, nearest = wanted;

	for (const struct label *l = labels; l < labels + label_count; l++) {
		uint32_t d = name_distance(wanted, label_name(l));

		if (d < best) {
			best = d;
			nearest = label_name(l);
		}
	}
	return nearest;
}
