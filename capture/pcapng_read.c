/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_read.c - packets out of a pcapng file, draft-ietf-opsawg-pcapng
 *
 * How it works: a file is a row of blocks: type, length, body, length again. A section header sets
 * the byte order and forgets the interfaces; an interface block says link type and unit of time; a
 * packet block names its interface. All other blocks are passed over, but who watches is told of
 * them. A block is looked at once it is in the window whole, and consumed last, so that an error can
 * be told after the packets before it were lent.
 */
#include "capture/pcapng_read.h"

#include <limits.h>
#include <stdlib.h>

#include "capture/pcapng_times.h"

enum {
	BLOCK_MIN = 12,			/* bytes: type, length, length */
	SECTION_MIN = 28,
	INTERFACES_MAX = 65536,		/* in one section: bounds the memory */
};

struct pcapng_interface {
	struct pcapng_times times;
	uint32_t snaplen;	/* bytes; 0: no limit */
	uint16_t linktype;
	char name[60];		/* "": none was told; of a longer one its begin */
};

bool pcapng_read_magic(uint32_t magic)
{
	return magic == SECTION_HEADER;
}

/* Tell who watches, if anybody does, of a block that is about interface, or of the packet at index. */
static void tell(const struct pcapng_file *f, struct watched w)
{
	if (!f->watch)
		return;
	w.interfaces = f->count;
	w.swapped = f->swapped;
	w.whole = f->whole;
	f->watch->told(f->watch->who, &w);
}

static int section(struct pcapng_file *f, struct block b, struct error *e)
{
	uint16_t major = stored_u16(b.body + 4, f->swapped);

	if (major != 1)
		return input_damaged(f->in, e, "version %u of pcapng is not known; 1 is", major);
	f->earlier += f->count;
	f->count = 0;
	f->sections++;
	tell(f, (struct watched){ .type = SECTION_HEADER, .block = { b.body + 16, b.len - 16 },
				  .interface = f->earlier });
	return 0;
}

static int make_room(struct pcapng_file *f, struct error *e)
{
	uint32_t room = f->room ? f->room * 2 : 8;
	struct pcapng_interface *more;

	if (f->count < f->room)
		return 0;
	if (f->count == INTERFACES_MAX)
		return input_damaged(f->in, e, "more than %u interfaces in a section",
				     INTERFACES_MAX);
	more = realloc(f->interface, room * sizeof(*more));
	if (!more)
		return input_damaged(f->in, e, "no memory for %u interfaces", room);
	f->interface = more;
	f->room = room;
	return 0;
}

static int interface(struct pcapng_file *f, struct block b, struct error *e)
{
	struct pcapng_interface i = { .times = PCAPNG_MICROSECONDS };
	struct block whole = b;
	struct option o;
	int err;

	if (b.len < 8)
		return input_damaged(f->in, e, "an interface block of %u bytes", b.len + BLOCK_MIN);
	err = make_room(f, e);
	if (err)
		return err;
	i.linktype = stored_u16(b.body, f->swapped);
	i.snaplen = stored_u32(b.body + 4, f->swapped);
	b = (struct block){ b.body + 8, b.len - 8 };
	while (option_next(&b, &o, f->swapped)) {
		if (o.code == OPTION_NAME)
			memcpy(i.name, o.value, min_u32(o.len, sizeof(i.name) - 1));
		if (o.code == OPTION_TSRESOL && o.len >= 1 && !pcapng_times_unit(&i.times, *o.value))
			return input_damaged(f->in, e, "a time resolution of %u^-%u s",
					     *o.value & 0x80 ? 2 : 10, *o.value & 0x7f);
		if (o.code == OPTION_TSOFFSET && o.len >= 8)
			i.times.offset = (int64_t)stored_u64(o.value, f->swapped);
	}
	if (f->earlier + f->count == 0) {
		f->linktype = i.linktype;
		f->snaplen = i.snaplen && i.snaplen <= INT_MAX ? i.snaplen : SNAPLEN_MAX;
		f->nano = pcapng_times_finer(&i.times);
	}
	f->interface[f->count++] = i;
	tell(f, (struct watched){ .type = INTERFACE, .block = whole,
				  .interface = f->earlier + f->count - 1 });
	return 0;
}

/* What the options of a packet block say: p's flags, and how many were lost before it. */
static void packet_options(struct packet *p, struct block b, bool swapped)
{
	static const struct { uint32_t bit; uint16_t flag; } offload[] = {
		{ 1u << 9, PACKET_CSUM_PENDING },
		{ 1u << 10, PACKET_CSUM_VALID },
		{ 1u << 11, PACKET_TSO },
	};
	struct option o;

	while (option_next(&b, &o, swapped)) {
		if (o.code == OPTION_FLAGS && o.len >= 4) {
			uint32_t word = stored_u32(o.value, swapped);

			p->flags |= (word & 3) == 1 ? PACKET_IN : (word & 3) == 2 ? PACKET_OUT : 0;
			p->flags |= (word >> 2 & 7) <= 4 ? (word & 7 << 2) << 6 : 0;
			for (size_t i = 0; i < sizeof(offload) / sizeof(offload[0]); i++)
				if (word & offload[i].bit)
					p->flags |= offload[i].flag;
		}
		if (o.code == OPTION_DROPCOUNT && o.len >= 8 && stored_u64(o.value, swapped) > 0) {
			uint64_t lost = stored_u64(o.value, swapped);

			p->flags |= PACKET_LOSING;
			p->lost = lost < UINT32_MAX ? (uint32_t)lost : UINT32_MAX;
		}
		if (o.code == OPTION_SEGMENTS && o.len >= 8 && stored_u32(o.value, swapped) == SEGMENTS_WORD) {
			p->segment_size = stored_u16(o.value + 4, swapped);
			p->segments = stored_u16(o.value + 6, swapped);
		}
	}
}

/* A packet of interface id, whose data stand at b and have cap of wire bytes. */
static int packet(struct pcapng_file *f, struct packet *p, uint32_t id, struct block b,
		  uint32_t cap, uint32_t wire, struct error *e)
{
	if (id >= f->count)
		return input_damaged(f->in, e, "a packet of interface %u, of %u", id, f->count);
	if (cap > SNAPLEN_MAX)
		return input_damaged(f->in, e, "a packet of %u captured bytes, more than %u", cap,
				     SNAPLEN_MAX);
	if (cap > b.len)
		return input_damaged(f->in, e, "a packet of %u captured bytes in a block with %u",
				     cap, b.len);
	*p = (struct packet){
		.bytes = { b.body, cap, wire < cap ? cap : wire },
		.interface = f->earlier + id,
		.linktype = f->interface[id].linktype,
	};
	return 0;
}

/* An enhanced packet block, or the obsolete one, which has a 16-bit interface and a drop count. */
static int packet_block(struct pcapng_file *f, struct block b, struct batch *batch, bool enhanced,
			struct error *e)
{
	uint32_t n = batch->count;
	struct packet *p = &batch->packet[n];
	const uint8_t *at = b.body;
	uint32_t id, cap, padded;
	uint64_t t;
	int err;

	if (b.len < 20)
		return input_damaged(f->in, e, "a packet block of %u bytes", b.len + BLOCK_MIN);
	id = enhanced ? stored_u32(at, f->swapped) : stored_u16(at, f->swapped);
	t = (uint64_t)stored_u32(at + 4, f->swapped) << 32 | stored_u32(at + 8, f->swapped);
	cap = stored_u32(at + 12, f->swapped);
	b = (struct block){ at + 20, b.len - 20 };
	err = packet(f, p, id, b, cap, stored_u32(at + 16, f->swapped), e);
	if (err)
		return err;
	pcapng_times_set(&f->interface[id].times, p, t);
	padded = (cap + 3) & ~3u;
	if (padded < b.len) {
		b = (struct block){ b.body + padded, b.len - padded };
		packet_options(p, b, f->swapped);
		if (f->watch)
			tell(f, (struct watched){ .type = ENHANCED_PACKET, .block = b, .interface = p->interface,
						  .index = n });
	}
	if (!enhanced)
		tell(f, (struct watched){ .type = PACKET, .interface = p->interface, .index = n,
					  .drops = stored_u16(at + 2, f->swapped) });
	return 0;
}

/* No time, no interface, and the captured length is what the snap length leaves. */
static int simple_packet(struct pcapng_file *f, struct block b, struct packet *p, struct error *e)
{
	uint32_t cap, wire;
	int err;

	if (b.len < 4)
		return input_damaged(f->in, e, "a packet block of %u bytes", b.len + BLOCK_MIN);
	wire = cap = stored_u32(b.body, f->swapped);
	if (f->count > 0 && f->interface[0].snaplen > 0)
		cap = min_u32(cap, f->interface[0].snaplen);
	b = (struct block){ b.body + 4, b.len - 4 };
	err = packet(f, p, 0, b, min_u32(cap, b.len), wire, e);
	if (!err)
		p->flags = PACKET_TIMELESS;
	return err;
}

/* The length of the block at the begin of the window, where it can be right. Returns 1; 0 where more
 * must be read to tell; or -STATUS_INPUT with e filled in.
 */
static int block_length(struct pcapng_file *f, uint32_t *type, uint32_t *len, struct error *e)
{
	const uint8_t *p = f->in->buf + f->in->at;
	uint32_t left = input_left(f->in), min = BLOCK_MIN;

	if (left < 8)
		return 0;
	*type = stored_u32(p, f->swapped);
	if (*type == SECTION_HEADER) {
		if (left < BLOCK_MIN)
			return 0;
		f->swapped = stored_u32(p + 8, false) != BYTE_ORDER_MAGIC;
		if (stored_u32(p + 8, f->swapped) != BYTE_ORDER_MAGIC)
			return input_damaged(f->in, e, "a section without byte order");
		min = SECTION_MIN;
	}
	*len = stored_u32(p + 4, f->swapped);
	if (*len < min || *len % 4 != 0)
		return input_damaged(f->in, e, "a block of %u bytes", *len);
	return 1;
}

static int take(struct pcapng_file *f, uint32_t type, struct block body, struct batch *b,
		struct error *e)
{
	struct packet *p = &b->packet[b->count];
	int err;

	switch (type) {
	case SECTION_HEADER:
		return section(f, body, e);
	case INTERFACE:
		return interface(f, body, e);
	case ENHANCED_PACKET:
	case PACKET:
		err = packet_block(f, body, b, type == ENHANCED_PACKET, e);
		break;
	case SIMPLE_PACKET:
		err = simple_packet(f, body, p, e);
		break;
	default:
		tell(f, (struct watched){ .type = type, .block = body, .interface = f->earlier });
		return 0;
	}
	if (!err)
		b->count++;
	return err;
}

/* Does a block of this type matter to us? Others may be of any length. */
static bool is_known(uint32_t type)
{
	return type == SECTION_HEADER || type == INTERFACE || type == PACKET ||
	       type == SIMPLE_PACKET || type == ENHANCED_PACKET;
}

/* Consume the block at the begin of the window; b may gain a packet. Returns 1; 0 where the block is
 * not in the window whole, len then being what is wanted; or -STATUS_INPUT with e filled in.
 */
static int step(struct pcapng_file *f, struct batch *b, uint32_t *len, struct error *e)
{
	struct input *in = f->in;
	const uint8_t *p = in->buf + in->at;
	uint32_t type, twice;
	int got;

	*len = f->left;
	if (f->left > 0)	/* amid one that is passed over */
		return 0;
	got = block_length(f, &type, len, e);
	if (got <= 0)
		return got;
	if (*len > INPUT_RECORD_MAX && (is_known(type) || f->strict))
		return input_damaged(in, e, "a block of %u bytes", *len);
	if (*len > input_left(in))
		return 0;
	if (type == SECTION_HEADER && b->count > 0)	/* its packets' interfaces go with a section */
		return 0;
	twice = stored_u32(p + *len - 4, f->swapped);
	if (twice != *len)
		return input_damaged(in, e, "a block of %u bytes that ends as one of %u", *len,
				     twice);
	f->whole = (struct block){ p, *len };
	got = take(f, type, (struct block){ p + 8, *len - BLOCK_MIN }, b, e);
	if (got)
		return got;
	in->at += *len;
	return 1;
}

/* Pass over what is left of a block that is longer than the window. Returns as input_want(). */
static int pass_over(struct pcapng_file *f, struct error *e)
{
	struct input *in = f->in;
	int got = 1;

	while (f->left > 0 && got > 0) {
		uint32_t n = min_u32(f->left, input_left(in));

		f->left -= n;
		if (f->watch && f->watch->piece && n > 0)
			f->watch->piece(f->watch->who, in->buf + in->at, n, f->left);
		in->at += n;
		if (f->left > 0)
			got = input_more(in, e);
	}
	if (got > 0)
		tell(f, (struct watched){ .type = f->passed, .interface = f->earlier });
	return got;
}

/* Read more of the block at the begin of the window, which has len bytes (0: not known yet). Returns
 * 1; 0 at the end of the file; or -STATUS_INPUT with e filled in.
 */
static int more(struct pcapng_file *f, uint32_t len, struct error *e)
{
	struct input *in = f->in;
	int got;

	if (f->watch && f->watch->moving)
		f->watch->moving(f->watch->who);
	f->whole = (struct block){ 0 };
	if (len > INPUT_RECORD_MAX && f->left == 0) {
		f->passed = stored_u32(in->buf + in->at, f->swapped);
		f->left = len;
	}
	got = f->left > 0 ? pass_over(f, e) : input_more(in, e);
	if (got)
		return got;
	if ((f->left > 0 || input_left(in) > 0) && !in->growing)
		return input_cut(in, len ? len : 8, len ? "block" : "block header", e);
	return 0;
}

int pcapng_read_next(struct pcapng_file *f, struct batch *b, struct error *e)
{
	uint32_t len = 0;
	int got;

	b->count = 0;
	if (f->watch && f->watch->moving)
		f->watch->moving(f->watch->who);
	do {
		got = 1;
		while (b->count < BATCH_MAX && got > 0)
			got = step(f, b, &len, e);
		if (b->count > 0)
			return (int)b->count;
		if (got == 0)
			got = more(f, len, e);
	} while (got > 0);
	return got;
}

int pcapng_read_open(struct pcapng_file *f, struct input *in, const struct watch *watch, struct error *e)
{
	struct batch none = { 0 };
	uint32_t len = 0;
	int got = 1;

	*f = (struct pcapng_file){ .in = in, .watch = watch };
	while (got > 0 && f->count == 0) {
		got = step(f, &none, &len, e);
		if (got == 0)
			got = more(f, len, e);
	}
	if (got == 0) {		/* no interface, so no packet: that is a capture too */
		f->linktype = LINKTYPE_ETHERNET;
		f->snaplen = SNAPLEN_MAX;
	}
	if (got < 0)
		pcapng_read_close(f);
	return got < 0 ? got : 0;
}

const char *pcapng_read_interface(const struct pcapng_file *f, uint32_t interface)
{
	uint32_t i = interface - f->earlier;

	return interface >= f->earlier && i < f->count && f->interface[i].name[0] ?
		       f->interface[i].name : NULL;
}

void pcapng_read_close(struct pcapng_file *f)
{
	free(f->interface);
}
