/* SPDX-License-Identifier: BSD-2-Clause */
/* filter_kernel.h - from a program for whole frames to one for a packet socket */
#ifndef CAPTURE_FILTER_KERNEL_H
#define CAPTURE_FILTER_KERNEL_H

#include <linux/filter.h>
#include <stdint.h>

enum direction {		/* -Q, as seen from this host */
	DIRECTION_BOTH,
	DIRECTION_IN,
	DIRECTION_OUT,
};

/* A program for SO_ATTACH_FILTER; fprog points into insn, so it is not to be copied. */
struct kernel_filter {
	struct sock_fprog fprog;
	struct sock_filter insn[BPF_MAXINSNS];
};

struct bpf_insn;		/* libpcap's name for struct sock_filter */

struct kernel_plan {
	const struct bpf_insn *insn;	/* the program for frames as files have them; NULL: none */
	uint32_t count;			/* of instructions */
	uint32_t snaplen;		/* bytes */
	enum direction direction;
	uint16_t linktype;		/* what the program was compiled for */
};

/* Make k of plan. Total: what the kernel would not run becomes a program that accepts. */
void kernel_filter_fill(struct kernel_filter *k, const struct kernel_plan *plan);

/* So many bytes of a frame, at most SNAPLEN_MAX, can the program look at. */
uint32_t program_reach(const struct bpf_insn *insn, uint32_t count);

#endif
