/* SPDX-License-Identifier: BSD-2-Clause */
/* filter_kernel.c - from a program for whole frames to one for a packet socket
 *
 * How it works: what user space accepts, the kernel must accept, not the other way round. A load
 * outside the frame ends the program in user space with "no", so only loads inside it matter, and
 * those see the same bytes in both places, where the frame has its link header and no tag was taken
 * out of it. A short prologue asks for that, and lets all other frames through. It reads what the
 * kernel knows of a frame beside its bytes: the ancillary loads of linux/filter.h, which
 * Documentation/networking/filter.rst lists.
 */
#include <sys/types.h>
#include <pcap/bpf.h>		/* before linux/filter.h, which leaves defined macros alone */

#include "capture/filter_kernel.h"
#include "capture/packet.h"

#include <assert.h>
#include <linux/if_arp.h>
#include <linux/if_packet.h>
#include <stddef.h>

#define ANCILLARY(what) ((uint32_t)(SKF_AD_OFF + (what)))

#define IHL_MAX 60	/* bytes: the longest IPv4 header, what BPF_MSH yields at most */

static_assert(sizeof(struct bpf_insn) == sizeof(struct sock_filter) &&
	      offsetof(struct bpf_insn, jf) == offsetof(struct sock_filter, jf) &&
	      offsetof(struct bpf_insn, k) == offsetof(struct sock_filter, k), "one layout");

/* The kinds of interface whose frames begin as the program for a link type expects. */
static const struct header {
	uint16_t linktype, hatype[5];	/* hatype: ARPHRD_ values, 0 at the end */
} headers[] = {
	{ LINKTYPE_ETHERNET, { ARPHRD_ETHER, ARPHRD_LOOPBACK } },
	{ LINKTYPE_RAW, { ARPHRD_NONE, ARPHRD_RAWIP, ARPHRD_TUNNEL, ARPHRD_TUNNEL6, ARPHRD_SIT } },
};

static const struct header *header_of(uint16_t linktype)
{
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		if (headers[i].linktype == linktype)
			return &headers[i];
	return NULL;
}

static void put(struct kernel_filter *k, uint16_t code, uint32_t value, uint8_t jt, uint8_t jf)
{
	k->insn[k->fprog.len++] = (struct sock_filter){ code, jt, jf, value };
}

static void load(struct kernel_filter *k, uint32_t offset)
{
	put(k, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

/* Return value, where the accumulator is equal to what, or differs from it. */
static void return_if(struct kernel_filter *k, bool equal, uint32_t what, uint32_t value)
{
	put(k, BPF_JMP | BPF_JEQ | BPF_K, what, equal ? 0 : 1, equal ? 1 : 0);
	put(k, BPF_RET | BPF_K, value, 0, 0);
}

static void want_direction(struct kernel_filter *k, enum direction direction)
{
	if (direction == DIRECTION_BOTH)
		return;
	load(k, ANCILLARY(SKF_AD_PKTTYPE));
	return_if(k, direction == DIRECTION_IN, PACKET_OUTGOING, 0);
}

/* Go on where the frame is one that the program can judge; else return snaplen. */
static void want_plain_frame(struct kernel_filter *k, const struct header *h, uint32_t snaplen)
{
	uint8_t kinds = 0;

	load(k, ANCILLARY(SKF_AD_VLAN_TAG_PRESENT));
	return_if(k, false, 0, snaplen);
	load(k, ANCILLARY(SKF_AD_HATYPE));
	while (kinds < sizeof(h->hatype) / sizeof(h->hatype[0]) && h->hatype[kinds])
		kinds++;
	for (uint8_t i = 0; i < kinds; i++)
		put(k, BPF_JMP | BPF_JEQ | BPF_K, h->hatype[i], kinds - i, 0);
	put(k, BPF_RET | BPF_K, snaplen, 0, 0);
	put(k, BPF_LD | BPF_IMM, 0, 0, 0);	/* the accumulator as a program finds it */
}

/* Would the kernel take it? It refuses jumps back, which "protochain" makes, and long programs. */
static bool is_loadable(const struct kernel_filter *k, const struct kernel_plan *plan)
{
	if (plan->count > (uint32_t)BPF_MAXINSNS - k->fprog.len)
		return false;
	for (uint32_t i = 0; i < plan->count; i++)
		if (plan->insn[i].code == (BPF_JMP | BPF_JA) &&
		    plan->insn[i].k >= plan->count - i - 1)
			return false;
	return true;
}

static void append(struct kernel_filter *k, const struct kernel_plan *plan, uint32_t snaplen)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		const struct bpf_insn *insn = &plan->insn[i];
		bool accepts = insn->code == (BPF_RET | BPF_K) && insn->k > 0;

		put(k, insn->code, accepts ? snaplen : insn->k, insn->jt, insn->jf);
	}
}

void kernel_filter_fill(struct kernel_filter *k, const struct kernel_plan *plan)
{
	const struct header *h = plan->insn ? header_of(plan->linktype) : NULL;
	uint32_t snaplen = plan->snaplen ? plan->snaplen : SNAPLEN_MAX;
	uint16_t before;

	k->fprog = (struct sock_fprog){ .len = 0, .filter = k->insn };
	want_direction(k, plan->direction);
	before = k->fprog.len;
	if (h) {
		want_plain_frame(k, h, snaplen);
		if (is_loadable(k, plan)) {
			append(k, plan, snaplen);
			return;
		}
		k->fprog.len = before;
	}
	put(k, BPF_RET | BPF_K, snaplen, 0, 0);
}

/* What is loaded from X + k cannot be bounded where X was computed; mostly it is the length of an IPv4
 * header.
 */
static uint32_t insn_reach(const struct bpf_insn *i, bool bounded_x)
{
	static const uint8_t sizes[4] = { [BPF_W >> 3] = 4, [BPF_H >> 3] = 2, [BPF_B >> 3] = 1 };
	uint64_t behind = (uint64_t)i->k + sizes[BPF_SIZE(i->code) >> 3];

	if (BPF_CLASS(i->code) != BPF_LD && BPF_CLASS(i->code) != BPF_LDX)
		return 0;
	if (BPF_MODE(i->code) == BPF_IND)
		behind = bounded_x ? behind + IHL_MAX : SNAPLEN_MAX;
	else if (BPF_MODE(i->code) != BPF_ABS && BPF_MODE(i->code) != BPF_MSH)
		return 0;
	return behind < SNAPLEN_MAX ? (uint32_t)behind : SNAPLEN_MAX;
}

uint32_t program_reach(const struct bpf_insn *insn, uint32_t count)
{
	bool bounded_x = true;
	uint32_t most = 0;

	for (uint32_t i = 0; i < count; i++)
		if (insn[i].code == (BPF_MISC | BPF_TAX) ||
		    (BPF_CLASS(insn[i].code) == BPF_LDX && BPF_MODE(insn[i].code) != BPF_MSH))
			bounded_x = false;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t reach = insn_reach(&insn[i], bounded_x);

		most = reach > most ? reach : most;
	}
	return most;
}
