/* SPDX-License-Identifier: BSD-2-Clause */
/* privileges.h - what a process gives up, capabilities(7) */
#ifndef CAPTURE_PRIVILEGES_H
#define CAPTURE_PRIVILEGES_H

/* Become the user whose the files are that ringtail makes (who called sudo, else who we are), for good: without any
 * capability, and without a way to one. Returns 0 or -errno.
 */
int privileges_become_owner(void);

#endif
