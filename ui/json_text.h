/* SPDX-License-Identifier: BSD-2-Clause */
/* json_text.h - pieces of JSON: RFC 8259
 *
 * A comma stands behind every member, and the bracket that closes an object takes the place of the last one.
 */
#ifndef UI_JSON_TEXT_H
#define UI_JSON_TEXT_H

#include "decode/out.h"

/* Close the object or array that is open. */
static inline void json_close(struct out *o, char bracket)
{
	if (o->at[-1] == ',')
		o->at--;
	out_char(o, bracket);
}

/* Append text, which needs no escapes, as a string. */
static inline void json_quote(struct out *o, const char *text)
{
	out_char(o, '"');
	out_str(o, text);
	out_char(o, '"');
}

/* Make what was appended from start on the inside of a string; nothing is left of it where that does not fit. */
void json_escape(struct out *o, char *start);

#endif
