/* SPDX-License-Identifier: BSD-2-Clause */
/* tally.c - sums over packets */
#include "decode/track/tally.h"

#include "decode/checksum.h"

const uint32_t tally_size[TALLY_SIZES] = { 63, 127, 255, 511, 1023, 1518, UINT32_MAX };

void tally_open(struct tally *t)
{
	hierarchy_open(&t->hierarchy);
}

/* Of what the snap length has cut, nothing is known. */
static bool is_malformed(const struct decoded *d)
{
	for (const struct layer *l = d->layer; l < d->layer + d->count; l++)
		if (l->note >= NOTE_LENGTH_LIES && l->note != NOTE_TRUNCATED && l->note != NOTE_TOO_DEEP)
			return true;
	return false;
}

static bool has_bad_checksum(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		enum csum verdict = checksum_verify(d, i, NULL);

		if (verdict == CSUM_BAD || verdict == CSUM_ILLEGAL)
			return true;
		if (d->layer[i].proto == PROTO_ICMP || d->layer[i].proto == PROTO_ICMPV6)
			break;		/* what it quotes may have been changed on its way */
	}
	return false;
}

void tally_packet(struct tally *t, const struct decoded *d, int64_t time, bool verify)
{
	uint32_t size = d->packet.wire, i = 0;

	while (size > tally_size[i])
		i++;
	t->packets++;
	t->bytes += size;
	t->size[i]++;
	t->cut += d->packet.cap < size;
	t->malformed += is_malformed(d);
	t->bad_checksums += verify && has_bad_checksum(d);
	series_put(&t->series, time, size);
	hierarchy_packet(&t->hierarchy, d, (uint32_t)(time / 1000000000));
}
