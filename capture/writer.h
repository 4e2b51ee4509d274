/* SPDX-License-Identifier: BSD-2-Clause */
/* writer.h - packets into a file of any format
 *
 * How it works: the format (pcap_write.c, pcapng_write.c) makes whole records of packets, the sink (sink.h) brings
 * them to the disk. Whoever writes files one after the other takes one writer, and gives it the next name with
 * writer_next(): what is known of interfaces, and the counters, go on.
 */
#ifndef CAPTURE_WRITER_H
#define CAPTURE_WRITER_H

#include "capture/error.h"
#include "capture/source.h"
#include "capture/packet.h"

struct codec;
struct writer;
struct copy;

enum writer_format {
	WRITER_PCAP,
	WRITER_PCAPNG,
};

struct writer_options {
	enum writer_format format;
	bool nano;		/* of pcap: times in nanoseconds; in pcapng they are always */
	uint16_t linktype;	/* of pcap: of all packets; others are refused */
	uint32_t snaplen;	/* of pcap: bytes, as the file's header tells it */
	const struct codec *codec;	/* how files are compressed: codec_of_name(); NULL: not at all */
	bool direct;		/* without the page cache, where that is possible */
	const struct sources *sources;	/* of pcapng, outlives the writer; NULL: interfaces without names */
	struct copy *copy;	/* of pcapng: all packets are its reader's (pcapng_copy.h); NULL: they are not */
};

/* The format that a file of this name has, its suffix of a codec aside: pcapng where it ends in .pcapng or .ntar, pcap
 * where in .pcap or .cap; else what is given.
 */
enum writer_format writer_format_of(const char *path, enum writer_format otherwise);

/* Create path under the open directory (AT_FDCWD: where we are; create.h says what is refused), "-" being standard
 * output. Returns 0; or -STATUS_WRITE with e filled in; -STATUS_USAGE where "-" is a terminal.
 */
int writer_open(struct writer **w, const struct writer_options *o, int directory, const char *path,
		struct error *e);

/* Append p; what it borrows is copied. Returns 0, or -STATUS_WRITE with e filled in. After the first failure to
 * write, the file was cut back to its last whole packet, and nothing more is written. A packet whose link type has
 * no place in the file is refused, and nothing else.
 */
int writer_put(struct writer *w, const struct packet *p, struct error *e);

/* The same of n packets, whose records stand before their bytes in memory: see reader_has_records(). */
int writer_put_stored(struct writer *w, const struct packet *p, uint32_t n, struct error *e);

/* Put the counters of all sources into the file, where its format has room for them; closing does so too. Returns as
 * writer_put().
 */
int writer_statistics(struct writer *w, struct error *e);

/* Tell, where the format has room for it, that name is that of the address of n bytes, 4 or 16. Returns as writer_put().
 */
int writer_name(struct writer *w, const uint8_t *address, uint16_t n, const char *name, struct error *e);

/* The packet that is put next gets a comment, where the format has room for it. text is borrowed until then. */
void writer_comment(struct writer *w, const char *text);

/* From now on nobody may wait for a disk (or may again): what would be written directly goes through the page cache. */
void writer_hurry(struct writer *w, bool hurry);

/* Hand what is buffered to the kernel. Returns as writer_put(). */
int writer_flush(struct writer *w, struct error *e);

/* End this file, and begin none: writer_next() does. Returns as writer_put(). */
int writer_end(struct writer *w, struct error *e);

/* End this file, and begin path with the same options. Returns as writer_put() and writer_open(); after a failure
 * the writer can only be closed.
 */
int writer_next(struct writer *w, int directory, const char *path, struct error *e);

/* The errno of the first failure; 0 where there was none. EPIPE: the reader of a pipe went away. */
int writer_errno(const struct writer *w);

/* How many packets are in its files for good: all put and flushed ones. */
uint64_t writer_written(const struct writer *w);

/* How many bytes the present file has with what is buffered. Where it is compressed: before that. */
uint64_t writer_size(const struct writer *w);

/* End the file. Returns as writer_put(); w is gone in any case. */
int writer_close(struct writer *w, struct error *e);

#endif
