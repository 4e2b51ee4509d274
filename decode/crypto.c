/* SPDX-License-Identifier: BSD-2-Clause */
/* crypto.c - cryptography by nettle, of which this is the only user */
#include "decode/crypto.h"

#include <nettle/gcm.h>
#include <nettle/hkdf.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>

enum { KEY = 16, IV = 12, TAG = 16, SAMPLE = 16, NUMBER_MAX = 4, HEADER_MAX = 2048, RESERVED = 0x0c };

void crypto_sha256(uint8_t digest[CRYPTO_HASH], struct slice s)
{
	struct sha256_ctx hash;

	sha256_init(&hash);
	sha256_update(&hash, s.cap, s.ptr);
	sha256_digest(&hash, CRYPTO_HASH, digest);
}

/* HKDF-Expand-Label of RFC 8446, section 7.1, without a context; hmac has the secret as its key. */
static void expand(uint8_t *to, uint8_t n, struct hmac_sha256_ctx *hmac, const char *label)
{
	static const char prefix[] = "tls13 ";
	size_t length = strlen(label), at = 3 + sizeof(prefix) - 1;
	uint8_t info[32] = { 0, n, (uint8_t)(sizeof(prefix) - 1 + length) };

	memcpy(info + 3, prefix, sizeof(prefix) - 1);
	memcpy(info + at, label, length);
	hkdf_expand(hmac, (nettle_hash_update_func *)hmac_sha256_update,
		    (nettle_hash_digest_func *)hmac_sha256_digest, CRYPTO_HASH, at + length + 1, info, n, to);
}

/* The salt is the same for all packets of a version. */
static const struct hmac_sha256_ctx *salted(const struct crypto_initial *version)
{
	static _Thread_local struct {
		const struct crypto_initial *version;
		struct hmac_sha256_ctx hmac;
	} last;

	if (last.version != version)
		hmac_sha256_set_key(&last.hmac, sizeof(version->salt), version->salt);
	last.version = version;
	return &last.hmac;
}

static void set_client_secret(struct hmac_sha256_ctx *hmac, const struct crypto_initial *version,
			      struct slice dcid)
{
	uint8_t secret[CRYPTO_HASH];

	*hmac = *salted(version);
	hkdf_extract(hmac, (nettle_hash_update_func *)hmac_sha256_update,
		     (nettle_hash_digest_func *)hmac_sha256_digest, CRYPTO_HASH, dcid.cap, dcid.ptr, secret);
	hmac_sha256_set_key(hmac, CRYPTO_HASH, secret);
	expand(secret, CRYPTO_HASH, hmac, "client in");
	hmac_sha256_set_key(hmac, CRYPTO_HASH, secret);
}

/* RFC 9001, section 5.4: the packet's first byte and its number are under a mask, which is made of what
 * follows. Copies the header to head as it was; returns how long it is, the number behind it.
 */
static uint32_t unmask(uint8_t *head, const uint8_t hp[KEY], struct slice packet, uint32_t number)
{
	uint8_t mask[SAMPLE];
	struct aes128_ctx aes;
	uint32_t length;

	aes128_set_encrypt_key(&aes, hp);
	aes128_encrypt(&aes, SAMPLE, mask, slice_skip(packet, number + NUMBER_MAX).ptr);
	slice_copy(head, packet, number + NUMBER_MAX);
	head[0] ^= mask[0] & 15;
	length = (head[0] & 3u) + 1;
	for (uint32_t i = 0; i < length; i++)
		head[number + i] ^= mask[1 + i];
	return number + length;
}

bool crypto_open_initial(const struct crypto_initial *version, struct slice dcid, struct slice packet,
			 uint32_t number, uint8_t *room, struct slice *plain)
{
	uint8_t key[KEY], iv[IV], hp[KEY], tag[TAG], head[HEADER_MAX];
	struct hmac_sha256_ctx hmac;
	struct gcm_aes128_ctx gcm;
	struct slice sealed;
	uint32_t length, n;

	if (packet.cap < packet.wire || number > HEADER_MAX - NUMBER_MAX ||
	    !slice_has(packet, number, NUMBER_MAX + SAMPLE))
		return false;
	set_client_secret(&hmac, version, dcid);
	expand(hp, KEY, &hmac, version->hp);
	length = unmask(head, hp, packet, number);
	if (head[0] & RESERVED)		/* RFC 9000, section 17.2: then it is none, or a server's */
		return false;
	expand(key, KEY, &hmac, version->key);
	expand(iv, IV, &hmac, version->iv);
	for (uint32_t i = 0; i < length - number; i++)
		iv[IV - 1 - i] ^= head[length - 1 - i];
	sealed = slice_skip(packet, length);
	n = sealed.cap - TAG;
	gcm_aes128_set_key(&gcm, key);
	gcm_aes128_set_iv(&gcm, IV, iv);
	gcm_aes128_update(&gcm, length, head);
	gcm_aes128_decrypt(&gcm, n, room, sealed.ptr);
	gcm_aes128_digest(&gcm, TAG, tag);
	*plain = (struct slice){ room, n, n };
	return slice_starts(slice_skip(sealed, n), tag, TAG);
}
