/* SPDX-License-Identifier: BSD-2-Clause */
/* ledger.c - every packet's fate */
#include "capture/ledger.h"

#include <inttypes.h>

bool ledger_adds_up(const struct ledger *l)
{
	uint64_t delivered = 0, captured = l->fate[FATE_CAPTURED];

	for (int i = 0; i < FATES; i++)
		delivered += l->fate[i];
	if (l->seen != delivered + l->dropped)
		return false;
	if (l->writes && captured != l->written + l->unwritten)
		return false;
	return !l->prints || captured == l->printed + l->skipped;
}

void ledger_print(FILE *to, const struct ledger *l, const char *between)
{
	const struct {
		const char *words;
		uint64_t packets;
		bool always;
	} lines[] = {
		{ "captured", l->fate[FATE_CAPTURED], true },
		{ "received by filter", l->seen, true },
		{ "dropped by kernel", l->dropped, true },
		{ "seen twice on lo, and left out once", l->fate[FATE_DOUBLE], false },
		{ "of the other direction left out", l->fate[FATE_DIRECTION], false },
		{ "refused by the filter after the kernel let them through",
		  l->fate[FATE_FILTERED], false },
		{ "after the end of the capture", l->fate[FATE_LATE], false },
		{ "skipped by the printer", l->skipped, false },
		{ "captured, but not written", l->unwritten, false },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (lines[i].always || lines[i].packets)
			fprintf(to, "%s%" PRIu64 " packet%s %s", i ? between : "",
				lines[i].packets, lines[i].packets == 1 ? "" : "s", lines[i].words);
	fputc('\n', to);
}
