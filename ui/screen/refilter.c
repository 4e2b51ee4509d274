/* SPDX-License-Identifier: BSD-2-Clause */
/* refilter.c - the capture filter is changed while packets come
 *
 * It is compiled here, and run by the keeper: see capture/tap_filter.c. What the kernel's filter leaves out, which
 * stays that of the beginning, cannot be brought back.
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

/* Does text surely let nothing through that kernel refuses: is it the same, or "kernel and ..."? Both words bind equally
 * strongly, from the left (pcap-filter(7)).
 */
static bool narrows(const char *text, const char *kernel)
{
	size_t n = strlen(kernel);
	const char *rest = text + n;

	if (strncmp(text, kernel, n) != 0)
		return false;
	return !*rest || (strncmp(rest, " and ", 5) == 0 && !strstr(rest, " or ") && !strstr(rest, "||"));
}

const char *refilter_of(const struct screen *s)
{
	struct refilter r = { .kernel = NULL };

	if (s->live)
		capture_refilters(s->live, &r);
	return r.kernel && !narrows(s->capture_filter, r.kernel) ? r.kernel : NULL;
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
	if (refilter_of(s))	/* which the line of filters has */
		packets_say(&s->v, "Only of what the first filter lets through: for more, quit and start anew");
	else
		packets_say(&s->v, "Capturing %.150s from now on", *text ? text : "everything");
}

void refilter_settle(struct screen *s)
{
	if (!s->ledger || s->ledger->refused == s->refused)
		return;
	s->refused = s->ledger->refused;
	strcpy(s->capture_filter, s->capture_filter_before);
	packets_say(&s->v, "The capture filter stays as it was: it was changed too often for the file to tell");
}
