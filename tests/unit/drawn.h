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

/* What ringtail itself draws: ASCII, lines and bars, and what stands for what was cut off. */
static inline bool is_ours(uint32_t ch)
{
	return (ch >= 0x20 && ch < 0x7f) || (ch >= 0x2500 && ch < 0x2600) || ch == 0x2026;
}

/* Type the texts over and over, and draw after each, in ever another size, each text in six of them: whatever the capture
 * says, only such characters are shown, and the cursor is on the screen. Returns false where it cannot be opened.
 */
static inline bool draw_at_every_size(const char *path, const char *const *typed, uint32_t count, bool (*is_good)(uint32_t ch))
{
	static const struct { uint32_t width, height; } sizes[] = {
		{ 80, 24 }, { 20, 4 }, { 400, 100 }, { 1, 1 }, { 33, 7 }, { 121, 31 }, { 40, 10 }, { 104, 31 }, { 72, 31 },
	};
	const uint32_t shapes = sizeof(sizes) / sizeof(sizes[0]);

	if (!open_view(path))
		return false;
	for (uint32_t i = 0; i < 6 * count; i++) {
		type(typed[i % count]);
		draw(sizes[i % shapes].width, sizes[i % shapes].height);
		for (uint32_t n = 0; n < g.width * g.height; n++)
			if (!is_good(g.cell[n].ch))
				fail_msg("%s: U+%04X is drawn at %u of %u columns", path, g.cell[n].ch, n, g.width);
		assert_true(g.cursor_row < g.height && g.cursor_column < g.width);
	}
	close_view();
	return true;
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
