/* SPDX-License-Identifier: BSD-2-Clause */
/* tunnel.c - two tun(4) devices with a wire between them: interfaces of bare IP packets
 *
 * usage: tunnel HERE THERE NAMESPACE
 * Makes HERE in this network namespace and THERE in that of the file NAMESPACE. "ready" on stdout
 * once both are there; ends by a signal.
 */
#define _GNU_SOURCE
#include "peer.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>

static int tun_open(const char *name)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR);

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request))
		err(1, "%s", name);
	return fd;
}

int main(int argc, char **argv)
{
	struct pollfd end[2];
	char packet[65536];
	int other;

	if (argc != 4)
		errx(2, "HERE, THERE and NAMESPACE are missing");
	end[0] = (struct pollfd){ tun_open(argv[1]), POLLIN, 0 };
	other = open(argv[3], O_RDONLY);
	if (other < 0 || setns(other, CLONE_NEWNET))
		err(1, "%s", argv[3]);
	end[1] = (struct pollfd){ tun_open(argv[2]), POLLIN, 0 };
	puts("ready");
	fflush(stdout);
	while (poll(end, 2, -1) > 0)
		for (int i = 0; i < 2; i++)
			if (end[i].revents) {
				ssize_t n = read(end[i].fd, packet, sizeof(packet));

				/* An end that is down takes nothing: what it was sent is lost. */
				if (n > 0 && write(end[!i].fd, packet, (size_t)n) < 0)
					continue;
			}
	return 0;
}
