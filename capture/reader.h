/* SPDX-License-Identifier: BSD-2-Clause */
/* reader.h - packets from a stored file, pcap or pcapng, as it is or compressed */
#ifndef CAPTURE_READER_H
#define CAPTURE_READER_H

#include "capture/error.h"
#include "capture/packet.h"

struct reader;
struct sources;
struct stat;
struct watch;

/* Open path ("-": standard input), and read as far as the first packet can be found. Returns 0; or
 * the negative of an exit status with e filled in: STATUS_USAGE where the file cannot be opened,
 * STATUS_INPUT where it is no capture.
 */
int reader_open(struct reader **r, const char *path, struct error *e);

struct reader_options {
	const struct watch *watch;	/* told of what is no packet in a pcapng file: pcapng_block.h. Outlives the reader */
	bool follow;			/* others still write the file, where it is a regular one */
	bool salvage;			/* go on behind what is damaged */
	void (*say)(const char *text);	/* told of what is passed over; NULL: nobody is */
	int fd;				/* is what path names, and the reader's from then on; 0: path is to be opened */
	const char *comment;		/* for reader_sources(): on what is written of several files */
};

/* The same, as o says; with follow, its begin is waited for: a signal that comes then ends that as damage would. */
int reader_open_with(struct reader **r, const char *path, const struct reader_options *o, struct error *e);

/* Lend the next packets as b; they live until the next call. Returns how many; 0 at the end; or
 * -STATUS_INPUT, once every good packet was lent, with e saying at which byte it broke and why.
 */
int reader_next(struct reader *r, struct batch *b, struct error *e);

/* Is the end of the file none, for others still write it? Then reader_next() goes on behind it. */
bool reader_follows(const struct reader *r);

/* Wait until there may be more, a second at most. Returns 0, or -STATUS_INPUT with e filled in where a signal came.
 * reader_watch() is readable when there may be more; -1 where nothing tells it.
 */
int reader_wait(struct reader *r, struct error *e);
int reader_watch(const struct reader *r);

/* What the file says of itself so far: of its first interface where it has several (pcapng). */
uint16_t reader_linktype(const struct reader *r);
uint32_t reader_snaplen(const struct reader *r);
bool reader_nano(const struct reader *r);	/* are its times finer than microseconds? */

/* Does the record of a packet that was lent stand before its bytes in memory, 16 bytes as a pcap file of this
 * machine has them?
 */
bool reader_has_records(const struct reader *r);

/* What the file's header says, or the first section's. */
struct container {
	const char *format;	/* "pcap", "modified pcap", "pcapng" */
	const char *compression;	/* "gzip", "zstd", "lz4"; NULL: none */
	uint32_t snaplen;	/* bytes, as it stands there; of pcapng 0, for each interface has its own */
	uint32_t sections;	/* of pcapng, so far */
	bool ng;
	bool nano;		/* of pcap: times are in nanoseconds */
	bool swapped;		/* the byte order is not ours; of the section that is being read */
};

void reader_container(const struct reader *r, struct container *c);

/* What a file is to tell of the interfaces of packets so far; NULL: each has its own name, or none. */
const struct sources *reader_sources(const struct reader *r);

/* Are packets read from the file of which st is the state? */
bool reader_reads(const struct reader *r, const struct stat *st);

/* How many bytes there are to be read, as they are stored, where that is known. */
uint64_t reader_size(const struct reader *r);

/* The name of the interface of p, a packet that was lent last; NULL where the file does not tell it. */
const char *reader_interface(const struct reader *r, const struct packet *p);

/* Where in the file, or in what is decompressed of it, the bytes of p begin, a packet that was lent last; how far
 * it was read, as it is stored; its descriptor, for pread(2) where it is not compressed.
 */
uint64_t reader_offset(const struct reader *r, const struct packet *p);
uint64_t reader_position(const struct reader *r);
bool reader_is_plain(const struct reader *r);	/* of one file, not compressed */
int reader_descriptor(const struct reader *r);

void reader_close(struct reader *r);

#endif
