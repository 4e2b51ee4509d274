/* SPDX-License-Identifier: BSD-2-Clause */
/* drawn.h - the view of a file as it is drawn, for tests that look at it without a terminal
 *
 * tests/screens/ has screens as text; with UPDATE set in the environment they are written, else compared.
 */
#ifndef TESTS_UNIT_DRAWN_H
#define TESTS_UNIT_DRAWN_H

#include <stdlib.h>

#include "ui/screen/screen.h"

static struct options options;
static struct screen s;
static struct grid g;

static inline bool open_view(const char *path)
{
	struct reader *r;
	struct store *store;
	struct error e;

	if (reader_open(&r, path, &e))
		return false;
	assert_int_equal(store_open(&store, r, NULL, &e), 0);
	assert_int_equal(screen_open(&s, store, path, &options, &e), 0);
	return true;
}

static inline void work(void)
{
	while (screen_work(&s, 1000))
		;
}

static inline void open_whole(const char *path)
{
	assert_true(open_view(path));
	work();
}

static inline void draw(uint32_t width, uint32_t height)
{
	work();
	assert_true(grid_size(&g, width, height));
	screen_draw(&s, &g);
}

static inline void close_view(void)
{
	screen_close(&s);
	grid_free(&g);
}

static inline void type(const char *text)
{
	for (; *text; text++)
		screen_key(&s, *text == '\r' ? PRESS_ENTER : *text == '\033' ? PRESS_ESCAPE : (uint8_t)*text);
}

/* A row as UTF-8, without the blanks at its end. */
static inline const char *row_text(uint32_t row)
{
	static char text[4 * 512 + 1];
	char *at = text;

	for (uint32_t i = 0; i < g.width; i++) {
		uint32_t ch = g.cell[row * g.width + i].ch;

		if (ch >= 0x800) {
			*at++ = (char)(0xe0 | ch >> 12);
			*at++ = (char)(0x80 | (ch >> 6 & 63));
			*at++ = (char)(0x80 | (ch & 63));
		} else if (ch >= 0x80) {
			*at++ = (char)(0xc0 | ch >> 6);
			*at++ = (char)(0x80 | (ch & 63));
		} else if (ch) {
			*at++ = (char)ch;
		}
	}
	while (at > text && at[-1] == ' ')
		at--;
	*at = '\0';
	return text;
}

static inline uint8_t style_at(uint32_t row, uint32_t column)
{
	return g.cell[row * g.width + column].style;
}

#define assert_has(row, part)								\
	do {										\
		if (!strstr(row_text(row), part))					\
			fail_msg("no '%s' in row %u: %s", part, row, row_text(row));	\
	} while (0)

/* The screen as a file has it. */
static inline void assert_screen(const char *name)
{
	char path[128], line[4096];
	bool update = getenv("UPDATE");
	FILE *f;

	snprintf(path, sizeof(path), "tests/screens/%s.txt", name);
	f = fopen(path, update ? "w" : "r");
	assert_non_null(f);
	for (uint32_t row = 0; row < g.height; row++) {
		if (update) {
			fprintf(f, "%s\n", row_text(row));
			continue;
		}
		assert_non_null(fgets(line, sizeof(line), f));
		line[strcspn(line, "\n")] = '\0';
		assert_string_equal(row_text(row), line);
	}
	assert_null(update ? NULL : fgets(line, sizeof(line), f));
	fclose(f);
}

#endif
