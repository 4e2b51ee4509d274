/* SPDX-License-Identifier: BSD-2-Clause */
/* fitness.h - is what was typed below the title fit to be entered? */
#ifndef UI_SCREEN_FITNESS_H
#define UI_SCREEN_FITNESS_H

#include "capture/keeper.h"
#include "decode/match_run.h"
#include "ui/screen/complete.h"

enum purpose {
	ASK_NOTHING, ASK_FILTER, ASK_FIND, ASK_FIND_SAID, ASK_COMMAND, ASK_SAVE, ASK_SAVE_BYTES, ASK_EXPORT, ASK_COLUMN, ASK_RULE,
	ASK_CAPTURE,
	PURPOSES,
};
enum fitness { FIT, FIT_INCOMPLETE, FIT_BAD };

struct verdict {
	struct refilter capture;	/* what capture filters are compiled for */
	enum fitness fitness;
	struct match_error why;		/* what is wrong, and where; or a hint, at UINT32_MAX */
	bool listing;			/* the completions are shown */
	struct completion completion;
};

/* How fit are the length bytes of text for their purpose, and what is to be said of them? */
void fitness_check(struct verdict *v, enum purpose purpose, const char *text, uint32_t length);

#endif
