/* SPDX-License-Identifier: BSD-2-Clause */
/* confine.c - what a process of a live capture may still do: landlock(7), seccomp(2)
 *
 * The list of calls is what the C library and our own code were seen to need in the tests, which run with it. A call
 * that is missing fails as one without permission does, rather than end a capture.
 */
#define _GNU_SOURCE
#include "capture/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/landlock.h>
#include <linux/sockios.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "decode/slice.h"

/* Versions of Landlock's interface, and what each brought; the headers of Debian 12 know the first two. */
enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NET = 4, ABI_SCOPE = 6 };

#define FS_FIRST (LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1)	/* all of the first version */
#define FS_TRUNCATE (1ull << 14)
#define NET_TCP 3ull		/* bind and connect */
#define SCOPE_ALL 3ull		/* abstract sockets and signals of processes outside */

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_KEEP (FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
		 LANDLOCK_ACCESS_FS_MAKE_DIR | \
		 LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REFER | FS_TRUNCATE)

struct ruleset {
	uint64_t fs, net, scoped;	/* what is handled, and so refused but for rules */
};

/* A path that is not there needs no rule. Rights of folders are none of a file's. */
static int allow(int ruleset, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr beneath = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat st;
	long rc;

	if (beneath.parent_fd < 0)
		return 0;
	if (fstat(beneath.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		access &= LANDLOCK_ACCESS_FS_READ_FILE;
	beneath.allowed_access = access;
	rc = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
	return rc ? -errno : 0;
}

static int allow_each(int ruleset, const char *const *path, uint64_t access)
{
	int err = 0;

	for (; !err && path && *path; path++)
		err = allow(ruleset, *path, access);
	return err;
}

static int allow_all(int ruleset, const struct ruleset *handled, const struct confinement *c)
{
	static const char *const system[] = { "/etc", "/usr", "/lib", "/lib64", "/run", NULL };
	int err = allow_each(ruleset, c->folders, FS_KEEP & handled->fs);

	if (!err)
		err = allow_each(ruleset, c->readable, FS_READ);
	if (!err && c->work & WORK_NAMES)
		err = allow_each(ruleset, system, FS_READ | LANDLOCK_ACCESS_FS_EXECUTE);
	return err;
}

/* A keeper ends its viewer, which does not live inside these bounds. Returns 0, -ENOSYS and its like where the kernel
 * does not know Landlock, or another negative errno.
 */
static int confine_files(const struct confinement *c)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset handled = {
		.fs = FS_FIRST | (abi >= ABI_REFER ? LANDLOCK_ACCESS_FS_REFER : 0) |
		      (abi >= ABI_TRUNCATE ? FS_TRUNCATE : 0),
		.net = abi >= ABI_NET && !(c->work & WORK_NAMES) ? NET_TCP : 0,
		.scoped = abi >= ABI_SCOPE && !(c->work & (WORK_CAPTURE | WORK_NAMES)) ? SCOPE_ALL : 0,
	};
	size_t size = abi >= ABI_SCOPE ? sizeof(handled) : abi >= ABI_NET ? offsetof(struct ruleset, scoped) :
								    offsetof(struct ruleset, net);
	int ruleset, err;

	if (abi < 0)
		return -errno;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
	if (ruleset < 0)
		return -errno;
	err = allow_all(ruleset, &handled, c);
	if (!err && syscall(SYS_landlock_restrict_self, ruleset, 0))
		err = -errno;
	close(ruleset);
	return err;
}

#ifdef UNCONFINED	/* a build for sanitizers and valgrind, which open and call what they like */
enum { CONFINES = false };
#else
enum { CONFINES = true };
#endif

#define ALWAYS 0

struct call {
	int number;
	unsigned work;		/* for whom; ALWAYS: for all */
};

static const struct call calls[] = {
	/* what is open */
	{ SCMP_SYS(read), ALWAYS }, { SCMP_SYS(readv), ALWAYS }, { SCMP_SYS(pread64), ALWAYS },
	{ SCMP_SYS(recvfrom), ALWAYS }, { SCMP_SYS(recvmsg), ALWAYS }, { SCMP_SYS(recvmmsg), WORK_CAPTURE },
	{ SCMP_SYS(close), ALWAYS }, { SCMP_SYS(lseek), ALWAYS }, { SCMP_SYS(fstat), ALWAYS },
	{ SCMP_SYS(newfstatat), ALWAYS }, { SCMP_SYS(fsync), ALWAYS }, { SCMP_SYS(fdatasync), ALWAYS },
	{ SCMP_SYS(ftruncate), ALWAYS }, { SCMP_SYS(shutdown), ALWAYS },
	{ SCMP_SYS(poll), ALWAYS }, { SCMP_SYS(ppoll), ALWAYS }, { SCMP_SYS(select), ALWAYS },
	{ SCMP_SYS(pselect6), ALWAYS }, { SCMP_SYS(epoll_wait), ALWAYS }, { SCMP_SYS(epoll_pwait), ALWAYS },
	{ SCMP_SYS(epoll_ctl), ALWAYS },
	/* memory */
	{ SCMP_SYS(brk), ALWAYS }, { SCMP_SYS(munmap), ALWAYS }, { SCMP_SYS(mremap), ALWAYS },
	{ SCMP_SYS(madvise), ALWAYS }, { SCMP_SYS(futex), ALWAYS }, { SCMP_SYS(getrandom), ALWAYS },
	/* time */
	{ SCMP_SYS(clock_gettime), ALWAYS }, { SCMP_SYS(gettimeofday), ALWAYS }, { SCMP_SYS(time), ALWAYS },
	{ SCMP_SYS(nanosleep), ALWAYS }, { SCMP_SYS(clock_nanosleep), ALWAYS }, { SCMP_SYS(alarm), ALWAYS },
	{ SCMP_SYS(setitimer), ALWAYS },
	/* signals, and the end */
	{ SCMP_SYS(rt_sigaction), ALWAYS }, { SCMP_SYS(rt_sigprocmask), ALWAYS }, { SCMP_SYS(rt_sigreturn), ALWAYS },
	{ SCMP_SYS(sigaltstack), ALWAYS }, { SCMP_SYS(restart_syscall), ALWAYS }, { SCMP_SYS(tgkill), ALWAYS },
	{ SCMP_SYS(getpid), ALWAYS }, { SCMP_SYS(getppid), ALWAYS }, { SCMP_SYS(gettid), ALWAYS },
	{ SCMP_SYS(exit), ALWAYS }, { SCMP_SYS(exit_group), ALWAYS }, { SCMP_SYS(kill), WORK_CAPTURE | WORK_TERMINAL },
	{ SCMP_SYS(wait4), WORK_CAPTURE | WORK_PARENT }, { SCMP_SYS(waitid), WORK_CAPTURE | WORK_PARENT },
	/* privileges_print() */
	{ SCMP_SYS(getuid), ALWAYS }, { SCMP_SYS(geteuid), ALWAYS }, { SCMP_SYS(getgid), ALWAYS },
	{ SCMP_SYS(getegid), ALWAYS }, { SCMP_SYS(capget), ALWAYS },
	/* packet sockets: their counters, their interface, bind(2) to silence them */
	{ SCMP_SYS(getsockopt), WORK_CAPTURE }, { SCMP_SYS(getsockname), WORK_CAPTURE }, { SCMP_SYS(bind), WORK_CAPTURE },
	/* files, where Landlock and the user's rights let it */
	{ SCMP_SYS(openat), WORK_FILES | WORK_NAMES }, { SCMP_SYS(open), WORK_FILES | WORK_NAMES },
	{ SCMP_SYS(unlink), WORK_FILES }, { SCMP_SYS(unlinkat), WORK_FILES }, { SCMP_SYS(rename), WORK_FILES },
	{ SCMP_SYS(renameat), WORK_FILES }, { SCMP_SYS(renameat2), WORK_FILES }, { SCMP_SYS(mkdir), WORK_FILES },
	{ SCMP_SYS(mkdirat), WORK_FILES }, { SCMP_SYS(fchmod), WORK_FILES }, { SCMP_SYS(fchown), WORK_FILES },
	{ SCMP_SYS(statfs), WORK_FILES }, { SCMP_SYS(fstatfs), WORK_CAPTURE | WORK_FILES }, { SCMP_SYS(getdents64), WORK_FILES },
	{ SCMP_SYS(fallocate), WORK_FILES }, { SCMP_SYS(faccessat), WORK_FILES }, { SCMP_SYS(faccessat2), WORK_FILES },
	{ SCMP_SYS(access), WORK_FILES | WORK_NAMES }, { SCMP_SYS(stat), WORK_FILES | WORK_NAMES },
	{ SCMP_SYS(lstat), WORK_FILES | WORK_NAMES }, { SCMP_SYS(readlink), WORK_FILES | WORK_NAMES },
	{ SCMP_SYS(readlinkat), WORK_FILES | WORK_NAMES }, { SCMP_SYS(getcwd), WORK_FILES },
	/* names of hosts */
	{ SCMP_SYS(socket), WORK_NAMES }, { SCMP_SYS(connect), WORK_NAMES }, { SCMP_SYS(setsockopt), WORK_NAMES },
	{ SCMP_SYS(getpeername), WORK_NAMES }, { SCMP_SYS(uname), WORK_NAMES }, { SCMP_SYS(ioctl), WORK_NAMES },
	{ SCMP_SYS(mmap), WORK_NAMES }, { SCMP_SYS(mprotect), WORK_NAMES }, { SCMP_SYS(fcntl), WORK_NAMES },
};

/* Where an argument decides: the call is allowed if it compares so. */
static const struct {
	struct call call;
	struct scmp_arg_cmp argument;
} compared[] = {
	/* not to packet sockets, and no second descriptor of one */
#define NO_PACKET_SOCKET { 0, SCMP_CMP_LT, PACKET_SOCKETS, 0 }
	{ { SCMP_SYS(write), ALWAYS }, NO_PACKET_SOCKET }, { { SCMP_SYS(writev), ALWAYS }, NO_PACKET_SOCKET },
	{ { SCMP_SYS(pwrite64), ALWAYS }, NO_PACKET_SOCKET }, { { SCMP_SYS(sendto), ALWAYS }, NO_PACKET_SOCKET },
	{ { SCMP_SYS(sendmsg), ALWAYS }, NO_PACKET_SOCKET }, { { SCMP_SYS(sendmmsg), WORK_NAMES }, NO_PACKET_SOCKET },
	{ { SCMP_SYS(dup), ALWAYS }, NO_PACKET_SOCKET }, { { SCMP_SYS(dup2), ALWAYS }, NO_PACKET_SOCKET },
	{ { SCMP_SYS(dup3), ALWAYS }, NO_PACKET_SOCKET },
	{ { SCMP_SYS(fcntl), ALWAYS }, { 1, SCMP_CMP_EQ, F_GETFL, 0 } },
	{ { SCMP_SYS(fcntl), ALWAYS }, { 1, SCMP_CMP_EQ, F_SETFL, 0 } },
	{ { SCMP_SYS(fcntl), ALWAYS }, { 1, SCMP_CMP_EQ, F_GETFD, 0 } },
	/* no memory that can be run */
	{ { SCMP_SYS(mmap), ALWAYS }, { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } },
	{ { SCMP_SYS(mprotect), ALWAYS }, { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } },
	/* an interface's name and state; a terminal's settings and size, but not what is typed on it */
	{ { SCMP_SYS(ioctl), ALWAYS }, { 1, SCMP_CMP_EQ, SIOCGIFNAME, 0 } },
	{ { SCMP_SYS(ioctl), WORK_CAPTURE }, { 1, SCMP_CMP_EQ, SIOCGIFFLAGS, 0 } },
	{ { SCMP_SYS(ioctl), ALWAYS }, { 1, SCMP_CMP_EQ, TCGETS, 0 } },
	{ { SCMP_SYS(ioctl), WORK_TERMINAL }, { 1, SCMP_CMP_EQ, TCSETS, 0 } },
	{ { SCMP_SYS(ioctl), WORK_TERMINAL }, { 1, SCMP_CMP_EQ, TCSETSW, 0 } },
	{ { SCMP_SYS(ioctl), WORK_TERMINAL }, { 1, SCMP_CMP_EQ, TCSETSF, 0 } },
	{ { SCMP_SYS(ioctl), WORK_TERMINAL }, { 1, SCMP_CMP_EQ, TCFLSH, 0 } },
	{ { SCMP_SYS(ioctl), WORK_TERMINAL }, { 1, SCMP_CMP_EQ, TIOCGWINSZ, 0 } },
	{ { SCMP_SYS(ioctl), WORK_TERMINAL }, { 1, SCMP_CMP_EQ, FIONREAD, 0 } },
	/* promiscuous mode for an interface that joins */
	{ { SCMP_SYS(setsockopt), WORK_FOLLOW }, { 2, SCMP_CMP_EQ, PACKET_ADD_MEMBERSHIP, 0 } },
	/* another capture filter, as the viewer may ask for */
	{ { SCMP_SYS(setsockopt), WORK_REFILTER }, { 2, SCMP_CMP_EQ, SO_ATTACH_FILTER, 0 } },
	/* what privileges_print() asks for */
	{ { SCMP_SYS(prctl), ALWAYS }, { 0, SCMP_CMP_EQ, PR_CAPBSET_READ, 0 } },
	{ { SCMP_SYS(prctl), ALWAYS }, { 0, SCMP_CMP_EQ, PR_GET_NO_NEW_PRIVS, 0 } },
	{ { SCMP_SYS(prctl), ALWAYS }, { 0, SCMP_CMP_EQ, PR_GET_SECCOMP, 0 } },
};

static bool is_for(const struct call *c, unsigned work)
{
	return c->work == ALWAYS || c->work & work;
}

/* Some machines have no system call of one name or another: that is no failure. */
static void allow_calls(scmp_filter_ctx filter, unsigned work)
{
	for (size_t i = 0; i < COUNT(calls); i++)
		if (is_for(&calls[i], work))
			seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i].number, 0);
	for (size_t i = 0; i < COUNT(compared); i++)
		if (is_for(&compared[i].call, work))
			seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, compared[i].call.number, 1,
					       &compared[i].argument);
}

/* Store bypass stays on: the filter is no boundary between programs, and each call would be slower without. */
static int confine_calls(unsigned work)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int err;

	if (!filter)
		return -ENOMEM;
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	allow_calls(filter, work);
	err = seccomp_load(filter);
	seccomp_release(filter);
	return err;
}

int confine(const struct confinement *c, const char **lacks, struct error *e)
{
	int files, calls_err;

	*lacks = NULL;
	if (!CONFINES)
		return 0;
	files = confine_files(c);
	if (files == -ENOSYS || files == -EOPNOTSUPP)
		*lacks = "this kernel has no Landlock: files that its user may open stay within reach";
	else if (files)
		return error_set(e, STATUS_INTERFACE, "cannot be confined to its files: %s", error_words(-files));
	calls_err = c->any_call ? 0 : confine_calls(c->work);
	if (calls_err == -ENOSYS || calls_err == -EINVAL)
		*lacks = "this kernel has no seccomp filter: all system calls stay within reach";
	else if (calls_err)
		return error_set(e, STATUS_INTERFACE, "cannot be confined to its system calls: %s",
				 error_words(-calls_err));
	return 0;
}
