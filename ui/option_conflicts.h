/* SPDX-License-Identifier: BSD-2-Clause */
/* option_conflicts.h - what cannot be asked for together */
#ifndef UI_OPTION_CONFLICTS_H
#define UI_OPTION_CONFLICTS_H

#include "ui/options.h"

/* Returns 0, or -STATUS_USAGE with e filled in: the first thing that has no meaning beside another. */
int option_conflicts(const struct options *o, struct error *e);

#endif
