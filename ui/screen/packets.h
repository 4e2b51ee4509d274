/* SPDX-License-Identifier: BSD-2-Clause */
/* packets.h - the packets of a store as they are looked at: which are shown, which one is selected, in which panes
 *
 * What is drawn is made of this alone, so it can be tested without a terminal. A store may grow meanwhile.
 */
#ifndef UI_SCREEN_PACKETS_H
#define UI_SCREEN_PACKETS_H

#include "capture/store.h"
#include "ui/screen/config.h"
#include "ui/screen/detail.h"
#include "ui/screen/keys.h"
#include "ui/screen/row.h"
#include "ui/screen/sieve.h"

enum pane { PANE_LIST, PANE_DETAIL, PANE_HEX, PANES };
enum { REFERENCES_MAX = 64 };

/* The packets that a filter lets through, by a column of the list. */
struct sorted {
	uint64_t serial;	/* of the filter; another one has another order */
	uint32_t *number;	/* as the sieve has them; owned */
	uint32_t count;
	uint32_t column;	/* of the list */
	bool reverse;
};

struct packets {
	const struct options *options;
	struct config config;
	const char *name;		/* of the file, safe for a terminal */
	struct store *store;
	struct sieve *sieve;		/* what is shown; NULL: all. Owned. */
	struct sorted sorted;
	struct window window;
	struct line line;		/* for rows and details */
	struct times times;
	enum clock clock;
	bool nano;
	uint32_t reference[REFERENCES_MAX];	/* packets that times count from, in order */
	uint32_t references;
	char *value;			/* where a field's values are put; owned; NULL: there was none yet */

	uint32_t cursor, top;		/* among the packets that are shown */
	uint32_t sideways;		/* columns of Info that are left out */
	uint32_t page;			/* rows of the list, as it was drawn last */
	uint32_t marks;

	enum pane focus;
	enum pane lower;		/* which of the two, where there is room for one */
	enum layout layout;
	bool zoomed;

	bool follow;			/* the newest packet is selected, always */
	bool paused;			/* packets from this number on are not shown */
	uint32_t limit;

	struct detail detail;		/* of the packet selected */
	uint64_t detailed;		/* its number from 1; 0: of none */
	uint32_t detail_page, hex_page;	/* rows, as above */
	uint32_t hex_cursor, hex_top;	/* bytes; rows */
	uint32_t hex_width;		/* bytes a row, as it was drawn last */

	char message[200];		/* what the last key led to, if that is to be said */
};

/* The packets shown are those from the first of these places on, up to the second; before it they are gone. */
uint32_t packets_begin(const struct packets *v);
uint32_t packets_end(const struct packets *v);

/* The store's number of the packet at a place. */
uint32_t packets_number(const struct packets *v, uint32_t shown);

/* Is what is shown sorted? */
bool packets_are_sorted(const struct packets *v);

/* At which place packet n is; or, if it is not shown, the next one. */
uint32_t packets_position(const struct packets *v, uint32_t n);

/* Select the packet at that place, or the next, or the last. */
void packets_select(struct packets *v, uint32_t shown);

/* Keys go to that pane from here on. */
void packets_focus(struct packets *v, enum pane pane);

/* Where live packets came or went, select one that is there: the newest, to follow. */
void packets_settle(struct packets *v);

/* Make the detail that of the packet selected. */
void packets_detail(struct packets *v);

/* The packet that the time of packet n counts from: the last reference up to it. False where there is none. */
bool packets_reference(const struct packets *v, uint32_t n, uint32_t *reference);

/* Do what a key asks for, as far as it is about packets. False: it is not. */
bool packets_act(struct packets *v, enum action action);

/* Set what is to be said of the last key. */
void packets_say(struct packets *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

void packets_close(struct packets *v);

#endif
