/* SPDX-License-Identifier: BSD-2-Clause */
/* folder.c - the files in a folder */
#define _GNU_SOURCE
#include "capture/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool folder_is(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int folder_list(const char *path, char ***list, struct error *e)
{
	struct dirent **entry;
	int n = scandir(path, &entry, is_shown, versionsort);
	int len = (int)strlen(path) - (n >= 0 && path[strlen(path) - 1] == '/');
	bool full = false;

	if (n < 0)
		return error_set(e, STATUS_USAGE, "%s: %s", path, error_words(errno));
	*list = calloc((size_t)n + 1, sizeof(**list));
	for (int i = 0; i < n; i++) {
		if (!*list || asprintf(&(*list)[i], "%.*s/%s", len, path, entry[i]->d_name) < 0)
			full = true;
		free(entry[i]);
	}
	free(entry);
	if (!full)
		return n;
	if (*list)
		folder_free(*list, n);
	return error_set(e, STATUS_USAGE, "%s: %s", path, error_words(ENOMEM));
}

void folder_free(char **list, int n)
{
	for (int i = 0; i < n; i++)
		free(list[i]);
	free(list);
}
