/* SPDX-License-Identifier: BSD-2-Clause */
/* follows.h - the flow whose ends are listened to: its packets are gone through bit by bit, and live as they come */
#ifndef UI_SCREEN_FOLLOWS_H
#define UI_SCREEN_FOLLOWS_H

#include "ui/following.h"
#include "ui/screen/find.h"
#include "ui/screen/flowlist.h"
#include "ui/screen/pass.h"
#include "ui/screen/speech.h"

struct follows {
	enum screen_id back;		/* the screen that it was asked for on */
	uint32_t packet;		/* whose flow it is, from 1, until that is known; 0: it is */
	struct flow flow;		/* as it was last seen in the table; id 0: none yet */
	bool complete;			/* all its packets were gone through */
	struct speech speech;

	struct speech_form form;
	struct speech_spot top;		/* the first row in sight */
	bool at_end;			/* the last row is to stay in sight */
	uint32_t page;			/* rows, as it was drawn last */

	struct find find;		/* what was looked for last */
	struct speech_spot match;
	uint32_t match_bytes;		/* 0: it was not found */

	/* private */
	struct following following;
	struct pass pass;
};

/* Begin with flow, one of l's; or with that of packet, a number from 1. False where there is no memory for it. */
bool follows_open(struct follows *f, struct flowlist *l, const struct options *o, const struct flow *flow, uint32_t packet);

/* Go through some packets more, those that l has counted. Returns whether there are more now. */
bool follows_extend(struct follows *f, const struct flowlist *l, const struct store *store);

/* How much was gone through, per cent. */
uint32_t follows_progress(const struct follows *f, const struct flowlist *l, const struct store *store);

/* How much each end has said, what is missing of it, and what is left out: in the size bytes at text. */
void follows_sum(const struct follows *f, char *text, size_t size);

/* Move as a key asks for. False: it is no move. */
bool follows_move(struct follows *f, enum action action);

/* Another view, or other turns: what is in sight stays. */
void follows_reform(struct follows *f);

/* The next place with what was looked for, or the one before. False where there is none. */
bool follows_find(struct follows *f, bool backwards);

/* Write the bytes that are shown to path, a new file. Returns how many they are; -STATUS_WRITE with e filled in. */
int64_t follows_save(const struct follows *f, const char *path, struct error *e);

void follows_close(struct follows *f);

#endif
