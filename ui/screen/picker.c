/* SPDX-License-Identifier: BSD-2-Clause */
/* picker.c - which interface to capture on, and how */
#define _GNU_SOURCE
#include "ui/screen/picker.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capture/filter.h"
#include "capture/interface.h"
#include "capture/rights.h"
#include "ui/ssh.h"

static void set_user(struct picker *p)
{
	const struct passwd *user = getpwuid(geteuid());

	if (user)
		snprintf(p->user, sizeof(p->user), "%s", user->pw_name);
	else
		snprintf(p->user, sizeof(p->user), "%u", (unsigned)geteuid());
	p->may = rights_capture();
}

/* Does text compile for the frames of link? Else p says why. */
static bool compiles(struct picker *p, const char *text, const struct link *link)
{
	uint16_t linktype = link->index ? interface_linktype(link->hardware) : LINKTYPE_LINUX_SLL2;
	struct filter *filter;

	if (filter_open(&filter, text, linktype, p->snaplen, &p->wrong))
		return false;
	filter_close(filter);
	return true;
}

/* What is typed is compiled as it would be for what is chosen. */
static void check_filter(struct picker *p)
{
	const char *text = p->asking == PICK_FILTER ? p->prompt.text : p->filter;

	for (uint32_t i = 0; linklist_at(&p->list, i); i++)
		if (picker_chosen(p, i) && !compiles(p, text, linklist_at(&p->list, i)))
			return;
	*p->wrong.text = '\0';
}

bool picker_chosen(const struct picker *p, uint32_t i)
{
	return p->list.marks > 0 ? linklist_marked(&p->list, linklist_at(&p->list, i)->index) : i == p->list.cursor;
}

/* The interface of the default route, which is known here, else the first that is neither any nor lo. */
static void select_usual(struct linklist *l, bool here)
{
	struct interface usual;
	struct error ignored;

	for (uint32_t i = l->rates; i-- > 0;)
		if (linklist_at(l, i)->index && !linklist_at(l, i)->loopback)
			l->cursor = i;
	if (here && interface_find(&usual, NULL, &ignored) == 0 && strcmp(usual.name, "lo") != 0)
		linklist_select(l, usual.name);
}

int picker_open(struct picker *p, const struct options *o, struct error *e)
{
	int rc;

	*p = (struct picker){ .promiscuous = !o->no_promiscuous, .snaplen = o->snaplen ? o->snaplen : SNAPLEN_MAX };
	rc = linklist_open(&p->list, o->netns, e);
	if (rc)
		return rc;
	select_usual(&p->list, !o->netns);
	snprintf(p->filter, sizeof(p->filter), "%s", o->filter ? o->filter : "");
	snprintf(p->output, sizeof(p->output), "%s", o->write ? o->write : "");
	if (!ssh_filter(p->ssh, sizeof(p->ssh)))
		*p->ssh = '\0';
	set_user(p);
	check_filter(p);
	return 0;
}

void picker_say(struct picker *p, const char *text)
{
	error_set(&p->message, 0, "%s", text);
}

static void ask(struct picker *p, enum picker_line line)
{
	p->asking = line;
	prompt_open(&p->prompt, &p->history[line], line == PICK_FILTER ? p->filter : p->output);
}

/* What does not hold is not entered. */
static void type(struct picker *p, uint32_t press)
{
	char *to = p->asking == PICK_FILTER ? p->filter : p->output;

	if (press == PRESS_ENTER && p->asking == PICK_FILTER && *p->wrong.text)
		return;
	switch (prompt_key(&p->prompt, press)) {
	case PROMPT_ENTERED:
		snprintf(to, PROMPT_MAX, "%s", p->prompt.text);
		p->asking = PICK_NOTHING;
		break;
	case PROMPT_CANCELLED:
		p->asking = PICK_NOTHING;
		break;
	default:
		break;
	}
	check_filter(p);
}

static void start(struct picker *p)
{
	if (!linklist_selected(&p->list))
		picker_say(p, "There is no interface");
	else if (*p->wrong.text)
		picker_say(p, "The filter does not hold: / mends it");
	else
		p->start = true;
}

/* What "any" captures has headers of its own, and is all there is. */
static void choose_several(struct picker *p)
{
	const struct link *link = linklist_selected(&p->list);

	if (link && link->index == 0)
		picker_say(p, "any is not captured together with others");
	else if (link && !linklist_mark(&p->list, link->index, !linklist_marked(&p->list, link->index)))
		picker_say(p, "Not more than these");
	check_filter(p);
}

static void leave_out_ssh(struct picker *p)
{
	if (!*p->ssh)
		picker_say(p, "This is no ssh session");
	else if (*p->filter)
		picker_say(p, "There is a filter already: / changes it");
	else
		snprintf(p->filter, sizeof(p->filter), "%s", p->ssh);
	check_filter(p);
}

static void act(struct picker *p, enum action action)
{
	switch (action) {
	case ACTION_OPEN:
		start(p);
		break;
	case ACTION_FILTER:
		ask(p, PICK_FILTER);
		break;
	case ACTION_OUTPUT:
		ask(p, PICK_OUTPUT);
		break;
	case ACTION_MARK:
		choose_several(p);
		break;
	case ACTION_PROMISCUOUS:
		p->promiscuous = !p->promiscuous;
		break;
	case ACTION_SSH:
		leave_out_ssh(p);
		break;
	case ACTION_HELP:
		p->help = true;
		p->help_top = 0;
		break;
	case ACTION_REDRAW:
		p->redraw = true;
		break;
	case ACTION_SUSPEND:
		p->suspend = true;
		break;
	case ACTION_QUIT:
	case ACTION_BACK:
		p->quit = true;
		break;
	default:
		if (linklist_act(&p->list, action))
			check_filter(p);
		else
			picker_say(p, "Unknown key, ? for help");
		break;
	}
}

void picker_key(struct picker *p, uint32_t press)
{
	if (press != PRESS_CTRL_L)
		*p->message.text = '\0';
	if (p->help) {
		p->help_top = press == PRESS_PAGE_DOWN ? p->help_next : 0;
		p->help = p->help_top > 0;
	} else if (p->asking != PICK_NOTHING) {
		type(p, press);
	} else {
		act(p, key_action(SCREEN_PICKER, press));
	}
}

void picker_close(struct picker *p)
{
	for (uint32_t i = 0; i < PICK_LINES; i++)
		history_free(&p->history[i]);
	linklist_close(&p->list);
}
