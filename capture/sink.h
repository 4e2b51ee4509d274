/* SPDX-License-Identifier: BSD-2-Clause */
/* sink.h - where the bytes of a file go
 *
 * How it works: who writes a format gathers whole records in the sink's buffer, and lets them through many at
 * once. Where not all of them go through, it finds the last whole record among those that did, and the sink cuts
 * the file there. Written directly, the block that the file ends in goes by way of the page cache, and once more with
 * what follows: it is kept before what is gathered, so that both stand in memory as they will in the file. Compressed, what is handed over at once goes through whole, or not at all: the file is cut
 * where it ended before, and can be decompressed up to there whatever happens next.
 */
#ifndef CAPTURE_SINK_H
#define CAPTURE_SINK_H

#include <stdbool.h>

#include "capture/error.h"

#define SINK_BUFFER (1u << 19)	/* bytes; more than any record has, */
#define SINK_BUFFER_DIRECT (1u << 20)	/* and what makes a turn of the disk worth its price */

struct codec;
struct compress;

struct sink {
	uint64_t base;		/* where we began in the file, bytes: a shell opens it for appending */
	uint64_t size;		/* bytes that went through and stay */
	uint64_t packets;	/* among them; who writes the format counts these, */
	uint32_t buffered;	/* and what it has gathered, bytes */
	uint8_t *gathered;	/* which stand here: room for so many bytes, */
	uint32_t room;
	uint8_t *block;		/* in memory that begins here, owned: what the file has of its last block, where direct */
	bool direct;		/* what is gathered goes to the disk without the page cache, */
	bool hurried;		/* but not now: nobody may wait for the disk */
	int fd;
	int failed;		/* errno of the first failure; nothing goes through after it */
	bool regular;		/* can be cut */
	struct compress *compress;	/* stands before the disk; NULL: nothing does */
	uint64_t stored;	/* bytes of the file that stay; size counts them before they are compressed */
	char *name;		/* for messages; owned */
};

/* Create path as create_file() does; codec: how it is compressed; NULL: not at all; direct: without the page cache,
 * where that is possible, which is said else. SIGXFSZ is ignored from now on, so that the limit on a file's size is an
 * error like any other. Returns 0; -STATUS_WRITE or -STATUS_USAGE with e filled in.
 */
int sink_open(struct sink *s, int directory, const char *path, const struct codec *codec, bool direct,
	      struct error *e);

/* Let the n bytes at p through: those that are gathered, or others where nothing is. Returns how many of them went: all, unless s->failed is set. */
size_t sink_put(struct sink *s, const void *p, size_t n);

/* Of the bytes that went through in all, the first size are whole records: cut the file there, where it can be. */
void sink_cut(struct sink *s, uint64_t size);

/* Say in e why s failed, and how many packets it has. Returns -STATUS_WRITE. */
int sink_say(const struct sink *s, struct error *e);

/* End what is compressed, and close the file. Returns 0, or -STATUS_WRITE with e filled in. */
int sink_close(struct sink *s, struct error *e);

#endif
