/* SPDX-License-Identifier: BSD-2-Clause */
/* tap_filter.c - the capture filter is changed while packets come
 *
 * How it works: the viewer, which may do so, compiles a program for each link type that there is. Each is checked before
 * it runs. The kernel gets a superset of it, as at the beginning, and then the one in user space, which decides, is
 * replaced. A pcapng file tells the filter of each interface: from here on packets are of one more, of the same name.
 * Where interfaces may join, there is no such place for those that do.
 */
#define _GNU_SOURCE
#include "capture/tap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "capture/channel.h"

/* Open what was asked for. False where one of the programs could do harm. */
static bool open_filters(struct tap_filters *all, const struct new_filter *asked)
{
	const struct sock_filter *insn = asked->insn;
	struct error ignored;

	for (; all->count < asked->programs; all->count++) {
		uint32_t n = all->count;

		all->of[n].linktype = (uint16_t)asked->program[n].linktype;
		if (filter_open_program(&all->of[n].filter, insn, asked->program[n].count, all->of[n].linktype, &ignored))
			return false;
		insn += asked->program[n].count;
	}
	return true;
}

static void close_filters(const struct tap_filters *all)
{
	for (uint32_t n = 0; n < all->count; n++)
		filter_close(all->of[n].filter);
}

/* NULL: there is none for its link type. */
static struct filter *filter_of(const struct tap_filters *all, const struct tap *tap)
{
	for (uint32_t n = 0; n < all->count; n++)
		if (all->of[n].linktype == tap->rules.linktype)
			return all->of[n].filter;
	return NULL;
}

static bool fits(const struct taps *t, const struct tap_filters *all)
{
	if (!taps_refilter(t) || t->sources.count + t->count > TAPS_MAX)
		return false;
	for (uint32_t n = 0; n < t->count; n++)
		if (all->count > 0 && !filter_of(all, &t->tap[n]))
			return false;
	return true;
}

/* Let the kernel choose for interface n by filter. Returns 0 or -errno: it chooses as before. */
static int ask_kernel(struct taps *t, uint32_t n, const struct filter *filter)
{
	struct kernel_filter *program = taps_program(t, &t->tap[n], filter);
	int ret = program ? engine_filter(engine_part(&t->engine, n), &program->fprog) : -ENOMEM;

	free(program);
	return ret;
}

/* The same for all of them: what one refuses none gets. */
static bool ask_kernel_for_all(struct taps *t, const struct tap_filters *filters)
{
	uint32_t n = 0;

	while (n < t->count && ask_kernel(t, n, filter_of(filters, &t->tap[n])) == 0)
		n++;
	if (n == t->count)
		return true;
	while (n > 0) {
		n--;
		ask_kernel(t, n, t->tap[n].rules.filter);
	}
	return false;
}

/* From here on the packets of tap are of a source more. */
static void tell(struct taps *t, struct tap *tap, const char *text)
{
	uint32_t n = t->sources.count++;
	const struct source *old = &t->source[tap->source];

	t->source[n] = *old;
	t->source[n].filter = *text ? text : NULL;
	t->source[tap->source].ledger = NULL;
	t->source[n].received = t->source[n].dropped = t->source[n].accepted = t->source[n].delivered = 0;
	t->source[n].began = old->counted_at;
	t->interface[n] = *tap->interface;
	tap->before = tap->ledger;
	tap->source = n;
}

void taps_filter(struct taps *t, const struct new_filter *asked, struct ledger *sum)
{
	struct tap_filters filters = { .count = 0 };
	char *text = NULL;

	if (open_filters(&filters, asked) && fits(t, &filters))
		text = strdup(asked->text);
	if (!text || !ask_kernel_for_all(t, &filters)) {
		free(text);
		close_filters(&filters);
		sum->refused++;
		return;
	}
	taps_count(t, sum);
	t->text[t->sources.count] = text;	/* of all of them */
	for (uint32_t n = 0; n < t->count; n++) {
		tell(t, &t->tap[n], text);
		t->tap[n].rules.filter = filter_of(&filters, &t->tap[n]);
	}
	close_filters(&t->filters);
	t->filters = filters;
}
