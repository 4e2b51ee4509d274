/* SPDX-License-Identifier: BSD-2-Clause */
/* store.h - packets that are kept to be looked at, by their numbers: those of a file, or the last live ones */
#ifndef CAPTURE_STORE_H
#define CAPTURE_STORE_H

#include "capture/feed.h"
#include "capture/filter.h"
#include "capture/reader.h"

struct store;

/* A part of the file in memory, through which packets are looked at: each reader of a store has its own. */
struct window {
	uint8_t *bytes;		/* owned */
	uint32_t room, ahead;	/* bytes; how many are read at once, where a packet does not need more */
	uint64_t from;		/* of the file */
	uint32_t length;
};

/* Keep the packets of r, a regular file's reader, of which none was read; of those that filter, if it
 * is not NULL, lets through. On success r belongs to the store, and filter must outlive it. Returns 0; or
 * -STATUS_USAGE with e filled in.
 */
int store_open(struct store **s, struct reader *r, struct filter *filter, struct error *e);

/* The last live packets, as the keeper of f, which must outlive the store, keeps them. Returns as store_open(). */
int store_open_live(struct store **s, struct feed *f, struct error *e);

/* Go on, until some packets more are known. Returns 1; 0 where all that are there are known: of a file, those
 * before its damage; live, more may come.
 */
int store_extend(struct store *s);

/* Have put look at each packet of a file as it becomes known; number: from 1. */
typedef void store_put(void *context, const struct packet *p, uint64_t number);
void store_watch(struct store *s, store_put *put, void *context);

/* Is it one of live packets, and have they come to an end? */
bool store_is_live(const struct store *s);
bool store_grows(const struct store *s);	/* live packets, or a file that others still write */
bool store_has_ended(const struct store *s);

/* How many packets there were so far, and the first of them that is still there. They are numbered from 0 here,
 * from 1 in struct packet.
 */
uint32_t store_count(const struct store *s);
uint32_t store_first(const struct store *s);

/* How much of the room for live packets is taken, per cent. */
uint32_t store_fill(const struct store *s);

/* How much of the file is known, per cent: 100 only where all is. */
uint32_t store_progress(const struct store *s);

/* What is wrong with the file, and where; NULL: nothing so far. */
const char *store_damage(const struct store *s);

/* Lend packet n, which is there; it lives until the window moves. False where the file has not all its
 * bytes any more: p has what is left. Of a live packet that is gone meanwhile nothing is.
 */
bool store_packet(const struct store *s, struct window *w, uint32_t n, struct packet *p);

/* The time of packet n, ns since 1970: wide enough for 292 years; what a damaged file says beyond is some
 * time too.
 */
int64_t store_time(const struct store *s, uint32_t n);

/* The same of the first packet of all, also where it is gone; 0 where there was none. */
int64_t store_began(const struct store *s);

/* What the packets so far have on the wire together, bytes. */
uint64_t store_bytes(const struct store *s);

/* Have the keeper write the live packets that it keeps to a file. False where it is a stored file. */
bool store_record(const struct store *s);

/* Marks are the reader's: nothing here looks at them. */
bool store_marked(const struct store *s, uint32_t n);
void store_mark(struct store *s, uint32_t n, bool marked);

/* The name of the interface of p, a packet of this store; NULL where the file does not tell it. */
const char *store_interface(const struct store *s, const struct packet *p);

void store_close(struct store *s);

/* ahead: bytes. False where there is no memory. */
bool window_open(struct window *w, uint32_t ahead);
void window_close(struct window *w);

#endif
