/* SPDX-License-Identifier: BSD-2-Clause */
/* filelinks.h - the interfaces that a file's packets came from, counted bit by bit */
#ifndef UI_SCREEN_FILELINKS_H
#define UI_SCREEN_FILELINKS_H

#include "decode/out.h"
#include "ui/screen/keys.h"
#include "ui/screen/pass.h"

#define FILELINKS_TOLD 256	/* so many are told apart */

struct filelink {
	char name[64];			/* as the file has it, made safe; "": it has none */
	uint64_t packets, bytes;	/* on the wire; packets 0: the number is not used */
	uint16_t linktype;
};

struct filelinks {
	struct filelink *link;		/* by their number in the file. NULL: not opened. Owned. */
	uint64_t packets, bytes;	/* of all */
	uint64_t others;		/* packets of interfaces there was no room for */
	struct pass pass;
	uint32_t count, cursor, top, page;	/* those that have packets */

	/* private */
	const struct store *store;	/* while it is gone through */
};

/* Begin to count, if that has not begun yet. False where there is no memory for it. */
bool filelinks_open(struct filelinks *s);

/* Count some packets more. Returns whether there are more now. */
bool filelinks_extend(struct filelinks *s, const struct store *store);

/* Number i of those that have packets; NULL behind the last. */
const struct filelink *filelinks_at(const struct filelinks *s, uint32_t i);

/* Append a display filter for the packets of the selected one. False: there is none. */
bool filelinks_filter(const struct filelinks *s, struct out *o);

/* Do what a key asks for, as far as it is about the list alone. False: it is not. */
bool filelinks_act(struct filelinks *s, enum action action);

void filelinks_close(struct filelinks *s);

#endif
