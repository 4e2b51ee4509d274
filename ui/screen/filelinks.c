/* SPDX-License-Identifier: BSD-2-Clause */
/* filelinks.c - the interfaces that a file's packets came from */
#include "ui/screen/filelinks.h"

#include <stdlib.h>

#include "ui/screen/move.h"

bool filelinks_open(struct filelinks *s)
{
	if (s->link)
		return true;
	s->link = calloc(FILELINKS_TOLD, sizeof(*s->link));
	if (s->link && pass_open(&s->pass))
		return true;
	filelinks_close(s);
	return false;
}

static void begin(struct filelinks *s, struct filelink *link, const struct packet *p)
{
	const char *name = store_interface(s->store, p);

	if (name)
		error_clean(link->name, sizeof(link->name), name);
	link->linktype = p->linktype;
	s->count++;
}

static void count(void *context, const struct packet *p)
{
	struct filelinks *s = context;
	struct filelink *link = p->interface < FILELINKS_TOLD ? &s->link[p->interface] : NULL;

	s->packets++;
	s->bytes += p->bytes.wire;
	if (!link) {
		s->others++;
		return;
	}
	if (link->packets == 0)
		begin(s, link, p);
	link->packets++;
	link->bytes += p->bytes.wire;
}

bool filelinks_extend(struct filelinks *s, const struct store *store)
{
	s->store = store;
	return pass_extend(&s->pass, store, count, s);
}

const struct filelink *filelinks_at(const struct filelinks *s, uint32_t i)
{
	for (uint32_t n = 0; n < FILELINKS_TOLD; n++)
		if (s->link[n].packets > 0 && i-- == 0)
			return &s->link[n];
	return NULL;
}

bool filelinks_filter(const struct filelinks *s, struct out *o)
{
	const struct filelink *selected = filelinks_at(s, s->cursor);

	if (!selected)
		return false;
	out_str(o, "frame.interface_id == ");
	out_dec(o, (uint64_t)(selected - s->link));
	return true;
}

bool filelinks_act(struct filelinks *s, enum action action)
{
	int64_t by = move_distance(action, s->page);

	if (by != 0)
		move_within(&s->cursor, 0, s->count, by);
	return by != 0;
}

void filelinks_close(struct filelinks *s)
{
	free(s->link);
	pass_close(&s->pass);
	*s = (struct filelinks){ 0 };
}
