/* SPDX-License-Identifier: BSD-2-Clause */
/* tap_filter.c - the capture filter is changed while packets come
 *
 * How it works: the program in the kernel is locked, so that nobody who takes the keeper over can open it up. The
 * program in user space, which decides, is replaced. It was compiled by the viewer, and is checked before it runs. A
 * pcapng file tells the filter of each interface: from here on packets are of one more, of the same name.
 */
#define _GNU_SOURCE
#include "capture/tap.h"

#include <stdlib.h>
#include <string.h>

#include "capture/channel.h"

/* False where the lists have no room for one more. */
static bool tell(struct taps *t, struct tap *tap, const char *text, struct ledger *sum)
{
	uint32_t n = t->sources.count;
	const struct source *old = &t->source[tap->source];
	char *copy;

	if (n == TAPS_MAX)
		return false;
	copy = strdup(text);
	if (!copy)
		return false;
	taps_count(t, sum);
	t->source[n] = *old;
	t->source[n].filter = *copy ? copy : NULL;
	t->source[n].received = t->source[n].dropped = t->source[n].accepted = t->source[n].delivered = 0;
	t->source[n].began = old->counted_at;
	t->text[n] = copy;
	t->interface[n] = *tap->interface;
	tap->before = tap->ledger;
	tap->source = n;
	t->sources.count++;
	return true;
}

void taps_filter(struct taps *t, const struct new_filter *asked, struct ledger *sum)
{
	struct tap *tap = &t->tap[0];
	struct filter *filter = NULL;
	struct error ignored;
	bool good = !t->engine.bundle && t->count == 1;

	if (good && asked->count > 0)
		good = filter_open_program(&filter, asked->insn, asked->count, tap->rules.linktype, &ignored) == 0;
	if (!good || !tell(t, tap, asked->text, sum)) {
		if (filter)
			filter_close(filter);
		sum->refused++;
		return;
	}
	if (t->filters > 0)
		filter_close(t->filter[0].filter);
	t->filter[0].filter = tap->rules.filter = filter;
	t->filter[0].linktype = tap->rules.linktype;
	t->filters = filter ? 1 : 0;
}
