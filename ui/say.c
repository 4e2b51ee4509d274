/* SPDX-License-Identifier: BSD-2-Clause */
/* say.c - what is said apart from packets */
#include <inttypes.h>
#include <stdio.h>

#include "ui/jobs.h"

void say(const char *text)
{
	char clean[1000];

	fflush(stdout);
	fprintf(stderr, "ringtail: %s\n", error_clean(clean, sizeof(clean), text));
}

void print_count(uint64_t packets)
{
	printf("%" PRIu64 " packet%s\n", packets, packets == 1 ? "" : "s");
}
