/* SPDX-License-Identifier: BSD-2-Clause */
/* join.c - joins a multicast group on an interface, and leaves it again
 *
 * usage: join INTERFACE GROUP [SOURCE]
 * With SOURCE only what that host sends is wanted.
 */
#include "peer.h"

#include <net/if.h>

int main(int argc, char **argv)
{
	struct group_source_req request = { 0 };
	struct addrinfo *group, *source;
	int fd, level;

	if (argc < 3)
		errx(2, "INTERFACE and GROUP are missing");
	request.gsr_interface = if_nametoindex(argv[1]);
	group = peer_address(argv[2], "0");
	memcpy(&request.gsr_group, group->ai_addr, group->ai_addrlen);
	level = group->ai_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
	fd = socket(group->ai_family, SOCK_DGRAM, 0);
	if (argc > 3) {
		source = peer_address(argv[3], "0");
		memcpy(&request.gsr_source, source->ai_addr, source->ai_addrlen);
		if (setsockopt(fd, level, MCAST_JOIN_SOURCE_GROUP, &request, sizeof(request)))
			err(1, "join");
	} else {
		struct group_req any = { request.gsr_interface, request.gsr_group };

		if (setsockopt(fd, level, MCAST_JOIN_GROUP, &any, sizeof(any)))
			err(1, "join");
	}
	sleep(2);
	close(fd);
	sleep(2);
	return 0;
}
