/* SPDX-License-Identifier: BSD-2-Clause */
/* test_keys.c - each key of the table, and silence without one */
#define _GNU_SOURCE
#include "tests/terminal/home.h"
#include "ui/screen/keys.h"

static void nothing_is_written_while_nothing_happens(void **state)
{
	size_t before;

	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(23, "?Help");
	while (poll(&(struct pollfd){ .fd = t.fd, .events = POLLIN }, 1, 100) > 0)
		assert_true(terminal_read(&t, 0));
	before = t.length;
	terminal_type(&t, "k");		/* at the first packet already */
	assert_true(terminal_read(&t, 200));
	assert_true(t.length - before < 64);
	quits(0);
}

/* How to come to each screen, of a file that has something to move in there, and what shows that it is there. */
static const struct { const char *file, *keys, *there; } ways[SCREENS] = {
	[SCREEN_PACKETS] = { "pcaps/dns.pcap", "", ">     1" },
	[SCREEN_FLOWS] = { "pcaps/dns.pcap", "2", ">TCP" },
	[SCREEN_TALKERS] = { "pcaps/dns.pcap", "3", ">192.0.2.1 " },
	[SCREEN_STATS] = { "pcaps/dns.pcap", "4", ">\u25be Ethernet" },
	[SCREEN_INTERFACES] = { "pcaps/told.made.pcapng", "5", ">eth0" },
	[SCREEN_FOLLOW] = { "pcaps/http_bodies.pcap", "f", ">> " },
	[SCREEN_ABOUT] = { "pcaps/told.made.pcapng", "i", "File size" },
	[SCREEN_COLUMNS] = { "pcaps/dns.pcap", "c", ">number" },
	[SCREEN_COLOURS] = { "pcaps/dns.pcap", "Cared: tcp\rablue: udp\rg", ">red: tcp" },
};

enum outcome { SHOWS, HIDES, MOVES, LEAVES, QUITS, REDRAWS };

/* What a key does there: after some keys, and before some others. */
static const struct key_case {
	enum action action;
	uint32_t on;
	enum outcome outcome;
	const char *text, *before, *after;
} cases[] = {
	{ ACTION_HELP, ON_ALL, SHOWS, .text = " key closes" },
	{ ACTION_COMMAND, ON_ALL, SHOWS, .text = "a packet's number" },
	{ .action = ACTION_QUIT, ON_ALL, QUITS },
	{ .action = ACTION_SUSPEND, ON_ALL, LEAVES },
	{ .action = ACTION_REDRAW, ON_ALL, REDRAWS },
	{ ACTION_RECORD, ON_ALL, SHOWS, .text = "Only live packets are recorded" },
	{ ACTION_PACKETS, ON_ALL & ~ON_PACKETS, SHOWS, .text = "Filter: -" },
	{ ACTION_PACKETS, ON_PACKETS, SHOWS, .text = "Filter: -", .before = "2" },
	{ ACTION_FLOWS, ON_ALL & ~ON_FLOWS, SHOWS, .text = "Flows: " },
	{ ACTION_FLOWS, ON_FLOWS, SHOWS, .text = "Flows: ", .before = "1" },
	{ ACTION_TALKERS, ON_ALL & ~ON_TALKERS, SHOWS, .text = "Talkers: " },
	{ ACTION_TALKERS, ON_TALKERS, SHOWS, .text = "Talkers: ", .before = "1" },
	{ ACTION_STATS, ON_ALL & ~ON_STATS, SHOWS, .text = "bad checksums" },
	{ ACTION_STATS, ON_STATS, SHOWS, .text = "bad checksums", .before = "1" },
	{ ACTION_INTERFACES, ON_ALL & ~ON_INTERFACES, SHOWS, .text = "Interfaces of the file" },
	{ ACTION_INTERFACES, ON_INTERFACES, SHOWS, .text = "Interfaces of the file", .before = "1" },
	{ ACTION_ABOUT, ON_ALL & ~ON_ABOUT, SHOWS, .text = "File size" },
	{ ACTION_ABOUT, ON_ABOUT, SHOWS, .text = "File size", .before = "1" },
	{ ACTION_BACK, ON_ALL & ~ON_PACKETS, SHOWS, .text = "Filter: -" },
	{ ACTION_BACK, ON_PACKETS, SHOWS, .text = ">     2", .before = "\r", .after = "j" },
	{ .action = ACTION_DOWN, ON_ALL, MOVES }, { .action = ACTION_PAGE_DOWN, ON_ALL, MOVES },
	{ .action = ACTION_HALF_DOWN, ON_ALL, MOVES }, { .action = ACTION_LAST, ON_ALL, MOVES },
	{ ACTION_UP, ON_ALL, MOVES, .before = "G" }, { ACTION_PAGE_UP, ON_ALL, MOVES, .before = "G" },
	{ ACTION_HALF_UP, ON_ALL, MOVES, .before = "G" }, { ACTION_FIRST, ON_ALL, MOVES, .before = "G" },

	{ ACTION_FILTER, ON_PACKETS, SHOWS, .text = "Enter shows all" },
	{ ACTION_FIND, ON_PACKETS | ON_FOLLOW, SHOWS, .text = " Find:" },
	{ ACTION_FIND_NEXT, ON_PACKETS | ON_FOLLOW, SHOWS, .text = "Nothing was looked for yet" },
	{ ACTION_FIND_PREVIOUS, ON_PACKETS | ON_FOLLOW, SHOWS, .text = "Nothing was looked for yet" },
	{ ACTION_OPEN, ON_PACKETS, SHOWS, .text = "\u25be Ethernet", .after = "j>" },
	{ ACTION_OPEN, ON_FLOWS, SHOWS, .text = "Filter: flow == " },
	{ ACTION_OPEN, ON_TALKERS, SHOWS, .text = "Filter: ip.addr" },
	{ ACTION_OPEN, ON_STATS, SHOWS, .text = "Filter: eth" },
	{ ACTION_OPEN, ON_INTERFACES, SHOWS, .text = "Filter: frame.interface_id == 0" },
	{ ACTION_OPEN, ON_FOLLOW, SHOWS, .text = "Filter: -" },
	{ ACTION_OPEN, ON_COLUMNS, SHOWS, .text = "Column: number" },
	{ ACTION_OPEN, ON_COLOURS, SHOWS, .text = "Rule: red: tcp" },
	{ ACTION_FILTER_IN, ON_PACKETS, SHOWS, .text = "Filter: eth", .before = "\rj" },
	{ ACTION_FILTER_OUT, ON_PACKETS, SHOWS, .text = "Filter: !(eth)", .before = "\rj" },
	{ ACTION_FILTER_IN, ON_FLOWS | ON_FOLLOW, SHOWS, .text = "Filter: flow == " },
	{ ACTION_FILTER_OUT, ON_FLOWS | ON_FOLLOW, SHOWS, .text = "Filter: !(flow == " },
	{ ACTION_FILTER_IN, ON_TALKERS, SHOWS, .text = "Filter: ip.addr" },
	{ ACTION_FILTER_OUT, ON_TALKERS, SHOWS, .text = "Filter: !(ip.addr" },
	{ ACTION_FILTER_IN, ON_STATS, SHOWS, .text = "Filter: eth" },
	{ ACTION_FILTER_OUT, ON_STATS, SHOWS, .text = "Filter: !(eth)" },
	{ ACTION_FILTER_IN, ON_INTERFACES, SHOWS, .text = "Filter: frame.interface_id == 0" },
	{ ACTION_FILTER_OUT, ON_INTERFACES, SHOWS, .text = "Filter: !(frame.interface_id == 0)" },
	{ ACTION_NEXT_PANE, ON_PACKETS, SHOWS, .text = "\u25be Ethernet", .after = "j>" },
	{ ACTION_PREVIOUS_PANE, ON_PACKETS, SHOWS, .text = "Hex  byte 0 of" },
	{ ACTION_NEXT_PANE, ON_STATS, HIDES, .text = "0 ... 1.22" },
	{ ACTION_LAYOUT, ON_PACKETS, HIDES, .text = "Detail" },
	{ ACTION_ZOOM, ON_PACKETS, HIDES, .text = "Detail" },
	{ ACTION_UNFOLD_ALL, ON_PACKETS, SHOWS, .text = "\u25be Ethernet", .before = "\r" },
	{ ACTION_FOLD_ALL, ON_PACKETS, SHOWS, .text = "\u25b8 Ethernet", .before = "\r+" },
	{ ACTION_RIGHT, ON_PACKETS, SHOWS, .text = "\u25be Ethernet", .before = "\rj" },
	{ ACTION_LEFT, ON_PACKETS, SHOWS, .text = "\u25b8 Ethernet", .before = "\rj>" },
	{ ACTION_TIME, ON_PACKETS, SHOWS, .text = "Times since the packet before" },
	{ ACTION_UTC, ON_PACKETS | ON_FLOWS, SHOWS, .text = "Times in the local zone" },
	{ ACTION_REFERENCE, ON_PACKETS, SHOWS, .text = "*REF*" },
	{ ACTION_PAUSE, ON_PACKETS, SHOWS, .text = "Only a live list can be paused" },
	{ ACTION_MARK, ON_PACKETS, SHOWS, .text = "marked 1" },
	{ ACTION_UNMARK, ON_PACKETS, SHOWS, .text = "marked 0", .before = "m" },
	{ ACTION_NEXT_MARK, ON_PACKETS, SHOWS, .text = "No packet is marked" },
	{ ACTION_SAVE, ON_PACKETS | ON_FLOWS, SHOWS, .text = " Save to:" },
	{ ACTION_SAVE_BYTES, ON_FOLLOW, SHOWS, .text = " Save bytes to:" },
	{ ACTION_EXPORT, ON_TABLES, SHOWS, .text = " Export CSV to:" },
	{ ACTION_COPY, ON_TABLES, SHOWS, .text = "Not copied (osc52 is off): " },
	{ ACTION_COLUMNS, ON_PACKETS, SHOWS, .text = "Columns of the list" },
	{ ACTION_COLOURS, ON_PACKETS, SHOWS, .text = "no rule: " },
	{ ACTION_CAPTURE_FILTER, ON_PACKETS, SHOWS, .text = "Only a live capture has" },
	{ ACTION_SORT, ON_PACKETS, SHOWS, .text = "Only what a filter lets through" },
	{ ACTION_REVERSE, ON_PACKETS, SHOWS, .text = "Packets are not sorted" },
	{ ACTION_SORT, ON_FLOWS, SHOWS, .text = "by packets" },
	{ ACTION_SORT, ON_TALKERS, SHOWS, .text = "by sent" },
	{ ACTION_REVERSE, ON_FLOWS | ON_TALKERS, SHOWS, .text = "reversed" },
	{ ACTION_ACTIVE, ON_FLOWS, SHOWS, .text = "(shown)" },
	{ ACTION_NAMES, ON_FLOWS, SHOWS, .text = ":domain" },
	{ ACTION_GROUP, ON_TALKERS, SHOWS, .text = "Talkers: 24 ports" },
	{ ACTION_FOLLOW, ON_PACKETS, SHOWS, .text = "Follow UDP" },
	{ ACTION_FOLLOW, ON_FLOWS, SHOWS, .text = "Follow TCP" },
	{ ACTION_UNFOLD_ALL, ON_STATS, SHOWS, .text = "\u25be Ethernet", .before = "-" },
	{ ACTION_FOLD_ALL, ON_STATS, SHOWS, .text = "\u25b8 Ethernet" },
	{ ACTION_RIGHT, ON_STATS, SHOWS, .text = "\u25be Ethernet", .before = "-" },
	{ ACTION_LEFT, ON_STATS, SHOWS, .text = "\u25b8 Ethernet" },
	{ ACTION_FORM, ON_FOLLOW, SHOWS, .text = "hex both" },
	{ ACTION_DIRECTION, ON_FOLLOW, SHOWS, .text = "text client" },
	{ ACTION_ADD, ON_COLUMNS, SHOWS, .text = " Column:" },
	{ ACTION_ADD, ON_COLOURS, SHOWS, .text = " Rule:" },
	{ ACTION_REMOVE, ON_COLUMNS, SHOWS, .text = ">time" },
	{ ACTION_REMOVE, ON_COLOURS, SHOWS, .text = ">blue" },
	{ .action = ACTION_MOVE_DOWN, ON_CHOOSERS, MOVES },
	{ ACTION_MOVE_UP, ON_CHOOSERS, MOVES, .before = "G" },
	{ .action = ACTION_WIDER, ON_COLUMNS, MOVES },
	{ .action = ACTION_NARROWER, ON_COLUMNS, MOVES },
	{ ACTION_KEEP, ON_CHOOSERS, SHOWS, .text = "Kept for other runs" },
};

static const struct key_case *case_of(enum action action, enum screen_id screen)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (cases[i].action == action && cases[i].on & 1u << screen)
			return &cases[i];
	return NULL;
}

/* Type keys, and wait until they were taken: the last is one that nobody knows. */
static void type_and_wait(const char *text)
{
	terminal_type(&t, text);
	terminal_type(&t, "~");
	assert_shown("Unknown key ~");
}

/* What is between the title and the status, and which row the cursor is in. */
static void copy_body(char *to, size_t size)
{
	VTermPos at;
	int n;

	vterm_state_get_cursorpos(vterm_obtain_state(t.vt), &at);
	n = snprintf(to, size, "%d", at.row);
	for (int row = 2; row < t.rows - 2; row++)
		n += snprintf(to + n, size - (size_t)n, "%.120s\n", terminal_row(&t, row));
}

static bool wait_for_move(const char *before)
{
	int64_t until = terminal_ms() + PATIENCE_MS;
	char now[4096];

	do {
		if (!terminal_read(&t, 20))
			return false;
		copy_body(now, sizeof(now));
	} while (strcmp(now, before) == 0 && terminal_ms() < until);
	return strcmp(now, before) != 0;
}

static bool wait_for_output(size_t more)
{
	size_t before = t.length;
	int64_t until = terminal_ms() + PATIENCE_MS;

	while (t.length - before < more && terminal_ms() < until && terminal_read(&t, 20))
		;
	return t.length - before >= more;
}

static bool comes_true(const struct key_case *c, uint32_t pressed)
{
	char before[4096];

	copy_body(before, sizeof(before));
	if (c->outcome == SHOWS && terminal_find(&t, c->text) >= 0)
		return false;		/* it would prove nothing */
	press(pressed);
	terminal_type(&t, c->after ? c->after : "");
	switch (c->outcome) {
	case SHOWS:
	case HIDES:
		return terminal_wait_for(&t, -1, c->text, c->outcome == HIDES);
	case MOVES:
		return wait_for_move(before);
	case REDRAWS:
		return wait_for_output(500);
	default:
		return wait_for_output(1) && (left_screen() || (wait_for_output(1) && left_screen()));
	}
}

/* One key on one screen, of a ringtail of its own. */
static void check_key(enum screen_id screen, const struct binding *key, uint32_t pressed)
{
	const struct key_case *c = case_of(key->action, screen);
	int64_t ms;

	if (!c) {
		fail_msg("no case for the key %s on screen %d", key->name, screen);
		return;		/* which the analyzer does not know */
	}
	unlink(at_home("ringtail/config"));
	start(ways[screen].file, 24, 80);
	assert_row(23, "?Help");
	terminal_type(&t, ways[screen].keys);
	assert_shown(ways[screen].there);
	type_and_wait(c->before ? c->before : "");
	if (!comes_true(c, pressed)) {
		terminal_print(&t);
		fail_msg("the key %s on screen %d", key->name, screen);
	}
	if (c->outcome == QUITS) {
		ends(0);
		return;
	}
	kill(t.pid, SIGKILL);
	terminal_end(&t, &ms);
	terminal_free(&t);
}

/* The first of those that a key has on each of its screens, the others on one; the mouse has a test of its own. */
static bool is_checked(enum screen_id screen, const struct binding *key, uint32_t n)
{
	bool first = !(key->on & ((1u << screen) - 1));

	return key->on & 1 << screen && key->press[n] && (n == 0 || first) &&
	       (key->press[n] < PRESS_MOUSE || key->press[n] > PRESS_WHEEL_DOWN);
}

static void each_key_of_the_help_does_what_it_says(void **state)
{
	(void)state;
	for (enum screen_id screen = 0; screen < SCREENS; screen++)
		for (uint32_t i = 0; i < keys_count; i++)
			for (uint32_t n = 0; n < 4; n++)
				if (is_checked(screen, &keys[i], n))
					check_key(screen, &keys[i], keys[i].press[n]);
}

static void each_case_is_of_a_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t on = 0;

		for (uint32_t k = 0; k < keys_count; k++)
			on |= keys[k].action == cases[i].action ? keys[k].on : 0;
		assert_int_equal(cases[i].on & ~on, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_written_while_nothing_happens),
		cmocka_unit_test(each_key_of_the_help_does_what_it_says),
		cmocka_unit_test(each_case_is_of_a_key),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
