/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_salvage.c - packets out of a damaged pcap file
 *
 * How it works: a record has nothing by which it is known, so a place is taken for one where its header can be right,
 * and the header behind it, and so on. A packet is lent where the next header can be right. Where it cannot, either
 * that header is damaged, or bytes are missing in the packet: then records go on within what would be its bytes.
 */
#include "capture/salvage.h"

#define CHAIN 3			/* headers in a row that can be right: enough to go on there */
#define WIRE_MAX (1u << 20)	/* bytes; more than the largest packet that a card is to cut */
#define NEAR_S 31622400		/* seconds from the last good packet: a year */

/* A record's header, as it stands at p. */
struct header {
	uint32_t sec, fraction, cap, wire;
};

static struct header header_at(const struct pcap_file *f, const uint8_t *p)
{
	struct header h = {
		stored_u32(p, f->swapped), stored_u32(p + 4, f->swapped),
		stored_u32(p + 8, f->swapped), stored_u32(p + 12, f->swapped),
	};

	if (f->minor < 3 || (f->minor == 3 && h.wire < h.cap)) {	/* as pcap_read.c */
		uint32_t cap = h.wire;

		h.wire = h.cap;
		h.cap = cap;
	}
	return h;
}

/* Where the last record ended, all that a file may have can be right. */
static bool can_be(const struct pcap_file *f, struct header h)
{
	return h.cap <= SNAPLEN_MAX && h.wire <= WIRE_MAX && h.cap <= h.wire && h.wire > 0 &&
	       h.fraction < 1000000000 / f->unit;
}

/* Elsewhere, only what is usual. */
static bool is_likely(const struct pcap_file *f, const struct salvage *s, struct header h)
{
	uint32_t limit = f->snaplen < SNAPLEN_MAX ? f->snaplen : SNAPLEN_MAX;
	int64_t away = (int64_t)h.sec - s->sec;

	return h.cap > 0 && h.cap <= limit && can_be(f, h) && (!s->timed || (away <= NEAR_S && away >= -NEAR_S));
}

/* Do records begin at p? */
static bool begins(const void *file, const struct salvage *s, const uint8_t *p, const uint8_t *end)
{
	const struct pcap_file *f = file;
	uint32_t n;

	for (n = 0; n < CHAIN && (size_t)(end - p) >= f->record; n++) {
		struct header h = header_at(f, p);

		if (!is_likely(f, s, h))
			return false;
		if ((size_t)(end - p) - f->record < h.cap)
			return s->ended && n > 0;
		p += f->record + h.cap;
	}
	return n >= CHAIN - 1 || (n > 0 && p == end && s->ended);
}

enum verdict {
	GOOD,		/* a record stands at the window's begin */
	BAD,		/* none does */
	SHORT,		/* more must be read to tell */
};

/* Do records go on within the len bytes behind the header at the window's begin? */
static bool goes_on_within(const struct pcap_file *f, const struct salvage *s, uint32_t len)
{
	const uint8_t *p = f->in->buf + f->in->at, *end = f->in->buf + f->in->end;

	for (uint32_t i = 1; i < f->record + len; i++)
		if (begins(f, s, p + i, end))
			return true;
	return false;
}

static enum verdict judge(const struct pcap_file *f, const struct salvage *s)
{
	const struct input *in = f->in;
	const uint8_t *p = in->buf + in->at;
	uint32_t left = input_left(in), len;
	struct header h;

	if (left < f->record)
		return s->ended ? BAD : SHORT;
	h = header_at(f, p);
	if (!can_be(f, h))
		return BAD;
	len = f->record + h.cap;
	if (left < len + f->record && !s->ended)
		return SHORT;
	if (left < len)
		return BAD;
	if (left < len + f->record || can_be(f, header_at(f, p + len)))
		return GOOD;
	if (left < INPUT_RECORD_MAX && !s->ended)
		return SHORT;
	return goes_on_within(f, s, h.cap) ? BAD : GOOD;
}

static void lend(struct pcap_file *f, struct salvage *s, struct batch *b)
{
	const uint8_t *p = f->in->buf + f->in->at;
	struct header h = header_at(f, p);

	b->packet[b->count++] = (struct packet){
		.bytes = { p + f->record, h.cap, h.wire },
		.sec = h.sec,
		.nsec = (uint64_t)h.fraction * f->unit,
		.linktype = f->linktype,
	};
	s->sec = h.sec;
	s->timed = true;
	f->in->at += f->record + h.cap;
}

/* Read on. Returns 1; 0 at the file's end; or -STATUS_INPUT with e filled in. */
static int more(struct input *in, struct salvage *s, struct error *e)
{
	int got = input_more(in, e);

	s->ended = got == 0;
	return got;
}

int pcap_salvage_next(struct pcap_file *f, struct salvage *s, struct batch *b, struct error *e)
{
	int rc = 0;

	b->count = 0;
	while (b->count < BATCH_MAX && (input_left(f->in) > 0 || !s->ended)) {
		enum verdict verdict = judge(f, s);

		if (verdict == GOOD) {
			lend(f, s, b);
			continue;
		}
		if (b->count > 0)	/* what comes next moves the window */
			break;
		rc = verdict == BAD ? salvage_seek(s, f->in, begins, f, e) : more(f->in, s, e);
		if (rc < 0)
			return rc;
	}
	return b->count > 0 ? (int)b->count : salvage_end(s, f->in, e);
}
