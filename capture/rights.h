/* SPDX-License-Identifier: BSD-2-Clause */
/* rights.h - whether this process may capture, and what to do where it may not */
#ifndef CAPTURE_RIGHTS_H
#define CAPTURE_RIGHTS_H

#include <stdbool.h>

/* Has it CAP_NET_RAW of capabilities(7), which a packet socket takes? */
bool rights_capture(void);

/* "run as root, or: setcap cap_net_raw+ep /usr/bin/ringtail", in a static buffer. */
const char *rights_advice(void);

#endif
