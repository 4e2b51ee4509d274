/* SPDX-License-Identifier: BSD-2-Clause */
/* tap.c - the interfaces of a live capture: each with its socket, filter, rules and counters */
#define _GNU_SOURCE
#include "capture/tap.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/newcomers.h"
#include "capture/netns.h"
#include "capture/nic.h"

#define LINK_HEADER_MAX 128	/* bytes */
#define BUFFER_DEFAULT (32u << 20)	/* bytes of all rings, where there are several */
#define TIMEOUT_SEVERAL 10	/* ms: frames wait in the ring for those of others twice as long */
#define CARDS_MAX 64		/* are asked: descriptors are scarce, see confine.h */
#define SPARE_BUFFER (2u << 20)	/* bytes */

static bool mute;		/* the first of several workers says the same */

void tap_say(const char *name, const char *format, ...)
{
	char text[400];
	va_list args;

	if (mute)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	error_say("%s: %s", name, text);
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

/* The user's expression for frames of a link type: compiled once. *filter is NULL where there is none. Of "any", an
 * expression that has no meaning for a link type lets none of its frames through.
 */
static int filter_for(struct taps *t, uint16_t linktype, uint32_t snaplen, struct filter **filter, struct error *e)
{
	static const struct sock_filter refuse = { .code = BPF_RET | BPF_K };
	struct tap_filters *all = &t->filters;
	const char *text = t->options->filter;
	int ret;

	*filter = NULL;
	if (!text || !*text)
		return 0;
	for (uint32_t n = 0; n < all->count; n++) {
		if (all->of[n].linktype == linktype) {
			*filter = all->of[n].filter;
			return 0;
		}
	}
	if (all->count == FILTER_LINKTYPES)
		return error_set(e, STATUS_USAGE, "interfaces of more than %u link types", FILTER_LINKTYPES);
	ret = filter_open(filter, text, linktype, snaplen, e);
	all->of[all->count].refuses = ret && t->any && linktype != LINKTYPE_ETHERNET;
	if (all->of[all->count].refuses)
		ret = filter_open_program(filter, &refuse, 1, linktype, e);
	if (ret)
		return ret;
	all->of[all->count].linktype = linktype;
	all->of[all->count++].filter = *filter;
	return 0;
}

/* What of its frames is captured; the filter is compiled for the link type that they have then. */
static int set_rules(struct taps *t, struct tap *tap, struct error *e)
{
	const struct capture_options *o = t->options;

	tap->rules = (struct rules){
		.linktype = is_cooked(t, tap->interface) ? LINKTYPE_LINUX_SLL2 : tap->interface->linktype,
		.snaplen = o->snaplen && o->snaplen < SNAPLEN_MAX ? o->snaplen : SNAPLEN_MAX,
		.direction = o->direction,
		.cook = t->any && is_cooked(t, tap->interface),
		.sized = t->any && t->engine.sized,
		.stamped = o->stamp != STAMP_HOST,
		.room = t->room,
	};
	return filter_for(t, tap->rules.linktype, tap->rules.snaplen, &tap->rules.filter, e);
}

bool taps_refilter(const struct taps *t)
{
	return t->options->screen && !t->options->follow && !t->any;
}

/* So many bytes of a frame does the kernel show: the filter sees what lies behind the snap length too, and a link header
 * that is cut off may be longer than the one that replaces it.
 */
static uint32_t shown(const struct taps *t, const struct tap *tap, const struct filter *filter)
{
	uint32_t reach = filter ? filter_reach(filter) : 0;
	uint32_t len = reach > tap->rules.snaplen ? reach : tap->rules.snaplen;

	return is_cooked(t, tap->interface) || t->any ? len + LINK_HEADER_MAX : len;
}

/* It sees a cooked frame with its true link header, for which the user's expression was not compiled. */
struct kernel_filter *taps_program(const struct taps *t, const struct tap *tap, const struct filter *filter)
{
	struct kernel_filter *program = malloc(sizeof(*program));
	bool cooked = is_cooked(t, tap->interface);

	if (program)
		filter_kernel(cooked ? NULL : filter, t->options->direction, shown(t, tap, filter), program);
	return program;
}

static int open_engine(struct taps *t, struct tap *tap, struct engine *engine, uint64_t buffer, struct error *e)
{
	const struct capture_options *o = t->options;
	struct filter *filter = tap->rules.filter;
	struct engine_options options = {
		.cooked = is_cooked(t, tap->interface),		/* never of "any": see open_any() */
		.open = taps_refilter(t),
		.sized = !o->no_segments,
		.ring = !o->no_ring && !o->immediate,
		.snaplen = taps_refilter(t) ? SNAPLEN_MAX : shown(t, tap, filter),
		.buffer = buffer,
		.timeout_ms = t->timeout_ms,
		.stamp = o->stamp,
		.fanout = o->worker ? &o->worker->fanout : NULL,
	};
	struct kernel_filter *program = taps_program(t, tap, filter);
	int ret;

	if (!program)
		return error_set(e, STATUS_INTERFACE, "out of memory");
	if (filter || o->direction != DIRECTION_BOTH || tap->rules.snaplen < SNAPLEN_MAX)
		options.filter = &program->fprog;
	ret = engine_open(engine, tap->interface, &options, e);
	free(program);
	return ret;
}

static int open_part(struct taps *t, struct tap *tap, struct engine **part, uint64_t buffer, struct error *e)
{
	int ret;

	*part = calloc(1, sizeof(**part));
	if (!*part)
		return error_set(e, STATUS_INTERFACE, "out of memory");
	ret = open_engine(t, tap, *part, buffer, e);
	if (ret)
		free(*part);
	return ret;
}

/* From here on t owns part. */
static int take_part(struct taps *t, struct engine *part, struct error *e)
{
	int ret = bundle_add(&t->engine, part, e);

	if (ret) {
		engine_close(part);
		free(part);
	}
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

static void warn_of_refusal(const struct taps *t, const struct tap *tap)
{
	for (uint32_t n = 0; n < t->filters.count; n++)
		if (t->filters.of[n].refuses && t->filters.of[n].linktype == tap->rules.linktype)
			tap_say(tap->interface->name, "the filter has no meaning for link type %s: nothing of it is captured",
				linktype_name(tap->rules.linktype));
}

/* Make what is known of i ready at the place that it is to have. */
int taps_describe(struct taps *t, const struct interface *i, struct error *e)
{
	struct tap *tap = &t->tap[t->count];
	int ret;

	if (t->count == TAPS_MAX)
		return error_set(e, STATUS_INTERFACE, "%s: more than %u interfaces", i->name, TAPS_MAX);
	*tap = (struct tap){ .interface = &t->interface[t->count], .source = t->count, .card = -1 };
	*tap->interface = *i;
	ret = set_rules(t, tap, e);
	warn_of_refusal(t, tap);
	return ret ? ret : check_format(t, tap, e);
}

/* Of one that joins nothing can be opened any more; and /sys is about our own namespace. */
static void look_at_card(struct taps *t, struct tap *tap)
{
	if (t->options->netns || tap->interface->index == 0 || t->count >= CARDS_MAX)
		return;
	nic_alias(tap->interface->name, tap->alias, sizeof(tap->alias));
	tap->card = nic_open_missed(tap->interface->name);
	tap->missed = nic_missed(tap->card);
}

/* Its engine is there: it counts. */
void taps_include(struct taps *t)
{
	struct tap *tap = &t->tap[t->count];

	if (t->options->stamp != STAMP_HOST)
		tap_say(tap->interface->name, "times are of the adapter's own clock, which may not agree with the host's");
	t->source[t->count] = (struct source){
		.name = tap->interface->name,
		.description = *tap->alias ? tap->alias : NULL,
		.comment = t->options->stamp != STAMP_HOST ? "times are of the adapter's own clock (adapter_unsynced)" : NULL,
		.filter = t->options->filter,
		.mac = tap->interface->has_mac ? tap->interface->mac : NULL,
		.snaplen = tap->rules.snaplen,
		.linktype = tap->rules.linktype,
		.missed = SOURCE_UNKNOWN,
		.began = clock_now(CLOCK_REALTIME),
	};
	t->sources.count = ++t->count;
}

/* Open an interface more, with so many bytes of ring; 0: the default. */
static int add(struct taps *t, const struct interface *i, uint64_t buffer, struct error *e)
{
	struct tap *tap = &t->tap[t->count];
	struct engine *part;
	int ret = taps_describe(t, i, e);

	if (ret)
		return ret;
	if (is_cooked(t, i) && !t->options->cooked && i->index)
		tap_say(i->name, "frames of hardware type %u are captured without link headers, as %s", i->hardware,
			linktype_name(LINKTYPE_LINUX_SLL2));
	if (!t->engine.bundle) {
		ret = open_engine(t, tap, &t->engine, buffer, e);
	} else {
		ret = open_part(t, tap, &part, buffer, e);
		if (!ret)
			ret = take_part(t, part, e);
	}
	if (ret)
		return ret;
	look_at_card(t, tap);
	tap->rules.sized = engine_part(&t->engine, t->count)->sized;
	taps_include(t);
	return 0;
}

int taps_add(struct taps *t, const struct interface *i, struct error *e)
{
	struct engine *part;
	int ret = taps_describe(t, i, e);

	if (ret)
		return ret;
	if (is_cooked(t, i) != t->options->cooked)
		return error_set(e, STATUS_INTERFACE, "its frames need to be cooked (hardware type %u)", i->hardware);
	if (t->spares == 0)
		return error_set(e, STATUS_INTERFACE, "%u have joined, there is no room for more", SPARES);
	part = t->spare[--t->spares];
	part->interface = *i;
	ret = take_part(t, part, e);
	if (ret)
		return ret;
	t->tap[t->count].rules.sized = part->sized;
	taps_include(t);
	ret = engine_bind(part, !t->options->no_promiscuous, e);
	if (ret)
		taps_end(t, t->count - 1);
	return ret;
}

/* Sockets and filters for interfaces that join: neither can be made when the keeper has given up what it had. */
static int open_spares(struct taps *t, struct error *e)
{
	struct interface none = { .name = "to come", .linktype = LINKTYPE_ETHERNET };
	struct tap tap = { .interface = &none };
	struct filter *raw;
	struct error ignored;
	int ret = set_rules(t, &tap, e);

	filter_for(t, LINKTYPE_RAW, tap.rules.snaplen, &raw, &ignored);
	while (!ret && t->spares < SPARES) {
		ret = open_part(t, &tap, &t->spare[t->spares], SPARE_BUFFER, e);
		t->spares += !ret;
	}
	return ret;
}

static int open_all(struct taps *t, const struct interface *list, uint32_t n, struct error *e)
{
	const struct capture_options *o = t->options;
	bool several = is_several(o);
	uint64_t buffer = o->buffer || !(several || o->worker) ? o->buffer : BUFFER_DEFAULT;
	uint32_t rings = n * (o->worker ? o->worker->of : 1);
	int ret = several ? bundle_open(&t->engine, o->no_ring || o->immediate ? 0 : t->timeout_ms, e) : 0;

	for (uint32_t i = 0; !ret && i < n; i++)
		ret = add(t, &list[i], rings > 1 ? buffer / rings : buffer, e);
	return ret;
}

/* One engine for all; its filter judges the frames of most. What those that come to be may need is compiled before. */
static int open_any(struct taps *t, const struct interface *list, uint32_t n, struct error *e)
{
	struct interface every = { .name = "any", .linktype = LINKTYPE_ETHERNET };
	struct tap tap = { .interface = &every };
	struct filter *filter;
	int ret = set_rules(t, &tap, e);

	if (!ret)
		ret = filter_for(t, LINKTYPE_RAW, tap.rules.snaplen, &filter, e);
	if (!ret)
		ret = filter_for(t, LINKTYPE_LINUX_SLL2, tap.rules.snaplen, &filter, e);
	if (!ret)
		ret = open_engine(t, &tap, &t->engine, t->options->buffer, e);
	for (uint32_t i = 0; !ret && i < n; i++) {
		ret = taps_describe(t, &list[i], e);
		if (ret)
			break;
		look_at_card(t, &t->tap[i]);
		taps_include(t);
	}
	return ret;
}

/* Returns how many there are, or as taps_open(). */
static int find_and_open(struct taps *t, struct interface *list, struct error *e)
{
	const struct capture_options *o = t->options;
	static const char *const all[] = { "*" };
	int ret = o->follow ? newcomers_open(&t->links, e) : 0;
	int n = ret ? ret : t->any ? interface_find_all(list, TAPS_MAX / 2, all, 1, true, e) :
		interface_find_all(list, TAPS_MAX, o->interface, o->interfaces, o->follow, e);

	ret = n < 0 ? n : t->any ? open_any(t, list, (uint32_t)n, e) : open_all(t, list, (uint32_t)n, e);
	if (!ret && o->follow)
		ret = open_spares(t, e);
	return ret ? ret : n;
}

int taps_open(struct taps *t, const struct capture_options *o, uint64_t *room, struct error *e)
{
	struct interface *list = calloc(TAPS_MAX, sizeof(*list));
	struct error ignored;
	struct netns netns;
	int n;

	mute = o->worker && o->worker->number > 1;
	t->options = o;
	t->any = taps_are_any(o);
	t->room = room;
	t->timeout_ms = o->timeout_ms ? o->timeout_ms : !o->write_path ? 1 : is_several(o) ? TIMEOUT_SEVERAL : 100;
	t->sources = (struct sources){ .source = t->source, .comment = o->comment };
	t->interface = mmap(NULL, TAPS_MAX * sizeof(*t->interface), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			    -1, 0);
	if (!list || t->interface == MAP_FAILED) {
		t->interface = NULL;
		free(list);
		return error_set(e, STATUS_INTERFACE, "out of memory");
	}
	n = netns_open(&netns, o->netns, e);
	if (!n)
		n = netns_enter(&netns, e);
	if (!n) {
		n = find_and_open(t, list, e);
		if (netns_leave(&netns, n < 0 ? &ignored : e) && n >= 0)
			n = -STATUS_INTERFACE;
	}
	netns_close(&netns);
	if (t->any || n == 1)
		snprintf(t->name, sizeof(t->name), "%s", t->any ? "any" : t->interface[0].name);
	else if (n >= 0)
		snprintf(t->name, sizeof(t->name), "%d interfaces", n);
	free(list);
	return n < 0 ? n : 0;
}

int taps_bind(struct taps *t, struct error *e)
{
	int ret = 0;

	for (uint32_t n = 0; !ret && n < (t->any ? 1 : t->count); n++)
		ret = engine_bind(engine_part(&t->engine, n), !t->options->no_promiscuous, e);
	return ret;
}

void taps_close(struct taps *t)
{
	if (t->engine.ops)
		engine_close(&t->engine);
	while (t->spares > 0) {
		engine_close(t->spare[--t->spares]);
		free(t->spare[t->spares]);
	}
	for (uint32_t n = 0; n < t->filters.count; n++)
		filter_close(t->filters.of[n].filter);
	for (uint32_t n = 0; n < TAPS_MAX; n++)
		free(t->text[n]);
	for (uint32_t n = 0; n < t->count; n++)
		if (t->tap[n].card >= 0)
			close(t->tap[n].card);
	if (t->links >= 0)
		close(t->links);
	if (t->interface)
		munmap(t->interface, TAPS_MAX * sizeof(*t->interface));
}
