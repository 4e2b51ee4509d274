/* SPDX-License-Identifier: BSD-2-Clause */
/* rtcp.c - RTP Control Protocol, RFC 3550 section 6: reports, descriptions, and what others define */
#include "decode/brief.h"

enum { VERSION, PADDING, REPORTS, SOURCES, SUBTYPE, RTPFB_FORMAT, PSFB_FORMAT, TYPE, LENGTH, FIELDS };
enum { SR = 200, RR, SDES, BYE, APP, RTPFB, PSFB, XR };

static const struct name types[] = {
	{ SR, "sender report" }, { RR, "receiver report" }, { SDES, "source description" },
	{ BYE, "goodbye" }, { APP, "application" }, { RTPFB, "transport feedback" },
	{ PSFB, "payload feedback" }, { XR, "extended report" }, { 0, NULL },
};

/* What is counted depends on the type. */
static bool counts_reports(struct slice h)
{
	return slice_u8(h, 1) == SR || slice_u8(h, 1) == RR;
}

static bool counts_sources(struct slice h)
{
	return slice_u8(h, 1) == SDES || slice_u8(h, 1) == BYE;
}

static bool is_app(struct slice h)
{
	return slice_u8(h, 1) == APP;
}

static bool is_rtpfb(struct slice h)
{
	return slice_u8(h, 1) == RTPFB;
}

static bool is_psfb(struct slice h)
{
	return slice_u8(h, 1) == PSFB;
}

static const struct field fields[FIELDS] = {
	[VERSION] = { "version",  0,  2, UINT },
	[PADDING] = { "padding",  2,  1, BOOL },
	[REPORTS] = { "rc",       3,  5, UINT, .when = counts_reports },
	[SOURCES] = { "sc",       3,  5, UINT, .when = counts_sources },
	[SUBTYPE] = { "app.subtype", 3, 5, UINT, .when = is_app },
	[RTPFB_FORMAT] = { "rtpfb.fmt", 3, 5, UINT, .when = is_rtpfb },
	[PSFB_FORMAT]  = { "psfb.fmt",  3, 5, UINT, .when = is_psfb },
	[TYPE]    = { "pt",       8,  8, UINT, .names = types },
	[LENGTH]  = { "length",  16, 16, UINT },
};
static const struct field sender_fields[] = {
	{ "senderssrc",          0, 32, HEX },
	{ "timestamp.ntp.msw",  32, 32, UINT },
	{ "timestamp.ntp.lsw",  64, 32, UINT },
	{ "timestamp.rtp",      96, 32, UINT },
	{ "sender.packetcount", 128, 32, UINT },
	{ "sender.octetcount",  160, 32, UINT },
};
static const struct field source_fields[] = { { "senderssrc", 0, 32, HEX } };
static const struct field block_fields[] = {
	{ "ssrc.identifier",   0, 32, HEX },
	{ "ssrc.fraction",    32,  8, UINT },
	{ "ssrc.cum_nr",      40, 24, INT },
	{ "ssrc.ext_high",    64, 32, UINT },
	{ "ssrc.jitter",      96, 32, UINT },
	{ "ssrc.lsr",        128, 32, UINT },
	{ "ssrc.dlsr",       160, 32, UINT },
};
static const struct field identifier_fields[] = { { "ssrc.identifier", 0, 32, HEX } };
static const struct field rest_fields[] = { { "content", 0, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("rtcp", fields, title)

static const struct record sender = RECORD(sender_fields, "Sender");
static const struct record source = RECORD(source_fields, "Source");
static const struct record block = RECORD(block_fields, "Report block");
static const struct record identifier = RECORD(identifier_fields, "Source");
static const struct record content = RECORD(rest_fields, "Content");

static RECORD_LIST(rtcp_record, &sender, &source, &block, &identifier, &content)

#define RTCP_HEADER 4

static uint32_t packet_length(struct slice s)
{
	return 4 * ((uint32_t)field_get(s, &fields[LENGTH]) + 1);
}

/* Section 6.1: the first packet is a report of as many blocks as it says, and there is more behind it, to
 * the very end of the datagram.
 */
static bool rtcp_proves(struct slice s)
{
	uint32_t type = (uint32_t)field_get(s, &fields[TYPE]), packets = 0, n = 0;
	uint32_t least = record_len(type == SR ? &sender : &source) + RTCP_HEADER +
			 record_len(&block) * (uint32_t)field_get(s, &fields[REPORTS]);

	if ((type != SR && type != RR) || field_get(s, &fields[PADDING]) || packet_length(s) != least)
		return false;
	for (; s.cap >= RTCP_HEADER; s = slice_skip(s, n), packets++) {
		type = (uint32_t)field_get(s, &fields[TYPE]);
		n = packet_length(s);
		if (field_get(s, &fields[VERSION]) != 2 || type < SR || type > XR || n > s.cap)
			return false;
	}
	return s.wire == 0 && packets > 1;
}

static enum proto_id rtcp_parse(struct step *s)
{
	uint32_t n = packet_length(s->in);

	if (get(s, &fields[VERSION]) != 2 || get(s, &fields[TYPE]) < SR)
		return step_decline(s);
	if (n > s->in.wire) {
		step_note(s, NOTE_LENGTH_LIES);
		n = s->in.wire;
	}
	step_header(s, n);
	return PROTO_RTCP;
}

static const struct record *rtcp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	uint32_t type = (uint32_t)field_get(whole, &fields[TYPE]), reports, n = rest->cap;
	const struct record *r = &content;

	reports = (uint32_t)field_get(whole, &fields[REPORTS]);
	if (n == 0)
		return NULL;
	if ((index == 0 && type == SDES) || (index < reports && type == BYE))
		r = &identifier;
	else if (index == 0 && type != BYE)
		r = type == SR ? &sender : &source;
	else if ((type == SR || type == RR) && index <= reports)
		r = &block;
	if (r != &content)
		n = record_len(r);
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

/* "UDP, length 80, RTCP sender report, source description" */
static uint32_t rtcp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	uint32_t shown = 0;

	out_str(o, "UDP, length ");
	out_dec(o, layer_whole(b->d, &b->d->layer[i]).wire);
	for (; layer_proto(b->d, i) == PROTO_RTCP && shown < 5; i++, shown++) {
		struct slice h = layer_head(b->d, &b->d->layer[i]);
		const char *name = name_of(types, (uint32_t)field_get(h, &fields[TYPE]));

		out_str(o, shown ? ", " : ", RTCP ");
		out_str(o, h.cap < RTCP_HEADER ? "[|rtcp]" : name ? name : "packet");
	}
	return b->d->count;
}

const struct proto proto_rtcp = {
	.head    = { "rtcp", fields, FIELDS, NULL },
	.title   = "RTP Control Protocol",
	.min_len = RTCP_HEADER,
	.over    = { { BY_UDPPORT, 5005 } },
	.proves  = rtcp_proves,
	.proves_over = BY_UDPPORT,
	.first   = { { 0x80, 0x9f } },
	.parse   = rtcp_parse,
	.option  = rtcp_option,
	.record  = rtcp_record,
	.summary = rtcp_summary,
};
