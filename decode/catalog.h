/* SPDX-License-Identifier: BSD-2-Clause */
/* catalog.h - every record of every protocol, and the full names of their fields */
#ifndef DECODE_CATALOG_H
#define DECODE_CATALOG_H

#include "decode/proto.h"

/* A field's name in full, "ip.src", as the key of a JSON object. Whole, it is copied without asking
 * for its length: see label_put_key().
 */
struct label {
	char key[63];			/* "\"ip.src\":" */
	uint8_t length;			/* of key, characters */
	uint8_t many;			/* 0: at most one value in its record; else the number, from 1,
					 * of a name that may have several there */
	bool checksum;			/* it can be verified: checksum_verify() of its layer */
	const struct field *field;
	const struct entry *parts;	/* of the field's parts; NULL: it has none */
};

struct entry {
	const struct record *record;
	const struct label *label;	/* one for each field of the record, in its order */
	uint32_t plain;			/* bytes: a record that has so many has all its fields, each and each
					 * part once, at places that are fixed; 0: nothing like that is known */
};

/* Where a field of some name can be found in a packet. */
struct place {
	uint8_t proto;			/* enum proto_id */
	bool option;			/* in a record that option() returns; else in the head */
	const struct record *record;	/* that of the header or option */
	const struct field *field;	/* the field, or that of which it is a part */
	const struct field *part;	/* NULL: the field itself */
};

/* Fill the catalogue; once, after proto_init() or before. Later calls do nothing. */
void catalog_init(void);

/* The entry of r, which is some protocol's head, or option, or parts of a field. */
const struct entry *catalog_find(const struct record *r);

/* The n-th label of them all, and its record; NULL behind the last. Names may come several times. */
const struct label *catalog_label(uint32_t n, const struct record **r);

/* Set place to where fields called name can be, at most max of them; returns how many there are. Also by
 * "tcp.port", "ip.addr" and their like, which are both fields with a role in one record.
 */
uint32_t catalog_places(const char *name, struct place *place, uint32_t max);

/* How many characters must be put in, left out or changed to make b of a (Levenshtein); of the first 64. */
uint32_t name_distance(struct slice a, struct slice b);

/* The name, of all there are, that is most like name. */
struct slice catalog_nearest(const char *name);

/* The label's name alone. */
static inline struct slice label_name(const struct label *l)
{
	return (struct slice){ (const uint8_t *)l->key + 1, l->length - 3u, l->length - 3u };
}

/* Append the n characters from text on, of a label's key. */
static inline void label_put(struct out *o, const struct label *l, uint32_t from, uint32_t n)
{
	if (out_room(o) < sizeof(l->key)) {
		out_clipped(o, l->key + from, n);
		return;
	}
	memcpy(o->at, l->key + from, sizeof(l->key) - 1);
	o->at += n;
}

/* Append the key, or the name alone. */
static inline void label_put_key(struct out *o, const struct label *l)
{
	label_put(o, l, 0, l->length);
}

static inline void label_put_name(struct out *o, const struct label *l)
{
	label_put(o, l, 1, l->length - 3u);
}

#endif
