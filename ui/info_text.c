/* SPDX-License-Identifier: BSD-2-Clause */
/* info_text.c - what a capture file says of itself, a fact a line */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "capture/linktype.h"
#include "decode/out.h"
#include "ui/info.h"
#include "ui/plural.h"
#include "ui/times.h"

#define WIDTH 17	/* of what stands before a fact */

static FILE *sheet;	/* that is written */

static __attribute__((format(printf, 2, 3))) void fact(const char *label, const char *format, ...)
{
	va_list args;

	fprintf(sheet, "%-*s ", WIDTH, label);
	va_start(args, format);
	vfprintf(sheet, format, args);
	va_end(args);
	putc('\n', sheet);
}

/* n bytes of a text of the file, safe for a terminal. */
static void put_clean(const char *text, size_t n)
{
	static char piece[UINT16_MAX + 1], clean[4 * sizeof(piece)];	/* as long as an option can be */

	if (n >= sizeof(piece))
		n = sizeof(piece) - 1;
	memcpy(piece, text, n);
	piece[n] = '\0';
	fputs(error_clean(clean, sizeof(clean), piece), sheet);
}

/* A text of the file, which may have several lines; nothing where there is none. */
static void put_text(const char *label, const char *text)
{
	while (text) {
		const char *end = strchrnul(text, '\n');

		fprintf(sheet, "%-*s ", WIDTH, label);
		put_clean(text, (size_t)(end - text));
		putc('\n', sheet);
		label = "";
		text = *end && end[1] ? end + 1 : NULL;
	}
}

static void put_time(const struct info *i, const char *label, __int128 ns)
{
	struct times times = { .form = TIME_DATE, .nano = i->nano, .utc = i->options->utc };
	struct packet when = info_moment(ns);
	char text[100];
	struct out o = { text, text + sizeof(text) };

	times_put(&times, &o, &when);
	fact(label, "%.*s", (int)(o.at - text) - 1, text);
}

/* Seconds with as many digits as the times have. */
static const char *seconds(const struct info *i, __int128 ns)
{
	static char text[60];
	struct packet p = info_moment(ns);

	if (i->nano)
		snprintf(text, sizeof(text), "%" PRId64 ".%09" PRIu64 " s", p.sec, p.nsec);
	else
		snprintf(text, sizeof(text), "%" PRId64 ".%06" PRIu64 " s", p.sec, p.nsec / 1000);
	return text;
}

static void put_container(const struct info *i)
{
	const struct container *c = &i->box;
	bool big = c->swapped != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);

	put_text("File", i->path);
	if (c->sections > 1)
		fact("Format", "%s, %" PRIu32 " sections", c->format, c->sections);
	else
		fact("Format", "%s, %s-endian%s", c->format, big ? "big" : "little",
		     c->ng ? "" : i->box.nano ? ", nanoseconds" : ", microseconds");
	if (c->compression)
		fact("Compression", "%s", c->compression);
	fact("File size", "%" PRIu64 " bytes", i->size);
	if (c->ng)
		return;
	if (c->snaplen)
		fact("Snapshot length", "%" PRIu32 " bytes", c->snaplen);
	else
		fact("Snapshot length", "no limit");
}

static void put_linktypes(const struct facts *f)
{
	const char *label = "Link type";

	for (uint32_t n = 0; n < f->linktypes; n++, label = "") {
		uint16_t linktype = f->linktype[n].linktype;
		const char *name = linktype_name(linktype);

		fprintf(sheet, "%-*s %s", WIDTH, label, name);
		if (strncmp(name, "linktype ", 9))
			fprintf(sheet, " (%s)", linktype_words(linktype));
		if (f->linktypes > 1)
			fprintf(sheet, ", %" PRIu64 " packet%s", f->linktype[n].packets,
			       plural(f->linktype[n].packets));
		putc('\n', sheet);
	}
	if (f->other_linktypes)
		fact("", "others, %" PRIu64 " packet%s", f->other_linktypes, plural(f->other_linktypes));
}

static void put_times(const struct info *i)
{
	const struct facts *f = &i->facts;

	if (f->timed == 0)
		return;
	put_time(i, "First packet", f->first);
	put_time(i, "Last packet", f->last);
	fact("Duration", "%s", seconds(i, f->last - f->first));
	if (f->backward)
		fact("Time order", "not kept from packet %" PRIu64 " on: %" PRIu64
		     " packet%s earlier than the one before", f->backward_first, f->backward,
		     plural(f->backward));
	else
		fact("Time order", "kept");
	if (f->silence_end)
		fact("Longest silence", "%s, before packet %" PRIu64, seconds(i, f->silence), f->silence_end);
}

static void put_packets(const struct info *i)
{
	const struct facts *f = &i->facts;
	double duration = info_seconds(f->last - f->first);

	if (f->timed < f->packets)
		fact("Packets", "%" PRIu64 ", %" PRIu64 " without a time", f->packets, f->packets - f->timed);
	else
		fact("Packets", "%" PRIu64, f->packets);
	if (f->cut)
		fact("Bytes", "%" PRIu64 ", %" PRIu64 " of them captured (%" PRIu64 " packet%s cut)", f->bytes,
		     f->captured, f->cut, plural(f->cut));
	else
		fact("Bytes", "%" PRIu64, f->bytes);
	put_times(i);
	if (duration > 0) {
		fact("Data rate", "%.2f bytes/s, %.2f bits/s", (double)f->bytes / duration,
		     (double)f->bytes * 8 / duration);
		fact("Packet rate", "%.2f packets/s", (double)f->packets / duration);
	}
	if (f->packets)
		fact("Mean size", "%.2f bytes", (double)f->bytes / (double)f->packets);
}

static void put_drops(const struct info *i)
{
	uint64_t dropped = details_dropped(i->details);

	if (!i->box.ng)
		fact("Drops", "not told by this format");
	else if (dropped == DETAILS_UNKNOWN && i->details->lost == 0)
		fact("Drops", "not told");
	else if (dropped == DETAILS_UNKNOWN)
		fact("Drops", "%" PRIu64 " by the drop counts of packets", i->details->lost);
	else
		fact("Drops", "%" PRIu64 " by the statistics, %" PRIu64 " by the drop counts of packets", dropped,
		     i->details->lost);
}

static void put_sections(const struct details *d)
{
	for (uint32_t n = 0; n < d->sections && n < DETAILS_SECTIONS; n++) {
		const struct details_section *s = &d->section[n];

		if (d->sections > 1 && (s->hardware || s->os || s->application))
			fact("Section", "%" PRIu32, n);
		put_text("Hardware", s->hardware);
		put_text("System", s->os);
		put_text("Application", s->application);
	}
}

static void put_statistics(const struct details_interface *i)
{
	const struct { const char *word; uint64_t value; } told[] = {
		{ "received", i->received }, { "dropped by it", i->dropped }, { "accepted", i->accepted },
		{ "dropped by the system", i->os_dropped }, { "delivered", i->delivered },
	};
	const char *between = "";

	if (i->statistics) {
		fprintf(sheet, "%-*s ", WIDTH, "  statistics");
		for (size_t n = 0; n < sizeof(told) / sizeof(told[0]); n++) {
			if (told[n].value == DETAILS_UNKNOWN)
				continue;
			fprintf(sheet, "%s%" PRIu64 " %s", between, told[n].value, told[n].word);
			between = ", ";
		}
		fprintf(sheet, "%s\n", *between ? "" : "empty");
	}
	if (i->lost)
		fact("  lost", "%" PRIu64 " before its packets", i->lost);
}

static void put_interface(uint32_t n, const struct details_interface *i)
{
	uint8_t power = i->resolution & 0x7f;

	fact("Interface", "%" PRIu32 ": %s, %" PRIu64 " packet%s", n, linktype_name(i->linktype), i->packets,
	     plural(i->packets));
	put_text("  name", i->name);
	put_text("  description", i->description);
	put_text("  filter", i->filter);
	if (i->program)
		fact("  filter", "a program of %" PRIu32 " instructions", i->program);
	put_text("  system", i->os);
	put_text("  hardware", i->hardware);
	if (i->has_mac)
		fact("  address", "%02x:%02x:%02x:%02x:%02x:%02x", i->mac[0], i->mac[1], i->mac[2], i->mac[3],
		     i->mac[4], i->mac[5]);
	if (i->speed)
		fact("  speed", "%" PRIu64 " bits/s", i->speed);
	if (i->snaplen)
		fact("  snaplen", "%" PRIu32 " bytes", i->snaplen);
	fact("  time unit", "%d^-%u s", i->resolution & 0x80 ? 2 : 10, power);
	if (i->offset)
		fact("  time offset", "%" PRId64 " s", i->offset);
	put_statistics(i);
}

static void put_comments(const struct details *d)
{
	static const char *const words[] = {
		[OF_SECTION] = "section", [OF_INTERFACE] = "interface", [OF_PACKET] = "packet",
	};

	for (uint32_t n = 0; n < d->comments && n < DETAILS_COMMENTS; n++) {
		const struct details_comment *c = &d->comment[n];
		char label[60];

		snprintf(label, sizeof(label), "Comment, %s %" PRIu64, words[c->place], c->number);
		put_text(label, c->text);
	}
}

/* What is neither packet, section, interface nor statistics, and what there was no room for. */
static void put_others(const struct details *d)
{
	const struct { const char *label; uint64_t value; } counts[] = {
		{ "Name blocks", d->names }, { "Secrets blocks", d->secrets },
		{ "Journal blocks", d->journals }, { "Custom blocks", d->custom },
		{ "Unknown blocks", d->unknown }, { "Texts left out", d->texts_lost },
		{ "Comments left out", d->comments > DETAILS_COMMENTS ? d->comments - DETAILS_COMMENTS : 0 },
		{ "Sections not told", d->sections > DETAILS_SECTIONS ? d->sections - DETAILS_SECTIONS : 0 },
		{ "Interfaces untold", d->interfaces > DETAILS_INTERFACES ? d->interfaces - DETAILS_INTERFACES : 0 },
	};

	for (size_t n = 0; n < sizeof(counts) / sizeof(counts[0]); n++)
		if (counts[n].value)
			fact(counts[n].label, "%" PRIu64, counts[n].value);
}

void info_text(const struct info *i, FILE *to)
{
	const struct details *d = i->details;

	sheet = to;
	put_container(i);
	put_linktypes(&i->facts);
	put_packets(i);
	put_drops(i);
	put_sections(d);
	for (uint32_t n = 0; n < d->interfaces && n < DETAILS_INTERFACES; n++)
		put_interface(n, &d->interface[n]);
	put_comments(d);
	put_others(d);
	if (i->damaged)
		fact("Damage", "%s", info_why(i));
}
