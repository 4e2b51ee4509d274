/* SPDX-License-Identifier: BSD-2-Clause */
/* hook.c - a command that is run with the name of each file that is complete (-z) */
#define _GNU_SOURCE
#include "capture/hook.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/privileges.h"

#define AT_ONCE 4	/* commands */
#define QUEUE_MAX 4096	/* names that wait */
#define WAIT_MS 2000	/* at the end, as long as nothing is heard */

/* The child. */
struct runner {
	const char *command;
	int channel, signals;	/* names come, reports go; a signalfd(2) of SIGCHLD */
	bool told_all, quiet;
	char *queue[QUEUE_MAX];
	unsigned first, waiting;
	struct { pid_t pid; char *name; } running[AT_ONCE];
	unsigned busy;
};

/* To the keeper, who knows where such words are seen; once it has gone, to whoever reads standard error. */
static void report(const struct runner *r, const char *name, const char *what, int number)
{
	char text[PATH_MAX + 100];
	int len = snprintf(text, sizeof(text), "-z %s: %s: %s %d", r->command, name, what, number);

	if (send(r->channel, text, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		error_say("%s", text);
}

/* In the command's process. A name that looks like an option is none. */
static void become_command(const struct runner *r, const char *name)
{
	char path[PATH_MAX + 3];
	sigset_t none;

	snprintf(path, sizeof(path), "%s%s", *name == '-' ? "./" : "", name);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	execlp(r->command, r->command, path, (char *)NULL);
	_exit(127);	/* as a shell */
}

static void start_next(struct runner *r)
{
	char *name = r->queue[r->first];
	pid_t pid = fork();

	if (pid == 0)
		become_command(r, name);
	r->first = (r->first + 1) % QUEUE_MAX;
	r->waiting--;
	if (pid < 0) {
		report(r, name, "cannot be started: error", errno);
		free(name);
		return;
	}
	for (unsigned i = 0; i < AT_ONCE; i++) {
		if (r->running[i].pid)
			continue;
		r->running[i].pid = pid;
		r->running[i].name = name;
		r->busy++;
		return;
	}
}

static void reap(struct runner *r)
{
	struct signalfd_siginfo sink;
	int status;
	pid_t pid;

	while (read(r->signals, &sink, sizeof(sink)) > 0)
		;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (unsigned i = 0; i < AT_ONCE; i++) {
			if (r->running[i].pid != pid)
				continue;
			if (WIFSIGNALED(status))
				report(r, r->running[i].name, "ended by signal", WTERMSIG(status));
			else if (WEXITSTATUS(status))
				report(r, r->running[i].name, "exit status", WEXITSTATUS(status));
			free(r->running[i].name);
			r->running[i].pid = 0;
			r->busy--;
		}
	}
}

static void take_names(struct runner *r)
{
	char name[PATH_MAX];

	for (;;) {
		ssize_t n = recv(r->channel, name, sizeof(name) - 1, MSG_DONTWAIT);
		char *copy;

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0 || (n < 0 && errno != EAGAIN))
			r->told_all = true;
		if (n <= 0)
			return;
		name[n] = '\0';
		copy = r->waiting < QUEUE_MAX ? strdup(name) : NULL;
		if (copy)
			r->queue[(r->first + r->waiting++) % QUEUE_MAX] = copy;
		else
			report(r, name, "not run: files that wait:", QUEUE_MAX);
	}
}

/* The terminal's keys are not for the commands: a session of their own. Their priority is the lowest, as tcpdump's. */
static void settle(struct runner *r)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t child;

	setsid();
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	setpriority(PRIO_PROCESS, 0, 19);
	dup2(null, STDIN_FILENO);
	if (r->quiet) {
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	dup2(r->channel, 3);
	r->channel = 3;
	fcntl(3, F_SETFD, FD_CLOEXEC);
	close_range(4, ~0u, 0);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_SETMASK, &child, NULL);
	r->signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int run(struct runner *r)
{
	const struct identity owner = identity_of_owner();
	const char *partly;
	struct error e;

	settle(r);
	if (r->signals < 0 || privileges_drop(&owner, &partly, &e))
		return STATUS_WRITE;
	privileges_print("who runs the commands of -z");
	while (!r->told_all || r->waiting || r->busy) {
		struct pollfd fds[] = {
			{ .fd = r->signals, .events = POLLIN },
			{ .fd = r->told_all ? -1 : r->channel, .events = POLLIN },
		};

		while (r->waiting && r->busy < AT_ONCE)
			start_next(r);
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return STATUS_WRITE;
		if (fds[1].revents)
			take_names(r);
		if (fds[0].revents)
			reap(r);
	}
	return STATUS_DONE;
}

/* Is there such a command? As execlp(3) looks for it. */
static bool exists(const char *command)
{
	const char *path = getenv("PATH"), *end;
	char file[PATH_MAX];

	if (strchr(command, '/'))
		return access(command, X_OK) == 0;
	for (path = path ? path : "/bin:/usr/bin"; *command; path = end + 1) {
		end = strchrnul(path, ':');
		snprintf(file, sizeof(file), "%.*s%s%s", (int)(end - path), path, end > path ? "/" : "", command);
		if (access(file, X_OK) == 0)
			return true;
		if (!*end)
			break;
	}
	return false;
}

int hook_open(struct hook *h, const char *command, bool quiet, struct error *e)
{
	int ends[2];
	pid_t pid;

	*h = (struct hook){ 0 };
	if (!exists(command))
		return error_set(e, STATUS_USAGE, "-z: %s: no such command (it is one word, which gets the name of "
				 "the file)", command);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return error_set(e, STATUS_WRITE, "-z: %s: %s", command, error_words(errno));
	pid = fork();
	if (pid == 0) {
		struct runner *r = calloc(1, sizeof(*r));

		close(ends[0]);
		if (!r)
			_exit(STATUS_WRITE);
		r->command = command;
		r->channel = ends[1];
		r->quiet = quiet;
		_exit(run(r));
	}
	close(ends[1]);
	h->channel = ends[0];
	if (pid < 0) {
		close(ends[0]);
		return error_set(e, STATUS_WRITE, "-z: %s: %s", command, error_words(errno));
	}
	h->command = command;
	return 0;
}

void hook_run(struct hook *h, const char *name)
{
	if (h->command && send(h->channel, name, strlen(name), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		h->lost++;
}

/* Returns whether the child has ended. */
static bool listen_once(struct hook *h)
{
	char text[PATH_MAX + 100];
	ssize_t n;

	while ((n = recv(h->channel, text, sizeof(text) - 1, MSG_DONTWAIT)) > 0) {
		text[n] = '\0';
		error_say("%s", text);
	}
	if (h->lost)
		error_say("-z %s: not run for %u files: it could not be told", h->command, h->lost);
	h->lost = 0;
	return n == 0;
}

void hook_listen(struct hook *h)
{
	if (h->command)
		listen_once(h);
}

void hook_close(struct hook *h)
{
	struct pollfd channel = { .fd = h->channel, .events = POLLIN };

	if (!h->command)
		return;
	shutdown(h->channel, SHUT_WR);
	while (!listen_once(h)) {
		if (poll(&channel, 1, WAIT_MS) > 0)
			continue;
		error_say("-z %s: not waited for any longer; it goes on", h->command);
		break;
	}
	close(h->channel);
	h->command = NULL;
}
