/* SPDX-License-Identifier: BSD-2-Clause */
/* test_textlines.c - lines, words, and "Name: value" */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "decode/textlines.h"

static struct slice of(const char *text)
{
	uint32_t n = (uint32_t)strlen(text);

	return (struct slice){ (const uint8_t *)text, n, n };
}

#define assert_text(s, text) assert_true(slice_equal(s, of(text)))

static void header_lines_have_a_name_and_a_value(void **state)
{
	(void)state;
	assert_text(text_header_name(of("Content-Length : 10\r\n")), "Content-Length");
	assert_text(text_header_value(of("Content-Length:\t 10 \r\n")), "10");
	assert_text(text_header_value(of("Host:\r\n")), "");
	assert_text(text_header_name(of("no colon\r\n")), "");
	assert_text(text_header_value(of("no colon\r\n")), "");
}

static void words_end_at_blanks_and_at_the_line_end(void **state)
{
	(void)state;
	assert_text(text_word_all(of("GET  / HTTP/1.1")), "GET  ");
	assert_text(text_word_at(of(" 1  INVITE\r\n"), 0), "1");
	assert_text(text_word_at(of(" 1  INVITE\r\n"), 1), "INVITE");
	assert_text(text_word_at(of(" 1  INVITE\r\n"), 2), "");
}

static void numbers_are_clamped(void **state)
{
	uint64_t value;

	(void)state;
	assert_true(text_number(of("404 Not Found"), &value));
	assert_int_equal(value, 404);
	assert_true(text_number(of("18446744073709551615"), &value));
	assert_true(value == UINT64_MAX);
	assert_true(text_number(of("18446744073709551616"), &value));
	assert_true(value == UINT64_MAX);
	assert_true(text_number(of("99999999999999999999999"), &value));
	assert_true(value == UINT64_MAX);
	assert_false(text_number(of("-1"), &value));
	assert_false(text_number(of(""), &value));
}

static void lines_end_with_line_feeds(void **state)
{
	struct slice rest = of("one\r\n\ntwo"), line;

	(void)state;
	assert_true(text_take_line(&rest, &line));
	assert_text(line, "one\r\n");
	assert_true(text_take_line(&rest, &line));
	assert_text(line, "\n");
	assert_false(text_take_line(&rest, &line));
	assert_text(rest, "two");
	assert_int_equal(text_line(&rest, &line), OPEN);
	assert_text(line, "two");
}

/* Behind addresses and ports a line takes 200 characters, with the name of its protocol. */
static void long_lines_are_told_by_their_start(void **state)
{
	char text[400], line[500];
	struct out o = { line, line + sizeof(line) };

	(void)state;
	memset(text, 'x', sizeof(text) - 2);
	memcpy(text + sizeof(text) - 2, "\n", 2);
	text_put_line(&o, " [|http]", of(text));
	assert_int_equal(o.at - line, strlen(": ") + 178 + strlen("..."));
	assert_memory_equal(o.at - 5, "xx...", 5);
	o.at = line;
	text_put_line(&o, " [|http]", of(text + sizeof(text) - 2 - 178));
	assert_int_equal(o.at - line, strlen(": ") + 178);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_lines_have_a_name_and_a_value),
		cmocka_unit_test(words_end_at_blanks_and_at_the_line_end),
		cmocka_unit_test(numbers_are_clamped),
		cmocka_unit_test(lines_end_with_line_feeds),
		cmocka_unit_test(long_lines_are_told_by_their_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
