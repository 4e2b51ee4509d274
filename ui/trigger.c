/* SPDX-License-Identifier: BSD-2-Clause */
/* trigger.c - who looks for the packets that are a reason to record
 *
 * It runs in a process of its own, beside the viewer, and reads the same tape.
 */
#define _GNU_SOURCE
#include "ui/trigger.h"

#include <poll.h>
#include <sys/resource.h>

#include "capture/clock.h"
#include "capture/tape.h"
#include "ui/confined.h"
#include "ui/display.h"
#include "ui/jobs.h"
#include "ui/tracking.h"

#define NICE 5		/* capturing and the screen come first */

struct watch {
	const struct tape *tape;
	struct feed *feed;
	struct display *display;
	uint64_t next;		/* the first packet that was not looked at */
	int64_t after;		/* ns: so long a file goes on */
	int64_t quiet_until;	/* ns of CLOCK_MONOTONIC: it does, and needs no other reason */
};

int trigger_open(struct trigger *t, const struct options *o, struct error *e)
{
	int rc;

	t->options = *o;
	rc = display_open(&t->display, "--trigger", o->recorder.trigger, e);
	return rc ? rc : display_count_flows(t->display, o, e);
}

static void tell(struct watch *w)
{
	int64_t at = clock_now(CLOCK_MONOTONIC);

	if (at < w->quiet_until)
		return;
	w->quiet_until = at + w->after;
	feed_record(w->feed, w->next);
}

static void look(struct watch *w)
{
	static uint8_t bytes[SNAPLEN_MAX];
	uint64_t count = tape_count(w->tape);

	for (; w->next < count; w->next++) {
		uint64_t first = tape_first(w->tape);
		struct packet p;

		if (w->next < first)
			w->next = first < count ? first : count - 1;
		if (tape_copy(w->tape, w->next, bytes, &p) && display_wants(w->display, &p))
			tell(w);
	}
}

int trigger_watch(void *trigger, struct feed *feed)
{
	static struct line line;
	const struct trigger *t = trigger;
	struct pollfd more = { .fd = feed_descriptor(feed), .events = POLLIN };
	struct watch w = {
		.tape = feed_tape(feed), .feed = feed, .display = t->display, .after = t->options.recorder.after,
	};
	bool over = false;
	struct error e;
	int rc;

	setpriority(PRIO_PROCESS, 0, NICE);
	rc = viewer_confine(&t->options, capture_identity(t->capture), false, &e);
	if (rc) {
		say(e.text);
		return -rc;
	}
	line.track = tracking_open(&t->options);
	display_share(t->display, &line);
	while (!over) {
		over = feed_is_over(feed);
		look(&w);
		feed_seen(feed, w.next);
		if (!over)
			poll(&more, 1, -1);
	}
	return STATUS_DONE;
}

void trigger_close(struct trigger *t)
{
	display_close(t->display);
}
