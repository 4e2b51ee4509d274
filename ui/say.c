/* SPDX-License-Identifier: BSD-2-Clause */
/* say.c - what is said apart from packets */
#include <inttypes.h>
#include <stdio.h>

#include "ui/jobs.h"
#include "ui/plural.h"

void say(const char *text)
{
	char clean[1000];

	fflush(stdout);
	fprintf(stderr, "ringtail: %s\n", error_clean(clean, sizeof(clean), text));
}

void say_place(const char *text, size_t at)
{
	enum { BEFORE = 40, WIDTH = 72 };
	size_t from = at > BEFORE ? at - BEFORE : 0;
	char line[WIDTH + 1] = "";
	int n = 0;

	for (; n < WIDTH && text[from + (size_t)n]; n++) {
		char c = text[from + (size_t)n];

		line[n] = c >= ' ' && c <= '~' ? c : '?';
	}
	fprintf(stderr, "  %.*s\n  %*s^\n", n, line, (int)(at - from), "");
}

void print_count(uint64_t packets)
{
	printf("%" PRIu64 " packet%s\n", packets, plural(packets));
}
