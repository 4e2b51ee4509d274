/* SPDX-License-Identifier: BSD-2-Clause */
/* printer.h - packets as text into a buffer, and out of it to standard output */
#ifndef UI_PRINTER_H
#define UI_PRINTER_H

#include "capture/error.h"
#include "ui/fields.h"
#include "ui/json.h"
#include "ui/line.h"
#include "ui/options.h"
#include "ui/tree.h"

struct printer {
	struct line line;
	bool field_bytes;	/* the tree has the bytes of each field */
	uint8_t head_words;	/* number and time of a line, for its colours */
	struct columns columns;	/* --fields */
	struct json json;	/* --json */
	int (*put)(struct printer *p, const struct packet *packet, uint32_t n, struct error *e);
	char *text;		/* owned */
	size_t size, used;	/* bytes */
};

/* Make p ready for lines as o asks for them; nano: times have nine digits. Returns 0, or
 * -STATUS_WRITE with e filled in.
 */
int printer_open(struct printer *p, const struct options *o, bool nano, struct error *e);

/* Take n packets. Returns as printer_flush(). */
int printer_put(struct printer *p, const struct packet *packet, uint32_t n, struct error *e);

/* Write what is buffered to standard output. Returns 0; PRINTER_CLOSED where nobody reads any more,
 * which is a normal end; -STATUS_WRITE with e filled in.
 */
int printer_flush(struct printer *p, struct error *e);

#define PRINTER_CLOSED 1

void printer_close(struct printer *p);

#endif
