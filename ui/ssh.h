/* SPDX-License-Identifier: BSD-2-Clause */
/* ssh.h - the ssh session that this runs in */
#ifndef UI_SSH_H
#define UI_SSH_H

#include <stdbool.h>
#include <stddef.h>

/* A capture filter that leaves that session out, "not (host A and port N)" with the client's end. Through sudo too, which
 * drops SSH_CONNECTION: then it is that of a process above. False where there is none.
 */
bool ssh_filter(char *filter, size_t size);

/* The same of the value that SSH_CONNECTION has, by ssh(1): "A N SERVER PORT". */
bool ssh_filter_of(const char *connection, char *filter, size_t size);

#endif
