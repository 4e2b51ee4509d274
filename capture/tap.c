/* SPDX-License-Identifier: BSD-2-Clause */
/* tap.c - the interfaces of a live capture: each with its socket, filter, rules and counters */
#define _GNU_SOURCE
#include "capture/tap.h"

#include <linux/rtnetlink.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LINK_HEADER_MAX 128	/* bytes */
#define BUFFER_DEFAULT (32u << 20)	/* bytes of all rings, where there are several */

void tap_say(const char *name, const char *format, ...)
{
	char text[400], clean[400];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	dprintf(STDERR_FILENO, "ringtail: %s: %s\n", name, error_clean(clean, sizeof(clean), text));
}

static int64_t now_of_day(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* One that other interfaces stand beside, or may. */
static bool is_several(const struct capture_options *o)
{
	return o->interfaces > 1 || o->follow || (o->interfaces == 1 && interface_is_pattern(o->interface[0]));
}

static bool is_cooked(const struct taps *t, const struct interface *i)
{
	return t->options->cooked || i->linktype == LINKTYPE_LINUX_SLL2;
}

/* What of its frames is captured; the filter is compiled for the link type that they have then. */
static int set_rules(struct taps *t, struct tap *tap, struct error *e)
{
	const struct capture_options *o = t->options;

	tap->rules = (struct rules){
		.linktype = is_cooked(t, tap->interface) ? LINKTYPE_LINUX_SLL2 : tap->interface->linktype,
		.snaplen = o->snaplen && o->snaplen < SNAPLEN_MAX ? o->snaplen : SNAPLEN_MAX,
		.direction = o->direction,
		.room = t->room,
	};
	if (is_cooked(t, tap->interface) && !o->cooked && tap->interface->index)
		tap_say(tap->interface->name, "frames of hardware type %u are captured without link headers, as %s",
			tap->interface->hardware, linktype_name(LINKTYPE_LINUX_SLL2));
	if (o->filter && *o->filter) {
		int ret = filter_open(&tap->filter, o->filter, tap->rules.linktype, tap->rules.snaplen, e);

		if (ret)
			return ret;
	}
	tap->rules.filter = tap->filter;
	return 0;
}

/* The kernel's filter sees a cooked frame with its true link header, for which the user's expression was
 * not compiled; and the header that is cut off may be longer than the one that replaces it. The filter
 * sees what lies behind the snap length too.
 */
static int open_engine(struct taps *t, struct tap *tap, struct engine *engine, uint64_t buffer, struct error *e)
{
	const struct capture_options *o = t->options;
	uint32_t reach = tap->filter ? filter_reach(tap->filter) : 0, snaplen = tap->rules.snaplen;
	uint32_t shown = reach > snaplen ? reach : snaplen;
	bool cooked = is_cooked(t, tap->interface);
	struct engine_options options = {
		.cooked = cooked,
		.ring = !o->no_ring && !o->immediate,
		.snaplen = cooked ? shown + LINK_HEADER_MAX : shown,
		.buffer = buffer,
		.timeout_ms = t->timeout_ms,
	};
	struct kernel_filter *program = malloc(sizeof(*program));
	int ret;

	if (!program)
		return error_set(e, STATUS_INTERFACE, "out of memory");
	if (tap->filter || o->direction != DIRECTION_BOTH || snaplen < SNAPLEN_MAX) {
		filter_kernel(cooked ? NULL : tap->filter, o->direction, options.snaplen, program);
		options.filter = &program->fprog;
	}
	ret = engine_open(engine, tap->interface, &options, e);
	free(program);
	return ret;
}

static int open_part(struct taps *t, struct tap *tap, uint64_t buffer, struct error *e)
{
	struct engine *part;
	int ret;

	if (!t->engine.bundle)
		return open_engine(t, tap, &t->engine, buffer, e);
	part = calloc(1, sizeof(*part));
	if (!part)
		return error_set(e, STATUS_INTERFACE, "out of memory");
	ret = open_engine(t, tap, part, buffer, e);
	if (!ret) {
		ret = bundle_add(&t->engine, part, e);
		if (ret)
			engine_close(part);
	}
	if (ret)
		free(part);
	return ret;
}

/* A pcap file has one link type. */
static int check_format(const struct taps *t, const struct tap *tap, struct error *e)
{
	const struct capture_options *o = t->options;
	const struct tap *first = &t->tap[0];

	if (!o->write_path || o->format != WRITER_PCAP || tap->rules.linktype == first->rules.linktype)
		return 0;
	return error_set(e, STATUS_USAGE, "%s: a pcap file has one link type, but %s has %s and %s %s; a .pcapng file "
			 "holds both", o->write_path, first->interface->name, linktype_name(first->rules.linktype),
			 tap->interface->name, linktype_name(tap->rules.linktype));
}

/* Open an interface more, with so many bytes of ring (0: the default); it is told of from then on. */
static int add(struct taps *t, const struct interface *i, uint64_t buffer, struct error *e)
{
	uint32_t n = t->count;
	struct tap *tap = &t->tap[n];
	int ret;

	if (n == TAPS_MAX)
		return error_set(e, STATUS_INTERFACE, "%s: more than %u interfaces", i->name, TAPS_MAX);
	*tap = (struct tap){ .interface = &t->interface[n], .source = n };
	*tap->interface = *i;
	ret = set_rules(t, tap, e);
	if (!ret)
		ret = check_format(t, tap, e);
	if (!ret)
		ret = open_part(t, tap, buffer, e);
	if (ret) {
		if (tap->filter)
			filter_close(tap->filter);
		return ret;
	}
	t->source[n] = (struct source){
		.name = tap->interface->name,
		.filter = t->options->filter,
		.mac = i->has_mac ? tap->interface->mac : NULL,
		.snaplen = tap->rules.snaplen,
		.linktype = tap->rules.linktype,
		.missed = SOURCE_UNKNOWN,
		.began = now_of_day(),
	};
	t->sources.count = t->count = n + 1;
	return 0;
}

static int open_all(struct taps *t, const struct interface *list, uint32_t n, struct error *e)
{
	const struct capture_options *o = t->options;
	bool several = is_several(o);
	uint64_t buffer = o->buffer || !several ? o->buffer : BUFFER_DEFAULT;
	int ret = several ? bundle_open(&t->engine, o->no_ring || o->immediate ? 0 : t->timeout_ms, e) : 0;

	for (uint32_t i = 0; !ret && i < n; i++)
		ret = add(t, &list[i], n > 1 ? buffer / n : buffer, e);
	return ret;
}

/* A netlink(7) socket: what is said there does not matter, that something is does. */
static int open_links(struct taps *t, struct error *e)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };

	t->links = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	if (t->links >= 0 && bind(t->links, (struct sockaddr *)&address, sizeof(address)) == 0)
		return 0;
	return error_set(e, STATUS_INTERFACE, "--follow-interfaces: cannot hear of new interfaces");
}

/* Returns how many there are, or as taps_open(). */
static int find_and_open(struct taps *t, struct interface *list, struct error *e)
{
	const struct capture_options *o = t->options;
	int n = interface_find_all(list, TAPS_MAX, o->interface, o->interfaces, o->follow, e);
	int ret = n < 0 ? n : open_all(t, list, (uint32_t)n, e);

	if (!ret && o->follow)
		ret = open_links(t, e);
	return ret ? ret : n;
}

int taps_open(struct taps *t, const struct capture_options *o, uint64_t *room, struct error *e)
{
	struct interface *list = calloc(TAPS_MAX, sizeof(*list));
	int n;

	t->links = -1;
	t->options = o;
	t->room = room;
	t->timeout_ms = o->timeout_ms ? o->timeout_ms : o->write_path ? 100 : 1;
	t->sources = (struct sources){ .source = t->source, .comment = o->comment };
	t->interface = mmap(NULL, TAPS_MAX * sizeof(*t->interface), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			    -1, 0);
	if (!list || t->interface == MAP_FAILED) {
		t->interface = NULL;
		free(list);
		return error_set(e, STATUS_INTERFACE, "out of memory");
	}
	n = netns_open(&t->netns, o->netns, e);
	if (!n)
		n = netns_enter(&t->netns, e);
	if (!n) {
		struct error ignored;

		n = find_and_open(t, list, e);
		if (netns_leave(&t->netns, n < 0 ? &ignored : e) && n >= 0)
			n = -STATUS_INTERFACE;
	}
	if (n == 1)
		snprintf(t->name, sizeof(t->name), "%s", t->interface[0].name);
	else if (n >= 0)
		snprintf(t->name, sizeof(t->name), "%d interfaces", n);
	free(list);
	return n < 0 ? n : 0;
}

int taps_bind(struct taps *t, struct error *e)
{
	int ret = 0;

	for (uint32_t n = 0; !ret && n < t->count; n++)
		ret = engine_bind(engine_part(&t->engine, n), !t->options->no_promiscuous, e);
	return ret;
}

uint64_t taps_count(struct taps *t, struct ledger *sum)
{
	int64_t now = now_of_day();
	uint64_t dropped = sum->dropped;

	for (uint32_t n = 0; n < t->count; n++) {
		struct ledger *l = &t->tap[n].ledger, was = *l;
		const struct ledger *before = &t->tap[n].before;
		struct source *s = &t->source[t->tap[n].source];

		engine_count(engine_part(&t->engine, n), l);
		t->tap[n].lost += l->dropped - was.dropped;
		sum->seen += l->seen - was.seen;
		sum->dropped += l->dropped - was.dropped;
		s->received = l->seen - before->seen;
		s->dropped = l->dropped - before->dropped;
		s->accepted = l->fate[FATE_CAPTURED] - before->fate[FATE_CAPTURED];
		s->delivered = l->written - before->written;
		s->counted_at = now;
	}
	return sum->dropped - dropped;
}

/* What came before is still handed out. */
static void end(struct taps *t, uint32_t n)
{
	t->tap[n].gone = true;
	if (t->engine.bundle)
		engine_silence(engine_part(&t->engine, n));
}

uint32_t taps_look(struct taps *t)
{
	uint32_t left = 0;

	for (uint32_t n = 0; n < t->count; n++) {
		struct tap *tap = &t->tap[n];
		enum link_state link = tap->gone ? LINK_GONE : engine_link(engine_part(&t->engine, n));

		if (tap->gone)
			continue;
		if (link == LINK_GONE) {
			end(t, n);
			if (t->engine.bundle)
				tap_say(tap->interface->name, "the interface was removed");
			continue;
		}
		left++;
		if (tap->down == (link == LINK_DOWN))
			continue;
		tap->down = link == LINK_DOWN;
		tap_say(tap->interface->name, tap->down ? "down; capturing goes on when it is up again" : "up again");
	}
	return left;
}

bool taps_are_down(const struct taps *t)
{
	for (uint32_t n = 0; n < t->count; n++)
		if (t->tap[n].down && !t->tap[n].gone)
			return true;
	return false;
}

static bool is_known(const struct taps *t, const struct interface *i)
{
	for (uint32_t n = 0; n < t->count; n++)
		if (!t->tap[n].gone && t->interface[n].index == i->index)
			return true;
	return false;
}

static void join(struct taps *t, const struct interface *i)
{
	struct error e;
	int ret = add(t, i, BUFFER_DEFAULT / 8, &e);

	if (!ret) {
		ret = engine_bind(engine_part(&t->engine, t->count - 1), !t->options->no_promiscuous, &e);
		if (ret)
			end(t, t->count - 1);
	}
	if (ret)
		tap_say(i->name, "does not join: %s", e.text);
	else
		tap_say(i->name, "joins the capture");
}

void taps_join(struct taps *t)
{
	struct interface *list;
	struct error e;
	char heard[4096];
	int n;

	if (t->links < 0)
		return;
	while (recv(t->links, heard, sizeof(heard), 0) > 0)
		;
	list = calloc(TAPS_MAX, sizeof(*list));
	if (list && netns_enter(&t->netns, &e) == 0) {
		n = interface_find_all(list, TAPS_MAX, t->options->interface, t->options->interfaces, true, &e);
		for (int i = 0; i < n; i++)
			if (!is_known(t, &list[i]))
				join(t, &list[i]);
		if (netns_leave(&t->netns, &e))
			tap_say(t->name, "%s", e.text);
	}
	free(list);
}

const char *taps_warning(const struct taps *t)
{
	for (uint32_t n = 0; n < t->count; n++) {
		const char *warning = t->tap[n].filter ? filter_warning(t->tap[n].filter) : NULL;

		if (warning)
			return warning;
	}
	return NULL;
}

void taps_close(struct taps *t)
{
	if (t->engine.ops)
		engine_close(&t->engine);
	for (uint32_t n = 0; n < t->count; n++)
		if (t->tap[n].filter)
			filter_close(t->tap[n].filter);
	for (uint32_t n = 0; n < TAPS_MAX; n++)
		free(t->text[n]);
	if (t->links >= 0)
		close(t->links);
	netns_close(&t->netns);
	if (t->interface)
		munmap(t->interface, TAPS_MAX * sizeof(*t->interface));
}
