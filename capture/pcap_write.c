/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_write.c - packets into a classic pcap file, as libpcap writes it
 *
 * How it works: libpcap writes the file header. The records are gathered in the sink's buffer: it would write the same
 * ones, with many times the instructions. The buffer is let through before a record that would not fit, so it always
 * holds whole records, and so does the file, unless the disk is full: then it is known how much went through, and the
 * file is cut behind the last record that did so whole.
 */
#include "capture/pcap_write.h"

#include <assert.h>
#include <errno.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_HEADER 24			/* bytes */
#define LINKTYPE_AT 20			/* in it */
#define MICROSECOND 1000		/* ns */
#define LARGE (1u << 15)		/* bytes that are written at once as cheaply as by way of the buffer */

/* What stands before a packet's bytes, pcap-savefile(5). */
struct record {
	uint32_t sec, fraction, cap, wire;
};

static_assert(SINK_BUFFER > SNAPLEN_MAX + sizeof(struct record), "a record fits the buffer");

struct pcap_writer {
	struct sink *sink;		/* borrowed */
	uint32_t unit;			/* of the times' fraction, ns */
	uint32_t linktype;
	uint32_t packets;		/* gathered */
};

/* How much of the n bytes at p is whole records; they are counted. */
static size_t whole(struct pcap_writer *w, const uint8_t *p, size_t n)
{
	struct record record;
	size_t at, len;

	for (at = 0; n - at >= sizeof(record); at += len) {
		memcpy(&record, p + at, sizeof(record));
		len = sizeof(record) + record.cap;
		if (len > n - at)
			break;
		w->sink->packets++;
	}
	return at;
}

/* Let the n bytes at p through: so many whole records. */
static int put_through(struct pcap_writer *w, const uint8_t *p, size_t n, uint32_t packets, struct error *e)
{
	uint64_t before = w->sink->size;
	size_t done;

	if (!w->sink->failed) {
		done = sink_put(w->sink, p, n);
		if (done == n)
			w->sink->packets += packets;
		else
			sink_cut(w->sink, before + whole(w, p, done));
	}
	return w->sink->failed ? sink_say(w->sink, e) : 0;
}

/* Empty the buffer; afterwards it is used from its begin on again. */
static int flush(struct pcap_writer *w, struct error *e)
{
	int err = put_through(w, w->sink->gathered, w->sink->buffered, w->packets, e);

	w->packets = w->sink->buffered = 0;
	return err;
}

/* Let libpcap write the file header. Returns its bytes, to be freed; NULL: no memory. */
static char *make_header(uint32_t snaplen, bool nano)
{
	u_int precision = nano ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO;
	pcap_t *pcap = pcap_open_dead_with_tstamp_precision(DLT_EN10MB, (int)snaplen, precision);
	char *header = NULL;
	size_t len = 0;
	FILE *stream = pcap ? open_memstream(&header, &len) : NULL;
	pcap_dumper_t *dumper = stream ? pcap_dump_fopen(pcap, stream) : NULL;

	if (dumper)
		pcap_dump_close(dumper);	/* the stream too: they are one */
	else if (stream)
		fclose(stream);
	if (pcap)
		pcap_close(pcap);
	if (dumper && len == FILE_HEADER)
		return header;
	free(header);
	return NULL;
}

/* The header gets the link type that was asked for: libpcap knows only those of its own day, and refuses others. */
static int put_header(struct pcap_writer *w, uint32_t snaplen, bool nano, struct error *e)
{
	char *header = make_header(snaplen, nano);

	if (!header)
		return error_set(e, STATUS_WRITE, "%s: %s", w->sink->name, error_words(ENOMEM));
	memcpy(header + LINKTYPE_AT, &w->linktype, sizeof(w->linktype));
	if (sink_put(w->sink, header, FILE_HEADER) < FILE_HEADER)
		sink_cut(w->sink, 0);
	free(header);
	return w->sink->failed ? sink_say(w->sink, e) : 0;
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
	w->unit = nano ? 1 : MICROSECOND;
	w->linktype = linktype;
	err = put_header(w, snaplen, nano, e);
	if (err)
		free(w);
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
	uint32_t fraction = (uint32_t)(w->unit == 1 ? p->nsec : p->nsec / MICROSECOND);
	struct record record = { (uint32_t)p->sec, fraction, cap, p->bytes.wire };
	uint8_t *at;

	if (p->linktype != w->linktype)
		return say_linktype(w, p->linktype, e);
	if (w->sink->buffered + sizeof(record) + cap > w->sink->room)
		flush(w, e);
	if (w->sink->failed)
		return sink_say(w->sink, e);
	at = w->sink->gathered + w->sink->buffered;
	memcpy(at, &record, sizeof(record));
	memcpy(at + sizeof(record), p->bytes.ptr, cap);
	w->sink->buffered += (uint32_t)sizeof(record) + cap;
	w->packets++;
	return 0;
}

/* Does what stands before p's bytes say what pcap_dump() would write there? */
static bool as_stored(const struct pcap_writer *w, const struct packet *p)
{
	struct record record;

	memcpy(&record, p->bytes.ptr - sizeof(record), sizeof(record));
	return p->linktype == w->linktype && record.sec == (uint32_t)p->sec &&
	       (uint64_t)record.fraction * w->unit == p->nsec && record.cap == p->bytes.cap &&
	       record.wire == p->bytes.wire;
}

/* How many of the n packets from p on are so, and without a gap between them. */
static uint32_t run_of(const struct pcap_writer *w, const struct packet *p, uint32_t n)
{
	uint32_t k = 0;

	while (k < n && as_stored(w, &p[k]) &&
	       (k == 0 || p[k].bytes.ptr - sizeof(struct record) == p[k - 1].bytes.ptr + p[k - 1].bytes.cap))
		k++;
	return k;
}

/* Write n bytes of whole records, so many. */
static int put_records(struct pcap_writer *w, const uint8_t *records, size_t n, uint32_t packets, struct error *e)
{
	bool gathers = w->sink->compress || w->sink->direct;	/* large pieces compress better, or go directly */
	bool at_once = n > w->sink->room || (n >= LARGE && !gathers);

	if (at_once || w->sink->buffered + n > w->sink->room)
		flush(w, e);
	if (at_once || w->sink->failed)
		return put_through(w, records, n, packets, e);
	memcpy(w->sink->gathered + w->sink->buffered, records, n);
	w->sink->buffered += (uint32_t)n;
	w->packets += packets;
	return 0;
}

int pcap_writer_put_stored(struct pcap_writer *w, const struct packet *p, uint32_t n, struct error *e)
{
	int rc = 0;

	for (uint32_t k; n > 0 && !rc; p += k, n -= k) {
		k = run_of(w, p, n);
		if (k > 0) {
			const uint8_t *start = p->bytes.ptr - sizeof(struct record);

			rc = put_records(w, start, (size_t)(p[k - 1].bytes.ptr + p[k - 1].bytes.cap - start), k, e);
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

	free(w);
	return err;
}
