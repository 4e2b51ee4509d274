/* SPDX-License-Identifier: BSD-2-Clause */
/* writer.c - packets into a file of any format */
#include "capture/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "capture/codec.h"
#include "capture/pcap_write.h"
#include "capture/pcapng_copy.h"
#include "capture/pcapng_write.h"

struct writer {
	struct writer_options options;
	struct sink sink;		/* of the present file */
	struct pcap_writer *pcap;	/* of the two the one that is not NULL; none: there is no file */
	struct pcapng_writer *ng;
	uint64_t before;		/* packets in the files before it */
};

enum writer_format writer_format_of(const char *path, enum writer_format otherwise)
{
	static const struct { const char *text; enum writer_format format; } endings[] = {
		{ ".pcapng", WRITER_PCAPNG }, { ".ntar", WRITER_PCAPNG }, { ".pcap", WRITER_PCAP }, { ".cap", WRITER_PCAP },
	};
	const struct codec *codec = codec_of_name(path);
	size_t len = strlen(path) - (codec ? strlen(codec->suffix) : 0);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i].text);

		if (len > n && strncmp(path + len - n, endings[i].text, n) == 0)
			return endings[i].format;
	}
	return otherwise;
}

static int begin_copy(struct writer *w, struct error *e)
{
	struct error ignored;
	int err = pcapng_writer_open_copy(&w->ng, &w->sink, e);

	if (err)
		return err;
	err = copy_begin(w->options.copy, w->ng, e);
	if (err) {
		copy_end(w->options.copy);
		pcapng_writer_close(w->ng, &ignored);
		w->ng = NULL;
	}
	return err;
}

static int begin(struct writer *w, int directory, const char *path, struct error *e)
{
	const struct writer_options *o = &w->options;
	struct error ignored;
	int err = sink_open(&w->sink, directory, path, o->codec, o->direct, e);

	if (err)
		return err;
	if (o->copy)
		err = begin_copy(w, e);
	else if (o->format == WRITER_PCAPNG)
		err = pcapng_writer_open(&w->ng, &w->sink, o->sources, e);
	else
		err = pcap_writer_open(&w->pcap, &w->sink, o->linktype, o->snaplen, o->nano, e);
	if (err)
		sink_close(&w->sink, &ignored);
	return err;
}

/* What went wrong first is said: where the format could not be ended, the sink may fail too. */
int writer_end(struct writer *w, struct error *e)
{
	struct error last;
	int err, closed;

	if (!w->pcap && !w->ng)
		return 0;
	if (w->options.copy)
		copy_end(w->options.copy);
	err = w->ng ? pcapng_writer_close(w->ng, e) : pcap_writer_close(w->pcap, e);
	w->pcap = NULL;
	w->ng = NULL;
	closed = sink_close(&w->sink, &last);
	if (!err && closed)
		*e = last;
	w->before += w->sink.packets;
	w->sink.packets = 0;
	return err ? err : closed;
}

int writer_open(struct writer **w, const struct writer_options *o, int directory, const char *path,
		struct error *e)
{
	int err;

	*w = calloc(1, sizeof(**w));
	if (!*w)
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
	(*w)->options = *o;
	err = begin(*w, directory, path, e);
	if (err) {
		free(*w);
		*w = NULL;
	}
	return err;
}

int writer_put(struct writer *w, const struct packet *p, struct error *e)
{
	if (w->options.copy)
		return copy_put(w->options.copy, p, e);
	return w->ng ? pcapng_writer_put(w->ng, p, e) : pcap_writer_put(w->pcap, p, e);
}

int writer_put_stored(struct writer *w, const struct packet *p, uint32_t n, struct error *e)
{
	int err = 0;

	if (!w->ng)
		return pcap_writer_put_stored(w->pcap, p, n, e);
	for (uint32_t i = 0; !err && i < n; i++)
		err = pcapng_writer_put(w->ng, &p[i], e);
	return err;
}

int writer_statistics(struct writer *w, struct error *e)
{
	return w->ng ? pcapng_writer_statistics(w->ng, e) : 0;
}

int writer_name(struct writer *w, const uint8_t *address, uint16_t n, const char *name, struct error *e)
{
	return w->ng ? pcapng_writer_name(w->ng, address, n, name, e) : 0;
}

void writer_comment(struct writer *w, const char *text)
{
	if (w->ng)
		pcapng_writer_comment(w->ng, text);
}

void writer_hurry(struct writer *w, bool hurry)
{
	w->sink.hurried = hurry;
}

int writer_flush(struct writer *w, struct error *e)
{
	return w->ng ? pcapng_writer_flush(w->ng, e) : pcap_writer_flush(w->pcap, e);
}

int writer_next(struct writer *w, int directory, const char *path, struct error *e)
{
	int err = writer_end(w, e);

	return err ? err : begin(w, directory, path, e);
}

int writer_errno(const struct writer *w)
{
	return w->sink.failed;
}

uint64_t writer_written(const struct writer *w)
{
	return w->before + w->sink.packets;
}

uint64_t writer_size(const struct writer *w)
{
	return w->sink.size + w->sink.buffered;
}

int writer_close(struct writer *w, struct error *e)
{
	int err = writer_end(w, e);

	free(w);
	return err;
}
