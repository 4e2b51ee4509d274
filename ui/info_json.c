/* SPDX-License-Identifier: BSD-2-Clause */
/* info_json.c - what a capture file says of itself, as one object on one line */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "capture/linktype.h"
#include "ui/info.h"
#include "ui/schema.h"

/* A member of an object in which there is one already. */
static void put_number(const char *key, uint64_t value)
{
	printf(",\"%s\":%" PRIu64, key, value);
}

static void put_known(const char *key, uint64_t value)
{
	if (value != DETAILS_UNKNOWN)
		put_number(key, value);
}

static void put_some(const char *key, uint64_t value)
{
	if (value)
		put_number(key, value);
}

/* One code of Unicode; above the first plane as two of UTF-16, RFC 8259 section 7. */
static void put_code(uint32_t code)
{
	if (code == '"' || code == '\\')
		printf("\\%c", (int)code);
	else if (code >= ' ' && code < 0x7f)
		putchar((int)code);
	else if (code < 0x10000)
		printf("\\u%04x", code);
	else
		printf("\\u%04x\\u%04x", 0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
}

/* What is not UTF-8 counts as Latin-1. */
static void put_string(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	putchar('"');
	while (*s) {
		uint32_t code;
		size_t len = error_sequence(s, &code);

		if (len == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
			len = 1;
			code = *s;
		}
		put_code(code);
		s += len;
	}
	putchar('"');
}

static void put_text(const char *key, const char *text)
{
	if (!text)
		return;
	printf(",\"%s\":", key);
	put_string(text);
}

/* RFC 3339, and nanoseconds since 1970 as a string: they have more bits than a number may. */
static void put_time(const char *key, __int128 ns)
{
	struct packet p = info_moment(ns);
	time_t when = (time_t)p.sec;
	struct tm tm = { 0 };
	char clock[60] = "";

	if (gmtime_r(&when, &tm) && strftime(clock, sizeof(clock), "%Y-%m-%dT%H:%M:%S", &tm))
		printf(",\"%s\":\"%s.%09" PRIu64 "Z\"", key, clock, p.nsec);
	if (p.sec == 0)
		printf(",\"%s_ns\":\"%" PRIu64 "\"", key, p.nsec);
	else if (p.sec > 0)
		printf(",\"%s_ns\":\"%" PRId64 "%09" PRIu64 "\"", key, p.sec, p.nsec);
	else
		printf(",\"%s_ns\":\"%" PRId64 "\"", key, ns < INT64_MIN ? INT64_MIN : (int64_t)ns);
}

static void put_seconds(const char *key, __int128 ns)
{
	struct packet p = info_moment(ns);

	printf(",\"%s\":%" PRId64 ".%09" PRIu64, key, p.sec, p.nsec);
}

static void put_container(const struct info *i)
{
	const struct container *c = &i->box;
	bool big = c->swapped != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);

	fputs("{\"version\":" INFO_SCHEMA_VERSION, stdout);
	put_text("file", i->path);
	put_text("format", c->format);
	if (c->sections <= 1)
		put_text("byte_order", big ? "big" : "little");
	if (c->compression)
		put_text("compression", c->compression);
	put_number("file_size", i->size);
	if (!c->ng) {
		put_text("units_per_second", i->box.nano ? "1000000000" : "1000000");
		put_some("snaplen", c->snaplen);
	}
}

static void put_linktypes(const struct facts *f)
{
	fputs(",\"link_types\":[", stdout);
	for (uint32_t n = 0; n < f->linktypes; n++) {
		printf("%s{\"number\":%u", n ? "," : "", f->linktype[n].linktype);
		put_text("name", linktype_name(f->linktype[n].linktype));
		put_number("packets", f->linktype[n].packets);
		putchar('}');
	}
	putchar(']');
	put_some("other_link_types", f->other_linktypes);
}

static void put_packets(const struct facts *f)
{
	double duration = info_seconds(f->last - f->first);

	put_number("packets", f->packets);
	put_number("bytes", f->bytes);
	put_number("captured_bytes", f->captured);
	put_number("cut_packets", f->cut);
	put_some("timeless_packets", f->packets - f->timed);
	if (f->timed) {
		put_time("first", f->first);
		put_time("last", f->last);
		put_seconds("duration", f->last - f->first);
		printf(",\"in_order\":%s", f->backward ? "false" : "true");
		put_some("backward_packets", f->backward);
		put_some("backward_first", f->backward_first);
	}
	if (f->silence_end) {
		put_seconds("silence", f->silence);
		put_number("silence_end", f->silence_end);
	}
	if (duration > 0)
		printf(",\"bytes_per_second\":%.2f,\"bits_per_second\":%.2f,\"packets_per_second\":%.2f",
		       (double)f->bytes / duration, (double)f->bytes * 8 / duration,
		       (double)f->packets / duration);
	if (f->packets)
		printf(",\"mean_size\":%.2f", (double)f->bytes / (double)f->packets);
}

static void put_sections(const struct details *d)
{
	fputs(",\"sections\":[", stdout);
	for (uint32_t n = 0; n < d->sections && n < DETAILS_SECTIONS; n++) {
		printf("%s{\"number\":%" PRIu32, n ? "," : "", n);
		put_text("hardware", d->section[n].hardware);
		put_text("os", d->section[n].os);
		put_text("application", d->section[n].application);
		putchar('}');
	}
	putchar(']');
}

static void put_statistics(const struct details_interface *i)
{
	put_some("lost", i->lost);
	if (!i->statistics)
		return;
	printf(",\"statistics\":{\"blocks\":%" PRIu32, i->statistics);
	put_known("received", i->received);
	put_known("dropped", i->dropped);
	put_known("accepted", i->accepted);
	put_known("os_dropped", i->os_dropped);
	put_known("delivered", i->delivered);
	putchar('}');
}

static void put_interface(uint32_t n, const struct details_interface *i)
{
	printf("%s{\"number\":%" PRIu32 ",\"link_type\":%u", n ? "," : "", n, i->linktype);
	put_number("packets", i->packets);
	put_text("name", i->name);
	put_text("description", i->description);
	put_text("filter", i->filter);
	put_some("filter_instructions", i->program);
	put_text("os", i->os);
	put_text("hardware", i->hardware);
	if (i->has_mac)
		printf(",\"mac\":\"%02x:%02x:%02x:%02x:%02x:%02x\"", i->mac[0], i->mac[1], i->mac[2],
		       i->mac[3], i->mac[4], i->mac[5]);
	put_some("speed", i->speed);
	put_some("snaplen", i->snaplen);
	printf(",\"units_per_second\":\"%" PRIu64 "\"", i->units);
	if (i->offset)
		printf(",\"time_offset\":%" PRId64, i->offset);
	put_statistics(i);
	putchar('}');
}

static void put_comments(const struct details *d)
{
	static const char *const words[] = {
		[OF_SECTION] = "section", [OF_INTERFACE] = "interface", [OF_PACKET] = "packet",
	};
	const char *between = "";

	fputs(",\"comments\":[", stdout);
	for (uint32_t n = 0; n < d->comments && n < DETAILS_COMMENTS; n++) {
		const struct details_comment *c = &d->comment[n];

		if (!c->text)
			continue;
		printf("%s{\"%s\":%" PRIu64, between, words[c->place], c->number);
		put_text("text", c->text);
		putchar('}');
		between = ",";
	}
	putchar(']');
}

static uint64_t above(uint32_t n, uint32_t most)
{
	return n > most ? n - most : 0;
}

static void put_details(const struct details *d)
{
	put_known("dropped", details_dropped(d));
	put_number("lost", d->lost);
	put_sections(d);
	fputs(",\"interfaces\":[", stdout);
	for (uint32_t n = 0; n < d->interfaces && n < DETAILS_INTERFACES; n++)
		put_interface(n, &d->interface[n]);
	putchar(']');
	put_comments(d);
	put_number("name_blocks", d->names);
	put_number("secrets_blocks", d->secrets);
	put_number("journal_blocks", d->journals);
	put_number("custom_blocks", d->custom);
	put_number("unknown_blocks", d->unknown);
	put_some("sections_left_out", above(d->sections, DETAILS_SECTIONS));
	put_some("interfaces_left_out", above(d->interfaces, DETAILS_INTERFACES));
	put_some("comments_left_out", above(d->comments, DETAILS_COMMENTS));
	put_some("texts_left_out", d->texts_lost);
}

void info_json(const struct info *i)
{
	put_container(i);
	put_linktypes(&i->facts);
	put_packets(&i->facts);
	if (i->box.ng)
		put_details(i->details);
	if (i->damaged) {
		printf(",\"damage\":{\"byte\":%" PRIu64, i->damage.at);
		put_text("why", info_why(i));
		putchar('}');
	}
	fputs("}\n", stdout);
}
