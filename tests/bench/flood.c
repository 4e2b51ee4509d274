/* SPDX-License-Identifier: BSD-2-Clause */
/* flood.c - a known number of frames on an interface of one's own, as fast as is asked for
 *
 * usage: flood INTERFACE RATE SECONDS. RATE frames a second of 60 bytes and 256 flows are sent; 0: as many as the kernel
 * can be made to receive on INTERFACE, in bursts, with no sender in the way (BPF_PROG_TEST_RUN with live frames, Linux 5.18).
 * Prints how many there were.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FLOWS = 256, LENGTH = 60, BATCH = 64, BURST = 1 << 19 };

static uint8_t frames[FLOWS][LENGTH];

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint16_t checksum(const uint8_t *header)
{
	uint32_t sum = 0;

	for (int i = 0; i < 20; i += 2)
		sum += (uint32_t)header[i] << 8 | header[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~((sum & 0xffff) + (sum >> 16));
}

/* UDP, to an Ethernet address that is nobody's, so that nobody answers. */
static void make_frames(void)
{
	static const uint8_t head[42] = {
		2, 0, 0, 0, 0, 0x99, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, LENGTH - 14, 0, 0, 0, 0, 64, 17, 0, 0,
		10, 0, 0, 1, 10, 0, 0, 2, 4, 0, 0, 9, 0, LENGTH - 34, 0, 0,
	};

	for (int i = 0; i < FLOWS; i++) {
		uint16_t sum;

		memcpy(frames[i], head, sizeof(head));
		frames[i][35] = (uint8_t)i;
		sum = checksum(frames[i] + 14);
		frames[i][24] = (uint8_t)(sum >> 8);
		frames[i][25] = (uint8_t)sum;
	}
}

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int send_frames(unsigned index, double rate, double seconds)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = (int)index };
	int s = socket(AF_PACKET, SOCK_RAW, 0), on = 1;
	struct mmsghdr message[BATCH] = { 0 };
	struct iovec part[BATCH];
	uint64_t sent = 0;
	double begin = now();

	if (s < 0 || bind(s, (struct sockaddr *)&to, sizeof(to)) ||
	    setsockopt(s, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)))
		return fail("packet socket");
	while (now() - begin < seconds) {
		double ahead = (double)sent / rate - (now() - begin);
		int n;

		if (ahead > 0) {
			usleep((useconds_t)(ahead * 1e6));
			continue;
		}
		for (int i = 0; i < BATCH; i++) {
			part[i] = (struct iovec){ frames[(sent + (unsigned)i) % FLOWS], LENGTH };
			message[i].msg_hdr = (struct msghdr){ .msg_iov = &part[i], .msg_iovlen = 1 };
		}
		n = sendmmsg(s, message, BATCH, 0);
		sent += n > 0 ? (unsigned)n : 0;
	}
	printf("%ju\n", (uintmax_t)sent);
	return 0;
}

static int bpf(enum bpf_cmd command, union bpf_attr *a)
{
	return (int)syscall(SYS_bpf, command, a, sizeof(*a));
}

static int receive_frames(unsigned index, double seconds)
{
	static const struct bpf_insn pass[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = XDP_PASS }, { .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr load = {
		.prog_type = BPF_PROG_TYPE_XDP, .insn_cnt = 2, .insns = (uintptr_t)pass, .license = (uintptr_t)"BSD",
	};
	struct xdp_md context = { .data_end = LENGTH, .ingress_ifindex = index };
	int program = bpf(BPF_PROG_LOAD, &load);
	uint64_t sent = 0;
	double begin = now();

	if (program < 0)
		return fail("bpf");
	for (unsigned flow = 0; now() - begin < seconds; flow++) {
		union bpf_attr run = { .test = {
			.prog_fd = (uint32_t)program, .data_in = (uintptr_t)frames[flow % FLOWS], .data_size_in = LENGTH,
			.ctx_in = (uintptr_t)&context, .ctx_size_in = sizeof(context), .repeat = BURST,
			.flags = BPF_F_TEST_XDP_LIVE_FRAMES, .batch_size = 256,
		} };

		if (bpf(BPF_PROG_TEST_RUN, &run))
			return fail("bpf");
		sent += BURST;
	}
	printf("%ju\n", (uintmax_t)sent);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned index = argc == 4 ? if_nametoindex(argv[1]) : 0;

	if (!index) {
		fprintf(stderr, "usage: flood INTERFACE RATE SECONDS\n");
		return 2;
	}
	make_frames();
	return atof(argv[2]) > 0 ? send_frames(index, atof(argv[2]), atof(argv[3])) : receive_frames(index, atof(argv[3]));
}
