/* SPDX-License-Identifier: BSD-2-Clause */
/* state.h - all that is on the screen */
#ifndef UI_SCREEN_STATE_H
#define UI_SCREEN_STATE_H

#include "capture/ledger.h"
#include "ui/info.h"
#include "ui/screen/bar.h"
#include "ui/screen/chooser.h"
#include "ui/screen/exports.h"
#include "ui/screen/flowlist.h"
#include "ui/screen/follows.h"
#include "ui/screen/linklist.h"
#include "ui/screen/pulse.h"
#include "ui/screen/ranking.h"
#include "ui/screen/relative.h"
#include "ui/screen/save.h"
#include "ui/screen/filelinks.h"
#include "ui/screen/statlist.h"
#include "ui/screen/talklist.h"

/* What a capture is, as text. */
struct about {
	char *text;			/* lines; NULL: not known yet. Owned. */
	size_t size;
	uint32_t top, page, lines;

	/* private: a file that is read for it */
	struct info info;
	struct reader *reader;		/* NULL: none is */
};

struct screen {
	enum screen_id at;
	struct packets v;
	struct relative relative;
	struct flowlist flows;
	struct follows follows;
	struct about about;
	struct talklist talkers;
	struct statlist stats;
	struct linklist links;		/* of this machine, live */
	struct filelinks filelinks;	/* of a file */
	const struct ledger *ledger;	/* of a live capture; NULL: a stored file */
	const struct capture *live;	/* the same; NULL: a stored file */
	struct feed *feed;
	char capture_filter[PROMPT_MAX];	/* as it is now; "": none */
	char capture_filter_before[PROMPT_MAX];	/* where the last one is refused */
	uint32_t refused;		/* so often that was said */
	struct pulse pulse;
	uint32_t recordings;		/* files that were recorded up to now */
	bool recording;			/* one is */
	struct bar bar;
	bool remembers;			/* filters are kept for other runs */
	struct find find;
	struct save save;
	struct chooser chooser;
	struct ranking ranking;
	struct export export;
	struct export_row row;		/* of what is exported */
	struct sieve *before;		/* what is shown again if the new filter is given up; NULL: all */
	bool sifting;			/* a filter is being applied */
	uint32_t goal;			/* packets that were there when that began */
	bool moved;			/* the reader went elsewhere meanwhile */
	uint32_t wanted;		/* the packet that was selected before */
	int64_t sifted_ns;		/* how long it took */
	bool inside;			/* the packets of a row of a table are shown, until Esc goes back to it */
	enum screen_id outside;		/* which table */
	struct sieve *aside;		/* what was shown before that; NULL: all */
	uint32_t aside_wanted;		/* the packet that was selected */
	bool help;
	uint32_t height;		/* rows, as it was drawn last */
	uint32_t help_top, help_next;	/* the first of its lines that is in sight, and on the next page */
	bool quit, redraw, suspend;	/* asked for */
	char *copy;			/* text for the terminal's clipboard, asked for; owned; NULL: none */
};

#endif
