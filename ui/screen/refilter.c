/* SPDX-License-Identifier: BSD-2-Clause */
/* refilter.c - the capture filter is changed while packets come
 *
 * It is compiled here, and run by the kernel and the keeper: see capture/tap_filter.c.
 */
#define _GNU_SOURCE
#include "ui/screen/refilter.h"

#include <stdio.h>
#include <string.h>

#include "capture/keeper.h"

void refilter_ask(struct screen *s)
{
	if (!s->live)
		packets_say(&s->v, "Only a live capture has a capture filter; / is for what is shown");
	else if (!capture_refilters(s->live, &s->bar.verdict.capture))
		packets_say(&s->v, "Interfaces may join by the filter of the beginning, which stays; / is for what is shown");
	else
		bar_open(&s->bar, ASK_CAPTURE, s->capture_filter);
}

static int ask_keeper(struct screen *s, const char *text, struct error *e)
{
	const struct refilter *r = &s->bar.verdict.capture;
	struct filter *filter[FILTER_LINKTYPES] = { NULL };
	uint32_t n = 0;
	int rc = 0;

	while (*text && n < r->linktypes && !rc) {
		rc = filter_open(&filter[n], text, r->linktype[n], r->snaplen, e);
		n += !rc;
	}
	if (!rc && feed_filter(s->feed, filter, r->linktype, n, text))
		rc = error_set(e, STATUS_INTERFACE, "the keeper does not take a filter now, or it is too long");
	while (n > 0)
		filter_close(filter[--n]);
	return rc;
}

void refilter_apply(struct screen *s, const char *text)
{
	struct error e;

	if (ask_keeper(s, text, &e)) {
		packets_say(&s->v, "%s", e.text);
		return;
	}
	strcpy(s->capture_filter_before, s->capture_filter);
	snprintf(s->capture_filter, sizeof(s->capture_filter), "%s", text);
	packets_say(&s->v, "Capturing %.150s from now on", *text ? text : "everything");
}

void refilter_settle(struct screen *s)
{
	if (!s->ledger || s->ledger->refused == s->refused)
		return;
	s->refused = s->ledger->refused;
	strcpy(s->capture_filter, s->capture_filter_before);
	packets_say(&s->v, "The capture filter stays as it was: it was changed too often, or the kernel refuses the new one");
}
