/* SPDX-License-Identifier: BSD-2-Clause */
/* shelf.c - copies of captured frames for the viewer */
#define _GNU_SOURCE
#include "capture/shelf.h"

#include <errno.h>
#include <sys/mman.h>

#include "capture/block.h"

int shelf_open(struct shelf *s, struct error *e)
{
	void *map = mmap(NULL, (size_t)SHELF_BLOCKS * SHELF_BLOCK_SIZE, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	*s = (struct shelf){ .filling = -1 };
	if (map == MAP_FAILED)
		return error_set(e, STATUS_WRITE, "cannot start the viewer: %s",
				 error_words(errno));
	s->blocks = map;
	return 0;
}

struct tpacket_block_desc *shelf_block(const struct shelf *s, uint32_t index)
{
	return (struct tpacket_block_desc *)(s->blocks + (size_t)index * SHELF_BLOCK_SIZE);
}

/* Always the first free block: what a fast viewer needs stays in the cache. */
static bool begin(struct shelf *s)
{
	for (int i = 0; i < SHELF_BLOCKS; i++) {
		if (s->used[i])
			continue;
		s->used[i] = true;
		s->filling = i;
		block_clear(shelf_block(s, (uint32_t)i));
		return true;
	}
	return false;
}

bool shelf_put(struct shelf *s, const struct tpacket3_hdr *frame)
{
	if (s->filling < 0 && !begin(s))
		return false;
	return block_append(shelf_block(s, (uint32_t)s->filling), SHELF_BLOCK_SIZE, frame);
}

int shelf_take(struct shelf *s)
{
	int index = s->filling;

	s->filling = -1;
	return index;
}

void shelf_release(struct shelf *s, uint32_t index)
{
	s->used[index] = false;
}

void shelf_close(struct shelf *s)
{
	if (s->blocks)
		munmap(s->blocks, (size_t)SHELF_BLOCKS * SHELF_BLOCK_SIZE);
	s->blocks = NULL;
}
