/* SPDX-License-Identifier: BSD-2-Clause */
/* store.c - packets of a stored file, or the last live ones, by their numbers
 *
 * How it works: the file is read once, in pieces, when whoever shows it has nothing else to do. Of each
 * packet 24 bytes are kept: where its bytes are, and what stands outside them. The bytes are read again
 * when they are looked at. What the index says of a place in the file is only believed as far as the file
 * goes then, so one that was cut or written anew meanwhile shows other packets, and no other memory. Of a
 * compressed file, and of several, they are copied to a spool: the place of a byte in a file is not enough there.
 * Live packets are the keeper's (tape.h), which may overwrite them at any time. How many there are and which is the
 * first changes here in store_extend() only.
 */
#define _GNU_SOURCE
#include "capture/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/spool.h"
#include "capture/tape.h"

#define NS 1000000000		/* in a second */
#define BATCHES 32		/* that are read at once: less than a millisecond */
#define ROOM_MIN (1u << 16)	/* entries */

enum { AT_BITS = 45, CAP_BITS = 19, INTERFACE_BITS = 24 };

struct entry {
	uint64_t at : AT_BITS;		/* of the packet's bytes in the file */
	uint64_t cap : CAP_BITS;	/* bytes */
	int64_t time;			/* ns since 1970 */
	uint32_t wire;			/* bytes */
	uint32_t interface : INTERFACE_BITS;
	uint32_t flags : 7;		/* enum packet_flag */
	uint32_t marked : 1;
};

_Static_assert(sizeof(struct entry) == 24, "which is what a packet may take");
_Static_assert(SNAPLEN_MAX < 1 << CAP_BITS, "each length that a reader lends can be kept");

struct known_interface {
	bool known;
	uint16_t linktype;
	char name[20];
};

struct store {
	struct reader *reader;
	struct spool *spool;		/* where packet bytes are; NULL: in the file itself */
	struct filter *filter;
	struct entry *entry;
	uint32_t count, room;
	struct known_interface *interface;
	uint32_t interfaces;		/* there is memory for so many */
	uint64_t size;			/* of the file when it was opened, bytes */
	uint64_t bytes;
	int64_t began;			/* ns since 1970 */
	bool complete, damaged, caught_up;	/* caught up with who writes the file */
	struct error damage;
	store_put *put;			/* what looks at each; NULL: nothing */
	void *context;			/* its own */

	/* of live packets */
	struct feed *feed;		/* NULL: it is a file */
	const struct tape *tape;
	uint8_t *marks;			/* one a packet, by its place among those that the tape has room for */
	uint32_t first;			/* the packets before are gone */
};

int store_open(struct store **s, struct reader *r, struct filter *filter, struct error *e)
{
	*s = calloc(1, sizeof(**s));
	if (!*s)
		return error_set(e, STATUS_USAGE, "index: no memory for it");
	(*s)->reader = r;
	(*s)->filter = filter;
	(*s)->size = reader_size(r);
	if (reader_is_plain(r))
		return 0;
	(*s)->spool = spool_open();
	if ((*s)->spool)
		return 0;
	free(*s);
	return error_set(e, STATUS_USAGE, "no room to keep packets at, in $TMPDIR or /var/tmp");
}

int store_open_live(struct store **s, struct feed *f, struct error *e)
{
	struct store *live = calloc(1, sizeof(*live));

	*s = live;
	if (live) {
		live->feed = f;
		live->tape = feed_tape(f);
		live->marks = calloc(live->tape->room, sizeof(*live->marks));
	}
	if (live && live->marks)
		return 0;
	store_close(live);
	return error_set(e, STATUS_USAGE, "view: no memory for it");
}

/* Twice the room; the kernel moves pages, not bytes. */
static bool more_room(struct store *s)
{
	uint32_t room = s->room ? s->room * 2 : ROOM_MIN;
	size_t now = s->room * sizeof(*s->entry), then = (size_t)room * sizeof(*s->entry);
	void *at = s->entry ? mremap(s->entry, now, then, MREMAP_MAYMOVE) :
			      mmap(NULL, then, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room < s->room || at == MAP_FAILED)
		return false;
	s->entry = at;
	s->room = room;
	return true;
}

/* Keep what is to be known of p's interface. False where there is no memory for it. */
static bool know_interface(struct store *s, const struct packet *p)
{
	const char *name = reader_interface(s->reader, p);
	struct known_interface *more, *i;
	uint32_t room = s->interfaces;

	if (p->interface >= room) {
		room = 2 * p->interface + 1;
		more = realloc(s->interface, room * sizeof(*more));
		if (!more)
			return false;
		memset(more + s->interfaces, 0, (room - s->interfaces) * sizeof(*more));
		s->interface = more;
		s->interfaces = room;
	}
	i = &s->interface[p->interface];
	i->known = true;
	i->linktype = p->linktype;
	if (name)
		strncpy(i->name, name, sizeof(i->name) - 1);
	return true;
}

/* Nothing more can be known of the file. */
static int stop(struct store *s, const char *why)
{
	error_set(&s->damage, STATUS_INPUT, "%s: the packets behind number %u are not shown", why, s->count);
	s->complete = s->damaged = true;
	return 0;
}

/* What is not flushed is lost; that is not much. */
static int stop_spool(struct store *s, const char *why)
{
	char text[200];

	snprintf(text, sizeof(text), "temporary file ($TMPDIR or /var/tmp): %s", why);
	return stop(s, text);
}

static bool know(struct store *s, const struct packet *p)
{
	return (p->interface < s->interfaces && s->interface[p->interface].known) || know_interface(s, p);
}

static void put_entry(struct store *s, const struct packet *p, uint64_t at)
{
	s->entry[s->count++] = (struct entry){
		.at = at,
		.cap = p->bytes.cap,
		.time = (int64_t)((uint64_t)p->sec * NS + p->nsec),
		.wire = p->bytes.wire,
		.interface = p->interface,
		.flags = p->flags & 0x7f,
	};
	s->bytes += p->bytes.wire;
	if (s->count == 1)
		s->began = store_time(s, 0);
}

static int keep(struct store *s, const struct packet *p)
{
	uint64_t at = 0;
	const char *why = s->spool ? spool_put(s->spool, p, &at) : NULL;

	if (why)
		return stop_spool(s, why);
	if (!s->spool)
		at = reader_offset(s->reader, p);
	if (p->interface >= 1u << INTERFACE_BITS || at >= UINT64_C(1) << AT_BITS)
		return stop(s, "index: too large a file, or too many interfaces");
	if ((s->count == s->room && !more_room(s)) || !know(s, p))
		return stop(s, "index: no memory");
	put_entry(s, p, at);
	if (s->put)
		s->put(s->context, p, s->count);
	return 1;
}

/* The marks of packets whose places the new ones take. */
static void forget_marks(struct store *s, uint64_t count)
{
	uint64_t n = count - s->count > s->tape->room ? count - s->tape->room : s->count;

	for (; n < count; n++)
		s->marks[n & (s->tape->room - 1)] = false;
}

/* The capture goes on behind the last number that a screen has, and so does the recorder. */
static uint64_t numbered(struct store *s, uint64_t count)
{
	if (count <= UINT32_MAX)
		return count;
	s->damaged = true;
	error_set(&s->damage, STATUS_DONE, "the view ends with packet %" PRIu32 "; the capture goes on", UINT32_MAX);
	return UINT32_MAX;
}

static int extend_live(struct store *s)
{
	bool over = feed_is_over(s->feed);	/* asked first: what comes before the end is counted below */
	uint64_t all = tape_count(s->tape), first = tape_first(s->tape), count = numbered(s, all);

	if (s->complete)
		return 0;
	forget_marks(s, count);
	feed_seen(s->feed, all);
	s->count = (uint32_t)count;
	s->first = (uint32_t)(first < count ? first : count);
	s->bytes = tape_wire(s->tape);
	s->complete = over;
	return 0;
}

static int keep_all(struct store *s, const struct batch *b)
{
	int rc = 1;

	for (uint32_t i = 0; rc > 0 && i < b->count; i++)
		if (!s->filter || filter_match(s->filter, &b->packet[i]))
			rc = keep(s, &b->packet[i]);
	return rc;
}

int store_extend(struct store *s)
{
	const char *why;
	struct batch b;
	int n, rc = 1;

	if (s->feed)
		return extend_live(s);
	for (int i = 0; rc > 0 && i < BATCHES && !s->complete; i++) {
		n = reader_next(s->reader, &b, &s->damage);
		s->complete = n < 0 || (n == 0 && !reader_follows(s->reader));
		s->damaged = n < 0;
		rc = n > 0 ? keep_all(s, &b) : 0;
		s->caught_up = n == 0;
	}
	why = s->spool ? spool_flush(s->spool) : NULL;
	if (why)
		stop_spool(s, why);
	return !s->complete && !s->caught_up;
}

void store_watch(struct store *s, store_put *put, void *context)
{
	s->put = put;
	s->context = context;
}

bool store_is_live(const struct store *s)
{
	return s->feed;
}

bool store_grows(const struct store *s)
{
	return s->feed || reader_follows(s->reader);
}

bool store_has_ended(const struct store *s)
{
	return s->complete;
}

uint32_t store_count(const struct store *s)
{
	return s->count;
}

uint32_t store_first(const struct store *s)
{
	return s->first;
}

uint32_t store_fill(const struct store *s)
{
	return s->tape ? tape_fill(s->tape) : 0;
}

uint32_t store_progress(const struct store *s)
{
	bool all = s->complete || s->caught_up || s->feed;
	uint64_t at = all ? 0 : reader_position(s->reader);

	if (all)
		return 100;
	return at < s->size ? (uint32_t)(at / (s->size / 100 + 1)) : 99;
}

const char *store_damage(const struct store *s)
{
	return s->damaged ? s->damage.text : NULL;
}

/* Move w to the length bytes at offset at, as far as the file has them. */
static void look_at(const struct store *s, struct window *w, uint64_t at, uint32_t length)
{
	uint32_t want = length > w->ahead ? length : w->ahead;
	int fd = s->spool ? spool_descriptor(s->spool) : reader_descriptor(s->reader);
	ssize_t n;

	w->from = at;
	w->length = 0;
	do {
		n = pread(fd, w->bytes + w->length, want - w->length, (off_t)(at + w->length));
		if (n > 0)
			w->length += (uint32_t)n;
	} while (n > 0 && w->length < length);
}

/* All of p but its bytes. */
static void fill(const struct store *s, uint32_t n, struct packet *p)
{
	const struct entry *entry = &s->entry[n];

	*p = (struct packet){
		.bytes = { NULL, entry->cap, entry->wire },
		.sec = entry->time / NS - (entry->time % NS < 0),
		.interface = entry->interface,
		.linktype = s->interface[entry->interface].linktype,
		.flags = entry->flags,
		.number = (uint64_t)n + 1,
	};
	p->nsec = (uint64_t)entry->time - (uint64_t)p->sec * NS;
}

bool store_packet(const struct store *s, struct window *w, uint32_t n, struct packet *p)
{
	uint64_t at;
	uint32_t cap;

	if (s->feed)
		return tape_copy(s->tape, n, w->bytes, p);
	fill(s, n, p);
	at = s->entry[n].at;
	cap = s->entry[n].cap;
	if (at < w->from || at + cap > w->from + w->length)
		look_at(s, w, at, cap);
	p->bytes.ptr = w->bytes + (at - w->from);
	if (at - w->from + cap > w->length)	/* it was moved there, and the file has no more */
		p->bytes.cap = w->length;
	return p->bytes.cap == cap;
}

int64_t store_time(const struct store *s, uint32_t n)
{
	return s->feed ? tape_time(s->tape, n) : s->entry[n].time;
}

int64_t store_began(const struct store *s)
{
	return s->feed ? tape_began(s->tape) : s->began;
}

uint64_t store_bytes(const struct store *s)
{
	return s->bytes;
}

bool store_record(const struct store *s)
{
	if (s->feed)
		feed_record(s->feed, s->count);
	return s->feed;
}

bool store_marked(const struct store *s, uint32_t n)
{
	return s->feed ? s->marks[n & (s->tape->room - 1)] : s->entry[n].marked;
}

void store_mark(struct store *s, uint32_t n, bool marked)
{
	if (s->feed)
		s->marks[n & (s->tape->room - 1)] = marked;
	else
		s->entry[n].marked = marked;
}

const char *store_interface(const struct store *s, const struct packet *p)
{
	const char *name = s->feed ? "" : s->interface[p->interface].name;

	return *name ? name : NULL;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	if (s->entry)
		munmap(s->entry, s->room * sizeof(*s->entry));
	free(s->marks);
	free(s->interface);
	spool_close(s->spool);
	if (s->reader)
		reader_close(s->reader);
	free(s);
}

bool window_open(struct window *w, uint32_t ahead)
{
	uint32_t room = ahead > SNAPLEN_MAX ? ahead : SNAPLEN_MAX;

	*w = (struct window){ .bytes = malloc(room), .room = room, .ahead = ahead };
	return w->bytes;
}

void window_close(struct window *w)
{
	free(w->bytes);
}
