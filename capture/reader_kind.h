/* SPDX-License-Identifier: BSD-2-Clause */
/* reader_kind.h - a reader of another kind than a file: packets of several (merge.h) */
#ifndef CAPTURE_READER_KIND_H
#define CAPTURE_READER_KIND_H

#include <sys/stat.h>

#include "capture/error.h"
#include "capture/packet.h"

struct reader;
struct sources;

/* As the functions of reader.h that are called so. */
struct reader_kind {
	int (*next)(void *self, struct batch *b, struct error *e);
	const char *(*interface)(const void *self, const struct packet *p);
	uint64_t (*position)(const void *self);
	bool (*reads)(const void *self, const struct stat *st);
	void (*close)(void *self);
};

/* What it says of itself. */
struct reader_facts {
	uint16_t linktype;
	uint32_t snaplen;
	bool nano;
	uint64_t size;			/* of all files, bytes */
	const struct sources *sources;
};

/* Make a reader; self belongs to it. NULL: no memory. */
struct reader *reader_make(const struct reader_kind *kind, void *self, const struct reader_facts *facts);

#endif
