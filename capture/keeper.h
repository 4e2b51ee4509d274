/* SPDX-License-Identifier: BSD-2-Clause */
/* keeper.h - a live capture: the process that holds the packet socket
 *
 * How it works: the keeper takes blocks of packets from an engine (ring.c, socket.c), counts each
 * packet's fate, writes the file, and lends the block to the viewer, a child without the socket
 * (feed.h). Without a file the keeper waits for the viewer. With one the file comes first: the viewer
 * gets copies (shelf.h), and what it is too slow for is counted as skipped. A screen never holds it up: the last
 * packets are kept in memory that it may read (tape.h).
 */
#ifndef CAPTURE_KEEPER_H
#define CAPTURE_KEEPER_H

#include "capture/error.h"
#include "capture/feed.h"
#include "capture/filter.h"
#include "capture/interface.h"
#include "capture/ledger.h"
#include "capture/packet.h"
#include "capture/privileges.h"
#include "capture/rotate_plan.h"
#include "capture/stamp.h"
#include "capture/writer.h"

/* What the viewer does, in a process of its own: feed_next() until the end. Returns its exit status.
 * A closed pipe on its standard output is a normal end, STATUS_DONE. VIEWER_HUNG_UP: its terminal is gone.
 */
#define VIEWER_HUNG_UP 64

typedef int capture_viewer(void *context, struct feed *feed);

/* What is zero has the default that stands beside it. */
struct capture_options {
	const char *const *interface;	/* names, numbers in the list, patterns of glob(7), or "any" */
	uint32_t interfaces;		/* so many; 0: the default one */
	bool follow;			/* those that are made later join, where they are named so */
	const char *netns;		/* the network namespace they are in, see netns.h; NULL: ours */
	bool no_promiscuous;		/* -p */
	bool cooked;			/* without link headers, SLL2; "any" always is but into a pcapng file */
	bool no_ring;			/* the plain engine, recvmmsg */
	bool no_segments;		/* they are not to be told, see segments.h */
	bool direct;			/* the file is written without the page cache, where that is possible */
	bool immediate;			/* no waiting for a block to fill */
	enum writer_format format;	/* of the file */
	const char *comment;		/* on the capture, in a file that has room for it; NULL: none */
	bool nano;			/* times in the file in nanoseconds */
	enum stamp stamp;		/* whose clock gives them */
	enum direction direction;	/* -Q */
	uint32_t snaplen;		/* bytes; 0: SNAPLEN_MAX */
	uint64_t buffer;		/* bytes; 0: 32 MiB, at most a quarter of the memory */
	uint64_t keep_bytes;		/* of the last packets, with what stands beside them; 0: see below */
	int64_t keep_ns;		/* older packets are not kept; 0: no bound of time */
	int64_t record_after;		/* ns: what of the time after its reason is in a file of the flight recorder */
	const char *trigger;		/* a display filter; the first packet that it lets through is such a reason: */
	capture_viewer *watcher;	/* who calls feed_record() for it; NULL: nobody */
	void *watcher_context;
	uint32_t trigger_files;		/* that may be written for it */
	uint64_t count;			/* end after so many captured packets; 0: no limit */
	unsigned timeout_ms;		/* of a block; 0: 1, or for a file 100, 10 of several */
	const char *filter;		/* NULL: every packet */
	const char *write_path;		/* NULL: no file; "-": standard output */
	const struct rotate_plan *plan;	/* of the files, outlives the capture; NULL: one file */
	int64_t duration;		/* ns: end after so long; 0: no limit */
	int64_t report_every;		/* ns: tell the counters on standard error; 0: at the end only */
	bool report_silent;		/* the viewer tells them, by capture_shared_ledger() */
	const char *metrics;		/* a file for them, see metrics.h; NULL: none */
	bool stays;			/* a hang-up does not end it */
	bool screen;			/* the viewer is a screen: it may skip packets, and the capture ends with it */
	bool names;			/* the viewer tells them at its end */
	const char *user;		/* -Z: whom the processes become; NULL: see privileges.h */
	void (*closed)(void);		/* called once the viewer has ended; NULL: nothing is */
	struct worker *worker;		/* the interface is shared with others, see worker.h; NULL: it is alone */
};

/* Packets are kept for a screen, and where one of the bounds is given: so many bytes at most. */
#define KEEP_DEFAULT (64ull << 20)
#define KEEP_TIMED (256ull << 20)	/* where there is a bound of time */

struct capture;

/* Open the interface and the file; packets are kept from here on. Returns 0; or the negative of an
 * exit status with e filled in: STATUS_INTERFACE, STATUS_USAGE (filter), STATUS_WRITE (file).
 */
int capture_open(struct capture **c, const struct capture_options *options, struct error *e);

/* "eth0", "3 interfaces"; interface n, from 0, and how many there are: also in a child, also of those that joined later;
 * may there be several?
 */
const char *capture_name(const struct capture *c);
const struct interface *capture_interface(const struct capture *c, uint32_t n);
uint32_t capture_interfaces(const struct capture *c);
bool capture_several(const struct capture *c);
const struct identity *capture_identity(const struct capture *c);	/* whom its processes become */

/* What a filter that the viewer asks for (feed_filter()) is to be compiled for. */
struct refilter {
	uint32_t snaplen;		/* bytes */
	uint16_t linktype[FILTER_LINKTYPES];
	uint32_t linktypes;
};

/* Fill r. False where there can be no other filter: interfaces may join, or there are too many link types. */
bool capture_refilters(const struct capture *c, struct refilter *r);

/* Capture until a signal, the limit, or an error: say on stderr what is listened on, run viewer
 * (NULL: none) in a child, write the file, and at the end print the ledger on stderr. Returns the exit
 * status, or the negative of one with e filled in: STATUS_INTERFACE where the interface was removed,
 * STATUS_WRITE where the file could not be written.
 */
int capture_run(struct capture *c, capture_viewer *viewer, void *context, struct error *e);

/* The fate of every packet so far. */
const struct ledger *capture_ledger(const struct capture *c);

/* The same for a viewer, in memory that its process shares: as it was a moment ago. */
const struct ledger *capture_shared_ledger(const struct capture *c);

/* The same of each interface where there may be several, by their numbers: *each. Returns how many; 0: there is one only,
 * and that is all. Kept up to date where o->report_silent, and for a screen.
 */
uint32_t capture_shared_ledgers(const struct capture *c, const struct ledger **each);

/* Close what capture_open() opened. */
void capture_close(struct capture *c);

#endif
