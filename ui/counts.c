/* SPDX-License-Identifier: BSD-2-Clause */
/* counts.c - among the objects of --json, now and then one with the counters of the capture */
#define _GNU_SOURCE
#include "ui/counts.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

#include "capture/clock.h"
#include "ui/schema.h"

#define SECOND INT64_C(1000000000)	/* ns */
#define MS INT64_C(1000000)

/* A name of the system's, which may have any bytes: they count as Latin-1 where they are no ASCII. */
static void put_name(struct out *o, const char *name)
{
	for (; *name; name++) {
		if ((uint8_t)*name >= ' ' && (uint8_t)*name < 0x7f && *name != '"' && *name != '\\') {
			out_char(o, *name);
		} else {
			out_str(o, "\\u00");
			out_hex(o, (uint8_t)*name, 2);
		}
	}
}

static void put_time(struct out *o, int64_t ns)
{
	time_t sec = (time_t)(ns / SECOND);
	struct tm tm = { 0 };
	char clock[32] = "";

	gmtime_r(&sec, &tm);
	strftime(clock, sizeof(clock), "%Y-%m-%dT%H:%M:%S", &tm);
	out_str(o, "\"time\":\"");
	out_str(o, clock);
	out_char(o, '.');
	out_dec_pad(o, (uint64_t)(ns % SECOND), 9);
	out_str(o, "Z\",\"epoch_ns\":\"");
	out_signed(o, ns);
	out_str(o, "\"");
}

/* alone: there is no other interface. Of what is not counted for each of several a 0 would be a lie. */
static void put_counts(struct out *o, const char *interface, bool alone, const struct ledger *l, int64_t ns)
{
	struct ledger_count count[LEDGER_COUNTS];
	size_t n = ledger_counts(l, count);

	out_str(o, "{\"version\":" SCHEMA_VERSION ",\"statistics\":{");
	put_time(o, ns);
	out_str(o, ",\"interface\":\"");
	put_name(o, interface);
	out_char(o, '"');
	for (size_t i = 0; i < n; i++) {
		if (count[i].of_run && !alone)
			continue;
		out_str(o, ",\"");
		out_str(o, count[i].key);
		out_str(o, "\":");
		out_dec(o, count[i].packets);
	}
	out_str(o, ",\"ring_freezes\":");
	out_dec(o, l->freezes);
	out_str(o, ",\"bytes\":");
	out_dec(o, l->bytes);
	out_str(o, "}}\n");
}

static int put_one(struct printer *p, const char *interface, bool alone, const struct ledger *l, int64_t ns,
		   struct error *e)
{
	struct out o = { p->text, p->text + p->size };

	put_counts(&o, interface, alone, l, ns);
	p->used = (size_t)(o.at - p->text);
	return printer_flush(p, e);
}

int counts_last(struct counts *c, struct printer *p, struct error *e)
{
	int rc = c->every ? printer_flush(p, e) : 0;
	const struct ledger *each;
	uint32_t count = capture_shared_ledgers(c->capture, &each);
	int64_t ns = clock_now(CLOCK_REALTIME);

	if (!c->every || rc)
		return rc;
	if (count == 0)
		return put_one(p, capture_name(c->capture), true, capture_shared_ledger(c->capture), ns, e);
	for (uint32_t n = 0; !rc && n < count; n++)
		rc = put_one(p, capture_interface(c->capture, n)->name, false, &each[n], ns, e);
	return rc;
}

int counts_tell(struct counts *c, struct printer *p, struct error *e)
{
	int64_t at = c->every ? clock_now(CLOCK_MONOTONIC) : 0;

	if (!c->every)
		return 0;
	if (!c->next)
		c->next = at + c->every;
	if (at < c->next)
		return 0;
	c->next += ((at - c->next) / c->every + 1) * c->every;
	return counts_last(c, p, e);
}

int counts_wait(struct counts *c, const struct feed *feed, struct printer *p, struct error *e)
{
	struct pollfd channel = { .fd = feed_descriptor(feed), .events = POLLIN };
	int rc = 0;

	while (c->every && !rc) {
		int64_t left = c->next - clock_now(CLOCK_MONOTONIC);
		int n = poll(&channel, 1, left > 0 ? (int)(left / MS) + 1 : 0);

		if (n > 0 || (n < 0 && errno != EINTR))
			return 0;
		rc = counts_tell(c, p, e);
	}
	return rc;
}
