/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_write.c - packets into a classic pcap file, through libpcap's writer
 *
 * How it works: libpcap writes the file header and the records to a stream of ours, with a large
 * buffer. The buffer is flushed before a record that would not fit, so it always holds whole
 * records, and each turn of sink_write() begins and ends at the end of a record, unless the disk is
 * full: then it knows how much went through, finds the last record that did so whole, and cuts the
 * file there.
 */
#define _GNU_SOURCE
#include "capture/pcap_write.h"

#include <assert.h>
#include <errno.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER_SIZE (1u << 19)		/* bytes; more than a record has */
#define FILE_HEADER 24			/* bytes */
#define LINKTYPE_AT 20			/* in it */
#define RECORD_HEADER 16		/* bytes */
#define CAPLEN_AT 8			/* in it */
#define DIRECT (1u << 15)		/* bytes that are written at once as cheaply as by way of the buffer */

static_assert(BUFFER_SIZE > SNAPLEN_MAX + RECORD_HEADER, "a record fits the buffer");

struct pcap_writer {
	pcap_t *pcap;
	pcap_dumper_t *dumper;		/* the same object as stream */
	FILE *stream;
	struct sink *sink;		/* borrowed */
	uint32_t unit;			/* of the times' fraction, ns */
	uint32_t linktype;
	char buffer[BUFFER_SIZE];
};

/* How much of the n bytes at p, which begin at a record (or the file header), is whole records. */
static size_t whole(struct pcap_writer *w, const char *p, size_t n, bool first)
{
	size_t at = 0, len = first ? FILE_HEADER : 0;
	uint32_t cap;

	if (len > n)
		return 0;
	for (at = len; n - at >= RECORD_HEADER; at += len) {
		memcpy(&cap, p + at + CAPLEN_AT, sizeof(cap));
		len = RECORD_HEADER + (size_t)cap;
		if (len > n - at)
			break;
		w->sink->packets++;
	}
	return at;
}

/* What the stream calls to empty its buffer; the first time with the file header alone. That gets
 * the link type that was asked for: libpcap knows only those of its own day, and refuses others.
 */
static ssize_t sink_write(void *cookie, const char *p, size_t n)
{
	struct pcap_writer *w = cookie;
	char header[FILE_HEADER];
	bool first = w->sink->size == 0;
	uint64_t size = w->sink->size;

	if (w->sink->failed)
		return 0;
	if (first && n == FILE_HEADER) {
		memcpy(header, p, FILE_HEADER);
		memcpy(header + LINKTYPE_AT, &w->linktype, sizeof(w->linktype));
		p = header;
	}
	size += whole(w, p, sink_put(w->sink, p, n), first);
	sink_cut(w->sink, size);
	return w->sink->failed ? 0 : (ssize_t)n;
}

/* Empty the buffer; afterwards it is used from its begin on again. */
static int flush(struct pcap_writer *w, struct error *e)
{
	if (!w->sink->failed && pcap_dump_flush(w->dumper) && !w->sink->failed)
		w->sink->failed = EIO;
	w->sink->buffered = 0;
	return w->sink->failed ? sink_say(w->sink, e) : 0;
}

/* Bring libpcap's writer up, and the file header to the file. */
static int start(struct pcap_writer *w, uint32_t snaplen, bool nano, struct error *e)
{
	u_int precision = nano ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO;
	cookie_io_functions_t sink = { .write = sink_write };

	w->pcap = pcap_open_dead_with_tstamp_precision(DLT_EN10MB, (int)snaplen, precision);
	w->stream = w->pcap ? fopencookie(w, "w", sink) : NULL;
	if (!w->stream || setvbuf(w->stream, w->buffer, _IOFBF, sizeof(w->buffer)))
		return error_set(e, STATUS_WRITE, "%s: %s", w->sink->name, error_words(ENOMEM));
	__fsetlocking(w->stream, FSETLOCKING_BYCALLER);
	w->dumper = pcap_dump_fopen(w->pcap, w->stream);
	if (!w->dumper)
		return error_set(e, STATUS_WRITE, "%s: %s", w->sink->name, pcap_geterr(w->pcap));
	return flush(w, e);
}

static void destroy(struct pcap_writer *w)
{
	if (w->stream)
		fclose(w->stream);	/* the dumper too: they are one */
	if (w->pcap)
		pcap_close(w->pcap);
	free(w);
}

int pcap_writer_open(struct pcap_writer **out, struct sink *sink, uint16_t linktype, uint32_t snaplen, bool nano,
		     struct error *e)
{
	struct pcap_writer *w = calloc(1, sizeof(*w));
	int err;

	*out = NULL;
	if (!w)
		return error_set(e, STATUS_WRITE, "%s: %s", sink->name, error_words(ENOMEM));
	w->sink = sink;
	w->unit = nano ? 1 : 1000;
	w->linktype = linktype;
	err = start(w, snaplen, nano, e);
	if (err)
		destroy(w);
	else
		*out = w;
	return err;
}

/* As tcpdump, which reads no such file at all; the packets before it stay. */
static int say_linktype(const struct pcap_writer *w, uint16_t linktype, struct error *e)
{
	return error_set(e, STATUS_WRITE,
			 "%s: a pcap file has one link type, here %u: no room for a packet of %u",
			 w->sink->name, w->linktype, linktype);
}

int pcap_writer_put(struct pcap_writer *w, const struct packet *p, struct error *e)
{
	uint32_t cap = min_u32(p->bytes.cap, SNAPLEN_MAX);
	struct pcap_pkthdr header = {
		.ts = { .tv_sec = p->sec, .tv_usec = (suseconds_t)(p->nsec / w->unit) },
		.caplen = cap,
		.len = p->bytes.wire,
	};

	if (p->linktype != w->linktype)
		return say_linktype(w, p->linktype, e);
	if (w->sink->buffered + RECORD_HEADER + cap > BUFFER_SIZE)
		flush(w, e);
	if (w->sink->failed)
		return sink_say(w->sink, e);
	pcap_dump((u_char *)w->dumper, &header, p->bytes.ptr);
	w->sink->buffered += RECORD_HEADER + cap;
	return 0;
}

/* Does what stands before p's bytes say what pcap_dump() would write there? */
static bool as_stored(const struct pcap_writer *w, const struct packet *p)
{
	struct {
		uint32_t sec, fraction, cap, wire;
	} record;

	memcpy(&record, p->bytes.ptr - RECORD_HEADER, RECORD_HEADER);
	return p->linktype == w->linktype && record.sec == (uint32_t)p->sec &&
	       (uint64_t)record.fraction * w->unit == p->nsec && record.cap == p->bytes.cap &&
	       record.wire == p->bytes.wire;
}

/* How many of the n packets from p on are so, and without a gap between them. */
static uint32_t run_of(const struct pcap_writer *w, const struct packet *p, uint32_t n)
{
	uint32_t k = 0;

	while (k < n && as_stored(w, &p[k]) &&
	       (k == 0 || p[k].bytes.ptr - RECORD_HEADER == p[k - 1].bytes.ptr + p[k - 1].bytes.cap))
		k++;
	return k;
}

/* Write n bytes of whole records. */
static int put_records(struct pcap_writer *w, const uint8_t *records, size_t n, struct error *e)
{
	bool direct = n >= DIRECT && !w->sink->compress;	/* large pieces compress better */

	if (direct || w->sink->buffered + n > BUFFER_SIZE)
		flush(w, e);
	if (w->sink->failed)
		return sink_say(w->sink, e);
	if (direct) {
		sink_write(w, (const char *)records, n);
	} else {
		fwrite_unlocked(records, 1, n, w->stream);
		w->sink->buffered += (uint32_t)n;
	}
	return w->sink->failed ? sink_say(w->sink, e) : 0;
}

int pcap_writer_put_stored(struct pcap_writer *w, const struct packet *p, uint32_t n, struct error *e)
{
	int rc = 0;

	for (uint32_t k; n > 0 && !rc; p += k, n -= k) {
		k = run_of(w, p, n);
		if (k > 0) {
			const uint8_t *start = p->bytes.ptr - RECORD_HEADER;

			rc = put_records(w, start, (size_t)(p[k - 1].bytes.ptr + p[k - 1].bytes.cap - start), e);
		} else {
			rc = pcap_writer_put(w, p, e);
			k = 1;
		}
	}
	return rc;
}

int pcap_writer_flush(struct pcap_writer *w, struct error *e)
{
	return flush(w, e);
}

int pcap_writer_close(struct pcap_writer *w, struct error *e)
{
	int err = flush(w, e);

	destroy(w);
	return err;
}
