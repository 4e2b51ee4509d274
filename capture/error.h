/* SPDX-License-Identifier: BSD-2-Clause */
/* error.h - what went wrong, in one line, filled in at the place that knows */
#ifndef CAPTURE_ERROR_H
#define CAPTURE_ERROR_H

#include <stddef.h>
#include <stdint.h>

/* The exit status of the program. A failing function returns the negative of one of these, and
 * says the rest in struct error.
 */
enum status {
	STATUS_DONE,
	STATUS_CHECK,		/* a check failed, or nothing matched where a match was asked for */
	STATUS_USAGE,		/* command line or filter */
	STATUS_INPUT,		/* input damaged or cut; the good part was processed */
	STATUS_INTERFACE,	/* no permission, no such interface, interface gone */
	STATUS_LOSS,		/* packets were lost, and --fail-on-loss was given */
	STATUS_WRITE,		/* could not write */
};

struct error {
	char text[400];		/* "WHAT: WHY" */
	uint64_t at;		/* byte of the file where it is damaged, or ends too early; else 0 */
};

/* Fill e in, as printf does, and return -status. */
int error_set(struct error *e, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Say one line on standard error: "ringtail: " and what printf makes, cleaned. */
void error_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Put from into the size bytes at to, as it may go to a terminal: control characters, those of UTF-8
 * that cannot be seen, and what is not UTF-8, as \xNN. Returns to.
 */
char *error_clean(char *to, size_t size, const char *from);

/* The length of the UTF-8 sequence at s (RFC 3629), 0 where there is none, with its code in *code, which may be
 * beyond Unicode.
 */
size_t error_sequence(const unsigned char *s, uint32_t *code);

/* The words for an errno value, without reading a message catalogue (which a sandbox may forbid). */
const char *error_words(int errnum);

#endif
