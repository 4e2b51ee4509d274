/* SPDX-License-Identifier: BSD-2-Clause */
/* test_hostile.c - bytes of packets and names that a terminal would obey */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"
#include "tests/unit/made.h"

/* A message of syslog to 192.0.2.2 in an Ethernet frame. */
static void add_message(struct made *m, const char *text)
{
	static const uint8_t head[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 0, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
		0x9c, 0x40, 2, 2, 0, 0, 0, 0,
	};
	size_t n = strlen(text), at = m->len + 16;

	made_u32(m, 1000);
	made_u32(m, 0);
	made_u32(m, (uint32_t)(sizeof(head) + n));
	made_u32(m, (uint32_t)(sizeof(head) + n));
	made_bytes(m, head, sizeof(head));
	made_bytes(m, text, n);
	m->bytes[at + 17] = (uint8_t)(28 + n);
	m->bytes[at + 39] = (uint8_t)(8 + n);
}

/* Escapes, C1, changes of direction, in packets and in the name of the file. */
static void hostile_bytes_never_reach_the_terminal(void **state)
{
	static const char bidi[] = { (char)0xe2, (char)0x80, (char)0xae, '\0' };	/* right to left from here */
	struct made m = { 0 };
	char path[64], text[64];

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	snprintf(path, sizeof(path), "/tmp/ringtail_\033[2J\xc2\x9b%s.pcap", bidi);
	snprintf(text, sizeof(text), "<13>\033]0;owned\007\033[2J\033[31m\xc2\x9b""31m%s\xffzebra", bidi);
	add_message(&m, text);
	add_message(&m, "<13>\r\n\016\033(0\033P1q\033\\\x90zebra");
	assert_int_equal(rename(made_file(&m, m.len), path), 0);
	start(path, 40, 200);
	assert_row(0, "ringtail_\\x1b[2J");
	assert_row(3, ">     1");
	terminal_type(&t, "\t+Gz");
	assert_shown("syslog.msg: ");
	assert_shown("zebra");
	terminal_type(&t, "z\t\tj");
	assert_row(4, ">     2");
	assert_row(39, "?Help");
	quits(0);
	assert_null(memmem(t.all, t.length, "\033]0;", 4));
	assert_null(memmem(t.all, t.length, "\033P", 2));
	assert_null(memchr(t.all, 0x07, t.length));
	assert_null(memmem(t.all, t.length, "\xc2\x9b", 2));
	assert_null(memmem(t.all, t.length, bidi, 3));
	assert_null(memchr(t.all, 0x90, t.length));
	unlink(path);
	made_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_bytes_never_reach_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
