/* SPDX-License-Identifier: BSD-2-Clause */
/* save.h - the packets that are marked, or shown, into a file */
#ifndef UI_SCREEN_SAVE_H
#define UI_SCREEN_SAVE_H

#include "capture/writer.h"
#include "ui/screen/packets.h"

struct save {
	struct writer *writer;	/* NULL: nothing is being saved */
	struct window window;
	bool marked;			/* only those; else all that were shown at the beginning */
	uint16_t linktype;
	uint32_t at, end;		/* places among those shown; of marked ones, numbers */
	uint32_t written, left_out;	/* packets */
	char path[256];
};

/* Begin to write the marked packets, or where none is, those shown, to path, a new file. v says what is wrong. */
void save_start(struct save *s, struct packets *v, const char *path);

/* Write some packets more. Returns 1; 0 where all are written, or cannot be: v says which. */
int save_extend(struct save *s, struct packets *v);

/* Write no more: what is written stays. */
void save_stop(struct save *s);

void save_close(struct save *s);

#endif
