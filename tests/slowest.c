/* SPDX-License-Identifier: BSD-2-Clause */
/* slowest.c - the packet of all in the files named that takes longest, through every output
 *
 * "MICROSECONDS FILE NUMBER". Of several tries the shortest counts: what the machine does besides is no
 * fault of the packet.
 */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "capture/reader.h"
#include "tests/fuzz/outputs.h"

enum { TRIES = 7, FAST = 200 * 1000, FORM = 0x9f };	/* ns that need no second try; with hex, names, -vvv */

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t time_of(const struct packet *p)
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < TRIES && best > FAST; i++) {
		int64_t start = now(), took;

		outputs_take(FORM, p);
		took = now() - start;
		best = took < best ? took : best;
	}
	return best;
}

int main(int argc, char **argv)
{
	int64_t slowest = 0;
	uint64_t number = 0, seen;
	const char *file = "";

	outputs_init();
	for (int i = 1; i < argc; i++) {
		struct reader *r;
		struct error e;
		struct batch b;

		if (reader_open(&r, argv[i], &e))
			continue;	/* damaged from its start */
		seen = 0;
		while (reader_next(r, &b, &e) > 0) {
			for (uint32_t k = 0; k < b.count; k++) {
				int64_t t = time_of(&b.packet[k]);

				seen++;
				if (t <= slowest)
					continue;
				slowest = t;
				file = argv[i];
				number = seen;
			}
		}
		reader_close(r);
	}
	printf("%" PRId64 " %s %" PRIu64 "\n", slowest / 1000, file, number);
	return 0;
}
