/* SPDX-License-Identifier: BSD-2-Clause */
/* follows.c - the flow whose ends are listened to
 *
 * How it works: the table of flows counts a packet first, and tells then of which flow it is. Where all of a flow's
 * packets were gone through, as many as were counted, the rest of a file is not looked at.
 */
#define _GNU_SOURCE
#include "ui/screen/follows.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/create.h"
#include "ui/screen/move.h"
#include "ui/screen/put.h"

static void hear(void *context, const struct follow_piece *p)
{
	struct follows *f = context;

	speech_add(&f->speech, p, p->from == flow_client(&f->flow));
}

static void forget(struct follows *f)
{
	following_close(&f->following);
	pass_close(&f->pass);
	speech_free(&f->speech);
	f->following = (struct following){ 0 };
	f->flow = (struct flow){ 0 };
	f->top = f->match = (struct speech_spot){ 0 };
	f->match_bytes = 0;
	f->at_end = f->complete = false;
}

bool follows_open(struct follows *f, struct flowlist *l, const struct options *o, const struct flow *flow, uint32_t packet)
{
	forget(f);
	f->packet = packet;
	if (!pass_open(&f->pass) || !following_open(&f->following, o, &l->table->flows, hear, f)) {
		forget(f);
		return false;
	}
	if (flow) {
		f->flow = *flow;
		f->following.wanted = flow->id;
		f->pass.next = (uint32_t)flow->begin - 1;
	}
	return true;
}

/* Its counts as they are now, if it is still in the table. */
static bool look_up(struct follows *f, const struct flows *t, uint32_t id)
{
	const struct flow *flow = NULL;

	while ((flow = flows_next(t, flow)) != NULL && flow->id != id)
		;
	if (flow)
		f->flow = *flow;
	return flow;
}

/* The packet that was selected has been counted: follow its flow from its begin on. */
static void begin(struct follows *f, const struct flowlist *l, const struct store *store)
{
	const struct flows *t = &l->table->flows;
	struct packet p;
	uint32_t id = 0;

	if (store_first(store) < f->packet) {
		store_packet(store, &f->pass.window, f->packet - 1, &p);
		id = following_find(&f->following, &p);
	}
	f->packet = 0;
	f->complete = !id || !look_up(f, t, id);
	if (f->complete)
		return;
	f->following.wanted = id;
	f->pass.next = (uint32_t)f->flow.begin - 1;
}

static void put(void *context, const struct packet *p)
{
	following_put(context, p);
}

bool follows_extend(struct follows *f, const struct flowlist *l, const struct store *store)
{
	uint32_t counted = (uint32_t)l->table->flows.number;
	bool more;

	if (f->complete || !f->following.follow)
		return false;
	if (f->packet && counted < f->packet)
		return true;
	if (f->packet)
		begin(f, l, store);
	if (f->complete)
		return false;
	more = pass_extend_to(&f->pass, store, counted, put, &f->following);
	f->complete = f->speech.full;
	if (f->complete)
		return false;
	if (store_is_live(store) || !pass_is_done(&l->pass, store))
		return more || f->pass.next < store_count(store);
	if (f->following.packets == 0 || f->following.packets >= f->flow.packets[0] + f->flow.packets[1])
		look_up(f, &l->table->flows, f->flow.id);
	if (!more || f->following.packets >= f->flow.packets[0] + f->flow.packets[1]) {
		following_finish(&f->following);
		f->complete = true;
	}
	return !f->complete;
}

uint32_t follows_progress(const struct follows *f, const struct flowlist *l, const struct store *store)
{
	if (f->complete)
		return 100;
	return f->packet ? pass_progress(&l->pass, store) : pass_progress(&f->pass, store);
}

void follows_sum(const struct follows *f, char *text, size_t size)
{
	const struct speech *speech = &f->speech;
	char client[24], server[24], gaps[40] = "";

	short_number(client, sizeof(client), speech->said[true], "B");
	short_number(server, sizeof(server), speech->said[false], "B");
	if (speech->gaps)
		snprintf(gaps, sizeof(gaps), "  missing %" PRIu64 " B", speech->gaps);
	snprintf(text, size, "  %s >  %s <%s%s ", client, server, gaps,
		 speech->full ? "  only the first 16 MiB are shown" : "");
}

bool follows_move(struct follows *f, enum action action)
{
	int64_t by = move_distance(action, f->page);
	const struct speech *s = &f->speech;

	if (by == 0)
		return false;
	if (s->turns == 0)
		return true;
	f->at_end = by == MOVE_FAR;
	if (by == -MOVE_FAR)
		speech_first(s, &f->form, &f->top);
	for (int64_t i = 0; i < by && by != MOVE_FAR; i++)
		if (!speech_next(s, &f->form, &f->top))
			break;
	for (int64_t i = 0; i < -by && by != -MOVE_FAR; i++)
		if (!speech_previous(s, &f->form, &f->top))
			break;
	return true;
}

void follows_reform(struct follows *f)
{
	const struct speech *s = &f->speech;
	struct speech_spot at = f->top;

	if (s->turns == 0)
		return;
	if (f->form.from && (f->form.from == FROM_CLIENT) != s->turn[at.turn].client) {
		at.at = 0;
		if (!speech_previous(s, &f->form, &at) && !speech_first(s, &f->form, &at))
			return;
	}
	f->top = speech_row_of(s, &f->form, at);
}

bool follows_find(struct follows *f, bool backwards)
{
	struct slice needle = { f->find.bytes, f->find.count, f->find.count };
	struct speech_spot at = f->match_bytes ? f->match : (struct speech_spot){ f->top.turn, f->top.at + (backwards ? 0 : UINT32_MAX) };

	if (f->speech.turns == 0 || !speech_find(&f->speech, &f->form, &at, needle, !f->find.hex, backwards))
		return false;
	f->match = at;
	f->match_bytes = f->find.count;
	f->top = speech_row_of(&f->speech, &f->form, at);
	f->at_end = false;
	return true;
}

static bool write_all(int fd, struct slice s)
{
	while (s.cap > 0) {
		ssize_t n = write(fd, s.ptr, s.cap);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			s = slice_skip(s, (uint32_t)n);
	}
	return true;
}

int64_t follows_save(const struct follows *f, const char *path, struct error *e)
{
	int fd = create_file(AT_FDCWD, path, e);
	int64_t sum = 0;
	bool good = true;

	if (fd < 0)
		return fd;
	for (uint32_t i = 0; good && i < f->speech.turns; i++) {
		if (f->form.from && (f->form.from == FROM_CLIENT) != f->speech.turn[i].client)
			continue;
		good = write_all(fd, speech_bytes(&f->speech, (struct speech_spot){ i, 0 }));
		sum += f->speech.turn[i].length;
	}
	if (close(fd) || !good)
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(errno));
	return sum;
}

void follows_close(struct follows *f)
{
	forget(f);
	find_close(&f->find);
}
