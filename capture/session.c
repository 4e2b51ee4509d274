/* SPDX-License-Identifier: BSD-2-Clause */
/* session.c - open and close what a live capture consists of; its stages */
#include "capture/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/codec.h"
#include "capture/signals.h"
#include "capture/voice.h"

#define GRACE_MS 20		/* from the sender's send(2) to the socket, a busy machine */
#define LAST_BLOCK_MS 500	/* for the kernel to hand it out, the same */

void session_say(const struct capture *c, const char *format, ...)
{
	char text[400], name[sizeof(c->taps.name) + 20];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	snprintf(name, sizeof(name), c->worker ? "%s: worker %u" : "%s", c->taps.name, c->worker ? c->worker->number : 0);
	error_say("%s: %s", name, text);
}

int64_t session_now(void)
{
	return clock_now(CLOCK_MONOTONIC);
}

void session_enter(struct capture *c, enum stage stage, int64_t within_ms)
{
	c->stage = stage;
	c->stage_end = session_now() + within_ms * MS;
}

void session_drain(struct capture *c)
{
	if (c->stage >= STAGE_DRAIN)
		return;
	if (engine_silence(&c->taps.engine))
		c->until = clock_now(CLOCK_REALTIME);
	session_enter(c, STAGE_DRAIN, 2 * c->taps.timeout_ms + LAST_BLOCK_MS);
}

/* Where the socket cannot be made silent: when all that was counted is taken, or one frame that is late. A block that
 * the kernel fills is to be had when its timeout is over.
 */
bool session_is_drained(struct capture *c, bool empty)
{
	if (c->taps.engine.silent)
		return empty;
	if (c->room == 0)
		return true;
	if (!empty)
		return false;
	session_count(c);
	return ledger_waiting(&c->ledger) == 0 || session_now() >= c->stage_end;
}

void session_stop(struct capture *c)
{
	if (c->stage == STAGE_OPEN)
		session_enter(c, STAGE_GRACE, GRACE_MS);
}

void session_count(struct capture *c)
{
	taps_count(&c->taps, &c->ledger);
}

void session_count_rest(struct capture *c)
{
	uint64_t rest;

	session_count(c);
	if (c->taps.engine.silent || c->taps.engine.bundle)
		return;
	rest = ledger_waiting(&c->ledger);
	c->taps.tap[0].ledger.fate[FATE_LATE] += rest;
	c->ledger.fate[FATE_LATE] += rest;
}

static int open_writer(struct capture *c, const struct capture_options *o, struct error *e)
{
	static const struct rotate_plan one_file;
	const struct rules *rules = &c->taps.tap[0].rules;
	struct writer_options options = {
		.format = o->format,
		.nano = o->nano,
		.linktype = c->taps.count ? rules->linktype : LINKTYPE_ETHERNET,
		.snaplen = c->taps.count ? rules->snaplen : SNAPLEN_MAX,
		.sources = &c->taps.sources,
		.codec = codec_of_name(o->write_path),
		.direct = o->direct,
	};

	return rotate_open(&c->writer, o->plan ? o->plan : &one_file, &options, o->write_path, &c->hook, e);
}

static int open_all(struct capture *c, const struct capture_options *o, struct error *e)
{
	bool hooked = o->write_path && o->plan && o->plan->hook;
	int ret = hooked ? hook_open(&c->hook, o->plan->hook, o->screen, e) : 0;

	c->room = o->count ? o->count : UINT64_MAX;
	if (!ret)
		ret = session_prepare_files(c, o, e);
	if (!ret)
		ret = taps_open(&c->taps, o, &c->room, e);
	if (!ret && o->write_path)
		ret = open_writer(c, o, e);
	c->ledger.writes = c->writer != NULL;
	c->flush_every = o->direct && !o->timeout_ms ? FLUSH_DIRECT_MS * MS : 0;
	if (ret)
		return ret;
	/* From the first packet on; before, open(2) of a FIFO may be waited for and interrupted. */
	if (c->worker)
		signals_from(c->worker->channel);
	c->signals = c->worker ? c->worker->channel : signals_open(!o->stays);
	if (c->signals < 0)
		return error_set(e, STATUS_INTERFACE, "cannot wait for signals: %s",
				 error_words(-c->signals));
	c->report = (struct report){
		.every = o->report_every,
		.silent = o->report_silent,
		.metrics = o->metrics,
		.run = { c->taps.engine.bundle ? "all" : c->taps.name, &c->ledger },
	};
	c->stop_at = o->duration ? session_now() + o->duration : INT64_MAX;
	return taps_bind(&c->taps, e);
}

static int share_ledger(struct capture *c, struct error *e)
{
	void *page = mmap(NULL, sizeof(*c->shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return error_set(e, STATUS_INTERFACE, "out of memory");
	c->shared = page;
	return 0;
}

static int open_tape(struct capture *c, const struct capture_options *o, struct error *e)
{
	uint64_t bytes = o->keep_ns ? KEEP_TIMED : KEEP_DEFAULT;

	return tape_open(&c->tape, o->keep_bytes ? o->keep_bytes : bytes, o->keep_ns, e);
}

int capture_open(struct capture **c, const struct capture_options *options, struct error *e)
{
	int ret;

	*c = calloc(1, sizeof(**c));
	if (!*c)
		return error_set(e, STATUS_INTERFACE, "out of memory");
	voice_open();
	(*c)->epoll = -1;
	(*c)->tape.fd = -1;
	(*c)->places.filer = -1;
	(*c)->worker = options->worker;
	(*c)->taps.links = -1;
	(*c)->stays = options->stays;
	(*c)->names = options->names;
	(*c)->records = options->keep_bytes || options->keep_ns || options->watcher;
	(*c)->recorder.after = options->record_after;
	(*c)->trigger.text = options->trigger;
	(*c)->trigger.watcher = options->watcher;
	(*c)->trigger.context = options->watcher_context;
	(*c)->trigger.files = options->trigger_files;
	(*c)->closed = options->closed;
	(*c)->screen = options->screen;
	ret = identity_find(&(*c)->identity, options->user, e);
	if (!ret)
		ret = share_ledger(*c, e);
	if (!ret && (options->screen || (*c)->records))
		ret = open_tape(*c, options, e);
	if (!ret)
		ret = open_all(*c, options, e);
	if (ret) {
		capture_close(*c);
		*c = NULL;
	}
	return ret;
}

void capture_close(struct capture *c)
{
	struct error ignored;

	if (c->writer)
		rotate_close(c->writer, &ignored);
	hook_close(&c->hook);
	taps_close(&c->taps);
	if (c->epoll >= 0)
		close(c->epoll);
	lender_close(&c->viewer);
	lender_close(&c->watcher);
	tape_close(&c->tape);
	if (c->shared)
		munmap(c->shared, sizeof(*c->shared));
	places_close(&c->places);
	free(c);
}

const char *capture_name(const struct capture *c)
{
	return c->taps.name;
}

const struct interface *capture_interface(const struct capture *c, uint32_t n)
{
	return &c->taps.interface[n < TAPS_MAX ? n : 0];
}

uint32_t capture_interfaces(const struct capture *c)
{
	uint32_t n = 0;

	while (n < TAPS_MAX && *c->taps.interface[n].name)
		n++;
	return n;
}

bool capture_several(const struct capture *c)
{
	return taps_are_several(&c->taps);
}

static bool has_linktype(const struct refilter *r, uint16_t linktype)
{
	for (uint32_t i = 0; i < r->linktypes; i++)
		if (r->linktype[i] == linktype)
			return true;
	return false;
}

bool capture_refilters(const struct capture *c, struct refilter *r)
{
	const struct taps *t = &c->taps;

	*r = (struct refilter){ .snaplen = t->tap[0].rules.snaplen };
	for (uint32_t n = 0; n < t->count; n++) {
		uint16_t linktype = t->tap[n].rules.linktype;

		if (has_linktype(r, linktype))
			continue;
		if (r->linktypes == FILTER_LINKTYPES)
			return false;
		r->linktype[r->linktypes++] = linktype;
	}
	return taps_refilter(t);
}

const struct identity *capture_identity(const struct capture *c)
{
	return &c->identity;
}

const struct ledger *capture_ledger(const struct capture *c)
{
	return &c->ledger;
}

const struct ledger *capture_shared_ledger(const struct capture *c)
{
	return &c->shared->sum;
}

uint32_t capture_shared_ledgers(const struct capture *c, const struct ledger **each)
{
	*each = c->shared->each;
	return c->shared->count;
}
