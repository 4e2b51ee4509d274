/* SPDX-License-Identifier: BSD-2-Clause */
/* view.c - put the values of a decoded packet into words */
#include "ui/view.h"

#include "decode/name.h"

/* Names may point back into the message, which is the layer. The root has a name of its own here. */
static void domain_name(struct out *o, const struct value *x, struct slice message)
{
	char *before = o->at;

	dns_name_text(o, message, slice_offset(message, x->bytes));
	if (o->at == before)
		out_str(o, "<Root>");
}

void value_text(struct out *o, const struct value *x, const struct view *v, const struct decoded *d)
{
	uint64_t number = value_number(x);

	switch ((enum kind)x->field->kind) {
	case UINT:
	case PORT:
	case BOOL:
		out_dec(o, number);
		break;
	case HEX:
		out_str(o, "0x");
		out_hex(o, number, (x->field->width + 3u) / 4);
		break;
	case MAC:
		out_hexbytes(o, x->bytes, ':', 6);
		break;
	case IPV4:
		out_ipv4(o, (uint32_t)number);
		break;
	case IPV6:
		out_ipv6(o, x->bytes);
		break;
	case BYTES:
		out_hexbytes(o, x->bytes, 0, x->bytes.cap);
		break;
	case TEXT:
		out_text(o, x->bytes);
		break;
	case TEXT8:
		out_text(o, slice_skip(x->bytes, 1));
		break;
	case DNS_NAME:
		domain_name(o, x, layer_whole(d, v->layer));
		break;
	}
}
