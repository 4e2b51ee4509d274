/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.c - what each key does */
#include "ui/screen/keys.h"

#include <stddef.h>

const char *const key_groups[GROUPS] = {
	[GROUP_MOVE] = "Move", [GROUP_VIEW] = "View", [GROUP_FIND] = "Find and filter", [GROUP_PROGRAM] = "Program",
};

const struct binding keys[] = {
	{ { '?', PRESS_F1, 'h' }, ACTION_HELP, GROUP_PROGRAM, "? F1 h", "this help", "?Help" },
	{ { '/', PRESS_F3 }, ACTION_FILTER, GROUP_FIND, "/ F3", "display filter", "/Filter" },
	{ { PRESS_CTRL_F }, ACTION_FIND, GROUP_FIND, "^F", "find text or bytes", "^F Find" },
	{ { PRESS_ENTER }, ACTION_OPEN, GROUP_VIEW, "Enter", "open", "Enter Open" },
	{ { PRESS_TAB }, ACTION_NEXT_PANE, GROUP_VIEW, "Tab", "next pane", "Tab Pane" },
	{ { 'q' }, ACTION_QUIT, GROUP_PROGRAM, "q ^C", "quit", "q Quit" },
	{ { '|' }, ACTION_LAYOUT, GROUP_VIEW, "|", "which panes", "| Layout" },
	{ { 'm' }, ACTION_MARK, GROUP_FIND, "m", "mark, unmark", "m Mark" },
	{ { 'w' }, ACTION_SAVE, GROUP_FIND, "w", "save marked or shown", "w Save" },
	{ { 't' }, ACTION_TIME, GROUP_VIEW, "t", "form of times", "t Time" },

	{ { 'j', PRESS_DOWN }, ACTION_DOWN, GROUP_MOVE, "j Down", "next", NULL },
	{ { 'k', PRESS_UP }, ACTION_UP, GROUP_MOVE, "k Up", "previous", NULL },
	{ { PRESS_PAGE_DOWN }, ACTION_PAGE_DOWN, GROUP_MOVE, "PgDn", "a page down", NULL },
	{ { PRESS_PAGE_UP }, ACTION_PAGE_UP, GROUP_MOVE, "PgUp", "a page up", NULL },
	{ { PRESS_CTRL_D }, ACTION_HALF_DOWN, GROUP_MOVE, "^D", "half a page down", NULL },
	{ { PRESS_CTRL_U }, ACTION_HALF_UP, GROUP_MOVE, "^U", "half a page up", NULL },
	{ { 'g', PRESS_HOME }, ACTION_FIRST, GROUP_MOVE, "g Home", "first", NULL },
	{ { 'G', PRESS_END }, ACTION_LAST, GROUP_MOVE, "G End", "last; follow", NULL },
	{ { ':' }, ACTION_GO_TO, GROUP_MOVE, ":N", "to packet N", NULL },
	{ { '>', PRESS_RIGHT }, ACTION_RIGHT, GROUP_MOVE, "> Right", "sideways; unfold", NULL },
	{ { '<', PRESS_LEFT }, ACTION_LEFT, GROUP_MOVE, "< Left", "back; fold", NULL },

	{ { PRESS_BACKTAB }, ACTION_PREVIOUS_PANE, GROUP_VIEW, "S-Tab", "previous pane", NULL },
	{ { 'z' }, ACTION_ZOOM, GROUP_VIEW, "z", "this pane alone", NULL },
	{ { '+' }, ACTION_UNFOLD_ALL, GROUP_VIEW, "+", "unfold all", NULL },
	{ { '-' }, ACTION_FOLD_ALL, GROUP_VIEW, "-", "fold all", NULL },
	{ { ' ' }, ACTION_PAUSE, GROUP_VIEW, "Space", "pause the live list", NULL },
	{ { 'T' }, ACTION_UTC, GROUP_VIEW, "T", "UTC, local time", NULL },

	{ { 'F' }, ACTION_FILTER_IN, GROUP_FIND, "F", "only with this field", NULL },
	{ { 'X' }, ACTION_FILTER_OUT, GROUP_FIND, "X", "only without it", NULL },
	{ { 'n' }, ACTION_FIND_NEXT, GROUP_FIND, "n", "find the next", NULL },
	{ { 'N' }, ACTION_FIND_PREVIOUS, GROUP_FIND, "N", "find the one before", NULL },
	{ { 'M' }, ACTION_NEXT_MARK, GROUP_FIND, "M", "next marked", NULL },
	{ { 'U' }, ACTION_UNMARK, GROUP_FIND, "U", "unmark all", NULL },

	{ { PRESS_ESCAPE }, ACTION_BACK, GROUP_PROGRAM, "Esc", "back; cancel", NULL },
	{ { PRESS_CTRL_L }, ACTION_REDRAW, GROUP_PROGRAM, "^L", "draw anew", NULL },
	{ { PRESS_CTRL_Z }, ACTION_SUSPEND, GROUP_PROGRAM, "^Z", "suspend (then: fg)", NULL },
};

const uint32_t keys_count = sizeof(keys) / sizeof(keys[0]);

enum action key_action(uint32_t press)
{
	for (uint32_t i = 0; i < keys_count; i++)
		for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++)
			if (keys[i].press[n] == press)
				return keys[i].action;
	return ACTION_NONE;
}
