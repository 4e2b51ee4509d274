/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.c - what each key does */
#include "ui/screen/keys.h"

#include <stddef.h>

const char *const key_groups[GROUPS] = {
	[GROUP_MOVE] = "Move", [GROUP_VIEW] = "View", [GROUP_FIND] = "Find and filter", [GROUP_PROGRAM] = "Program",
};

const struct binding keys[] = {
	{ { '?', PRESS_F1, 'h' }, ACTION_HELP, ON_ANY, GROUP_PROGRAM, "? F1 h", "this help", "?Help" },
	{ { '/', PRESS_F3 }, ACTION_FILTER, ON_PACKETS, GROUP_FIND, "/ F3", "display filter", "/Filter" },
	{ { PRESS_CTRL_F }, ACTION_FIND, ON_PACKETS, GROUP_FIND, "^F", "find text, bytes, field", "^F Find" },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_PICKER, GROUP_PROGRAM, "Enter", "capture on it", "Enter Start" },
	{ { '/', PRESS_F3 }, ACTION_FILTER, ON_PICKER, GROUP_PROGRAM, "/ F3", "capture filter", "/Filter" },
	{ { ' ' }, ACTION_MARK, ON_PICKER, GROUP_PROGRAM, "Space", "choose several", "Space Several" },
	{ { 'p' }, ACTION_PROMISCUOUS, ON_PICKER, GROUP_PROGRAM, "p", "promiscuous or not", "p Promiscuous" },
	{ { 'o' }, ACTION_OUTPUT, ON_PICKER, GROUP_PROGRAM, "o", "write to a file", "o Output" },
	{ { 'x' }, ACTION_SSH, ON_PICKER, GROUP_PROGRAM, "x", "not this ssh session", NULL },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_PACKETS, GROUP_VIEW, "Enter", "open", "Enter Open" },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_FLOWS, GROUP_VIEW, "Enter", "packets of this flow", "Enter Packets" },
	{ { 'F' }, ACTION_FILTER_IN, ON_FLOWS, GROUP_FIND, "F", "only this flow's packets", "F Filter" },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_TALKERS | ON_INTERFACES, GROUP_VIEW, "Enter", "packets of this one", "Enter Packets" },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_STATS, GROUP_VIEW, "Enter", "packets with it", "Enter Packets" },
	{ { 'g' }, ACTION_GROUP, ON_TALKERS, GROUP_VIEW, "g", "host port protocol MAC", "g Group" },
	{ { 'F' }, ACTION_FILTER_IN, ON_TALKERS | ON_STATS | ON_INTERFACES, GROUP_FIND, "F", "only its packets", "F Filter" },
	{ { '/', PRESS_CTRL_F }, ACTION_FIND, ON_FOLLOW, GROUP_FIND, "/ ^F", "find text or bytes", "/Find" },
	{ { 'v' }, ACTION_FORM, ON_FOLLOW, GROUP_VIEW, "v", "text, hex, escaped", "v View" },
	{ { 'd' }, ACTION_DIRECTION, ON_FOLLOW, GROUP_VIEW, "d", "both, client, server", "d Direction" },
	{ { 'w' }, ACTION_SAVE_BYTES, ON_FOLLOW, GROUP_FIND, "w", "save the bytes shown", "w Save" },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_FOLLOW, GROUP_VIEW, "Enter", "the packet it is of", "Enter Packet" },
	{ { 'F' }, ACTION_FILTER_IN, ON_FOLLOW, GROUP_FIND, "F", "only this flow's packets", "F Filter" },
	{ { 'f' }, ACTION_FOLLOW, ON_PACKETS | ON_FLOWS, GROUP_VIEW, "f", "what its ends say", "f Follow" },
	{ { 's' }, ACTION_SORT, ON_FLOWS | ON_TALKERS, GROUP_VIEW, "s", "sort by another key", "s Sort" },
	{ { 's' }, ACTION_SORT, ON_PACKETS, GROUP_VIEW, "s", "sort matches by column", NULL },
	{ { 'r' }, ACTION_REVERSE, ON_FLOWS | ON_TALKERS, GROUP_VIEW, "r", "reverse the order", "r Reverse" },
	{ { 'a' }, ACTION_ACTIVE, ON_FLOWS, GROUP_VIEW, "a", "active ones, or all", NULL },
	{ { 'n' }, ACTION_NAMES, ON_FLOWS, GROUP_VIEW, "n", "names of ports", NULL },
	{ { 'r' }, ACTION_REVERSE, ON_PACKETS, GROUP_VIEW, "r", "reverse the order", NULL },
	{ { 'a' }, ACTION_ADD, ON_CHOOSERS, GROUP_VIEW, "a", "add one behind this", "a Add" },
	{ { PRESS_ENTER }, ACTION_OPEN, ON_CHOOSERS, GROUP_VIEW, "Enter", "edit this one", "Enter Edit" },
	{ { 'd' }, ACTION_REMOVE, ON_CHOOSERS, GROUP_VIEW, "d", "delete this one", "d Delete" },
	{ { 'J' }, ACTION_MOVE_DOWN, ON_CHOOSERS, GROUP_VIEW, "J", "move it down", "J Down" },
	{ { 'K' }, ACTION_MOVE_UP, ON_CHOOSERS, GROUP_VIEW, "K", "move it up", "K Up" },
	{ { '+' }, ACTION_WIDER, ON_COLUMNS, GROUP_VIEW, "+", "make it wider", "+ Wider" },
	{ { '-' }, ACTION_NARROWER, ON_COLUMNS, GROUP_VIEW, "-", "make it narrower", "- Narrower" },
	{ { 'w' }, ACTION_KEEP, ON_CHOOSERS, GROUP_VIEW, "w", "keep for other runs", "w Keep" },
	{ { PRESS_TAB }, ACTION_NEXT_PANE, ON_PACKETS, GROUP_VIEW, "Tab", "next pane", "Tab Pane" },
	{ { PRESS_TAB }, ACTION_NEXT_PANE, ON_STATS, GROUP_VIEW, "Tab", "all; each part alone", "Tab Next" },
	{ { 'q' }, ACTION_QUIT, ON_ANY, GROUP_PROGRAM, "q ^C", "quit", "q Quit" },
	{ { '1' }, ACTION_PACKETS, ON_ALL, GROUP_VIEW, "1", "packets", "1 Packets" },
	{ { '2' }, ACTION_FLOWS, ON_ALL, GROUP_VIEW, "2", "flows", "2 Flows" },
	{ { '3' }, ACTION_TALKERS, ON_ALL, GROUP_VIEW, "3", "talkers", "3 Talkers" },
	{ { '4' }, ACTION_STATS, ON_ALL, GROUP_VIEW, "4", "statistics", "4 Stats" },
	{ { '5' }, ACTION_INTERFACES, ON_ALL, GROUP_VIEW, "5", "interfaces", "5 Interfaces" },
	{ { 'i' }, ACTION_ABOUT, ON_ALL, GROUP_VIEW, "i", "what the capture is", NULL },
	{ { '|' }, ACTION_LAYOUT, ON_PACKETS, GROUP_VIEW, "|", "which panes", "| Layout" },
	{ { 'm' }, ACTION_MARK, ON_PACKETS, GROUP_FIND, "m", "mark, unmark", "m Mark" },
	{ { 'w' }, ACTION_SAVE, ON_PACKETS, GROUP_FIND, "w", "save marked or shown", "w Save" },
	{ { 'w' }, ACTION_SAVE, ON_FLOWS, GROUP_FIND, "w", "save this flow", "w Save" },
	{ { 'x' }, ACTION_EXPORT, ON_TABLES, GROUP_FIND, "x", "export as CSV", NULL },
	{ { 'y' }, ACTION_COPY, ON_TABLES, GROUP_FIND, "y", "copy (OSC 52)", NULL },
	{ { 't' }, ACTION_TIME, ON_PACKETS, GROUP_VIEW, "t", "form of times", "t Time" },

	{ { 'j', PRESS_DOWN, PRESS_WHEEL_DOWN }, ACTION_DOWN, ON_ANY, GROUP_MOVE, "j Down", "next", NULL },
	{ { 'k', PRESS_UP, PRESS_WHEEL_UP }, ACTION_UP, ON_ANY, GROUP_MOVE, "k Up", "previous", NULL },
	{ { PRESS_PAGE_DOWN }, ACTION_PAGE_DOWN, ON_ANY, GROUP_MOVE, "PgDn", "a page down", NULL },
	{ { PRESS_PAGE_UP }, ACTION_PAGE_UP, ON_ANY, GROUP_MOVE, "PgUp", "a page up", NULL },
	{ { PRESS_CTRL_D }, ACTION_HALF_DOWN, ON_ANY, GROUP_MOVE, "^D", "half a page down", NULL },
	{ { PRESS_CTRL_U }, ACTION_HALF_UP, ON_ANY, GROUP_MOVE, "^U", "half a page up", NULL },
	{ { 'g', PRESS_HOME }, ACTION_FIRST, ON_ANY & ~ON_TALKERS, GROUP_MOVE, "g Home", "first", NULL },
	{ { PRESS_HOME }, ACTION_FIRST, ON_TALKERS, GROUP_MOVE, "Home", "first", NULL },
	{ { 'G', PRESS_END }, ACTION_LAST, ON_PACKETS, GROUP_MOVE, "G End", "last; follow", NULL },
	{ { 'G', PRESS_END }, ACTION_LAST, ON_ANY & ~ON_PACKETS, GROUP_MOVE, "G End", "last", NULL },
	{ { ':' }, ACTION_COMMAND, ON_ALL, GROUP_MOVE, ":N :", "to packet N; command", NULL },
	{ { '>', PRESS_RIGHT }, ACTION_RIGHT, ON_PACKETS, GROUP_MOVE, "> Right", "sideways; unfold", NULL },
	{ { '<', PRESS_LEFT }, ACTION_LEFT, ON_PACKETS, GROUP_MOVE, "< Left", "back; fold", NULL },

	{ { '>', PRESS_RIGHT }, ACTION_RIGHT, ON_STATS, GROUP_MOVE, "> Right", "unfold", NULL },
	{ { '<', PRESS_LEFT }, ACTION_LEFT, ON_STATS, GROUP_MOVE, "< Left", "fold", NULL },

	{ { PRESS_BACKTAB }, ACTION_PREVIOUS_PANE, ON_PACKETS, GROUP_VIEW, "S-Tab", "previous pane", NULL },
	{ { 'z' }, ACTION_ZOOM, ON_PACKETS, GROUP_VIEW, "z", "this pane alone", NULL },
	{ { '+' }, ACTION_UNFOLD_ALL, ON_PACKETS | ON_STATS, GROUP_VIEW, "+", "unfold all", NULL },
	{ { '-' }, ACTION_FOLD_ALL, ON_PACKETS | ON_STATS, GROUP_VIEW, "-", "fold all", NULL },
	{ { ' ' }, ACTION_PAUSE, ON_PACKETS, GROUP_VIEW, "Space", "pause the live list", NULL },
	{ { 'T' }, ACTION_UTC, ON_PACKETS | ON_FLOWS, GROUP_VIEW, "T", "UTC, local time", NULL },
	{ { 'c' }, ACTION_COLUMNS, ON_PACKETS, GROUP_VIEW, "c", "choose columns", NULL },
	{ { 'C' }, ACTION_COLOURS, ON_PACKETS, GROUP_VIEW, "C", "rules of colours", NULL },
	{ { PRESS_CTRL_T }, ACTION_REFERENCE, ON_PACKETS, GROUP_VIEW, "^T", "time reference, or none", NULL },

	{ { 'B' }, ACTION_CAPTURE_FILTER, ON_PACKETS, GROUP_FIND, "B", "capture filter, live", NULL },
	{ { 'F' }, ACTION_FILTER_IN, ON_PACKETS, GROUP_FIND, "F", "only with this field", NULL },
	{ { 'X' }, ACTION_FILTER_OUT, ON_FLOWS | ON_TALKERS | ON_STATS | ON_INTERFACES | ON_FOLLOW, GROUP_FIND, "X", "only other packets", NULL },
	{ { 'X' }, ACTION_FILTER_OUT, ON_PACKETS, GROUP_FIND, "X", "only without it", NULL },
	{ { 'n' }, ACTION_FIND_NEXT, ON_PACKETS | ON_FOLLOW, GROUP_FIND, "n", "find the next", NULL },
	{ { 'N' }, ACTION_FIND_PREVIOUS, ON_PACKETS | ON_FOLLOW, GROUP_FIND, "N", "find the one before", NULL },
	{ { 'M' }, ACTION_NEXT_MARK, ON_PACKETS, GROUP_FIND, "M", "next marked", NULL },
	{ { 'U' }, ACTION_UNMARK, ON_PACKETS, GROUP_FIND, "U", "unmark all", NULL },

	{ { 'R' }, ACTION_RECORD, ON_ALL, GROUP_PROGRAM, "R", "save what is kept", NULL },
	{ { PRESS_ESCAPE }, ACTION_BACK, ON_ANY, GROUP_PROGRAM, "Esc", "back; cancel", NULL },
	{ { PRESS_CTRL_L }, ACTION_REDRAW, ON_ANY, GROUP_PROGRAM, "^L", "draw anew", NULL },
	{ { PRESS_CTRL_Z }, ACTION_SUSPEND, ON_ANY, GROUP_PROGRAM, "^Z", "suspend (then: fg)", NULL },
};

const uint32_t keys_count = sizeof(keys) / sizeof(keys[0]);

enum action key_action(enum screen_id screen, uint32_t press)
{
	for (uint32_t i = 0; i < keys_count; i++)
		for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++)
			if (keys[i].press[n] == press && keys[i].on & 1 << screen)
				return keys[i].action;
	return ACTION_NONE;
}
