/* SPDX-License-Identifier: BSD-2-Clause */
/* pending.c - weak stand-ins for what the next commits bring; goes with them */
#include <stdlib.h>
#include <string.h>

#include "capture/filter.h"

#define WEAK __attribute__((weak))

WEAK int filter_open(struct filter **f, const char *text, uint16_t linktype, uint32_t snaplen,
		     struct error *e)
{
	(void)f, (void)text, (void)linktype, (void)snaplen;
	return error_set(e, STATUS_USAGE, "filter: not yet");
}
WEAK bool filter_match(struct filter *f, const struct packet *p) { (void)f, (void)p; return true; }
WEAK const char *filter_warning(struct filter *f) { (void)f; return NULL; }
WEAK void filter_dump(const struct filter *f, int style) { (void)f, (void)style; }
WEAK int filter_read_file(const char *path, char **text, struct error *e)
{
	(void)path, (void)text;
	return error_set(e, STATUS_USAGE, "filter: not yet");
}
WEAK void filter_close(struct filter *f) { (void)f; }
