/* SPDX-License-Identifier: BSD-2-Clause */
/* option_rows.h - what each option is called, takes and does
 *
 * Letters and words are tcpdump's wherever it has the thing: fingers know them.
 */
#ifndef UI_OPTION_ROWS_H
#define UI_OPTION_ROWS_H

#include <stddef.h>

#include "ui/options.h"

enum option_does { FLAG, COUNT, TEXT, CALL, ROTATE, RECORD };

struct option_row {
	char letter;
	const char *word;		/* the long form, without its dashes */
	const char *arg;		/* what it takes; NULL: nothing */
	enum option_does does;
	size_t at;			/* of the member of struct options it sets; ROTATE: enum rotate_option;
					 * RECORD: enum recorder_option */
	int (*call)(struct options *o, const char *arg, struct error *e);
	const char *help;
};

enum { OPTION_ROWS_MAX = 160 };

extern const struct option_row option_rows[];
extern const size_t option_row_count;		/* at most OPTION_ROWS_MAX */

#endif
