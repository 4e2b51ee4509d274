/* SPDX-License-Identifier: BSD-2-Clause */
/* test_colour.c - which words have which colour; and that nothing else changes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ui/colour.h"

/* The text, coloured in place as the printer does it; escapes shown as <2>, <1;31> ... and <> at the end. */
static const char *coloured(const char *text, uint32_t head_words, bool tree)
{
	static char buffer[4096], shown[8192];
	size_t n = strlen(text);
	char *copy = buffer + sizeof(buffer) - n, *to = shown;
	struct out o = { buffer, buffer + sizeof(buffer) };

	memcpy(copy, text, n);
	if (tree)
		colour_tree(&o, copy, n);
	else
		colour_line(&o, copy, n, head_words);
	for (const char *c = buffer; c < o.at; c++) {
		if (c[0] == '\033' && c[1] == '[') {
			*to++ = '<';
			for (c += 2; *c != 'm'; c++)
				*to++ = *c;
			if (to[-1] == '0')
				to--;
			*to++ = '>';
		} else {
			*to++ = *c;
		}
	}
	*to = '\0';
	return shown;
}

static void words_have_colours_by_what_they_mean(void **state)
{
	(void)state;
	assert_string_equal(coloured("13:00:00.000000 IP 10.0.0.1.80 > 10.0.0.2.1024: Flags [R.], seq 1, length 0\n",
				     1, false),
			    "<2>13:00:00.000000<> <1>IP<> <36>10.0.0.1.80<> > <36>10.0.0.2.1024<>: Flags "
			    "<1;31>[R.]<>, seq 1, length 0\n");
	assert_string_equal(coloured("    1  2026-11-21 13:00:00.0 IP6 ::1.5 > fe80:::: UDP, length 3\n", 3, false),
			    "    <2>1<>  <2>2026-11-21<> <2>13:00:00.0<> <1>IP6<> <36>::1.5<> > <36>fe80:::<>: "
			    "<1>UDP<>, length 3\n");
	assert_string_equal(coloured("IP 10.0.0.1.80 > 10.0.0.2.9: Flags [P.], length 7: HTTP: GET / HTTP/1.1\n", 0,
				     false),
			    "<1>IP<> <36>10.0.0.1.80<> > <36>10.0.0.2.9<>: Flags [P.], length 7: <1>HTTP<>: "
			    "GET / HTTP/1.1\n");
	assert_string_equal(coloured("ARP, Request who-has 10.0.0.1 tell 10.0.0.2, length 28\n", 0, false),
			    "<1>ARP<>, Request who-has <36>10.0.0.1<> tell <36>10.0.0.2<>, length 28\n");
	assert_string_equal(coloured("IP 1.1.1.1 > 2.2.2.2: [|tcp]\n", 0, false),
			    "<1>IP<> <36>1.1.1.1<> > <36>2.2.2.2<>: <1;31>[|tcp]<>\n");
	assert_string_equal(coloured("IP x > y: ICMP 1.1.1.1 udp port 7 unreachable, length 3\n\t0x0000:  [|tcp]\n",
				     0, false),
			    "<1>IP<> <36>x<> > <36>y<>: <1>ICMP<> <36>1.1.1.1<> udp port 7 <1;31>unreachable<>, "
			    "length 3\n\t0x0000:  [|tcp]\n");
}

static void rows_of_a_tree_have_labels_and_problems(void **state)
{
	(void)state;
	assert_string_equal(coloured("    Data\n    UDP [bad length]\n        udp.checksum: 0x1 (bad, right is 0x2)\n",
				     0, true),
			    "    <1>Data<>\n    <1>UDP <><1;31>[bad length]<>\n"
			    "        <2>udp.checksum:<> 0x1 <1;31>(bad, right is 0x2)<>\n");
}

/* Where there is no room for escapes there are none, and the text is whole. */
static void too_little_room_costs_only_colours(void **state)
{
	static const char text[] = "IP 10.0.0.1 > 10.0.0.2: [|tcp] 10.0.0.3 10.0.0.4";
	char buffer[sizeof(text) + 40];

	(void)state;
	for (size_t gap = 0; gap <= 40; gap++) {
		struct out o = { buffer, buffer + gap + sizeof(text) - 1 };
		char plain[sizeof(buffer)], *to = plain;

		memcpy(buffer + gap, text, sizeof(text) - 1);
		colour_line(&o, buffer + gap, sizeof(text) - 1, 0);
		for (const char *c = buffer; c < o.at; c++) {
			if (*c == '\033')
				while (*c != 'm')
					c++;
			else
				*to++ = *c;
		}
		assert_int_equal(to - plain, sizeof(text) - 1);
		assert_memory_equal(plain, text, sizeof(text) - 1);
	}
}

static void no_color_and_terminals_decide(void **state)
{
	(void)state;
	assert_true(colour_wanted(COLOUR_ALWAYS));
	assert_false(colour_wanted(COLOUR_NEVER));
	setenv("NO_COLOR", "1", 1);
	assert_true(colour_wanted(COLOUR_ALWAYS));
	assert_false(colour_wanted(COLOUR_AUTO));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_have_colours_by_what_they_mean),
		cmocka_unit_test(rows_of_a_tree_have_labels_and_problems),
		cmocka_unit_test(too_little_room_costs_only_colours),
		cmocka_unit_test(no_color_and_terminals_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
