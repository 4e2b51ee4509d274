/* SPDX-License-Identifier: BSD-2-Clause */
/* recorder.c - the flight recorder */
#define _GNU_SOURCE
#include "capture/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/confine.h"
#include "capture/signals.h"
#include "capture/writer.h"

#define LOOK_MS 50		/* between two looks at the tape */
#define SAME_SECOND_MAX 100	/* files */

#define REASON_MAX 600		/* bytes, with the zero */

/* What the child is told. */
struct cause {
	uint64_t packet;	/* on the tape, or RECORDER_NONE */
	char reason[REASON_MAX];
};

/* What the child says when it begins a file, and when it has ended it. */
struct recorded {
	bool over, good;
	uint64_t packets;	/* in the file */
	char name[RECORDER_NAME];
};

/* The child's. */
struct recording {
	const struct tape *tape;
	const struct recorder *what;
	struct sources sources;
	struct writer *writer;
	int channel;
	uint64_t next, missed;	/* the packet to be copied; gone, since the last that was */
	const struct cause *cause;
	struct recorded said;
	struct error error;
};

/* What is to be told of sources that came after we did. */
static void know(struct recording *r, uint32_t interface)
{
	struct sources *s = &r->sources;

	for (; s->count <= interface && s->count < r->what->most; s->count++) {
		const struct interface *i = &r->what->interface[s->count];
		struct source *source = &s->source[s->count];

		*source = r->what->later;
		source->name = i->name;
		source->mac = i->has_mac ? i->mac : NULL;
		source->linktype = source->linktype ? source->linktype : i->linktype;
	}
}

/* What is missing before a packet is told with it. */
static int copy(struct recording *r)
{
	static uint8_t bytes[SNAPLEN_MAX];
	uint64_t first = tape_first(r->tape);
	struct packet p;

	if (r->next < first) {
		r->missed += first - r->next;
		r->next = first;
	}
	if (!tape_copy(r->tape, r->next++, bytes, &p)) {
		r->missed++;
		return 0;
	}
	if (r->missed) {
		p.flags |= PACKET_LOSING;
		p.lost = r->missed < UINT32_MAX ? (uint32_t)r->missed : UINT32_MAX;
		r->missed = 0;
	}
	if (r->next - 1 == r->cause->packet)
		writer_comment(r->writer, r->cause->reason);
	know(r, p.interface);
	r->said.packets++;
	return writer_put(r->writer, &p, &r->error);
}

static int copy_all(struct recording *r)
{
	uint64_t count = tape_count(r->tape);
	int ret = 0;

	while (!ret && r->next < count)
		ret = copy(r);
	return ret ? ret : writer_flush(r->writer, &r->error);
}

/* Until that time, or until the keeper says that nothing comes any more. */
static int follow(struct recording *r, int64_t until)
{
	struct pollfd keeper = { .fd = r->channel, .events = POLLIN };
	bool over = false;
	int ret = 0;

	while (!ret && !over) {
		over = clock_now(CLOCK_MONOTONIC) >= until || poll(&keeper, 1, LOOK_MS) > 0;
		ret = copy_all(r);
	}
	return ret;
}

static int write_file(struct recording *r, int64_t until)
{
	struct writer_options options = { .format = WRITER_PCAPNG, .sources = &r->sources };
	struct error ignored;
	int ret = writer_open(&r->writer, &options, AT_FDCWD, r->said.name, &r->error);

	if (ret)
		return ret;
	ret = follow(r, until);
	if (!ret)
		return writer_close(r->writer, &r->error);
	writer_close(r->writer, &ignored);
	return ret;
}

/* A name that no file has, if there is one. */
static void choose_name(char *name)
{
	char stamp[32];
	time_t t = time(NULL);
	struct tm tm;

	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", localtime_r(&t, &tm));
	snprintf(name, RECORDER_NAME, "ringtail-%s.pcapng", stamp);
	for (int i = 2; i <= SAME_SECOND_MAX && faccessat(AT_FDCWD, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0; i++)
		snprintf(name, RECORDER_NAME, "ringtail-%s-%d.pcapng", stamp, i);
}

/* What is older than next is in the file before, or gone. */
static void record(struct recording *r, const struct cause *cause)
{
	uint64_t first = tape_first(r->tape);
	int ret;

	r->said = (struct recorded){ 0 };
	r->missed = 0;
	if (r->next < first)
		r->next = first;
	choose_name(r->said.name);
	send(r->channel, &r->said, sizeof(r->said), MSG_NOSIGNAL);
	r->cause = cause;
	r->sources.comment = cause->reason;
	ret = write_file(r, clock_now(CLOCK_MONOTONIC) + r->what->after);
	if (ret)
		error_say("%s", r->error.text);
	else
		error_say("%s: %" PRIu64 " packet%s recorded (%s)", r->said.name, r->said.packets,
			  r->said.packets == 1 ? "" : "s", cause->reason);
	r->said.over = true;
	r->said.good = ret == 0;
	send(r->channel, &r->said, sizeof(r->said), MSG_NOSIGNAL);
}

/* Of the descriptors it needs standard error alone, and the channel. */
static int give_up(const struct recorder *r, struct identity who, struct error *e)
{
	static const char *const folders[] = { ".", NULL }, *const zones[] = { "/etc/localtime", "/usr/share/zoneinfo", NULL };
	const struct confinement c = { .work = WORK_FILES, .folders = folders, .readable = zones };
	const char *partly, *lacks;
	int ret;

	if (r->channel > 3)
		close_range(3, (unsigned)r->channel - 1, 0);
	close_range((unsigned)r->channel + 1, ~0u, 0);
	/* As the keeper does where it makes files. */
	if (!who.asked && (who.nobody || !identity_may_write(&who, ".")))
		who = (struct identity){ .uid = geteuid(), .gid = getegid() };
	ret = privileges_drop(&who, &partly, e);
	return ret ? ret : confine(&c, &lacks, e);
}

static int child(const struct recorder *r, const struct identity *who, pid_t keeper)
{
	struct recording run = { .tape = r->tape, .what = r, .sources = *r->sources, .channel = r->channel };
	struct cause cause;
	ssize_t n;
	int ret;

	signals_in_viewer();
	if (getppid() != keeper || tape_follow(r->tape))
		return STATUS_WRITE;
	for (uint32_t i = 0; i < run.sources.count; i++)
		run.sources.source[i].counted_at = 0;	/* counters are of the whole capture */
	ret = give_up(r, *who, &run.error);
	if (ret) {
		error_say("%s", run.error.text);
		return -ret;
	}
	privileges_print("who records");
	while ((n = recv(r->channel, &cause, sizeof(cause), 0)) > 0 || (n < 0 && errno == EINTR))
		if (n == sizeof(cause))
			record(&run, &cause);
	return STATUS_DONE;
}

int recorder_open(struct recorder *r, const struct identity *who, struct error *e)
{
	pid_t keeper = getpid();
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return error_set(e, STATUS_WRITE, "cannot start the recorder: %s", error_words(errno));
	r->pid = fork();
	if (r->pid == 0) {
		r->channel = ends[1];
		_exit(child(r, who, keeper));
	}
	close(ends[1]);
	r->channel = ends[0];
	if (r->pid > 0)
		return 0;
	r->pid = 0;
	close(ends[0]);
	return error_set(e, STATUS_WRITE, "cannot start the recorder: %s", error_words(errno));
}

bool recorder_start(struct recorder *r, const char *reason, uint64_t packet)
{
	struct cause cause = { .packet = packet };

	if (!r->pid || r->busy)
		return false;
	snprintf(cause.reason, sizeof(cause.reason), "%s", reason);
	r->busy = send(r->channel, &cause, sizeof(cause), MSG_NOSIGNAL) > 0;
	return r->busy;
}

/* Who was not told to end, or could not begin, records nothing more: the capture goes on, but does not end well. */
static void gone(struct recorder *r)
{
	int status = 0;

	close(r->channel);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		error_say("the recorder was ended by signal %d: nothing is recorded any more", WTERMSIG(status));
	r->failed = r->failed || r->busy || status;
	r->busy = false;
	r->pid = 0;
}

bool recorder_look(struct recorder *r)
{
	struct recorded said;
	bool news = false;

	while (r->pid) {
		ssize_t n = recv(r->channel, &said, sizeof(said), MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		news = true;
		if (n != sizeof(said)) {
			gone(r);
			break;
		}
		memcpy(r->name, said.name, sizeof(r->name));
		if (!said.over)
			continue;
		r->busy = false;
		r->packets = said.packets;
		r->files += said.good;
		r->failed = r->failed || !said.good;
	}
	return news;
}

void recorder_finish(struct recorder *r)
{
	if (r->pid)
		shutdown(r->channel, SHUT_WR);
}

void recorder_leave(struct recorder *r)
{
	if (!r->pid)
		return;
	kill(r->pid, SIGKILL);
	close(r->channel);	/* which ends it where it may not be killed */
	r->failed = r->failed || r->busy;
	r->busy = false;
	r->pid = 0;
}
