/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp_ext.c - multi-part ICMP messages, RFC 4884; MPLS label stacks in them, RFC 4950 */
#include "decode/proto/icmp_ext.h"

#include "decode/checksum.h"

#define VERSION_KNOWN 2
#define QUOTED_MIN 128		/* RFC 4884, section 4.1: the quotation is padded to so many bytes */
#define CLASS_MPLS 1

enum { VERSION, RESERVED, CHECKSUM, EXT_FIELDS };

static const struct field ext_fields[EXT_FIELDS] = {
	[VERSION]  = { "version",   0,  4, UINT },
	[RESERVED] = { "res",       4, 12, HEX },
	[CHECKSUM] = { "checksum", 16, 16, HEX },
};

static const struct record ext = { "icmp.ext", ext_fields, EXT_FIELDS, "ICMP extension structure" };

enum { LENGTH, CLASS, CTYPE, OBJECT_FIELDS };

static const struct name classes[] = {
	{ 1, "MPLS Stack Entry" },
	{ 2, "Interface Identification" },
	{ 0, NULL },
};

static const struct field object_fields[OBJECT_FIELDS] = {
	[LENGTH] = { "length",  0, 16, UINT },
	[CLASS]  = { "class",  16,  8, UINT, .names = classes },
	[CTYPE]  = { "ctype",  24,  8, UINT },
};

static const struct record object = { "icmp.ext", object_fields, OBJECT_FIELDS, "Extension object" };

enum { LABEL, EXP, STACK, TTL, MPLS_FIELDS };

static const struct field mpls_fields[MPLS_FIELDS] = {
	[LABEL] = { "label", 0, 20, UINT },
	[EXP]   = { "exp",  20,  3, UINT },
	[STACK] = { "s",    23,  1, BOOL },
	[TTL]   = { "ttl",  24,  8, UINT },
};

static const struct record mpls = { "icmp.mpls", mpls_fields, MPLS_FIELDS, "MPLS label" };

static void label_stack(struct out *o, struct slice s)
{
	for (; s.cap >= record_len(&mpls); s = slice_skip(s, record_len(&mpls))) {
		out_str(o, "\n\t    label ");
		out_dec(o, field_get(s, &mpls_fields[LABEL]));
		out_str(o, ", tc ");
		out_dec(o, field_get(s, &mpls_fields[EXP]));
		if (field_get(s, &mpls_fields[STACK]))
			out_str(o, ", [S]");
		out_str(o, ", ttl ");
		out_dec(o, field_get(s, &mpls_fields[TTL]));
	}
}

/* s: the whole object, of length bytes as it says. */
static void object_summary(struct out *o, struct slice s, uint32_t length)
{
	uint32_t class = (uint32_t)field_get(s, &object_fields[CLASS]);
	const char *name = name_of(classes, class);
	struct slice body = slice_skip(s, record_len(&object));

	out_str(o, "\n\t  ");
	out_str(o, name ? name : "unknown");
	out_str(o, " Object (");
	out_dec(o, class);
	out_str(o, "), Class-Type: ");
	out_dec(o, field_get(s, &object_fields[CTYPE]));
	out_str(o, ", length ");
	out_dec(o, length);
	if (body.cap < length - record_len(&object))
		out_str(o, " [|icmp]");
	else if (class == CLASS_MPLS && field_get(s, &object_fields[CTYPE]) == 1)
		label_stack(o, body);
	else
		out_hexdump_in(o, body, "    ");
}

static void objects(struct out *o, struct slice rest)
{
	while (rest.cap >= record_len(&object)) {
		uint32_t length = (uint32_t)field_get(rest, &object_fields[LENGTH]);

		if (length < record_len(&object) || length > rest.wire)
			break;
		object_summary(o, slice_clip(rest, length), length);
		rest = slice_skip(rest, length);
	}
}

/* RFC 4884, section 5.5: where the header says no length, old senders are recognised by version and
 * checksum.
 */
void icmp_ext_summary(struct out *o, struct slice quoted, uint32_t length)
{
	struct slice s = slice_skip(quoted, length > QUOTED_MIN ? length : QUOTED_MIN);
	uint64_t version = field_get(s, &ext_fields[VERSION]);
	bool correct = s.cap == s.wire && checksum_add(0, s) == 0xffff;

	if (s.wire < record_len(&ext) || (length == 0 && (version != VERSION_KNOWN || !correct)))
		return;
	out_str(o, "\n\tICMP Multi-Part extension v");
	out_dec(o, version);
	if (version != VERSION_KNOWN) {
		out_str(o, " packet not supported");
		return;
	}
	out_str(o, ", checksum 0x");
	out_hex(o, field_get(s, &ext_fields[CHECKSUM]), 4);
	out_str(o, correct ? " (correct), length " : " (incorrect), length ");
	out_dec(o, s.wire);
	objects(o, slice_skip(s, record_len(&ext)));
}
