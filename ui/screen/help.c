/* SPDX-License-Identifier: BSD-2-Clause */
/* help.c - what the keys do, from the table of keys */
#include "ui/screen/help.h"

#include "ui/screen/keys.h"

#define COLUMN 36		/* columns of one of the two halves */
#define NAME 12			/* of them the key's name */

/* A line of the help: a group's title, or a key of it. */
static void draw_line(struct span *s, enum group group, const struct binding *key)
{
	uint32_t start = s->at;

	if (!key) {
		s->style = STYLE_BOLD;
		span_str(s, key_groups[group]);
	} else {
		s->style = STYLE_BOLD;
		span_format(s, " %s", key->name);
		s->style = 0;
		span_to(s, start + NAME);
		span_str(s, key->does);
	}
	s->style = 0;
	span_to(s, start + COLUMN);
}

static bool has_keys(enum screen_id screen, enum group group)
{
	for (uint32_t i = 0; i < keys_count; i++)
		if (keys[i].group == group && keys[i].on & 1 << screen)
			return true;
	return false;
}

/* Line n of all, each group with its title first; false behind the last. */
static bool line(enum screen_id screen, uint32_t n, enum group *group, const struct binding **key)
{
	for (*group = 0; *group < GROUPS; ++*group) {
		*key = NULL;
		if (!has_keys(screen, *group))
			continue;
		if (n-- == 0)
			return true;
		for (uint32_t i = 0; i < keys_count; i++) {
			*key = &keys[i];
			if ((*key)->group == *group && (*key)->on & 1 << screen && n-- == 0)
				return true;
		}
	}
	return false;
}

static uint32_t lines(enum screen_id screen)
{
	enum group group;
	const struct binding *key;
	uint32_t n = 0;

	while (line(screen, n, &group, &key))
		n++;
	return n;
}

static void border(struct grid *g, uint32_t row, uint32_t left, uint32_t right, const char *title)
{
	struct span s = grid_span(g, row, 0, g->width);

	span_char(&s, left);
	span_char(&s, 0x2500);
	span_str(&s, title);
	while (span_left(&s) > 1)
		span_char(&s, 0x2500);
	span_char(&s, right);
}

uint32_t help_draw(struct grid *g, enum screen_id screen, uint32_t top)
{
	static const char *const titles[KEY_SCREENS] = {
		[SCREEN_PACKETS] = " Help: packets ", [SCREEN_FLOWS] = " Help: flows ",
		[SCREEN_TALKERS] = " Help: talkers ", [SCREEN_STATS] = " Help: statistics ",
		[SCREEN_FOLLOW] = " Help: follow ", [SCREEN_ABOUT] = " Help: capture ",
		[SCREEN_COLUMNS] = " Help: columns ", [SCREEN_COLOURS] = " Help: colours ",
		[SCREEN_INTERFACES] = " Help: interfaces ", [SCREEN_PICKER] = " Help: choose an interface ",
	};
	uint32_t height = g->height > 3 ? g->height - 3 : 1, columns = g->width >= 2 * COLUMN + 2 ? 2 : 1;
	uint32_t all = lines(screen), page = height * columns;

	border(g, 0, 0x250c, 0x2510, titles[screen]);
	for (uint32_t row = 0; row < height; row++) {
		struct span s = grid_span(g, row + 1, 0, g->width);
		enum group group;
		const struct binding *key;

		span_char(&s, 0x2502);
		for (uint32_t c = 0; c < columns; c++)
			if (line(screen, top + c * height + row, &group, &key))
				draw_line(&s, group, key);
		while (span_left(&s) > 1)
			span_char(&s, ' ');
		span_char(&s, 0x2502);
	}
	border(g, height + 1, 0x2514, 0x2518, "");
	border(g, height + 2, ' ', ' ', top + page < all ? " PgDn: more; any other key closes " : " any key closes ");
	return top + page < all ? top + page : 0;
}
