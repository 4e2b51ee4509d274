/* SPDX-License-Identifier: BSD-2-Clause */
/* regex.c - the regular expressions of display filters: PCRE2, as in Wireshark
 *
 * A search is given up, as finding nothing, after so many steps: patterns such as (a+)+$ could else take
 * for ever over a packet made for them.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "ui/regex.h"

#include <pcre2.h>
#include <stdlib.h>

enum { STEPS = 100000, DEPTH = 10000, HEAP_KIB = 4096 };

struct regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

static void release(void *compiled)
{
	struct regex *r = compiled;

	pcre2_match_context_free(r->limits);
	pcre2_match_data_free(r->data);
	pcre2_code_free(r->code);
	free(r);
}

static void *compile(const char *pattern, uint32_t length, char *why, uint32_t size)
{
	struct regex *r = calloc(1, sizeof(*r));
	PCRE2_SIZE at;
	int code = PCRE2_ERROR_NOMEMORY;

	if (r)
		r->code = pcre2_compile((PCRE2_SPTR)pattern, length, PCRE2_CASELESS | PCRE2_NEVER_UTF,
					&code, &at, NULL);
	if (r && r->code) {
		r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
		r->limits = pcre2_match_context_create(NULL);
	}
	if (!r || !r->data || !r->limits) {
		pcre2_get_error_message(code, (PCRE2_UCHAR *)why, size);
		if (r)
			release(r);
		return NULL;
	}
	pcre2_set_match_limit(r->limits, STEPS);
	pcre2_set_depth_limit(r->limits, DEPTH);
	pcre2_set_heap_limit(r->limits, HEAP_KIB);
	return r;
}

static bool found(void *compiled, const void *bytes, uint32_t length)
{
	struct regex *r = compiled;

	return pcre2_match(r->code, bytes, length, 0, 0, r->data, r->limits) >= 0;
}

const struct match_regex regex_engine = { compile, found, release };
