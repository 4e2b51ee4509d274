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
	struct verdict *v = &s->bar.verdict;
	const char *kernel;

	if (!s->live)
		packets_say(&s->v, "Only a live capture has a capture filter; / is for what is shown");
	else if (!capture_refilters(s->live, &kernel, &v->linktype, &v->snaplen))
		packets_say(&s->v, "The filter of several interfaces cannot be changed; / is for what is shown");
	else
		bar_open(&s->bar, ASK_CAPTURE, s->capture_filter);
}

void refilter_apply(struct screen *s, const char *text)
{
	const struct verdict *v = &s->bar.verdict;
	struct filter *filter = NULL;
	const char *kernel;
	struct error e;
	int rc = 0;

	capture_refilters(s->live, &kernel, &(uint16_t){ 0 }, &(uint32_t){ 0 });
	if (*text)
		rc = filter_open(&filter, text, v->linktype, v->snaplen, &e);
	if (!rc && feed_filter(s->feed, filter, text))
		rc = error_set(&e, STATUS_INTERFACE, "the keeper does not take a filter now");
	if (filter)
		filter_close(filter);
	if (rc) {
		packets_say(&s->v, "%s", e.text);
		return;
	}
	strcpy(s->capture_filter_before, s->capture_filter);
	snprintf(s->capture_filter, sizeof(s->capture_filter), "%s", text);
	if (kernel)
		packets_say(&s->v, "Capturing %.60s, of what the kernel's filter lets through: %.80s",
			    *text ? text : "everything", kernel);
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
