/* SPDX-License-Identifier: BSD-2-Clause */
/* privileges.c - who the processes of a live capture are, capabilities(7), credentials(7) */
#define _GNU_SOURCE
#include "capture/privileges.h"

#include <cap-ng.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOBODY 65534	/* of users and groups: user_namespaces(7), "overflow" */

/* The number that text is; fallback where it is none. */
static unsigned id_of(const char *text, unsigned fallback)
{
	char *end;
	unsigned long id;

	if (!text || *text < '0' || *text > '9')
		return fallback;
	errno = 0;
	id = strtoul(text, &end, 10);
	return *end == '\0' && errno == 0 && id < UINT32_MAX ? (unsigned)id : fallback;
}

struct identity identity_of_caller(void)
{
	struct identity me = { .uid = geteuid(), .gid = getegid() };

	if (me.uid == 0) {
		me.uid = id_of(getenv("SUDO_UID"), me.uid);
		me.gid = id_of(getenv("SUDO_GID"), me.gid);
	}
	return me;
}

/* Of the whole process: the user of -Z. */
static struct identity chosen;

struct identity identity_of_owner(void)
{
	return chosen.asked ? chosen : identity_of_caller();
}

static int find_user(struct identity *who, const char *user, struct error *e)
{
	uid_t uid = id_of(user, UINT32_MAX);
	const struct passwd *entry;

	if (geteuid() != 0)
		return error_set(e, STATUS_USAGE, "-Z: only root can become another user");
	entry = uid == UINT32_MAX ? getpwnam(user) : getpwuid(uid);
	if (!entry)
		return error_set(e, STATUS_USAGE, "-Z: '%s' is no user here", user);
	*who = chosen = (struct identity){ .uid = entry->pw_uid, .gid = entry->pw_gid, .asked = true };
	return 0;
}

int identity_find(struct identity *who, const char *user, struct error *e)
{
	if (user)
		return find_user(who, user, e);
	*who = identity_of_caller();
	if (who->uid == 0)
		*who = (struct identity){ .uid = NOBODY, .gid = NOBODY, .nobody = true };
	return 0;
}

/* The kernel is asked as that user. Where root cannot ask so, it cannot become that user either. */
bool identity_may_write(const struct identity *who, const char *folder)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();
	bool asked = setegid(who->gid) == 0 && seteuid(who->uid) == 0;
	bool may = asked && faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;

	if (seteuid(uid) || setegid(gid))
		return false;
	return may;
}

static int become(const struct identity *who)
{
	capng_flags_t flags = CAPNG_CLEAR_BOUNDING | CAPNG_CLEAR_AMBIENT |
			      (who->asked ? CAPNG_INIT_SUPP_GRP : CAPNG_DROP_SUPP_GRP);

	capng_clear(CAPNG_SELECT_ALL);
	return geteuid() == 0 && who->uid != 0 ? capng_change_id((int)who->uid, (int)who->gid, flags) : 0;
}

/* From being traced by others of its user: prctl(2). A sanitizer that looks for leaks traces its own process, which a
 * change of the user forbids too.
 */
static void hide(void)
{
#ifdef UNCONFINED
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
#else
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* The order to die with the parent, prctl(2), is lost when the user changes. */
static int become_and_stay_child(const struct identity *who)
{
	int number = 0, err;

	prctl(PR_GET_PDEATHSIG, &number, 0, 0, 0);
	err = become(who);
	if (number)
		prctl(PR_SET_PDEATHSIG, number, 0, 0, 0);
	return err;
}

int privileges_drop(const struct identity *who, const char **partly, struct error *e)
{
	bool failed = become_and_stay_child(who) != 0;

	*partly = NULL;
	if (failed && who->asked)
		return error_set(e, STATUS_INTERFACE, "-Z: cannot become user %u: %s", (unsigned)who->uid,
				 error_words(errno));
	if (failed)
		*partly = "cannot become another user than root here";
	/* Who is not root cannot empty the bounding set, and without new privileges nothing comes of it. */
	capng_apply(CAPNG_SELECT_BOUNDS);
	if (capng_apply(CAPNG_SELECT_CAPS))
		return error_set(e, STATUS_INTERFACE, "cannot give up capabilities: %s", error_words(errno));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return error_set(e, STATUS_INTERFACE, "cannot give up new privileges: %s", error_words(errno));
	hide();
	return 0;
}

static unsigned bounding_set(void)
{
	unsigned n = 0;

	for (unsigned cap = 0; cap <= CAP_LAST_CAP; cap++)
		n += prctl(PR_CAPBSET_READ, cap, 0, 0, 0) == 1;
	return n;
}

/* Not by the library, which reads /proc: that is out of reach by now. */
static uint64_t permitted(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	syscall(SYS_capget, &header, data);
	return data[0].permitted | (uint64_t)data[1].permitted << 32;
}

static bool told;

void privileges_tell(void)
{
	told = true;
}

/* syscalls of each process, see confine.c: capget getuid getgid prctl */
void privileges_print(const char *name)
{
	if (!told)
		return;
	dprintf(STDERR_FILENO, "ringtail: %s: uid %u, gid %u, capabilities %#jx, %u in the bounding set, "
		"no new privileges: %s, seccomp: %s\n", name, (unsigned)getuid(), (unsigned)getgid(),
		(uintmax_t)permitted(), bounding_set(), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? "yes" : "no",
		prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2 ? "filter" : "none");
}
