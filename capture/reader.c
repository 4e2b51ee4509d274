/* SPDX-License-Identifier: BSD-2-Clause */
/* reader.c - which kind of file it is, and who reads it */
#include "capture/reader.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "capture/codec.h"
#include "capture/input.h"
#include "capture/pcap_read.h"
#include "capture/pcapng_read.h"
#include "capture/reader_kind.h"
#include "capture/salvage.h"

struct reader {
	struct input in;
	bool ng;
	struct pcap_file pcap;		/* one of the two, as ng says */
	struct pcapng_file pcapng;
	bool salvaged;
	struct salvage salvage;
	const struct reader_kind *kind;	/* NULL: it is a file */
	struct reader_facts facts;	/* of another kind, */
	void *self;			/* and what it works with */
};

/* What else people have in their folders; by the file's first two bytes at least. */
static const struct foreign {
	const char *begin, *words;
} foreign[] = {
	{ "\xfd" "7zXZ", "compressed by xz: xzcat FILE | ringtail -r -" },
	{ "BZh", "compressed by bzip2: bzcat FILE | ringtail -r -" },
	{ "\x02\x21\x4c\x18", "compressed by lz4 -l: lz4cat FILE | ringtail -r -" },
	{ "snoop", "a snoop file, which cannot be read: editcap -F pcapng converts it" },
};

static int refuse(const struct input *in, struct error *e)
{
	const uint8_t *p = in->buf + in->at;
	uint32_t left = input_left(in);

	if (left == 0)
		return error_set(e, STATUS_INPUT, "%s: is empty, not a capture", in->name);
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (left >= strlen(foreign[i].begin) &&
		    memcmp(p, foreign[i].begin, strlen(foreign[i].begin)) == 0)
			return error_set(e, STATUS_INPUT, "%s: %s", in->name, foreign[i].words);
	if (left < 4)
		return input_cut(in, 24, "file header", e);
	return error_set(e, STATUS_INPUT,
			 "%s: is neither pcap nor pcapng: begins with %02x %02x %02x %02x", in->name,
			 p[0], p[1], p[2], p[3]);
}

/* Get at the first four bytes, decompressed where they are compressed. Returns as input_want(). */
static int begin(struct input *in, struct error *e)
{
	int got = input_want(in, 4, e);
	const struct codec *codec = got > 0 ? codec_of(in->buf + in->at) : NULL;

	if (codec)
		got = input_decompress(in, codec, e);
	return codec && !got ? input_want(in, 4, e) : got;
}

static int detect(struct reader *r, const struct watch *watch, struct error *e)
{
	int got = begin(&r->in, e);
	uint32_t magic;

	if (got < 0)
		return got;
	if (got == 0)
		return refuse(&r->in, e);
	magic = stored_u32(r->in.buf + r->in.at, false);
	r->ng = pcapng_read_magic(magic);
	if (r->ng)
		return pcapng_read_open(&r->pcapng, &r->in, watch, e);
	if (pcap_read_magic(magic))
		return pcap_read_open(&r->pcap, &r->in, e);
	input_want(&r->in, 8, e);
	return refuse(&r->in, e);
}

int reader_open_with(struct reader **r, const char *path, const struct reader_options *o, struct error *e)
{
	int err;

	*r = calloc(1, sizeof(**r));
	if (!*r)
		return error_set(e, STATUS_USAGE, "%s: %s", path, "no memory");
	err = o->fd ? input_take(&(*r)->in, o->fd, path, e) : input_open(&(*r)->in, path, e);
	if (!err) {
		(*r)->salvaged = o->salvage;
		if (o->follow)
			input_follow(&(*r)->in);
		(*r)->in.patient = (*r)->in.growing;
		err = detect(*r, o->watch, e);
		(*r)->in.patient = false;
		if (err)
			input_close(&(*r)->in);
	}
	if (err) {
		free(*r);
		*r = NULL;
	}
	return err;
}

int reader_open(struct reader **r, const char *path, struct error *e)
{
	return reader_open_with(r, path, &(struct reader_options){ 0 }, e);
}

int reader_next(struct reader *r, struct batch *b, struct error *e)
{
	if (r->kind)
		return r->kind->next(r->self, b, e);
	if (r->salvaged)
		return r->ng ? pcapng_salvage_next(&r->pcapng, &r->salvage, b, e) :
			       pcap_salvage_next(&r->pcap, &r->salvage, b, e);
	return r->ng ? pcapng_read_next(&r->pcapng, b, e) : pcap_read_next(&r->pcap, b, e);
}

struct reader *reader_make(const struct reader_kind *kind, void *self, const struct reader_facts *facts)
{
	struct reader *r = calloc(1, sizeof(*r));

	if (r) {
		r->kind = kind;
		r->self = self;
		r->facts = *facts;
		r->in.fd = r->in.watch = -1;
	}
	return r;
}

bool reader_has_records(const struct reader *r)
{
	return !r->kind && !r->ng && !r->pcap.swapped && r->pcap.record == PCAP_RECORD;
}

bool reader_follows(const struct reader *r)
{
	return r->in.growing;
}

int reader_wait(struct reader *r, struct error *e)
{
	return input_wait(&r->in, e);
}

int reader_watch(const struct reader *r)
{
	return r->in.watch;
}

uint16_t reader_linktype(const struct reader *r)
{
	if (r->kind)
		return r->facts.linktype;
	return r->ng ? r->pcapng.linktype : r->pcap.linktype;
}

uint32_t reader_snaplen(const struct reader *r)
{
	if (r->kind)
		return r->facts.snaplen;
	return r->ng ? r->pcapng.snaplen : r->pcap.snaplen;
}

bool reader_nano(const struct reader *r)
{
	if (r->kind)
		return r->facts.nano;
	return r->ng ? r->pcapng.nano : r->pcap.unit == 1;
}

void reader_container(const struct reader *r, struct container *c)
{
	const struct codec *codec = input_codec(&r->in);

	*c = (struct container){
		.compression = codec ? codec->name : NULL,
		.format = r->ng ? "pcapng" : r->pcap.record > PCAP_RECORD ? "modified pcap" : "pcap",
		.snaplen = r->ng ? 0 : r->pcap.stored_snaplen,
		.sections = r->ng ? r->pcapng.sections : 0,
		.ng = r->ng,
		.nano = reader_nano(r),
		.swapped = r->ng ? r->pcapng.swapped : r->pcap.swapped,
	};
}

const struct sources *reader_sources(const struct reader *r)
{
	return r->facts.sources;
}

bool reader_reads(const struct reader *r, const struct stat *st)
{
	struct stat own;

	if (r->kind)
		return r->kind->reads(r->self, st);
	return fstat(r->in.fd, &own) == 0 && own.st_dev == st->st_dev && own.st_ino == st->st_ino;
}

uint64_t reader_size(const struct reader *r)
{
	struct stat st;

	if (r->kind)
		return r->facts.size;
	return fstat(r->in.fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

const char *reader_interface(const struct reader *r, const struct packet *p)
{
	if (r->kind)
		return r->kind->interface(r->self, p);
	return r->ng ? pcapng_read_interface(&r->pcapng, p->interface) : NULL;
}

/* Before the window's end, where the file was read to. */
uint64_t reader_offset(const struct reader *r, const struct packet *p)
{
	return r->in.total - (uint64_t)(r->in.buf + r->in.end - p->bytes.ptr);
}

uint64_t reader_position(const struct reader *r)
{
	return r->kind ? r->kind->position(r->self) : input_position(&r->in);
}

bool reader_is_plain(const struct reader *r)
{
	return !r->kind && !input_codec(&r->in);
}

int reader_descriptor(const struct reader *r)
{
	return r->in.fd;
}

void reader_close(struct reader *r)
{
	if (r->ng)
		pcapng_read_close(&r->pcapng);
	if (r->kind)
		r->kind->close(r->self);
	else
		input_close(&r->in);
	free(r);
}
