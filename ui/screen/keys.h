/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.h - what each key does on each screen: one table for the program, the key bar and the help */
#ifndef UI_SCREEN_KEYS_H
#define UI_SCREEN_KEYS_H

#include <stdint.h>

/* What was pressed: a Unicode character, or one of these behind all of them. */
enum press {
	PRESS_NONE,
	PRESS_CTRL_A = 1, PRESS_CTRL_D = 4, PRESS_CTRL_E = 5, PRESS_CTRL_F = 6, PRESS_BACKSPACE = 8, PRESS_TAB = 9, PRESS_ENTER = 10, PRESS_CTRL_L = 12,
	PRESS_CTRL_T = 20, PRESS_CTRL_U = 21, PRESS_CTRL_Z = 26, PRESS_ESCAPE = 27,
	PRESS_UP = 0x110000, PRESS_DOWN, PRESS_LEFT, PRESS_RIGHT, PRESS_PAGE_UP, PRESS_PAGE_DOWN,
	PRESS_HOME, PRESS_END, PRESS_BACKTAB, PRESS_DELETE, PRESS_F1, PRESS_F3, PRESS_MOUSE, PRESS_WHEEL_UP, PRESS_WHEEL_DOWN, PRESS_OTHER,
};

enum screen_id { SCREEN_PACKETS, SCREEN_FLOWS, SCREEN_TALKERS, SCREEN_STATS, SCREEN_INTERFACES,
	SCREEN_COLUMNS, SCREEN_COLOURS, SCREENS,
	SCREEN_PICKER = SCREENS,	/* before there is a view */
	KEY_SCREENS };

enum {				/* on which screens a key does something */
	ON_PACKETS = 1 << SCREEN_PACKETS,
	ON_FLOWS = 1 << SCREEN_FLOWS,
	ON_TALKERS = 1 << SCREEN_TALKERS,
	ON_STATS = 1 << SCREEN_STATS,
	ON_INTERFACES = 1 << SCREEN_INTERFACES,
	ON_COLUMNS = 1 << SCREEN_COLUMNS,
	ON_COLOURS = 1 << SCREEN_COLOURS,
	ON_CHOOSERS = ON_COLUMNS | ON_COLOURS,
	ON_PICKER = 1 << SCREEN_PICKER,
	ON_TABLES = ON_PACKETS | ON_FLOWS | ON_TALKERS | ON_STATS,	/* what rows can be exported of */
	ON_ALL = (1 << SCREENS) - 1,		/* of the view */
	ON_ANY = ON_ALL | ON_PICKER,
};

enum action {
	ACTION_NONE,
	ACTION_DOWN, ACTION_UP, ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_HALF_DOWN, ACTION_HALF_UP,
	ACTION_FIRST, ACTION_LAST, ACTION_COMMAND, ACTION_RIGHT, ACTION_LEFT,
	ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE, ACTION_LAYOUT, ACTION_ZOOM, ACTION_OPEN, ACTION_BACK,
	ACTION_UNFOLD_ALL, ACTION_FOLD_ALL, ACTION_TIME, ACTION_UTC, ACTION_REFERENCE,
	ACTION_FILTER, ACTION_FILTER_IN, ACTION_FILTER_OUT, ACTION_FIND, ACTION_FIND_NEXT, ACTION_FIND_PREVIOUS,
	ACTION_SAVE, ACTION_EXPORT, ACTION_COPY, ACTION_MARK, ACTION_NEXT_MARK, ACTION_UNMARK,
	ACTION_SORT, ACTION_REVERSE, ACTION_GROUP,
	/* to a screen: in the order of enum screen_id */
	ACTION_PACKETS, ACTION_FLOWS, ACTION_TALKERS, ACTION_STATS, ACTION_INTERFACES, ACTION_COLUMNS, ACTION_COLOURS,
	ACTION_ADD, ACTION_REMOVE, ACTION_MOVE_DOWN, ACTION_MOVE_UP, ACTION_WIDER, ACTION_NARROWER, ACTION_KEEP,
	ACTION_PROMISCUOUS, ACTION_OUTPUT, ACTION_SSH,
	ACTION_PAUSE, ACTION_RECORD, ACTION_HELP, ACTION_REDRAW, ACTION_SUSPEND, ACTION_QUIT,
};

enum group { GROUP_MOVE, GROUP_VIEW, GROUP_FIND, GROUP_PROGRAM, GROUPS };

struct binding {
	uint32_t press[4];		/* any of them; 0: no more */
	enum action action;
	uint16_t on;			/* screens */
	enum group group;
	const char *name;		/* the keys, as the help writes them */
	const char *does;
	const char *bar;		/* its place in the key bar, "?Help"; NULL: none */
};

extern const struct binding keys[];
extern const uint32_t keys_count;
extern const char *const key_groups[GROUPS];

/* What pressing that does on a screen; ACTION_NONE: nothing. */
enum action key_action(enum screen_id screen, uint32_t press);

#endif
