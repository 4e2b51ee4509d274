/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_table.c - the flows of a run: counted while it lasts, printed at its end
 *
 * The table's memory is asked for as a whole, and comes from the system page by page as it is used.
 */
#define _GNU_SOURCE
#include "ui/flow_table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "ui/flow_print.h"
#include "ui/jobs.h"
#include "ui/plural.h"

#define STORED_MEMORY ((uint64_t)1 << 30)	/* bytes: 4.9 million flows */
#define LIVE_MEMORY   ((uint64_t)64 << 20)	/* 300,000 */

/* In large pages a look-up among a million flows spares itself the way through the tables of small ones,
 * which takes as long as all else; the first thousands do not need them. What the system makes of it is
 * its own business.
 */
#define SMALL_PAGES ((size_t)1 << 20)		/* bytes */
#define LARGE_PAGE  ((size_t)2 << 20)

static void prefer_large_pages(void *from, const void *end)
{
	uintptr_t start = ((uintptr_t)from + SMALL_PAGES + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);

	if (start < (uintptr_t)end)
		madvise((uint8_t *)from + (start - (uintptr_t)from), (uintptr_t)end - start, MADV_HUGEPAGE);
}

static int map(struct flow_table *t, const struct options *o, struct error *e)
{
	uint64_t size = o->memory ? o->memory : o->read ? STORED_MEMORY : LIVE_MEMORY;

	t->size = size < FLOWS_MIN_MEMORY ? FLOWS_MIN_MEMORY : (size_t)size;
	t->memory = mmap(NULL, t->size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (t->memory == MAP_FAILED) {
		t->memory = NULL;
		return error_set(e, STATUS_USAGE, "--memory: %zu bytes: %s", t->size, error_words(errno));
	}
	return 0;
}

int flow_table_open(struct flow_table **t, const struct options *o, struct error *e)
{
	uint64_t seed[2] = { 0 };
	int rc;

	*t = calloc(1, sizeof(**t));
	if (!*t)
		return error_set(e, STATUS_USAGE, "flows: no memory for them");
	rc = map(*t, o, e);
	if (rc) {
		flow_table_close(*t);
		*t = NULL;
		return rc;
	}
	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) < 0)
		seed[0] = (uint64_t)getpid();
	proto_init();
	flows_open(&(*t)->flows, (*t)->memory, (*t)->size, seed);
	prefer_large_pages((*t)->flows.index.bucket, (*t)->flows.flow);
	prefer_large_pages((*t)->flows.flow, (uint8_t *)(*t)->memory + (*t)->size);
	return 0;
}

void flow_table_put(struct flow_table *t, const struct packet *packet, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		int64_t time = bare_time(&packet[i]);

		if (!t->begun)
			t->begin = time;
		t->begun = true;
		flows_packet(&t->flows, t->line ? &t->line->decoded : bare_decode(&t->bare, &packet[i]), time);
	}
}

/* "3412 flows, 88 evicted (80 unanswered, 8 over), 12 of 120 packets of no flow" */
static void say_sum(const struct flows *f)
{
	char why[120] = "";

	if (flows_evicted(f))
		snprintf(why, sizeof(why), " (%" PRIu64 " unanswered, %" PRIu64 " over, %" PRIu64 " in use)",
			 f->evicted[RANK_UNANSWERED], f->evicted[RANK_OVER], f->evicted[RANK_KEPT]);
	fprintf(stderr, "%" PRIu32 " flow%s, %" PRIu64 " evicted%s; %" PRIu64 " packet%s, %" PRIu64 " of no flow\n",
		f->count, plural(f->count), flows_evicted(f), why, f->packets,
		plural(f->packets), f->strangers);
}

int flow_table_print(struct flow_table *t, const struct options *o, struct error *e)
{
	int rc;

	flows_settle(&t->flows);
	rc = flow_print(&t->flows, t->begin, o, e);
	if (!rc)
		say_sum(&t->flows);
	return rc;
}

void flow_table_close(struct flow_table *t)
{
	if (t && t->memory)
		munmap(t->memory, t->size);
	free(t);
}
