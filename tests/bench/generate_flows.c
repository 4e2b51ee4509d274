/* SPDX-License-Identifier: BSD-2-Clause */
/* generate_flows.c - a capture of many connections at once, and of a flood between them
 *
 * usage: generate_flows FLOWS PACKETS [SYNS] >FILE
 * As many handshakes as FLOWS; then PACKETS segments, each of any of them, and behind each of those SYNS
 * other SYNs, from any address to one port. Ten million SYNs among a thousand connections, and what is left
 * of those:
 *
 *	generate_flows 1000 10000 1000 | ringtail flows -r - --memory 64M --sort state --json | grep -c established
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME = 60, IP = 14, TCP = IP + 20, SYN = 2, ACK = 16 };

static uint64_t seed = 1;
static uint8_t frame[FRAME];
static uint64_t packets;

/* Marsaglia's xorshift64. */
static uint32_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16);
}

static void put(uint32_t at, uint32_t bytes, uint64_t value)
{
	while (bytes-- > 0) {
		frame[at + bytes] = (uint8_t)value;
		value >>= 8;
	}
}

static void put_segment(const uint32_t addr[2], const uint16_t port[2], uint32_t flags, uint32_t seq)
{
	const uint32_t record[4] = { (uint32_t)(1700000000 + packets / 1000000),
				     (uint32_t)(packets % 1000000), FRAME, FRAME };

	put(IP + 12, 4, addr[0]);
	put(IP + 16, 4, addr[1]);
	put(TCP, 2, port[0]);
	put(TCP + 2, 2, port[1]);
	put(TCP + 4, 4, seq);
	put(TCP + 12, 4, 0x50000200 | flags << 16);
	fwrite(record, sizeof(record), 1, stdout);
	fwrite(frame, FRAME, 1, stdout);
	packets++;
}

/* Of connection n, towards its server or back. */
static void put_of(uint32_t n, int back, uint32_t flags, uint32_t seq)
{
	const uint32_t addr[2][2] = { { 0x0a000000 + n, 0x0b000001 }, { 0x0b000001, 0x0a000000 + n } };
	const uint16_t port[2][2] = { { 40000, 443 }, { 443, 40000 } };

	put_segment(addr[back], port[back], flags, seq);
}

static void flood(uint32_t syns)
{
	while (syns-- > 0) {
		const uint32_t addr[2] = { next_random(), 0x0b000001 };
		const uint16_t port[2] = { (uint16_t)next_random(), 80 };

		put_segment(addr, port, SYN, next_random());
	}
}

int main(int argc, char **argv)
{
	const uint32_t head[6] = { 0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, 1 };
	uint32_t flows, count, syns;

	if (argc < 3)
		return 2;
	flows = (uint32_t)atol(argv[1]);
	count = (uint32_t)atol(argv[2]);
	syns = argc > 3 ? (uint32_t)atol(argv[3]) : 0;
	put(0, 8, UINT64_C(0x0200000000020200));
	put(8, 6, 0x000000010800);
	put(IP, 8, UINT64_C(0x4500002800004000));
	put(IP + 8, 2, 0x4006);
	fwrite(head, sizeof(head), 1, stdout);
	for (uint32_t i = 0; i < flows; i++) {
		put_of(i, 0, SYN, 0);
		put_of(i, 1, SYN | ACK, 0);
		put_of(i, 0, ACK, 1);
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t r = next_random();

		put_of((uint32_t)((uint64_t)next_random() * flows >> 32), (int)(r & 1), ACK, 1);
		flood(syns);
	}
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
