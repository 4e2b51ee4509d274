/* SPDX-License-Identifier: BSD-2-Clause */
/* peer.h - what the small programs that speak to each other in tests share */
#ifndef TESTS_PEERS_PEER_H
#define TESTS_PEERS_PEER_H

#include <err.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define STEP_MS 20	/* between two steps of a conversation, so that its order is sure */

struct peer_options {
	bool udp, udplite, mptcp, fastopen;
	const char *md5;	/* key of RFC 2385 */
};

static inline struct addrinfo *peer_address(const char *host, const char *port)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM };
	struct addrinfo *found;

	if (getaddrinfo(host, port, &hints, &found) != 0)
		errx(2, "%s port %s: no numeric address", host, port);
	return found;
}

/* A socket of the kind that options ask for. */
static inline int peer_socket(const struct peer_options *options, const struct addrinfo *a)
{
	bool packets = options->udp || options->udplite;
	int protocol = options->udplite ? IPPROTO_UDPLITE : options->mptcp ? IPPROTO_MPTCP : 0;
	int fd = socket(a->ai_family, packets ? SOCK_DGRAM : SOCK_STREAM, protocol);
	int yes = 1;

	if (fd < 0)
		err(1, "socket");
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)))
		err(1, "SO_REUSEADDR");
	return fd;
}

/* Sign what is exchanged with the host of a. */
static inline void peer_sign(int fd, const struct peer_options *options, const struct addrinfo *a)
{
	struct tcp_md5sig sig = { 0 };

	if (!options->md5)
		return;
	memcpy(&sig.tcpm_addr, a->ai_addr, a->ai_addrlen);
	sig.tcpm_keylen = (uint16_t)strnlen(options->md5, sizeof(sig.tcpm_key));
	memcpy(sig.tcpm_key, options->md5, sig.tcpm_keylen);
	if (setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &sig, sizeof(sig)))
		err(1, "TCP_MD5SIG");
}

static inline void peer_pause(void)
{
	usleep(STEP_MS * 1000);
}

#endif
