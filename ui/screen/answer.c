/* SPDX-License-Identifier: BSD-2-Clause */
/* answer.c - what was typed below the title, and entered, is done */
#define _GNU_SOURCE
#include "ui/screen/answer.h"

#include <stdio.h>
#include <stdlib.h>

#include "ui/screen/choosers.h"
#include "ui/screen/followkeys.h"
#include "ui/screen/refilter.h"
#include "ui/screen/sift.h"
#include "ui/screen/tables.h"
#include "ui/screen/verbs.h"

static void go_to(struct screen *s, const char *text)
{
	uint64_t number = strtoull(text, NULL, 10);
	struct packets *v = &s->v;
	uint32_t at;

	if (number <= store_first(v->store) || number > store_count(v->store)) {
		packets_say(v, "There is no packet %s: there are %u to %u", text, store_first(v->store) + 1,
			    store_count(v->store));
		return;
	}
	s->at = SCREEN_PACKETS;
	at = packets_position(v, (uint32_t)number - 1);
	packets_select(v, at);
	v->follow = false;
	if (at >= packets_end(v) || packets_number(v, at) != number - 1)
		packets_say(v, "Packet %s is not among those shown", text);
}

static void filter(struct screen *s, const char *text)
{
	struct error e;

	sift_apply(s, text);
	if (!s->remembers || !history_keep(text, s->v.config.history, &e))
		return;
	s->remembers = false;	/* it is said once */
	if (!*s->v.message)
		packets_say(&s->v, "Not kept for other runs: %s", e.text);
}

static void find(struct screen *s, const char *text)
{
	struct match_error why;
	bool wrong = find_asks_fields(text) ? find_parse_fields(&s->find, text, &why) != 0 : find_parse(&s->find, text) != NULL;

	if (!wrong)
		find_start(&s->find, &s->v, false);
}

/* Of a flow, its packets are looked for; else they are those that are marked or shown. */
static void save(struct screen *s, const char *path)
{
	const struct flow *flow = s->at == SCREEN_FLOWS ? flowlist_selected(&s->flows) : NULL;
	struct match_error why;
	struct sieve *sieve;
	char text[40];

	if (s->save.running) {
		packets_say(&s->v, "Other packets are being saved; Esc cancels that");
		return;
	}
	if (!flow) {
		save_start(&s->save, &s->v, NULL, path);
		return;
	}
	snprintf(text, sizeof(text), "flow == %u", flow->id);
	sieve = sieve_open(text, s->v.options, &why);
	if (!sieve) {
		packets_say(&s->v, "No memory to save a flow");
		return;
	}
	sieve_flows(sieve, &s->flows.table->flows);
	save_start(&s->save, &s->v, sieve, path);
}

static void export(struct screen *s, const char *text)
{
	struct export_table table;
	struct error e;
	uint32_t selected;

	if (s->export.file)
		packets_say(&s->v, "Another table is being exported; Esc cancels that");
	else if (!tables_export(s, &s->row, &table, &selected))
		packets_say(&s->v, "This screen has no table that can be exported");
	else if (export_start(&s->export, &table, text, &e))
		packets_say(&s->v, "%s", e.text);
}

static void set(struct screen *s, const char *text)
{
	struct config *c = &s->v.config;
	struct error e;

	c->clock = (uint8_t)s->v.clock;
	c->layout = (uint8_t)s->v.layout;
	c->utc = s->v.times.utc;
	if (config_set(c, text, &e)) {
		packets_say(&s->v, "%s", e.text);
		return;
	}
	s->v.clock = (enum clock)c->clock;
	s->v.layout = (enum layout)c->layout;
	s->v.times.utc = c->utc;
	s->v.times.have_second = false;
	if (s->at == SCREEN_COLUMNS || s->at == SCREEN_COLOURS)
		choosers_open(s, s->chooser.choice);
}

static void choose(struct screen *s, const char *text)
{
	chooser_put(&s->chooser, &s->v, text);
}

static void quit(struct screen *s, const char *text)
{
	(void)text;
	s->quit = true;
}

static void (*const commands[VERBS])(struct screen *s, const char *text) = {
	[VERB_GO_TO] = go_to, [VERB_SAVE] = save, [VERB_EXPORT] = export, [VERB_SET] = set, [VERB_FILTER] = filter,
	[VERB_QUIT] = quit,
};

static void command(struct screen *s, const char *text)
{
	const char *rest;
	enum verb v = verb_of(text, &rest);

	if (v < VERBS)
		commands[v](s, rest);
}

static void (*const answers[PURPOSES])(struct screen *s, const char *text) = {
	[ASK_FILTER] = filter, [ASK_FIND] = find, [ASK_FIND_SAID] = followkeys_find, [ASK_COMMAND] = command, [ASK_SAVE] = save, [ASK_SAVE_BYTES] = followkeys_save,
	[ASK_EXPORT] = export, [ASK_COLUMN] = choose, [ASK_RULE] = choose,
	[ASK_CAPTURE] = refilter_apply,
};

void answer_take(struct screen *s, enum purpose purpose, const char *text)
{
	if (*text || purpose == ASK_FILTER || purpose == ASK_CAPTURE)
		answers[purpose](s, text);
}
