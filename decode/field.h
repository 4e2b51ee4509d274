/* SPDX-License-Identifier: BSD-2-Clause */
/* field.h - the table that describes a header: its fields, and the records that they stand in */
#ifndef DECODE_FIELD_H
#define DECODE_FIELD_H

#include <stdbool.h>

#include "decode/slice.h"

/* A row of a table leaves out what is zero. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* How to show a value. The last group finds its length in the data, not in the table; its width is
 * 0, and the fields after it are measured from where it ends.
 */
enum kind {
	UINT,			/* decimal */
	INT,			/* decimal, with a sign */
	HEX,			/* hexadecimal, two digits for each byte of the width */
	BOOL,			/* one bit; or several, of which one is set or none */
	MAC,			/* 48 bits */
	IPV4,			/* 32 bits; width 0: to the end of the record, the rest are zero */
	IPV6,			/* 128 bits; the same */
	PORT,			/* 16 bits, decimal, of the protocol that has the field */
	NTP_TIME,		/* 64 bits, RFC 5905, section 6: date and time of day */
	UNIX_TIME,		/* seconds since 1970, the same */
	TEXT_TIME,		/* a WORD that is a time of RFC 3339, the same; if it is none, as it
				 * stands */
	BYTES,			/* hexadecimal; width 0: to the end of the record */
	BLANK,			/* the same of bytes that Wireshark gives a name and no value: --fields
				 * says 1 of them */
	TEXT,			/* characters; of a width up to a zero byte; width 0: to the end of the record */
	TEXT8,			/* characters behind one byte that counts them; width 0 */
	DNS_NAME,		/* RFC 1035, section 4.1.4; width 0: to the name's end. Pointers count
				 * from the layer's start; from byte scale of the record if that is set;
				 * of several, an empty one is padding and ends them */
	DNS_FQDN,		/* the same, with the last dot that names may have */
	TEXT16, TEXT32,		/* as TEXT8, behind two or four bytes, the highest first; width 0 */
	TEXTZ,			/* characters to a zero byte; width 0 */
	WORD,			/* characters to a blank or the line's end, and blanks behind; width 0 */
	LINE,			/* characters to the line's end; width 0 */
	HEADER,			/* what a line says behind its colon; width 0 */
	HEADER_WORD,		/* a word of that, the scale-th from 0; width 0 */
	DECIMAL,		/* a WORD that is a decimal number; below 0: its two's complement */
	HEADER_DECIMAL,		/* a HEADER_WORD that is one */
	VARINT62,		/* RFC 9000, section 16; width 0 */
	VARINT,			/* 7 bits a byte, the lowest first, more where its top bit is set; width 0 */
	OID,			/* X.690, section 8.19, without its tag and length; width 0: to the
				 * end of the record */
	MADE,			/* what make() of struct proto makes of the layer, text; width 0 */
	PRESENT,		/* 1 wherever its record is; takes no bytes; width 0 */
};

enum role { NO_ROLE, SRC, DST };	/* feeds the Source and Destination columns */

/* A word for a value. A list of them ends with .text NULL. */
struct name {
	uint32_t value;
	const char *text;
};

struct record;
struct within;

struct field {
	const char *name;		/* Wireshark's, less the record's prefix: "srcport" of "tcp" */
	uint16_t bit;			/* from the record's start, bits; after a field whose length is
					 * in the data: from that field's end */
	uint16_t width;			/* bits; 0: see enum kind */
	uint8_t kind;			/* enum kind */
	uint8_t role;			/* enum role */
	uint16_t scale;			/* the value counts units of so many; 0 is 1 */
	bool repeat;			/* the last of a record: as often as it fits, also never */
	bool little;			/* the least significant byte comes first; whole bytes only */
	uint8_t digits;			/* of HEX: how many, where the width does not say it; 0: it does */
	const struct name *names;	/* words for values */
	uint64_t (*number)(struct slice s);	/* of UINT and INT with width 0, to the end of the
						 * record: the number that these bytes say */
	const struct record *parts;	/* the same bits divided: tcp.flags into tcp.flags.syn ...;
					 * they count from where .bit of this field counts; some may
					 * be as long as the data say if it is the last of a record */
	bool (*when)(struct slice record);	/* is it told in a record of these bytes? NULL: in all.
						 * If not, its length is 0 where its width is */
};

/* Is f of a kind that is text? */
static inline bool field_is_text(const struct field *f)
{
	return f->kind == TEXT || f->kind == TEXT_TIME || (f->kind >= TEXT8 && f->kind <= HEADER_WORD);
}

/* How many digits has f, a HEX, at least? */
static inline uint32_t field_digits(const struct field *f)
{
	return f->digits ? f->digits : (f->width + 7u) / 8 * 2;
}

/* Is it a number of a length that is in the data? */
static inline bool field_is_found_number(const struct field *f)
{
	return f->number || (f->kind >= DECIMAL && f->kind <= VARINT);
}

/* A named run of fields in wire order: a header, an option inside it, the parts of a field. */
struct record {
	const char *name;		/* prefix of its fields' names: "tcp", "tcp.options" */
	const struct field *field;
	uint8_t count;
	const char *title;		/* "Maximum segment size"; NULL: see proto.title, and in what
					 * option() returns: it is the header's own end, of a form that
					 * depends on what is before it; the same for inside() */

	/* What follows the last field is records again, cut off rest as option() of struct proto does;
	 * NULL: it is not. The first may leave rest as it is, or set it to another part of the head.
	 */
	const struct record *(*inside)(const struct within *w, struct slice *rest, struct slice *item);
};

/* What a record is inside of, and which of those in there it is. */
struct within {
	const struct record *record;	/* the one around it */
	struct slice bytes;		/* that one's */
	struct slice head;		/* of the protocol, for what points back into it */
	uint32_t index;			/* from 0 */
};

/* An initializer: the record name of a table of fields, its title, and inside() if there is one. */
#define RECORD_OF(name, table, ...) { name, table, COUNT(table), __VA_ARGS__ }

/* The least length of r, bytes: where its last field ends; for records whose fields have fixed places. */
static inline uint32_t record_len(const struct record *r)
{
	const struct field *last = &r->field[r->count - 1];

	return (last->bit + (last->repeat ? 0u : last->width) + 7u) / 8;
}

/* Was all of a field at a fixed place of h captured? */
static inline bool field_here(struct slice h, const struct field *f)
{
	return slice_has(h, 0, (f->bit + f->width + 7u) / 8);
}

/* The value of a field of at most 64 bits at a fixed place of the header h. */
static inline uint64_t field_get(struct slice h, const struct field *f)
{
	uint64_t value = slice_bits(h, f->bit, f->width);

	return f->little ? __builtin_bswap64(value) >> (64 - f->width) : value;
}

/* The bytes of a field that starts and ends on a byte. */
static inline struct slice field_bytes(struct slice h, const struct field *f)
{
	return slice_part(h, f->bit / 8, f->width / 8);
}

#endif
