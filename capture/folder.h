/* SPDX-License-Identifier: BSD-2-Clause */
/* folder.h - the files in a folder */
#ifndef CAPTURE_FOLDER_H
#define CAPTURE_FOLDER_H

#include <stdbool.h>

#include "capture/error.h"

/* Is path a folder? */
bool folder_is(const char *path);

/* The paths of what is in the folder at path, hidden names left out, in the order of their names, numbers in them as
 * numbers (x2 before x10). Returns how many, with list to be given to folder_free(); or -STATUS_USAGE with e filled in.
 */
int folder_list(const char *path, char ***list, struct error *e);

void folder_free(char **list, int n);

#endif
