/* SPDX-License-Identifier: BSD-2-Clause */
/* test_keys.c - each key of the table, and silence without one */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"
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

/* Each key of one screen, once: none of them may be unknown, or end it. Whatever it leads to is left again. */
static void press_all_keys(enum screen_id screen, const char *go_there, const char *is_there)
{
	static const char *const leads_to[ACTION_QUIT + 1] = {
		[ACTION_HELP] = "any key closes", [ACTION_FILTER] = "Enter shows all", [ACTION_FIND] = "Find:",
		[ACTION_SAVE] = "Save to:", [ACTION_COMMAND] = "a packet's number", [ACTION_EXPORT] = "Export CSV to:",
		[ACTION_ADD] = ": ",
	};

	terminal_type(&t, go_there);
	assert_row(1, is_there);
	for (uint32_t i = 0; i < keys_count; i++) {
		for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++) {
			const char *there = leads_to[keys[i].action];

			if (keys[i].press[n] == PRESS_WHEEL_UP || keys[i].press[n] == PRESS_WHEEL_DOWN ||
			    keys[i].action == ACTION_QUIT || keys[i].action == ACTION_SUSPEND ||
			    !(keys[i].on & 1 << screen))
				continue;
			press(keys[i].press[n]);
			if (there) {
				assert_shown(there);
				terminal_press(&t, VTERM_KEY_ESCAPE);
				assert_gone(there);
			} else {
				terminal_type(&t, go_there);
			}
			assert_row(1, is_there);
		}
	}
	terminal_type(&t, "~");		/* after all of them it is still there */
	assert_shown("Unknown key ~, ? for help");
}

static void every_key_of_the_help_does_something(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 40, 100);
	assert_row(3, ">     1");
	terminal_type(&t, "~");
	assert_shown("Unknown key ~, ? for help");
	press_all_keys(SCREEN_PACKETS, "1", "Filter: ");
	press_all_keys(SCREEN_FLOWS, "2", "Flows: 22");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_written_while_nothing_happens),
		cmocka_unit_test(every_key_of_the_help_does_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
