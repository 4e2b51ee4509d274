/* SPDX-License-Identifier: BSD-2-Clause */
/* save.h - packets that are marked, or shown, or of a flow, into a file */
#ifndef UI_SCREEN_SAVE_H
#define UI_SCREEN_SAVE_H

#include "capture/writer.h"
#include "ui/screen/packets.h"
#include "ui/screen/prompt.h"

enum { SAVE_SOURCES = 256 };	/* at most, in a pcapng file */

enum save_what { SAVE_SHOWN, SAVE_MARKED, SAVE_SIFTED };

struct save {
	bool running;			/* something is being saved */
	struct writer *writer;		/* NULL: no packet was found yet */
	struct window window;
	enum save_what what;
	struct sieve *sieve;		/* which packets are, where it is neither of the others; owned */
	bool pcapng;
	uint16_t linktype;		/* of a pcap file */
	uint32_t at, end;		/* places among those shown, or that the sieve found; of marked ones, numbers */
	uint32_t written, left_out;	/* packets */
	char path[PROMPT_MAX];

	/* private: what a pcapng file tells of interfaces, in the order of their first packets */
	struct sources sources;
	struct source source[SAVE_SOURCES];
	uint32_t interface[SAVE_SOURCES];
};

/* Begin to write the packets that sieve lets through, which is s's from here on, to path, a new file: pcapng where its
 * name says so, else pcap. NULL: the marked packets, or where none is, those shown. v says what is wrong.
 */
void save_start(struct save *s, struct packets *v, struct sieve *sieve, const char *path);

/* Write some packets more. Returns 1; 0 where all are written, or cannot be: v says which. */
int save_extend(struct save *s, struct packets *v);

/* Write no more: what is written stays. */
void save_stop(struct save *s);

/* The same, and say why, and what the file has. */
void save_give_up(struct save *s, struct packets *v, const char *why);

void save_close(struct save *s);

#endif
