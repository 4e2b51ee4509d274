/* SPDX-License-Identifier: BSD-2-Clause */
/* decoding.h - what all tests of the decoders need; to be included behind cmocka's header */
#ifndef TESTS_UNIT_DECODING_H
#define TESTS_UNIT_DECODING_H

#include <string.h>

#include "decode/proto.h"

/* What a group of tests begins with that decodes. */
static inline int decoders_ready(void **state)
{
	(void)state;
	proto_init();
	return 0;
}

#define assert_has(text, part)							\
	do {									\
		if (!strstr(text, part))					\
			fail_msg("no '%s' in: %s", part, text);			\
	} while (0)

#endif
