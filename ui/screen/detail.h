/* SPDX-License-Identifier: BSD-2-Clause */
/* detail.h - a packet as a tree whose branches fold */
#ifndef UI_SCREEN_DETAIL_H
#define UI_SCREEN_DETAIL_H

#include "ui/line.h"
#include "ui/screen/grid.h"

struct node {
	uint32_t text, length;	/* in the detail's text, bytes */
	uint32_t from, bytes;	/* of the packet; bytes 0: none */
	uint8_t depth;		/* 0: a protocol */
	bool folder;		/* there are nodes in it, the deeper ones behind it */
	bool problem;
	const void *key;	/* the same for each of its kind */
	const char *protocol;	/* the name of one, for its header; else NULL */
	uint32_t name, value;	/* of a field: how many bytes of the text are its name, and, behind ": ", its value */
};

enum { FOLDS_MAX = 256 };

/* Which kinds of nodes are unfolded, in this packet and all others. */
struct folds {
	bool open;		/* all are, but for: */
	uint32_t count;
	const void *except[FOLDS_MAX];
};

struct detail {
	struct node *node;	/* owned */
	uint32_t count, room;
	char *text;		/* owned */
	size_t size;
	uint32_t *shown;	/* the nodes in no folded one; owned */
	uint32_t shown_count;
	uint32_t cursor, top;	/* among those shown */
	uint32_t reveal;	/* so many below the cursor were unfolded just now, and are to be seen */
	struct folds folds;
};

/* Make d of p, whose line is decoded in l; whole: the file had all its bytes. The node of the same kind as before
 * stays selected, if there is one.
 */
void detail_fill(struct detail *d, struct line *l, const struct packet *p, bool whole);

/* The node selected; NULL where there is none. */
const struct node *detail_node(const struct detail *d);

/* A display filter for packets with what is selected, in the size bytes at to; quoted: its value as text. False
 * where there is none.
 */
bool detail_filter(const struct detail *d, bool quoted, char *to, size_t size);

/* Fold or unfold the node selected; a change of all, with what is unfolded then. */
void detail_fold(struct detail *d, bool open);
void detail_fold_all(struct detail *d, bool open);

/* Is the node selected unfolded? */
bool detail_is_open(const struct detail *d);

/* Select the node around it. */
void detail_up(struct detail *d);

/* Select the smallest node that has this byte of the packet, unfolding what is around it. */
void detail_select_byte(struct detail *d, uint32_t byte);

/* Draw d into rows of g, at least one, with a cursor where it has the focus. */
void detail_draw(struct detail *d, struct grid *g, uint32_t row, uint32_t height, bool focus);

void detail_free(struct detail *d);

#endif
