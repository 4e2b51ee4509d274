/* SPDX-License-Identifier: BSD-2-Clause */
/* test_confine.c - probes from inside: what a process that was taken over cannot do */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/privileges.h"

static int packets, udp;	/* open before */
static char folder[] = "/tmp/ringtail_confine.XXXXXX";

static bool refused(long rc)
{
	return rc < 0 && (errno == EPERM || errno == EACCES);
}

static bool send_on_the_packet_socket_is_refused(void)
{
	return refused(send(packets, "frame", 5, 0));
}

static bool write_on_the_packet_socket_is_refused(void)
{
	return refused(write(packets, "frame", 5));
}

static bool another_descriptor_of_it_is_refused(void)
{
	return refused(dup2(packets, 7)) && refused(fcntl(packets, F_DUPFD, 3));
}

static bool promiscuous_mode_is_refused(void)
{
	struct packet_mreq m = { .mr_ifindex = 1, .mr_type = PACKET_MR_PROMISC };

	return refused(setsockopt(packets, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &m, sizeof(m)));
}

static bool a_packet_socket_is_refused(void)
{
	return refused(socket(AF_PACKET, SOCK_RAW, 0));
}

static bool any_socket_is_refused(void)
{
	return refused(socket(AF_INET, SOCK_DGRAM, 0)) && refused(socket(AF_UNIX, SOCK_STREAM, 0));
}

static bool udp_out_is_refused(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = 9, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	return refused(sendto(udp, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)));
}

static bool opening_files_is_refused(void)
{
	return refused(open("/etc/passwd", O_RDONLY)) && refused(open("/etc/new", O_WRONLY | O_CREAT, 0600)) &&
	       refused(open("/dev/null", O_WRONLY));
}

static bool execve_is_refused(void)
{
	char *none[] = { NULL };

	return refused(execve("/bin/true", none, none));
}

static bool fork_is_refused(void)
{
	long pid = syscall(SYS_fork);

	if (pid == 0)
		_exit(0);
	return refused(pid);
}

static bool memory_to_run_is_refused(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page == MAP_FAILED && errno == EPERM;
}

static bool root_is_out_of_reach(void)
{
	return refused(setuid(0)) && refused(setresuid(0, 0, 0));
}

static bool its_own_work_goes_on(void)
{
	int status = 0;
	socklen_t n = sizeof(status);
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return getsockopt(packets, SOL_SOCKET, SO_ERROR, &status, &n) == 0 && write(STDERR_FILENO, "", 0) == 0 &&
	       page != MAP_FAILED && getuid() != 0;
}

static const struct probe {
	const char *name;
	bool (*holds)(void);
	bool confined;		/* a build for sanitizers is not */
} probes[] = {
#define PROBE(id, confined) { #id, id, confined }
	PROBE(send_on_the_packet_socket_is_refused, true),
	PROBE(write_on_the_packet_socket_is_refused, true),
	PROBE(another_descriptor_of_it_is_refused, true),
	PROBE(promiscuous_mode_is_refused, true),
	PROBE(a_packet_socket_is_refused, false),
	PROBE(any_socket_is_refused, true),
	PROBE(udp_out_is_refused, true),
	PROBE(opening_files_is_refused, true),
	PROBE(execve_is_refused, true),
	PROBE(fork_is_refused, true),
	PROBE(memory_to_run_is_refused, true),
	PROBE(root_is_out_of_reach, false),
	PROBE(its_own_work_goes_on, false),
};

enum { NOT_CONFINED = 100, NO_LANDLOCK };

/* Returns the number of the first probe that fails, from 1 on; 0: none does; or one of the above. */
static int probe_all(const struct confinement *c)
{
	const char *lacks, *partly;
	struct identity who;
	struct error e;

	if (identity_find(&who, NULL, &e) || privileges_drop(&who, &partly, &e) || confine(c, &lacks, &e))
		return NOT_CONFINED;
	if (lacks)
		return NO_LANDLOCK;
	for (size_t i = 0; i < sizeof(probes) / sizeof(*probes); i++) {
#ifdef UNCONFINED
		if (probes[i].confined)
			continue;
#endif
		if (!probes[i].holds())
			return (int)i + 1;
	}
	return 0;
}

static int in_child(int (*act)(const struct confinement *c), const struct confinement *c)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(act(c));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_keeper_that_was_taken_over_can_do_nothing(void **state)
{
	static const struct confinement keeper = { .work = WORK_CAPTURE };
	int failed = in_child(probe_all, &keeper);

	(void)state;
	if (failed == NO_LANDLOCK)
		skip();		/* as under valgrind */
	if (failed)
		fail_msg("%s", failed == NOT_CONFINED ? "it is not confined" : probes[failed - 1].name);
}

static int keep_files(const struct confinement *c)
{
	char path[64];
	const char *lacks;
	struct error e;

	if (chdir(folder) || confine(c, &lacks, &e))
		return 1;
	if (lacks)
		return NO_LANDLOCK;
	snprintf(path, sizeof(path), "%s/a", folder);
	if (open(path, O_RDWR | O_CREAT | O_EXCL, 0600) < 0 || rename(path, "b") || unlink("b"))
		return 2;
	if (!refused(open("../ringtail_elsewhere", O_RDWR | O_CREAT, 0600)))
		return 3;
	if (open("/etc/services", O_RDONLY) < 0)
		return 4;
	return refused(open("/etc/hosts", O_RDONLY)) ? 0 : 5;
}

#ifdef UNCONFINED
__attribute__((unused))
#endif
static void files_are_made_in_folders_that_are_named_only(void **state)
{
	const char *const folders[] = { folder, "/tmp/ringtail_not_there", NULL };
	static const char *const readable[] = { "/etc/services", NULL };
	const struct confinement c = { .work = WORK_FILES, .folders = folders, .readable = readable };
	int failed;

	(void)state;
	failed = in_child(keep_files, &c);
	if (failed == NO_LANDLOCK)
		skip();
	assert_int_equal(failed, 0);
}

static int open_all(void **state)
{
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	(void)state;
	udp = fcntl(socket(AF_INET, SOCK_DGRAM, 0), F_DUPFD, PACKET_SOCKETS + 1);
	packets = fd < 0 ? fd : fcntl(fd, F_DUPFD, PACKET_SOCKETS);
	return packets < 0 || !mkdtemp(folder);
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_keeper_that_was_taken_over_can_do_nothing),
#ifndef UNCONFINED
		cmocka_unit_test(files_are_made_in_folders_that_are_named_only),
#endif
	};

	return cmocka_run_group_tests(tests, open_all, remove_folder);
}
