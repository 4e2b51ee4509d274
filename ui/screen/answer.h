/* SPDX-License-Identifier: BSD-2-Clause */
/* answer.h - what was typed below the title, and entered, is done */
#ifndef UI_SCREEN_ANSWER_H
#define UI_SCREEN_ANSWER_H

#include "ui/screen/state.h"

/* Do what the reader answered to what was asked. */
void answer_take(struct screen *s, enum purpose purpose, const char *text);

#endif
