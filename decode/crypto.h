/* SPDX-License-Identifier: BSD-2-Clause */
/* crypto.h - what decoders need of cryptography: a hash, and to read what every observer can read */
#ifndef DECODE_CRYPTO_H
#define DECODE_CRYPTO_H

#include <stdbool.h>

#include "decode/slice.h"

#define CRYPTO_HASH 32		/* bytes: of SHA-256 */

/* SHA-256 of the captured bytes of s. */
void crypto_sha256(uint8_t digest[CRYPTO_HASH], struct slice s);

/* What the keys of a QUIC version's first packets are made of, RFC 9001 section 5.2. */
struct crypto_initial {
	uint8_t salt[20];
	const char *key, *iv, *hp;	/* labels */
};

/* Open a client's Initial packet of QUIC (RFC 9001, sections 5.3 and 5.4), whose packet number is number bytes
 * from its start, into room, which is as large as the packet; dcid is what its header calls the destination.
 * *plain is what it holds. False where it is no such packet, not whole, or changed on its way.
 */
bool crypto_open_initial(const struct crypto_initial *version, struct slice dcid, struct slice packet,
			 uint32_t number, uint8_t *room, struct slice *plain);

#endif
