/* SPDX-License-Identifier: BSD-2-Clause */
/* crypto.c - cryptography by nettle, of which this is the only user */
#include "decode/crypto.h"

#include <nettle/sha2.h>

void crypto_sha256(uint8_t digest[CRYPTO_HASH], struct slice s)
{
	struct sha256_ctx hash;

	sha256_init(&hash);
	sha256_update(&hash, s.cap, s.ptr);
	sha256_digest(&hash, CRYPTO_HASH, digest);
}
