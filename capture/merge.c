/* SPDX-License-Identifier: BSD-2-Clause */
/* merge.c - packets of several stored files, in the order of their times
 *
 * How it works: the time of each file's first packet is looked up, and the file is closed again until that packet's
 * turn comes: of the files of a ring one is open at a time. A heap has the files by the time of their next packet.
 * Packets are lent as their readers lend them, so a batch ends where a file has to be read on.
 */
#define _GNU_SOURCE
#include "capture/merge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "capture/folder.h"
#include "capture/merge_names.h"
#include "capture/reader_kind.h"

#define PARTS_MAX 65536

/* A file. */
struct part {
	char *path;
	uint32_t group;			/* which of the paths that were named it comes from */
	uint32_t order;			/* where times are the same */
	struct reader *reader;		/* NULL: not open now */
	struct batch *batch;		/* what it lent last */
	uint32_t next;			/* in it */
	int64_t sec;			/* time of the next packet */
	uint64_t nsec;
	uint64_t size, position;	/* bytes */
	bool due;			/* it has packets */
	bool again;			/* it can be opened when its turn comes */
	dev_t device;
	ino_t inode;
	struct merge_map map;
};

struct merge {
	struct reader_options options;
	struct part *part;
	uint32_t parts, room;
	struct part **heap;
	uint32_t waiting;		/* in the heap */
	struct part *drained;		/* all of its batch is lent; NULL: none is so */
	struct merge_names names;
	struct error damage;		/* the first */
	bool damaged;
};

static bool before(const struct part *a, const struct part *b)
{
	if (a->sec != b->sec)
		return a->sec < b->sec;
	return a->nsec != b->nsec ? a->nsec < b->nsec : a->order < b->order;
}

static void sift_down(struct merge *m)
{
	uint32_t at = 0, child;
	struct part *p = m->heap[0];

	for (; (child = 2 * at + 1) < m->waiting; at = child) {
		if (child + 1 < m->waiting && before(m->heap[child + 1], m->heap[child]))
			child++;
		if (!before(m->heap[child], p))
			break;
		m->heap[at] = m->heap[child];
	}
	m->heap[at] = p;
}

static void push(struct merge *m, struct part *p)
{
	uint32_t at = m->waiting++;

	for (; at > 0 && before(p, m->heap[(at - 1) / 2]); at = (at - 1) / 2)
		m->heap[at] = m->heap[(at - 1) / 2];
	m->heap[at] = p;
}

static void pop(struct merge *m)
{
	m->heap[0] = m->heap[--m->waiting];
	if (m->waiting > 0)
		sift_down(m);
}

static void part_close(struct part *p)
{
	if (p->reader) {
		p->position = reader_position(p->reader);
		reader_close(p->reader);
	}
	p->reader = NULL;
	free(p->batch);
	p->batch = NULL;
	merge_map_clear(&p->map);
}

/* The first is told at the end, others at once. */
static void take_damage(struct merge *m, const struct error *e)
{
	if (!m->damaged)
		m->damage = *e;
	else if (m->options.say)
		m->options.say(e->text);
	m->damaged = true;
}

/* A packet without a time stays behind the one before it. */
static void set_time(struct part *p)
{
	const struct packet *next = &p->batch->packet[p->next];

	if (next->flags & PACKET_TIMELESS)
		return;
	p->sec = next->sec;
	p->nsec = next->nsec;
}

/* Read on. False: the file has no more packets, and is closed. */
static bool read_on(struct merge *m, struct part *p)
{
	struct error e;
	int n = reader_next(p->reader, p->batch, &e);

	p->next = 0;
	if (n > 0) {
		set_time(p);
		return true;
	}
	if (n < 0)
		take_damage(m, &e);
	part_close(p);
	return false;
}

/* Returns as reader_open_with(). */
static int part_open(struct merge *m, struct part *p, struct error *e)
{
	struct reader_options o = { .salvage = m->options.salvage };
	int rc = reader_open_with(&p->reader, p->path, &o, e);

	p->batch = rc ? NULL : malloc(sizeof(*p->batch));
	if (rc || p->batch)
		return rc;
	part_close(p);
	return error_set(e, STATUS_INPUT, "%s: %s", p->path, error_words(ENOMEM));
}

/* The turn of the heap's first part has come: open it, where it is not. False: it has no packets any more. */
static bool begin(struct merge *m, struct part *p)
{
	struct error e;

	if (p->reader)
		return true;
	if (part_open(m, p, &e) == 0)
		return read_on(m, p);
	take_damage(m, &e);
	return false;
}

static int lend(struct merge *m, struct part *p, struct batch *b, struct error *e)
{
	struct packet *to = &b->packet[b->count];

	*to = p->batch->packet[p->next++];
	if (!merge_map(&m->names, &p->map, p->reader, p->group, p->path, to))
		return error_set(e, STATUS_INPUT, "%s: too many interfaces, or no memory for them", p->path);
	b->count++;
	return 0;
}

static int next(void *self, struct batch *b, struct error *e)
{
	struct merge *m = self;
	int rc = 0;

	b->count = 0;
	if (m->drained && read_on(m, m->drained))
		push(m, m->drained);
	m->drained = NULL;
	while (!rc && !m->drained && m->waiting > 0 && b->count < BATCH_MAX) {
		struct part *p = m->heap[0];

		if (!begin(m, p)) {
			pop(m);
			continue;
		}
		rc = lend(m, p, b, e);
		if (p->next == p->batch->count) {
			m->drained = p;
			pop(m);
		} else {
			set_time(p);
			sift_down(m);
		}
	}
	if (rc || b->count > 0 || !m->damaged)
		return rc ? rc : (int)b->count;
	*e = m->damage;
	return -STATUS_INPUT;
}

static const char *interface(const void *self, const struct packet *p)
{
	const struct merge *m = self;

	return m->names.sources.source[p->interface].name;
}

static uint64_t position(const void *self)
{
	const struct merge *m = self;
	uint64_t sum = 0;

	for (uint32_t i = 0; i < m->parts; i++)
		sum += m->part[i].reader ? reader_position(m->part[i].reader) : m->part[i].position;
	return sum;
}

static bool reads(const void *self, const struct stat *st)
{
	const struct merge *m = self;

	for (uint32_t i = 0; i < m->parts; i++)
		if (m->part[i].inode == st->st_ino && m->part[i].device == st->st_dev)
			return true;
	return false;
}

static void merge_close(void *self)
{
	struct merge *m = self;

	for (uint32_t i = 0; i < m->parts; i++) {
		part_close(&m->part[i]);
		free(m->part[i].path);
	}
	merge_names_free(&m->names);
	free(m->part);
	free(m->heap);
	free(m);
}

static const struct reader_kind kind = {
	.next = next,
	.interface = interface,
	.position = position,
	.reads = reads,
	.close = merge_close,
};

static struct part *add(struct merge *m, const char *path, uint32_t group)
{
	uint32_t room = m->room ? m->room * 2 : 16;
	struct part *more = m->parts == m->room ? realloc(m->part, room * sizeof(*more)) : m->part;

	if (!more)
		return NULL;
	m->part = more;
	m->room = m->parts == m->room ? room : m->room;
	if (m->parts == PARTS_MAX)
		return NULL;
	m->part[m->parts] = (struct part){ .path = strdup(path), .group = group, .order = m->parts };
	return m->part[m->parts].path ? &m->part[m->parts++] : NULL;
}

/* Of a link, what it points to may be closed to a process that has been confined meanwhile. */
static bool can_open_again(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* What is known of the file before its turn; facts are those of all so far. */
static void look_at(struct part *p, struct reader_facts *facts)
{
	struct stat st;

	if (fstat(reader_descriptor(p->reader), &st) == 0) {
		p->device = st.st_dev;
		p->inode = st.st_ino;
		p->again = can_open_again(p->path);
		p->size = p->again ? (uint64_t)st.st_size : 0;
	}
	if (p->order == 0)
		facts->linktype = reader_linktype(p->reader);
	if (reader_snaplen(p->reader) > facts->snaplen)
		facts->snaplen = reader_snaplen(p->reader);
	facts->nano |= reader_nano(p->reader);
	facts->size += p->size;
}

/* Learn when p begins. A file is closed again, as others may follow by the thousand; what cannot be read twice is
 * not. Returns 0, or as reader_open_with().
 */
static int peek(struct merge *m, struct part *p, struct reader_facts *facts, struct error *e)
{
	int rc = part_open(m, p, e);

	if (rc)
		return rc;
	look_at(p, facts);
	p->due = read_on(m, p);
	if (p->due && p->again)
		part_close(p);
	p->position = 0;
	return 0;
}

/* All captures of a folder: what else is there is told. */
static int add_folder(struct merge *m, const char *path, uint32_t group, struct reader_facts *facts, struct error *e)
{
	char **list;
	int n = folder_list(path, &list, e), rc = n < 0 ? n : 0;
	uint32_t before_it = m->parts;

	for (int i = 0; !rc && i < n; i++) {
		struct part *p = add(m, list[i], group);
		struct error why;

		if (!p) {
			rc = error_set(e, STATUS_USAGE, "%s: more than %u files, or no memory", path, PARTS_MAX);
		} else if (peek(m, p, facts, &why)) {
			char text[sizeof(why.text) + 20];

			snprintf(text, sizeof(text), "%s (passed over)", why.text);
			if (m->options.say)
				m->options.say(text);
			free(m->part[--m->parts].path);
		}
	}
	if (n >= 0)
		folder_free(list, n);
	if (!rc && m->parts == before_it)
		return error_set(e, STATUS_INPUT, "%s: is a folder without captures", path);
	return rc;
}

static int add_path(struct merge *m, const char *path, uint32_t group, struct reader_facts *facts, struct error *e)
{
	struct part *p;

	if (folder_is(path))
		return add_folder(m, path, group, facts, e);
	p = add(m, path, group);
	if (!p)
		return error_set(e, STATUS_USAGE, "%s: more than %u files, or no memory", path, PARTS_MAX);
	return peek(m, p, facts, e);
}

static int gather(struct merge *m, const char *const *paths, uint32_t n, struct reader_facts *facts, struct error *e)
{
	int rc = 0;

	for (uint32_t i = 0; !rc && i < n; i++)
		rc = add_path(m, paths[i], i, facts, e);
	if (rc)
		return rc;
	m->heap = calloc(m->parts, sizeof(*m->heap));
	if (!m->heap)
		return error_set(e, STATUS_USAGE, "%s: %s", paths[0], error_words(ENOMEM));
	for (uint32_t i = 0; i < m->parts; i++)
		if (m->part[i].due)
			push(m, &m->part[i]);
	return 0;
}

int merge_open(struct reader **r, const char *const *paths, uint32_t n, const struct reader_options *o, struct error *e)
{
	struct reader_facts facts = { 0 };
	struct merge *m;
	int rc;

	if (n == 1 && !folder_is(paths[0]))
		return reader_open_with(r, paths[0], o, e);
	if (o->follow)
		return error_set(e, STATUS_USAGE, "--follow: one file is followed, and no folder");
	m = calloc(1, sizeof(*m));
	if (!m)
		return error_set(e, STATUS_USAGE, "%s: %s", paths[0], error_words(ENOMEM));
	m->options = *o;
	m->names.sources.comment = o->comment;
	rc = gather(m, paths, n, &facts, e);
	if (!rc) {
		facts.sources = &m->names.sources;
		*r = reader_make(&kind, m, &facts);
		if (!*r)
			rc = error_set(e, STATUS_USAGE, "%s: %s", paths[0], error_words(ENOMEM));
	}
	if (rc)
		merge_close(m);
	return rc;
}
