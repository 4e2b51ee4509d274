/* SPDX-License-Identifier: BSD-2-Clause */
/* picker.h - which interface to capture on, and how: what is chosen before there is a capture */
#ifndef UI_SCREEN_PICKER_H
#define UI_SCREEN_PICKER_H

#include "ui/options.h"
#include "ui/screen/linklist.h"
#include "ui/screen/prompt.h"

enum picker_line { PICK_NOTHING, PICK_FILTER, PICK_OUTPUT, PICK_LINES };

struct picker {
	struct linklist list;
	char filter[PROMPT_MAX];	/* of pcap-filter(7); "": every packet */
	char output[PROMPT_MAX];	/* a file; "": none */
	bool promiscuous;
	uint32_t snaplen;		/* bytes */

	enum picker_line asking;	/* the line that is typed now */
	struct prompt prompt;
	struct history history[PICK_LINES];
	struct error wrong;		/* what is wrong with the filter; "": nothing */
	struct error message;		/* what the last key led to, or why there is no capture */
	char ssh[120];			/* a filter that leaves out the session this runs in; "": it is none */

	bool may;			/* capture */
	char user[40];
	bool help;
	uint32_t help_top, help_next;
	bool start, quit, redraw, suspend;	/* asked for */
};

/* Begin with what o says already, and the interface that is most likely meant. Returns 0, or -STATUS_INTERFACE with e
 * filled in.
 */
int picker_open(struct picker *p, const struct options *o, struct error *e);

/* Take a key. */
void picker_key(struct picker *p, uint32_t press);

/* Is number i of the list to be captured: those that are marked, or else the one under the cursor? */
bool picker_chosen(const struct picker *p, uint32_t i);

/* Say why there was no capture. */
void picker_say(struct picker *p, const char *text);

void picker_close(struct picker *p);

#endif
