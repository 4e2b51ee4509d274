/* SPDX-License-Identifier: BSD-2-Clause */
/* copy.h - what is selected, as text for the terminal's clipboard */
#ifndef UI_SCREEN_COPY_H
#define UI_SCREEN_COPY_H

#include "ui/screen/state.h"

/* Ask for what is selected to be copied: a field's value, its bytes in hex, a row. Where copying is not enabled, it is
 * shown instead.
 */
void copy_selected(struct screen *s);

#endif
