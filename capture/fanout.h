/* SPDX-License-Identifier: BSD-2-Clause */
/* fanout.h - several packet sockets share the frames of an interface, PACKET_FANOUT of packet(7)
 *
 * How it works: of the kernel's ways to share, the hash of the flow is taken, which is the same in both directions: a
 * connection's frames go to one socket, in their order, whatever core they arrive on. (By core, a connection is torn
 * apart, and where all frames arrive on one, so does all the work.) One flow may be more than one socket's owner can
 * follow. So where a group spills, a socket without room passes frames on to another that has some: what one file gets
 * in the order of time is better out of place for a moment than lost. Fragments are not put together
 * (PACKET_FANOUT_FLAG_DEFRAG): packets are kept as they came. The kernel finds a group's number that nobody has.
 *
 * Only a bound socket may join, and until it has, all frames are its: so it lets none through, and gets its filter once
 * it is a member. A member cannot be bound anew, not to silence it either: who drains it looks at the frames' times.
 */
#ifndef CAPTURE_FANOUT_H
#define CAPTURE_FANOUT_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#define FANOUT_MAX 64		/* sockets; the kernel has room for 256 */

struct fanout {
	uint32_t group;		/* as the kernel calls it, with how it shares; 0: there is none yet */
	bool spills;		/* what one has no room for goes to another */
};

/* Let nothing into the socket fd, until fanout_join(). Returns 0 or -errno. */
int fanout_hold(int fd);

/* Make the bound socket fd a member of f's group, or begin one; filter: what it lets in from then on, NULL: everything.
 * Returns 0 or -errno.
 */
int fanout_join(int fd, struct fanout *f, const struct sock_fprog *filter);

#endif
