/* SPDX-License-Identifier: BSD-2-Clause */
/* salvage.c - what was passed over in a damaged file */
#include "capture/salvage.h"

#include <stdio.h>

/* Pass over n bytes of the window. */
static void skip(struct salvage *s, struct input *in, uint32_t n)
{
	uint64_t at = in->total - input_left(in);

	if (n == 0)
		return;
	if (s->holes == 0 || at != s->end) {
		if (s->holes < HOLES_TOLD)
			s->hole[s->holes].at = at;
		s->holes++;
	}
	if (s->holes <= HOLES_TOLD)
		s->hole[s->holes - 1].bytes += n;
	s->bytes += n;
	s->end = at + n;
	in->at += n;
}

int salvage_seek(struct salvage *s, struct input *in, salvage_begins *begins, const void *file, struct error *e)
{
	bool found = false;
	uint32_t n = 1;		/* to begin with */

	do {
		int got = s->ended ? 0 : input_want(in, INPUT_RECORD_MAX, e);
		const uint8_t *p = in->buf + in->at, *end = in->buf + in->end, *last;

		if (got < 0)
			return got;
		s->ended = got == 0;
		last = s->ended ? end : end - INPUT_RECORD_MAX + 1;	/* of those behind too little is known yet */
		while (p + n < last && !(found = begins(file, s, p + n, end)))
			n++;
		skip(s, in, min_u32(n, input_left(in)));
		n = 0;
	} while (!found && !s->ended);
	return 0;
}

int salvage_end(const struct salvage *s, const struct input *in, struct error *e)
{
	char text[300];
	int at = 0;

	if (s->holes == 0)
		return 0;
	for (uint64_t i = 0; i < s->holes && i < HOLES_TOLD; i++)
		at += snprintf(text + at, sizeof(text) - (size_t)at, "%s%ju at byte %ju", i ? ", " : "",
			       (uintmax_t)s->hole[i].bytes, (uintmax_t)s->hole[i].at);
	error_set(e, STATUS_INPUT, "%s: damaged in %ju place%s, %ju bytes passed over: %s%s", in->name,
		  (uintmax_t)s->holes, s->holes > 1 ? "s" : "", (uintmax_t)s->bytes, text,
		  s->holes > HOLES_TOLD ? ", ..." : "");
	e->at = s->hole[0].at;
	return -STATUS_INPUT;
}
