/* SPDX-License-Identifier: BSD-2-Clause */
/* checksum.c - Internet checksums, RFC 1071, over what each protocol says they cover */
#include "decode/checksum.h"

static uint32_t fold(uint64_t sum)
{
	while (sum > 0xffff)
		sum = (sum >> 16) + (sum & 0xffff);
	return (uint32_t)sum;
}

/* Sums of words in this machine's order of bytes have their bytes in that order too. */
static uint32_t ordered(uint32_t sum)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap16((uint16_t)sum) : sum;
}

uint32_t checksum_add(uint32_t sum, struct slice s)
{
	uint64_t total = 0;
	uint32_t i = 0;

	for (uint32_t word[8]; slice_has(s, i, sizeof(word)); i += sizeof(word)) {
		slice_take(word, s, i, sizeof(word));
		for (uint32_t k = 0; k < 8; k++)
			total += word[k];
	}
	for (; slice_has(s, i, 8); i += 8)
		total += slice_sum8(s, i);
	total = (uint64_t)ordered(fold(total)) + sum;
	for (; slice_has(s, i, 2); i += 2)
		total += slice_u16(s, i);
	return fold(total + (uint64_t)slice_u8(s, i) * 256);
}

/* The layer of the addresses that the pseudo header has; count where there is none. */
static uint32_t network_of(const struct decoded *d, uint32_t i)
{
	while (i-- > 0)
		if (protos[d->layer[i].proto]->src)
			return i;
	return d->count;
}

/* Where the packet will arrive at last: what a routing header says (RFC 8200, section 8.1), else
 * the network header. False where that cannot be told.
 */
static bool destination(const struct decoded *d, uint32_t network, uint32_t i, struct slice *dst)
{
	const struct proto *p = protos[d->layer[network].proto];

	*dst = field_bytes(layer_head(d, &d->layer[network]), p->dst);
	for (uint32_t k = network; k < i; k++) {
		p = protos[d->layer[k].proto];
		if (p->final_dst && !p->final_dst(layer_head(d, &d->layer[k]), dst))
			return false;
	}
	return true;
}

bool checksum_pseudo(const struct decoded *d, uint32_t i, uint32_t length, uint32_t *sum)
{
	uint32_t network = network_of(d, i);
	struct slice dst, head;

	if (network >= i || !destination(d, network, i, &dst))
		return false;
	head = layer_head(d, &d->layer[network]);
	*sum = checksum_add(*sum, field_bytes(head, protos[d->layer[network].proto]->src));
	*sum = checksum_add(*sum, dst);
	*sum = fold((uint64_t)*sum + (length >> 16) + (length & 0xffff) + d->layer[i].key);
	return true;
}

bool checksum_covers(const struct decoded *d, uint32_t i, struct slice covered)
{
	for (uint32_t k = network_of(d, i); k <= i; k++)
		if (d->layer[k].note == NOTE_LENGTH_LIES || note_stops((enum note)d->layer[k].note))
			return false;
	return covered.cap == covered.wire && (i == 0 || !d->layer[i - 1].partial);
}

/* RFC 3828, section 3.1: how much is covered; 0 is all, less than the header is illegal. */
static bool lite_coverage(const struct decoded *d, uint32_t i, struct slice *covered)
{
	const struct proto *p = protos[PROTO_UDPLITE];
	const struct field *f = proto_field(p, "checksum_coverage");
	uint32_t coverage = 0;

	if (f)
		coverage = (uint32_t)field_get(layer_head(d, &d->layer[i]), f);
	if (coverage != 0 && (coverage < p->min_len || coverage > covered->wire))
		return false;
	if (coverage != 0)
		*covered = slice_clip(*covered, coverage);
	return true;
}

/* What is summed for layer i, and what the pseudo header adds; CSUM_GOOD where all is known. */
static enum csum cover(const struct decoded *d, uint32_t i, struct slice *covered, uint32_t *sum)
{
	const struct layer *l = &d->layer[i];
	uint32_t length;

	*covered = layer_whole(d, l);
	length = covered->wire;
	switch (l->proto) {
	case PROTO_IPV4:
		*covered = layer_head(d, l);
		return note_stops((enum note)l->note) ? CSUM_UNVERIFIED : CSUM_GOOD;
	case PROTO_ICMP:
	case PROTO_IGMP:
		break;
	case PROTO_UDPLITE:
		if (!lite_coverage(d, i, covered))
			return CSUM_BAD;
		/* fall through */
	case PROTO_TCP:
	case PROTO_UDP:
	case PROTO_ICMPV6:
		if (!checksum_pseudo(d, i, length, sum))
			return CSUM_UNVERIFIED;
		break;
	default:
		return CSUM_UNVERIFIED;
	}
	return checksum_covers(d, i, *covered) ? CSUM_GOOD : CSUM_UNVERIFIED;
}

/* RFC 768: 0 says that there is none; RFC 8200, section 8.1: not so over IPv6. */
static bool absent(const struct decoded *d, uint32_t i, uint16_t value, enum proto_id over)
{
	uint32_t network = network_of(d, i);

	return value == 0 && d->layer[i].proto == PROTO_UDP && network < i &&
	       d->layer[network].proto == over;
}

enum csum checksum_judge(uint32_t value, uint32_t sum, uint32_t *expected)
{
	/* The right sum is all ones; what is missing to it is missing in the field. */
	*expected = fold((uint64_t)value + (~sum & 0xffff));
	return sum == 0xffff ? CSUM_GOOD : CSUM_BAD;
}

/* Found by its name once. */
static const struct field *checksum_field(enum proto_id id)
{
	static _Thread_local struct {
		const struct field *field;
		bool known;
	} found[PROTO_COUNT];

	if (!found[id].known)
		found[id].field = proto_field(protos[id], "checksum");
	found[id].known = true;
	return found[id].field;
}

enum csum checksum_verify(const struct decoded *d, uint32_t i, uint32_t *expected)
{
	uint32_t ignored;
	const struct field *f;
	struct slice covered;
	uint32_t sum = 0;
	uint16_t value;
	enum csum verdict;

	if (i >= d->count)
		return CSUM_UNVERIFIED;
	f = checksum_field((enum proto_id)d->layer[i].proto);
	if (!f || !slice_has(layer_head(d, &d->layer[i]), f->bit / 8, f->width / 8))
		return CSUM_UNVERIFIED;
	expected = expected ? expected : &ignored;
	if (protos[d->layer[i].proto]->verify)
		return protos[d->layer[i].proto]->verify(d, i, expected);
	value = (uint16_t)field_get(layer_head(d, &d->layer[i]), f);
	if (absent(d, i, value, PROTO_IPV4))
		return CSUM_ABSENT;
	verdict = cover(d, i, &covered, &sum);
	if (verdict == CSUM_UNVERIFIED)
		return verdict;
	if (checksum_judge(value, checksum_add(sum, covered), expected) == CSUM_GOOD && verdict == CSUM_GOOD)
		return CSUM_GOOD;
	return absent(d, i, value, PROTO_IPV6) ? CSUM_ILLEGAL : CSUM_BAD;
}
