/* SPDX-License-Identifier: BSD-2-Clause */
/* stream.c INTERFACE RATE SECONDS FLOWS - TCP segments of FLOWS flows in turn, RATE a second; prints how many were sent
 *
 * Each segment carries the next 40 bytes of its flow. So that a slow machine does not send less in all, what is late
 * is sent at once.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define PAYLOAD 40	/* bytes */
#define BURST 64	/* frames at most between two looks at the clock */

struct frame {
	uint8_t to[6], from[6];
	uint16_t type;
	struct iphdr ip;
	struct tcphdr tcp;
	uint8_t payload[PAYLOAD];
} __attribute__((packed));

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint16_t sum_of(const void *bytes, size_t n)
{
	const uint8_t *p = bytes;
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i += 2)
		sum += (uint32_t)(p[i] << 8 | p[i + 1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

static void fill(struct frame *f, uint64_t n, uint64_t flows)
{
	uint64_t flow = n % flows, turn = n / flows;

	*f = (struct frame){
		.to = { 2, 0, 0, 0, 0, 0x99 }, .from = { 2, 0, 0, 0, 0, 1 }, .type = htons(0x0800),
		.ip = { .version = 4, .ihl = 5, .tot_len = htons(sizeof(f->ip) + sizeof(f->tcp) + PAYLOAD),
			.ttl = 64, .protocol = IPPROTO_TCP, .saddr = htonl(0x0a000000 + (uint32_t)(flow >> 14)),
			.daddr = htonl(0xc0000201) },
		.tcp = { .source = htons((uint16_t)(1024 + (flow & 0x3fff))), .dest = htons(7777), .doff = 5,
			 .ack = 1, .psh = 1, .seq = htonl((uint32_t)(turn * PAYLOAD)), .window = htons(512) },
	};
	f->ip.check = sum_of(&f->ip, sizeof(f->ip));
	memset(f->payload, 'a' + (int)(turn % 26), PAYLOAD);
}

int main(int argc, char **argv)
{
	uint64_t rate = argc == 5 ? strtoull(argv[2], NULL, 10) : 0, flows = rate ? strtoull(argv[4], NULL, 10) : 0;
	uint64_t all = rate ? rate * strtoull(argv[3], NULL, 10) : 0;
	struct sockaddr_ll to = { .sll_family = AF_PACKET };
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	double begin = now();

	if (!flows)
		errx(2, "INTERFACE RATE SECONDS FLOWS");
	to.sll_ifindex = (int)if_nametoindex(argv[1]);
	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)))
		err(1, "%s", argv[1]);
	for (uint64_t n = 0; n < all;) {
		uint64_t due = (uint64_t)((now() - begin) * (double)rate), end = n + BURST;

		due = due < all ? due : all;
		for (end = end < due ? end : due; n < end; n++) {
			struct frame f;

			fill(&f, n, flows);
			if (send(fd, &f, sizeof(f), 0) < 0)
				err(1, "send");
		}
		if (n == due)
			nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	printf("%ju\n", (uintmax_t)all);
	return 0;
}
