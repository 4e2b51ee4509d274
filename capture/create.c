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
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/filer_wire.h"
#include "capture/privileges.h"

#define READABLE 0644	/* for all */
#define FLAGS (O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW)

static int filer = -1;		/* who is asked; -1: we may ourselves */

void create_by(int channel)
{
	filer = channel;
}

/* Ask for what is in r. Returns the descriptor that came with the answer; -1: none did. */
static int order(const struct filer_request *r, struct filer_answer *a)
{
	union { struct cmsghdr align; char bytes[CMSG_SPACE(sizeof(int))]; } control;
	struct iovec data = { .iov_base = a, .iov_len = sizeof(*a) };
	struct msghdr m = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes,
			    .msg_controllen = sizeof(control.bytes) };
	ssize_t n = send(filer, r, sizeof(*r), MSG_NOSIGNAL);
	const struct cmsghdr *c;
	int fd = -1;

	while (n > 0 && (n = recvmsg(filer, &m, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		n = 1;
	if (n != sizeof(*a)) {
		a->result = error_set(&a->why, STATUS_WRITE, "%s: the process for files has gone", r->path);
		return -1;
	}
	c = CMSG_FIRSTHDR(&m);
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

/* The same of path. Returns as the function does that the order stands for; -1 in *fd: there is no descriptor. */
static int ask_filer(enum filer_order what, const char *path, int *fd, struct error *e)
{
	struct filer_request request = { .order = what };
	struct filer_answer answer = { 0 };

	*fd = -1;
	if (strlen(path) >= sizeof(request.path))
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENAMETOOLONG));
	strcpy(request.path, path);
	*fd = order(&request, &answer);
	if (answer.result)
		*e = answer.why;
	return answer.result;
}

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
	if (filer >= 0) {
		int err = ask_filer(FILER_CREATE, path, &fd, e);

		return err ? err : fd;
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

int create_remove(const char *path)
{
	struct error ignored;
	int fd;

	if (filer >= 0)
		return ask_filer(FILER_REMOVE, path, &fd, &ignored);
	return unlink(path) ? -errno : 0;
}

int create_rename(const char *path, struct error *e)
{
	char from[PATH_MAX];
	bool readable;
	int fd;

	if (filer >= 0)
		return ask_filer(FILER_RENAME, path, &fd, e);
	snprintf(from, sizeof(from), "%s.tmp", path);
	fd = open(from, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	readable = fd >= 0 && fchmod(fd, READABLE) == 0;
	if (fd >= 0)
		close(fd);
	return readable && rename(from, path) == 0 ? 0 : error_set(e, STATUS_WRITE, "%s: %s", path, error_words(errno));
}
