/* SPDX-License-Identifier: BSD-2-Clause */
/* made.h - files made byte by byte, for the tests of what reads and writes them */
#ifndef TESTS_UNIT_MADE_H
#define TESTS_UNIT_MADE_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct made {
	uint8_t *bytes;
	size_t len, room;
	bool swapped;		/* numbers in the byte order that is not ours */
};

static inline void made_room(struct made *m, size_t n)
{
	if (m->room >= m->len + n)
		return;
	m->room = 2 * m->room + n;
	m->bytes = realloc(m->bytes, m->room);
}

static inline void made_bytes(struct made *m, const void *p, size_t n)
{
	made_room(m, n);
	memcpy(m->bytes + m->len, p, n);
	m->len += n;
}

static inline void made_fill(struct made *m, uint8_t value, size_t n)
{
	made_room(m, n);
	memset(m->bytes + m->len, value, n);
	m->len += n;
}

static inline void made_u16(struct made *m, uint16_t value)
{
	value = m->swapped ? __builtin_bswap16(value) : value;
	made_bytes(m, &value, sizeof(value));
}

static inline void made_u32(struct made *m, uint32_t value)
{
	value = m->swapped ? __builtin_bswap32(value) : value;
	made_bytes(m, &value, sizeof(value));
}

static inline void made_u64(struct made *m, uint64_t value)
{
	value = m->swapped ? __builtin_bswap64(value) : value;
	made_bytes(m, &value, sizeof(value));
}

/* A pcap file's header. */
static inline void made_pcap(struct made *m, uint32_t magic, uint16_t minor, uint32_t linktype)
{
	made_u32(m, magic);
	made_u16(m, 2);
	made_u16(m, minor);
	made_u64(m, 0);
	made_u32(m, 262144);
	made_u32(m, linktype);
}

/* A pcap record of cap bytes, all of them value. */
static inline void made_record(struct made *m, uint32_t sec, uint32_t fraction, uint32_t cap,
			       uint32_t wire, uint8_t value)
{
	made_u32(m, sec);
	made_u32(m, fraction);
	made_u32(m, cap);
	made_u32(m, wire);
	made_fill(m, value, cap);
}

/* A pcapng block: made_block(), its body, made_block_end() with what made_block() returned. */
static inline size_t made_block(struct made *m, uint32_t type)
{
	size_t at = m->len;

	made_u32(m, type);
	made_u32(m, 0);
	return at;
}

static inline void made_block_end(struct made *m, size_t at)
{
	uint32_t len;

	while (m->len % 4 != 0)
		made_fill(m, 0, 1);
	len = (uint32_t)(m->len + 4 - at);
	made_u32(m, len);
	memcpy(m->bytes + at + 4, m->bytes + m->len - 4, 4);
}

static inline void made_section(struct made *m, uint16_t major)
{
	size_t at = made_block(m, 0x0a0d0d0a);

	made_u32(m, 0x1a2b3c4d);
	made_u16(m, major);
	made_u16(m, 0);
	made_u64(m, UINT64_MAX);
	made_block_end(m, at);
}

/* An interface block; resolution: if_tsresol; offset: if_tsoffset, seconds. */
static inline void made_interface(struct made *m, uint16_t linktype, uint32_t snaplen,
				  uint8_t resolution, int64_t offset)
{
	size_t at = made_block(m, 1);

	made_u16(m, linktype);
	made_u16(m, 0);
	made_u32(m, snaplen);
	made_u16(m, 9);
	made_u16(m, 1);
	made_bytes(m, (uint8_t[4]){ resolution }, 4);
	made_u16(m, 14);
	made_u16(m, 8);
	made_u64(m, (uint64_t)offset);
	made_u32(m, 0);
	made_block_end(m, at);
}

/* An enhanced packet block with epb_flags. */
static inline void made_enhanced(struct made *m, uint32_t interface, uint64_t time, uint32_t cap,
				 uint32_t wire, uint8_t value, uint32_t flags)
{
	size_t at = made_block(m, 6);

	made_u32(m, interface);
	made_u32(m, (uint32_t)(time >> 32));
	made_u32(m, (uint32_t)time);
	made_u32(m, cap);
	made_u32(m, wire);
	made_fill(m, value, cap);
	while (m->len % 4 != 0)
		made_fill(m, 0, 1);
	made_u16(m, 2);
	made_u16(m, 4);
	made_u32(m, flags);
	made_u32(m, 0);
	made_block_end(m, at);
}

static inline void made_simple(struct made *m, uint32_t wire, uint32_t cap, uint8_t value)
{
	size_t at = made_block(m, 3);

	made_u32(m, wire);
	made_fill(m, value, cap);
	made_block_end(m, at);
}

/* The first len bytes of m as a file; its name lives until the next call. */
static inline const char *made_file(const struct made *m, size_t len)
{
	static char path[64];
	int fd;

	if (!*path) {
		strcpy(path, "/tmp/ringtail_test.XXXXXX");
		close(mkstemp(path));
	}
	fd = open(path, O_WRONLY | O_TRUNC);
	if (fd < 0 || (len > 0 && write(fd, m->bytes, len) != (ssize_t)len))
		abort();
	close(fd);
	return path;
}

/* What is in the file at path, to be freed. */
static inline struct made made_content(const char *path)
{
	struct made m = { 0 };
	uint8_t piece[4096];
	ssize_t n;
	int fd = open(path, O_RDONLY);

	while (fd >= 0 && (n = read(fd, piece, sizeof(piece))) > 0)
		made_bytes(&m, piece, (size_t)n);
	if (fd >= 0)
		close(fd);
	return m;
}

static inline void made_free(struct made *m)
{
	free(m->bytes);
	*m = (struct made){ 0 };
}

/* 100,000 packets of 14 bytes; of each hundredth the type is 0x0800. */
static inline const char *made_many(void)
{
	struct made m = { 0 };
	const char *path;

	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < 100000; i++) {
		made_record(&m, i, 0, 14, 14, 8);
		m.bytes[m.len - 1] = i % 100 == 99 ? 0 : 6;
	}
	path = made_file(&m, m.len);
	made_free(&m);
	return path;
}

/* What a group of tests ends with that used it. */
static inline int made_remove(void **state)
{
	struct made none = { 0 };

	(void)state;
	return unlink(made_file(&none, 0));
}

#endif
