/* SPDX-License-Identifier: BSD-2-Clause */
/* textlines.h - protocols of text lines: lines, words, and "Name: value", RFC 9112 section 2, RFC 3261 section 7 */
#ifndef DECODE_TEXTLINES_H
#define DECODE_TEXTLINES_H

#include <stdbool.h>

#include "decode/out.h"
#include "decode/slice.h"

/* How a line ends: as it should; with the segment; where the snap length cut it; or in a byte that
 * no text has.
 */
enum ending { ENDED, OPEN, CUT, BINARY };

/* The next line of rest, without what ends it. */
enum ending text_line(struct slice *rest, struct slice *line);

/* The next line of rest with what ends it, be there any bytes in it; false where it does not end, and
 * rest stays.
 */
bool text_take_line(struct slice *rest, struct slice *line);

/* The next word of the line that s begins with, and what follows it; false where it was cut, or is
 * longer than those that matter.
 */
bool text_word(struct slice *s, struct slice *word);

/* Is word the text, which is in upper case? The case of word does not matter. */
bool text_same(struct slice word, const char *text);

/* Three digits? */
bool text_is_status(struct slice word);

/* Is word in the list, which ends with NULL? */
bool text_listed(struct slice word, const char *const *list);

/* s without what ends a line. */
struct slice text_chomp(struct slice s);

/* s without what ends a line, and without the blanks at both ends. */
struct slice text_trim(struct slice s);

/* The first word of s, ended by a blank or by the line's end; with the blanks behind it. */
struct slice text_word_all(struct slice s);

/* The n-th word of s from 0; empty where there are not so many. */
struct slice text_word_at(struct slice s, uint32_t n);

/* What the header line says behind its colon, without the blanks around it. */
struct slice text_header_value(struct slice line);

/* What stands before its colon; empty where it has none. */
struct slice text_header_name(struct slice line);

/* Is what starts at offset at the body of the message whole: does an empty line end there? */
bool text_ends_head(struct slice whole, uint32_t at);

/* The decimal number that s begins with, at most UINT64_MAX; false where it begins with none. */
bool text_number(struct slice s, uint64_t *value);

/* ": GET / HTTP/1.1", the first line of rest, as far as it is text, its start where it is long; cut, " [|http]",
 * where it does not end.
 */
void text_put_line(struct out *o, const char *cut, struct slice rest);

/* ", length: 73" and all lines of it, each on a line of its own. */
void text_put_lines(struct out *o, const char *cut, struct slice rest);

#endif
