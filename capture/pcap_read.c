/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_read.c - packets out of a classic pcap file, pcap-savefile(5) */
#include "capture/pcap_read.h"

#include <limits.h>

#define FILE_HEADER 24			/* bytes */

/* The kinds of file, told by the first number. */
static const struct kind {
	uint32_t magic, record, unit;
} kinds[] = {
	{ 0xa1b2c3d4, PCAP_RECORD, 1000 },	/* microseconds */
	{ 0xa1b23c4d, PCAP_RECORD, 1 },		/* nanoseconds */
	{ 0xa1b2cd34, 24, 1000 },	/* "modified": interface, protocol and direction too */
};

static const struct kind *kind_of(uint32_t magic)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].magic == magic)
			return &kinds[i];
	return NULL;
}

bool pcap_read_magic(uint32_t magic)
{
	return kind_of(magic) || kind_of(__builtin_bswap32(magic));
}

int pcap_read_open(struct pcap_file *f, struct input *in, struct error *e)
{
	int got = input_want(in, FILE_HEADER, e);
	const uint8_t *p = in->buf + in->at;
	const struct kind *k;
	uint16_t major;

	if (got <= 0)
		return got ? got : input_cut(in, FILE_HEADER, "file header", e);
	k = kind_of(stored_u32(p, false));
	f->in = in;
	f->swapped = !k;
	if (!k)
		k = kind_of(stored_u32(p, true));
	if (!k)
		return input_damaged(in, e, "no pcap file header");
	f->record = k->record;
	f->unit = k->unit;
	major = stored_u16(p + 4, f->swapped);
	f->minor = stored_u16(p + 6, f->swapped);
	if (major != 2 || f->minor > 4)
		return error_set(e, STATUS_INPUT, "%s: version %u.%u of pcap is not known; 2.0 to 2.4 are",
				 in->name, major, f->minor);
	f->snaplen = f->stored_snaplen = stored_u32(p + 16, f->swapped);
	if (f->snaplen == 0 || f->snaplen > INT_MAX)
		f->snaplen = SNAPLEN_MAX;
	f->linktype = (uint16_t)stored_u32(p + 20, f->swapped);	/* above it: the FCS's length */
	in->at += FILE_HEADER;
	return 0;
}

/* The captured length of the record at p. Versions before 2.3 have the two lengths the other way
 * round; of 2.3 there are both, and the captured length is the smaller one.
 */
static inline uint32_t captured(const struct pcap_file *f, const uint8_t *p, bool swapped)
{
	uint32_t cap = stored_u32(p + 8, swapped), wire;

	if (__builtin_expect(f->minor > 3, 1))
		return cap;
	wire = stored_u32(p + 12, swapped);
	return f->minor < 3 || wire < cap ? wire : cap;
}

static inline uint32_t on_wire(const uint8_t *p, uint32_t cap, bool swapped)
{
	uint32_t a = stored_u32(p + 8, swapped), b = stored_u32(p + 12, swapped);
	uint32_t wire = a == cap ? b : a;

	return wire < cap ? cap : wire;
}

/* Lend the whole records in the window. Stops, without consuming it, at one that is not whole or
 * cannot be right.
 */
static inline __attribute__((always_inline)) uint32_t
fill(const struct pcap_file *f, struct batch *b, bool swapped)
{
	struct input *in = f->in;
	const uint8_t *p = in->buf + in->at, *end = in->buf + in->end;
	uint32_t record = f->record, unit = f->unit, n = 0;
	uint16_t linktype = f->linktype;

	while (n < BATCH_MAX && (size_t)(end - p) >= record) {
		uint32_t cap = captured(f, p, swapped);

		if (cap > SNAPLEN_MAX || (size_t)(end - p) - record < cap)
			break;
		b->packet[n++] = (struct packet){
			.bytes = { p + record, cap, on_wire(p, cap, swapped) },
			.sec = stored_u32(p, swapped),
			.nsec = (uint64_t)stored_u32(p + 4, swapped) * unit,
			.linktype = linktype,
		};
		p += record + cap;
	}
	in->at = (uint32_t)(p - in->buf);
	b->count = n;
	return n;
}

/* The file ended, and this is in the window. */
static int ended(const struct pcap_file *f, struct error *e)
{
	struct input rest = *f->in;

	if (input_left(&rest) == 0 || rest.growing)
		return 0;
	if (input_left(&rest) < f->record)
		return input_cut(&rest, f->record, "header", e);
	rest.at += f->record;
	return input_cut(&rest, captured(f, f->in->buf + f->in->at, f->swapped), "captured", e);
}

int pcap_read_next(struct pcap_file *f, struct batch *b, struct error *e)
{
	struct input *in = f->in;

	for (;;) {
		uint32_t n = f->swapped ? fill(f, b, true) : fill(f, b, false), cap = 0;
		int got;

		if (n > 0)
			return (int)n;
		if (input_left(in) >= f->record)
			cap = captured(f, in->buf + in->at, f->swapped);
		if (cap > SNAPLEN_MAX)
			return input_damaged(in, e, "a packet of %u captured bytes, more than %u", cap,
					     SNAPLEN_MAX);
		got = input_more(in, e);
		if (got <= 0)
			return got ? got : ended(f, e);
	}
}
