/* SPDX-License-Identifier: BSD-2-Clause */
/* say.c - messages to the person at the terminal */
#include <stdio.h>

#include "ui/jobs.h"

void say(const char *text)
{
	fflush(stdout);
	fprintf(stderr, "ringtail: %s\n", text);
}
