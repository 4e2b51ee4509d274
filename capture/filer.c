/* SPDX-License-Identifier: BSD-2-Clause */
/* filer.c - a process that makes, replaces and removes files for a keeper that may not, and does nothing else */
#define _GNU_SOURCE
#include "capture/filer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/create.h"
#include "capture/filer_wire.h"
#include "capture/privileges.h"

static bool is_of_metrics(const struct filer_policy *p, const char *path)
{
	size_t len = p->metrics ? strlen(p->metrics) : 0;

	return len && !strncmp(path, p->metrics, len) && !strcmp(path + len, ".tmp");
}

static bool is_removable(const struct filer_policy *p, const char *path)
{
	for (const char *const *one = p->removable; one && *one; one++)
		if (!strcmp(*one, path))
			return true;
	return false;
}

static bool allowed(const struct filer_policy *p, const struct filer_request *r)
{
	if (r->order == FILER_RENAME)
		return p->metrics && !strcmp(r->path, p->metrics);
	if (p->path && rotate_plan_makes(p->plan, p->path, r->path))
		return true;
	if (r->order == FILER_REMOVE && is_removable(p, r->path))
		return true;
	return r->order == FILER_CREATE && is_of_metrics(p, r->path);
}

/* Carry the order out. Returns the descriptor of a new file; -1: there is none. */
static int obey(const struct filer_request *r, struct filer_answer *a)
{
	int fd = -1;

	if (r->order == FILER_CREATE) {
		fd = create_file(AT_FDCWD, r->path, &a->why);
		a->result = fd < 0 ? fd : 0;
	} else if (r->order == FILER_REMOVE) {
		a->result = create_remove(r->path);
	} else {
		a->result = create_rename(r->path, &a->why);
	}
	return fd;
}

static void reply(int channel, const struct filer_answer *a, int fd)
{
	union { struct cmsghdr align; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct iovec data = { .iov_base = (void *)a, .iov_len = sizeof(*a) };
	struct msghdr m = { .msg_iov = &data, .msg_iovlen = 1 };
	struct cmsghdr *c;

	if (fd >= 0) {
		m.msg_control = control.bytes;
		m.msg_controllen = sizeof(control.bytes);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	}
	sendmsg(channel, &m, MSG_NOSIGNAL);
	if (fd >= 0)
		close(fd);
}

/* One order. Returns false where nobody gives any more. */
static bool serve(const struct filer_policy *p, int channel)
{
	static struct filer_request request;
	struct filer_answer answer = { 0 };
	ssize_t n = recv(channel, &request, sizeof(request), 0);
	int fd = -1;

	if (n <= 0)
		return n < 0 && errno == EINTR;
	request.path[PATH_MAX - 1] = '\0';
	if (n == sizeof(request) && allowed(p, &request))
		fd = obey(&request, &answer);
	else
		answer.result = error_set(&answer.why, STATUS_WRITE, "%s: is none of the files of this run",
					  request.path);
	reply(channel, &answer, fd);
	return true;
}

/* Root without capabilities may do less than root: better said now than when the second file is to begin. */
static int look_at_folders(const struct filer_policy *p, struct error *e)
{
	for (const char *const *folder = p->folders; *folder; folder++)
		if (faccessat(AT_FDCWD, *folder, W_OK | X_OK, AT_EACCESS) && errno == EACCES)
			return error_set(e, STATUS_WRITE, "%s: root without capabilities cannot make files there; "
					 "-Z USER: who may", *folder);
	return 0;
}

/* The terminal's keys and the signals are for the keeper. */
static int run(const struct filer_policy *p, int channel)
{
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2 };
	const struct confinement c = { .work = WORK_FILES, .folders = p->folders };
	const struct identity self = { .uid = geteuid(), .gid = getegid() };
	const char *partly, *lacks;	/* the keeper says so */
	struct filer_answer ready = { 0 };

	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	ready.result = privileges_drop(&self, &partly, &ready.why);
	if (!ready.result)
		ready.result = confine(&c, &lacks, &ready.why);
	if (!ready.result)
		ready.result = look_at_folders(p, &ready.why);
	if (!ready.result)
		privileges_print("who makes files");
	reply(channel, &ready, -1);
	if (ready.result)
		return STATUS_WRITE;
	while (serve(p, channel))
		;
	return STATUS_DONE;
}

/* Returns the channel, or as filer_open(). */
static int wait_until_ready(int channel, struct error *e)
{
	struct filer_answer ready;
	ssize_t n;

	do
		n = recv(channel, &ready, sizeof(ready), 0);
	while (n < 0 && errno == EINTR);
	if (n == sizeof(ready) && ready.result == 0)
		return channel;
	close(channel);
	if (n != sizeof(ready))
		return error_set(e, STATUS_WRITE, "cannot start a process for files: it has ended");
	*e = ready.why;
	return ready.result;
}

int filer_open(const struct filer_policy *policy, struct error *e)
{
	int ends[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return error_set(e, STATUS_WRITE, "cannot start a process for files: %s", error_words(errno));
	pid = fork();
	if (pid == 0) {
		int channel = dup2(ends[1], STDERR_FILENO + 1);

		close_range((unsigned)channel + 1, ~0u, 0);
		_exit(run(policy, channel));
	}
	close(ends[1]);
	if (pid > 0)
		return wait_until_ready(ends[0], e);
	close(ends[0]);
	return error_set(e, STATUS_WRITE, "cannot start a process for files: %s", error_words(errno));
}
