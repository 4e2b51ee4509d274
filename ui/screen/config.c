/* SPDX-License-Identifier: BSD-2-Clause */
/* config.c - what the user wants the view to be like, from a file or typed */
#define _GNU_SOURCE
#include "ui/screen/config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ui/screen/history.h"
#include "ui/userfile.h"

#define HISTORY 100
#define LINE_MAX_BYTES 4096

static int take_columns(struct config *c, const char *value, struct error *e)
{
	struct list_columns columns;
	int rc = list_columns_open(&columns, value, e);

	if (rc)
		return rc;
	list_columns_close(&c->columns);
	c->columns = columns;
	return 0;
}

static int take_colour(struct config *c, const char *value, struct error *e)
{
	uint32_t at;

	return rules_add(&c->rules, value, &at, e);
}

/* Which of the words, with commas between them, value is. */
static int take_word(uint8_t *to, const char *words, const char *value, struct error *e)
{
	size_t n = strlen(value);
	uint8_t i = 0;

	for (const char *at = words;; at += 2, i++) {
		size_t length = strcspn(at, ",");

		if (length == n && strncmp(at, value, n) == 0) {
			*to = i;
			return 0;
		}
		at += length;
		if (!*at)
			return error_set(e, STATUS_USAGE, "'%.60s' is not one of %s", value, words);
	}
}

static const char clocks[] = "first, delta, shown, day, date, epoch";
static const char layouts[] = "auto, list, two, three";
static const char answers[] = "no, yes";

static int take_time(struct config *c, const char *value, struct error *e)
{
	return take_word(&c->clock, clocks, value, e);
}

static int take_layout(struct config *c, const char *value, struct error *e)
{
	return take_word(&c->layout, layouts, value, e);
}

static int take_answer(bool *to, const char *value, struct error *e)
{
	uint8_t answer = 0;
	int rc = take_word(&answer, answers, value, e);

	if (!rc)
		*to = answer;
	return rc;
}

static int take_utc(struct config *c, const char *value, struct error *e)
{
	return take_answer(&c->utc, value, e);
}

static int take_ascii(struct config *c, const char *value, struct error *e)
{
	return take_answer(&c->ascii, value, e);
}

static int take_mouse(struct config *c, const char *value, struct error *e)
{
	return take_answer(&c->mouse, value, e);
}

static int take_osc52(struct config *c, const char *value, struct error *e)
{
	return take_answer(&c->osc52, value, e);
}

static int take_history(struct config *c, const char *value, struct error *e)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || n > HISTORY_MAX)
		return error_set(e, STATUS_USAGE, "'%.60s' is no number from 0 to %d", value, HISTORY_MAX);
	c->history = (uint32_t)n;
	return 0;
}

const struct config_key config_keys[] = {
	{ "columns", "NAME[:WIDTH], ...", "the list's columns: number, time, source, destination, protocol, length, "
	  "info, and the fields of --list-fields", take_columns },
	{ "colour", "STYLE: FILTER", "rows that the display filter lets through; the first of several such lines that "
	  "holds counts. STYLE: red, green, yellow, blue, magenta or cyan, and bold, dim, underline, reverse", take_colour },
	{ "time", clocks, "what the column of times says", take_time },
	{ "utc", answers, "times in UTC, not in the local zone", take_utc },
	{ "layout", layouts, "which panes are there", take_layout },
	{ "ascii", answers, "nothing beyond ASCII, in UTF-8 too", take_ascii },
	{ "mouse", answers, "the mouse selects, and its wheel scrolls", take_mouse },
	{ "osc52", answers, "y hands text to the terminal's clipboard", take_osc52 },
	{ "history", "0 to 200", "how many display filters are kept for the next run", take_history },
};

const uint32_t config_keys_count = sizeof(config_keys) / sizeof(config_keys[0]);

void config_open(struct config *c)
{
	struct error ignored;

	*c = (struct config){ .history = HISTORY };
	list_columns_open(&c->columns, list_columns_default, &ignored);
}

void config_close(struct config *c)
{
	list_columns_close(&c->columns);
	rules_close(&c->rules);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The length of the key that a line begins with, behind blanks that *at is moved over. */
static size_t key_length(const char **at)
{
	size_t n = 0;

	while (is_blank(**at))
		++*at;
	while (isalnum((unsigned char)(*at)[n]) || (*at)[n] == '-')
		n++;
	return n;
}

static int unknown(const char *key, size_t n, struct error *e)
{
	int rc = error_set(e, STATUS_USAGE, "'%.*s' is not one of", n < 60 ? (int)n : 60, key);

	for (uint32_t i = 0; i < config_keys_count; i++) {
		size_t used = strlen(e->text);

		snprintf(e->text + used, sizeof(e->text) - used, "%s %s", i ? "," : "", config_keys[i].name);
	}
	return rc;
}

int config_set(struct config *c, const char *setting, struct error *e)
{
	char value[LINE_MAX_BYTES];
	size_t n = key_length(&setting), end;
	const char *at = setting + n;

	while (is_blank(*at))
		at++;
	if (*at == '=')
		at++;
	while (is_blank(*at))
		at++;
	for (end = strlen(at); end > 0 && is_blank(at[end - 1]); end--)
		;
	if (end >= sizeof(value))
		return error_set(e, STATUS_USAGE, "longer than %d bytes", LINE_MAX_BYTES);
	memcpy(value, at, end);
	value[end] = '\0';
	for (uint32_t i = 0; i < config_keys_count; i++)
		if (n > 0 && strlen(config_keys[i].name) == n && strncmp(config_keys[i].name, setting, n) == 0)
			return config_keys[i].take(c, value, e);
	return unknown(setting, n ? n : strcspn(setting, " \t"), e);
}

/* The line at *at, which goes on behind it; false behind the last. */
static bool next_line(const char **at, char *line, size_t size)
{
	size_t n = strcspn(*at, "\n"), kept = n < size - 1 ? n : size - 1;

	if (!**at)
		return false;
	memcpy(line, *at, kept);
	line[kept] = '\0';
	*at += n + ((*at)[n] == '\n');
	return true;
}

int config_take(struct config *c, const char *path, const char *text, struct error *e)
{
	char line[LINE_MAX_BYTES + 256];
	struct error why;

	for (uint32_t number = 1; next_line(&text, line, sizeof(line)); number++) {
		const char *at = line;

		if (key_length(&at) == 0 && (!*at || *at == '#'))
			continue;
		if (config_set(c, at, &why))
			return error_set(e, STATUS_USAGE, "%s:%u: %s", path, number, why.text);
	}
	return 0;
}

bool config_path(char *path, size_t size)
{
	return userfile_path(path, size, USERFILE_CONFIG, "config");
}

int config_load(struct config *c, struct error *e)
{
	char path[512], *text;
	int rc;

	if (!config_path(path, sizeof(path)))
		return 0;
	rc = userfile_read(path, &text, e);
	if (!rc && text)
		rc = config_take(c, path, text, e);
	free(text);
	return rc;
}

static bool is_of(const char *line, const char *key)
{
	return key_length(&line) == strlen(key) && strncmp(line, key, strlen(key)) == 0;
}

static void print_lines(FILE *f, const char *key, const char *const *lines, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		fprintf(f, "%s = %s\n", key, lines[i]);
}

/* text with other lines for key. */
static void print_edited(FILE *f, const char *text, const char *key, const char *const *lines, uint32_t n)
{
	char line[USERFILE_MAX];
	bool printed = false;

	while (next_line(&text, line, sizeof(line))) {
		if (!is_of(line, key)) {
			fprintf(f, "%s\n", line);
			continue;
		}
		if (!printed)
			print_lines(f, key, lines, n);
		printed = true;
	}
	if (!printed)
		print_lines(f, key, lines, n);
}

int config_save(const char *key, const char *const *lines, uint32_t n, struct error *e)
{
	char path[512], *text, *edited = NULL;
	size_t size = 0;
	FILE *f;
	int rc;

	if (!config_path(path, sizeof(path)))
		return error_set(e, STATUS_WRITE, "configuration: neither XDG_CONFIG_HOME nor HOME says where it is");
	rc = userfile_read(path, &text, e);
	if (rc)
		return rc;
	f = open_memstream(&edited, &size);
	if (f)
		print_edited(f, text ? text : "", key, lines, n);
	if (f && fclose(f) == 0)
		rc = userfile_write(path, edited, size, e);
	else
		rc = error_set(e, STATUS_WRITE, "%s: no memory for it", path);
	free(edited);
	free(text);
	return rc;
}
