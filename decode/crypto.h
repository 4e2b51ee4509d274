/* SPDX-License-Identifier: BSD-2-Clause */
/* crypto.h - what decoders need of cryptography: a hash, and to read what every observer can read */
#ifndef DECODE_CRYPTO_H
#define DECODE_CRYPTO_H

#include <stdbool.h>

#include "decode/slice.h"

#define CRYPTO_HASH 32		/* bytes: of SHA-256 */

/* SHA-256 of the captured bytes of s. */
void crypto_sha256(uint8_t digest[CRYPTO_HASH], struct slice s);

#endif
