/* SPDX-License-Identifier: BSD-2-Clause */
/* save.c - the packets that are marked, or shown, into a file
 *
 * A classic pcap file holds packets of one link type, that of the first; others are left out, and it says so.
 */
#define _GNU_SOURCE
#include "ui/screen/save.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "capture/codec.h"
#include "ui/plural.h"

#define AT_ONCE 512		/* packets: about a millisecond */
#define AHEAD (1u << 18)	/* bytes that are read at once */

static uint32_t number_at(const struct save *s, const struct packets *v)
{
	switch (s->what) {
	case SAVE_MARKED:
		return s->at;
	case SAVE_SIFTED:
		return s->sieve->number[s->at - s->sieve->base];
	default:	/* in the order they came, however they are sorted */
		return v->sieve ? v->sieve->number[s->at - v->sieve->base] : s->at;
	}
}

/* Where the first packet is that is still there. */
static uint32_t first_at(const struct save *s, const struct packets *v)
{
	return s->what == SAVE_MARKED ? store_first(v->store) : s->what == SAVE_SIFTED ? s->sieve->base : packets_begin(v);
}

static bool has_packet(struct save *s, const struct packets *v)
{
	while (s->what == SAVE_MARKED && s->at < s->end && !store_marked(v->store, s->at))
		s->at++;
	return s->at < s->end;
}

static int open_file(struct save *s, struct packets *v, const char *path, struct error *e)
{
	struct writer_options options = { .format = writer_format_of(path, WRITER_PCAP), .nano = v->nano,
					  .snaplen = SNAPLEN_MAX, .codec = codec_of_name(path),
					  .sources = &s->sources };
	struct packet first;

	if (!s->window.bytes && !window_open(&s->window, AHEAD))
		return error_set(e, STATUS_WRITE, "%s: no memory to save packets", path);
	store_packet(v->store, &s->window, number_at(s, v), &first);
	options.linktype = s->linktype = first.linktype;
	s->pcapng = options.format == WRITER_PCAPNG;
	s->sources = (struct sources){ .source = s->source };
	return writer_open(&s->writer, &options, AT_FDCWD, path, e);
}

void save_start(struct save *s, struct packets *v, struct sieve *sieve, const char *path)
{
	save_stop(s);
	s->sieve = sieve;
	s->what = sieve ? SAVE_SIFTED : v->marks > 0 ? SAVE_MARKED : SAVE_SHOWN;
	s->at = first_at(s, v);
	s->end = s->what == SAVE_SHOWN ? packets_end(v) : store_count(v->store);
	s->written = s->left_out = 0;
	s->running = true;
	snprintf(s->path, sizeof(s->path), "%s", path);
}

void save_stop(struct save *s)
{
	struct error ignored;

	if (s->writer)
		writer_close(s->writer, &ignored);
	s->writer = NULL;
	sieve_close(s->sieve);
	s->sieve = NULL;
	s->running = false;
}

void save_give_up(struct save *s, struct packets *v, const char *why)
{
	struct writer *writer = s->writer;
	struct error e;

	s->writer = NULL;
	save_stop(s);
	if (!writer)
		packets_say(v, "%s; nothing was saved", why);
	else if (writer_close(writer, &e))
		packets_say(v, "%s", e.text);
	else
		packets_say(v, "%s; the file has the first %u packet%s", why, s->written, plural(s->written));
}

static int finish(struct save *s, struct packets *v)
{
	struct error e;
	int rc = writer_close(s->writer, &e);

	s->writer = NULL;
	save_stop(s);
	if (rc)
		packets_say(v, "%s", e.text);
	else if (s->left_out)
		packets_say(v, "%u packet%s saved to %.100s; %u of other link types left out", s->written,
			    plural(s->written), s->path, s->left_out);
	else
		packets_say(v, "%u packet%s saved to %.150s", s->written, plural(s->written), s->path);
	return 0;
}

/* Number the interface of p as the file does. False where there is no room for it. */
static bool number_interface(struct save *s, const struct packets *v, struct packet *p)
{
	const char *live = strcmp(v->name, "any") == 0 ? NULL : v->name;
	const char *name = store_is_live(v->store) ? live : store_interface(v->store, p);
	uint32_t i = 0;

	while (i < s->sources.count && (s->interface[i] != p->interface || s->source[i].linktype != p->linktype))
		i++;
	if (i == SAVE_SOURCES)
		return false;
	if (i == s->sources.count) {
		s->interface[i] = p->interface;
		s->source[i] = (struct source){ .name = name, .linktype = p->linktype };
		s->sources.count++;
	}
	p->interface = i;
	return true;
}

static int put(struct save *s, struct packets *v, struct error *e)
{
	struct packet p;

	if (s->what == SAVE_MARKED && !store_marked(v->store, s->at))
		return 0;
	store_packet(v->store, &s->window, number_at(s, v), &p);
	if (s->pcapng ? !number_interface(s, v, &p) : p.linktype != s->linktype) {
		s->left_out++;
		return 0;
	}
	s->written++;
	return writer_put(s->writer, &p, e);
}

/* Find the packets, and open the file when there is one. Returns 1 where more are to be looked at before. */
static int prepare(struct save *s, struct packets *v)
{
	struct error e;

	if (s->what == SAVE_SIFTED && s->sieve->next < s->end && !s->sieve->full) {
		sieve_extend(s->sieve, v->store);
		return 1;
	}
	if (s->what == SAVE_SIFTED) {
		s->at = s->sieve->base;
		s->end = s->sieve->count;
	}
	if (has_packet(s, v) && open_file(s, v, s->path, &e) == 0)
		return 1;
	packets_say(v, "%s", s->at < s->end ? e.text : "There is no packet to save");
	s->writer = NULL;
	save_stop(s);
	return 0;
}

int save_extend(struct save *s, struct packets *v)
{
	uint32_t first = first_at(s, v);
	struct error e;

	if (s->at < first)	/* live packets that are gone meanwhile */
		s->at = first;
	if (!s->writer)
		return prepare(s, v);
	for (int i = 0; s->at < s->end && i < AT_ONCE; i++, s->at++) {
		if (put(s, v, &e)) {
			packets_say(v, "%s", e.text);
			save_stop(s);
			return 0;
		}
	}
	return s->at >= s->end ? finish(s, v) : 1;
}

void save_close(struct save *s)
{
	save_stop(s);
	window_close(&s->window);
}
