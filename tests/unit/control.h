/* SPDX-License-Identifier: BSD-2-Clause */
/* control.h - what the tests of ICMP, ICMPv6 and IGMP share: messages made, cut, told, counted */
#ifndef TESTS_UNIT_CONTROL_H
#define TESTS_UNIT_CONTROL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/brief.h"
#include "tests/unit/decoding.h"
#include "ui/view.h"

/* A message as hexadecimal digits; spaces are passed over. */
struct message {
	uint8_t byte[512];
	uint32_t len;
};

static inline struct message message(const char *hex)
{
	struct message m = { .len = 0 };
	unsigned value;
	int n;

	for (; sscanf(hex, " %2x%n", &value, &n) == 1; hex += n)
		m.byte[m.len++] = (uint8_t)value;
	return m;
}

/* The text of p's message m, of which cut bytes were captured, in a buffer of just that size. All its
 * values are walked too, so that a sanitizer sees each access.
 */
static inline const char *told_cut(enum proto_id p, const struct message *m, uint32_t cut,
				   uint8_t verbose, struct decoded *d)
{
	static char text[8192], value[8192];
	uint8_t *copy = malloc(cut ? cut : 1);
	struct brief b = { .d = d, .verbose = verbose };
	struct out o = { text, text + sizeof(text) - 1 };
	struct view v = { 0 };

	memcpy(copy, m->byte, cut);
	decode(d, (struct slice){ copy, cut, m->len }, p);
	brief_layers(&o, &b, 0);
	*o.at = '\0';
	while (view_next(&v, d)) {
		struct value x = { 0 };

		while (view_value(&v, &x)) {
			struct out scratch = { value, value + sizeof(value) };

			value_text(&scratch, &x, &v, d);
		}
	}
	free(copy);
	d->packet.ptr = NULL;
	return text;
}

static inline const char *told(enum proto_id p, const char *hex, uint8_t verbose)
{
	struct message m = message(hex);
	struct decoded d;

	return told_cut(p, &m, m.len, verbose, &d);
}

/* The notes of p's message. */
static inline enum note noted(enum proto_id p, const char *hex)
{
	struct message m = message(hex);
	struct decoded d;

	told_cut(p, &m, m.len, 0, &d);
	return (enum note)d.layer[0].note;
}

/* The count'th value (from 0) that is called name in p's message; "" where there are fewer. */
static inline const char *valued(enum proto_id p, const char *hex, const char *name, int count)
{
	static char text[512];
	struct message m = message(hex);
	struct decoded d;
	struct out o = { text, text + sizeof(text) - 1 };
	struct view v = { 0 };

	decode(&d, (struct slice){ m.byte, m.len, m.len }, p);
	while (view_next(&v, &d)) {
		struct value x = { 0 };

		while (view_value(&v, &x))
			if (value_named(&x, name) && count-- == 0)
				value_text(&o, &x, &v, &d);
	}
	*o.at = '\0';
	return text;
}

/* Cut at every length: nothing is read outside, and what is told ends. Returns how often the text said
 * that something is missing.
 */
static inline uint32_t cut_everywhere(enum proto_id p, const char *hex)
{
	struct message m = message(hex);
	struct decoded d;
	uint32_t missing = 0;

	for (uint32_t cut = 0; cut <= m.len; cut++)
		for (uint8_t verbose = 0; verbose < 3; verbose++)
			missing += strstr(told_cut(p, &m, cut, verbose, &d), "[|") != NULL;
	return missing;
}

#endif
