/* SPDX-License-Identifier: BSD-2-Clause */
/* privileges.c - what a process gives up, capabilities(7) */
#define _GNU_SOURCE
#include "capture/privileges.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/create.h"

/* The bounding set is what a program that is executed could get; without CAP_SETPCAP it cannot be shrunk, and is
 * of no use either, for there are no new privileges.
 */
static int drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capset, &header, none) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	return 0;
}

static void drop_bounding_set(void)
{
	for (unsigned long c = 0; prctl(PR_CAPBSET_DROP, c, 0, 0, 0) == 0 || errno != EINVAL; c++)
		if (c >= 64)
			break;
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

static int become(uid_t uid, gid_t gid)
{
	if (uid == geteuid() && uid == getuid())
		return 0;
	if (setgroups(0, NULL) || setresgid(gid, gid, gid) || setresuid(uid, uid, uid))
		return -errno;
	return 0;
}

int privileges_become_owner(void)
{
	uid_t uid = create_caller("SUDO_UID", geteuid());
	gid_t gid = create_caller("SUDO_GID", getegid());
	int err;

	drop_bounding_set();
	err = become(uid, gid);
	return err ? err : drop_capabilities();
}
