/* SPDX-License-Identifier: BSD-2-Clause */
/* echo_server.c - sends back what it is sent, to one client at a time
 *
 * usage: echo_server [-ulmf] [-5 KEY -p PEER] [-n COUNT] [-g] HOST PORT
 * -u UDP, -l UDP-Lite, -m MPTCP, -f fast open, -5 signed for PEER; ends after COUNT clients (UDP:
 * datagrams); -g: is gone after the first piece of each client.
 * "ready" on stdout once it can be reached.
 */
#include "peer.h"

static void serve_datagrams(int fd, int count)
{
	struct sockaddr_storage from;
	char data[65536];

	for (int i = 0; count == 0 || i < count; i++) {
		socklen_t len = sizeof(from);
		ssize_t n = recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&from, &len);

		if (n < 0 || sendto(fd, data, (size_t)n, 0, (struct sockaddr *)&from, len) != n)
			err(1, "echo");
	}
}

static void serve_client(int client, bool gone)
{
	char data[65536];
	ssize_t n;

	while ((n = read(client, data, sizeof(data))) > 0)
		for (ssize_t done = 0, m; done < n; done += m)
			if ((m = send(client, data + done, (size_t)(n - done), MSG_NOSIGNAL)) < 0)
				err(1, "echo");
			else if (gone)
				return;
}

int main(int argc, char **argv)
{
	struct peer_options options = { 0 };
	const char *peer = NULL;
	int c, fd, queue = 8, count = 0;
	struct addrinfo *a;
	bool gone = false;

	while ((c = getopt(argc, argv, "ulmf5:p:n:g")) != -1)
		switch (c) {
		case 'u': options.udp = true; break;
		case 'l': options.udplite = true; break;
		case 'm': options.mptcp = true; break;
		case 'f': options.fastopen = true; break;
		case '5': options.md5 = optarg; break;
		case 'p': peer = optarg; break;
		case 'n': count = atoi(optarg); break;
		case 'g': gone = true; break;
		default: return 2;
		}
	if (argc - optind != 2)
		errx(2, "HOST and PORT are missing");
	a = peer_address(argv[optind], argv[optind + 1]);
	fd = peer_socket(&options, a);
	if (peer)
		peer_sign(fd, &options, peer_address(peer, "0"));
	if (options.fastopen && setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof(queue)))
		err(1, "TCP_FASTOPEN");
	if (bind(fd, a->ai_addr, a->ai_addrlen))
		err(1, "bind");
	if (!options.udp && !options.udplite && listen(fd, queue))
		err(1, "listen");
	puts("ready");
	fflush(stdout);
	if (options.udp || options.udplite) {
		serve_datagrams(fd, count);
		return 0;
	}
	for (int i = 0; count == 0 || i < count; i++) {
		int client = accept(fd, NULL, NULL);

		if (client < 0)
			err(1, "accept");
		serve_client(client, gone);
		close(client);
	}
	return 0;
}
