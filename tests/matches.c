/* SPDX-License-Identifier: BSD-2-Clause */
/* matches.c - which packets of a stored capture display filters choose
 *
 * usage: matches FILE <EXPRESSIONS; one a line. For each a line: "N N N", the packets' numbers, or
 * "refused". The exit status is that of ringtail -r.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/reader.h"
#include "ui/display.h"

static int print_chosen(const char *path, struct display *d)
{
	struct line line = { .track = calloc(1, sizeof(*line.track)) };
	struct reader *r;
	struct error e;
	struct batch b;
	int rc = reader_open(&r, path, &e);

	if (rc) {
		free(line.track);
		return -rc;
	}
	if (line.track)
		track_init(line.track, (const uint64_t[]){ 1, 2 });
	display_share(d, &line);
	while ((rc = reader_next(r, &b, &e)) > 0) {
		for (uint32_t i = 0; i < b.count; i++)
			if (display_wants(d, &b.packet[i]))
				printf("%" PRIu64 " ", b.packet[i].number);
	}
	reader_close(r);
	free(line.track);
	return -rc;
}

int main(int argc, char **argv)
{
	char line[4096];
	int rc = 0;

	if (argc != 2)
		return STATUS_USAGE;
	while (fgets(line, sizeof(line), stdin)) {
		struct display *d;
		struct error e;

		line[strcspn(line, "\n")] = '\0';
		if (display_open(&d, "-Y", line, &e)) {
			printf("refused");
		} else {
			rc = print_chosen(argv[1], d);
			display_close(d);
		}
		putchar('\n');
	}
	return rc;
}
