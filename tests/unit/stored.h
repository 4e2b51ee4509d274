/* SPDX-License-Identifier: BSD-2-Clause */
/* stored.h - the captures of pcaps/, for tests that look at all of them */
#ifndef TESTS_UNIT_STORED_H
#define TESTS_UNIT_STORED_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Call look with the path of each; it says whether it could be looked at, and most can. */
static inline void each_capture(bool (*look)(const char *path))
{
	DIR *folder = opendir("pcaps");
	struct dirent *entry;
	uint32_t looked = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		char path[512];

		snprintf(path, sizeof(path), "pcaps/%s", entry->d_name);
		if (strstr(entry->d_name, ".pcap"))
			looked += look(path);
	}
	closedir(folder);
	assert_true(looked > 100);
}

#endif
