/* SPDX-License-Identifier: BSD-2-Clause */
/* csv.c - comma-separated values, RFC 4180 */
#include "ui/csv.h"

/* RFC 4180, section 2: where there is a comma or a quotation mark, the text stands in quotation marks,
 * and those in it are doubled. It grows in place, from its end.
 */
void csv_quote(struct out *o, char *start)
{
	size_t n = (size_t)(o->at - start), marks = 0;
	char *to;

	for (size_t i = 0; i < n; i++)
		marks += start[i] == '"';
	if (marks == 0 && !memchr(start, ',', n))
		return;
	if (out_room(o) < marks + 2) {
		o->at = start;
		return;
	}
	o->at += marks + 2;
	to = o->at;
	*--to = '"';
	while (n-- > 0) {
		*--to = start[n];
		if (start[n] == '"')
			*--to = '"';
	}
	*--to = '"';
}
