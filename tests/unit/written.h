/* SPDX-License-Identifier: BSD-2-Clause */
/* written.h - the file that the tests of a writer write, and a disk that has no more room for it; behind cmocka's header */
#ifndef TESTS_UNIT_WRITTEN_H
#define TESTS_UNIT_WRITTEN_H

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static char path[] = "/tmp/ringtail_written.XXXXXX";

/* What a group of tests begins and ends with. */
static inline int make_path(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static inline int remove_path(void **state)
{
	(void)state;
	return unlink(path);
}

/* From here on files end at so many bytes, as on a full disk; RLIM_INFINITY: no more. */
static inline void limit_files(rlim_t bytes)
{
	const struct rlimit limit = { bytes, RLIM_INFINITY };

	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

#endif
