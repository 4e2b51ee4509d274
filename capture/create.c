/* SPDX-License-Identifier: BSD-2-Clause */
/* create.c - make the files that captures go to, so that nobody can point them elsewhere
 *
 * A capture often runs as root in a folder that others can write to: a link left there in advance
 * would turn "ringtail -w trace.pcap" into the end of the file that it points to.
 */
#define _GNU_SOURCE
#include "capture/create.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/privileges.h"

#define FLAGS (O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW)

/* The file open as fd was there before: may it be replaced? NULL, or why not. */
static const char *may_replace(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return error_words(errno);
	if (!S_ISREG(st.st_mode))
		return NULL;
	if (st.st_uid != geteuid() && st.st_uid != identity_of_owner().uid)
		return "belongs to another user, not replaced";
	if (st.st_nlink > 1)
		return "has another name (a hard link), not replaced";
	return ftruncate(fd, 0) ? error_words(errno) : NULL;
}

static int replace(int directory, const char *path, struct error *e)
{
	int fd = openat(directory, path, FLAGS);
	const char *why;

	if (fd < 0)
		return error_set(e, STATUS_WRITE, "%s: %s", path,
				 errno == ELOOP ? "is a symbolic link, not followed" :
						  error_words(errno));
	why = may_replace(fd);
	if (!why)
		return fd;
	close(fd);
	return error_set(e, STATUS_WRITE, "%s: %s", path, why);
}

int create_file(int directory, const char *path, struct error *e)
{
	struct identity owner;
	int fd;

	if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0) {
		if (!isatty(STDOUT_FILENO))
			return STDOUT_FILENO;
		return error_set(e, STATUS_USAGE,
				 "standard output: is a terminal; packets go to a file or pipe");
	}
	fd = openat(directory, path, FLAGS | O_CREAT | O_EXCL, 0600);
	if (fd < 0 && errno == EEXIST)
		return replace(directory, path, e);
	if (fd < 0)
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(errno));
	owner = identity_of_owner();
	if (fchown(fd, owner.uid, owner.gid))
		return fd;	/* then it stays root's: no reason to give up */
	return fd;
}
