/* SPDX-License-Identifier: BSD-2-Clause */
/* generate.c - a large capture to measure with, the same at every run
 *
 * usage: generate PACKETS HOSTS >FILE
 * Three of five packets are TCP with timestamps, one UDP, one IPv6 TCP; as many hosts talk to as
 * many others; lengths from 60 to 1514 bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_MAX = 1514, IP = 14 };

static uint32_t seed = 1;
static uint8_t frame[FRAME_MAX];

/* Numerical Recipes' linear congruence: good enough for lengths and hosts. */
static uint32_t next_random(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

static void put(uint32_t at, uint32_t bytes, uint64_t value)
{
	while (bytes-- > 0) {
		frame[at + bytes] = (uint8_t)value;
		value >>= 8;
	}
}

static uint32_t put_ipv4(uint32_t host, uint32_t len, uint8_t protocol)
{
	put(12, 2, 0x0800);
	put(IP, 8, UINT64_C(0x4500000000004000) | (uint64_t)(len - IP) << 32);
	put(IP + 8, 4, 0x40000000u | (uint32_t)protocol << 16);
	put(IP + 12, 4, 0x0a000000 + host);
	put(IP + 16, 4, 0x0b000000 + host);
	return IP + 20;
}

static uint32_t put_ipv6(uint32_t host, uint32_t len, uint8_t protocol)
{
	put(12, 2, 0x86dd);
	put(IP, 8, UINT64_C(0x6000000000000040) | (uint64_t)(len - IP - 40) << 16 | (uint64_t)protocol << 8);
	put(IP + 8, 8, UINT64_C(0x20010db800000000));
	put(IP + 16, 8, host);
	put(IP + 24, 8, UINT64_C(0x20010db800000001));
	put(IP + 32, 8, host);
	return IP + 40;
}

static void put_tcp(uint32_t at, uint32_t host, uint32_t n)
{
	put(at, 4, (uint64_t)(1024 + host % 60000) << 16 | 443);
	put(at + 4, 4, n * 1400);
	put(at + 8, 4, n * 40);
	put(at + 12, 4, 0x80180200);
	put(at + 16, 4, 0);
	put(at + 20, 4, 0x0101080a);
	put(at + 24, 8, (uint64_t)n << 32 | n);
}

static uint32_t make(uint32_t n, uint32_t hosts)
{
	uint32_t host = next_random() % hosts, len = 100 + next_random() % (FRAME_MAX - 99);

	memset(frame, 0, sizeof(frame));
	put(0, 8, UINT64_C(0x0200000000020200));
	put(8, 4, 1);
	if (n % 5 < 3) {
		put_tcp(put_ipv4(host, len, 6), host, n);
	} else if (n % 5 == 3) {
		uint32_t at = put_ipv4(host, len, 17);

		put(at, 8, (uint64_t)(1024 + host % 60000) << 48 | (uint64_t)7 << 32 |
			   (uint64_t)(len - at) << 16);
	} else {
		put_tcp(put_ipv6(host, len, 6), host, n);
	}
	return len;
}

int main(int argc, char **argv)
{
	const uint32_t head[6] = { 0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, 1 };
	uint32_t packets, hosts;

	if (argc != 3)
		return 2;
	packets = (uint32_t)atol(argv[1]);
	hosts = (uint32_t)atol(argv[2]);
	fwrite(head, sizeof(head), 1, stdout);
	for (uint32_t n = 0; n < packets; n++) {
		uint32_t len = make(n, hosts);
		const uint32_t record[4] = { 1700000000 + n / 100000, n % 100000 * 10, len, len };

		fwrite(record, sizeof(record), 1, stdout);
		fwrite(frame, len, 1, stdout);
	}
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
