/* SPDX-License-Identifier: BSD-2-Clause */
/* userfile.h - the small files that ringtail keeps for its user: the configuration, what was typed before */
#ifndef UI_USERFILE_H
#define UI_USERFILE_H

#include <stdbool.h>

#include "capture/error.h"

#define USERFILE_MAX 65536	/* bytes */

enum userfile_kind { USERFILE_CONFIG, USERFILE_STATE, USERFILE_KINDS };

/* Where the file of that kind called name is, whether it exists or not: the folders are those of the XDG base
 * directory specification. Under sudo they are those of the user who called it. False where nobody says where.
 */
bool userfile_path(char *path, size_t size, enum userfile_kind kind, const char *name);

/* The folder of that user's home; NULL: nobody says where it is. */
const char *userfile_home(void);

/* Read the file at path into *text, the caller's; NULL where there is no file. Under sudo it is opened as the user who
 * called it. Returns 0; -STATUS_USAGE with e filled in, where it cannot be read, is no regular file, or larger than
 * USERFILE_MAX.
 */
int userfile_read(const char *path, char **text, struct error *e);

/* Replace it by the n bytes at text, all at once: a new file (mode 0600) takes its name. Folders that are missing are
 * made (0700). Under sudo all that belongs to the user who called it. Refused are links, and folders of other users.
 * Returns 0, or -STATUS_WRITE with e filled in.
 */
int userfile_write(const char *path, const char *text, size_t n, struct error *e);

#endif
