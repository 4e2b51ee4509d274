/* SPDX-License-Identifier: BSD-2-Clause */
/* save.c - the packets that are marked, or shown, into a file
 *
 * A classic pcap file holds packets of one link type, that of the first; others are left out, and it says so.
 */
#define _GNU_SOURCE
#include "ui/screen/save.h"

#include "capture/codec.h"

#include <fcntl.h>
#include <stdio.h>

#define AT_ONCE 512		/* packets: about a millisecond */
#define AHEAD (1u << 18)	/* bytes that are read at once */

static uint32_t number_at(const struct save *s, const struct packets *v)
{
	return s->marked ? s->at : packets_number(v, s->at);
}

void save_start(struct save *s, struct packets *v, const char *path)
{
	struct writer_options options;
	struct packet first;
	struct error e;

	s->marked = v->marks > 0;
	s->at = s->marked ? store_first(v->store) : packets_begin(v);
	s->end = s->marked ? store_count(v->store) : packets_end(v);
	s->written = s->left_out = 0;
	while (s->marked && s->at < s->end && !store_marked(v->store, s->at))
		s->at++;
	if (s->at >= s->end) {
		packets_say(v, "There is no packet to save");
		return;
	}
	snprintf(s->path, sizeof(s->path), "%s", path);
	if (!s->window.bytes && !window_open(&s->window, AHEAD)) {
		packets_say(v, "No memory to save packets");
		return;
	}
	store_packet(v->store, &s->window, number_at(s, v), &first);
	s->linktype = first.linktype;
	options = (struct writer_options){ .nano = v->nano, .linktype = first.linktype, .snaplen = SNAPLEN_MAX,
					   .codec = codec_of_name(path) };
	if (writer_open(&s->writer, &options, AT_FDCWD, path, &e)) {
		s->writer = NULL;
		packets_say(v, "%s", e.text);
	}
}

void save_stop(struct save *s)
{
	struct error ignored;

	if (s->writer)
		writer_close(s->writer, &ignored);
	s->writer = NULL;
}

static int finish(struct save *s, struct packets *v)
{
	struct error e;
	int rc = writer_close(s->writer, &e);

	s->writer = NULL;
	if (rc)
		packets_say(v, "%s", e.text);
	else if (s->left_out)
		packets_say(v, "%u packets saved to %.100s; %u of other link types left out", s->written, s->path,
			    s->left_out);
	else
		packets_say(v, "%u packets saved to %.150s", s->written, s->path);
	return 0;
}

static int put(struct save *s, struct packets *v, struct error *e)
{
	struct packet p;

	if (s->marked && !store_marked(v->store, s->at))
		return 0;
	store_packet(v->store, &s->window, number_at(s, v), &p);
	if (p.linktype != s->linktype) {
		s->left_out++;
		return 0;
	}
	s->written++;
	return writer_put(s->writer, &p, e);
}

int save_extend(struct save *s, struct packets *v)
{
	uint32_t first = s->marked ? store_first(v->store) : packets_begin(v);
	struct error e;

	if (s->at < first)	/* live packets that are gone meanwhile */
		s->at = first;
	for (int i = 0; s->writer && s->at < s->end && i < AT_ONCE; i++, s->at++) {
		if (put(s, v, &e)) {
			packets_say(v, "%s", e.text);
			save_stop(s);
			return 0;
		}
	}
	return s->writer && s->at >= s->end ? finish(s, v) : s->writer != NULL;
}

void save_close(struct save *s)
{
	save_stop(s);
	window_close(&s->window);
}
