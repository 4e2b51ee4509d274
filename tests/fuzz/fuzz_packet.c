/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_packet.c - libFuzzer over reader, decoders, fields, lines, trees and objects
 *
 * An input whose first byte is odd is a file behind it, salvaged where its second bit is set; else a packet
 * behind a link type (two bytes) and how to print it (one byte). What is printed must be safe for a terminal.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/details.h"
#include "capture/facts.h"
#include "capture/reader.h"
#include "tests/fuzz/outputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { HEAD = 4 };

static const uint16_t linktypes[] = {
	LINKTYPE_ETHERNET, LINKTYPE_NULL, LINKTYPE_RAW, LINKTYPE_LOOP, LINKTYPE_LINUX_SLL,
	LINKTYPE_IPV4, LINKTYPE_IPV6, LINKTYPE_LINUX_SLL2,
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	outputs_init();
	return 0;
}

static void take_file(const uint8_t *data, size_t size, bool salvage)
{
	char path[32];
	struct facts facts = { 0 };
	struct reader_options options = { .salvage = salvage };
	struct details *details = details_new();
	struct reader *r;
	struct error e;
	struct batch b;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (!details || fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	options.watch = &details->watch;
	if (reader_open_with(&r, path, &options, &e) == 0) {
		while (reader_next(r, &b, &e) > 0) {
			facts_put(&facts, &b);
			details_put(details, &b);
			for (uint32_t i = 0; i < b.count; i++)
				outputs_take((uint8_t)i, &b.packet[i]);
		}
		reader_close(r);
	}
	free(details);
	close(fd);
}

/* In a buffer of its own size, so that a byte too far is seen. */
static void take_bytes(const uint8_t *data, size_t size)
{
	uint32_t len = (uint32_t)(size - HEAD);
	uint8_t *bytes = malloc(len + !len);
	struct packet p = {
		.linktype = linktypes[data[1] % (sizeof(linktypes) / sizeof(linktypes[0]))],
		.bytes = { bytes, len, len + (data[2] & 1 ? 1000u : 0) },
		.sec = 1,
	};

	if (!bytes)
		abort();
	memcpy(bytes, data + HEAD, len);
	outputs_take(data[3], &p);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD)
		return 0;
	if (data[0] & 1)
		take_file(data + 1, size - 1, data[0] & 2);
	else
		take_bytes(data, size);
	return 0;
}
