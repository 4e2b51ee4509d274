/* SPDX-License-Identifier: BSD-2-Clause */
/* details.c - what a pcapng file says besides its packets, draft-ietf-opsawg-pcapng
 *
 * How it works: one piece of memory, taken once, has room for so many sections, interfaces, comments and
 * bytes of text; a page of it is used only once something is put there. What does not fit is counted.
 */
#include "capture/details.h"

#include <stddef.h>
#include <stdlib.h>

#define RESOLUTION 6	/* 10^-6 s, where no option says another */

static uint64_t sum(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* A copy of the n bytes at value, up to a NUL; NULL where there is no room. */
static const char *keep(struct details *d, const uint8_t *value, uint32_t n)
{
	char *text = d->text + d->text_used;

	n = (uint32_t)strnlen((const char *)value, n);
	if (n >= DETAILS_TEXT - d->text_used) {
		d->texts_lost++;
		return NULL;
	}
	memcpy(text, value, n);
	text[n] = '\0';
	d->text_used += n + 1;
	return text;
}

static void comment(struct details *d, const struct option *o, enum details_place place, uint64_t number)
{
	uint32_t n = d->comments++;

	if (n < DETAILS_COMMENTS)
		d->comment[n] = (struct details_comment){ keep(d, o->value, o->len), number, (uint8_t)place };
}

/* Options whose value is a text, and where it goes. */
struct text_option {
	uint16_t code;
	uint16_t at;		/* of the member */
};

static bool take_text(struct details *d, void *to, const struct option *o, const struct text_option *known, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char **member = (const char **)(void *)((char *)to + known[i].at);

		if (known[i].code == o->code) {
			*member = keep(d, o->value, o->len);
			return true;
		}
	}
	return false;
}

static void section(struct details *d, const struct watched *w)
{
	static const struct text_option known[] = {
		{ 2, offsetof(struct details_section, hardware) },
		{ 3, offsetof(struct details_section, os) },
		{ 4, offsetof(struct details_section, application) },
	};
	uint32_t number = d->sections++;
	struct block rest = w->block;
	struct option o;

	if (number >= DETAILS_SECTIONS)
		return;
	while (option_next(&rest, &o, w->swapped)) {
		if (o.code == OPTION_COMMENT)
			comment(d, &o, OF_SECTION, number);
		take_text(d, &d->section[number], &o, known, sizeof(known) / sizeof(known[0]));
	}
}

/* if_filter: the first byte says whether a text follows (0) or a BPF program (1). */
static void take_filter(struct details *d, struct details_interface *i, const struct option *o)
{
	if (o->len >= 1 && o->value[0] == 0)
		i->filter = keep(d, o->value + 1, o->len - 1u);
	else if (o->len >= 1 && o->value[0] == 1)
		i->program = (o->len - 1u) / 8;
}

static void take_number(struct details *d, struct details_interface *i, const struct option *o, bool swapped)
{
	enum { SPEED = 8 };

	if (o->code == OPTION_MAC && o->len >= sizeof(i->mac)) {
		memcpy(i->mac, o->value, sizeof(i->mac));
		i->has_mac = true;
	} else if (o->code == SPEED && o->len >= 8) {
		i->speed = stored_u64(o->value, swapped);
	} else if (o->code == OPTION_TSRESOL && o->len >= 1) {
		i->resolution = *o->value;
	} else if (o->code == OPTION_TSOFFSET && o->len >= 8) {
		i->offset = (int64_t)stored_u64(o->value, swapped);
	} else if (o->code == OPTION_FILTER) {
		take_filter(d, i, o);
	}
}

/* The reader has refused what has no place in 64 bits. */
static uint64_t units_of(uint8_t resolution)
{
	uint64_t units = 1;

	if (resolution & 0x80)
		return units << (resolution & 0x3f);
	for (uint8_t n = 0; n < resolution; n++)
		units *= 10;
	return units;
}

static void interface(struct details *d, const struct watched *w)
{
	static const struct text_option known[] = {
		{ OPTION_NAME, offsetof(struct details_interface, name) },
		{ OPTION_DESCRIPTION, offsetof(struct details_interface, description) },
		{ 12, offsetof(struct details_interface, os) },
		{ 15, offsetof(struct details_interface, hardware) },
	};
	struct block rest = { w->block.body + 8, w->block.len - 8 };
	struct details_interface *i;
	struct option o;

	d->interfaces++;
	if (w->interface >= DETAILS_INTERFACES)
		return;
	i = &d->interface[w->interface];
	i->linktype = stored_u16(w->block.body, w->swapped);
	i->snaplen = stored_u32(w->block.body + 4, w->swapped);
	i->resolution = RESOLUTION;
	while (option_next(&rest, &o, w->swapped)) {
		if (o.code == OPTION_COMMENT)
			comment(d, &o, OF_INTERFACE, w->interface);
		else if (!take_text(d, i, &o, known, sizeof(known) / sizeof(known[0])))
			take_number(d, i, &o, w->swapped);
	}
	i->units = units_of(i->resolution);
}

/* Counts are from the begin of the capture on: the last block of an interface has them all. */
static void statistics(struct details *d, const struct watched *w)
{
	enum { IFRECV = 4, IFDROP, FILTERACCEPT, OSDROP, USRDELIV };
	struct block rest = { w->block.body + 12, w->block.len - 12 };
	struct details_interface *i;
	uint64_t told[USRDELIV - IFRECV + 1];
	struct option o;
	uint64_t number;

	if (w->block.len < 12 || stored_u32(w->block.body, w->swapped) >= w->interfaces)
		return;
	number = (uint64_t)w->interface + stored_u32(w->block.body, w->swapped);
	if (number >= DETAILS_INTERFACES)
		return;
	memset(told, 0xff, sizeof(told));
	while (option_next(&rest, &o, w->swapped)) {
		if (o.code == OPTION_COMMENT)
			comment(d, &o, OF_INTERFACE, number);
		if (o.code >= IFRECV && o.code <= USRDELIV && o.len >= 8)
			told[o.code - IFRECV] = stored_u64(o.value, w->swapped);
	}
	i = &d->interface[number];
	i->statistics++;
	i->received = told[0];
	i->dropped = told[IFDROP - IFRECV];
	i->accepted = told[FILTERACCEPT - IFRECV];
	i->os_dropped = told[OSDROP - IFRECV];
	i->delivered = told[USRDELIV - IFRECV];
}

static void lost(struct details *d, const struct watched *w, uint64_t drops)
{
	d->lost = sum(d->lost, drops);
	if (w->interface < DETAILS_INTERFACES)
		d->interface[w->interface].lost = sum(d->interface[w->interface].lost, drops);
}

static void packet(struct details *d, const struct watched *w)
{
	struct block rest = w->block;
	struct option o;

	if (w->drops != UINT16_MAX)	/* the obsolete block's "not known" */
		lost(d, w, w->drops);
	while (option_next(&rest, &o, w->swapped)) {
		if (o.code == OPTION_COMMENT)
			comment(d, &o, OF_PACKET, d->packets + w->index + 1);
		if (o.code == OPTION_DROPCOUNT && o.len >= 8)
			lost(d, w, stored_u64(o.value, w->swapped));
	}
}

static void told(void *who, const struct watched *w)
{
	struct details *d = who;

	switch (w->type) {
	case SECTION_HEADER:
		section(d, w);
		break;
	case INTERFACE:
		interface(d, w);
		break;
	case INTERFACE_STATISTICS:
		statistics(d, w);
		break;
	case PACKET:
	case ENHANCED_PACKET:
		packet(d, w);
		break;
	case NAME_RESOLUTION:
		d->names++;
		break;
	case DECRYPTION_SECRETS:
		d->secrets++;
		break;
	case SYSTEMD_JOURNAL:
		d->journals++;
		break;
	case CUSTOM:
	case CUSTOM_NOT_COPIED:
		d->custom++;
		break;
	default:
		d->unknown++;
	}
}

struct details *details_new(void)
{
	struct details *d = calloc(1, sizeof(*d));

	if (d)
		d->watch = (struct watch){ .told = told, .who = d };
	return d;
}

void details_put(struct details *d, const struct batch *b)
{
	for (uint32_t i = 0; i < b->count; i++)
		if (b->packet[i].interface < DETAILS_INTERFACES)
			d->interface[b->packet[i].interface].packets++;
	d->packets += b->count;
}

uint64_t details_dropped(const struct details *d)
{
	uint64_t all = DETAILS_UNKNOWN;

	for (uint32_t n = 0; n < DETAILS_INTERFACES && n < d->interfaces; n++) {
		const struct details_interface *i = &d->interface[n];

		if (!i->statistics)
			continue;
		if (i->dropped != DETAILS_UNKNOWN)
			all = sum(all == DETAILS_UNKNOWN ? 0 : all, i->dropped);
		if (i->os_dropped != DETAILS_UNKNOWN)
			all = sum(all == DETAILS_UNKNOWN ? 0 : all, i->os_dropped);
	}
	return all;
}
