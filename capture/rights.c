/* SPDX-License-Identifier: BSD-2-Clause */
/* rights.c - whether this process may capture, and what to do where it may not */
#define _GNU_SOURCE
#include "capture/rights.h"

#include <linux/capability.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

bool rights_capture(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	return syscall(SYS_capget, &header, data) == 0 && data[0].effective & 1u << CAP_NET_RAW;
}

const char *rights_advice(void)
{
	static char text[320];
	char path[256] = "ringtail";
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (len > 0)
		path[len] = '\0';
	snprintf(text, sizeof(text), "run as root, or: setcap cap_net_raw+ep %s", path);
	return text;
}
