/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - command line -> one job */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/reader.h"
#include "ui/line.h"

int main(int argc, char **argv)
{
	static char text[8 << 20];
	struct line l = { 0 };
	struct reader *r;
	struct error e;
	struct batch b;
	int c, n;

	while ((c = getopt(argc, argv, "nevqr:")) != -1)
		switch (c) {
		case 'e': l.link = true; break;
		case 'v': l.verbose++; break;
		case 'q': l.quiet = true; break;
		case 'r':
			proto_init();
			if (reader_open(&r, optarg, &e))
				return 1;
			while ((n = reader_next(r, &b, &e)) > 0)
				for (int i = 0; i < n; i++) {
					struct out o = { text, text + sizeof(text) };

					line_put(&l, &o, &b.packet[i]);
					fwrite(text, 1, (size_t)(o.at - text), stdout);
				}
			break;
		}
	return 0;
}
