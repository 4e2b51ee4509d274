/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.h - chosen fields of each packet in columns, as tshark -T fields prints them */
#ifndef UI_FIELDS_H
#define UI_FIELDS_H

#include <stdio.h>

#include "capture/error.h"
#include "ui/line.h"

struct columns {
	struct field_column *column;		/* owned */
	uint32_t count;
	char separator;			/* ',' makes it CSV */
};

/* Look the names up, which have commas between them. Returns 0; -STATUS_USAGE with e filled in where one
 * is not known, and -STATUS_WRITE where there is no memory. The catalogue must be filled.
 */
int columns_open(struct columns *c, const char *names, char separator, struct error *e);
void columns_close(struct columns *c);

/* Would they open? */
int columns_check(const char *names, struct error *e);

/* How many bytes the row of p can take at most. */
size_t columns_room(const struct line *l, const struct packet *p);

/* Append the names of the columns. */
void columns_put_header(const struct columns *c, struct out *o);

/* Append the row of p to an o of columns_room() bytes. */
void columns_put(const struct columns *c, struct line *l, struct out *o, const struct packet *p);

/* Print all fields: name, type, description. */
void fields_list(FILE *f);

#endif
