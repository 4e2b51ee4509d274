/* SPDX-License-Identifier: BSD-2-Clause */
/* filer_wire.h - what is asked of the filer, and what it answers */
#ifndef CAPTURE_FILER_WIRE_H
#define CAPTURE_FILER_WIRE_H

#include <limits.h>
#include <stdint.h>

#include "capture/error.h"

enum filer_order {
	FILER_CREATE,		/* the answer has the descriptor with it */
	FILER_REMOVE,
	FILER_RENAME,		/* path.tmp to path */
};

struct filer_request {
	uint32_t order;
	char path[PATH_MAX];
};

struct filer_answer {
	int32_t result;		/* 0, or as that of the function, with why */
	struct error why;
};

#endif
