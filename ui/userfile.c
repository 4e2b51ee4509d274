/* SPDX-License-Identifier: BSD-2-Clause */
/* userfile.c - the small files that ringtail keeps for its user
 *
 * How it works: root that sudo made becomes the caller while it is at his files, so that the kernel decides what may
 * be read and written there, and whose the files are. A file is never written to in place: who reads it meanwhile, or
 * finds it after a crash, has the old one or the new one.
 */
#define _GNU_SOURCE
#include "ui/userfile.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/privileges.h"

#define GROUPS_MAX 1024

/* Who this was before it became the caller. */
struct self {
	bool changed;
	uid_t uid;
	gid_t gid, group[GROUPS_MAX];
	int groups;
};

/* The saved user is root still, so this cannot fail; where it did, the process would have less rights, not more. */
static void go_back(const struct self *self)
{
	int ignored = 0;

	if (self->changed)
		ignored = seteuid(self->uid) || setegid(self->gid) || setgroups((size_t)self->groups, self->group);
	(void)ignored;
}

/* Become who called sudo. False with errno where that is not possible. */
static bool become_caller(struct self *self)
{
	const struct identity caller = identity_of_caller();

	self->uid = geteuid();
	self->gid = getegid();
	self->changed = false;
	if (caller.uid == self->uid)
		return true;
	self->groups = getgroups(GROUPS_MAX, self->group);
	if (self->groups < 0 || setgroups(1, &caller.gid))
		return false;
	self->changed = true;
	if (setegid(caller.gid) == 0 && seteuid(caller.uid) == 0)
		return true;
	go_back(self);
	return false;
}

/* sudo(8) leaves HOME as it is, or sets it to root's: neither is asked for. It is found once: later this process may
 * be the caller, and know nobody any more.
 */
const char *userfile_home(void)
{
	static char folder[4096];
	uid_t caller = identity_of_caller().uid;
	const struct passwd *entry;
	const char *home;

	if (!*folder) {
		entry = caller != geteuid() ? getpwuid(caller) : NULL;
		home = entry ? entry->pw_dir : caller != geteuid() ? NULL : getenv("HOME");
		snprintf(folder, sizeof(folder), "%s", home && *home == '/' ? home : "");
	}
	return *folder ? folder : NULL;
}

bool userfile_path(char *path, size_t size, enum userfile_kind kind, const char *name)
{
	static const struct { const char *variable, *folder; } kinds[USERFILE_KINDS] = {
		[USERFILE_CONFIG] = { "XDG_CONFIG_HOME", ".config" },
		[USERFILE_STATE] = { "XDG_STATE_HOME", ".local/state" },
	};
	const char *folder = getenv(kinds[kind].variable), *begin;
	int n;

	if (folder && *folder == '/') {		/* "all paths must be absolute; else they are to be ignored" */
		n = snprintf(path, size, "%s/ringtail/%s", folder, name);
	} else {
		begin = userfile_home();
		if (!begin)
			return false;
		n = snprintf(path, size, "%s/%s/ringtail/%s", begin, kinds[kind].folder, name);
	}
	return n > 0 && (size_t)n < size;
}

static int read_whole(int fd, const char *path, char **text, struct error *e)
{
	struct stat st;
	size_t n = 0;
	ssize_t got = 0;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return error_set(e, STATUS_USAGE, "%s: is no regular file", path);
	*text = malloc(USERFILE_MAX + 1);
	if (!*text)
		return error_set(e, STATUS_USAGE, "%s: no memory for it", path);
	while (n <= USERFILE_MAX && (got = read(fd, *text + n, USERFILE_MAX + 1 - n)) > 0)
		n += (size_t)got;
	if (got >= 0 && n <= USERFILE_MAX) {
		(*text)[n] = '\0';
		return 0;
	}
	free(*text);
	*text = NULL;
	if (got < 0)
		return error_set(e, STATUS_USAGE, "%s: %s", path, error_words(errno));
	return error_set(e, STATUS_USAGE, "%s: is larger than %d bytes", path, USERFILE_MAX);
}

int userfile_read(const char *path, char **text, struct error *e)
{
	struct self self;
	int fd, rc = 0;

	*text = NULL;
	if (!become_caller(&self))
		return error_set(e, STATUS_USAGE, "%s: %s", path, error_words(errno));
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd >= 0)
		rc = read_whole(fd, path, text, e);
	else if (errno != ENOENT && errno != ENOTDIR)
		rc = error_set(e, STATUS_USAGE, "%s: %s", path, error_words(errno));
	if (fd >= 0)
		close(fd);
	go_back(&self);
	return rc;
}

/* Make folder, where it is missing, in one of the same user: root leaves nothing in another's home. *owner: whose
 * the folder around it is; becomes whose it is.
 */
static bool make_folder(const char *folder, uid_t *owner)
{
	struct stat st;

	if (stat(folder, &st) == 0) {
		*owner = st.st_uid;
		return true;
	}
	if (errno == ENOENT && *owner == geteuid())
		return mkdir(folder, 0700) == 0;
	errno = errno == ENOENT ? EPERM : errno;
	return false;
}

/* The folder of path, made where it is missing: its descriptor, or -1 with errno. */
static int open_folder(const char *path, size_t length)
{
	char folder[4096];
	uid_t owner = 0;
	bool good = true;
	int fd;

	if (length == 0 || length >= sizeof(folder)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(folder, path, length);
	folder[length] = '\0';
	for (char *at = strchr(folder + 1, '/'); good && at; at = strchr(at + 1, '/')) {
		*at = '\0';
		good = make_folder(folder, &owner);
		*at = '/';
	}
	if (!good || !make_folder(folder, &owner))
		return -1;
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || owner == geteuid())
		return fd;
	close(fd);
	errno = EPERM;
	return -1;
}

static bool write_all(int fd, const char *text, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, text, n);

		if (done < 0 && errno != EINTR)
			return false;
		text += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return fsync(fd) == 0;
}

/* What is there already under that name may only be a file. */
static bool may_replace(int folder, const char *name)
{
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT;
	errno = S_ISLNK(st.st_mode) ? ELOOP : EISDIR;
	return S_ISREG(st.st_mode);
}

static bool replace(int folder, const char *name, const char *text, size_t n)
{
	char new[300];
	bool good;
	int fd, why;

	if (!may_replace(folder, name))
		return false;
	snprintf(new, sizeof(new), ".%.200s.%ld", name, (long)getpid());
	unlinkat(folder, new, 0);	/* of a process of that number that crashed */
	fd = openat(folder, new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	good = write_all(fd, text, n);
	why = errno;
	close(fd);
	if (good && renameat(folder, new, folder, name) == 0)
		return true;
	why = good ? errno : why;
	unlinkat(folder, new, 0);
	errno = why;
	return false;
}

int userfile_write(const char *path, const char *text, size_t n, struct error *e)
{
	const char *name = strrchr(path, '/');
	int folder, why = 0;
	struct self self;

	if (!name || !become_caller(&self))
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(name ? errno : EINVAL));
	folder = open_folder(path, (size_t)(name - path));
	if (folder < 0 || !replace(folder, name + 1, text, n))
		why = errno;
	if (folder >= 0)
		close(folder);
	go_back(&self);
	return why ? error_set(e, STATUS_WRITE, "%s: %s", path,
			       why == ELOOP ? "is a symbolic link, not replaced" : error_words(why)) : 0;
}
