/* SPDX-License-Identifier: BSD-2-Clause */
/* view.c - put the values of a decoded packet into words */
#include "ui/view.h"

#include "decode/ber.h"
#include "decode/date.h"
#include "decode/name.h"

const char *note_word(enum note note)
{
	static const char *const words[] = {
		[NOTE_OVERLAP] = "overlap", [NOTE_CONFLICT] = "conflicting overlap",
		[NOTE_LENGTH_LIES] = "length lies", [NOTE_BAD_OPTION] = "bad option",
		[NOTE_TRUNCATED] = "truncated", [NOTE_BAD_LENGTH] = "bad length",
		[NOTE_BAD_VALUE] = "bad value", [NOTE_TOO_DEEP] = "too deep",
	};

	return words[note];
}

uint32_t checksum_verdict(const struct brief *b, const struct decoded *d, uint32_t i,
			  uint32_t *expected)
{
	enum csum csum = b->unverified ? CSUM_UNVERIFIED : checksum_verify(d, i, expected);

	/* Cards and kernels know the checksums of transports; that of the IP header is made by software. */
	if (csum == CSUM_GOOD || csum == CSUM_ABSENT || !protos[d->layer[i].proto]->ports)
		return csum;
	if (b->checksum_pending)
		return VERDICT_PENDING;
	return csum == CSUM_UNVERIFIED && b->checksum_verified ? (uint32_t)VERDICT_VERIFIED : csum;
}

char *spot_address(char *text, const struct spot *p, struct slice record)
{
	struct out o = { text, text + 48 };

	if (p->label->field->kind == MAC)
		out_mac(&o, slice_part(record, p->at, 6));
	else if (p->label->field->kind == IPV4)
		out_ipv4(&o, slice_u32(record, p->at));
	else
		out_ipv6(&o, slice_part(record, p->at, 16));
	return o.at;
}

/* Names may point back into the message, which is the layer. The root has a name of its own here. */
static void domain_name(struct out *o, const struct value *x, struct slice message)
{
	char *before = o->at;

	dns_name_text(o, message, slice_offset(message, x->bytes));
	if (o->at == before)
		out_str(o, "<Root>");
}

/* What is left out of a prefix is zero. */
static void whole_ipv6(struct out *o, struct slice s)
{
	uint8_t whole[16] = { 0 };

	if (s.cap < sizeof(whole)) {
		slice_copy(whole, s, sizeof(whole));
		s = (struct slice){ whole, sizeof(whole), sizeof(whole) };
	}
	out_ipv6(o, s);
}

static void put_number(struct out *o, const struct value *x)
{
	uint64_t n = value_number(x);
	enum kind kind = (enum kind)x->field->kind;

	if (kind == HEX) {
		out_str(o, "0x");
		out_hex(o, n, field_digits(x->field));
	} else if (kind == INT || (kind == DECIMAL && slice_starts(x->bytes, "-", 1))) {
		out_signed(o, (int64_t)n);
	} else {
		out_dec(o, n);
	}
}

static void put_time(struct out *o, const struct value *x)
{
	int64_t ns;

	if (x->field->kind == NTP_TIME)
		date_put_ntp(o, value_number(x));
	else if (value_time(x, &ns))
		date_put(o, ns);
	else
		out_text(o, value_characters(x));
}

void value_text(struct out *o, const struct value *x, const struct view *v, const struct decoded *d)
{
	switch ((enum kind)x->field->kind) {
	case UINT:
	case INT:
	case HEX:
	case PORT:
	case BOOL:
	case DECIMAL:
	case HEADER_DECIMAL:
	case VARINT62:
	case VARINT:
	case PRESENT:
		put_number(o, x);
		break;
	case MAC:
		out_mac(o, x->bytes);
		break;
	case IPV4:
		out_ipv4(o, (uint32_t)value_number(x));
		break;
	case IPV6:
		whole_ipv6(o, x->bytes);
		break;
	case NTP_TIME:
	case UNIX_TIME:
	case TEXT_TIME:
		put_time(o, x);
		break;
	case BYTES:
	case BLANK:
		out_hexbytes(o, x->bytes, 0, x->bytes.cap);
		break;
	case TEXT:
	case TEXT8:
	case TEXT16:
	case TEXT32:
	case TEXTZ:
	case WORD:
	case LINE:
	case HEADER:
	case HEADER_WORD:
		out_text(o, value_characters(x));
		break;
	case OID:
		oid_put(o, x->bytes);
		break;
	case MADE:
		protos[v->layer->proto]->make(o, d, v->layer, x->field);
		break;
	case DNS_NAME:
		domain_name(o, x, value_message(v, x, d));
		break;
	case DNS_FQDN:
		dns_name_text(o, value_message(v, x, d), slice_offset(value_message(v, x, d), x->bytes));
		out_char(o, '.');
		break;
	}
}
