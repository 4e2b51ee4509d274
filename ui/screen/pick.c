/* SPDX-License-Identifier: BSD-2-Clause */
/* pick.c - an interface is chosen on a terminal, and looked at */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "decode/catalog.h"
#include "ui/colour.h"
#include "ui/jobs.h"
#include "ui/screen/config.h"
#include "ui/screen/pickpane.h"
#include "ui/screen/terminal.h"

_Static_assert(LINK_MARKS <= INTERFACES_MAX, "what is marked can be asked for");

static int show(struct picker *p, struct grid *g, struct error *e)
{
	uint32_t width, height;

	terminal_size(&width, &height);
	if (!grid_size(g, width, height))
		return error_set(e, STATUS_USAGE, "view: no memory for a screen of %u columns", width);
	pickpane_draw(p, g);
	terminal_show(g);
	return 0;
}

static void take_keys(struct picker *p)
{
	uint32_t press, row;

	while (!p->quit && !p->start && (press = terminal_key(&row)) != PRESS_NONE) {
		picker_key(p, press);
		if (p->redraw)
			terminal_forget();
		if (p->suspend)
			terminal_suspend();
		p->redraw = p->suspend = false;
	}
}

/* Until the reader has chosen, or does not want to. The kernel is asked once a second. */
static int choose(struct picker *p, bool ascii, struct error *e)
{
	struct grid g = { .ascii = ascii || !terminal_is_utf8() };
	int rc = 0;

	p->start = false;
	while (!rc && !p->quit && !p->start) {
		unsigned seen;

		linklist_tick(&p->list, clock_now(CLOCK_MONOTONIC));
		rc = show(p, &g, e);
		seen = terminal_wait(1000, -1);
		if (seen & TERMINAL_STOP)
			p->quit = true;
		if (seen & TERMINAL_KEY)
			take_keys(p);
	}
	grid_free(&g);
	return rc;
}

/* Capture as p says. Options that it has no line for stay as they are in o. */
static int capture(struct picker *p, const struct options *o, struct error *e)
{
	struct options chosen = *o;
	char name[LINK_MARKS][IF_NAMESIZE];
	enum writer_format usual;

	for (uint32_t i = 0; linklist_at(&p->list, i) && chosen.interfaces < LINK_MARKS; i++) {
		if (!picker_chosen(p, i))
			continue;
		memcpy(name[chosen.interfaces], linklist_at(&p->list, i)->name, IF_NAMESIZE);
		chosen.interface[chosen.interfaces] = name[chosen.interfaces];
		chosen.interfaces++;
	}
	chosen.filter = *p->filter ? p->filter : NULL;
	chosen.write = *p->output ? p->output : NULL;
	chosen.no_promiscuous = !p->promiscuous;
	usual = chosen.interfaces > 1 ? WRITER_PCAPNG : WRITER_PCAP;
	if (!o->write || strcmp(o->write, p->output) != 0)
		chosen.format = (int8_t)writer_format_of(p->output, usual);
	return job_live(&chosen, e);
}

/* Is there to be nothing but ASCII on the screen? What is wrong in the user's file is said before there is one. */
static int wants_ascii(const struct options *o, bool *ascii, struct error *e)
{
	struct config c;
	int rc;

	catalog_init();
	proto_init();
	config_open(&c);
	rc = config_load(&c, e);
	*ascii = c.ascii || o->only_ascii;
	config_close(&c);
	return rc;
}

int job_pick(const struct options *o, struct error *e)
{
	struct picker p;
	bool ascii;
	int rc = wants_ascii(o, &ascii, e);

	if (rc)
		return rc;
	rc = picker_open(&p, o, e);
	while (!rc && !p.quit) {
		rc = terminal_open(colour_wanted((enum colour_when)o->colour), e);
		if (rc)
			break;
		rc = choose(&p, ascii, e);
		terminal_close();
		if (rc || p.quit)
			break;
		rc = capture(&p, o, e);
		if (rc >= 0)
			break;
		picker_say(&p, e->text);	/* another one may do */
		rc = 0;
	}
	picker_close(&p);
	return rc;
}

bool pick_fits(const struct options *o)
{
	return !o->interfaces && o->command == COMMAND_NONE && view_fits(o);
}
