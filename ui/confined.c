/* SPDX-License-Identifier: BSD-2-Clause */
/* confined.c - what the process that decodes gives up before it sees the first packet */
#include "ui/confined.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "capture/confine.h"
#include "capture/rotate.h"
#include "ui/names.h"
#include "ui/userfile.h"
#include "ui/words.h"

/* Stored files too: of several, each is opened when its turn comes. Returns what is to be freed; NULL: no memory. */
static const char **readable(const struct options *o)
{
	static const char *const words[] = {
		WORDS_SERVICES, WORDS_VENDORS, "/etc/localtime", "/usr/share/zoneinfo",
	};
	const char **path = calloc(COUNT(words) + o->read_count + 1, sizeof(*path));

	if (!path)
		return NULL;
	memcpy(path, words, sizeof(words));
	if (o->read_count)
		memcpy(path + COUNT(words), o->reads, o->read_count * sizeof(*path));
	return path;
}

/* Where a reader of the screen saves files, and where ringtail keeps its own for him; ended by NULL. */
#define FOLDERS_MAX 6

static void writable(const char *folder[FOLDERS_MAX + 1])
{
	const char *const all[FOLDERS_MAX] = {
		".", "/tmp", "/var/tmp", userfile_home(), getenv("XDG_CONFIG_HOME"), getenv("XDG_STATE_HOME"),
	};

	for (int i = 0; i < FOLDERS_MAX; i++)
		if (all[i] && *all[i])
			*folder++ = all[i];
	*folder = NULL;
}

int viewer_confine(const struct options *o, const struct identity *who, bool screen, struct error *e)
{
	const char **paths = readable(o);
	const char *folders[FOLDERS_MAX + 1];
	const struct confinement c = {
		.work = WORK_FILES | (screen ? WORK_TERMINAL : 0) | (o->names ? WORK_NAMES : 0),
		.folders = screen ? folders : NULL,
		.readable = paths,
	};
	const char *lacks, *partly;	/* the keeper says so */
	int rc;

	if (!paths)
		return error_set(e, STATUS_INTERFACE, "no memory");
	writable(folders);
	interface_names_open();
	rc = who ? privileges_drop(who, &partly, e) : 0;
	if (!rc)
		rc = confine(&c, &lacks, e);
	free(paths);
	if (!rc)
		privileges_print("viewer");
	return rc;
}

int reader_confine(const struct options *o, struct error *e)
{
	const char **paths = readable(o);
	char *folder = o->write ? rotate_folder(o->write) : NULL;
	const char *const folders[] = { folder, NULL };
	const struct confinement c = {
		.work = o->names ? WORK_NAMES : 0,
		.folders = folders,
		.readable = paths,
		.any_call = true,
	};
	const struct identity owner = identity_of_owner();
	const char *lacks, *partly;	/* a kernel that is too old is no reason to say so each time */
	int rc = o->user ? privileges_drop(&owner, &partly, e) : 0;

	if (!paths || (o->write && !folder))
		rc = error_set(e, STATUS_INTERFACE, "no memory");
	else if (rc == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		rc = confine(&c, &lacks, e);
	free(paths);
	free(folder);
	return rc;
}
