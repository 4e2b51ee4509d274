/* SPDX-License-Identifier: BSD-2-Clause */
/* flood.c - a known number of frames on an interface of one's own, as fast as is asked for
 *
 * usage: flood INTERFACE RATE SECONDS [imix]. RATE frames a second of 256 flows are sent, of 60 bytes or of the sizes of
 * IMIX (seven of 60, four of 590, one of 1,514); 0: as many as the kernel can be made to receive on INTERFACE, in bursts of
 * one frame, with no sender in the way (BPF_PROG_TEST_RUN with live frames, Linux 5.18). Prints how many there were.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FLOWS = 256, SIZES = 12, LENGTH = 60, LENGTH_MAX = 1514, BATCH = 64, BURST = 1 << 19 };

static const uint16_t imix[SIZES] = { 60, 590, 60, 60, 590, 60, 1514, 60, 590, 60, 590, 60 };

static uint8_t frames[FLOWS][LENGTH_MAX];
static uint32_t lengths[FLOWS];

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

static void put_u16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* UDP, to an Ethernet address that is nobody's, so that nobody answers. */
static void make_frames(bool mixed)
{
	static const uint8_t head[42] = {
		2, 0, 0, 0, 0, 0x99, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0,
		10, 0, 0, 1, 10, 0, 0, 2, 4, 0, 0, 9, 0, 0, 0, 0,
	};

	for (int i = 0; i < FLOWS; i++) {
		uint16_t sum;

		lengths[i] = mixed ? imix[i % SIZES] : LENGTH;
		memcpy(frames[i], head, sizeof(head));
		put_u16(frames[i] + 16, lengths[i] - 14);
		put_u16(frames[i] + 38, lengths[i] - 34);
		frames[i][35] = (uint8_t)i;
		sum = checksum(frames[i] + 14);
		put_u16(frames[i] + 24, sum);
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
			unsigned flow = (sent + (unsigned)i) % FLOWS;

			part[i] = (struct iovec){ frames[flow], lengths[flow] };
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
	struct xdp_md context = { .ingress_ifindex = index };
	int program = bpf(BPF_PROG_LOAD, &load);
	uint64_t sent = 0;
	double begin = now();

	if (program < 0)
		return fail("bpf");
	for (unsigned flow = 0; now() - begin < seconds; flow++) {
		union bpf_attr run = { .test = {
			.prog_fd = (uint32_t)program, .data_in = (uintptr_t)frames[flow % FLOWS],
			.data_size_in = lengths[flow % FLOWS],
			.ctx_in = (uintptr_t)&context, .ctx_size_in = sizeof(context), .repeat = BURST,
			.flags = BPF_F_TEST_XDP_LIVE_FRAMES, .batch_size = 256,
		} };

		context.data_end = lengths[flow % FLOWS];
		if (bpf(BPF_PROG_TEST_RUN, &run))
			return fail("bpf");
		sent += BURST;
	}
	printf("%ju\n", (uintmax_t)sent);
	return 0;
}

int main(int argc, char **argv)
{
	bool mixed = argc == 5 && !strcmp(argv[4], "imix");
	unsigned index = argc == 4 || mixed ? if_nametoindex(argv[1]) : 0;

	if (!index) {
		fprintf(stderr, "usage: flood INTERFACE RATE SECONDS [imix]\n");
		return 2;
	}
	make_frames(mixed);
	return atof(argv[2]) > 0 ? send_frames(index, atof(argv[2]), atof(argv[3])) : receive_frames(index, atof(argv[3]));
}
