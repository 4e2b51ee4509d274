/* SPDX-License-Identifier: BSD-2-Clause */
/* ber.h - Basic Encoding Rules, X.690: elements, numbers, object identifiers */
#ifndef DECODE_BER_H
#define DECODE_BER_H

#include <stdbool.h>

#include "decode/out.h"

/* Cut the next element off rest, its content in content, and its tag, of one byte, in tag. False where rest
 * does not hold the length it says, or says none; then all of rest that is there is the content.
 */
bool ber_take(struct slice *rest, uint8_t *tag, struct slice *content);

/* The INTEGER with this content, in two's complement; its low 64 bits. */
uint64_t ber_number(struct slice content);

/* "1.3.6.1.2.1", the OBJECT IDENTIFIER with this content. */
void oid_put(struct out *o, struct slice content);

#endif
