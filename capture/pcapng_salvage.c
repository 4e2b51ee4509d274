/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_salvage.c - packets out of a damaged pcapng file
 *
 * How it works: a block has its length at both ends. What stands between, where they are the same and the type is one
 * that is known, is taken for a block. Interfaces are known as far as their blocks are.
 */
#include "capture/salvage.h"

#define BLOCK_MIN 12	/* bytes */
#define PACKET_MIN 32	/* of an enhanced packet block */

static bool is_usual(uint32_t type)
{
	return (type >= INTERFACE && type <= ENHANCED_PACKET) || type == SECTION_HEADER || type == SYSTEMD_JOURNAL ||
	       type == DECRYPTION_SECRETS || type == CUSTOM || type == CUSTOM_NOT_COPIED;
}

/* Does a block stand at p? */
static bool begins(const void *file, const struct salvage *s, const uint8_t *p, const uint8_t *end)
{
	const struct pcapng_file *f = file;
	uint32_t left = (uint32_t)(end - p), type, len;
	bool swapped = f->swapped;

	(void)s;
	if (left < BLOCK_MIN)
		return false;
	type = stored_u32(p, swapped);
	if (!is_usual(type))
		return false;
	if (type == SECTION_HEADER)
		swapped = stored_u32(p + 8, false) != BYTE_ORDER_MAGIC;
	len = stored_u32(p + 4, swapped);
	if (len < BLOCK_MIN || len % 4 != 0 || len > left || stored_u32(p + len - 4, swapped) != len)
		return false;
	if (type == SECTION_HEADER)
		return stored_u32(p + 8, swapped) == BYTE_ORDER_MAGIC;
	if (type != ENHANCED_PACKET)
		return true;
	return len >= PACKET_MIN && stored_u32(p + 8, swapped) < f->count && stored_u32(p + 20, swapped) <= len - PACKET_MIN;
}

int pcapng_salvage_next(struct pcapng_file *f, struct salvage *s, struct batch *b, struct error *e)
{
	int n;

	f->strict = true;
	while ((n = pcapng_read_next(f, b, e)) < 0 && e->at > 0 && input_left(f->in) > 0) {
		int rc = salvage_seek(s, f->in, begins, f, e);

		if (rc)
			return rc;
	}
	return n ? n : salvage_end(s, f->in, e);
}
