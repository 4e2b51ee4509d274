/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_write.c - packets, and what is known of them, into a pcapng file, draft-ietf-opsawg-pcapng
 *
 * How it works: blocks are made in the sink's buffer, which always holds whole ones, so what a reader finds in the file after
 * a flush are whole blocks. Where the disk is full, as many of them as went through whole are left, and the file
 * is cut behind them. An interface is told of before its first packet, and times are in nanoseconds.
 */
#include "capture/pcapng_write.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "capture/ledger.h"
#include "capture/pcapng_block.h"
#include "capture/version.h"

#define TEXT_MAX 65535		/* bytes: the length of an option has 16 bits, section 3.5 */
#define HOST_MAX 255	/* bytes: of a host in the DNS, RFC 1035 */
#define COMMENT_MAX 4096	/* bytes: of a packet */
#define NOTE_MAX 700		/* bytes: more than all counters take */
#define LINKTYPES_MAX 64
#define RESOLUTION 9		/* 10^-9 s */
#define BLOCK_ENDS 12		/* bytes of a block around its body: type, length, length */

static_assert(SINK_BUFFER > 5 * (TEXT_MAX + 8) && SINK_BUFFER > SNAPLEN_MAX + COMMENT_MAX + 256,
	      "each block fits the buffer");

struct pcapng_writer {
	struct sink *sink;		/* borrowed */
	const struct sources *sources;	/* borrowed; NULL: there are those of linktype */
	uint16_t linktype[LINKTYPES_MAX];
	uint32_t told;			/* so many interfaces have their block */
	uint32_t used;			/* bytes of the buffer */
	uint32_t packets;		/* in it */
	uint32_t begun;			/* where in it the block begins that is being made */
	bool swapped;			/* the blocks in it are not in our byte order */
	bool open;			/* behind it comes the rest of a long block that is in the file in part, */
	uint64_t whole;			/* and this was the sink's size before that block */
	const char *comment;		/* on the next packet; borrowed; NULL: none */
};

static bool is_packet(const uint8_t *block, bool swapped)
{
	uint32_t type = stored_u32(block, swapped);

	return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == PACKET;
}

/* What of the buffer's first n bytes is whole blocks; their packets are counted. */
static uint32_t whole(struct pcapng_writer *w, size_t n)
{
	uint32_t at = 0, len;

	for (; n - at >= BLOCK_ENDS; at += len) {
		len = stored_u32(w->sink->gathered + at + 4, w->swapped);
		if (len > n - at)
			break;
		w->sink->packets += is_packet(w->sink->gathered + at, w->swapped);
	}
	return at;
}

static int flush(struct pcapng_writer *w, struct error *e)
{
	uint64_t before = w->sink->size;
	size_t done;

	if (!w->sink->failed) {
		done = sink_put(w->sink, w->sink->gathered, w->used);
		if (done == w->used)
			w->sink->packets += w->packets;
		else
			sink_cut(w->sink, before + whole(w, done));
	}
	w->used = w->packets = w->sink->buffered = 0;
	return w->sink->failed ? sink_say(w->sink, e) : 0;
}

/* Make room for n bytes more. */
static inline int reserve(struct pcapng_writer *w, uint32_t n, struct error *e)
{
	if (n > w->sink->room - w->used)
		flush(w, e);
	return w->sink->failed ? sink_say(w->sink, e) : 0;
}

static void put(struct pcapng_writer *w, const void *p, uint32_t n)
{
	memcpy(w->sink->gathered + w->used, p, n);
	w->used += n;
}

static void put_u32(struct pcapng_writer *w, uint32_t value)
{
	put(w, &value, sizeof(value));
}

/* A time has its upper half first, in either byte order. */
static void put_time(struct pcapng_writer *w, uint64_t ns)
{
	put_u32(w, (uint32_t)(ns >> 32));
	put_u32(w, (uint32_t)ns);
}

/* Blocks and options end at a multiple of four bytes. */
static void pad(struct pcapng_writer *w)
{
	while (w->used % 4)
		w->sink->gathered[w->used++] = 0;
}

static void begin(struct pcapng_writer *w, uint32_t type)
{
	w->begun = w->used;
	put_u32(w, type);
	put_u32(w, 0);
}

static void end(struct pcapng_writer *w)
{
	uint32_t len = w->used + 4 - w->begun;

	memcpy(w->sink->gathered + w->begun + 4, &len, sizeof(len));
	put_u32(w, len);
	w->sink->buffered = w->used;
}

static void option(struct pcapng_writer *w, uint16_t code, const void *value, uint16_t len)
{
	const uint16_t head[] = { code, len };

	put(w, head, sizeof(head));
	put(w, value, len);
	pad(w);
}

static uint16_t text_length(const char *text, uint16_t most)
{
	size_t len = strlen(text);

	return len < most ? (uint16_t)len : most;
}

static void option_text(struct pcapng_writer *w, uint16_t code, const char *text)
{
	if (text && *text)
		option(w, code, text, text_length(text, TEXT_MAX));
}

static void option_time(struct pcapng_writer *w, uint16_t code, uint64_t ns)
{
	const uint32_t halves[] = { (uint32_t)(ns >> 32), (uint32_t)ns };

	option(w, code, halves, sizeof(halves));
}

static void option_u64(struct pcapng_writer *w, uint16_t code, uint64_t value)
{
	option(w, code, &value, sizeof(value));
}

static void end_options(struct pcapng_writer *w)
{
	put_u32(w, 0);
	end(w);
}

/* The processor's name by proc_cpuinfo(5), else that of its kind. */
static void find_hardware(char *text, size_t size, const char *machine)
{
	FILE *file = fopen("/proc/cpuinfo", "re");
	char line[160];

	snprintf(text, size, "%s", machine);
	while (file && fgets(line, sizeof(line), file)) {
		char *name = strncmp(line, "model name", 10) == 0 ? strchr(line, ':') : NULL;

		if (!name)
			continue;
		line[strcspn(line, "\n")] = '\0';
		snprintf(text, size, "%s", name + 1 + strspn(name + 1, " "));
		break;
	}
	if (file)
		fclose(file);
}

/* Section 4.1. How long the section will be is not known: that is allowed, and stays right in a file that is cut. The
 * machine is asked once: a later file may be begun where nothing can be opened any more.
 */
static void put_section(struct pcapng_writer *w)
{
	enum { HARDWARE = 2, OS = 3, APPLICATION = 4 };
	static const struct {
		uint32_t magic;
		uint16_t major, minor;
		int64_t length;
	} head = { BYTE_ORDER_MAGIC, 1, 0, -1 };
	static char hardware[160], os[140];
	struct utsname machine;

	if (!*os && uname(&machine) == 0) {
		snprintf(os, sizeof(os), "%s %s", machine.sysname, machine.release);
		find_hardware(hardware, sizeof(hardware), machine.machine);
	}
	begin(w, SECTION_HEADER);
	put(w, &head, sizeof(head));
	option_text(w, OPTION_COMMENT, w->sources ? w->sources->comment : NULL);
	option_text(w, HARDWARE, hardware);
	option_text(w, OS, os);
	option_text(w, APPLICATION, "ringtail " VERSION);
	end_options(w);
}

/* if_filter begins with what it is: 0, the text for libpcap. */
static void option_filter(struct pcapng_writer *w, const char *filter)
{
	uint16_t len = text_length(filter, TEXT_MAX - 1);
	const uint16_t head[] = { OPTION_FILTER, (uint16_t)(len + 1) };

	put(w, head, sizeof(head));
	put(w, "", 1);
	put(w, filter, len);
	pad(w);
}

/* Section 4.2. */
static int put_interface(struct pcapng_writer *w, const struct source *s, struct error *e)
{
	const uint16_t linktype[] = { s->linktype, 0 };
	const uint8_t resolution = RESOLUTION;
	int err = reserve(w, 4 * (TEXT_MAX + 8) + 64, e);

	if (err)
		return err;
	begin(w, INTERFACE);
	put(w, linktype, sizeof(linktype));
	put_u32(w, s->snaplen);
	option_text(w, OPTION_COMMENT, s->comment);
	option_text(w, OPTION_NAME, s->name);
	option_text(w, OPTION_DESCRIPTION, s->description);
	if (s->mac)
		option(w, OPTION_MAC, s->mac, 6);
	option(w, OPTION_TSRESOL, &resolution, sizeof(resolution));
	if (s->filter && *s->filter)
		option_filter(w, s->filter);
	end_options(w);
	w->told++;
	return 0;
}

static int tell_sources(struct pcapng_writer *w, struct error *e)
{
	int err = 0;

	while (!err && w->sources && w->told < w->sources->count)
		err = put_interface(w, &w->sources->source[w->told], e);
	return err;
}

/* The block of packets of this link type, where interfaces have no names. */
static int tell_linktype(struct pcapng_writer *w, uint16_t linktype, uint32_t *id, struct error *e)
{
	const struct source s = { .linktype = linktype, .snaplen = SNAPLEN_MAX };

	for (*id = 0; *id < w->told; ++*id)
		if (w->linktype[*id] == linktype)
			return 0;
	if (w->told == LINKTYPES_MAX)
		return error_set(e, STATUS_WRITE, "%s: packets of more than %u link types", w->sink->name,
				 LINKTYPES_MAX);
	w->linktype[w->told] = linktype;
	return put_interface(w, &s, e);
}

/* Which interface block p belongs to. */
static int find_interface(struct pcapng_writer *w, const struct packet *p, uint32_t *id, struct error *e)
{
	int err;

	if (!w->sources)
		return tell_linktype(w, p->linktype, id, e);
	*id = p->interface;
	err = tell_sources(w, e);
	if (!err && p->interface >= w->told)
		return error_set(e, STATUS_WRITE, "%s: a packet of interface %u, of %u", w->sink->name, p->interface,
				 w->told);
	return err;
}

/* epb_flags, section 4.3.1: direction, reception type, and what is known of checksums and segments. */
static uint32_t packet_word(uint16_t flags)
{
	static_assert(PACKET_IN == 1 && PACKET_OUT == 2 && PACKET_CSUM_PENDING << 7 == 1 << 9 &&
		      PACKET_CSUM_VALID << 7 == 1 << 10 && PACKET_TSO << 7 == 1 << 11 &&
		      PACKET_RECEPTION == 7 << 8, "flags stand in the word's order");

	return (flags & 3u) | (flags & PACKET_RECEPTION) >> 6 |
	       (flags & (PACKET_CSUM_PENDING | PACKET_CSUM_VALID | PACKET_TSO)) << 7;
}

static void option_segments(struct pcapng_writer *w, const struct packet *p)
{
	const struct segments_option value = { SEGMENTS_WORD, p->segment_size, p->segments };

	option(w, OPTION_SEGMENTS, &value, sizeof(value));
}

void pcapng_writer_comment(struct pcapng_writer *w, const char *text)
{
	w->comment = text;
}

/* Section 4.3. */
int pcapng_writer_put(struct pcapng_writer *w, const struct packet *p, struct error *e)
{
	uint32_t cap = min_u32(p->bytes.cap, SNAPLEN_MAX), word = packet_word(p->flags), id = p->interface;
	uint64_t ns = (uint64_t)p->sec * 1000000000u + p->nsec;
	int err = 0;

	if (!w->sources || id >= w->told)
		err = find_interface(w, p, &id, e);
	if (!err)
		err = reserve(w, cap + 64 + (w->comment ? COMMENT_MAX + 8 : 0), e);
	if (err)
		return err;
	begin(w, ENHANCED_PACKET);
	put_u32(w, id);
	put_time(w, ns);
	put_u32(w, cap);
	put_u32(w, p->bytes.wire);
	put(w, p->bytes.ptr, cap);
	pad(w);
	if (word)
		option(w, OPTION_FLAGS, &word, sizeof(word));
	if (p->lost)
		option_u64(w, OPTION_DROPCOUNT, p->lost);
	if (p->segments)
		option_segments(w, p);
	if (w->comment)
		option(w, OPTION_COMMENT, w->comment, text_length(w->comment, COMMENT_MAX));
	if (word || p->lost || p->segments || w->comment)
		put_u32(w, 0);
	end(w);
	w->comment = NULL;
	w->packets++;
	return 0;
}

/* For these counters there are no options. Once: the others of its blocks are found by programs. */
static void option_note(struct pcapng_writer *w, const struct ledger *l)
{
	char text[NOTE_MAX] = "";
	FILE *note = fmemopen(text, sizeof(text), "w");

	if (!note)
		return;
	ledger_note(note, l, "", ", ");
	fclose(note);
	option_text(w, OPTION_COMMENT, text);
}

/* Section 4.6: the counters of one interface, from the begin of the capture on. */
static int put_statistics(struct pcapng_writer *w, uint32_t id, const struct source *s, bool last, struct error *e)
{
	enum { START = 2, END, IFRECV, IFDROP, FILTERACCEPT, OSDROP, USRDELIV };
	int err = reserve(w, 136 + NOTE_MAX, e);

	if (err)
		return err;
	begin(w, INTERFACE_STATISTICS);
	put_u32(w, id);
	put_time(w, (uint64_t)s->counted_at);
	if (last && s->ledger)
		option_note(w, s->ledger);
	option_time(w, START, (uint64_t)s->began);
	option_time(w, END, (uint64_t)s->counted_at);
	option_u64(w, IFRECV, s->received);
	if (s->missed != SOURCE_UNKNOWN)
		option_u64(w, IFDROP, s->missed);
	option_u64(w, FILTERACCEPT, s->accepted);
	option_u64(w, OSDROP, s->dropped);
	option_u64(w, USRDELIV, s->delivered);
	end_options(w);
	return 0;
}

static int tell_statistics(struct pcapng_writer *w, bool last, struct error *e)
{
	int err = tell_sources(w, e);

	for (uint32_t i = 0; !err && w->sources && i < w->sources->count; i++)
		if (w->sources->source[i].counted_at)
			err = put_statistics(w, i, &w->sources->source[i], last, e);
	return err;
}

int pcapng_writer_statistics(struct pcapng_writer *w, struct error *e)
{
	return tell_statistics(w, false, e);
}

/* Section 4.5, a block with one record. */
int pcapng_writer_name(struct pcapng_writer *w, const uint8_t *address, uint16_t n, const char *name, struct error *e)
{
	enum { IPV4 = 1, IPV6 = 2 };
	const uint16_t head[] = { n == 4 ? IPV4 : IPV6, (uint16_t)(n + text_length(name, HOST_MAX) + 1) };
	int err = w->swapped ? 0 : reserve(w, HOST_MAX + 64, e);

	if (w->swapped || err)
		return err;
	begin(w, NAME_RESOLUTION);
	put(w, head, sizeof(head));
	put(w, address, n);
	put(w, name, head[1] - n - 1u);
	put(w, "", 1);
	pad(w);
	end_options(w);		/* what ends the records looks the same, and of options there are none */
	return 0;
}

int pcapng_writer_open_copy(struct pcapng_writer **w, struct sink *sink, struct error *e)
{
	*w = calloc(1, sizeof(**w));
	if (!*w)
		return error_set(e, STATUS_WRITE, "%s: %s", sink->name, error_words(ENOMEM));
	(*w)->sink = sink;
	return 0;
}

/* A part of a block that may be longer than the buffer. */
static int pass_part(struct pcapng_writer *w, const uint8_t *p, uint32_t n, uint64_t rest, struct error *e)
{
	if (!w->open) {
		flush(w, e);
		w->whole = w->sink->size;
	}
	w->open = rest > 0;
	if (!w->sink->failed && sink_put(w->sink, p, n) < n)
		sink_cut(w->sink, w->whole);
	return w->sink->failed ? sink_say(w->sink, e) : 0;
}

int pcapng_writer_pass(struct pcapng_writer *w, const uint8_t *p, uint32_t n, uint64_t rest, bool swapped,
		       struct error *e)
{
	int err;

	if (w->open || rest > 0 || n > w->sink->room)
		return pass_part(w, p, n, rest, e);
	if (swapped != w->swapped)
		flush(w, e);
	w->swapped = swapped;
	err = reserve(w, n, e);
	if (err)
		return err;
	w->packets += is_packet(p, swapped);
	put(w, p, n);
	w->sink->buffered = w->used;
	return 0;
}

int pcapng_writer_open(struct pcapng_writer **out, struct sink *sink, const struct sources *sources, struct error *e)
{
	struct pcapng_writer *w;
	int err = pcapng_writer_open_copy(&w, sink, e);

	*out = NULL;
	if (err)
		return err;
	w->sources = sources;
	put_section(w);
	err = tell_sources(w, e);
	if (!err)
		err = flush(w, e);
	if (err)
		free(w);
	else
		*out = w;
	return err;
}

int pcapng_writer_flush(struct pcapng_writer *w, struct error *e)
{
	return flush(w, e);
}

int pcapng_writer_close(struct pcapng_writer *w, struct error *e)
{
	int err = tell_statistics(w, true, e);

	if (!err)
		err = flush(w, e);
	if (w->open)
		sink_cut(w->sink, w->whole);
	free(w);
	return err;
}
