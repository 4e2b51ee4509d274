/* SPDX-License-Identifier: BSD-2-Clause */
/* fitness.c - is what was typed below the title fit to be entered? */
#define _GNU_SOURCE
#include "ui/screen/fitness.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capture/filter.h"
#include "ui/display.h"
#include "ui/screen/config.h"
#include "ui/screen/find.h"
#include "ui/screen/verbs.h"

/* Say something of what was typed, wherever it is. */
static void hint(struct verdict *v, enum fitness fitness, const char *text)
{
	struct out o = { v->why.text, v->why.text + sizeof(v->why.text) - 1 };

	v->fitness = fitness;
	v->why.at = UINT32_MAX;
	out_str(&o, text);
	*o.at = '\0';
}

/* The begin of a name, at the end of what was typed, is no fault yet. */
static bool begins_name(struct verdict *v, const char *text, uint32_t length)
{
	uint32_t n = complete_length(text, length);

	if (n == 0 || v->why.at != length - n)
		return false;
	complete(&v->completion, text + length - n, n);
	return v->completion.count > 0;
}

/* What is wrong is said in why: at its end something may come yet. */
static void judge(struct verdict *v, const char *text, uint32_t length)
{
	if (v->why.at >= length) {
		v->fitness = FIT_INCOMPLETE;
	} else if (begins_name(v, text, length)) {
		v->fitness = FIT_INCOMPLETE;
		v->listing = true;
	} else {
		v->fitness = FIT_BAD;
	}
}

static void check_filter(struct verdict *v, const char *text, uint32_t length)
{
	struct display *d;

	if (length == 0) {
		hint(v, FIT, "Enter shows all; tcp.port == 443, dns, ip.addr == 10.0.0.0/8");
	} else if (display_compile(&d, text, &v->why) == 0) {
		display_close(d);
		hint(v, FIT, "Enter applies it");
	} else {
		judge(v, text, length);
	}
}

static void check_needle(struct verdict *v, const char *text, uint32_t length, const char *what)
{
	struct find f = { 0 };
	const char *wrong = find_parse(&f, text);

	if (wrong)
		hint(v, length > 0 ? FIT_INCOMPLETE : FIT, wrong);
	else
		hint(v, FIT, what);
}

static void check_find(struct verdict *v, const char *text, uint32_t length)
{
	struct find f = { 0 };

	if (!find_asks_fields(text))
		check_needle(v, text, length, "text, of rows or bytes; 0x and hex digits: bytes; = and a display filter: fields");
	else if (find_parse_fields(&f, text, &v->why))
		judge(v, text, length);
	else
		hint(v, FIT, "the next packet that the display filter lets through");
	find_close(&f);
}

static void check_find_said(struct verdict *v, const char *text, uint32_t length)
{
	check_needle(v, text, length, "text; 0x and hex digits: bytes");
}

/* Live, the reader is another user than the one who began. */
static bool may_make(const char *path)
{
	char folder[PATH_MAX];
	const char *name = strrchr(path, '/');

	snprintf(folder, sizeof(folder), "%.*s", name ? (int)(name - path + 1) : 1, name ? path : ".");
	return access(folder, W_OK | X_OK) == 0 || errno != EACCES;
}

/* A path that is to become a file. None is written over: it could be the one that is looked at. */
static void check_path(struct verdict *v, const char *path, const char *what)
{
	if (*path && access(path, F_OK) == 0)
		hint(v, FIT_BAD, "there is such a file already");
	else if (strcmp(path, "-") == 0)	/* which is the terminal */
		hint(v, FIT_BAD, "a file is needed");
	else if (*path && !may_make(path))
		hint(v, FIT_INCOMPLETE, "this user may make no file in that folder; in /tmp each may");
	else
		hint(v, FIT, what);
}

static void check_save(struct verdict *v, const char *text, uint32_t length)
{
	(void)length;
	check_path(v, text, "a new file, of what is marked, else of what is shown, or of this flow; .pcapng has interfaces too");
}

static void check_save_bytes(struct verdict *v, const char *text, uint32_t length)
{
	(void)length;
	check_path(v, text, "a new file, of the bytes that are shown: of one end, or both");
}

static void check_export(struct verdict *v, const char *text, uint32_t length)
{
	(void)length;
	check_path(v, text, "a new CSV file, of all rows of this table");
}

/* Nothing is set yet. */
static void check_setting(struct verdict *v, const char *text)
{
	struct config c = { 0 };
	struct error e;

	if (config_set(&c, text, &e))
		hint(v, FIT_INCOMPLETE, e.text);
	else
		hint(v, FIT, "Enter sets it for this run");
	config_close(&c);
}

/* ":": the commands there are. */
static void list_verbs(struct verdict *v, enum fitness fitness)
{
	struct out o = { v->why.text, v->why.text + sizeof(v->why.text) - 1 };

	hint(v, fitness, "");
	out_str(&o, "a packet's number, from 1");
	for (enum verb i = VERB_SAVE; i < VERBS; i++) {
		out_str(&o, i + 1 < VERBS ? ", " : " or ");
		out_str(&o, verbs[i].word);
		if (verbs[i].takes)
			out_char(&o, ' ');
		out_str(&o, verbs[i].takes ? verbs[i].takes : "");
	}
	*o.at = '\0';
}

static void check_command(struct verdict *v, const char *text, uint32_t length)
{
	const char *rest;
	enum verb verb = verb_of(text, &rest);

	if (verb == VERBS && length > 0 && !strchr(text, ' ') && strspn(text, "0123456789") == 0)
		list_verbs(v, FIT_INCOMPLETE);
	else if (verb == VERBS)
		list_verbs(v, length > 0 ? FIT_BAD : FIT);
	else if (verbs[verb].takes && !*rest)
		hint(v, FIT_INCOMPLETE, verbs[verb].does);
	else if (verb == VERB_SAVE || verb == VERB_EXPORT)
		check_path(v, rest, verbs[verb].does);
	else if (verb == VERB_SET)
		check_setting(v, rest);
	else
		hint(v, FIT, verbs[verb].does);
}

static void check_column(struct verdict *v, const char *text, uint32_t length)
{
	struct list_columns c;
	struct error e;
	uint32_t n = complete_length(text, length);

	if (length > 0 && list_columns_open(&c, text, &e) == 0) {
		hint(v, c.count == 1 ? FIT : FIT_BAD, c.count == 1 ? "Enter takes it" : "one at a time");
		list_columns_close(&c);
		return;
	}
	complete(&v->completion, text + length - n, n);
	v->listing = n > 0 && n == length && v->completion.count > 0;
	hint(v, length == 0 || v->listing ? FIT_INCOMPLETE : FIT_BAD,
	     length ? e.text : "number, time, source, destination, protocol, length, info, or a field; NAME:WIDTH");
}

static void check_rule(struct verdict *v, const char *text, uint32_t length)
{
	struct rules r = { .count = 0 };
	struct error e;
	uint32_t at;

	if (rules_add(&r, text, &at, &e) == 0) {
		hint(v, FIT, "Enter takes it");
		rules_close(&r);
		return;
	}
	hint(v, FIT_BAD, e.text);
	v->why.at = at;
	judge(v, text, length);
}

/* Why the n first bytes are no capture filter; NULL: they are. */
static const char *capture_fault(const struct verdict *v, const char *text, size_t n, struct error *e)
{
	char begin[1024];
	struct filter *f;
	const char *why;

	snprintf(begin, sizeof(begin), "%.*s", (int)n, text);
	for (uint32_t i = 0; i < v->capture.linktypes; i++) {
		if (filter_open(&f, begin, v->capture.linktype[i], v->capture.snaplen, e)) {
			why = strstr(e->text, "': ");
			return why ? why + 3 : e->text;
		}
		filter_close(f);
	}
	return NULL;
}

/* Where the word begins that ends before byte n, and the blanks before it. */
static uint32_t word_before(const char *text, uint32_t n)
{
	while (n > 0 && text[n - 1] == ' ')
		n--;
	while (n > 0 && text[n - 1] != ' ')
		n--;
	return n;
}

/* libpcap does not say where, but may quote the word; else it is behind the longest begin, of whole words, that is a
 * filter.
 */
static uint32_t capture_fault_at(const struct verdict *v, const char *text, uint32_t length, const char *why)
{
	const char *quoted = strchr(why, '\''), *found = NULL;
	size_t n = quoted ? strcspn(quoted + 1, "'") : 0;
	struct error ignored;
	uint32_t at = length;

	if (n > 0)
		found = memmem(text, length, quoted + 1, n);
	if (found)
		return (uint32_t)(found - text);
	while (at > 0 && capture_fault(v, text, at, &ignored))
		at = word_before(text, at);
	return at + (uint32_t)strspn(text + at, " ");
}

static void check_capture(struct verdict *v, const char *text, uint32_t length)
{
	struct error e;
	const char *why = capture_fault(v, text, length, &e);

	if (!why) {
		hint(v, FIT, length ? "Enter captures by it from now on" :
					  "Enter captures everything; port 53, host 192.0.2.1 and tcp");
		return;
	}
	hint(v, FIT_BAD, why);
	v->why.at = capture_fault_at(v, text, length, why);
	if (v->why.at >= word_before(text, length))	/* it may go on */
		v->fitness = FIT_INCOMPLETE;
}

static void (*const checks[PURPOSES])(struct verdict *v, const char *text, uint32_t length) = {
	[ASK_FILTER] = check_filter, [ASK_FIND] = check_find, [ASK_FIND_SAID] = check_find_said, [ASK_COMMAND] = check_command, [ASK_SAVE] = check_save, [ASK_SAVE_BYTES] = check_save_bytes,
	[ASK_EXPORT] = check_export, [ASK_COLUMN] = check_column, [ASK_RULE] = check_rule,
	[ASK_CAPTURE] = check_capture,
};

void fitness_check(struct verdict *v, enum purpose purpose, const char *text, uint32_t length)
{
	v->fitness = FIT;
	v->listing = false;
	v->why = (struct match_error){ .at = UINT32_MAX };
	checks[purpose](v, text, length);
}
