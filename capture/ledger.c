/* SPDX-License-Identifier: BSD-2-Clause */
/* ledger.c - every packet's fate */
#include "capture/ledger.h"

#include <inttypes.h>
#include <string.h>

void ledger_add(struct ledger *sum, const struct ledger *l)
{
	sum->seen += l->seen;
	sum->dropped += l->dropped;
	for (int i = 0; i < FATES; i++)
		sum->fate[i] += l->fate[i];
	sum->written += l->written;
	sum->unwritten += l->unwritten;
	sum->printed += l->printed;
	sum->skipped += l->skipped;
	sum->more += l->more;
	sum->has_card |= l->has_card;
	sum->missed = l->missed > sum->missed ? l->missed : sum->missed;
	sum->freezes += l->freezes;
	sum->bytes += l->bytes;
	sum->file_bytes += l->file_bytes;
	sum->ring_fill = l->ring_fill > sum->ring_fill ? l->ring_fill : sum->ring_fill;
	sum->file_failed |= l->file_failed;
}

static uint64_t accounted(const struct ledger *l)
{
	uint64_t sum = l->dropped;

	for (int i = 0; i < FATES; i++)
		sum += l->fate[i];
	return sum;
}

uint64_t ledger_waiting(const struct ledger *l)
{
	uint64_t taken = accounted(l);

	return l->seen > taken ? l->seen - taken : 0;
}

bool ledger_adds_up(const struct ledger *l)
{
	uint64_t captured = l->fate[FATE_CAPTURED];

	if (l->seen != accounted(l))
		return false;
	if (l->writes && captured != l->written + l->unwritten)
		return false;
	return !l->prints || captured == l->printed + l->skipped;
}

uint64_t ledger_lost(const struct ledger *l)
{
	return l->dropped + l->unwritten + (l->writes ? 0 : l->skipped);
}

size_t ledger_counts(const struct ledger *l, struct ledger_count count[LEDGER_COUNTS])
{
	const struct ledger_count all[LEDGER_COUNTS] = {
		{ "captured", "captured", l->fate[FATE_CAPTURED], true, false },
		{ "received", "received by filter", l->seen, true, false },
		{ "dropped", "dropped by kernel", l->dropped, true, false },
		{ "doubled", "seen twice on lo, and left out once", l->fate[FATE_DOUBLE], false, false },
		{ "other_direction", "of the other direction left out", l->fate[FATE_DIRECTION], false, false },
		{ "filtered_late", "refused by the filter after the kernel let them through",
		  l->fate[FATE_FILTERED], false, false },
		{ "after_end", "after the end of the capture", l->fate[FATE_LATE], false, false },
		{ "skipped", "skipped by the viewer", l->skipped, false, true },
		{ "unwritten", "captured, but not written", l->unwritten, false, true },
		{ "more_segments", "more on the wire: segments that were merged, or not cut yet", l->more, false, false },
		{ "written", NULL, l->written, false, l->file_failed },
		{ "printed", NULL, l->printed, false, true },
		{ "missed", "missed by the network card", l->missed, false, false },
	};

	memcpy(count, all, sizeof(all));
	return LEDGER_COUNTS - !l->has_card;
}

/* Returns what is to stand before the next one. */
static const char *print_counts(FILE *to, const struct ledger *l, bool always, const char *before, const char *between)
{
	struct ledger_count count[LEDGER_COUNTS];
	size_t n = ledger_counts(l, count);

	for (size_t i = 0; i < n; i++) {
		if (count[i].always != always || !count[i].words || !(always || count[i].packets))
			continue;
		fprintf(to, "%s%" PRIu64 " packet%s %s", before, count[i].packets, count[i].packets == 1 ? "" : "s",
			count[i].words);
		before = between;
	}
	return before;
}

void ledger_note(FILE *to, const struct ledger *l, const char *before, const char *between)
{
	before = print_counts(to, l, false, before, between);
	if (l->freezes)
		fprintf(to, "%sthe ring was full %" PRIu64 " time%s", before, l->freezes, l->freezes == 1 ? "" : "s");
}

void ledger_print(FILE *to, const struct ledger *l, const char *between)
{
	ledger_note(to, l, print_counts(to, l, true, "", between), between);
	fputc('\n', to);
}
