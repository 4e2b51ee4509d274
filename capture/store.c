/* SPDX-License-Identifier: BSD-2-Clause */
/* store.c - packets of a stored file by their numbers
 *
 * How it works: the file is read once, in pieces, when whoever shows it has nothing else to do. Of each
 * packet 24 bytes are kept: where its bytes are, and what stands outside them. The bytes are read again
 * when they are looked at. What the index says of a place in the file is only believed as far as the file
 * goes then, so one that was cut or written anew meanwhile shows other packets, and no other memory.
 */
#define _GNU_SOURCE
#include "capture/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

struct interface {
	bool known;
	uint16_t linktype;
	char name[20];
};

struct store {
	struct reader *reader;
	struct filter *filter;
	struct entry *entry;
	uint32_t count, room;
	struct interface *interface;
	uint32_t interfaces;		/* there is memory for so many */
	uint64_t size;			/* of the file when it was opened, bytes */
	uint64_t bytes;
	bool complete, damaged;
	struct error damage;
};

int store_open(struct store **s, struct reader *r, struct filter *filter, struct error *e)
{
	struct stat st;

	*s = calloc(1, sizeof(**s));
	if (!*s)
		return error_set(e, STATUS_USAGE, "index: no memory for it");
	(*s)->reader = r;
	(*s)->filter = filter;
	if (fstat(reader_descriptor(r), &st) == 0)
		(*s)->size = (uint64_t)st.st_size;
	return 0;
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
	struct interface *more, *i;
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

static int keep(struct store *s, const struct packet *p)
{
	uint64_t at = reader_offset(s->reader, p);

	if (p->interface >= 1u << INTERFACE_BITS || at >= UINT64_C(1) << AT_BITS)
		return stop(s, "index: too large a file, or too many interfaces");
	if ((s->count == s->room && !more_room(s)) ||
	    ((p->interface >= s->interfaces || !s->interface[p->interface].known) && !know_interface(s, p)))
		return stop(s, "index: no memory");
	s->entry[s->count++] = (struct entry){
		.at = at,
		.cap = p->bytes.cap,
		.time = (int64_t)((uint64_t)p->sec * NS + p->nsec),
		.wire = p->bytes.wire,
		.interface = p->interface,
		.flags = p->flags & 0x7f,
	};
	s->bytes += p->bytes.wire;
	return 1;
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
	struct batch b;
	int n, rc = 1;

	for (int i = 0; rc > 0 && i < BATCHES && !s->complete; i++) {
		n = reader_next(s->reader, &b, &s->damage);
		s->complete = n <= 0;
		s->damaged = n < 0;
		if (n > 0)
			rc = keep_all(s, &b);
	}
	return !s->complete;
}

uint32_t store_count(const struct store *s)
{
	return s->count;
}

uint32_t store_progress(const struct store *s)
{
	uint64_t at = reader_position(s->reader);

	if (s->complete)
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
	ssize_t n;

	w->from = at;
	w->length = 0;
	do {
		n = pread(reader_descriptor(s->reader), w->bytes + w->length, want - w->length,
			  (off_t)(at + w->length));
		if (n > 0)
			w->length += (uint32_t)n;
	} while (n > 0 && w->length < length);
}

bool store_packet(const struct store *s, struct window *w, uint32_t n, struct packet *p)
{
	const struct entry *entry = &s->entry[n];
	uint64_t at = entry->at;
	uint32_t cap = entry->cap;

	if (at < w->from || at + cap > w->from + w->length)
		look_at(s, w, at, cap);
	*p = (struct packet){
		.bytes = { w->bytes + (at - w->from), cap, entry->wire },
		.sec = entry->time / NS - (entry->time % NS < 0),
		.interface = entry->interface,
		.linktype = s->interface[entry->interface].linktype,
		.flags = entry->flags,
		.number = (uint64_t)n + 1,
	};
	p->nsec = (uint64_t)entry->time - (uint64_t)p->sec * NS;
	if (at - w->from + cap > w->length)	/* it was moved there, and the file has no more */
		p->bytes.cap = w->length;
	return p->bytes.cap == cap;
}

int64_t store_time(const struct store *s, uint32_t n)
{
	return s->entry[n].time;
}

uint64_t store_bytes(const struct store *s)
{
	return s->bytes;
}

bool store_marked(const struct store *s, uint32_t n)
{
	return s->entry[n].marked;
}

void store_mark(struct store *s, uint32_t n, bool marked)
{
	s->entry[n].marked = marked;
}

const char *store_interface(const struct store *s, const struct packet *p)
{
	const char *name = s->interface[p->interface].name;

	return *name ? name : NULL;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	if (s->entry)
		munmap(s->entry, s->room * sizeof(*s->entry));
	free(s->interface);
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
