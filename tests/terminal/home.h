/* SPDX-License-Identifier: BSD-2-Clause */
/* home.h - a folder for the files of a user, for tests of the configuration */
#ifndef TESTS_TERMINAL_HOME_H
#define TESTS_TERMINAL_HOME_H

#include <sys/stat.h>

#include "tests/terminal/driver.h"

static char home[64];

/* A path in it. */
static inline const char *at_home(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", home, name);
	return path;
}

static inline int make_home(void **state)
{
	(void)state;
	strcpy(home, "/tmp/ringtail_home_XXXXXX");
	if (!mkdtemp(home))
		return -1;
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	return mkdir(at_home("ringtail"), 0700);
}

static inline int remove_home(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", home);
	return system(command);
}

/* The user's configuration is text. */
static inline void configure(const char *text)
{
	FILE *f = fopen(at_home("ringtail/config"), "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* The first bytes of a file. */
static inline const char *content_of(const char *path)
{
	static char text[8192];
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	return text;
}

#endif
