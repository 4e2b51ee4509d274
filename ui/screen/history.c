/* SPDX-License-Identifier: BSD-2-Clause */
/* history.c - lines that were entered before
 *
 * The file has a filter a line, the newest last. It is read again before each change, so that what others have
 * entered meanwhile stays.
 */
#define _GNU_SOURCE
#include "ui/screen/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/userfile.h"

#define LONGEST 1024	/* bytes of a line */

static void remove_line(struct history *h, uint32_t i)
{
	free(h->line[i]);
	h->count--;
	for (; i < h->count; i++)
		h->line[i] = h->line[i + 1];
}

void history_add(struct history *h, const char *line)
{
	char *copy;

	if (!*line || (h->count > 0 && strcmp(h->line[h->count - 1], line) == 0))
		return;
	copy = strdup(line);
	if (!copy)
		return;
	if (h->count == HISTORY_MAX)
		remove_line(h, 0);
	h->line[h->count++] = copy;
}

/* One that a prompt can show. */
static bool is_fit(const char *line)
{
	size_t n = 0;

	while (line[n] && ((unsigned char)line[n] >= 0x20 && line[n] != 0x7f))
		n++;
	return n > 0 && n < LONGEST && !line[n];
}

static bool find(char *path, size_t size)
{
	return userfile_path(path, size, USERFILE_STATE, "filters");
}

/* The last most lines of text, which is cut into them. */
static void take(struct history *h, char *text, uint32_t most)
{
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (is_fit(line))
			history_add(h, line);
	while (h->count > most)
		remove_line(h, 0);
}

/* Returns 0; negative with e filled in, where there is a file that cannot be read. */
static int load(struct history *h, const char *path, uint32_t most, struct error *e)
{
	char *text;
	int rc = userfile_read(path, &text, e);

	if (rc)
		return rc;
	if (text)
		take(h, text, most);
	free(text);
	return 0;
}

void history_load(struct history *h, uint32_t most)
{
	char path[512];
	struct error ignored;

	if (most > 0 && find(path, sizeof(path)))
		load(h, path, most, &ignored);
}

static void forget(struct history *h, const char *line)
{
	for (uint32_t i = 0; i < h->count; i++) {
		if (strcmp(h->line[i], line) != 0)
			continue;
		remove_line(h, i);
		return;
	}
}

/* The oldest line that goes into the file: what is larger than USERFILE_MAX would not be read again. */
static uint32_t first_kept(const struct history *h, uint32_t most)
{
	uint32_t i = h->count;

	for (size_t size = 0; i > 0 && h->count - i < most; i--) {
		size += strlen(h->line[i - 1]) + 1;
		if (size > USERFILE_MAX)
			break;
	}
	return i;
}

static int write_lines(const struct history *h, const char *path, uint32_t most, struct error *e)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);
	int rc;

	for (uint32_t i = first_kept(h, most); f && i < h->count; i++)
		fprintf(f, "%s\n", h->line[i]);
	if (f && fclose(f) == 0)
		rc = userfile_write(path, text, size, e);
	else
		rc = error_set(e, STATUS_WRITE, "%s: no memory for it", path);
	free(text);
	return rc;
}

int history_keep(const char *line, uint32_t most, struct error *e)
{
	struct history h = { .count = 0 };
	char path[512];
	int rc;

	if (most == 0 || !is_fit(line))
		return 0;
	if (!find(path, sizeof(path)))
		return error_set(e, STATUS_WRITE, "there is no home directory");
	rc = load(&h, path, most, e);
	if (rc)
		return rc;
	forget(&h, line);
	history_add(&h, line);
	rc = write_lines(&h, path, most, e);
	history_free(&h);
	return rc;	/* each was freed: NOLINT(clang-analyzer-unix.Malloc) */
}

void history_free(struct history *h)
{
	while (h->count > 0)
		free(h->line[--h->count]);
}
