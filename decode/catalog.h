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

/* What is at a spot, if the shortest way to its text is known. */
enum spot_form {
	SPOT_OTHER,
	SPOT_DECIMAL,			/* a UINT or PORT: these three of at most 32 bits, see spot_number() */
	SPOT_BOOL,			/* of one bit */
	SPOT_HEX,
	SPOT_ADDRESS,			/* a whole MAC, IPV4 or IPV6 */
};

/* A value whose place in its record is fixed: that of a field, or of a part of one. Checksums, and what is not the
 * only one of its name in there, are other forms.
 */
struct spot {
	const struct label *label;
	const struct field *whole;	/* of a part: the field that is divided; else NULL */
	uint8_t form;			/* enum spot_form */
	uint8_t part;			/* 1 for a part, as in struct value */
	bool named;			/* there may be a word for its value */
	uint8_t digits;			/* of SPOT_HEX: how many at least */
	uint8_t left, right;		/* of a number: by how many bits a word of eight bytes is shifted, */
	uint16_t at;			/* which begins at this byte of the record; or where the address does */
	uint16_t scale;			/* what is left counts units of so many */
};

struct entry {
	const struct record *record;
	const struct label *label;	/* one for each field of the record, in its order */
	const struct spot *spot;	/* the values of any record of at least so many bytes, in their order; */
	uint16_t plain, spots;		/* 0: they depend on what is in it */
	char title[63];			/* the protocol's, or the option's; copied as a label is */
	uint8_t title_length;		/* 0: it has none */
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

/* Has a record of these bytes the values, all of them, that the spots of e say? */
static inline bool entry_has_spots(const struct entry *e, struct slice record)
{
	return e->spots > 0 && record.cap >= e->plain;
}

/* The number that such a record has at p. */
static inline uint32_t spot_number(const struct spot *p, struct slice record)
{
	return (uint32_t)(slice_word(record, p->at) << p->left >> p->right) * p->scale;
}

/* The label's name alone. */
static inline struct slice label_name(const struct label *l)
{
	return (struct slice){ (const uint8_t *)l->key + 1, l->length - 3u, l->length - 3u };
}

/* Append the key, or the name alone. */
static inline void label_put_key(struct out *o, const struct label *l)
{
	out_padded(o, l->key, sizeof(l->key), l->length);
}

static inline void label_put_name(struct out *o, const struct label *l)
{
	out_padded(o, l->key + 1, sizeof(l->key) - 1, l->length - 3u);
}

#endif
