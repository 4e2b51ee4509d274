/* SPDX-License-Identifier: BSD-2-Clause */
/* privileges.h - who the processes of a live capture are, once their sockets and files are open
 *
 * How it works: root is needed to open a packet socket, and for nothing after it. Keeper and viewer each become
 * the user who called sudo(8), the one of -Z, or nobody; they give up all capabilities and the way back to them,
 * and confine.h takes from them what such a user may still do. A program that may capture by a file capability
 * stays its caller, and loses that capability.
 */
#ifndef CAPTURE_PRIVILEGES_H
#define CAPTURE_PRIVILEGES_H

#include <stdbool.h>
#include <sys/types.h>

#include "capture/error.h"

struct identity {
	uid_t uid;
	gid_t gid;
	bool asked;		/* it is the one of -Z: to fail to become it is an error */
	bool nobody;		/* to whom nothing is to belong */
};

/* Who to become: user (-Z, a name or a number), else the caller of sudo(8), else nobody; ourselves where we are not
 * root. Returns 0; or -STATUS_USAGE with e filled in where there is no such user, or we cannot become anybody.
 */
int identity_find(struct identity *who, const char *user, struct error *e);

/* The caller of sudo(8), else ourselves. */
struct identity identity_of_caller(void);

/* Who new captures belong to: the user of -Z, once identity_find() knows, else the caller. */
struct identity identity_of_owner(void);

/* May who make files in folder? We must be root, or who. */
bool identity_may_write(const struct identity *who, const char *folder);

/* Become who, without capabilities, for good. Returns 0, also where a container does not let root become another
 * user: then *partly is why, a static text, else NULL; or -STATUS_INTERFACE with e filled in.
 */
int privileges_drop(const struct identity *who, const char **partly, struct error *e);

/* From now on privileges_print() is asked for, here and in processes that are started. */
void privileges_tell(void);

/* Where that is so, say on stderr what this process, called name, still holds: user, capabilities, what confines it. */
void privileges_print(const char *name);

#endif
