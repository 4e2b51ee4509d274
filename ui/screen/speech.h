/* SPDX-License-Identifier: BSD-2-Clause */
/* speech.h - what the ends of a flow have said, kept to be looked at row by row
 *
 * How it works: bytes lie one behind the other, and a turn is a run of them that one end has said. Rows are not kept: where
 * one ends follows from the view and the width, and where the one before begins is found from the last line feed. So
 * that this never takes long, a line without any ends at a multiple of 4 KiB.
 */
#ifndef UI_SCREEN_SPEECH_H
#define UI_SCREEN_SPEECH_H

#include "ui/follow_row.h"
#include "ui/options.h"

enum { SPEECH_BYTES = 16 << 20, SPEECH_TURNS = 1 << 18 };	/* at most; the rest is left out */

struct speech_turn {
	uint32_t at, length;	/* bytes; length 0: a remark */
	uint64_t before;	/* bytes that this end has said before */
	uint64_t number;	/* of its first packet, or of the remark's */
	uint32_t count;		/* bytes that the remark is about */
	uint8_t kind;		/* enum follow_kind */
	bool client;
};

struct speech {
	uint8_t *bytes;		/* owned, as turn is */
	uint32_t length, room;
	struct speech_turn *turn;
	uint32_t turns, turns_room;
	uint64_t said[2];	/* bytes, by the server and by the client, gaps included */
	uint64_t gaps;		/* bytes in them */
	bool full;		/* what comes now is left out */
};

/* Where a row begins: in which turn, and at which of its bytes. */
struct speech_spot {
	uint32_t turn, at;
};

/* How it is looked at. */
struct speech_form {
	uint8_t view;		/* enum follow_view */
	uint8_t from;		/* enum from: whose turns */
	uint32_t columns;	/* of a row, without its sign */
};

/* Add a piece, which the client has said, or the server. */
void speech_add(struct speech *s, const struct follow_piece *p, bool client);

/* Of which bytes the turn at place is, from there on; empty for a remark. */
struct slice speech_bytes(const struct speech *s, struct speech_spot at);

/* Append the row at place, which is there, to o: how much it takes. */
struct follow_row speech_row(const struct speech *s, const struct speech_form *f, struct speech_spot at, struct out *o);

/* The first place, and the last; false where there is none. To the next row, and the one before; false, and *at is as it
 * was, where there is none.
 */
bool speech_first(const struct speech *s, const struct speech_form *f, struct speech_spot *at);
bool speech_last(const struct speech *s, const struct speech_form *f, struct speech_spot *at);
bool speech_next(const struct speech *s, const struct speech_form *f, struct speech_spot *at);
bool speech_previous(const struct speech *s, const struct speech_form *f, struct speech_spot *at);

/* The row that has the byte at. */
struct speech_spot speech_row_of(const struct speech *s, const struct speech_form *f, struct speech_spot at);

/* The next place behind at, or before it, where the needle is said in one turn; with letters of any case. False where
 * there is none.
 */
bool speech_find(const struct speech *s, const struct speech_form *f, struct speech_spot *at, struct slice needle, bool any_case,
		 bool backwards);

void speech_free(struct speech *s);

#endif
